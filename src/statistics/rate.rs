//! How often a frame occurs in all articles of a group together.
//!
//! In: hits and words per article. Out: an [`Estimate`] per 1,000 words.
//! Invariant: articles are the independent units; one article has no interval.
//! It deliberately does not choose the denominator: the caller hands over the words that could have been hits.

use super::measure::measure;
use super::measured::{Estimate, Interval, Measured, Note, Why};
use super::null_draws::Sample;
use super::side::{FEARED, Side, is_informative};
use super::tally::{Tally, Unit};

measure! {
    RATE, "estimate", "rate";
    what: "Hits per 1,000 words of all articles of the group together.";
    formula: "1000 Σy / Σl; interval exp(ln((Σy + ½)/Σl) ± t √V), V and the degrees of freedom of t those of the test (p)";
    unit: "hits per 1,000 words, 0 and above";
    missing: "\"no words\"; no interval for \"one article\"; without a hit only an upper bound: the rate r at which so many articles have none with a chance of 5 %, Σ ln(1 + κ r l)/κ = ln 20 at κ = 10; no bounds (\"too few articles\") where one is farther than a factor of 100 from (Σy + ½)/Σl, or beyond one hit a word";
    source: "linearised ratio: Cochran 1977, Sampling Techniques, ch. 6; negative binomial: Anscombe 1949, Biometrics 5";
    beware: "One long article can dominate: compare the macro rate. The words are those that could have been hits.";
    example: "let unit = |hits, words| Unit { hits, words };\n\
              let units = [unit(3, 400), unit(0, 300), unit(2, 500), unit(1, 800)];\n\
              let rate = rate::rate(&units);\n\
              assert!((rate.value.value().unwrap() - 1000.0 * 6.0 / 2000.0).abs() < 1e-12);\n\
              assert!(rate.interval.unwrap().contains(3.0));";
}

/// Words that a rate is printed for.
pub const PER_WORDS: f64 = 1000.0;
/// From this number of articles on a side is large: its sums are taken as normal, and the bootstrap and the permutations
/// give way to the linearised ratio. `tests/statistics/calibration.rs` shows both sides of it keep their level.
pub const LARGE: u32 = 200;
/// With fewer articles that have a hit there is no two-sided interval: simulated coverage falls below 92 %.
pub const MIN_WITH_HITS: u32 = 3;
/// The method of a small group's interval.
pub const BOOTSTRAP: &str = "articles resampled, expanded percentile, not narrower than the linearised ratio";
/// The method of a large group's interval.
pub const LINEARISED: &str = "linearised ratio of article sums";
/// The method of an interval of a log rate.
pub const LOG_RATE: &str = "t of the log rate";
/// The method of a bound where nothing was found.
pub const NO_HITS: &str = "bound of no hits, bursty";
/// ln 20: what is this unlikely has a chance of one in twenty.
const LN_TWENTY: f64 = 2.995_732_273_553_991;

/// The rate of one group.
pub fn rate(units: &[Unit]) -> Estimate {
    let sample = Sample::of(units);
    micro(&Tally::of(units), &sample.side, 1.0, || none_bound(&sample.words, FEARED))
}

/// Pooled rate per 1,000 words, with its interval; `side` are the sums over the independent units, `most` is how many hits a word can
/// have, `bound` is the log of the rate that units without a hit do not exclude.
pub fn micro(tally: &Tally, side: &Side, most: f64, bound: impl FnOnce() -> f64) -> Estimate {
    if let Some(why) = tally.why_no_rate() {
        return tally.missing(why);
    }
    let value = Measured::of(PER_WORDS * tally.all.ratio(), Why::NoWords);
    let (n, words) = (tally.articles(), tally.words());
    let without = |why| Estimate::without_interval(value, why, n, words);
    if side.lengths.units < 2 {
        return without(if n < 2 { Why::OneArticle } else { Why::OneCluster });
    }
    let is_possible = |high: f64| high <= libm::log(most);
    if tally.hits() == 0 {
        let high = bound();
        if !is_possible(high) || !is_informative(high - side.log_rate) {
            return without(Why::TooFewArticles);
        }
        let bound = Interval::below(PER_WORDS * libm::exp(high));
        let note = Some(Note::OneSided);
        return Estimate { note, ..Estimate::with_interval(value, bound, n, words, NO_HITS) };
    }
    let Some((low, high)) = side.log_bounds().filter(|&(_, high)| is_possible(high)) else {
        return without(Why::TooFewArticles);
    };
    let interval = Interval::two_sided(PER_WORDS * libm::exp(low), PER_WORDS * libm::exp(high));
    Estimate::with_interval(value, interval, n, words, LOG_RATE)
}

/// The log of the rate r a word at which units of these words (ascending) have no hit with a chance of 5 %, where their hits are
/// negative binomial: Σ ln(1 + κ r w)/κ = ln 20.
pub fn none_bound(words: &[f64], burstiness: f64) -> f64 {
    let sum: f64 = words.iter().sum();
    if burstiness <= 1e-6 {
        return libm::log(LN_TWENTY / sum);
    }
    let n = words.len() as f64;
    // what units of equal length give is no more than the bound; from the right of it Newton's steps fall to it
    let mut log = libm::log(libm::expm1(burstiness * LN_TWENTY / n)) - libm::log(burstiness * sum / n);
    for _ in 0..60 {
        let (mut found, mut slope) = (0.0, 0.0);
        for same in words.chunk_by(|a, b| a == b) {
            let (units, x) = (same.len() as f64, libm::exp(log) * burstiness * same[0]);
            found += units * libm::log1p(x) / burstiness;
            slope += units * x / (1.0 + x) / burstiness;
        }
        let step = (found - LN_TWENTY) / slope;
        log -= step;
        if step.abs() < 1e-12 {
            break;
        }
    }
    log
}
