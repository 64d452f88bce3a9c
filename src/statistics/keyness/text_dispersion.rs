//! Keyness of articles, not of words.
//!
//! In: a table of counts. Out: the score, or why there is none.
//! Invariant: the same whatever the order of the texts.
//! It deliberately is no test over articles.

use super::super::measure::measure;
use super::super::measured::Measured;
use super::g_squared::g_squared;
use super::table::Table;

measure! {
    TEXT_DISPERSION, "descriptive", "text-dispersion";
    what: "G² of the number of articles that contain the word, so that one article full of it counts once.";
    formula: "G² over four cells with a, b = articles that contain the word and c, d = articles";
    unit: "no unit, 0 and above; the direction is a separate column";
    missing: "\"no words\" where a group has no article; 0 where no article contains the word";
    source: "Egbert and Biber 2019, Corpora 14(1)";
    beware: "Long articles contain more different words: compare groups of like length.";
    example: "let keyness = keyness::text_dispersion::text_dispersion(40, 20, 100, 120).value().unwrap();\n\
              let same = keyness::g_squared::g_squared(keyness::Table::new(40, 20, 100, 120)).value().unwrap();\n\
              assert_eq!(keyness, same);";
}

/// [`TEXT_DISPERSION`]: `a` of `c` articles of the focus group contain the word, `b` of `d` of the reference group.
pub fn text_dispersion(a: u64, b: u64, c: u64, d: u64) -> Measured {
    g_squared(Table::new(a, b, c, d))
}
