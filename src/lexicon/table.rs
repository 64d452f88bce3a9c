//! The project's spreadsheet form, and the shapes in which other people keep words in tables.
//!
//! In: rows with the place of every field. Out: a lexicon.
//! Invariant: a column that is not understood is kept in the note of its entry, never dropped.
//! It deliberately does not guess in silence: the shape that was chosen is a note.

use super::build::{Builder, Term};
use super::delimited::Field;
use super::model::Lexicon;
use super::native::{self, MODES};
use super::sniff::Format;
use super::{Options, weight};
use crate::error::{Place, Problem, Result, did_you_mean};

/// Reads `frame,term,weight,match,note` and further columns that are kept.
pub(super) fn read_native(file: &str, text: &str, separator: char, options: &Options) -> Result<Lexicon> {
    let mut builder = Builder::new(file, text, Format::Csv, options);
    let rows = builder.rows(text, separator, true);
    let Some((header, rows)) = rows.split_first() else { return builder.finish() };
    let columns: Vec<String> = header.iter().map(|field| field.text.trim().to_lowercase()).collect();
    let position = |names: &[&str]| columns.iter().position(|column| names.contains(&column.as_str()));
    let (frame, term) = (position(&["frame", "category"]), position(&["term", "word", "pattern"]));
    let (Some(frame), Some(term)) = (frame, term) else {
        let place = Place::at(file, 1, 1);
        let problem = Problem::error("table-header", place, format!("columns {}", columns.join(", ")));
        builder.tell(problem.expected("frame, term, and if you like weight, match, note"));
        return builder.finish();
    };
    for row in rows {
        let cell = |at: usize| row.get(at).map_or("", |field| field.text.trim());
        let name = cell(frame);
        let line = row.first().map_or(1, |field| field.line);
        if !native::is_path(name) {
            let problem = Problem::error("name-missing", Place::at(file, line, 1), "a row without a frame name");
            builder.refuse(problem.expected("names joined by `/`"), cell(term));
            continue;
        }
        let (number, _) = builder.frame(name, line);
        if let Some(found) = term_of(&mut builder, &columns, row, term, frame) {
            builder.native(number, found);
        }
    }
    builder.finish()
}

fn term_of(builder: &mut Builder, columns: &[String], row: &[Field], term: usize, frame: usize) -> Option<Term> {
    let Some(cell) = row.get(term).filter(|cell| !cell.text.trim().is_empty()) else {
        let line = row.first().map_or(1, |field| field.line);
        let place = builder.place(line, row.get(term).map_or(1, |cell| cell.column));
        let text = row.iter().map(|field| field.text.as_str()).collect::<Vec<_>>().join(",");
        builder.refuse(Problem::error("term-empty", place, "a row without a term").expected("a word"), &text);
        return None;
    };
    let mut found = Term::new(cell.text.trim(), cell.line, cell.column);
    for (at, field) in row.iter().enumerate() {
        let name = columns.get(at).map_or("", String::as_str);
        if at != term && at != frame && !field.text.trim().is_empty() {
            column(builder, &mut found, name, field);
        }
    }
    Some(found)
}

/// Puts one cell where it belongs; a column that is not known goes into the note.
pub(super) fn column(builder: &mut Builder, term: &mut Term, name: &str, field: &Field) {
    let text = field.text.trim();
    let place = builder.place(field.line, field.column);
    match name {
        "weight" | "score" | "value" | "valence" => match weight::read(text) {
            Some(number) => {
                if number.rounded {
                    builder.remark("weight-rounded", crate::error::Severity::Note, place, text);
                }
                term.weight = Some(number.value);
            }
            None => {
                let problem = Problem::error("weight-bad", place, format!("{name} `{text}`"));
                builder.refuse(problem.expected("a number such as -1.5"), &term.text.clone());
            }
        },
        "match" => match MODES.iter().find(|(mode, _)| *mode == text) {
            Some(&(_, mode)) => term.mode = Some(mode),
            None => {
                let near = did_you_mean(text, MODES.iter().map(|&(mode, _)| mode));
                let problem = Problem::error("value-unknown", place, format!("match `{text}`"));
                let hint = near.map_or(String::new(), |near| format!("did you mean `{near}`?"));
                builder.tell(problem.expected("stem, exact, case").hint(hint));
            }
        },
        "except" => term.except = is_true(text),
        "unmatchable" => term.unmatchable = is_true(text),
        "source" => term.source = text.to_string(),
        "added" | "date" => term.added = text.to_string(),
        "sd" => term.sd = weight::read(text).map(|number| number.value),
        "precision" if native::read_precision(text).is_some() => term.precision = native::read_precision(text),
        "note" => append(&mut term.note, text),
        "" => append(&mut term.note, text),
        _ => append(&mut term.note, &format!("{name}: {text}")),
    }
}

fn is_true(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "true" | "yes" | "x" | "1" | "except")
}

fn append(note: &mut String, more: &str) {
    if !note.is_empty() {
        note.push_str("; ");
    }
    note.push_str(more);
}
