//! Which frames stand in which sentence.
//!
//! In: the counted hits of a shard. Out: [`FrameSentences`] of each article.
//! Invariant: a sentence counts once for a frame, however many hits it has; a hit stands in the sentence of its first word. Sentences
//! without a word that could have been a hit are no units. Memory grows with the hits, not with the pairs of frames that meet.
//! It deliberately makes no pairs: who knows the frames' names leaves out those of a frame and one that holds it.

use crate::clean::{Removed, removed_by};
use crate::index::Shard;
use crate::lookup::{FrameId, Hit};
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// Sentences of one article by the frames in them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameSentences {
    /// Sentences with a word that could have been a hit.
    pub sentences: u32,
    /// Number of a sentence, and a frame in it: ascending, each once; sentences without a frame are left out.
    pub places: Vec<(u32, FrameId)>,
}

/// The frames in each sentence of every article of a shard; `hits` are counted, by place.
pub(super) fn of_shard(shard: &Shard, removed: &[Vec<Removed>], hits: &[&Hit]) -> Vec<FrameSentences> {
    let mut rest = hits;
    let of_article = |(i, removed): (usize, &Vec<Removed>)| {
        let (own, after) = rest.split_at(rest.partition_point(|hit| hit.article as usize <= i));
        rest = after;
        let (first, begins) = (shard.range(i).start, shard.sentences(i));
        let ends = begins.iter().skip(1).copied().chain([shard.range(i).len()]);
        let sentences = begins.iter().copied().zip(ends);
        let is_unit = |&(begin, end): &(u32, u32)| is_left(removed, begin, end);
        let sentence_of =
            |hit: &Hit| begins.partition_point(|&begin| begin <= hit.tokens.in_article(first).start) as u32;
        let mut places: Vec<(u32, FrameId)> = own.iter().map(|hit| (sentence_of(hit), hit.frame)).collect();
        places.sort_unstable();
        places.dedup();
        places.shrink_to_fit();
        FrameSentences { sentences: sentences.filter(is_unit).count() as u32, places }
    };
    removed.iter().enumerate().map(of_article).collect()
}

/// True where a word of a sentence is not removed.
fn is_left(removed: &[Removed], begin: u32, end: u32) -> bool {
    removed.is_empty() || (begin..end).any(|token| removed_by(removed, Span::new(token, token + 1)).is_none())
}
