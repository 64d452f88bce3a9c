//! What each column of a table is for: proved by its cells, or told by the user.
//!
//! In: a table with the profile of its columns. Out: a [`Shape`] with the reason for it, or a refusal that names the column that looks
//! like the terms and what to type.
//! Invariant: words stand where words are due and numbers where weights are; no column becomes a category because nothing else fits.
//! It deliberately reads no entry: `shapes` does.

use super::columns::{Column, Table};
use super::names::{self, normal};
use super::shape::{self, Layout, Told};

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
        let categories = (1..table.width)
            .filter(|&at| !names::is_metadata(&table.names[at]) && view.names[at] != "weight" && view.names[at] != "id")
            .map(|at| (at, Cells::Marks));
        let roles = Roles { categories: categories.collect(), ..Roles::default() };
        return Ok((Shape::Terms(roles), "LIWC-22's own form".to_string()));
    }
    view.by_cells()
}

/// The shape that was told.
pub(super) fn told(table: &Table, told: &Told) -> Result<(Shape, String), String> {
    let why = "as told".to_string();
    match told.layout {
        Layout::Columns => return Ok((Shape::Columns, why)),
        Layout::Rows => return Ok((Shape::Rows, why)),
        Layout::Terms => {}
    }
    let column = |name: &String| shape::column(&table.names, name);
    let mut roles = Roles {
        term: column(&told.term)?,
        category: told.category.as_ref().map(column).transpose()?,
        weight: told.weight.as_ref().map(column).transpose()?,
        sd: told.sd.as_ref().map(column).transpose()?,
        categories: Vec::new(),
    };
    for name in &told.categories {
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
        self.names.iter().any(|known| known == name)
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
        let named = |name: &str| self.names.iter().position(|known| known == name);
        let mut shares = self.all().filter(share);
        let (positive, negative) = match (named("posscore"), named("negscore")) {
            (Some(positive), Some(negative)) => (positive, negative),
            _ => (shares.next()?, shares.next()?),
        };
        Some(Shape::Senses { positive, negative, terms })
    }

    /// A table of articles is no lexicon, whatever its columns could be taken for.
    fn of_articles(&self) -> Option<Refusal> {
        let named_terms = self.all().any(|at| names::TERMS.contains(&self.names[at].as_str()) && self.column(at).is_words());
        if named_terms {
            return None;
        }
        let texts = self.all().filter(|&at| !names::is_metadata(&self.table.names[at]) || self.column(at).length() > 60.0);
        let longest = texts.max_by(|&a, &b| self.column(a).length().total_cmp(&self.column(b).length()))?;
        let words = self.column(longest).length();
        let known = self.table.names.iter().filter(|name| names::is_of_articles(name)).count();
        if words < 20.0 && known < 2 {
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

    fn by_cells(&self) -> Result<(Shape, String), Refusal> {
        let Some(term) = self.term() else { return Err(self.refusal(None, "no column holds words that differ")) };
        let is_named = names::TERMS.contains(&self.names[term].as_str());
        if !is_named && let Some(found) = self.words_alone() {
            return Ok(found);
        }
        let rest = |at: &usize| *at != term && self.column(*at).filled > 0 && !names::is_metadata(&self.table.names[*at]);
        let rest: Vec<usize> = self.all().filter(rest).collect();
        let counter = |at: usize| {
            let name = &self.table.names[at];
            names::is_counter(name) || names::is_spread(name) || (at == 0 && name.is_empty() && self.is_count(at))
        };
        let marks: Vec<usize> = rest.iter().copied().filter(|&at| self.column(at).is_marks() && !counter(at)).collect();
        let years: Vec<usize> = rest.iter().copied().filter(|&at| self.column(at).is_years() && !counter(at)).collect();
        let numbers: Vec<usize> = rest
            .iter()
            .copied()
            .filter(|at| self.column(*at).is_numeric() && !marks.contains(at) && !years.contains(at) && !counter(*at))
            .collect();
        let sd = self.all().find(|&at| at != term && names::is_spread(&self.table.names[at]) && self.column(at).is_numeric());
        let category = self.category(term, &rest)?;
        let dimensions = ["valence", "arousal", "dominance"].map(|name| numbers.iter().copied().find(|&at| self.names[at] == name));
        if let [Some(_), Some(_), _] = dimensions {
            let categories = dimensions.iter().flatten().map(|&at| (at, Cells::Weights)).collect();
            return Ok(self.terms(Roles { term, categories, ..Roles::default() }, "valence, arousal and dominance are dimensions"));
        }
        let weight = self.weight(&numbers, &marks, category);
        if !years.is_empty() {
            let categories = years.iter().map(|&at| (at, Cells::Years)).collect();
            return Ok(self.terms(Roles { term, categories, ..Roles::default() }, "a year says since when a word is in a category"));
        }
        if category.is_some() && marks.len() < 2 {
            let weight = weight.or(if numbers.len() == 1 && !self.is_count(numbers[0]) { Some(numbers[0]) } else { None });
            let weight = weight.or(marks.first().copied().filter(|_| numbers.is_empty()));
            return Ok(self.terms(Roles { term, category, weight, sd, ..Roles::default() }, "the names of categories recur"));
        }
        if let Some(weight) = weight {
            return Ok(self.terms(Roles { term, weight: Some(weight), sd, ..Roles::default() }, "it holds numbers and is called so"));
        }
        if let [one] = marks.as_slice()
            && names::SCORES.contains(&self.names[*one].as_str())
            && self.column(*one).values.len() > 1
        {
            let why = format!("{} holds 0 and 1, which may be marks, weights or two categories", self.called(*one));
            return Err(self.refusal(Some(term), &why));
        }
        if !marks.is_empty() {
            let mut categories: Vec<(usize, Cells)> = marks.iter().map(|&at| (at, Cells::Marks)).collect();
            if numbers.iter().all(|&at| !self.is_count(at)) {
                categories.extend(numbers.iter().map(|&at| (at, Cells::Weights)));
                categories.sort_unstable_by_key(|(at, _)| *at);
            }
            return Ok(self.terms(Roles { term, categories, ..Roles::default() }, "0 and 1 or X say what a term belongs to"));
        }
        self.by_numbers(term, is_named, &numbers, sd)
    }

    /// One column of numbers is a weight; several on one scale are dimensions.
    fn by_numbers(&self, term: usize, is_named: bool, numbers: &[usize], sd: Option<usize>) -> Result<(Shape, String), Refusal> {
        let has_header = self.table.header.is_some();
        match numbers {
            [] if is_named => Ok(self.terms(Roles { term, ..Roles::default() }, "no other column holds categories or weights")),
            [] => Err(self.refusal(Some(term), "no column holds categories or weights")),
            [one] if !self.is_count(*one) => {
                Ok(self.terms(Roles { term, weight: Some(*one), sd, ..Roles::default() }, "it is the only column of numbers"))
            }
            // `term⇥score⇥sd`, as labMT and others have it
            [one, spread] if !has_header && !self.is_count(*one) && self.column(*spread).negatives == 0 && self.table.width == 3 => {
                let roles = Roles { term, weight: Some(*one), sd: Some(*spread), ..Roles::default() };
                Ok(self.terms(roles, "a score and its spread"))
            }
            _ if has_header && numbers.iter().all(|&at| self.is_score(at)) => {
                let categories = numbers.iter().map(|&at| (at, Cells::Weights)).collect();
                Ok(self.terms(Roles { term, categories, ..Roles::default() }, "several columns of numbers on one scale"))
            }
            _ => {
                let called: Vec<String> = numbers.iter().take(8).map(|&at| self.called(at)).collect();
                Err(self.refusal(Some(term), &format!("{} hold numbers, and nothing says which is the weight", called.join(", "))))
            }
        }
    }

    /// Numbers within ±10: a weight or a share, hardly a count.
    fn is_score(&self, at: usize) -> bool {
        self.column(at).largest <= 10_000
    }

    /// Whole numbers up to more than a hundred, none below zero: these count something.
    fn is_count(&self, at: usize) -> bool {
        let column = self.column(at);
        let numbered = at == 0 && column.values.len() == column.filled.min(400);
        column.negatives == 0 && column.fractions == 0 && (column.largest > 100_000 || (numbered && self.names[at].is_empty()))
    }

    /// The column whose cells name categories. By name before content; polarities before others; two of equal right are a refusal.
    fn category(&self, term: usize, rest: &[usize]) -> Result<Option<usize>, Refusal> {
        let coded = |at: usize| names::is_coded(&self.names[at]) && self.column(at).is_numeric() && self.column(at).recurs();
        let named: Vec<usize> = rest
            .iter()
            .copied()
            .filter(|&at| names::CATEGORIES.contains(&self.names[at].as_str()))
            .filter(|&at| (self.column(at).is_words() && self.column(at).length() <= 5.0) || coded(at))
            .collect();
        if let Some(&first) = named.first() {
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
            .filter(|&at| self.column(at).filled == self.table.body.len() && names::are_polarities(self.column(at).values.iter()))
            .collect();
        if let [one] = polar.as_slice() {
            return Ok(Some(*one));
        }
        let few = |&at: &usize| {
            let column = self.column(at);
            usable(&at) && column.recurs() && column.values.len() * 3 <= column.filled && column.filled == self.table.body.len()
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

    /// Tables in which every cell is a word: a column for each category, or a row.
    fn words_alone(&self) -> Option<(Shape, String)> {
        let table = self.table;
        let all_words = self.all().all(|at| {
            let column = self.column(at);
            (column.is_words() || column.filled == 0) && column.length() <= 5.0
        });
        let other = self.names.iter().any(|name| names::is_known(name));
        if !all_words || other || table.body.is_empty() {
            return None;
        }
        let prefix = |row: &[super::delimited::Field]| {
            let empty = row.iter().position(|field| field.text.trim().is_empty()).unwrap_or(row.len());
            row[empty..].iter().all(|field| field.text.trim().is_empty())
        };
        let widths: std::collections::BTreeSet<usize> = table.body.iter().map(Vec::len).collect();
        let padded = table.body.iter().flatten().any(|field| field.text.trim().is_empty());
        if widths.len() > 2 && !padded && table.body.iter().all(|row| row.len() > 1 && prefix(row)) {
            return Some((Shape::Rows, "rows of words of different length".to_string()));
        }
        let header = table.header.as_ref().or(table.body.first())?;
        let distinct: std::collections::BTreeSet<String> =
            header.iter().map(|field| field.text.trim().to_lowercase()).collect();
        let named = header.len() == table.width && distinct.len() == header.len() && !distinct.contains("");
        let recurring = self.all().any(|at| self.column(at).recurs() && self.column(at).filled > 3);
        let lengths = self.all().map(|at| self.column(at).filled);
        let enough = table.body.len() > usize::from(table.header.is_none());
        (named && !recurring && enough && lengths.min() > Some(0))
            .then(|| (Shape::Columns, "every cell is a word".to_string()))
    }

    /// The shape with its reason: which column is what.
    fn terms(&self, roles: Roles, why: &str) -> (Shape, String) {
        (Shape::Terms(roles), why.to_string())
    }

    fn refusal(&self, term: Option<usize>, why: &str) -> Refusal {
        let term = term.or_else(|| self.all().max_by_key(|&at| (self.column(at).words, std::cmp::Reverse(at))));
        let term = term.filter(|&at| self.column(at).words > 0);
        let numbers = self.all().find(|&at| Some(at) != term && self.column(at).is_numeric() && !self.is_count(at));
        let found = match term {
            Some(at) => format!("a table whose shape its cells do not prove: {why}; {} looks like the terms", self.called(at)),
            None => format!("a table whose shape its cells do not prove: {why}"),
        };
        let example = match (term, numbers) {
            (Some(term), Some(weight)) => format!("term={}, weight={}", self.typed(term), self.typed(weight)),
            (Some(term), None) => format!("term={}, category=-", self.typed(term)),
            (None, _) => "term=1, weight=2".to_string(),
        };
        Refusal {
            kind: "table-shape",
            found,
            expected: "terms with a weight, with a category, or with columns of 0 and 1".to_string(),
            hint: format!("tell it: --shape '{example}'; or give the table a header such as `term,category,weight`"),
        }
    }
}

/// The roles in words, for the note that says how a table was read.
pub(super) fn sentence(table: &Table, shape: &Shape, why: &str) -> String {
    let called = |at: usize| match table.names.get(at).filter(|name| !name.is_empty()) {
        Some(name) => format!("`{name}`"),
        None => format!("column {}", at + 1),
    };
    let roles = match shape {
        Shape::Columns => return format!("read as a table with a column of words for each category ({why})"),
        Shape::Rows => return format!("read as a table with a row of words for each category ({why})"),
        Shape::Senses { positive, negative, terms } => {
            return format!(
                "read as a table of senses: terms in {}, scores {} less {} ({why})",
                called(*terms),
                called(*positive),
                called(*negative)
            );
        }
        Shape::Native | Shape::Inquirer => return String::new(),
        Shape::Terms(roles) => roles,
    };
    let mut parts = vec![format!("terms in {}", called(roles.term))];
    parts.extend(roles.category.map(|at| format!("categories in {}", called(at))));
    match roles.categories.as_slice() {
        [] => {}
        few if few.len() <= 6 => {
            let names: Vec<String> = few.iter().map(|(at, _)| called(*at)).collect();
            parts.push(format!("categories {}", names.join(", ")));
        }
        many => parts.push(format!("{} categories from {} on", many.len(), called(many[0].0))),
    }
    parts.extend(roles.weight.map(|at| format!("weights in {}", called(at))));
    parts.extend(roles.sd.map(|at| format!("their spread in {}", called(at))));
    let used = |at: usize| {
        at == roles.term
            || [roles.category, roles.weight, roles.sd].contains(&Some(at))
            || roles.categories.iter().any(|(other, _)| *other == at)
    };
    let noted: Vec<String> =
        (0..table.columns.len()).filter(|&at| !used(at) && table.columns[at].filled > 0).map(called).collect();
    if !noted.is_empty() {
        let more = if noted.len() > 6 { format!(" and {} more", noted.len() - 6) } else { String::new() };
        parts.push(format!("notes in {}{more}", noted[..noted.len().min(6)].join(", ")));
    }
    format!("read as a table with {} ({why})", parts.join(", "))
}
