//! A table of articles in HTML, as pandas and old exports to Excel write it.
//!
//! In: a page. Out: whether it is such a table, and its rows with commas.
//! Invariant: only a table whose first row names columns of articles, a text among them, is one; a table in an article stays in its article.
//! It deliberately reads tables of one header: others are told.

use super::Converted;
use crate::read::columns::{is_known_name, means_text};
use encoding_rs::Encoding;
use html5gum::{Token, Tokenizer};

/// A table: its rows, their cells.
pub(super) type Rows = Vec<Vec<String>>;

/// True where the head of a page shows a table of articles.
pub(crate) fn is_one(head: &str) -> bool {
    let is_table =
        |at: usize| head.as_bytes()[at + 1..].get(..5).is_some_and(|name| name.eq_ignore_ascii_case(b"table"));
    memchr::memchr_iter(b'<', head.as_bytes()).any(is_table) && tables(head).first().is_some_and(is_of_articles)
}

/// True where the first row names columns of articles, a text among them.
pub(super) fn is_of_articles(rows: &Rows) -> bool {
    let Some(names) = rows.first() else { return false };
    names.iter().any(|name| means_text(name)) && names.iter().filter(|name| is_known_name(name)).count() > 1
}

/// The rows with commas.
pub(super) fn csv(bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Result<Converted, String> {
    let source = crate::read::decode::text_of(bytes, declared)?;
    let tables = tables(&source);
    let Some(names) = tables.first().and_then(|rows| rows.first()) else { return Ok(Converted::default()) };
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let mut write = |row: &Vec<String>| writer.write_record(row).map_err(|error| error.to_string());
    write(names)?;
    let (like, unlike): (Vec<&Rows>, Vec<&Rows>) = tables.iter().partition(|rows| rows.first() == Some(names));
    like.iter().flat_map(|rows| rows.iter().skip(1)).try_for_each(&mut write)?;
    let others = unlike.iter().filter(|rows| rows.len() > 1).count();
    let notes = (others > 0).then(|| format!("{others} tables of the page have other columns and are not read"));
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    Ok(Converted { bytes, notes: notes.into_iter().collect(), ..Converted::default() })
}

/// The tables of a page.
fn tables(source: &str) -> Vec<Rows> {
    let mut tables: Vec<Rows> = Vec::new();
    let mut cell: Option<String> = None;
    for token in Tokenizer::new(source).flatten() {
        match token {
            Token::StartTag(tag) => match &tag.name[..] {
                b"table" => tables.push(Vec::new()),
                b"tr" => {
                    keep(&mut tables, &mut cell);
                    tables.last_mut().into_iter().for_each(|rows| rows.push(Vec::new()));
                }
                b"td" | b"th" => {
                    keep(&mut tables, &mut cell);
                    cell = Some(String::new());
                }
                b"br" | b"p" | b"div" => cell.iter_mut().for_each(|cell| cell.push('\n')),
                _ => {}
            },
            Token::EndTag(tag) => {
                if matches!(&tag.name[..], b"td" | b"th" | b"tr" | b"table") {
                    keep(&mut tables, &mut cell);
                }
            }
            Token::String(text) => {
                if let Some(cell) = &mut cell {
                    cell.push_str(&String::from_utf8_lossy(&text.value));
                }
            }
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    tables.iter_mut().for_each(|rows| rows.retain(|row| row.iter().any(|cell| !cell.is_empty())));
    tables.retain(|rows| !rows.is_empty());
    tables
}

/// Puts a cell that ends into its row.
fn keep(tables: &mut [Rows], cell: &mut Option<String>) {
    if let Some(cell) = cell.take()
        && let Some(row) = tables.last_mut().and_then(|rows| rows.last_mut())
    {
        row.push(cell.trim().to_string());
    }
}
