//! Which frames meet in a sentence, and which in an article.
//!
//! In: sentences and articles with each frame and each pair. Out: one row for each scope, pair and unit.
//! Invariant: every pair of frames that met has a row, and no other, so there are no more rows than meetings; of many frames the pairs
//! that are among the closest of one of the two. A frame and one that holds it are no pair.
//! It deliberately has no p: sentences of one article are not independent.

use super::Scope;
use crate::aggregate::Counts;
use crate::aggregate::lexical::{FrameSentences, Lexical};
use crate::lookup::{FrameId, Plan};
use crate::statistics::Measured;
use crate::statistics::cooccurrence::{Units, jaccard::jaccard, lift::lift, phi::phi};
use rayon::prelude::*;

/// Pairs of each frame, those with the highest logDice, that are told in runs of many frames: rows then grow with the frames and not with
/// their square.
pub const CLOSEST: usize = 50;

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
    pub frames: [FrameId; 2],
    /// Sentences or articles by which of the two they have.
    pub units: Units,
    /// φ.
    pub phi: Measured,
    /// Jaccard's index.
    pub jaccard: Measured,
    /// logDice.
    pub log_dice: Measured,
    /// Lift.
    pub lift: Measured,
}

/// Units of text by the frames in them.
struct Sheets {
    /// How many there are, those without a frame too.
    units: u64,
    /// Where the frames of each unit begin; units without a frame are left out.
    starts: Vec<usize>,
    /// Frames of a unit, ascending.
    frames: Vec<FrameId>,
    /// Units with each frame, ascending.
    with: Vec<Vec<u32>>,
    /// The same with a bit for each unit, of the frames that stand in many units; empty of the others.
    bits: Vec<Vec<u64>>,
}

impl Sheets {
    fn new(frames: usize) -> Sheets {
        Sheets { units: 0, starts: vec![0], frames: Vec::new(), with: vec![Vec::new(); frames], bits: Vec::new() }
    }

    fn of<'m>(articles: impl Iterator<Item = &'m FrameSentences>, within: Within, frames: usize) -> Sheets {
        let mut sheets = Sheets::new(frames);
        for article in articles {
            match within {
                Within::Sentence => {
                    sheets.units += u64::from(article.sentences);
                    for sentence in article.places.chunk_by(|a, b| a.0 == b.0) {
                        sheets.add(sentence.iter().map(|place| place.1));
                    }
                }
                Within::Article => {
                    // an article without a word that could have been a hit is no unit
                    sheets.units += u64::from(article.sentences > 0);
                    let mut own: Vec<FrameId> = article.places.iter().map(|place| place.1).collect();
                    own.sort_unstable();
                    own.dedup();
                    sheets.add(own.into_iter());
                }
            }
        }
        sheets.mark();
        sheets
    }

    /// Marks the units of each frame that is in so many that marks take less room.
    fn mark(&mut self) {
        let words = self.starts.len().div_ceil(64);
        let marks = |with: &Vec<u32>| {
            let mut bits = vec![0u64; if with.len() < words { 0 } else { words }];
            if !bits.is_empty() {
                with.iter().for_each(|&unit| bits[unit as usize / 64] |= 1 << (unit % 64));
            }
            bits
        };
        self.bits = self.with.iter().map(marks).collect();
    }

    fn add(&mut self, frames: impl Iterator<Item = FrameId>) {
        let (first, unit) = (self.frames.len(), self.starts.len() as u32 - 1);
        self.frames.extend(frames);
        if self.frames.len() > first {
            self.frames[first..].iter().for_each(|&frame| self.with[frame.index()].push(unit));
            self.starts.push(self.frames.len());
        }
    }

    /// The frames that `one` met, ascending, and in how many units.
    fn partners(&self, one: FrameId) -> Vec<(FrameId, u64)> {
        let units = &self.with[one.index()];
        let frames: usize = units.iter().map(|&unit| self.starts[unit as usize + 1] - self.starts[unit as usize]).sum();
        // what is less work: to go through the frames of each unit, or through the marks of each frame
        if !self.bits[one.index()].is_empty() && frames > self.with.len() * self.bits[one.index()].len() {
            return self.met_by_marks(one);
        }
        let mut both = vec![0u32; self.with.len()];
        for &unit in &self.with[one.index()] {
            let frames = &self.frames[self.starts[unit as usize]..self.starts[unit as usize + 1]];
            frames.iter().for_each(|&frame| both[frame.index()] += 1);
        }
        let partners = both.into_iter().enumerate().filter(|&(frame, units)| units > 0 && frame != one.index());
        partners.map(|(frame, units)| (FrameId::new(frame), u64::from(units))).collect()
    }

    /// [`Sheets::partners`] of a frame whose units are marked.
    fn met_by_marks(&self, one: FrameId) -> Vec<(FrameId, u64)> {
        let own = &self.bits[one.index()];
        let in_both = |other: usize| -> u64 {
            match self.bits[other].is_empty() {
                true => self.with[other].iter().map(|&unit| own[unit as usize / 64] >> (unit % 64) & 1).sum(),
                false => own.iter().zip(&self.bits[other]).map(|(a, b)| u64::from((a & b).count_ones())).sum(),
            }
        };
        let others = (0..self.with.len()).filter(|&other| other != one.index());
        let partners = others.map(|other| (FrameId::new(other), in_both(other)));
        partners.filter(|(_, units)| *units > 0).collect()
    }
}

/// By scope, then sentence before article, then pair; of groups where that is asked for.
pub fn rows(counts: &Counts, sums: &Lexical, plan: &Plan<'_>, by_group: bool) -> Vec<Row> {
    let frames = counts.frames.len();
    let scopes = Scope::each(counts.groups.len()).into_iter().filter(|scope| by_group || *scope == Scope::All);
    let shown = super::are_many(frames).then(|| super::shown_frames(&counts.hits_by_frame()));
    let mut rows = Vec::new();
    for scope in scopes {
        for within in [Within::Sentence, Within::Article] {
            let inside = sums.frame_sentences.iter().zip(&counts.group_of).filter(|(_, group)| scope.holds(**group));
            let sheets = Sheets::of(inside.map(|(article, _)| article), within, frames);
            let pairs = Pairs { sheets: &sheets, plan, scope, within };
            rows.extend(match &shown {
                Some(shown) => pairs.closest(shown),
                None => pairs.all(),
            });
        }
    }
    rows
}

/// Pairs of frames that met.
struct Pairs<'a> {
    sheets: &'a Sheets,
    plan: &'a Plan<'a>,
    scope: Scope,
    within: Within,
}

/// Two frames, and units in which they met.
type PairCount = (FrameId, FrameId, u64);

impl Pairs<'_> {
    /// The frames that a frame met, without those that hold it and those inside it.
    fn of(&self, one: FrameId) -> impl Iterator<Item = (FrameId, u64)> + '_ {
        let nested =
            move |other: FrameId| self.plan.inside(one).contains(&other) || self.plan.inside(other).contains(&one);
        self.sheets.partners(one).into_iter().filter(move |(other, _)| !nested(*other))
    }

    fn row(&self, (one, other, both): PairCount) -> Row {
        let Pairs { scope, within, .. } = *self;
        let units = self.units((one, other, both));
        let (phi, jaccard, log_dice, lift) = (phi(units), jaccard(units), units.log_dice(), lift(units));
        Row { scope, within, frames: [one, other], units, phi, jaccard, log_dice, lift }
    }

    fn units(&self, (one, other, both): PairCount) -> Units {
        let with = |frame: FrameId| self.sheets.with[frame.index()].len() as u64;
        Units::of(with(one), with(other), both, self.sheets.units)
    }

    fn frames(&self) -> impl IndexedParallelIterator<Item = FrameId> + use<> {
        (0..self.sheets.with.len()).into_par_iter().map(FrameId::new)
    }

    /// Every pair.
    fn all(&self) -> Vec<Row> {
        let of_frame = |one: FrameId| {
            let after = self.of(one).filter(|(other, _)| *other > one);
            after.map(|(other, both)| self.row((one, other, both))).collect::<Vec<Row>>()
        };
        self.frames().map(of_frame).collect::<Vec<_>>().concat()
    }

    /// The pairs that are among the [`CLOSEST`] of one of their frames, of equals the first, and those of frames that are `shown`; in
    /// their order. Never all pairs are in memory.
    fn closest(&self, shown: &[usize]) -> Vec<Row> {
        let is_shown = |frame: FrameId| shown.binary_search(&(frame.index())).is_ok();
        let of_frame = |one: FrameId| {
            let partners = self.of(one).map(|(other, both)| (one.min(other), one.max(other), both));
            let score = |partners: &PairCount| self.units(*partners).log_dice().value().unwrap_or(f64::NEG_INFINITY);
            let mut partners: Vec<(f64, PairCount)> = partners.map(|partners| (score(&partners), partners)).collect();
            partners.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let chosen = partners
                .iter()
                .enumerate()
                .filter(|(place, (_, partners))| *place < CLOSEST || is_shown(partners.0) && is_shown(partners.1));
            chosen.map(|(_, (_, partners))| *partners).collect::<Vec<PairCount>>()
        };
        let mut partners = self.frames().map(of_frame).collect::<Vec<_>>().concat();
        partners.sort_unstable();
        partners.dedup();
        partners.into_iter().map(|partners| self.row(partners)).collect()
    }
}
