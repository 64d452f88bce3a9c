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
        let mut named = self.all().filter(|&at| names::is_term(&self.names[at]));
        named.find(|&at| self.column(at).is_words()).or_else(|| {
            self.all().find(|&at| {
                let column = self.column(at);
                let differs = !column.recurs() || column.filled < 4 || column.values.len() >= 400;
                column.is_words()
                    && differs
                    && column.length() <= 5.0
                    && !names::is_metadata(&self.table.names[at])
                    && !names::is_category(&self.names[at])
                    && !names::are_polarities(column.values.iter())
                    && !names::are_parts_of_speech(column.values.iter())
            })
        })
    }

    /// The shape that the cells prove; `given` is the column of the terms, where the user names it.
    pub(super) fn by_cells(&self, given: Option<usize>) -> Result<(Shape, String), Refusal> {
        let Some(term) = given.or_else(|| self.term()) else {
            return Err(self.refusal(None, "no column holds words that differ"));
        };
        let is_named = given.is_some() || names::is_term(&self.names[term]);
        if !is_named && let Some(found) = self.words_alone(term)? {
            return Ok(found);
        }
        let rest: Vec<usize> = self.all().filter(|&at| at != term && self.is_open(at)).collect();
        let category = self.category(term, &rest)?;
        // codes of categories are no weights
        let weighing = |test: &dyn Fn(usize) -> bool| -> Vec<usize> {
            rest.iter().copied().filter(|&at| self.weighs(at) && Some(at) != category && test(at)).collect()
        };
        let marks = weighing(&|at| self.column(at).is_marks());
        let years = weighing(&|at| self.column(at).is_years());
        let other = |at: usize| !marks.contains(&at) && !years.contains(&at);
        let numbers = weighing(&|at| self.column(at).is_numeric() && other(at));
        let spread = |at: usize| names::is_spread(&self.table.names[at]) && self.column(at).is_numeric();
        let sd = self.all().find(|&at| at != term && spread(at));
        if let Some(found) = self.named_dimensions(term, &numbers) {
            return Ok(found);
        }
        if !years.is_empty() && category.is_none() {
            let categories = years.iter().map(|&at| (at, Cells::Years)).collect();
            let why = "a year says since when a word is in a category";
            return Ok(terms(Roles { term, categories, ..Roles::default() }, why));
        }
        let mean = self.mean(&numbers);
        let weight = self.weight(&numbers, &marks, category).or(mean);
        if let Some(refusal) = self.no_number(term, &rest, category).filter(|_| weight.is_none()) {
            return Err(refusal);
        }
        let roles = Roles { term, category, weight, sd, ..Roles::default() };
        if let Some(at) = category.filter(|_| marks.len() < 2) {
            if let Some(refusal) = self.words_beside(term, at, &rest) {
                return Err(refusal);
            }
            return self.with_category(roles, at, &marks, &numbers);
        }
        if !marks.is_empty() && (weight.is_none() || (marks.len() > 1 && mean.is_none())) {
            return self.by_marks(&roles, &marks, &numbers);
        }
        if let Some(refusal) = self.words_of_no_kind(&roles, &rest) {
            return Err(refusal);
        }
        match weight {
            Some(_) => Ok(terms(roles, "it holds numbers and is called so")),
            None => self.by_numbers(term, is_named, &numbers, sd),
        }
    }

    /// A row for each term in a category. A number that nothing proves to be a weight is refused: it may be a flag, a count or a code.
    fn with_category(
        &self,
        roles: Roles,
        category: usize,
        marks: &[usize],
        numbers: &[usize],
    ) -> Result<(Shape, String), Refusal> {
        let why = if self.column(category).recurs() {
            "the names of categories recur"
        } else {
            "a column holds the names of categories"
        };
        let mut unknown = marks.iter().copied().filter(|at| Some(*at) != roles.weight);
        let scored = |&at: &usize| self.column(at).fractions + self.column(at).negatives > 0;
        let numbers: Vec<usize> = numbers.iter().copied().filter(|&at| !self.is_count(at)).collect();
        let proven = match (roles.weight, numbers.as_slice(), marks) {
            (Some(weight), ..) => Some(weight),
            (None, [one], []) if scored(one) => Some(*one),
            (None, [], [one]) if self.is_complete(roles.term, category) => {
                return Ok(terms(Roles { weight: Some(*one), ..roles }, "each word has 0 or 1 in each category"));
            }
            _ => None,
        };
        let number = numbers.first().copied().filter(|_| proven.is_none());
        if let Some(at) = unknown.next().or(number) {
            let (term, column) = (self.typed(roles.term), self.typed(at));
            let so_far = format!("term={term}, category={}", self.typed(category));
            let mut examples = vec![format!("{so_far}, weight={column}"), so_far.clone()];
            if let Some(weight) = proven {
                examples = vec![format!("{so_far}, weight={}", self.typed(weight))];
            }
            let called = self.called(at);
            let why =
                format!("{called} may be a weight, a mark, a code or a count; without `weight=` it is kept as a note");
            return Err(self.asking(Some(roles.term), &why, &examples));
        }
        Ok(terms(Roles { weight: proven, ..roles }, why))
    }

    /// True where every term has a row in every category, as in lists that say 0 where a word is in none.
    fn is_complete(&self, term: usize, category: usize) -> bool {
        let cells = |at: usize| -> BTreeSet<String> {
            let of_row = |row: &Vec<Field>| row.get(at).map_or(String::new(), |field| field.text.trim().to_lowercase());
            self.table.body.iter().map(of_row).collect()
        };
        let (terms, categories) = (cells(term).len(), cells(category).len());
        categories > 1 && terms * categories == self.table.body.len()
    }

    /// Words in a further column that may be categories as well as notes: to take them for notes would make one frame of several.
    fn words_of_no_kind(&self, roles: &Roles, rest: &[usize]) -> Option<Refusal> {
        let at = rest.iter().copied().find(|&at| {
            let column = self.column(at);
            let all_differ = column.values.len() >= column.filled.min(400) && column.filled > 3;
            at != roles.term
                && column.is_words()
                && column.length() <= 4.0
                && !all_differ
                && !names::are_parts_of_speech(column.values.iter())
        })?;
        let weight = roles.weight.map_or(String::new(), |at| format!(", weight={}", self.typed(at)));
        let term = self.typed(roles.term);
        let examples =
            [self.typed(at), "-".to_string()].map(|category| format!("term={term}, category={category}{weight}"));
        let why = format!("{} may hold categories or notes; with `category=-` it is kept as a note", self.called(at));
        Some(self.asking(Some(roles.term), &why, &examples))
    }

    /// A row of words for each category looks like terms with notes: where no category recurs, words beside the terms are terms too.
    fn words_beside(&self, term: usize, category: usize, rest: &[usize]) -> Option<Refusal> {
        // `term1`, `term2`, or one name for all
        let stem = |at: usize| self.names[at].trim_end_matches(|c: char| c.is_ascii_digit());
        let is_alike = |at: usize| match self.table.header {
            Some(_) => stem(at) == stem(term),
            None => category == 0,
        };
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
        self.column(at).filled > 0 && (!names::is_metadata(&self.table.names[at]) || self.is_category_by_cells(at))
    }

    /// True for a column that is called as notes are, `pos` for one, and that holds marks or numbers as another column does.
    fn is_category_by_cells(&self, at: usize) -> bool {
        let (name, column) = (&self.table.names[at], self.column(at));
        let alike = |other: usize| {
            let is_other = other != at && !names::is_metadata(&self.table.names[other]) && self.weighs(other);
            let (marks, numeric) = (self.column(other).is_marks(), self.column(other).is_numeric());
            is_other && ((column.is_marks() && marks) || (self.names[at] == "pos" && column.is_numeric() && numeric))
        };
        !names::is_flag(name) && self.all().any(alike)
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

    /// Columns of 0 and 1, or of X, are categories, if nothing beside them may be one too.
    fn by_marks(&self, roles: &Roles, marks: &[usize], numbers: &[usize]) -> Result<(Shape, String), Refusal> {
        let term = roles.term;
        let flag = marks.iter().copied().find(|&at| names::is_flag(&self.table.names[at]));
        let number = roles.weight.or(numbers.iter().copied().find(|&at| !self.is_count(at)));
        let typed = |without: Option<usize>| {
            let columns = marks.iter().filter(|at| Some(**at) != without).map(|&at| self.typed(at));
            columns.collect::<Vec<_>>().join("|")
        };
        let typed_shape = |categories: String| match categories.is_empty() {
            true => format!("term={}, category=-", self.typed(term)),
            false => format!("term={}, categories={categories}", self.typed(term)),
        };
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
        if let Some(at) = flag {
            let why = format!("{} may be a category, or say something else of each word", self.called(at));
            return Err(self.asking(Some(term), &why, &[typed_shape(typed(Some(at))), typed_shape(typed(None))]));
        }
        if let Some(at) = number {
            let why = format!("{} holds numbers, {} marks", self.called(at), self.called(marks[0]));
            let weight = format!("term={}, weight={}", self.typed(term), self.typed(at));
            return Err(self.asking(Some(term), &why, &[typed_shape(typed(None)), weight]));
        }
        let categories = marks.iter().map(|&at| (at, Cells::Marks)).collect();
        Ok(terms(Roles { term, categories, ..Roles::default() }, "marks say what a term belongs to"))
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
        let is_named = |at: usize| {
            let name = self.names[at].as_str();
            let likely = || {
                let values = || self.column(at).values.iter();
                names::is_likely_category(name) && !names::are_parts_of_speech(values())
            };
            names::is_category(name) || likely()
        };
        let named: Vec<usize> = rest
            .iter()
            .copied()
            .filter(|&at| is_named(at))
            .filter(|&at| (self.column(at).is_words() && self.column(at).length() <= 5.0) || coded(at))
            .collect();
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
}

/// A shape of terms with its reason.
fn terms(roles: Roles, why: &str) -> (Shape, String) {
    (Shape::Terms(roles), why.to_string())
}
