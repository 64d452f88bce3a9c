//! Tables in which every cell is a word: a column of words for each category, or a row.
//!
//! In: the view of a table without a column of known name. Out: its shape with the reason, nothing, or a refusal.
//! Invariant: a table that can be read both ways is refused: rows read as columns would give every word a wrong category.
//! It deliberately reads no entry.

use super::{Refusal, Shape, View};
use crate::lexicon::delimited::Field;
use crate::lexicon::names;
use std::collections::BTreeSet;

/// A row as the words in it, lower-cased; an empty cell is an empty text.
fn words(row: &[Field]) -> Vec<String> {
    row.iter().map(|field| field.text.trim().to_lowercase()).collect()
}

/// Cells before the first that is empty, where nothing comes behind it.
fn prefix(row: &[String]) -> Option<usize> {
    let filled = row.iter().position(String::is_empty).unwrap_or(row.len());
    row[filled..].iter().all(String::is_empty).then_some(filled)
}

/// True where the first row can name columns of words: all names differ, and each has a word below it.
fn are_columns(rows: &[Vec<String>]) -> bool {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let names: BTreeSet<&String> = rows[0].iter().filter(|name| !name.is_empty()).collect();
    let below = |at: usize| rows[1..].iter().any(|row| row.get(at).is_some_and(|word| !word.is_empty()));
    names.len() == width && (0..width).all(below)
}

/// `conflict - riot` before the first comma of most rows: the name of a category and its first word in one cell.
fn joined(rows: &[Vec<String>]) -> Option<Refusal> {
    const SIGNS: [&str; 8] = [" - ", " – ", " — ", " -> ", " → ", " => ", " = ", " := "];
    let parts = |row: &Vec<String>| {
        let (name, word) = SIGNS.iter().find_map(|sign| row.first()?.split_once(sign))?;
        Some((name.trim().to_string(), word.trim().to_string()))
    };
    let found: Vec<(String, String)> = rows.iter().filter_map(parts).collect();
    let (name, word) = found.first().filter(|_| found.len() * 2 >= rows.len())?;
    Some(Refusal {
        kind: "table-shape",
        found: format!("`{name}` and `{word}` in one cell: a category and its first word?"),
        expected: "a comma between the category and its words".to_string(),
        hint: format!("write `{name}, {word}, …` in each line, or `{name}: [{word}, …]`"),
    })
}

impl View<'_> {
    /// The shape of a table in which every cell is a word.
    pub(super) fn words_alone(&self, term: usize) -> Result<Option<(Shape, String)>, Refusal> {
        let table = self.table;
        let is_word = |at: usize| {
            let column = self.column(at);
            (column.is_words() || column.filled == 0) && column.length() <= 5.0
        };
        // categories recur; so do polarities, which begin rows at most
        let recurs = self.all().any(|at| self.column(at).recurs() && self.column(at).filled > 3);
        let polar = |at: usize| self.column(at).filled > 0 && names::are_polarities(self.column(at).values.iter());
        if recurs || self.all().skip(1).any(polar) {
            return Ok(None);
        }
        let is_known = self.names.iter().any(|name| names::is_known(name));
        if !self.all().all(is_word) || is_known || table.body.is_empty() {
            return Ok(None);
        }
        let rows: Vec<Vec<String>> = table.header.iter().chain(&table.body).map(|row| words(row)).collect();
        if rows.len() < 2 || table.width < 2 {
            return Ok(None);
        }
        let firsts: BTreeSet<&String> = rows.iter().filter_map(|row| row.first()).collect();
        if let Some(refusal) = joined(&rows) {
            return Err(refusal);
        }
        let are_rows = firsts.len() == rows.len() && rows.iter().all(|row| prefix(row) > Some(1));
        let are_columns = are_columns(&rows);
        let polar = |names: &[&String]| names::are_polarities(names.iter().copied());
        let header: Vec<&String> = rows[0].iter().collect();
        let firsts: Vec<&String> = firsts.into_iter().collect();
        let shape = match (are_rows, are_columns) {
            (true, _) if polar(&firsts) => Some((Shape::Rows, "each row begins with a polarity")),
            (_, true) if polar(&header) => Some((Shape::Columns, "the header holds polarities")),
            // polarities that recur in front are categories of rows
            _ if self.repeats(&rows).is_some_and(|at| names::are_polarities(self.column(at).values.iter())) => None,
            _ if self.repeats(&rows).is_some() => return Err(self.asking_layout(&rows, term, are_rows, are_columns)),
            (true, false) => Some((Shape::Rows, "rows of words of different length")),
            (false, true) => Some((Shape::Columns, "columns of words of different length")),
            (true, true) if self.has_gap(&rows) => Some((Shape::Rows, "rows of words of different length")),
            (false, false) => None,
            (true, true) => return Err(self.asking_layout(&rows, term, are_rows, are_columns)),
        };
        Ok(shape.map(|(shape, why)| (shape, why.to_string())))
    }

    /// A column that holds a word twice, where no cell is empty: categories do that, and the words of one category do not.
    fn repeats(&self, rows: &[Vec<String>]) -> Option<usize> {
        let is_full = rows.iter().all(|row| prefix(row) == Some(self.table.width));
        let repeats = |at: &usize| rows.iter().map(|row| &row[*at]).collect::<BTreeSet<_>>().len() < rows.len();
        is_full.then(|| self.all().find(repeats)).flatten()
    }

    /// What to ask where words may be in columns, in rows, or beside their categories.
    fn asking_layout(&self, rows: &[Vec<String>], term: usize, are_rows: bool, are_columns: bool) -> Refusal {
        let layouts = [("columns", are_columns), ("rows", are_rows)];
        let mut examples: Vec<String> =
            layouts.iter().filter(|(_, can_be)| *can_be).map(|(name, _)| (*name).to_string()).collect();
        let of = |term: usize, category: usize| format!("term={}, category={}", self.typed(term), self.typed(category));
        let Some(twice) = self.repeats(rows) else {
            if self.table.width == 2 {
                examples.push(of(term, usize::from(term == 0)));
            }
            let why = "every cell is a word, and the words of a category may be in a column or in a row";
            return self.asking(None, why, &examples);
        };
        let other = self.all().find(|&at| at != twice).unwrap_or(0);
        let mut likely = vec![of(other, twice)];
        if self.table.width == 2 {
            likely.push(of(twice, other));
        }
        likely.append(&mut examples);
        let why = format!(
            "every cell is a word, and {} holds a word twice: it may hold categories, or words",
            self.called(twice)
        );
        self.asking(None, &why, &likely)
    }

    /// True where a column has a word below an empty cell: rows of different length have that, lists in columns do not.
    fn has_gap(&self, rows: &[Vec<String>]) -> bool {
        let is_empty = |row: &Vec<String>, at: usize| row.get(at).is_none_or(String::is_empty);
        self.all().any(|at| {
            let first = rows.iter().position(|row| is_empty(row, at)).unwrap_or(rows.len());
            rows[first..].iter().any(|row| !is_empty(row, at))
        })
    }
}
