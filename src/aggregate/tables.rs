//! Counts as polars frames, and their sums by group.
//!
//! In: [`Counts`]. Out: sums by group, and by group and period.
//! Invariant: sums are 64-bit before they are added (polars adds 32-bit integers in 32 bits), and rows are sorted.

use super::Counts;
use super::parquet::{Cell, ColumnKind, ParquetTable};
use polars::prelude::*;

/// Sums over the articles of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupSums {
    /// Group, and period where there are periods.
    pub key: (u32, Option<i32>),
    /// Articles.
    pub articles: u64,
    /// Words without furniture and repeats.
    pub words: u64,
    /// Counted hits by frame.
    pub hits: Vec<u64>,
}

/// Sums by group, groups ascending.
pub fn group_sums(counts: &Counts) -> PolarsResult<Vec<GroupSums>> {
    sums(counts, None)
}

/// Sums by group and period; articles without a period are left out.
pub fn period_sums(counts: &Counts, periods: &[Option<i32>]) -> PolarsResult<Vec<GroupSums>> {
    sums(counts, Some(periods))
}

fn sums(counts: &Counts, periods: Option<&[Option<i32>]>) -> PolarsResult<Vec<GroupSums>> {
    let mut columns = vec![
        Column::new("group".into(), &counts.group_of),
        Column::new("articles".into(), vec![1_i64; counts.group_of.len()]),
        Column::new("words".into(), wide(counts.words.iter().copied())),
    ];
    let mut keys = vec!["group"];
    if let Some(periods) = periods {
        columns.push(Column::new("period".into(), periods));
        keys.push("period");
    }
    let mut values = vec![PlSmallStr::from("articles"), PlSmallStr::from("words")];
    for frame in 0..counts.frames.len() {
        let name = PlSmallStr::from(format!("frame {frame}"));
        columns.push(Column::new(name.clone(), wide(counts.hits_of(frame))));
        values.push(name);
    }
    let table = DataFrame::new(counts.group_of.len(), columns)?;
    #[expect(deprecated, reason = "polars would have us take the lazy engine, which doubles the build")]
    let sums = table.group_by(keys.iter().copied())?.select(values.clone()).sum()?;
    read(&sums, periods.is_some(), &values)
}

fn wide(counts: impl Iterator<Item = u32>) -> Vec<i64> {
    counts.map(i64::from).collect()
}

fn read(sums: &DataFrame, by_period: bool, values: &[PlSmallStr]) -> PolarsResult<Vec<GroupSums>> {
    let groups = sums.column("group")?.u32()?;
    let periods = if by_period { Some(sums.column("period")?.i32()?) } else { None };
    let value = |name: &str, row: usize| -> PolarsResult<u64> {
        Ok(sums.column(&format!("{name}_sum"))?.i64()?.get(row).unwrap_or(0) as u64)
    };
    let mut rows = Vec::with_capacity(sums.height());
    for row in 0..sums.height() {
        let period = periods.and_then(|p| p.get(row));
        if by_period && period.is_none() {
            continue;
        }
        rows.push(GroupSums {
            key: (groups.get(row).unwrap_or(0), period),
            articles: value("articles", row)?,
            words: value("words", row)?,
            hits: values[2..].iter().map(|name| value(name, row)).collect::<PolarsResult<_>>()?,
        });
    }
    rows.sort_by_key(|row| row.key);
    Ok(rows)
}

/// Writes article × frame as Parquet, the rows of `counts.csv`; gives back what was written to.
pub fn write_counts<W: std::io::Write>(counts: &Counts, dimensions: &[String], sink: W) -> PolarsResult<W> {
    let mut columns: Vec<(&str, ColumnKind)> =
        dimensions.iter().map(|dimension| (dimension.as_str(), ColumnKind::Text)).collect();
    columns.extend([("article", ColumnKind::Text), ("date", ColumnKind::Text), ("words", ColumnKind::Integer)]);
    columns.extend(counts.frames.iter().map(|frame| (frame.as_str(), ColumnKind::Integer)));
    let mut table = ParquetTable::new(sink, &columns)?;
    let frames = counts.frames.len();
    for (i, id) in counts.articles.iter().enumerate() {
        let date = counts.dates[i].map(|date| date.to_string());
        let group = &counts.groups[counts.group_of[i] as usize];
        let mut row: Vec<Cell<'_>> = group.iter().map(|label| Cell::Text(label)).collect();
        row.extend([
            Cell::Text(id),
            date.as_deref().map_or(Cell::Missing, Cell::Text),
            Cell::Integer(i64::from(counts.words[i])),
        ]);
        row.extend(counts.hits[i * frames..(i + 1) * frames].iter().map(|&hits| Cell::Integer(i64::from(hits))));
        table.push(&row)?;
    }
    table.finish()
}
