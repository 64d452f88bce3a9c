//! Which frames meet in a sentence, and which in an article.
//!
//! In: sentences and articles with each frame and each pair. Out: one row for each scope, pair and unit.
//! Invariant: every pair of frames has a row, met or not; a frame and one that holds it are no pair.
//! It deliberately has no p: sentences of one article are not independent.

use super::Scope;
use crate::aggregate::Counts;
use crate::aggregate::lexical::{Lexical, Meetings};
use crate::lookup::{FrameId, Plan};
use crate::statistics::Measured;
use crate::statistics::cooccurrence::{Units, jaccard::jaccard, phi::phi};

/// In what frames meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Within {
    /// A sentence.
    Sentence,
    /// An article.
    Article,
}

impl Within {
    /// As it stands in tables.
    pub fn name(self) -> &'static str {
        match self {
            Within::Sentence => "sentence",
            Within::Article => "article",
        }
    }
}

/// One row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Whose articles.
    pub scope: Scope,
    /// In what.
    pub within: Within,
    /// The two frames, by number.
    pub frames: [usize; 2],
    /// Sentences or articles by which of the two they have.
    pub units: Units,
    /// φ.
    pub phi: Measured,
    /// Jaccard's index.
    pub jaccard: Measured,
    /// logDice.
    pub log_dice: Measured,
}

/// Sums over the articles of a scope.
struct Sums {
    frames: usize,
    units: u64,
    with: Vec<u64>,
    both: Vec<u64>,
}

impl Sums {
    fn new(frames: usize) -> Sums {
        Sums { frames, units: 0, with: vec![0; frames], both: vec![0; frames * frames] }
    }

    fn add_sentences(&mut self, article: &Meetings) {
        self.units += u64::from(article.sentences);
        for &(frame, n) in &article.frames {
            self.with[frame as usize] += u64::from(n);
        }
        for &(one, other, n) in &article.pairs {
            self.both[one as usize * self.frames + other as usize] += u64::from(n);
        }
    }

    fn add_article(&mut self, article: &Meetings) {
        // an article without a word that could have been a hit is no unit
        self.units += u64::from(article.sentences > 0);
        for (i, &(one, _)) in article.frames.iter().enumerate() {
            self.with[one as usize] += 1;
            for &(other, _) in &article.frames[i + 1..] {
                self.both[one as usize * self.frames + other as usize] += 1;
            }
        }
    }
}

/// By scope, then sentence before article, then pair.
pub fn rows(counts: &Counts, sums: &Lexical, plan: &Plan<'_>) -> Vec<Row> {
    let frames = counts.frames.len();
    let nested = |a: usize, b: usize| plan.inside(a as FrameId).contains(&(b as FrameId));
    let pairs: Vec<[usize; 2]> = (0..frames)
        .flat_map(|one| (one + 1..frames).map(move |other| [one, other]))
        .filter(|&[one, other]| !nested(one, other) && !nested(other, one))
        .collect();
    let mut rows = Vec::new();
    for scope in Scope::each(counts.groups.len()) {
        let (mut sentences, mut articles) = (Sums::new(frames), Sums::new(frames));
        for (article, _) in sums.meetings.iter().zip(&counts.group_of).filter(|(_, group)| scope.holds(**group)) {
            sentences.add_sentences(article);
            articles.add_article(article);
        }
        for (within, sums) in [(Within::Sentence, &sentences), (Within::Article, &articles)] {
            rows.extend(pairs.iter().map(|&[one, other]| {
                let units = Units::of(sums.with[one], sums.with[other], sums.both[one * frames + other], sums.units);
                let log_dice = units.log_dice();
                Row { scope, within, frames: [one, other], units, phi: phi(units), jaccard: jaccard(units), log_dice }
            }));
        }
    }
    rows
}
