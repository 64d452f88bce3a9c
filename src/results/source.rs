//! What the tables are made of, and what several of them ask.

use super::sums::Sums;
use crate::aggregate::{Contribution, Counts, Usage};
use crate::estimates::Estimates;
use crate::lookup::{EntryId, FrameId, Plan};
use crate::sentiment::Scorer;
use crate::statistics::{Estimate, Measured, Note};
use std::collections::BTreeMap;
use std::ops::Deref;

/// What a run has counted and estimated.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// Names of the dimensions of the grouping.
    pub dimensions: &'a [String],
    /// Counts of every article.
    pub counts: &'a Counts,
    /// Every estimate.
    pub estimates: &'a Estimates,
    /// Lexicons of frames.
    pub plan: &'a Plan<'a>,
    /// Lexicons of sentiment.
    pub sentiment: &'a [Plan<'a>],
    /// How they were scored.
    pub scorer: &'a Scorer<'a>,
    /// What each entry of the frames found.
    pub frame_usage: &'a BTreeMap<EntryId, Usage>,
    /// What each entry of each sentiment lexicon found.
    pub sentiment_usage: &'a [BTreeMap<EntryId, Usage>],
    /// What each entry of each sentiment lexicon gave.
    pub contributions: &'a [Contribution],
    /// What coders have said of each frame.
    pub stamps: &'a [Option<super::Stamp>],
    /// Pairs of frames: tokens and articles that they share.
    pub shared: &'a BTreeMap<(FrameId, FrameId), (u64, u64)>,
}

/// [`Sources`], and what is made of them once for all tables.
pub(super) struct Context<'a> {
    sources: Sources<'a>,
    pub(super) sums: Sums,
    /// Group labels as one text each.
    pub(super) names: Vec<String>,
}

impl<'a> Context<'a> {
    pub(super) fn of(sources: Sources<'a>, sums: Sums) -> Context<'a> {
        Context { names: sources.counts.group_names(), sums, sources }
    }

    /// The label of a group in a dimension.
    pub(super) fn label(&self, group: usize, dimension: usize) -> &str {
        self.counts.groups[group].get(dimension).map_or("", String::as_str)
    }

    /// The name of a frame.
    pub(super) fn frame(&self, frame: usize) -> &str {
        &self.counts.frames[frame]
    }
}

impl<'a> Deref for Context<'a> {
    type Target = Sources<'a>;

    fn deref(&self) -> &Sources<'a> {
        &self.sources
    }
}

/// A p or a q. No chance is nothing: what is less than can be told is written as the least that can.
pub(super) fn chance(value: Measured) -> Option<f64> {
    /// Below this a p says more of the machine than of the articles.
    const LEAST: f64 = 1e-12;
    value.value().map(|p| p.max(LEAST))
}

pub(super) fn low(estimate: &Estimate) -> Option<f64> {
    estimate.interval.and_then(|interval| interval.low())
}

pub(super) fn high(estimate: &Estimate) -> Option<f64> {
    estimate.interval.and_then(|interval| interval.high())
}

/// Why an estimate has no value or no interval; empty where it has both.
pub fn why(estimate: &Estimate) -> &'static str {
    match (estimate.value, estimate.note) {
        (Measured::Missing(why), _) | (_, Some(Note::NoInterval(why))) => why.phrase(),
        _ => "",
    }
}

/// `protest 12, protests 3`.
pub(super) fn forms(forms: &[(String, u64)], most: usize) -> String {
    forms.iter().take(most).map(|(form, n)| format!("{form} {n}")).collect::<Vec<_>>().join(", ")
}
