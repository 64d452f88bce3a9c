//! Could the difference between two groups of articles be chance? Outlet labels are dealt anew over the articles.
//!
//! In: canonical articles × frames, and which articles belong to the group. Out: one p per frame.
//! Invariant: p = (1 + #{θ* at least as extreme as θ}) / (R + 1), never 0; the order of the articles, the other frames
//! and the number of threads never enter.
//! It deliberately answers "too few articles" where no dealing could be significant at 5 %, or, in small groups, where
//! the dealings are so coarse that a test at 5 % would in truth be one below [`MIN_SIZE`].

mod dealing;

use super::Options;
use super::canonical::Canonical;
use super::log_ratio::welch_df;
use super::measured::{Measured, Why};
use super::rate::{LARGE, Tally, Unit};
use super::seed::Stream;
use super::special::t_two_sided;
use dealing::{Extremity, Plan, p_of};
use rayon::prelude::*;

/// The level that a test must be able to reach.
const LEVEL: f64 = 0.05;
/// With fewer articles on a side than this, a test must have a true size of at least [`MIN_SIZE`] at 5 %.
pub const COARSE_BELOW: usize = 20;
/// A small group's test at 5 % whose true size would lie below this is not printed.
pub const MIN_SIZE: f64 = 0.025;
/// From this number of articles with a hit on both sides of a large comparison the linearised ratio is used.
const LARGE_WITH_HITS: u32 = 20;
/// The method of a test by all permutations.
pub const EXACT: &str = "permutation of articles, exact";
/// The method of a test by random permutations.
pub const SAMPLED: &str = "permutation of articles";
/// The method of a test by random permutations of the articles with a hit, the others having average length.
pub const SPARSE: &str = "permutation of articles with a hit";
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
    fn missing(why: Why) -> Test {
        Test { p: Measured::Missing(why), method: "" }
    }
}

/// How ties of θ are broken: by how evenly the group's hits lie over its articles, Σ√hits in whole units.
///
/// Articles of equal length make many permutations tie, and a tie counts against significance: without this, a test at
/// 5 % of ten articles a group is one at 2.7 %. A tie broken by another sum of the same articles keeps the test exact.
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
    hits: &'a [u32],
    frames: usize,
    stratum: Option<&'a [u32]>,
    articles: Vec<u32>,
    rows: Canonical,
    scales: Vec<TieScale>,
    totals: Vec<u64>,
    tallies: Vec<Tally>,
}

impl<'a> Pool<'a> {
    /// `hits` is article-major and `frames` wide; with strata, labels are only dealt within a stratum. Articles for
    /// which `inside` is false, or that have no word, take no part.
    pub fn new(
        words: &'a [u32],
        hits: &'a [u32],
        frames: usize,
        stratum: Option<&'a [u32]>,
        inside: impl Fn(usize) -> bool,
    ) -> Pool<'a> {
        let articles = super::rate::chosen(words, inside);
        let column = |frame: usize| articles.iter().map(move |&article| hits[article as usize * frames + frame]);
        let scales: Vec<TieScale> = (0..frames).map(|frame| TieScale::of(&column(frame))).collect();
        let rows = Canonical::of(words, hits, frames, stratum, &articles).pack(&scales);
        let mut totals = vec![0; frames + 1];
        (0..rows.rows()).for_each(|row| rows.add_rows(&[row as u32], &mut totals));
        let mut pool = Pool { words, hits, frames, stratum, articles, rows, scales, totals, tallies: Vec::new() };
        pool.tallies = pool.tally(pool.articles.iter());
        pool
    }

    /// One tally per frame of these articles.
    fn tally<'b>(&self, articles: impl Iterator<Item = &'b u32>) -> Vec<Tally> {
        let mut tallies = vec![Tally::default(); self.frames];
        for &article in articles {
            let words = self.words[article as usize];
            for (tally, &hits) in tallies.iter_mut().zip(self.hits_of(article)) {
                tally.add(Unit { hits, words });
            }
        }
        tallies
    }

    fn hits_of(&self, article: u32) -> &[u32] {
        &self.hits[article as usize * self.frames..(article as usize + 1) * self.frames]
    }

    /// One test per frame of the articles for which `member` holds against the others; `names` name the random stream
    /// of the comparison, and `frame_names` those of its frames.
    pub fn test(
        &self,
        member: impl Fn(usize) -> bool + Sync,
        names: &[&str],
        frame_names: &[String],
        options: &Options,
    ) -> Vec<Test> {
        let inside: Vec<bool> = self.articles.iter().map(|&article| member(article as usize)).collect();
        let (n, k) = (inside.len(), inside.iter().filter(|&&inside| inside).count());
        if let Some(why) = too_few(n, k) {
            return vec![Test::missing(why); self.frames];
        }
        let members = || self.articles.iter().zip(&inside).filter(|&(_, &inside)| inside).map(|(article, _)| article);
        let group = self.tally(members());
        let plan = Plan::of(self, &inside);
        let large = self.stratum.is_none() && k.min(n - k) >= LARGE as usize;
        let mut tests: Vec<Option<Test>> =
            (0..self.frames).map(|f| self.without_permuting(f, &group[f], large)).collect();
        if large {
            tests.par_iter_mut().enumerate().filter(|(_, test)| test.is_none()).for_each(|(frame, test)| {
                let names = [names, &[frame_names.get(frame).map_or("", String::as_str)]].concat();
                *test = self.sparse(frame, &inside, &names, options);
            });
        }
        if tests.iter().any(Option::is_none) {
            let permuted = plan.run(self, &self.observe(members()), names, options);
            tests.iter_mut().zip(permuted).for_each(|(test, permuted)| *test = test.or(Some(permuted)));
        }
        tests.into_iter().flatten().collect()
    }

    /// Words of the group, and its packed hits per frame.
    fn observe<'b>(&self, members: impl Iterator<Item = &'b u32>) -> Vec<u64> {
        let mut sums = vec![0; self.frames + 1];
        for &article in members {
            sums[0] += u64::from(self.words[article as usize]);
            for ((sum, &hits), scale) in sums[1..].iter_mut().zip(self.hits_of(article)).zip(&self.scales) {
                *sum += scale.pack(hits);
            }
        }
        sums
    }

    /// No hits at all, or a large comparison with enough articles that have a hit.
    fn without_permuting(&self, frame: usize, group: &Tally, large: bool) -> Option<Test> {
        if self.totals[frame + 1] == 0 {
            return Some(Test::missing(Why::NoHits));
        }
        let rest = self.tallies[frame].minus(group);
        let carriers = group.with_hits.articles.min(rest.with_hits.articles);
        (large && carriers >= LARGE_WITH_HITS).then(|| welch(group, &rest))
    }

    /// Deals only the articles that have a hit. `None` where they outnumber the smaller group, which is then cheaper.
    fn sparse(&self, frame: usize, inside: &[bool], names: &[&str], options: &Options) -> Option<Test> {
        let k = inside.iter().filter(|&&inside| inside).count();
        let n = inside.len();
        let mut carriers: Vec<(u32, u32)> = Vec::new();
        let (mut observed, mut observed_carriers) = ((0, 0), 0);
        let mut rest_words = self.totals[0];
        for (&article, &inside) in self.articles.iter().zip(inside) {
            let (words, hits) = (self.words[article as usize], self.hits_of(article)[frame]);
            if hits > 0 {
                carriers.push((words, hits));
                rest_words -= u64::from(words);
                if inside {
                    observed = (observed.0 + u64::from(words), observed.1 + u64::from(hits));
                    observed_carriers += 1;
                }
            }
        }
        if carriers.len() > k.min(n - k) {
            return None;
        }
        carriers.sort_unstable();
        let hits = self.totals[frame + 1] >> 32;
        let mean = rest_words as f64 / (n - carriers.len()) as f64;
        let stat = |words: u64, found: u64, dealt: usize| {
            let group = words as f64 + (k - dealt) as f64 * mean;
            Extremity::of(found, hits - found, group, self.totals[0] as f64 - group, 0, 0)
        };
        let mut stream = Stream::named(options.seed, &[&["permutation of carriers"], names].concat());
        let mut drawn: Vec<Extremity> = (0..options.permutations)
            .map(|_| {
                let (mut words, mut found, mut dealt) = (0, 0, 0);
                for (i, &(length, hits)) in carriers.iter().enumerate() {
                    if (stream.below((n - i) as u32) as usize) < k - dealt {
                        words += u64::from(length);
                        found += u64::from(hits);
                        dealt += 1;
                    }
                }
                stat(words, found, dealt)
            })
            .collect();
        let seen = stat(observed.0, observed.1, observed_carriers);
        drawn.push(seen);
        Some(Test { p: p_of(&mut drawn, seen, k.min(n - k)), method: SPARSE }.or_nothing())
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

/// Welch's test of θ with linearised variances.
pub fn welch(a: &Tally, b: &Tally) -> Test {
    let (va, vb) = (a.log_variance(), b.log_variance());
    let t = (a.smoothed_log_rate() - b.smoothed_log_rate()) / libm::sqrt(va + vb);
    let p = t_two_sided(t, welch_df(va, a.articles(), vb, b.articles()));
    // Even where it underflows a p is not zero.
    Test { p: Measured::of(p.max(f64::MIN_POSITIVE), Why::TooFewArticles), method: WELCH }.or_nothing()
}
