//! Articles in an order that depends on nothing but themselves.
//!
//! In: words and hits per article, in any order. Out: rows that resampling may index by position.
//! Invariant: any order of the input gives the same rows, and a frame's column does not depend on the other frames,
//! so that adding a frame moves no other number.
//! It deliberately forgets which article a row was: within articles of equal length every column is sorted by itself,
//! which leaves the distribution of each frame as it is (and the joint distribution of frames is never used).

use super::permutation::TieScale;

/// The rows: cell 0 is the number of words, the cells after it belong to the frames.
#[derive(Clone, Debug)]
pub struct Canonical {
    cells: Vec<u64>,
    width: usize,
    /// Number of rows of each stratum, in order.
    pub strata: Vec<usize>,
}

impl Canonical {
    /// Sorts the chosen articles; `hits` is article-major and `frames` wide, `stratum` gives each article's stratum.
    pub fn of(words: &[u32], hits: &[u32], frames: usize, stratum: Option<&[u32]>, chosen: &[u32]) -> Canonical {
        let stratum_of = |article: u32| stratum.map_or(0, |strata| strata[article as usize]);
        let mut order = chosen.to_vec();
        order.sort_unstable_by_key(|&article| (stratum_of(article), words[article as usize]));
        let width = frames + 1;
        let mut cells = Vec::with_capacity(order.len() * width);
        for &article in &order {
            cells.push(u64::from(words[article as usize]));
            let row = article as usize * frames;
            cells.extend(hits[row..row + frames].iter().map(|&hits| u64::from(hits)));
        }
        let mut column = Vec::new();
        let same = |a: &u32, b: &u32| stratum_of(*a) == stratum_of(*b) && words[*a as usize] == words[*b as usize];
        let mut start = 0;
        for block in order.chunk_by(same) {
            let rows = start..start + block.len();
            start = rows.end;
            if block.len() < 2 {
                continue;
            }
            for frame in 1..width {
                column.clear();
                column.extend(rows.clone().map(|row| cells[row * width + frame]));
                column.sort_unstable();
                for (row, &cell) in rows.clone().zip(&column) {
                    cells[row * width + frame] = cell;
                }
            }
        }
        let strata = order.chunk_by(|&a, &b| stratum_of(a) == stratum_of(b)).map(<[u32]>::len).collect();
        Canonical { cells, width, strata }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.cells.len() / self.width
    }

    /// Number of frames.
    pub fn frames(&self) -> usize {
        self.width - 1
    }

    /// One row: words, then the cell of each frame.
    pub fn row(&self, row: usize) -> &[u64] {
        &self.cells[row * self.width..(row + 1) * self.width]
    }

    /// Replaces each frame's hits by hits and tie-breaker packed in one number.
    pub(super) fn pack(mut self, scales: &[TieScale]) -> Canonical {
        for row in self.cells.chunks_exact_mut(self.width) {
            for (cell, scale) in row[1..].iter_mut().zip(scales) {
                *cell = scale.pack(*cell as u32);
            }
        }
        self
    }

    /// Sums of the cells of these rows, added to `sums`.
    pub fn add_rows(&self, rows: &[u32], sums: &mut [u64]) {
        for &row in rows {
            for (sum, cell) in sums.iter_mut().zip(self.row(row as usize)) {
                *sum += cell;
            }
        }
    }
}
