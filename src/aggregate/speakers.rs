//! Who is given the word: the counted hits of each speaker, by frame and article.
//!
//! In: counted hits in quotations and in what is said to be said, with the words for their speaker. Out: [`Speakers`].
//! Invariant: neighbouring parts add up to what their union would have given; a speaker is spelt as where he first speaks.
//! It deliberately joins no names across articles but by their folded words: who is who else, a reader knows.

use crate::lookup::{FrameId, UnitId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Hits of one speaker in one article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spoken {
    /// Position of the article among the counted ones.
    pub article: u32,
    /// Hits in quotation marks.
    pub quoted: u32,
    /// Hits in what he is said to say, think or want.
    pub attributed: u32,
}

/// A speaker of a frame: how he is spelt first, and his hits by article, ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// As where he first speaks.
    pub spelt: String,
    /// By article.
    pub spoken: Vec<Spoken>,
}

/// Every speaker, by frame and folded words. The empty words are nobody: hits without a speaker.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speakers {
    of: BTreeMap<(FrameId, String), Speaker>,
}

impl Speakers {
    /// Adds a hit of the article added last; how the speaker is spelt is asked once.
    pub fn push(
        &mut self,
        (frame, folded): (FrameId, String),
        spelt: impl FnOnce() -> String,
        article: u32,
        is_quoted: bool,
    ) {
        let speaker = self.of.entry((frame, folded)).or_default();
        if speaker.spoken.is_empty() {
            speaker.spelt = spelt();
        }
        if speaker.spoken.last().is_none_or(|last| last.article != article) {
            speaker.spoken.push(Spoken { article, ..Spoken::default() });
        }
        if let Some(last) = speaker.spoken.last_mut() {
            last.quoted += u32::from(is_quoted);
            last.attributed += u32::from(!is_quoted);
        }
    }

    /// Adds those of the articles that follow; so many come before them.
    pub fn merge(&mut self, next: Speakers, first: u32) {
        for (key, part) in next.of {
            let speaker = self.of.entry(key).or_default();
            if speaker.spoken.is_empty() {
                speaker.spelt = part.spelt;
            }
            let moved = part.spoken.into_iter().map(|spoken| Spoken { article: spoken.article + first, ..spoken });
            speaker.spoken.extend(moved);
        }
    }

    /// Takes the speakers apart: `number` says of a frame which of so many units it is in, and its number there.
    pub fn split(self, units: usize, number: impl Fn(FrameId) -> (UnitId, FrameId)) -> Vec<Speakers> {
        let mut split = vec![Speakers::default(); units];
        for ((frame, folded), speaker) in self.of {
            let (unit, frame) = number(frame);
            split[unit.index()].of.insert((frame, folded), speaker);
        }
        split
    }

    /// Adds those of other frames; nothing where `number` knows a frame not.
    pub fn join(&mut self, part: Speakers, number: impl Fn(FrameId) -> Option<FrameId>) -> Option<()> {
        for ((frame, folded), speaker) in part.of {
            self.of.insert((number(frame)?, folded), speaker);
        }
        Some(())
    }

    /// Frame, folded words and the speaker, ascending.
    pub fn iter(&self) -> impl Iterator<Item = (FrameId, &str, &Speaker)> {
        self.of.iter().map(|((frame, folded), speaker)| (*frame, folded.as_str(), speaker))
    }
}
