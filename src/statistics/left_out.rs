//! Is it surprising that a group has nothing of what the others have?
//!
//! In: for each telling of a story so many hits that it would have at the others' rate, and whether it has any. Out: the [`Spread`] of such
//! tellings, and with it the chance that one has none.
//! Invariant: the order of the tellings never matters. Summed over all of them, the chances of none add up to the tellings that have none.
//! It deliberately takes a telling as the unit, all articles of a group in a story together: hits of one article go together.

use super::measure::measure;
use super::measured::{Measured, Why};

measure! {
    LEFT_OUT, "estimate", "left-out-p";
    what: "The probability that a group that covers a story has no hit of an item (frame, label, source, target) that more than half of the groups of the story have.";
    formula: "(1 + φm)^(−1/φ), m the hits that the group would have at the others' rate, by its words in the story: a negative binomial with mean m; e^(−m) where φ is 0. φ is one number for all frames (labels, sources, targets) of a run: chosen so that these probabilities, summed over all groups and stories where other groups with the item are more than half of all groups of the story, equal the number of groups that have none";
    unit: "probability, above 0";
    missing: "\"too few stories\" below 20 such groups and stories, or where none of them lacks anything";
    source: "zero term of the negative binomial, e.g. Church and Gale 1995, Natural Language Engineering 1(2); φ by the frequency of zeros, Anscombe 1950, Biometrika 37";
    beware: "φ is estimated from omissions too, so if many groups leave something out on purpose, p is too large. A short article gives little evidence of omission.";
    example: "// Of thirty tellings that would have one hit each by the others' rate, fifteen have none.\n\
              let spread = left_out::Spread::of((0..30).map(|i| (1.0, i % 2 == 0)));\n\
              assert!((spread.none(1.0).value().unwrap() - 0.5).abs() < 1e-6);\n\
              // Of a telling that would have ten, one with none is rarer.\n\
              assert!(spread.none(10.0).value().unwrap() < 0.2);";
}

/// Fewer tellings say nothing of how they spread.
const FEWEST: usize = 20;

/// Halvings of the range of φ: more than a double can tell apart.
const HALVINGS: u32 = 80;

/// How tellings of the same stories spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// φ; none where there are too few tellings.
    phi: Option<f64>,
}

impl Spread {
    /// Of every telling, the hits that it would have at the others' rate, and whether it has none.
    pub fn of(tellings: impl Iterator<Item = (f64, bool)>) -> Spread {
        let (mut expected, mut without) = (Vec::new(), 0usize);
        for (mean, has_none) in tellings.filter(|(mean, _)| *mean > 0.0) {
            expected.push(mean);
            without += usize::from(has_none);
        }
        if expected.len() < FEWEST || without == 0 {
            return Spread { phi: None };
        }
        // sums in one order, whatever that of the tellings
        expected.sort_unstable_by(f64::total_cmp);
        let zeros = |phi: f64| expected.iter().map(|&mean| none(mean, phi)).sum::<f64>();
        if zeros(0.0) >= without as f64 {
            return Spread { phi: Some(0.0) };
        }
        // the chances grow with φ, from those of Poisson towards 1
        let (mut low, mut high) = (-30.0f64, 30.0f64);
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            if zeros(libm::exp(middle)) < without as f64 { low = middle } else { high = middle }
        }
        Spread { phi: Some(libm::exp(f64::midpoint(low, high))) }
    }

    /// [`LEFT_OUT`] of a telling that would have so many hits at the others' rate.
    pub fn none(&self, expected: f64) -> Measured {
        let Some(phi) = self.phi else { return Measured::Missing(Why::TooFewStories) };
        Measured::of(none(expected, phi).max(f64::MIN_POSITIVE), Why::Undefined)
    }
}

/// The zero term of a negative binomial.
fn none(mean: f64, phi: f64) -> f64 {
    match phi > 0.0 {
        true => libm::exp(-libm::log1p(phi * mean) / phi),
        false => libm::exp(-mean),
    }
}
