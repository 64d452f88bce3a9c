//! Where the text of an article lies in a file that can be read again in place.
//!
//! In: a file, a [`RawCell`]. Out: the text of the cell.
//! Invariant: of a plain table in UTF-8 a cell comes out as the row gave it, unless the file was changed; whoever reads a cell again holds a
//! digest against it.
//! It deliberately knows one rule: in a quoted cell a mark is written twice. What is written otherwise is kept elsewhere.

use crate::disk;
use std::fs::File;
use std::io;
use std::path::Path;

/// The bytes of a cell in its file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RawCell {
    /// First byte in the file; behind the quotation mark, if there is one.
    pub start: u64,
    /// Bytes, without quotation marks around them.
    pub len: u32,
    /// It stands in quotation marks, so those in it are doubled.
    pub is_quoted: bool,
}

/// A file of which one cell after the other is read.
pub struct Cells {
    file: File,
    raw: Vec<u8>,
}

impl Cells {
    /// Opens a file.
    ///
    /// # Errors
    /// What the system says.
    pub fn open(path: &Path) -> io::Result<Cells> {
        Ok(Cells { file: disk::open_regular(path)?, raw: Vec::new() })
    }

    /// Appends the text of a cell.
    ///
    /// # Errors
    /// What the system says; a file that ends before the cell does.
    pub fn append(&mut self, cell: RawCell, text: &mut Vec<u8>) -> io::Result<()> {
        self.raw.resize(cell.len as usize, 0);
        disk::read_exact_at(&self.file, &mut self.raw, cell.start)?;
        let mut rest = self.raw.as_slice();
        while cell.is_quoted
            && let Some(mark) = memchr::memmem::find(rest, b"\"\"")
        {
            text.extend_from_slice(&rest[..=mark]);
            rest = &rest[mark + 2..];
        }
        text.extend_from_slice(rest);
        Ok(())
    }
}
