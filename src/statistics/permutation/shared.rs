//! Random dealings that groups of any size share.
//!
//! In: a [`Pool`] without strata, and how many rows the largest group draws. Out: for each dealing the sums of its first rows.
//! Invariant: a group of m articles has the first m rows of each dealing, so that its p knows nothing of the other groups.
//! It deliberately names no stream after a group: what is drawn depends on the seed and the number of rows alone.

use super::super::seed::Stream;
use super::{Options, Pool};
use rayon::prelude::*;

/// Sums are kept at every so many rows, or where there are many columns at fewer, so that they take no more room.
const STEP: usize = 8;
const COLUMNS: usize = 16;
/// Dealings that a thread makes at a time.
const BLOCK: usize = 500;

/// Rows in the order in which each dealing draws them, and sums of the first of them, step by step.
#[derive(Clone)]
pub(super) struct Shared {
    seed: u64,
    dealings: usize,
    most: usize,
    width: usize,
    step: usize,
    orders: Vec<u32>,
    sums: Vec<u64>,
}

/// Deals rows; what it deals depends on the seed, the number of rows and that of the dealing alone.
pub(super) struct Dealer {
    places: Vec<u32>,
    swaps: Vec<usize>,
    drawn: Vec<u32>,
}

impl Dealer {
    /// Of so many rows.
    pub(super) fn new(rows: usize) -> Dealer {
        Dealer { places: (0..rows as u32).collect(), swaps: Vec::new(), drawn: Vec::new() }
    }

    /// The first rows of a dealing.
    pub(super) fn deal(&mut self, seed: u64, dealing: usize, drawn: usize) -> &[u32] {
        let mut stream = Stream::numbered(seed, &["permutation"], dealing as u64);
        let rows = self.places.len();
        self.swaps.clear();
        for i in 0..drawn {
            let j = i + stream.below((rows - i) as u32) as usize;
            self.places.swap(i, j);
            self.swaps.push(j);
        }
        self.drawn.clear();
        self.drawn.extend_from_slice(&self.places[..drawn]);
        // each dealing begins with the rows in order, so that it knows nothing of those before it
        self.swaps.iter().enumerate().rev().for_each(|(i, &j)| self.places.swap(i, j));
        &self.drawn
    }
}

impl Shared {
    /// Bytes that dealings of `most` rows take; a pool for which that is too much deals for each group anew, and gets the same.
    pub(super) fn bytes(frames: usize, most: usize, options: &Options) -> usize {
        let width = frames + 1;
        options.permutations as usize * (4 * most + 8 * width * (most / (STEP * (width / COLUMNS + 1))))
    }

    /// Draws up to `most` rows in each dealing.
    pub(super) fn of(pool: &Pool<'_>, most: usize, options: &Options) -> Shared {
        let (rows, width, dealings) = (pool.rows.rows(), pool.frames + 1, options.permutations as usize);
        let most = most.min(rows);
        let step = STEP * (width / COLUMNS + 1);
        let orders = vec![0; dealings * most];
        let mut shared = Shared { seed: options.seed, dealings, most, width, step, orders, sums: Vec::new() };
        shared.sums = vec![0; dealings * (most / step) * width];
        let kept = (most / step * width).max(1);
        let blocks = shared.orders.par_chunks_mut(BLOCK * most.max(1)).enumerate();
        blocks.for_each(|(block, orders)| {
            let mut dealer = Dealer::new(rows);
            for (at, order) in orders.chunks_exact_mut(most.max(1)).enumerate() {
                order.copy_from_slice(dealer.deal(options.seed, block * BLOCK + at, most));
            }
        });
        let (orders, sums) = (&shared.orders, &mut shared.sums);
        let each = sums.par_chunks_mut(kept).zip(orders.par_chunks(most.max(1)));
        each.for_each(|(sums, order)| {
            let mut sum = vec![0; width];
            for (kept, rows) in sums.chunks_exact_mut(width).zip(order.chunks_exact(step)) {
                pool.rows.add_rows(rows, &mut sum);
                kept.copy_from_slice(&sum);
            }
        });
        shared
    }

    /// Whether these are the dealings that `options` ask for, and long enough.
    pub(super) fn serves(&self, drawn: usize, options: &Options) -> bool {
        (self.seed, self.dealings) == (options.seed, options.permutations as usize) && drawn <= self.most
    }

    /// Sums of the first `drawn` rows of a dealing.
    pub(super) fn sums(&self, pool: &Pool<'_>, dealing: usize, drawn: usize, sums: &mut [u64]) {
        let steps = drawn / self.step;
        match steps {
            0 => sums.fill(0),
            _ => {
                let from = (dealing * (self.most / self.step) + steps - 1) * self.width;
                sums.copy_from_slice(&self.sums[from..from + self.width]);
            }
        }
        let from = dealing * self.most;
        pool.rows.add_rows(&self.orders[from + steps * self.step..from + drawn], sums);
    }
}
