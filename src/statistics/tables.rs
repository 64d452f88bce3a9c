//! The tables of the main run.
//!
//! In: [`Counts`]. Out: one row per group × frame, each group against the rest, and each group against each other.
//! Invariant: rows come in the order of the groups and frames given; no row is dropped; a group is resampled once for all
//! the tables that are made of the same [`Groups`].
//! It deliberately does not round.

use super::Options;
use super::bootstrap::{Draws, Resampled, resample};
use super::design_effect::design_effect;
use super::intensity::intensity;
use super::log_ratio::{Side, between, hardie};
use super::macro_rate::macro_rate;
use super::measured::{Estimate, Measured};
use super::multiplicity::{benjamini_hochberg, family, holm};
use super::permutation::{Pool, Test, tally};
use super::prevalence::prevalence;
use super::rate::micro;
use super::sparse::Hits;
use super::tally::Tally;
use rayon::prelude::*;
use std::borrow::Cow;
use std::sync::OnceLock;

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
#[derive(Clone, Copy, Debug, PartialEq)]
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
    pub rate: Estimate,
    /// Mean of the article rates per 1,000 words.
    pub macro_rate: Measured,
    /// Share of articles with a hit.
    pub prevalence: Estimate,
    /// Rate per 1,000 words within the articles that have a hit.
    pub intensity: Measured,
    /// Variance over that of independent hits.
    pub design_effect: Measured,
}

/// One group against others, for one frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ComparisonRow {
    /// Index of the group.
    pub group: usize,
    /// Index of the frame.
    pub frame: usize,
    /// Articles of the group, and of the others.
    pub articles: [u32; 2],
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

/// Articles sorted into groups, and what every table needs of them, found out once.
pub struct Groups<'a> {
    frames: &'a [String],
    names: &'a [String],
    words: &'a [u32],
    hits: Hits,
    group_of: &'a [u32],
    options: &'a Options,
    /// Articles with a word, by group.
    members: Vec<Vec<u32>>,
    tallies: Vec<Vec<Tally>>,
    draws: Vec<OnceLock<Option<Draws>>>,
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
        let tallies = members.par_iter().map(|members| tally(counts.words, &hits, members.iter().copied())).collect();
        Groups {
            frames: counts.frames,
            names: counts.groups,
            words: counts.words,
            hits,
            group_of: counts.group_of,
            options,
            draws: members.iter().map(|_| OnceLock::new()).collect(),
            members,
            tallies,
        }
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

    /// Sums of some articles, column by column.
    pub fn sums(&self, articles: &[u32]) -> Vec<Tally> {
        tally(self.words, &self.hits, articles.iter().copied())
    }

    /// What the study set.
    pub fn options(&self) -> &Options {
        self.options
    }

    /// Sums of a group and column.
    pub fn tally(&self, group: usize, column: usize) -> &Tally {
        &self.tallies[group][column]
    }

    /// Articles of a group that have a word.
    pub fn members(&self, group: usize) -> &[u32] {
        &self.members[group]
    }

    /// The hits, zeros left out.
    pub fn hits(&self) -> &Hits {
        &self.hits
    }

    /// The resamples of a small group.
    fn draws(&self, group: usize) -> Option<&Draws> {
        let draw = || resample(self.words, &self.hits, &self.members[group], &self.names[group], self.options);
        self.draws[group].get_or_init(draw).as_ref()
    }

    /// Group of an article.
    pub fn group_of(&self, article: u32) -> usize {
        self.group_of[article as usize] as usize
    }

    /// What names the random stream of a group's test against the rest, within strata.
    pub(super) fn names_of_test(&self, group: usize) -> Vec<String> {
        let mut pair = self.names.to_vec();
        pair.sort_unstable();
        if self.is_pair() { pair } else { vec![self.names[group].clone(), "rest".to_string()] }
    }

    /// Two groups, both with articles: the rest of one is the other.
    fn is_pair(&self) -> bool {
        self.members.len() == 2 && self.members.iter().all(|members| !members.is_empty())
    }

    /// Articles that are in a group, ascending.
    pub(super) fn known(&self) -> Vec<u32> {
        let mut known = self.members.concat();
        known.sort_unstable();
        known
    }

    /// Every group × column, columns numbered as frames are.
    pub fn rows(&self) -> Vec<FrameRow> {
        let of_group = |group: usize| -> Vec<FrameRow> {
            let draws = self.draws(group);
            let row = |(frame, tally)| frame_row(group, frame, tally, column(draws, frame));
            self.tallies[group].iter().enumerate().map(row).collect()
        };
        (0..self.names.len()).into_par_iter().map(of_group).collect::<Vec<_>>().concat()
    }

    /// Every group against the rest, for every frame. The family of q and Holm is the whole table.
    pub fn against_rest(&self, strata: Option<&[u32]>) -> Vec<ComparisonRow> {
        let mut table = match self.is_pair() {
            // both rows are one comparison, and have one p
            true => [(0, 1), (1, 0)].map(|(one, other)| self.uncorrected_pair(one, other, strata)).concat(),
            false => self.uncorrected_against_rest(strata),
        };
        correct(&mut table);
        table
    }

    /// One group against the rest, for every frame. The family is these rows.
    pub fn one_against_rest(&self, group: usize, strata: Option<&[u32]>) -> Vec<ComparisonRow> {
        let mut table = match self.is_pair() {
            true => self.uncorrected_pair(group, 1 - group, strata),
            false => Rest::of(self, strata).compare(group),
        };
        correct(&mut table);
        table
    }

    fn uncorrected_against_rest(&self, strata: Option<&[u32]>) -> Vec<ComparisonRow> {
        let rest = Rest::of(self, strata);
        (0..self.names.len()).into_par_iter().map(|group| rest.compare(group)).collect::<Vec<_>>().concat()
    }

    /// Every pair of groups, for every frame: (one, other, row), one before other. The family is the whole table.
    pub fn pairs(&self, strata: Option<&[u32]>) -> Vec<(usize, usize, ComparisonRow)> {
        let n = self.names.len();
        let pairs: Vec<(usize, usize)> = (0..n).flat_map(|one| (one + 1..n).map(move |other| (one, other))).collect();
        let of_pair = |&(one, other): &(usize, usize)| self.uncorrected_pair(one, other, strata);
        let mut table = pairs.par_iter().map(of_pair).collect::<Vec<_>>().concat();
        correct(&mut table);
        let frames = self.frames.len();
        table.into_iter().enumerate().map(|(i, row)| (pairs[i / frames].0, pairs[i / frames].1, row)).collect()
    }

    /// One group against another, for every frame. The family is these rows.
    pub fn pair(&self, one: usize, other: usize, strata: Option<&[u32]>) -> Vec<ComparisonRow> {
        let mut table = self.uncorrected_pair(one, other, strata);
        correct(&mut table);
        table
    }

    fn uncorrected_pair(&self, one: usize, other: usize, strata: Option<&[u32]>) -> Vec<ComparisonRow> {
        let mut articles = [self.members[one].as_slice(), &self.members[other]].concat();
        articles.sort_unstable();
        let pool = Pool::within(self.words, Cow::Borrowed(&self.hits), strata, articles);
        let names = [self.names[one].as_str(), self.names[other].as_str()];
        // within strata the same dealings whichever of the two is named first
        let mut sorted = names;
        sorted.sort_unstable();
        let tests = pool.test(|article| self.group_of[article] as usize == one, &sorted, self.options);
        let sides = [
            (self.tallies[one].as_slice(), self.draws(one), names[0]),
            (&self.tallies[other], self.draws(other), names[1]),
        ];
        self.compared(one, &sides, &tests)
    }

    fn compared(&self, group: usize, sides: &[Compared<'_>; 2], tests: &[Test]) -> Vec<ComparisonRow> {
        let [(a, a_draws, a_name), (b, b_draws, b_name)] = sides;
        let row = |(frame, name): (usize, &String)| {
            let (a, b) = (&a[frame], &b[frame]);
            let one = Side { tally: a, draws: column(*a_draws, frame), names: [a_name, name] };
            let other = Side { tally: b, draws: column(*b_draws, frame), names: [b_name, name] };
            ComparisonRow {
                group,
                frame,
                articles: [a.articles(), b.articles()],
                words: [a.words(), b.words()],
                hits: [a.hits(), b.hits()],
                log_ratio: hardie(a.hits(), a.words(), b.hits(), b.words()),
                smoothed_log_ratio: between(one, other, self.options),
                p: tests[frame].p,
                p_method: tests[frame].method,
                q: tests[frame].p,
                p_holm: tests[frame].p,
                family: 0,
            }
        };
        self.frames.iter().enumerate().map(row).collect()
    }
}

/// What comparisons with the rest share.
struct Rest<'g> {
    groups: &'g Groups<'g>,
    known: Vec<u32>,
    pool: Pool<'g>,
    total: Vec<Tally>,
}

impl<'g> Rest<'g> {
    fn of(groups: &'g Groups<'g>, strata: Option<&'g [u32]>) -> Rest<'g> {
        let known = groups.known();
        let mut pool = Pool::within(groups.words, Cow::Borrowed(&groups.hits), strata, known.clone());
        pool.share(groups.members.iter().map(Vec::len), groups.options);
        let mut total = vec![Tally::default(); groups.hits.columns()];
        for group in &groups.tallies {
            total.iter_mut().zip(group).for_each(|(total, tally)| *total = total.plus(tally));
        }
        Rest { groups, known, pool, total }
    }

    fn compare(&self, group: usize) -> Vec<ComparisonRow> {
        let groups = self.groups;
        let (name, tallies) = (groups.names[group].as_str(), &groups.tallies[group]);
        let rest: Vec<Tally> = self.total.iter().zip(tallies).map(|(total, group)| total.minus(group)).collect();
        let member = |article: usize| groups.group_of[article] as usize == group;
        let rest_name = format!("rest of {name}");
        let others: Vec<u32> = self.known.iter().copied().filter(|&article| !member(article as usize)).collect();
        let others = resample(groups.words, &groups.hits, &others, &rest_name, groups.options);
        let tests = self.pool.test(member, &[name, "rest"], groups.options);
        let sides = [(tallies.as_slice(), groups.draws(group), name), (&rest, others.as_ref(), rest_name.as_str())];
        groups.compared(group, &sides, &tests)
    }
}

/// Tallies, resamples and name of one side of a comparison.
type Compared<'a> = (&'a [Tally], Option<&'a Draws>, &'a str);

fn column(draws: Option<&Draws>, column: usize) -> Option<Resampled<'_>> {
    draws.and_then(|draws| draws.column(column))
}

/// Every group × frame.
pub fn frames_table(counts: &Counts<'_>, options: &Options) -> Vec<FrameRow> {
    Groups::of(counts, options).rows()
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

fn frame_row(group: usize, frame: usize, tally: &Tally, draws: Option<Resampled<'_>>) -> FrameRow {
    FrameRow {
        group,
        frame,
        articles: tally.articles(),
        articles_with_hits: tally.with_hits.articles,
        words: tally.words(),
        hits: tally.hits(),
        rate: micro(tally, draws),
        macro_rate: macro_rate(tally),
        prevalence: prevalence(tally),
        intensity: intensity(tally),
        design_effect: design_effect(tally),
    }
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
