//! A lexicon against a corpus: what never occurs, what catches too much, what is missing.
//!
//! In: a lexicon, and the words, pairs and hits of a corpus as plain data. Out: findings, each with its place and what to type.
//! Invariant: the order of entries and of the corpus's tables never matters.
//! It deliberately does not read a corpus and does not match phrases: the hits of an entry come from a run.

mod dead;
mod names;
mod reach;

use super::model::{Entry, Lexicon};
use crate::error::{Place, Severity};
use std::collections::BTreeMap;
use std::fmt;

/// What a corpus has to say. Words are folded.
pub struct Corpus<'a> {
    /// Word types and how often they occur.
    pub words: &'a [(String, u64)],
    /// Adjacent word types and how often they occur; needed for near forms such as `multi-vector` of `multivectoral`.
    pub pairs: &'a [((String, String), u64)],
    /// Hits of each entry, in the order of the lexicon; empty where nobody counted.
    pub hits: &'a [u64],
    /// Surface forms of each entry's hits, in the order of the lexicon; empty where nobody counted: then every word of the corpus that a
    /// pattern's word could match stands for them.
    pub forms: &'a [BTreeMap<String, u64>],
    /// Longer names in which an entry's hits lie (`security` in `security council`): entry, name, hits; may be empty.
    pub inside: &'a [(usize, String, u64)],
    /// The stemmer of the lexicon's language.
    pub stem: &'a dyn Fn(&str) -> String,
}

/// From where on something is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Forms shown beside a finding.
    pub shown: usize,
    /// A wildcard is greedy from so many different stems on.
    pub greedy_stems: usize,
    /// Hits inside one longer name from this share on.
    pub inside_share: f64,
    /// A form counts from so many occurrences on.
    pub least: u64,
}

impl Default for Options {
    fn default() -> Options {
        Options { shown: 6, greedy_stems: 5, inside_share: 0.5, least: 1 }
    }
}

/// One thing to look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Where.
    pub place: Place,
    /// `dead`, `greedy`, `collision`, `inside-name`, `two-frames`, `name-variant`.
    pub kind: &'static str,
    /// A warning needs a decision; a note does not.
    pub severity: Severity,
    /// The frame, or the target.
    pub frame: String,
    /// The entry, as written.
    pub entry: String,
    /// What was found.
    pub found: String,
    /// Forms of the corpus with their counts, most frequent first.
    pub forms: Vec<(String, u64)>,
    /// What to type; empty where it takes thought.
    pub edit: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}: {}", self.severity, self.place, self.entry, self.found)?;
        for (i, (form, n)) in self.forms.iter().enumerate() {
            write!(f, "{}{form} ({n})", if i == 0 { ": " } else { ", " })?;
        }
        if self.edit.is_empty() { Ok(()) } else { write!(f, "\n  hint: {}", self.edit) }
    }
}

/// All findings, sorted by place.
pub fn lint(lexicon: &Lexicon, corpus: &Corpus<'_>, options: &Options) -> Vec<Finding> {
    let view = View::new(lexicon, corpus, *options);
    let mut found = Vec::new();
    dead::entries(&view, &mut found);
    reach::wildcards(&view, &mut found);
    reach::stems(&view, &mut found);
    reach::inside(&view, &mut found);
    reach::two_frames(&view, &mut found);
    names::variants(&view, &mut found);
    found.sort();
    found
}

/// The corpus, sorted for look-up.
struct View<'a> {
    lexicon: &'a Lexicon,
    corpus: &'a Corpus<'a>,
    options: Options,
    /// Words in alphabetical order.
    sorted: Vec<(&'a str, u64)>,
    counts: BTreeMap<&'a str, u64>,
    /// Words of each stem.
    by_stem: BTreeMap<String, Vec<(&'a str, u64)>>,
    pairs: BTreeMap<(&'a str, &'a str), u64>,
}

impl<'a> View<'a> {
    fn new(lexicon: &'a Lexicon, corpus: &'a Corpus<'a>, options: Options) -> View<'a> {
        let mut sorted: Vec<(&str, u64)> = corpus.words.iter().map(|(word, n)| (word.as_str(), *n)).collect();
        sorted.sort_unstable();
        let mut by_stem: BTreeMap<String, Vec<(&str, u64)>> = BTreeMap::new();
        for &(word, n) in &sorted {
            by_stem.entry((corpus.stem)(word)).or_default().push((word, n));
        }
        View {
            lexicon,
            corpus,
            options,
            counts: sorted.iter().copied().collect(),
            sorted,
            by_stem,
            pairs: corpus.pairs.iter().map(|((a, b), n)| ((a.as_str(), b.as_str()), *n)).collect(),
        }
    }

    fn finding(&self, entry: &Entry, kind: &'static str, severity: Severity, found: String) -> Finding {
        Finding {
            place: Place::at(self.lexicon.file.clone(), entry.line, entry.column),
            kind,
            severity,
            frame: self.lexicon.frames[entry.frame].name.clone(),
            entry: entry.text.clone(),
            found,
            forms: Vec::new(),
            edit: String::new(),
        }
    }

    /// Entries that count, with their number.
    fn entries(&self) -> impl Iterator<Item = (usize, &'a Entry)> {
        self.lexicon.entries.iter().enumerate().filter(|(_, entry)| !entry.except && !entry.unmatchable)
    }

    /// What stood in the hits of an entry where its word number `at` stands, or in the corpus where `fallback` says.
    fn caught(&self, entry: usize, at: usize, fallback: impl Fn() -> Vec<(String, u64)>) -> Vec<(String, u64)> {
        let Some(forms) = self.corpus.forms.get(entry) else { return fallback() };
        let mut words: BTreeMap<&str, u64> = BTreeMap::new();
        for (form, n) in forms {
            if let Some(word) = form.split(' ').nth(at) {
                *words.entry(word).or_default() += n;
            }
        }
        words.into_iter().map(|(word, n)| (word.to_string(), n)).collect()
    }

    /// True where another entry of the frame already finds a form.
    fn is_found_in(&self, frame: usize, form: &str) -> bool {
        let form = &form.replace('-', " ");
        let entries = self.lexicon.entries.iter().zip(self.corpus.forms);
        entries.filter(|(entry, _)| entry.frame == frame).any(|(_, forms)| forms.contains_key(form))
    }

    /// The most frequent forms first; equal counts in alphabetical order.
    fn top(&self, mut forms: Vec<(String, u64)>) -> Vec<(String, u64)> {
        forms.retain(|(_, n)| *n >= self.options.least);
        forms.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        forms.dedup_by(|a, b| a.0 == b.0);
        forms.truncate(self.options.shown);
        forms
    }
}
