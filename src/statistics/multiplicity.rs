//! Many tests at once.
//!
//! In: p values, some of them missing. Out: q of Benjamini and Hochberg, and the adjusted p of Holm.
//! Invariant: the family is every p that has a value; what is missing stays missing and does not count.
//! It deliberately does not choose the family: the caller says what is printed together.

use super::measured::{Measured, Why};

/// The q of Benjamini and Hochberg (1995): q of the i-th smallest p is the least of m p(j) / j over j ≥ i.
pub fn benjamini_hochberg(ps: &[Measured]) -> Vec<Measured> {
    adjust(ps, |sorted| {
        let m = sorted.len() as f64;
        let mut least = 1.0f64;
        for i in (0..sorted.len()).rev() {
            least = least.min(m * sorted[i] / (i as f64 + 1.0));
            sorted[i] = least;
        }
    })
}

/// The adjusted p of Holm (1979): that of the i-th smallest p is the greatest of (m − j + 1) p(j) over j ≤ i.
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
