//! Rows of comma-, semicolon-, tab- or bar-separated files.
//!
//! In: bytes, and what [`super::header`] says about their head. Out: [`Records`].
//! Invariant: every line is in a row, in a problem with its number, blank or before the header. A row that has not as many fields as the
//! header is a problem, never an article.
//! RFC 4180 comes first. Where a row breaks it, or a quoted field holds lines that are rows by themselves, all readings are tried, the one
//! whose fields fit is taken, and a warning says what the others would have been. It deliberately never mends what has no fitting reading.

mod broken;

use super::Quoting;
use super::cells::RawCell;
use super::header::{Shape, is_formal};
use super::lines::{Lines, bare, split};
use super::mark::Within;
use super::quoting::{Fields, Rules, Split, of_line};
use super::source::MAX_ARTICLE_BYTES;
use super::table::{Records, Step, too_large};
use crate::error::{Place, Problem};
use std::io::{self, Read};

/// An open CSV or TSV file.
pub(crate) struct Delimited {
    lines: Lines,
    shape: Shape,
    quoting: Quoting,
    /// The lines of the row.
    text: Vec<u8>,
    /// Bytes before them, where that is known.
    start: Option<u64>,
    fields: Fields,
    /// For trying other readings.
    trial: Fields,
    file: String,
    line: u32,
    remark: Option<Problem>,
    /// Rows of nothing but separators, and the line of the first.
    empty: (u64, u32),
    /// Fields that were opened and never closed: where there are many, none is looked for over lines any more.
    never_closed: u32,
}

/// So many fields that are never closed make a table whose quotation marks mean nothing.
const MOST_UNCLOSED: u32 = 20;

impl Delimited {
    /// Opens a table and passes over what stands before its first row.
    pub(crate) fn open(
        bytes: Box<dyn Read + Send>,
        head: &[u8],
        shape: Shape,
        quoting: Quoting,
        file: &str,
    ) -> io::Result<Delimited> {
        let mut lines = Lines::new(bytes, head);
        let mut passed = Vec::new();
        for _ in 0..shape.before {
            passed.clear();
            lines.take(&mut passed, MAX_ARTICLE_BYTES)?;
        }
        Ok(Delimited::of(lines, shape, quoting, file))
    }

    /// A table whose bytes begin with the row at a place.
    pub(super) fn open_at(
        within: Within,
        bytes: Box<dyn Read + Send>,
        head: &[u8],
        shape: Shape,
        quoting: Quoting,
        file: &str,
    ) -> Delimited {
        let mut lines = Lines::new(bytes, head);
        lines.begin_at((within.at, within.lines));
        Delimited { never_closed: within.never_closed, ..Delimited::of(lines, shape, quoting, file) }
    }

    fn of(lines: Lines, shape: Shape, quoting: Quoting, file: &str) -> Delimited {
        Delimited {
            lines,
            shape,
            quoting,
            text: Vec::new(),
            start: None,
            fields: Fields::default(),
            trial: Fields::default(),
            file: file.to_string(),
            line: 1,
            remark: None,
            empty: (0, 0),
            never_closed: 0,
        }
    }

    fn width(&self) -> usize {
        self.shape.names.len()
    }

    fn place(&self) -> Place {
        Place::line(self.file.as_str(), self.line)
    }

    /// Reads the next row by RFC 4180 into `fields`, as far as that goes.
    fn row(&mut self) -> io::Result<Option<Row>> {
        self.text.clear();
        loop {
            self.start = self.lines.place().map(|(bytes, _)| bytes);
            if !self.lines.take(&mut self.text, MAX_ARTICLE_BYTES)? {
                return Ok(None);
            }
            if !bare(&self.text).is_empty() {
                break;
            }
            self.text.clear();
        }
        self.line = self.lines.line();
        self.fields.clear();
        let mut state = Split::default();
        let mut lines = 1u32;
        let (mut look_at, mut broken) = (64, false);
        loop {
            if state.run(&self.text, self.shape.delimiter, Rules::default(), &mut self.fields) {
                return Ok(Some(Row { state, lines, whole: true }));
            }
            let looks = state.broke.is_some() && !broken || lines == look_at;
            broken = state.broke.is_some();
            if looks && self.quoting != Quoting::Strict && self.all_lines_fit() {
                return Ok(Some(Row { state, lines, whole: false }));
            }
            if lines == look_at {
                look_at *= 2;
            }
            if self.never_closed > MOST_UNCLOSED && self.quoting != Quoting::Strict {
                return Ok(Some(Row { state, lines, whole: false }));
            }
            if self.text.len() as u64 > MAX_ARTICLE_BYTES || !self.lines.take(&mut self.text, MAX_ARTICLE_BYTES)? {
                self.never_closed += 1;
                return Ok(Some(Row { state, lines, whole: false }));
            }
            lines += 1;
        }
    }

    /// True where each line that the row has so far is a row by itself.
    fn all_lines_fit(&mut self) -> bool {
        let (lines, fitting) = self.lines_that_fit();
        lines > 0 && lines == fitting
    }

    /// How many lines the row has so far, and how many of them are rows by themselves; 0 where the first is none.
    fn lines_that_fit(&mut self) -> (usize, usize) {
        let (mut lines, mut fitting) = (0, 0);
        for line in split(&self.text, self.lines.end()).filter(|line| !bare(line).is_empty()) {
            lines += 1;
            if fits(&self.shape, line, &mut self.trial) {
                fitting += 1;
            } else if lines == 1 {
                return (1, 0);
            }
        }
        (lines, fitting)
    }

    /// True where a quoted field that RFC 4180 allows holds rows all the same. Prose has commas, so there a column must have a form.
    fn swallows_rows(&mut self) -> bool {
        let proof = self.shape.delimiter != b',' || self.shape.formal.iter().any(|&formal| formal);
        (proof || self.quoting == Quoting::Repair) && self.all_lines_fit()
    }

    fn wrong_fields(&self) -> Problem {
        let found = format!("{} fields", self.fields.len());
        let problem = Problem::error("row-fields", self.place(), found);
        problem.expected(format!("{} as in the header", self.width()))
    }

    /// Fields at the end that are empty in every row may be left out or be one too many.
    fn fit_the_end(&mut self) -> bool {
        let (width, len) = (self.width(), self.fields.len());
        if len > width && (width..len).all(|i| self.fields.get(i).is_none_or(<[u8]>::is_empty)) {
            self.fields.truncate(width);
            return true;
        }
        let unnamed = |i: usize| self.shape.names[i] == format!("column {}", i + 1);
        if len < width && len > 1 && self.shape.by_content.is_empty() && (len..width).all(unnamed) {
            self.fields.pad(width);
            return true;
        }
        false
    }

    fn is_header_again(&self) -> bool {
        // files that were put together have their byte-order marks inside
        let same = |(cell, name): (&[u8], &String)| {
            cell.strip_prefix(b"\xef\xbb\xbf").unwrap_or(cell).trim_ascii() == name.as_bytes()
        };
        self.shape.by_content.is_empty() && self.fields.iter().zip(&self.shape.names).all(same)
    }

    /// What is to be said at the end, one thing after another.
    fn closing(&mut self) -> Step {
        let nuls = std::mem::take(&mut self.lines.nuls);
        if nuls > 0 {
            let place = Place::line(self.file.as_str(), self.lines.first_nul);
            let bytes = if nuls == 1 { "byte is" } else { "bytes are" };
            let found = format!("{nuls} NUL {bytes} left out, the first in this line");
            return Step::Remark(Problem::warning("nul-bytes", place, found));
        }
        let (empty, first) = std::mem::take(&mut self.empty);
        if empty > 0 {
            let rows = if empty == 1 { "row holds" } else { "rows hold" };
            let found = format!("{empty} {rows} nothing and are passed over, the first in this line");
            return Step::Remark(Problem::note("rows-empty", Place::line(self.file.as_str(), first), found));
        }
        Step::End
    }

    /// The next row that holds anything; its quoting may be broken.
    fn filled_row(&mut self) -> io::Result<Option<Row>> {
        loop {
            let row = self.row()?;
            let is_empty = row.as_ref().is_some_and(|row| row.whole && row.state.broke.is_none())
                && self.fields.len() > 1
                && self.fields.iter().all(|field| field.trim_ascii().is_empty());
            if !is_empty {
                return Ok(row);
            }
            if self.empty.0 == 0 {
                self.empty.1 = self.line;
            }
            self.empty.0 += 1;
        }
    }
}

/// True where a line is a row by itself: as many fields as the table has, and numbers, dates and addresses where it has them, at least one.
fn fits(shape: &Shape, line: &[u8], fields: &mut Fields) -> bool {
    of_line(line, shape.delimiter, fields);
    let has_form =
        |(formal, cell): (&bool, &[u8])| !formal || cell.is_empty() || is_formal(&String::from_utf8_lossy(cell));
    let says_something = |(formal, cell): (&bool, &[u8])| *formal && cell.iter().any(u8::is_ascii_alphanumeric);
    let is_formal_nowhere = !shape.formal.contains(&true);
    fields.len() == shape.names.len()
        && shape.formal.iter().zip(fields.iter()).all(has_form)
        && (is_formal_nowhere || shape.formal.iter().zip(fields.iter()).any(says_something))
}

/// A row as RFC 4180 reads it.
struct Row {
    state: Split,
    lines: u32,
    /// False where the file, or what was looked at of it, ends inside a quoted field.
    whole: bool,
}

impl Records for Delimited {
    fn names(&self) -> &[String] {
        &self.shape.names
    }

    fn advance(&mut self) -> Step {
        let row = match self.filled_row() {
            Ok(Some(row)) => row,
            Ok(None) => return self.closing(),
            Err(error) => {
                let line = self.lines.line().saturating_add(1);
                return Step::Broken(damaged(Place::line(self.file.as_str(), line), &error.to_string()));
            }
        };
        if self.text.len() as u64 > MAX_ARTICLE_BYTES {
            return Step::Broken(too_large(self.place(), MAX_ARTICLE_BYTES));
        }
        let odd = !row.whole || row.state.broke.is_some();
        if odd {
            return self.weigh(&row);
        }
        if row.lines > 1 && self.quoting != Quoting::Strict && self.swallows_rows() {
            return self.by_line(&row);
        }
        if self.fields.len() == self.width() {
            if self.is_header_again() {
                return Step::Bad(Problem::note(
                    "header-again",
                    self.place(),
                    "the header is repeated; the row was skipped",
                ));
            }
            return Step::Row;
        }
        let spaced = self.quoting != Quoting::Strict && memchr::memchr(b'"', &self.text).is_some();
        if self.fit_the_end() || spaced && self.again(Rules { space: true, ..Rules::default() }) {
            return Step::Row;
        }
        let problem = self.wrong_fields();
        let hint = "the record runs over several lines: is a quotation mark missing?";
        Step::Bad(if row.lines > 1 { problem.hint(hint) } else { problem })
    }

    fn cell(&self, column: usize) -> Option<&[u8]> {
        self.fields.get(column)
    }

    fn line(&self) -> u32 {
        self.line
    }

    fn place(&self) -> Option<Within> {
        let (at, lines) = self.lines.place()?;
        Some(Within { at, lines, never_closed: self.never_closed })
    }

    fn raw(&self, column: usize) -> Option<RawCell> {
        let (start, end, is_quoted) = self.fields.raw(column)?;
        Some(RawCell { start: self.start? + start as u64, len: u32::try_from(end - start).ok()?, is_quoted })
    }

    fn remark(&mut self) -> Option<Problem> {
        self.remark.take()
    }
}

/// The error for a file that cannot be read to its end.
pub(crate) fn damaged(place: Place, why: &str) -> Problem {
    let problem = Problem::error("file-damaged", place, format!("the file cannot be read beyond this record: {why}"));
    match why.contains("requires too much memory") {
        true => problem.hint("it was packed with a long window: unpack it first, in the long mode of zstd"),
        false => problem.hint("the records before it were read; get the file again"),
    }
}
