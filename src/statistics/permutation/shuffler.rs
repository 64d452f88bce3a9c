//! One random permutation of rows.
//!
//! In: how many rows there are, and how many are drawn. Out: the rows of each permutation.
//! Invariant: a permutation depends on the seed, the number of rows and its own number alone.
//! It deliberately sums nothing.

use super::super::seed::Stream;

/// Shuffles rows; what it draws depends on the seed, the number of rows and that of the permutation alone.
pub(super) struct Shuffler {
    places: Vec<u32>,
    swaps: Vec<usize>,
    drawn: Vec<u32>,
}

impl Shuffler {
    /// Of so many rows.
    pub(super) fn new(rows: usize) -> Shuffler {
        Shuffler { places: (0..rows as u32).collect(), swaps: Vec::new(), drawn: Vec::new() }
    }

    /// The first rows of a permutation.
    pub(super) fn shuffle(&mut self, seed: u64, permutation: usize, drawn: usize) -> &[u32] {
        let mut stream = Stream::numbered(seed, &["permutation"], permutation as u64);
        let rows = self.places.len();
        self.swaps.clear();
        for i in 0..drawn {
            let j = i + stream.below((rows - i) as u32) as usize;
            self.places.swap(i, j);
            self.swaps.push(j);
        }
        self.drawn.clear();
        self.drawn.extend_from_slice(&self.places[..drawn]);
        // each permutation begins with the rows in order, so that it knows nothing of those before it
        self.swaps.iter().enumerate().rev().for_each(|(i, &j)| self.places.swap(i, j));
        &self.drawn
    }
}
