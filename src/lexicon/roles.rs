//! What each column of a table is for: proved by its cells, or told by the user.
//!
//! In: a table with the profile of its columns. Out: a [`Shape`] with the reason for it, or a refusal that names the column that looks
//! like the terms and what to type.
//! Invariant: words stand where words are due and numbers where weights are; no column becomes a category because nothing else fits.
//! It deliberately reads no entry: `shapes` does.

mod cells;
mod layout;
mod search;
mod sentence;

use super::columns::{Column, Table};
use super::names::{self, normal};
use super::shape_option::{self, GivenShape, Layout};
pub(super) use sentence::sentence;

/// What the cells of a category's column say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cells {
    /// Whether the term is in it.
    Marks,
    /// How much.
    Weights,
    /// Since when, or below zero until when.
    Years,
}

/// The columns of a table with a row for each term.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Roles {
    pub term: usize,
    /// A column whose cells name categories.
    pub category: Option<usize>,
    /// Columns that are categories.
    pub categories: Vec<(usize, Cells)>,
    pub weight: Option<usize>,
    pub sd: Option<usize>,
}

/// How a table is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A row for each term.
    Terms(Roles),
    /// A column of words for each category.
    Columns,
    /// A row of words for each category.
    Rows,
    /// SentiWordNet: columns of positive scores, negative scores, and of words with the number of their sense.
    Senses { positive: usize, negative: usize, terms: usize },
    /// The project's own spreadsheet form.
    Native,
    /// The General Inquirer.
    Inquirer,
}

/// Why a table cannot be read.
#[derive(Clone, Debug, Default)]
pub(super) struct Refusal {
    pub kind: &'static str,
    pub found: String,
    pub expected: String,
    pub hint: String,
}

/// The shape of a table, and why it is this one.
pub(super) fn decide(table: &Table, is_dicx: bool) -> Result<(Shape, String), Refusal> {
    let view = View { table, names: table.names.iter().map(|name| normal(name)).collect() };
    if let Some(refusal) = view.left_out() {
        return Err(refusal);
    }
    if view.has("frame") && view.has("term") {
        return Ok((Shape::Native, String::new()));
    }
    if view.names.first().is_some_and(|name| name == "entry")
        && ["positiv", "negativ", "othtags"].iter().any(|name| view.has(name))
    {
        return Ok((Shape::Inquirer, "the General Inquirer's columns".to_string()));
    }
    if let Some(senses) = view.senses() {
        return Ok((senses, "words with the numbers of their senses, as SentiWordNet has them".to_string()));
    }
    if let Some(refusal) = view.of_articles() {
        return Err(refusal);
    }
    if is_dicx || view.names.first().is_some_and(|name| name == "dicterm") {
        // all but words, and numbers that count, under the name of a note
        let is_category = |&at: &usize| {
            let tells = names::is_metadata(&table.names[at]) || matches!(view.names[at].as_str(), "weight" | "id");
            let places = view.column(at).is_marks() || view.column(at).is_numeric() && !view.is_count(at);
            !table.names[at].is_empty() && (!tells || places)
        };
        let categories = (1..table.width).filter(is_category).map(|at| (at, Cells::Marks));
        let roles = Roles { categories: categories.collect(), ..Roles::default() };
        return Ok((Shape::Terms(roles), "LIWC-22's own form".to_string()));
    }
    view.by_cells(None)
}

/// The shape that is given; where only the terms were, the cells have to prove the rest.
pub(super) fn given(table: &Table, given: &GivenShape) -> Result<(Shape, String), Refusal> {
    let unknown = |wrong: String| Refusal {
        kind: "shape-bad",
        found: format!("--shape: {wrong}"),
        expected: "columns of this table".to_string(),
        hint: String::new(),
    };
    if given.only_term {
        let term = shape_option::column(&table.names, &given.term).map_err(unknown)?;
        let view = View { table, names: table.names.iter().map(|name| normal(name)).collect() };
        return view.by_cells(Some(term));
    }
    as_given(table, given).map_err(unknown)
}

fn as_given(table: &Table, given: &GivenShape) -> Result<(Shape, String), String> {
    let why = "as told".to_string();
    match given.layout {
        Layout::Columns => return Ok((Shape::Columns, why)),
        Layout::Rows => return Ok((Shape::Rows, why)),
        Layout::Terms => {}
    }
    let column = |name: &String| shape_option::column(&table.names, name);
    let mut roles = Roles {
        term: column(&given.term)?,
        category: given.category.as_ref().map(column).transpose()?,
        weight: given.weight.as_ref().map(column).transpose()?,
        sd: given.sd.as_ref().map(column).transpose()?,
        categories: Vec::new(),
    };
    for name in &given.categories {
        let at = column(name)?;
        let cells = match &table.columns[at] {
            column if column.is_marks() => Cells::Marks,
            column if column.is_years() => Cells::Years,
            column if column.is_numeric() => Cells::Weights,
            _ => Cells::Marks,
        };
        roles.categories.push((at, cells));
    }
    Ok((Shape::Terms(roles), why))
}

struct View<'t> {
    table: &'t Table,
    /// Names of the columns as [`normal`] gives them.
    names: Vec<String>,
}

impl View<'_> {
    fn has(&self, name: &str) -> bool {
        self.names.iter().any(|other| other == name)
    }

    fn column(&self, at: usize) -> &Column {
        &self.table.columns[at]
    }

    fn all(&self) -> impl Iterator<Item = usize> + use<> {
        0..self.table.columns.len()
    }

    /// How a column is called in a message.
    fn called(&self, at: usize) -> String {
        match self.table.names.get(at).filter(|name| !name.is_empty()) {
            Some(name) => format!("`{name}`"),
            None => format!("column {}", at + 1),
        }
    }

    /// How a column is told in `--shape`.
    fn typed(&self, at: usize) -> String {
        match self.table.names.get(at).filter(|name| !name.is_empty() && !name.contains([',', '=', '|'])) {
            Some(name) => name.clone(),
            None => (at + 1).to_string(),
        }
    }

    fn senses(&self) -> Option<Shape> {
        let terms = self.all().find(|&at| self.column(at).is_senses() && self.names[at] != "entry")?;
        let share = |&at: &usize| {
            let column = self.column(at);
            at != terms && column.numbers == column.filled && column.filled > 0 && column.largest <= 1000
        };
        let named = |name: &str| self.names.iter().position(|other| other == name);
        let mut shares = self.all().filter(share);
        let (positive, negative) = match (named("posscore"), named("negscore")) {
            (Some(positive), Some(negative)) => (positive, negative),
            _ => (shares.next()?, shares.next()?),
        };
        Some(Shape::Senses { positive, negative, terms })
    }

    /// A table of articles is no lexicon, whatever its columns could be taken for.
    fn of_articles(&self) -> Option<Refusal> {
        let named_terms = self.all().any(|at| names::is_term(&self.names[at]) && self.column(at).is_words());
        if named_terms {
            return None;
        }
        let texts =
            self.all().filter(|&at| !names::is_metadata(&self.table.names[at]) || self.column(at).length() > 60.0);
        let longest = texts.max_by(|&a, &b| self.column(a).length().total_cmp(&self.column(b).length()))?;
        let words = self.column(longest).length();
        let of_articles = self.table.names.iter().filter(|name| names::is_of_articles(name)).count();
        if words < 20.0 && of_articles < 2 {
            return None;
        }
        let what = if words < 20.0 {
            let names: Vec<&str> = self.table.names.iter().map(String::as_str).take(8).collect();
            format!("a table of articles, with the columns {}", names.join(", "))
        } else {
            format!("a table of articles: {} has {words:.0} words a cell", self.called(longest))
        };
        Some(Refusal {
            kind: "lexicon-is-corpus",
            found: what,
            expected: "a lexicon".to_string(),
            hint: "articles are given without --lexicon: `framescope run ARTICLES --lexicon LEXICON`".to_string(),
        })
    }

    fn refusal(&self, term: Option<usize>, why: &str) -> Refusal {
        let named = || self.all().find(|&at| names::is_term(&self.names[at]) && self.column(at).filled > 0);
        let term =
            term.or_else(named).or_else(|| self.all().max_by_key(|&at| (self.column(at).words, std::cmp::Reverse(at))));
        let term = term.filter(|&at| self.column(at).words > 0 || names::is_term(&self.names[at]));
        let open = |at: &usize| Some(*at) != term && self.column(*at).filled > 0;
        let weighs = |at: usize| self.column(at).is_numeric() && self.weighs(at) && !self.is_count(at);
        let numbers = self.all().find(|at| open(at) && weighs(*at));
        let words = self.all().find(|at| open(at) && self.column(*at).is_words() && self.column(*at).length() <= 4.0);
        let examples = match (term, numbers, words) {
            (Some(term), Some(weight), _) => vec![format!("term={}, weight={}", self.typed(term), self.typed(weight))],
            (Some(term), None, Some(category)) => {
                let (term, category) = (self.typed(term), self.typed(category));
                vec![format!("term={term}, category={category}"), format!("term={term}, category=-")]
            }
            (Some(term), None, None) => vec![format!("term={}, category=-", self.typed(term))],
            (None, ..) => vec!["term=1, weight=2".to_string()],
        };
        self.asking(term, why, &examples)
    }

    /// A refusal with shapes that could be meant.
    fn asking(&self, term: Option<usize>, why: &str, examples: &[String]) -> Refusal {
        let looks = term.map_or(String::new(), |at| format!("; {} looks like the terms", self.called(at)));
        let examples: Vec<String> = examples.iter().map(|example| format!("--shape '{example}'")).collect();
        Refusal {
            kind: "table-shape",
            found: format!("a table whose columns are not clear: {why}{looks}"),
            expected: "terms with a weight, with a category, or with columns of 0 and 1".to_string(),
            hint: format!(
                "name the columns: {}; or give the table a header such as `term,category,weight`",
                examples.join(", or ")
            ),
        }
    }
}
