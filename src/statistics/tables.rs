//! The tables of the main run.
//!
//! In: [`Counts`]. Out: one row per group × frame; each group against the rest, and each group against each other.
//! Invariant: rows come in the order of the groups and frames given; no row is dropped; a group is resampled once for all
//! the tables that are made of the same [`Groups`].
//! It deliberately does not round.

mod comparisons;

pub use comparisons::{ComparisonRow, SmallGroups, comparisons, pair, pairwise};

use super::Options;
use super::cached_tests::CachedTests;
use super::design_effect::{clustered, design_effect};
use super::intensity::intensity;
use super::macro_rate::macro_rate;
use super::measured::{Estimate, Measured};
use super::prevalence::prevalence;
use super::rate::{micro, none_bound};
use super::side::FEARED;
use super::sparse::Hits;
use super::tally::{Tallies, Tally};
use super::units::{Body, Clusters, Units};
use rayon::prelude::*;
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

/// Hits and words per article. A group index past the groups leaves the article out.
#[derive(Clone, Copy, Debug)]
pub struct Counts<'a> {
    /// Names of the frames.
    pub frames: &'a [String],
    /// Names of the groups.
    pub groups: &'a [String],
    /// Group of each article.
    pub group_of: &'a [u32],
    /// Words of each article.
    pub words: &'a [u32],
    /// Hits, article by article: `article * frames.len() + frame`.
    pub hits: &'a [u32],
}

/// One group and frame.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameRow {
    /// Index of the group.
    pub group: usize,
    /// Index of the frame.
    pub frame: usize,
    /// Articles with at least one word.
    pub articles: u32,
    /// Articles with at least one hit.
    pub articles_with_hits: u32,
    /// Words.
    pub words: u64,
    /// Hits.
    pub hits: u64,
    /// Pooled rate per 1,000 words.
    pub rate: Arc<Estimate>,
    /// Mean of the article rates per 1,000 words.
    pub macro_rate: Measured,
    /// Share of articles with a hit.
    pub prevalence: Arc<Estimate>,
    /// Rate per 1,000 words within the articles that have a hit.
    pub intensity: Measured,
    /// Variance over that of independent hits.
    pub design_effect: Measured,
    /// Independent units: articles, or clusters of them.
    pub units: u32,
    /// Variance over clusters, over that of as many independent articles; missing where articles are the units.
    pub cluster_effect: Measured,
}

/// Articles sorted into groups, and what every table needs of them, found out once.
pub struct Groups<'a> {
    frames: &'a [String],
    names: Cow<'a, [String]>,
    words: &'a [u32],
    hits: Hits,
    group_of: Cow<'a, [u32]>,
    options: &'a Options,
    clusters: Option<Clusters<'a>>,
    cache: Option<&'a CachedTests>,
    /// Articles with a word, by group.
    members: Vec<Vec<u32>>,
    tallies: Vec<Tallies>,
    units: Vec<OnceLock<(Units, Body)>>,
}

impl<'a> Groups<'a> {
    /// Sorts the articles of `counts` into their groups.
    pub fn of(counts: &Counts<'a>, options: &'a Options) -> Groups<'a> {
        Groups::sparse(counts, Hits::dense(counts.hits, counts.frames.len()), options)
    }

    /// The same of `hits` in place of the hits of `counts`: any columns, of which the first are the frames.
    pub fn sparse(counts: &Counts<'a>, hits: Hits, options: &'a Options) -> Groups<'a> {
        let mut members: Vec<Vec<u32>> = vec![Vec::new(); counts.groups.len()];
        for (article, (&group, &words)) in counts.group_of.iter().zip(counts.words).enumerate() {
            if let Some(members) = members.get_mut(group as usize).filter(|_| words > 0) {
                members.push(article as u32);
            }
        }
        let tallies =
            members.par_iter().map(|members| Tallies::of(counts.words, &hits, members.iter().copied())).collect();
        Groups {
            frames: counts.frames,
            names: Cow::Borrowed(counts.groups),
            words: counts.words,
            hits,
            group_of: Cow::Borrowed(counts.group_of),
            options,
            clusters: None,
            cache: None,
            units: members.iter().map(|_| OnceLock::new()).collect(),
            members,
            tallies,
        }
    }

    /// The same with clusters of articles as the independent units.
    pub fn clustered(self, clusters: Option<Clusters<'a>>) -> Groups<'a> {
        Groups { clusters, units: self.members.iter().map(|_| OnceLock::new()).collect(), ..self }
    }

    /// The same; tests that the last run drew are not drawn again.
    pub fn with_cache(self, cache: Option<&'a CachedTests>) -> Groups<'a> {
        Groups { cache, ..self }
    }

    /// What the last run drew.
    pub(super) fn cache(&self) -> Option<&'a CachedTests> {
        self.cache
    }

    /// Number of groups, those without an article too.
    pub fn groups(&self) -> usize {
        self.names.len()
    }

    /// Number of frames.
    pub fn frames(&self) -> usize {
        self.frames.len()
    }

    /// Words of each article.
    pub fn words(&self) -> &[u32] {
        self.words
    }

    /// Name of a group.
    pub fn name(&self, group: usize) -> &str {
        &self.names[group]
    }

    /// Sums of some articles.
    pub fn sums(&self, articles: &[u32]) -> Tallies {
        Tallies::of(self.words, &self.hits, articles.iter().copied())
    }

    /// Pooled rates of some articles, each of which has a word, in these columns.
    pub fn rates(&self, articles: &[u32], columns: impl Iterator<Item = usize>) -> Vec<Estimate> {
        let (sums, body) = (self.sums(articles), self.units_of(articles).whole());
        let bound = OnceLock::new();
        let bound = || *bound.get_or_init(|| none_bound(body.words(), FEARED));
        columns.map(|column| micro(&sums.column(column), &body.side(column), self.options.most(), bound)).collect()
    }

    /// What the study set.
    pub fn options(&self) -> &Options {
        self.options
    }

    /// Sums of a group and column.
    pub fn tally(&self, group: usize, column: usize) -> Tally {
        self.tallies[group].column(column)
    }

    /// Articles of a group that have a word.
    pub fn members(&self, group: usize) -> &[u32] {
        &self.members[group]
    }

    /// The hits, zeros left out.
    pub fn hits(&self) -> &Hits {
        &self.hits
    }

    /// Which articles are one unit.
    pub fn clusters(&self) -> Option<Clusters<'a>> {
        self.clusters
    }

    /// Independent units of some articles, each of which has a word.
    pub(super) fn units_of(&self, articles: &[u32]) -> Units {
        Units::of(self.words, &self.hits, articles, self.clusters)
    }

    fn units(&self, group: usize) -> &(Units, Body) {
        let make = || {
            let units = self.units_of(&self.members[group]);
            let body = units.whole();
            (units, body)
        };
        self.units[group].get_or_init(make)
    }

    /// What a test needs of a group.
    pub(super) fn body(&self, group: usize) -> &Body {
        &self.units(group).1
    }

    /// Group of an article.
    pub fn group_of(&self, article: u32) -> usize {
        self.group_of[article as usize] as usize
    }

    /// Two groups, both with articles: the rest of one is the other.
    fn is_pair(&self) -> bool {
        self.members.len() == 2 && self.members.iter().all(|members| !members.is_empty())
    }

    /// Articles that are in a group, ascending.
    pub(super) fn assigned(&self) -> Vec<u32> {
        let mut assigned = self.members.concat();
        assigned.sort_unstable();
        assigned
    }

    /// Whether a group is too small to be tested alone.
    pub fn is_small(&self, group: usize) -> bool {
        self.members[group].len() < self.options.min_articles as usize
    }

    /// Every group × column, columns numbered as frames are.
    pub fn rows(&self) -> Vec<FrameRow> {
        let of_group = |group| self.rows_of(group, 0..self.hits.columns());
        joined((0..self.names.len()).into_par_iter().map(of_group).collect())
    }

    /// The columns of each group in which it has a hit.
    pub fn rows_with_hits(&self) -> Vec<FrameRow> {
        let of_group = |group: usize| self.rows_of(group, self.tallies[group].with_hits());
        joined((0..self.names.len()).into_par_iter().map(of_group).collect())
    }

    fn rows_of(&self, group: usize, columns: impl Iterator<Item = usize>) -> Vec<FrameRow> {
        let body = self.body(group);
        // without a hit all columns have one bound
        let bound = OnceLock::new();
        let bound = || *bound.get_or_init(|| none_bound(body.words(), FEARED));
        // and all else that is said of a group
        let without_hits = OnceLock::new();
        let row = |column| match self.tally(group, column).hits() {
            0 => {
                let row: &FrameRow = without_hits.get_or_init(|| self.frame_row(group, column, body, bound));
                FrameRow { frame: column, ..row.clone() }
            }
            _ => self.frame_row(group, column, body, bound),
        };
        columns.map(row).collect()
    }

    fn frame_row(&self, group: usize, frame: usize, body: &Body, bound: impl Fn() -> f64) -> FrameRow {
        let (tally, units) = (&self.tally(group, frame), &body.tally(frame));
        FrameRow {
            group,
            frame,
            articles: tally.articles(),
            articles_with_hits: tally.with_hits.articles,
            words: tally.words(),
            hits: tally.hits(),
            rate: Arc::new(micro(tally, &body.side(frame), self.options.most(), bound)),
            macro_rate: macro_rate(tally),
            prevalence: Arc::new(prevalence(tally, units, body.copies())),
            intensity: intensity(tally),
            design_effect: design_effect(tally),
            units: units.articles(),
            cluster_effect: clustered(tally, units, self.clusters.is_some()),
        }
    }
}

/// One list behind the other, in as much memory as they need together.
pub(super) fn joined<T>(lists: Vec<Vec<T>>) -> Vec<T> {
    let mut all = Vec::with_capacity(lists.iter().map(Vec::len).sum());
    lists.into_iter().for_each(|list| all.extend(list));
    all
}

/// Every group × frame.
pub fn frames_table(counts: &Counts<'_>, options: &Options) -> Vec<FrameRow> {
    Groups::of(counts, options).rows()
}
