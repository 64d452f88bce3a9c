//! Who is talked about where a frame's words fall: the nearest target in the same sentence.
//!
//! In: hits and mentions of targets in a shard. Out: each counted hit has its [`Near`], where there is one.
//! Invariant: a target stands in the sentence of its hit. None is nearer than one that the hit's own words name (*Russian meddling*); of two
//! that are equally near, the one before wins, and of two that share their words, the longer. The order of targets never matters.
//! It deliberately reads no syntax: near is a number of words.

use super::Hit;
use super::ids::TargetId;
use crate::index::Shard;
use crate::text::{ShardToken, Span};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// The target of a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near {
    /// Which target.
    pub target: TargetId,
    /// Words between the hit and the target's name; 0 = side by side, or in the words of the hit.
    pub distance: u32,
}

/// How far from a hit its target may stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Window {
    /// Words that may stand between at most; 0 = as many as the sentence has.
    pub words: u32,
}

/// Gives each counted hit its nearest target. `mentions` are counted ones, ascending; `names` are those of the targets.
pub(super) fn assign(shard: &Shard, mentions: &[Hit<TargetId>], names: &[String], window: Window, hits: &mut [Hit]) {
    let longest = mentions.iter().map(|mention| mention.tokens.len()).max().unwrap_or(0);
    let search = NearestTarget { mentions, names, window, longest };
    for hit in hits {
        let is_asked = hit.uncounted.is_none() && !mentions.is_empty();
        hit.target = is_asked.then(|| search.nearest(sentence(shard, hit), hit.tokens)).flatten();
    }
}

/// The tokens of the sentence of a hit; of all its sentences, where it crosses a border.
fn sentence(shard: &Shard, hit: &Hit) -> Span<ShardToken> {
    let range = shard.range(hit.article as usize);
    let begins = shard.sentences(hit.article as usize);
    let first = begins.partition_point(|&begin| range.start + begin <= hit.tokens.start);
    let next = begins.partition_point(|&begin| range.start + begin < hit.tokens.end);
    let start = begins.get(first.wrapping_sub(1)).map_or(range.start, |&begin| range.start + begin);
    let end = begins.get(next).map_or(range.end, |&begin| range.start + begin);
    Span::new(start, end)
}

struct NearestTarget<'a> {
    mentions: &'a [Hit<TargetId>],
    names: &'a [String],
    window: Window,
    /// Words of the longest mention.
    longest: u32,
}

impl<'a> NearestTarget<'a> {
    /// Looks outwards from the hit, no farther than a nearer one can be: a sentence may be as long as its article.
    fn nearest(&self, sentence: Span<ShardToken>, hit: Span<ShardToken>) -> Option<Near> {
        let mut best: Option<(u32, bool, Reverse<u32>, &str, TargetId)> = None;
        let farthest = if self.window.words == 0 { u32::MAX } else { self.window.words };
        // so many words may be between for a mention to be as near; those that share words with the hit are all looked at
        let is_too_far = |least: u32, best: Option<&(u32, _, _, _, _)>| {
            least > 0 && least > best.map_or(farthest, |&(rank, ..)| rank.saturating_sub(1))
        };
        let split = self.mentions.partition_point(|mention| mention.tokens.start < hit.start);
        let (before, after) = self.mentions.split_at(split);
        for mention in before.iter().rev() {
            let least = (hit.start - mention.tokens.start).saturating_sub(self.longest);
            if mention.tokens.start < sentence.start || is_too_far(least, best.as_ref()) {
                break;
            }
            best = self.candidate(mention, sentence, hit).into_iter().chain(best).min();
        }
        for mention in after {
            let least = mention.tokens.start.saturating_sub(hit.end);
            if mention.tokens.start >= sentence.end || is_too_far(least, best.as_ref()) {
                break;
            }
            best = self.candidate(mention, sentence, hit).into_iter().chain(best).min();
        }
        best.map(|(rank, .., target)| Near { target, distance: rank.saturating_sub(1) })
    }

    /// A mention by how well it fits: one in the words of the hit, then the nearer, then the one before, then the longer, then by name.
    fn candidate(
        &self,
        mention: &Hit<TargetId>,
        sentence: Span<ShardToken>,
        hit: Span<ShardToken>,
    ) -> Option<(u32, bool, Reverse<u32>, &'a str, TargetId)> {
        let tokens = mention.tokens;
        if !sentence.covers(&tokens) {
            return None;
        }
        let is_after = tokens.start >= hit.end;
        let rank = match (tokens.overlaps(&hit), is_after) {
            (true, _) => 0,
            (false, true) => tokens.start - hit.end + 1,
            (false, false) => hit.start - tokens.end + 1,
        };
        let name = self.names.get(mention.frame.index()).map_or("", String::as_str);
        let fits = self.window.words == 0 || rank <= self.window.words.saturating_add(1);
        fits.then_some((rank, is_after, Reverse(tokens.len()), name, mention.frame))
    }
}
