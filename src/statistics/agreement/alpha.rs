//! Krippendorff's α.
//!
//! In: the codes that each unit was given. Out: α, with an interval over units.
//! Invariant: the order of units and of coders never enters.
//! It deliberately does not say who is right.

use super::super::Options;
use super::super::measure::measure;
use super::super::measured::{Estimate, Interval, LEVEL, Measured, Why};
use super::super::seed::Stream;

measure! {
    ALPHA, "estimate", "alpha";
    what: "Agreement beyond chance between any number of coders; missing codes are allowed.";
    formula: "α = 1 − D_o/D_e; D_o = Σ o_ck δ²_ck / n, D_e = Σ n_c n_k δ²_ck / (n(n−1)); o_ck = Σ_units ordered pairs (c, k) / (m−1)";
    unit: "share, at most 1; 0 is chance; from .800 reliable, from .667 for tentative conclusions";
    missing: "\"no pairs\" where no unit was coded twice, \"no variation\" where all codings are the same: not 1";
    source: "Krippendorff 2011, Computing Krippendorff's alpha-reliability; interval by resampling units";
    beware: "If nearly all codes are the same, a few disagreements make it low.";
    example: "use agreement::alpha::{Scale, alpha};\n\
              // Two coders, ten units, one disagreement over a rare code.\n\
              let units: Vec<Vec<u32>> = (0..10).map(|i| if i == 9 { vec![0, 1] } else { vec![0, 0] }).collect();\n\
              // o_01 = o_10 = 1; n_0 = 19, n_1 = 1, n = 20.\n\
              let expected = 1.0 - (2.0 / 20.0) / (2.0 * 19.0 * 1.0 / (20.0 * 19.0));\n\
              assert!((alpha(&units, Scale::Nominal).value().unwrap() - expected).abs() < 1e-12);";
}

/// How far apart two codes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Different or not.
    Nominal,
    /// By how many codings lie between them.
    Ordinal,
}

/// [`ALPHA`]; a unit is the codes that it was given, by any coders.
pub fn alpha(units: &[Vec<u32>], scale: Scale) -> Measured {
    let coded = Coded::of(units);
    coded.alpha((0..coded.units.len()).map(|i| &coded.units[i]), scale)
}

/// [`alpha`] with an interval from resampled units (plain percentiles; draws without variation are left out).
/// `name` names the random stream; `n_articles` of the estimate counts units.
pub fn alpha_with_interval(units: &[Vec<u32>], scale: Scale, name: &str, options: &Options) -> Estimate {
    let coded = Coded::of(units);
    let value = coded.alpha(coded.units.iter(), scale);
    let n = coded.units.len() as u32;
    if let Some(why) = value.why() {
        return Estimate::missing(why, n, 0);
    }
    let mut stream = Stream::named(options.seed, &["alpha", name]);
    let mut draws: Vec<f64> = (0..options.resamples)
        .filter_map(|_| {
            let drawn: Vec<usize> = (0..n).map(|_| stream.below(n) as usize).collect();
            coded.alpha(drawn.iter().map(|&i| &coded.units[i]), scale).value()
        })
        .collect();
    draws.sort_unstable_by(f64::total_cmp);
    let at = |p: f64| draws.get((p * (draws.len() as f64 - 1.0)).round() as usize).copied();
    let tail = 0.5 - 0.5 * LEVEL;
    match at(tail).zip(at(1.0 - tail)).and_then(|(low, high)| Interval::two_sided(low, high)) {
        Some(interval) if n >= 2 => Estimate::with_interval(value, Some(interval), n, 0, "units resampled"),
        _ => Estimate::without_interval(value, Why::NoPairs, n, 0),
    }
}

/// Units coded at least twice, as counts per code, in canonical order.
struct Coded {
    units: Vec<Vec<u64>>,
    codes: usize,
}

impl Coded {
    fn of(units: &[Vec<u32>]) -> Coded {
        let twice = || units.iter().filter(|codes| codes.len() >= 2);
        let mut codes: Vec<u32> = twice().flatten().copied().collect();
        codes.sort_unstable();
        codes.dedup();
        let count = |unit: &Vec<u32>| {
            let mut counts = vec![0; codes.len()];
            for code in unit {
                if let Ok(at) = codes.binary_search(code) {
                    counts[at] += 1;
                }
            }
            counts
        };
        let mut counted: Vec<Vec<u64>> = twice().map(count).collect();
        counted.sort_unstable();
        Coded { units: counted, codes: codes.len() }
    }

    fn alpha<'a>(&self, units: impl Iterator<Item = &'a Vec<u64>>, scale: Scale) -> Measured {
        let k = self.codes;
        // Whole-number pair counts per number of coders, so that the order of the units moves no bit.
        let mut pairs: Vec<Vec<u64>> = Vec::new();
        let mut totals = vec![0u64; k];
        for unit in units {
            let coders = unit.iter().sum::<u64>() as usize;
            if pairs.len() <= coders {
                pairs.resize(coders + 1, vec![0; k * k]);
            }
            for (c, &here) in unit.iter().enumerate() {
                totals[c] += here;
                for (d, &there) in unit.iter().enumerate() {
                    pairs[coders][c * k + d] += here * if c == d { there.saturating_sub(1) } else { there };
                }
            }
        }
        let n = totals.iter().sum::<u64>() as f64;
        if n <= 0.0 {
            return Measured::Missing(Why::NoPairs);
        }
        let (mut observed, mut expected) = (0.0, 0.0);
        for c in 0..k {
            for d in (0..k).filter(|&d| d != c) {
                let distance = distance(&totals, c, d, scale);
                let together = |(coders, pairs): (usize, &Vec<u64>)| pairs[c * k + d] as f64 / (coders as f64 - 1.0);
                observed += distance * pairs.iter().enumerate().skip(2).map(together).sum::<f64>();
                expected += distance * totals[c] as f64 * totals[d] as f64;
            }
        }
        Measured::of(1.0 - (observed / n) / (expected / (n * (n - 1.0))), Why::NoVariation)
    }
}

/// δ² of two codes.
fn distance(totals: &[u64], c: usize, d: usize, scale: Scale) -> f64 {
    match scale {
        Scale::Nominal => 1.0,
        Scale::Ordinal => {
            let (low, high) = (c.min(d), c.max(d));
            let between = totals[low..=high].iter().sum::<u64>() as f64;
            let steps = between - (totals[low] + totals[high]) as f64 / 2.0;
            steps * steps
        }
    }
}
