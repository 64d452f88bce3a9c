//! Rows that are paragraphs or sentences of an article, each of which would be counted as an article.
//!
//! In: the rows of a table, one behind another. Out: one warning, at the second row of an article.
//! Invariant: a table in which no article has two rows is never warned of, whatever its columns are called.
//! It deliberately compares neighbours only: parts of an article stand one below another.

use super::Records;
use crate::error::{Place, Problem};
use crate::read::columns::{self, Layout};

/// The columns that tell it, and what the row above holds there.
pub(super) struct Parts {
    /// It numbers the parts.
    part: usize,
    /// Each of them may name the article.
    names: Vec<usize>,
    above: Vec<Vec<u8>>,
}

impl Parts {
    /// Of a table with a column that may number parts of an article, and one that may name it.
    pub(super) fn of(names: &[String], layout: &Layout) -> Option<Parts> {
        let part = columns::numbers_parts(names, layout)?;
        let names: Vec<usize> = columns::name_articles(names, layout).filter(|&at| at != part).collect();
        (!names.is_empty()).then(|| Parts { part, names, above: Vec::new() })
    }

    /// Looks at a row; the warning where it is a further part of the article above.
    pub(super) fn look(&mut self, records: &(dyn Records + Send), file: &str) -> Option<Problem> {
        let columns = std::iter::once(&self.part).chain(&self.names);
        let cells: Vec<Vec<u8>> = columns.map(|&at| records.cell(at).unwrap_or_default().to_vec()).collect();
        let above = std::mem::replace(&mut self.above, cells);
        let same = |at: usize| above.get(at).is_some_and(|cell| !cell.is_empty() && *cell == self.above[at]);
        let is_further = above.first().is_some_and(|part| *part != self.above[0]) && !self.above[0].is_empty();
        let same = (0..self.names.len()).find(|&i| is_further && same(i + 1))?;
        let names = records.names();
        let (part, article) = (&names[self.part], &names[self.names[same]]);
        let found =
            format!("the column `{part}` numbers parts of an article: each row is counted as an article of its own");
        let problem = Problem::warning("rows-are-parts", Place::line(file, records.line()), found);
        let hint = format!(
            "join the texts of the rows that have the same `{article}`: the unit of every interval and test is the article"
        );
        Some(problem.hint(hint))
    }
}
