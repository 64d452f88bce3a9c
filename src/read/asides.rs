//! What is told apart in the texts of a table that was made of something else: names of speakers, lines below an article.
//!
//! In: a table, and for each of its rows the stretches of its text. Out: the same rows, each with its stretches.
//! Invariant: a name that no source has among its words is in no count.
//! It deliberately knows no columns: the text of a row is the one that was made.

use super::article::Aside;
use super::cells::RawCell;
use super::mark::Within;
use super::table::{Records, Step};
use crate::error::Problem;

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
