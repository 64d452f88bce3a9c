//! Articles from the rows of a table, whatever the table is written in.
//!
//! In: [`Records`], one row at a time, and the [`Layout`] of their columns. Out: drafts of articles, and problems.
//! Invariant: a row is either an article or a problem; only the cells that are kept are copied.
//! It deliberately keeps one row in memory.

use super::Item;
use super::article::{Desk, Draft};
use super::columns::{Layout, Role};
use super::decode::{Odd, decode_cell};
use super::source::MAX_ARTICLE_BYTES;
use crate::error::{Place, Problem};
use std::collections::VecDeque;

/// What a table has next.
pub(crate) enum Step {
    /// A row; its cells can be asked for.
    Row,
    /// A row that cannot be read; the table goes on.
    Bad(Problem),
    /// The table cannot be read any further.
    Broken(Problem),
    /// No more rows.
    End,
}

/// A table, one row at a time.
pub(crate) trait Records {
    /// The column names, distinct.
    fn names(&self) -> &[String];
    /// Goes to the next row.
    fn advance(&mut self) -> Step;
    /// A cell of the row; `None` where the table says that there is nothing.
    fn cell(&self, column: usize) -> Option<&[u8]>;
    /// Line, from 1, on which the row starts; the row's number where the format has no lines.
    fn line(&self) -> u32;
    /// What is to be said about the row besides.
    fn remark(&mut self) -> Option<Problem> {
        None
    }
}

/// An open table.
pub(crate) struct Table {
    records: Box<dyn Records + Send>,
    layout: Layout,
    /// Column of the table, and its place among the corpus's further columns.
    others: Vec<(usize, usize)>,
    others_total: usize,
    file: String,
    stem: String,
    /// How many articles or bad rows it gave.
    pub rows: u64,
    odd_cell_seen: bool,
    /// Kept between rows, so that a plain cell costs no search for its size.
    other: Vec<Option<String>>,
}

impl Table {
    pub(crate) fn new(
        records: Box<dyn Records + Send>,
        layout: Layout,
        file: &str,
        stem: &str,
        all: &[String],
    ) -> Table {
        let names = records.names();
        let slot = |&column: &usize| {
            let at = all.iter().position(|name| Some(name) == names.get(column))?;
            Some((column, at))
        };
        let others = layout.others.iter().filter_map(slot).collect();
        Table {
            others,
            others_total: all.len(),
            records,
            layout,
            file: file.to_string(),
            stem: stem.to_string(),
            rows: 0,
            odd_cell_seen: false,
            other: Vec::new(),
        }
    }

    /// Takes one row to the desk; false where the table ends.
    pub(crate) fn step(&mut self, desk: &mut Desk, out: &mut VecDeque<Item>) -> bool {
        match self.records.advance() {
            Step::End => return false,
            Step::Broken(problem) => {
                out.push_back(Item::Problem(problem));
                return false;
            }
            Step::Bad(problem) => out.push_back(Item::Problem(problem)),
            Step::Row => self.row(desk, out),
        }
        self.rows += 1;
        true
    }

    fn row(&mut self, desk: &mut Desk, out: &mut VecDeque<Item>) {
        let line = self.records.line();
        out.extend(self.records.remark().map(Item::Problem));
        let text_bytes = self.layout.column(Role::Text).and_then(|c| self.records.cell(c)).map_or(0, <[u8]>::len);
        if text_bytes as u64 > MAX_ARTICLE_BYTES {
            out.push_back(Item::Problem(too_large(Place::line(self.file.as_str(), line))));
            return;
        }
        let text = self.text(out);
        self.other.resize(self.others_total, None);
        for i in 0..self.others.len() {
            let (column, slot) = self.others[i];
            self.other[slot] = self.small(column, out);
        }
        let draft = Draft {
            id: self.role(Role::Id, out),
            fallback_id: format!("{}:{line}", self.stem),
            outlet: self.role(Role::Outlet, out),
            date: self.role(Role::Date, out),
            title: self.role(Role::Title, out),
            language: self.role(Role::Language, out),
            url: self.role(Role::Url, out),
            text,
            text_offset: 0,
            first_line: 1,
            file: self.file.clone(),
            record: Some(line),
            other: std::mem::take(&mut self.other),
            metadata: None,
        };
        desk.receive(draft, out);
    }

    fn text(&mut self, out: &mut VecDeque<Item>) -> String {
        let Some(column) = self.layout.column(Role::Text) else { return String::new() };
        let Some(cell) = self.records.cell(column) else { return String::new() };
        let (text, odd) = decode_cell(cell);
        self.note_odd(odd, column, out);
        text
    }

    fn role(&mut self, role: Role, out: &mut VecDeque<Item>) -> Option<String> {
        self.small(self.layout.column(role)?, out)
    }

    /// A cell without its outer white space; `None` where nothing is left.
    fn small(&mut self, column: usize, out: &mut VecDeque<Item>) -> Option<String> {
        let (text, odd) = decode_cell(self.records.cell(column)?);
        self.note_odd(odd, column, out);
        let trimmed = text.trim();
        match trimmed.len() {
            0 => None,
            len if len == text.len() => Some(text),
            _ => Some(trimmed.to_string()),
        }
    }

    /// Once a file is enough.
    fn note_odd(&mut self, odd: Option<Odd>, column: usize, out: &mut VecDeque<Item>) {
        let Some(odd) = odd else { return };
        if std::mem::replace(&mut self.odd_cell_seen, true) {
            return;
        }
        let name = self.records.names().get(column).map_or("?", String::as_str);
        let place = Place::line(self.file.as_str(), self.records.line());
        out.push_back(Item::Problem(not_utf8(
            place,
            odd,
            &format!(", in column `{name}` of the record that starts here"),
        )));
    }
}

/// The note for text that is read as windows-1252, or the warning where that looks wrong.
pub(crate) fn not_utf8(place: Place, odd: Odd, whereabouts: &str) -> Problem {
    let found = format!("byte 0x{:02X} is not UTF-8{whereabouts}; read as windows-1252", odd.byte);
    if odd.doubtful {
        return Problem::warning("encoding-doubtful", place, format!("{found}, which looks wrong"))
            .hint("convert the file first, for example: iconv -f WINDOWS-1251 -t UTF-8");
    }
    Problem::note("encoding-guessed", place, found)
}

/// The error for what no span could count.
pub(crate) fn too_large(place: Place) -> Problem {
    Problem::error("article-too-large", place, "an article or record of more than 1 GiB is not read")
        .hint("is a quotation mark never closed, or a whole collection in one file?")
}
