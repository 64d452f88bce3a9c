//! What is told apart in a text: headlines, what is around an article, names of speakers.
//!
//! In: stretches of texts as they were made; of a table, those of each of its rows. Out: the same stretches of the texts as they are read, and the same rows, each with its own.
//! Invariant: a name that no source has among its words is in no count.
//! It deliberately knows no columns: the text of a row is the one that was made.

use super::cells::RawCell;
use super::mark::Within;
use super::mend::Mended;
use super::table::{Records, Step};
use crate::error::Problem;
use std::ops::Range;

/// A stretch of an article that its source tells apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// First byte in the text, and the first after.
    pub bytes: (u32, u32),
    /// The same in tokens of the article, once they are known.
    pub tokens: (u32, u32),
    /// What it is.
    pub kind: AsideKind,
    /// What says so, such as `<nav>`; empty for headlines.
    pub evidence: String,
}

/// What a stretch of an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsideKind {
    /// The title, which stands beside the text; it is counted.
    Headline,
    /// The title, which is in no count.
    SeparateHeadline,
    /// What is around an article: navigation, index terms, copyright lines.
    Furniture,
    /// The name of a speaker, which its source keeps beside the words; it is in no count.
    Speaker,
}

impl Aside {
    /// A stretch whose tokens are not known yet.
    pub(crate) fn new(bytes: Range<usize>, kind: AsideKind, evidence: &str) -> Aside {
        Aside { bytes: (bytes.start as u32, bytes.end as u32), tokens: (0, 0), kind, evidence: evidence.to_string() }
    }

    /// Moves it behind what is put before the text.
    pub(crate) fn shift(&mut self, by: u32) {
        self.bytes = (self.bytes.0 + by, self.bytes.1 + by);
    }
}

/// Stretches of a text where they stand after it was mended; those of which nothing is left are gone.
pub(crate) fn mended(mut asides: Vec<Aside>, text: &Mended) -> Vec<Aside> {
    asides.retain_mut(|aside| {
        let moved = text.moved(&(aside.bytes.0 as usize..aside.bytes.1 as usize));
        aside.bytes = moved.as_ref().map_or((0, 0), |bytes| (bytes.start as u32, bytes.end as u32));
        moved.is_some()
    });
    asides
}

struct Marked {
    table: Box<dyn Records + Send>,
    asides: std::vec::IntoIter<Vec<Aside>>,
    here: Vec<Aside>,
}

/// The table with the stretches of its rows; as it is where there are none.
pub(crate) fn with(table: Box<dyn Records + Send>, asides: Vec<Vec<Aside>>) -> Box<dyn Records + Send> {
    if asides.iter().all(Vec::is_empty) {
        return table;
    }
    Box::new(Marked { table, asides: asides.into_iter(), here: Vec::new() })
}

impl Records for Marked {
    fn names(&self) -> &[String] {
        self.table.names()
    }

    fn advance(&mut self) -> Step {
        let step = self.table.advance();
        if matches!(step, Step::Row | Step::Bad(_)) {
            self.here = self.asides.next().unwrap_or_default();
        }
        step
    }

    fn cell(&self, column: usize) -> Option<&[u8]> {
        self.table.cell(column)
    }

    fn line(&self) -> u32 {
        self.table.line()
    }

    fn place(&self) -> Option<Within> {
        self.table.place()
    }

    fn raw(&self, column: usize) -> Option<RawCell> {
        self.table.raw(column)
    }

    fn remark(&mut self) -> Option<Problem> {
        self.table.remark()
    }

    fn asides(&self) -> &[Aside] {
        &self.here
    }
}
