//! One random dealing of rows.
//!
//! In: how many rows there are, and how many are drawn. Out: the rows of each dealing.
//! Invariant: a dealing depends on the seed, the number of rows and its own number alone.
//! It deliberately sums nothing.

use super::super::seed::Stream;

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
