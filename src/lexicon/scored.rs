//! Word lists with scores: AFINN and its kin, VADER, NRC, SentiWS.
//!
//! In: text. Out: a lexicon of kind `sentiment` (NRC's word–emotion table: of kind `frames`).
//! Invariant: a phrase, an emoticon and a zero are entries; the raters' spread is kept where the file gives it.
//! It deliberately does not rescale: a weight is what the file says.

use super::build::{Builder, Term};
use super::delimited::{self, Field};
use super::model::{Kind, Lexicon};
use super::pattern::Wildcards;
use super::sniff::Format;
use super::{Options, lists, shaped_table, weight};
use crate::error::{Problem, Result, Severity};
use hashbrown::HashSet;

/// Reads any of these lists.
pub(super) fn read(file: &str, text: &str, format: Format, options: &Options) -> Result<Lexicon> {
    let mut builder = Builder::new(file, text, format, options);
    builder.lexicon.kind = Kind::Sentiment;
    if format == Format::HuLiu {
        lists::read(&mut builder, text);
        return builder.finish();
    }
    let (rows, _) = delimited::rows(text, '\t', false);
    match format {
        Format::Vader => vader(&mut builder, &rows),
        Format::NrcEmotion => emotions(&mut builder, &rows),
        Format::NrcVad => dimensions(&mut builder, &rows),
        _ => sentiws(&mut builder, &rows),
    }
    builder.finish()
}

fn cell(row: &[Field], at: usize) -> &str {
    row.get(at).map_or("", |field| field.text.trim())
}

fn term(row: &[Field], at: usize) -> Term {
    row.get(at).map_or_else(Term::default, |field| Term::new(field.text.trim(), field.line, field.column))
}

/// The frame that holds a whole list is called as the file is.
pub(super) fn whole(builder: &mut Builder) -> usize {
    let name = builder.lexicon.name.clone();
    builder.child(None, &name, 1)
}

/// A number of a row; text that is none is an error.
fn number(builder: &mut Builder, row: &[Field], at: usize) -> Option<i32> {
    let field = row.get(at).or(row.last())?;
    let place = builder.place(field.line, field.column);
    let word = cell(row, 0).to_string();
    match weight::read(cell(row, at)) {
        Some(number) => {
            shaped_table::rounded(builder, number, place, &word);
            Some(number.value)
        }
        None => {
            let problem = Problem::error("weight-bad", place, format!("`{}` beside `{word}`", cell(row, at)));
            builder.refuse(problem.expected("a number such as -1.5"), &word);
            None
        }
    }
}

/// Lines before the first that looks like data: a title, a header.
fn headless<'r>(builder: &mut Builder, rows: &'r [Vec<Field>], is_data: impl Fn(&[Field]) -> bool) -> &'r [Vec<Field>] {
    let start = rows.iter().position(|row| is_data(row)).unwrap_or(0);
    for row in &rows[..start] {
        let text = row.iter().map(|field| field.text.as_str()).collect::<Vec<_>>().join(" ");
        let line = row.first().map_or(1, |field| field.line);
        builder.row(line, &text, "header");
    }
    &rows[start..]
}

/// `token⇥mean⇥sd⇥[ratings]`. VADER looks up the lower-cased token: a key with capitals beside its lower-case twin is never reached.
fn vader(builder: &mut Builder, rows: &[Vec<Field>]) {
    let keys: HashSet<&str> = rows.iter().map(|row| cell(row, 0)).collect();
    let frame = whole(builder);
    for row in rows {
        let Some(score) = number(builder, row, 1) else { continue };
        let word = cell(row, 0);
        let lower = word.to_lowercase();
        let mut found = Term { weight: Some(score), ..term(row, 0) };
        found.sd = weight::read(cell(row, 2)).map(|sd| sd.value);
        found.note = if cell(row, 3).is_empty() { String::new() } else { format!("ratings {}", cell(row, 3)) };
        if lower != word && keys.contains(lower.as_str()) {
            let place = builder.place(found.line, found.column);
            builder.remark("entry-never-reached", Severity::Warning, place, word);
            found.unmatchable = true;
        }
        builder.foreign(frame, found, Wildcards::None);
    }
}

/// `word⇥category⇥0|1`: ones are entries; a fraction is an intensity.
fn emotions(builder: &mut Builder, rows: &[Vec<Field>]) {
    builder.lexicon.kind = Kind::Frames;
    let body = headless(builder, rows, |row| row.len() >= 3 && weight::read(cell(row, 2)).is_some());
    let mut zeros = 0usize;
    for row in body {
        let line = row.first().map_or(1, |field| field.line);
        let category = cell(row, 1);
        let Some(score) = number(builder, row, 2) else { continue };
        if category.is_empty() {
            let problem = Problem::error("entry-no-category", builder.place(line, 1), format!("`{}`", cell(row, 0)));
            builder.refuse(problem.expected("word⇥category⇥0 or 1"), cell(row, 0));
            continue;
        }
        let frame = builder.category(category, line);
        if score == 0 {
            zeros += 1;
        } else {
            builder.foreign(frame, Term { weight: Some(score), ..term(row, 0) }, Wildcards::Ends);
        }
    }
    if zeros > 0 {
        builder.row(1, "", format!("{zeros} lines of 0 say that a word is not in a category"));
    }
}

/// `word⇥valence⇥arousal⇥dominance`.
fn dimensions(builder: &mut Builder, rows: &[Vec<Field>]) {
    let body = headless(builder, rows, |row| row.len() >= 4 && weight::read(cell(row, 1)).is_some());
    let frames = ["valence", "arousal", "dominance"].map(|name| builder.child(None, name, 1));
    for row in body {
        for (at, frame) in frames.into_iter().enumerate() {
            if let Some(score) = number(builder, row, at + 1) {
                builder.foreign(frame, Term { weight: Some(score), ..term(row, 0) }, Wildcards::Ends);
            }
        }
    }
}

/// `Lemma|POS⇥weight⇥inflection,inflection`.
fn sentiws(builder: &mut Builder, rows: &[Vec<Field>]) {
    let frame = whole(builder);
    for row in rows {
        let Some(score) = number(builder, row, 1) else { continue };
        let found = term(row, 0);
        let (lemma, class) = found.text.split_once('|').unwrap_or((&found.text, ""));
        let note = class.to_string();
        builder.foreign(
            frame,
            Term { weight: Some(score), note, text: lemma.to_string(), ..found.clone() },
            Wildcards::Ends,
        );
        for form in cell(row, 2).split(',').map(str::trim).filter(|form| !form.is_empty() && *form != lemma) {
            let note = format!("{class} form of {lemma}");
            let column = row[2].column;
            builder.foreign(
                frame,
                Term { weight: Some(score), note, column, text: form.to_string(), ..found.clone() },
                Wildcards::Ends,
            );
        }
    }
}
