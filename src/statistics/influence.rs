//! Does the finding rest on one term or one article?
//!
//! In: the parts of a comparison. Out: how far the smoothed log ratio moves when each is left out in turn.
//! Invariant: leaving a part out is a subtraction of whole numbers, never a second count.
//! It deliberately does not say that an influential term is wrong.

use super::log_ratio::theta;
use super::measure::measure;
use super::measured::{Measured, Why};
use super::tally::Unit;

measure! {
    INFLUENCE, "descriptive", "influence";
    what: "The largest change of the log ratio when one term, or one article, is left out; and whether its sign flips.";
    formula: "max over t of |θ_{−t} − θ|; θ the smoothed log ratio, θ_{−t} the same without the hits of term t, or without article t";
    unit: "doublings, 0 and above";
    missing: "\"one part\" where nothing is left, otherwise as the smoothed log ratio";
    source: "leave-one-out (jack-knife): Quenouille 1956; Efron 1982";
    beware: "If two terms carry the finding, leaving out one of them shows little.";
    example: "use influence::by_term;\n\
              // Hits of three terms in the group and in the rest, and the words of both.\n\
              let found = by_term(&[(30, 5), (8, 9), (2, 2)], 10_000, 12_000);\n\
              let log_ratio = |a: f64, b: f64| (((a + 0.5) / 10_000.0) / ((b + 0.5) / 12_000.0)).log2();\n\
              assert!((found.change.value().unwrap() - (log_ratio(10.0, 11.0) - log_ratio(40.0, 16.0)).abs()).abs() < 1e-12);\n\
              assert_eq!(found.part, Some(0));";
}

/// What leaving out does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Influence {
    /// The log ratio with everything.
    pub whole: Measured,
    /// Least log ratio with one part left out.
    pub least: Measured,
    /// Greatest log ratio with one part left out.
    pub greatest: Measured,
    /// Largest change.
    pub change: Measured,
    /// Index of the part whose absence changes most; the first of several.
    pub part: Option<usize>,
    /// Parts whose absence turns the sign.
    pub flips: u64,
}

/// [`INFLUENCE`] of terms: hits of each in two groups of `c` and `d` words.
pub fn by_term(terms: &[(u64, u64)], c: u64, d: u64) -> Influence {
    let a: u64 = terms.iter().map(|term| term.0).sum();
    let b: u64 = terms.iter().map(|term| term.1).sum();
    of(theta(a, c, b, d), terms.iter().map(|term| theta(a - term.0, c, b - term.1, d)))
}

/// [`INFLUENCE`] of articles: those of the group first, then those of the rest.
pub fn by_article(group: &[Unit], rest: &[Unit]) -> Influence {
    let sums = |units: &[Unit]| {
        let hits: u64 = units.iter().map(|unit| u64::from(unit.hits)).sum();
        (hits, units.iter().map(|unit| u64::from(unit.words)).sum::<u64>())
    };
    let ((a, c), (b, d)) = (sums(group), sums(rest));
    let of_group = group.iter().map(|u| theta(a - u64::from(u.hits), c - u64::from(u.words), b, d));
    let of_rest = rest.iter().map(|u| theta(a, c, b - u64::from(u.hits), d - u64::from(u.words)));
    of(theta(a, c, b, d), of_group.chain(of_rest))
}

fn of(whole: Measured, without: impl Iterator<Item = Measured>) -> Influence {
    let missing = |why| Influence {
        whole,
        least: Measured::Missing(why),
        greatest: Measured::Missing(why),
        change: Measured::Missing(why),
        part: None,
        flips: 0,
    };
    let Some(whole_ratio) = whole.value() else {
        return missing(whole.why().unwrap_or(Why::Undefined));
    };
    let left: Vec<(usize, f64)> = without.enumerate().filter_map(|(i, value)| Some((i, value.value()?))).collect();
    let Some(&first) = left.first() else { return missing(Why::OnePart) };
    let mut strongest = first;
    for &part in &left {
        if (part.1 - whole_ratio).abs() > (strongest.1 - whole_ratio).abs() {
            strongest = part;
        }
    }
    let measured = |x: f64| Measured::of(x, Why::Undefined);
    Influence {
        whole,
        least: measured(left.iter().map(|part| part.1).fold(f64::INFINITY, f64::min)),
        greatest: measured(left.iter().map(|part| part.1).fold(f64::NEG_INFINITY, f64::max)),
        change: measured((strongest.1 - whole_ratio).abs()),
        part: Some(strongest.0),
        flips: left.iter().filter(|part| part.1 * whole_ratio < 0.0).count() as u64,
    }
}
