//! What checks of robustness need of an article: all its hits, counted or not.
//!
//! In: the hits of an article. Out: one more article in [`Variants`].
//! Invariant: the hits of a frame are those that the frame counts: its own, or of a frame that holds others what it counts
//! in their place.

use super::Facts;
use super::sum::Forms;
use crate::aggregate::{ExactForms, HitForm, Variants};
use crate::lookup::{Hit, Plan};

/// Adds a counted article.
pub(super) fn article(
    variants: &mut Variants,
    plan: &Plan<'_>,
    facts: &Facts,
    exact_forms: &mut ExactForms,
    [own, parents]: [(&[Hit], &Forms); 2],
) {
    fn hit<'f>((hit, form): (&Hit, &'f str)) -> HitForm<'f> {
        let Hit { entry, frame, uncounted, verdict, .. } = *hit;
        HitForm { entry, frame, voice: verdict.voice, uncounted, form }
    }
    let own = own.0.iter().zip(own.1.iter()).filter(|(hit, _)| plan.inside(hit.frame).is_empty());
    let all = own.chain(parents.0.iter().zip(parents.1.iter())).map(hit);
    variants.push(plan, facts.language, [facts.furniture_words, facts.repeat_words], exact_forms, all);
}
