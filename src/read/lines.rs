//! Lines of a table as they stand in its file.
//!
//! In: bytes. Out: one line after another, with its end and its number; lines can be given back.
//! Invariant: every byte is in one line, but for NUL bytes, which no text has: they are left out and counted.
//! It deliberately knows no quotation mark: whether a line ends a row is for [`super::quoting`] to say.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};

/// Reads line by line.
pub(crate) struct Lines {
    inner: BufReader<Box<dyn Read + Send>>,
    end: u8,
    /// Lines taken so far.
    line: u32,
    /// Bytes taken so far.
    bytes: u64,
    back: VecDeque<Vec<u8>>,
    /// NUL bytes left out, and the line of the first.
    pub nuls: u64,
    pub first_nul: u32,
}

/// The byte with which lines end: `\r` where there is no `\n` at all (old Excel on the Mac).
pub(crate) fn line_end(head: &[u8]) -> u8 {
    let lone = memchr::memchr(b'\n', head).is_none() && memchr::memchr(b'\r', head).is_some();
    if lone { b'\r' } else { b'\n' }
}

impl Lines {
    pub(crate) fn new(bytes: Box<dyn Read + Send>, head: &[u8]) -> Lines {
        Lines {
            inner: BufReader::with_capacity(256 * 1024, bytes),
            end: line_end(head),
            line: 0,
            bytes: 0,
            back: VecDeque::new(),
            nuls: 0,
            first_nul: 0,
        }
    }

    /// Number of the line that was taken last, from 1.
    pub(crate) fn line(&self) -> u32 {
        self.line
    }

    /// Bytes and lines before the next line; nothing while lines that were given back wait to be taken.
    pub(crate) fn place(&self) -> Option<(u64, u32)> {
        self.back.is_empty().then_some((self.bytes, self.line))
    }

    /// Says that so much of the file was passed over.
    pub(crate) fn begin_at(&mut self, (bytes, line): (u64, u32)) {
        (self.bytes, self.line) = (bytes, line);
    }

    /// The byte with which lines end.
    pub(crate) fn end(&self) -> u8 {
        self.end
    }

    /// Appends the next line with its end; false at the end of the file.
    pub(crate) fn take(&mut self, out: &mut Vec<u8>, limit: u64) -> io::Result<bool> {
        if let Some(line) = self.back.pop_front() {
            out.extend_from_slice(&line);
            self.line += 1;
            return Ok(true);
        }
        let from = out.len();
        let bytes = self.inner.by_ref().take(limit + 1).read_until(self.end, out)?;
        if bytes == 0 {
            return Ok(false);
        }
        self.bytes += bytes as u64;
        self.line = self.line.saturating_add(1);
        if self.line == 1 && out[from..].starts_with(b"\xef\xbb\xbf") {
            out.drain(from..from + 3);
        }
        if memchr::memchr(0, &out[from..]).is_some() {
            let before = out.len();
            let line = out.split_off(from);
            out.extend(line.into_iter().filter(|&byte| byte != 0));
            if self.nuls == 0 {
                self.first_nul = self.line;
            }
            self.nuls += (before - out.len()) as u64;
        }
        Ok(true)
    }

    /// Gives lines back; they are the next to be taken.
    pub(crate) fn give_back(&mut self, text: &[u8]) {
        let lines: Vec<&[u8]> = split(text, self.end).collect();
        self.line -= lines.len() as u32;
        for line in lines.into_iter().rev() {
            self.back.push_front(line.to_vec());
        }
    }
}

/// The lines of a text, each with its end.
pub(crate) fn split(text: &[u8], end: u8) -> impl Iterator<Item = &[u8]> {
    text.split_inclusive(move |&byte| byte == end)
}

/// A line without its end; `\r\r\n` is what Windows makes of a line end that was one already.
pub(crate) fn bare(line: &[u8]) -> &[u8] {
    let mut line = line.strip_suffix(b"\n").unwrap_or(line);
    while let Some(shorter) = line.strip_suffix(b"\r") {
        line = shorter;
    }
    line
}
