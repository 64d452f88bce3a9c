//! All rules over one article.
//!
//! In: the words of an article, its summary, what recurs in the corpus. Out: its [`Removed`] spans, ascending and apart.
//! Invariant: each rule looks at the article as if it were alone; where two found the same words, the earlier rule of [`Rule`] has
//! them. So a rule that is switched off gives up its words and moves no others.
//! It deliberately sees types and paragraphs only, never the text.

use super::{LinePatterns, NO_ENDING, Options, Recurring, Removed, Rule, Summary, gallery, links, repeats};
use crate::read::{Aside, AsideKind};
use crate::text::Span;
use crate::tokenise::ArticleTokens;

/// Cleans article after article.
pub struct Cleaner<'a> {
    furniture: &'a LinePatterns,
    recurring: &'a Recurring,
    options: &'a Options,
    repeats: repeats::Finder,
}

impl<'a> Cleaner<'a> {
    /// With the patterns of one shard and what recurs in the corpus.
    pub fn new(furniture: &'a LinePatterns, recurring: &'a Recurring, options: &'a Options) -> Cleaner<'a> {
        Cleaner { furniture, recurring, options, repeats: repeats::Finder::default() }
    }

    /// The removed spans of an article; its outlet by [`super::outlet_key`], `asides` as it was read.
    pub fn article(
        &mut self,
        article: &ArticleTokens<'_>,
        summary: &Summary<'_>,
        outlet: u64,
        asides: &[Aside],
    ) -> Vec<Removed> {
        let mut removed = Vec::new();
        let mut found = Vec::new();
        marked_by_source(asides, self.options.furniture, &mut found);
        lay_under(&mut removed, &mut found);
        if self.options.furniture {
            self.furniture.find(article, summary, &mut found);
            lay_under(&mut removed, &mut found);
            self.furniture.lines.find_inside(article, &mut found);
            lay_under(&mut removed, &mut found);
        }
        if self.options.recurring {
            self.recurring.find(article, summary, outlet, &mut found);
        }
        if self.options.endings && summary.ending != NO_ENDING && self.is_of_site(article, summary, outlet) {
            ending(article, summary.ending, &mut found);
        }
        lay_under(&mut removed, &mut found);
        if self.options.galleries {
            gallery::find(article, self.furniture, &mut found);
            lay_under(&mut removed, &mut found);
        }
        if self.options.links {
            links::find(article, summary, self.furniture, &mut found);
            lay_under(&mut removed, &mut found);
        }
        if self.options.repeats {
            self.repeats.find(article, self.options.min_repeat_words, &mut found);
            lay_under(&mut removed, &mut found);
        }
        removed
    }
}

impl Cleaner<'_> {
    /// True where a line of the closing run, or the one above it, is known as furniture or recurs: a poem or a list of names is the article's.
    /// Whether these rules are on does not matter.
    fn is_of_site(&self, article: &ArticleTokens<'_>, summary: &Summary<'_>, outlet: u64) -> bool {
        let above = summary.ending.saturating_sub(1);
        let mut lines = summary.lines().filter(|facts| facts.paragraph >= above);
        let from = article.paragraphs.get(above as usize).copied().unwrap_or(u32::MAX);
        let mut labels = summary.places.iter().filter(|place| place.start >= from);
        lines.any(|facts| self.furniture.knows(article, &facts))
            || labels.any(|place| links::is_label(article, place, self.furniture))
            || self.recurring.holds_from(summary, above, outlet)
    }
}

/// What the source of an article tells apart from it.
fn marked_by_source(asides: &[Aside], furniture: bool, found: &mut Vec<Removed>) {
    for aside in asides.iter().filter(|aside| aside.tokens.0 < aside.tokens.1) {
        let rule = match aside.kind {
            AsideKind::Furniture if furniture => Rule::Furniture,
            // what no source has among the words is none of them, whatever is looked for
            AsideKind::Speaker => Rule::Furniture,
            AsideKind::SeparateHeadline => Rule::Headline,
            AsideKind::Furniture | AsideKind::Headline => continue,
        };
        let tokens = Span::new(aside.tokens.0, aside.tokens.1);
        found.push(Removed { tokens, rule, evidence: aside.evidence.clone() });
    }
}

/// Each line of the closing run.
fn ending(article: &ArticleTokens<'_>, first: u32, found: &mut Vec<Removed>) {
    let begins = article.paragraphs.get(first as usize..).unwrap_or_default();
    let ends = begins.iter().skip(1).copied().chain([article.types.len() as u32]);
    let lines = begins.len();
    for (&start, end) in begins.iter().zip(ends) {
        let evidence = format!("{lines} short lines at the end");
        found.push(Removed { tokens: Span::new(start, end), rule: Rule::Ending, evidence });
    }
}

/// Moves what was found into `removed`, as far as it is not there already; both come to ascend.
fn lay_under(removed: &mut Vec<Removed>, found: &mut Vec<Removed>) {
    if found.is_empty() {
        return;
    }
    removed.sort_by_key(|r| r.tokens.start);
    found.sort_by_key(|r| (r.tokens.start, r.rule));
    let before = removed.len();
    let (mut first, mut from) = (0, 0);
    for new in found.drain(..) {
        from = new.tokens.start.max(from);
        while first < before && removed[first].tokens.end <= from {
            first += 1;
        }
        for i in first..=before {
            let end = Span::new(new.tokens.end, new.tokens.end);
            let hole = if i < before { removed[i].tokens } else { end };
            if hole.start.min(new.tokens.end) > from {
                removed.push(Removed { tokens: Span::new(from, hole.start.min(new.tokens.end)), ..new.clone() });
            }
            if hole.start >= new.tokens.end {
                break;
            }
            from = from.max(hole.end);
        }
        from = from.max(new.tokens.end);
    }
    removed.sort_by_key(|r| r.tokens.start);
}
