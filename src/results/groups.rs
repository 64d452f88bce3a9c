//! `overall`, `pairwise`, `standardised`: all groups at once, each against each, and at a common mix.

use super::comparisons::{direction, missing};
use super::describe::{GroupRow, frame_of, table};
use super::source::{Context, chance, high, low, why};
use crate::estimates::Standard;
use crate::statistics::ComparisonRow;
use crate::statistics::Why;
use crate::statistics::overall::OverallRow;
use crate::statistics::standardised::StandardisedRow;
use polars::prelude::{DataFrame, PolarsResult};

struct OverallRecord<'c> {
    context: &'c Context<'c>,
    row: &'c OverallRow,
}

impl GroupRow for OverallRecord<'_> {
    fn label(&self, _: usize) -> &str {
        ""
    }
}

table! {
    /// A row for each frame: all groups at once.
    OVERALL, "overall.csv", by_group: false, rows: OverallRecord<'_>,
    "One row for each frame: do the groups differ at all? With two groups this is their comparison.",
    Text "frame" "text" "name of the frame" |r| r.context.frame(r.row.frame);
    Integer "groups" "groups" "groups that are compared: those that are tested alone, and the smaller ones together as one" |r| r.row.groups;
    Integer "articles" "articles" "their counted articles with words" |r| r.row.articles;
    Real "deviance" "deviance" "2 Σ y ln(y / μ) over groups: hits against those expected at one common rate" |r| r.row.deviance;
    Real "p" "probability" "probability of a difference at least this large if all groups had the same rate (null draws); with strata: if the labels were permuted among the articles of each stratum" |r| chance(r.row.p);
    Real "q" "probability" "Benjamini–Hochberg; family: every row with a p" |r| chance(r.row.q);
    Integer "family" "tests" "rows with a p" |r| r.row.family;
    Text "method" "text" "method of p" |r| r.row.method;
    Text "missing" "text" "why there is no p" |r| r.row.p.why().map(Why::phrase);
}

/// All groups at once, by frame.
pub(super) fn overall(context: &Context<'_>) -> PolarsResult<DataFrame> {
    let of = |row| OverallRecord { context, row };
    frame_of(context.dimensions, &context.estimates.overall.iter().map(of).collect::<Vec<_>>())
}

struct PairRecord<'c> {
    context: &'c Context<'c>,
    one: usize,
    other: usize,
    row: &'c ComparisonRow,
}

impl GroupRow for PairRecord<'_> {
    fn label(&self, dimension: usize) -> &str {
        self.context.label(self.one, dimension)
    }
}

table! {
    /// A row for each pair of groups and frame.
    PAIRWISE, "pairwise.csv", by_group: true, rows: PairRecord<'_>,
    "One row for each pair of groups and frame: the group's articles against the other group's. Left out, with the reason at the end of this file, where there are many groups.",
    Text "other_group" "text" "the group that it is compared with" |r| &r.context.names[r.other];
    Text "frame" "text" "name of the frame" |r| r.context.frame(r.row.frame);
    Real "log2_ratio" "doublings" "log2 of the group's rate over the other's, 0.5 added to both counts" |r| r.row.smoothed_log_ratio.value;
    Real "log2_ratio_low" "doublings" "lower end of the 95 % interval, articles as units" |r| low(&r.row.smoothed_log_ratio);
    Real "log2_ratio_high" "doublings" "upper end" |r| high(&r.row.smoothed_log_ratio);
    Text "interval_method" "text" "method of the interval" |r| r.row.smoothed_log_ratio.method;
    Real "p" "probability" "probability of a difference at least this large if both had the same rate, each with its own articles" |r| chance(r.row.p);
    Text "p_method" "text" "method of p" |r| r.row.p_method;
    Real "q" "probability" "Benjamini–Hochberg over the family" |r| chance(r.row.q);
    Real "p_holm" "probability" "p corrected by Holm: controls the probability of even a single false finding in the family" |r| chance(r.row.p_holm);
    Integer "family" "tests" "all pairs and frames that have a p" |r| r.row.family;
    Text "direction" "text" "in words" |r| direction(r.row, &r.context.names[r.one]);
    Text "missing" "text" "why there is no interval or no p" |r| missing(r.row);
}

/// Every pair of groups, by frame.
pub(super) fn pairwise(context: &Context<'_>) -> PolarsResult<DataFrame> {
    let rows = context.estimates.pairs.rows.iter();
    let rows: Vec<_> = rows.map(|(one, other, row)| PairRecord { context, one: *one, other: *other, row }).collect();
    frame_of(context.dimensions, &rows)
}

struct StandardRecord<'c> {
    context: &'c Context<'c>,
    standard: &'c Standard,
    row: &'c StandardisedRow,
}

impl StandardRecord<'_> {
    fn absent(&self) -> String {
        let names: Vec<&str> = self.row.absent.iter().map(|&stratum| self.standard.names[stratum].as_str()).collect();
        names.join(", ")
    }
}

impl GroupRow for StandardRecord<'_> {
    fn label(&self, dimension: usize) -> &str {
        self.context.label(self.row.group, dimension)
    }
}

table! {
    /// A row for each group and frame: rates at a common mix.
    STANDARDISED, "standardised.csv", by_group: true, rows: StandardRecord<'_>,
    "One row for each group and frame: the rate that the group would have if its words were distributed over the strata like those of all groups together. Only where the study sets `standardise`.",
    Text "frame" "text" "name of the frame" |r| r.context.frame(r.row.frame);
    Text "stratum" "text" "what the mix is of: `day`, `week`, `month`, `year` or a column" |r| &r.standard.kind;
    Integer "strata" "strata" "strata of the mix" |r| r.standard.names.len();
    Real "rate" "hits per 1,000 words" "as it is, of the articles that have a stratum" |r| r.row.crude;
    Real "standardised" "hits per 1,000 words" "Σ share of all groups' words in the stratum × the group's rate there" |r| r.row.standardised.value;
    Real "standardised_low" "hits per 1,000 words" "lower end of the 95 % interval, articles within strata as units" |r| low(&r.row.standardised);
    Real "standardised_high" "hits per 1,000 words" "upper end" |r| high(&r.row.standardised);
    Text "method" "text" "method of the interval" |r| r.row.standardised.method;
    Text "absent" "text" "strata in which the group has no article" |r| r.absent();
    Text "missing" "text" "why there is no rate or no interval" |r| why(&r.row.standardised);
}

/// Rates at a common mix.
pub(super) fn standardised(context: &Context<'_>, standard: &Standard) -> PolarsResult<DataFrame> {
    let of = |row| StandardRecord { context, standard, row };
    frame_of(context.dimensions, &standard.rows.iter().map(of).collect::<Vec<_>>())
}
