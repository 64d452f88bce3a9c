//! What a user says of the shape of a table: `term=word, weight=valence, category=-`.
//!
//! In: the text of `--shape`, or of `shape` in a study. Out: a [`GivenShape`], and its columns as numbers.
//! Invariant: a name that no column has is an error with the names that there are.
//! It deliberately does not look at cells: `roles` does.

use crate::error::did_you_mean;

/// How the words of a table lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// A row for each term.
    Terms,
    /// A column of words for each category.
    Columns,
    /// A row of words for each category.
    Rows,
}

/// The shape that a user gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct GivenShape {
    pub layout: Layout,
    pub term: String,
    pub category: Option<String>,
    pub categories: Vec<String>,
    pub weight: Option<String>,
    pub sd: Option<String>,
    /// Whether the first row names the columns, where that is given.
    pub header: Option<bool>,
    /// Of the columns, only that of the terms is given.
    pub only_term: bool,
}

/// What `--shape` takes, for messages.
pub(super) const EXPECTED: &str = "`term=COLUMN` and if you like `category=COLUMN`, `categories=COLUMN|COLUMN`, \
    `weight=COLUMN`, `sd=COLUMN`, `header=yes` or `no`, with commas between them; or `columns`; or `rows`";

/// Reads the text of `--shape`.
pub(super) fn parse(text: &str) -> Result<GivenShape, String> {
    let mut shape = GivenShape {
        layout: Layout::Terms,
        term: String::new(),
        category: None,
        categories: Vec::new(),
        weight: None,
        sd: None,
        header: None,
        only_term: false,
    };
    let mut keys: Vec<&str> = Vec::new();
    for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
        let Some((key, value)) = pair.split_once('=').map(|(key, value)| (key.trim(), value.trim())) else {
            shape.layout = match pair {
                "columns" => Layout::Columns,
                "rows" => Layout::Rows,
                _ => return Err(format!("`{pair}` says no column")),
            };
            continue;
        };
        if keys.contains(&key) {
            let several = if key == "category" { ": several columns are `categories=COLUMN|COLUMN`" } else { "" };
            return Err(format!("`{key}` is given twice{several}"));
        }
        keys.push(key);
        // a hyphen says that the table has none
        let column = (value != "-" && !value.is_empty()).then(|| value.to_string());
        match key {
            "term" => shape.term = column.ok_or("the column of terms cannot be left out")?,
            "category" => shape.category = column,
            "categories" => {
                shape.categories = value.split('|').map(|name| name.trim().to_string()).collect();
                shape.categories.retain(|name| !name.is_empty() && name != "-");
            }
            "weight" => shape.weight = column,
            "sd" => shape.sd = column,
            "header" => match value {
                "yes" => shape.header = Some(true),
                "no" => shape.header = Some(false),
                _ => return Err(format!("`header={value}`")),
            },
            _ => {
                let near = did_you_mean(key, ["term", "category", "categories", "weight", "sd", "header"]);
                let near = near.map_or(String::new(), |near| format!(": did you mean `{near}`?"));
                return Err(format!("`{key}` is no part of a shape{near}"));
            }
        }
    }
    if shape.layout == Layout::Terms && shape.term.is_empty() {
        return Err("it does not say which column holds the terms".to_string());
    }
    shape.only_term = shape.layout == Layout::Terms && keys.iter().all(|key| matches!(*key, "term" | "header"));
    if shape.category.is_some() && !shape.categories.is_empty() {
        return Err("it says `category` and `categories`: one of them".to_string());
    }
    Ok(shape)
}

/// The number of a column that is given by its name or by its number from 1.
pub(super) fn column(names: &[String], wanted: &str) -> Result<usize, String> {
    let same = |name: &&String| name.trim().to_lowercase() == wanted.to_lowercase();
    if let Some(at) = names.iter().position(|name| same(&name)) {
        return Ok(at);
    }
    if let Some(at) = wanted.parse::<usize>().ok().filter(|at| (1..=names.len()).contains(at)) {
        return Ok(at - 1);
    }
    let shown: Vec<&str> = names.iter().take(20).map(|name| name.trim()).filter(|name| !name.is_empty()).collect();
    let there = if shown.is_empty() { format!("columns 1 to {}", names.len()) } else { shown.join(", ") };
    Err(format!("no column `{wanted}`; there are {there}"))
}
