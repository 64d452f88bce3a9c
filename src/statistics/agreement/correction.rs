//! A comparison of rates, corrected for what the instrument gets wrong.
//!
//! In: a log ratio with its interval; precision and recall on both sides. Out: the ratio of what there is, not of what was found.
//! Invariant: swapped sides give the mirror image.
//! It deliberately corrects for errors of the instrument alone: those of the coders stay.

use super::super::measure::measure;
use super::super::measured::{Estimate, Interval, Measured, Why};

measure! {
    CORRECTED_LOG_RATIO, "estimate", "corrected-log-ratio";
    what: "A log ratio of rates, corrected for false and missed hits that are not the same on both sides.";
    formula: "log2 ratio + log2(P_g / P_rest) − log2(R_g / R_rest); the interval adds up, on the log scale, the squared distances from each estimate to the ends of its interval (delta method for unlike ends: MOVER)";
    unit: "log2 ratio: 1 is twice as often; 0 is equally often";
    missing: "\"not coded\" where precision or recall of a side is missing or 0; no interval: the reason of the part without one";
    source: "Rogan and Gladen 1978, American Journal of Epidemiology 107 (the idea); Zou and Donner 2008, Statistics in Medicine 27 (the interval)";
    beware: "With few coded units on a side, the interval is wide. Recall by sentences is used in place of recall by hits.";
    example: "use agreement::correction::{Instrument, corrected};\n\
              let part = |value: f64| Estimate::with_interval(Measured::of(value, Why::Undefined), Interval::two_sided(value / 1.1, value * 1.1), 50, 0, \"\");\n\
              let raw = part(2.0);\n\
              let focus = Instrument { precision: part(0.8), recall: part(0.5) };\n\
              let rest = Instrument { precision: part(0.4), recall: part(0.5) };\n\
              // twice the precision is one more on the log2 scale\n\
              assert!((corrected(&raw, &focus, &rest).value.value().unwrap() - 3.0).abs() < 1e-12);";
}

/// How good the instrument is on one side of a comparison.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Instrument {
    /// Share of right hits.
    pub precision: Estimate,
    /// Share of what there is that was found.
    pub recall: Estimate,
}

/// [`CORRECTED_LOG_RATIO`] of a log2 ratio; `n_articles` of the result is that of `raw`.
pub fn corrected(raw: &Estimate, focus: &Instrument, rest: &Instrument) -> Estimate {
    let n = raw.n_articles;
    let parts = [
        (raw, 1.0, false),
        (&focus.precision, 1.0, true),
        (&rest.precision, -1.0, true),
        (&focus.recall, -1.0, true),
        (&rest.recall, 1.0, true),
    ];
    let (mut value, mut below, mut above, mut lacking) = (0.0, 0.0, 0.0, None);
    for (part, sign, is_share) in parts {
        let scale = |x: f64| if is_share { libm::log2(x) } else { x };
        let at = match part.value {
            Measured::Missing(why) => return Estimate::missing(why, n, 0),
            Measured::Value(at) => scale(at.get()),
        };
        if !at.is_finite() {
            return Estimate::missing(Why::NotCoded, n, 0);
        }
        value += sign * at;
        let ends = part.interval.and_then(|ends| Some((scale(ends.low()?), scale(ends.high()?))));
        match ends.filter(|ends| ends.0.is_finite() && ends.1.is_finite()) {
            None => lacking = lacking.or(Some(Why::Undefined)),
            Some((low, high)) => {
                let (down, up) = if sign > 0.0 { (at - low, high - at) } else { (high - at, at - low) };
                below += down * down;
                above += up * up;
            }
        }
    }
    let value_of = Measured::of(value, Why::Undefined);
    match lacking {
        Some(why) => Estimate::without_interval(value_of, why, n, 0),
        None => {
            let ends = Interval::two_sided(value - libm::sqrt(below), value + libm::sqrt(above));
            Estimate::with_interval(value_of, ends, n, 0, "MOVER on logs")
        }
    }
}
