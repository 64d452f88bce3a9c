//! Do the groups differ at all? One test over all of them.
//!
//! In: [`Groups`]. Out: one p per frame.
//! Invariant: p is never 0; the order of articles and of groups, their names, and the other frames never enter; two
//! groups have the p of their comparison.
//! It deliberately does not say which groups differ: pairs with Holm's correction do.

use super::Options;
use super::canonical::{Canonical, Packed};
use super::measure::measure;
use super::measured::{Measured, Why};
use super::multiplicity::{benjamini_hochberg, family};
use super::overall_draws::p_value;
pub use super::overall_draws::{METHOD, WELCH_F};
use super::seed::Stream;
use super::tables::{Counts, Groups};
use rayon::prelude::*;

measure! {
    OVERALL, "test", "overall-p";
    what: "Could all groups have one common rate? Tested by simulating all groups at one rate, each with its own articles; with strata, by permuting labels among the articles of each stratum.";
    formula: "Welch's F of the log rates l with the V and d of each group; where every group has 60 articles of which 20 have a hit p is that of F, else p = (1 + #{z* ≥ z}) / (R + 1), z = df ln(1 + (k − 1) F/df), z* of groups simulated at the common rate Σ(l/V)/Σ(1/V), as in p of two sides. Within strata: D = 2 Σ_g y_g ln(y_g / μ_g), μ_g the hits that permuting within strata gives on average. Two groups: the p of their comparison";
    unit: "probability, above 0";
    missing: "\"nothing to compare with\" below two groups; \"no hits\"; \"too few articles\" where fewer than 6 have a hit, or fewer than two for each group, or within strata no permutation could be significant";
    source: "Welch 1951, Biometrika 38; prepivoting: Beran 1988, Journal of the American Statistical Association 83; within strata: Lijffijt et al. 2016, Digital Scholarship in the Humanities 31(2)";
    beware: "Groups with fewer articles than a study tests alone are one group here. With very many articles R falls to 499, so that p is no smaller than .002.";
    example: "let (frames, groups) = ([\"f\".to_string()], [\"a\".to_string(), \"b\".to_string(), \"c\".to_string()]);\n\
              let (words, hits) = ([500; 24], [9, 8, 9, 7, 9, 8, 9, 9, 0, 1, 0, 1, 2, 0, 1, 0, 1, 1, 0, 0, 1, 0, 2, 0]);\n\
              let group_of: Vec<u32> = (0..24).map(|i| i / 8).collect();\n\
              let counts = Counts { frames: &frames, groups: &groups, group_of: &group_of, words: &words, hits: &hits };\n\
              let test = overall::overall(&counts, &Options::default())[0];\n\
              // 9,999 random permutations: p is a whole number of ten-thousandths, and at least one.\n\
              let tenthousandths = test.p.value().unwrap() * 10_000.0;\n\
              assert!(tenthousandths > 0.999 && tenthousandths < 5.001);";
}

/// The method within strata.
pub const DEALT: &str = "permutation of articles over all groups";
/// Rows added up in all permutations together; beyond it there are fewer permutations, but never fewer than 999.
const MOST_ROWS: u64 = 40_000_000;
const FEWEST: u64 = 999;
const BLOCK: u64 = 100;

/// The overall test of one frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OverallRow {
    /// Index of the frame.
    pub frame: usize,
    /// Groups with an article.
    pub groups: usize,
    /// Articles with a word.
    pub articles: u32,
    /// The deviance between groups.
    pub deviance: Measured,
    /// p over articles.
    pub p: Measured,
    /// Method of the p; empty where it is missing.
    pub method: &'static str,
    /// Benjamini–Hochberg q over the frames.
    pub q: Measured,
    /// Number of frames that have a p.
    pub family: usize,
}

/// [`OVERALL`] for every frame.
pub fn overall(counts: &Counts<'_>, options: &Options) -> Vec<OverallRow> {
    Groups::of(counts, options).overall(None)
}

/// p, and how it was found.
type PAndMethod = (Measured, &'static str);

impl Groups<'_> {
    /// [`OVERALL`] for every frame; with strata labels are permuted within them. Groups with fewer articles than a study tests alone are one
    /// group here.
    pub fn overall(&self, strata: Option<&[u32]>) -> Vec<OverallRow> {
        let filled = (0..self.groups()).filter(|&group| !self.members(group).is_empty()).count();
        let is_thin = |group: usize| self.is_small(group) || self.members(group).len() < 2;
        let is_any_thin = (0..self.groups()).any(|group| !self.members(group).is_empty() && is_thin(group));
        if filled < 3 || !is_any_thin {
            return self.overall_of(strata);
        }
        let thin: Vec<usize> = (0..self.groups()).filter(|&group| is_thin(group)).collect();
        let articles: usize = thin.iter().map(|&group| self.members(group).len()).sum();
        let options = Options { min_articles: 0, ..*self.options() };
        let together = if articles < 2 { u32::MAX } else { self.groups() as u32 };
        let regrouped = self.regrouped(&options, |group| if thin.contains(&group) { together } else { group as u32 });
        let mut rows = regrouped.overall_of(strata);
        for row in &mut rows {
            let is_found = (0..self.groups()).any(|group| self.tally(group, row.frame).hits() > 0);
            // there are others to compare with, but each says too little alone
            if row.p.why() == Some(Why::NoRest) {
                row.p = Measured::Missing(if is_found { Why::TooFewArticles } else { Why::NoHits });
            }
        }
        rows
    }

    fn overall_of(&self, strata: Option<&[u32]>) -> Vec<OverallRow> {
        let groups: Vec<usize> = (0..self.groups()).filter(|&group| !self.members(group).is_empty()).collect();
        let frames = self.frames();
        let none = |why| vec![(Measured::Missing(why), ""); frames];
        let permutation = || LabelPermutation::of(self, &groups, strata);
        let (deviance, found) = match groups.as_slice() {
            [] | [_] => (vec![Measured::Missing(Why::NoRest); frames], none(Why::NoRest)),
            [one, other] => {
                let rows = self.pair(*one, *other, strata);
                (permutation().observed(self, &groups), rows.iter().map(|row| (row.p, row.p_method)).collect())
            }
            _ => {
                let permutation = permutation();
                let observed = permutation.observed(self, &groups);
                let found = match strata {
                    None => self.draw_all(&groups),
                    Some(_) => permutation.test_all(self.options(), &observed),
                };
                (observed, found)
            }
        };
        let ps: Vec<Measured> = found.iter().map(|found| found.0).collect();
        let (qs, size) = (benjamini_hochberg(&ps), family(&ps));
        let articles = groups.iter().map(|&group| self.members(group).len() as u32).sum();
        let row = |frame: usize| OverallRow {
            frame,
            groups: groups.len(),
            articles,
            deviance: deviance[frame],
            p: found[frame].0,
            method: found[frame].1,
            q: qs[frame],
            family: size,
        };
        (0..frames).map(row).collect()
    }

    fn draw_all(&self, groups: &[usize]) -> Vec<PAndMethod> {
        let of_frame = |frame: usize| {
            let samples = groups.iter().map(|&group| self.body(group).sample(frame)).collect();
            let test = p_value(samples, self.frames() as u64, self.options(), self.cache());
            (test.p, test.method)
        };
        (0..self.frames()).into_par_iter().map(of_frame).collect()
    }
}

/// All articles, and how many of each stratum each group has.
struct LabelPermutation {
    rows: Packed,
    strata: Vec<usize>,
    /// By group, in an order that knows no names: articles by stratum.
    sizes: Vec<Vec<u32>>,
    /// By group in that order, then frame: by how much permuting within strata gives it another rate than all have together.
    offsets: Vec<Vec<f64>>,
    totals: Vec<u64>,
    /// Where each of the groups stands in that order.
    place: Vec<usize>,
}

impl LabelPermutation {
    fn of(groups: &Groups<'_>, chosen: &[usize], strata: Option<&[u32]>) -> LabelPermutation {
        let units = groups.permuted_units(chosen, strata);
        let every: Vec<u32> = units.members.concat();
        let canonical = Canonical::of(&units.words, &units.hits, units.strata.as_deref(), &every);
        let rows = canonical.pack_plain();
        let label = |unit: u32| units.strata.as_ref().map_or(0, |strata| strata[unit as usize]);
        let mut labels: Vec<u32> = every.iter().map(|&unit| label(unit)).collect();
        labels.sort_unstable();
        labels.dedup();
        let sizes_of = |members: &Vec<u32>| {
            let mut sizes = vec![0u32; labels.len()];
            members.iter().for_each(|&unit| sizes[labels.partition_point(|&l| l < label(unit))] += 1);
            sizes
        };
        let mut order: Vec<(u32, Vec<u32>, usize)> =
            units.members.iter().map(sizes_of).enumerate().map(|(at, sizes)| (sizes.iter().sum(), sizes, at)).collect();
        order.sort_unstable();
        let mut place = vec![0; chosen.len()];
        order.iter().enumerate().for_each(|(new, old)| place[old.2] = new);
        let sizes: Vec<Vec<u32>> = order.into_iter().map(|group| group.1).collect();
        let mut totals = vec![0; groups.frames() + 1];
        let all: Vec<u32> = (0..rows.rows() as u32).collect();
        rows.add_rows(&all, &mut totals);
        let offsets = offsets(&rows, &canonical.strata, &sizes, totals.len());
        LabelPermutation { rows, strata: canonical.strata, sizes, offsets, totals, place }
    }

    fn observed(&self, groups: &Groups<'_>, chosen: &[usize]) -> Vec<Measured> {
        let of_frame = |frame: usize| {
            let mut sums = vec![(0, 0, 0.0); chosen.len()];
            for (&group, &place) in chosen.iter().zip(&self.place) {
                let tally = groups.tally(group, frame);
                sums[place] = (tally.hits(), tally.words(), self.offsets[place][frame]);
            }
            match self.totals[frame + 1] {
                0 => Measured::Missing(Why::NoHits),
                hits => Measured::of(deviance(sums, hits), Why::Undefined),
            }
        };
        (0..groups.frames()).map(of_frame).collect()
    }

    fn test_all(&self, options: &Options, observed: &[Measured]) -> Vec<PAndMethod> {
        let drawn = self.draw(options);
        let of_frame = |frame: usize| test(drawn.iter().map(|draw| draw[frame]).collect(), observed[frame]);
        (0..observed.len()).map(of_frame).collect()
    }

    /// The deviances of many permutations, frame by frame.
    fn draw(&self, options: &Options) -> Vec<Vec<f64>> {
        let most = (MOST_ROWS / self.rows.rows() as u64).max(FEWEST).min(u64::from(options.permutations));
        let blocks: Vec<Vec<Vec<f64>>> =
            (0..most.div_ceil(BLOCK)).into_par_iter().map(|block| self.block(block, most, options)).collect();
        blocks.concat()
    }

    fn block(&self, block: u64, most: u64, options: &Options) -> Vec<Vec<f64>> {
        let mut stream = Stream::numbered(options.seed, &["overall"], block);
        let width = self.totals.len();
        // labels are permuted, not rows: rows are then read in the order in which they lie
        let labels = |stratum: usize| {
            let of_group = move |(group, sizes): (usize, &Vec<u32>)| (group as u32, sizes[stratum] as usize);
            self.sizes.iter().enumerate().map(of_group).flat_map(|(group, size)| std::iter::repeat_n(group, size))
        };
        let mut labels: Vec<u32> = (0..self.strata.len()).flat_map(labels).collect();
        let mut sums = vec![0; width * self.sizes.len()];
        let permutation = |_| {
            let mut from = 0;
            for &rows in &self.strata {
                let labels = &mut labels[from..from + rows];
                (1..rows).for_each(|i| labels.swap(i, stream.below(i as u32 + 1) as usize));
                from += rows;
            }
            sums.fill(0);
            self.rows.add_by_label(&labels, width, &mut sums);
            let frame = |f: usize| {
                let groups = sums.chunks_exact(width).zip(&self.offsets);
                deviance(groups.map(|(sums, offsets)| (sums[f], sums[0], offsets[f - 1])).collect(), self.totals[f])
            };
            (1..width).map(frame).collect()
        };
        (0..BLOCK.min(most - block * BLOCK)).map(permutation).collect()
    }
}

/// Expected hits over expected words of each group, when labels are permuted within strata.
fn offsets(rows: &Packed, strata: &[usize], sizes: &[Vec<u32>], width: usize) -> Vec<Vec<f64>> {
    if strata.len() < 2 {
        return vec![vec![1.0; width - 1]; sizes.len()];
    }
    let mut expected = vec![vec![0.0; width]; sizes.len()];
    let mut from = 0;
    for (stratum, &n) in strata.iter().enumerate() {
        let places: Vec<u32> = (from..from + n as u32).collect();
        from += n as u32;
        let mut sums = vec![0; width];
        rows.add_rows(&places, &mut sums);
        for (expected, sizes) in expected.iter_mut().zip(sizes) {
            let share = f64::from(sizes[stratum]) / n as f64;
            expected.iter_mut().zip(&sums).for_each(|(expected, &sum)| *expected += share * sum as f64);
        }
    }
    expected.iter().map(|sums| sums[1..].iter().map(|hits| hits / sums[0]).collect()).collect()
}

/// 2 Σ y ln(y/μ), μ ∝ words · offset; the groups are sorted first, so that their order moves no bit.
fn deviance(mut groups: Vec<(u64, u64, f64)>, hits: u64) -> f64 {
    groups.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
    let weight: f64 = groups.iter().map(|group| group.1 as f64 * group.2).sum();
    let rate = hits as f64 / weight;
    let found = groups.iter().filter(|group| group.0 > 0);
    let term = |&(y, l, offset): &(u64, u64, f64)| y as f64 * libm::log(y as f64 / (l as f64 * offset) / rate);
    (2.0 * found.map(term).sum::<f64>()).max(0.0)
}

fn test(mut drawn: Vec<f64>, observed: Measured) -> PAndMethod {
    let Some(observed) = observed.value() else { return (Measured::Missing(Why::NoHits), "") };
    drawn.push(observed);
    // Equal permutations whose sums were rounded differently are equal.
    let slack = 1e-9 * observed.abs().max(1e-9);
    let extreme = drawn.iter().filter(|&&d| d >= observed - slack).count();
    drawn.sort_unstable_by(|a, b| b.total_cmp(a));
    let limit = drawn[drawn.len() / 20];
    if drawn[0] <= limit + slack {
        return (Measured::Missing(Why::TooFewArticles), "");
    }
    (Measured::of(extreme as f64 / drawn.len() as f64, Why::TooFewArticles), DEALT)
}
