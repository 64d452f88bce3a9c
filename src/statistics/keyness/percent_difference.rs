//! Difference of rates in percent.
//!
//! In: a table of counts. Out: the score, or why there is none.
//! Invariant: the same whatever the order of the texts.
//! It deliberately is no test over articles.

use super::super::measure::measure;
use super::super::measured::{Measured, Why};
use super::table::Table;

measure! {
    PERCENT_DIFFERENCE, "effect", "percent-difference";
    what: "By how many percent the rate in the focus group exceeds that in the reference group.";
    formula: "100 (a'/c − b'/d) / (b'/d), a zero count taken as ½";
    unit: "percent, above −100; 0 is no difference, 100 is twice as often";
    missing: "\"no words\" where a group is empty, \"no hits\" where the word occurs in neither";
    source: "Gabrielatos and Marchi 2012 (who put 10^-18 for a zero, not ½)";
    beware: "It is not symmetric: 100 % more is 50 % less the other way round. The log ratio is.";
    example: "let percent = keyness::percent_difference::percent_difference(keyness::Table::new(120, 80, 50_000, 60_000));\n\
              assert!((percent.value().unwrap() - 100.0 * (0.0024 - 80.0 / 60_000.0) / (80.0 / 60_000.0)).abs() < 1e-10);";
}

/// [`PERCENT_DIFFERENCE`] of a table.
pub fn percent_difference(table: Table) -> Measured {
    if let Some(why) = table.why_missing() {
        return Measured::Missing(why);
    }
    let (a, b) = table.halved();
    let reference = b / table.d as f64;
    Measured::of(100.0 * (a / table.c as f64 - reference) / reference, Why::Undefined)
}
