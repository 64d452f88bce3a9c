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

use super::entries::{Pair, Pairs};
use super::key::{COUNTED, Key};
use super::snapshot::{Article, Snapshot, is_inside};
use std::collections::{BTreeMap, BTreeSet};

/// What made a difference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A pair of entries, by its place.
    Entry(usize),
    /// Articles, and what happened to them.
    Articles(Fate),
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
pub enum Fate {
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
pub struct Booked {
    /// Counted hits that were not.
    pub gained: u64,
    /// Hits that were counted.
    pub lost: u64,
    /// Words of the denominator, more or less.
    pub words: i64,
    /// Articles behind it, where it is about articles.
    pub articles: u64,
}

impl Booked {
    /// Hits, more or less.
    pub fn hits(&self) -> i64 {
        self.gained as i64 - self.lost as i64
    }

    pub(super) fn add(&mut self, other: Booked) {
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
    pub fate: Fate,
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
    pub(super) booked: BTreeMap<(usize, usize), BTreeMap<Source, Booked>>,
    pub(super) articles: Vec<ArticleChange>,
    pub(super) changes: Vec<HitChange>,
}

/// Names of two runs, each once, and the place of each run's in them.
pub(super) fn union<T: Clone + Ord>(a: &[T], b: &[T]) -> (Vec<T>, [Vec<usize>; 2]) {
    // in the order of the second run; what only the first has comes after, so that a swap moves places and no pairing
    let known: BTreeSet<&T> = b.iter().collect();
    let all: Vec<T> = b.iter().chain(a.iter().filter(|name| !known.contains(name))).cloned().collect();
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
        let clerk = Clerk {
            runs,
            pairs: [&pairs.of_before, &pairs.of_after],
            outer: (0..frames.len()).map(outer).collect(),
            frame_of,
            group_of,
            texts: pairs.list.iter().map(|pair| text(runs, pair).to_string()).collect(),
            names: frames.clone(),
            is_edited: digests(runs[0]) != digests(runs[1]),
        };
        let mut ledger = Ledger { frames, groups, ..Ledger::default() };
        for side in 0..2 {
            clerk.total(side, &mut ledger);
        }
        clerk.articles(&mut ledger);
        ledger.overlap();
        ledger.booked.retain(|_, sources| {
            sources.retain(|_, booked| *booked != Booked::default());
            !sources.is_empty()
        });
        ledger
    }

    fn book(&mut self, group: usize, frame: usize, source: &Source, booked: Booked) {
        let sources = self.booked.entry((group, frame)).or_default();
        sources.entry(source.clone()).or_default().add(booked);
    }

    fn book_words(&mut self, group: usize, source: &Source, words: i64, articles: u64) {
        for frame in 0..self.frames.len() {
            self.book(group, frame, source, Booked { words, articles, ..Booked::default() });
        }
    }

    /// What is left over in frames that hold others.
    fn overlap(&mut self) {
        for group in 0..self.groups.len() {
            for frame in 0..self.frames.len() {
                let [a, b] = [0, 1].map(|side| self.hits[side].get(&(group, frame)).copied().unwrap_or(0) as i64);
                let booked = self.booked.get(&(group, frame));
                let rest = b - a - booked.map_or(0, |sources| sources.values().map(Booked::hits).sum());
                let (gained, lost) = (rest.max(0) as u64, (-rest).max(0) as u64);
                if rest != 0 {
                    self.book(group, frame, &Source::Overlap, Booked { gained, lost, ..Booked::default() });
                }
            }
        }
    }
}

struct Clerk<'a> {
    runs: [&'a Snapshot; 2],
    pairs: [&'a Vec<u32>; 2],
    frame_of: [Vec<usize>; 2],
    group_of: [Vec<usize>; 2],
    /// Frames that hold each frame.
    outer: Vec<Vec<usize>>,
    /// Text of each pair of entries, and names of frames: so that ties do not depend on which run is called the first.
    texts: Vec<String>,
    names: Vec<String>,
    is_edited: bool,
}

fn text<'r>(runs: [&'r Snapshot; 2], pair: &Pair) -> &'r str {
    let [a, b] = runs.map(|run| &run.entries);
    let texts = [pair.before.map(|place| a[place].text.as_str()), pair.after.map(|place| b[place].text.as_str())];
    texts.into_iter().flatten().min().unwrap_or_default()
}

/// Which run has more.
const SIGNS: [i64; 2] = [-1, 1];

impl Clerk<'_> {
    fn group(&self, side: usize, article: &Article) -> Option<usize> {
        article.group.map(|group| self.group_of[side][group])
    }

    fn total(&self, side: usize, ledger: &mut Ledger) {
        let run = self.runs[side];
        for article in &run.articles {
            let Some(group) = self.group(side, article) else { continue };
            *ledger.words[side].entry(group).or_default() += article.words;
            *ledger.sizes[side].entry(group).or_default() += 1;
            for (&hits, &frame) in run.counts_of(article).iter().zip(&self.frame_of[side]) {
                *ledger.hits[side].entry((group, frame)).or_default() += u64::from(hits);
            }
        }
    }

    fn articles(&self, ledger: &mut Ledger) {
        let ids = |side: usize| self.runs[side].articles.iter().map(|article| article.id.as_str());
        let pairs: Vec<[Option<usize>; 2]> = if ids(0).eq(ids(1)) {
            (0..self.runs[0].articles.len()).map(|place| [Some(place); 2]).collect()
        } else {
            let mut places: BTreeMap<&str, [Option<usize>; 2]> = BTreeMap::new();
            for side in 0..2 {
                for (id, place) in ids(side).zip(0..) {
                    places.entry(id).or_default()[side] = Some(place);
                }
            }
            places.into_values().collect()
        };
        for places in pairs {
            match self.fate(places) {
                Some(fate) => self.other_article(places, fate, ledger),
                None => self.same_article(places, ledger),
            }
        }
    }

    fn at(&self, places: [Option<usize>; 2], side: usize) -> Option<&Article> {
        self.runs[side].articles.get(places[side]?)
    }

    fn fate(&self, places: [Option<usize>; 2]) -> Option<Fate> {
        let (Some(a), Some(b)) = (self.at(places, 0), self.at(places, 1)) else {
            return Some(if places[0].is_none() { Fate::Added } else { Fate::Gone });
        };
        match (self.group(0, a), self.group(1, b)) {
            (Some(_), None) => Some(Fate::Left(b.counted.clone())),
            (None, Some(_)) => Some(Fate::Entered(a.counted.clone())),
            (one, other) if one != other => Some(Fate::Regrouped),
            _ if a.text != b.text => Some(Fate::Changed),
            _ => None,
        }
    }

    /// An article that the lexicons are not to blame for.
    fn other_article(&self, places: [Option<usize>; 2], fate: Fate, ledger: &mut Ledger) {
        let source = Source::Articles(fate.clone());
        let frames = ledger.frames.len();
        let mut change: BTreeMap<(usize, usize), i64> = BTreeMap::new();
        let mut words: BTreeMap<usize, i64> = BTreeMap::new();
        for (side, sign) in SIGNS.into_iter().enumerate() {
            let Some(article) = self.at(places, side) else { continue };
            let Some(group) = self.group(side, article) else { continue };
            *words.entry(group).or_default() += sign * article.words as i64;
            for (&hits, &frame) in self.runs[side].counts_of(article).iter().zip(&self.frame_of[side]) {
                *change.entry((group, frame)).or_default() += sign * i64::from(hits);
            }
        }
        for (group, words) in words {
            ledger.book_words(group, &source, words, 1);
            for frame in 0..frames {
                let hits = change.get(&(group, frame)).copied().unwrap_or(0);
                let (gained, lost) = (hits.max(0) as u64, (-hits).max(0) as u64);
                ledger.book(group, frame, &source, Booked { gained, lost, ..Booked::default() });
            }
        }
        ledger.articles.push(ArticleChange { before: places[0], after: places[1], fate });
        self.compare(places, Some(&source), ledger);
    }

    fn same_article(&self, places: [Option<usize>; 2], ledger: &mut Ledger) {
        let (Some(a), Some(b)) = (self.at(places, 0), self.at(places, 1)) else { return };
        if let Some(group) = self.group(0, a).filter(|_| a.words != b.words) {
            ledger.book_words(group, &Source::Cleaning, b.words as i64 - a.words as i64, 0);
        }
        if !self.has_same_hits(a, b) {
            self.compare(places, None, ledger);
        }
    }

    /// True for nearly every article after an edit: the same hits in the same order.
    fn has_same_hits(&self, a: &Article, b: &Article) -> bool {
        let [one, other] = [(0, a), (1, b)].map(|(side, article)| &self.runs[side].hits[article.hits.clone()]);
        let place = |side: usize, key: &Key| {
            let pair = self.pairs[side][key.entry as usize];
            (key.start, key.end, self.frame_of[side][key.frame as usize], pair, key.voice, key.counted)
        };
        one.len() == other.len() && one.iter().zip(other).all(|(x, y)| place(0, x) == place(1, y))
    }

    /// The hits of an article in the coordinates of both runs, ordered by place.
    fn keys(&self, places: [Option<usize>; 2], side: usize, is_moved: bool) -> Vec<(Where, Key)> {
        let Some(article) = self.at(places, side) else { return Vec::new() };
        let key = |&key: &Key| {
            let frame = self.frame_of[side][key.frame as usize];
            let pair = self.pairs[side][key.entry as usize] as usize;
            (Where { start: key.start, end: key.end, frame, pair }, key)
        };
        let mut keys: Vec<(Where, Key)> = self.runs[side].hits[article.hits.clone()].iter().map(key).collect();
        if is_moved {
            // in another text bytes say nothing: a place is the how manyth hit of its entry it is
            let mut seen: BTreeMap<(usize, usize), u32> = BTreeMap::new();
            for (place, _) in &mut keys {
                let nth = seen.entry((place.frame, place.pair)).or_default();
                *nth += 1;
                (place.start, place.end) = (*nth, 0);
            }
        }
        keys.sort_unstable();
        keys
    }

    /// Hits that only one run has, that only one counts, or that another voice says.
    fn compare(&self, places: [Option<usize>; 2], told: Option<&Source>, ledger: &mut Ledger) {
        let [a, b] = [0, 1].map(|side| self.keys(places, side, is_moved(told)));
        let first = ledger.changes.len();
        let (mut i, mut j) = (0, 0);
        while i < a.len() || j < b.len() {
            let order = match (a.get(i), b.get(j)) {
                (Some(one), Some(other)) => one.0.cmp(&other.0),
                (Some(_), None) => std::cmp::Ordering::Less,
                _ => std::cmp::Ordering::Greater,
            };
            let before = (order.is_le()).then(|| a[i]);
            let after = (order.is_ge()).then(|| b[j]);
            (i, j) = (i + usize::from(before.is_some()), j + usize::from(after.is_some()));
            if let Some(change) = self.change(places, before, after, told) {
                ledger.changes.push(change);
            }
        }
        let changes = &mut ledger.changes[first..];
        if !is_moved(told) {
            find_instead(changes, |pair, frame| (&self.texts[pair], &self.names[frame]));
        }
        if told.is_none() {
            let booked: Vec<(usize, Source, [u64; 2])> = changes.iter().filter_map(booked_hit).collect();
            let Some(group) = self.at(places, 0).and_then(|article| self.group(0, article)) else { return };
            for (frame, source, [gained, lost]) in booked {
                let booked = Booked { gained, lost, ..Booked::default() };
                ledger.book(group, frame, &source, booked);
                for &outer in &self.outer[frame] {
                    ledger.book(group, outer, &source, booked);
                }
            }
        }
    }

    fn change(
        &self,
        articles: [Option<usize>; 2],
        before: Option<(Where, Key)>,
        after: Option<(Where, Key)>,
        told: Option<&Source>,
    ) -> Option<HitChange> {
        let (place, _) = before.or(after)?;
        let (before, after) = (before.map(|(_, key)| key), after.map(|(_, key)| key));
        let is_counted = [before, after].map(|key| key.is_some_and(|key| key.counted == 0));
        let source = match (before, after) {
            (Some(one), Some(other)) if is_counted[0] != is_counted[1] => {
                let word = |key: Key| COUNTED[key.counted as usize];
                Some(told.cloned().unwrap_or_else(|| Source::Counting(word(one), word(other))))
            }
            // in another text it may be another sentence that somebody else says
            (Some(one), Some(other)) if is_counted[0] && one.voice != other.voice && !is_moved(told) => None,
            (Some(_), Some(_)) => return None,
            _ if is_counted == [false, false] => return None,
            _ if told.is_some() => told.cloned(),
            _ if self.is_edited => Some(Source::Entry(place.pair)),
            _ => Some(Source::Settings),
        };
        Some(HitChange { articles, before, after, pair: place.pair, frame: place.frame, source, instead: None })
    }
}

/// True where bytes of one run say nothing about the other.
fn is_moved(told: Option<&Source>) -> bool {
    matches!(told, Some(Source::Articles(Fate::Changed)))
}

/// A place in the coordinates of both runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Where {
    start: u32,
    end: u32,
    frame: usize,
    pair: usize,
}

/// Frame, source and whether it is gained or lost.
fn booked_hit(change: &HitChange) -> Option<(usize, Source, [u64; 2])> {
    let is_counted = [change.before, change.after].map(|key| key.is_some_and(|key| key.counted == 0));
    let source = change.source.clone()?;
    Some((change.frame, source, [u64::from(is_counted[1]), u64::from(is_counted[0])]))
}

/// What has the place of a hit that is gone, and what had the place of a hit that is new; its own frame first.
fn find_instead<'n>(changes: &mut [HitChange], name: impl Fn(usize, usize) -> (&'n String, &'n String)) {
    let found: Vec<Option<(usize, usize)>> = changes
        .iter()
        .map(|change| {
            let (here, other): (Key, fn(&HitChange) -> Option<Key>) = match (change.before, change.after) {
                (Some(key), None) => (key, |other| other.after.filter(|_| other.before.is_none())),
                (None, Some(key)) => (key, |other| other.before.filter(|_| other.after.is_none())),
                _ => return None,
            };
            let rivals = changes.iter().filter(|rival| {
                other(rival).is_some_and(|key| key.start < here.end && here.start < key.end && key.counted == 0)
            });
            let best = rivals.min_by_key(|rival| (rival.frame != change.frame, name(rival.pair, rival.frame)));
            best.map(|rival| (rival.pair, rival.frame))
        })
        .collect();
    for (change, instead) in changes.iter_mut().zip(found) {
        change.instead = instead;
    }
}
