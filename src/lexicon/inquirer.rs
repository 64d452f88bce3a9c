//! The General Inquirer's table: a row for each sense of a word, a column for each category.
//!
//! In: rows. Out: a lexicon.
//! Invariant: senses (`ABOUT#3`) are merged: a word is in a category where any of its senses is, and that is told.
//! It deliberately does not tell senses apart: a word list cannot.

use super::build::{Builder, Term};
use super::columns::Table;
use super::model::Lexicon;
use super::pattern::Wildcards;
use crate::error::{Problem, Result, Severity};

/// Reads the table.
pub(super) fn read(mut builder: Builder, table: &Table) -> Result<Lexicon> {
    let line = table.header.iter().flatten().next().map_or(1, |field| field.line);
    let columns: Vec<Column> = table
        .names
        .iter()
        .enumerate()
        .map(|(at, name)| match name.as_str() {
            name if at == 0 || name.is_empty() => Column::Entry,
            "Source" => Column::Source,
            "Othtags" | "Defined" => Column::Note(name.to_lowercase()),
            name => Column::Category(builder.child(None, name, line)),
        })
        .collect();
    for row in &table.body {
        let Some(first) = row.first().filter(|field| !field.text.trim().is_empty()) else {
            let line = row.first().map_or(1, |field| field.line);
            let problem = Problem::error("term-empty", builder.place(line, 1), format!("row {line} has no term"));
            builder.refuse(problem.expected("a word in the first column"), "");
            continue;
        };
        let mut term = Term::new(first.text.trim(), first.line, first.column);
        let mut frames = Vec::new();
        for (field, column) in row.iter().zip(&columns).filter(|(field, _)| !field.text.trim().is_empty()) {
            match column {
                Column::Entry => {}
                Column::Source => term.source = field.text.trim().to_string(),
                Column::Note(name) => {
                    let more = format!("{name}: {}", field.text.trim());
                    term.note = if term.note.is_empty() { more } else { format!("{}; {more}", term.note) };
                }
                Column::Category(frame) => frames.push(*frame),
            }
        }
        strip_sense(&mut builder, &mut term);
        if frames.is_empty() {
            let place = builder.place(term.line, term.column);
            builder.remark("entry-no-category", Severity::Warning, place, &term.text);
            builder.skip(term.line, &term.text, "no category is marked");
        }
        for frame in frames {
            builder.foreign(frame, term.clone(), Wildcards::None);
        }
    }
    builder.finish()
}

enum Column {
    Entry,
    Source,
    Note(String),
    Category(usize),
}

fn strip_sense(builder: &mut Builder, term: &mut Term) {
    if let Some((word, sense)) = term.text.rsplit_once('#')
        && !word.is_empty()
        && !sense.is_empty()
        && sense.bytes().all(|b| b.is_ascii_digit())
    {
        let place = builder.place(term.line, term.column);
        builder.remark("sense-merged", Severity::Warning, place, &term.text);
        builder.row(term.line, &term.text, format!("sense {sense} merged into `{word}`"));
        term.text = word.to_string();
    }
}
