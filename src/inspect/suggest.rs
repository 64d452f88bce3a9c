//! Candidates for a lexicon, and doubtful entries, as a table for people, as CSV, as lines of JSON.
//!
//! In: what `suggest` found. Out: text; a lexicon with what was accepted.
//! Invariant: a file is written whole or not at all, and only the lexicon that was named.

use super::Finding;
use super::convert::put;
use super::kwic::{Form, csv, json};
use crate::aggregate::Cell;
use crate::disk;
use crate::error::{Place, Problem, Result};
use crate::read::Date;
use crate::results::decimal;
use crate::suggest::{DropReason, Dropped, Suggestion, Suggestions, TRIED, accept};
use crate::text::{encoding, several};
use std::fmt::Write as _;

/// A lexicon and a table of candidates have so many bytes at most.
const LONGEST: u64 = 1 << 28;

/// The columns of candidates; `accept` is for a person.
const COLUMNS: [&str; 19] = [
    "frame",
    "entry",
    "accept",
    "note",
    "why",
    "hits",
    "articles",
    "outlets",
    "sentences",
    "sentences_of_frame",
    "z",
    "stability",
    "expected_precision",
    "coded_right",
    "coded",
    "nearest",
    "example_1",
    "example_2",
    "example_3",
];

/// What is written into the lexicon beside a candidate.
fn note(row: &Suggestion) -> String {
    format!("suggested by {}: {} in {}", row.why, several(row.hits, "hit"), several(row.articles, "article"))
}

fn cells<'r>(row: &'r Suggestion, note: &'r str) -> Vec<Cell<'r>> {
    let number = |n: u64| Cell::Integer(n as i64);
    let real = |x: Option<f64>| x.map_or(Cell::Missing, Cell::Real);
    let text = |text: &'r str| if text.is_empty() { Cell::Missing } else { Cell::Text(text) };
    let example = |i: usize| row.examples.get(i).map_or(Cell::Missing, |text| Cell::Text(text));
    vec![
        Cell::Text(&row.frame),
        Cell::Text(&row.entry),
        Cell::Missing,
        Cell::Text(note),
        Cell::Text(&row.why),
        number(row.hits),
        number(row.articles),
        number(row.outlets),
        number(row.sentences.0),
        number(row.sentences.1),
        real(row.z),
        real(row.stability),
        real(row.expected_precision.value()),
        row.coded.map_or(Cell::Missing, |(right, _)| number(right)),
        row.coded.map_or(Cell::Missing, |(_, all)| number(all)),
        text(&row.nearest),
        example(0),
        example(1),
        example(2),
    ]
}

/// Candidates in a form; a page there is none of.
pub fn suggestions_text(found: &Suggestions, form: Form) -> String {
    let notes: Vec<String> = found.rows.iter().map(note).collect();
    let rows = || found.rows.iter().zip(&notes).map(|(row, note)| cells(row, note));
    match form {
        Form::Csv => csv(&COLUMNS, rows()),
        Form::Jsonl => rows().map(|cells| json(COLUMNS.into_iter().zip(cells))).collect::<Vec<_>>().join("\n"),
        Form::Table | Form::Html => table(found),
    }
}

/// What was looked at, and what coded texts say: a few sentences.
pub fn suggestions_summary(found: &Suggestions) -> String {
    let mut text = format!(
        "{} for {} in {} of {}; read their sentences before you accept one",
        several(found.rows.len(), "candidate"),
        found.lexicon,
        several(found.sentences, "sentence"),
        several(found.articles, "article")
    );
    let shown = |x: crate::statistics::Measured| match (x.value(), x.why()) {
        (Some(x), _) => format!("{x:.3}"),
        (None, why) => why.map_or(String::new(), |why| why.phrase().to_string()),
    };
    for gain in &found.gains {
        let (texts, coded) = gain.texts;
        let [before, after, whole] = [gain.before, gain.after, gain.whole].map(shown);
        let _ = write!(
            text,
            "\n{}: AUC {before}, with the {TRIED} words that tell best {after}, {whole} if these count alike in short and long texts (cross-validated; {coded} of {texts} texts coded)",
            gain.frame
        );
    }
    let both = |of: fn(&crate::suggest::Gain) -> crate::statistics::Measured| -> Option<f64> {
        let values: Vec<f64> = found.gains.iter().filter_map(|gain| of(gain).value()).collect();
        (values.len() > 1).then(|| values.iter().sum::<f64>() / values.len() as f64)
    };
    if let (Some(before), Some(after), Some(whole)) =
        (both(|gain| gain.before), both(|gain| gain.after), both(|gain| gain.whole))
    {
        let _ = write!(text, "\nmean AUC {before:.3}, with such words {after:.3} or {whole:.3}");
    }
    text
}

fn table(found: &Suggestions) -> String {
    let mut text = String::new();
    for rows in found.rows.chunk_by(|a, b| a.frame == b.frame) {
        let _ = writeln!(text, "{}", rows[0].frame);
        let _ = writeln!(
            text,
            "  {:28} {:>7} {:>8} {:>7} {:>7} {:>6} {:>9}  {:24} nearest",
            "entry", "hits", "articles", "outlets", "z", "stable", "precision", "by"
        );
        for row in rows {
            let real = |x: Option<f64>, digits: usize| x.map_or("–".to_string(), |x| format!("{x:.digits$}"));
            let expected = match (row.expected_precision.value(), row.expected_precision.why()) {
                (Some(x), _) => format!("{x:.2}"),
                (None, why) => why.map_or(String::new(), |why| why.phrase().to_string()),
            };
            let _ = writeln!(
                text,
                "  {:28} {:>7} {:>8} {:>7} {:>7} {:>6} {expected:>9}  {:24} {}",
                row.entry,
                row.hits,
                row.articles,
                row.outlets,
                real(row.z, 1),
                real(row.stability, 2),
                row.why,
                row.nearest
            );
            row.examples.iter().for_each(|example| _ = writeln!(text, "      {}", cut(example)));
        }
        text.push('\n');
    }
    text + &suggestions_summary(found)
}

fn cut(text: &str) -> String {
    const MOST: usize = 160;
    if text.chars().count() <= MOST { text.to_string() } else { text.chars().take(MOST - 1).chain(['…']).collect() }
}

/// Adds the accepted rows of a table to a lexicon.
///
/// # Errors
/// As of [`accept`]; a file that cannot be read or written.
pub fn accept_suggestions(file: &str, table: &str, added: &str) -> Result<Finding> {
    let unreadable = |path: &str, error: std::io::Error| {
        let problem = Problem::error("file-unreadable", Place::file(path), format!("cannot be read: {error}"));
        let hint = match crate::lexicon::shipped(path) {
            Some(_) => "shipped lexicons cannot be changed: make a copy with `framescope lexicon convert`",
            None => "give a file that is there and can be read",
        };
        crate::error::Error::from(problem.hint(hint))
    };
    let day = Date::iso(added).ok_or_else(|| {
        Problem::error("date-bad", Place::file("--added"), format!("`{added}`")).expected("a day such as 2022-01-31")
    })?;
    let text = disk::read_text(file.as_ref(), LONGEST).map_err(|error| unreadable(file, error))?;
    let rows = disk::read_regular(table.as_ref(), LONGEST).map_err(|error| unreadable(table, error))?;
    // spreadsheets have encodings of their own
    let rows = encoding::decode(&rows, None).text;
    let done = accept(file, &text, (table, &rows), &day.to_string())?;
    if !done.added.is_empty() {
        put(file, &done.text, true)?;
    }
    let list = |entries: &[(String, String)]| -> String {
        entries.iter().map(|(frame, entry)| format!("\n  {frame}: {entry}")).collect()
    };
    let mut said = format!("{file}: {} added{}", several(done.added.len(), "entry"), list(&done.added));
    if !done.existing.is_empty() {
        let _ = write!(said, "\nthere already:{}", list(&done.existing));
    }
    Ok(Finding { text: said, needs_decision: false })
}

/// Doubtful entries in a form.
pub fn dropped_text(found: &[Dropped], form: Form) -> String {
    const NAMES: [&str; 5] = ["frame", "entry", "at", "hits", "reasons"];
    let reasons: Vec<String> =
        found.iter().map(|of| of.reasons.iter().map(reason).collect::<Vec<_>>().join("; ")).collect();
    let rows = || {
        found.iter().zip(&reasons).map(|(of, reasons)| {
            let hits = Cell::Integer(of.hits as i64);
            vec![Cell::Text(&of.frame), Cell::Text(&of.entry), Cell::Text(&of.at), hits, Cell::Text(reasons)]
        })
    };
    match form {
        Form::Csv => csv(&NAMES, rows()),
        Form::Jsonl => rows().map(|cells| json(NAMES.into_iter().zip(cells))).collect::<Vec<_>>().join("\n"),
        Form::Table | Form::Html => {
            let line = |(of, reasons): (&Dropped, &String)| {
                format!("{}: {}: {} ({}): {reasons}\n", of.at, of.frame, of.entry, several(of.hits, "hit"))
            };
            let lines: String = found.iter().zip(&reasons).map(line).collect();
            format!(
                "{lines}{}; read their hits with `framescope kwic` before you drop one",
                several(found.len(), "doubtful entry")
            )
        }
    }
}

fn reason(reason: &DropReason) -> String {
    match reason {
        DropReason::Precision(right, checked) => format!("precision {right}/{checked} by hand"),
        DropReason::OneArticle(most, all) => format!("{most} of {all} hits in one article"),
        DropReason::OneOutlet(outlet, most, all) => format!("{most} of {all} hits in {outlet}"),
        DropReason::Company(near, expected) => {
            format!(
                "only {near} hits near another entry of the frame; expected precision {}",
                decimal((expected * 100.0).round() / 100.0)
            )
        }
    }
}
