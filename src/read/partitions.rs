//! Columns that folders hold: `outlet=Gazette/year=2022/part-0.parquet`, as Hive, Spark, pandas and Arrow write a table in parts.
//!
//! In: the path of a file below the corpus folder, and the rows of its table. Out: the rows with these columns behind the others.
//! Invariant: what a table says itself is never overruled by a folder.
//! It deliberately knows no types: a value is the text that stands in the path.

use super::asides::Aside;
use super::cells::RawCell;
use super::mark::Within;
use super::table::{Records, Step};
use crate::error::Problem;

/// A column, and its value for all rows of a file; `None` where the folder says that there is none.
pub(crate) type Partition = (String, Option<String>);

/// The columns that the folders of a path hold.
pub(crate) fn of(path: &str) -> Vec<Partition> {
    /// What Hive writes for a missing value.
    const MISSING: &str = "__HIVE_DEFAULT_PARTITION__";
    let (folders, _) = path.rsplit_once('/').unwrap_or_default();
    let column = |folder: &str| {
        let (name, value) = folder.split_once('=')?;
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
        let value = decoded(value);
        is_name.then(|| (decoded(name), Some(value).filter(|value| !value.is_empty() && value != MISSING)))
    };
    folders.split('/').filter_map(column).collect()
}

/// The columns of the folders that a table has not itself.
pub(crate) fn beside(path: &str, names: &[String]) -> Vec<Partition> {
    of(path).into_iter().filter(|(name, _)| !names.contains(name)).collect()
}

/// `a b` of `a%20b`.
fn decoded(text: &str) -> String {
    let (mut out, mut at) = (Vec::with_capacity(text.len()), 0);
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        let escaped =
            text.get(at + 1..at + 3).filter(|_| byte == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(escaped.unwrap_or(byte));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_string())
}

/// A table with the columns of its folders.
pub(crate) struct Partitioned {
    table: Box<dyn Records + Send>,
    names: Vec<String>,
    /// How many columns the table has itself.
    own: usize,
    values: Vec<Option<String>>,
}

/// The table with further columns; as it is where there are none.
pub(crate) fn with(table: Box<dyn Records + Send>, columns: Vec<Partition>) -> Box<dyn Records + Send> {
    if columns.is_empty() {
        return table;
    }
    let own = table.names().len();
    let (further, values): (Vec<String>, Vec<Option<String>>) = columns.into_iter().unzip();
    let names = table.names().iter().cloned().chain(further).collect();
    Box::new(Partitioned { table, names, own, values })
}

impl Records for Partitioned {
    fn names(&self) -> &[String] {
        &self.names
    }

    fn advance(&mut self) -> Step {
        self.table.advance()
    }

    fn cell(&self, column: usize) -> Option<&[u8]> {
        match column.checked_sub(self.own) {
            None => self.table.cell(column),
            Some(further) => self.values.get(further)?.as_deref().map(str::as_bytes),
        }
    }

    fn line(&self) -> u32 {
        self.table.line()
    }

    fn place(&self) -> Option<Within> {
        self.table.place()
    }

    fn raw(&self, column: usize) -> Option<RawCell> {
        if column < self.own { self.table.raw(column) } else { None }
    }

    fn asides(&self) -> &[Aside] {
        self.table.asides()
    }

    fn remark(&mut self) -> Option<Problem> {
        self.table.remark()
    }
}
