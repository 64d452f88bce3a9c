//! In how many of the articles.
//!
//! In: the [`Tally`] of a group. Out: one number, or why there is none.
//! Invariant: the order of the articles never enters.
//! It deliberately compares no groups.

use super::measure::measure;
use super::measured::{Estimate, Why};
use super::proportion::{share, wilson, wilson_of};
use super::side::Multiplicity;
use super::tally::Tally;

measure! {
    PREVALENCE, "estimate", "prevalence";
    what: "Share of the articles with at least one hit.";
    formula: "k / n; interval (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)";
    unit: "share, 0 to 1";
    missing: "\"no articles\"; no interval for \"one article\"";
    source: "Wilson 1927, Journal of the American Statistical Association 22";
    beware: "Longer articles have a hit more easily.";
    example: "let unit = |hits, words| Unit { hits, words };\n\
              let tally = Tally::of(&[unit(3, 400), unit(0, 300), unit(2, 500)]);\n\
              let prevalence = prevalence::prevalence(&tally, &tally, side::Multiplicity::ONE);\n\
              let (p, n, z) = (2.0 / 3.0, 3.0, 1.959963984540054);\n\
              let spread = z * f64::sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n));\n\
              let low = (p + z * z / (2.0 * n) - spread) / (1.0 + z * z / n);\n\
              assert!((prevalence.interval.unwrap().low().unwrap() - low).abs() < 1e-12);";
}

/// [`PREVALENCE`] in a group; `units` are the sums over its independent units: where these are clusters, n of the interval is
/// their number, and where they are of copies that of the articles without copies.
pub fn prevalence(tally: &Tally, units: &Tally, copies: Multiplicity) -> Estimate {
    let (n, words) = (tally.articles(), tally.words());
    if n == 0 {
        return tally.missing(Why::NoArticles);
    }
    let k = u64::from(tally.with_hits.articles);
    let value = share(k, u64::from(n), Why::NoArticles);
    if units.articles() < 2 {
        return Estimate::without_interval(value, if n < 2 { Why::OneArticle } else { Why::OneCluster }, n, words);
    }
    if units.articles() == n {
        return Estimate::with_interval(value, wilson(k, u64::from(n)), n, words, "Wilson");
    }
    let independent = match copies == Multiplicity::ONE {
        true => f64::from(units.articles()),
        false => (f64::from(n) / copies.value()).min(f64::from(units.articles())),
    };
    Estimate::with_interval(value, wilson_of(k as f64 / f64::from(n), independent), n, words, "Wilson, clusters")
}
