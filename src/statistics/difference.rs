//! How far two estimates are apart, and whether that can be told from nothing.
//!
//! In: two independent estimates with their intervals. Out: their difference with its interval.
//! Invariant: a difference has an interval where both estimates have one, and none else.
//! It deliberately tests nothing.

use super::measure::measure;
use super::measured::{Estimate, Interval, Measured, Why};

measure! {
    DIFFERENCE, "estimate", "difference";
    what: "The estimate of one group minus that of another, with an interval computed from both intervals.";
    formula: "d = a − b; from d − √((a − a_low)² + (b_high − b)²) to d + √((a_high − a)² + (b − b_low)²)";
    unit: "that of the two estimates, any sign";
    missing: "as the estimates; no interval where one of them has none";
    source: "recovery of variance estimates: Zou and Donner 2008, Statistics in Medicine 27";
    beware: "An interval that contains 0 means that the difference may be zero, not that it is zero. It is not corrected for the number of groups.";
    example: "let of = |value, low, high| Estimate::with_interval(Measured::of(value, Why::Undefined), Interval::two_sided(low, high), 20, 9_000, \"\");\n\
              let found = difference::difference(&of(3.0, 2.0, 5.0), &of(1.0, 0.5, 2.0));\n\
              let interval = found.interval.unwrap();\n\
              assert!((interval.low().unwrap() - (2.0 - f64::sqrt(1.0 + 1.0))).abs() < 1e-12);\n\
              assert!((interval.high().unwrap() - (2.0 + f64::sqrt(4.0 + 0.25))).abs() < 1e-12);";
}

/// The method of the interval.
pub const METHOD: &str = "recovered from both intervals";

/// [`DIFFERENCE`] of two independent estimates.
pub fn difference(a: &Estimate, b: &Estimate) -> Estimate {
    let (articles, words) = (a.n_articles + b.n_articles, a.n_words + b.n_words);
    let (x, y) = match (a.value, b.value) {
        (Measured::Missing(why), _) | (_, Measured::Missing(why)) => return Estimate::missing(why, articles, words),
        (Measured::Value(x), Measured::Value(y)) => (x.get(), y.get()),
    };
    let value = Measured::of(x - y, Why::Undefined);
    let ends = |of: &Estimate| of.interval.and_then(|interval| interval.low().zip(interval.high()));
    let Some((one, other)) = ends(a).zip(ends(b)) else {
        let why = [a, b].iter().find(|of| ends(of).is_none()).and_then(|of| of.why());
        return Estimate::without_interval(value, why.unwrap_or(Why::TooFewArticles), articles, words);
    };
    let reach = |up: f64, down: f64| libm::sqrt(up * up + down * down);
    let low = x - y - reach(x - one.0, other.1 - y);
    let high = x - y + reach(one.1 - x, y - other.0);
    Estimate::with_interval(value, Interval::two_sided(low, high), articles, words, METHOD)
}

/// Whether an interval tells an estimate from 0.
pub fn is_distinguishable(estimate: &Estimate) -> bool {
    estimate.interval.is_some_and(|interval| !interval.contains(0.0))
}
