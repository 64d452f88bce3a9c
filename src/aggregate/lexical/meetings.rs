//! Which frames meet in a sentence.
//!
//! In: the counted hits of a shard. Out: [`Meetings`] of each article.
//! Invariant: a sentence counts once for a frame and once for a pair, however many hits it has; a hit stands in the sentence of its
//! first word. Sentences without a word that could have been a hit are no units.
//! It deliberately leaves in the pairs of a frame and one that holds it: who knows the frames' names takes them out.

use crate::clean::{Removed, removed_by};
use crate::index::Shard;
use crate::lookup::{FrameId, Hit};
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// Sentences of one article by the frames in them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meetings {
    /// Sentences with a word that could have been a hit.
    pub sentences: u32,
    /// Sentences with each frame; frames ascend, those without are left out.
    pub frames: Vec<(FrameId, u32)>,
    /// Sentences with both frames, the first number below the second; ascending.
    pub pairs: Vec<(FrameId, FrameId, u32)>,
}

/// The meetings of every article of a shard; `hits` are counted, by place.
pub(super) fn of_shard(shard: &Shard, removed: &[Vec<Removed>], hits: &[&Hit]) -> Vec<Meetings> {
    let mut rest = hits;
    let of_article = |(i, removed): (usize, &Vec<Removed>)| {
        let (own, after) = rest.split_at(rest.partition_point(|hit| hit.article as usize <= i));
        rest = after;
        let (first, begins) = (shard.range(i).start, shard.sentences(i));
        let ends = begins.iter().skip(1).copied().chain([shard.range(i).len()]);
        let sentences = begins.iter().copied().zip(ends);
        let is_unit = |&(begin, end): &(u32, u32)| is_left(removed, begin, end);
        let sentence_of = |hit: &Hit| begins.partition_point(|&begin| begin <= hit.tokens.start - first);
        let mut places: Vec<(usize, FrameId)> = own.iter().map(|hit| (sentence_of(hit), hit.frame)).collect();
        places.sort_unstable();
        places.dedup();
        let mut frames: Vec<FrameId> = places.iter().map(|place| place.1).collect();
        let mut pairs = Vec::new();
        for sentence in places.chunk_by(|a, b| a.0 == b.0) {
            for (i, one) in sentence.iter().enumerate() {
                pairs.extend(sentence[i + 1..].iter().map(|other| (one.1, other.1)));
            }
        }
        frames.sort_unstable();
        pairs.sort_unstable();
        Meetings {
            sentences: sentences.filter(is_unit).count() as u32,
            frames: frames.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32)).collect(),
            pairs: pairs.chunk_by(|a, b| a == b).map(|run| (run[0].0, run[0].1, run.len() as u32)).collect(),
        }
    };
    removed.iter().enumerate().map(of_article).collect()
}

/// True where a word of a sentence is not removed.
fn is_left(removed: &[Removed], begin: u32, end: u32) -> bool {
    removed.is_empty() || (begin..end).any(|token| removed_by(removed, Span::new(token, token + 1)).is_none())
}
