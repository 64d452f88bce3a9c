//! Rare words and frames: the articles that have them, dealt in proportion to words.
//!
//! In: the hits of each article that has any, and the words of two groups. Out: an exact p.
//! Invariant: hits of one article stay together; only the sizes of the groups in words enter, never which articles
//! happen to be long, so that many rare words compared at once do not err together.
//! It deliberately is for articles that mostly lack the word: where most have it, it is too cautious.

use super::measure::measure;
use super::measured::{Measured, Why};
use super::permutation::Test;

measure! {
    CARRIERS, "test", "carriers-p";
    what: "How often chance alone, giving each article that has the word to a group in proportion to its words, makes a difference at least as large.";
    formula: "p = P(|θ(Y)| > |θ(a)|) + ½ P(|θ(Y)| = |θ(a)|), Y = Σ y_i B_i, B_i = 1 with probability c/(c+d), y_i the hits of article i, θ(Y) the smoothed log ratio of Y against Σy − Y";
    unit: "probability, above 0";
    missing: "\"no hits\"; \"too few articles\" where no dealing could be significant at 5 %";
    source: "exact compound binomial with Lancaster's 1961 mid-p; with one hit an article it is the test of Przyborowski and Wilenski 1940";
    beware: "It takes articles that lack the word as interchangeable but for their length.";
    example: "// Five articles with one hit each, all in the group that has a tenth of the words:\n\
              // of 2^5 ways to deal them only this one is so extreme; the other end, none, is nearer to a tenth.\n\
              let test = carriers::carriers(&[1, 1, 1, 1, 1], 5, 10_000, 90_000);\n\
              assert!((test.p.value().unwrap() - 0.5 * 0.1f64.powi(5)).abs() < 1e-15);";
}

/// The method.
pub const METHOD: &str = "articles with a hit dealt by words, exact";
/// The method where exact sums would be too long.
pub const NORMAL: &str = "articles with a hit dealt by words, normal";
/// Additions of an exact sum; longer ones are normal enough.
const MOST_ADDITIONS: u64 = 4_000_000;

/// [`CARRIERS`]: `marks` are the hits of every article that has any, `found` those in the group of `c` words, against a
/// rest of `d` words.
pub fn carriers(marks: &[u32], found: u64, c: u64, d: u64) -> Test {
    let missing = |why| Test { p: Measured::Missing(why), method: "" };
    let total: u64 = marks.iter().map(|&mark| u64::from(mark)).sum();
    if total == 0 || c == 0 || d == 0 {
        return missing(if total == 0 { Why::NoHits } else { Why::NoWords });
    }
    // Seen from the smaller group, whichever that is: swapping the two moves no bit.
    if (c, found) > (d, total - found) {
        return carriers(marks, total - found, d, c);
    }
    let share = c as f64 / (c as f64 + d as f64);
    if total.saturating_mul(marks.len() as u64) > 2 * MOST_ADDITIONS {
        return normal(marks, found, total, share);
    }
    let other = d as f64 / (c as f64 + d as f64);
    let distribution = distribution(marks, share, other, most_likely(marks, total, share).max(found));
    let extremity = |hits: u64| {
        let group = (hits as f64 + 0.5) * (d as f64 + 1.0);
        let rest = ((total - hits) as f64 + 0.5) * (c as f64 + 1.0);
        (group / rest).max(rest / group)
    };
    // A whisker of tolerance: a count at the other end may be as extreme, though rounded elsewhere.
    let seen = extremity(found);
    let chance = |(&p, hits): (&f64, u64)| match extremity(hits) / seen - 1.0 {
        more if more > 1e-12 => p,
        less if less < -1e-12 => 0.0,
        _ => 0.5 * p,
    };
    let p: f64 = distribution.iter().zip(0..).map(chance).sum();
    let ends = [(0, other), (total, share)].map(|(hits, chance)| (extremity(hits), power(chance, marks.len())));
    if !reachable(ends) {
        return missing(Why::TooFewArticles);
    }
    Test { p: Measured::of(p.clamp(f64::MIN_POSITIVE, 1.0), Why::TooFewArticles), method: METHOD }
}

/// A number of hits that is passed with a chance below e^−60, by Bernstein's inequality: what lies beyond moves no p.
fn most_likely(marks: &[u32], total: u64, share: f64) -> u64 {
    const EXPONENT: f64 = 60.0;
    let squares: u64 = marks.iter().map(|&mark| u64::from(mark) * u64::from(mark)).sum();
    let largest = f64::from(marks.iter().copied().max().unwrap_or(0));
    let (variance, slope) = (share * (1.0 - share) * squares as f64, EXPONENT * largest / 3.0);
    let above = slope + libm::sqrt(slope * slope + 2.0 * EXPONENT * variance);
    let most = libm::ceil(share * total as f64 + above) as u64;
    most.min(total)
}

/// P(Y = 0), P(Y = 1), … up to `most`: article by article, in order of hits, so that the order of the articles moves no bit.
fn distribution(marks: &[u32], share: f64, other: f64, most: u64) -> Vec<f64> {
    let mut sorted = marks.to_vec();
    sorted.sort_unstable();
    let mut chances = vec![1.0];
    for mark in sorted {
        let mark = mark as usize;
        let before = chances.len();
        chances.resize((before + mark).min(most as usize + 1), 0.0);
        for y in (0..chances.len()).rev() {
            let stays = if y < before { chances[y] * other } else { 0.0 };
            let comes = if y >= mark { chances[y - mark] * share } else { 0.0 };
            chances[y] = stays + comes;
        }
    }
    chances
}

/// All articles on one side.
fn power(chance: f64, articles: usize) -> f64 {
    (0..articles).fold(1.0, |product, _| product * chance)
}

/// Whether the most extreme count is so unlikely that it would be significant at 5 %; extremity and chance of no hit, of all.
fn reachable([(low, none), (high, all)]: [(f64, f64); 2]) -> bool {
    // Extremity falls, then rises, with the count: the most extreme is one of the ends, or both.
    let tied = (low / high - 1.0).abs() < 1e-12;
    let chance = match (tied, low > high) {
        (true, _) => none + all,
        (false, true) => none,
        (false, false) => all,
    };
    0.5 * chance <= 0.05
}

fn normal(marks: &[u32], found: u64, total: u64, share: f64) -> Test {
    let squares: u64 = marks.iter().map(|&mark| u64::from(mark) * u64::from(mark)).sum();
    let variance = share * (1.0 - share) * squares as f64;
    let z = (found as f64 - share * total as f64) / libm::sqrt(variance);
    let p = libm::erfc(z.abs() / std::f64::consts::SQRT_2).max(f64::MIN_POSITIVE);
    Test { p: Measured::of(p, Why::TooFewArticles), method: NORMAL }
}
