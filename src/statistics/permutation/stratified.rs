//! Large groups within strata: the normal limit of permuting the labels.
//!
//! In: a [`Pool`] with strata, and which articles belong to the group. Out: p of one frame.
//! Invariant: sums are whole numbers stratum by stratum, so that swapping the two sides moves no bit.
//! It deliberately knows the mean and variance of all permutations by formula, and so draws none.

use super::super::measured::{Measured, Why};
use super::{Pool, Test};

/// The method of a large comparison within strata.
pub const STRATIFIED: &str = "permutation of articles within strata, normal";

/// Sums of one stratum over residuals e = y L − l Y: whole numbers that add up to nothing over all strata.
#[derive(Clone, Copy, Default)]
struct Stratum {
    articles: i128,
    members: i128,
    sum: i128,
    members_sum: i128,
    squares: f64,
}

/// z = Σ_s (E_gs − m_s/n_s · E_s) / √(Σ_s m_s (n_s − m_s) / (n_s (n_s − 1)) · SS_s).
pub(super) fn normal(pool: &Pool<'_>, stratum: &[u32], frame: usize, inside: &[bool]) -> Test {
    let mut labels: Vec<u32> = pool.articles.iter().map(|&article| stratum[article as usize]).collect();
    labels.sort_unstable();
    labels.dedup();
    let all = pool.tallies.column(frame).all;
    let mut strata = vec![Stratum::default(); labels.len()];
    // sorted, for the squares are added in floating point
    let mut residuals: Vec<(usize, i128, bool)> = Vec::with_capacity(inside.len());
    for (&article, &inside) in pool.articles.iter().zip(inside) {
        let hits = i128::from(pool.hits.at(article, frame));
        let residual = hits * all.bottom - i128::from(pool.words[article as usize]) * all.top;
        let at = labels.partition_point(|&label| label < stratum[article as usize]);
        residuals.push((at, residual, inside));
    }
    residuals.sort_unstable();
    for &(at, residual, inside) in &residuals {
        let stratum = &mut strata[at];
        stratum.articles += 1;
        stratum.sum += residual;
        stratum.squares += residual as f64 * residual as f64;
        if inside {
            stratum.members += 1;
            stratum.members_sum += residual;
        }
    }
    let (mut difference, mut variance) = (0.0, 0.0);
    for s in strata.iter().filter(|s| s.articles > 1) {
        let n = s.articles as f64;
        difference += (s.articles * s.members_sum - s.members * s.sum) as f64 / n;
        let spread = s.squares - s.sum as f64 * s.sum as f64 / n;
        variance += (s.members * (s.articles - s.members)) as f64 / (n * (n - 1.0)) * spread;
    }
    let z = difference / libm::sqrt(variance);
    let p = libm::erfc(z.abs() / std::f64::consts::SQRT_2).max(f64::MIN_POSITIVE);
    Test { p: Measured::of(p, Why::TooFewArticles), method: STRATIFIED }.or_nothing()
}
