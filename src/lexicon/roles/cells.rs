//! Roles that the cells of a table prove.
//!
//! In: the view of a table that is of no known author. Out: its shape with the reason, or a refusal.
//! Invariant: of several columns of equal right none is chosen in silence.
//! It deliberately reads no entry.

use super::{Cells, Refusal, Roles, Shape, View};
use crate::lexicon::delimited::Field;
use crate::lexicon::names;
use std::collections::BTreeSet;

impl View<'_> {
    /// The column of the terms: by its name, else the first one of words that do not recur.
    fn term(&self) -> Option<usize> {
        let named = self.all().filter(|&at| names::TERMS.contains(&self.names[at].as_str()));
        named.into_iter().find(|&at| self.column(at).is_words()).or_else(|| {
            self.all().find(|&at| {
                let column = self.column(at);
                let differs = !column.recurs() || column.filled < 4 || column.values.len() >= 400;
                column.is_words()
                    && differs
                    && column.length() <= 5.0
                    && !names::is_metadata(&self.table.names[at])
                    && !names::CATEGORIES.contains(&self.names[at].as_str())
                    && !names::are_polarities(column.values.iter())
                    && !names::are_parts_of_speech(column.values.iter())
            })
        })
    }

    pub(super) fn by_cells(&self) -> Result<(Shape, String), Refusal> {
        let Some(term) = self.term() else { return Err(self.refusal(None, "no column holds words that differ")) };
        let is_named = names::TERMS.contains(&self.names[term].as_str());
        if !is_named && let Some(found) = self.words_alone() {
            return Ok(found);
        }
        let rest: Vec<usize> = self.all().filter(|&at| at != term && self.is_open(at)).collect();
        let marks: Vec<usize> =
            rest.iter().copied().filter(|&at| self.weighs(at) && self.column(at).is_marks()).collect();
        let years: Vec<usize> =
            rest.iter().copied().filter(|&at| self.weighs(at) && self.column(at).is_years()).collect();
        let other = |at: &usize| !marks.contains(at) && !years.contains(at);
        let numbers: Vec<usize> =
            rest.iter().copied().filter(|&at| self.weighs(at) && self.column(at).is_numeric()).filter(other).collect();
        let spread = |at: usize| names::is_spread(&self.table.names[at]) && self.column(at).is_numeric();
        let sd = self.all().find(|&at| at != term && spread(at));
        let category = self.category(term, &rest)?;
        // codes of categories are no weights
        let without = |columns: Vec<usize>| columns.into_iter().filter(|at| Some(*at) != category).collect::<Vec<_>>();
        let (marks, numbers) = (without(marks), without(numbers));
        if let Some(found) = self.named_dimensions(term, &numbers) {
            return Ok(found);
        }
        if !years.is_empty() {
            let categories = years.iter().map(|&at| (at, Cells::Years)).collect();
            let why = "a year says since when a word is in a category";
            return Ok(terms(Roles { term, categories, ..Roles::default() }, why));
        }
        let weight = self.weight(&numbers, &marks, category).or_else(|| self.mean(&numbers));
        if let Some(refusal) = self.no_number(term, &rest, category).filter(|_| weight.is_none()) {
            return Err(refusal);
        }
        if let Some(refusal) = category.and_then(|category| self.words_beside(term, category, &rest)) {
            return Err(refusal);
        }
        if category.is_some() && marks.len() < 2 {
            let only = numbers.first().copied().filter(|&at| numbers.len() == 1 && !self.is_count(at));
            let mark = marks.first().copied().filter(|_| numbers.is_empty());
            let weight = weight.or(only).or(mark);
            return Ok(terms(
                Roles { term, category, weight, sd, ..Roles::default() },
                "the names of categories recur",
            ));
        }
        if let Some(weight) = weight {
            let roles = Roles { term, weight: Some(weight), sd, ..Roles::default() };
            return Ok(terms(roles, "it contains numbers and its name says so"));
        }
        if marks.is_empty() {
            return self.by_numbers(term, is_named, &numbers, sd);
        }
        self.by_marks(term, &marks, &numbers)
    }

    /// A row of words for each category looks like terms with notes: where no category recurs, words beside the terms are terms too.
    fn words_beside(&self, term: usize, category: usize, rest: &[usize]) -> Option<Refusal> {
        // `term1`, `term2`, or one name for all
        let stem = |at: usize| self.names[at].trim_end_matches(|c: char| c.is_ascii_digit());
        let is_alike = |at: usize| self.table.header.is_some() && stem(at) == stem(term);
        let is_beside = |&at: &usize| at != term && at != category && is_alike(at) && self.column(at).is_words();
        if self.column(category).recurs() || !rest.iter().any(is_beside) {
            return None;
        }
        let refusal = self.refusal(Some(term), "several columns hold words, and no category recurs");
        Some(Refusal {
            hint: format!("--shape rows, if each row holds the words of a category; else {}", refusal.hint),
            ..refusal
        })
    }

    /// True for a column that may have a role: it has cells, and does not only tell about its entry.
    fn is_open(&self, at: usize) -> bool {
        self.column(at).filled > 0 && !names::is_metadata(&self.table.names[at])
    }

    /// False for numbers of rows, counts and spreads.
    fn weighs(&self, at: usize) -> bool {
        let name = &self.table.names[at];
        !(names::is_counter(name) || names::is_spread(name) || (at == 0 && name.is_empty() && self.is_count(at)))
    }

    /// Valence, arousal and dominance, by their names.
    fn named_dimensions(&self, term: usize, numbers: &[usize]) -> Option<(Shape, String)> {
        let named = |name: &str| numbers.iter().copied().find(|&at| self.names[at] == name);
        let found: Vec<usize> = ["valence", "arousal", "dominance"].into_iter().filter_map(named).collect();
        (found.len() > 1).then(|| {
            let categories = found.into_iter().map(|at| (at, Cells::Weights)).collect();
            let why = "valence, arousal and dominance are dimensions";
            terms(Roles { term, categories, ..Roles::default() }, why)
        })
    }

    /// Columns of 0 and 1, or of X, are categories; numbers beside them are too, unless they count something.
    fn by_marks(&self, term: usize, marks: &[usize], numbers: &[usize]) -> Result<(Shape, String), Refusal> {
        if let [one] = marks
            && names::SCORES.contains(&self.names[*one].as_str())
            && self.column(*one).values.len() > 1
        {
            let why = format!("{} holds 0 and 1, which may be marks, weights or two categories", self.called(*one));
            return Err(self.refusal(Some(term), &why));
        }
        if self.table.header.is_none() {
            return Err(self.refusal(Some(term), "its columns of 0 and 1 or X have no names"));
        }
        let mut categories: Vec<(usize, Cells)> = marks.iter().map(|&at| (at, Cells::Marks)).collect();
        if numbers.iter().all(|&at| !self.is_count(at)) {
            categories.extend(numbers.iter().map(|&at| (at, Cells::Weights)));
            categories.sort_unstable_by_key(|(at, _)| *at);
        }
        Ok(terms(Roles { term, categories, ..Roles::default() }, "0 and 1, or X, mark the categories of a term"))
    }

    /// One column of numbers is a weight; several on one scale are dimensions.
    fn by_numbers(
        &self,
        term: usize,
        is_named: bool,
        numbers: &[usize],
        sd: Option<usize>,
    ) -> Result<(Shape, String), Refusal> {
        let has_header = self.table.header.is_some();
        match numbers {
            [] if is_named => {
                Ok(terms(Roles { term, ..Roles::default() }, "no other column holds categories or weights"))
            }
            [] => Err(self.refusal(Some(term), "no column holds categories or weights")),
            [one] if !self.is_count(*one) => Ok(terms(
                Roles { term, weight: Some(*one), sd, ..Roles::default() },
                "it is the only column of numbers",
            )),
            // `term⇥score⇥sd`, as labMT and others have it
            [one, spread]
                if !has_header
                    && !self.is_count(*one)
                    && self.column(*spread).negatives == 0
                    && self.table.width == 3 =>
            {
                let roles = Roles { term, weight: Some(*one), sd: Some(*spread), ..Roles::default() };
                Ok(terms(roles, "a score and its spread"))
            }
            _ if has_header && numbers.iter().all(|&at| self.is_score(at)) => {
                let categories = numbers.iter().map(|&at| (at, Cells::Weights)).collect();
                Ok(terms(Roles { term, categories, ..Roles::default() }, "several columns of numbers on one scale"))
            }
            _ => {
                let called: Vec<String> = numbers.iter().take(8).map(|&at| self.called(at)).collect();
                Err(self.refusal(
                    Some(term),
                    &format!("{} hold numbers, and nothing says which is the weight", called.join(", ")),
                ))
            }
        }
    }

    /// Numbers within ±10: a weight or a share, hardly a count.
    fn is_score(&self, at: usize) -> bool {
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

    /// The column whose cells name categories. By name before content; polarities before others; two of equal right are a refusal.
    fn category(&self, term: usize, rest: &[usize]) -> Result<Option<usize>, Refusal> {
        let coded =
            |at: usize| names::is_coded(&self.names[at]) && self.column(at).is_numeric() && self.column(at).recurs();
        let named: Vec<usize> = rest
            .iter()
            .copied()
            .filter(|&at| names::CATEGORIES.contains(&self.names[at].as_str()))
            .filter(|&at| (self.column(at).is_words() && self.column(at).length() <= 5.0) || coded(at))
            .collect();
        // a column that is called so and is empty is where they are due
        let empty =
            self.all().find(|&at| names::CATEGORIES.contains(&self.names[at].as_str()) && self.column(at).filled == 0);
        if let Some(first) = named.first().copied().or(empty.filter(|_| rest.is_empty())) {
            return Ok(Some(first));
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
    fn weight(&self, numbers: &[usize], marks: &[usize], category: Option<usize>) -> Option<usize> {
        names::SCORES.iter().find_map(|name| {
            let at = numbers.iter().copied().find(|&at| self.names[at] == *name && Some(at) != category);
            let by_mark = || marks.iter().copied().find(|&at| self.names[at] == *name && *name == "weight");
            at.or_else(by_mark)
        })
    }

    /// The one column of means beside their spreads (`Conc.M`, `Conc.SD`).
    fn mean(&self, numbers: &[usize]) -> Option<usize> {
        let is_mean = |&at: &usize| {
            names::mean_of(&self.table.names[at]).is_some_and(|stem| {
                self.table.names.iter().any(|other| names::is_spread(other) && other.to_lowercase().starts_with(&stem))
            })
        };
        let means: Vec<usize> = numbers.iter().copied().filter(is_mean).collect();
        if let [one] = means.as_slice() { Some(*one) } else { None }
    }

    /// A column that is called a weight, and whose cells are none: to leave it out would weigh every word alike.
    fn no_number(&self, term: usize, rest: &[usize], category: Option<usize>) -> Option<Refusal> {
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

    /// Tables in which every cell is a word: a column for each category, or a row.
    fn words_alone(&self) -> Option<(Shape, String)> {
        let table = self.table;
        let polar = self.all().any(|at| names::are_polarities(self.column(at).values.iter()));
        let all_words = !polar
            && self.all().all(|at| {
                let column = self.column(at);
                (column.is_words() || column.filled == 0) && column.length() <= 5.0
            });
        let other = self.names.iter().any(|name| names::is_known(name));
        if !all_words || other || table.body.is_empty() {
            return None;
        }
        let prefix = |row: &[Field]| {
            let empty = row.iter().position(|field| field.text.trim().is_empty()).unwrap_or(row.len());
            row[empty..].iter().all(|field| field.text.trim().is_empty())
        };
        let widths: BTreeSet<usize> = table.body.iter().map(Vec::len).collect();
        let padded = table.body.iter().flatten().any(|field| field.text.trim().is_empty());
        if widths.len() > 2 && !padded && table.body.iter().all(|row| row.len() > 1 && prefix(row)) {
            return Some((Shape::Rows, "rows of words of different length".to_string()));
        }
        let header = table.header.as_ref().or(table.body.first())?;
        let distinct: BTreeSet<String> = header.iter().map(|field| field.text.trim().to_lowercase()).collect();
        let named = header.len() == table.width && distinct.len() == header.len() && !distinct.contains("");
        let recurring = self.all().any(|at| self.column(at).recurs() && self.column(at).filled > 3);
        let lengths = self.all().map(|at| self.column(at).filled);
        let enough = table.body.len() > usize::from(table.header.is_none());
        (named && !recurring && enough && lengths.min() > Some(0))
            .then(|| (Shape::Columns, "every cell is a word".to_string()))
    }
}

/// A shape of terms with its reason.
fn terms(roles: Roles, why: &str) -> (Shape, String) {
    (Shape::Terms(roles), why.to_string())
}
