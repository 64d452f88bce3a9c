//! Which column holds the terms, the categories, the weights: by their names first, by their cells where names say nothing.
//!
//! In: the view of a table. Out: columns, or a refusal where two have equal right.
//! Invariant: a column that is called what is looked for is it, unless its cells are of another kind.
//! It deliberately decides no shape.

use super::{Refusal, View};
use crate::lexicon::columns::Column;
use crate::lexicon::names;

impl View<'_> {
    /// The column of the terms: by its name, whatever its terms look like (`9/11`, `1984`), else the first one of words that do not recur.
    pub(super) fn term(&self) -> Option<usize> {
        let named = |at: &usize| names::is_term(&self.names[*at]) && self.column(*at).filled > 0;
        let can_be = |at: &usize| !self.column(*at).is_numeric() && self.column(*at).length() <= 5.0;
        let is_words = |at: &usize| self.column(*at).is_words();
        let by_name = self.all().filter(named).find(is_words).or_else(|| self.all().filter(named).find(can_be));
        by_name.or_else(|| {
            let differs = |column: &Column| !column.recurs() || column.filled < 4 || column.values.len() >= 400;
            let found: Vec<usize> = self
                .all()
                .filter(is_words)
                .filter(|&at| {
                    let column = self.column(at);
                    differs(column)
                        && column.length() <= 5.0
                        && !names::is_metadata(&self.table.names[at])
                        && !names::is_category(&self.names[at])
                        && !names::are_polarities(column.values.iter())
                        && !names::are_parts_of_speech(column.values.iter())
                })
                .collect();
            // in a short table categories do not recur enough to be told by it; beside them no term is given twice
            let repeats = |at: usize| self.column(at).values.len() * 5 <= self.column(at).filled * 4;
            let all_differ = |at: &&usize| self.column(**at).values.len() == self.column(**at).filled;
            let first = found.first().filter(|&&at| !repeats(at));
            first.or_else(|| found.iter().find(all_differ)).or(found.first()).copied()
        })
    }

    /// True for a column that may have a role: it has cells, and does not only tell about its entry.
    pub(super) fn is_open(&self, at: usize) -> bool {
        self.column(at).filled > 0 && (!names::is_metadata(&self.table.names[at]) || self.is_category_by_cells(at))
    }

    /// True for a column that is called as notes are, `pos` for one, and that holds marks or numbers as another column does.
    pub(super) fn is_category_by_cells(&self, at: usize) -> bool {
        let (name, column) = (&self.table.names[at], self.column(at));
        let alike = |other: usize| {
            let is_other = other != at && !names::is_metadata(&self.table.names[other]) && self.weighs(other);
            let (marks, numeric) = (self.column(other).is_marks(), self.column(other).is_numeric());
            is_other && ((column.is_marks() && marks) || (self.names[at] == "pos" && column.is_numeric() && numeric))
        };
        !names::is_flag(name) && self.all().any(alike)
    }

    /// False for numbers of rows, counts and spreads.
    pub(super) fn weighs(&self, at: usize) -> bool {
        let name = &self.table.names[at];
        !(names::is_counter(name) || names::is_spread(name) || (at == 0 && name.is_empty() && self.is_count(at)))
    }

    /// Numbers within ±10: a weight or a share, hardly a count.
    pub(super) fn is_score(&self, at: usize) -> bool {
        self.column(at).largest <= 10_000
    }

    /// Whole numbers up to more than a hundred, none below zero: these count something.
    pub(super) fn is_count(&self, at: usize) -> bool {
        let column = self.column(at);
        let numbered = at == 0 && column.values.len() == column.filled.min(400);
        column.negatives == 0
            && column.fractions == 0
            && (column.largest > 100_000 || (numbered && self.names[at].is_empty()))
    }

    /// True where the cells of a column that is called so can name categories: words, with `9/11` and `2020` among them, or codes.
    fn can_name(&self, at: usize) -> bool {
        let (name, column) = (self.names[at].as_str(), self.column(at));
        if column.is_numeric() {
            let plain = matches!(name, "category" | "frame" | "topic" | "class" | "group" | "foundation" | "dimension");
            let codes = plain && column.fractions + column.negatives == 0;
            return names::is_coded(name) && (column.recurs() || codes);
        }
        let called = names::is_category(name) && !names::SCORES.contains(&name) && !column.is_marks();
        column.length() <= 5.0 && (column.is_words() || called)
    }

    /// True for numbers beside a count of the same words that nothing calls a weight: shares and rates are so.
    pub(super) fn may_be_frequency(&self, at: usize) -> bool {
        let is_count = |other: usize| names::is_frequency(&self.table.names[other]) && self.column(other).is_numeric();
        self.column(at).negatives == 0
            && !names::is_score(&self.table.names[at])
            && self.all().any(|other| other != at && is_count(other))
    }

    /// The column whose cells name categories. By name before content; polarities before others; two of equal right are a refusal.
    pub(super) fn category(&self, term: usize, rest: &[usize]) -> Result<Option<usize>, Refusal> {
        let is_named = |at: usize| {
            let name = self.names[at].as_str();
            let likely = || {
                let values = || self.column(at).values.iter();
                names::is_likely_category(name) && !names::are_parts_of_speech(values())
            };
            names::is_category(name) || likely()
        };
        let named: Vec<usize> =
            rest.iter().copied().filter(|&at| is_named(at)).filter(|&at| self.can_name(at)).collect();
        // a column that is called so and is empty is where they are due
        let empty = self.all().find(|&at| names::is_category(&self.names[at]) && self.column(at).filled == 0);
        let plain = |at: &&usize| matches!(self.names[**at].as_str(), "category" | "frame");
        let first = named.iter().find(plain).or_else(|| named.iter().find(|at| names::is_category(&self.names[**at])));
        if let Some(first) = first.or(named.first()).copied().or(empty.filter(|_| rest.is_empty())) {
            return Ok(Some(first));
        }
        if let Some(signs) = rest.iter().copied().find(|&at| names::are_signs(self.column(at).values.iter())) {
            return Ok(Some(signs));
        }
        let usable = |&at: &usize| {
            let column = self.column(at);
            column.is_words() && column.length() <= 4.0 && !names::are_parts_of_speech(column.values.iter())
        };
        let polar: Vec<usize> = rest
            .iter()
            .copied()
            .filter(usable)
            .filter(|&at| {
                self.column(at).filled == self.table.body.len() && names::are_polarities(self.column(at).values.iter())
            })
            .collect();
        if let [one] = polar.as_slice() {
            return Ok(Some(*one));
        }
        let few = |&at: &usize| {
            let column = self.column(at);
            usable(&at)
                && !column.is_marks()
                && column.recurs()
                && column.values.len() * 3 <= column.filled
                && column.filled == self.table.body.len()
        };
        let recurring: Vec<usize> = rest.iter().copied().filter(few).collect();
        match recurring.as_slice() {
            [] => Ok(None),
            [one] => Ok(Some(*one)),
            several => {
                let called: Vec<String> = several.iter().take(8).map(|&at| self.called(at)).collect();
                Err(self.refusal(Some(term), &format!("{} could each be the categories", called.join(", "))))
            }
        }
    }

    /// The column that is called a weight and holds numbers.
    pub(super) fn weight(&self, numbers: &[usize], marks: &[usize], category: Option<usize>) -> Option<usize> {
        names::SCORES.iter().find_map(|name| {
            let at = numbers.iter().copied().find(|&at| self.names[at] == *name && Some(at) != category);
            let by_mark = || marks.iter().copied().find(|&at| self.names[at] == *name && *name == "weight");
            at.or_else(by_mark)
        })
    }

    /// The one column of means beside their spreads (`Conc.M`, `Conc.SD`).
    pub(super) fn mean(&self, numbers: &[usize]) -> Option<usize> {
        let is_mean = |&at: &usize| {
            names::mean_of(&self.table.names[at]).is_some_and(|stem| {
                self.table.names.iter().any(|other| names::is_spread(other) && other.to_lowercase().starts_with(&stem))
            })
        };
        let means: Vec<usize> = numbers.iter().copied().filter(is_mean).collect();
        if let [one] = means.as_slice() { Some(*one) } else { None }
    }

    /// A column that is called a weight, and whose cells are none: to leave it out would weigh every word alike.
    pub(super) fn no_number(&self, term: usize, rest: &[usize], category: Option<usize>) -> Option<Refusal> {
        let plain = ["weight", "score", "value", "valence", "sentimentscore", "rating", "intensity", "strength"];
        let at = rest.iter().copied().find(|&at| {
            plain.contains(&self.names[at].as_str()) && Some(at) != category && !self.column(at).is_numeric()
        })?;
        let cell = self.table.body.iter().filter_map(|row| row.get(at)).find(|field| {
            let text = field.text.trim();
            !text.is_empty() && crate::lexicon::weight::read(text).is_none()
        });
        let cell = cell.map_or("no number", |field| field.text.trim());
        Some(self.refusal(Some(term), &format!("{} is called a weight and holds `{cell}`", self.called(at))))
    }
}
