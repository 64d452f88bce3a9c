//! Entries that validation, concentration or the company of their hits speak against.
//!
//! In: a lexicon, a study. Out: [`Dropped`], in the order of the file, each with its reasons in numbers.
//! Invariant: an entry is named only where a number says so, and it has enough hits for that.
//! It deliberately changes no lexicon.

use super::gather::gather;
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
    let (lexicon, text) = (&gathered.lexicon, &gathered.text);
    let outlets: BTreeSet<&str> = text.articles.iter().map(|(outlet, _)| outlet.as_str()).collect();
    let mut found = Vec::new();
    for frame in frames_of(lexicon, query.frame.as_deref())? {
        let hits: Vec<_> = text.hits.iter().filter(|hit| hit.frame == frame as u32).collect();
        let mut own: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        hits.iter().for_each(|hit| _ = own.entry(hit.unit).or_default().insert(hit.entry));
        let article = |unit: u32| text.units.get(unit as usize).map(|unit| unit.article);
        let near = |unit: u32, entry: Option<u32>| {
            (unit.saturating_sub(1)..=unit + 1)
                .filter(|&other| article(other) == article(unit))
                .any(|other| own.get(&other).is_some_and(|entries| entries.iter().any(|&found| Some(found) != entry)))
        };
        let base = (0..text.units.len() as u32).filter(|&unit| near(unit, None)).count() as u64;
        let with = hits.iter().filter(|hit| near(hit.unit, Some(hit.entry))).count() as u64;
        for (number, entry) in lexicon.entries.iter().enumerate() {
            if entry.except || entry.frame != frame {
                continue;
            }
            let of_entry: Vec<_> = hits.iter().filter(|hit| hit.entry == number as u32).collect();
            let all = of_entry.len() as u64;
            let mut reasons = Vec::new();
            if let Some((right, checked)) = entry.precision.filter(|&precision| is_low(precision)) {
                reasons.push(DropReason::Precision(right, checked));
            }
            if all >= LEAST {
                let articles = of_entry.iter().filter_map(|hit| article(hit.unit));
                let places: Vec<u32> = articles.collect();
                let (_, most) = commonest(places.iter().copied());
                if most as f64 >= ONE * all as f64 {
                    reasons.push(DropReason::OneArticle(most, all));
                }
                let names = places.iter().map(|&article| text.articles[article as usize].0.as_str());
                let (outlet, most) = commonest(names);
                if outlets.len() > 2 && most as f64 >= ONE * all as f64 {
                    reasons.push(DropReason::OneOutlet(outlet.unwrap_or_default().to_string(), most, all));
                }
                let near = of_entry.iter().filter(|hit| near(hit.unit, Some(hit.entry))).count() as u64;
                let rest = (with - near, hits.len() as u64 - all);
                let expected = expected_precision((near, all), rest, (base, text.units.len() as u64)).value();
                let is_less = wilson(near, all)
                    .and_then(|interval| interval.high())
                    .is_some_and(|high| high * rest.1 as f64 <= rest.0 as f64);
                if let Some(expected) = expected.filter(|expected| *expected < ALONE && rest.1 >= LEAST && is_less) {
                    reasons.push(DropReason::Company(near, expected));
                }
            }
            if !reasons.is_empty() {
                let at = format!("{}:{}", lexicon.file, entry.line);
                found.push(Dropped {
                    frame: lexicon.frames[frame].name.clone(),
                    entry: entry.text.clone(),
                    at,
                    hits: all,
                    reasons,
                });
            }
        }
    }
    Ok(found)
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
