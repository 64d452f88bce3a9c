//! What is wrong with a lexicon in itself, without any corpus.
//!
//! In: a lexicon that was read, and a stemmer. Out: warnings and notes with file, line and column.
//! Invariant: two lexicons that differ only in the order of their entries get the same findings.
//! It deliberately does not run the lexicon's own tests (`Frame::hits`, `Frame::misses`): that needs `lookup`.

use super::glob;
use super::model::{Entry, Lexicon, MatchMode, Pattern, Word};
use super::weight;
use crate::error::{Place, Problem, Severity};
use std::collections::BTreeMap;

/// Contradictions, shadowed and unreachable entries, idle exceptions; with what the reader remarked, sorted by line.
pub fn check(lexicon: &Lexicon, stem: &dyn Fn(&str) -> String) -> Vec<Problem> {
    let mut found: Vec<Problem> = lexicon.problems.clone();
    let view = View { lexicon, stems: stems(lexicon, stem) };
    view.contradictions(&mut found);
    names_twice(lexicon, &mut found);
    for frame in 0..lexicon.frames.len() {
        view.frame(frame, &mut found);
    }
    found.sort_by(|a, b| a.place.line.cmp(&b.place.line).then_with(|| a.cmp(b)));
    found.dedup();
    found
}

/// An entry and its words.
type Phrase<'e> = (&'e Entry, &'e [Word]);

struct View<'a> {
    lexicon: &'a Lexicon,
    /// Stem of every word of the lexicon, in lower case.
    stems: BTreeMap<String, String>,
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
        for entries in patterns.values_mut().filter(|entries| entries.len() > 1) {
            entries.sort_by_key(|entry| (entry.line, entry.column));
            let first = entries[0];
            for other in &entries[1..] {
                let names = (self.name(first), self.name(other));
                let signs = first.weight.signum() * other.weight.signum() < 0;
                if first.frame == other.frame || !(signs || are_opposite(names.0, names.1)) {
                    continue;
                }
                let told = format!(
                    "`{}` is in `{}` with {} and in `{}` (line {}) with {}",
                    other.text,
                    names.1,
                    weight::show(other.weight),
                    names.0,
                    first.line,
                    weight::show(first.weight)
                );
                found.push(Problem::warning("entry-contradiction", self.place(other), told).hint("keep one of them"));
            }
        }
    }

    fn name(&self, entry: &Entry) -> &str {
        &self.lexicon.frames[entry.frame].name
    }

    /// Entries of one frame that another of it makes idle.
    fn frame(&self, frame: usize, found: &mut Vec<Problem>) {
        let own = || self.lexicon.entries.iter().filter(move |entry| entry.frame == frame && !entry.unmatchable);
        let phrases: Vec<(&Entry, &[Word])> =
            own().filter_map(|entry| words(entry).map(|words| (entry, words))).collect();
        let has_conditions = own().any(|entry| words(entry).is_none());
        let (except, plain): (Vec<_>, Vec<_>) = phrases.into_iter().partition(|(entry, _)| entry.except);
        let mut covered: Vec<(&Entry, &Entry)> = self.covered(&plain);
        let key = |pair: &(&Entry, &Entry)| (pair.0.line, pair.0.column, pair.1.text.clone());
        covered.sort_by_key(key);
        covered.dedup_by_key(|(entry, _)| (entry.line, entry.column));
        for (entry, by) in covered {
            found.push(self.shadowed(entry, by));
        }
        for (exception, cut) in &except {
            for (entry, words) in &plain {
                if words.len() == cut.len() && self.all_cover(cut, words) {
                    let told = format!(
                        "`{}` never counts: `{}` of line {} excepts it",
                        entry.text, exception.text, exception.line
                    );
                    found.push(
                        Problem::warning("entry-unreachable", self.place(entry), told).hint("delete one of them"),
                    );
                }
            }
            let idle = !has_conditions && !plain.iter().any(|(_, words)| self.meets(cut, words));
            if idle {
                let told = format!("`except` entry `{}` contains no entry of its frame", exception.text);
                let problem = Problem::warning("except-idle", self.place(exception), told);
                found.push(problem.hint("delete it, or correct it to contain a term"));
            }
        }
    }

    /// Pairs (entry, the entry that covers it).
    fn covered<'e>(&self, plain: &[Phrase<'e>]) -> Vec<(&'e Entry, &'e Entry)> {
        let mut pairs = Vec::new();
        let mut sorted: Vec<(String, Phrase<'e>)> =
            plain.iter().map(|phrase| (phrase.1[0].text.to_lowercase(), *phrase)).collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0));
        let mut by_stem: BTreeMap<&str, Vec<Phrase<'e>>> = BTreeMap::new();
        for (lower, phrase) in &sorted {
            by_stem.entry(self.stem(lower)).or_default().push(*phrase);
        }
        for &wide in
            plain.iter().filter(|(_, words)| words.iter().any(|w| w.is_wildcard() || w.mode == MatchMode::Stem))
        {
            let first = &wide.1[0];
            if first.mode == MatchMode::Stem {
                let near = by_stem.get(self.stem(&first.text)).into_iter().flatten();
                pairs.extend(near.filter(|other| self.shadows(wide, **other)).map(|other| (other.0, wide.0)));
                continue;
            }
            // Whatever a wildcard covers begins with the letters before it.
            let prefix = glob::prefix(&first.text);
            let start = sorted.partition_point(|(lower, _)| lower.as_str() < prefix);
            let near = sorted[start..].iter().take_while(|(lower, _)| lower.starts_with(prefix));
            pairs.extend(near.filter(|(_, other)| self.shadows(wide, *other)).map(|(_, other)| (other.0, wide.0)));
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
            let told = format!("`{}` is redundant: `{}` of line {} matches it", entry.text, by.text, by.line);
            Problem::note("entry-shadowed", place, told).hint("a token counts once in a frame: no number changes")
        } else {
            let weights = (weight::show(entry.weight), weight::show(by.weight));
            let told = format!(
                "`{}` weighs {}, `{}` of line {} that matches it too weighs {}",
                entry.text, weights.0, by.text, by.line, weights.1
            );
            Problem { severity: Severity::Note, ..Problem::warning("entry-overlap", place, told) }
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
                let told = format!("`{text}` names two {what}: `{}` and `{}`", first.min(owner), first.max(owner));
                let problem = Problem::warning("name-twice", Place::line(lexicon.file.clone(), line), told);
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
