//! [`Recurring`] as bytes, and back.

use super::Recurring;
use crate::index::bytes::{Reader, Writer};

impl Recurring {
    /// Appends it, line by line in the order of their keys.
    pub fn write(&self, to: &mut Writer) {
        let mut lines: Vec<(u64, u32)> = self.lines.iter().map(|(&line, &articles)| (line, articles)).collect();
        lines.sort_unstable();
        to.number(lines.len() as u64);
        for (line, articles) in lines {
            to.word(line);
            to.number(articles);
        }
    }

    /// Reads what [`Recurring::write`] wrote.
    pub fn read(from: &mut Reader<'_>) -> Option<Recurring> {
        let mut recurring = Recurring::default();
        for _ in 0..from.number()? {
            recurring.lines.insert(from.word()?, from.small()?);
        }
        Some(recurring)
    }
}
