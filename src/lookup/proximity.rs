//! Which place of one side of a proximity pattern is nearest to a place of the other, and which places cover another.
//!
//! In: the places of one side. Out: for a place of the other side, the nearest.
//! Invariant: of two that are equally near, the one before wins; places that share a word are never near each other. A question costs two
//! searches by halves, so that an article may be as long as a book.
//! It deliberately knows no shard: who asks says how far one may look.

use crate::lexicon::Direction;
use crate::text::{ShardToken, Span};
use std::cmp::Reverse;

/// The places of one side of a proximity pattern, by their first and by their last word.
pub struct Neighbours {
    by_start: Vec<Span<ShardToken>>,
    by_end: Vec<Span<ShardToken>>,
    looks: u64,
}

impl Neighbours {
    /// Places in any order; none crosses the end of a sentence, paragraph or article that is asked for as `bounds`.
    pub fn new(mut places: Vec<Span<ShardToken>>) -> Neighbours {
        places.sort_unstable();
        let by_start = places.clone();
        places.sort_unstable_by_key(|place| (place.end, Reverse(place.start)));
        Neighbours { by_start, by_end: places, looks: 0 }
    }

    /// How many places were looked at so far.
    pub fn looks(&self) -> u64 {
        self.looks
    }

    /// The nearest place at most `reach` words from `from`, on the side where the pattern wants it: `Before` says that `from` comes first.
    /// `bounds` is the sentence, paragraph or article of `from`.
    pub fn nearest(
        &mut self,
        from: Span<ShardToken>,
        bounds: Span<ShardToken>,
        direction: Direction,
        reach: u32,
    ) -> Option<Span<ShardToken>> {
        let before = if direction == Direction::Before { None } else { self.last_before(from, bounds) };
        let after = if direction == Direction::After { None } else { self.first_after(from, bounds) };
        let before = before.map(|place| (from.start - place.end, place));
        let after = after.map(|place| (place.start - from.end, place));
        let near = before.into_iter().chain(after).filter(|(between, _)| *between < reach);
        near.min_by_key(|&(between, place)| (between, place.start)).map(|(_, place)| place)
    }

    fn last_before(&mut self, from: Span<ShardToken>, bounds: Span<ShardToken>) -> Option<Span<ShardToken>> {
        let Neighbours { by_end, looks, .. } = self;
        let next = by_end.partition_point(|place| {
            *looks += 1;
            place.end <= from.start
        });
        let within = |place: &&Span<ShardToken>| bounds.covers(place);
        by_end[..next].last().filter(within).copied()
    }

    fn first_after(&mut self, from: Span<ShardToken>, bounds: Span<ShardToken>) -> Option<Span<ShardToken>> {
        let Neighbours { by_start, looks, .. } = self;
        let next = by_start.partition_point(|place| {
            *looks += 1;
            place.start < from.end
        });
        by_start.get(next).filter(|place| bounds.covers(place)).copied()
    }
}

/// Asks whether one of many places covers another.
pub(super) struct Covers(Vec<(u32, u32)>);

impl Covers {
    pub fn new(mut places: Vec<Span<ShardToken>>) -> Covers {
        places.sort_unstable();
        // of each place its first word, and the farthest end of it and of all that begin before it
        let farthest = places.iter().scan(0, |end, place| {
            *end = place.end.max(*end);
            Some((place.start, *end))
        });
        Covers(farthest.collect())
    }

    pub fn covers(&self, tokens: Span<ShardToken>) -> bool {
        let after = self.0.partition_point(|(start, _)| *start <= tokens.start);
        self.0[..after].last().is_some_and(|(_, end)| *end >= tokens.end)
    }
}
