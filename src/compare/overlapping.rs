//! Hits that share bytes with another, found by where they begin.
//!
//! In: hits of one text, numbered. Out: the numbers of those that share a byte with a hit, ascending.
//! Invariant: the work is that of a search, and of what is found beside it.
//! It deliberately asks for no order of the hits.

use super::families::meet;
use super::key::Key;

pub(super) struct Overlapping {
    /// Ascending by first byte.
    hits: Vec<(Key, usize)>,
    longest: u32,
}

impl Overlapping {
    pub fn of(hits: impl Iterator<Item = (Key, usize)>) -> Overlapping {
        let mut hits: Vec<(Key, usize)> = hits.collect();
        hits.sort_unstable_by_key(|(key, number)| (key.start, *number));
        let longest = hits.iter().map(|(key, _)| key.end.saturating_sub(key.start)).max().unwrap_or(0);
        Overlapping { hits, longest }
    }

    /// Numbers of the hits that meet this one.
    pub fn with(&self, key: Key) -> impl Iterator<Item = usize> {
        let first = self.hits.partition_point(|(hit, _)| hit.start.saturating_add(self.longest) <= key.start);
        let near = self.hits[first..].iter().take_while(move |(hit, _)| hit.start < key.end);
        let mut found: Vec<usize> = near.filter(|(hit, _)| meet(&key, hit)).map(|(_, number)| *number).collect();
        found.sort_unstable();
        found.into_iter()
    }
}
