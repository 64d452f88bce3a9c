//! The chart of frames that occur together.
//!
//! In: rows of co-occurrence. Out: plain values, to be drawn.
//! Invariant: a pair without a row never met.
//! It deliberately computes nothing.

use super::chart::{Cooccurrence, Pair};
use super::charts::ChartContext;
use crate::estimates::lexical::Scope;
use crate::estimates::lexical::cooccurrence::Within;
use crate::lookup::FrameId;

impl ChartContext<'_> {
    /// Every two frames over the sentences of all articles.
    pub(super) fn cooccurrence(&self) -> Cooccurrence {
        let mut words = self.words_alone(
            "Frames that occur in the same sentence",
            "Lift: sentences with both frames ÷ sentences expected to have both if the frames were independent; n: sentences with both; all \
             groups together",
            vec![
                "Sentences of one article are not independent, so there are no intervals. By article: cooccurrence.csv."
                    .to_string(),
            ],
        );
        self.tell_of_frames(&mut words);
        let hits = self.found.counts.hits_by_frame();
        Cooccurrence {
            words,
            frames: self.frames.clone(),
            hits: self.shown.frames.iter().map(|&frame| hits[frame]).collect(),
            cells: self.pairs(),
        }
    }

    /// By frame that is shown, then by each one before it.
    fn pairs(&self) -> Vec<Vec<Pair>> {
        let (frames, plan) = (&self.shown.frames, self.inputs.frames);
        let contains = |one: usize, other: usize| plan.inside(FrameId::new(one)).contains(&FrameId::new(other));
        let cell = |one: usize, other: usize| match contains(one, other) || contains(other, one) {
            true => Pair::Nested,
            false => Pair::Apart,
        };
        let of_frame = |(place, &one): (usize, &usize)| frames[..place].iter().map(|&other| cell(one, other)).collect();
        let mut cells: Vec<Vec<Pair>> = frames.iter().enumerate().map(of_frame).collect();
        let rows = self.estimates.lexical.cooccurrence.iter();
        for row in rows.filter(|row| row.scope == Scope::All && row.within == Within::Sentence) {
            let [Ok(one), Ok(other)] = row.frames.map(|frame| frames.binary_search(&frame.index())) else { continue };
            if let Some(lift) = row.lift.value().filter(|_| row.units.both > 0) {
                cells[one.max(other)][one.min(other)] = Pair::Met { lift, times: row.units.both };
            }
        }
        cells
    }
}
