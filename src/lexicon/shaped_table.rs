//! Other people's tables: a row for each term, a column or a row of words for each category.
//!
//! In: a table and the shape that `roles` found in it. Out: a lexicon.
//! Invariant: the shape is told with its reason; a cell that is not what its column needs is an error; further columns go into the note.
//! It deliberately does not read our own spreadsheet form: `table` does.

use super::build::{Builder, Term};
use super::columns::{Table, is_cross, is_denial};
use super::delimited::Field;
use super::model::{Kind, Lexicon};
use super::pattern::Wildcards;
use super::roles::{Cells, Roles};
use super::sniff::Format;
use super::{names, table, weight};
use crate::error::{Place, Problem, Result, Severity};

/// Reads a table with a row for each term.
pub(super) fn terms(mut builder: Builder, table: &Table, roles: &Roles) -> Result<Lexicon> {
    let format = builder.lexicon.format;
    if format == Format::Scores
        || (!roles.categories.is_empty() && roles.categories.iter().all(|(_, c)| *c == Cells::Weights))
    {
        builder.lexicon.kind = Kind::Sentiment;
    }
    let frames: Vec<(usize, usize, Cells)> = roles
        .categories
        .iter()
        .filter(|(at, _)| !table.names[*at].is_empty())
        .map(|&(at, cells)| {
            let line = table.header.iter().flatten().next().map_or(1, |field| field.line);
            let name = match format {
                Format::NrcVad => table.names[at].to_lowercase(),
                _ => table.names[at].clone(),
            };
            (at, builder.child(None, &name, line), cells)
        })
        .collect();
    let whole = (roles.category.is_none() && roles.categories.is_empty()).then(|| {
        let name = builder.lexicon.name.clone();
        builder.child(None, &name, 1)
    });
    // 0 and 1 beside the name of a category say whether, not how much
    let marks = |at: usize| table.columns[at].binary == table.columns[at].filled;
    let membership = roles.category.is_some() && roles.weight.is_some_and(marks);
    let signs = roles.category.is_some_and(|at| names::are_signs(table.columns[at].values.iter()));
    for row in &table.body {
        let Some(mut term) = term_of(&mut builder, row, roles.term) else { continue };
        further(&mut builder, table, roles, row, &mut term);
        if let Some(at) = roles.sd {
            term.sd = row.get(at).and_then(|field| weight::read(&field.text)).map(|sd| sd.value);
        }
        if let Some(at) = roles.weight {
            let Some(number) = number(&mut builder, row, at, &term) else { continue };
            term.weight = Some(number);
        }
        if membership && term.weight == Some(0) {
            let place = builder.place(term.line, term.column);
            builder.remark("entry-zero", Severity::Note, place, &term.text);
            builder.row(term.line, &term.text, "0: it is not in this category");
            continue;
        }
        if let Some(frame) = whole {
            let wildcards = if roles.weight.is_some() { Wildcards::Ends } else { Wildcards::Both };
            builder.foreign(frame, term, wildcards);
        } else if let Some(at) = roles.category {
            named(&mut builder, row, at, &term, signs);
        } else {
            marked(&mut builder, row, &frames, &term);
        }
    }
    if roles.category.is_some_and(|at| !table.columns[at].is_numeric()) {
        tell_numbers(&mut builder);
    }
    builder.finish()
}

/// Categories that are numbers among names, years aside: totals of a table, or cells that slipped.
fn tell_numbers(builder: &mut Builder) {
    let is_year = |number: weight::Thousandths| (1_900_000..=2_100_000).contains(&number.value);
    let is_number = |name: &str| weight::read(name).is_some_and(|number| !is_year(number));
    let found: Vec<(u32, String)> = builder
        .lexicon
        .frames
        .iter()
        .filter(|frame| is_number(&frame.name))
        .map(|frame| (frame.line, frame.name.clone()))
        .collect();
    for (line, name) in found {
        let place = builder.place(line, 1);
        builder.remark("category-number", Severity::Warning, place, &name);
    }
}

/// A term in the category that a cell names, by a sign where all cells are signs.
fn named(builder: &mut Builder, row: &[Field], at: usize, term: &Term, signs: bool) {
    let category = row.get(at).map_or("", |field| field.text.trim());
    let category = names::sign_name(category).filter(|_| signs).unwrap_or(category);
    if category.trim_matches([';', '|', ' ']).is_empty() {
        let place = builder.place(term.line, 1);
        let problem = Problem::error("entry-no-category", place, format!("`{}` has no category", term.text));
        builder.refuse(problem.expected("a category"), &term.text);
        return;
    }
    // `war;violence` are two; in a name that is written out there may be a comma
    let parts = category.split([';', '|']).map(str::trim).filter(|part| !part.is_empty());
    for part in parts {
        if part.contains(',') {
            let place = builder.place(term.line, 1);
            builder.remark("entry-categories", Severity::Warning, place, part);
        }
        let frame = builder.category(part, term.line);
        builder.foreign(frame, term.clone(), Wildcards::Both);
    }
}

/// A term in every category whose cell says so.
fn marked(builder: &mut Builder, row: &[Field], frames: &[(usize, usize, Cells)], term: &Term) {
    let mut placed = false;
    for &(at, frame, cells) in frames {
        if let Some(field) = row.get(at) {
            placed |= mark(builder, frame, term, field, cells);
        }
    }
    if !placed {
        let place = builder.place(term.line, term.column);
        builder.remark("entry-no-category", Severity::Warning, place, &term.text);
        builder.skip(term.line, &term.text, "no category is marked");
    }
}

/// The term of a row; an empty one is an error, and so is one that a quotation mark has made of several rows.
fn term_of(builder: &mut Builder, row: &[Field], at: usize) -> Option<Term> {
    let line = row.first().map_or(1, |field| field.line);
    match row.get(at) {
        Some(cell) if cell.text.trim().contains(['\n', '\r']) => {
            let found = format!("a quotation mark takes {} lines into one term", cell.text.trim().lines().count());
            let problem = Problem::error("quote-swallows", builder.place(cell.line, cell.column), found);
            builder.refuse(problem.hint("close it, or double it where it is part of a word"), &cell.text);
            None
        }
        Some(cell) if !cell.text.trim().is_empty() => Some(Term::new(cell.text.trim(), cell.line, cell.column)),
        _ => {
            let text = row.iter().map(|field| field.text.as_str()).collect::<Vec<_>>().join(",");
            let problem = Problem::error("term-empty", builder.place(line, 1), format!("row {line} has no term"));
            builder.refuse(problem.expected(format!("a word in column {}", at + 1)), &text);
            None
        }
    }
}

/// A number where a weight is due.
fn number(builder: &mut Builder, row: &[Field], at: usize, term: &Term) -> Option<i32> {
    let field = row.get(at).or(row.last())?;
    let place = builder.place(field.line, field.column);
    let text = row.get(at).map_or("", |field| field.text.trim());
    let Some(number) = weight::read(text) else {
        let found = if text.is_empty() { "nothing".to_string() } else { format!("`{text}`") };
        let problem = Problem::error("weight-bad", place, format!("{found} beside `{}`", term.text));
        builder.refuse(problem.expected("a number such as -1.5"), &term.text);
        return None;
    };
    rounded(builder, number, place, &term.text);
    Some(number.value)
}

/// Tells what thousandths cannot hold.
pub(super) fn rounded(builder: &mut Builder, number: weight::Thousandths, place: Place, term: &str) {
    if number.rounded && number.value == 0 {
        builder.remark("weight-lost", Severity::Warning, place, term);
    } else if number.rounded {
        builder.remark("weight-rounded", Severity::Note, place, term);
    }
}

/// Columns that are no role: what an entry can hold goes there, the rest into its note.
fn further(builder: &mut Builder, table: &Table, roles: &Roles, row: &[Field], term: &mut Term) {
    let has_role = |at: usize| {
        at == roles.term
            || [roles.category, roles.weight, roles.sd].contains(&Some(at))
            || roles.categories.iter().any(|(other, _)| *other == at && !table.names[at].is_empty())
    };
    // the column of a category is found by number, so many of them cost no search each
    let many = roles.categories.len() > 8;
    let last = roles.categories.last().map_or(0, |(at, _)| *at);
    for (at, field) in row.iter().enumerate().filter(|(_, field)| !field.text.trim().is_empty()) {
        let is_role = if many && at <= last {
            at == roles.term || roles.categories.binary_search_by_key(&at, |(other, _)| *other).is_ok()
        } else {
            has_role(at)
        };
        if is_role {
            continue;
        }
        match table.names.get(at).map(|name| name.to_lowercase()) {
            // above it the header has no name, though all other columns have one
            Some(name) if name.is_empty() && table.header.is_some() && at > 0 => extra(builder, term, field),
            // a score that is not the weight is told, not taken
            Some(name) if matches!(name.as_str(), "score" | "value" | "valence") => {
                table::append(&mut term.note, &format!("{name}: {}", field.text.trim()));
            }
            Some(name) => table::column(builder, term, &name, field),
            None => extra(builder, term, field),
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
fn mark(builder: &mut Builder, frame: usize, term: &Term, field: &Field, cells: Cells) -> bool {
    let text = field.text.trim();
    let lower = text.to_lowercase();
    if text.is_empty() {
        return false;
    }
    let name = builder.lexicon.frames[frame].name.to_lowercase();
    let denies = is_denial(&lower) || (cells == Cells::Marks && matches!(lower.as_str(), "n" | "f"));
    if denies && lower != name {
        return false;
    }
    if is_cross(&lower, &name) || (cells == Cells::Marks && matches!(lower.as_str(), "y" | "t")) {
        builder.foreign(frame, term.clone(), Wildcards::Trailing);
        return true;
    }
    let place = builder.place(field.line, field.column);
    let Some(number) = weight::read(text) else {
        let problem = Problem::error("table-mark", place, format!("`{text}` beside `{}`", term.text));
        builder.refuse(problem.expected("nothing, X, 1 or a weight"), &term.text);
        return true;
    };
    let weight = match cells {
        // below zero is the year in which the word was taken out
        Cells::Years if number.value <= 0 => return false,
        Cells::Years => None,
        Cells::Marks if number.value == 0 => return false,
        Cells::Marks | Cells::Weights => {
            rounded(builder, number, place, &term.text);
            Some(number.value)
        }
    };
    builder.foreign(frame, Term { weight: weight.or(term.weight), ..term.clone() }, Wildcards::Trailing);
    true
}

/// Reads a table with a column of words for each category.
pub(super) fn columns(mut builder: Builder, table: &Table) -> Result<Lexicon> {
    let (header, body) = match (&table.header, table.body.split_first()) {
        (Some(header), _) => (header, table.body.as_slice()),
        (None, Some((header, body))) => (header, body),
        (None, None) => return builder.finish(),
    };
    let frames: Vec<Option<usize>> = header
        .iter()
        .map(|field| (!field.text.trim().is_empty()).then(|| builder.child(None, field.text.trim(), field.line)))
        .collect();
    for row in body {
        for (at, field) in row.iter().enumerate().filter(|(_, field)| !field.text.trim().is_empty()) {
            let term = Term::new(field.text.trim(), field.line, field.column);
            match frames.get(at).copied().flatten() {
                Some(frame) => builder.foreign(frame, term, Wildcards::Both),
                None => extra(&mut builder, &term, field),
            }
        }
    }
    builder.finish()
}

/// Reads a table with a row of words for each category, whose name stands first.
pub(super) fn rows(mut builder: Builder, table: &Table) -> Result<Lexicon> {
    for row in table.header.iter().chain(&table.body) {
        let Some((first, words)) = row.split_first().filter(|(first, _)| !first.text.trim().is_empty()) else {
            let line = row.first().map_or(1, |field| field.line);
            let problem =
                Problem::error("entry-no-category", builder.place(line, 1), format!("row {line} has no category"));
            builder.refuse(problem.expected("the category, then its words"), "");
            continue;
        };
        let frame = builder.child(None, first.text.trim(), first.line);
        for field in words.iter().filter(|field| !field.text.trim().is_empty()) {
            builder.foreign(frame, Term::new(field.text.trim(), field.line, field.column), Wildcards::Both);
        }
    }
    builder.finish()
}
