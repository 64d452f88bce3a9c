//! How much less an article's words say than so many independent ones.
//!
//! In: the [`Tally`] of a group. Out: one number, or why there is none.
//! Invariant: the order of the articles never enters.
//! It deliberately compares no groups.

use super::measure::measure;
use super::measured::{Measured, Why};
use super::tally::Tally;

measure! {
    DESIGN_EFFECT, "descriptive", "design-effect";
    what: "How many times larger the variance of the rate is than if all hits were independent.";
    formula: "n/(n−1) · Σ(y − r l)² / Σy";
    unit: "times, 0 and above; 1 is independent";
    missing: "\"no articles\", \"one article\", \"no hits\"";
    source: "Kish 1965, Survey Sampling";
    beware: "With few articles, it is itself very uncertain.";
    example: "let unit = |hits, words| Unit { hits, words };\n\
              let tally = Tally::of(&[unit(3, 400), unit(0, 300), unit(3, 500)]);\n\
              let residual = |y: f64, l: f64| (y - 6.0 / 1200.0 * l) * (y - 6.0 / 1200.0 * l);\n\
              let squares = residual(3.0, 400.0) + residual(0.0, 300.0) + residual(3.0, 500.0);\n\
              let effect = design_effect::design_effect(&tally).value().unwrap();\n\
              assert!((effect - 1.5 * squares / 6.0).abs() < 1e-12);";
}

/// [`DESIGN_EFFECT`] of a group.
pub fn design_effect(tally: &Tally) -> Measured {
    if tally.articles() < 2 {
        return Measured::Missing(if tally.articles() == 0 { Why::NoArticles } else { Why::OneArticle });
    }
    if tally.hits() == 0 {
        return Measured::Missing(Why::NoHits);
    }
    Measured::of(tally.all.residual_variance() / tally.hits() as f64, Why::NoHits)
}

/// How many times larger the variance is over clusters than over as many independent articles; missing where articles are the units.
pub fn clustered(articles: &Tally, units: &Tally, has_clusters: bool) -> Measured {
    if !has_clusters || articles.articles() == 0 {
        return Measured::Missing(Why::NoClusters);
    }
    if units.articles() < 2 {
        return Measured::Missing(Why::OneCluster);
    }
    if articles.hits() == 0 {
        return Measured::Missing(Why::NoHits);
    }
    Measured::of(units.all.residual_variance() / articles.all.residual_variance(), Why::NoVariation)
}
