//! Keyness of a whole vocabulary: a test over articles for every word of a comparison.
//!
//! In: a [`Vocabulary`] and two of its groups, or one and the rest. Out: one row per word.
//! Invariant: the order of the articles and of the words never enters; against the rest a row's cost knows no articles.
//! Which test a word gets depends on its use in both groups together, never on the difference.
//! It deliberately prints no p for a word of which no permutation could be significant, nor where no test keeps its level.

use super::super::Options;
use super::super::carriers;
use super::super::measured::{Measured, Why};
use super::super::moments::{FEWEST, moments};
use super::super::multiplicity::{benjamini_hochberg, family};
use super::super::permutation::{Pool, Test, common, welch};
use super::super::rate::LARGE;
use super::super::sparse::Hits;
use super::super::tally::{Tally, chosen};
use super::table::{Direction, Table};
use super::vocabulary::{Size, Sums, Vocabulary, WordTotals};
use rayon::prelude::*;
use std::borrow::Cow;

/// A word in at most one of so many articles is tested by the articles that have it, where its moments do not tell enough.
const RARE: u32 = 5;
/// Words that are permuted together.
const TOGETHER: usize = 64;

/// A word's keyness: what every measure of `keyness` can be had from, and the test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WordRow {
    /// Counts and sizes.
    pub table: Table,
    /// Articles that have the word, focus and reference.
    pub with: [u32; 2],
    /// Articles, focus and reference.
    pub articles: [u32; 2],
    /// In which group it is relatively more frequent.
    pub direction: Direction,
    /// Two-sided p over articles.
    pub p: Measured,
    /// Its method; empty where it is missing.
    pub p_method: &'static str,
    /// Benjamini–Hochberg q over all words that have a p.
    pub q: Measured,
    /// Number of tests in that family.
    pub family: usize,
}

/// One row per word of `focus` against another group, or against all others.
pub fn compare(vocabulary: &Vocabulary<'_>, focus: usize, against: Option<usize>, options: &Options) -> Vec<WordRow> {
    let comparison = Comparison::of(vocabulary, focus, against);
    let (mut rows, waiting): (Vec<WordRow>, Vec<bool>) =
        (0..vocabulary.len()).into_par_iter().map(|word| comparison.row(word)).unzip();
    let waiting: Vec<usize> = waiting.iter().enumerate().filter(|(_, waits)| **waits).map(|(word, _)| word).collect();
    for (word, test) in comparison.permute(&waiting, options) {
        rows[word].p = test.p;
        rows[word].p_method = test.method;
    }
    let ps: Vec<Measured> = rows.iter().map(|row| row.p).collect();
    let size = family(&ps);
    for (row, q) in rows.iter_mut().zip(benjamini_hochberg(&ps)) {
        row.q = q;
        row.family = size;
    }
    rows
}

/// What all words of a comparison share.
struct Comparison<'a> {
    vocabulary: &'a Vocabulary<'a>,
    focus: usize,
    against: Option<usize>,
    /// Articles of focus and reference, and of both.
    sizes: [Size; 2],
    both: Size,
    /// Sums of the focus, and of a reference that is one group, word by word.
    sums: Vec<Sums>,
    other: Vec<Sums>,
}

/// What a word's test is to be.
enum TestOrWait {
    Tested(Test),
    /// All labels are to be permuted anew.
    Waits,
}

impl<'a> Comparison<'a> {
    fn of(vocabulary: &'a Vocabulary<'a>, focus: usize, against: Option<usize>) -> Comparison<'a> {
        let reference = against.map_or_else(|| vocabulary.size_without(focus), |group| vocabulary.size(group));
        let sizes = [vocabulary.size(focus), reference];
        let other = against.map_or_else(Vec::new, |group| vocabulary.sums(group));
        let both = sizes[0].plus(&sizes[1]);
        Comparison { vocabulary, focus, against, sizes, both, sums: vocabulary.sums(focus), other }
    }

    /// A word's row, and whether it waits for permutations.
    fn row(&self, word: usize) -> (WordRow, bool) {
        let reference = match self.against {
            None => self.vocabulary.whole(word).sums.minus(&self.sums[word]),
            Some(_) => self.other[word],
        };
        let [a, b] = [self.sums[word].tally(&self.sizes[0].tally), reference.tally(&self.sizes[1].tally)];
        let table = Table::new(a.hits(), b.hits(), a.words(), b.words());
        let (test, waits) = match self.test(&a, &b, word) {
            TestOrWait::Tested(test) => (test, false),
            TestOrWait::Waits => (Test::missing(Why::TooFewArticles), true),
        };
        let row = WordRow {
            table,
            with: [a.with_hits.articles, b.with_hits.articles],
            articles: [a.articles(), b.articles()],
            direction: table.direction(),
            p: test.p,
            p_method: test.method,
            q: test.p,
            family: 0,
        };
        (row, waits)
    }

    fn test(&self, a: &Tally, b: &Tally, word: usize) -> TestOrWait {
        let smaller = a.articles().min(b.articles());
        let with = a.with_hits.articles + b.with_hits.articles;
        let impossible = match (smaller, with) {
            (0, _) => Some(Why::NoArticles),
            (1, _) => Some(Why::OneArticle),
            (_, 0) => Some(Why::NoHits),
            _ => None,
        };
        if let Some(why) = impossible {
            return TestOrWait::Tested(Test::missing(why));
        }
        if smaller >= LARGE && common(a, b) {
            return TestOrWait::Tested(welch(a, b));
        }
        let whole = match self.against {
            None => Cow::Borrowed(self.vocabulary.whole(word)),
            Some(other) => Cow::Owned(self.vocabulary.pair(word, [self.focus, other])),
        };
        let WordTotals { powers, marks, .. } = &*whole;
        let squares = self.sizes[0].lengths.squares;
        if let Some(test) = moments(a.hits(), with, &self.both.lengths, powers, a.words(), squares) {
            return TestOrWait::Tested(test);
        }
        if with <= (a.articles() + b.articles()) / RARE {
            return TestOrWait::Tested(carriers::test(marks, a.hits(), a.words(), b.words()));
        }
        if self.both.lengths.articles < FEWEST {
            TestOrWait::Waits
        } else {
            TestOrWait::Tested(Test::missing(Why::TooFewArticles))
        }
    }

    fn holds(&self, group: usize) -> bool {
        self.against.is_none_or(|other| group == other || group == self.focus)
    }

    /// In few articles all labels are permuted anew, as for a frame.
    fn permute(&self, waiting: &[usize], options: &Options) -> Vec<(usize, Test)> {
        let (words, group_of) = self.vocabulary.articles();
        let is_known = |article: usize| {
            let group = group_of[article] as usize;
            self.vocabulary.has(group) && self.holds(group)
        };
        let permute = |waiting: &[usize]| -> Vec<(usize, Test)> {
            let of_word = |(column, &word): (usize, &usize)| {
                let carriers = self.vocabulary.carriers(word, |group| self.holds(group));
                carriers.map(|(article, hits)| (article, column as u32, hits)).collect::<Vec<_>>()
            };
            let mut cells: Vec<(u32, u32, u32)> = waiting.iter().enumerate().flat_map(of_word).collect();
            cells.sort_unstable();
            let hits = Hits::sorted(cells.into_iter(), words.len(), waiting.len());
            let pool = Pool::within(words, Cow::Owned(hits), None, chosen(words, is_known));
            let tests = pool.test(|article| group_of[article] as usize == self.focus, options);
            waiting.iter().copied().zip(tests).collect()
        };
        waiting.chunks(TOGETHER).flat_map(permute).collect()
    }
}
