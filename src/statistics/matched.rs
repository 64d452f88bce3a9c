//! One group against the others inside the stories that both cover.
//!
//! In: articles with their story, their side, and a numerator and a denominator. Out: [`Matched`]: a ratio of rates, its interval, a p.
//! Invariant: what a story is about cancels out: a side that only covers other stories, and tells each as the others do, has a ratio of 1.
//! The order of articles never matters.
//! It deliberately looks at no story that one side alone covers: `story_split` says what these are worth.

use super::Options;
use super::cached_tests::{CachedTests, Digest};
use super::measure::measure;
use super::measured::{Estimate, Interval, LEVEL, Measured, Why};
use super::seed::Stream;
use super::side::is_informative;
use super::special::{t_quantile, t_two_sided};
use super::stop::Stop;
use std::cmp::Ordering;

measure! {
    MATCHED, "estimate", "matched-ratio";
    what: "How much more often a group uses something than the others do in the same stories: log2 of the Mantel-Haenszel ratio of rates over stories.";
    formula: "log2(Σ a_s d_s / n_s ÷ Σ c_s b_s / n_s) over stories s that both cover: a hits and b words of the group, c and d those of the others, n = b + d; interval: ± t √V, V = k/(k − 1) Σ D_s², D_s the share of story s in the upper sum less its share in the lower, k stories, degrees of freedom (ΣD²)²/ΣD⁴ at most k − 1; p: labels are permuted among the articles of each story, the sum of the group's residuals over its own spread in stories, until enough permutations are as extreme; the t distribution from 200 stories on, and where p is too small for the number of permutations; where t of the log ratio (that of the interval) has the larger p, it is given, as permuting takes the articles of a story as alike";
    unit: "doublings; p a probability";
    missing: "\"too few stories\" where fewer than 5 stories that both cover have a hit, and for intervals with a bound more than a factor of 100 from the ratio; \"no hits\" on one side";
    source: "Mantel and Haenszel 1959; ratio of rates: Greenland and Robins 1985, Biometrics 41; studentised permutation: Janssen 1997, Chung and Romano 2013, Annals of Statistics 41; early stopping: Besag and Clifford 1991, Biometrika 78";
    beware: "It covers shared stories only: in stories that it covers alone, a group may behave differently.";
    example: "// Ten stories, in each an article of the group with 4 hits and one of another with 2, all of 500 words.\n\
              let row = |story, inside, top| matched::Row { story, inside, top, bottom: 500 };\n\
              let rows: Vec<_> = (0..10).flat_map(|s| [row(s, true, 4), row(s, false, 2)]).collect();\n\
              let found = matched::matched(&rows, &[\"a\"], 1, &Options::default());\n\
              assert!((found.log2_ratio.value.value().unwrap() - 1.0).abs() < 1e-9);";
}

/// Fewer stories with a hit say nothing.
const FEWEST: usize = 5;

/// From so many stories on the permutations have their normal limit.
const MANY: usize = 200;

/// The method of a p of few stories.
pub const DEALT: &str = "permutation of articles within stories";
/// The method of a p of many.
pub const LIMIT: &str = "t over stories";
/// The method of a p that the ratio and its interval give.
pub const OF_RATIO: &str = "t of the log ratio, stories as units";
/// The method of an interval.
pub const OVER_STORIES: &str = "linearised, stories as units";

/// An article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// Number of its story.
    pub story: u32,
    /// It is of the group.
    pub inside: bool,
    /// What is counted.
    pub top: u32,
    /// Of how many.
    pub bottom: u32,
}

/// The comparison of a group with the others inside stories.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matched {
    /// Stories that both cover.
    pub stories: u32,
    /// Articles of both sides in them.
    pub articles: [u32; 2],
    /// Numerators of both sides in them.
    pub top: [u64; 2],
    /// Denominators.
    pub bottom: [u64; 2],
    /// The ratio with its interval.
    pub log2_ratio: Estimate,
    /// Two-sided.
    pub p: Measured,
    /// How it was found.
    pub p_method: &'static str,
    /// The story whose absence moves the ratio most, and the ratio without it.
    pub heaviest: Option<(u32, Measured)>,
}

/// A story that both sides cover.
struct Story {
    number: u32,
    top: [u64; 2],
    bottom: [u64; 2],
    articles: [u32; 2],
    /// What each article has beyond its share, those of the group first.
    residuals: Vec<f64>,
}

impl Story {
    fn of(rows: &[Row]) -> Option<Story> {
        let mut story =
            Story { number: rows[0].story, top: [0; 2], bottom: [0; 2], articles: [0; 2], residuals: Vec::new() };
        for row in rows.iter().filter(|row| row.bottom > 0) {
            let side = usize::from(!row.inside);
            story.top[side] += u64::from(row.top);
            story.bottom[side] += u64::from(row.bottom);
            story.articles[side] += 1;
        }
        let rate = story.top.iter().sum::<u64>() as f64 / story.bottom.iter().sum::<u64>() as f64;
        for inside in [true, false] {
            let of_side = rows.iter().filter(|row| row.bottom > 0 && row.inside == inside);
            story.residuals.extend(of_side.map(|row| f64::from(row.top) - f64::from(row.bottom) * rate));
        }
        (story.articles[0] > 0 && story.articles[1] > 0).then_some(story)
    }

    /// What each article has beyond its share, those of a side first.
    fn side_first(&self, side: usize) -> impl Iterator<Item = f64> + '_ {
        let (group, others) = self.residuals.split_at(self.articles[0] as usize);
        let sides = if side == 0 { [group, others] } else { [others, group] };
        sides.into_iter().flatten().copied()
    }

    /// What it adds to both sums of the ratio.
    fn terms(&self) -> [f64; 2] {
        let n = (self.bottom[0] + self.bottom[1]) as f64;
        let term = |one: usize, other: usize| self.top[one] as f64 * self.bottom[other] as f64 / n;
        [term(0, 1), term(1, 0)]
    }
}

/// Compares, as one of so many `tests`. `names` name the random stream.
pub fn matched(rows: &[Row], names: &[&str], tests: u64, options: &Options) -> Matched {
    matched_cached(rows, names, tests, options, None)
}

/// The same; what the last run drew is not drawn again.
pub(crate) fn matched_cached(
    rows: &[Row],
    names: &[&str],
    tests: u64,
    options: &Options,
    cache: Option<&CachedTests>,
) -> Matched {
    let mut rows = rows.to_vec();
    rows.sort_unstable();
    let stories: Vec<Story> = rows.chunk_by(|a, b| a.story == b.story).filter_map(Story::of).collect();
    let sum = |of: fn(&Story) -> [u64; 2]| {
        stories.iter().map(of).fold([0; 2], |sum: [u64; 2], more| [sum[0] + more[0], sum[1] + more[1]])
    };
    let articles = sum(|story| story.articles.map(u64::from)).map(|n| n as u32);
    let (top, bottom) = (sum(|story| story.top), sum(|story| story.bottom));
    let with_hits: Vec<&Story> = stories.iter().filter(|story| story.top != [0, 0]).collect();
    let rests_on = (articles[0] + articles[1], bottom[0] + bottom[1]);
    let (log2_ratio, heaviest) = ratio(&with_hits, rests_on);
    let drawn = chance(&with_hits, names, &Stop::of(tests, options), (options, cache));
    let (p, p_method) = larger(drawn, by_ratio(&with_hits));
    Matched { stories: stories.len() as u32, articles, top, bottom, log2_ratio, p, p_method, heaviest }
}

fn ratio(stories: &[&Story], (articles, words): (u32, u64)) -> (Estimate, Option<(u32, Measured)>) {
    let terms: Vec<[f64; 2]> = stories.iter().map(|story| story.terms()).collect();
    let sums = terms.iter().fold([0.0; 2], |sum, term| [sum[0] + term[0], sum[1] + term[1]]);
    let why = if stories.is_empty() || sums[0] == 0.0 || sums[1] == 0.0 { Why::NoHits } else { Why::TooFewStories };
    if why == Why::NoHits {
        return (Estimate::missing(why, articles, words), None);
    }
    let value = Measured::of(libm::log2(sums[0] / sums[1]), Why::Undefined);
    let without = |term: &[f64; 2]| Measured::of(libm::log2((sums[0] - term[0]) / (sums[1] - term[1])), Why::NoHits);
    let moves = |term: &[f64; 2]| (term[0] / sums[0] - term[1] / sums[1]).abs();
    let heaviest =
        stories.iter().zip(&terms).max_by(|a, b| moves(a.1).total_cmp(&moves(b.1)).then(b.0.number.cmp(&a.0.number)));
    let heaviest = heaviest.map(|(story, term)| (story.number, without(term)));
    if stories.len() < FEWEST {
        return (Estimate::without_interval(value, why, articles, words), heaviest);
    }
    let (spread, df) = spread(&terms, sums);
    let width = t_quantile(0.5 + 0.5 * LEVEL, df) * spread;
    if !is_informative(width) {
        return (Estimate::without_interval(value, why, articles, words), heaviest);
    }
    let width = width / std::f64::consts::LN_2;
    let interval = value.value().and_then(|value| Interval::two_sided(value - width, value + width));
    (Estimate::with_interval(value, interval.filter(|_| spread > 0.0), articles, words, OVER_STORIES), heaviest)
}

/// Standard error of the logarithm of a ratio of sums, and its degrees of freedom: how many stories it rests on.
fn spread(terms: &[[f64; 2]], sums: [f64; 2]) -> (f64, f64) {
    let k = terms.len() as f64;
    let squares = || terms.iter().map(|term| term[0] / sums[0] - term[1] / sums[1]).map(|moved| moved * moved);
    let (second, fourth) = squares().fold((0.0, 0.0), |(sum, fourth), of| (sum + of, fourth + of * of));
    ((libm::sqrt(k / (k - 1.0) * second)), (second * second / fourth).min(k - 1.0).max(1.0))
}

/// The p of the ratio itself, which is below .05 where its interval leaves out 1.
fn by_ratio(stories: &[&Story]) -> Option<f64> {
    let terms: Vec<[f64; 2]> = stories.iter().map(|story| story.terms()).collect();
    let sums = terms.iter().fold([0.0; 2], |sum, term| [sum[0] + term[0], sum[1] + term[1]]);
    let (spread, df) = spread(&terms, sums);
    // that of the other side to the bit, but for its sign
    let t = (libm::log(sums[0]) - libm::log(sums[1])).abs() / spread;
    (stories.len() >= FEWEST && t.is_finite()).then(|| t_two_sided(t, df).max(f64::MIN_POSITIVE))
}

/// Permuting takes the articles of a story as alike, which long and short, even and bursty ones are not: the larger of both p is given.
fn larger((p, method): (Measured, &'static str), other: Option<f64>) -> (Measured, &'static str) {
    match (p.value(), other) {
        (Some(one), Some(other)) if other > one => (Measured::of(other, Why::Undefined), OF_RATIO),
        _ => (p, method),
    }
}

/// Sum of the group's residuals over its spread in stories.
fn studentised(sums: impl Iterator<Item = f64>) -> f64 {
    let (sum, squares) = sums.fold((0.0, 0.0), |(sum, squares), of| (sum + of, squares + of * of));
    if squares > 0.0 { (sum / libm::sqrt(squares)).abs() } else { 0.0 }
}

fn chance(
    stories: &[&Story],
    names: &[&str],
    stop: &Stop,
    (options, cache): (&Options, Option<&CachedTests>),
) -> (Measured, &'static str) {
    if stories.is_empty() {
        return (Measured::Missing(Why::NoHits), "");
    }
    if stories.len() < FEWEST {
        return (Measured::Missing(Why::TooFewStories), "");
    }
    let of_group = |story: &&Story| story.residuals[..story.articles[0] as usize].iter().sum::<f64>();
    let seen = studentised(stories.iter().map(of_group));
    let student = t_two_sided(seen, stories.len() as f64 - 1.0).max(f64::MIN_POSITIVE);
    if !options.draws || stories.len() >= MANY {
        return (Measured::of(student, Why::Undefined), LIMIT);
    }
    // all stories behind one another, of each so many that are of the side with fewer articles: the sums of the other are the same, less
    // than nothing, so that both have one p
    let side = drawn_side(stories);
    let hand = |story: &&Story| (story.residuals.len(), story.articles[side] as usize);
    let mut cards: Vec<f64> = stories.iter().flat_map(|story| story.side_first(side)).collect();
    let hands: Vec<(usize, usize)> = stories.iter().map(hand).collect();
    // what differs by rounding alone is as extreme
    let least = seen * (1.0 - 1e-9);
    let made_of = |digest: &mut Digest| {
        digest.kind("matched");
        names.iter().for_each(|name| digest.name(name));
        stop.digest_into(student, (options.seed, std::iter::empty()), digest);
        digest.numbers([least]);
        digest.numbers(hands.iter().flat_map(|&(cards, members)| [cards as f64, members as f64]));
        digest.numbers(cards.iter().copied());
    };
    let digest = Digest::of(made_of);
    let draw = || {
        let mut stream = Stream::named(options.seed, &[&["matched-ratio"], names].concat());
        stop.p(student, || studentised(deals(&mut cards, &hands, &mut stream)) >= least)
    };
    match CachedTests::p(cache, |of| of.digest(digest), draw) {
        Some(p) => (Measured::of(p, Why::Undefined), DEALT),
        None => (Measured::of(student, Why::Undefined), LIMIT),
    }
}

/// The side that is drawn: that with fewer articles; of sides with as many the one whose residuals come first.
fn drawn_side(stories: &[&Story]) -> usize {
    let articles = |side: usize| stories.iter().map(|story| story.articles[side]).sum::<u32>();
    let cards = |side: usize| stories.iter().flat_map(|story| story.side_first(side)).collect::<Vec<f64>>();
    match articles(0).cmp(&articles(1)) {
        Ordering::Less => 0,
        Ordering::Greater => 1,
        Ordering::Equal => {
            let (one, other) = (cards(0), cards(1));
            let differs = one.iter().zip(&other).map(|(a, b)| a.total_cmp(b)).find(|order| order.is_ne());
            usize::from(differs == Some(Ordering::Greater))
        }
    }
}

/// Deals in every story: sums of as many cards as the group has there, drawn without putting back.
fn deals<'d>(
    cards: &'d mut [f64],
    hands: &'d [(usize, usize)],
    stream: &'d mut Stream,
) -> impl Iterator<Item = f64> + 'd {
    let mut rest = cards;
    hands.iter().map(move |&(cards, members)| {
        let (deck, after) = std::mem::take(&mut rest).split_at_mut(cards);
        rest = after;
        let mut sum = 0.0;
        for at in 0..members {
            deck.swap(at, at + stream.below((cards - at) as u32) as usize);
            sum += deck[at];
        }
        sum
    })
}
