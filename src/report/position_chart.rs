//! The chart of rates in headlines, leads and the rest of the articles.
//!
//! In: sums by position. Out: plain values, to be drawn. Invariant: a rate is that of `frames.csv`.
//! It deliberately gives no interval: sums by position know no article.

use super::chart::{PlacedRate, Positions, Words};
use super::charts::ChartContext;
use crate::aggregate::{GroupId, PositionSums};
use crate::lookup::FrameId;

/// With fewer hits a rate is drawn hollow.
const FEW: u64 = 5;

impl ChartContext<'_> {
    /// Rates by position.
    pub(super) fn positions(&self) -> Positions {
        let words = self.words_of_frames(
            "Headlines, leads, and the rest",
            "Rates in each part of the articles; hollow: fewer than 5 hits; no intervals",
            &["Numbers, and what counts as headline and lead: frames.csv."],
        );
        let sums = &self.found.counts.positions;
        let positions = positions(sums, &self.shown.frames, &self.groups, words);
        Positions { panels: self.frames.clone(), rows: self.labels(), ..positions }
    }
}

/// The chart of these frames and groups, without their labels.
fn positions(sums: &PositionSums, frames: &[usize], groups: &[usize], words: Words) -> Positions {
    let placed = |group: usize, frame: usize, position: usize| {
        let found = sums.get(GroupId::new(group), FrameId::new(frame), position);
        PlacedRate {
            rate: found.map(|(hits, words)| hits as f64 / words as f64 * 1000.0),
            is_few: found.is_some_and(|(hits, _)| hits < FEW),
        }
    };
    let cell = |frame: usize, group: usize| [0, 1, 2].map(|position| placed(group, frame, position));
    Positions {
        words,
        unit: "hits per 1,000 words of that part".to_string(),
        names: ["headline", "lead", "rest of the article"].map(str::to_string),
        cells: frames.iter().map(|&frame| groups.iter().map(|&group| cell(frame, group)).collect()).collect(),
        ..Positions::default()
    }
}
