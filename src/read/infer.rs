//! What a text says about itself: its outlet, date, title and address.
//!
//! In: an article whose metadata are thin. Out: one row for a sidecar, with how sure each cell is and the line it comes from.
//! Invariant: metadata that are there are kept; every inferred cell quotes its evidence.
//! It deliberately writes no file, detects no language and decides nothing: a person corrects the rows.

mod outlets;

use super::article::{Article, first_line_title, short};
use super::dates::{self, Date, DateOrder};
use super::paths::PathPattern;
use crate::text::{Language, csv};
use outlets::{looks_like_outlet, outlets};
use std::fmt;

/// How sure a cell is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Nothing was found.
    #[default]
    None,
    /// One of several readings.
    Guess,
    /// A line that is usually what it seems.
    Likely,
    /// A label says so, or the metadata do.
    Sure,
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Confidence::None => "none",
            Confidence::Guess => "guess",
            Confidence::Likely => "likely",
            Confidence::Sure => "sure",
        })
    }
}

/// A cell, how sure it is, and where it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell<T> {
    /// `None` where nothing was found.
    pub value: Option<T>,
    /// How sure.
    pub confidence: Confidence,
    /// `line 4: 06.01.2022 13:15`, `metadata`, or empty.
    pub evidence: String,
}

/// One row of a sidecar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The article's file.
    pub file: String,
    /// Who published it.
    pub outlet: Cell<String>,
    /// When.
    pub date: Cell<Date>,
    /// Under which title.
    pub title: Cell<String>,
    /// As the metadata say; the caller may put a detected language here.
    pub language: Option<Language>,
    /// Where.
    pub url: Cell<String>,
}

/// Lines at the top that are looked at.
const TOP_LINES: usize = 10;
/// Lines at the end.
const END_LINES: usize = 4;

/// A line of the top or the end.
struct Line<'a> {
    number: u32,
    text: &'a str,
    top: bool,
}

/// Infers the row of an article.
pub fn infer(article: &Article, order: Option<DateOrder>) -> Row {
    let lines = lines(article);
    let url = kept((!article.url.is_empty()).then(|| article.url.clone())).unwrap_or_else(|| best(urls(&lines)));
    let date = kept(article.date).unwrap_or_else(|| best(days(&lines, order)));
    let outlet = kept(article.outlet.clone()).unwrap_or_else(|| best(outlets(&lines, url.value.as_deref())));
    let title = title(article, &lines, outlet.value.as_deref(), order);
    Row { file: article.file.clone(), outlet, date, title, language: article.language, url }
}

/// Fills what the text does not say from the path. A guess from the text gives way to the path.
pub fn from_path(row: &mut Row, pattern: &PathPattern) {
    let says = pattern.read(&row.file);
    let evidence = format!("path: {}", pattern.written);
    if let Some(outlet) = says.part("outlet").filter(|_| row.outlet.confidence <= Confidence::Guess) {
        row.outlet = Cell { value: Some(outlet), confidence: Confidence::Likely, evidence: evidence.clone() };
    }
    let date = says.date().and_then(|date| dates::parse(&date, None).ok().flatten());
    if let Some(date) = date.filter(|_| row.date.confidence <= Confidence::Guess) {
        row.date = Cell { value: Some(date), confidence: Confidence::Likely, evidence };
    }
}

/// The rows as `articles.csv`. `confidence` is the lesser of outlet's and date's, so that a sort brings up what needs a person.
pub fn sidecar_csv(rows: &[Row]) -> String {
    let mut text = csv::row(["file", "outlet", "date", "title", "language", "url", "confidence", "evidence"]);
    for row in rows {
        let confidence = row.outlet.confidence.min(row.date.confidence);
        let mut evidence = Vec::new();
        let cells = [("outlet", &row.outlet.evidence), ("date", &row.date.evidence), ("title", &row.title.evidence)];
        for ((name, found), sure) in
            cells.iter().zip([row.outlet.confidence, row.date.confidence, row.title.confidence])
        {
            let found = if found.is_empty() { String::new() } else { format!(", {found}") };
            evidence.push(format!("{name} {sure}{found}"));
        }
        let fields = [
            row.file.clone(),
            row.outlet.value.clone().unwrap_or_default(),
            row.date.value.map(|date| date.to_string()).unwrap_or_default(),
            row.title.value.clone().unwrap_or_default(),
            row.language.map(|language| language.to_string()).unwrap_or_default(),
            row.url.value.clone().unwrap_or_default(),
            confidence.to_string(),
            evidence.join("; "),
        ];
        text.push_str(&csv::row(fields.iter().map(String::as_str)));
    }
    text
}

fn lines(article: &Article) -> Vec<Line<'_>> {
    let text =
        article.text.split('\n').enumerate().map(|(i, text)| (i as u32 + article.first_line.max(1), text.trim()));
    let filled: Vec<(u32, &str)> = text.filter(|(_, text)| !text.is_empty()).collect();
    let end = filled.len().saturating_sub(END_LINES).max(TOP_LINES.min(filled.len()));
    let top = filled.iter().take(TOP_LINES).map(|&(number, text)| Line { number, text, top: true });
    let bottom = filled[end..].iter().map(|&(number, text)| Line { number, text, top: false });
    top.chain(bottom).collect()
}

fn kept<T>(value: Option<T>) -> Option<Cell<T>> {
    value.map(|value| Cell { value: Some(value), confidence: Confidence::Sure, evidence: "metadata".to_string() })
}

/// A possible value and the line it comes from.
struct Candidate<T> {
    value: T,
    confidence: Confidence,
    evidence: String,
}

impl<T> Candidate<T> {
    fn new(value: T, confidence: Confidence, line: &Line<'_>) -> Candidate<T> {
        Candidate { value, confidence, evidence: format!("line {}: {}", line.number, short(line.text)) }
    }
}

/// The surest, and of those the first. Where another says otherwise with the same right, it is a guess.
fn best<T: PartialEq + fmt::Display>(candidates: Vec<Candidate<T>>) -> Cell<T> {
    let Some(confidence) = candidates.iter().map(|c| c.confidence).max() else {
        return Cell { value: None, confidence: Confidence::None, evidence: String::new() };
    };
    let mut equals = candidates.into_iter().filter(|c| c.confidence == confidence);
    let Some(first) = equals.next() else {
        return Cell { value: None, confidence: Confidence::None, evidence: String::new() };
    };
    match equals.find(|other| other.value != first.value) {
        None => Cell { value: Some(first.value), confidence, evidence: first.evidence },
        Some(other) => {
            let evidence = format!("{} (but {}: {})", first.evidence, other.value, other.evidence);
            Cell { value: Some(first.value), confidence: Confidence::Guess, evidence }
        }
    }
}

/// Words before a date or an outlet that say what follows.
const DATE_LABELS: &[&str] = &[
    "date",
    "published",
    "published on",
    "publication date",
    "posted",
    "posted on",
    "updated",
    "last updated",
    "on",
    "дата",
    "опубликовано",
    "обновлено",
    "data",
    "pubblicato",
    "pubblicato il",
    "aggiornato",
];
fn days(lines: &[Line<'_>], order: Option<DateOrder>) -> Vec<Candidate<Date>> {
    let mut candidates = Vec::new();
    for line in lines {
        if let Ok(Some(date)) = dates::parse(unlabelled(line.text), order) {
            let confidence = if line.top { Confidence::Sure } else { Confidence::Likely };
            candidates.push(Candidate::new(date, confidence, line));
            continue;
        }
        let Some((date, at)) = dates::find(line.text, order) else { continue };
        let before = line.text[..at.start].trim_end_matches([' ', ':', ',', '|', '(']).to_lowercase();
        let labelled = before.is_empty() || DATE_LABELS.iter().any(|label| before.ends_with(label));
        let published = ["publish", "posted", "url ", "опубликован", "pubblicat"].iter().any(|w| before.contains(w));
        let confidence = match (line.top, line.text.chars().count()) {
            (true, ..=80) => Confidence::Likely,
            (true, _) if labelled && before.chars().count() < 20 => Confidence::Likely,
            (false, _) if published => Confidence::Likely,
            (true, _) | (false, ..=80) => Confidence::Guess,
            (false, _) => continue,
        };
        candidates.push(Candidate::new(date, confidence, line));
    }
    candidates
}

/// A line without `Published on:` before its date.
fn unlabelled(line: &str) -> &str {
    let start = line.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    // A month name may stand before the first digit: a label is what ends in a colon or is known.
    if let Some((label, rest)) = line.split_once(':')
        && label.len() < start
    {
        return rest.trim();
    }
    let label = line[..start].trim().to_lowercase();
    if DATE_LABELS.contains(&label.as_str()) { &line[start..] } else { line }
}

fn urls(lines: &[Line<'_>]) -> Vec<Candidate<String>> {
    let mut candidates = Vec::new();
    for line in lines {
        let Some(start) = line.text.find("https://").or_else(|| line.text.find("http://")) else { continue };
        let end = line.text[start..].find(|c: char| c.is_whitespace() || matches!(c, '"' | ')' | '>' | '”' | '»'));
        let url = line.text[start..end.map_or(line.text.len(), |end| start + end)].trim_end_matches(['.', ',', ';']);
        let alone = line.text == url;
        let cues = ["published", "original", "source", "url", "оригинал", "источник", "fonte"];
        let before = line.text[..start].to_lowercase();
        let confidence = match () {
            () if cues.iter().any(|word| before.contains(word)) => Confidence::Likely,
            () if alone => Confidence::Likely,
            () => Confidence::Guess,
        };
        candidates.push(Candidate::new(url.to_string(), confidence, line));
    }
    candidates
}

fn title(article: &Article, lines: &[Line<'_>], outlet: Option<&str>, order: Option<DateOrder>) -> Cell<String> {
    // A title that is not the text's first line came from the metadata.
    if !article.title.is_empty() && article.title != first_line_title(&article.text) {
        return kept(Some(article.title.clone())).unwrap_or_default();
    }
    let candidates =
        lines.iter().filter(|line| line.top && Some(line.text) != outlet && !is_furniture(line.text, order));
    let mut below_prose = false;
    for line in candidates {
        let title = first_line_title(line.text);
        below_prose |= title.is_empty();
        if title.split_whitespace().count() < 2 || looks_like_outlet(line.text) {
            continue;
        }
        let sentence = title.ends_with('.') || title.chars().count() > 150;
        let confidence = if sentence || below_prose { Confidence::Guess } else { Confidence::Likely };
        let evidence = format!("line {}", line.number);
        return Cell { value: Some(title), confidence, evidence };
    }
    Cell { value: None, confidence: Confidence::None, evidence: String::new() }
}

fn is_furniture(line: &str, order: Option<DateOrder>) -> bool {
    let lower = line.to_lowercase();
    ["by ", "source:", "views:", "share", "read more", "selected news", "photo", "http"]
        .iter()
        .any(|start| lower.starts_with(start))
        || matches!(dates::parse(unlabelled(line), order), Ok(Some(_)))
}
