//! How often a frame occurs in all articles of a group together.
//!
//! In: hits and words per article. Out: an [`Estimate`] per 1,000 words.
//! Invariant: articles are the independent units; one article has no interval.
//! It deliberately does not choose the denominator: the caller hands over the words that could have been hits.

use super::Options;
use super::bootstrap::{Resampled, resample};
use super::measure::measure;
use super::measured::{Estimate, FEW_ARTICLES, Interval, LEVEL, Measured, Note, Why};
use super::sparse::Hits;
use super::special::t_quantile;
use super::tally::{Tally, Unit, chosen};

measure! {
    RATE, "estimate", "rate";
    what: "Hits per 1,000 words of all articles of the group together.";
    formula: "1000 Σy / Σl; interval exp(ln r ± t √V), V = n/(n−1) · Σ(y − r l)² / (Σy)², t of n − 1 degrees of freedom; below 200 articles V at least 1/Σy, and widened to the bootstrap over articles (expanded percentile), or where none is made (moving rates) t of as many degrees of freedom as articles have a hit, less 1";
    unit: "hits per 1,000 words, 0 and above";
    missing: "\"no words\"; no interval for \"one article\", nor with hits in fewer than 3 articles (\"too few articles\"); no hits in 10 articles or more: only the bound 3/Σl";
    source: "linearised ratio: Cochran 1977, Sampling Techniques, ch. 6; expanded percentile: Hesterberg 2015, The American Statistician 69(4)";
    beware: "One long article can dominate: compare the macro rate. The words are those that could have been hits.";
    example: "let unit = |hits, words| Unit { hits, words };\n\
              let units = [unit(3, 400), unit(0, 300), unit(2, 500), unit(1, 800)];\n\
              let rate = rate::rate(&units, \"Daily Meridian\", &Options::default());\n\
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
const RULE_OF_THREE: &str = "rule of three";

/// The rate of one group, articles resampled where it is small. `name` names the group's random stream.
pub fn rate(units: &[Unit], name: &str, options: &Options) -> Estimate {
    let (words, hits): (Vec<u32>, Vec<u32>) = units.iter().map(|unit| (unit.words, unit.hits)).unzip();
    let draws = resample(&words, &Hits::dense(&hits, 1), &chosen(&words, |_| true), name, options);
    micro(&Tally::of(units), draws.as_ref().and_then(|draws| draws.column(0)))
}

/// Pooled rate per 1,000 words, with its interval; `draws` are the resamples of a small group.
pub fn micro(tally: &Tally, draws: Option<Resampled<'_>>) -> Estimate {
    if let Some(why) = tally.why_no_rate() {
        return tally.missing(why);
    }
    let value = Measured::of(PER_WORDS * tally.all.ratio(), Why::NoWords);
    let (n, words) = (tally.articles(), tally.words());
    let without = |why| Estimate::without_interval(value, why, n, words);
    if n < 2 {
        return without(Why::OneArticle);
    }
    if tally.hits() == 0 {
        if n < FEW_ARTICLES {
            return without(Why::TooFewArticles);
        }
        let bound = Interval::below(PER_WORDS * 3.0 / words as f64);
        let note = Some(Note::OneSided);
        return Estimate { note, ..Estimate::with_interval(value, bound, n, words, RULE_OF_THREE) };
    }
    if tally.with_hits.articles < MIN_WITH_HITS {
        return without(Why::TooFewArticles);
    }
    let (low, high) = log_bounds(tally, draws);
    let method = if draws.is_some() { BOOTSTRAP } else { LINEARISED };
    let interval = Interval::two_sided(PER_WORDS * libm::exp(low), PER_WORDS * libm::exp(high));
    Estimate::with_interval(value, interval, n, words, method)
}

/// Bounds of the log rate: the linearised ratio on the log scale, widened to the bootstrap's.
fn log_bounds(tally: &Tally, draws: Option<Resampled<'_>>) -> (f64, f64) {
    let n = tally.articles();
    let hits = tally.hits() as f64;
    let mut variance = tally.all.residual_variance() / (hits * hits);
    if n < LARGE {
        variance = variance.max(1.0 / hits);
    }
    let centre = libm::log(tally.all.ratio());
    // V is told by the articles with a hit: the others add next to nothing to it, and of bursty frames they are most.
    let telling = if n < LARGE && draws.is_none() { tally.with_hits.articles } else { n };
    let spread = t_quantile(0.5 + 0.5 * LEVEL, f64::from(telling) - 1.0) * libm::sqrt(variance);
    let (mut low, mut high) = (centre - spread, centre + spread);
    if let Some(draws) = draws {
        let (from, to) = draws.log_bounds(n, LEVEL);
        low = low.min(from);
        high = high.max(to);
    }
    (low, high)
}
