//! Headlines of other articles: behind a label, in a list under one, or glued to a name.
//!
//! In: an article, its [`Summary`], the labels and closing words of the furniture lexicons. Out: the spans that lead away.
//! Invariant: the first line of an article is no link: it may be its own title. A list ends with the first line that is a sentence, announces
//! something, begins with a small letter or is longer than [`LONGEST_TITLE`] words.
//! It deliberately takes no headline for a link by its form alone: subheadings look the same.

use super::furniture::LinePatterns;
use super::summary::{LineFacts, Summary};
use super::{Place, Removed, Rule};
use crate::text::Span;
use crate::tokenise::ArticleTokens;

/// Words of a title in a list.
const LONGEST_TITLE: u32 = 20;

/// A longer list is none of links.
const MOST_TITLES: usize = 15;

/// A single title under a label has at least so many words; a shorter one may be a subheading.
const SINGLE_TITLE: u32 = 5;

/// Appends the links of an article.
pub(super) fn find(
    article: &ArticleTokens<'_>,
    summary: &Summary<'_>,
    patterns: &LinePatterns,
    removed: &mut Vec<Removed>,
) {
    places(article, summary, patterns, removed);
    lists(article, summary, patterns, removed);
}

/// True for a label of a link that stands before a colon.
pub(super) fn is_label(article: &ArticleTokens<'_>, place: &Place, patterns: &LinePatterns) -> bool {
    let label = article.types.get(place.start as usize..(place.start + place.label) as usize);
    label.is_some_and(|words| !words.is_empty() && patterns.link_labels.matching(words).is_some())
}

fn places(article: &ArticleTokens<'_>, summary: &Summary<'_>, patterns: &LinePatterns, removed: &mut Vec<Removed>) {
    let body = article.paragraphs.get(1).copied().unwrap_or(article.types.len() as u32);
    let mut closed = 0;
    for place in summary.places {
        let (start, end) = (place.start as usize, (place.start + place.words) as usize);
        let Some(words) = article.types.get(start..end) else { continue };
        let is_line = article.paragraphs.binary_search(&place.start).is_ok();
        let name = match place.label {
            0 if place.start < closed => None,
            0 => words.len().checked_sub(1).and_then(|last| patterns.link_ends.matching(&words[last..])),
            // a bracket may stand in the first line, a line of its own may not
            label if !is_line || place.start >= body => patterns.link_labels.matching(&words[..label as usize]),
            _ => None,
        };
        if let Some(name) = name {
            let tokens = Span::new(place.start, place.start + place.words);
            closed = if place.label == 0 { tokens.end } else { closed };
            let what = if place.label == 0 { "headlines behind a name, to" } else { "link behind" };
            removed.push(Removed { tokens, rule: Rule::Link, evidence: format!("{what} {name}") });
        }
    }
}

/// Lists of titles under a line that is a label and nothing else.
fn lists(article: &ArticleTokens<'_>, summary: &Summary<'_>, patterns: &LinePatterns, removed: &mut Vec<Removed>) {
    let facts: Vec<LineFacts> = summary.line_facts.iter().map(|&facts| LineFacts::unpack(facts)).collect();
    for (i, label) in facts.iter().enumerate().filter(|(_, facts)| facts.paragraph > 0) {
        let Some(name) = line(article, label).and_then(|words| patterns.link_labels.matching(words)) else { continue };
        let follows = |(n, facts): (usize, &LineFacts)| {
            facts.paragraph == label.paragraph + 1 + n as u32 && facts.is_title && facts.words <= LONGEST_TITLE
        };
        let titles = facts[i + 1..].iter().enumerate().take_while(|&(n, facts)| follows((n, facts))).count();
        let titles = &facts[i + 1..i + 1 + titles];
        let is_list = match titles {
            [] => false,
            [title] => title.words >= SINGLE_TITLE,
            _ => titles.len() <= MOST_TITLES,
        };
        for title in titles.iter().filter(|_| is_list) {
            let Some(&start) = article.paragraphs.get(title.paragraph as usize) else { continue };
            let tokens = Span::new(start, start + title.words);
            let evidence = format!("one of {} lines under {name}", titles.len());
            removed.push(Removed { tokens, rule: Rule::Link, evidence });
        }
    }
}

fn line<'a>(article: &ArticleTokens<'a>, facts: &LineFacts) -> Option<&'a [u32]> {
    let start = *article.paragraphs.get(facts.paragraph as usize)? as usize;
    article.types.get(start..start + facts.words as usize)
}
