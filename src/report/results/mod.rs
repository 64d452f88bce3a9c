//! The tables of estimates, a file a family.
//!
//! In: estimates. Out: CSV, each as bytes.
//! Invariant: what is missing is an empty cell, and its reason stands in the column for reasons.
//! It deliberately computes nothing: a row is a row of the estimates, cell by cell in the order of `columns`.

mod checks;
mod comparisons;
mod frames;
mod groups;
mod overlaps;
mod terms;
mod timeline;
mod tone;

pub(in crate::report) use checks::{left_out, length, sensitivity, specifications};
pub(in crate::report) use comparisons::{comparisons, missing};
pub(in crate::report) use frames::{frames, voices};
pub(in crate::report) use groups::{overall, pairwise, standardised};
pub(in crate::report) use overlaps::overlaps;
pub(in crate::report) use terms::terms;
pub(in crate::report) use timeline::timeline;
pub(in crate::report) use tone::{contributions, headline, sentiment, sentiment_targets, shifts};

use super::sheet::Sheet;
use crate::aggregate::Cell;
use crate::statistics::{Estimate, Measured, Note};

/// A table's bytes.
type Bytes = std::io::Result<Vec<u8>>;

pub(in crate::report) fn real(value: Option<f64>) -> Cell<'static> {
    value.map_or(Cell::Missing, Cell::Real)
}

pub(in crate::report) fn measured(value: Measured) -> Cell<'static> {
    real(value.value())
}

/// A p or a q. No chance is nothing: what is less than can be told is written as the least that can.
pub(in crate::report) fn chance(value: Measured) -> Cell<'static> {
    /// Below this a p says more of the machine than of the articles.
    const LEAST: f64 = 1e-12;
    real(value.value().map(|p| p.max(LEAST)))
}

pub(in crate::report) fn integer(number: impl TryInto<i64>) -> Cell<'static> {
    number.try_into().map_or(Cell::Missing, Cell::Integer)
}

pub(in crate::report) fn low(estimate: &Estimate) -> Cell<'static> {
    real(estimate.interval.and_then(|interval| interval.low()))
}

pub(in crate::report) fn high(estimate: &Estimate) -> Cell<'static> {
    real(estimate.interval.and_then(|interval| interval.high()))
}

/// Why an estimate has no value or no interval.
pub(in crate::report) fn why(estimate: &Estimate) -> &'static str {
    match (estimate.value, estimate.note) {
        (Measured::Missing(why), _) | (_, Some(Note::NoInterval(why))) => why.phrase(),
        _ => "",
    }
}

pub(in crate::report) fn labels(group: &[String]) -> Vec<Cell<'_>> {
    group.iter().map(|label| Cell::Text(label)).collect()
}

pub(in crate::report) fn bytes(sheet: Sheet<Vec<u8>>) -> Bytes {
    Ok(sheet.into_inner())
}
