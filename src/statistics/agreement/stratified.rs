//! Precision, recall and F1 of an instrument from a sample that was drawn in strata.
//!
//! In: coded units, each with one over its chance to be drawn, and how many units there were. Out: shares with intervals.
//! Invariant: the order of the units moves no bit; a level of which nothing was coded makes the measure missing, never zero.
//! It deliberately takes the codes as right: agreement is measured before.

use super::super::measure::measure;
use super::super::measured::{Estimate, Interval, Measured, Why};
use super::super::proportion::exact_of;

measure! {
    WEIGHTED_PRECISION, "estimate", "weighted-precision";
    what: "Of the hits of a frame, the share that coders call right, weighted to represent all hits.";
    formula: "Σ w y / Σ w over the coded hits, w = hits of the stratum / coded hits of it; exact interval (Clopper and Pearson) with n = (Σ w)² / Σ w²";
    unit: "share, 0 to 1";
    missing: "\"not coded\" where no hit was coded";
    source: "Hájek 1971; Kish 1965 (effective number); Korn and Graubard 1998, Survey Methodology 24 (exact interval on it)";
    beware: "It holds for the corpus that was sampled, and for the entries as they were then.";
    example: "use agreement::stratified::{Coded, precision};\n\
              let coded = [(1.0, true), (1.0, true), (2.0, false)].map(|(weight, yes)| Coded { weight, yes });\n\
              assert_eq!(precision(&coded).value.value(), Some((1.0 + 1.0) / (1.0 + 1.0 + 2.0)));";
}

measure! {
    WEIGHTED_RECALL, "estimate", "weighted-recall";
    what: "Of the sentences that coders call the frame, the share in which it was found, weighted to represent the corpus.";
    formula: "F p / (F p + Σ_l N_l q_l): F sentences with a hit, p of them right; N_l sentences without one at level l of nearness, q_l of them the frame. p and q_l are weighted shares with exact intervals (n = (Σ w)² / Σ w²); the totals are joined by MOVER, their ratio too";
    unit: "share, 0 to 1";
    missing: "\"not coded\" where nothing was coded among the hits or at a level; \"no hits\" where coders found the frame nowhere";
    source: "Horvitz and Thompson 1952; Korn and Graubard 1998; Zou and Donner 2008, Statistics in Medicine 27; Donner and Zou 2012, Statistical Methods in Medical Research 21";
    beware: "If the frame is rare among sentences without a hit, many of these must be coded, because each missed one represents hundreds. It counts sentences (or articles), not hits.";
    example: "use agreement::stratified::{Coded, Found, Level, recall};\n\
              let coded = |weight: f64, codes: &[bool]| codes.iter().map(|&yes| Coded { weight, yes }).collect::<Vec<_>>();\n\
              let found = Found { units: 100.0, coded: coded(10.0, &[true, true, true, true, true, true, true, true, false, false]) };\n\
              let missed = [Level { units: 400.0, coded: coded(40.0, &[true, false, false, false, false, false, false, false, false, false]) }];\n\
              // 80 right sentences with a hit, 40 without one.\n\
              assert!((recall(&found, &missed).value.value().unwrap() - 80.0 / (80.0 + 40.0)).abs() < 1e-12);";
}

measure! {
    WEIGHTED_F1, "estimate", "weighted-f1";
    what: "Harmonic mean of precision and recall by sentences (or articles), weighted to represent the corpus.";
    formula: "2 T / (F + T + M): T = F p right sentences with a hit of F, M = Σ_l N_l q_l missed ones; interval by MOVER as of the weighted recall";
    unit: "share, 0 to 1";
    missing: "as of the weighted recall";
    source: "van Rijsbergen 1979; Donner and Zou 2012, Statistical Methods in Medical Research 21";
    beware: "It hides which of the two is poor: print both. Its precision is by sentences, not by hits.";
    example: "use agreement::stratified::{Coded, Found, Level, f1};\n\
              let coded = |weight: f64, codes: &[bool]| codes.iter().map(|&yes| Coded { weight, yes }).collect::<Vec<_>>();\n\
              let found = Found { units: 4.0, coded: coded(1.0, &[true, true, true, false]) };\n\
              let missed = [Level { units: 2.0, coded: coded(1.0, &[true, false]) }];\n\
              assert!((f1(&found, &missed).value.value().unwrap() - 2.0 * 3.0 / (4.0 + 3.0 + 1.0)).abs() < 1e-12);";
}

/// One coded unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coded {
    /// How many units it stands for; positive.
    pub weight: f64,
    /// The coders call it the frame.
    pub yes: bool,
}

/// Units in which the instrument found the frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// All of them in the corpus.
    pub units: f64,
    /// Those that were coded.
    pub coded: Vec<Coded>,
}

/// Units in which it did not, of one level of nearness.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Level {
    /// All of them in the corpus.
    pub units: f64,
    /// Those that were coded.
    pub coded: Vec<Coded>,
}

/// A share with the ends of its interval.
#[derive(Clone, Copy)]
struct Share {
    value: f64,
    low: f64,
    high: f64,
}

impl Share {
    /// The weighted share of yes; none where nothing was coded.
    fn of(coded: &[Coded]) -> Option<Share> {
        let mut sorted: Vec<&Coded> = coded.iter().collect();
        sorted.sort_unstable_by(|a, b| a.weight.total_cmp(&b.weight).then(a.yes.cmp(&b.yes)));
        let all: f64 = sorted.iter().map(|unit| unit.weight).sum();
        let squares: f64 = sorted.iter().map(|unit| unit.weight * unit.weight).sum();
        let yes: f64 = sorted.iter().filter(|unit| unit.yes).map(|unit| unit.weight).sum();
        let value = if sorted.iter().all(|unit| unit.yes) { 1.0 } else { yes / all };
        let interval = exact_of(value, all * all / squares)?;
        Some(Share { value, low: interval.low()?, high: interval.high()? })
    }

    /// The same of so many units.
    fn times(self, units: f64) -> Share {
        Share { value: self.value * units, low: self.low * units, high: self.high * units }
    }

    /// The ratio of two independent amounts (Donner and Zou); the upper end is infinite where the divisor may be nothing.
    fn over(self, other: Share) -> Share {
        let product = self.value * other.value;
        let root = |inside: f64| libm::sqrt(inside.max(0.0));
        let (below, above) =
            (other.high * (2.0 * other.value - other.high), other.low * (2.0 * other.value - other.low));
        let low = match below > 0.0 {
            true => (product - root(product * product - self.low * (2.0 * self.value - self.low) * below)) / below,
            // the formula has no answer where the divisor is that uncertain: the least that both ends allow
            false => self.low / other.high,
        };
        let high = match above > 0.0 {
            true => (product + root(product * product - self.high * (2.0 * self.value - self.high) * above)) / above,
            false => f64::INFINITY,
        };
        Share { value: self.value / other.value, low: low.max(0.0), high }
    }
}

/// [`WEIGHTED_PRECISION`]; `n_articles` of the estimate counts coded hits.
pub fn precision(coded: &[Coded]) -> Estimate {
    let n = coded.len() as u32;
    match Share::of(coded) {
        None => Estimate::missing(Why::NotCoded, n, 0),
        Some(share) => whole(share.value, Interval::two_sided(share.low, share.high), n, "exact, weighted"),
    }
}

/// [`WEIGHTED_RECALL`]; `n_articles` of the estimate counts coded units.
pub fn recall(found: &Found, missed: &[Level]) -> Estimate {
    joined(found, missed, |missed, _| missed, |ratio| 1.0 / (1.0 + ratio))
}

/// [`WEIGHTED_F1`].
pub fn f1(found: &Found, missed: &[Level]) -> Estimate {
    let more = |missed: Share, units: f64| Share {
        value: missed.value + units,
        low: missed.low + units,
        high: missed.high + units,
    };
    joined(found, missed, more, |ratio| 2.0 / (1.0 + ratio))
}

/// A decreasing function of what was missed, or something like it, over what was rightly found.
fn joined(
    found: &Found,
    missed: &[Level],
    above: impl Fn(Share, f64) -> Share,
    of_ratio: impl Fn(f64) -> f64,
) -> Estimate {
    let n = (found.coded.len() + missed.iter().map(|level| level.coded.len()).sum::<usize>()) as u32;
    let Some(right) = right(found) else { return Estimate::missing(Why::NotCoded, n, 0) };
    let Some(lost) = total(missed) else { return Estimate::missing(Why::NotCoded, n, 0) };
    if right.value <= 0.0 && lost.value <= 0.0 {
        return Estimate::missing(Why::NoHits, n, 0);
    }
    if right.value <= 0.0 {
        let most = of_ratio(above(lost, found.units).low / right.high);
        let interval = if right.high > 0.0 { Interval::two_sided(0.0, most) } else { Interval::two_sided(0.0, 0.0) };
        return whole(0.0, interval, n, "MOVER");
    }
    let ratio = above(lost, found.units).over(right);
    let ends = Interval::two_sided(of_ratio(ratio.high).min(1.0), of_ratio(ratio.low).min(1.0));
    whole(of_ratio(ratio.value), ends, n, "MOVER")
}

fn whole(value: f64, interval: Option<Interval>, n: u32, method: &'static str) -> Estimate {
    Estimate::with_interval(Measured::of(value, Why::Undefined), interval, n, 0, method)
}

/// Units that were rightly found; where there are none to find it in, none.
fn right(found: &Found) -> Option<Share> {
    match found.units > 0.0 {
        true => Some(Share::of(&found.coded)?.times(found.units)),
        false => Some(Share { value: 0.0, low: 0.0, high: 0.0 }),
    }
}

/// Units that were missed: the sum over the levels, with the interval of Zou and Donner.
fn total(levels: &[Level]) -> Option<Share> {
    let (mut value, mut below, mut above) = (0.0, 0.0, 0.0);
    for level in levels.iter().filter(|level| level.units > 0.0) {
        let share = Share::of(&level.coded)?.times(level.units);
        value += share.value;
        below += (share.value - share.low) * (share.value - share.low);
        above += (share.high - share.value) * (share.high - share.value);
    }
    Some(Share { value, low: (value - libm::sqrt(below)).max(0.0), high: value + libm::sqrt(above) })
}
