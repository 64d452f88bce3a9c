//! G² weighed against the size of the corpora.
//!
//! In: a table of counts. Out: the score, or why there is none.
//! Invariant: the same whatever the order of the texts.
//! It deliberately is no test over articles.

use super::super::measure::measure;
use super::super::measured::Measured;
use super::g_squared::g_squared;
use super::table::Table;

measure! {
    BIC, "descriptive", "bic";
    what: "G² minus ln N, a correction for the size of the corpus: a rough Bayes factor against one common rate.";
    formula: "G² − ln N, G² over four cells, N = c + d";
    unit: "natural log scale, any sign; above 2 is called positive, above 10 very strong evidence";
    missing: "as G²";
    source: "Wilson 2013, Embracing Bayes factors for key item analysis";
    beware: "It still treats words as independent.";
    example: "let table = keyness::Table::new(120, 80, 50_000, 60_000);\n\
              let bic = keyness::bic::bic(table).value().unwrap();\n\
              let g2 = keyness::g_squared::g_squared(table).value().unwrap();\n\
              assert!((bic - (g2 - 110_000f64.ln())).abs() < 1e-12);";
}

/// [`BIC`] of a table.
pub fn bic(table: Table) -> Measured {
    g_squared(table).map(|g2| g2 - libm::log((table.c + table.d) as f64))
}
