//! Lines of site furniture: "Share this article", "Subscribe to our newsletter".
//!
//! In: lexicons of whole-line patterns. Out: the lines of an article that they match.
//! Invariant: a pattern matches a whole line or nothing, unless it begins and ends with `*`: then the words between are furniture
//! wherever they stand. A line of more than [`LONG_LINE`] words is furniture only where the pattern spells out [`SPELT_OUT`] words
//! or more; one of more than [`LONGEST_LINE`] never is.
//! Frames called as in [`LinePatterns`] hold what galleries and links are known by.
//! It deliberately sees words only: a lone `*` stands for any words, `?*` for one word, `word*` for the beginning of one.

use super::summary::LineFacts;
use super::{Removed, Rule, Summary};
use crate::index::Types;
use crate::lexicon::{Lexicon, Pattern, Word};
use crate::stem::Stems;
use crate::text::{ArticleToken, Language, Span};
use crate::tokenise::{ArticleTokens, TypeId};
use hashbrown::HashMap;

/// Lines longer than this are prose unless a pattern is explicit, in words.
pub const LONG_LINE: usize = 25;

/// Lines longer than this are prose, in words.
pub const LONGEST_LINE: usize = 120;

/// Words that an explicit pattern spells out.
pub const SPELT_OUT: usize = 4;

/// Furniture lexicons.
#[derive(Clone, Debug, Default)]
pub struct Furniture {
    /// As read; entries of every frame are whole-line patterns.
    pub lexicons: Vec<Lexicon>,
}

/// One word of a line pattern.
enum Part {
    Any,
    One,
    OneOf(Vec<TypeId>),
}

/// Furniture patterns against the types of one shard.
#[derive(Default)]
pub struct LinePatterns {
    /// Of lines and of words inside a line: all frames but those below; `slides` among them.
    pub(super) lines: Patterns,
    /// Frame `labels`: lines that are furniture where no full stop ends them.
    pub(super) labels: Patterns,
    /// Frame `site_names`: lines of words that each begin with a capital.
    pub(super) site_names: Patterns,
    /// Frame `slides`: buttons between the captions of a gallery.
    pub(super) slides: Patterns,
    /// Frame `credits`: lines that are captions, known by their credit; furniture only in a gallery.
    pub(super) credits: Patterns,
    /// Frame `link_labels`: labels of the headline of another article.
    pub(super) link_labels: Patterns,
    /// Frame `link_ends`: words in capitals that close headlines behind a name.
    pub(super) link_ends: Patterns,
}

/// Some patterns, by how they begin or end.
#[derive(Default)]
pub(super) struct Patterns {
    patterns: Vec<(Vec<Part>, String)>,
    by_first: HashMap<TypeId, Vec<u32>>,
    by_last: HashMap<TypeId, Vec<u32>>,
    /// Those that neither begin nor end with a word; only [`Patterns::matching`] asks for them.
    others: Vec<u32>,
    /// Those of words inside a line, without their stars, by first word.
    inside: HashMap<TypeId, Vec<u32>>,
    /// One bit a type: whether it is in `inside`, so that most words never reach the map.
    begins_inside: Vec<u64>,
}

impl Furniture {
    /// The patterns that can match among these types.
    pub fn for_types(&self, types: Types<'_>, stems: &mut Stems) -> LinePatterns {
        let mut compiled = LinePatterns::default();
        for lexicon in &self.lexicons {
            for entry in lexicon.entries.iter().filter(|entry| !entry.except) {
                let Pattern::Words(words) = &entry.pattern else { continue };
                for patterns in compiled.of_frame(&lexicon.frames[entry.frame].name) {
                    if let Some(parts) = parts(words, lexicon.language, types, stems) {
                        patterns.add(parts, format!("{}:{} {}", lexicon.file, entry.line, entry.text));
                    }
                }
            }
        }
        compiled
    }
}

/// The words of a pattern among these types; nothing where one of them is not there. Words with wildcards cost most, so they are looked
/// for last.
fn parts(words: &[Word], language: Option<Language>, types: Types<'_>, stems: &mut Stems) -> Option<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::with_capacity(words.len());
    let mut find = |word: &Word| Some(types.find(word, language, stems)).filter(|found| !found.is_empty());
    for word in words {
        parts.push(match word.text.as_str() {
            "*" => Part::Any,
            "?*" => Part::One,
            _ if word.is_wildcard() => Part::OneOf(Vec::new()),
            _ => Part::OneOf(find(word)?),
        });
    }
    for (part, word) in parts.iter_mut().zip(words) {
        if matches!(part, Part::OneOf(types) if types.is_empty()) {
            *part = Part::OneOf(find(word)?);
        }
    }
    Some(parts)
}

impl LinePatterns {
    /// Where the entries of a frame go.
    fn of_frame(&mut self, name: &str) -> Vec<&mut Patterns> {
        match name {
            "slides" => vec![&mut self.lines, &mut self.slides],
            "labels" => vec![&mut self.labels],
            "site_names" => vec![&mut self.site_names],
            "credits" => vec![&mut self.credits],
            "link_labels" => vec![&mut self.link_labels],
            "link_ends" => vec![&mut self.link_ends],
            _ => vec![&mut self.lines],
        }
    }
}

impl LinePatterns {
    /// Appends the furniture lines of an article.
    pub(super) fn find(&self, article: &ArticleTokens<'_>, summary: &Summary<'_>, removed: &mut Vec<Removed>) {
        self.lines.find(article, removed);
        if self.labels.patterns.is_empty() && self.site_names.patterns.is_empty() {
            return;
        }
        for facts in summary.lines() {
            let Some((tokens, line)) = tokens_of(article, &facts) else { continue };
            if let Some(name) = self.label(&facts, line) {
                removed.push(Removed { tokens, rule: Rule::Furniture, evidence: name.to_string() });
            }
        }
    }

    /// The name of the pattern of a line that is furniture as no full stop ends it.
    fn label(&self, facts: &LineFacts, line: &[TypeId]) -> Option<&str> {
        if facts.has_full_stop {
            return None;
        }
        let names = || self.site_names.fitting(line, |_| true).filter(|_| facts.has_capitals);
        self.labels.fitting(line, is_explicit(line)).or_else(names)
    }

    /// True for a line that is furniture, or a label of links.
    pub(super) fn knows(&self, article: &ArticleTokens<'_>, facts: &LineFacts) -> bool {
        let Some((_, line)) = tokens_of(article, facts) else { return false };
        self.lines.fitting(line, is_explicit(line)).is_some()
            || self.label(facts, line).is_some()
            || self.link_labels.matching(line).is_some()
    }
}

/// Where a noted line stands, and its words.
fn tokens_of<'a>(article: &ArticleTokens<'a>, facts: &LineFacts) -> Option<(Span<ArticleToken>, &'a [TypeId])> {
    let start = *article.paragraphs.get(facts.paragraph as usize)?;
    let tokens = Span::new(start, start + facts.words);
    Some((tokens, article.types.get(tokens.range())?))
}

/// Whether a pattern may match a line: a long one only where it spells out several words.
fn is_explicit(line: &[TypeId]) -> impl Fn(&[Part]) -> bool {
    let is_long = line.len() > LONG_LINE;
    move |parts| !is_long || spelt_out(parts) >= SPELT_OUT
}

impl Patterns {
    fn add(&mut self, mut parts: Vec<Part>, name: String) {
        let number = self.patterns.len() as u32;
        if parts.len() > 2 && matches!((parts.first(), parts.last()), (Some(Part::Any), Some(Part::Any))) {
            parts.pop();
            parts.remove(0);
            self.add_inside(parts, name);
            return;
        }
        let (table, key) = match (parts.first(), parts.last()) {
            (Some(Part::OneOf(types)), _) => (&mut self.by_first, types),
            (_, Some(Part::OneOf(types))) => (&mut self.by_last, types),
            _ => {
                self.others.push(number);
                self.patterns.push((parts, name));
                return;
            }
        };
        for &id in key {
            table.entry(id).or_default().push(number);
        }
        self.patterns.push((parts, name));
    }

    fn add_inside(&mut self, parts: Vec<Part>, name: String) {
        let Some(Part::OneOf(types)) = parts.first() else { return };
        for &id in types {
            let word = id as usize / 64;
            self.begins_inside.resize(self.begins_inside.len().max(word + 1), 0);
            self.begins_inside[word] |= 1 << (id % 64);
            self.inside.entry(id).or_default().push(self.patterns.len() as u32);
        }
        self.patterns.push((parts, name));
    }

    /// Appends the furniture that stands inside lines; of two patterns at one place the longer.
    pub(super) fn find_inside(&self, article: &ArticleTokens<'_>, removed: &mut Vec<Removed>) {
        let begins =
            |id: TypeId| self.begins_inside.get(id as usize / 64).is_some_and(|bits| bits >> (id % 64) & 1 == 1);
        let mut from = 0;
        while let Some(at) = article.types[from..].iter().position(|&id| begins(id)).map(|at| from + at) {
            let end = article.line_end(at);
            let patterns =
                self.inside.get(&article.types[at]).into_iter().flatten().map(|&i| &self.patterns[i as usize]);
            let fitting = patterns
                .filter(|(parts, _)| parts.len() <= end - at && matches(parts, &article.types[at..at + parts.len()]));
            from = at + 1;
            if let Some((parts, name)) = fitting.max_by_key(|(parts, name)| (parts.len(), std::cmp::Reverse(name))) {
                let tokens = Span::new(at as u32, (at + parts.len()) as u32);
                removed.push(Removed { tokens, rule: Rule::Furniture, evidence: name.clone() });
                from = at + parts.len();
            }
        }
    }

    /// Appends the lines of an article that match.
    fn find(&self, article: &ArticleTokens<'_>, removed: &mut Vec<Removed>) {
        for (start, end) in article.lines() {
            let line = &article.types[start as usize..end as usize];
            if line.is_empty() || line.len() > LONGEST_LINE {
                continue;
            }
            if let Some(name) = self.fitting(line, is_explicit(line)) {
                let tokens = Span::new(start, end);
                removed.push(Removed { tokens, rule: Rule::Furniture, evidence: name.to_string() });
            }
        }
    }
}

impl Patterns {
    /// The name of the first pattern that matches a line.
    pub(super) fn matching(&self, line: &[TypeId]) -> Option<&str> {
        let others = || self.others.iter().map(|&i| &self.patterns[i as usize]);
        self.fitting(line, |_| true)
            .or_else(|| others().find(|(parts, _)| matches(parts, line)).map(|(_, name)| name.as_str()))
    }

    fn fitting(&self, line: &[TypeId], is_wanted: impl Fn(&[Part]) -> bool) -> Option<&str> {
        let first = self.by_first.get(line.first()?).into_iter().flatten();
        let last = self.by_last.get(line.last()?).into_iter().flatten();
        let mut patterns = first.chain(last).map(|&i| &self.patterns[i as usize]);
        patterns.find(|(parts, _)| is_wanted(parts) && matches(parts, line)).map(|(_, name)| name.as_str())
    }
}

/// Words that parts stand for at least.
fn words_of(parts: &[Part]) -> usize {
    parts.iter().filter(|part| !matches!(part, Part::Any)).count()
}

fn spelt_out(parts: &[Part]) -> usize {
    parts.iter().filter(|part| matches!(part, Part::OneOf(_))).count()
}

fn matches(parts: &[Part], line: &[TypeId]) -> bool {
    match parts.split_first() {
        None => line.is_empty(),
        // each other part but `*` is one word, so that the last `*` leaves one place for what follows
        Some((Part::Any, rest)) => line.len().checked_sub(words_of(rest)).is_some_and(|most| {
            let first = if rest.iter().any(|part| matches!(part, Part::Any)) { 0 } else { most };
            (first..=most).any(|skip| matches(rest, &line[skip..]))
        }),
        Some((Part::One, rest)) => line.split_first().is_some_and(|(_, after)| matches(rest, after)),
        Some((Part::OneOf(types), rest)) => {
            line.split_first().is_some_and(|(id, after)| types.binary_search(id).is_ok() && matches(rest, after))
        }
    }
}
