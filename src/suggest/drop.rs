//! Entries that validation, concentration or the company of their hits speak against.
//!
//! In: a lexicon, a study. Out: [`Dropped`], in the order of the file, each with its reasons in numbers.
//! Invariant: an entry is named only where a number says so, and it has enough hits for that.
//! It deliberately changes no lexicon.

use super::gather::gather;
use super::text::{EntryHit, Text};
use super::{SuggestQuery, frames_of};
use crate::error::Result;
use crate::statistics::candidates::expected_precision;
use crate::statistics::proportion::wilson;
use crate::study::Study;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;

/// Right hits in a hundred that a lexicon asks of an entry (`CONTRIBUTING`).
const PRECISION: f64 = 0.8;

/// An entry with fewer hits is not judged by where they stand.
const LEAST: u64 = 10;

/// Share of an entry's hits in one outlet or article from which it is that one's word.
const ONE: f64 = 0.8;

/// Expected precision below which an entry keeps no company of its frame.
const ALONE: f64 = 0.1;

/// Why an entry is doubtful.
#[derive(Clone, Debug, PartialEq)]
pub enum DropReason {
    /// Hand-checked: right, checked; the upper end of the interval is below what is asked, or, of few, the share.
    Precision(u32, u32),
    /// Most hits stand in one article: its hits, of all.
    OneArticle(u64, u64),
    /// Most hits are of one outlet.
    OneOutlet(String, u64, u64),
    /// Its hits keep no company of the frame: hits with company, expected precision.
    Company(u64, f64),
}

/// An entry that something speaks against.
#[derive(Clone, Debug, PartialEq)]
pub struct Dropped {
    /// Frame.
    pub frame: String,
    /// As written.
    pub entry: String,
    /// `file:line`.
    pub at: String,
    /// Counted hits.
    pub hits: u64,
    /// What speaks against it.
    pub reasons: Vec<DropReason>,
}

/// Finds entries that something speaks against.
///
/// # Errors
/// As of [`super::suggest`].
pub fn suggest_drop(file: &str, study: &Study, query: &SuggestQuery, stop: &AtomicBool) -> Result<Vec<Dropped>> {
    let gathered = gather(file, study, stop)?;
    let lexicon = &gathered.lexicon;
    let mut dropped = Vec::new();
    for frame in frames_of(lexicon, query.frame.as_deref())? {
        let hits = FrameHits::of(&gathered.text, frame);
        let entries = lexicon.entries.iter().enumerate().filter(|(_, entry)| !entry.except && entry.frame == frame);
        for (number, entry) in entries {
            let (hits, mut reasons) = hits.against(number as u32);
            if let Some((right, checked)) = entry.precision.filter(|&precision| is_low(precision)) {
                reasons.insert(0, DropReason::Precision(right, checked));
            }
            if !reasons.is_empty() {
                let (frame, at) = (lexicon.frames[frame].name.clone(), format!("{}:{}", lexicon.file, entry.line));
                dropped.push(Dropped { frame, entry: entry.text.clone(), at, hits, reasons });
            }
        }
    }
    Ok(dropped)
}

/// The hits of a frame, and which entries found something in each unit of text.
struct FrameHits<'t> {
    text: &'t Text,
    hits: Vec<&'t EntryHit>,
    /// Entries of the frame with a hit in a unit.
    entries: BTreeMap<u32, BTreeSet<u32>>,
    /// Units of all text that keep the company of the frame.
    in_company: u64,
    /// Hits that keep the company of another entry of it.
    hits_in_company: u64,
    /// Outlets of the corpus.
    outlets: usize,
}

impl<'t> FrameHits<'t> {
    fn of(text: &'t Text, frame: usize) -> FrameHits<'t> {
        let hits: Vec<&EntryHit> = text.hits.iter().filter(|hit| hit.frame == frame).collect();
        let mut entries: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        hits.iter().for_each(|hit| _ = entries.entry(hit.unit).or_default().insert(hit.entry));
        let outlets: BTreeSet<&str> = text.articles.iter().map(|(outlet, _)| outlet.as_str()).collect();
        let mut all = FrameHits { text, hits, entries, in_company: 0, hits_in_company: 0, outlets: outlets.len() };
        all.in_company = (0..text.units.len() as u32).filter(|&unit| all.is_near(unit, None)).count() as u64;
        all.hits_in_company = all.hits.iter().filter(|hit| all.is_near(hit.unit, Some(hit.entry))).count() as u64;
        all
    }

    fn article(&self, unit: u32) -> Option<u32> {
        self.text.units.get(unit as usize).map(|unit| unit.article)
    }

    /// True where an entry of the frame, other than this one, has a hit in the unit or beside it in its article.
    fn is_near(&self, unit: u32, entry: Option<u32>) -> bool {
        (unit.saturating_sub(1)..=unit + 1).filter(|&other| self.article(other) == self.article(unit)).any(|other| {
            self.entries.get(&other).is_some_and(|entries| entries.iter().any(|&near| Some(near) != entry))
        })
    }

    /// The number of an entry's hits, and what their places say against it.
    fn against(&self, entry: u32) -> (u64, Vec<DropReason>) {
        let hits: Vec<&EntryHit> = self.hits.iter().filter(|hit| hit.entry == entry).copied().collect();
        let all = hits.len() as u64;
        let mut reasons = Vec::new();
        if all < LEAST {
            return (all, reasons);
        }
        let articles: Vec<u32> = hits.iter().filter_map(|hit| self.article(hit.unit)).collect();
        let (_, most) = commonest(articles.iter().copied());
        if most as f64 >= ONE * all as f64 {
            reasons.push(DropReason::OneArticle(most, all));
        }
        let outlets = articles.iter().map(|&article| self.text.articles[article as usize].0.as_str());
        let (outlet, most) = commonest(outlets);
        if self.outlets > 2 && most as f64 >= ONE * all as f64 {
            reasons.push(DropReason::OneOutlet(outlet.unwrap_or_default().to_string(), most, all));
        }
        let near = hits.iter().filter(|hit| self.is_near(hit.unit, Some(entry))).count() as u64;
        let rest = (self.hits_in_company - near, self.hits.len() as u64 - all);
        let base = (self.in_company, self.text.units.len() as u64);
        let is_less = wilson(near, all)
            .and_then(|interval| interval.high())
            .is_some_and(|high| high * rest.1 as f64 <= rest.0 as f64);
        let expected = expected_precision((near, all), rest, base).value();
        if let Some(expected) = expected.filter(|expected| *expected < ALONE && rest.1 >= LEAST && is_less) {
            reasons.push(DropReason::Company(near, expected));
        }
        (all, reasons)
    }
}

/// True where what was checked by hand is not right often enough.
fn is_low((right, checked): (u32, u32)) -> bool {
    /// Checked hits from which the share itself speaks.
    const ENOUGH: u32 = 10;
    if checked == 0 {
        return false;
    }
    let share = f64::from(right) / f64::from(checked);
    let interval = wilson(u64::from(right), u64::from(checked));
    interval.and_then(|interval| interval.high()).is_some_and(|high| high < PRECISION)
        || (checked >= ENOUGH && share < PRECISION)
}

/// What stands there most often, and how often; of equally common ones the first.
fn commonest<T: Ord + Copy>(of: impl Iterator<Item = T>) -> (Option<T>, u64) {
    let mut times: BTreeMap<T, u64> = BTreeMap::new();
    of.for_each(|one| *times.entry(one).or_default() += 1);
    let best = times.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
    best.map_or((None, 0), |(one, n)| (Some(one), n))
}
