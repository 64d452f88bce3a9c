//! Which frames meet in a sentence, and which in an article.
//!
//! In: sentences and articles with each frame and each pair. Out: one row for each scope, pair and unit.
//! Invariant: every pair of frames that met has a row, and no other, so there are no more rows than meetings; a frame and one that holds
//! it are no pair.
//! It deliberately has no p: sentences of one article are not independent.

use super::Scope;
use crate::aggregate::Counts;
use crate::aggregate::lexical::{Lexical, Meetings};
use crate::lookup::{FrameId, Plan};
use crate::statistics::Measured;
use crate::statistics::cooccurrence::{Units, jaccard::jaccard, phi::phi};
use std::collections::BTreeMap;

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
    units: u64,
    with: Vec<u64>,
    both: BTreeMap<(FrameId, FrameId), u64>,
}

impl Sums {
    fn new(frames: usize) -> Sums {
        Sums { units: 0, with: vec![0; frames], both: BTreeMap::new() }
    }

    fn add_sentences(&mut self, article: &Meetings) {
        self.units += u64::from(article.sentences);
        for &(frame, n) in &article.frames {
            self.with[frame as usize] += u64::from(n);
        }
        for &(one, other, n) in &article.pairs {
            *self.both.entry((one, other)).or_default() += u64::from(n);
        }
    }

    fn add_article(&mut self, article: &Meetings) {
        // an article without a word that could have been a hit is no unit
        self.units += u64::from(article.sentences > 0);
        for (i, &(one, _)) in article.frames.iter().enumerate() {
            self.with[one as usize] += 1;
            for &(other, _) in &article.frames[i + 1..] {
                *self.both.entry((one, other)).or_default() += 1;
            }
        }
    }
}

/// By scope, then sentence before article, then pair; of groups where that is asked for.
pub fn rows(counts: &Counts, sums: &Lexical, plan: &Plan<'_>, by_group: bool) -> Vec<Row> {
    let frames = counts.frames.len();
    let nested = |a: FrameId, b: FrameId| plan.inside(a).contains(&b) || plan.inside(b).contains(&a);
    let scopes = Scope::each(counts.groups.len()).into_iter().filter(|scope| by_group || *scope == Scope::All);
    let mut rows = Vec::new();
    for scope in scopes {
        let (mut sentences, mut articles) = (Sums::new(frames), Sums::new(frames));
        for (article, _) in sums.meetings.iter().zip(&counts.group_of).filter(|(_, group)| scope.holds(**group)) {
            sentences.add_sentences(article);
            articles.add_article(article);
        }
        for (within, sums) in [(Within::Sentence, &sentences), (Within::Article, &articles)] {
            let met = sums.both.iter().filter(|((one, other), _)| !nested(*one, *other));
            rows.extend(met.map(|(&(one, other), &both)| {
                let pair = [one as usize, other as usize];
                let units = Units::of(sums.with[pair[0]], sums.with[pair[1]], both, sums.units);
                let log_dice = units.log_dice();
                Row { scope, within, frames: pair, units, phi: phi(units), jaccard: jaccard(units), log_dice }
            }));
        }
    }
    rows
}

/// Sentences with each frame, over all articles.
pub fn sentences(counts: &Counts, sums: &Lexical) -> Vec<u64> {
    let mut all = Sums::new(counts.frames.len());
    for article in &sums.meetings {
        all.add_sentences(article);
    }
    all.with
}
