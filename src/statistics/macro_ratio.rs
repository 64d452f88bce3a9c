//! The log ratio of mean article rates: every article counts alike, however long.
//!
//! In: the rates of the articles of two groups. Out: the log ratio with its interval, and p by permuting the labels.
//! Invariant: rates are whole numbers of 2⁻³² and sorted before they are used, so that the order of the articles moves no
//! bit; swapping the groups flips every sign exactly.
//! It deliberately smooths nothing: where a side has no hit there is no ratio of means.

use super::Options;
use super::log_ratio::welch_df;
use super::measure::measure;
use super::measured::{Estimate, Interval, LEVEL, Measured, Why};
use super::permutation::{Extremity, SAMPLED, Shape, Test, WELCH, p_of};
use super::rate::{LARGE, LINEARISED, MIN_WITH_HITS};
use super::seed::Stream;
use super::side::is_informative;
use super::special::{t_quantile, t_two_sided};
use super::tally::Unit;
use std::f64::consts::LOG2_E;

measure! {
    MACRO_RATIO, "estimate", "macro-log-ratio";
    what: "How many doublings higher the mean article rate of one group is than that of another.";
    formula: "log2(m_a / m_b), m = 1/n Σ y_i/l_i; interval ± t √(V_a + V_b), V = n/(n−1) Σ (r_i − m)² / (Σ r_i)², below 200 articles at least 1/Σy; p by permuting labels anew, from 200 articles on both sides Welch's t";
    unit: "doublings; 0 is equal";
    missing: "\"no words\", \"no hits\" where a side has none; no interval for \"one article\" or with hits in fewer than 3 articles on a side, nor with bounds farther than a factor of 100 (\"too few articles\")";
    source: "mean of ratios: Cochran 1977, Sampling Techniques, ch. 6; Welch's degrees of freedom";
    beware: "Short articles make it jump: a hit in 50 words weighs as much as 20 in 1,000.";
    example: "let unit = |hits, words| Unit { hits, words };\n\
              let (a, b) = ([unit(4, 400), unit(1, 500)], [unit(1, 1000), unit(2, 1000)]);\n\
              let found = macro_ratio::macro_ratio(&a, &b).value.value().unwrap();\n\
              assert!((found - f64::log2((4.0 / 400.0 + 1.0 / 500.0) / (1.0 / 1000.0 + 2.0 / 1000.0))).abs() < 1e-6);";
}

/// One article's rate in units of 2⁻³².
fn rate(unit: &Unit) -> u64 {
    (u64::from(unit.hits) << 32) / u64::from(unit.words.max(1))
}

/// Sums of one side.
struct Side {
    articles: u32,
    with_hits: u32,
    hits: u64,
    words: u64,
    mean: f64,
    variance: f64,
}

fn side(units: &[Unit]) -> Side {
    let mut rates: Vec<u64> = units.iter().filter(|unit| unit.words > 0).map(rate).collect();
    rates.sort_unstable();
    let n = rates.len() as f64;
    let sum = rates.iter().sum::<u64>() as f64;
    let mean = sum / n;
    let squares: f64 = rates.iter().map(|&rate| (rate as f64 - mean) * (rate as f64 - mean)).sum();
    let hits = units.iter().map(|unit| u64::from(unit.hits)).sum::<u64>();
    let mut variance = n / (n - 1.0) * squares / (sum * sum);
    if rates.len() < LARGE as usize {
        variance = variance.max(1.0 / hits as f64);
    }
    Side {
        articles: rates.len() as u32,
        with_hits: rates.iter().filter(|&&rate| rate > 0).count() as u32,
        hits,
        words: units.iter().map(|unit| u64::from(unit.words)).sum(),
        mean,
        variance,
    }
}

/// [`MACRO_RATIO`] of two groups of articles.
pub fn macro_ratio(one: &[Unit], other: &[Unit]) -> Estimate {
    let (a, b) = (side(one), side(other));
    let (articles, words) = (a.articles + b.articles, a.words + b.words);
    if a.articles == 0 || b.articles == 0 {
        return Estimate::missing(Why::NoWords, articles, words);
    }
    if a.hits == 0 || b.hits == 0 {
        return Estimate::missing(Why::NoHits, articles, words);
    }
    let centre = libm::log(a.mean) - libm::log(b.mean);
    let value = Measured::of(centre * LOG2_E, Why::Undefined);
    let smaller = a.articles.min(b.articles);
    if smaller < 2 {
        return Estimate::without_interval(value, Why::OneArticle, articles, words);
    }
    if a.with_hits.min(b.with_hits) < MIN_WITH_HITS {
        return Estimate::without_interval(value, Why::TooFewArticles, articles, words);
    }
    let df = match smaller < LARGE {
        true => f64::from(smaller) - 1.0,
        false => welch_df(a.variance, a.articles, b.variance, b.articles),
    };
    let spread = t_quantile(0.5 + 0.5 * LEVEL, df) * libm::sqrt(a.variance + b.variance);
    if !is_informative(spread) {
        return Estimate::without_interval(value, Why::TooFewArticles, articles, words);
    }
    let interval = Interval::two_sided((centre - spread) * LOG2_E, (centre + spread) * LOG2_E);
    Estimate::with_interval(value, interval, articles, words, LINEARISED)
}

/// p of [`MACRO_RATIO`] in several columns (specifications) of the same articles, `one` of them against the `other`; all
/// columns share one set of permutations, named by `names`.
pub fn macro_tests(columns: &[(Vec<Unit>, Vec<Unit>)], names: &[&str], options: &Options) -> Vec<Test> {
    let quick: Vec<Option<Test>> = columns.iter().map(|(one, other)| without_permuting(one, other)).collect();
    let permuted: Vec<(usize, Column)> = columns
        .iter()
        .enumerate()
        .filter(|(at, _)| quick[*at].is_none())
        .map(|(at, (one, other))| (at, Column::of(one, other)))
        .collect();
    let mut tests: Vec<Test> = quick.into_iter().map(|test| test.unwrap_or(Test::missing(Why::Undefined))).collect();
    let same_size = |a: &Column, b: &Column| (a.rates.len(), a.members) == (b.rates.len(), b.members);
    for group in permuted.chunk_by(|a, b| same_size(&a.1, &b.1)) {
        let found = permute(group.iter().map(|(_, column)| column), names, options);
        group.iter().zip(found).for_each(|((at, _), test)| tests[*at] = test);
    }
    tests
}

/// The rates of both groups together, sorted, and what the smaller group has.
struct Column {
    rates: Vec<u64>,
    members: usize,
    found: u64,
    total: u64,
}

impl Column {
    fn of(one: &[Unit], other: &[Unit]) -> Column {
        let of = |units: &[Unit]| units.iter().filter(|unit| unit.words > 0).map(rate).collect::<Vec<u64>>();
        let (a, b) = (of(one), of(other));
        let drawn = if (a.len(), a.iter().sum::<u64>()) <= (b.len(), b.iter().sum()) { &a } else { &b };
        let (members, found) = (drawn.len(), drawn.iter().sum());
        let mut rates = [a.as_slice(), &b].concat();
        rates.sort_unstable();
        Column { members, found, total: rates.iter().sum(), rates }
    }

    fn extremity(&self, found: u64) -> Extremity {
        // as many articles as in so many units that the smoothing of counts weighs nothing
        let size = |articles: usize| articles as f64 * 1_048_576.0;
        let (members, others) = (size(self.members), size(self.rates.len() - self.members));
        Extremity::of(found, self.total - found, members, others, 0, 0)
    }
}

fn permute<'c>(columns: impl Iterator<Item = &'c Column>, names: &[&str], options: &Options) -> Vec<Test> {
    /// Dealings; every specification shares them, and none is corrected for many tests.
    const DEALINGS: u32 = 1999;
    let columns: Vec<&Column> = columns.collect();
    let Some(first) = columns.first() else { return Vec::new() };
    let (articles, members) = (first.rates.len(), first.members);
    let mut places: Vec<u32> = (0..articles as u32).collect();
    let mut stream = Stream::named(options.seed, &[&["macro permutation"], names].concat());
    let mut drawn: Vec<Vec<Extremity>> = columns.iter().map(|_| Vec::new()).collect();
    for _ in 0..DEALINGS.min(options.permutations) {
        for i in 0..members {
            places.swap(i, i + stream.below((articles - i) as u32) as usize);
        }
        for (column, drawn) in columns.iter().zip(&mut drawn) {
            let found = places[..members].iter().map(|&place| column.rates[place as usize]).sum();
            drawn.push(column.extremity(found));
        }
    }
    let test = |(column, mut drawn): (&&Column, Vec<Extremity>)| {
        let seen = column.extremity(column.found);
        drawn.push(seen);
        let p = p_of(&mut drawn, seen, Shape { smaller_side: column.members, mirrored: false });
        Test { p, method: if p.value().is_some() { SAMPLED } else { "" } }
    };
    columns.iter().zip(drawn).map(test).collect()
}

/// Nothing to test, or two large groups: Welch's test.
fn without_permuting(one: &[Unit], other: &[Unit]) -> Option<Test> {
    let (a, b) = (side(one), side(other));
    match (a.articles.min(b.articles), a.hits + b.hits) {
        (0, _) => return Some(Test::missing(Why::NoRest)),
        (1, _) => return Some(Test::missing(Why::OneArticle)),
        (_, 0) => return Some(Test::missing(Why::NoHits)),
        _ => {}
    }
    if a.articles.min(b.articles) < LARGE || a.with_hits.min(b.with_hits) < 20 {
        return None;
    }
    let t = (libm::log(a.mean) - libm::log(b.mean)) / libm::sqrt(a.variance + b.variance);
    let p = t_two_sided(t, welch_df(a.variance, a.articles, b.variance, b.articles)).max(f64::MIN_POSITIVE);
    Some(Test { p: Measured::of(p, Why::TooFewArticles), method: WELCH })
}
