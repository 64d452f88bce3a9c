//! What is wrong with a lexicon in itself, without any corpus.
//!
//! In: a lexicon that was read, and a stemmer. Out: warnings and notes with file, line and column.
//! Invariant: two lexicons that differ only in the order of their entries get the same findings.
//! It deliberately does not run the lexicon's own tests (`Frame::hits`, `Frame::misses`): that needs `lookup`.

mod candidates;

use super::glob;
use super::model::{Entry, Lexicon, MatchMode, Pattern, Word};
use super::sniff::Format;
use super::weight;
use crate::error::{Place, Problem, Severity};
use candidates::{Budget, Candidates};
use std::collections::BTreeMap;

/// Contradictions, shadowed and unreachable entries, idle exceptions; with what the reader remarked, sorted by line.
pub fn check(lexicon: &Lexicon, stem: &dyn Fn(&str) -> String) -> Vec<Problem> {
    check_counting(lexicon, stem).0
}

/// [`check`], with the number of comparisons that it took: it grows with the entries, not with their pairs.
pub fn check_counting(lexicon: &Lexicon, stem: &dyn Fn(&str) -> String) -> (Vec<Problem>, u64) {
    let mut found: Vec<Problem> = lexicon.problems.clone();
    let view = View { lexicon, stems: stems(lexicon, stem), budget: Budget::default() };
    view.contradictions(&mut found);
    names_twice(lexicon, &mut found);
    let mut frames: Vec<Vec<&Entry>> = vec![Vec::new(); lexicon.frames.len()];
    for entry in lexicon.entries.iter().filter(|entry| !entry.unmatchable) {
        frames[entry.frame].push(entry);
    }
    for frame in &frames {
        view.frame(frame, &mut found);
    }
    if view.budget.is_too_much() {
        let message = "not every pair of entries was compared: too many wildcards could match each other";
        let problem = Problem::warning("check-cut-short", Place::file(lexicon.file.clone()), message);
        found.push(problem.hint("entries without a letter before or behind `*` match almost anything"));
    }
    found.sort_by(|a, b| a.place.line.cmp(&b.place.line).then_with(|| a.cmp(b)));
    found.dedup();
    (found, view.budget.done())
}

/// An entry and its words.
type Phrase<'e> = (&'e Entry, &'e [Word]);

struct View<'a> {
    lexicon: &'a Lexicon,
    /// Stem of every word of the lexicon, in lower case.
    stems: BTreeMap<String, String>,
    budget: Budget,
}

impl View<'_> {
    fn place(&self, entry: &Entry) -> Place {
        Place::at(self.lexicon.file.clone(), entry.line, entry.column)
    }

    /// The same pattern in a positive and a negative frame, or with weights of both signs.
    fn contradictions(&self, found: &mut Vec<Problem>) {
        let mut patterns: BTreeMap<&Pattern, Vec<&Entry>> = BTreeMap::new();
        for entry in self.lexicon.entries.iter().filter(|entry| !entry.except && !entry.unmatchable) {
            patterns.entry(&entry.pattern).or_default().push(entry);
        }
        // dimensions of one row may pull apart: a word that is fair and harmful is no mistake
        let mut in_one_row: Option<(usize, &Entry)> = None;
        for entries in patterns.values_mut().filter(|entries| entries.len() > 1) {
            entries.sort_by_key(|entry| (entry.line, entry.column));
            let first = entries[0];
            let mut of_row = false;
            for other in &entries[1..] {
                let names = (self.name(first), self.name(other));
                let signs = first.weight.signum() * other.weight.signum() < 0;
                if first.frame == other.frame || !(signs || are_opposite(names.0, names.1)) {
                    continue;
                }
                if first.line == other.line && self.is_foreign() {
                    of_row = true;
                    continue;
                }
                let message = format!(
                    "`{}` is in `{}` with {} and in `{}` (line {}) with {}",
                    other.text,
                    names.1,
                    weight::show(other.weight),
                    names.0,
                    first.line,
                    weight::show(first.weight)
                );
                found
                    .push(Problem::warning("entry-contradiction", self.place(other), message).hint("keep one of them"));
            }
            if of_row {
                let (n, earliest) = in_one_row.unwrap_or((0, first));
                in_one_row = Some((n + 1, if earliest.line <= first.line { earliest } else { first }));
            }
        }
        if let Some((n, first)) = in_one_row {
            let (what, are) = if n == 1 { ("word", "is") } else { ("words", "are") };
            let message = format!("{n} {what} {are} in several categories with opposite signs, first `{}`", first.text);
            let note = Problem::note("entry-opposite-dimensions", self.place(first), message);
            found.push(note.hint("columns of one table are dimensions: each is counted for itself"));
        }
    }

    /// True for a dictionary of other people, where one line may put a word into several categories.
    fn is_foreign(&self) -> bool {
        !matches!(self.lexicon.format, Format::Toml | Format::Csv)
    }

    fn name(&self, entry: &Entry) -> &str {
        &self.lexicon.frames[entry.frame].name
    }

    /// Entries of one frame that another of it makes idle.
    fn frame(&self, entries: &[&Entry], found: &mut Vec<Problem>) {
        let phrases: Vec<Phrase<'_>> =
            entries.iter().filter_map(|&entry| words(entry).map(|words| (entry, words))).collect();
        let has_conditions = phrases.len() < entries.len();
        let (except, plain): (Vec<_>, Vec<_>) = phrases.into_iter().partition(|(entry, _)| entry.except);
        let plain = Candidates::of(self, plain);
        let mut covered: Vec<(&Entry, &Entry)> = self.covered(&plain);
        let key = |pair: &(&Entry, &Entry)| (pair.0.line, pair.0.column, pair.1.text.clone());
        covered.sort_by_key(key);
        covered.dedup_by_key(|(entry, _)| (entry.line, entry.column));
        for (entry, by) in covered {
            found.push(self.shadowed(entry, by));
        }
        for (exception, cut) in &except {
            for (entry, words) in plain.covered_by(cut).take_while(|_| self.budget.one()) {
                if words.len() == cut.len() && self.all_cover(cut, words) {
                    let message = format!(
                        "`{}` never counts: `{}` of line {} excepts it",
                        entry.text, exception.text, exception.line
                    );
                    found.push(
                        Problem::warning("entry-unreachable", self.place(entry), message).hint("delete one of them"),
                    );
                }
            }
            // where too much was compared, nothing is said to be idle
            let mut inside = plain.meeting(cut);
            let idle = !has_conditions && !inside.any(|(_, words)| !self.budget.one() || self.meets(cut, words));
            if idle {
                let message =
                    format!("the exception `{}` contains no entry of its frame, so it never applies", exception.text);
                let problem = Problem::warning("except-idle", self.place(exception), message);
                found.push(problem.hint("delete it, or correct it to contain a term"));
            }
        }
    }

    /// Pairs (entry, the entry that covers it).
    fn covered<'e>(&self, plain: &Candidates<'e, '_>) -> Vec<(&'e Entry, &'e Entry)> {
        let wide = |words: &[Word]| words.iter().any(|word| word.is_wildcard() || word.mode == MatchMode::Stem);
        let mut pairs = Vec::new();
        for &phrase in plain.phrases().iter().filter(|(_, words)| wide(words)) {
            let near = plain.covered_by(phrase.1).take_while(|_| self.budget.one());
            pairs.extend(near.filter(|other| self.shadows(phrase, *other)).map(|other| (other.0, phrase.0)));
        }
        pairs
    }

    fn shadows(&self, wide: Phrase<'_>, other: Phrase<'_>) -> bool {
        !std::ptr::eq(wide.0, other.0)
            && wide.0.pattern != other.0.pattern
            && wide.1.len() == other.1.len()
            && self.all_cover(wide.1, other.1)
            && !self.mutual(wide.1, other.1, wide.0, other.0)
    }

    fn stem(&self, word: &str) -> &str {
        self.stems.get(word).map_or("", String::as_str)
    }

    /// Two that cover each other: the later of the two is told, once.
    fn mutual(&self, a: &[Word], b: &[Word], first: &Entry, second: &Entry) -> bool {
        self.all_cover(b, a) && (second.line, second.column) < (first.line, first.column)
    }

    fn shadowed(&self, entry: &Entry, by: &Entry) -> Problem {
        let place = self.place(entry);
        if entry.weight == by.weight {
            let message = format!("`{}` is redundant: `{}` of line {} matches it", entry.text, by.text, by.line);
            Problem::note("entry-shadowed", place, message).hint("a token counts once in a frame: no number changes")
        } else {
            let weights = (weight::show(entry.weight), weight::show(by.weight));
            let message = format!(
                "`{}` weighs {}, `{}` of line {} that matches it too weighs {}",
                entry.text, weights.0, by.text, by.line, weights.1
            );
            Problem { severity: Severity::Note, ..Problem::warning("entry-overlap", place, message) }
                .hint("the narrower one counts")
        }
    }

    fn all_cover(&self, wide: &[Word], narrow: &[Word]) -> bool {
        wide.iter().zip(narrow).all(|(a, b)| self.covers(a, b))
    }

    /// True where whatever `narrow` matches `wide` matches too.
    fn covers(&self, wide: &Word, narrow: &Word) -> bool {
        let lower = || narrow.text.to_lowercase();
        match (wide.mode, narrow.mode) {
            (MatchMode::Exact, MatchMode::Exact) => glob::covers(&wide.text, &narrow.text),
            (MatchMode::Exact, MatchMode::Case) => glob::covers(&wide.text, &lower()),
            (MatchMode::Stem, MatchMode::Stem) => self.stem(&wide.text) == self.stem(&narrow.text),
            (MatchMode::Stem, MatchMode::Exact) if !narrow.is_wildcard() => {
                self.stem(&wide.text) == self.stem(&narrow.text)
            }
            (MatchMode::Stem, MatchMode::Case) => self.stem(&wide.text) == self.stem(&lower()),
            (MatchMode::Case, MatchMode::Case) => wide.text == narrow.text,
            // A stem has forms that nobody listed: an open wildcard over the stem itself has them all, nearly.
            (MatchMode::Exact, MatchMode::Stem) => {
                wide.text.ends_with('*')
                    && glob::covers(&wide.text, &narrow.text)
                    && glob::covers(&wide.text, self.stem(&narrow.text))
            }
            _ => false,
        }
    }

    /// True where some hit of `entry` can lie inside a hit of `cut`.
    fn meets(&self, cut: &[Word], entry: &[Word]) -> bool {
        // a wildcard and a stem meet in a word that both match, though neither covers the other
        let wild = |a: &Word, b: &Word| a.is_wildcard() && glob::covers(&a.text, &b.text.to_lowercase());
        let touch = |a: &Word, b: &Word| self.covers(a, b) || self.covers(b, a) || wild(a, b) || wild(b, a);
        entry.len() <= cut.len()
            && cut.windows(entry.len()).any(|piece| piece.iter().zip(entry).all(|(a, b)| touch(a, b)))
    }
}

/// The same name for two targets, or for two labels of a referent: only the first by alphabet would have it.
fn names_twice(lexicon: &Lexicon, found: &mut Vec<Problem>) {
    let mut twice = |names: &mut dyn Iterator<Item = (&str, &(String, Pattern), u32)>, what: &str| {
        let mut owners: BTreeMap<&Pattern, &str> = BTreeMap::new();
        for (owner, (text, pattern), line) in names {
            let first = *owners.entry(pattern).or_insert(owner);
            if first != owner {
                let message = format!("`{text}` names two {what}: `{}` and `{}`", first.min(owner), first.max(owner));
                let problem = Problem::warning("name-twice", Place::line(lexicon.file.clone(), line), message);
                found.push(problem.hint("a word counts for one of them: keep it there"));
            }
        }
    };
    let targets =
        lexicon.targets.iter().flat_map(|of| of.patterns.iter().map(|name| (of.name.as_str(), name, of.line)));
    twice(&mut { targets }, "targets");
    for set in &lexicon.labels {
        let names = set.choices.iter().flat_map(|(choice, names)| names.iter().map(|name| (choice.as_str(), name)));
        twice(&mut names.map(|(choice, name)| (choice, name, set.line)), "labels");
    }
}

fn stems(lexicon: &Lexicon, stem: &dyn Fn(&str) -> String) -> BTreeMap<String, String> {
    let words = lexicon.entries.iter().filter_map(words).flatten();
    words.map(|word| word.text.to_lowercase()).map(|lower| (lower.clone(), stem(&lower))).collect()
}

fn words(entry: &Entry) -> Option<&[Word]> {
    match &entry.pattern {
        Pattern::Words(words) if !words.is_empty() => Some(words),
        _ => None,
    }
}

/// `positive` and `negative`, under any of their usual names.
fn are_opposite(a: &str, b: &str) -> bool {
    let side = |name: &str| {
        let last = name.rsplit('/').next().unwrap_or(name).to_lowercase();
        match last.as_str() {
            "positive" | "positiv" | "pos" | "posemo" | "good" | "pro" => 1,
            "negative" | "negativ" | "neg" | "negemo" | "bad" | "contra" => -1,
            _ => 0,
        }
    };
    side(a) * side(b) < 0
}
