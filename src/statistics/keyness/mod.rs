//! Which words one group uses more than another.
//!
//! In: counts of a word in two groups of texts, and their sizes. Out: scores and effect sizes, one file each.
//! Invariant: a score that takes words as independent is labelled descriptive; its p is no test of outlets.
//! It deliberately ranks nothing. `words` puts a test over articles beside the scores.

pub mod bic;
pub mod chi_squared;
pub mod ell;
pub mod fighting_words;
pub mod g_squared;
pub mod odds_ratio;
pub mod percent_difference;
pub mod rayson;
pub mod simple_maths;
pub mod table;
pub mod text_dispersion;
pub mod vocabulary;
pub mod words;

pub use table::{Direction, Table};
