//! Sums by group, by polars: its group-bys over a frame of articles and one of their hits.
//!
//! In: [`Counts`], and the period of each article. Out: [`Sums`].
//! Invariant: what is added is 64 bits wide before it is added (polars adds 32-bit integers in 32 bits), and every sum is put where its
//! key says, so that neither the order of the articles nor that of polars' groups matters.
//! It deliberately divides nothing: `statistics` does.

use crate::aggregate::{Counts, GroupId};
use crate::read::Date;
use crate::voice::Voice;
use polars::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;

/// Sums of whole numbers over the counted articles of each group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    frames: usize,
    /// Of each group.
    sizes: Vec<Size>,
    /// By group and frame.
    hits: Vec<Hits>,
    /// By group, frame and voice.
    voices: Vec<u64>,
    /// By group and period.
    periods: BTreeMap<(usize, Date), (Size, Vec<u64>)>,
}

/// Frames whose sums are made together.
const TOGETHER: usize = 256;

/// How much text there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Counted articles.
    pub counted: u64,
    /// Of these, articles with a word that could have been a hit.
    pub articles: u64,
    /// Words without furniture and repeats.
    pub words: u64,
}

/// How often a frame is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// Counted hits.
    pub hits: u64,
    /// Articles with at least one.
    pub articles: u64,
}

impl Sums {
    /// Adds up; `periods` are the first days of the periods of the articles.
    pub fn of(counts: &Counts, periods: &[Option<Date>]) -> PolarsResult<Sums> {
        let groups = counts.groups.len();
        let frames = counts.frames.len();
        let articles = articles_of(counts, periods)?;
        let mut sums = Sums {
            frames,
            sizes: vec![Size::default(); groups],
            hits: vec![Hits::default(); groups * frames],
            voices: vec![0; groups * frames * Voice::ALL.len()],
            periods: BTreeMap::new(),
        };
        let size = |sums: &[u64]| Size { counted: sums[0], articles: sums[1], words: sums[2] };
        each(&articles, ["group"], ["counted", "articles", "words"], |key, of| {
            sums.sizes[key[0] as usize] = size(of);
        })?;
        each(&articles, ["group", "period"], ["counted", "articles", "words"], |[group, day], of| {
            if let Some(day) = Date::from_days(day) {
                sums.periods.insert((group as usize, day), (size(of), vec![0; frames]));
            }
        })?;
        // of thousands of frames not all are in memory twice
        (0..frames as u32)
            .step_by(TOGETHER)
            .try_for_each(|first| sums.add(&hits_of(counts, periods, first..first.saturating_add(TOGETHER as u32))?))?;
        Ok(sums)
    }

    /// Adds the sums of the hits of some frames.
    fn add(&mut self, hits: &DataFrame) -> PolarsResult<()> {
        let frames = self.frames;
        each(hits, ["group", "frame", "voice"], ["hits"], |[group, frame, voice], of| {
            self.voices[(group as usize * frames + frame as usize) * Voice::ALL.len() + voice as usize] = of[0];
        })?;
        // an article with a frame in two voices is one article with the frame
        let by_article = added(hits, &["article", "group", "frame"], &["hits"])?;
        let ones = vec![1_i64; by_article.height()];
        let by_article = by_article.hstack(&[Column::new("articles".into(), ones)])?;
        each(&by_article, ["group", "frame"], ["hits_sum", "articles"], |[group, frame], of| {
            self.hits[group as usize * frames + frame as usize] = Hits { hits: of[0], articles: of[1] };
        })?;
        each(hits, ["group", "period", "frame"], ["hits"], |[group, day, frame], of| {
            let key = Date::from_days(day).map(|day| (group as usize, day));
            if let Some((_, hits)) = key.and_then(|key| self.periods.get_mut(&key)) {
                hits[frame as usize] = of[0];
            }
        })
    }

    /// Of a group.
    pub fn size(&self, group: usize) -> Size {
        self.sizes.get(group).copied().unwrap_or_default()
    }

    /// Of a group and a frame, in all voices.
    pub fn hits(&self, group: usize, frame: usize) -> Hits {
        self.hits.get(group * self.frames + frame).copied().unwrap_or_default()
    }

    /// Hits of a group and a frame in one voice.
    pub fn hits_in(&self, voice: Voice, group: usize, frame: usize) -> u64 {
        let voices = &Voice::ALL;
        let place = voices.iter().position(|other| *other == voice).unwrap_or(voices.len());
        self.voices.get((group * self.frames + frame) * voices.len() + place).copied().unwrap_or(0)
    }

    /// Of a group in a period, which is named by its first day.
    pub fn size_in(&self, group: usize, period: Date) -> Size {
        self.periods.get(&(group, period)).map(|(size, _)| *size).unwrap_or_default()
    }

    /// Hits of a group and a frame in a period.
    pub fn hits_during(&self, group: usize, frame: usize, period: Date) -> u64 {
        self.periods.get(&(group, period)).map_or(0, |(_, hits)| hits[frame])
    }

    /// Groups by number of counted articles, largest first, then in the order of their labels; those without an article are left out.
    pub fn largest(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.sizes.len()).filter(|&group| self.sizes[group].counted > 0).collect();
        order.sort_by_key(|&group| (std::cmp::Reverse(self.sizes[group].counted), group));
        order
    }
}

/// A row for each article: its keys, and what is added.
fn articles_of(counts: &Counts, periods: &[Option<Date>]) -> PolarsResult<DataFrame> {
    let articles = counts.group_of.len();
    let columns = vec![
        keys("group", GroupId::numbers(&counts.group_of).iter().copied()),
        days("period", periods.iter().copied()),
        values("counted", counts.words.iter().map(|_| 1)),
        values("articles", counts.words.iter().map(|&words| u32::from(words > 0))),
        values("words", counts.words.iter().copied()),
    ];
    DataFrame::new(articles, columns)
}

/// A row for each article, frame and voice with hits, of some frames.
fn hits_of(counts: &Counts, periods: &[Option<Date>], frames: Range<u32>) -> PolarsResult<DataFrame> {
    let cells = || counts.voices.iter().filter(|cell| frames.contains(&(cell.1.index() as u32)));
    let voice = |voice: Voice| Voice::ALL.iter().position(|other| *other == voice).unwrap_or_default() as u32;
    let columns = vec![
        keys("article", cells().map(|cell| cell.0)),
        keys("group", cells().map(|cell| counts.group_of[cell.0 as usize].index() as u32)),
        days("period", cells().map(|cell| periods.get(cell.0 as usize).copied().flatten())),
        keys("frame", cells().map(|cell| cell.1.index() as u32)),
        keys("voice", cells().map(|cell| voice(cell.2))),
        values("hits", cells().map(|cell| cell.3)),
    ];
    DataFrame::new(cells().count(), columns)
}

fn keys(name: &str, numbers: impl Iterator<Item = u32>) -> Column {
    values(name, numbers)
}

fn values(name: &str, numbers: impl Iterator<Item = u32>) -> Column {
    Column::new(name.into(), numbers.map(i64::from).collect::<Vec<i64>>())
}

fn days(name: &str, dates: impl Iterator<Item = Option<Date>>) -> Column {
    Column::new(name.into(), dates.map(|date| date.map(|date| i64::from(date.days()))).collect::<Vec<Option<i64>>>())
}

/// The sums of some columns by some others, each called after its column with `_sum` behind it.
fn added(table: &DataFrame, by: &[&str], of: &[&str]) -> PolarsResult<DataFrame> {
    #[expect(deprecated, reason = "polars would have us take the lazy engine, which doubles the build")]
    table.group_by(by.iter().copied())?.select(of.iter().copied()).sum()
}

/// Calls back with each key and its sums, in no order; a row whose key is missing somewhere is in none.
fn each<const K: usize, const V: usize>(
    table: &DataFrame,
    by: [&str; K],
    of: [&str; V],
    mut back: impl FnMut([i64; K], &[u64]),
) -> PolarsResult<()> {
    if table.height() == 0 {
        return Ok(());
    }
    let sums = added(table, &by, &of)?;
    let columns = |names: Vec<String>| -> PolarsResult<Vec<Int64Chunked>> {
        names.iter().map(|name| Ok(sums.column(name)?.i64()?.clone())).collect()
    };
    let keys = columns(by.iter().map(|name| (*name).to_string()).collect())?;
    let values = columns(of.iter().map(|name| format!("{name}_sum")).collect())?;
    for row in 0..sums.height() {
        let mut key = [0; K];
        let is_whole = key.iter_mut().zip(&keys).all(|(into, column)| column.get(row).map(|n| *into = n).is_some());
        if is_whole {
            let sums: Vec<u64> = values.iter().map(|column| column.get(row).unwrap_or(0) as u64).collect();
            back(key, &sums);
        }
    }
    Ok(())
}
