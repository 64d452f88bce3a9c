//! The independent units of a set of articles: the articles, or clusters of them.
//!
//! In: words and hits by article, and which cluster each article is in. Out: sums over units, and the words of each unit.
//! Invariant: sums are whole numbers; neither the order of articles nor the numbers of clusters move a bit.
//! It deliberately does not say which articles belong together: the study does.

use super::null_draws::Sample;
use super::side::{Multiplicity, Side};
use super::sparse::Hits;
use super::tally::{Tallies, Tally};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Which articles are one unit.
#[derive(Clone, Copy, Debug)]
pub struct Clusters<'a> {
    /// Number of each article's cluster.
    pub of: &'a [u32],
    /// The articles of a cluster are copies of one text, so that together they say what one of them says.
    pub are_copies: bool,
}

impl Clusters<'_> {
    /// The clusters of some of the articles, one after the other.
    pub fn chosen(&self, articles: &[u32]) -> Vec<u32> {
        articles.iter().map(|&article| self.of[article as usize]).collect()
    }
}

/// Adds up rows that are in one cluster, `of` being the cluster of each row; without clusters each row stands for itself. The order of
/// what comes out is that of the clusters' numbers.
pub fn gather<T: Clone>(rows: &[T], of: Option<&[u32]>, add: impl Fn(&mut T, &T)) -> Vec<T> {
    let Some(of) = of else { return rows.to_vec() };
    let mut sums: BTreeMap<u32, T> = BTreeMap::new();
    for (row, &cluster) in rows.iter().zip(of) {
        match sums.entry(cluster) {
            Entry::Occupied(mut sum) => add(sum.get_mut(), row),
            Entry::Vacant(place) => {
                place.insert(row.clone());
            }
        }
    }
    sums.into_values().collect()
}

/// Units, and what each has.
#[derive(Clone, Debug, Default)]
pub(super) struct Units {
    /// Cluster of each, ascending.
    ids: Vec<u32>,
    words: Vec<u32>,
    articles: Vec<u32>,
    hits: Hits,
    are_copies: bool,
    /// Units by words, ascending.
    by_words: Vec<u32>,
    /// [`Units::weights`] of all.
    weights: [u128; 2],
}

impl Units {
    /// Of these articles, each of which has a word.
    pub(super) fn of(words: &[u32], hits: &Hits, articles: &[u32], clusters: Option<Clusters<'_>>) -> Units {
        let id = |article: u32| clusters.map_or(article, |clusters| clusters.of[article as usize]);
        let mut order: Vec<(u32, u32)> = articles.iter().map(|&article| (id(article), article)).collect();
        order.sort_unstable();
        let mut units = Units { are_copies: clusters.is_some_and(|clusters| clusters.are_copies), ..Units::default() };
        let mut cells = Vec::new();
        for unit in order.chunk_by(|a, b| a.0 == b.0) {
            let number = units.ids.len() as u32;
            units.ids.push(unit[0].0);
            units.words.push(unit.iter().map(|&(_, article)| words[article as usize]).sum());
            units.articles.push(unit.len() as u32);
            let first = cells.len();
            cells
                .extend(unit.iter().flat_map(|&(_, article)| hits.of(article)).map(|&(column, n)| (number, column, n)));
            if unit.len() > 1 {
                merge(&mut cells, first);
            }
        }
        units.hits = Hits::sorted(cells.into_iter(), units.ids.len(), hits.columns());
        units.by_words = (0..units.ids.len() as u32).collect();
        units.by_words.sort_by_key(|&unit| units.words[unit as usize]);
        units.weights = units.weights(0..units.ids.len());
        units
    }

    /// Words and hits of the units.
    pub(super) fn columns(&self) -> (&[u32], &Hits) {
        (&self.words, &self.hits)
    }

    /// Sums of every column.
    pub(super) fn tallies(&self) -> Tallies {
        Tallies::of(&self.words, &self.hits, 0..self.ids.len() as u32)
    }

    /// Σ k w, k the articles of a unit, and Σ w.
    fn weights(&self, units: impl Iterator<Item = usize>) -> [u128; 2] {
        let add = |[weighted, words]: [u128; 2], unit: usize| {
            let of_unit = u128::from(self.words[unit]);
            [weighted + u128::from(self.articles[unit]) * of_unit, words + of_unit]
        };
        units.fold([0, 0], add)
    }

    fn copies(&self, [weighted, words]: [u128; 2]) -> Multiplicity {
        if self.are_copies { Multiplicity::new(weighted, words) } else { Multiplicity::ONE }
    }

    /// A side made of these units.
    pub(super) fn whole(&self) -> Body {
        let copies = self.copies(self.weights);
        let words = self.by_words.iter().map(|&unit| self.words[unit as usize]);
        Body { tallies: self.tallies(), copies, words: scaled(words, copies) }
    }

    /// The units of all articles without those of a part of them, which may share clusters with the others; `totals` are the sums of
    /// all.
    pub(super) fn without(&self, part: &Units, totals: &Tallies) -> Body {
        let mut gone: Vec<u32> = Vec::with_capacity(part.ids.len());
        let mut left = Units { are_copies: self.are_copies, ..Units::default() };
        let mut cells = Vec::new();
        for (at, id) in part.ids.iter().enumerate() {
            let Ok(whole) = self.ids.binary_search(id) else { continue };
            gone.push(whole as u32);
            if self.articles[whole] == part.articles[at] {
                continue;
            }
            let number = left.ids.len() as u32;
            left.ids.push(*id);
            left.words.push(self.words[whole] - part.words[at]);
            left.articles.push(self.articles[whole] - part.articles[at]);
            let own = |column: u32| part.hits.at(at as u32, column as usize);
            let others = self.hits.of(whole as u32).iter().map(|&(column, n)| (number, column, n - own(column)));
            cells.extend(others);
        }
        left.hits = Hits::sorted(cells.into_iter(), left.ids.len(), self.hits.columns());
        let removed = Tallies::of(&self.words, &self.hits, gone.iter().copied());
        let tallies = totals.changed(&removed, &left.tallies());
        let (all, own) = (self.weights, self.weights(gone.iter().map(|&unit| unit as usize)));
        let rest = left.weights(0..left.ids.len());
        let copies = self.copies([0, 1].map(|of| all[of] - own[of] + rest[of]));
        let mut is_gone = vec![false; self.ids.len()];
        gone.iter().for_each(|&unit| is_gone[unit as usize] = true);
        let stay = self.by_words.iter().filter(|&&unit| !is_gone[unit as usize]).map(|&unit| self.words[unit as usize]);
        let mut words: Vec<u32> = stay.chain(left.words.iter().copied()).collect();
        if !left.words.is_empty() {
            words.sort_unstable();
        }
        Body { tallies, copies, words: scaled(words.into_iter(), copies) }
    }
}

/// What is permuted over sides within strata: articles, or clusters of those of a side and stratum.
pub(super) struct PermutedUnits {
    pub(super) words: Vec<u32>,
    pub(super) hits: Hits,
    /// Stratum of each.
    pub(super) strata: Option<Vec<u32>>,
    /// Those of each side, ascending.
    pub(super) members: Vec<Vec<u32>>,
}

impl PermutedUnits {
    pub(super) fn of(
        words: &[u32],
        hits: &Hits,
        sides: &[Vec<u32>],
        strata: Option<&[u32]>,
        clusters: Option<Clusters<'_>>,
    ) -> PermutedUnits {
        let key = |side: usize, article: u32| {
            let stratum = strata.map_or(0, |strata| strata[article as usize]);
            (stratum, side as u32, clusters.map_or(article, |clusters| clusters.of[article as usize]))
        };
        let every = || sides.iter().enumerate().flat_map(|(side, articles)| articles.iter().map(move |&a| (side, a)));
        let mut keys: Vec<(u32, u32, u32)> = every().map(|(side, article)| key(side, article)).collect();
        keys.sort_unstable();
        keys.dedup();
        let mut of = vec![u32::MAX; words.len()];
        let mut articles = Vec::new();
        for (side, article) in every() {
            let wanted = key(side, article);
            of[article as usize] = keys.partition_point(|other| *other < wanted) as u32;
            articles.push(article);
        }
        let units = Units::of(words, hits, &articles, Some(Clusters { of: &of, are_copies: false }));
        let member = |side: u32| {
            let own = (0..).zip(&keys).filter(|(_, key)| key.1 == side).map(|(unit, _)| unit);
            own.collect::<Vec<u32>>()
        };
        PermutedUnits {
            members: (0..sides.len() as u32).map(member).collect(),
            strata: strata.map(|_| keys.iter().map(|key| key.0).collect()),
            words: units.words,
            hits: units.hits,
        }
    }
}

/// Adds up cells of one unit in the same column, from `first` on.
fn merge(cells: &mut Vec<(u32, u32, u32)>, first: usize) {
    cells[first..].sort_unstable();
    let mut last = first;
    for at in first + 1..cells.len() {
        let cell = cells[at];
        if (cells[last].0, cells[last].1) == (cell.0, cell.1) {
            cells[last].2 += cell.2;
        } else {
            last += 1;
            cells[last] = cell;
        }
    }
    cells.truncate((last + 1).min(cells.len()));
}

fn scaled(words: impl Iterator<Item = u32>, copies: Multiplicity) -> Vec<f64> {
    let by = copies.value();
    words.map(|words| f64::from(words) / by).collect()
}

/// What a test needs of the units of one side, column by column.
#[derive(Clone, Debug)]
pub(super) struct Body {
    tallies: Tallies,
    copies: Multiplicity,
    /// Words of each unit, ascending.
    words: Vec<f64>,
}

impl Body {
    /// The side of a column.
    pub(super) fn side(&self, column: usize) -> Side {
        Side::scaled(&self.tally(column), self.copies)
    }

    /// The side of a column, ready to be tested.
    pub(super) fn sample(&self, column: usize) -> Sample<'_> {
        Sample { side: self.side(column), words: Cow::Borrowed(&self.words) }
    }

    /// Words of each unit, ascending.
    pub(super) fn words(&self) -> &[f64] {
        &self.words
    }

    /// Sums over the units, not divided by the number of copies.
    pub(super) fn tally(&self, column: usize) -> Tally {
        self.tallies.column(column)
    }

    /// Copies that a unit stands for.
    pub(super) fn copies(&self) -> Multiplicity {
        self.copies
    }
}
