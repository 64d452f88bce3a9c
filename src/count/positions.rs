//! Where the words and hits of an article stand: in its headline, its lead or the rest.
//!
//! In: a counted article, what was removed of it, its hits. Out: their sums in [`PositionSums`].
//! Invariant: words are those that are counted, and hits those that are; of headlines that are looked at separately, those that would be.
//! It deliberately looks at no voice: what the study does not count is left out already.

use crate::aggregate::{GroupId, PositionSums, each_own};
use crate::clean::{Removed, Rule};
use crate::index::{Positions, Shard};
use crate::lookup::{Hit, Uncounted};

/// Adds article `i` of a shard, which is of this group.
pub(super) fn article(
    sums: &mut PositionSums,
    (shard, i, group): (&Shard, usize, GroupId),
    removed: &[Removed],
    (own, parents): (&[Hit], &[Hit]),
) {
    let (tokens, positions) = (shard.range(i), Positions::of(shard, i));
    let mut words = positions.split(0..tokens.len());
    for removed in removed.iter().filter(|removed| removed.rule != Rule::Headline) {
        let gone = positions.split(removed.tokens.start..removed.tokens.end);
        words.iter_mut().zip(gone).for_each(|(words, gone)| *words -= gone);
    }
    sums.add_words(group, words.map(u64::from));
    let is_shown = |hit: &&Hit| matches!(hit.uncounted, None | Some(Uncounted::Headline));
    for hit in each_own(own, parents).filter(is_shown) {
        sums.add_hit(group, hit.frame, positions.at(hit.tokens.in_article(tokens.start).start) as usize);
    }
}
