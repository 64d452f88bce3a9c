//! What the columns of a table without names hold.
//!
//! In: the rows of a head. Out: a role for each column whose cells tell it.
//! Invariant: the longest words are the text; an outlet comes again, a title does not.
//! It deliberately looks at no single cell: all of a column have to agree.

use super::{Row, is_date, is_formal};
use crate::read::columns::Role;
use crate::text::Language;
use std::collections::BTreeSet;

/// Which column of a table without names holds what.
pub(super) fn by_content(rows: &[Row], width: usize) -> Vec<(Role, usize)> {
    let rows: Vec<&Row> = rows.iter().filter(|row| row.cells.len() == width).collect();
    let cells = |i: usize| cells(&rows, i);
    let length = |i: usize| cells(i).map(|cell| cell.chars().count()).sum::<usize>() / rows.len().max(1);
    let mut found = Vec::new();
    // addresses and numbers may be long, and are no text
    let words = |i: usize| cells(i).map(|cell| cell.split_whitespace().count()).sum::<usize>();
    let is_text = |i: &usize| words(*i) * 2 >= cells(*i).count() * 3 && !cells(*i).all(is_formal);
    let texts = (0..width).filter(is_text);
    let Some(text) = texts.max_by_key(|&i| (length(i), std::cmp::Reverse(i))) else { return found };
    found.push((Role::Text, text));
    let day = |i: usize| cells(i).next().is_some() && cells(i).all(|cell| is_date(cell) && cell.len() > 5);
    let date = (0..width).find(|&i| i != text && day(i));
    found.extend(date.map(|i| (Role::Date, i)));
    let address = (0..width).find(|&i| cells(i).next().is_some() && cells(i).all(|cell| cell.starts_with("http")));
    found.extend(address.map(|i| (Role::Url, i)));
    // neither codes of languages nor numbers of texts (`doc17`) are names of outlets
    let language = (0..width).find(|&i| cells(i).next().is_some() && cells(i).all(is_language));
    found.extend(language.map(|i| (Role::Language, i)));
    let is_taken = |i: usize| found.iter().any(|(_, taken)| *taken == i);
    let numbers_texts = |i: usize| cells(i).count() > 2 && all_differ(&rows, i) && cells(i).all(is_id);
    let id = (0..width).find(|&i| !is_taken(i) && numbers_texts(i));
    found.extend(id.map(|i| (Role::Id, i)));
    let outlet = outlet_column(&rows, width, &found);
    let title = title_column(&rows, width, &found, outlet);
    found.extend(outlet.filter(|_| title != outlet).map(|i| (Role::Outlet, i)));
    found.extend(title.map(|i| (Role::Title, i)));
    found
}

/// `en`
fn is_language(cell: &str) -> bool {
    cell.len() == 2 && cell.bytes().all(|byte| byte.is_ascii_lowercase()) && Language::parse(cell).is_some()
}

/// `doc17`, `2021-a3`
fn is_id(cell: &str) -> bool {
    let has = |is: fn(char) -> bool| cell.contains(is);
    has(|c| c.is_ascii_digit()) && has(char::is_alphabetic) && !has(char::is_whitespace) && !is_formal(cell)
}

/// The cells of a column of a table without names, those that hold something.
fn cells<'r>(rows: &'r [&Row], i: usize) -> impl Iterator<Item = &'r str> + Clone {
    rows.iter().map(move |row| row.cells[i].as_str()).filter(|cell| !cell.is_empty())
}

/// A column of names: of several, one in which a name comes again.
fn outlet_column(rows: &[&Row], width: usize, found: &[(Role, usize)]) -> Option<usize> {
    let words = |i: usize| cells(rows, i).map(|cell| cell.split_whitespace().count()).max().unwrap_or(0);
    let is_free = |i: &usize| !found.iter().any(|(_, taken)| taken == i);
    let is_name = |i: &usize| words(*i) <= 5 && cells(rows, *i).any(|cell| cell.contains(char::is_alphabetic));
    let names: Vec<usize> = (0..width).filter(is_free).filter(is_name).collect();
    names.iter().copied().find(|&i| !all_differ(rows, i)).or_else(|| names.first().copied())
}

/// A column of words before which none says who published: every cell is another, and most are of several words.
fn title_column(rows: &[&Row], width: usize, found: &[(Role, usize)], outlet: Option<usize>) -> Option<usize> {
    /// The longest title; and so many rows show that no outlet comes again.
    const WORDS: usize = 30;
    const ROWS: usize = 4;
    let count = |cell: &str| cell.split_whitespace().count();
    let is_title = |i: &usize| {
        let taken = found.iter().any(|(_, taken)| taken == i);
        let (all, several) = (cells(rows, *i).count(), cells(rows, *i).filter(|cell| count(cell) > 1).count());
        let fits = several * 2 > all && cells(rows, *i).all(|cell| count(cell) <= WORDS && !is_formal(cell));
        let is_outlet = Some(*i) == outlet;
        !taken && fits && all_differ(rows, *i) && (!is_outlet || all >= ROWS)
    };
    (0..width).find(is_title)
}

fn all_differ(rows: &[&Row], i: usize) -> bool {
    let distinct: BTreeSet<&str> = cells(rows, i).collect();
    distinct.len() == cells(rows, i).count()
}
