//! Groups against each other: each against the rest, small ones together, pairs.
//!
//! Invariant: the family of q and Holm is every test of a table.

use super::{Counts, Groups, joined};
use crate::statistics::Options;
use crate::statistics::log_ratio::{between, hardie, theta};
use crate::statistics::measured::{Estimate, Measured, Why};
use crate::statistics::multiplicity::{benjamini_hochberg, family, holm};
use crate::statistics::null_draws::p_value_cached;
use crate::statistics::permutation::{Pool, Test};
use crate::statistics::tally::Tallies;
use crate::statistics::units::{Body, PermutedUnits, Units};
use rayon::prelude::*;
use std::borrow::Cow;

/// One group against others, for one frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ComparisonRow {
    /// Index of the group.
    pub group: usize,
    /// Index of the frame.
    pub frame: usize,
    /// Articles of the group, and of the others.
    pub articles: [u32; 2],
    /// Independent units of the group, and of the others: articles, or clusters of them.
    pub units: [u32; 2],
    /// Articles with a hit, or clusters with one, of the group, and of the others.
    pub with_hits: [u32; 2],
    /// Words of the group, and of the others.
    pub words: [u64; 2],
    /// Hits of the group, and of the others.
    pub hits: [u64; 2],
    /// Hardie's log ratio (log2, ½ for a zero count).
    pub log_ratio: Measured,
    /// The always-smoothed log ratio (log2) with its interval over articles.
    pub smoothed_log_ratio: Estimate,
    /// Two-sided p over articles.
    pub p: Measured,
    /// Method of the p; empty where it is missing.
    pub p_method: &'static str,
    /// Benjamini–Hochberg q over the family.
    pub q: Measured,
    /// Holm's adjusted p over the family.
    pub p_holm: Measured,
    /// Number of tests in the family: all rows of the table that have a p.
    pub family: usize,
}

impl Groups<'_> {
    /// Every group against the rest, for every frame. The family of q and Holm is every test that is made: groups with fewer
    /// articles than the study tests alone have none.
    pub fn against_rest(&self, strata: Option<&[u32]>) -> Vec<ComparisonRow> {
        let mut table = self.uncorrected_against_rest(strata);
        correct(&mut table);
        table
    }

    /// The same, and the groups that are too small to be tested alone together against the others: one family.
    pub fn against_rest_pooled(&self, strata: Option<&[u32]>) -> (Vec<ComparisonRow>, Option<SmallGroups>) {
        let mut table = self.uncorrected_against_rest(strata);
        let rows = table.len();
        let smaller = self.smaller();
        if let Some(smaller) = &smaller {
            let pooled = self.pooled(smaller, strata);
            table.reserve_exact(pooled.len());
            table.extend(pooled);
        }
        correct(&mut table);
        let pooled = table.split_off(rows);
        (table, smaller.map(|groups| SmallGroups { groups, rows: pooled }))
    }

    /// One group against the rest, for every frame. The family is these rows.
    pub fn one_against_rest(&self, group: usize, strata: Option<&[u32]>) -> Vec<ComparisonRow> {
        let mut table = match self.is_pair() {
            true => self.uncorrected_pair(group, 1 - group, strata, self.frames.len()),
            false => Rest::of(self, strata).compare(group, self.frames.len()),
        };
        correct(&mut table);
        table
    }

    fn uncorrected_against_rest(&self, strata: Option<&[u32]>) -> Vec<ComparisonRow> {
        let tests = self.tests();
        if self.is_pair() {
            // both rows are one comparison, and have one p
            return [(0, 1), (1, 0)].map(|(one, other)| self.uncorrected_pair(one, other, strata, tests)).concat();
        }
        let rest = Rest::of(self, strata);
        joined((0..self.names.len()).into_par_iter().map(|group| rest.compare(group, tests)).collect())
    }

    /// Tests that are planned: as many as their p must be able to reach.
    pub(in crate::statistics) fn tests(&self) -> usize {
        let tested = (0..self.names.len()).filter(|&group| !self.members[group].is_empty() && !self.is_small(group));
        (tested.count() + 1) * self.frames.len()
    }

    /// Groups that are too small to be tested alone, where some are and others are not.
    fn smaller(&self) -> Option<Vec<usize>> {
        let of_size = |is_small: bool| {
            let with = (0..self.names.len()).filter(|&group| !self.members[group].is_empty());
            with.filter(|&group| self.is_small(group) == is_small).collect::<Vec<usize>>()
        };
        (self.names.len() > 2 && !of_size(false).is_empty()).then(|| of_size(true)).filter(|small| small.len() > 1)
    }

    /// The same articles in other groups: `place` tells where those of a group go.
    pub(in crate::statistics) fn regrouped<'b>(
        &'b self,
        options: &'b Options,
        place: impl Fn(usize) -> u32,
    ) -> Groups<'b> {
        let of = |group: &u32| if (*group as usize) < self.names.len() { place(*group as usize) } else { u32::MAX };
        let group_of: Vec<u32> = self.group_of.iter().map(of).collect();
        let mut names = self.names.to_vec();
        names.push("smaller groups".to_string());
        let view = Counts { frames: self.frames, groups: &names, group_of: &group_of, words: self.words, hits: &[] };
        let Groups { members, tallies, units, .. } = Groups::sparse(&view, self.hits.clone(), options);
        Groups {
            frames: self.frames,
            names: Cow::Owned(names),
            words: self.words,
            hits: self.hits.clone(),
            group_of: Cow::Owned(group_of),
            options,
            clusters: self.clusters,
            cache: self.cache,
            members,
            tallies,
            units,
        }
    }

    /// Several groups together against all others.
    fn pooled(&self, smaller: &[usize], strata: Option<&[u32]>) -> Vec<ComparisonRow> {
        let options = Options { min_articles: 0, ..*self.options };
        let groups = self.regrouped(&options, |group| u32::from(!smaller.contains(&group)));
        let rows = groups.uncorrected_pair(0, 1, strata, self.tests());
        rows.into_iter().map(|row| ComparisonRow { group: self.names.len(), ..row }).collect()
    }

    /// Every pair of groups, for every frame: (one, other, row), one before other. The family is the whole table.
    pub fn pairs(&self, strata: Option<&[u32]>) -> Vec<(usize, usize, ComparisonRow)> {
        let n = self.names.len();
        let pairs: Vec<(usize, usize)> = (0..n).flat_map(|one| (one + 1..n).map(move |other| (one, other))).collect();
        let tests = pairs.len() * self.frames.len();
        let of_pair = |&(one, other): &(usize, usize)| self.uncorrected_pair(one, other, strata, tests);
        let mut table = pairs.par_iter().map(of_pair).collect::<Vec<_>>().concat();
        correct(&mut table);
        let frames = self.frames.len();
        table.into_iter().enumerate().map(|(i, row)| (pairs[i / frames].0, pairs[i / frames].1, row)).collect()
    }

    /// One group against another, for every frame. The family is these rows.
    pub fn pair(&self, one: usize, other: usize, strata: Option<&[u32]>) -> Vec<ComparisonRow> {
        let mut table = self.uncorrected_pair(one, other, strata, self.frames.len());
        correct(&mut table);
        table
    }

    fn uncorrected_pair(&self, one: usize, other: usize, strata: Option<&[u32]>, tests: usize) -> Vec<ComparisonRow> {
        let bodies = [self.body(one), self.body(other)];
        let found = match self.small_side(&[one, other]) {
            Some(why) => vec![Test::missing(why); self.frames.len()],
            None if strata.is_some() => self.within(one, Some(other), strata),
            None => self.test(bodies, tests),
        };
        let tallies = [&self.tallies[one], &self.tallies[other]];
        self.compared(one, tallies, bodies, &found)
    }

    fn small_side(&self, sides: &[usize]) -> Option<Why> {
        let is_small = |&group: &usize| !self.members[group].is_empty() && self.is_small(group);
        sides.iter().any(is_small).then_some(Why::SmallGroup)
    }

    /// Null draws of every frame.
    fn test(&self, [one, other]: [&Body; 2], tests: usize) -> Vec<Test> {
        let of_frame =
            |frame| p_value_cached(&one.sample(frame), &other.sample(frame), tests as u64, self.options, self.cache);
        (0..self.frames.len()).into_par_iter().map(of_frame).collect()
    }

    /// Labels permuted within strata, of one group against another or all others.
    fn within(&self, one: usize, other: Option<usize>, strata: Option<&[u32]>) -> Vec<Test> {
        let articles = match other {
            Some(other) => {
                let mut articles = [self.members[one].as_slice(), &self.members[other]].concat();
                articles.sort_unstable();
                articles
            }
            None => self.assigned(),
        };
        let is_one = |article: usize| self.group_of[article] as usize == one;
        let Some(clusters) = self.clusters else {
            let pool = Pool::within(self.words, Cow::Borrowed(&self.hits), strata, articles);
            return pool.test(is_one, self.options);
        };
        let rest: Vec<usize> = match other {
            Some(other) => vec![other],
            None => (0..self.names.len()).filter(|&group| group != one).collect(),
        };
        let sides = [self.members[one].clone(), rest.iter().flat_map(|&group| self.members[group].clone()).collect()];
        let permuted = PermutedUnits::of(self.words, &self.hits, &sides, strata, Some(clusters));
        let all = (0..permuted.words.len() as u32).collect();
        let pool = Pool::within(&permuted.words, Cow::Borrowed(&permuted.hits), permuted.strata.as_deref(), all);
        pool.test(|unit| permuted.members[0].binary_search(&(unit as u32)).is_ok(), self.options)
    }

    /// What is permuted over some groups.
    pub(in crate::statistics) fn permuted_units(&self, groups: &[usize], strata: Option<&[u32]>) -> PermutedUnits {
        let sides: Vec<Vec<u32>> = groups.iter().map(|&group| self.members[group].clone()).collect();
        PermutedUnits::of(self.words, &self.hits, &sides, strata, self.clusters)
    }

    fn compared(
        &self,
        group: usize,
        [a, b]: [&Tallies; 2],
        [one, other]: [&Body; 2],
        tests: &[Test],
    ) -> Vec<ComparisonRow> {
        let row = |frame: usize| {
            let (a, b) = (a.column(frame), b.column(frame));
            let (one, other) = (one.sample(frame), other.sample(frame));
            let rests_on = [u64::from(a.articles() + b.articles()), a.words() + b.words()];
            ComparisonRow {
                group,
                frame,
                articles: [a.articles(), b.articles()],
                units: [one.side.lengths.units, other.side.lengths.units],
                with_hits: [one.side.with_hits, other.side.with_hits],
                words: [a.words(), b.words()],
                hits: [a.hits(), b.hits()],
                log_ratio: hardie(a.hits(), a.words(), b.hits(), b.words()),
                smoothed_log_ratio: Estimate {
                    // the value is of the counts as they are, its interval of the units
                    value: theta(a.hits(), a.words(), b.hits(), b.words()),
                    ..between(&one, &other, rests_on)
                },
                p: tests[frame].p,
                p_method: tests[frame].method,
                q: tests[frame].p,
                p_holm: tests[frame].p,
                family: 0,
            }
        };
        (0..self.frames.len()).map(row).collect()
    }
}

/// Groups with fewer articles than a study tests alone, and their comparison together.
#[derive(Clone, Debug, PartialEq)]
pub struct SmallGroups {
    /// The groups.
    pub groups: Vec<usize>,
    /// All of them together against the others, frame by frame; the `group` of a row is the number of groups.
    pub rows: Vec<ComparisonRow>,
}

/// What comparisons with the rest share.
struct Rest<'g> {
    groups: &'g Groups<'g>,
    strata: Option<&'g [u32]>,
    units: Units,
    /// Sums over all units, and over all articles.
    totals: [Tallies; 2],
}

impl<'g> Rest<'g> {
    fn of(groups: &'g Groups<'g>, strata: Option<&'g [u32]>) -> Rest<'g> {
        let units = groups.units_of(&groups.assigned());
        let articles = groups.tallies.iter().fold(Tallies::default(), |total, group| total.plus(group));
        Rest { groups, strata, totals: [units.tallies(), articles], units }
    }

    fn compare(&self, group: usize, tests: usize) -> Vec<ComparisonRow> {
        let groups = self.groups;
        let (units, body) = groups.units(group);
        let tallies = &groups.tallies[group];
        let rest = self.totals[1].changed(tallies, &Tallies::default());
        let others = self.units.without(units, &self.totals[0]);
        let found = match groups.small_side(&[group]) {
            Some(why) => vec![Test::missing(why); groups.frames.len()],
            None if self.strata.is_some() => groups.within(group, None, self.strata),
            None => groups.test([body, &others], tests),
        };
        groups.compared(group, [tallies, &rest], [body, &others], &found)
    }
}

/// Every group against the rest, for every frame. The family of q and Holm is the whole table.
pub fn comparisons(counts: &Counts<'_>, strata: Option<&[u32]>, options: &Options) -> Vec<ComparisonRow> {
    Groups::of(counts, options).against_rest(strata)
}

/// One group against another, for every frame. The family is these rows.
pub fn pair(counts: &Counts<'_>, one: usize, other: usize, options: &Options) -> Vec<ComparisonRow> {
    Groups::of(counts, options).pair(one, other, None)
}

/// Every pair of groups, for every frame: rows of (one, other, row), one before other. The family is the whole table.
pub fn pairwise(counts: &Counts<'_>, options: &Options) -> Vec<(usize, usize, ComparisonRow)> {
    Groups::of(counts, options).pairs(None)
}

/// Fills q, Holm and the size of the family.
fn correct(table: &mut [ComparisonRow]) {
    let ps: Vec<Measured> = table.iter().map(|row| row.p).collect();
    let size = family(&ps);
    for ((row, q), holm) in table.iter_mut().zip(benjamini_hochberg(&ps)).zip(holm(&ps)) {
        row.q = q;
        row.p_holm = holm;
        row.family = size;
    }
}
