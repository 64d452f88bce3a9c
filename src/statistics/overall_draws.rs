//! Could several groups have one common rate, where they are unlike? All are drawn anew at one.
//!
//! In: a [`Sample`] of each group. Out: one p.
//! Invariant: neither names nor the order of the groups enter; two groups would have the statistic of their comparison.
//! It deliberately does not say which groups differ.

use super::Options;
use super::cached_tests::{CachedTests, Digest};
use super::measured::{Measured, Why};
use super::null_draws::{Drawn, FEWEST_WITH_HITS, Sample, is_large};
use super::permutation::Test;
use super::seed::SplitMix;
use super::side::Side;
use super::special::beta_cdf;
use super::stop::Stop;

/// The method where every group is large.
pub const WELCH_F: &str = "Welch's F of the log rates";
/// The method of all others.
pub const METHOD: &str = "null draws of all groups";
/// The burstiness of a group whose articles with a hit are too few to tell, at least: one over a gamma shape of 0.3.
const LEAST_FEARED: f64 = 1.0 / 0.3;
/// Two units with a hit for each group are asked for, but no more than these.
const MOST_ASKED: u32 = 30;
/// Units drawn in all draws together; beyond it there are fewer draws, but never fewer than [`FEWEST`].
const MOST_UNITS: u64 = 5_000_000;
const FEWEST: u64 = 499;

/// Welch's F, as a quantity that compares across degrees of freedom, and its p.
struct WelchF {
    f: f64,
    df: [f64; 2],
}

impl WelchF {
    /// Of the log rate, variance and degrees of freedom of each group.
    fn of(groups: &[(f64, f64, f64)]) -> WelchF {
        let weights = || groups.iter().map(|group| 1.0 / group.1);
        let total: f64 = weights().sum();
        let mean = groups.iter().zip(weights()).map(|(group, weight)| weight * group.0).sum::<f64>() / total;
        let (mut between, mut spread) = (0.0, 0.0);
        for (&(log_rate, _, df), weight) in groups.iter().zip(weights()) {
            between += weight * (log_rate - mean) * (log_rate - mean);
            spread += (1.0 - weight / total) * (1.0 - weight / total) / df;
        }
        let k = groups.len() as f64;
        let f = between / (k - 1.0) / (1.0 + 2.0 * (k - 2.0) / (k * k - 1.0) * spread);
        WelchF { f, df: [k - 1.0, (k * k - 1.0) / (3.0 * spread)] }
    }

    /// As z of two sides: large values of few degrees of freedom made comparable with those of many.
    fn z(&self) -> f64 {
        let [between, within] = self.df;
        within * libm::log1p(between * self.f / within)
    }

    fn p(&self) -> f64 {
        let [between, within] = self.df;
        beta_cdf(within / 2.0, between / 2.0, within / (within + between * self.f)).max(f64::MIN_POSITIVE)
    }
}

/// p of three groups and more, one of so many `tests`; what the last run drew is not drawn again.
pub(super) fn p_value(
    mut samples: Vec<Sample<'_>>,
    tests: u64,
    options: &Options,
    cache: Option<&CachedTests>,
) -> Test {
    // told by all groups together: a rule on one of them would choose the corpora in which one is unlike the others
    let with: u32 = samples.iter().map(|sample| sample.side.with_hits).sum();
    let fewest = FEWEST_WITH_HITS.max(2 * samples.len() as u32).min(MOST_ASKED);
    if samples.iter().all(|sample| sample.side.hits <= 0.0) {
        return Test::missing(Why::NoHits);
    }
    if with < fewest {
        return Test::missing(Why::TooFewArticles);
    }
    // an order that knows no names: sums of floats depend on it
    samples.sort_by(Sample::compare);
    let of_side = |side: &Side| (side.log_rate, side.variance, side.df);
    let observed: Vec<(f64, f64, f64)> = samples.iter().map(|sample| of_side(&sample.side)).collect();
    let found = WelchF::of(&observed);
    let student = found.p();
    let of = |p: f64, method| Test { p: Measured::of(p, Why::TooFewArticles), method };
    if !options.draws || samples.iter().all(|sample| is_large(&sample.side)) {
        return of(student, WELCH_F);
    }
    let (weighted, weights) =
        observed.iter().fold((0.0, 0.0), |sum, group| (sum.0 + group.0 / group.1, sum.1 + 1.0 / group.1));
    let burstiness = samples.iter().filter_map(|sample| sample.side.burstiness()).fold(LEAST_FEARED, f64::max);
    let drawn =
        |sample: &Sample<'_>| Drawn::of(sample, weighted / weights, sample.side.burstiness().unwrap_or(burstiness));
    let groups: Vec<Drawn> = samples.iter().map(drawn).collect();
    let units: u64 = samples.iter().filter(|sample| !is_large(&sample.side)).map(|s| s.words.len() as u64).sum();
    let most = (MOST_UNITS / units.max(1)).max(FEWEST);
    let first = most.min(u64::from(options.permutations));
    let stop = Stop { first, ..Stop::of(tests.min(most / 21), options) };
    let keys = || samples.iter().flat_map(|sample| sample.side.order()).map(f64::to_bits);
    let seed = options.seed ^ 0x004f_5645_5241_4c4c;
    let least = found.z() * (1.0 - 1e-9);
    let is_extreme = |stream: &mut SplitMix| {
        let drawn: Vec<(f64, f64, f64)> = groups.iter().map(|group| group.draw(stream)).collect();
        WelchF::of(&drawn).z() >= least
    };
    let made_of = |digest: &mut Digest| {
        digest.kind("all groups");
        stop.digest_into(student, (seed, keys()), digest);
        digest.numbers([least]);
        groups.iter().for_each(|group| group.digest_into(digest));
    };
    let draw = || {
        let mut stream = SplitMix::keyed(seed, keys());
        stop.p(student, || is_extreme(&mut stream))
    };
    match CachedTests::p(cache, made_of, draw) {
        Some(p) => of(p, METHOD),
        None => of(student, WELCH_F),
    }
}
