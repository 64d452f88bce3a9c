//! Which estimates a run makes, of which counts.
//!
//! In: the sums of a run. Out: [`Estimates`], group by group.
//! Invariant: groups stand in the order of [`Counts::groups`], frames in that of [`Counts::frames`].
//! It deliberately knows no formula: `statistics` does.

mod tone;

pub use tone::{Bar, Shift, TowardRow, made_of, shift};

use crate::aggregate::{Counts, GroupSums, group_sums, period_sums};
use crate::error::{Place, Problem, Result};
use crate::read::Date;
use crate::statistics::sentiment::{GroupCompound, GroupSentiment};
use crate::statistics::{self, ComparisonRow, FrameRow};
use crate::voice::Voice;
use serde::{Deserialize, Serialize};

/// What a study may set.
#[derive(Clone, Debug)]
pub struct Options {
    /// Seed of every random stream.
    pub seed: u64,
    /// Random relabellings of a permutation test.
    pub permutations: u32,
    /// Periods of everything over time.
    pub period: Period,
}

impl Default for Options {
    fn default() -> Options {
        Options { seed: 20_220_105, permutations: 9_999, period: Period::Auto }
    }
}

/// Length of a period of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// Days where the articles span two months or less, else months.
    Auto,
    /// Days.
    Day,
    /// Weeks, named by their Monday.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
}

/// Every estimate of a run.
pub struct Estimates {
    /// Sums of each group, by polars.
    pub sums: Vec<GroupSums>,
    /// Group × frame.
    pub frames: Vec<FrameRow>,
    /// Group × frame in each voice, rows as in `frames`.
    pub voices: Vec<(Voice, Vec<FrameRow>)>,
    /// Group against the rest, by frame.
    pub comparisons: Vec<ComparisonRow>,
    /// By scale of sentiment, then group.
    pub sentiment: Vec<Vec<GroupSentiment>>,
    /// By scale of sentiment, then group, in VADER's modes: what has no sentences has no score.
    pub vader: Vec<Vec<GroupCompound>>,
    /// Groups and the targets that they mention.
    pub toward: Vec<TowardRow>,
    /// Over time.
    pub timeline: Timeline,
}

/// Group × period × frame.
pub struct Timeline {
    /// Length of the periods.
    pub period: Period,
    /// Group and first day of the period; the `group` of a row counts these.
    pub keys: Vec<(u32, Date)>,
    /// Rows, key by key and frame by frame.
    pub rows: Vec<FrameRow>,
    /// Counted articles without a date.
    pub undated: u64,
}

impl Estimates {
    /// Makes every estimate.
    pub fn of(counts: &Counts, told: &Options) -> Result<Estimates> {
        let options =
            statistics::Options { seed: told.seed, permutations: told.permutations, ..statistics::Options::default() };
        let names = counts.group_names();
        let view = statistics::Counts {
            frames: &counts.frames,
            groups: &names,
            group_of: &counts.group_of,
            words: &counts.words,
            hits: &counts.hits,
        };
        let in_voice = |&voice: &Voice| {
            let hits = counts.hits_in(voice);
            (voice, statistics::frames_table(&statistics::Counts { hits: &hits, ..view }, &options))
        };
        Ok(Estimates {
            voices: Voice::ALL[1..].iter().rev().map(in_voice).collect(),
            sums: group_sums(counts).map_err(|error| table_problem(&error))?,
            frames: statistics::frames_table(&view, &options),
            comparisons: statistics::comparisons(&view, None, &options),
            sentiment: (0..counts.lexicons.len()).map(|i| tone::valence(counts, &names, i, &options)).collect(),
            vader: (0..counts.lexicons.len()).map(|i| tone::compounds(counts, &names, i, &options)).collect(),
            toward: tone::toward(counts, &names, &options),
            timeline: timeline(counts, &names, told.period, &options)?,
        })
    }

    /// Hits of a group and frame in one voice.
    pub fn hits_in(&self, voice: Voice, group: usize, frame: usize) -> u64 {
        let rows = self.voices.iter().find(|(of, _)| *of == voice).map(|(_, rows)| rows);
        let row = rows.and_then(|rows| rows.iter().find(|row| row.group == group && row.frame == frame));
        row.map_or(0, |row| row.hits)
    }

    /// Groups by number of articles, largest first, then by name.
    pub fn largest(&self) -> Vec<usize> {
        let mut order: Vec<&GroupSums> = self.sums.iter().collect();
        order.sort_by_key(|sums| (std::cmp::Reverse(sums.articles), sums.key));
        order.iter().map(|sums| sums.key.0 as usize).collect()
    }
}

fn table_problem(error: &dyn std::fmt::Display) -> Problem {
    Problem::error("table-failed", Place::file("counts"), format!("the table of counts could not be summed: {error}"))
}

fn timeline(counts: &Counts, names: &[String], told: Period, options: &statistics::Options) -> Result<Timeline> {
    let period = match told {
        Period::Auto => fitting(&counts.dates),
        told => told,
    };
    let starts: Vec<Option<Date>> = counts.dates.iter().map(|date| date.map(|date| begin(date, period))).collect();
    let days: Vec<Option<i32>> = starts.iter().map(|start| start.map(|start| start.days())).collect();
    let sums = period_sums(counts, &days).map_err(|error| table_problem(&error))?;
    let cells: Vec<(u32, i32)> = sums.iter().filter_map(|sums| Some((sums.key.0, sums.key.1?))).collect();
    let cell_of = |group: u32, day: Option<i32>| match day {
        Some(day) => cells.binary_search(&(group, day)).map_or(u32::MAX, |found| found as u32),
        None => u32::MAX,
    };
    let group_of: Vec<u32> = counts.group_of.iter().zip(&days).map(|(&group, &day)| cell_of(group, day)).collect();
    let mut keys: Vec<(u32, Date)> =
        counts.group_of.iter().copied().zip(&starts).filter_map(|(g, s)| Some((g, (*s)?))).collect();
    keys.sort_unstable();
    keys.dedup();
    let cell_names: Vec<String> =
        keys.iter().map(|(group, start)| format!("{} {start}", names[*group as usize])).collect();
    let view = statistics::Counts {
        frames: &counts.frames,
        groups: &cell_names,
        group_of: &group_of,
        words: &counts.words,
        hits: &counts.hits,
    };
    let rows = statistics::frames_table(&view, options);
    Ok(Timeline { period, keys, rows, undated: counts.dates.iter().filter(|date| date.is_none()).count() as u64 })
}

/// Days for two months or less, months for ten years or less, else years.
fn fitting(dates: &[Option<Date>]) -> Period {
    let days = || dates.iter().flatten().map(Date::days);
    match (days().min(), days().max()) {
        (Some(first), Some(last)) if last - first <= 62 => Period::Day,
        (Some(first), Some(last)) if last - first > 3_660 => Period::Year,
        _ => Period::Month,
    }
}

/// First day of the period that holds a date.
fn begin(date: Date, period: Period) -> Date {
    let first = match period {
        Period::Day | Period::Auto => Some(date),
        // day 0 was a Thursday
        Period::Week => Date::from_days(i64::from(date.days() - (date.days() + 3).rem_euclid(7))),
        Period::Month => Date::new(date.year().into(), date.month().into(), 1),
        Period::Year => Date::new(date.year().into(), 1, 1),
    };
    first.unwrap_or(date)
}
