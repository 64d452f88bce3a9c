//! Articles from the rows of a table, whatever the table is written in.
//!
//! In: [`Records`], one row at a time, and the [`Layout`] of their columns. Out: drafts of articles, and problems.
//! Invariant: a row is either an article or a problem; only the cells that are kept are copied.
//! It deliberately keeps one row in memory.

mod parts;
mod totals;

use super::article::{ArticleBuilder, Draft};
use super::asides::Aside;
use super::cells::RawCell;
use super::columns::{Layout, Role};
use super::decode::{InvalidByte, decode_cell};
use super::files::InputFile;
use super::mark::Within;
use super::missing::Missing;
use super::paths::FromPath;
use super::places::Assembly;
use super::source::MAX_ARTICLE_BYTES;
use super::{Item, Options, page};
use crate::error::{Place, Problem};
use parts::Parts;
use std::collections::VecDeque;

/// Bytes of the name of a row of totals.
const LONGEST_TOTAL: usize = 40;

/// What a table has next.
pub(crate) enum Step {
    /// A row; its cells can be asked for.
    Row,
    /// A row that cannot be read; the table goes on.
    Bad(Problem),
    /// Something about the table that is no row.
    Remark(Problem),
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
    /// Where the next row begins; nothing where nobody could begin there.
    fn place(&self) -> Option<Within> {
        None
    }
    /// Where a cell of the row lies in the bytes that the table is read from, if it is known.
    fn raw(&self, _column: usize) -> Option<RawCell> {
        None
    }
    /// What in the text of the row is none of its words.
    fn asides(&self) -> &[Aside] {
        &[]
    }
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
    /// The bytes that it is read from are those of its file.
    lies_in_place: bool,
    file: String,
    stem: String,
    /// How many articles or bad rows it gave.
    pub rows: u64,
    odd_cell_seen: bool,
    missing: Missing,
    text_columns: Vec<String>,
    title_column: Option<String>,
    outlet_slot: Option<usize>,
    /// Looked at until they are told.
    parts: Option<Parts>,
    /// What the path of the file says, where the rows do not.
    path: FromPath,
    /// Kept between rows, so that a plain cell costs no search for its size.
    other: Vec<Option<String>>,
}

impl Table {
    pub(crate) fn new(
        (records, lies_in_place): (Box<dyn Records + Send>, bool),
        layout: Layout,
        (found, path): (&InputFile, FromPath),
        all: &[String],
        options: &Options,
    ) -> Table {
        let names = records.names();
        let name = |column: usize| names.get(column).cloned().unwrap_or_default();
        let texts: Vec<usize> = match layout.text_parts.as_slice() {
            [] => layout.column(Role::Text).into_iter().collect(),
            texts => texts.to_vec(),
        };
        let text_columns = texts.into_iter().map(name).collect();
        let title_column = layout.column(Role::Title).map(name);
        let slot = |&column: &usize| {
            let at = all.iter().position(|name| Some(name) == names.get(column))?;
            Some((column, at))
        };
        let others: Vec<(usize, usize)> = layout.others.iter().filter_map(slot).collect();
        let outlet = layout.column(Role::Outlet);
        let outlet_slot = others.iter().find(|(column, _)| Some(*column) == outlet).map(|&(_, slot)| slot);
        Table {
            missing: Missing::new(options),
            parts: Parts::of(names, &layout),
            text_columns,
            title_column,
            outlet_slot,
            path,
            others,
            others_total: all.len(),
            lies_in_place,
            records,
            layout,
            file: found.name.clone(),
            stem: found.stem().to_string(),
            rows: 0,
            odd_cell_seen: false,
            other: Vec::new(),
        }
    }

    /// Where its next row begins; nothing where nobody could begin there.
    pub(super) fn place(&self) -> Option<Within> {
        self.records.place()
    }

    /// Takes one row to the intake; false where the table ends.
    pub(crate) fn step(&mut self, builder: &mut ArticleBuilder, out: &mut VecDeque<Item>) -> bool {
        match self.records.advance() {
            Step::End => return false,
            Step::Broken(problem) => {
                out.push_back(Item::Problem(problem));
                return false;
            }
            Step::Remark(problem) => {
                out.push_back(Item::Problem(problem));
                return true;
            }
            Step::Bad(problem) => out.push_back(Item::Problem(problem)),
            Step::Row => self.row(builder, out),
        }
        self.rows += 1;
        true
    }

    fn row(&mut self, builder: &mut ArticleBuilder, out: &mut VecDeque<Item>) {
        let line = self.records.line();
        out.extend(self.records.remark().map(Item::Problem));
        let text_bytes = self.layout.column(Role::Text).and_then(|c| self.records.cell(c)).map_or(0, <[u8]>::len);
        if text_bytes as u64 > MAX_ARTICLE_BYTES {
            out.push_back(Item::Problem(too_large(Place::line(self.file.as_str(), line), MAX_ARTICLE_BYTES)));
            return;
        }
        if let Some(problem) = self.parts.as_mut().and_then(|parts| parts.look(self.records.as_ref(), &self.file)) {
            out.push_back(Item::Problem(problem));
            self.parts = None;
        }
        let body = self.text(out);
        if body.text.len() < LONGEST_TOTAL && self.is_total(out) {
            return;
        }
        self.other.resize(self.others_total, None);
        for i in 0..self.others.len() {
            let (column, slot) = self.others[i];
            self.other[slot] = self.small(column, out);
        }
        let mut draft = Draft {
            id: self.role(Role::Id, out),
            fallback_id: format!("{}:{line}", self.stem),
            outlet: self.role(Role::Outlet, out).or_else(|| self.path.part("outlet")),
            date: self.date(out).or_else(|| self.path.date()),
            title_at: (self.title_start(), 1),
            title_pieces: Vec::new(),
            title: self.role(Role::Title, out),
            title_column: self.title_column.clone(),
            language: self.role(Role::Language, out).or_else(|| self.path.part("language")),
            url: self.role(Role::Url, out),
            text: body.text,
            pieces: body.pieces,
            text_columns: self.text_columns.clone(),
            furniture: Vec::new(),
            asides: self.records.asides().to_vec(),
            is_plain: false,
            has_title: false,
            title_in: None,
            outlet_slot: self.outlet_slot,
            text_offset: 0,
            first_line: 1,
            file: self.file.clone(),
            record: Some(line),
            other: std::mem::take(&mut self.other),
            raw: self.raw(),
            metadata: None,
        };
        if draft.pieces.is_empty() && page::is_whole(&draft.text) {
            page::fill_row(&mut draft);
        }
        builder.receive(draft, out);
    }

    /// True for a row that sums up those above, which is told.
    fn is_total(&self, out: &mut VecDeque<Item>) -> bool {
        let cells = (0..self.records.names().len()).filter_map(|column| self.records.cell(column));
        let Some(name) = totals::name(cells) else { return false };
        let found = format!("a row called `{name}` that holds numbers and no text is no article, and is passed over");
        let place = Place::line(self.file.as_str(), self.records.line());
        out.push_back(Item::Problem(Problem::warning("row-total", place, found)));
        true
    }

    /// The text, with its places where it is made of several cells.
    fn text(&mut self, out: &mut VecDeque<Item>) -> Assembly {
        let mut whole = Assembly::default();
        if self.layout.text_parts.is_empty() {
            if let Some(text) = self.layout.column(Role::Text).and_then(|column| self.whole(column, out)) {
                whole.text = text;
            }
            return whole;
        }
        for part in 0..self.layout.text_parts.len() {
            let Some(text) = self.whole(self.layout.text_parts[part], out) else { continue };
            if !whole.text.is_empty() {
                whole.gap("\n\n");
            }
            whole.verbatim(&text, 0, 1, part as u8);
        }
        whole
    }

    /// Where the text lies in its file, if it is one cell there.
    fn raw(&self) -> Option<RawCell> {
        let column = self.layout.column(Role::Text).filter(|_| self.lies_in_place && self.layout.text_parts.is_empty());
        self.records.raw(column?)
    }

    /// A cell as it stands; `None` where it says that there is nothing.
    fn whole(&mut self, column: usize, out: &mut VecDeque<Item>) -> Option<String> {
        let (text, invalid) = decode_cell(self.records.cell(column)?);
        self.note_invalid(invalid, column, out);
        (!self.missing.is(text.trim())).then_some(text)
    }

    /// White space before the title in its cell.
    fn title_start(&self) -> u32 {
        let cell = self.layout.column(Role::Title).and_then(|column| self.records.cell(column)).unwrap_or_default();
        let text = String::from_utf8_lossy(cell);
        (text.len() - text.trim_start().len()) as u32
    }

    fn role(&mut self, role: Role, out: &mut VecDeque<Item>) -> Option<String> {
        self.small(self.layout.column(role)?, out)
    }

    /// The date, also where year, month and day have columns of their own.
    fn date(&mut self, out: &mut VecDeque<Item>) -> Option<String> {
        let Some(parts) = self.layout.date_parts else { return self.role(Role::Date, out) };
        let mut said = Vec::with_capacity(parts.len());
        for column in parts {
            let cell = self.small(column, out)?;
            // 2022.0, as programs write a column in which some are missing
            said.push(cell.strip_suffix(".0").unwrap_or(&cell).to_string());
        }
        let is_name = said[1].contains(char::is_alphabetic);
        if is_name {
            said.reverse();
        }
        Some(said.join(if is_name { " " } else { "-" }))
    }

    /// A cell without its outer white space; `None` where nothing is left.
    fn small(&mut self, column: usize, out: &mut VecDeque<Item>) -> Option<String> {
        let (text, invalid) = decode_cell(self.records.cell(column)?);
        self.note_invalid(invalid, column, out);
        let trimmed = text.trim();
        match trimmed.len() {
            0 => None,
            _ if self.missing.is(trimmed) => None,
            len if len == text.len() => Some(text),
            _ => Some(trimmed.to_string()),
        }
    }

    /// Once a file is enough.
    fn note_invalid(&mut self, invalid: Option<InvalidByte>, column: usize, out: &mut VecDeque<Item>) {
        let Some(invalid) = invalid else { return };
        if std::mem::replace(&mut self.odd_cell_seen, true) {
            return;
        }
        let name = self.records.names().get(column).map_or("?", String::as_str);
        let place = Place::line(self.file.as_str(), self.records.line());
        out.push_back(Item::Problem(not_utf8(
            place,
            invalid,
            &format!(", in column `{name}` of the record that starts here"),
        )));
    }
}

/// The note for text that is not UTF-8.
pub(crate) fn not_utf8(place: Place, invalid: InvalidByte, whereabouts: &str) -> Problem {
    let name = invalid.encoding.name().to_lowercase();
    let found = format!("byte 0x{:02X} is not UTF-8{whereabouts}; read as {name}", invalid.byte);
    let problem = Problem::note("encoding-guessed", place, found);
    if invalid.encoding == encoding_rs::WINDOWS_1252 {
        problem
    } else {
        problem.hint("--encoding NAME, if it is another")
    }
}

/// The error for what would take more memory than a text can be worth.
pub(crate) fn too_large(place: Place, most: u64) -> Problem {
    let found = format!("an article or record of more than {} MiB is not read", most >> 20);
    Problem::error("article-too-large", place, found)
        .hint("is a quotation mark never closed, or a whole collection in one file?")
}
