//! The words of a corpus, summed once for all comparisons of its groups.
//!
//! In: words per article, the group of each, and per word the articles that have it. Out: the sums of any group and word.
//! Invariant: all sums are whole numbers; neither the order of articles nor of groups moves a bit.
//! It deliberately tests nothing: `words` does.

use super::super::carriers::histogram;
use super::super::moments::{Lengths, PowerSums};
use super::super::ratio::Moments;
use super::super::tally::{Tally, Unit};
use rayon::prelude::*;

/// The articles that have a word, each once, and how often.
#[derive(Clone, Copy, Debug)]
pub struct Postings<'a> {
    /// Indices of articles.
    pub articles: &'a [u32],
    /// Occurrences in each.
    pub counts: &'a [u32],
}

/// Sums over the articles of a group that have a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    pub(super) articles: u32,
    pub(super) hits: u64,
    hits_squared: u128,
    cross: u128,
}

impl Sums {
    fn add(&mut self, hits: u32, words: u32) {
        self.articles += 1;
        self.hits += u64::from(hits);
        self.hits_squared += u128::from(u64::from(hits) * u64::from(hits));
        self.cross += u128::from(u64::from(hits) * u64::from(words));
    }

    pub(super) fn minus(&self, part: &Sums) -> Sums {
        Sums {
            articles: self.articles - part.articles,
            hits: self.hits - part.hits,
            hits_squared: self.hits_squared - part.hits_squared,
            cross: self.cross - part.cross,
        }
    }

    /// The side's tally; of the articles with hits only their number is filled in, which is all that is asked for here.
    pub(super) fn tally(&self, empty: &Tally) -> Tally {
        let all = empty.all.with_tops(self.hits.into(), self.hits_squared as i128, self.cross as i128);
        let with_hits = Moments { articles: self.articles, ..Moments::default() };
        Tally { all, with_hits, ..*empty }
    }
}

/// The articles of a group, or of several, without any word looked at.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Size {
    pub(super) tally: Tally,
    pub(super) lengths: Lengths,
}

impl Size {
    fn add(&mut self, words: u32) {
        self.tally.add(Unit { hits: 0, words });
        self.lengths.add(words);
    }

    pub(super) fn plus(&self, other: &Size) -> Size {
        Size { tally: self.tally.plus(&other.tally), lengths: self.lengths.plus(&other.lengths) }
    }
}

/// A word in all groups of a comparison together.
#[derive(Clone, Debug, Default)]
pub(super) struct WordTotals {
    pub(super) sums: Sums,
    pub(super) powers: PowerSums,
    /// How many articles have it so often.
    pub(super) marks: Vec<(u32, u32)>,
}

/// The words, and the groups that they are compared in.
pub struct Vocabulary<'a> {
    words: &'a [u32],
    group_of: &'a [u32],
    postings: &'a [Postings<'a>],
    sizes: Vec<Size>,
    whole: Vec<WordTotals>,
    /// By group: its words, ascending, with their sums there.
    of_group: Vec<Vec<(u32, Sums)>>,
}

impl<'a> Vocabulary<'a> {
    /// Sums `postings`; an article without a word, or whose group is not below `groups`, takes no part.
    pub fn of(words: &'a [u32], group_of: &'a [u32], groups: usize, postings: &'a [Postings<'a>]) -> Vocabulary<'a> {
        let mut sizes = vec![Size::default(); groups];
        for (&group, &words) in group_of.iter().zip(words).filter(|(_, words)| **words > 0) {
            if let Some(size) = sizes.get_mut(group as usize) {
                size.add(words);
            }
        }
        let mut vocabulary =
            Vocabulary { words, group_of, postings, sizes, whole: Vec::new(), of_group: vec![Vec::new(); groups] };
        let all = |word| {
            let mut own = vec![Sums::default(); groups];
            let whole = vocabulary.sum(word, |_| true, |group, hits, words| own[group].add(hits, words));
            let own = own.into_iter().enumerate().filter(|(_, sums)| sums.articles > 0);
            (whole, own.map(|(group, sums)| (group as u32, sums)).collect::<Vec<_>>())
        };
        let summed: Vec<(WordTotals, Vec<(u32, Sums)>)> = (0..postings.len()).into_par_iter().map(all).collect();
        for (word, (whole, own)) in summed.into_iter().enumerate() {
            vocabulary.whole.push(whole);
            own.into_iter().for_each(|(group, sums)| vocabulary.of_group[group as usize].push((word as u32, sums)));
        }
        vocabulary
    }

    /// Sums a word over the groups for which `inside` holds, and tells each of its articles.
    fn sum(&self, word: usize, inside: impl Fn(usize) -> bool, mut tell: impl FnMut(usize, u32, u32)) -> WordTotals {
        let mut whole = WordTotals::default();
        let mut marks = Vec::new();
        for (article, hits) in self.carriers(word, &inside) {
            let words = self.words[article as usize];
            tell(self.group_of[article as usize] as usize, hits, words);
            whole.sums.add(hits, words);
            whole.powers.add(hits, words);
            marks.push(hits);
        }
        whole.marks = histogram(marks);
        whole
    }

    /// The articles that have a word, and how often, in groups for which `inside` holds.
    pub(super) fn carriers(&self, word: usize, inside: impl Fn(usize) -> bool) -> impl Iterator<Item = (u32, u32)> {
        let Postings { articles, counts } = self.postings[word];
        let pairs = articles.iter().copied().zip(counts.iter().copied());
        pairs.filter(move |&(article, hits)| {
            let group = self.group_of[article as usize] as usize;
            hits > 0 && self.words[article as usize] > 0 && self.has(group) && inside(group)
        })
    }

    /// Number of words.
    pub(super) fn len(&self) -> usize {
        self.postings.len()
    }

    /// Words of each article, and its group.
    pub(super) fn articles(&self) -> (&'a [u32], &'a [u32]) {
        (self.words, self.group_of)
    }

    /// Whether there is such a group.
    pub(super) fn has(&self, group: usize) -> bool {
        group < self.sizes.len()
    }

    /// A group's articles.
    pub(super) fn size(&self, group: usize) -> Size {
        self.sizes[group]
    }

    /// The articles of all groups but one.
    pub(super) fn size_without(&self, group: usize) -> Size {
        let others = self.sizes.iter().enumerate().filter(|&(other, _)| other != group);
        others.fold(Size::default(), |sum, (_, size)| sum.plus(size))
    }

    /// A group's sums, word by word.
    pub(super) fn sums(&self, group: usize) -> Vec<Sums> {
        let mut sums = vec![Sums::default(); self.len()];
        self.of_group[group].iter().for_each(|&(word, own)| sums[word as usize] = own);
        sums
    }

    /// A word in all groups.
    pub(super) fn whole(&self, word: usize) -> &WordTotals {
        &self.whole[word]
    }

    /// A word in two groups.
    pub(super) fn pair(&self, word: usize, groups: [usize; 2]) -> WordTotals {
        self.sum(word, |group| groups.contains(&group), |_, _, _| {})
    }
}
