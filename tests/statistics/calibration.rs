//! Do the printed p and the printed intervals keep what they promise, where the two sides are unlike? Simulated, with known truth.
//!
//! Sides of 5, 10, 40, 160 and 300 articles of 300, of 1,200, or of mixed words (lognormal, σ .8, mean 600), with hits at 2 per 1,000
//! words that are independent or bursty (gamma-Poisson of shape 1 or .3): every pair of two such sides, like and unlike, with no true
//! difference. A p at 5 % must be wrong in 3.5 to 6.5 % of the tests printed, an interval must cover in at least 92 %. What is not
//! printed says "too few articles".
//! By default few replicates with bounds widened by the chance of the simulation itself; `FRAMESCOPE_CALIBRATION=full` runs a
//! hundred times as many and prints the table.

use super::simulate::{gamma, poisson};
use framescope::statistics::log_ratio::between;
use framescope::statistics::null_draws::{Sample, p_value};
use framescope::statistics::rate::rate;
use framescope::statistics::seed::Stream;
use framescope::statistics::{Options, Unit, Why};
use rayon::prelude::*;

/// One side of a pair.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Kind {
    articles: usize,
    /// Words of each article; none = mixed.
    words: Option<u32>,
    shape: Option<f64>,
}

/// Of how many, and how many hold.
#[derive(Clone, Copy, Debug, Default)]
struct Tallied {
    printed: u32,
    right: u32,
    all: u32,
}

impl Tallied {
    fn add(&mut self, printed: Option<bool>) {
        self.all += 1;
        if let Some(right) = printed {
            self.printed += 1;
            self.right += u32::from(right);
        }
    }

    fn plus(self, other: Tallied) -> Tallied {
        let Tallied { printed, right, all } = other;
        Tallied { printed: self.printed + printed, right: self.right + right, all: self.all + all }
    }

    fn share(&self) -> f64 {
        f64::from(self.right) / f64::from(self.printed)
    }

    /// Three standard errors of a share near `p`.
    fn chance(&self, p: f64) -> f64 {
        3.0 * (p * (1.0 - p) / f64::from(self.printed)).sqrt()
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Outcome {
    /// Printed p at or below 5 %.
    significant: Tallied,
    /// Printed intervals of the log ratio that cover it.
    ratio: Tallied,
    /// Printed intervals of the first side's rate that cover it, bounds of no hits too.
    rate: Tallied,
}

impl Outcome {
    fn plus(self, other: Outcome) -> Outcome {
        Outcome {
            significant: self.significant.plus(other.significant),
            ratio: self.ratio.plus(other.ratio),
            rate: self.rate.plus(other.rate),
        }
    }
}

impl Kind {
    fn articles(self, per_1000: f64, stream: &mut Stream) -> Vec<Unit> {
        let article = |_| {
            let words = self.words.unwrap_or_else(|| {
                let stretched = 600.0 * (0.8 * stream.normal() - 0.32).exp();
                stretched.round().max(60.0) as u32
            });
            let expected = per_1000 / 1000.0 * f64::from(words);
            let expected = self.shape.map_or(expected, |shape| expected * gamma(shape, stream) / shape);
            Unit { hits: poisson(expected, stream), words }
        };
        (0..self.articles).map(article).collect()
    }

    fn name(self) -> String {
        let words = self.words.map_or("mixed".to_string(), |words| words.to_string());
        let shape = self.shape.map_or("–".to_string(), |shape| shape.to_string());
        format!("{} × {words}, {shape}", self.articles)
    }
}

pub fn full() -> bool {
    std::env::var("FRAMESCOPE_CALIBRATION").is_ok_and(|value| value == "full")
}

/// So many pairs of samples, both sides at one rate.
fn simulate(sides: [Kind; 2], per_1000: f64, times: usize) -> Outcome {
    let options = Options { seed: 20_261_127, permutations: 499, ..Options::default() };
    let name = format!("{} v {} at {per_1000}", sides[0].name(), sides[1].name());
    let mut stream = Stream::named(options.seed, &["calibration", &name]);
    let mut outcome = Outcome::default();
    for _ in 0..times {
        let [a, b] = sides.map(|side| side.articles(per_1000, &mut stream));
        let (one, other) = (Sample::of(&a), Sample::of(&b));
        let test = p_value(&one, &other, 1, &options);
        let few = [Some(Why::TooFewArticles), Some(Why::NoHits)];
        assert!(test.p.value().is_some() || few.contains(&test.p.why()), "{test:?}");
        outcome.significant.add(test.p.value().map(|p| p <= 0.05));
        let ratio = between(&one, &other, [1, 1]).interval;
        outcome.ratio.add(ratio.map(|interval| interval.contains(0.0)));
        outcome.rate.add(rate(&a).interval.map(|interval| interval.contains(per_1000)));
    }
    outcome
}

const SIZES: [usize; 5] = [5, 10, 40, 160, 300];
const WORDS: [Option<u32>; 3] = [Some(300), Some(1200), None];
const SHAPES: [Option<f64>; 3] = [Some(0.3), Some(1.0), None];

fn kinds(articles: usize) -> Vec<Kind> {
    let of_words = |words| SHAPES.map(move |shape| Kind { articles, words, shape });
    WORDS.into_iter().flat_map(of_words).collect()
}

#[track_caller]
fn check(outcome: Outcome, what: &str) {
    let Outcome { significant, ratio, rate } = outcome;
    let show = |t: Tallied| format!("{:.4} of {:.2} printed", t.share(), f64::from(t.printed) / f64::from(t.all));
    let what = format!("{what}: significant {}, ratio covered {}, rate {}", show(significant), show(ratio), show(rate));
    println!("{what}");
    if significant.printed > 100 {
        assert!(significant.share() <= 0.065 + significant.chance(0.065), "{what}");
        assert!(significant.share() >= 0.035 - significant.chance(0.035), "{what}");
    }
    for covered in [ratio, rate].iter().filter(|covered| covered.printed > 100) {
        assert!(covered.share() >= 0.92 - covered.chance(0.92), "{what}");
    }
}

/// Every pair of sizes; within it every pair of lengths and shapes, like and unlike.
#[test]
fn every_pair_of_sizes_keeps_its_level_whatever_the_lengths_and_bursts() {
    let times = if full() { 1000 } else { 6 };
    for (at, &small) in SIZES.iter().enumerate() {
        for &large in &SIZES[at..] {
            let pairs: Vec<[Kind; 2]> =
                kinds(small).into_iter().flat_map(|a| kinds(large).into_iter().map(move |b| [a, b])).collect();
            let found: Vec<Outcome> = pairs.par_iter().map(|&pair| simulate(pair, 2.0, times)).collect();
            if full() {
                for (pair, found) in pairs.iter().zip(&found) {
                    let Outcome { significant, ratio, rate } = found;
                    let [a, b] = pair.map(Kind::name);
                    let printed = f64::from(significant.printed) / f64::from(significant.all);
                    let shares = [significant, ratio, rate].map(|share| format!("{:.3}", share.share()));
                    println!("| {a} | {b} | {printed:.2} | {} |", shares.join(" | "));
                }
            }
            let together = found.into_iter().fold(Outcome::default(), Outcome::plus);
            check(together, &format!("{small} v {large}"));
        }
    }
}

/// The pairs that dealing labels called different far too often.
#[test]
fn pairs_that_are_most_unlike_keep_their_level() {
    let kind = |articles, words, shape| Kind { articles, words, shape };
    let pairs = [
        [kind(10, Some(300), Some(0.3)), kind(10, Some(1200), Some(0.3))],
        [kind(40, Some(300), Some(0.3)), kind(10, Some(1200), Some(0.3))],
        [kind(10, Some(600), Some(0.3)), kind(10, Some(600), None)],
        [kind(40, Some(600), Some(0.3)), kind(40, Some(600), None)],
        [kind(40, Some(600), Some(0.3)), kind(160, Some(600), None)],
        [kind(40, Some(600), Some(0.3)), kind(160, Some(600), Some(1.0))],
        [kind(160, None, Some(0.3)), kind(40, None, None)],
        [kind(20, Some(300), Some(0.3)), kind(20, Some(1200), None)],
        [kind(20, None, Some(0.3)), kind(160, None, Some(1.0))],
        [kind(100, None, Some(0.3)), kind(1000, None, Some(1.0))],
        [kind(59, None, Some(0.3)), kind(300, Some(300), None)],
        [kind(60, None, Some(0.3)), kind(300, Some(300), None)],
        [kind(20, Some(458), Some(0.3)), kind(1000, None, Some(0.3))],
    ];
    let times = if full() { 20_000 } else { 300 };
    let found: Vec<Outcome> = pairs.par_iter().map(|&pair| simulate(pair, 2.0, times)).collect();
    for (pair, found) in pairs.iter().zip(found) {
        check(found, &format!("{} v {}", pair[0].name(), pair[1].name()));
    }
}

/// Rare frames of large groups: nothing is wrong too often, though few articles have a hit.
#[test]
fn rare_frames_of_large_groups_are_not_called_different_too_often() {
    for (per_1000, sizes) in [(0.05, [400, 400]), (0.05, [250, 2500]), (0.2, [40, 800]), (0.2, [400, 400])] {
        for shape in [None, Some(0.3)] {
            let pair = sizes.map(|articles| Kind { articles, words: None, shape });
            let found = simulate(pair, per_1000, if full() { 4_000 } else { 200 }).significant;
            println!("{sizes:?} at {per_1000} {shape:?}: {:.3} of {}", found.share(), found.printed);
            assert!(found.printed < 50 || found.share() <= 0.065 + found.chance(0.065), "{sizes:?}: {}", found.share());
        }
    }
}
