//! Rare words and frames: the articles that have them, distributed in proportion to words.
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
    what: "The probability that the hits of the group lie at least as far from their expected number if each article with the word is assigned to a group at random, in proportion to the words of the groups.";
    formula: "p = P(|Y − E| > |a − E|) + ½ P(|Y − E| = |a − E|), Y = Σ y_i B_i, B_i = 1 with probability s = c/(c+d), y_i the hits of article i, E = s Σy";
    unit: "probability, above 0";
    missing: "\"no hits\"; \"too few articles\" where no permutation could be significant at 5 %";
    source: "exact compound binomial with Lancaster's 1961 mid-p; with one hit an article it is the test of Przyborowski and Wilenski 1940";
    beware: "It assumes that articles without the word are interchangeable except for their length.";
    example: "// Five articles with one hit each, all in the group that has a tenth of the words:\n\
              // of 2^5 ways to distribute them only this one is so far from the half hit that is to be expected.\n\
              let test = carriers::carriers(&[1, 1, 1, 1, 1], 5, 10_000, 90_000);\n\
              assert!((test.p.value().unwrap() - 0.5 * 0.1f64.powi(5)).abs() < 1e-15);";
}

/// The method.
pub const METHOD: &str = "articles with a hit distributed by words, exact";
/// The method where exact sums would be too long.
pub const NORMAL: &str = "articles with a hit distributed by words, normal";
/// Additions of an exact sum; longer ones are normal enough.
const MOST_ADDITIONS: u64 = 4_000_000;

/// [`CARRIERS`]: `marks` are the hits of every article that has any, `found` those in the group of `c` words, against a
/// rest of `d` words.
pub fn carriers(marks: &[u32], found: u64, c: u64, d: u64) -> Test {
    test(&histogram(marks.to_vec()), found, c, d)
}

/// How many articles have so many hits, fewest hits first.
pub(super) fn histogram(mut marks: Vec<u32>) -> Vec<(u32, u32)> {
    marks.sort_unstable();
    marks.chunk_by(|a, b| a == b).filter(|same| same[0] > 0).map(|same| (same[0], same.len() as u32)).collect()
}

/// [`carriers`] of a [`histogram`], which many groups can share.
pub(super) fn test(marks: &[(u32, u32)], found: u64, c: u64, d: u64) -> Test {
    let missing = |why| Test { p: Measured::Missing(why), method: "" };
    let total: u64 = marks.iter().map(|&(mark, articles)| u64::from(mark) * u64::from(articles)).sum();
    if total == 0 || c == 0 || d == 0 {
        return missing(if total == 0 { Why::NoHits } else { Why::NoWords });
    }
    // Seen from the smaller group, whichever that is: swapping the two moves no bit.
    let (c, d, found) = if (c, found) > (d, total - found) { (d, c, total - found) } else { (c, d, found) };
    let articles: u64 = marks.iter().map(|&(_, articles)| u64::from(articles)).sum();
    let (share, other) = (c as f64 / (c as f64 + d as f64), d as f64 / (c as f64 + d as f64));
    let sum = Sum { marks, articles, total, share, other };
    if !reachable(articles, share, other) {
        return missing(Why::TooFewArticles);
    }
    let inner = LessExtreme::of(found, total, total as f64 * share);
    let exact = sum.of_inner(&inner).or_else(|| LEAST.iter().find_map(|&least| sum.of_outer(&inner, least)));
    match exact {
        Some(p) => Test { p: Measured::of(p.clamp(f64::MIN_POSITIVE, 1.0), Why::TooFewArticles), method: METHOD },
        None => normal(marks, found, total, share),
    }
}

/// Outcomes less extreme than the one that was found, and the other one, if any, that is as extreme.
struct LessExtreme {
    from: u64,
    to: u64,
    found: u64,
    tied: Option<u64>,
}

impl LessExtreme {
    /// `expected` hits are to be expected of `total`.
    fn of(found: u64, total: u64, expected: f64) -> LessExtreme {
        let mirrored = 2.0 * expected - found as f64;
        let near = libm::round(mirrored.clamp(0.0, total as f64)) as u64;
        let more = (near as f64 - expected).abs() - (found as f64 - expected).abs();
        // A whisker of tolerance: a count at the other end may be as far, though rounded elsewhere.
        let whisker = 1e-9 * expected.max(1.0);
        let tied = (more.abs() <= whisker && near != found).then_some(near);
        let is_inside = u64::from(more < -whisker);
        match found as f64 > expected {
            true => LessExtreme { from: (near + 1 - is_inside).min(found), to: found, found, tied },
            false => LessExtreme { from: found + 1, to: (near + is_inside).max(found + 1), found, tied },
        }
    }

    /// Whether an outcome lies inside.
    fn holds(&self, hits: u64) -> bool {
        (self.from..self.to).contains(&hits)
    }

    /// The largest outcome that must be known for all inside, and those that tie.
    fn last(&self) -> u64 {
        self.to.max(self.found).max(self.tied.unwrap_or(0))
    }
}

/// A chance below which an outcome is let go; what is left must be far above all of them together.
const LEAST: [f64; 2] = [1e-40, 1e-280];
/// A p of less is not told by what is not extreme: the difference from 1 would lose its digits.
const LEAST_BY_INNER: f64 = 1e-3;

/// Outcomes that are kept on the stack.
const FEW: usize = 64;

/// The sum of the hits of articles that are permuted one by one.
struct Sum<'a> {
    marks: &'a [(u32, u32)],
    articles: u64,
    total: u64,
    share: f64,
    other: f64,
}

impl Sum<'_> {
    /// p, as what is left of all outcomes when those are taken away that are less extreme: they are few in a small group.
    fn of_inner(&self, inner: &LessExtreme) -> Option<f64> {
        let last = inner.last() as usize;
        let none = self.articles as f64 * libm::log1p(-self.share);
        if last > 400 || none < -600.0 {
            return None;
        }
        // Nearly always so few that they need no room of their own: this is done for every word of every group.
        let (mut few, mut many) = ([0.0; FEW], vec![0.0; if last < FEW { 0 } else { last + 1 }]);
        let chances = if last < FEW { &mut few[..=last] } else { &mut many[..] };
        let mut binomial = Vec::with_capacity(last);
        let odds = self.share / self.other;
        chances[0] = libm::exp(none);
        let mut reach = 0;
        for &(mark, articles) in self.marks.iter().take_while(|&&(mark, _)| mark as usize <= last) {
            // Chances of 1, 2, … of these articles, in units of the chance of none.
            let (mark, n) = (mark as usize, f64::from(articles));
            let most = (last / mark).min(articles as usize);
            binomial.clear();
            let mut chance = 1.0;
            for k in 1..=most {
                chance *= (n - k as f64 + 1.0) / k as f64 * odds;
                binomial.push(chance);
            }
            reach = (reach + mark * most).min(last);
            for y in (mark..=reach).rev() {
                let comes = binomial.iter().take(y / mark).zip(1..);
                chances[y] += comes.map(|(chance, k)| chance * chances[y - k * mark]).sum::<f64>();
            }
        }
        let inside: f64 = (inner.from..inner.to).map(|y| chances[y as usize]).sum();
        let tied = chances[inner.found as usize] + inner.tied.map_or(0.0, |y| chances[y as usize]);
        let p = 1.0 - inside - 0.5 * tied;
        (p >= LEAST_BY_INNER).then_some(p)
    }

    /// p, as the sum of all outcomes that are as extreme; nothing where that would take too long.
    fn of_outer(&self, inner: &LessExtreme, least: f64) -> Option<f64> {
        if self.total.saturating_mul(self.articles) > 2 * MOST_ADDITIONS {
            return None;
        }
        let mut outcomes = Outcomes { low: 0, chances: vec![1.0] };
        for &(mark, articles) in self.marks {
            outcomes =
                outcomes.plus(&Outcomes::binomial(articles as usize, self.share, self.other, least), mark, least);
        }
        let weighed = |(&p, hits): (&f64, u64)| match hits {
            hits if inner.holds(hits) => 0.0,
            hits if hits == inner.found || Some(hits) == inner.tied => 0.5 * p,
            _ => p,
        };
        let p: f64 = outcomes.chances.iter().zip(outcomes.low as u64..).map(weighed).sum();
        (p > least * 1e10 || least <= LEAST[1]).then_some(p)
    }
}

/// P(Y = low), P(Y = low + 1), …, as far as they matter.
struct Outcomes {
    low: usize,
    chances: Vec<f64>,
}

impl Outcomes {
    /// A binomial distribution, from its most likely outcome to both sides.
    fn binomial(articles: usize, share: f64, other: f64, least: f64) -> Outcomes {
        let n = articles as f64;
        let mode = ((libm::floor((n + 1.0) * share)) as usize).min(articles);
        let (mut down, mut up) = (Vec::new(), vec![1.0]);
        let (mut chance, mut k) = (1.0, mode);
        while k > 0 && chance >= least {
            chance *= k as f64 / (n - k as f64 + 1.0) * (other / share);
            k -= 1;
            down.push(chance);
        }
        let low = k;
        (chance, k) = (1.0, mode);
        while k < articles && chance >= least {
            chance *= (n - k as f64) / (k as f64 + 1.0) * (share / other);
            k += 1;
            up.push(chance);
        }
        let mut chances: Vec<f64> = down.into_iter().rev().chain(up).collect();
        let sum: f64 = chances.iter().sum();
        chances.iter_mut().for_each(|chance| *chance /= sum);
        Outcomes { low, chances }
    }

    /// The sum with `mark` times another number; what has become too unlikely is let go.
    fn plus(&self, other: &Outcomes, mark: u32, least: f64) -> Outcomes {
        let mark = mark as usize;
        let mut chances = vec![0.0; self.chances.len() + mark * (other.chances.len() - 1)];
        for (k, chance) in other.chances.iter().enumerate() {
            let sums = &mut chances[k * mark..];
            sums.iter_mut().zip(&self.chances).for_each(|(sum, own)| *sum += chance * own);
        }
        let kept = chances.iter().rposition(|&chance| chance >= least).map_or(0, |last| last + 1);
        chances.truncate(kept);
        let gone = chances.iter().position(|&chance| chance >= least).unwrap_or(0);
        chances.drain(..gone);
        Outcomes { low: self.low + other.low * mark + gone, chances }
    }
}

/// Whether the most extreme count, seen from the smaller group, would be significant at 5 %: all hits in it, or where the
/// groups are of one size, none as well. Five articles always suffice, as the smaller group has at most half of the words.
fn reachable(articles: u64, share: f64, other: f64) -> bool {
    if articles >= 5 {
        return true;
    }
    let all = libm::pow(share, articles as f64);
    let tied = share >= other;
    0.5 * (all + if tied { libm::pow(other, articles as f64) } else { 0.0 }) <= 0.05
}

fn normal(marks: &[(u32, u32)], found: u64, total: u64, share: f64) -> Test {
    let square = |&(mark, articles): &(u32, u32)| u64::from(mark) * u64::from(mark) * u64::from(articles);
    let squares: u64 = marks.iter().map(square).sum();
    let variance = share * (1.0 - share) * squares as f64;
    let z = (found as f64 - share * total as f64) / libm::sqrt(variance);
    let p = libm::erfc(z.abs() / std::f64::consts::SQRT_2).max(f64::MIN_POSITIVE);
    Test { p: Measured::of(p, Why::TooFewArticles), method: NORMAL }
}
