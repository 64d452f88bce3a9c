//! What checks of robustness need of an article: all its hits, counted or not.
//!
//! In: what was found in a shard. Out: one more article in [`Variants`].
//! Invariant: the hits of a frame are those that the frame counts: its own, or of a frame that holds others what it counts
//! in their place.

use super::pages::{Facts, FoundInShard};
use super::quote::{Quoted, Row};
use crate::aggregate::{Told, Variants};
use crate::lookup::Plan;

/// Adds the counted article `i` of a shard.
pub(super) fn article(variants: &mut Variants, plan: &Plan<'_>, facts: &Facts, found: &FoundInShard, i: usize) {
    fn told<'r>(quoted: &'r Quoted, row: &'r Row) -> Told<'r> {
        let Row { entry, frame, uncounted, .. } = *row;
        Told { entry, frame, voice: row.verdict.voice, uncounted, form: quoted.form(row) }
    }
    let own = found.hits.of_article(i).iter().filter(|row| plan.inside(row.frame).is_empty());
    let own = own.map(|row| told(&found.hits, row));
    let all = own.chain(found.parents.of_article(i).iter().map(|row| told(&found.parents, row)));
    variants.push(plan, facts.language, [facts.furniture_words, facts.repeat_words], all);
}
