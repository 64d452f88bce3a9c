//! How evenly a frame or word lies over the articles.
//!
//! In: hits and words per article. Out: one number each, one file each.
//! Invariant: articles without a word are left out; the order of the articles never enters.
//! It deliberately takes articles as the parts: equal slices of a corpus have no meaning.

pub mod deviation;
pub mod juilland;
pub mod kullback_leibler;
pub mod pairwise_differences;
pub mod range;
pub mod sparse;

use super::measured::Why;
use super::tally::Unit;

/// The articles with a word, and the reason why no dispersion can be given.
fn parts(units: &[Unit]) -> Result<Vec<Unit>, Why> {
    let parts: Vec<Unit> = units.iter().copied().filter(|unit| unit.words > 0).collect();
    match parts.len() {
        0 => Err(Why::NoArticles),
        1 => Err(Why::OneArticle),
        _ if parts.iter().all(|unit| unit.hits == 0) => Err(Why::NoHits),
        _ => Ok(parts),
    }
}

/// The article rates in ascending order, so that sums of them do not depend on the order of the articles.
fn sorted_rates(parts: &[Unit]) -> Vec<f64> {
    let mut rates: Vec<f64> = parts.iter().map(|unit| f64::from(unit.hits) / f64::from(unit.words)).collect();
    rates.sort_unstable_by(f64::total_cmp);
    rates
}
