//! Other people's tables: long, wide, ragged.
//!
//! In: rows. Out: a lexicon.
//! Invariant: the shape that was chosen is told; a cell that is no mark is an error; further columns go into the note.
//! It deliberately does not read our own spreadsheet form: `table` does.

use super::build::{Builder, Term};
use super::delimited::Field;
use super::model::Lexicon;
use super::pattern::Wildcards;
use super::sniff::Format;
use super::{Options, table, weight};
use crate::error::{Place, Problem, Result, Severity};
use std::collections::BTreeSet;

/// Names of the column of words.
pub(super) const TERMS: &[&str] =
    &["term", "word", "words", "token", "entry", "lemma", "pattern", "ngram", "dicterm", "phrase", "keyword"];
/// Names of the column of categories.
pub(super) const CATEGORIES: &[&str] = &[
    "category",
    "frame",
    "sentiment",
    "label",
    "class",
    "emotion",
    "dimension",
    "affect",
    "key",
    "group",
    "topic",
    "foundation",
    "affectdimension",
];
/// Names of the column of weights.
pub(super) const SCORES: &[&str] =
    &["weight", "score", "value", "valence", "polarity", "happiness_average", "happiness", "sentiment_score", "mean"];
const METADATA: &[&str] =
    &["note", "notes", "source", "precision", "added", "added_by", "date", "comment", "weight", "match", "pos", "id"];

/// A column that tells about an entry and is no category.
pub(super) fn is_metadata(name: &str) -> bool {
    METADATA.contains(&name)
}

/// `X` or a number, or nothing.
pub(super) fn is_mark(text: &str) -> bool {
    text.is_empty() || matches!(text.to_lowercase().as_str(), "x" | "yes" | "true") || weight::read(text).is_some()
}

/// True where the second column has few values that recur: categories.
pub(super) fn second_column_repeats(rows: &[Vec<Field>]) -> bool {
    let second: Vec<&str> = rows.iter().filter_map(|row| row.get(1)).map(|field| field.text.trim()).collect();
    let distinct: BTreeSet<&str> = second.iter().copied().collect();
    let first: BTreeSet<&str> = rows.iter().filter_map(|row| row.first()).map(|field| field.text.trim()).collect();
    second.len() == rows.len()
        && !distinct.contains("")
        && distinct.len() * 3 <= second.len()
        && first.len() * 2 > rows.len()
}

/// Reads a table of other people; the format says its shape.
pub(super) fn read(file: &str, text: &str, format: Format, separator: char, options: &Options) -> Result<Lexicon> {
    let mut builder = Builder::new(file, text, format, options);
    let rows = builder.rows(text, separator, true);
    let shape = match format {
        Format::Long => "term, category",
        Format::Wide => "term, then a column for each category",
        _ => "a column of words for each category",
    };
    if options.format.is_none() {
        let note = Problem::note("table-shape", Place::file(file), format!("read as a table of the shape: {shape}"));
        builder.tell(note.hint("another shape can be told"));
    }
    match format {
        Format::Long => long(&mut builder, &rows),
        Format::Wide => wide(&mut builder, &rows),
        _ => ragged(&mut builder, &rows),
    }
    builder.finish()
}

fn names(row: &[Field]) -> Vec<String> {
    row.iter().map(|field| field.text.trim().to_lowercase()).collect()
}

fn long(builder: &mut Builder, rows: &[Vec<Field>]) {
    let Some(first) = rows.first() else { return };
    let columns = names(first);
    let position = |known: &[&str]| columns.iter().position(|column| known.contains(&column.as_str()));
    let (term_at, frame_at, body) = match (position(TERMS), position(CATEGORIES)) {
        (Some(term), Some(frame)) => (term, frame, &rows[1..]),
        _ => (0, 1, rows),
    };
    let columns =
        if body.len() == rows.len() { vec![String::new(), String::new(), "weight".to_string()] } else { columns };
    for row in body {
        let line = row.first().map_or(1, |field| field.line);
        let category = row.get(frame_at).map_or("", |field| field.text.trim()).to_string();
        let Some(mut term) = term_at_cell(builder, row, term_at) else { continue };
        if category.is_empty() {
            let problem =
                Problem::error("entry-no-category", builder.place(line, 1), format!("`{}` has no category", term.text));
            builder.refuse(problem.expected("a category"), &term.text);
            continue;
        }
        for (at, field) in row.iter().enumerate().filter(|(at, _)| *at != term_at && *at != frame_at) {
            if !field.text.trim().is_empty() {
                table::column(builder, &mut term, columns.get(at).map_or("", String::as_str), field);
            }
        }
        let frame = builder.category(&category, line);
        builder.foreign(frame, term, Wildcards::Both);
    }
}

/// The term of a row; an empty one is an error.
fn term_at_cell(builder: &mut Builder, row: &[Field], at: usize) -> Option<Term> {
    match row.get(at) {
        Some(cell) if !cell.text.trim().is_empty() => Some(Term::new(cell.text.trim(), cell.line, cell.column)),
        _ => {
            let line = row.first().map_or(1, |field| field.line);
            let text = row.iter().map(|field| field.text.as_str()).collect::<Vec<_>>().join(",");
            let problem = Problem::error("term-empty", builder.place(line, 1), format!("row {line} has no term"));
            builder.refuse(problem.expected("a word in the first column"), &text);
            None
        }
    }
}

fn wide(builder: &mut Builder, rows: &[Vec<Field>]) {
    let Some((header, body)) = rows.split_first() else { return };
    let columns = names(header);
    let frames: Vec<Option<usize>> = header
        .iter()
        .enumerate()
        .map(|(at, field)| {
            let category = at > 0 && !is_metadata(&columns[at]) && !field.text.trim().is_empty();
            category.then(|| builder.child(None, field.text.trim(), field.line))
        })
        .collect();
    for row in body {
        let Some(mut term) = term_at_cell(builder, row, 0) else { continue };
        let mut placed = false;
        for (at, field) in row.iter().enumerate().skip(1) {
            let text = field.text.trim();
            if !text.is_empty() && frames.get(at).copied().flatten().is_none() {
                match columns.get(at).filter(|name| !name.is_empty()) {
                    Some(name) => table::column(builder, &mut term, name, field),
                    None => extra(builder, &term, field),
                }
            }
        }
        for (at, field) in row.iter().enumerate().skip(1) {
            if let Some(frame) = frames.get(at).copied().flatten() {
                placed |= mark(builder, frame, &term, field);
            }
        }
        if !placed {
            let place = builder.place(term.line, term.column);
            builder.remark("entry-no-category", Severity::Warning, place, &term.text);
            builder.skip(term.line, &term.text, "no category is marked");
        }
    }
}

fn extra(builder: &mut Builder, term: &Term, field: &Field) {
    let place = builder.place(field.line, field.column);
    let problem =
        Problem::error("table-extra-cell", place, format!("`{}` is in a column without a name", field.text.trim()));
    builder.refuse(problem.expected("no more cells than the header has"), &term.text);
}

/// Places a term in a category where its cell says so.
fn mark(builder: &mut Builder, frame: usize, term: &Term, field: &Field) -> bool {
    let text = field.text.trim();
    let place = builder.place(field.line, field.column);
    let weight = match (text.to_lowercase().as_str(), weight::read(text)) {
        ("", _) => return false,
        ("x" | "yes" | "true", _) => None,
        (_, Some(number)) => {
            if number.rounded {
                builder.remark("weight-rounded", Severity::Note, place, &term.text);
            }
            Some(number.value)
        }
        (_, None) => {
            let problem = Problem::error("table-mark", place, format!("`{text}` beside `{}`", term.text));
            builder.refuse(problem.expected("nothing, X, 1 or a weight"), &term.text);
            return true;
        }
    };
    if weight == Some(0) {
        return false;
    }
    builder.foreign(frame, Term { weight, ..term.clone() }, Wildcards::Trailing);
    true
}

fn ragged(builder: &mut Builder, rows: &[Vec<Field>]) {
    let Some((header, body)) = rows.split_first() else { return };
    let frames: Vec<Option<usize>> = header
        .iter()
        .map(|field| (!field.text.trim().is_empty()).then(|| builder.child(None, field.text.trim(), field.line)))
        .collect();
    for row in body {
        for (at, field) in row.iter().enumerate().filter(|(_, field)| !field.text.trim().is_empty()) {
            let term = Term::new(field.text.trim(), field.line, field.column);
            match frames.get(at).copied().flatten() {
                Some(frame) => builder.foreign(frame, term, Wildcards::Both),
                None => extra(builder, &term, field),
            }
        }
    }
}
