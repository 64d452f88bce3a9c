//! Every hit and word that a group has more or less, booked to what made it so.
//!
//! In: two runs and the pairs of their entries. Out: [`Ledger`]: integers by group, frame and cause; the hits and articles that differ.
//! Invariant: the bookings of a group and frame add up to the difference of its hits, and those of its words to that of its words.
//! Bookings are whole numbers, so swapping the runs turns every sign and nothing else.
//!
//! What is booked to what: all of an article that is in one run only, or has another text or group, to the articles; a hit that is counted
//! in one run and not in the other for a reason of the column `counted`, and words that are left out in one run only, to the
//! options; a hit found in one run only, to its entry, or to the options where no lexicon differs; and what a frame
//! that holds others gains or loses because it counts a place once, to the overlap of the frames inside it.

use super::articles::{Comparison, entry_text};
use super::entries::Pairs;
use super::key::Key;
use super::snapshot::{Snapshot, is_inside};
use std::collections::{BTreeMap, BTreeSet};

/// What made a difference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A pair of entries, by its place.
    Entry(usize),
    /// Articles, and what happened to them.
    Articles(ArticleChangeKind),
    /// Hits that one run counts and the other does not: what the column `counted` says, before and after.
    Counting(&'static str, &'static str),
    /// Words that one run leaves out as furniture or repeats and the other does not.
    Cleaning,
    /// Hits that one run finds and the other does not, where no lexicon differs.
    Settings,
    /// Places that several frames inside this one find, and that it counts once.
    Overlap,
}

/// What happened to an article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ArticleChangeKind {
    /// Only in the second run.
    Added,
    /// Only in the first run.
    Gone,
    /// Counted now; why it was not.
    Entered(String),
    /// Not counted any more; why.
    Left(String),
    /// In another group.
    Regrouped,
    /// Its text is another.
    Changed,
}

/// What a cause adds up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CauseTotals {
    /// Counted hits that were not.
    pub gained: u64,
    /// Hits that were counted.
    pub lost: u64,
    /// Words of the denominator, more or less.
    pub words: i64,
    /// Articles behind it, where it is about articles.
    pub articles: u64,
}

impl CauseTotals {
    /// Hits, more or less.
    pub fn hits(&self) -> i64 {
        self.gained as i64 - self.lost as i64
    }

    pub(super) fn add(&mut self, other: CauseTotals) {
        self.gained += other.gained;
        self.lost += other.lost;
        self.words += other.words;
        self.articles += other.articles;
    }
}

/// An article that is not what it was.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleChange {
    /// Place in the first run.
    pub before: Option<usize>,
    /// Place in the second run.
    pub after: Option<usize>,
    /// What happened.
    pub kind: ArticleChangeKind,
}

/// A hit that is not what it was.
#[derive(Clone, Debug, PartialEq)]
pub struct HitChange {
    /// Place of its article in either run.
    pub articles: [Option<usize>; 2],
    /// The hit in the first run.
    pub before: Option<Key>,
    /// The hit in the second run.
    pub after: Option<Key>,
    /// Pair of its entry.
    pub pair: usize,
    /// Frame, among those of both runs.
    pub frame: usize,
    /// What it is booked to; nothing where only the voice is another.
    pub source: Option<Source>,
    /// Pair and frame of the entry that has the place in the other run.
    pub instead: Option<(usize, usize)>,
}

/// The books.
#[derive(Clone, Debug, Default)]
pub(super) struct Ledger {
    /// Frames of both runs.
    pub(super) frames: Vec<String>,
    /// Group labels of both runs.
    pub(super) groups: Vec<Vec<String>>,
    /// Hits, words and articles of each group, before and after: by group, then frame.
    pub(super) hits: [BTreeMap<(usize, usize), u64>; 2],
    pub(super) words: [BTreeMap<usize, u64>; 2],
    pub(super) sizes: [BTreeMap<usize, u64>; 2],
    /// By group, then frame.
    pub(super) booked: BTreeMap<(usize, usize), BTreeMap<Source, CauseTotals>>,
    pub(super) articles: Vec<ArticleChange>,
    pub(super) changes: Vec<HitChange>,
}

/// Names of two runs, each once, and the place of each run's in them.
pub(super) fn union<T: Clone + Ord>(a: &[T], b: &[T]) -> (Vec<T>, [Vec<usize>; 2]) {
    // in the order of the second run; what only the first has comes after, so that a swap moves places and no pairing
    let names_of_b: BTreeSet<&T> = b.iter().collect();
    let all: Vec<T> = b.iter().chain(a.iter().filter(|name| !names_of_b.contains(name))).cloned().collect();
    let place: BTreeMap<&T, usize> = all.iter().zip(0..).collect();
    let places = [a, b].map(|names| names.iter().map(|name| place[name]).collect());
    (all, places)
}

impl Ledger {
    /// Books every difference.
    pub(super) fn of(runs: [&Snapshot; 2], pairs: &Pairs) -> Ledger {
        let (frames, frame_of) = union(&runs[0].frames, &runs[1].frames);
        let (groups, group_of) = union(&runs[0].groups, &runs[1].groups);
        // furniture lexicons have no entries here: what they do is the options' doing
        let digests = |run: &Snapshot| -> BTreeSet<[String; 2]> {
            let lexicons =
                run.lexicons.iter().filter(|[name, ..]| run.entries.iter().any(|entry| entry.lexicon == *name));
            lexicons.map(|[name, _, _, digest]| [name.clone(), digest.clone()]).collect()
        };
        let outer =
            |frame: usize| (0..frames.len()).filter(|&other| is_inside(&frames[frame], &frames[other])).collect();
        let comparison = Comparison {
            runs,
            pairs: [&pairs.of_before, &pairs.of_after],
            outer: (0..frames.len()).map(outer).collect(),
            frame_of,
            group_of,
            texts: pairs.list.iter().map(|pair| entry_text(runs, pair).to_string()).collect(),
            names: frames.clone(),
            is_edited: digests(runs[0]) != digests(runs[1]),
        };
        let mut ledger = Ledger { frames, groups, ..Ledger::default() };
        for side in 0..2 {
            comparison.total(side, &mut ledger);
        }
        comparison.articles(&mut ledger);
        ledger.overlap();
        ledger.booked.retain(|_, sources| {
            sources.retain(|_, booked| *booked != CauseTotals::default());
            !sources.is_empty()
        });
        ledger
    }

    pub(super) fn book(&mut self, group: usize, frame: usize, source: &Source, booked: CauseTotals) {
        let sources = self.booked.entry((group, frame)).or_default();
        sources.entry(source.clone()).or_default().add(booked);
    }

    pub(super) fn book_words(&mut self, group: usize, source: &Source, words: i64, articles: u64) {
        for frame in 0..self.frames.len() {
            self.book(group, frame, source, CauseTotals { words, articles, ..CauseTotals::default() });
        }
    }

    /// What is left over in frames that hold others.
    fn overlap(&mut self) {
        for group in 0..self.groups.len() {
            for frame in 0..self.frames.len() {
                let [a, b] = [0, 1].map(|side| self.hits[side].get(&(group, frame)).copied().unwrap_or(0) as i64);
                let booked = self.booked.get(&(group, frame));
                let rest = b - a - booked.map_or(0, |sources| sources.values().map(CauseTotals::hits).sum());
                let (gained, lost) = (rest.max(0) as u64, (-rest).max(0) as u64);
                if rest != 0 {
                    self.book(group, frame, &Source::Overlap, CauseTotals { gained, lost, ..CauseTotals::default() });
                }
            }
        }
    }
}
