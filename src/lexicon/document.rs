//! A TOML lexicon as a document, comments and all, to be written into.
//!
//! In: the text of a file. Out: its lexicon, or that it is none of ours; the tables of a key, in whichever way they are written.
//! Invariant: what the reader takes for frames is found here too.

use super::{Format, Lexicon, Options, parse_with};
use crate::error::{Place, Problem, Result};
use crate::text::shell_word;
use toml_edit::{DocumentMut, Item, TableLike, Value};

/// Reads a lexicon that is to be changed in its place, which only TOML can be.
///
/// # Errors
/// As of [`parse_with`]; a lexicon in another form, with how to convert it.
pub fn parse_native(file: &str, text: &str, options: &Options) -> Result<Lexicon> {
    let any = Options { format: None, ..options.clone() };
    if let Ok(lexicon) = parse_with(file, text.as_bytes(), &any)
        && lexicon.format != Format::Toml
    {
        let problem = Problem::error("lexicon-not-toml", Place::file(file), "is a lexicon, but not in TOML");
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let hint = format!(
            "convert it first: framescope lexicon convert {} {}",
            shell_word(file),
            shell_word(&format!("{stem}.toml"))
        );
        return Err(problem.expected("a lexicon in TOML, which alone can be written into").hint(hint).into());
    }
    parse_with(file, text.as_bytes(), &Options { format: Some(Format::Toml), ..options.clone() })
}

/// The tables of a key, each as `[[key]]` or all in brackets, as in `frame = [{ name = "war", terms = ["raid"] }]`.
pub fn tables_mut<'d>(document: &'d mut DocumentMut, key: &str) -> Vec<&'d mut dyn TableLike> {
    match document.get_mut(key) {
        Some(Item::ArrayOfTables(tables)) => tables.iter_mut().map(|table| table as &mut dyn TableLike).collect(),
        Some(Item::Value(Value::Array(tables))) => {
            tables.iter_mut().filter_map(Value::as_inline_table_mut).map(|table| table as &mut dyn TableLike).collect()
        }
        _ => Vec::new(),
    }
}
