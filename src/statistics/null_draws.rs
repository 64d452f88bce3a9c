//! Could the difference between two sides be chance, where the sides are unlike? Both are drawn anew at one common rate.
//!
//! In: two [`Sample`]s: the sides, and the words of their units. Out: one p.
//! Invariant: p is never 0; it depends on the study's seed and on the counts of the two sides alone: neither the order of the
//! units, nor names, nor which side is named first, nor the other frames, nor the number of threads enter.
//! It deliberately permutes no labels: articles of two outlets that differ in length or burstiness are not interchangeable, though
//! their rates be the same.

use super::cached_tests::{CachedTests, Digest};
use super::drawn_units::Units;
use super::measure::measure;
use super::measured::{Measured, Why};
use super::permutation::Test;
use super::seed::SplitMix;
use super::side::{Contrast, Side};
use super::special::t_two_sided;
use super::stop::Stop;
use std::borrow::Cow;
use std::cmp::Ordering;

measure! {
    NULL_DRAWS, "test", "p";
    what: "The probability of a difference at least as large by chance alone, if two sides had the same rate, each with its own articles: as many, as long and as bursty as they are.";
    formula: "T = θ/√(V_a + V_b), θ = l_a − l_b, l = ln((Σx + ½)/Σw); V = v/(1 − v), v = Σ(x − r w)² / (k (Σx + ½)²), k = 1 − 2 Σw³/(Σw Σw²) + Σw²/(Σw)², V at least ½/(Σx + ½), and 1 without a hit; df of Welch and Satterthwaite with d = √((n_e − 1) (Σx)²/Σx²), n_e = (Σw)²/Σw². From 60 articles of which 20 have a hit on both sides: Student's t of T. Else p = (1 + #{z* ≥ z}) / (1 + R), z = df ln(1 + T²/df), z* of sides simulated at the common rate exp((l_a/V_a + l_b/V_b)/(1/V_a + 1/V_b)): each article negative binomial with the κ = n_e (V − 1/(Σx + ½)) of its side, a side of 60 articles normal; R = 9,999, fewer where p is large; where many tests are made, Student's p if no z* of these is as extreme and it is smaller than they can tell, or none of the first 999 and it is below 10⁻⁶, else up to 49,999; in runs of more than 100 frames no side is drawn, and p is Student's";
    unit: "probability, above 0";
    missing: "\"one article\"; \"no hits\"; \"too few articles\" where fewer than 6 of both sides together have a hit, or fewer than 4 of either";
    source: "prepivoting: Beran 1988, Journal of the American Statistical Association 83; unlike variances: Welch 1938, Biometrika 29, and Janssen 1997, Statistics & Probability Letters 36; early stopping: Besag and Clifford 1991, Biometrika 78; simulated: tests/statistics/calibration.rs";
    beware: "Valid when the sides differ in number, length and burstiness of articles. Not valid for: articles that share an event (set clusters), rates that depend on the length of an article, bursts much heavier than gamma where few articles have a hit. For the size of the difference, read the interval.";
    example: "use side::Side;\n\
              use null_draws::{Sample, p_value};\n\
              let units = |hits: [u32; 5]| hits.map(|hits| Unit { hits, words: 500 });\n\
              let (a, b) = (units([9, 8, 9, 7, 8]), units([0, 1, 0, 2, 1]));\n\
              let test = p_value(&Sample::of(&a), &Sample::of(&b), 1, &Options::default());\n\
              // two million draws give .00263\n\
              assert!((test.p.value().unwrap() - 0.00263).abs() < 0.002);";
}

/// From so many units on, with hits in [`LARGE_WITH_HITS`], a side is large: its log rate is taken as normal.
/// `tests/statistics/calibration.rs` shows the level on both sides of it.
pub const LARGE: u32 = 60;
/// Units with a hit of a large side.
pub const LARGE_WITH_HITS: u32 = 20;
/// With hits in fewer units of both sides together there is no p: simulated false positives at 5 % leave 3.5 to 6.5 %.
pub const FEWEST_WITH_HITS: u32 = 6;
/// Nor where neither side has so many.
pub const FEWEST_ON_A_SIDE: u32 = 4;
/// The method of two large sides.
pub const STUDENT: &str = "t of the log rates";
/// The method of all others.
pub const DRAWN: &str = "null draws";
/// A side, and the words of its units.
#[derive(Clone, Debug)]
pub struct Sample<'a> {
    /// Its sums.
    pub side: Side,
    /// Words of each unit, ascending; may be left out of a large side, which is not drawn.
    pub words: Cow<'a, [f64]>,
}

impl Sample<'_> {
    /// Of articles.
    pub fn of(units: &[super::Unit]) -> Sample<'static> {
        let units: Vec<super::Unit> = units.iter().copied().filter(|unit| unit.words > 0).collect();
        let mut words: Vec<f64> = units.iter().map(|unit| f64::from(unit.words)).collect();
        words.sort_unstable_by(f64::total_cmp);
        Sample { side: Side::of(&super::Tally::of(&units)), words: Cow::Owned(words) }
    }

    pub(super) fn compare(&self, other: &Sample<'_>) -> Ordering {
        let sums = self.side.order().into_iter().zip(other.side.order());
        let words = || self.words.iter().zip(other.words.iter());
        let order = |mut pairs: Box<dyn Iterator<Item = (f64, f64)> + '_>| {
            pairs.find_map(|(a, b)| Some(a.total_cmp(&b)).filter(|order| order.is_ne()))
        };
        order(Box::new(sums)).or_else(|| order(Box::new(words().map(|(a, b)| (*a, *b))))).unwrap_or(Ordering::Equal)
    }
}

/// Whether a side is large.
pub fn is_large(side: &Side) -> bool {
    side.lengths.units >= LARGE && side.with_hits >= LARGE_WITH_HITS
}

/// Why two sides cannot be tested, where they cannot.
pub fn untestable(a: &Side, b: &Side) -> Option<Why> {
    match (a.lengths.units, b.lengths.units) {
        (0, _) => return Some(Why::NoArticles),
        (_, 0) => return Some(Why::NoRest),
        (1, _) | (_, 1) => return Some(Why::OneArticle),
        _ => {}
    }
    if a.hits + b.hits <= 0.0 {
        return Some(Why::NoHits);
    }
    let (with, most) = (a.with_hits + b.with_hits, a.with_hits.max(b.with_hits));
    (with < FEWEST_WITH_HITS || most < FEWEST_ON_A_SIDE).then_some(Why::TooFewArticles)
}

/// [`NULL_DRAWS`] of two sides, one of so many `tests`.
pub fn p_value(a: &Sample<'_>, b: &Sample<'_>, tests: u64, options: &super::Options) -> Test {
    p_value_cached(a, b, tests, options, None)
}

/// The same; what the last run drew is not drawn again.
pub(super) fn p_value_cached(
    a: &Sample<'_>,
    b: &Sample<'_>,
    tests: u64,
    options: &super::Options,
    cache: Option<&CachedTests>,
) -> Test {
    if let Some(why) = untestable(&a.side, &b.side) {
        return Test::missing(why);
    }
    let contrast = Contrast::of(&a.side, &b.side);
    let student = t_two_sided(contrast.t(), contrast.df).max(f64::MIN_POSITIVE);
    let of = |p: f64, method| Test { p: Measured::of(p, Why::TooFewArticles), method };
    if !options.draws || is_large(&a.side) && is_large(&b.side) {
        return of(student, STUDENT);
    }
    // the same draws whichever side is named first
    let (a, b) = if a.compare(b).is_le() { (a, b) } else { (b, a) };
    let keys = || a.side.order().into_iter().chain(b.side.order()).map(f64::to_bits);
    let drawing = Drawing::of(a, b);
    let stop = Stop::of(tests, options);
    let made_of = |digest: &mut Digest| {
        digest.kind("null draws");
        stop.digest_into(student, (options.seed, keys()), digest);
        digest.numbers([drawing.least]);
        drawing.sides.iter().for_each(|side| side.digest_into(digest));
    };
    let draw = || {
        let mut stream = SplitMix::keyed(options.seed, keys());
        stop.p(student, || drawing.is_extreme(&mut stream))
    };
    match CachedTests::p(cache, made_of, draw) {
        Some(p) => of(p, DRAWN),
        None => of(student, STUDENT),
    }
}

/// (1 + #{z* ≥ z}) / (1 + draws) of so many draws from this very stream, the sides as they are named: what golden values are of.
pub fn share_of_draws(a: &Sample<'_>, b: &Sample<'_>, mut stream: SplitMix, draws: u32) -> f64 {
    let drawing = Drawing::of(a, b);
    let extreme = (0..draws).filter(|_| drawing.is_extreme(&mut stream)).count();
    (1.0 + extreme as f64) / (1.0 + f64::from(draws))
}

/// Two sides, drawn again and again.
struct Drawing {
    sides: [Drawn; 2],
    least: f64,
}

/// One of them.
pub(super) enum Drawn {
    /// Its units one by one.
    Units(Units),
    /// A large side: its log rate as a whole.
    Whole { log_rate: f64, variance: f64, df: f64 },
}

impl Drawing {
    fn of(a: &Sample<'_>, b: &Sample<'_>) -> Drawing {
        let (va, vb) = (a.side.variance, b.side.variance);
        let common = (a.side.log_rate / va + b.side.log_rate / vb) / (1.0 / va + 1.0 / vb);
        let drawn = |one: &Sample<'_>, other: &Sample<'_>| {
            Drawn::of(one, common, one.side.burstiness_beside(Some(&other.side)))
        };
        let least = Contrast::of(&a.side, &b.side).z() * (1.0 - 1e-9);
        Drawing { sides: [drawn(a, b), drawn(b, a)], least }
    }

    fn is_extreme(&self, stream: &mut SplitMix) -> bool {
        let [a, b] = [self.sides[0].draw(stream), self.sides[1].draw(stream)];
        Contrast::new(a.0 - b.0, [a.1, b.1], [a.2, b.2]).reaches(self.least)
    }
}

impl Drawn {
    /// A side at the log rate `common`; a large one as a whole.
    pub(super) fn of(sample: &Sample<'_>, common: f64, burstiness: f64) -> Drawn {
        match is_large(&sample.side) {
            true => Drawn::Whole { log_rate: common, variance: sample.side.variance, df: sample.side.df },
            false => Drawn::Units(Units::of(sample, libm::exp(common), burstiness)),
        }
    }

    /// Everything that decides a draw.
    pub(super) fn digest_into(&self, digest: &mut Digest) {
        match self {
            Drawn::Units(units) => units.digest_into(digest),
            &Drawn::Whole { log_rate, variance, df } => digest.numbers([log_rate, variance, df]),
        }
    }

    /// Log rate, variance, degrees of freedom.
    #[inline]
    pub(super) fn draw(&self, stream: &mut SplitMix) -> (f64, f64, f64) {
        match self {
            Drawn::Units(units) => units.draw(stream),
            &Drawn::Whole { log_rate, variance, df } => {
                // a variance is never quite known
                let (normal, known) = stream.normal_and_variance(df);
                (log_rate + variance.sqrt() * normal, variance * known, df)
            }
        }
    }
}

/// One uniform number's hits, for the golden values of the draws: `burstiness` κ, mean μ.
pub fn inverse(u: f64, mean: f64, burstiness: f64) -> u32 {
    let words = Cow::Owned(vec![1.0]);
    let side = Side::of(&super::Tally::of(&[super::Unit { hits: 0, words: 1 }]));
    let units = Units::of(&Sample { side, words }, mean, burstiness);
    units.first(u)
}
