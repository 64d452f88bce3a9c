//! Many tests at once.
//!
//! In: p values, some of them missing. Out: q of Benjamini and Hochberg, and the adjusted p of Holm.
//! Invariant: the family is every p that has a value; what is missing stays missing and does not count.
//! It deliberately does not choose the family: the caller says what is printed together.

use super::measure::measure;
use super::measured::{Measured, Why};

measure! {
    BENJAMINI_HOCHBERG, "test", "q";
    what: "An upper limit for the expected share of false findings among all findings with this p or a smaller one (false discovery rate).";
    formula: "q_(i) = min over j ≥ i of min(1, m p_(j) / j), p sorted, m tests";
    unit: "share, above 0 to 1";
    missing: "where p is missing, for the same reason";
    source: "Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57(1)";
    beware: "m is the number of all tests that were run, shown or not: report it.";
    example: "let ps = [0.01, 0.04, 0.03].map(|p| Measured::of(p, Why::Undefined));\n\
              let q: Vec<f64> = multiplicity::benjamini_hochberg(&ps).iter().filter_map(|q| q.value()).collect();\n\
              // Sorted .01, .03, .04: 3 × .01 / 1, then the lesser of 3 × .03 / 2 and 3 × .04 / 3.\n\
              assert_eq!(q, [0.03, 0.04, 0.04]);";
}

measure! {
    HOLM, "test", "p-holm";
    what: "p corrected for multiple testing so that the probability of even one false finding is controlled.";
    formula: "p'_(i) = max over j ≤ i of min(1, (m − j + 1) p_(j)), p sorted, m tests";
    unit: "probability, above 0 to 1";
    missing: "where p is missing, for the same reason";
    source: "Holm 1979, Scandinavian Journal of Statistics 6(2)";
    beware: "With many tests it has little power: to compare many outlets, read q.";
    example: "let ps = [0.01, 0.04, 0.03].map(|p| Measured::of(p, Why::Undefined));\n\
              let p: Vec<f64> = multiplicity::holm(&ps).iter().filter_map(|p| p.value()).collect();\n\
              assert_eq!(p, [0.03, 0.06, 0.06]);";
}

/// [`BENJAMINI_HOCHBERG`] over the p that have a value.
pub fn benjamini_hochberg(ps: &[Measured]) -> Vec<Measured> {
    adjust(ps, |sorted| {
        let m = sorted.len() as f64;
        let mut least = 1.0f64;
        for i in (0..sorted.len()).rev() {
            // never below p, whatever the last bit of the product says
            least = least.min(m * sorted[i] / (i as f64 + 1.0)).max(sorted[i]);
            sorted[i] = least;
        }
    })
}

/// [`HOLM`] over the p that have a value.
pub fn holm(ps: &[Measured]) -> Vec<Measured> {
    adjust(ps, |sorted| {
        let m = sorted.len();
        let mut greatest = 0.0f64;
        for (i, p) in sorted.iter_mut().enumerate() {
            greatest = greatest.max((m - i) as f64 * *p).min(1.0);
            *p = greatest;
        }
    })
}

/// Number of tests in the family: those that have a p.
pub fn family(ps: &[Measured]) -> usize {
    ps.iter().filter(|p| p.value().is_some()).count()
}

fn adjust(ps: &[Measured], step: impl FnOnce(&mut [f64])) -> Vec<Measured> {
    let mut order: Vec<(f64, usize)> = ps.iter().enumerate().filter_map(|(i, p)| Some((p.value()?, i))).collect();
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut values: Vec<f64> = order.iter().map(|&(p, _)| p).collect();
    step(&mut values);
    let mut out = ps.to_vec();
    for (&(_, i), value) in order.iter().zip(values) {
        out[i] = Measured::of(value, Why::Undefined);
    }
    out
}
