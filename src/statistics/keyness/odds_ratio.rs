//! Odds ratio.
//!
//! In: a table of counts. Out: the score, or why there is none.
//! Invariant: the same whatever the order of the texts.
//! It deliberately is no test over articles.

use super::super::measure::measure;
use super::super::measured::{Measured, Why};
use super::table::Table;

measure! {
    ODDS_RATIO, "effect", "odds-ratio";
    what: "How many times higher the odds of the word are in the focus group.";
    formula: "(a' / (c − a')) / (b' / (d − b')), a zero count taken as ½";
    unit: "times, above 0; 1 is no difference";
    missing: "\"no words\" where a group is empty, \"no hits\" where the word occurs in neither, \"not defined\" where a group has no other word";
    source: "Pojanapunya and Watson Todd 2018, Corpus Linguistics and Linguistic Theory 14(1)";
    beware: "For rare words it equals the ratio of the rates; for common ones it is larger.";
    example: "let ratio = keyness::odds_ratio::odds_ratio(keyness::Table::new(120, 80, 50_000, 60_000)).value().unwrap();\n\
              assert!((ratio - (120.0 / 49_880.0) / (80.0 / 59_920.0)).abs() < 1e-12);";
}

/// [`ODDS_RATIO`] of a table.
pub fn odds_ratio(table: Table) -> Measured {
    if let Some(why) = table.why_missing() {
        return Measured::Missing(why);
    }
    let (a, b) = table.halved();
    let (c, d) = (table.c as f64, table.d as f64);
    Measured::of(a * (d - b) / (b * (c - a)), Why::Undefined)
}
