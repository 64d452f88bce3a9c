//! Articles in an order that depends on nothing but themselves.
//!
//! In: words and hits per article, in any order. Out: rows that resampling may index by position.
//! Invariant: any order of the input gives the same rows, and a frame's column does not depend on the other frames,
//! so that adding a frame moves no other number.
//! It deliberately forgets which article a row was: within articles of equal length every column is sorted by itself,
//! which leaves the distribution of each frame as it is (and the joint distribution of frames is never used).

use super::permutation::TieScale;
use super::sparse::Hits;

/// The rows: their words, and by column the rows that have hits.
#[derive(Clone, Debug)]
pub struct Canonical {
    /// Words of each row.
    pub words: Vec<u32>,
    /// By column: (row, hits), rows ascending, zeros left out.
    pub columns: Vec<Vec<(u32, u32)>>,
    /// Number of rows of each stratum, in order.
    pub strata: Vec<usize>,
}

impl Canonical {
    /// Sorts the chosen articles; `stratum` gives each article's stratum.
    pub fn of(words: &[u32], hits: &Hits, stratum: Option<&[u32]>, chosen: &[u32]) -> Canonical {
        let key = |article: u32| (stratum.map_or(0, |strata| strata[article as usize]), words[article as usize]);
        let mut order: Vec<((u32, u32), u32)> = chosen.iter().map(|&article| (key(article), article)).collect();
        order.sort_unstable();
        let mut columns: Vec<Vec<(u32, u32)>> = vec![Vec::new(); hits.columns()];
        let mut start = 0;
        for block in order.chunk_by(|a, b| a.0 == b.0) {
            let end = start + block.len();
            if let [(_, article)] = block {
                hits.of(*article).iter().for_each(|&(column, n)| columns[column as usize].push((start as u32, n)));
            } else {
                sort_block(block, hits, end as u32, &mut columns);
            }
            start = end;
        }
        let strata = order.chunk_by(|a, b| a.0.0 == b.0.0).map(<[_]>::len).collect();
        Canonical { words: order.iter().map(|(key, _)| key.1).collect(), columns, strata }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.words.len()
    }

    /// The same rows, each with all its columns together, hits and tie-breakers packed in one number.
    pub(super) fn pack(&self, scales: &[TieScale]) -> Packed {
        self.together(|column, hits| scales[column].pack(hits))
    }

    /// The same rows, each with all its columns together.
    pub(super) fn pack_plain(&self) -> Packed {
        self.together(|_, hits| u64::from(hits))
    }

    fn together(&self, cell: impl Fn(usize, u32) -> u64) -> Packed {
        let mut cells: Vec<(u32, u32, u64)> = Vec::new();
        for (column, rows) in self.columns.iter().enumerate() {
            cells.extend(rows.iter().map(|&(row, hits)| (row, column as u32 + 1, cell(column, hits))));
        }
        cells.sort_unstable();
        let mut starts = Vec::with_capacity(self.rows() + 1);
        for (at, &(row, _, _)) in cells.iter().enumerate() {
            while starts.len() <= row as usize {
                starts.push(at as u32);
            }
        }
        starts.resize(self.rows() + 1, cells.len() as u32);
        Packed { words: self.words.clone(), starts, cells: cells.iter().map(|cell| (cell.1, cell.2)).collect() }
    }
}

/// Within articles of one stratum and length the hits of each column stand sorted at the end.
fn sort_block(block: &[((u32, u32), u32)], hits: &Hits, end: u32, columns: &mut [Vec<(u32, u32)>]) {
    let mut cells: Vec<(u32, u32)> = block.iter().flat_map(|&(_, article)| hits.of(article).iter().copied()).collect();
    cells.sort_unstable();
    for of_column in cells.chunk_by(|a, b| a.0 == b.0) {
        let first = end - of_column.len() as u32;
        let rows = of_column.iter().zip(first..).map(|(&(_, n), row)| (row, n));
        columns[of_column[0].0 as usize].extend(rows);
    }
}

/// Rows whose sums are taken again and again.
#[derive(Clone, Debug)]
pub(super) struct Packed {
    words: Vec<u32>,
    starts: Vec<u32>,
    cells: Vec<(u32, u64)>,
}

impl Packed {
    /// Number of rows.
    pub(super) fn rows(&self) -> usize {
        self.words.len()
    }

    /// Adds these rows to `sums`: words first, then the columns.
    pub(super) fn add_rows(&self, rows: &[u32], sums: &mut [u64]) {
        let mut words = 0;
        for &row in rows {
            words += u64::from(self.words[row as usize]);
            let (from, to) = (self.starts[row as usize] as usize, self.starts[row as usize + 1] as usize);
            for &(column, cell) in &self.cells[from..to] {
                sums[column as usize] += cell;
            }
        }
        sums[0] += words;
    }
}
