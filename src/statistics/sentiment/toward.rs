//! How mentions of a target are spoken of, over articles.
//!
//! In: per article, its mentions and the sum of their scores. Out: the mean score of a group, with an interval.
//! Invariant: no mentions give no score.
//! It deliberately scores no mention: `sentiment::toward` does.

use super::super::measure::measure;
use super::super::measured::{Estimate, Measured, Why};
use super::super::units::gather;
use super::{Clustering, Group, Options, THOUSANDTHS, Valence};

measure! {
    TOWARD, "estimate", "toward";
    what: "Mean score of the mentions of a target: how positively the sentences around its name speak.";
    formula: "Σ score / mentions; score of a mention = Σ over the hits of its sentence of weight × 1.6 if it follows the target × 1/(1 + words between/5) × 0.7 for each clause boundary between × 0.35 if the target is speaking × 0.75 in somebody else's words × 0.5 for words of what happened (class `event`); with `toward = \"model\"` the score is what a linear model has for positive less what it has for negative; interval: linearised ratio over articles, widened to the bootstrap below 200";
    unit: "weight, any sign; by the rule a mention is negative below −0.4, positive above 0.13, by the model it is what has most";
    missing: "\"no mentions\"";
    source: "written for framescope; NewsMTSC (Hamborg and Donnay 2021, EACL) for the figures";
    beware: "Macro-F1 of negative, neutral, positive on hand-coded US news (docs/lab/toward.md): rule .64, model .65, best published models .83. More than three in ten labels are wrong: compare groups, do not read single mentions. It recognises neither irony nor grammar.";
    example: "assert_eq!(sentiment::toward(-1500, 3).value(), Some(-0.5));";
}

/// [`TOWARD`] from the sum in thousandths.
pub fn toward(sum: i64, mentions: u64) -> Measured {
    Measured::of(sum as f64 / THOUSANDTHS / mentions as f64, Why::NoMentions)
}

/// [`TOWARD`] of a group from (mentions, sum of scores) of its articles.
pub fn toward_of_group(articles: &[(u32, i64)], clusters: Clustering<'_>, options: &Options) -> Estimate {
    let rows: Vec<Valence> =
        articles.iter().map(|&(hits, sum)| Valence { sum, hits, words: 1, ..Valence::default() }).collect();
    let units = gather(&rows, clusters.of, Valence::add);
    let group = Group { articles: rows.len() as u32, units: &units, copies: 1.0, words: 0, options, cache: None };
    group.ratio(|a| a.sum, |a| u64::from(a.hits), THOUSANDTHS, Why::NoMentions)
}
