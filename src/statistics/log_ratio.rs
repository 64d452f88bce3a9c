//! How much more often one group uses a frame than another, in doublings.
//!
//! In: the tallies of two groups. Out: log ratios in log2 units, one with its article-level interval.
//! Invariant: swapping the groups flips every sign exactly.
//! It deliberately gives no p: `permutation` does.

use super::measure::measure;
use super::measured::{Estimate, FEW_ARTICLES, Interval, Measured, Note, Why};
use super::null_draws::Sample;
use super::rate::{NO_HITS, none_bound};
use super::side::{Contrast, is_informative};
use std::f64::consts::LOG2_E;

/// The method of an interval of the difference of two log rates.
pub const LOG_RATES: &str = "t of the log rates";

measure! {
    LOG_RATIO, "effect", "log-ratio";
    what: "Log to base 2 of the ratio of two rates (1 = twice as often), with zero counts taken as ½.";
    formula: "log2((a'/c) / (b'/d)); a of c words in the group, b of d in the rest; a' = a, or ½ where a = 0";
    unit: "doublings (log2); 0 is equal, 1 twice as often, −1 half as often";
    missing: "\"no words\" where a side is empty, \"no hits\" where neither has any";
    source: "Hardie 2014, Log Ratio, CASS Lancaster";
    beware: "It jumps where a count goes from 0 to 1: the interval belongs to the smoothed form.";
    example: "let found = log_ratio::hardie(120, 50_000, 80, 60_000).value().unwrap();\n\
              assert!((found - f64::log2((120.0 / 50_000.0) / (80.0 / 60_000.0))).abs() < 1e-12);\n\
              let zero = log_ratio::hardie(10, 1000, 0, 1000).value().unwrap();\n\
              assert!((zero - f64::log2(10.0 / 0.5)).abs() < 1e-12);";
}

measure! {
    SMOOTHED_LOG_RATIO, "estimate", "smoothed-log-ratio";
    what: "The log ratio with ½ added to every count, and an interval that takes articles as units and does not assume equal variances.";
    formula: "θ / ln 2, θ = ln((a+½)/c) − ln((b+½)/d); interval ± t √(V_a + V_b), V and the degrees of freedom of t those of the test (p)";
    unit: "doublings; 0 is equal";
    missing: "as the log ratio; no interval for \"one article\"; with no hits on one side only a bound: that of its rate, at the burstiness of the other side or 10, against the nearer bound of the other; none (\"too few articles\") where a bound is farther than a factor of 100 from θ";
    source: "linearised ratio with the degrees of freedom of Welch and Satterthwaite";
    beware: "For rare frames, it is shrunk towards 0. Near p = .05 interval and p may disagree in groups below 20 articles; the interval is then the wider.";
    example: "let units = |hits: [u32; 5]| hits.map(|hits| Unit { hits, words: 500 });\n\
              let (a, b) = (units([9, 8, 9, 7, 8]), units([0, 1, 0, 2, 1]));\n\
              let (a, b) = (null_draws::Sample::of(&a), null_draws::Sample::of(&b));\n\
              let found = log_ratio::between(&a, &b, [10, 5_000]);\n\
              assert!((found.value.value().unwrap() - f64::log2((41.5 / 2500.0) / (4.5 / 2500.0))).abs() < 1e-12);\n\
              assert!(found.interval.unwrap().low().unwrap() > 0.0);";
}

/// [`LOG_RATIO`] of a of c words against b of d words.
pub fn hardie(a: u64, c: u64, b: u64, d: u64) -> Measured {
    if c == 0 || d == 0 {
        return Measured::Missing(Why::NoWords);
    }
    if a == 0 && b == 0 {
        return Measured::Missing(Why::NoHits);
    }
    let half_for_zero = |x: u64| if x == 0 { 0.5 } else { x as f64 };
    Measured::of(libm::log2(half_for_zero(a) / c as f64) - libm::log2(half_for_zero(b) / d as f64), Why::Undefined)
}

/// The log ratio of two counts of words with ½ added to each and 1 to the words: descriptive, as words are taken as independent.
pub fn smoothed(a: u64, c: u64, b: u64, d: u64) -> Measured {
    if c == 0 || d == 0 {
        return Measured::Missing(Why::NoWords);
    }
    if a == 0 && b == 0 {
        return Measured::Missing(Why::NoHits);
    }
    let log_rate = |x: u64, n: u64| libm::log2((x as f64 + 0.5) / (n as f64 + 1.0));
    Measured::of(log_rate(a, c) - log_rate(b, d), Why::Undefined)
}

/// [`SMOOTHED_LOG_RATIO`] of a of c words against b of d words, without an interval.
pub fn theta(a: u64, c: u64, b: u64, d: u64) -> Measured {
    if c == 0 || d == 0 {
        return Measured::Missing(Why::NoWords);
    }
    if a == 0 && b == 0 {
        return Measured::Missing(Why::NoHits);
    }
    let log_rate = |x: u64, n: u64| libm::log2((x as f64 + 0.5) / n as f64);
    Measured::of(log_rate(a, c) - log_rate(b, d), Why::Undefined)
}

/// [`SMOOTHED_LOG_RATIO`] of two sides; `rests_on` are the articles and the words of both.
pub fn between(a: &Sample<'_>, b: &Sample<'_>, rests_on: [u64; 2]) -> Estimate {
    let (n_articles, n_words) = (rests_on[0] as u32, rests_on[1]);
    let (one, other) = (&a.side, &b.side);
    if one.lengths.units == 0 || other.lengths.units == 0 {
        return Estimate::missing(Why::NoWords, n_articles, n_words);
    }
    if one.hits + other.hits <= 0.0 {
        return Estimate::missing(Why::NoHits, n_articles, n_words);
    }
    let contrast = Contrast::of(one, other);
    let value = Measured::of(contrast.theta * LOG2_E, Why::Undefined);
    let smaller = one.lengths.units.min(other.lengths.units);
    if smaller < 2 {
        return Estimate::without_interval(value, Why::OneArticle, n_articles, n_words);
    }
    if one.hits <= 0.0 || other.hits <= 0.0 {
        return one_sided(a, b, value, [n_articles.into(), n_words]);
    }
    let Some((low, high)) = contrast.bounds() else {
        return Estimate::without_interval(value, Why::TooFewArticles, n_articles, n_words);
    };
    let interval = Interval::two_sided(low * LOG2_E, high * LOG2_E);
    let estimate = Estimate::with_interval(value, interval, n_articles, n_words, LOG_RATES);
    let note = (smaller < FEW_ARTICLES && interval.is_some()).then_some(Note::FewArticles);
    Estimate { note: estimate.note.or(note), ..estimate }
}

/// The degrees of freedom of Welch and Satterthwaite.
pub(super) fn welch_df(va: f64, na: u32, vb: f64, nb: u32) -> f64 {
    let (na, nb) = (f64::from(na) - 1.0, f64::from(nb) - 1.0);
    let sum = va + vb;
    let df = sum * sum / (va * va / na + vb * vb / nb);
    if df.is_finite() { df } else { na.min(nb) }
}

/// Where one side has no hit: what that does not exclude against the nearer bound of the other's rate.
fn one_sided(a: &Sample<'_>, b: &Sample<'_>, value: Measured, rests_on: [u64; 2]) -> Estimate {
    let (n_articles, n_words) = (rests_on[0] as u32, rests_on[1]);
    let (empty, full) = if a.side.hits <= 0.0 { (a, b) } else { (b, a) };
    let most = none_bound(&empty.words, empty.side.burstiness_beside(Some(&full.side)));
    let least = full.side.log_bounds().map(|(low, _)| low);
    let within = |low: &f64| is_informative(most - low - (empty.side.log_rate - full.side.log_rate));
    let Some(low) = least.filter(within).filter(|_| most <= 0.0) else {
        return Estimate::without_interval(value, Why::TooFewArticles, n_articles, n_words);
    };
    let bound = (most - low) * LOG2_E;
    let interval = if a.side.hits <= 0.0 { Interval::below(bound) } else { Interval::above(-bound) };
    let estimate = Estimate::with_interval(value, interval, n_articles, n_words, NO_HITS);
    Estimate { note: Some(Note::OneSided), ..estimate }
}
