//! The tables of the main run.
//!
//! In: [`Counts`]. Out: one row per group × frame, and each group against the rest for each frame.
//! Invariant: rows come in the order of the groups and frames given; no row is dropped.
//! It deliberately does not round.

use super::Options;
use super::bootstrap::Draws;
use super::bootstrap::resample;
use super::design_effect::design_effect;
use super::intensity::intensity;
use super::log_ratio::{Side, between, frame_draws, hardie};
use super::macro_rate::macro_rate;
use super::measured::{Estimate, Measured};
use super::multiplicity::{benjamini_hochberg, family, holm};
use super::permutation::Pool;
use super::prevalence::prevalence;
use super::rate::micro;
use super::tally::{Tally, Unit, chosen};
use rayon::prelude::*;

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

impl Counts<'_> {
    fn hits_of(&self, article: usize) -> &[u32] {
        &self.hits[article * self.frames.len()..(article + 1) * self.frames.len()]
    }

    /// Tallies, group by group and frame by frame.
    fn tallies(&self) -> Vec<Vec<Tally>> {
        let mut tallies = vec![vec![Tally::default(); self.frames.len()]; self.groups.len()];
        for (article, (&group, &words)) in self.group_of.iter().zip(self.words).enumerate() {
            let Some(row) = tallies.get_mut(group as usize) else { continue };
            for (tally, &hits) in row.iter_mut().zip(self.hits_of(article)) {
                tally.add(Unit { hits, words });
            }
        }
        tallies
    }

    fn total(&self, tallies: &[Vec<Tally>]) -> Vec<Tally> {
        let sum = |frame: usize| tallies.iter().fold(Tally::default(), |sum, group| sum.plus(&group[frame]));
        (0..self.frames.len()).map(sum).collect()
    }

    /// Resamples a group where it is small.
    fn draws(&self, inside: impl Fn(usize) -> bool, name: &str, options: &Options) -> Option<Draws> {
        let known = |article: usize| (self.group_of[article] as usize) < self.groups.len();
        let articles = chosen(self.words, |article| known(article) && inside(article));
        resample(self.words, self.hits, self.frames.len(), &articles, name, options)
    }

    fn member(&self, group: usize) -> impl Fn(usize) -> bool + Sync + '_ {
        move |article| self.group_of[article] as usize == group
    }
}

/// Every group × frame.
pub fn frames_table(counts: &Counts<'_>, options: &Options) -> Vec<FrameRow> {
    let tallies = counts.tallies();
    let of_group = |(group, tallies): (usize, &Vec<Tally>)| -> Vec<FrameRow> {
        let draws = counts.draws(counts.member(group), &counts.groups[group], options);
        let row = |(frame, tally)| frame_row(group, frame, tally, frame_draws(draws.as_ref(), frame));
        tallies.iter().enumerate().map(row).collect()
    };
    tallies.par_iter().enumerate().map(of_group).collect::<Vec<_>>().concat()
}

fn frame_row(group: usize, frame: usize, tally: &Tally, draws: Option<&[f64]>) -> FrameRow {
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

/// Every group against the rest, for every frame. The family of q and Holm is the whole table.
pub fn comparisons(counts: &Counts<'_>, strata: Option<&[u32]>, options: &Options) -> Vec<ComparisonRow> {
    let tallies = counts.tallies();
    let total = counts.total(&tallies);
    let known = |article: usize| (counts.group_of[article] as usize) < counts.groups.len();
    let pool = Pool::new(counts.words, counts.hits, counts.frames.len(), strata, known);
    let of_group = |(group, tallies): (usize, &Vec<Tally>)| -> Vec<ComparisonRow> {
        let name = counts.groups[group].as_str();
        let rest: Vec<Tally> = total.iter().zip(tallies).map(|(total, group)| total.minus(group)).collect();
        let member = counts.member(group);
        let rest_name = format!("rest of {name}");
        let own = counts.draws(&member, name, options);
        let others = counts.draws(|article| !member(article), &rest_name, options);
        let tests = pool.test(&member, &[name, "rest"], options);
        let sides = [(tallies.as_slice(), own, name), (&rest, others, &rest_name)];
        rows(counts, group, &sides, &tests, options)
    };
    let mut table = tallies.par_iter().enumerate().map(of_group).collect::<Vec<_>>().concat();
    correct(&mut table);
    table
}

/// One group against another, for every frame. The family is these rows.
pub fn pair(counts: &Counts<'_>, one: usize, other: usize, options: &Options) -> Vec<ComparisonRow> {
    let mut table = uncorrected_pair(counts, &counts.tallies(), one, other, options);
    correct(&mut table);
    table
}

/// Every pair of groups, for every frame: rows of (one, other, row), one before other. The family is the whole table.
pub fn pairwise(counts: &Counts<'_>, options: &Options) -> Vec<(usize, usize, ComparisonRow)> {
    let tallies = counts.tallies();
    let n = counts.groups.len();
    let pairs: Vec<(usize, usize)> = (0..n).flat_map(|one| (one + 1..n).map(move |other| (one, other))).collect();
    let of_pair = |&(one, other): &(usize, usize)| uncorrected_pair(counts, &tallies, one, other, options);
    let mut table = pairs.par_iter().map(of_pair).collect::<Vec<_>>().concat();
    correct(&mut table);
    let frames = counts.frames.len();
    table.into_iter().enumerate().map(|(i, row)| (pairs[i / frames].0, pairs[i / frames].1, row)).collect()
}

fn uncorrected_pair(
    counts: &Counts<'_>,
    tallies: &[Vec<Tally>],
    one: usize,
    other: usize,
    options: &Options,
) -> Vec<ComparisonRow> {
    let inside = |article: usize| [one, other].contains(&(counts.group_of[article] as usize));
    let pool = Pool::new(counts.words, counts.hits, counts.frames.len(), None, inside);
    let names = [counts.groups[one].as_str(), counts.groups[other].as_str()];
    // The same dealings whichever of the two is named first.
    let mut sorted = names;
    sorted.sort_unstable();
    let tests = pool.test(counts.member(one), &sorted, options);
    let draws = |group: usize| counts.draws(counts.member(group), &counts.groups[group], options);
    let sides = [(tallies[one].as_slice(), draws(one), names[0]), (&tallies[other], draws(other), names[1])];
    rows(counts, one, &sides, &tests, options)
}

type Group<'a> = (&'a [Tally], Option<Draws>, &'a str);

fn rows(
    counts: &Counts<'_>,
    group: usize,
    sides: &[Group<'_>; 2],
    tests: &[super::permutation::Test],
    options: &Options,
) -> Vec<ComparisonRow> {
    let [(a, a_draws, a_name), (b, b_draws, b_name)] = sides;
    let row = |(frame, name): (usize, &String)| {
        let (a, b) = (&a[frame], &b[frame]);
        let one = Side { tally: a, draws: frame_draws(a_draws.as_ref(), frame), names: [a_name, name] };
        let other = Side { tally: b, draws: frame_draws(b_draws.as_ref(), frame), names: [b_name, name] };
        ComparisonRow {
            group,
            frame,
            articles: [a.articles(), b.articles()],
            words: [a.words(), b.words()],
            hits: [a.hits(), b.hits()],
            log_ratio: hardie(a.hits(), a.words(), b.hits(), b.words()),
            smoothed_log_ratio: between(one, other, options),
            p: tests[frame].p,
            p_method: tests[frame].method,
            q: tests[frame].p,
            p_holm: tests[frame].p,
            family: 0,
        }
    };
    counts.frames.iter().enumerate().map(row).collect()
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
