//! The project's spreadsheet form, and the shapes in which other people keep words in tables.
//!
//! In: rows with the place of every field. Out: a lexicon.
//! Invariant: a column that is not understood is kept in the note of its entry, never dropped.
//! It deliberately does not guess in silence: the shape that was chosen is a note.

use super::build::{Builder, Term};
use super::columns::{self, LONGEST_CELL, MOST_COLUMNS, Table};
use super::delimited::Field;
use super::model::Lexicon;
use super::native::{self, MODES};
use super::roles::{self, Refusal, Roles, Shape};
use super::shape_option::{self, GivenShape};
use super::sniff::Format;
use super::{Options, inquirer, names, senses, shaped_table, weight};
use crate::error::{Place, Problem, Result, did_you_mean};

/// Reads a table of other people or of our own: the separator, the header and the shape are found in it, or told.
pub(super) fn read(file: &str, text: &str, options: &Options, declared: Option<Format>) -> Result<Lexicon> {
    let given_shape = match options.shape.as_deref().map(shape_option::parse).transpose() {
        Ok(given) => given,
        Err(wrong) => return Err(bad_shape(file, &wrong).into()),
    };
    let separator = columns::separator(text).unwrap_or(if text.contains('\t') { '\t' } else { ',' });
    // a dictionary of LIWC-22 has a header, whatever its categories are called
    let header =
        given_shape.as_ref().and_then(|given| given.header).or_else(|| is_dicx(file, declared).then_some(true));
    let table = columns::table(text, separator, header);
    shaped_as(file, text, options, declared, &table, given_shape)
}

/// Reads a table that stands in another form, such as records of JSON.
pub(super) fn shaped(
    file: &str,
    text: &str,
    options: &Options,
    declared: Option<Format>,
    table: &Table,
) -> Result<Lexicon> {
    match options.shape.as_deref().map(shape_option::parse).transpose() {
        Ok(given) => shaped_as(file, text, options, declared, table, given),
        Err(wrong) => Err(bad_shape(file, &wrong).into()),
    }
}

fn bad_shape(file: &str, wrong: &str) -> Problem {
    let problem = Problem::error("shape-bad", Place::file(file), format!("--shape: {wrong}"));
    problem.expected(shape_option::EXPECTED)
}

fn shaped_as(
    file: &str,
    text: &str,
    options: &Options,
    declared: Option<Format>,
    table: &Table,
    given_shape: Option<GivenShape>,
) -> Result<Lexicon> {
    let refuse = |problem: Problem| Err(problem.into());
    if let Some(problem) = too_large(file, table) {
        return refuse(problem);
    }
    let decided = match given_shape {
        Some(given) => roles::given(table, &given),
        None => decide(table, file, declared),
    };
    let (shape, why) = match decided {
        Ok(found) => found,
        Err(refusal) => {
            let line = table.body.first().and_then(|row| row.first()).map_or(1, |field| field.line);
            let place = if refusal.kind == "shape-bad" { Place::file(file) } else { Place::line(file, line) };
            let problem = Problem::error(refusal.kind, place, refusal.found);
            return refuse(problem.expected(refusal.expected).hint(refusal.hint));
        }
    };
    let mut builder = Builder::new(file, text, format_of(&shape, table), options);
    for aside in &table.asides {
        builder.row(aside.line, &aside.text, aside.what);
    }
    if let Some((line, column)) = table.open {
        let problem = Problem::error("quote-open", builder.place(line, column), "a quotation mark is not closed");
        builder.refuse(problem.hint("close it, or double it where it is part of a word"), "\"");
    }
    let sentence = roles::sentence(table, &shape, &why);
    if !sentence.is_empty() && declared.is_none() {
        let note = Problem::note("table-shape", Place::file(file), sentence);
        let examples = "--shape 'term=word, weight=score' or --shape 'term=word, categories=joy|fear'";
        builder.tell(note.hint(format!("if this is wrong, name the columns, as in {examples}")));
    }
    match shape {
        Shape::Terms(roles) => shaped_table::terms(builder, table, &roles),
        Shape::Columns => shaped_table::columns(builder, table),
        Shape::Rows => shaped_table::rows(builder, table),
        Shape::Senses { positive, negative, terms } => senses::read(builder, table, positive, negative, terms),
        Shape::Native => native(builder, table),
        Shape::Inquirer => inquirer::read(builder, table),
    }
}

/// A form that is given settles what the cells would have to prove.
fn decide(table: &Table, file: &str, declared: Option<Format>) -> std::result::Result<(Shape, String), Refusal> {
    let of_form = |shape: Shape| Ok((shape, "as told".to_string()));
    match declared {
        Some(Format::Csv) => of_form(Shape::Native),
        Some(Format::Ragged) => of_form(Shape::Columns),
        Some(Format::Rows) => of_form(Shape::Rows),
        Some(Format::Inquirer) => of_form(Shape::Inquirer),
        _ => roles::decide(table, is_dicx(file, declared)),
    }
}

fn is_dicx(file: &str, declared: Option<Format>) -> bool {
    declared == Some(Format::Wide) || file.to_lowercase().ends_with(".dicx")
}

/// Valence, arousal and dominance, and nothing else.
fn is_vad(roles: &Roles, table: &Table) -> bool {
    let named = |name: &str| matches!(name.to_lowercase().as_str(), "valence" | "arousal" | "dominance");
    roles.categories.len() == 3 && roles.categories.iter().all(|(at, _)| named(&table.names[*at]))
}

fn format_of(shape: &Shape, table: &Table) -> Format {
    match shape {
        Shape::Terms(roles) if roles.category.is_some() => Format::Long,
        Shape::Terms(roles) if is_vad(roles, table) => Format::NrcVad,
        Shape::Terms(roles) if !roles.categories.is_empty() => Format::Wide,
        Shape::Terms(roles) if roles.weight.is_some() => Format::Scores,
        Shape::Terms(_) => Format::Long,
        Shape::Columns => Format::Ragged,
        Shape::Rows => Format::Rows,
        Shape::Senses { .. } => Format::SentiWordNet,
        Shape::Native => Format::Csv,
        Shape::Inquirer => Format::Inquirer,
    }
}

/// What no lexicon has, told before memory is spent on it.
fn too_large(file: &str, table: &Table) -> Option<Problem> {
    if table.width > MOST_COLUMNS {
        let problem = Problem::error("table-columns", Place::file(file), format!("{} columns", table.width));
        let problem = problem.expected(format!("at most {MOST_COLUMNS}"));
        return Some(problem.hint("is the right character between the columns? tab, semicolon, comma and | are known"));
    }
    let long = table.body.iter().flatten().find(|field| field.text.len() > LONGEST_CELL)?;
    let place = Place::at(file, long.line, long.column);
    let problem = Problem::error("table-cell", place, format!("a cell of {} bytes", long.text.len()));
    Some(problem.expected(format!("at most {LONGEST_CELL}")).hint("is a quotation mark open?"))
}

/// Columns of our own form.
const COLUMNS: [&str; 19] = [
    "frame",
    "category",
    "term",
    "word",
    "pattern",
    "weight",
    "score",
    "value",
    "valence",
    "match",
    "except",
    "unmatchable",
    "source",
    "added",
    "date",
    "sd",
    "precision",
    "note",
    "notes",
];

/// Reads `frame,term,weight,match,note` and further columns that are kept.
fn native(mut builder: Builder, table: &Table) -> Result<Lexicon> {
    let file = builder.lexicon.file.clone();
    let columns: Vec<String> = table.names.iter().map(|name| name.to_lowercase()).collect();
    let position = |names: &[&str]| columns.iter().position(|column| names.contains(&column.as_str()));
    let (frame, term) = (position(&["frame", "category"]), position(&["term", "word", "pattern"]));
    let (Some(frame), Some(term)) = (frame, term) else {
        if table.width == 0 {
            return builder.finish();
        }
        let place = Place::at(file, 1, 1);
        let problem = Problem::error("table-header", place, format!("columns {}", columns.join(", ")));
        builder.tell(problem.expected("frame, term, and if you like weight, match, note"));
        return builder.finish();
    };
    unknown_columns(&mut builder, table);
    for row in &table.body {
        let cell = |at: usize| row.get(at).map_or("", |field| field.text.trim());
        let name = cell(frame);
        let line = row.first().map_or(1, |field| field.line);
        if let Some(problem) = builder.bad_name(name, line, 1) {
            builder.refuse(problem, cell(term));
            continue;
        }
        let (number, _) = builder.frame(name, line);
        if let Some(found) = term_of(&mut builder, &columns, row, term, frame) {
            builder.native(number, found);
        }
    }
    builder.finish()
}

/// Columns that only the note of an entry takes: named, and refused where one of ours seems to be meant.
fn unknown_columns(builder: &mut Builder, table: &Table) {
    for field in table.header.iter().flatten() {
        let name = field.text.trim().to_lowercase();
        if name.is_empty() || COLUMNS.contains(&name.as_str()) {
            continue;
        }
        let place = builder.place(field.line, field.column);
        let part = || ["except", "match", "weight"].into_iter().find(|known| name.contains(known));
        let excludes = || name.starts_with("exclu").then_some("except");
        let meant = part().or_else(excludes).or_else(|| did_you_mean(&name, COLUMNS.iter().copied()));
        match meant.filter(|_| !names::is_metadata(&name)) {
            Some(meant) => {
                let problem = Problem::error("column-unknown", place, format!("no column is called `{name}`"));
                builder.tell(problem.hint(format!("did you mean `{meant}`? if it is a note, call it `note`")));
            }
            None => builder.remark("column-note", crate::error::Severity::Note, place, &name),
        }
    }
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
        "except" => term.except = truth(builder, name, field),
        "unmatchable" => term.unmatchable = truth(builder, name, field),
        "source" => term.source = text.to_string(),
        "added" | "date" => term.added = text.to_string(),
        "sd" => term.sd = weight::read(text).map(|number| number.value),
        "precision" if native::read_precision(text).is_some() => term.precision = native::read_precision(text),
        "note" => append(&mut term.note, text),
        "" => append(&mut term.note, text),
        _ => append(&mut term.note, &format!("{name}: {text}")),
    }
}

/// Yes or no; anything else is refused.
fn truth(builder: &mut Builder, name: &str, field: &Field) -> bool {
    let text = field.text.trim();
    match text.to_lowercase().as_str() {
        "true" | "yes" | "y" | "x" | "1" | "except" => true,
        "false" | "no" | "n" | "0" | "-" => false,
        _ => {
            let place = builder.place(field.line, field.column);
            let problem = Problem::error("value-unknown", place, format!("{name} `{text}`"));
            builder.tell(problem.expected("true or false"));
            false
        }
    }
}

/// Adds to a note.
pub(super) fn append(note: &mut String, more: &str) {
    if !note.is_empty() {
        note.push_str("; ");
    }
    note.push_str(more);
}
