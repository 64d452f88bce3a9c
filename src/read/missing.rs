//! Cells that say that there is nothing.
//!
//! In: a cell without its outer white space. Out: whether a writer of tables put it where a value is missing.
//! Invariant: the same words mean it in every column, unless the user tells others.
//! It deliberately knows writing programs and services only (R, pandas, SQL, news APIs): an outlet whose name is such a word needs `--missing`.

use super::Options;

/// What R, pandas, databases and people write.
const NOTHING: &[&str] = &[
    "NA",
    "N/A",
    "n/a",
    "#N/A",
    "<NA>",
    "NaN",
    "nan",
    "NAN",
    "NaT",
    "NULL",
    "null",
    "Null",
    "None",
    "none",
    "nil",
    "\\N",
    "(null)",
    "<NULL>",
    "undefined",
    "n.a.",
    "N.A.",
    "k. A.",
    "н/д",
    "#VALUE!",
    "#REF!",
    "#NAME?",
    "#DIV/0!",
    "#NUM!",
    "#NULL!",
    // what R and Python write for a list without members
    "character(0)",
    "list()",
    "NA_character_",
    "[]",
    "['']",
    "[None]",
    "[nan]",
    "{}",
    // news services and forums, where a text was taken back or is for sale
    "[Removed]",
    "[removed]",
    "[deleted]",
    "ONLY AVAILABLE IN PAID PLANS",
    "ONLY AVAILABLE IN PROFESSIONAL AND CORPORATE PLANS",
    "ONLY AVAILABLE IN CORPORATE PLANS",
    "-",
    "--",
    "—",
    "–",
];

/// True for an empty cell, and for the usual words for nothing.
pub(crate) fn is_nothing(cell: &str) -> bool {
    cell.is_empty() || NOTHING.contains(&cell)
}

/// The words that mean it.
#[derive(Clone, Debug)]
pub(crate) struct Missing {
    words: Option<Vec<String>>,
}

impl Missing {
    pub(crate) fn new(options: &Options) -> Missing {
        Missing { words: options.missing.clone() }
    }

    /// True where a trimmed cell says that there is nothing.
    pub(crate) fn is(&self, cell: &str) -> bool {
        if cell.len() > 50 && self.words.is_none() {
            return false;
        }
        match &self.words {
            Some(words) => words.iter().any(|word| word == cell),
            None => NOTHING.contains(&cell),
        }
    }
}
