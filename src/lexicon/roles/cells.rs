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
    /// The shape that the cells prove; `given` is the column of the terms, where the user names it.
    pub(super) fn by_cells(&self, given: Option<usize>) -> Result<(Shape, String), Refusal> {
        if let Some(refusal) = self.parted_numbers().filter(|_| given.is_none()) {
            return Err(refusal);
        }
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
        let is_word = |&at: &usize| self.column(at).is_words() && !self.column(at).is_marks();
        if !years.is_empty() && category.is_none() && !rest.iter().any(is_word) {
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

    /// A column that says of some terms that they are out: they would be counted.
    pub(super) fn left_out(&self) -> Option<Refusal> {
        let is_ours = |at: usize| {
            let name = self.names[at].as_str();
            names::is_term(name) || names::is_category(name) || matches!(name, "except" | "unmatchable")
        };
        let at = self.all().find(|&at| !is_ours(at) && names::are_verdicts(&self.column(at).values))?;
        let said = self.table.body.iter().filter_map(|row| row.get(at)).map(|field| field.text.trim());
        let out = said.into_iter().find(|text| names::is_denial(&text.to_lowercase()))?;
        let term = self.term().filter(|&term| term != at);
        let rest: Vec<usize> = self.all().filter(|&other| other != at && Some(other) != term).collect();
        let category = term.and_then(|term| self.category(term, &rest).ok().flatten());
        let category = category.map_or("-".to_string(), |at| self.typed(at));
        let shape = format!("term={}, category={category}", term.map_or("1".to_string(), |term| self.typed(term)));
        let called = self.called(at);
        Some(Refusal {
            kind: "table-shape",
            found: format!("{called} says `{out}` of some terms"),
            expected: "terms that count".to_string(),
            hint: format!(
                "take these rows out, or write a table `frame,term,except` with `true` for exceptions; if {called} is a note, --shape '{shape}'"
            ),
        })
    }

    /// Rows of one cell more than the header: R writes names of rows so, and decimal commas part every number in two.
    fn parted_numbers(&self) -> Option<Refusal> {
        let header = self.table.header.as_ref()?;
        if header.len() + 1 != self.names.len() || !self.names[0].is_empty() || !self.column(0).is_words() {
            return None;
        }
        let term = self.all().find(|&at| names::is_term(&self.names[at]))?;
        let numbers = |&at: &usize| self.column(at).is_numeric();
        let category = || self.all().filter(|&at| names::is_category(&self.names[at])).find(numbers);
        let at = Some(term).filter(numbers).or_else(category)?;
        let row = self.table.body.first()?;
        let cells: Vec<&str> = row.iter().map(|field| field.text.trim()).collect();
        let (called, cell) = (self.called(at), cells.get(at)?);
        Some(Refusal {
            kind: "table-shape",
            found: format!(
                "`{}` has {} cells, the header {}, so that {called} holds `{cell}`: are there decimal commas?",
                cells.join(","),
                cells.len(),
                header.len()
            ),
            expected: "as many cells as the header has".to_string(),
            hint: "write decimal points, put numbers with a comma in quotation marks, or save the table with `;` between its columns"
                .to_string(),
        })
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
            (None, [one], []) if scored(one) && !self.may_be_frequency(*one) => Some(*one),
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
        // words with `2020` or `9/11` among them
        let is_mixed = |at: usize| {
            let column = self.column(at);
            column.words > 0 && !column.is_numeric() && !column.is_marks()
        };
        let at = rest.iter().copied().find(|&at| {
            let column = self.column(at);
            let all_differ = column.values.len() >= column.filled.min(400) && column.filled > 3;
            at != roles.term
                && (column.is_words() || (is_mixed(at) && self.weighs(at)))
                && column.length() <= 4.0
                && !all_differ
                && !names::are_parts_of_speech(column.values.iter())
        })?;
        let is_number =
            |&at: &usize| self.column(at).is_numeric() && self.weighs(at) && !self.is_count(at) && at != roles.term;
        let numbers: Vec<usize> = rest.iter().copied().filter(is_number).collect();
        let only = if let [one] = numbers.as_slice() { Some(*one) } else { None };
        let weight = roles.weight.or(only).map_or(String::new(), |at| format!(", weight={}", self.typed(at)));
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
            [one] if self.may_be_frequency(*one) => {
                let (called, named) = (self.called(*one), self.typed(term));
                let why = format!("{called} stands beside a count: it may be a weight, or how frequent a word is");
                let weight = format!("term={named}, weight={}", self.typed(*one));
                Err(self.asking(Some(term), &why, &[weight, format!("term={named}, category=-")]))
            }
            [one] if !self.is_count(*one) => {
                let is_other = |at: usize| at != *one && at != term && self.column(at).is_numeric();
                let why = match self.all().any(is_other) {
                    true => "it is the only column of numbers that is no count, rank or spread",
                    false => "it is the only column of numbers",
                };
                Ok(terms(Roles { term, weight: Some(*one), sd, ..Roles::default() }, why))
            }
            // `term⇥score⇥sd`, as labMT and others have it
            [one, spread]
                if !has_header
                    && !self.is_count(*one)
                    && self.column(*spread).negatives == 0
                    // whole numbers in both may be halves of one, parted by its decimal comma
                    && self.column(*one).fractions + self.column(*spread).fractions > 0
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
}

/// A shape of terms with its reason.
fn terms(roles: Roles, why: &str) -> (Shape, String) {
    (Shape::Terms(roles), why.to_string())
}
