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
    let extremity = |hits: u64| {
        let group = (hits as f64 + 0.5) * (d as f64 + 1.0);
        let rest = ((total - hits) as f64 + 0.5) * (c as f64 + 1.0);
        (group / rest).max(rest / group)
    };
    let ends = [(0, other), (total, share)].map(|(hits, chance)| (extremity(hits), power(chance, marks.len())));
    if !reachable(ends) {
        return missing(Why::TooFewArticles);
    }
    // A whisker of tolerance: a count at the other end may be as extreme, though rounded elsewhere.
    let seen = extremity(found);
    let chance = |(&p, hits): (&f64, u64)| match extremity(hits) / seen - 1.0 {
        more if more > 1e-12 => p,
        less if less < -1e-12 => 0.0,
        _ => 0.5 * p,
    };
    let outcomes = distribution(marks, share, other);
    let p: f64 = outcomes.chances.iter().zip(outcomes.low as u64..).map(chance).sum();
    Test { p: Measured::of(p.clamp(f64::MIN_POSITIVE, 1.0), Why::TooFewArticles), method: METHOD }
}

/// A chance below which an outcome is let go: all of them together are far below any p that is printed.
const LEAST: f64 = 1e-100;

/// P(Y = low), P(Y = low + 1), …, as far as they matter.
struct Outcomes {
    low: usize,
    chances: Vec<f64>,
}

impl Outcomes {
    /// Articles with one hit each: a binomial distribution, from its most likely outcome to both sides.
    fn of_single(articles: usize, share: f64, other: f64) -> Outcomes {
        let n = articles as f64;
        let mode = ((libm::floor((n + 1.0) * share)) as usize).min(articles);
        let (mut down, mut up) = (Vec::new(), vec![1.0]);
        let (mut chance, mut k) = (1.0, mode);
        while k > 0 && chance >= LEAST {
            chance *= k as f64 / (n - k as f64 + 1.0) * (other / share);
            k -= 1;
            down.push(chance);
        }
        let low = k;
        (chance, k) = (1.0, mode);
        while k < articles && chance >= LEAST {
            chance *= (n - k as f64) / (k as f64 + 1.0) * (share / other);
            k += 1;
            up.push(chance);
        }
        let mut chances: Vec<f64> = down.into_iter().rev().chain(up).collect();
        let sum: f64 = chances.iter().sum();
        chances.iter_mut().for_each(|chance| *chance /= sum);
        Outcomes { low, chances }
    }

    /// Adds an article with so many hits; what has become too unlikely is let go.
    fn add(&mut self, mark: usize, share: f64, other: f64) {
        let before = self.chances.len();
        self.chances.resize(before + mark, 0.0);
        for y in (0..before + mark).rev() {
            let stays = if y < before { self.chances[y] * other } else { 0.0 };
            let comes = if y >= mark { self.chances[y - mark] * share } else { 0.0 };
            self.chances[y] = stays + comes;
        }
        let kept = self.chances.iter().rposition(|&chance| chance >= LEAST).map_or(0, |last| last + 1);
        self.chances.truncate(kept);
        let gone = self.chances.iter().position(|&chance| chance >= LEAST).unwrap_or(0);
        self.chances.drain(..gone);
        self.low += gone;
    }
}

/// The distribution of Y: article by article, in order of hits, so that the order of the articles moves no bit.
fn distribution(marks: &[u32], share: f64, other: f64) -> Outcomes {
    let mut sorted = marks.to_vec();
    sorted.sort_unstable();
    let single = sorted.partition_point(|&mark| mark <= 1);
    let mut outcomes = Outcomes::of_single(single, share, other);
    sorted[single..].iter().for_each(|&mark| outcomes.add(mark as usize, share, other));
    outcomes
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
