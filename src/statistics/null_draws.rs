//! Could the difference between two sides be chance, where the sides are unlike? Both are drawn anew at one common rate.
//!
//! In: two [`Sample`]s: the sides, and the words of their units. Out: one p.
//! Invariant: p is never 0; it depends on the study's seed and on the counts of the two sides alone: neither the order of the
//! units, nor names, nor which side is named first, nor the other frames, nor the number of threads enter.
//! It deliberately permutes no labels: articles of two outlets that differ in length or burstiness are not interchangeable, though
//! their rates be the same.

use super::kept_tests::{Digest, KeptTests};
use super::measure::measure;
use super::measured::{Measured, Why};
use super::permutation::Test;
use super::seed::SplitMix;
use super::side::{Contrast, Lengths, Side};
use super::special::t_two_sided;
use super::stop::Stop;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

measure! {
    NULL_DRAWS, "test", "p";
    what: "The probability of a difference at least as large by chance alone, if two sides had the same rate, each with its own articles: as many, as long and as bursty as they are.";
    formula: "T = θ/√(V_a + V_b), θ = l_a − l_b, l = ln((Σx + ½)/Σw); V = v/(1 − v), v = Σ(x − r w)² / (k (Σx + ½)²), k = 1 − 2 Σw³/(Σw Σw²) + Σw²/(Σw)², V at least ½/(Σx + ½), and 1 without a hit; df of Welch and Satterthwaite with d = √((n_e − 1) (Σx)²/Σx²), n_e = (Σw)²/Σw². From 60 articles of which 20 have a hit on both sides: Student's t of T. Else p = (1 + #{z* ≥ z}) / (1 + R), z = df ln(1 + T²/df), z* of sides simulated at the common rate exp((l_a/V_a + l_b/V_b)/(1/V_a + 1/V_b)): each article negative binomial with the κ = n_e (V − 1/(Σx + ½)) of its side, a side of 60 articles normal; R = 9,999, fewer where p is large, more where many tests are made; in runs of more than 100 frames no side is drawn, and p is Student's";
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
/// From so many units on, of which few are to have a hit, those that have none are leapt over.
const SPARSE: usize = 256;
/// Units that are leapt over together differ in their chance of a hit by no more than this factor.
const ALIKE: f64 = 1.5;
/// As many P(Y ≤ y) of a unit are added up before the draws, fewer where they come near to 1.
const MOST_ADDED: u32 = 64;
const NEARLY_ALL: f64 = 0.9999;
/// Hits of one unit, at most.
const MOST_HITS: u32 = 100_000;

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
    p_value_kept(a, b, tests, options, None)
}

/// The same; what the last run drew is not drawn again.
pub(super) fn p_value_kept(
    a: &Sample<'_>,
    b: &Sample<'_>,
    tests: u64,
    options: &super::Options,
    kept: Option<&KeptTests>,
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
    match KeptTests::p(kept, made_of, draw) {
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

pub(super) struct Units {
    lengths: Lengths,
    laws: Vec<Law>,
    /// P(Y ≤ y) of each law, law after law: numbers that are added once, not at every draw.
    up_to: Vec<f64>,
    /// 1/κ; none where hits are independent.
    shape: Option<f64>,
    log_words: f64,
    /// Where most units have no hit, the stretches of units that are leapt through.
    leaps: Vec<Leap>,
}

/// Units that follow one another by words, with much the same chance of a hit.
struct Leap {
    /// Law of each unit.
    laws: Vec<u32>,
    /// The largest chance of a hit among them, and the logarithm of its complement.
    most: f64,
    log_none: f64,
}

/// Units of equal length.
struct Law {
    words: f64,
    units: u32,
    /// Chance of no hit.
    none: f64,
    ratio: f64,
    mean: f64,
    /// Its part of [`Units::up_to`].
    up_to: Range<usize>,
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
            Drawn::Units(units) => {
                let Lengths { units: n, words, squares, kept, effective } = units.lengths;
                digest.numbers([f64::from(n), words, squares, kept, effective, units.log_words]);
                digest.numbers(units.shape);
                let laws = units.laws.iter();
                digest.numbers(laws.flat_map(|law| [law.words, f64::from(law.units), law.none, law.ratio, law.mean]));
            }
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

impl Units {
    fn of(sample: &Sample<'_>, rate: f64, burstiness: f64) -> Units {
        let shape = (burstiness > 1e-6).then(|| 1.0 / burstiness);
        let law = |same: &[f64]| {
            let (words, mean) = (same[0], rate * same[0]);
            let (none, ratio) = match shape {
                Some(shape) => {
                    let spread = mean * burstiness;
                    (libm::exp(-shape * libm::log1p(spread)), spread / (1.0 + spread))
                }
                None => (libm::exp(-mean), mean),
            };
            Law { words, units: same.len() as u32, none, ratio, mean, up_to: 0..0 }
        };
        let laws = sample.words.chunk_by(|a, b| a == b).map(law).collect();
        let lengths = sample.side.lengths;
        let log_words = libm::log(lengths.words);
        let mut units = Units { lengths, laws, up_to: Vec::new(), shape, log_words, leaps: Vec::new() };
        units.add_up();
        units.leaps = units.leaps();
        units
    }

    /// Fills [`Units::up_to`].
    fn add_up(&mut self) {
        let mut up_to = Vec::with_capacity(self.laws.len() * 8);
        let steps: Vec<f64> = (0..MOST_ADDED).map(|y| self.step(y)).collect();
        for law in &mut self.laws {
            let (start, mut p, mut sum) = (up_to.len(), law.none, law.none);
            up_to.push(sum);
            for step in &steps {
                p *= step * law.ratio;
                sum += p;
                if sum >= NEARLY_ALL {
                    break;
                }
                up_to.push(sum);
            }
            law.up_to = start..up_to.len();
        }
        self.up_to = up_to;
    }

    fn leaps(&self) -> Vec<Leap> {
        let units: usize = self.laws.iter().map(|law| law.units as usize).sum();
        let carriers: f64 = self.laws.iter().map(|law| f64::from(law.units) * (1.0 - law.none)).sum();
        if units < SPARSE || carriers > 0.1 * units as f64 {
            return Vec::new();
        }
        let mut leaps: Vec<Leap> = Vec::new();
        let mut least = 0.0;
        for (number, law) in (0..).zip(&self.laws) {
            let chance = 1.0 - law.none;
            if leaps.is_empty() || chance > ALIKE * least {
                leaps.push(Leap { laws: Vec::new(), most: 0.0, log_none: 0.0 });
                least = chance;
            }
            if let Some(leap) = leaps.last_mut() {
                leap.laws.extend(std::iter::repeat_n(number, law.units as usize));
                // laws come by words, so that the last has the largest chance
                (leap.most, leap.log_none) = (chance, libm::log(law.none));
            }
        }
        leaps
    }

    /// Sums of one draw, from one unit with a chance of a hit to the next.
    fn leap(&self, stream: &mut SplitMix) -> (u64, u64, f64) {
        let (mut hits, mut squares, mut cross) = (0u64, 0u64, 0.0);
        for leap in &self.leaps {
            let mut at = libm::log(stream.open()) / leap.log_none;
            while at < leap.laws.len() as f64 {
                let law = &self.laws[leap.laws[at as usize] as usize];
                let chance = 1.0 - law.none;
                if stream.uniform() * leap.most < chance {
                    let y = u64::from(self.hits(law.none + stream.uniform() * chance, law));
                    hits += y;
                    squares += y * y;
                    cross += y as f64 * law.words;
                }
                at = at.floor() + 1.0 + libm::log(stream.open()) / leap.log_none;
            }
        }
        (hits, squares, cross)
    }

    fn step(&self, y: u32) -> f64 {
        let next = f64::from(y) + 1.0;
        self.shape.map_or(1.0 / next, |shape| (shape + f64::from(y)) / next)
    }

    fn draw(&self, stream: &mut SplitMix) -> (f64, f64, f64) {
        let sums = if self.leaps.is_empty() { self.each(stream) } else { self.leap(stream) };
        let (hits, squares, cross) = sums;
        let (variance, df) = self.lengths.spread(hits as f64, squares as f64, cross);
        (libm::log(hits as f64 + 0.5) - self.log_words, variance, df)
    }

    /// Sums of one draw, unit by unit.
    #[inline]
    fn each(&self, stream: &mut SplitMix) -> (u64, u64, f64) {
        let (mut hits, mut squares, mut cross) = (0u64, 0u64, 0.0);
        for law in &self.laws {
            let mut of_law = 0;
            for _ in 0..law.units {
                let u = stream.uniform();
                if u >= law.none {
                    let y = u64::from(self.hits(u, law));
                    of_law += y;
                    squares += y * y;
                }
            }
            hits += of_law;
            cross += of_law as f64 * law.words;
        }
        (hits, squares, cross)
    }

    /// The least y with P(Y ≤ y) above `u`.
    #[inline]
    fn hits(&self, u: f64, law: &Law) -> u32 {
        let up_to = &self.up_to[law.up_to.clone()];
        match up_to.iter().position(|&up_to| up_to > u) {
            Some(y) => y as u32,
            None => self.hits_beyond(u, law),
        }
    }

    /// The same, where it lies beyond what was added up.
    #[cold]
    fn hits_beyond(&self, u: f64, law: &Law) -> u32 {
        let (mut y, mut p, mut sum) = (0, law.none, law.none);
        while sum <= u && y < MOST_HITS {
            p *= self.step(y) * law.ratio;
            y += 1;
            sum += p;
            if p < 1e-17 && f64::from(y) > law.mean {
                break;
            }
        }
        y
    }
}

/// One uniform number's hits, for the golden values of the draws: `burstiness` κ, mean μ.
pub fn inverse(u: f64, mean: f64, burstiness: f64) -> u32 {
    let words = Cow::Owned(vec![1.0]);
    let side = Side::of(&super::Tally::of(&[super::Unit { hits: 0, words: 1 }]));
    let units = Units::of(&Sample { side, words }, mean, burstiness);
    units.laws.first().map_or(0, |law| if u < law.none { 0 } else { units.hits(u, law) })
}
