//! Accepted candidates into a lexicon, its comments and its order left as they are.
//!
//! In: the text of a TOML lexicon, a table of candidates in which some are marked. Out: the new text.
//! Invariant: what was there reads as before; what is added stands at the end of its frame's terms, with `note` and `added`.
//! It deliberately writes no file.

use crate::error::{Place, Problem, Result};
use crate::lexicon::{self, Lexicon, Options};
use std::collections::BTreeSet;
use toml_edit::{Array, DocumentMut, InlineTable, Item, TableLike, Value};

/// A lexicon with what was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The new text.
    pub text: String,
    /// Frame and entry of each that was added.
    pub added: Vec<(String, String)>,
    /// Marked, but in the frame already.
    pub existing: Vec<(String, String)>,
}

/// A marked row.
struct Marked {
    frame: String,
    entry: String,
    note: String,
}

/// Adds the rows of `table` (CSV, as whatever spreadsheet saved it) that are marked in its column `accept` to a lexicon; `added` is the day that is written beside them.
///
/// # Errors
/// A lexicon that is not TOML; a table without the columns `frame`, `entry`, `accept`; a mark, frame or entry that is not understood, with its line.
pub fn accept(file: &str, text: &str, (table, rows): (&str, &str), added: &str) -> Result<Accepted> {
    let before = lexicon::parse_native(file, text, &Options::default())?;
    let marked = marked(table, rows, &before)?;
    let mut document: DocumentMut =
        text.parse().map_err(|error| Problem::error("toml-syntax", Place::file(file), format!("{error}")))?;
    let existing: BTreeSet<(&str, &str)> =
        before.entries.iter().map(|entry| (before.frames[entry.frame].name.as_str(), entry.text.as_str())).collect();
    let mut done = Accepted { text: String::new(), added: Vec::new(), existing: Vec::new() };
    for row in marked {
        let place = (row.frame.clone(), row.entry.clone());
        if existing.contains(&(place.0.as_str(), place.1.as_str())) || done.added.contains(&place) {
            done.existing.push(place);
            continue;
        }
        let is_it = |table: &&mut dyn TableLike| table.get("name").and_then(Item::as_str) == Some(row.frame.as_str());
        let Some(frame) = lexicon::tables_mut(&mut document, "frame").into_iter().find(is_it) else {
            return Err(Problem::error("frame-unknown", Place::file(file), format!("no frame `{}`", row.frame)).into());
        };
        let terms = frame.entry("terms").or_insert_with(|| Item::Value(Value::Array(Array::new())));
        let Some(terms) = terms.as_array_mut() else {
            return Err(Problem::error("terms-no-list", Place::file(file), "`terms` is no list").into());
        };
        push(terms, &row, added);
        done.added.push(place);
    }
    done.text = document.to_string();
    let after = lexicon::parse_native(file, &done.text, &Options::default())?;
    if summary(&after, &done.added) != summary(&before, &[])
        || after.entries.len() != before.entries.len() + done.added.len()
    {
        let problem = Problem::error("accept-changes", Place::file(file), "the new text would read differently");
        return Err(problem.hint("the file is untouched; please report it: this is a bug of framescope").into());
    }
    Ok(done)
}

/// What a lexicon says, without some entries.
fn summary(lexicon: &Lexicon, without: &[(String, String)]) -> Vec<String> {
    let is_new = |frame: &str, entry: &str| without.iter().any(|(f, e)| f == frame && e == entry);
    let entries = lexicon.entries.iter().filter(|entry| !is_new(&lexicon.frames[entry.frame].name, &entry.text));
    entries
        .map(|entry| {
            let frame = &lexicon.frames[entry.frame].name;
            format!("{frame} {:?} {:?} {} {} {}", entry.pattern, entry.mode, entry.weight, entry.except, entry.note)
        })
        .collect()
}

fn push(terms: &mut Array, row: &Marked, added: &str) {
    let mut table = InlineTable::new();
    table.insert("term", Value::from(row.entry.as_str()));
    table.insert("note", Value::from(row.note.as_str()));
    table.insert("added", Value::from(added));
    let mut value = Value::InlineTable(table);
    // a comment behind the last entry stays behind it
    let behind = terms.trailing().as_str().unwrap_or_default().trim_end().to_string();
    value.decor_mut().set_prefix(format!("{behind}\n  "));
    value.decor_mut().set_suffix("");
    terms.push_formatted(value);
    terms.set_trailing("\n");
    terms.set_trailing_comma(true);
}

fn marked(path: &str, rows: &str, lexicon: &Lexicon) -> Result<Vec<Marked>> {
    let wrong = |found: String| {
        let problem = Problem::error("accept-unreadable", Place::file(path), found);
        problem.expected("a table of `framescope lexicon suggest --format csv`, its column `accept` filled in")
    };
    let (sign, rows) = crate::text::csv::separated(rows);
    let mut reader = csv::ReaderBuilder::new().delimiter(sign).from_reader(rows.as_bytes());
    let names = reader.headers().map_err(|error| wrong(error.to_string()))?.clone();
    let column = |name: &str| names.iter().position(|other| other.trim().eq_ignore_ascii_case(name));
    let [Some(frame), Some(entry), Some(accept)] = ["frame", "entry", "accept"].map(column) else {
        return Err(wrong("has no columns `frame`, `entry`, `accept`".to_string()).into());
    };
    let note = column("note");
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for row in reader.records() {
        let row = row.map_err(|error| wrong(error.to_string()))?;
        let line = crate::text::csv::line(rows, &row);
        let cell = |at: usize| crate::text::csv::unescaped(row.get(at).unwrap_or_default()).trim().to_string();
        match cell(accept).to_lowercase().as_str() {
            "" | "0" | "0.0" | "0,0" | "no" | "n" | "false" => continue,
            "1" | "1.0" | "1,0" | "x" | "yes" | "y" | "true" => {}
            other => {
                let problem = Problem::error("mark-unknown", Place::line(path, line), format!("`{other}` in `accept`"));
                problems.push(problem.expected("1, x or yes; empty, 0 or no"));
                continue;
            }
        }
        let row = Marked { frame: cell(frame), entry: cell(entry), note: note.map(cell).unwrap_or_default() };
        if row.entry.is_empty() || lexicon.frames.iter().all(|other| other.name != row.frame) {
            let found = format!("no frame `{}`, or no entry", row.frame);
            problems.push(Problem::error("frame-unknown", Place::line(path, line), found));
            continue;
        }
        found.push(row);
    }
    if problems.is_empty() { Ok(found) } else { Err(problems.into()) }
}
