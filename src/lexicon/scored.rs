//! Word lists with scores: AFINN and its kin, VADER, NRC, SentiWS; and Hu and Liu's plain lists.
//!
//! In: text. Out: a lexicon of kind `sentiment` (NRC's word–emotion table: of kind `frames`).
//! Invariant: a phrase, an emoticon and a zero are entries; the raters' spread is kept where the file gives it.
//! It deliberately does not rescale: a weight is what the file says.

use super::build::{Builder, Term};
use super::delimited::{self, Field};
use super::model::{Kind, Lexicon};
use super::pattern::Wildcards;
use super::sniff::Format;
use super::{Options, lines, shapes, weight};
use crate::error::{Problem, Result, Severity};
use hashbrown::HashSet;

/// Reads any of these lists.
pub(super) fn read(file: &str, text: &str, format: Format, options: &Options) -> Result<Lexicon> {
    let mut builder = Builder::new(file, text, format, options);
    builder.lexicon.kind = Kind::Sentiment;
    if format == Format::HuLiu {
        list(&mut builder, text);
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
fn whole(builder: &mut Builder) -> usize {
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
            shapes::rounded(builder, number, place, &word);
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

/// One word a line, comments behind semicolons, a `*` inside a word is a letter. The comments or the name of the file say the sign.
fn list(builder: &mut Builder, text: &str) {
    let comments: String = lines::numbered(text)
        .map(|(_, line)| line)
        .filter(|line| line.starts_with(';'))
        .take(8)
        .collect::<Vec<_>>()
        .join(" ");
    let said = format!("{} {}", comments, builder.lexicon.name).to_lowercase();
    let sign = match (said.find("positive"), said.find("negative")) {
        (Some(positive), Some(negative)) => Some(positive < negative),
        (Some(_), None) => Some(true),
        (None, Some(_)) => Some(false),
        (None, None) => None,
    };
    let (frame, weight) = match sign {
        Some(true) => (builder.child(None, "positive", 1), Some(1000)),
        Some(false) => (builder.child(None, "negative", 1), Some(-1000)),
        None => (whole(builder), None),
    };
    if sign.is_none() {
        builder.lexicon.kind = Kind::Frames;
    }
    entries_of(builder, text, frame, weight);
}

/// The words of a list, and what its other lines are.
fn entries_of(builder: &mut Builder, text: &str, frame: usize, weight: Option<i32>) {
    let all: Vec<(u32, &str)> = lines::numbered(text).collect();
    let is_entry = |content: &str| !content.trim().is_empty() && !is_comment(content.trim());
    let first = all.iter().position(|(_, content)| is_entry(content)).unwrap_or(all.len());
    let is_hash = |content: &str| content.trim().starts_with('#') && is_comment(content.trim());
    // a comment between words may be a heading, and so may the last one above them
    let headings = all[first..].iter().any(|(_, content)| is_hash(content));
    let bullets = first < all.len()
        && all
            .iter()
            .filter(|(_, content)| is_entry(content))
            .all(|(_, content)| without_bullet(content.trim()).is_some());
    for (at, &(line, content)) in all.iter().enumerate() {
        let word = content.trim();
        if at == first && super::names::is_term(&super::names::normal(word)) {
            builder.row(line, word, "header");
        } else if is_comment(word) {
            builder.row(line, word, "comment");
            if headings && is_hash(word) && at + 1 >= first {
                let place = builder.place(line, 1);
                builder.remark("list-comments", Severity::Warning, place, word);
            }
        } else if !word.is_empty() {
            let word = if bullets { without_bullet(word).unwrap_or(word) } else { word };
            let column = content.find(word).map_or(0, |at| content[..at].chars().count()) as u32 + 1;
            builder.foreign(frame, Term { weight, ..Term::new(word, line, column) }, Wildcards::Ends);
        }
    }
}

fn is_comment(line: &str) -> bool {
    line.starts_with(';') || line.starts_with("# ") || line.starts_with("## ")
}

/// A line without its bullet or number, as in Markdown: `* war`, `2. peace talks`.
fn without_bullet(line: &str) -> Option<&str> {
    let (mark, rest) = line.split_once(char::is_whitespace)?;
    let number = |mark: &str| !mark.is_empty() && mark.bytes().all(|b| b.is_ascii_digit());
    let is_mark =
        matches!(mark, "*" | "-" | "+" | "•" | "–" | "·") || mark.strip_suffix(['.', ')']).is_some_and(number);
    is_mark.then_some(rest.trim_start())
}
