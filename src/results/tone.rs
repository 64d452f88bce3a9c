//! `sentiment`, `sentiment_targets`, `contributions` and `sentiment_shifts`.

use super::describe::{GroupRow, frame_of, table};
use super::source::{Context, high, low, why};
use crate::estimates::{Bar, Estimates, TowardRow, made_of, shift};
use crate::lookup::Plan;
use crate::sentiment::{Mode, Scale};
use crate::statistics::difference::difference;
use crate::statistics::sentiment::{GroupCompound, GroupSentiment, absolute, logit_error};
use crate::statistics::{Estimate, Measured};
use polars::prelude::{DataFrame, PolarsResult};

/// Entries to each side of a score.
const TO_A_SIDE: usize = 20;
/// Entries of a shift.
const OF_A_SHIFT: usize = 30;
/// What the last row of a list is called.
pub(super) const OTHERS: &str = "(all others)";

struct ToneRecord<'c> {
    context: &'c Context<'c>,
    scale: &'c Scale,
    role: &'static str,
    group: usize,
    row: &'c GroupSentiment,
    /// In VADER's modes.
    vader: Option<&'c GroupCompound>,
}

impl ToneRecord<'_> {
    /// What only a scale with a zero has.
    fn has_zero<T>(&self, value: T) -> Option<T> {
        self.scale.has_zero.then_some(value)
    }
}

impl GroupRow for ToneRecord<'_> {
    fn label(&self, dimension: usize) -> &str {
        self.context.label(self.group, dimension)
    }
}

table! {
    /// A row for each group and sentiment lexicon.
    SENTIMENT, "sentiment.csv", by_group: true, rows: ToneRecord<'_>,
    "One row for each group and dimension of each sentiment lexicon. Dictionary scores are not validated on this corpus.",
    Text "lexicon" "text" "name of the lexicon" |r| &r.scale.lexicon;
    Text "dimension" "text" "dimension of the lexicon, if it has others than positive and negative" |r| &r.scale.dimension;
    Text "role" "text" "`primary`: the lexicon declared before looking; `robustness`: any other" |r| r.role;
    Integer "articles" "articles" "counted articles of the group in the lexicon's language" |r| r.row.articles;
    Integer "words" "words" "their words, without boilerplate and repeats" |r| r.row.words;
    Integer "hits" "hits" "their counted hits that weigh something" |r| r.row.hits;
    Integer "positive_hits" "hits" "of these, with a positive weight after negation" |r| r.has_zero(r.row.positive);
    Integer "negative_hits" "hits" "with a negative weight" |r| r.has_zero(r.row.negative);
    Real "sum" "weight" "sum of the weights" |r| r.row.sum;
    Real "valence" "weight per hit" "sum / hits: mean weight of a hit" |r| r.row.mean_valence.value;
    Real "valence_low" "weight per hit" "lower end of the 95 % interval, articles as units" |r| low(&r.row.mean_valence);
    Real "valence_high" "weight per hit" "upper end" |r| high(&r.row.mean_valence);
    Text "method" "text" "method of the interval" |r| r.row.mean_valence.method;
    Real "valence_all" "weight per word" "sum / words" |r| r.row.valence_per_word.value;
    Real "balance" "−1 to 1" "(positive − negative) / (positive + negative) hits" |r| r.has_zero(r.row.balance.value).and_then(Measured::value);
    Real "balance_low" "−1 to 1" "lower end of the 95 % interval, articles as units" |r| r.has_zero(&r.row.balance).and_then(low);
    Real "balance_high" "−1 to 1" "upper end" |r| r.has_zero(&r.row.balance).and_then(high);
    Real "absolute" "−1 to 1" "(positive − negative) hits / words" |r| r.has_zero(absolute(r.row.positive, r.row.negative, r.row.words)).and_then(Measured::value);
    Real "logit" "log odds" "ln(positive + 0.5) − ln(negative + 0.5) (Lowe et al. 2011)" |r| r.has_zero(r.row.logit.value).and_then(Measured::value);
    Real "logit_low" "log odds" "lower end of the 95 % interval, articles as units" |r| r.has_zero(&r.row.logit).and_then(low);
    Real "logit_high" "log odds" "upper end" |r| r.has_zero(&r.row.logit).and_then(high);
    Real "logit_se" "log odds" "√(1/(positive + 0.5) + 1/(negative + 0.5)): the error if hits were independent, which they are not" |r| r.has_zero(logit_error(r.row.positive, r.row.negative)).and_then(Measured::value);
    Integer "sentences" "sentences" "sentences that VADER scored; empty in dictionary mode" |r| r.vader.map(|vader| vader.sentences);
    Real "compound" "−1 to 1" "mean compound of these sentences by VADER's rules" |r| r.vader.map(|vader| vader.compound.value);
    Real "compound_low" "−1 to 1" "lower end of the 95 % interval, articles as units" |r| r.vader.and_then(|vader| low(&vader.compound));
    Real "compound_high" "−1 to 1" "upper end" |r| r.vader.and_then(|vader| high(&vader.compound));
    Real "pos" "share" "mean share of positive words in these sentences (VADER)" |r| r.vader.map(|vader| vader.shares[0]);
    Real "neu" "share" "mean share of neutral words" |r| r.vader.map(|vader| vader.shares[1]);
    Real "neg" "share" "mean share of negative words" |r| r.vader.map(|vader| vader.shares[2]);
    Text "missing" "text" "why a value or an interval is missing" |r| why(&r.row.mean_valence);
}

/// Group × scale.
pub(super) fn sentiment(context: &Context<'_>) -> PolarsResult<DataFrame> {
    let (estimates, scorer) = (context.estimates, context.scorer);
    let is_vader = scorer.options.mode != Mode::Dictionary;
    let mut tones = Vec::new();
    for (number, (scale, rows)) in scorer.scales.all.iter().zip(&estimates.sentiment).enumerate() {
        for (group, row) in rows.iter().enumerate() {
            let vader = estimates.vader[number].get(group).filter(|_| is_vader);
            tones.push(ToneRecord { context, scale, role: scorer.role(number), group, row, vader });
        }
    }
    frame_of(context.dimensions, &tones)
}

struct TowardRecord<'c> {
    context: &'c Context<'c>,
    scale: &'c Scale,
    row: &'c TowardRow,
}

impl TowardRecord<'_> {
    fn share(&self, mentions: u32) -> f64 {
        f64::from(mentions) / f64::from(self.row.sums.mentions)
    }

    fn judged(&self) -> Option<f64> {
        let sums = &self.row.sums;
        self.scale.classed.then(|| sums.judged as f64 / 1000.0 / f64::from(sums.mentions))
    }
}

impl GroupRow for TowardRecord<'_> {
    fn label(&self, dimension: usize) -> &str {
        self.context.label(self.row.group, dimension)
    }
}

table! {
    /// A row for each group and target that it mentions.
    SENTIMENT_TARGETS, "sentiment_targets.csv", by_group: true, rows: TowardRecord<'_>,
    "One row for each group, dimension of each sentiment lexicon and target that the group mentions: how the sentences speak of it.",
    Text "lexicon" "text" "name of the lexicon" |r| &r.scale.lexicon;
    Text "dimension" "text" "its dimension, where it has several" |r| &r.scale.dimension;
    Text "role" "text" "`primary` or `robustness`" |r| r.context.scorer.role(r.row.scale);
    Text "target" "text" "who or what is mentioned" |r| &r.context.counts.subjects.targets[r.row.target.index()];
    Integer "articles" "articles" "counted articles that mention it" |r| r.row.articles;
    Integer "mentions" "mentions" "counted mentions" |r| r.row.sums.mentions;
    Integer "hits" "hits" "evaluative words in the sentences of the mentions; a word near two mentions is counted twice" |r| r.row.sums.hits;
    Real "score" "weight" "mean score of a mention: `framescope explain toward`" |r| r.row.score.value;
    Real "score_low" "weight" "lower end of the 95 % interval, articles as units" |r| low(&r.row.score);
    Real "score_high" "weight" "upper end" |r| high(&r.row.score);
    Text "method" "text" "method of the interval" |r| r.row.score.method;
    Text "scored_by" "text" "`rule` or `model` (`[sentiment] toward`), on different scales; macro-F1 on hand-coded US news .64 and .65 (docs/lab/toward.md)" |r| r.scale.scored_by();
    Real "judged_score" "weight" "the score of the rule by words of judgement and stance alone, without what happened and what is felt; empty where the words of the lexicon have no classes" |r| r.judged();
    Real "positive" "share" "mentions that are spoken of well / mentions" |r| r.share(r.row.sums.positive);
    Real "negative" "share" "mentions that are spoken of ill / mentions" |r| r.share(r.row.sums.negative);
    Text "missing" "text" "why there is no interval" |r| why(&r.row.score);
}

/// Group × scale × target.
pub(super) fn targets(context: &Context<'_>) -> PolarsResult<DataFrame> {
    let scales = &context.scorer.scales.all;
    let of = |row: &'_ TowardRow| &scales[row.scale];
    let toward = context.estimates.toward(context.counts);
    let rows: Vec<_> = toward.iter().map(|row| TowardRecord { context, scale: of(row), row }).collect();
    frame_of(context.dimensions, &rows)
}

/// An entry in a list of those that give most, or all others together.
struct ListedOf<'c> {
    context: &'c Context<'c>,
    scale: &'c Scale,
    group: usize,
    rank: Option<usize>,
    entry: Listed,
}

/// What such a row says of its entry.
struct Listed {
    text: String,
    at: String,
    negated: Option<bool>,
    hits: [u64; 2],
    contribution: f64,
}

struct ContributionRecord<'c> {
    listed: ListedOf<'c>,
    side: &'static str,
}

impl GroupRow for ContributionRecord<'_> {
    fn label(&self, dimension: usize) -> &str {
        self.listed.context.label(self.listed.group, dimension)
    }
}

table! {
    /// The entries that made each score.
    CONTRIBUTIONS, "contributions.csv", by_group: true, rows: ContributionRecord<'_>,
    "The entries that contribute most to the mean valence of each group, twenty on each side; all rows of a group and dimension add up to its valence.",
    Text "lexicon" "text" "name of the lexicon" |r| &r.listed.scale.lexicon;
    Text "dimension" "text" "its dimension, where it has several" |r| &r.listed.scale.dimension;
    Text "side" "text" "`positive` or `negative`: what it does to the score" |r| r.side;
    Integer "rank" "number" "1 gives most; empty for all others together" |r| r.listed.rank;
    Text "entry" "text" "the entry as the lexicon writes it, or `(all others)`" |r| &r.listed.entry.text;
    Text "entry_at" "file:line" "where the entry stands" |r| &r.listed.entry.at;
    Flag "negated" "true or false" "its hits after a negation, which count with the opposite sign" |r| r.listed.entry.negated;
    Integer "hits" "hits" "hits of the group that weigh something" |r| r.listed.entry.hits[0];
    Real "gives" "weight per hit" "sum of their weights / all hits of the group" |r| r.listed.entry.contribution;
}

/// The entries that made each score.
pub(super) fn contributions(context: &Context<'_>) -> PolarsResult<DataFrame> {
    let mut rows = Vec::new();
    for (number, scale) in context.scorer.scales.all.iter().enumerate() {
        for group in 0..context.counts.groups.len() {
            let bars = made_of(context.contributions, number, group);
            for (side, is_positive) in [("positive", true), ("negative", false)] {
                let of_side: Vec<&Bar> = bars.iter().filter(|bar| (bar.contribution > 0.0) == is_positive).collect();
                let listed = listed(&of_side, TO_A_SIDE, &context.scorer.plans()[scale.plan]);
                rows.extend(listed.into_iter().map(|(rank, entry)| ContributionRecord {
                    listed: ListedOf { context, scale, group, rank, entry },
                    side,
                }));
            }
        }
    }
    frame_of(context.dimensions, &rows)
}

struct ShiftRecord<'c> {
    listed: ListedOf<'c>,
    difference: f64,
    /// The same with its interval.
    estimate: Estimate,
}

impl GroupRow for ShiftRecord<'_> {
    fn label(&self, dimension: usize) -> &str {
        self.listed.context.label(self.listed.group, dimension)
    }
}

table! {
    /// What makes groups differ.
    SHIFTS, "sentiment_shifts.csv", by_group: true, rows: ShiftRecord<'_>,
    "Which entries make the mean valence of a group differ from that of all other groups (word shift), thirty entries each; the rows sum to the difference.",
    Text "lexicon" "text" "name of the lexicon" |r| &r.listed.scale.lexicon;
    Text "dimension" "text" "its dimension, where it has several" |r| &r.listed.scale.dimension;
    Text "against" "text" "`rest`: all other groups" |_r| "rest";
    Integer "rank" "number" "1 gives most, either way; empty for all others together" |r| r.listed.rank;
    Text "entry" "text" "the entry as the lexicon writes it, or `(all others)`" |r| &r.listed.entry.text;
    Text "entry_at" "file:line" "where the entry stands" |r| &r.listed.entry.at;
    Flag "negated" "true or false" "its hits after a negation, which count with the opposite sign" |r| r.listed.entry.negated;
    Integer "hits" "hits" "hits in the group" |r| r.listed.entry.hits[0];
    Integer "against_hits" "hits" "hits in the rest" |r| r.listed.entry.hits[1];
    Real "gives" "weight per hit" "its part of the difference: `framescope explain word-shift`" |r| r.listed.entry.contribution;
    Real "difference" "weight per hit" "valence of the group − valence of the rest" |r| r.difference;
    Real "difference_low" "weight per hit" "lower end of its 95 % interval, articles as units (`framescope explain difference`); if it contains 0, the difference may be chance" |r| low(&r.estimate);
    Real "difference_high" "weight per hit" "upper end" |r| high(&r.estimate);
    Text "missing" "text" "why there is no interval" |r| why(&r.estimate);
}

/// Each group against the rest.
pub(super) fn shifts(context: &Context<'_>) -> PolarsResult<DataFrame> {
    let mut rows = Vec::new();
    for (number, scale) in context.scorer.scales.all.iter().enumerate() {
        let (mine, rest) =
            (&context.estimates.sentiment[number], context.estimates.sentiment_rest(context.counts, number));
        for group in 0..context.counts.groups.len() {
            let Some(shift) = shift(context.contributions, number, group, None) else { continue };
            let bars: Vec<&Bar> = shift.bars.iter().collect();
            let estimate = difference(&mine[group].mean_valence, &rest[group]);
            let listed = listed(&bars, OF_A_SHIFT, &context.scorer.plans()[scale.plan]);
            rows.extend(listed.into_iter().map(|(rank, entry)| ShiftRecord {
                listed: ListedOf { context, scale, group, rank, entry },
                difference: shift.difference(),
                estimate,
            }));
        }
    }
    frame_of(context.dimensions, &rows)
}

/// The first bars with their ranks, then all others in one row.
fn listed(bars: &[&Bar], most: usize, plan: &Plan<'_>) -> Vec<(Option<usize>, Listed)> {
    let shown = bars.iter().take(most).enumerate().map(|(rank, bar)| {
        let (lexicon, entry) = plan.entry(bar.entry);
        let at = format!("{}:{}", lexicon.file, entry.line);
        let (negated, hits, contribution) = (Some(bar.negated), bar.hits, bar.contribution);
        (Some(rank + 1), Listed { text: entry.text.clone(), at, negated, hits, contribution })
    });
    let mut rows: Vec<_> = shown.collect();
    let rest = &bars[bars.len().min(most)..];
    if !rest.is_empty() {
        let hits = [0, 1].map(|side| rest.iter().map(|bar| bar.hits[side]).sum());
        let contribution = rest.iter().map(|bar| bar.contribution).sum();
        rows.push((None, Listed { text: OTHERS.to_string(), at: String::new(), negated: None, hits, contribution }));
    }
    rows
}

/// The score that a mode puts first: the compound in VADER's modes, else the mean weight of a hit.
pub fn headline(estimates: &Estimates, mode: Mode, scale: usize, group: usize) -> Estimate {
    match mode {
        Mode::Dictionary => estimates.sentiment[scale][group].mean_valence,
        Mode::Vader | Mode::VaderCorrected => estimates.vader[scale][group].compound,
    }
}
