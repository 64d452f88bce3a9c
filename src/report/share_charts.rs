//! The charts of shares: voices of each frame, and rival labels.
//!
//! In: sums and estimates. Out: plain values, to be drawn.
//! Invariant: a bar of no hits is words.
//! It deliberately computes nothing.

use super::chart;
use super::chart_pages::Part;
use super::charts::ChartContext;
use super::shown::plain;
use crate::results::{own_share, why};
use crate::statistics::measured::Interval;
use crate::voice::Voice;
use std::cmp::Reverse;
use std::ops::Range;

/// Labels on a chart.
const MOST_LABELS: usize = 6;

impl ChartContext<'_> {
    /// Who is speaking, frame by frame.
    pub(super) fn voices(&self) -> chart::Stacked {
        let voices = [Voice::Own, Voice::Attributed, Voice::Quoted, Voice::Scare, Voice::Marked, Voice::Mention];
        let own = |group: usize, frame: usize| self.estimates.voice(group, frame, Voice::Own).map(|row| row.share);
        let ends = |interval: Interval| (interval.low().unwrap_or(0.0), interval.high().unwrap_or(1.0));
        let shares = |frame: usize, group: usize| {
            let counts: Vec<u64> =
                voices.iter().map(|&voice| self.inputs.tables.sums().hits_in(voice, group, frame)).collect();
            match counts.iter().sum() {
                0 => chart::Shares { why: "no hits".to_string(), ..chart::Shares::default() },
                _ => chart::Shares {
                    counts: Some(counts),
                    first: own(group, frame).and_then(|share| share.interval).map(ends),
                    bare: own(group, frame).map_or("", |share| why(&share)).to_string(),
                    ..chart::Shares::default()
                },
            }
        };
        chart::Stacked {
            words: self.words_of_frames(
                "Who is speaking when the words of a frame are used",
                "Share of counted hits by voice",
                &[
                    "Voices are assigned by rules, not by hand. Line on a bar: 95 % interval of the share of the own voice, articles as units. \
                     Pale: fewer than 5 hits.",
                    "Intervals, p and q of every voice: voices.csv.",
                ],
            ),
            parts: ["own voice", "attributed", "quoted", "scare quotes", "in quotation marks, no speaker found", "mentioned"]
                .map(|part| self.inputs.options.language.say(part))
                .to_vec(),
            cases: "hits".to_string(),
            panels: self.frames.clone(),
            rows: self.labels(),
            cells: self
                .shown
                .frames
                .iter()
                .map(|&f| self.groups.iter().map(|&group| shares(f, group)).collect())
                .collect(),
        }
    }

    /// Of all groups.
    pub(super) fn hits_of_label(&self, label: usize) -> u64 {
        self.estimates.labels.iter().filter(|row| row.label.index() == label).map(|row| row.row.hits).sum()
    }

    /// Of the labels of a referent those with most hits, at most [`MOST_LABELS`], in their order.
    pub(super) fn shown_labels(&self, labels: &Range<usize>) -> Vec<usize> {
        let mut shown: Vec<usize> = labels.clone().collect();
        shown.sort_by_cached_key(|&label| (Reverse(self.hits_of_label(label)), label));
        shown.truncate(MOST_LABELS);
        shown.sort_unstable();
        shown
    }

    /// Rival labels of a referent, some of them.
    pub(super) fn referent(
        &self,
        referent: &str,
        labels: &Range<usize>,
        shown: &[usize],
        part: Option<&Part>,
    ) -> chart::Labels {
        let mut notes = vec!["p, q and all shares: labels.csv.".to_string()];
        if labels.len() > MOST_LABELS {
            notes.insert(0, format!("The {MOST_LABELS} labels with most hits, of {}.", labels.len()));
        }
        let mut words = self.words(
            &format!("Rival labels: {referent}"),
            "Share of each label among the counted hits of all of them; bars: 95 % intervals, articles as units; diamond: share in the \
             article’s own voice",
            &notes.iter().map(String::as_str).collect::<Vec<_>>(),
        );
        if let Some(part) = part {
            part.tell(&mut words);
        }
        let cell = |label: usize, group: usize| {
            let row = self.estimates.labels.iter().find(|row| row.label.index() == label && row.row.group == group);
            row.map_or_else(chart::LabelShare::default, |row| chart::LabelShare {
                share: plain(&row.row.share),
                own: own_share(row),
                hits: row.row.hits,
                all: row.row.all,
            })
        };
        let names = &self.found.counts.subjects.labels;
        chart::Labels {
            words,
            panels: shown.iter().map(|&label| chart::Label::plain(&names[label].choice)).collect(),
            rows: self.labels(),
            cells: shown.iter().map(|&label| self.groups.iter().map(|&group| cell(label, group)).collect()).collect(),
        }
    }
}
