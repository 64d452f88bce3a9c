//! Kilgarriff's simple maths.
//!
//! In: a table of counts. Out: the score, or why there is none.
//! Invariant: the same whatever the order of the texts.
//! It deliberately is no test over articles.

use super::super::measure::measure;
use super::super::measured::{Measured, Why};
use super::table::Table;

measure! {
    SIMPLE_MATHS, "effect", "simple-maths";
    what: "Ratio of the rates per million words, each raised by the same amount: small amounts favour rare words, large ones common words.";
    formula: "(10^6 a/c + k) / (10^6 b/d + k), k chosen by the user (Sketch Engine's default is 1)";
    unit: "times, above 0; 1 is no difference";
    missing: "\"no words\" where a group is empty, \"not defined\" where k is not above 0";
    source: "Kilgarriff 2009, Simple maths for keywords, Corpus Linguistics";
    beware: "The ranking depends on k; report it.";
    example: "let score = keyness::simple_maths::simple_maths(keyness::Table::new(120, 80, 50_000, 60_000), 100.0).value().unwrap();\n\
              assert!((score - (2_400.0 + 100.0) / (80e6 / 60_000.0 + 100.0)).abs() < 1e-12);";
}

/// [`SIMPLE_MATHS`] of a table; `k` is added to both rates per million.
pub fn simple_maths(table: Table, k: f64) -> Measured {
    if table.c == 0 || table.d == 0 {
        return Measured::Missing(Why::NoWords);
    }
    // Also refuses NaN.
    if k.is_nan() || k <= 0.0 {
        return Measured::Missing(Why::Undefined);
    }
    let per_million = |count: u64, size: u64| 1e6 * count as f64 / size as f64;
    Measured::of((per_million(table.a, table.c) + k) / (per_million(table.b, table.d) + k), Why::Undefined)
}
