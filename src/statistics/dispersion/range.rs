//! In how many articles.
//!
//! In: hits and words per article. Out: one number, or why there is none.
//! Invariant: the order of the articles never enters.
//! It deliberately knows no outlets.

use super::super::measure::measure;
use super::super::tally::Unit;

measure! {
    RANGE, "descriptive", "range";
    what: "Number of parts (articles, or outlets in `framescope words`) with at least one hit.";
    formula: "#{i: y_i > 0}";
    unit: "articles (or outlets), 0 to n";
    missing: "never";
    source: "Gries 2008, International Journal of Corpus Linguistics 13(4)";
    beware: "It grows with the number and length of the articles; the prevalence divides by their number.";
    example: "let units = [Unit { hits: 3, words: 10 }, Unit { hits: 0, words: 10 }, Unit { hits: 1, words: 10 }];\n\
              assert_eq!(dispersion::range::range(&units), 2);";
}

/// [`RANGE`] of a frame over articles.
pub fn range(units: &[Unit]) -> u32 {
    units.iter().filter(|unit| unit.hits > 0).count() as u32
}
