//! Texts that need no copy: they are read again in the file in which they stand.
//!
//! In: the files of a corpus, the articles of a draft. Out: for each article where its text lies, as far as it lies in a plain table; later
//! that text.
//! Invariant: when a shard is made, every place is read, and it is kept only where it gives the text. Whenever it is read again, its digest
//! is compared: a file that was changed gives no text, and is remembered, so that whoever reads can say so.
//! It deliberately holds no path in a shard: files go by their names in the corpus.

use crate::read::cells::{Cells, RawCell};
use crate::read::{Article, Input};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;
use xxhash_rust::xxh3::xxh3_64;

/// The files of a corpus, by name.
#[derive(Debug, Default)]
pub struct Sources {
    paths: BTreeMap<String, PathBuf>,
    changed: OnceLock<String>,
}

impl Sources {
    /// Those that a corpus reads.
    pub fn of(inputs: &[Input]) -> Sources {
        let paths = inputs.iter().map(|input| (input.file.clone(), input.path.clone())).collect();
        Sources { paths, changed: OnceLock::new() }
    }

    /// The first file that did not give a text that it gave before.
    pub fn changed(&self) -> Option<&str> {
        self.changed.get().map(String::as_str)
    }
}

/// Where the text of an article lies; all zero where it is packed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub(super) struct InPlace {
    start: u64,
    /// Of the text.
    digest: u64,
    /// Bytes of the cell.
    len: u32,
    /// Bytes of the text.
    pub text_len: u32,
    /// Bytes of the text before the cell, such as a title; they are packed.
    pub head: u32,
    is_quoted: u32,
}

impl InPlace {
    /// The longest text that may lie in place; the longest that is read has less.
    const LONGEST: u32 = 1 << 28;

    /// The cell.
    pub fn cell(&self) -> RawCell {
        RawCell { start: self.start, len: self.len, is_quoted: self.is_quoted != 0 }
    }

    /// True where the text is not packed.
    pub fn is_some(&self) -> bool {
        self.text_len > 0
    }

    /// True for numbers that fit together.
    pub fn fits(&self) -> bool {
        self.head <= self.text_len && self.text_len <= InPlace::LONGEST && self.len <= InPlace::LONGEST
    }
}

/// Reads texts in their files, one after the other.
pub(super) struct InPlaceReader<'s> {
    sources: &'s Sources,
    /// The file that was read last, by name.
    open: Option<(String, Cells)>,
    found: Vec<u8>,
}

impl<'s> InPlaceReader<'s> {
    pub fn new(sources: &'s Sources) -> InPlaceReader<'s> {
        InPlaceReader { sources, open: None, found: Vec::new() }
    }

    /// Where the text of an article lies, if it does.
    pub fn place(&mut self, article: &Article) -> InPlace {
        self.find(article).unwrap_or_default()
    }

    fn find(&mut self, article: &Article) -> Option<InPlace> {
        let (cell, text) = (article.raw?, article.text.as_bytes());
        self.found.clear();
        self.append(&article.file, cell)?;
        let head = text.len().checked_sub(self.found.len())?;
        let place = InPlace {
            start: cell.start,
            digest: xxh3_64(text),
            len: cell.len,
            text_len: u32::try_from(text.len()).ok()?,
            head: head as u32,
            is_quoted: u32::from(cell.is_quoted),
        };
        (text[head..] == self.found && place.fits()).then_some(place)
    }

    /// Puts a text behind its head; of a file that was changed, as many spaces as it had bytes.
    pub fn read(&mut self, file: &str, place: &InPlace, head: &str, text: &mut String) {
        self.found.clear();
        self.found.extend_from_slice(head.as_bytes());
        text.clear();
        let is_same = self.append(file, place.cell()).is_some() && xxh3_64(&self.found) == place.digest;
        match std::str::from_utf8(&self.found) {
            Ok(found) if is_same => text.push_str(found),
            _ => {
                let _ = self.sources.changed.set(file.to_string());
                text.extend(std::iter::repeat_n(' ', place.text_len as usize));
            }
        }
    }

    fn append(&mut self, file: &str, cell: RawCell) -> Option<()> {
        if self.open.as_ref().is_none_or(|(open, _)| open != file) {
            self.open = Some((file.to_string(), Cells::open(self.sources.paths.get(file)?).ok()?));
        }
        let (_, cells) = self.open.as_mut()?;
        cells.append(cell, &mut self.found).ok()
    }
}
