//! `comparisons`: each group against the rest.

use super::LazyTable;
use super::describe::{GroupRow, frame_of, table};
use super::source::{Context, chance, high, low, why};
use crate::statistics::{ComparisonRow, Measured};
use std::cmp::Ordering;

struct ComparisonRecord<'c> {
    context: &'c Context<'c>,
    row: &'c ComparisonRow,
    /// How many groups it is of, where they are too small to be tested alone.
    pooled: Option<usize>,
}

impl GroupRow for ComparisonRecord<'_> {
    fn label(&self, dimension: usize) -> &str {
        match (self.pooled, dimension) {
            (None, _) => self.context.label(self.row.group, dimension),
            (Some(_), 0) => POOLED,
            (Some(_), _) => "",
        }
    }
}

/// The label of groups that are compared together.
pub const POOLED: &str = "(smaller groups)";

impl ComparisonRecord<'_> {
    fn name(&self) -> &str {
        if self.pooled.is_some() { "the smaller groups" } else { &self.context.names[self.row.group] }
    }
}

table! {
    /// A row for each group and frame: the group against the rest.
    COMPARISONS, "comparisons.csv", by_group: true, rows: ComparisonRecord<'_>,
    "One row for each group and frame: the articles of the group compared with all other articles. Of more than 100 frames, rows without a hit and without a p are left out, but for the frames on the charts. The last rows compare all groups that are too small to be tested alone, taken together: `(smaller groups)`.",
    Text "frame" "text" "name of the frame" |r| r.context.frame(r.row.frame);
    Integer "groups" "groups" "1, or how many groups are taken together" |r| r.pooled.unwrap_or(1);
    Integer "articles" "articles" "counted articles of the group" |r| r.row.articles[0];
    Integer "hits" "hits" "their counted hits" |r| r.row.hits[0];
    Integer "words" "words" "their words" |r| r.row.words[0];
    Integer "units" "units" "independent units: articles, or clusters of them (copies are one)" |r| r.row.units[0];
    Integer "rest_articles" "articles" "counted articles of all other groups" |r| r.row.articles[1];
    Integer "rest_hits" "hits" "their counted hits" |r| r.row.hits[1];
    Integer "rest_words" "words" "their words" |r| r.row.words[1];
    Real "log2_ratio" "doublings" "log2 of the rate divided by the rate in all other articles, with 0.5 added to both counts" |r| r.row.smoothed_log_ratio.value;
    Real "log2_ratio_low" "doublings" "lower end of the 95 % interval, articles as units" |r| low(&r.row.smoothed_log_ratio);
    Real "log2_ratio_high" "doublings" "upper end" |r| high(&r.row.smoothed_log_ratio);
    Text "interval_method" "text" "method of the interval" |r| r.row.smoothed_log_ratio.method;
    Real "p" "probability" "probability of a difference at least this large if both sides had the same rate (null draws); with strata: if the labels were permuted among the articles of each stratum" |r| chance(r.row.p);
    Text "p_method" "text" "method of p" |r| r.row.p_method;
    Real "q" "probability" "p corrected by Benjamini–Hochberg over all rows with a p: the share of false findings to expect among the rows with this q or a smaller one" |r| chance(r.row.q);
    Text "direction" "text" "in words, by the rates; \"too few hits to tell\" where the smoothed ratio says the opposite" |r| direction(r.row, r.name());
    Text "missing" "text" "why there is no interval or no p; intervals with a bound more than a factor of 100 from the ratio are left out" |r| missing(r.row);
}

/// Each group against the rest, by frame.
pub(super) fn comparisons<'c>(context: &'c Context<'_>) -> LazyTable<'c> {
    let estimates = context.estimates;
    let piece = move |of: &'c [ComparisonRow]| {
        let mut rows: Vec<_> = of.iter().map(|row| ComparisonRecord { context, row, pooled: None }).collect();
        // behind the last piece
        if of.as_ptr_range().end == estimates.comparisons.as_ptr_range().end {
            let pooled = estimates.smaller.iter().flat_map(|of| of.rows.iter().map(|row| (row, Some(of.groups.len()))));
            rows.extend(pooled.map(|(row, pooled)| ComparisonRecord { context, row, pooled }));
        }
        frame_of(context.dimensions, &rows)
    };
    LazyTable::of_rows(&COMPARISONS, &estimates.comparisons, piece)
}

/// Where there is more, in words; so few hits that the smoothed ratio says the opposite of the rates say nothing.
pub(super) fn direction(row: &ComparisonRow, group: &str) -> String {
    let Some(ratio) = row.smoothed_log_ratio.value.value() else { return String::new() };
    // hits of one side in the words of the other, as whole numbers
    let [own, rest] = [(0, 1), (1, 0)].map(|(side, other)| u128::from(row.hits[side]) * u128::from(row.words[other]));
    match (own.cmp(&rest), ratio.partial_cmp(&0.0)) {
        (Ordering::Equal, _) => "the same".to_string(),
        (Ordering::Greater, Some(Ordering::Less)) | (Ordering::Less, Some(Ordering::Greater)) => {
            "too few hits to tell".to_string()
        }
        (Ordering::Greater, _) => format!("more in {group}"),
        (Ordering::Less, _) => format!("less in {group}"),
    }
}

/// Why a comparison has no interval or no p.
pub fn missing(row: &ComparisonRow) -> String {
    match (why(&row.smoothed_log_ratio), row.p) {
        ("", Measured::Missing(why)) => format!("p: {why}"),
        (interval, Measured::Missing(why)) if interval != why.phrase() => format!("interval: {interval}; p: {why}"),
        (interval, _) => interval.to_string(),
    }
}
