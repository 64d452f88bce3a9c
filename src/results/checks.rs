//! `sensitivity`, `specifications`, `length`: what a finding rests on.

use super::describe::{GroupRow, frame_of, table};
use super::source::{Context, chance, high, low, why};
use crate::aggregate::Counts;
use crate::estimates::{Choices, LengthRow, Robustness, SpecificationRow, Specifications, VoiceChoice};
use crate::lookup::Plan;
use crate::statistics::Why;
use crate::statistics::sensitivity::{Check, SensitivityRow};
use polars::prelude::{DataFrame, PolarsResult};

struct CheckRecord<'c> {
    context: &'c Context<'c>,
    /// The check, and the name of what was left out.
    left_out: (&'static str, Option<&'c str>),
    row: &'c SensitivityRow,
}

impl CheckRecord<'_> {
    /// How much of the log ratio goes with the part.
    fn share_of_change(&self) -> Option<f64> {
        let (before, after) = (self.row.before.value()?, self.row.after.value()?);
        (before != 0.0).then(|| (before - after) / before)
    }

    fn finding(&self) -> &'static str {
        match self.row.lost {
            Some(true) => "lost",
            Some(false) => "holds",
            None => "none",
        }
    }
}

impl GroupRow for CheckRecord<'_> {
    fn label(&self, dimension: usize) -> &str {
        self.context.label(self.row.group, dimension)
    }
}

table! {
    /// Two rows for each group and frame: what its comparison with the rest rests on.
    SENSITIVITY, "sensitivity.csv", by_group: true, rows: CheckRecord<'_>,
    "Two rows for each comparison with all others: the largest effect of leaving out one entry, and of leaving out one article.",
    Text "frame" "text" "name of the frame" |r| r.context.frame(r.row.frame);
    Text "check" "text" "`entry` or `article`: what is left out, of the group or of the rest" |r| r.left_out.0;
    Text "left_out" "text" "the entry or the article whose absence changes the log ratio most" |r| r.left_out.1;
    Integer "parts" "number" "entries, or articles, with a hit in the group" |r| r.row.parts;
    Real "top_share" "share" "largest share of the group's hits that one of them has" |r| r.row.top_share;
    Real "concentration" "share" "sum of squared shares (HHI); 1 divided by it is the number of equal parts with the same concentration" |r| r.row.concentration;
    Real "log2_ratio" "doublings" "with everything, as in comparisons.csv" |r| r.row.before;
    Real "log2_ratio_without" "doublings" "without that part" |r| r.row.after;
    Real "share_of_change" "share" "change / log ratio: at 1 the difference is gone, above 1 it has changed sign" |r| r.share_of_change();
    Integer "sign_flips" "number" "number of entries (or articles) whose absence, each on its own, changes the sign" |r| r.row.flips;
    Real "p_without" "probability" "p without that part; of findings only (q below .05)" |r| r.row.p_after;
    Real "q_without" "probability" "q without that part, all other p staying as they are" |r| r.row.q_after;
    Text "finding" "text" "`holds`, `lost` (q of .05 or more without the part), or `none` (no finding to lose)" |r| r.finding();
    Text "missing" "text" "why there is no value" |r| r.row.after.why().map(Why::phrase);
}

/// What one entry, and one article, does to each comparison.
pub(super) fn sensitivity(context: &Context<'_>, checked: &Robustness) -> PolarsResult<DataFrame> {
    let of = |row| CheckRecord { context, left_out: left_out(context.counts, checked, context.plan, row), row };
    frame_of(context.dimensions, &checked.rows.iter().map(of).collect::<Vec<_>>())
}

/// The check, and the name of what was left out.
pub fn left_out<'a>(
    counts: &'a Counts,
    checked: &Robustness,
    plan: &Plan<'a>,
    row: &SensitivityRow,
) -> (&'static str, Option<&'a str>) {
    match row.check {
        Check::Entry => {
            let entry = row.part.and_then(|part| checked.entries.get(part as usize));
            ("entry", entry.map(|&id| plan.entry(id).1.text.as_str()))
        }
        Check::Article => {
            let article = row.part.and_then(|part| counts.articles.get(part as usize));
            ("article", article.map(String::as_str))
        }
    }
}

struct SpecificationRecord<'c> {
    context: &'c Context<'c>,
    of: &'c Specifications,
    row: &'c SpecificationRow,
}

impl SpecificationRecord<'_> {
    fn missing(&self) -> String {
        match (why(&self.row.ratio), self.row.p.why()) {
            ("", Some(why)) => format!("p: {}", why.phrase()),
            (interval, _) => interval.to_string(),
        }
    }
}

impl GroupRow for SpecificationRecord<'_> {
    fn label(&self, dimension: usize) -> &str {
        self.context.label(self.of.group, dimension)
    }
}

table! {
    /// A row for each frame and specification of the primary comparison.
    SPECIFICATIONS, "specifications.csv", by_group: true, rows: SpecificationRecord<'_>,
    "One row for each frame and combination of choices: the primary comparison counted again. Read the curve as a whole: nothing is corrected for the number of combinations. Choices that change no count are left out.",
    Text "other_group" "text" "the group that it is compared with, or `all others`" |r| r.of.other.map_or("all others", |other| r.context.names[other].as_str());
    Text "frame" "text" "name of the frame" |r| r.context.frame(r.row.frame);
    Text "matching" "text" "`as the lexicon says`, or `exact forms`: hits whose folded words are those of the entry" |r| if r.row.choices.exact { "exact forms" } else { "as the lexicon says" };
    Text "voices" "text" "`as counted`, `all`, or `own`: the article's own voice only" |r| voices(r.row.choices);
    Text "furniture" "text" "boilerplate `out` or `in`: hits and words; voices are not assigned there" |r| is_in(r.row.choices.furniture);
    Text "repeats" "text" "repeated passages `out` or `in`: hits and words" |r| is_in(r.row.choices.repeats);
    Text "weight" "text" "`words`: articles pooled; `articles`: the mean of article rates, each article counting alike" |r| if r.row.choices.is_macro { "articles" } else { "words" };
    Flag "study" "true or false" "the choices of the study itself" |r| r.row.is_study;
    Integer "hits" "hits" "of the group" |r| r.row.hits[0];
    Integer "words" "words" "of the group" |r| r.row.words[0];
    Integer "other_hits" "hits" "of the other" |r| r.row.hits[1];
    Integer "other_words" "words" "of the other" |r| r.row.words[1];
    Real "log2_ratio" "doublings" "log2 of the group's rate over the other's; pooled rates with 0.5 hits added, mean rates as they are" |r| r.row.ratio.value;
    Real "log2_ratio_low" "doublings" "lower end of the 95 % interval, articles as units" |r| low(&r.row.ratio);
    Real "log2_ratio_high" "doublings" "upper end" |r| high(&r.row.ratio);
    Real "p" "probability" "p of each comparison by itself; for mean rates from at most 1,999 permutations, without strata" |r| chance(r.row.p);
    Text "missing" "text" "why there is no interval or no p" |r| r.missing();
}

/// The primary comparison under every combination of choices.
pub(super) fn specifications(context: &Context<'_>, of: &Specifications) -> PolarsResult<DataFrame> {
    let row = |row| SpecificationRecord { context, of, row };
    frame_of(context.dimensions, &of.rows.iter().map(row).collect::<Vec<_>>())
}

fn voices(choices: Choices) -> &'static str {
    match choices.voice {
        VoiceChoice::Study => "as counted",
        VoiceChoice::All => "all",
        VoiceChoice::Own => "own",
    }
}

fn is_in(counts: bool) -> &'static str {
    if counts { "in" } else { "out" }
}

struct LengthOf<'c>(&'c LengthRow);

impl GroupRow for LengthOf<'_> {
    fn label(&self, _: usize) -> &str {
        ""
    }
}

table! {
    /// A row for each score: does it go with length?
    LENGTH, "length.csv", by_group: false, rows: LengthOf<'_>,
    "One row for each frame and sentiment lexicon: does an article's score go with its length?",
    Text "kind" "text" "`frame`: hits per word; `sentiment`: mean weight of a hit" |r| r.0.kind;
    Text "name" "text" "name of the frame or of the lexicon" |r| &r.0.name;
    Integer "articles" "articles" "articles that have a score" |r| r.0.rho.n_articles;
    Real "rho" "correlation" "Spearman's rank correlation of score and number of words; for rare frames it tends to be positive anyway, because long articles are more likely to have a hit" |r| r.0.rho.value;
    Real "rho_low" "correlation" "lower end of the 95 % interval (Bonett and Wright)" |r| low(&r.0.rho);
    Real "rho_high" "correlation" "upper end" |r| high(&r.0.rho);
    Real "p" "probability" "probability of a correlation at least this far from 0 if there is none" |r| chance(r.0.p);
    Flag "large" "true or false" "at least .3 in absolute value, with an interval that excludes 0: compare groups with articles of similar length" |r| r.0.is_large();
    Text "missing" "text" "why there is no correlation or no interval" |r| why(&r.0.rho);
}

/// Scores and the length of articles.
pub(super) fn length(context: &Context<'_>) -> PolarsResult<DataFrame> {
    frame_of(context.dimensions, &context.estimates.length.iter().map(LengthOf).collect::<Vec<_>>())
}
