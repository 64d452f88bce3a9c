//! The charts of shares: voices of each frame, and rival labels.
//!
//! In: sums and estimates. Out: plain values, to be drawn.
//! Invariant: a bar of no hits is words.
//! It deliberately computes nothing.

use super::chart;
use super::charts::Scene;
use super::subjects;
use crate::voice::Voice;
use std::ops::Range;

impl Scene<'_> {
    /// Who is speaking, frame by frame.
    pub(super) fn voices(&self) -> chart::Stacked {
        let voices = [Voice::Own, Voice::Attributed, Voice::Quoted, Voice::Scare, Voice::Marked, Voice::Mention];
        let own = |group: usize, frame: usize| {
            let interval = self.estimates.voice(group, frame, Voice::Own)?.share.interval?;
            Some((interval.low().unwrap_or(0.0), interval.high().unwrap_or(1.0)))
        };
        let shares = |frame: usize, group: usize| {
            let counts: Vec<u64> =
                voices.iter().map(|&voice| self.inputs.tables.sums().hits_in(voice, group, frame)).collect();
            match counts.iter().sum() {
                0 => chart::Shares { why: "no hits".to_string(), ..chart::Shares::default() },
                _ => chart::Shares { counts: Some(counts), first: own(group, frame), ..chart::Shares::default() },
            }
        };
        chart::Stacked {
            words: self.words_of_frames(
                "Who is speaking when the words fall",
                "Share of counted hits by voice",
                &[
                    "Voices by rule, not by hand; whiskers: 95 % intervals of the share of the own voice, articles as units; pale: fewer than 5 hits.",
                    "Intervals, p and q of every voice are in voices.csv.",
                ],
            ),
            parts: ["own voice", "attributed", "quoted", "scare quotes", "in marks, no speaker found", "mentioned"]
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

    /// Rival labels of a referent.
    pub(super) fn referent(&self, referent: &str, labels: &Range<usize>) -> chart::Stacked {
        let words = self.words(
            &format!("Rival labels: {referent}"),
            "Share of each label among the counted hits of all of them",
            &["Intervals and tests are in labels.csv."],
        );
        subjects::bars(self.found, self.estimates, labels, &self.groups, self.labels(), words)
    }
}
