//! Sentiment from weighted hits.
//!
//! In: per article, the sum of the weights (thousandths) and the number of positive and negative hits. Out: balance,
//! logit, valence; of an article as they are, of a group with an interval over its articles.
//! Invariant: no hits give no score, never a neutral one; sums are whole numbers.
//! It deliberately does not read words: weights, negation and intensifiers were settled when the hits were counted.

mod absolute;
mod balance;
mod compound;
mod logit;
mod toward;
mod valence;

pub use absolute::{ABSOLUTE, absolute};
pub use balance::{BALANCE, balance};
pub use compound::{COMPOUND, Compounds, GroupCompound, compound, compound_of_group};
pub use logit::{LOGIT, logit, logit_error, logit_interval};
pub use toward::{TOWARD, toward, toward_of_group};
pub use valence::{MEAN_VALENCE, SUM, VALENCE_PER_WORD, mean_valence, sum, valence_per_word};

use super::bootstrap::expanded_percentile;
use super::measured::{Estimate, Interval, LEVEL, Measured, Why};
use super::ratio::Moments;
use super::seed::Stream;
use super::special::t_quantile;
use super::{Options, rate};

/// Thousandths in a weight of one.
const THOUSANDTHS: f64 = 1000.0;

/// The weighted hits of one article, or of several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Valence {
    /// Sum of the weights, in thousandths.
    pub sum: i64,
    /// Number of hits that have a weight, zero included.
    pub hits: u32,
    /// Hits of positive weight.
    pub positive: u32,
    /// Hits of negative weight.
    pub negative: u32,
    /// Words that could have been hits.
    pub words: u32,
}

/// The sentiment of a group of articles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupSentiment {
    /// Number of articles with a word.
    pub articles: u32,
    /// Articles with at least one weighted hit.
    pub with_hits: u32,
    /// Words.
    pub words: u64,
    /// Weighted hits.
    pub hits: u64,
    /// Positive hits.
    pub positive: u64,
    /// Negative hits.
    pub negative: u64,
    /// Sum of the weights.
    pub sum: Measured,
    /// Mean weight of a hit.
    pub mean_valence: Estimate,
    /// Sum of the weights per word.
    pub valence_per_word: Estimate,
    /// (pos − neg) / (pos + neg).
    pub balance: Estimate,
    /// ln(pos + ½) − ln(neg + ½).
    pub logit: Estimate,
}

/// The sentiment of a group; `name` names its random stream.
pub fn of_group(articles: &[Valence], name: &str, options: &Options) -> GroupSentiment {
    let articles: Vec<Valence> = articles.iter().copied().filter(|a| a.words > 0).collect();
    let total = |part: fn(&Valence) -> u32| articles.iter().map(|a| u64::from(part(a))).sum::<u64>();
    let (hits, positive, negative) = (total(|a| a.hits), total(|a| a.positive), total(|a| a.negative));
    let group = Group { articles: &articles, words: total(|a| a.words), name, options };
    let net = |a: &Valence| i64::from(a.positive) - i64::from(a.negative);
    let polar = |a: &Valence| u64::from(a.positive) + u64::from(a.negative);
    GroupSentiment {
        articles: articles.len() as u32,
        with_hits: articles.iter().filter(|a| a.hits > 0).count() as u32,
        words: group.words,
        hits,
        positive,
        negative,
        sum: sum(articles.iter().map(|a| a.sum).sum(), hits),
        mean_valence: group.ratio(|a| a.sum, |a| u64::from(a.hits), THOUSANDTHS, Why::NoHits),
        valence_per_word: group.ratio(|a| a.sum, |a| u64::from(a.words), THOUSANDTHS, Why::NoWords),
        balance: within(group.ratio(net, polar, 1.0, Why::NoHits), -1.0, 1.0),
        logit: group.logit(positive, negative),
    }
}

/// An estimate whose interval does not leave the range of the quantity.
fn within(estimate: Estimate, least: f64, most: f64) -> Estimate {
    Estimate { interval: estimate.interval.and_then(|interval| interval.map(|x| x.clamp(least, most))), ..estimate }
}

struct Group<'a> {
    articles: &'a [Valence],
    words: u64,
    name: &'a str,
    options: &'a Options,
}

impl Group<'_> {
    /// A ratio of sums over articles; the articles that add nothing to the bottom say nothing of it.
    fn ratio(&self, top: impl Fn(&Valence) -> i64, bottom: impl Fn(&Valence) -> u64, unit: f64, why: Why) -> Estimate {
        let mut pairs: Vec<(u64, i64)> =
            self.articles.iter().map(|a| (bottom(a), top(a))).filter(|&(bottom, _)| bottom > 0).collect();
        pairs.sort_unstable();
        let mut moments = Moments::default();
        pairs.iter().for_each(|&(bottom, top)| moments.add(top, bottom));
        let value = Measured::of(moments.ratio() / unit, why);
        let n = pairs.len() as u32;
        let draws = |resamples: &mut dyn FnMut() -> usize| {
            let (mut tops, mut bottoms) = (0i128, 0i128);
            for _ in 0..n {
                let (bottom, top) = pairs[resamples()];
                tops += i128::from(top);
                bottoms += i128::from(bottom);
            }
            tops as f64 / bottoms as f64 / unit
        };
        self.estimate(value, n, moments.standard_error() / unit, draws)
    }

    fn logit(&self, positive: u64, negative: u64) -> Estimate {
        let mut pairs: Vec<(u32, u32)> = self
            .articles
            .iter()
            .map(|a| (a.positive, a.negative))
            .filter(|&(positive, negative)| positive + negative > 0)
            .collect();
        pairs.sort_unstable();
        let n = pairs.len() as u32;
        let draws = |resamples: &mut dyn FnMut() -> usize| {
            let (mut p, mut q) = (0u64, 0u64);
            for _ in 0..n {
                let (positive, negative) = pairs[resamples()];
                p += u64::from(positive);
                q += u64::from(negative);
            }
            libm::log(p as f64 + 0.5) - libm::log(q as f64 + 0.5)
        };
        self.estimate(logit(positive, negative), n, logit_error_over(&pairs, positive, negative), draws)
    }

    /// The interval: linearised t, widened to the expanded percentile bootstrap in a small group.
    fn estimate(
        &self,
        value: Measured,
        n: u32,
        error: f64,
        draw: impl Fn(&mut dyn FnMut() -> usize) -> f64,
    ) -> Estimate {
        let all = self.articles.len() as u32;
        let Some(centre) = value.value() else {
            let why = if all == 0 { Why::NoArticles } else { value.why().unwrap_or(Why::NoHits) };
            return Estimate::missing(why, all, self.words);
        };
        if n < rate::MIN_WITH_HITS {
            let why = if n == 1 { Why::OneArticle } else { Why::TooFewArticles };
            return Estimate::without_interval(value, why, n, self.words);
        }
        let spread = t_quantile(0.5 + 0.5 * LEVEL, f64::from(n) - 1.0) * error;
        let (mut low, mut high) = (centre - spread, centre + spread);
        let mut method = rate::LINEARISED;
        if n < rate::LARGE {
            let mut stream = Stream::named(self.options.seed, &["sentiment bootstrap", self.name]);
            let draws: Vec<f64> = (0..self.options.resamples).map(|_| draw(&mut || stream.below(n) as usize)).collect();
            let (from, to) = expanded_percentile(&draws, n, LEVEL);
            (low, high, method) = (low.min(from), high.max(to), rate::BOOTSTRAP);
        }
        Estimate::with_interval(value, Interval::two_sided(low, high), n, self.words, method)
    }
}

/// Standard error of a group's logit over articles: each moves it by pos/(Σpos + ½) − neg/(Σneg + ½).
fn logit_error_over(sorted: &[(u32, u32)], positive: u64, negative: u64) -> f64 {
    let n = sorted.len() as f64;
    let (p, q) = (positive as f64 + 0.5, negative as f64 + 0.5);
    let moves: Vec<f64> = sorted.iter().map(|&(a, b)| f64::from(a) / p - f64::from(b) / q).collect();
    let mean = moves.iter().sum::<f64>() / n;
    libm::sqrt(n / (n - 1.0) * moves.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>())
}
