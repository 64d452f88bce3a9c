//! Could the difference between two groups of articles be chance? Outlet labels are permuted anew over the articles.
//!
//! In: canonical articles × frames, and which articles belong to the group. Out: one p per frame.
//! Invariant: p = (1 + #{θ* at least as extreme as θ}) / (R + 1), never 0; the order of the articles, the other frames
//! and the number of threads never enter.
//! It deliberately answers "too few articles" where no permutation could be significant at 5 %, or, in small groups, where
//! the permutations are so coarse that a test at 5 % would in truth have another size.

mod extremity;
mod labels;
mod shuffler;
mod stratified;

use super::Options;
use super::canonical::{Canonical, Packed};
use super::carriers::carriers;
use super::log_ratio::welch_df;
use super::measure::measure;
use super::measured::{Measured, Why};
use super::rate::{LARGE, MIN_WITH_HITS};
use super::sparse::Hits;
use super::special::t_two_sided;
use super::tally::{Tallies, Tally, chosen};
pub use extremity::{COARSE_BELOW, MAX_SIZE, MIN_SIZE};
pub(super) use extremity::{Extremity, Shape, p_of};
use labels::Plan;
use std::borrow::Cow;
pub use stratified::STRATIFIED;

measure! {
    PERMUTATION, "test", "permutation-p";
    what: "The probability of a difference at least as large if the group labels are permuted among the articles: used within strata, and in keyness for words found in few articles.";
    formula: "p = (1 + #{|θ*| ≥ |θ|}) / (R + 1), θ the smoothed log ratio, ties of θ broken by Σ√y, what still ties counting half; if a side has no hits, θ uses the average number of words of that side over the permutations, so that p does not reflect the length of its articles; all permutations where they are at most 20,000, else R = 9,999; from 200 articles on both sides Welch's t of θ, or where fewer than 20 articles with a hit are to be expected in the smaller group the carriers' test; with strata labels are permuted within a stratum and θ is measured from the log ratio of the hits and words that such permutations give on average, from 200 articles on both sides by their normal limit";
    unit: "probability, above 0";
    missing: "\"one article\"; \"too few articles\" where no permutation could be significant at 5 %, or in groups below 20 articles where ties leave a test at 5 % a true size outside 2.5 to 6.5 %; \"no hits\"";
    source: "Lijffijt et al. 2016, Digital Scholarship in the Humanities 31(2); Phipson and Smyth 2010 for the added 1";
    beware: "It assumes that the articles of both sides are alike except for their rate: if those of one side are longer or burstier, a p of .05 may really be .1 or more.";
    example: "let (words, hits) = ([500; 10], [9, 8, 9, 7, 8, 0, 1, 0, 2, 1]);\n\
              let pool = permutation::Pool::new(&words, &hits, 1, None, |_| true);\n\
              let test = pool.test(|article| article < 5, &Options::default())[0];\n\
              // Of the 252 ways to choose 5 of 10 articles, this one and its mirror image are as extreme.\n\
              assert_eq!(test.p.value(), Some(2.0 / 252.0));";
}

/// So many articles with a hit are to be expected in the smaller of two large groups for Welch's test.
const LARGE_WITH_HITS: f64 = 20.0;

/// The method of a test by all permutations.
pub const EXACT: &str = "permutation of articles, exact";
/// The method of a test by random permutations.
pub const SAMPLED: &str = "permutation of articles";
/// The method of a test of large groups.
pub const WELCH: &str = "Welch test of the linearised ratio";

/// The outcome for one frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Test {
    /// The two-sided p.
    pub p: Measured,
    /// How it was found; empty where it is missing.
    pub method: &'static str,
}

impl Test {
    /// No p.
    pub(super) fn missing(why: Why) -> Test {
        Test { p: Measured::Missing(why), method: "" }
    }
}

/// How ties of θ are broken: by how evenly the group's hits lie over its articles, Σ√hits in whole units.
///
/// Articles of equal length make many permutations tie. A tie broken by another sum of the same articles keeps the test
/// exact.
#[derive(Clone, Copy, Debug)]
pub struct TieScale {
    shift: u32,
}

impl TieScale {
    fn of(hits: &(impl Iterator<Item = u32> + Clone)) -> TieScale {
        let fits = |shift: u32| hits.clone().map(|h| isqrt(h, shift)).sum::<u64>() < 1 << 32;
        TieScale { shift: (0..=8).rev().find(|&shift| fits(shift)).unwrap_or(0) }
    }

    /// Hits in the upper half, tie-breaker in the lower: one addition sums both.
    pub fn pack(self, hits: u32) -> u64 {
        u64::from(hits) << 32 | isqrt(hits, self.shift)
    }
}

/// √hits · 2^shift, rounded down.
fn isqrt(hits: u32, shift: u32) -> u64 {
    (u64::from(hits) << (2 * shift)).isqrt()
}

/// The articles of a comparison, sorted once and shared by all groups that are compared within them.
pub struct Pool<'a> {
    words: &'a [u32],
    hits: Cow<'a, Hits>,
    frames: usize,
    stratum: Option<&'a [u32]>,
    articles: Vec<u32>,
    strata: Vec<usize>,
    rows: Packed,
    scales: Vec<TieScale>,
    totals: Vec<u64>,
    tallies: Tallies,
}

impl<'a> Pool<'a> {
    /// `hits` is article-major and `frames` wide; with strata, labels are only permuted within a stratum. Articles for
    /// which `inside` is false, or that have no word, take no part.
    pub fn new(
        words: &'a [u32],
        hits: &'a [u32],
        frames: usize,
        stratum: Option<&'a [u32]>,
        inside: impl Fn(usize) -> bool,
    ) -> Pool<'a> {
        Pool::within(words, Cow::Owned(Hits::dense(hits, frames)), stratum, chosen(words, inside))
    }

    /// A pool of these articles, each of which has a word.
    pub(super) fn within(
        words: &'a [u32],
        hits: Cow<'a, Hits>,
        stratum: Option<&'a [u32]>,
        articles: Vec<u32>,
    ) -> Pool<'a> {
        let frames = hits.columns();
        let canonical = Canonical::of(words, &hits, stratum, &articles);
        let scale = |column: &Vec<(u32, u32)>| TieScale::of(&column.iter().map(|cell| cell.1));
        let scales: Vec<TieScale> = canonical.columns.iter().map(scale).collect();
        let rows = canonical.pack(&scales);
        let mut totals = vec![0; frames + 1];
        (0..rows.rows()).for_each(|row| rows.add_rows(&[row as u32], &mut totals));
        let strata = canonical.strata;
        let mut pool =
            Pool { words, hits, frames, stratum, articles, strata, rows, scales, totals, tallies: Tallies::default() };
        pool.tallies = pool.tally(pool.articles.iter());
        pool
    }

    /// Sums of these articles by frame.
    fn tally<'b>(&self, articles: impl Iterator<Item = &'b u32>) -> Tallies {
        Tallies::of(self.words, &self.hits, articles.copied())
    }

    /// One test per frame of the articles for which `member` holds against the others. No name of theirs enters.
    pub fn test(&self, member: impl Fn(usize) -> bool + Sync, options: &Options) -> Vec<Test> {
        let inside: Vec<bool> = self.articles.iter().map(|&article| member(article as usize)).collect();
        let (n, k) = (inside.len(), inside.iter().filter(|&&inside| inside).count());
        if let Some(why) = too_few(n, k) {
            return vec![Test::missing(why); self.frames];
        }
        let members = || self.articles.iter().zip(&inside).filter(|&(_, &inside)| inside).map(|(article, _)| article);
        let group = self.tally(members());
        let large = k.min(n - k) >= LARGE as usize;
        let tests: Vec<Option<Test>> =
            (0..self.frames).map(|frame| self.without_permuting(frame, &group.column(frame), large, &inside)).collect();
        if tests.iter().all(Option::is_some) {
            return tests.into_iter().flatten().collect();
        }
        let plan = Plan::of(self, &inside);
        let permuted = plan.run(self, &self.observe(members()), options);
        tests.into_iter().zip(permuted).map(|(test, permuted)| test.unwrap_or(permuted)).collect()
    }

    /// Words of the group, and its packed hits per frame.
    fn observe<'b>(&self, members: impl Iterator<Item = &'b u32>) -> Vec<u64> {
        let mut sums = vec![0; self.frames + 1];
        for &article in members {
            sums[0] += u64::from(self.words[article as usize]);
            for &(frame, hits) in self.hits.of(article) {
                sums[frame as usize + 1] += self.scales[frame as usize].pack(hits);
            }
        }
        sums
    }

    /// No hits at all, or a large comparison: Welch's test, or in a rare frame the articles that have it; within strata the
    /// normal limit of the permutations.
    fn without_permuting(&self, frame: usize, group: &Tally, large: bool, inside: &[bool]) -> Option<Test> {
        if self.totals[frame + 1] == 0 {
            return Some(Test::missing(Why::NoHits));
        }
        if !large {
            return None;
        }
        let rest = self.tallies.column(frame).minus(group);
        if let Some(stratum) = self.stratum {
            return common(group, &rest).then(|| stratified::normal(self, stratum, frame, inside));
        }
        let hits = |&article: &u32| self.hits.at(article, frame);
        let marks = || self.articles.iter().map(hits).filter(|&hits| hits > 0).collect();
        Some(large_test(group, &rest, marks))
    }
}

impl Test {
    /// A missing p has no method.
    fn or_nothing(self) -> Test {
        if self.p.value().is_some() { self } else { Test { method: "", ..self } }
    }
}

/// Why `k` of `n` articles cannot be compared with the others.
fn too_few(n: usize, k: usize) -> Option<Why> {
    match (k, n - k) {
        (0, _) => Some(Why::NoArticles),
        (_, 0) => Some(Why::NoRest),
        (1, _) | (_, 1) => Some(Why::OneArticle),
        _ => None,
    }
}

/// Whether so many articles have a hit that both rates are nearly normal. What is *expected* in the smaller group
/// decides: what is found there must not choose the test.
pub(super) fn common(a: &Tally, b: &Tally) -> bool {
    expected_in_smaller(&[*a, *b]) && a.with_hits.articles.min(b.with_hits.articles) >= MIN_WITH_HITS
}

/// Whether the smallest group may expect so many articles with a hit.
pub(super) fn expected_in_smaller(groups: &[Tally]) -> bool {
    let with: u32 = groups.iter().map(|tally| tally.with_hits.articles).sum();
    let words: u64 = groups.iter().map(Tally::words).sum();
    let smallest = groups.iter().map(Tally::words).min().unwrap_or(0) as f64 / words as f64;
    f64::from(with) * smallest >= LARGE_WITH_HITS
}

/// The test of two large groups; `marks` are the hits of every article that has some.
pub(super) fn large_test(group: &Tally, rest: &Tally, marks: impl FnOnce() -> Vec<u32>) -> Test {
    match common(group, rest) {
        true => welch(group, rest),
        false => carriers(&marks(), group.hits(), group.words(), rest.words()),
    }
}

/// Welch's test of θ with linearised variances.
pub fn welch(a: &Tally, b: &Tally) -> Test {
    let (va, vb) = (a.log_variance(), b.log_variance());
    let t = (a.smoothed_log_rate() - b.smoothed_log_rate()) / libm::sqrt(va + vb);
    let p = t_two_sided(t, welch_df(va, a.articles(), vb, b.articles()));
    // Even where it underflows a p is not zero.
    Test { p: Measured::of(p.max(f64::MIN_POSITIVE), Why::TooFewArticles), method: WELCH }.or_nothing()
}
