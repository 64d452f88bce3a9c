//! G² over the two cells of the word.
//!
//! In: a table of counts. Out: the score, or why there is none.
//! Invariant: the same whatever the order of the texts.
//! It deliberately is no test over articles.

use super::super::measure::measure;
use super::super::measured::Measured;
use super::g_squared::deviance;
use super::table::Table;

measure! {
    RAYSON, "descriptive", "g2-2cell";
    what: "G² of the word alone, without the cells of all other words: the form of Wmatrix and of AntConc's two-term setting.";
    formula: "2 (a ln(a/E1) + b ln(b/E2)); E1 = c (a+b)/N, E2 = d (a+b)/N; 0 ln 0 = 0";
    unit: "no unit, 0 and above; slightly below the form of four cells";
    missing: "\"no words\" where a group is empty; 0 where the word occurs in neither";
    source: "Rayson and Garside 2000, Workshop on Comparing Corpora";
    beware: "It treats words as independent. Papers rarely say which of the two forms they used.";
    example: "let g2 = keyness::rayson::rayson(keyness::Table::new(120, 80, 50_000, 60_000)).value().unwrap();\n\
              let (e1, e2) = (50_000.0 * 200.0 / 110_000.0, 60_000.0 * 200.0 / 110_000.0);\n\
              let sum = 120.0 * f64::ln(120.0 / e1) + 80.0 * f64::ln(80.0 / e2);\n\
              assert!((g2 - 2.0 * sum).abs() < 1e-10);\n\
              assert!((g2 - 17.006828).abs() < 1e-6);";
}

/// [`RAYSON`] of a table.
pub fn rayson(table: Table) -> Measured {
    deviance(table, 2)
}
