//! Rows in a file whose name does not say that it is a table, and that has no names of columns: lines with as many tabs each.
//!
//! In: the head of a text. Out: the shape of the table, where one field tells the rows apart and another is a text.
//! Invariant: what is said in turns (`ANN<TAB>Good evening.`) is no table: its first field comes again.
//! It deliberately asks for numbers, days or addresses: of other lines nobody knows whether each is an article.

use crate::read::dates;
use crate::read::header::{self, Shape};
use std::collections::BTreeSet;

/// Rows that are enough to see that they agree.
const ROWS: usize = 3;
/// Letters of a text, on average.
const LONG: usize = 40;

pub(super) fn shape(text: &[u8]) -> Option<Shape> {
    let head = String::from_utf8_lossy(text);
    let mut lines: Vec<&str> = head.lines().filter(|line| !line.trim().is_empty()).collect();
    // the head may end inside a row
    if !head.ends_with(['\n', '\r']) && lines.len() > ROWS {
        lines.pop();
    }
    let rows: Vec<Vec<&str>> = lines.iter().map(|line| line.split('\t').collect()).collect();
    let width = rows.first()?.len();
    if width < 2 || rows.len() < ROWS || rows.iter().any(|row| row.len() != width) {
        return None;
    }
    let column = |i: usize| rows.iter().map(move |row| row[i].trim());
    let letters = |i: usize| column(i).map(|cell| cell.chars().count()).sum::<usize>() / rows.len();
    let has_text =
        (0..width).any(|i| letters(i) >= LONG && column(i).all(|cell| cell.contains(' ') || cell.is_empty()));
    // in two columns, days and years are those of a chronology, and `1.` counts the paragraphs of one text
    let is_list =
        |i: usize| is(column(i), is_counted) || is(column(i), is_clock) || width == 2 && is(column(i), is_year);
    let tells_apart = |i: usize| {
        let distinct: BTreeSet<&str> = column(i).collect();
        let is_name = is(column(i), is_number) && !is_list(i) || is(column(i), is_address);
        distinct.len() == rows.len() && is_name || width > 2 && is(column(i), is_day)
    };
    if !has_text || !(0..width).any(tells_apart) {
        return None;
    }
    Some(header::shape(text, true, false)).filter(|shape| !shape.by_content.is_empty())
}

fn is<'c>(mut cells: impl Iterator<Item = &'c str>, kind: fn(&str) -> bool) -> bool {
    cells.all(kind)
}

/// `17`, `doc17`
fn is_number(cell: &str) -> bool {
    !cell.contains(' ') && cell.contains(|c: char| c.is_ascii_digit())
}

/// `1.`, `2)`
fn is_counted(cell: &str) -> bool {
    let number = cell.trim_start_matches('(').trim_end_matches(['.', ')']);
    number.len() < cell.len() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

fn is_clock(cell: &str) -> bool {
    cell.len() < 9
        && cell.contains([':', 'h'])
        && cell.bytes().all(|byte| byte.is_ascii_digit() || b":h".contains(&byte))
}

fn is_year(cell: &str) -> bool {
    cell.len() == 4 && cell.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_address(cell: &str) -> bool {
    cell.starts_with("http")
}

fn is_day(cell: &str) -> bool {
    cell.len() > 5 && matches!(dates::parse(cell, Some(dates::DateOrder::DayFirst)), Ok(Some(_)))
}
