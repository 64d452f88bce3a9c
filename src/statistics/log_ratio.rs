//! How much more often one group uses a frame than another, in doublings.
//!
//! In: the tallies of two groups. Out: log ratios in log2 units, one with its article-level interval.
//! Invariant: swapping the groups flips every sign exactly.
//! It deliberately gives no p: `permutation` does.

use super::Options;
use super::bootstrap::{Resampled, expanded_percentile, normal_draws};
use super::measure::measure;
use super::measured::{Estimate, FEW_ARTICLES, Interval, LEVEL, Measured, Note, Why};
use super::rate::{BOOTSTRAP, LARGE, LINEARISED, MIN_WITH_HITS, PER_WORDS, micro};
use super::seed::Stream;
use super::special::t_quantile;
use super::tally::Tally;
use std::f64::consts::LOG2_E;

measure! {
    LOG_RATIO, "effect", "log-ratio";
    what: "How many doublings more often the group uses the frame, zero counts taken as ½.";
    formula: "log2((a'/c) / (b'/d)); a of c words in the group, b of d in the rest; a' = a, or ½ where a = 0";
    unit: "doublings; 0 is equal, 1 twice as often, −1 half as often";
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
    what: "The log ratio with ½ added to every count, with an interval that takes articles as the independent units.";
    formula: "log2(((a+½)/(c+1)) / ((b+½)/(d+1))); interval ± t √(V_a + V_b), V = n/(n−1) · Σ(y − r l)² / (Σy + ½)², and below 200 articles on a side widened to the bootstrap over articles";
    unit: "doublings; 0 is equal";
    missing: "as the log ratio; no interval for \"one article\" or with hits in fewer than 3 articles on a side (\"too few articles\"); with no hits on one side only a bound";
    source: "linearised ratio with Welch's degrees of freedom; expanded percentile: Hesterberg 2015, The American Statistician 69(4)";
    beware: "Of rare frames it is drawn towards 0.";
    example: "let found = log_ratio::smoothed(10, 1000, 0, 1000).value().unwrap();\n\
              assert!((found - f64::log2((10.5 / 1001.0) / (0.5 / 1001.0))).abs() < 1e-12);";
}

/// One of the two groups: its tally, its resamples where it is small, and the name of its random stream.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// Its sums.
    pub tally: &'a Tally,
    /// The resamples of a small group.
    pub draws: Option<Resampled<'a>>,
    /// Names of the stream of a large group: its own name and the frame's.
    pub names: [&'a str; 2],
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

/// [`SMOOTHED_LOG_RATIO`] of a of c words against b of d words: it does not jump when a count leaves zero.
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

/// [`smoothed`] of two groups of articles, with an interval that takes articles as the independent units.
pub fn between(one: Side<'_>, other: Side<'_>, options: &Options) -> Estimate {
    let (a, b) = (one.tally, other.tally);
    let n_articles = a.articles() + b.articles();
    let n_words = a.words() + b.words();
    let value = smoothed(a.hits(), a.words(), b.hits(), b.words());
    if let Some(why) = value.why() {
        return Estimate::missing(why, n_articles, n_words);
    }
    let smaller = a.articles().min(b.articles());
    if smaller < 2 {
        return Estimate::without_interval(value, Why::OneArticle, n_articles, n_words);
    }
    if a.hits() == 0 || b.hits() == 0 {
        return one_sided(a, b, value, n_articles, n_words);
    }
    if a.with_hits.articles.min(b.with_hits.articles) < MIN_WITH_HITS {
        return Estimate::without_interval(value, Why::TooFewArticles, n_articles, n_words);
    }
    let (low, high) = bounds(one, other, options);
    let method = if smaller < LARGE { BOOTSTRAP } else { LINEARISED };
    let interval = Interval::two_sided(low * LOG2_E, high * LOG2_E);
    let estimate = Estimate::with_interval(value, interval, n_articles, n_words, method);
    let note = (smaller < FEW_ARTICLES && interval.is_some()).then_some(Note::FewArticles);
    Estimate { note: estimate.note.or(note), ..estimate }
}

/// Bounds of the difference of the log rates.
fn bounds(one: Side<'_>, other: Side<'_>, options: &Options) -> (f64, f64) {
    let (a, b) = (one.tally, other.tally);
    let centre = a.smoothed_log_rate() - b.smoothed_log_rate();
    let (va, vb) = (a.log_variance(), b.log_variance());
    let smaller = a.articles().min(b.articles());
    let df = if smaller < LARGE { f64::from(smaller) - 1.0 } else { welch_df(va, a.articles(), vb, b.articles()) };
    let spread = t_quantile(0.5 + 0.5 * LEVEL, df) * libm::sqrt(va + vb);
    let (mut low, mut high) = (centre - spread, centre + spread);
    if smaller < LARGE {
        let (x, y) = (side_draws(one, options), side_draws(other, options));
        let differences: Vec<f64> = x.iter().zip(&y).map(|(x, y)| x - y).collect();
        let (from, to) = expanded_percentile(&differences, smaller, LEVEL);
        low = low.min(from);
        high = high.max(to);
    }
    (low, high)
}

/// A small side's resamples; a large side is normal around its log rate, which costs no pass over its articles.
fn side_draws(side: Side<'_>, options: &Options) -> Vec<f64> {
    match side.draws {
        Some(draws) => draws.logs(),
        None => {
            let mut stream = Stream::named(options.seed, &["normal draws", side.names[0], side.names[1]]);
            let error = libm::sqrt(side.tally.log_variance());
            normal_draws(side.tally.smoothed_log_rate(), error, options.resamples, &mut stream)
        }
    }
}

/// The degrees of freedom of Welch and Satterthwaite.
pub(super) fn welch_df(va: f64, na: u32, vb: f64, nb: u32) -> f64 {
    let (na, nb) = (f64::from(na) - 1.0, f64::from(nb) - 1.0);
    let sum = va + vb;
    let df = sum * sum / (va * va / na + vb * vb / nb);
    if df.is_finite() { df } else { na.min(nb) }
}

/// Where one group has no hit: three over its words against the nearer bound of the other group's rate.
fn one_sided(a: &Tally, b: &Tally, value: Measured, n_articles: u32, n_words: u64) -> Estimate {
    let (empty, full) = if a.hits() == 0 { (a, b) } else { (b, a) };
    let low = micro(full, None).interval.and_then(|interval| interval.low());
    let bound = low.filter(|_| empty.articles() >= FEW_ARTICLES).map(|low| {
        let most = libm::log2(3.0 / empty.words() as f64);
        let least = libm::log2(low / PER_WORDS);
        most - least
    });
    let Some(bound) = bound else {
        return Estimate::without_interval(value, Why::TooFewArticles, n_articles, n_words);
    };
    let interval = if a.hits() == 0 { Interval::below(bound) } else { Interval::above(-bound) };
    let estimate = Estimate::with_interval(value, interval, n_articles, n_words, "rule of three");
    Estimate { note: Some(Note::OneSided), ..estimate }
}
