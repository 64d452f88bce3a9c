//! An effect size made from G².
//!
//! In: a table of counts. Out: the score, or why there is none.
//! Invariant: the same whatever the order of the texts.
//! It deliberately is no test over articles.

use super::super::measure::measure;
use super::super::measured::{Measured, Why};
use super::g_squared::g_squared;
use super::table::Table;

measure! {
    ELL, "descriptive", "ell";
    what: "G² as a share of the most it could be in a corpus of this size.";
    formula: "G² / (N ln(min E)), G² over four cells, min E the smaller expected count of the word";
    unit: "0 to 1, in practice very small";
    missing: "\"not defined\" where the smaller expected count is 1 or less; otherwise as G²";
    source: "Johnston, Berry and Mielke 2006, Perceptual and Motor Skills 103(2)";
    beware: "It is hard to interpret: report the log ratio beside it.";
    example: "let table = keyness::Table::new(120, 80, 50_000, 60_000);\n\
              let ell = keyness::ell::ell(table).value().unwrap();\n\
              let g2 = keyness::g_squared::g_squared(table).value().unwrap();\n\
              assert!((ell - g2 / (110_000.0 * (200.0 * 50_000.0 / 110_000.0f64).ln())).abs() < 1e-15);";
}

/// [`ELL`] of a table.
pub fn ell(table: Table) -> Measured {
    let [(_, e1), (_, e2), ..] = table.cells();
    let least = e1.min(e2);
    match g_squared(table) {
        Measured::Value(_) if least <= 1.0 => Measured::Missing(Why::Undefined),
        g2 => g2.map(|g2| g2 / ((table.c + table.d) as f64 * libm::log(least))),
    }
}
