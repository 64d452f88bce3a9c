//! The estimates of sentiment: by group and scale, by target, and which entries make a difference.
//!
//! In: the sums of a run. Out: rows, scale by scale and group by group.
//! Invariant: the bars of a [`Shift`] sum to the difference of the two means; what an entry gives sums to the mean of its group.
//! It deliberately knows no formula: `statistics` does.

use crate::aggregate::{Contribution, Counts, GroupId, TowardSums};
use crate::lookup::{EntryId, TargetId};
use crate::statistics::sentiment::{self, Clustering, Compounds, GroupCompound, GroupSentiment};
use crate::statistics::{CachedTests, Clusters, Estimate, Options, word_shift};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The valence of each group, scale by scale; what the last run drew is taken from the cache.
pub(super) fn valences(
    counts: &Counts,
    clusters: Option<Clusters<'_>>,
    names: &[String],
    options: (&Options, Option<&CachedTests>),
) -> Vec<Vec<GroupSentiment>> {
    (0..counts.lexicons.len()).map(|scale| valence(counts, clusters, names, scale, options)).collect()
}

fn valence(
    counts: &Counts,
    clusters: Option<Clusters<'_>>,
    names: &[String],
    scale: usize,
    (options, cache): (&Options, Option<&CachedTests>),
) -> Vec<GroupSentiment> {
    let articles = members(counts, clusters, names.len(), scale);
    let of_group = |of: &Members<_>| sentiment::of_units(&of.rows, of.clustering(clusters), (options, cache));
    articles.par_iter().map(of_group).collect()
}

/// The mean valence of all other groups on a scale, group by group.
pub(super) fn rests(counts: &Counts, clusters: Option<Clusters<'_>>, names: &[String], scale: usize) -> Vec<Estimate> {
    let articles = members(counts, clusters, names.len(), scale);
    let groups: Vec<_> =
        articles.iter().map(|members| (members.rows.as_slice(), members.clustering(clusters))).collect();
    sentiment::of_rests(&groups)
}

/// What the articles of each group have on a scale.
fn members(
    counts: &Counts,
    clusters: Option<Clusters<'_>>,
    groups: usize,
    scale: usize,
) -> Vec<Members<sentiment::Valence>> {
    let mut articles: Vec<Members<sentiment::Valence>> = vec![Members::default(); groups];
    for (article, words, valence) in of_scale(counts, scale) {
        articles[counts.group_of[article].index()].push(
            article,
            clusters,
            sentiment::Valence {
                hits: valence.positive_hits + valence.negative_hits,
                positive: valence.positive_hits,
                negative: valence.negative_hits,
                sum: valence.positive_sum + valence.negative_sum,
                words,
            },
        );
    }
    articles
}

/// What the articles of a group have, and the cluster of each.
#[derive(Clone, Debug)]
struct Members<T> {
    rows: Vec<T>,
    clusters: Vec<u32>,
}

impl<T> Default for Members<T> {
    fn default() -> Members<T> {
        Members { rows: Vec::new(), clusters: Vec::new() }
    }
}

impl<T> Members<T> {
    fn push(&mut self, article: usize, clusters: Option<Clusters<'_>>, row: T) {
        self.rows.push(row);
        self.clusters.extend(clusters.map(|clusters| clusters.of[article]));
    }

    fn clustering(&self, clusters: Option<Clusters<'_>>) -> Clustering<'_> {
        Clustering {
            of: clusters.map(|_| self.clusters.as_slice()),
            are_copies: clusters.is_some_and(|clusters| clusters.are_copies),
        }
    }
}

/// VADER's scores of each group on a scale.
pub(super) fn compounds(
    counts: &Counts,
    clusters: Option<Clusters<'_>>,
    names: &[String],
    scale: usize,
    options: &Options,
) -> Vec<GroupCompound> {
    let mut articles: Vec<Members<Compounds>> = vec![Members::default(); names.len()];
    for (article, _, valence) in of_scale(counts, scale) {
        let row = Compounds { sentences: valence.sentences, sum: valence.compound, shares: valence.shares };
        articles[counts.group_of[article].index()].push(article, clusters, row);
    }
    let of_group = |of: &Members<_>| sentiment::compound_of_group(&of.rows, of.clustering(clusters), options);
    articles.iter().map(of_group).collect()
}

/// Number, words and valence of each article that the scale is for.
fn of_scale(counts: &Counts, scale: usize) -> impl Iterator<Item = (usize, u32, &crate::aggregate::Valence)> {
    let of_scale = counts.valence.iter().skip(scale).step_by(counts.lexicons.len().max(1));
    let articles = counts.words.iter().zip(of_scale).enumerate();
    articles.filter_map(|(article, (&words, valence))| Some((article, words, valence.as_ref()?)))
}

/// How a group speaks of a target.
#[derive(Clone, Debug, PartialEq)]
pub struct TowardRow {
    /// Group.
    pub group: usize,
    /// Target.
    pub target: TargetId,
    /// Scale.
    pub scale: usize,
    /// Articles that mention it.
    pub articles: u32,
    /// Sums.
    pub sums: TowardSums,
    /// Mean score of a mention.
    pub score: Estimate,
}

/// The rows of targets that a group mentions, by scale, target and group.
pub(super) fn toward(counts: &Counts, clusters: Option<Clusters<'_>>, options: &Options) -> Vec<TowardRow> {
    let mut cells: BTreeMap<(u32, TargetId, GroupId), Members<TowardSums>> = BTreeMap::new();
    for &(article, scale, target, sums) in &counts.toward {
        let cell = cells.entry((scale, target, counts.group_of[article as usize])).or_default();
        cell.push(article as usize, clusters, sums);
    }
    let row = |((scale, target, group), members): ((u32, TargetId, GroupId), Members<TowardSums>)| {
        let articles = &members.rows;
        let mut sums = TowardSums::default();
        for one in articles {
            sums.mentions += one.mentions;
            sums.hits += one.hits;
            sums.score += one.score;
            sums.judged += one.judged;
            sums.positive += one.positive;
            sums.negative += one.negative;
        }
        let pairs: Vec<(u32, i64)> = articles.iter().map(|one| (one.mentions, one.score)).collect();
        TowardRow {
            group: group.index(),
            target,
            scale: scale as usize,
            articles: articles.len() as u32,
            sums,
            score: sentiment::toward_of_group(&pairs, members.clustering(clusters), options),
        }
    };
    cells.into_iter().map(row).collect()
}

/// An entry, plain or negated, in one group or two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// The entry.
    pub entry: EntryId,
    /// Its negated hits, which count with the other sign.
    pub negated: bool,
    /// Hits in the one text and in the other.
    pub hits: [u64; 2],
    /// What it gives, with its sign.
    pub contribution: f64,
}

/// What makes the mean valence of one group differ from that of another, or of the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// Scale.
    pub scale: usize,
    /// The one group.
    pub one: usize,
    /// The other; `None` = all other groups.
    pub other: Option<usize>,
    /// Weighted hits of the two.
    pub hits: [u64; 2],
    /// One bar an entry, the longest first.
    pub bars: Vec<Bar>,
}

impl Shift {
    /// The difference of the two means: one minus other.
    pub fn difference(&self) -> f64 {
        self.bars.iter().map(|bar| bar.contribution).sum()
    }
}

/// The shift between a group and another, or the rest; none where one of the two has no weighted hit.
pub fn shift(contributions: &[Contribution], scale: usize, one: usize, other: Option<usize>) -> Option<Shift> {
    let mine: Vec<&Contribution> = of(contributions, scale).collect();
    let term = |c: &&Contribution| {
        let at = |group: usize| c.by_group.get(&GroupId::new(group)).copied().unwrap_or(0);
        let all: u64 = c.by_group.values().sum();
        let rest = other.map_or_else(|| all - at(one), at);
        word_shift::Term { one: at(one), other: rest, weight: i64::from(c.weight) }
    };
    let terms: Vec<word_shift::Term> = mine.iter().map(term).collect();
    let hits = [terms.iter().map(|term| term.one).sum(), terms.iter().map(|term| term.other).sum()];
    if hits.contains(&0) {
        return None;
    }
    let values = word_shift::valence_shift(&terms);
    let parts = mine
        .iter()
        .zip(&terms)
        .zip(values)
        .map(|((c, term), value)| (c.entry, c.negated, [term.one, term.other], value.value().unwrap_or(0.0)));
    Some(Shift { scale, one, other, hits, bars: bars(parts) })
}

/// What each entry gives to the mean valence of a group: its weights over all weighted hits of the group.
pub fn made_of(contributions: &[Contribution], scale: usize, group: usize) -> Vec<Bar> {
    let at = |c: &Contribution| c.by_group.get(&GroupId::new(group)).copied().unwrap_or(0);
    let all: u64 = of(contributions, scale).map(at).sum();
    let parts = of(contributions, scale).map(|c| {
        let contribution = at(c) as f64 * f64::from(c.weight) / 1000.0 / all as f64;
        (c.entry, c.negated, [at(c), all - at(c)], contribution)
    });
    bars(parts.filter(|(_, _, hits, _)| hits[0] > 0))
}

/// Those of a scale that weigh something: what weighs nothing is in no mean.
fn of(contributions: &[Contribution], scale: usize) -> impl Iterator<Item = &Contribution> {
    contributions.iter().filter(move |c| c.scale as usize == scale && c.weight != 0)
}

/// Adds up what the weights of an entry give; the longest first.
fn bars(parts: impl Iterator<Item = (EntryId, bool, [u64; 2], f64)>) -> Vec<Bar> {
    let mut sums: BTreeMap<(EntryId, bool), ([u64; 2], f64)> = BTreeMap::new();
    for (entry, negated, hits, contribution) in parts {
        let sum = sums.entry((entry, negated)).or_default();
        sum.0[0] += hits[0];
        sum.0[1] += hits[1];
        sum.1 += contribution;
    }
    let bar = |((entry, negated), (hits, contribution))| Bar { entry, negated, hits, contribution };
    let mut bars: Vec<Bar> = sums.into_iter().map(bar).collect();
    bars.sort_by(|a, b| b.contribution.abs().total_cmp(&a.contribution.abs()));
    bars
}
