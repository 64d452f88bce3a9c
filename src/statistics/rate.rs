//! How often a frame occurs: pooled, by article, and as a share of articles.
//!
//! In: hits and words per article. Out: [`Estimate`]s per 1,000 words.
//! Invariant: articles are the independent units; one article has no interval.
//! It deliberately does not choose the denominator: the caller hands over the words that could have been hits.

use super::Options;
use super::bootstrap::{Draws, expanded_percentile};
use super::canonical::Canonical;
use super::measured::{Estimate, FEW_ARTICLES, Interval, LEVEL, Measured, Note, Why};
use super::proportion::{share, wilson};
use super::ratio::Moments;
use super::seed::Stream;
use super::special::t_quantile;

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

/// One article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// Hits of the frame.
    pub hits: u32,
    /// Words that could have been hits.
    pub words: u32,
}

/// Sums over the articles of a group; articles without a word are left out, for nothing could have been found there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Hits over words.
    pub all: Moments,
    /// The same over the articles with at least one hit.
    pub with_hits: Moments,
    /// Sum of the article rates in units of 2^-64.
    rates: u128,
}

impl Tally {
    /// Of these articles.
    pub fn of(units: &[Unit]) -> Tally {
        let mut tally = Tally::default();
        units.iter().for_each(|&unit| tally.add(unit));
        tally
    }

    /// Adds one article.
    pub fn add(&mut self, unit: Unit) {
        if unit.words == 0 {
            return;
        }
        let (top, bottom) = (i64::from(unit.hits), u64::from(unit.words));
        self.all.add(top, bottom);
        if unit.hits > 0 {
            self.with_hits.add(top, bottom);
            self.rates += (u128::from(unit.hits) << 64) / u128::from(unit.words);
        }
    }

    /// Both groups together.
    pub fn plus(&self, other: &Tally) -> Tally {
        Tally {
            all: self.all.plus(&other.all),
            with_hits: self.with_hits.plus(&other.with_hits),
            rates: self.rates + other.rates,
        }
    }

    /// This group without `part` of it.
    pub fn minus(&self, part: &Tally) -> Tally {
        Tally {
            all: self.all.minus(&part.all),
            with_hits: self.with_hits.minus(&part.with_hits),
            rates: self.rates - part.rates,
        }
    }

    /// Number of articles with a word.
    pub fn articles(&self) -> u32 {
        self.all.articles
    }

    /// Number of hits.
    pub fn hits(&self) -> u64 {
        self.all.top as u64
    }

    /// Number of words.
    pub fn words(&self) -> u64 {
        self.all.bottom as u64
    }

    /// ln((Σ hits + ½)/(Σ words + 1)): defined without hits too.
    pub fn smoothed_log_rate(&self) -> f64 {
        libm::log(self.hits() as f64 + 0.5) - libm::log(self.words() as f64 + 1.0)
    }

    /// Variance of [`Tally::smoothed_log_rate`] over articles. A small group is taken to vary at least as independent
    /// hits would: three articles with one hit each would otherwise have an interval of no width.
    pub fn log_variance(&self) -> f64 {
        let hits = self.hits() as f64 + 0.5;
        let variance = self.all.residual_variance() / (hits * hits);
        if self.articles() < LARGE { variance.max(1.0 / hits) } else { variance }
    }

    /// Why no rate can be given, where that is so.
    fn why_no_rate(&self) -> Option<Why> {
        if self.articles() == 0 { Some(Why::NoWords) } else { None }
    }

    fn missing(&self, why: Why) -> Estimate {
        Estimate::missing(why, self.articles(), self.words())
    }
}

/// The rate of one group, articles resampled where it is small. `name` names the group's random stream.
pub fn rate(units: &[Unit], name: &str, options: &Options) -> Estimate {
    let (words, hits): (Vec<u32>, Vec<u32>) = units.iter().map(|unit| (unit.words, unit.hits)).unzip();
    let draws = resample(&words, &hits, 1, &chosen(&words, |_| true), name, options);
    micro(&Tally::of(units), draws.as_ref().map(|draws| draws.frame(0)))
}

/// Articles with a word for which `inside` holds.
pub(super) fn chosen(words: &[u32], inside: impl Fn(usize) -> bool) -> Vec<u32> {
    (0..words.len()).filter(|&i| words[i] > 0 && inside(i)).map(|i| i as u32).collect()
}

/// Resamples a small group's articles; none for a large one and for a single article.
pub(super) fn resample(
    words: &[u32],
    hits: &[u32],
    frames: usize,
    articles: &[u32],
    name: &str,
    options: &Options,
) -> Option<Draws> {
    if articles.len() < 2 || articles.len() >= LARGE as usize {
        return None;
    }
    let rows = Canonical::of(words, hits, frames, None, articles);
    Some(Draws::of(&rows, options.resamples, &mut Stream::named(options.seed, &["bootstrap", name])))
}

/// Pooled rate per 1,000 words, with its interval; `draws` are those of [`Draws::frame`] for a small group.
pub fn micro(tally: &Tally, draws: Option<&[f64]>) -> Estimate {
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
fn log_bounds(tally: &Tally, draws: Option<&[f64]>) -> (f64, f64) {
    let n = tally.articles();
    let hits = tally.hits() as f64;
    let mut variance = tally.all.residual_variance() / (hits * hits);
    if n < LARGE {
        variance = variance.max(1.0 / hits);
    }
    let centre = libm::log(tally.all.ratio());
    let spread = t_quantile(0.5 + 0.5 * LEVEL, f64::from(n) - 1.0) * libm::sqrt(variance);
    let (mut low, mut high) = (centre - spread, centre + spread);
    if let Some(draws) = draws {
        let (from, to) = expanded_percentile(draws, n, LEVEL);
        low = low.min(from);
        high = high.max(to);
    }
    (low, high)
}

/// Mean of the article rates, per 1,000 words.
pub fn macro_rate(tally: &Tally) -> Measured {
    if let Some(why) = tally.why_no_rate() {
        return Measured::Missing(why);
    }
    let sum = libm::ldexp(tally.rates as f64, -64);
    Measured::of(PER_WORDS * sum / f64::from(tally.articles()), Why::NoWords)
}

/// Share of articles with at least one hit.
pub fn prevalence(tally: &Tally) -> Estimate {
    let (n, words) = (tally.articles(), tally.words());
    if n == 0 {
        return tally.missing(Why::NoArticles);
    }
    let (k, n64) = (u64::from(tally.with_hits.articles), u64::from(n));
    let value = share(k, n64, Why::NoArticles);
    if n < 2 {
        return Estimate::without_interval(value, Why::OneArticle, n, words);
    }
    Estimate::with_interval(value, wilson(k, n64), n, words, "Wilson")
}

/// Rate per 1,000 words within the articles that have a hit.
pub fn intensity(tally: &Tally) -> Measured {
    if tally.with_hits.articles == 0 {
        return Measured::Missing(Why::NoHits);
    }
    Measured::of(PER_WORDS * tally.with_hits.ratio(), Why::NoWords)
}

/// How many times larger the variance is than that of as many independent hits: n/(n−1) · Σ(y − rL)² / Σy.
pub fn design_effect(tally: &Tally) -> Measured {
    if tally.articles() < 2 {
        return Measured::Missing(if tally.articles() == 0 { Why::NoArticles } else { Why::OneArticle });
    }
    if tally.hits() == 0 {
        return Measured::Missing(Why::NoHits);
    }
    Measured::of(tally.all.residual_variance() / tally.hits() as f64, Why::NoHits)
}
