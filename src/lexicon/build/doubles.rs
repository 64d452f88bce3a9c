//! Entries that are too many, too long, or there already.
//!
//! In: a term and the entries before it. Out: what is done with it, as a problem, a remark and a row of the report.
//! Invariant: of two entries of one text the reader is told which one counts.
//! It deliberately keeps no entry: `build` does.

use super::{Builder, Term};
use crate::error::{Problem, Severity};
use crate::lexicon::sniff::Format;
use crate::lexicon::weight;

/// A lexicon has so many entries at most: each takes some hundred bytes, whatever the file takes.
const MOST_ENTRIES: usize = 1_000_000;

/// An entry has so many characters at most.
const LONGEST_TERM: usize = 1_000;

impl Builder {
    /// False, with an error, for a term that is too long or one too many.
    pub(super) fn has_room(&mut self, term: &Term) -> bool {
        let place = self.place(term.line, term.column);
        if self.lexicon.entries.len() >= MOST_ENTRIES {
            if !self.too_many {
                let problem = Problem::error("lexicon-entries", place, "an entry too many");
                self.tell(problem.expected(format!("at most {MOST_ENTRIES} entries")).hint("split the file"));
            }
            self.too_many = true;
            return false;
        }
        if term.text.len() <= LONGEST_TERM || term.text.chars().count() <= LONGEST_TERM {
            return true;
        }
        let shown: String = term.text.chars().take(40).collect();
        let found = format!("`{shown}…` has {} characters", term.text.chars().count());
        let problem = Problem::error("term-too-long", place, found).expected(format!("at most {LONGEST_TERM}"));
        self.refuse(problem, &shown);
        false
    }

    /// The same text in the same frame: an error in our own form, merged in a foreign one, where the last line counts.
    pub(super) fn twice(&mut self, twin: usize, term: &Term, weight: i32) {
        let place = self.place(term.line, term.column);
        let first = &self.lexicon.entries[twin];
        let (line, was, frame) = (first.line, first.weight, self.lexicon.frames[first.frame].name.clone());
        if matches!(self.lexicon.format, Format::Toml | Format::Csv) {
            let found = format!("`{}` is in frame `{frame}` twice, first in line {line}", term.text);
            let problem = Problem::error("entry-duplicate", place, found);
            let hint = match line == term.line {
                true => format!("delete one of the two in line {line}"),
                false => format!("delete line {line} or line {}", term.line),
            };
            self.refuse(problem.hint(hint), &term.text);
        } else if was == weight {
            self.row(term.line, &term.text, format!("merged with line {line}: the same entry of `{frame}`"));
            self.remark("entry-repeated", Severity::Note, place, &term.text);
        } else {
            let entry = &mut self.lexicon.entries[twin];
            (entry.weight, entry.sd, entry.note) = (weight, term.sd, term.note.clone());
            (entry.line, entry.column) = (term.line, term.column);
            let shown = (weight::show(was), weight::show(weight));
            self.row(term.line, &term.text, format!("weight {} replaces {} of line {line}", shown.1, shown.0));
            self.remark("entry-reweighted", Severity::Warning, place, &term.text);
        }
    }

    pub(super) fn same_when_folded(&mut self, twin: usize, term: &Term, weight: i32) -> String {
        let place = self.place(term.line, term.column);
        let first = &self.lexicon.entries[twin];
        let (text, line) = (first.text.clone(), first.line);
        if first.weight == weight {
            self.remark("entry-same-when-folded", Severity::Note, place, &term.text);
            format!("; matches the same words as `{text}` of line {line}")
        } else {
            let found = format!("`{}` and `{text}` of line {line} match the same words with two weights", term.text);
            self.tell(Problem::warning("entry-contradiction", place, found).hint("keep one of them"));
            format!("; contradicts `{text}` of line {line}")
        }
    }
}
