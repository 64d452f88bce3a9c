//! Rates over time, period by period and over windows of several periods.
//!
//! In: counts and the dates of articles. Out: [`Timeline`]; of many frames, whose rows are more than memory should hold, [`TimelineInput`] makes
//! them group by group.
//! Invariant: a window is centred on its period and never reaches beyond the first or the last period of the corpus.
//! It deliberately draws no line through a period without articles: such a period has no row.

use super::{Period, are_many, shown_frames};
use crate::aggregate::{Counts, GroupId};
use crate::lookup::FrameId;
use crate::read::Date;
use crate::statistics::measured::Why;
use crate::statistics::{self, Estimate, FrameRow, Groups};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

/// Group × period × frame.
pub struct Timeline {
    /// Length of the periods.
    pub period: Period,
    /// Group and first day of the period, ascending; the `key` of a row counts these.
    pub keys: Vec<(GroupId, Date)>,
    /// The first and the last period of all groups, by number.
    ends: [i32; 2],
    /// How rates are estimated.
    options: statistics::Options,
    /// Rows, key by key and frame by frame: of every frame, or of many frames of those that charts show. [`TimelineInput::rows`] makes all of
    /// them, group by group.
    pub rows: Vec<TimeRow>,
    /// Periods of the moving rate.
    pub window: u32,
    /// Counted articles without a date.
    pub undated: u64,
    /// Counted articles whose date is no day of publication: they are in no period.
    pub implausible: u64,
}

/// A group, a period and a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeRow {
    /// Number of the group and period.
    pub key: u32,
    /// Number of the frame.
    pub frame: FrameId,
    /// Pooled rate per 1,000 words.
    pub rate: Estimate,
    /// The moving rate: that of all articles of the window, by the linearised ratio.
    pub moving: Estimate,
}

impl Timeline {
    /// First day of the period that holds a date.
    pub fn start(&self, date: Date) -> Date {
        begin(date, self.period)
    }

    /// The row of a group, the first day of a period and a frame.
    ///
    /// # Errors
    /// Why there is none.
    pub fn row(&self, group: usize, start: Date, frame: usize) -> Result<&TimeRow, &'static str> {
        let key = self.keys.binary_search(&(GroupId::new(group), start)).map_err(|_| "no articles")?;
        let place = self.rows.binary_search_by_key(&(key as u32, FrameId::new(frame)), |row| (row.key, row.frame));
        place.map(|at| &self.rows[at]).map_err(|_| "no hits")
    }

    /// The keys of a group.
    fn keys_of(&self, group: usize) -> Range<usize> {
        let from = |group: usize| self.keys.partition_point(|key| key.0.index() < group);
        from(group)..from(group + 1)
    }
}

/// What the rows of a timeline are made of.
pub struct TimelineInput<'a> {
    counts: &'a Counts,
    clusters: Option<statistics::Clusters<'a>>,
    timeline: &'a Timeline,
    /// Counted articles with a period, by key.
    articles: Vec<Vec<u32>>,
}

impl<'a> TimelineInput<'a> {
    /// Of the articles of a run, in the periods of its timeline.
    pub fn of(
        counts: &'a Counts,
        clusters: Option<statistics::Clusters<'a>>,
        timeline: &'a Timeline,
    ) -> TimelineInput<'a> {
        let mut articles = vec![Vec::new(); timeline.keys.len()];
        for (article, (&group, date)) in (0u32..).zip(counts.group_of.iter().zip(&counts.dates)) {
            let start = date.filter(Date::is_plausible).map(|date| timeline.start(date));
            let key = start.and_then(|start| timeline.keys.binary_search(&(group, start)).ok());
            key.into_iter().for_each(|key| articles[key].push(article));
        }
        TimelineInput { counts, clusters, timeline, articles }
    }

    /// The rows of a group, key by key and frame by frame; of many frames those with a hit.
    pub fn rows(&self, group: usize) -> Vec<TimeRow> {
        let timeline = self.timeline;
        let (keys, frames) = (timeline.keys_of(group), self.counts.frames.len());
        let mut own: Vec<(u32, u32)> = keys
            .clone()
            .flat_map(|key| self.articles[key].iter().map(move |&article| (article, (key - keys.start) as u32)))
            .collect();
        own.sort_unstable();
        let group_of: Vec<u32> = own.iter().map(|&(_, key)| key).collect();
        let articles: Vec<u32> = own.into_iter().map(|(article, _)| article).collect();
        let words: Vec<u32> = articles.iter().map(|&article| self.counts.words[article as usize]).collect();
        let hits = |&article: &u32| &self.counts.hits[article as usize * frames..(article as usize + 1) * frames];
        let hits = articles.iter().flat_map(hits).copied().collect::<Vec<u32>>();
        let of = self.clusters.map(|clusters| clusters.chosen(&articles));
        let clusters = self.clusters.zip(of.as_ref()).map(|(clusters, of)| statistics::Clusters { of, ..clusters });
        let names = vec![String::new(); keys.len()];
        let view = statistics::Counts {
            frames: &self.counts.frames,
            groups: &names,
            group_of: &group_of,
            words: &words,
            hits: &hits,
        };
        let groups = Groups::of(&view, &timeline.options).clustered(clusters);
        let rows = if are_many(frames) { groups.rows_with_hits() } else { groups.rows() };
        let moving = moving(&groups, timeline, &keys, &rows);
        let row = |(row, moving): (&FrameRow, Estimate)| TimeRow {
            key: (keys.start + row.group) as u32,
            frame: FrameId::new(row.frame),
            rate: *row.rate,
            moving,
        };
        rows.iter().zip(moving).map(row).collect()
    }
}

/// The pooled rate of the window around the period of each row; the `group` of a row counts the `keys` of its group.
fn moving(groups: &Groups<'_>, timeline: &Timeline, keys: &Range<usize>, rows: &[FrameRow]) -> Vec<Estimate> {
    let half = (timeline.window / 2) as i32;
    let place = |date: Date| number(date, timeline.period);
    let [first, last] = timeline.ends;
    let own = &timeline.keys[keys.clone()];
    let of_key = |of_key: &[FrameRow]| {
        let at = place(own[of_key[0].group].1);
        let is_beyond = at - half < first || at + half > last;
        let near =
            own.partition_point(|key| place(key.1) < at - half)..own.partition_point(|key| place(key.1) <= at + half);
        let articles: Vec<u32> = near.flat_map(|key| groups.members(key)).copied().collect();
        let beyond = |rate: Estimate| match is_beyond {
            true => Estimate::missing(Why::BeyondPeriods, rate.n_articles, rate.n_words),
            false => rate,
        };
        groups.rates(&articles, of_key.iter().map(|row| row.frame)).into_iter().map(beyond).collect::<Vec<Estimate>>()
    };
    rows.chunk_by(|a, b| a.group == b.group).flat_map(of_key).collect()
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

/// Every group × period, and the rows of the frames that charts show.
pub(super) fn of(
    counts: &Counts,
    clusters: Option<statistics::Clusters<'_>>,
    settings: &super::Options,
    options: &statistics::Options,
) -> Timeline {
    let dates: Vec<Option<Date>> = counts.dates.iter().map(|date| date.filter(Date::is_plausible)).collect();
    let period = match settings.period {
        Period::Auto => fitting(&counts.group_of, &dates),
        settings => settings,
    };
    let starts = dates.iter().map(|date| date.map(|date| begin(date, period)));
    let mut keys: Vec<(GroupId, Date)> =
        counts.group_of.iter().copied().zip(starts).filter_map(|(group, start)| Some((group, start?))).collect();
    keys.sort_unstable();
    keys.dedup();
    let numbers = || keys.iter().map(|key| number(key.1, period));
    let mut timeline = Timeline {
        period,
        window: settings.moving.unwrap_or(if period == Period::Day { 7 } else { 3 }),
        ends: [numbers().min().unwrap_or_default(), numbers().max().unwrap_or_default()],
        options: *options,
        rows: Vec::new(),
        keys,
        undated: counts.dates.iter().filter(|date| date.is_none()).count() as u64,
        implausible: counts.dates.iter().flatten().filter(|date| !date.is_plausible()).count() as u64,
    };
    let frames = counts.frames.len();
    let shown = are_many(frames).then(|| shown_frames(&counts.hits_by_frame()));
    let is_kept = |row: &TimeRow| shown.as_ref().is_none_or(|shown| shown.binary_search(&row.frame.index()).is_ok());
    let course = TimelineInput::of(counts, clusters, &timeline);
    let of_group = |group| course.rows(group).into_iter().filter(is_kept).collect::<Vec<TimeRow>>();
    let rows: Vec<Vec<TimeRow>> = (0..counts.groups.len()).into_par_iter().map(of_group).collect();
    timeline.rows = rows.concat();
    timeline
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
fn fitting(group_of: &[GroupId], dates: &[Option<Date>]) -> Period {
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
fn largest(group_of: &[GroupId], dates: &[Option<Date>]) -> Vec<GroupId> {
    let mut sizes: BTreeMap<GroupId, usize> = BTreeMap::new();
    for (&group, _) in group_of.iter().zip(dates).filter(|(_, date)| date.is_some()) {
        *sizes.entry(group).or_default() += 1;
    }
    let mut groups: Vec<(usize, GroupId)> = sizes.into_iter().map(|(group, size)| (size, group)).collect();
    groups.sort_unstable_by_key(|&(size, group)| (Reverse(size), group));
    groups.into_iter().take(SHOWN).map(|(_, group)| group).collect()
}

/// How many articles the median period of these groups has, of those that have any.
fn articles_of_a_period(shown: &[GroupId], group_of: &[GroupId], dates: &[Option<Date>], period: Period) -> usize {
    let mut sizes: BTreeMap<(GroupId, Date), usize> = BTreeMap::new();
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
