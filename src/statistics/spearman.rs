//! Rank correlation, for the length check.
//!
//! In: two values per article. Out: Spearman's ρ with an interval.
//! Invariant: ranks are whole numbers (doubled), so that the order of the articles moves no bit.
//! It deliberately drops no article: the caller leaves out what is missing.

use super::measure::measure;
use super::measured::{Estimate, Interval, LEVEL, Measured, Why};
use super::special::{normal_quantile, t_two_sided};

measure! {
    SPEARMAN, "estimate", "spearman";
    what: "Rank correlation of two values of an article, such as score and length.";
    formula: "correlation of the ranks, ties sharing the mean rank; interval tanh(artanh ρ ± z √((1 + ρ²/2)/(n − 3)))";
    unit: "correlation, −1 to 1; 0 is none";
    missing: "\"no articles\", \"one article\", \"no variation\" where a value is the same everywhere; no interval below 10 articles: \"too few articles\"";
    source: "Spearman 1904; Bonett and Wright 2000, Psychometrika 65(1)";
    beware: "A score that grows with length compares long articles with short ones, not outlets.";
    example: "let rho = spearman::spearman(&[(1.0, 2.0), (2.0, 1.0), (3.0, 3.0), (4.0, 5.0), (5.0, 4.0)]);\n\
              // Without ties: 1 − 6 Σd² / (n (n² − 1)).\n\
              assert!((rho.value.value().unwrap() - (1.0 - 6.0 * 4.0 / (5.0 * 24.0))).abs() < 1e-15);";
}

/// Fewer articles have no interval.
const MIN_ARTICLES: usize = 10;

/// [`SPEARMAN`] of pairs.
pub fn spearman(pairs: &[(f64, f64)]) -> Estimate {
    let n = pairs.len();
    if n < 2 {
        return Estimate::missing(if n == 0 { Why::NoArticles } else { Why::OneArticle }, n as u32, 0);
    }
    let x = doubled_ranks(&pairs.iter().map(|pair| pair.0).collect::<Vec<f64>>());
    let y = doubled_ranks(&pairs.iter().map(|pair| pair.1).collect::<Vec<f64>>());
    // Doubled ranks have the mean n + 1.
    let mean = n as i128 + 1;
    let sum = |a: &[i128], b: &[i128]| a.iter().zip(b).map(|(a, b)| (a - mean) * (b - mean)).sum::<i128>() as f64;
    let rho = Measured::of(sum(&x, &y) / libm::sqrt(sum(&x, &x) * sum(&y, &y)), Why::NoVariation);
    let Some(value) = rho.value() else {
        return Estimate::missing(Why::NoVariation, n as u32, 0);
    };
    if n < MIN_ARTICLES {
        return Estimate::without_interval(rho, Why::TooFewArticles, n as u32, 0);
    }
    let spread = normal_quantile(0.5 + 0.5 * LEVEL) * libm::sqrt((1.0 + value * value / 2.0) / (n as f64 - 3.0));
    let bound = |side: f64| if value.abs() >= 1.0 { value } else { libm::tanh(libm::atanh(value) + side) };
    let interval = Interval::two_sided(bound(-spread), bound(spread));
    Estimate::with_interval(rho, interval, n as u32, 0, "Bonett and Wright")
}

/// Two-sided p of no correlation at all, by Student's t with n − 2 degrees of freedom.
pub fn p_of(rho: &Estimate) -> Measured {
    match (rho.value.value(), rho.n_articles) {
        (None, _) => rho.value,
        (Some(_), n) if (n as usize) < MIN_ARTICLES => Measured::Missing(Why::TooFewArticles),
        (Some(rho), n) => {
            let df = f64::from(n) - 2.0;
            let t = rho * libm::sqrt(df / (1.0 - rho * rho).max(f64::MIN_POSITIVE));
            Measured::of(t_two_sided(t, df).max(f64::MIN_POSITIVE), Why::Undefined)
        }
    }
}

/// Twice the rank of each value; ties share the mean of their ranks.
fn doubled_ranks(values: &[f64]) -> Vec<i128> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_unstable_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0; values.len()];
    let mut before = 0;
    for ties in order.chunk_by(|&a, &b| values[a].total_cmp(&values[b]).is_eq()) {
        let doubled = (2 * before + ties.len() + 1) as i128;
        ties.iter().for_each(|&i| ranks[i] = doubled);
        before += ties.len();
    }
    ranks
}
