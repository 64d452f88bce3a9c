//! `targets` and `labels`: what stands near whom, and who is called what.

use super::describe::{GroupRow, frame_of, table};
use super::source::{Context, chance, high, low, why};
use crate::estimates::{LabelRow, TargetRow};
use crate::lookup::Label;
use crate::statistics::Measured;
use polars::prelude::{DataFrame, PolarsResult};

struct TargetRecord<'c> {
    context: &'c Context<'c>,
    row: &'c TargetRow,
}

impl GroupRow for TargetRecord<'_> {
    fn label(&self, dimension: usize) -> &str {
        self.context.label(self.row.row.group, dimension)
    }
}

table! {
    /// A row for each group, target and frame.
    TARGETS, "targets.csv", by_group: true, rows: TargetRecord<'_>,
    "One row for each group, target and frame: how often the target is the one nearest to hits of the frame.",
    Text "target" "text" "name of the target" |r| &r.context.counts.subjects.targets[r.row.target.index()];
    Text "frame" "text" "name of the frame" |r| r.context.frame(r.row.row.frame);
    Integer "articles" "articles" "counted articles of the group that mention the target" |r| r.row.row.articles;
    Integer "mentions" "mentions" "counted mentions of the target, under all its names: the denominator" |r| r.row.row.words;
    Integer "sentences" "sentences" "sentences with such a mention" |r| r.row.sentences;
    Integer "hits" "hits" "counted hits of the frame whose nearest target this is: the numerator" |r| r.row.row.hits;
    Integer "own_hits" "hits" "of these, in the article's own voice" |r| r.row.own_hits;
    Integer "articles_with_hit" "articles" "articles with at least one such hit" |r| r.row.row.articles_with_hits;
    Real "rate" "hits per 100 mentions" "hits / mentions × 100 (all articles pooled); may exceed 100" |r| r.row.row.rate.value;
    Real "rate_low" "hits per 100 mentions" "lower end of the 95 % interval, articles as units" |r| low(&r.row.row.rate);
    Real "rate_high" "hits per 100 mentions" "upper end; if there are no hits, the only one" |r| high(&r.row.row.rate);
    Text "rate_method" "text" "method of the interval" |r| r.row.row.rate.method;
    Text "missing" "text" "why there is no rate or no interval" |r| why(&r.row.row.rate);
    Integer "spoken_of_hits" "hits" "counted hits of the frame that speak of the target: it is named in the hit's own words, or in its clause (at most six words between them, with no punctuation and no word that joins clauses). Hits that are merely near the target are not included" |r| r.row.spoken_of[0];
    Integer "spoken_of_own_hits" "hits" "of these, in the article's own voice" |r| r.row.spoken_of[1];
}

/// Group × target × frame.
pub(super) fn targets(context: &Context<'_>) -> PolarsResult<DataFrame> {
    let of = |row| TargetRecord { context, row };
    frame_of(context.dimensions, &context.estimates.targets.iter().map(of).collect::<Vec<_>>())
}

struct LabelRecord<'c> {
    context: &'c Context<'c>,
    named: &'c Label,
    row: &'c LabelRow,
}

impl GroupRow for LabelRecord<'_> {
    fn label(&self, dimension: usize) -> &str {
        self.context.label(self.row.row.group, dimension)
    }
}

table! {
    /// A row for each group and label of a referent.
    LABELS, "labels.csv", by_group: true, rows: LabelRecord<'_>,
    "One row for each group and label: its share among the rival labels of one referent. Shares of a referent sum to 1 in each group.",
    Text "referent" "text" "who is meant" |r| &r.named.referent;
    Text "label" "text" "the name that is given" |r| &r.named.choice;
    Integer "articles" "articles" "counted articles of the group with any label of the referent" |r| r.row.row.articles;
    Integer "articles_with_label" "articles" "of these, with this label" |r| r.row.row.articles_with_label;
    Integer "hits" "hits" "counted hits of the label" |r| r.row.row.hits;
    Integer "all_hits" "hits" "counted hits of all labels of the referent: the denominator" |r| r.row.row.all;
    Real "share" "share" "hits / all_hits" |r| r.row.row.share.value;
    Real "share_low" "share" "lower end of the 95 % interval, articles as units" |r| low(&r.row.row.share);
    Real "share_high" "share" "upper end; if the label was never used, the only one" |r| high(&r.row.row.share);
    Text "share_method" "text" "method of the interval" |r| r.row.row.share.method;
    Real "rest_share" "share" "the label's share in all other groups together" |r| r.row.row.rest_share;
    Real "p" "probability" "probability of a share at least this far from that of all others, if both had the same share (null draws)" |r| chance(r.row.row.p);
    Text "p_method" "text" "method of p" |r| r.row.row.p_method;
    Real "q" "probability" "Benjamini–Hochberg over every row of this table that has a p" |r| chance(r.row.q);
    Integer "own_hits" "hits" "hits in the article's own voice" |r| r.row.own_hits;
    Real "own_share" "share" "own_hits / own-voice hits of all labels of the referent" |r| own_share(r.row);
    Text "missing" "text" "why there is no share, no interval or no p" |r| missing(r.row);
}

/// Group × label.
pub(super) fn labels(context: &Context<'_>) -> PolarsResult<DataFrame> {
    let labels = &context.counts.subjects.labels;
    let rows = context.estimates.labels.iter();
    let rows: Vec<_> = rows.map(|row| LabelRecord { context, named: &labels[row.label.index()], row }).collect();
    frame_of(context.dimensions, &rows)
}

/// The share of a label among the hits of its referent's labels in the articles' own voice.
pub fn own_share(label: &LabelRow) -> Option<f64> {
    (label.own_all > 0).then(|| label.own_hits as f64 / label.own_all as f64)
}

/// Why there is no share, or no interval or no p.
fn missing(label: &LabelRow) -> String {
    let (share, p) = (&label.row.share, label.row.p);
    match (why(share), p) {
        (none, _) if share.value.value().is_none() => none.to_string(),
        ("", Measured::Missing(why)) => format!("p: {why}"),
        (share, Measured::Missing(why)) if share != why.phrase() => format!("interval: {share}; p: {why}"),
        (share, _) => share.to_string(),
    }
}
