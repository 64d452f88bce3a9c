//! Do the printed p and the printed intervals keep what they promise? Simulated, with known truth.
//!
//! Articles of 600 words (or uneven lengths) at 2 hits per 1,000, no true difference: a p at 5 % must be wrong in 3.5 to
//! 6.5 % of the tests printed, an interval must cover in at least 92 %. What is not printed says "too few articles".
//! By default few replicates with bounds widened by the chance of the simulation itself;
//! `FRAMESCOPE_CALIBRATION=full` runs twenty times as many and prints the table. The full run of 22 November 2026, equal
//! lengths / uneven lengths, 24,000 frames of five articles and 16,000 of the others:
//!
//! | articles a group | burstiness | significant at 5 % | p printed | log ratio covered | rate covered |
//! |---|---|---|---|---|---|
//! | 5   | none | .043 / .046 | .53 / 1.0 | 1.00 / 1.00 | .99 / 1.00 |
//! | 5   | 1.0  | .043 / .047 | .59 / 1.0 | 1.00 / 1.00 | .99 / .99 |
//! | 5   | 0.3  | .048 / .044 | .43 / .99 | 1.00 / 1.00 | .99 / .99 |
//! | 10  | none | .044 / .048 | .95 / 1.0 | .99 / .99 | .98 / .99 |
//! | 10  | 1.0  | .043 / .049 | .94 / 1.0 | .98 / .98 | .98 / .98 |
//! | 10  | 0.3  | .043 / .052 | .83 / 1.0 | .97 / .97 | .97 / .96 |
//! | 40  | none | .050 / .050 | 1.0 / 1.0 | .97 / .97 | .97 / .97 |
//! | 40  | 1.0  | .049 / .049 | 1.0 / 1.0 | .95 / .95 | .95 / .95 |
//! | 40  | 0.3  | .044 / .048 | 1.0 / 1.0 | .94 / .94 | .94 / .93 |
//! | 400 | none | .046 / .051 | 1.0 / 1.0 | .95 / .95 | .95 / .95 |
//! | 400 | 1.0  | .048 / .053 | 1.0 / 1.0 | .95 / .95 | .95 / .94 |
//! | 400 | 0.3  | .054 / .055 | 1.0 / 1.0 | .95 / .94 | .95 / .94 |
//!
//! What is not printed is "too few articles". On the two sides of the crossover, 199 and 200 articles of uneven length:
//! .049 and .047 (no burstiness), .051 and .057 (0.3), covered .96 and .95, .95 and .94.

use super::simulate::World;
use framescope::statistics::seed::Stream;
use framescope::statistics::{Counts, Interval, Options, Why, frames_table, pair};

/// Frames simulated together; each is a replicate, for p and intervals are those of its own column.
const FRAMES: usize = 40;

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

    fn share(&self) -> f64 {
        f64::from(self.right) / f64::from(self.printed)
    }

    /// Three standard errors of a share near `p`; in the full run two, and there are so many that it is next to nothing.
    fn chance(&self, p: f64) -> f64 {
        let errors = if full() { 2.0 } else { 3.0 };
        errors * (p * (1.0 - p) / f64::from(self.printed)).sqrt()
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Outcome {
    /// Printed p at or below 5 %.
    significant: Tallied,
    /// Printed intervals of the log ratio that cover it.
    log_ratio: Tallied,
    /// Printed intervals of the rate that cover it.
    rate: Tallied,
}

/// `sizes` articles of two groups, both of `world`, `times` frames.
fn simulate(sizes: [usize; 2], world: World, times: usize, options: &Options) -> Outcome {
    let groups = ["a".to_string(), "b".to_string()];
    let frames: Vec<String> = (0..FRAMES).map(|f| format!("f{f}")).collect();
    let total = sizes[0] + sizes[1];
    let group_of: Vec<u32> = (0..total).map(|i| u32::from(i >= sizes[0])).collect();
    let mut outcome = Outcome::default();
    for batch in 0..times.div_ceil(FRAMES) {
        let name = format!("{sizes:?} {:?} {} {} {batch}", world.shape, world.uneven, world.rate);
        let mut stream = Stream::named(options.seed, &["calibration", &name]);
        let words: Vec<u32> = world.articles(total, &mut stream).iter().map(|unit| unit.words).collect();
        let mut hits = Vec::with_capacity(total * FRAMES);
        for &words in &words {
            let article = World { words, uneven: false, ..world };
            hits.extend(article.articles(FRAMES, &mut stream).iter().map(|unit| unit.hits));
        }
        let counts = Counts { frames: &frames, groups: &groups, group_of: &group_of, words: &words, hits: &hits };
        for row in pair(&counts, 0, 1, options) {
            let few = [Some(Why::TooFewArticles), Some(Why::NoHits)];
            assert!(row.p.value().is_some() || few.contains(&row.p.why()), "{:?}", row.p);
            outcome.significant.add(row.p.value().map(|p| p <= 0.05));
            outcome.log_ratio.add(row.smoothed_log_ratio.interval.map(|interval| interval.contains(0.0)));
        }
        for row in frames_table(&counts, options).iter().filter(|row| row.group == 0) {
            let covers = |interval: Interval| interval.contains(world.rate);
            outcome.rate.add(row.rate.interval.map(covers));
        }
    }
    outcome
}

pub fn full() -> bool {
    std::env::var("FRAMESCOPE_CALIBRATION").is_ok_and(|value| value == "full")
}

fn check(sizes: [usize; 2], shape: Option<f64>, uneven: bool, times: usize) {
    check_rate(2.0, sizes, shape, uneven, times);
}

fn check_rate(per_1000: f64, sizes: [usize; 2], shape: Option<f64>, uneven: bool, times: usize) {
    let times = if full() { times * 20 } else { times };
    let options = Options { seed: 20_261_122, resamples: 999, permutations: 1999, ..Options::default() };
    let outcome = simulate(sizes, World { rate: per_1000, shape, words: 600, uneven }, times, &options);
    let Outcome { significant, log_ratio, rate } = outcome;
    let show = |t: Tallied| format!("{:.4} of {:.2} printed", t.share(), f64::from(t.printed) / f64::from(t.all));
    let what = format!(
        "{sizes:?} rate {per_1000} burstiness {shape:?} uneven {uneven}: significant {}, log ratio covered {}, rate covered {}",
        show(significant),
        show(log_ratio),
        show(rate)
    );
    println!("{what}");
    if significant.printed > 100 {
        assert!(significant.share() >= 0.035 - significant.chance(0.035), "{what}");
        assert!(significant.share() <= 0.065 + significant.chance(0.065), "{what}");
    }
    for covered in [log_ratio, rate] {
        if covered.printed > 100 {
            assert!(covered.share() >= 0.92 - covered.chance(0.92), "{what}");
        }
    }
}

const SHAPES: [Option<f64>; 3] = [None, Some(1.0), Some(0.3)];

fn check_all(articles: usize, times: usize) {
    for shape in SHAPES {
        for uneven in [false, true] {
            check([articles; 2], shape, uneven, times);
        }
    }
}

#[test]
fn five_articles_a_group_keep_their_level_or_say_too_few() {
    check_all(5, 1200);
}

#[test]
fn ten_articles_a_group_keep_their_level() {
    check_all(10, 800);
}

#[test]
fn forty_articles_a_group_keep_their_level() {
    check_all(40, 800);
}

#[test]
fn four_hundred_articles_a_group_keep_their_level() {
    check_all(400, 800);
}

#[test]
fn both_sides_of_the_crossover_keep_their_level() {
    for articles in [199, 200] {
        for shape in [None, Some(0.3)] {
            check([articles; 2], shape, true, 400);
        }
    }
}

#[test]
fn a_small_group_against_a_large_rest_keeps_its_level() {
    for sizes in [[10, 300], [40, 800], [250, 2500]] {
        for shape in [None, Some(0.3)] {
            check(sizes, shape, true, 400);
        }
    }
}

#[test]
fn rare_frames_of_large_groups_keep_their_level() {
    for rate in [0.03, 0.2] {
        for sizes in [[400, 400], [250, 2500]] {
            for shape in [None, Some(0.3)] {
                check_rate(rate, sizes, shape, true, 400);
            }
        }
    }
}
