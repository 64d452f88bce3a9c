//! Rows of comma-, semicolon-, tab- or bar-separated files.
//!
//! In: bytes and a delimiter. Out: [`Records`].
//! Invariant: a row that has not as many fields as the header is a problem with its line, never an article.
//! It deliberately repairs nothing: quoted line breaks and doubled quotation marks are all the syntax there is.

use super::columns::distinct;
use super::decode::decode_cell;
use super::source::MAX_ARTICLE_BYTES;
use super::table::{Records, Step, too_large};
use crate::error::{Place, Problem};
use csv::{ByteRecord, Reader, ReaderBuilder};
use std::io::{self, Read};

/// An open CSV or TSV file.
pub(crate) struct Delimited {
    reader: Reader<Guard>,
    record: ByteRecord,
    names: Vec<String>,
    file: String,
    line: u32,
    /// 1 where lines end in `\r\n`: the reader then leaves the `\n` to the next record, and counts a line too few.
    behind: u64,
}

impl Delimited {
    /// Opens a table and reads its header.
    pub(crate) fn open(
        bytes: Box<dyn Read + Send>,
        head: &[u8],
        tab: bool,
        file: &str,
    ) -> Result<Delimited, csv::Error> {
        let guard = Guard { inner: bytes, since_record: 0, last: b'\n', ended: false };
        let mut builder = ReaderBuilder::new();
        builder.delimiter(delimiter(head, tab)).flexible(true).buffer_capacity(256 * 1024);
        let mut reader = builder.from_reader(guard);
        let names = reader.byte_headers()?.iter().map(|name| decode_cell(name).0).collect();
        let behind = u64::from(memchr::memchr(b'\n', head).is_some_and(|n| n > 0 && head[n - 1] == b'\r'));
        let (names, file) = (distinct(names), file.to_string());
        Ok(Delimited { reader, record: ByteRecord::new(), names, file, line: 1, behind })
    }

    /// The line on which the record just read starts. Blank lines before it were skipped with it.
    fn start_line(&self, before: u64) -> u32 {
        let inside = memchr::memchr_iter(b'\n', self.record.as_slice()).count() as u64;
        let passed = self.reader.position().line() - before;
        let blank = passed.saturating_sub(inside + 1);
        (before + blank + self.behind).min(u64::from(u32::MAX)) as u32
    }

    fn wrong_fields(&self) -> Problem {
        let found = format!("{} fields", self.record.len());
        let problem = Problem::warning("row-fields", Place::line(self.file.as_str(), self.line), found);
        let problem = problem.expected(format!("{} as in the header", self.names.len()));
        if memchr::memchr(b'\n', self.record.as_slice()).is_some() {
            return problem.hint("the record runs over several lines: is a quotation mark missing?");
        }
        problem
    }

    /// True where the file ends inside a quoted field, which the reader takes for its end: rows may be swallowed in it.
    fn ends_in_quotes(&self) -> bool {
        let Some(last) = self.record.iter().next_back() else { return false };
        let guard = self.reader.get_ref();
        guard.ended && guard.last != b'"' && memchr::memchr(b'\n', last).is_some()
    }
}

impl Records for Delimited {
    fn names(&self) -> &[String] {
        &self.names
    }

    fn advance(&mut self) -> Step {
        let before = self.reader.position().line();
        self.reader.get_mut().since_record = 0;
        match self.reader.read_byte_record(&mut self.record) {
            Ok(false) => return Step::End,
            Ok(true) => self.line = self.start_line(before),
            Err(error) => return Step::Broken(self.broken(&error, before)),
        }
        if self.record.len() != self.names.len() {
            return Step::Bad(self.wrong_fields());
        }
        if self.ends_in_quotes() {
            let place = Place::line(self.file.as_str(), self.line);
            let problem = Problem::error(
                "quote-open",
                place,
                "the record's last field opens a quotation mark that is never closed",
            );
            return Step::Broken(problem.hint("every row after it is swallowed: close the quotation mark"));
        }
        Step::Row
    }

    fn cell(&self, column: usize) -> Option<&[u8]> {
        self.record.get(column)
    }

    fn line(&self) -> u32 {
        self.line
    }
}

impl Delimited {
    fn broken(&self, error: &csv::Error, before: u64) -> Problem {
        let line = (before + self.behind).min(u64::from(u32::MAX)) as u32;
        let place = Place::line(self.file.as_str(), line);
        if self.reader.get_ref().since_record > MAX_ARTICLE_BYTES {
            return too_large(place);
        }
        damaged(place, &error.to_string())
    }
}

/// The error for a file that cannot be read to its end.
pub(crate) fn damaged(place: Place, why: &str) -> Problem {
    Problem::error("file-damaged", place, format!("the file cannot be read beyond this record: {why}"))
        .hint("what stands before it is kept; get the file again")
}

/// Watches what the CSV reader takes: the last byte, and that no record takes everything.
struct Guard {
    inner: Box<dyn Read + Send>,
    since_record: u64,
    /// The last byte that is no line end.
    last: u8,
    /// True once everything was taken: the record that is being read then is the last.
    ended: bool,
}

impl Read for Guard {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since_record > MAX_ARTICLE_BYTES {
            return Err(io::Error::other("record too large"));
        }
        let n = self.inner.read(buffer)?;
        self.since_record += n as u64;
        self.ended = n == 0;
        if let Some(last) = buffer[..n].iter().rev().find(|b| !matches!(b, b'\n' | b'\r')) {
            self.last = *last;
        }
        Ok(n)
    }
}

/// Tells the delimiter from the first rows: the one that gives most of them as many fields as the header.
pub(crate) fn delimiter(head: &[u8], tab: bool) -> u8 {
    let candidates = if tab { [b'\t', b',', b';', b'|'] } else { [b',', b';', b'\t', b'|'] };
    let mut best = (candidates[0], 0);
    for candidate in candidates {
        let score = score(head, candidate);
        if score > best.1 {
            best = (candidate, score);
        }
    }
    best.0
}

/// Rows that agree with the header, in thousandths of all rows, and then the header's fields; 0 for a single field.
fn score(head: &[u8], delimiter: u8) -> usize {
    let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(head);
    let mut records = reader.byte_records().take(50).filter_map(Result::ok).map(|record| record.len());
    let fields = records.next().unwrap_or(0);
    if fields < 2 {
        return 0;
    }
    // The last record of a head is cut short.
    let mut rows: Vec<usize> = records.collect();
    if rows.len() > 1 {
        rows.pop();
    }
    let agreeing = rows.iter().filter(|&&len| len == fields).count();
    let share = if rows.is_empty() { 1000 } else { agreeing * 1000 / rows.len() };
    1 + share * 1000 + fields.min(999)
}
