//! Which of several overlapping candidates is the hit.
//!
//! In: candidates of all lexicons. Out: hits of each frame, and of each frame that has frames inside it.
//! Invariant: the longest wins, then the leftmost, then the entry of the better rank; a token is in one hit of a frame.

use super::candidates::Candidate;
use super::ids::FrameId;
use super::plan::Plan;
use crate::lexicon::Overlap;
use std::collections::BTreeMap;

type FrameCandidates = Vec<(FrameId, Candidate)>;

/// Hits of the frames themselves, and hits of frames that hold others.
pub(super) fn resolve(
    plan: &Plan<'_>,
    by_lexicon: Vec<BTreeMap<usize, Vec<Candidate>>>,
) -> (FrameCandidates, FrameCandidates) {
    let mut by_frame: BTreeMap<FrameId, Vec<Candidate>> = BTreeMap::new();
    for (lexicon, frames) in plan.lexicons().iter().zip(by_lexicon) {
        let mut candidates: Vec<Candidate> = frames.into_values().flatten().collect();
        if lexicon.overlap == Overlap::Lexicon {
            settle(plan, &mut candidates);
        }
        for candidate in candidates {
            by_frame.entry(plan.frame_of(candidate.entry)).or_default().push(candidate);
        }
    }
    let mut parents = FrameCandidates::new();
    for frame in plan.ids() {
        let inside = plan.inside(frame);
        if inside.is_empty() {
            continue;
        }
        let members = inside.iter().chain([&frame]);
        let mut all: Vec<Candidate> = members.filter_map(|member| by_frame.get(member)).flatten().copied().collect();
        settle(plan, &mut all);
        parents.extend(all.into_iter().map(|candidate| (frame, candidate)));
    }
    let mut own = FrameCandidates::new();
    for (frame, mut candidates) in by_frame {
        settle(plan, &mut candidates);
        own.extend(candidates.into_iter().map(|candidate| (frame, candidate)));
    }
    (own, parents)
}

/// Keeps the winners, ordered by place.
fn settle(plan: &Plan<'_>, candidates: &mut Vec<Candidate>) {
    candidates.sort_unstable_by_key(|c| (c.tokens.start, c.tokens.end, c.entry));
    let mut kept = Vec::with_capacity(candidates.len());
    let mut from = 0;
    while from < candidates.len() {
        // a cluster: candidates that hang together by overlaps
        let mut end = candidates[from].tokens.end;
        let mut to = from + 1;
        while to < candidates.len() && candidates[to].tokens.start < end {
            end = end.max(candidates[to].tokens.end);
            to += 1;
        }
        match &candidates[from..to] {
            [single] => kept.push(*single),
            cluster => settle_cluster(plan, cluster, &mut kept),
        }
        from = to;
    }
    *candidates = kept;
}

fn settle_cluster(plan: &Plan<'_>, cluster: &[Candidate], kept: &mut Vec<Candidate>) {
    let mut order = cluster.to_vec();
    order.sort_unstable_by_key(|c| (std::cmp::Reverse(c.tokens.len()), c.tokens.start, plan.rank(c.entry), c.entry));
    let mut winners: Vec<Candidate> = Vec::new();
    let mut taken: BTreeMap<u32, u32> = BTreeMap::new();
    for candidate in order {
        let tokens = candidate.tokens;
        let before_end = taken.range(..tokens.end).next_back();
        if before_end.is_none_or(|(_, &end)| end <= tokens.start) {
            taken.insert(tokens.start, tokens.end);
            winners.push(candidate);
        }
    }
    winners.sort_unstable_by_key(|c| c.tokens.start);
    kept.extend(winners);
}
