//! Estimators of a validation: golden values of independent programs, and coverage by simulation.
//!
//! Golden values: α by krippendorff 0.8 (Python); precision by statsmodels' exact interval (`beta`) on Kish's n; ratios (recall, F1) by samplics 0.6
//! (Taylor); the correction by uncertainties 3 (delta method on log2).

use super::close;
use framescope::statistics::agreement::alpha::{Scale, alpha};
use framescope::statistics::agreement::correction::{Instrument, corrected};
use framescope::statistics::agreement::homogeneity::{homogeneity, recall_homogeneity};
use framescope::statistics::agreement::stratified::{Coded, Found, Level, f1, precision, recall};
use framescope::statistics::seed::Stream;
use framescope::statistics::{Estimate, Interval, Measured, Options, Why};

fn value(estimate: &Estimate) -> f64 {
    estimate.value.value().expect("a value")
}

fn ends(estimate: &Estimate) -> (f64, f64) {
    let interval = estimate.interval.expect("an interval");
    (interval.low().expect("a lower end"), interval.high().expect("an upper end"))
}

fn coded(weight: f64, yes: usize, no: usize) -> Vec<Coded> {
    let of = |yes: bool, n: usize| vec![Coded { weight, yes }; n];
    [of(true, yes), of(false, no)].concat()
}

#[test]
fn alpha_with_gaps_is_that_of_krippendorff() {
    let a = [1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 9];
    let b = [1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 9, 1];
    let units: Vec<Vec<u32>> =
        a.iter().zip(b).map(|(a, b)| [*a, b].into_iter().filter(|code| *code < 9).collect()).collect();
    close(alpha(&units, Scale::Nominal).value().unwrap(), 0.6041666666666666, 1e-12, "α");
}

/// The example of `kripp.alpha` of R's irr: four coders, twelve units, gaps (0 here); krippendorff 0.8 gives the same to the last digit.
#[test]
fn alpha_of_four_coders_is_that_of_irr_and_krippendorff() {
    let coders = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
        [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
    ];
    let unit = |i: usize| coders.iter().map(|codes| codes[i]).filter(|code| *code > 0).collect();
    let units: Vec<Vec<u32>> = (0..12).map(unit).collect();
    close(alpha(&units, Scale::Nominal).value().unwrap(), 0.743421052631579, 1e-12, "nominal α");
    close(alpha(&units, Scale::Ordinal).value().unwrap(), 0.8153875037548814, 1e-12, "ordinal α");
}

/// Where ends are alike, Q is that of a fixed-effect synthesis: `combine_effects` of statsmodels 0.14.
#[test]
fn recall_homogeneity_is_cochrans_q_where_ends_are_alike() {
    let share = |value: f64, error: f64| {
        let ends = Interval::two_sided(value - 1.959963984540054 * error, value + 1.959963984540054 * error);
        Estimate::with_interval(Measured::of(value, Why::Undefined), ends, 50, 0, "")
    };
    let shares = [share(0.8, 0.05), share(0.6, 0.08), share(0.7, 0.06)];
    close(recall_homogeneity(&shares).value().unwrap(), 0.08847259393656463, 1e-9, "p");
    let reversed: Vec<Estimate> = shares.iter().rev().copied().collect();
    assert_eq!(recall_homogeneity(&reversed), recall_homogeneity(&shares));
    assert_eq!(recall_homogeneity(&shares[..1]).why(), Some(Why::NoRest));
    let not_coded = Estimate::missing(Why::NotCoded, 0, 0);
    assert_eq!(recall_homogeneity(&[shares[0], not_coded]).why(), Some(Why::NoRest));
}

/// Recall that is the same in three outlets is rarely told apart; one that is not is found.
#[test]
fn recall_of_outlets_is_told_apart_where_it_differs() {
    let mut stream = Stream::named(4, &["recall"]);
    let mut outlet = |in_near: f64| {
        let mut draw = |n: usize, share: f64, units: f64| {
            (0..n).map(|_| Coded { weight: units / n as f64, yes: stream.uniform() < share }).collect::<Vec<_>>()
        };
        let found = Found { units: 300.0, coded: draw(60, 0.85, 300.0) };
        recall(&found, &[Level { units: 400.0, coded: draw(80, in_near, 400.0) }])
    };
    let runs = 300;
    let rejected = |shares: [f64; 3], outlet: &mut dyn FnMut(f64) -> Estimate| {
        let p = |_: &u32| recall_homogeneity(&shares.map(&mut *outlet)).value().is_some_and(|p| p <= 0.05);
        (0..runs).filter(p).count()
    };
    let (alike, unlike) = (rejected([0.2; 3], &mut outlet), rejected([0.1, 0.1, 0.45], &mut outlet));
    assert!(alike * 100 <= 6 * runs as usize, "alike, and told apart: {alike} of {runs}");
    assert!(unlike * 100 >= 80 * runs as usize, "unlike, and told apart: {unlike} of {runs}");
}

#[test]
fn weighted_precision_is_the_exact_interval_on_kishs_number() {
    let hits = [coded(2.0, 4, 1), coded(6.0, 9, 6)].concat();
    let found = precision(&hits);
    close(value(&found), 0.62, 1e-12, "precision");
    let (low, high) = ends(&found);
    close(low, 0.3646190675618955, 1e-9, "low");
    close(high, 0.8342679835938721, 1e-9, "high");
    assert_eq!(precision(&[]).value.why(), Some(Why::NotCoded));
}

#[test]
fn recall_and_f1_are_the_ratios_of_a_survey_program() {
    let found = Found { units: 100.0, coded: coded(2.5, 34, 6) };
    let missed = [Level { units: 60.0, coded: coded(3.0, 5, 15) }, Level { units: 900.0, coded: coded(30.0, 1, 29) }];
    close(value(&recall(&found, &missed)), 0.6538461538461539, 1e-12, "recall");
    close(value(&f1(&found, &missed)), 0.7391304347826086, 1e-12, "F1");
    // Taylor's symmetric interval is [.347, .961]: one unit of 30 carries the far level, so ends must be unlike
    let (low, high) = ends(&recall(&found, &missed));
    assert!((0.15..0.4).contains(&low) && (0.8..0.96).contains(&high), "{low} {high}");
}

#[test]
fn what_was_not_coded_is_missing() {
    let found = Found { units: 100.0, coded: coded(10.0, 8, 2) };
    let level = |units: f64, coded: Vec<Coded>| Level { units, coded };
    assert_eq!(recall(&found, &[level(400.0, Vec::new())]).value.why(), Some(Why::NotCoded));
    // a level without units needs no code
    assert!(recall(&found, &[level(0.0, Vec::new()), level(4.0, coded(1.0, 0, 4))]).value.value().is_some());
    let nothing = Found { units: 10.0, coded: coded(1.0, 0, 10) };
    assert_eq!(recall(&nothing, &[level(10.0, coded(1.0, 0, 10))]).value.why(), Some(Why::NoHits));
    assert_eq!(value(&recall(&nothing, &[level(10.0, coded(1.0, 1, 9))])), 0.0);
    // nothing missed in the sample is not nothing missed
    let (low, high) = ends(&recall(&found, &[level(400.0, coded(4.0, 0, 100))]));
    assert!(low < 0.9 && high == 1.0, "{low} {high}");
}

#[test]
fn a_corrected_ratio_is_the_delta_method_where_ends_are_alike() {
    let share = |at: f64, by: f64| {
        Estimate::with_interval(Measured::of(at, Why::Undefined), Interval::two_sided(at / by, at * by), 50, 0, "")
    };
    let raw = Estimate::with_interval(Measured::of(0.8, Why::Undefined), Interval::two_sided(0.3, 1.3), 50, 0, "");
    let focus = Instrument { precision: share(0.9, 1.1), recall: share(0.6, 1.3) };
    let rest = Instrument { precision: share(0.75, 1.2), recall: share(0.5, 1.25) };
    let found = corrected(&raw, &focus, &rest);
    close(value(&found), CORRECTED.0, 1e-9, "corrected");
    let (low, high) = ends(&found);
    close(low, CORRECTED.1, 1e-9, "low");
    close(high, CORRECTED.2, 1e-9, "high");
    let mirrored =
        Estimate::with_interval(Measured::of(-0.8, Why::Undefined), Interval::two_sided(-1.3, -0.3), 50, 0, "");
    close(value(&corrected(&mirrored, &rest, &focus)), -value(&found), 1e-12, "mirror");
    let lost = Instrument { recall: Estimate::missing(Why::NotCoded, 0, 0), ..rest };
    assert_eq!(corrected(&raw, &focus, &lost).value.why(), Some(Why::NotCoded));
}

#[test]
fn outlets_that_are_alike_are_told_apart_in_one_of_twenty() {
    let options = Options { permutations: 199, ..Options::default() };
    let mut stream = Stream::named(3, &["homogeneity"]);
    let runs = 400;
    let mut rejected = 0;
    for run in 0..runs {
        let mut group = |n: u32| ((0..n).filter(|_| stream.uniform() < 0.8).count() as u32, n);
        let groups = [group(12), group(25), group(40)];
        let options = Options { seed: run, ..options };
        rejected += u32::from(homogeneity(&groups, "", &options).value().is_some_and(|p| p <= 0.05));
    }
    assert!(rejected <= 33, "{rejected} of {runs}");
    assert!(homogeneity(&[(5, 40), (38, 40)], "", &options).value().unwrap() < 0.01);
    assert_eq!(homogeneity(&[(4, 4), (9, 9)], "", &options).why(), Some(Why::NoVariation));
}

/// A corpus of sentences and what coders would say of them; a stratified sample of it, estimated.
struct World {
    hits: f64,
    near: f64,
    far: f64,
    precision: f64,
    in_near: f64,
    in_far: f64,
    drawn: [usize; 3],
}

impl World {
    fn truth(&self) -> (f64, f64, f64) {
        let right = self.hits * self.precision;
        let missed = self.near * self.in_near + self.far * self.in_far;
        (self.precision, right / (right + missed), 2.0 * right / (self.hits + right + missed))
    }

    fn covered(&self, stream: &mut Stream) -> [bool; 3] {
        let mut draw = |units: f64, n: usize, share: f64| -> Vec<Coded> {
            (0..n).map(|_| Coded { weight: units / n as f64, yes: stream.uniform() < share }).collect()
        };
        let found = Found { units: self.hits, coded: draw(self.hits, self.drawn[0], self.precision) };
        let missed = [
            Level { units: self.near, coded: draw(self.near, self.drawn[1], self.in_near) },
            Level { units: self.far, coded: draw(self.far, self.drawn[2], self.in_far) },
        ];
        let truth = self.truth();
        let holds = |estimate: Estimate, truth: f64| estimate.interval.is_none_or(|interval| interval.contains(truth));
        [
            holds(precision(&found.coded), truth.0),
            holds(recall(&found, &missed), truth.1),
            holds(f1(&found, &missed), truth.2),
        ]
    }
}

#[test]
fn intervals_hold_the_truth_as_often_as_they_say() {
    let worlds = [
        World {
            hits: 800.0,
            near: 3_000.0,
            far: 30_000.0,
            precision: 0.85,
            in_near: 0.08,
            in_far: 0.004,
            drawn: [100, 50, 50],
        },
        World {
            hits: 800.0,
            near: 3_000.0,
            far: 30_000.0,
            precision: 0.6,
            in_near: 0.2,
            in_far: 0.02,
            drawn: [100, 50, 50],
        },
        World {
            hits: 200.0,
            near: 500.0,
            far: 2_000.0,
            precision: 0.95,
            in_near: 0.1,
            in_far: 0.05,
            drawn: [60, 40, 40],
        },
        World {
            hits: 5_000.0,
            near: 8_000.0,
            far: 90_000.0,
            precision: 0.75,
            in_near: 0.3,
            in_far: 0.01,
            drawn: [200, 150, 150],
        },
        World {
            hits: 300.0,
            near: 400.0,
            far: 4_000.0,
            precision: 0.5,
            in_near: 0.4,
            in_far: 0.1,
            drawn: [30, 20, 20],
        },
    ];
    let mut stream = Stream::named(11, &["coverage"]);
    let runs = 2_000;
    for (number, world) in worlds.iter().enumerate() {
        let mut held = [0u32; 3];
        for _ in 0..runs {
            held.iter_mut().zip(world.covered(&mut stream)).for_each(|(held, holds)| *held += u32::from(holds));
        }
        let shares = held.map(|held| f64::from(held) / f64::from(runs));
        println!("world {number}: precision, recall, F1 covered {shares:?}");
        assert!(shares.iter().all(|share| *share >= 0.93), "world {number}: {shares:?}");
    }
}

#[test]
fn a_corrected_comparison_holds_the_truth() {
    let mut stream = Stream::named(5, &["corrected"]);
    let sides = [
        World {
            hits: 800.0,
            near: 2_000.0,
            far: 20_000.0,
            precision: 0.9,
            in_near: 0.1,
            in_far: 0.005,
            drawn: [100, 100, 100],
        },
        World {
            hits: 600.0,
            near: 2_000.0,
            far: 20_000.0,
            precision: 0.6,
            in_near: 0.2,
            in_far: 0.01,
            drawn: [100, 100, 100],
        },
    ];
    // found rates: 2 to 1; what there is: corrected by what is known here
    let truth = {
        let part = |world: &World| (world.truth().0 / world.truth().1).log2();
        1.0 + part(&sides[0]) - part(&sides[1])
    };
    let runs = 1_000;
    let mut held = 0;
    for _ in 0..runs {
        let mut side = |world: &World| {
            let mut draw = |units: f64, n: usize, share: f64| -> Vec<Coded> {
                (0..n).map(|_| Coded { weight: units / n as f64, yes: stream.uniform() < share }).collect()
            };
            let found = Found { units: world.hits, coded: draw(world.hits, world.drawn[0], world.precision) };
            let missed = [
                Level { units: world.near, coded: draw(world.near, world.drawn[1], world.in_near) },
                Level { units: world.far, coded: draw(world.far, world.drawn[2], world.in_far) },
            ];
            Instrument { precision: precision(&found.coded), recall: recall(&found, &missed) }
        };
        let (focus, rest) = (side(&sides[0]), side(&sides[1]));
        let at = 1.0 + 0.2 * stream.normal();
        let raw = Estimate::with_interval(
            Measured::of(at, Why::Undefined),
            Interval::two_sided(at - 1.96 * 0.2, at + 1.96 * 0.2),
            50,
            0,
            "",
        );
        held += u32::from(corrected(&raw, &focus, &rest).interval.unwrap().contains(truth));
    }
    let share = f64::from(held) / f64::from(runs);
    println!("corrected: {share}");
    assert!(share >= 0.93, "{share}");
}

/// Of the delta method.
const CORRECTED: (f64, f64, f64) = (0.8000000000000003, 0.03514506936807571, 1.5648549306319248);
