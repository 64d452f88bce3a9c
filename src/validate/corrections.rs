//! The comparisons of a run, corrected for what the dictionary gets wrong in each outlet.
//!
//! In: scores of a sample, the comparisons of its run. Out: each beside itself corrected.
//! Invariant: a side that was not coded has no correction: the reason stands there.

use super::estimates::Scores;
use super::key::Comparison;
use crate::statistics::agreement::correction::{Instrument, corrected};
use crate::statistics::{Estimate, Interval, Measured, Why};

/// A comparison before and after.
pub(super) struct Correction<'k> {
    pub comparison: &'k Comparison,
    pub raw: Estimate,
    pub corrected: Estimate,
    /// Of the group, and of all others.
    pub focus: Instrument,
    pub rest: Instrument,
}

/// Corrects all; none where the run did not compare outlets.
pub(super) fn corrections<'k>(scores: &Scores<'k>) -> Vec<Correction<'k>> {
    if scores.key.grouped_by != ["outlet"] {
        return Vec::new();
    }
    let correct = |comparison: &'k Comparison| {
        let instrument = |fits: &dyn Fn(&str) -> bool| {
            let quality = scores.quality(comparison.frame, "outlet", "", fits);
            Instrument { precision: quality.precision, recall: quality.recall }
        };
        let focus = instrument(&|outlet| outlet == comparison.group);
        let rest = instrument(&|outlet| outlet != comparison.group);
        let raw = raw(comparison);
        Correction { comparison, corrected: corrected(&raw, &focus, &rest), raw, focus, rest }
    };
    scores.key.comparisons.iter().map(correct).collect()
}

fn raw(comparison: &Comparison) -> Estimate {
    let Some(value) = comparison.log2_ratio else { return Estimate::missing(Why::NoHits, 0, 0) };
    let value = Measured::of(value, Why::NoHits);
    match comparison.low.zip(comparison.high).and_then(|(low, high)| Interval::two_sided(low, high)) {
        None => Estimate::without_interval(value, Why::TooFewArticles, 0, 0),
        // not the number of articles is what is few here
        interval => Estimate::with_interval(value, interval, u32::MAX, 0, "of the run"),
    }
}
