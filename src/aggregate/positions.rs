//! Hits and words by where they stand: headline, lead and the rest, by group.
//!
//! In: positions of the words and hits of counted articles. Out: [`PositionSums`].
//! Invariant: sums are integers, so neighbouring parts add up in any order. Where headlines are counted, the three add up to the
//! words and hits of the group; where they are looked at separately, lead and rest do.
//! It deliberately knows no article: how sure these rates are, a run does not say.

use super::GroupId;
use crate::lookup::FrameId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Numbers for the headline, the lead and the rest.
pub type ByPosition = [u64; 3];

/// Sums by position.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionSums {
    /// Words without furniture and repeats, by group.
    pub words: BTreeMap<GroupId, ByPosition>,
    /// Counted hits by group and frame; of headlines that are looked at separately, what would be counted.
    pub hits: BTreeMap<(GroupId, FrameId), ByPosition>,
}

fn add(to: &mut ByPosition, more: ByPosition) {
    to.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
}

impl PositionSums {
    /// Adds the words of an article.
    pub fn add_words(&mut self, group: GroupId, words: ByPosition) {
        add(self.words.entry(group).or_default(), words);
    }

    /// Adds a hit; `position` is 0, 1 or 2.
    pub fn add_hit(&mut self, group: GroupId, frame: FrameId, position: usize) {
        if let Some(sum) = self.hits.entry((group, frame)).or_default().get_mut(position) {
            *sum += 1;
        }
    }

    /// Adds those of other articles.
    pub fn merge(&mut self, next: PositionSums) {
        next.words.into_iter().for_each(|(group, words)| self.add_words(group, words));
        next.hits.into_iter().for_each(|(cell, hits)| add(self.hits.entry(cell).or_default(), hits));
    }

    /// Hits and words of a frame in a group at a position; `None` where the group has no word there.
    pub fn get(&self, group: GroupId, frame: FrameId, position: usize) -> Option<(u64, u64)> {
        let words = self.words.get(&group)?[position];
        let hits = self.hits.get(&(group, frame)).map_or(0, |hits| hits[position]);
        (words > 0).then_some((hits, words))
    }
}
