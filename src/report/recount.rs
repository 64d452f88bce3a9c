//! What checks of robustness need of an article: all its hits, counted or not.
//!
//! In: the results of a shard. Out: one more article in the [`Variants`] of the counts.
//! Invariant: the hits of a frame are those that the frame counts: its own, or of a frame that holds others what it counts
//! in their place.

use super::quote::{Quoted, Row};
use super::tables::ShardResult;
use crate::aggregate::{Told, Variants};
use crate::lookup::Plan;

/// Adds the counted article `i` of a shard.
pub(super) fn article(
    variants: &mut Variants,
    plan: &Plan<'_>,
    shard: &ShardResult,
    i: usize,
    [hits, parents]: [&[Row]; 2],
) {
    fn told<'r>(quoted: &'r Quoted, row: &'r Row) -> Told<'r> {
        let Row { entry, frame, uncounted, .. } = *row;
        Told { entry, frame, voice: row.verdict.voice, uncounted, form: quoted.form(row) }
    }
    let facts = &shard.facts[i];
    let own = hits.iter().filter(|row| plan.inside(row.frame).is_empty()).map(|row| told(&shard.hits, row));
    let all = own.chain(parents.iter().map(|row| told(&shard.parents, row)));
    variants.push(plan, facts.language, [facts.furniture_words, facts.repeat_words], all);
}
