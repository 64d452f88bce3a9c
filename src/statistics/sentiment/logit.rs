//! Log odds of positive against negative hits.
//!
//! In: whole-number counts or sums. Out: one score, or why there is none.
//! Invariant: no hits give no score.
//! It deliberately knows nothing of articles: `of_group` does.

use super::super::measure::measure;
use super::super::measured::{Interval, LEVEL, Measured, Why};
use super::super::special::normal_quantile;

measure! {
    LOGIT, "estimate", "logit";
    what: "Log of the ratio of positive to negative hits: an additional hit among many changes it less than one among few.";
    formula: "ln(pos + ½) − ln(neg + ½); of one text SE = √(1/(pos + ½) + 1/(neg + ½)); of a group the SE is linearised over articles, widened to the bootstrap below 200";
    unit: "natural log, any sign; 0 is as many of both";
    missing: "\"no hits\": never a neutral score";
    source: "Lowe, Benoit, Mikhaylov and Laver 2011, Legislative Studies Quarterly 36(1)";
    beware: "The SE of one text takes hits as independent.";
    example: "let logit = sentiment::logit(12, 5).value().unwrap();\n\
              assert!((logit - (12.5f64.ln() - 5.5f64.ln())).abs() < 1e-12);\n\
              let error = sentiment::logit_error(12, 5).value().unwrap();\n\
              assert!((error - f64::sqrt(1.0 / 12.5 + 1.0 / 5.5)).abs() < 1e-12);";
}

/// [`LOGIT`] of counts.
pub fn logit(positive: u64, negative: u64) -> Measured {
    if positive + negative == 0 {
        return Measured::Missing(Why::NoHits);
    }
    Measured::of(libm::log(positive as f64 + 0.5) - libm::log(negative as f64 + 0.5), Why::NoHits)
}

/// Standard error of the logit if hits were independent.
pub fn logit_error(positive: u64, negative: u64) -> Measured {
    if positive + negative == 0 {
        return Measured::Missing(Why::NoHits);
    }
    Measured::of(libm::sqrt(1.0 / (positive as f64 + 0.5) + 1.0 / (negative as f64 + 0.5)), Why::NoHits)
}

/// Interval of one text's logit from [`logit_error`]; a group has its own over articles.
pub fn logit_interval(positive: u64, negative: u64) -> Option<Interval> {
    let (centre, error) = (logit(positive, negative).value()?, logit_error(positive, negative).value()?);
    let spread = normal_quantile(0.5 + 0.5 * LEVEL) * error;
    Interval::two_sided(centre - spread, centre + spread)
}
