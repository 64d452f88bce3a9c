//! The articles of two runs side by side, hit by hit.
//!
//! In: two runs and the pairs of their entries. Out: bookings in a [`Ledger`].

use super::entries::Pair;
use super::key::{COUNTED, Key};
use super::ledger::{ArticleChange, ArticleChangeKind, CauseTotals, HitChange, Ledger, Source};
use super::overlapping::Overlapping;
use super::snapshot::{Article, Snapshot};
use std::collections::BTreeMap;

/// Two runs, in names that both share.
pub(super) struct Comparison<'a> {
    pub(super) runs: [&'a Snapshot; 2],
    pub(super) pairs: [&'a Vec<u32>; 2],
    pub(super) frame_of: [Vec<usize>; 2],
    pub(super) group_of: [Vec<usize>; 2],
    /// Frames that hold each frame.
    pub(super) outer: Vec<Vec<usize>>,
    /// Text of each pair of entries, and names of frames: so that ties do not depend on which run is called the first.
    pub(super) texts: Vec<String>,
    pub(super) names: Vec<String>,
    pub(super) is_edited: bool,
}

pub(super) fn entry_text<'r>(runs: [&'r Snapshot; 2], pair: &Pair) -> &'r str {
    let [a, b] = runs.map(|run| &run.entries);
    let texts = [pair.before.map(|place| a[place].text.as_str()), pair.after.map(|place| b[place].text.as_str())];
    texts.into_iter().flatten().min().unwrap_or_default()
}

/// Which run has more.
const SIGNS: [i64; 2] = [-1, 1];

impl Comparison<'_> {
    fn group(&self, side: usize, article: &Article) -> Option<usize> {
        article.group.map(|group| self.group_of[side][group])
    }

    pub(super) fn total(&self, side: usize, ledger: &mut Ledger) {
        let run = self.runs[side];
        let mut hits = vec![0u64; run.groups.len() * run.frames.len()];
        for article in &run.articles {
            let Some(group) = self.group(side, article) else { continue };
            *ledger.words[side].entry(group).or_default() += article.words;
            *ledger.sizes[side].entry(group).or_default() += 1;
            let own = article.group.unwrap_or_default() * run.frames.len();
            hits[own..].iter_mut().zip(run.counts_of(article)).for_each(|(sum, &n)| *sum += u64::from(n));
        }
        for (at, n) in hits.into_iter().enumerate() {
            let cell = (self.group_of[side][at / run.frames.len()], self.frame_of[side][at % run.frames.len()]);
            *ledger.hits[side].entry(cell).or_default() += n;
        }
    }

    pub(super) fn articles(&self, ledger: &mut Ledger) {
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
            match self.kind(places) {
                Some(kind) => self.other_article(places, kind, ledger),
                None => self.same_article(places, ledger),
            }
        }
    }

    fn at(&self, places: [Option<usize>; 2], side: usize) -> Option<&Article> {
        self.runs[side].articles.get(places[side]?)
    }

    fn kind(&self, places: [Option<usize>; 2]) -> Option<ArticleChangeKind> {
        let (Some(a), Some(b)) = (self.at(places, 0), self.at(places, 1)) else {
            return Some(if places[0].is_none() { ArticleChangeKind::Added } else { ArticleChangeKind::Gone });
        };
        match (self.group(0, a), self.group(1, b)) {
            (Some(_), None) => Some(ArticleChangeKind::Left(b.counted.clone())),
            (None, Some(_)) => Some(ArticleChangeKind::Entered(a.counted.clone())),
            (one, other) if one != other => Some(ArticleChangeKind::Regrouped),
            _ if a.text != b.text => Some(ArticleChangeKind::Changed),
            _ => None,
        }
    }

    /// An article that the lexicons are not to blame for.
    fn other_article(&self, places: [Option<usize>; 2], kind: ArticleChangeKind, ledger: &mut Ledger) {
        let source = Source::Articles(kind.clone());
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
                ledger.book(group, frame, &source, CauseTotals { gained, lost, ..CauseTotals::default() });
            }
        }
        ledger.articles.push(ArticleChange { before: places[0], after: places[1], kind });
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
    fn keys(&self, places: [Option<usize>; 2], side: usize, is_moved: bool) -> Vec<(HitPlace, Key)> {
        let Some(article) = self.at(places, side) else { return Vec::new() };
        let key = |&key: &Key| {
            let frame = self.frame_of[side][key.frame as usize];
            let pair = self.pairs[side][key.entry as usize] as usize;
            (HitPlace { start: key.start, end: key.end, frame, pair }, key)
        };
        let mut keys: Vec<(HitPlace, Key)> = self.runs[side].hits[article.hits.clone()].iter().map(key).collect();
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
    fn compare(&self, places: [Option<usize>; 2], cause: Option<&Source>, ledger: &mut Ledger) {
        let [a, b] = [0, 1].map(|side| self.keys(places, side, is_moved(cause)));
        let first = ledger.changes.len();
        let mut sides: Vec<[Option<(HitPlace, Key)>; 2]> = Vec::new();
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
            sides.push([before, after]);
        }
        if !is_moved(cause) {
            join_replaced(&mut sides);
        }
        let changes = sides.into_iter().filter_map(|[before, after]| self.change(places, before, after, cause));
        ledger.changes.extend(changes);
        let changes = &mut ledger.changes[first..];
        if !is_moved(cause) {
            find_instead(changes, |pair, frame| (&self.texts[pair], &self.names[frame]));
        }
        if cause.is_none() {
            let booked: Vec<(usize, Source, [u64; 2])> = changes.iter().filter_map(booked_hit).collect();
            let Some(group) = self.at(places, 0).and_then(|article| self.group(0, article)) else { return };
            for (frame, source, [gained, lost]) in booked {
                let booked = CauseTotals { gained, lost, ..CauseTotals::default() };
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
        before: Option<(HitPlace, Key)>,
        after: Option<(HitPlace, Key)>,
        cause: Option<&Source>,
    ) -> Option<HitChange> {
        let (place, _) = before.or(after)?;
        let (before, after) = (before.map(|(_, key)| key), after.map(|(_, key)| key));
        let is_counted = [before, after].map(|key| key.is_some_and(|key| key.counted == 0));
        let source = match (before, after) {
            (Some(one), Some(other)) if is_counted[0] != is_counted[1] => {
                let word = |key: Key| COUNTED[key.counted as usize];
                Some(cause.cloned().unwrap_or_else(|| Source::Counting(word(one), word(other))))
            }
            // in another text it may be another sentence that somebody else says
            (Some(one), Some(other)) if is_counted[0] && one.voice != other.voice && !is_moved(cause) => None,
            (Some(_), Some(_)) => return None,
            _ if is_counted == [false, false] => return None,
            _ if cause.is_some() => cause.cloned(),
            _ if self.is_edited => Some(Source::Entry(place.pair)),
            _ => Some(Source::Settings),
        };
        Some(HitChange { articles, before, after, pair: place.pair, frame: place.frame, source, instead: None })
    }
}

/// True where bytes of one run say nothing about the other.
fn is_moved(cause: Option<&Source>) -> bool {
    matches!(cause, Some(Source::Articles(ArticleChangeKind::Changed)))
}

/// A place in the coordinates of both runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct HitPlace {
    start: u32,
    end: u32,
    frame: usize,
    pair: usize,
}

/// A word that another form of its entry finds within other bounds is one hit, not one lost and one gained.
fn join_replaced(sides: &mut Vec<[Option<(HitPlace, Key)>; 2]>) {
    let gained = sides.iter().enumerate().filter_map(|(at, side)| match side {
        [None, Some((_, key))] => Some((*key, at)),
        _ => None,
    });
    let gained = Overlapping::of(gained);
    for at in 0..sides.len() {
        let [Some((place, key)), None] = sides[at] else { continue };
        let is_same = |met: &usize| match sides[*met] {
            [None, Some((other, _))] => (other.frame, other.pair) == (place.frame, place.pair),
            _ => false,
        };
        if let Some(met) = gained.with(key).find(is_same) {
            sides[at][1] = sides[met][1].take();
        }
    }
    sides.retain(|[before, after]| before.is_some() || after.is_some());
}

/// Frame, source and whether it is gained or lost.
fn booked_hit(change: &HitChange) -> Option<(usize, Source, [u64; 2])> {
    let is_counted = [change.before, change.after].map(|key| key.is_some_and(|key| key.counted == 0));
    let source = change.source.clone()?;
    Some((change.frame, source, [u64::from(is_counted[1]), u64::from(is_counted[0])]))
}

/// What has the place of a hit that is gone, and what had the place of a hit that is new; its own frame first.
fn find_instead<'n>(changes: &mut [HitChange], name: impl Fn(usize, usize) -> (&'n String, &'n String)) {
    let [lost, gained] = [0, 1].map(|side| {
        let of = |change: &HitChange| match (change.before, change.after, side) {
            (Some(key), None, 0) | (None, Some(key), 1) => Some(key).filter(|key| key.counted == 0),
            _ => None,
        };
        Overlapping::of(changes.iter().enumerate().filter_map(|(at, change)| Some((of(change)?, at))))
    });
    let instead = |change: &HitChange| {
        let (here, others) = match (change.before, change.after) {
            (Some(key), None) => (key, &gained),
            (None, Some(key)) => (key, &lost),
            _ => return None,
        };
        let rivals = others.with(here).map(|at| &changes[at]);
        let best = rivals.min_by_key(|rival| (rival.frame != change.frame, name(rival.pair, rival.frame)));
        best.map(|rival| (rival.pair, rival.frame))
    };
    let found: Vec<Option<(usize, usize)>> = changes.iter().map(instead).collect();
    for (change, instead) in changes.iter_mut().zip(found) {
        change.instead = instead;
    }
}
