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
use super::cached_tests::{CachedTests, Digest};
use super::measured::{Estimate, Interval, LEVEL, Measured, Why};
use super::ratio::Moments;
use super::seed::Stream;
use super::special::t_quantile;
use super::tally::Unit;
use super::units::{Clusters, gather};
use super::{Options, label_share, rate};

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

/// The independent units of a group's articles.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clustering<'a> {
    /// Cluster of each article of the group; none where each is a unit.
    pub of: Option<&'a [u32]>,
    /// The articles of a cluster are copies of one text.
    pub are_copies: bool,
}

impl Valence {
    fn add(&mut self, other: &Valence) {
        self.sum += other.sum;
        self.hits += other.hits;
        self.positive += other.positive;
        self.negative += other.negative;
        self.words += other.words;
    }
}

/// The sentiment of a group whose articles are the units.
pub fn of_group(articles: &[Valence], options: &Options) -> GroupSentiment {
    of_units(articles, Clustering::default(), (options, None))
}

/// The sentiment of a group. What the last run drew is taken from the cache.
pub fn of_units(
    valences: &[Valence],
    clusters: Clustering<'_>,
    (options, cache): (&Options, Option<&CachedTests>),
) -> GroupSentiment {
    let units = gather(valences, clusters.of, Valence::add);
    let units: Vec<Valence> = units.into_iter().filter(|unit| unit.words > 0).collect();
    let articles: Vec<Valence> = valences.iter().copied().filter(|a| a.words > 0).collect();
    let total = |part: fn(&Valence) -> u32| articles.iter().map(|a| u64::from(part(a))).sum::<u64>();
    let (hits, positive, negative) = (total(|a| a.hits), total(|a| a.positive), total(|a| a.negative));
    // a group of copies weighs what one of them weighs
    let copies = if clusters.are_copies { articles.len() as f64 / units.len().max(1) as f64 } else { 1.0 };
    let (number, words) = (articles.len() as u32, total(|a| a.words));
    let group = Group { articles: number, units: &units, copies, words, options, cache };
    let own = clusters.of.map(|of| Clusters { of, are_copies: clusters.are_copies });
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
        balance: balance_of_group(valences, own, group.words),
        logit: group.logit(positive, negative),
    }
}

/// The mean valence of all groups but one, for each of them: linearised, and as wide as the articles of the others leave it.
pub fn of_rests(groups: &[(&[Valence], Clustering<'_>)]) -> Vec<Estimate> {
    let moments = |&(articles, clusters): &(&[Valence], Clustering<'_>)| {
        let mut moments = Moments::default();
        let units = gather(articles, clusters.of, Valence::add).into_iter().filter(|unit| unit.hits > 0);
        units.for_each(|unit| moments.add(unit.sum, unit.hits.into()));
        (moments, articles.iter().map(|article| u64::from(article.words)).sum::<u64>())
    };
    let groups: Vec<(Moments, u64)> = groups.iter().map(moments).collect();
    let all = groups.iter().fold((Moments::default(), 0), |sum, group| (sum.0.plus(&group.0), sum.1 + group.1));
    let rest = |(moments, words): &(Moments, u64)| {
        let (rest, words) = (all.0.minus(moments), all.1 - words);
        let value = Measured::of(rest.ratio() / THOUSANDTHS, Why::NoHits);
        let Some(centre) = value.value() else { return Estimate::missing(Why::NoHits, rest.articles, words) };
        if rest.articles < rate::MIN_WITH_HITS {
            return Estimate::without_interval(value, Why::TooFewArticles, rest.articles, words);
        }
        let t = t_quantile(0.5 + 0.5 * LEVEL, f64::from(rest.articles) - 1.0);
        let spread = t * rest.standard_error() / THOUSANDTHS;
        let interval = Interval::two_sided(centre - spread, centre + spread);
        Estimate::with_interval(value, interval, rest.articles, words, rate::LINEARISED)
    };
    groups.iter().map(rest).collect()
}

/// The balance as a share: of p positive hits among all with a sign it is 2 p − 1.
fn balance_of_group(articles: &[Valence], clusters: Option<Clusters<'_>>, words: u64) -> Estimate {
    let unit = |a: &Valence| Unit { hits: a.positive, words: a.positive + a.negative };
    let share = label_share::share_of(&articles.iter().map(unit).collect::<Vec<_>>(), clusters);
    let balance = |share: f64| 2.0 * share - 1.0;
    let value = share.value.value().map_or(share.value, |value| Measured::of(balance(value), Why::NoHits));
    let bounds = |of: Interval| match (of.low().map(balance), of.high().map(balance)) {
        (Some(low), Some(high)) => Interval::two_sided(low, high),
        (Some(low), None) => Interval::above(low),
        (None, high) => Interval::below(high?),
    };
    Estimate { value, interval: share.interval.and_then(bounds), n_words: words, ..share }
}

struct Group<'a> {
    /// Number of articles.
    articles: u32,
    /// Articles, or clusters of them.
    units: &'a [Valence],
    /// Articles that a unit stands for.
    copies: f64,
    words: u64,
    options: &'a Options,
    cache: Option<&'a CachedTests>,
}

impl Group<'_> {
    /// A ratio of sums over articles; the articles that add nothing to the bottom say nothing of it.
    fn ratio(&self, top: impl Fn(&Valence) -> i64, bottom: impl Fn(&Valence) -> u64, unit: f64, why: Why) -> Estimate {
        let mut pairs: Vec<(u64, i64)> =
            self.units.iter().map(|a| (bottom(a), top(a))).filter(|&(bottom, _)| bottom > 0).collect();
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
        let made_of = |digest: &mut Digest| {
            digest.kind("ratio");
            digest.numbers(pairs.iter().flat_map(|&(bottom, top)| [bottom as f64, top as f64]).chain([unit]));
        };
        self.estimate(value, n, moments.standard_error() / unit, (&made_of, &draws))
    }

    fn logit(&self, positive: u64, negative: u64) -> Estimate {
        let mut pairs: Vec<(u32, u32)> = self
            .units
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
            libm::log(p as f64 / self.copies + 0.5) - libm::log(q as f64 / self.copies + 0.5)
        };
        let error = logit_error_over(&pairs, positive, negative, self.copies);
        let made_of = |digest: &mut Digest| {
            digest.kind("logit");
            let pairs = pairs.iter().flat_map(|&(positive, negative)| [f64::from(positive), f64::from(negative)]);
            digest.numbers(pairs.chain([self.copies]));
        };
        self.estimate(logit(positive, negative), n, error, (&made_of, &draws))
    }

    /// Everything that decides the resamples.
    fn digest_into(&self, made_of: &dyn Fn(&mut Digest), digest: &mut Digest) {
        digest.kind("sentiment bootstrap");
        digest.numbers([self.options.seed, u64::from(self.options.resamples)].map(f64::from_bits));
        made_of(digest);
    }

    /// The interval: linearised t, widened to the expanded percentile bootstrap in a small group.
    fn estimate(
        &self,
        value: Measured,
        n: u32,
        error: f64,
        (made_of, draw): (&dyn Fn(&mut Digest), Draw<'_>),
    ) -> Estimate {
        let all = self.articles;
        let Some(centre) = value.value() else {
            let why = if all == 0 { Why::NoArticles } else { value.why().unwrap_or(Why::NoHits) };
            return Estimate::missing(why, all, self.words);
        };
        if n < rate::MIN_WITH_HITS {
            let why = match n {
                1 if all > 1 && self.units.len() == 1 => Why::OneCluster,
                1 => Why::OneArticle,
                _ => Why::TooFewArticles,
            };
            return Estimate::without_interval(value, why, n, self.words);
        }
        let spread = t_quantile(0.5 + 0.5 * LEVEL, f64::from(n) - 1.0) * error;
        let (mut low, mut high) = (centre - spread, centre + spread);
        let mut method = rate::LINEARISED;
        if n < rate::LARGE {
            let bounds = CachedTests::numbers(
                self.cache,
                |digest| self.digest_into(made_of, digest),
                2,
                || {
                    let mut stream = Stream::named(self.options.seed, &["sentiment bootstrap"]);
                    let resamples = 0..self.options.resamples;
                    let draws: Vec<f64> = resamples.map(|_| draw(&mut || stream.below(n) as usize)).collect();
                    let (from, to) = expanded_percentile(&draws, n, LEVEL);
                    vec![from, to]
                },
            );
            let fold = |of: fn(f64, f64) -> f64, first: f64| bounds.iter().copied().fold(first, of);
            (low, high, method) = (fold(f64::min, low), fold(f64::max, high), rate::BOOTSTRAP);
        }
        if low >= high {
            // as where every hit has the same weight: that others would have it too is not shown
            return Estimate::without_interval(value, Why::NoVariation, n, self.words);
        }
        Estimate::with_interval(value, Interval::two_sided(low, high), n, self.words, method)
    }
}

/// One resample, of the rows that are drawn.
type Draw<'d> = &'d dyn Fn(&mut dyn FnMut() -> usize) -> f64;

/// Standard error of a group's logit over articles: each moves it by pos/(Σpos + ½) − neg/(Σneg + ½).
fn logit_error_over(sorted: &[(u32, u32)], positive: u64, negative: u64, copies: f64) -> f64 {
    let n = sorted.len() as f64;
    let (p, q) = (positive as f64 + 0.5 * copies, negative as f64 + 0.5 * copies);
    let moves: Vec<f64> = sorted.iter().map(|&(a, b)| f64::from(a) / p - f64::from(b) / q).collect();
    let mean = moves.iter().sum::<f64>() / n;
    libm::sqrt(n / (n - 1.0) * moves.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>())
}
