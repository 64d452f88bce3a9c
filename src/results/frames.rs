//! `frames` and `voices`: how often a frame is found in a group, and in which voice.

use super::LazyTable;
use super::describe::{GroupRow, frame_of, table};
use super::source::{Context, chance, high, low, why};
use super::stamp::{Stamp, UNVALIDATED};
use crate::aggregate::GroupId;
use crate::estimates::VoiceRow;
use crate::lexicon::ValidatedFrame;
use crate::lookup::FrameId;
use crate::statistics::{Estimate, FrameRow, Measured};
use crate::voice::Voice;
use std::collections::BTreeMap;
use std::sync::OnceLock;

struct FrameRecord<'c> {
    context: &'c Context<'c>,
    row: &'c FrameRow,
    /// The entry with most hits, and its share of the hits of all entries.
    top: Option<&'c (&'c str, f64)>,
}

impl FrameRecord<'_> {
    fn hits_in(&self, voice: Voice) -> u64 {
        self.context.sums.hits_in(voice, self.row.group, self.row.frame)
    }

    /// Hits and words at a position: 0 the headline, 1 the lead, 2 the rest.
    fn at(&self, position: usize) -> Option<(u64, u64)> {
        self.context.counts.positions.get(GroupId::new(self.row.group), FrameId::new(self.row.frame), position)
    }

    fn rate_at(&self, position: usize) -> Option<f64> {
        self.at(position).map(|(hits, words)| hits as f64 / words as f64 * 1000.0)
    }

    /// What coders have said of the frame.
    fn stamp(&self) -> Option<&Stamp> {
        self.context.stamps.get(self.row.frame)?.as_ref()
    }

    fn record(&self) -> Option<&ValidatedFrame> {
        self.stamp().map(|stamp| &stamp.record)
    }
}

impl GroupRow for FrameRecord<'_> {
    fn label(&self, dimension: usize) -> &str {
        self.context.label(self.row.group, dimension)
    }
}

table! {
    /// A row for each group and frame.
    FRAMES, "frames.csv", by_group: true, rows: FrameRecord<'_>,
    "One row for each group and frame: how often the vocabulary of the frame occurs, and how certain that is.",
    Text "frame" "text" "name of the frame" |r| r.context.frame(r.row.frame);
    Integer "articles" "articles" "counted articles of the group" |r| r.context.sums.size(r.row.group).articles;
    Integer "words" "words" "words of these articles, without boilerplate and repeats: the denominator" |r| r.context.sums.size(r.row.group).words;
    Integer "hits" "hits" "counted hits: the numerator" |r| r.context.sums.hits(r.row.group, r.row.frame).hits;
    Integer "own_hits" "hits" "of these, in the article's own voice" |r| r.hits_in(Voice::Own);
    Integer "scare_hits" "hits" "in scare quotes" |r| r.hits_in(Voice::Scare);
    Integer "marked_hits" "hits" "in quotation marks, no speaker found" |r| r.hits_in(Voice::Marked);
    Integer "quoted_hits" "hits" "in somebody's quoted words" |r| r.hits_in(Voice::Quoted);
    Integer "attributed_hits" "hits" "in reported speech or thought, without quotation marks" |r| r.hits_in(Voice::Attributed);
    Integer "mention_hits" "hits" "in titles, nicknames, and words mentioned as words" |r| r.hits_in(Voice::Mention);
    Real "rate" "hits per 1,000 words" "hits / words × 1,000 (all articles pooled)" |r| r.row.rate.value;
    Real "rate_low" "hits per 1,000 words" "lower end of the 95 % interval, articles as units" |r| low(&r.row.rate);
    Real "rate_high" "hits per 1,000 words" "upper end; if there are no hits, the only one" |r| high(&r.row.rate);
    Text "rate_method" "text" "method of the interval" |r| r.row.rate.method;
    Text "rate_missing" "text" "why there is no rate or no interval; `too few articles` if a bound would lie more than a factor of 100 from the rate, or above one hit per word" |r| why(&r.row.rate);
    Real "macro_rate" "hits per 1,000 words" "mean of the articles' own rates: each article counts the same" |r| r.row.macro_rate;
    Real "design_effect" "ratio" "variance of the rate, divided by the variance if words were independent" |r| r.row.design_effect;
    Integer "units" "units" "independent units: articles, or clusters of them (copies are one)" |r| r.row.units;
    Real "cluster_effect" "ratio" "variance of the rate with clusters as units, divided by that with articles as units; empty if articles are the units" |r| r.row.cluster_effect;
    Integer "articles_with_hit" "articles" "articles with at least one counted hit" |r| r.context.sums.hits(r.row.group, r.row.frame).articles;
    Real "prevalence" "share" "articles with a hit / articles" |r| r.row.prevalence.value;
    Real "prevalence_low" "share" "lower end of its 95 % Wilson interval" |r| low(&r.row.prevalence);
    Real "prevalence_high" "share" "upper end of its 95 % Wilson interval" |r| high(&r.row.prevalence);
    Real "intensity" "hits per 1,000 words" "rate within the articles that have a hit" |r| r.row.intensity;
    Text "top_entry" "text" "the entry with most hits" |r| r.top.map(|top| top.0);
    Real "top_entry_share" "share" "share of the hits of that entry: near 1, the frame is a single word" |r| r.top.map(|top| top.1);
    Text "validation" "text" "`UNVALIDATED`, `validated` (by coding of a sample of these articles), `edited since` (entries were), `other settings`, or `another corpus`; of the frame in all groups, as are the columns after it up to `entries_edited`" |r| r.stamp().map_or(UNVALIDATED, Stamp::state);
    Real "precision" "share" "hits that coders call right / coded hits, weighted: `framescope explain weighted-precision`" |r| r.record().and_then(|of| of.precision.value);
    Real "precision_low" "share" "lower end of its 95 % interval" |r| r.record().and_then(|of| of.precision.low);
    Real "precision_high" "share" "upper end" |r| r.record().and_then(|of| of.precision.high);
    Real "recall" "share" "share of the sentences of the frame that the lexicon found: `framescope explain weighted-recall`" |r| r.record().and_then(|of| of.recall.value);
    Real "recall_low" "share" "lower end of its 95 % interval" |r| r.record().and_then(|of| of.recall.low);
    Real "recall_high" "share" "upper end" |r| r.record().and_then(|of| of.recall.high);
    Real "alpha" "share" "agreement of the coders: `framescope explain alpha`" |r| r.record().and_then(|of| of.alpha.value);
    Integer "units_coded" "units" "sentences or articles that were coded" |r| r.record().map(|of| of.coded);
    Integer "entries_edited" "entries" "entries edited, added or removed since; empty if nobody coded the frame" |r| r.stamp().map(|of| of.edited);
    Integer "headline_hits" "hits" "hits in headlines: the title, or a first paragraph of up to 25 words and two sentences that others follow. Empty where the group has no headline. With `[clean] headline = \"separate\"` these hits are counted in no other column" |r| r.at(0).map(|at| at.0);
    Integer "headline_words" "words" "words of these headlines" |r| r.at(0).map(|at| at.1);
    Real "headline_rate" "hits per 1,000 words" "headline_hits / headline_words × 1,000" |r| r.rate_at(0);
    Integer "lead_hits" "hits" "hits in leads: the first paragraph after the headline with at least 12 words" |r| r.at(1).map(|at| at.0);
    Integer "lead_words" "words" "words of these leads" |r| r.at(1).map(|at| at.1);
    Real "lead_rate" "hits per 1,000 words" "lead_hits / lead_words × 1,000" |r| r.rate_at(1);
    Integer "body_hits" "hits" "hits anywhere else" |r| r.at(2).map(|at| at.0);
    Integer "body_words" "words" "words anywhere else" |r| r.at(2).map(|at| at.1);
    Real "body_rate" "hits per 1,000 words" "body_hits / body_words × 1,000" |r| r.rate_at(2);
}

/// Group × frame.
pub(super) fn frames<'c>(context: &'c Context<'_>) -> LazyTable<'c> {
    let tops = OnceLock::new();
    let piece = move |rows: &'c [FrameRow]| {
        let tops = tops.get_or_init(|| self::tops(context));
        let of = |row: &'c FrameRow| FrameRecord {
            context,
            row,
            top: tops.get(&(GroupId::new(row.group), FrameId::new(row.frame))),
        };
        frame_of(context.dimensions, &rows.iter().map(of).collect::<Vec<_>>())
    };
    LazyTable::of_rows(&FRAMES, &context.estimates.frames, piece)
}

struct VoiceRecord<'c> {
    context: &'c Context<'c>,
    row: &'c VoiceRow,
}

impl VoiceRecord<'_> {
    fn group(&self) -> usize {
        self.row.group.index()
    }

    fn frame(&self) -> usize {
        self.row.frame.index()
    }

    fn hits(&self) -> u64 {
        self.context.sums.hits_in(self.row.voice, self.group(), self.frame())
    }

    /// Hits of the frame in all voices.
    fn all(&self) -> u64 {
        self.context.sums.hits(self.group(), self.frame()).hits
    }
}

impl GroupRow for VoiceRecord<'_> {
    fn label(&self, dimension: usize) -> &str {
        self.context.label(self.group(), dimension)
    }
}

table! {
    /// A row for each group, frame and voice.
    VOICES, "voices.csv", by_group: true, rows: VoiceRecord<'_>,
    "One row for each group, frame and voice: who is speaking when the frame's vocabulary is found. In runs of more than 100 frames, only voices with hits of the frame in the group have rows; `frames.csv` has 0 for all others.",
    Text "frame" "text" "name of the frame" |r| r.context.frame(r.frame());
    Text "voice" "text" "`own`, `scare`, `marked`, `quoted`, `attributed` or `mention`" |r| r.row.voice.name();
    Integer "articles" "articles" "counted articles of the group" |r| r.context.sums.size(r.group()).articles;
    Integer "words" "words" "words of these articles, without boilerplate and repeats, whoever speaks" |r| r.context.sums.size(r.group()).words;
    Integer "hits" "hits" "counted hits in this voice" |r| r.hits();
    Real "share" "share" "hits in this voice / hits of the frame in the group" |r| (r.all() > 0).then(|| r.hits() as f64 / r.all() as f64);
    Real "share_low" "share" "lower end of its 95 % interval; the units are articles with the frame" |r| low(&r.row.share);
    Real "share_high" "share" "upper end; if the voice never speaks, the only one" |r| high(&r.row.share);
    Real "rest_share" "share" "the share in all other groups together" |r| r.row.rest_share;
    Real "p" "probability" "probability of shares at least this different if the group and all others had the same share (null draws)" |r| chance(r.row.p);
    Text "p_method" "text" "method of p" |r| r.row.p_method;
    Real "q" "probability" "Benjamini–Hochberg; family: every row of this table with a p" |r| chance(r.row.q);
    Text "share_missing" "text" "why there is no share, no interval of it or no p" |r| share_missing(&r.row.share, r.row.p);
    Real "rate" "hits per 1,000 words" "hits / words × 1,000" |r| r.row.rate.value;
    Real "rate_low" "hits per 1,000 words" "lower end of the 95 % interval, articles as units" |r| low(&r.row.rate);
    Real "rate_high" "hits per 1,000 words" "upper end" |r| high(&r.row.rate);
    Text "missing" "text" "why there is no rate or no interval; `too few articles` if a bound would lie more than a factor of 100 from the rate, or above one hit per word" |r| if r.all() == 0 { "no hits" } else { why(&r.row.rate) };
}

/// Group × frame × voice.
pub(super) fn voices<'c>(context: &'c Context<'_>) -> LazyTable<'c> {
    let piece = move |rows: &'c [VoiceRow]| {
        let rows: Vec<_> = rows.iter().map(|row| VoiceRecord { context, row }).collect();
        frame_of(context.dimensions, &rows)
    };
    LazyTable::of_rows(&VOICES, &context.estimates.voices, piece)
}

/// Why a share has no interval or no p.
pub(super) fn share_missing(share: &Estimate, p: Measured) -> String {
    match (why(share), p) {
        ("", Measured::Missing(why)) => format!("p: {why}"),
        (interval, Measured::Missing(why)) if interval != why.phrase() => format!("interval: {interval}; p: {why}"),
        (interval, _) => interval.to_string(),
    }
}

/// The entry with most hits of each group and frame, and its share of the hits of all entries there.
fn tops<'c>(context: &'c Context<'_>) -> BTreeMap<(GroupId, FrameId), (&'c str, f64)> {
    let plan = context.plan;
    let mut cells: BTreeMap<(GroupId, FrameId), Vec<(u64, &str)>> = BTreeMap::new();
    // the frames around each, found once
    let mut outer: Vec<Vec<FrameId>> = vec![Vec::new(); plan.frames().len()];
    for frame in plan.ids() {
        plan.inside(frame).iter().for_each(|&inner| outer[inner.index()].push(frame));
    }
    for (&id, usage) in context.frame_usage {
        let (_, entry) = plan.entry(id);
        let own = plan.frame_of(id);
        let outer = outer[own.index()].iter().copied();
        for frame in outer.chain([own]) {
            for (&group, &hits) in &usage.by_group {
                cells.entry((group, frame)).or_default().push((hits, &entry.text));
            }
        }
    }
    let top = |(key, mut entries): (_, Vec<(u64, &'c str)>)| {
        entries.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let all: u64 = entries.iter().map(|(hits, _)| hits).sum();
        (key, (entries[0].1, entries[0].0 as f64 / all as f64))
    };
    cells.into_iter().map(top).collect()
}
