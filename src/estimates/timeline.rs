//! Rates over time, period by period and over windows of several periods.
//!
//! In: counts and the dates of articles. Out: [`Timeline`].
//! Invariant: a window is centred on its period and never reaches beyond the first or the last period of the corpus.
//! It deliberately draws no line through a period without articles: such a period has no row.

use super::Period;
use crate::aggregate::Counts;
use crate::read::Date;
use crate::statistics::measured::Why;
use crate::statistics::{self, Estimate, FrameRow, Groups};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Group × period × frame.
pub struct Timeline {
    /// Length of the periods.
    pub period: Period,
    /// Group and first day of the period; the `group` of a row counts these.
    pub keys: Vec<(u32, Date)>,
    /// Rows, key by key and frame by frame.
    pub rows: Vec<FrameRow>,
    /// Periods of the moving rate.
    pub window: u32,
    /// The moving rate of each row: that of all articles of the window, by the linearised ratio.
    pub moving: Vec<Estimate>,
    /// Counted articles without a date.
    pub undated: u64,
    /// Counted articles whose date is no day of publication: they are in no period.
    pub implausible: u64,
}

impl Timeline {
    /// First day of the period that holds a date.
    pub fn start(&self, date: Date) -> Date {
        begin(date, self.period)
    }
}

/// The pooled rate of the window around each key, frame by frame.
fn moving(groups: &Groups<'_>, keys: &[(u32, Date)], period: Period, window: u32) -> Vec<Estimate> {
    let half = (window / 2) as i32;
    let place = |date: Date| number(date, period);
    let (first, last) = keys
        .iter()
        .fold((i32::MAX, i32::MIN), |(first, last), &(_, date)| (first.min(place(date)), last.max(place(date))));
    let of_key = |&(group, date): &(u32, Date)| {
        let at = place(date);
        let is_beyond = at - half < first || at + half > last;
        let near = keys.partition_point(|&(g, d)| (g, place(d)) < (group, at - half))
            ..keys.partition_point(|&(g, d)| (g, place(d)) <= (group, at + half));
        let articles: Vec<u32> = near.flat_map(|key| groups.members(key)).copied().collect();
        let beyond = move |rate: Estimate| match is_beyond {
            true => Estimate::missing(Why::BeyondPeriods, rate.n_articles, rate.n_words),
            false => rate,
        };
        groups.rates(&articles).into_iter().map(beyond)
    };
    keys.iter().flat_map(of_key).collect()
}

/// Number of a period, so that neighbours differ by one.
fn number(date: Date, period: Period) -> i32 {
    match period {
        Period::Day | Period::Auto => date.days(),
        Period::Week => date.days().div_euclid(7),
        Period::Month => i32::from(date.year()) * 12 + i32::from(date.month()),
        Period::Year => i32::from(date.year()),
    }
}

/// Every group × period × frame.
pub(super) fn of(
    counts: &Counts,
    clusters: Option<statistics::Clusters<'_>>,
    names: &[String],
    told: &super::Options,
    options: &statistics::Options,
) -> Timeline {
    let dates: Vec<Option<Date>> = counts.dates.iter().map(|date| date.filter(Date::is_plausible)).collect();
    let period = match told.period {
        Period::Auto => fitting(&counts.group_of, &dates),
        told => told,
    };
    let starts: Vec<Option<Date>> = dates.iter().map(|date| date.map(|date| begin(date, period))).collect();
    let mut keys: Vec<(u32, Date)> =
        counts.group_of.iter().copied().zip(&starts).filter_map(|(g, s)| Some((g, (*s)?))).collect();
    keys.sort_unstable();
    keys.dedup();
    let cell_of = |(&group, start): (&u32, &Option<Date>)| {
        let cell = start.and_then(|start| keys.binary_search(&(group, start)).ok());
        cell.map_or(u32::MAX, |cell| cell as u32)
    };
    let group_of: Vec<u32> = counts.group_of.iter().zip(&starts).map(cell_of).collect();
    let cell_names: Vec<String> =
        keys.iter().map(|(group, start)| format!("{} {start}", names[*group as usize])).collect();
    let view = statistics::Counts {
        frames: &counts.frames,
        groups: &cell_names,
        group_of: &group_of,
        words: &counts.words,
        hits: &counts.hits,
    };
    let groups = Groups::of(&view, options).clustered(clusters);
    let window = told.moving.unwrap_or(if period == Period::Day { 7 } else { 3 });
    Timeline {
        period,
        moving: moving(&groups, &keys, period, window),
        window,
        rows: groups.rows(),
        keys,
        undated: counts.dates.iter().filter(|date| date.is_none()).count() as u64,
        implausible: counts.dates.iter().flatten().filter(|date| !date.is_plausible()).count() as u64,
    }
}

/// Periods from the finest to the coarsest, each with the most days that it is drawn over.
const PERIODS: [(Period, i32); 4] =
    [(Period::Day, 62), (Period::Week, 731), (Period::Month, 3_660), (Period::Year, i32::MAX)];
/// With fewer articles in the median period of a group, rates are noise.
const ENOUGH: usize = 10;
/// Groups that a period is to suit: those that a chart over time shows.
const SHOWN: usize = 6;
/// Fewer periods show no course of time.
const FEWEST: i32 = 3;

/// The finest period of which a group has [`ENOUGH`] articles on the median and which makes no crowd over the time that the articles
/// span; where none has, the coarsest of which there are [`FEWEST`].
///
/// The twentieth of the articles that comes first and the one that comes last do not decide, so that one stray date makes no months of
/// a corpus of three weeks.
fn fitting(group_of: &[u32], dates: &[Option<Date>]) -> Period {
    let mut days: Vec<i32> = dates.iter().flatten().map(Date::days).collect();
    days.sort_unstable();
    let aside = days.len() / 20;
    let ends = days.get(aside).zip(days.len().checked_sub(aside + 1).and_then(|last| days.get(last)));
    let Some((first, last)) =
        ends.and_then(|(&first, &last)| Some((Date::from_days(first.into())?, Date::from_days(last.into())?)))
    else {
        return Period::Month;
    };
    let spans = |period| number(last, period) - number(first, period) + 1;
    let is_sparse = |&(_, most): &(Period, i32)| last.days() - first.days() <= most;
    let shown = largest(group_of, dates);
    let suits = |&(period, _): &(Period, i32)| articles_of_a_period(&shown, group_of, dates, period) >= ENOUGH;
    let finest = PERIODS.iter().filter(|period| is_sparse(period)).find(|period| suits(period));
    let coarsest = || PERIODS.iter().rev().find(|&&(period, _)| spans(period) >= FEWEST);
    finest.filter(|&&(period, _)| spans(period) >= FEWEST).or_else(coarsest).map_or(Period::Day, |&(period, _)| period)
}

/// The groups with most dated articles.
fn largest(group_of: &[u32], dates: &[Option<Date>]) -> Vec<u32> {
    let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
    for (&group, _) in group_of.iter().zip(dates).filter(|(_, date)| date.is_some()) {
        *sizes.entry(group).or_default() += 1;
    }
    let mut groups: Vec<(usize, u32)> = sizes.into_iter().map(|(group, size)| (size, group)).collect();
    groups.sort_unstable_by_key(|&(size, group)| (Reverse(size), group));
    groups.into_iter().take(SHOWN).map(|(_, group)| group).collect()
}

/// How many articles the median period of these groups has, of those that have any.
fn articles_of_a_period(shown: &[u32], group_of: &[u32], dates: &[Option<Date>], period: Period) -> usize {
    let mut sizes: BTreeMap<(u32, Date), usize> = BTreeMap::new();
    for (&group, date) in group_of.iter().zip(dates).filter(|(group, _)| shown.contains(group)) {
        if let Some(date) = date {
            *sizes.entry((group, begin(*date, period))).or_default() += 1;
        }
    }
    let mut sizes: Vec<usize> = sizes.into_values().collect();
    sizes.sort_unstable();
    sizes.get(sizes.len() / 2).copied().unwrap_or(0)
}

/// First day of the period that holds a date.
pub(super) fn begin(date: Date, period: Period) -> Date {
    let first = match period {
        Period::Day | Period::Auto => Some(date),
        // day 0 was a Thursday
        Period::Week => Date::from_days(i64::from(date.days() - (date.days() + 3).rem_euclid(7))),
        Period::Month => Date::new(date.year().into(), date.month().into(), 1),
        Period::Year => Date::new(date.year().into(), 1, 1),
    };
    first.unwrap_or(date)
}
