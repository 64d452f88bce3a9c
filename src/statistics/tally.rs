//! Hits and words of articles, summed.
//!
//! In: hits and words per article. Out: whole-number sums per group, column by column.
//! Invariant: an article without a word takes no part: nothing could have been found there.
//! It deliberately divides nothing but logarithms.

use super::measured::{Estimate, Why};
use super::rate::LARGE;
use super::ratio::Moments;
use super::sparse::Hits;

/// One article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// Hits of the frame.
    pub hits: u32,
    /// Words that could have been hits.
    pub words: u32,
}

/// Sums over the articles of a group; articles without a word are left out, for nothing could have been found there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Hits over words.
    pub all: Moments,
    /// The same over the articles with at least one hit.
    pub with_hits: Moments,
    /// Sum of the article rates in units of 2^-64.
    pub(super) rates: u128,
    /// Sum of the cubes of the words.
    pub(super) words_cubed: i128,
}

impl Tally {
    /// Of these articles.
    pub fn of(units: &[Unit]) -> Tally {
        let mut tally = Tally::default();
        units.iter().for_each(|&unit| tally.add(unit));
        tally
    }

    /// Adds one article.
    pub fn add(&mut self, unit: Unit) {
        if unit.words > 0 {
            self.all.add(0, u64::from(unit.words));
            self.words_cubed += i128::from(unit.words).pow(3);
            self.add_hits(unit);
        }
    }

    /// Adds the hits of an article whose words are counted already: of most articles there is nothing to add.
    pub(super) fn add_hits(&mut self, unit: Unit) {
        if unit.words > 0 && unit.hits > 0 {
            let (top, bottom) = (i64::from(unit.hits), u64::from(unit.words));
            self.all.add_top(top, bottom);
            self.with_hits.add(top, bottom);
            self.rates += (u128::from(unit.hits) << 64) / u128::from(unit.words);
        }
    }

    /// Both groups together.
    pub fn plus(&self, other: &Tally) -> Tally {
        Tally {
            all: self.all.plus(&other.all),
            with_hits: self.with_hits.plus(&other.with_hits),
            rates: self.rates + other.rates,
            words_cubed: self.words_cubed + other.words_cubed,
        }
    }

    /// This group without `part` of it.
    pub fn minus(&self, part: &Tally) -> Tally {
        Tally {
            all: self.all.minus(&part.all),
            with_hits: self.with_hits.minus(&part.with_hits),
            rates: self.rates - part.rates,
            words_cubed: self.words_cubed - part.words_cubed,
        }
    }

    /// Number of articles with a word.
    pub fn articles(&self) -> u32 {
        self.all.articles
    }

    /// Number of hits.
    pub fn hits(&self) -> u64 {
        self.all.top as u64
    }

    /// Number of words.
    pub fn words(&self) -> u64 {
        self.all.bottom as u64
    }

    /// ln((Σ hits + ½)/(Σ words + 1)): defined without hits too.
    pub fn smoothed_log_rate(&self) -> f64 {
        libm::log(self.hits() as f64 + 0.5) - libm::log(self.words() as f64 + 1.0)
    }

    /// Variance of [`Tally::smoothed_log_rate`] over articles. A small group is taken to vary at least as independent
    /// hits would: three articles with one hit each would otherwise have an interval of no width.
    pub fn log_variance(&self) -> f64 {
        let hits = self.hits() as f64 + 0.5;
        let variance = self.all.residual_variance() / (hits * hits);
        if self.articles() < LARGE { variance.max(1.0 / hits) } else { variance }
    }

    /// Why no rate can be given, where that is so.
    pub(super) fn why_no_rate(&self) -> Option<Why> {
        if self.articles() == 0 { Some(Why::NoWords) } else { None }
    }

    pub(super) fn missing(&self, why: Why) -> Estimate {
        Estimate::missing(why, self.articles(), self.words())
    }
}

/// Articles with a word for which `inside` holds.
pub(super) fn chosen(words: &[u32], inside: impl Fn(usize) -> bool) -> Vec<u32> {
    (0..words.len()).filter(|&i| words[i] > 0 && inside(i)).map(|i| i as u32).collect()
}

/// Sums of some articles by column. Columns without a hit, of thousands nearly all, take no room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tallies {
    /// Of the lengths alone: what a column without a hit has.
    lengths: Tally,
    /// Column, and the sums that its hits add; ascending.
    cells: Vec<(u32, Tally)>,
}

impl Tallies {
    /// Of these articles.
    pub(super) fn of(words: &[u32], hits: &Hits, articles: impl Iterator<Item = u32>) -> Tallies {
        let mut tallies = Tallies::default();
        let mut found: Vec<(u32, Unit)> = Vec::new();
        for article in articles {
            let words = words[article as usize];
            tallies.lengths.add(Unit { hits: 0, words });
            found.extend(hits.of(article).iter().map(|&(column, hits)| (column, Unit { hits, words })));
        }
        found.sort_unstable_by_key(|cell| cell.0);
        for of_column in found.chunk_by(|a, b| a.0 == b.0) {
            let mut tally = Tally::default();
            of_column.iter().for_each(|&(_, unit)| tally.add_hits(unit));
            tallies.cells.push((of_column[0].0, tally));
        }
        tallies
    }

    /// The sums of a column.
    pub fn column(&self, column: usize) -> Tally {
        self.added(column as u32).map_or(self.lengths, |hits| self.lengths.plus(hits))
    }

    /// Columns with a hit, ascending.
    pub fn with_hits(&self) -> impl Iterator<Item = usize> + '_ {
        self.cells.iter().filter(|(_, tally)| tally.hits() > 0).map(|(column, _)| *column as usize)
    }

    /// What the hits of a column add, where it has any.
    fn added(&self, column: u32) -> Option<&Tally> {
        self.cells.binary_search_by_key(&column, |cell| cell.0).ok().map(|at| &self.cells[at].1)
    }

    /// These articles without some of them, and with others; none of either has a hit in a column in which these have none.
    pub(super) fn changed(&self, gone: &Tallies, more: &Tallies) -> Tallies {
        let none = Tally::default();
        let of = |tallies: &Tallies, column: u32| tallies.added(column).copied().unwrap_or(none);
        let cell = |(column, tally): &(u32, Tally)| (*column, tally.minus(&of(gone, *column)).plus(&of(more, *column)));
        Tallies {
            lengths: self.lengths.minus(&gone.lengths).plus(&more.lengths),
            cells: self.cells.iter().map(cell).filter(|(_, tally)| *tally != none).collect(),
        }
    }

    /// Both groups together.
    pub(super) fn plus(&self, other: &Tallies) -> Tallies {
        let mut cells = [self.cells.as_slice(), &other.cells].concat();
        cells.sort_by_key(|cell| cell.0);
        cells.dedup_by(|next, sum| {
            let is_same = next.0 == sum.0;
            if is_same {
                sum.1 = sum.1.plus(&next.1);
            }
            is_same
        });
        Tallies { lengths: self.lengths.plus(&other.lengths), cells }
    }
}
