//! Precision, recall and F1 of a frame against coders.
//!
//! In: judged units. Out: shares with Wilson intervals.
//! Invariant: unequal weights never make an interval narrower.
//! It deliberately takes the coders as right.

use super::super::measure::measure;
use super::super::measured::{Estimate, Interval, Measured, Why};
use super::super::proportion::wilson_of;

measure! {
    PRECISION, "estimate", "precision";
    what: "Of what the lexicon found, the share that coders call right.";
    formula: "tp / (tp + fp), with Wilson's interval";
    unit: "share, 0 to 1";
    missing: "\"no hits\" where nothing was found in the sample";
    source: "van Rijsbergen 1979; Wilson 1927";
    beware: "It holds for the corpus that the sample was drawn from.";
    example: "use agreement::classification::{Confusion, precision};\n\
              let found = precision(Confusion { true_hits: 40.0, false_hits: 10.0, misses: 20.0, effective: 1.0 });\n\
              assert_eq!(found.value.value(), Some(40.0 / 50.0));";
}

measure! {
    RECALL, "estimate", "recall";
    what: "Of what coders call the frame, the share that the lexicon found.";
    formula: "tp / (tp + fn), with Wilson's interval; weighted units count 1/p_i, and n is Kish's effective number";
    unit: "share, 0 to 1";
    missing: "\"no hits\" where coders found nothing";
    source: "van Rijsbergen 1979; Horvitz and Thompson 1952";
    beware: "A sample drawn from the hits has no misses: weight it back, or recall is far too high.";
    example: "use agreement::classification::{Confusion, recall};\n\
              let found = recall(Confusion { true_hits: 40.0, false_hits: 10.0, misses: 20.0, effective: 1.0 });\n\
              assert_eq!(found.value.value(), Some(40.0 / 60.0));";
}

measure! {
    F1, "estimate", "f1";
    what: "Harmonic mean of precision and recall.";
    formula: "2 tp / (2 tp + fp + fn); interval from Wilson's of J = tp/(tp + fp + fn) by F1 = 2J/(1 + J)";
    unit: "share, 0 to 1";
    missing: "\"no hits\" where neither found anything";
    source: "van Rijsbergen 1979";
    beware: "It hides which of the two is poor: print both.";
    example: "use agreement::classification::{Confusion, f1};\n\
              let found = f1(Confusion { true_hits: 40.0, false_hits: 10.0, misses: 20.0, effective: 1.0 });\n\
              assert!((found.value.value().unwrap() - 80.0 / 110.0).abs() < 1e-15);";
}

/// Counts of a validation sample, or their weighted sums.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Confusion {
    /// Found, and right.
    pub true_hits: f64,
    /// Found, and wrong.
    pub false_hits: f64,
    /// Not found by the lexicon, but by the coders.
    pub misses: f64,
    /// Units that one unit of these sums is worth: 1 for plain counts.
    pub effective: f64,
}

/// One coded unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// The lexicon found the frame.
    pub found: bool,
    /// The coders did.
    pub coded: bool,
    /// One over the chance that this unit was sampled; 1 where all had the same.
    pub weight: f64,
}

impl Confusion {
    /// Sums over judged units; unequal weights lessen the number of units that they are worth (Kish 1965).
    pub fn of(units: &[Judged]) -> Confusion {
        let mut sorted: Vec<Judged> = units.to_vec();
        sorted.sort_unstable_by(|a, b| a.weight.total_cmp(&b.weight));
        let sum = |found: bool, coded: bool| {
            sorted.iter().filter(|unit| (unit.found, unit.coded) == (found, coded)).map(|unit| unit.weight).sum::<f64>()
        };
        let weights = sorted.iter().map(|unit| unit.weight).sum::<f64>();
        let squares = sorted.iter().map(|unit| unit.weight * unit.weight).sum::<f64>();
        Confusion {
            true_hits: sum(true, true),
            false_hits: sum(true, false),
            misses: sum(false, true),
            effective: weights / squares,
        }
    }

    fn estimate(self, others: f64, value: impl Fn(f64) -> f64) -> Estimate {
        let all = self.true_hits + others;
        let share = self.true_hits / all;
        let n = all * self.effective;
        let interval = wilson_of(share, n).and_then(|interval: Interval| interval.map(&value));
        let measured = Measured::of(share, Why::NoHits).map(&value);
        match measured.why() {
            Some(_) => Estimate::missing(Why::NoHits, 0, 0),
            None => Estimate::with_interval(measured, interval, n.round() as u32, 0, "Wilson"),
        }
    }
}

/// [`PRECISION`]; `n_articles` of the estimate counts units.
pub fn precision(confusion: Confusion) -> Estimate {
    confusion.estimate(confusion.false_hits, |share| share)
}

/// [`RECALL`].
pub fn recall(confusion: Confusion) -> Estimate {
    confusion.estimate(confusion.misses, |share| share)
}

/// [`F1`].
pub fn f1(confusion: Confusion) -> Estimate {
    confusion.estimate(confusion.false_hits + confusion.misses, |j| 2.0 * j / (1.0 + j))
}
