//! A concordance as a table for people, as CSV, as lines of JSON, as a page.
//!
//! Invariant: data are data in every form: no control character of a text reaches a terminal as it stands, no cell is a formula, no text
//! is mark-up.

use super::super::counted;
use super::Concordance;
use super::line::{COLUMNS, Column, Line};
use crate::aggregate::Cell;
use crate::report::{Sheet, page_text};
use crate::text::printable;
use clap::ValueEnum;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::{Map, Value};
use std::fmt::Write as _;

/// How a concordance or a list is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// For people, the hits below each other.
    #[default]
    Table,
    /// For spreadsheets.
    Csv,
    /// One JSON object per line.
    Jsonl,
    /// A page by itself.
    Html,
}

/// Characters of context on each side of a table.
const SIDE: usize = 44;

/// Characters of a hit in a table, at most; a longer one is shown whole all the same, its columns moved.
const HIT: usize = 24;

/// A row of cells as one object of JSON.
pub(in crate::inspect) fn json<'c>(cells: impl Iterator<Item = (&'c str, Cell<'c>)>) -> String {
    let value = |cell: Cell<'_>| match cell {
        Cell::Text(text) => Value::from(text),
        Cell::Integer(number) => number.into(),
        Cell::Real(number) => number.into(),
        Cell::Flag(flag) => flag.into(),
        Cell::Date(date) => date.to_string().into(),
        Cell::Missing => Value::Null,
    };
    let object: Map<String, Value> = cells.map(|(name, cell)| (name.to_string(), value(cell))).collect();
    Value::Object(object).to_string()
}

/// Rows of cells as CSV under their names, without the last end of line.
pub(in crate::inspect) fn csv<'c>(names: &[&str], rows: impl Iterator<Item = Vec<Cell<'c>>>) -> String {
    // memory takes all bytes
    let Ok(mut sheet) = Sheet::with_header(Vec::new(), names) else { return String::new() };
    for row in rows {
        let _ = sheet.row(&row);
    }
    let text = String::from_utf8(sheet.into_inner()).unwrap_or_default();
    text.trim_end_matches('\n').to_string()
}

impl Concordance {
    /// In a form; `colour` paints a table with terminal codes, and then its data are made visible here.
    pub fn text(&self, form: Form, colour: bool) -> String {
        match form {
            Form::Table => self.table(colour),
            Form::Csv => {
                let names = COLUMNS.map(|(name, _)| name);
                csv(&names, self.lines.iter().map(|line| COLUMNS.iter().map(|(_, cell)| cell(line)).collect()))
            }
            Form::Jsonl => {
                let line = |line: &Line| json(COLUMNS.iter().map(|(name, cell)| (*name, cell(line))));
                self.lines.iter().map(line).collect::<Vec<_>>().join("\n")
            }
            Form::Html => self.html(),
        }
    }

    /// How many there are, and how they were drawn: one sentence.
    pub fn sentence(&self) -> String {
        let (hits, articles) = (counted(self.hits, "hit"), counted(self.articles, "article"));
        let mut text = format!("{}: {hits} in {articles} of {}", self.term, self.among);
        if self.words > 0 {
            // the words are those that are counted, so the hits must be
            let hits = self.hits - self.uncounted;
            let rate = hits as f64 * 1000.0 / self.words as f64;
            let of = if self.uncounted > 0 { format!("{hits} of them counted, ") } else { String::new() };
            let _ = write!(text, ", {of}{rate:.3} per 1,000 words");
        }
        match self.lines.len() as u64 {
            shown if shown == self.hits => {}
            shown => {
                let _ = write!(text, "; {shown} drawn at random (seed {}), --all shows every one", self.seed);
            }
        }
        text
    }

    fn table(&self, colour: bool) -> String {
        let mut text = String::new();
        let hit = self.lines.iter().map(|line| line.hit.chars().count()).max().unwrap_or(0).min(HIT);
        let outlet = self.lines.iter().map(|line| line.outlet.chars().count()).max().unwrap_or(0);
        for line in &self.lines {
            let shown = |part: &str| printable(&one_line(part)).into_owned();
            let (left, right, found) = (shown(&line.left), shown(&line.right), shown(&line.hit));
            let found_wide = format!("{found:hit$}");
            let painted = if colour { format!("\u{1b}[1;33m{found_wide}\u{1b}[0m") } else { found_wide };
            let date = line.date.map_or_else(|| "–".to_string(), |date| date.to_string());
            let voice = if line.counted == "yes" { line.voice.name() } else { line.counted };
            let (name, at) = (shown(&line.outlet), shown(&line.at));
            let facts = format!("{voice:10}  {name:outlet$}  {date:10}  {at}");
            if self.sentence {
                let found = if colour { format!("\u{1b}[1;33m{found}\u{1b}[0m") } else { format!("[{found}]") };
                let gap = |side: &str| if side.is_empty() { "" } else { " " };
                let _ = writeln!(text, "{facts}\n    {left}{}{found}{}{right}", gap(&left), joint(&right));
            } else {
                let (left, right) = (end(&left, SIDE), beginning(&right, SIDE));
                let _ = writeln!(text, "{left:>SIDE$}  {painted}  {right:SIDE$}  {facts}");
            }
        }
        if !self.lines.is_empty() {
            text.push('\n');
        }
        text.push_str(&printable(&self.sentence()));
        text
    }

    fn html(&self) -> String {
        page_text(html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width";
                    title { (self.term) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    p { (self.sentence()) }
                    table {
                        thead { tr { @for (name, _) in COLUMNS { th { (name) } } } }
                        tbody { @for line in &self.lines { "\n" tr { @for column in COLUMNS { (html_cell(column, line)) } } } }
                    }
                }
            }
        })
    }
}

fn html_cell((name, cell): Column, line: &Line) -> Markup {
    let text = cell_text(cell(line));
    let is_address = name == "url" && (text.starts_with("https://") || text.starts_with("http://"));
    html! {
        @if name == "hit" { td.hit { mark { (text) } } }
        @else if is_address { td { a href=(text) { (text) } } }
        @else { td class=(name) { (text) } }
    }
}

const STYLE: &str = "body{font:15px/1.4 sans-serif;margin:1em}table{border-collapse:collapse}td,th{padding:.2em .5em;\
                     vertical-align:top;border-bottom:1px solid #ddd;text-align:left}td.left{text-align:right}td.hit\
                     {text-align:center;white-space:nowrap}mark{background:#ffe08a;font-weight:bold}";

fn cell_text(cell: Cell<'_>) -> String {
    match cell {
        Cell::Text(text) => text.to_string(),
        Cell::Integer(number) => number.to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::Real(_) | Cell::Flag(_) | Cell::Missing => String::new(),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A space before what follows a hit, unless that is punctuation.
fn joint(right: &str) -> &'static str {
    let is_close = right.starts_with(['.', ',', ';', ':', '!', '?', ')', '’', '”', '\'']);
    if right.is_empty() || is_close { "" } else { " " }
}

fn end(text: &str, most: usize) -> String {
    let length = text.chars().count();
    if length <= most {
        return text.to_string();
    }
    let tail: String = text.chars().skip(length - most + 1).collect();
    format!("…{tail}")
}

fn beginning(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_string();
    }
    let head: String = text.chars().take(most - 1).collect();
    format!("{head}…")
}
