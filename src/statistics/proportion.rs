//! Shares of articles or of codings, with an interval.
//!
//! In: k of n. Out: the share with the interval of Wilson (1927), or the exact one of Clopper and Pearson.
//! Invariant: the bounds lie within 0 and 1.
//! It deliberately knows nothing of articles: the caller says what n counts.

use super::measured::{Interval, LEVEL, Measured, Why};
use super::special::{beta_quantile, normal_quantile};

/// k / n.
pub fn share(k: u64, n: u64, why: Why) -> Measured {
    Measured::of(k as f64 / n as f64, why)
}

/// The score interval of Wilson (1927); none where n is 0.
pub fn wilson(k: u64, n: u64) -> Option<Interval> {
    if n == 0 { None } else { wilson_of(k as f64 / n as f64, n as f64) }
}

/// [`wilson`] of a share and a number of units that need not be whole, as weighted samples have.
pub fn wilson_of(share: f64, n: f64) -> Option<Interval> {
    let z = normal_quantile(0.5 + 0.5 * LEVEL);
    let centre = share + z * z / (2.0 * n);
    let spread = z * libm::sqrt((share * (1.0 - share) + z * z / (4.0 * n)) / n);
    let scale = 1.0 + z * z / n;
    // At a share of 0 and 1 one bound is exactly 0 or 1, which rounding would miss.
    let low = if share <= 0.0 { 0.0 } else { (centre - spread) / scale };
    let high = if share >= 1.0 { 1.0 } else { (centre + spread) / scale };
    Interval::two_sided(low, high)
}

/// The exact interval of Clopper and Pearson (1934), of a share and a number of units that need not be whole (Korn and Graubard 1998); none
/// where n is no positive number.
pub fn exact_of(share: f64, n: f64) -> Option<Interval> {
    if n.is_nan() || n <= 0.0 {
        return None;
    }
    let tail = 0.5 - 0.5 * LEVEL;
    let (yes, no) = (share * n, (1.0 - share) * n);
    let low = if share <= 0.0 { 0.0 } else { beta_quantile(tail, yes, no + 1.0) };
    let high = if share >= 1.0 { 1.0 } else { beta_quantile(1.0 - tail, yes + 1.0, no) };
    Interval::two_sided(low, high)
}
