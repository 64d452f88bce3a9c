//! Could the difference between two shares be chance, where the sides are unlike? Both are drawn anew at one common share.
//!
//! In: per side, for each unit how many of its hits are of the kind that is looked at. Out: one p.
//! Invariant: p is never 0; it depends on the study's seed and the counts alone, as that of rates does; a kind and all others
//! together have the same p but where each has half of the hits.
//! It deliberately takes what is drawn from a unit as alike within it, to the degree that its side shows.

use super::cached_tests::{CachedTests, Digest};
use super::measure::measure;
use super::measured::{LEVEL, Measured, Why};
use super::null_draws::{FEWEST_ON_A_SIDE, FEWEST_WITH_HITS, LARGE, LARGE_WITH_HITS};
use super::permutation::Test;
use super::seed::SplitMix;
use super::side::{Contrast, Multiplicity};
use super::special::{t_quantile, t_two_sided};
use super::stop::Stop;
use super::tally::Tally;

measure! {
    SHARE_DRAWS, "test", "share-p";
    what: "The probability, by chance alone, of two shares (of a label, of a voice) that differ at least as much, if both sides had the same share, each with its own articles.";
    formula: "as p of rates, with l = ln((Σx + ½)/(Σ(w − x) + ½)), w the hits of an article and x those of the kind, v = Σ(x − s w)² / (k h²), h = (Σx + ½)(Σ(w − x) + ½)/(Σw + 1), V = v/(1 − v), at least half of what independent hits have; articles beta-binomial with the correlation of hits within an article of their side";
    unit: "probability, above 0";
    missing: "as p of rates; \"too few articles\" for the kind or for all others";
    source: "prepivoting: Beran 1988, Journal of the American Statistical Association 83; beta-binomial: Williams 1975, Biometrics 31";
    beware: "It asks whether the shares differ, not how often anything is said.";
    example: "let unit = |hits, words| Unit { hits, words };\n\
              let (frames, groups) = ([\"own\".to_string()], [\"a\".to_string(), \"b\".to_string()]);\n\
              let (words, group_of) = ([4; 40], [[0; 20], [1; 20]].concat());\n\
              let hits = [[3; 20], [1; 20]].concat();\n\
              let counts = Counts { frames: &frames, groups: &groups, group_of: &group_of, words: &words, hits: &hits };\n\
              let rows = label_share::shares_table(&counts, &Options::default());\n\
              assert!(rows[0].p.value().unwrap() < 0.001 && rows[0].p == rows[1].p);\n\
              assert_eq!(unit(3, 4).words, 4);";
}

/// The method of two large sides.
pub const STUDENT: &str = "t of the logits";
/// The method of all others.
pub const DRAWN: &str = "null draws of shares";
/// The correlation within a unit that is feared where none is known.
const FEARED: f64 = 0.5;
const LEAST_LEFT: f64 = 0.02;

/// One side: hits of the kind and of all others, over units.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts<'a> {
    units: u32,
    /// Units with the kind, and with others.
    pub(super) with: [u32; 2],
    /// Σx, Σ(w − x).
    hits: [f64; 2],
    shape: Shape,
    /// Σx², Σxw.
    sums: [f64; 2],
    words: &'a [f64],
    spread: Spread,
}

/// Sums over the hits of the units that draws do not change.
#[derive(Clone, Copy, Debug)]
struct Shape {
    all: f64,
    squares: f64,
    cubes: f64,
    kept: f64,
    effective: f64,
}

/// Logit, its variance, and its degrees of freedom.
#[derive(Clone, Copy, Debug)]
struct Spread {
    logit: f64,
    variance: f64,
    df: f64,
}

impl Shape {
    fn residuals(&self, x: f64, squares: f64, cross: f64) -> f64 {
        let share = x / self.all;
        (squares - 2.0 * share * cross + share * share * self.squares).max(0.0)
    }

    fn spread(&self, x: f64, squares: f64, cross: f64) -> Spread {
        let y = self.all - x;
        let (a, b) = (x + 0.5, y + 0.5);
        let logit = libm::log(a) - libm::log(b);
        let of_others = self.squares - 2.0 * cross + squares;
        let carriers = |sum: f64, squares: f64| if sum > 0.0 { sum * sum / squares } else { 1.0 };
        let carriers = carriers(x, squares).min(carriers(y, of_others));
        let df = ((self.effective - 1.0) * carriers).max(0.0).sqrt().max(0.5);
        if x <= 0.0 || y <= 0.0 {
            return Spread { logit, variance: 1.0, df };
        }
        let h = a * b / (self.all + 1.0);
        let v = self.residuals(x, squares, cross) / (self.kept * h * h);
        Spread { logit, variance: (v / (1.0 - v).max(LEAST_LEFT)).max(0.5 * (1.0 / a + 1.0 / b)), df }
    }
}

impl<'a> Parts<'a> {
    /// Of the sums of a kind and of all others, and the hits of each unit, ascending.
    pub(super) fn of(kind: &Tally, others: &Tally, copies: Multiplicity, words: &'a [f64]) -> Parts<'a> {
        let by = |sum: i128, power: i32| copies.divide(sum, power);
        let (all, squares) = (by(kind.all.bottom, 1), by(kind.all.bottom_squared, 2));
        let cubes = by(kind.words_cubed, 3);
        let kept = (1.0 - 2.0 * cubes / (all * squares) + squares / (all * all)).max(0.25);
        let shape = Shape { all, squares, cubes, kept, effective: all * all / squares };
        let sums = [by(kind.all.top_squared, 2), by(kind.all.cross, 2)];
        let hits = [by(kind.all.top, 1), by(others.all.top, 1)];
        Parts {
            units: kind.all.articles,
            with: [kind.with_hits.articles, others.with_hits.articles],
            hits,
            shape,
            sums,
            words,
            spread: shape.spread(hits[0], sums[0], sums[1]),
        }
    }

    /// Bounds of the logit at [`LEVEL`].
    pub(super) fn logit_bounds(&self) -> (f64, f64) {
        let spread = t_quantile(0.5 + 0.5 * LEVEL, self.spread.df) * self.spread.variance.sqrt();
        (self.spread.logit - spread, self.spread.logit + spread)
    }

    /// All others in the place of the kind.
    fn mirrored(&self) -> Parts<'a> {
        let [squares, cross] = self.sums;
        let sums = [self.shape.squares - 2.0 * cross + squares, self.shape.squares - cross];
        let hits = [self.hits[1], self.hits[0]];
        let spread = self.shape.spread(hits[0], sums[0], sums[1]);
        Parts { with: [self.with[1], self.with[0]], hits, sums, spread, ..*self }
    }

    /// How much alike the hits of one unit are: 0 independent, 1 all of one kind.
    fn correlation(&self) -> Option<f64> {
        if self.with.iter().any(|&with| with < 3) {
            return None;
        }
        let share = (self.hits[0] + 0.5) / (self.shape.all + 1.0);
        let residuals = self.shape.residuals(self.hits[0], self.sums[0], self.sums[1]) / self.shape.kept;
        let pairs = self.shape.squares - self.shape.all;
        let rho = (residuals / (share * (1.0 - share)) - self.shape.all) / pairs;
        Some(if pairs > 0.0 { rho.clamp(0.0, 0.99) } else { 0.0 })
    }

    fn order(&self) -> [f64; 6] {
        let Shape { all, squares, cubes, .. } = self.shape;
        [f64::from(self.units), all, self.hits[0], squares, cubes, self.sums[0] + self.sums[1]]
    }

    fn is_large(&self) -> bool {
        self.units >= LARGE && self.with.iter().all(|&with| with >= LARGE_WITH_HITS)
    }
}

/// [`SHARE_DRAWS`] of two sides, one of so many `tests`; what the last run drew is not drawn again.
pub(super) fn p_value(
    a: &Parts<'_>,
    b: &Parts<'_>,
    tests: u64,
    options: &super::Options,
    cache: Option<&CachedTests>,
) -> Test {
    match (a.units, b.units) {
        (0, _) => return Test::missing(Why::NoArticles),
        (_, 0) => return Test::missing(Why::NoRest),
        (1, _) | (_, 1) => return Test::missing(Why::OneArticle),
        _ => {}
    }
    let too_few = |kind: usize| {
        let (one, other) = (a.with[kind], b.with[kind]);
        one + other < FEWEST_WITH_HITS || one.max(other) < FEWEST_ON_A_SIDE
    };
    if too_few(0) || too_few(1) {
        return Test::missing(Why::TooFewArticles);
    }
    let contrast = contrast(&a.spread, &b.spread);
    let student = t_two_sided(contrast.t(), contrast.df).max(f64::MIN_POSITIVE);
    if !options.draws || a.is_large() && b.is_large() {
        return Test { p: Measured::of(student, Why::TooFewArticles), method: STUDENT };
    }
    // the rarer kind is drawn, from the smaller side first
    let is_common = a.hits[0] + b.hits[0] > a.hits[1] + b.hits[1];
    let [a, b] = if is_common { [a.mirrored(), b.mirrored()] } else { [*a, *b] };
    let order = a.order().iter().zip(b.order()).map(|(x, y)| x.total_cmp(&y)).find(|order| order.is_ne());
    let [a, b] = if order.is_some_and(std::cmp::Ordering::is_gt) { [b, a] } else { [a, b] };
    let (seed, keys) = (options.seed ^ 0x5348_4152_4553, || a.order().into_iter().chain(b.order()).map(f64::to_bits));
    let (va, vb) = (a.spread.variance, b.spread.variance);
    let common = (a.spread.logit / va + b.spread.logit / vb) / (1.0 / va + 1.0 / vb);
    let share = 1.0 / (1.0 + libm::exp(-common));
    let alike = |one: &Parts<'_>, other: &Parts<'_>| {
        one.correlation().unwrap_or_else(|| other.correlation().map_or(FEARED, |rho| rho.max(FEARED)))
    };
    let sides = [Drawn::of(&a, share, common, alike(&a, &b)), Drawn::of(&b, share, common, alike(&b, &a))];
    let least = self::contrast(&a.spread, &b.spread).z() * (1.0 - 1e-9);
    let stop = Stop::of(tests, options);
    let is_extreme = |stream: &mut SplitMix| {
        let [a, b] = [sides[0].draw(stream), sides[1].draw(stream)];
        self::contrast(&a, &b).reaches(least)
    };
    let made_of = |digest: &mut Digest| {
        digest.kind("shares");
        stop.digest_into(student, (seed, keys()), digest);
        digest.numbers([least]);
        sides.iter().for_each(|side| side.digest_into(digest));
    };
    let draw = || {
        let mut stream = SplitMix::keyed(seed, keys());
        stop.p(student, || is_extreme(&mut stream))
    };
    match CachedTests::p(cache, made_of, draw) {
        Some(p) => Test { p: Measured::of(p, Why::TooFewArticles), method: DRAWN },
        None => Test { p: Measured::of(student, Why::TooFewArticles), method: STUDENT },
    }
}

fn contrast(a: &Spread, b: &Spread) -> Contrast {
    Contrast::new(a.logit - b.logit, [a.variance, b.variance], [a.df, b.df])
}

/// A side that is drawn.
enum Drawn {
    Units { shape: Shape, laws: Vec<Law> },
    Whole(Spread),
}

/// Units with equally many hits.
struct Law {
    hits: f64,
    units: u32,
    /// P(X ≤ x) of one unit, for each x.
    up_to: Vec<f64>,
    /// Of many units, P(units with the kind ≤ k) for each k: one number draws how many they are, and those without it cost nothing.
    /// Empty of few, which are drawn one by one.
    carriers: Vec<f64>,
}

impl Law {
    /// From so many units on, those with the kind are drawn first.
    const MANY: u32 = 8;
    /// −ln of the least chance that a sum of products of doubles keeps: more units at once would have none.
    const DEEPEST: f64 = 600.0;

    /// Of units that all have the same hits.
    fn of(same: &[f64], share: f64, correlation: f64) -> Vec<Law> {
        let (hits, up_to) = (same[0], cumulative(same[0].round() as u32, share, correlation));
        let none = up_to.first().copied().unwrap_or(1.0);
        let most = (Law::DEEPEST / -libm::log(none)).min(f64::from(u32::MAX)) as usize;
        if most < Law::MANY as usize {
            return vec![Law { hits, units: same.len() as u32, up_to, carriers: Vec::new() }];
        }
        let law = |units: &[f64]| {
            let units = units.len() as u32;
            let carriers = if units < Law::MANY { Vec::new() } else { cumulative(units, 1.0 - none, 0.0) };
            Law { hits, units, up_to: up_to.clone(), carriers }
        };
        same.chunks(most).map(law).collect()
    }

    /// Adds Σx, Σx² and Σxw of one draw.
    #[inline]
    fn draw(&self, stream: &mut SplitMix, sums: &mut [f64; 3]) {
        let mut add = |x: f64, times: f64| {
            sums[0] += times * x;
            sums[1] += times * x * x;
            sums[2] += times * x * self.hits;
        };
        let x_of = |u: f64| self.up_to.iter().take_while(|&&up_to| up_to <= u).count() as f64;
        if self.carriers.is_empty() {
            for _ in 0..self.units {
                add(x_of(stream.uniform()), 1.0);
            }
            return;
        }
        let u = stream.uniform();
        let carriers = self.carriers.partition_point(|&up_to| up_to <= u);
        match self.up_to[..] {
            [_] => add(1.0, carriers as f64),
            [none, ..] => (0..carriers).for_each(|_| add(x_of(none + stream.uniform() * (1.0 - none)), 1.0)),
            [] => {}
        }
    }
}

impl Drawn {
    fn of(parts: &Parts<'_>, share: f64, common: f64, correlation: f64) -> Drawn {
        if parts.is_large() {
            return Drawn::Whole(Spread { logit: common, ..parts.spread });
        }
        let laws = parts.words.chunk_by(|a, b| a == b).flat_map(|same| Law::of(same, share, correlation));
        Drawn::Units { shape: parts.shape, laws: laws.collect() }
    }

    /// Everything that decides a draw.
    fn digest_into(&self, digest: &mut Digest) {
        match self {
            Drawn::Whole(Spread { logit, variance, df }) => digest.numbers([*logit, *variance, *df]),
            Drawn::Units { shape: Shape { all, squares, cubes, kept, effective }, laws } => {
                digest.numbers([*all, *squares, *cubes, *kept, *effective]);
                let law = |law: &Law| [law.hits, f64::from(law.units)].into_iter().chain(law.up_to.clone());
                digest.numbers(laws.iter().flat_map(law));
            }
        }
    }

    fn draw(&self, stream: &mut SplitMix) -> Spread {
        match self {
            Drawn::Whole(spread) => {
                let (normal, variance) = stream.normal_and_variance(spread.df);
                let logit = spread.logit + spread.variance.sqrt() * normal;
                Spread { logit, variance: spread.variance * variance, df: spread.df }
            }
            Drawn::Units { shape, laws } => {
                let mut sums = [0.0; 3];
                laws.iter().for_each(|law| law.draw(stream, &mut sums));
                let [x, squares, cross] = sums;
                shape.spread(x, squares, cross)
            }
        }
    }
}

/// P(X ≤ x) for x below n, X beta-binomial of this share and correlation.
fn cumulative(n: u32, share: f64, correlation: f64) -> Vec<f64> {
    let n64 = f64::from(n);
    let is_plain = correlation <= 1e-6;
    let size = if is_plain { 0.0 } else { 1.0 / correlation - 1.0 };
    let (a, b) = (share * size, (1.0 - share) * size);
    let none = |j: u32| if is_plain { 1.0 - share } else { (b + f64::from(j)) / (size + f64::from(j)) };
    let mut p: f64 = (0..n).map(none).product();
    let mut sum = 0.0;
    let mut up_to = Vec::with_capacity(n as usize);
    for x in 0..n {
        sum += p;
        up_to.push(sum);
        let x = f64::from(x);
        let ratio = if is_plain { share / (1.0 - share) } else { (a + x) / (b + n64 - x - 1.0) };
        p *= (n64 - x) / (x + 1.0) * ratio;
    }
    up_to
}
