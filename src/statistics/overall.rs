//! Do the groups differ at all? One test over all of them.
//!
//! In: [`Counts`]. Out: one p per frame, by dealing the group labels anew over the articles.
//! Invariant: p is never 0; the order of articles and of groups, and the other frames, never enter.
//! It deliberately does not say which groups differ: pairs with Holm's correction do.

use super::Options;
use super::canonical::Canonical;
use super::measure::measure;
use super::measured::{Measured, Why};
use super::permutation::Test;
use super::seed::Stream;
use super::tables::Counts;
use super::tally::{Tally, Unit, chosen};
use rayon::prelude::*;

measure! {
    OVERALL, "test", "overall-p";
    what: "Could all groups have one common rate? Group labels are dealt anew over the articles.";
    formula: "p = (1 + #{D* ≥ D}) / (R + 1); D = 2 Σ_g y_g ln((y_g/L_g) / (y/L)), the deviance between groups; 0 ln 0 = 0";
    unit: "probability, above 0";
    missing: "\"nothing to compare with\" below two groups, \"too few articles\" where no dealing could be significant, \"no hits\"";
    source: "permutation of articles, after Lijffijt et al. 2016, Digital Scholarship in the Humanities 31(2)";
    beware: "With many articles R falls to 999, so that p is no smaller than .001.";
    example: "let (frames, groups) = ([\"f\".to_string()], [\"a\".to_string(), \"b\".to_string()]);\n\
              let (words, hits) = ([500; 20], [9, 8, 9, 7, 9, 8, 9, 9, 8, 7, 0, 1, 0, 1, 2, 0, 1, 0, 0, 1]);\n\
              let group_of: Vec<u32> = (0..20).map(|i| i / 10).collect();\n\
              let counts = Counts { frames: &frames, groups: &groups, group_of: &group_of, words: &words, hits: &hits };\n\
              let test = overall::overall(&counts, &Options::default())[0];\n\
              // 9,999 random dealings: p is a whole number of ten-thousandths, and at least one.\n\
              let tenthousandths = test.p.value().unwrap() * 10_000.0;\n\
              assert!(tenthousandths > 0.999 && tenthousandths < 5.001);";
}

/// The method.
pub const METHOD: &str = "permutation of articles over all groups";
/// Rows added up in all permutations together; beyond it there are fewer permutations, but never fewer than 999.
const MOST_ROWS: u64 = 40_000_000;
const FEWEST: u64 = 999;
const BLOCK: u64 = 100;

/// [`OVERALL`] for every frame.
pub fn overall(counts: &Counts<'_>, options: &Options) -> Vec<Test> {
    let frames = counts.frames.len();
    let articles = chosen(counts.words, |article| (counts.group_of[article] as usize) < counts.groups.len());
    let mut sizes = vec![0u32; counts.groups.len()];
    articles.iter().for_each(|&article| sizes[counts.group_of[article as usize] as usize] += 1);
    // Sizes in order of size: the names of the groups do not enter.
    sizes.retain(|&size| size > 0);
    sizes.sort_unstable();
    if sizes.len() < 2 {
        return vec![Test { p: Measured::Missing(Why::NoRest), method: "" }; frames];
    }
    let rows =
        Canonical::of(counts.words, &super::sparse::Hits::dense(counts.hits, frames), None, &articles).pack_plain();
    let mut totals = vec![0; frames + 1];
    (0..rows.rows()).for_each(|row| rows.add_rows(&[row as u32], &mut totals));
    let observed = observed(counts, &articles, &totals);
    let most = (MOST_ROWS / articles.len() as u64).max(FEWEST).min(u64::from(options.permutations));
    let blocks: Vec<Vec<Vec<f64>>> = (0..most.div_ceil(BLOCK))
        .into_par_iter()
        .map(|block| deal(&rows, &sizes, &totals, block, most, options))
        .collect();
    (0..frames)
        .map(|frame| {
            let mut drawn: Vec<f64> = blocks.iter().flatten().map(|draw| draw[frame]).collect();
            drawn.push(observed[frame]);
            test(&mut drawn, observed[frame], totals[frame + 1])
        })
        .collect()
}

fn observed(counts: &Counts<'_>, articles: &[u32], totals: &[u64]) -> Vec<f64> {
    let frames = counts.frames.len();
    let mut tallies = vec![vec![Tally::default(); frames]; counts.groups.len()];
    for &article in articles {
        let article = article as usize;
        let row = &mut tallies[counts.group_of[article] as usize];
        for (frame, tally) in row.iter_mut().enumerate() {
            tally.add(Unit { hits: counts.hits[article * frames + frame], words: counts.words[article] });
        }
    }
    (0..frames)
        .map(|frame| {
            let group = |row: &Vec<Tally>| (row[frame].hits(), row[frame].words());
            deviance(tallies.iter().map(group).collect(), totals[frame + 1], totals[0])
        })
        .collect()
}

/// 2 Σ y ln((y/L)/(Y/T)); the groups are sorted first, so that their order moves no bit.
fn deviance(mut groups: Vec<(u64, u64)>, hits: u64, words: u64) -> f64 {
    groups.sort_unstable();
    let rate = hits as f64 / words as f64;
    let term = |&(y, l): &(u64, u64)| y as f64 * libm::log(y as f64 / l as f64 / rate);
    2.0 * groups.iter().filter(|group| group.0 > 0).map(term).sum::<f64>()
}

/// The deviances of one block of dealings, frame by frame.
fn deal(
    rows: &super::canonical::Packed,
    sizes: &[u32],
    totals: &[u64],
    block: u64,
    most: u64,
    options: &Options,
) -> Vec<Vec<f64>> {
    let mut stream = Stream::numbered(options.seed, &["overall"], block);
    let mut places: Vec<u32> = (0..rows.rows() as u32).collect();
    let n = places.len();
    let dealing = |_| {
        for i in 0..n {
            places.swap(i, i + stream.below((n - i) as u32) as usize);
        }
        let mut from = 0;
        let mut sums = Vec::with_capacity(sizes.len());
        for &size in sizes {
            let mut sum = vec![0; totals.len()];
            rows.add_rows(&places[from..from + size as usize], &mut sum);
            from += size as usize;
            sums.push(sum);
        }
        let frame = |f: usize| deviance(sums.iter().map(|sum| (sum[f], sum[0])).collect(), totals[f], totals[0]);
        (1..totals.len()).map(frame).collect()
    };
    (0..BLOCK.min(most - block * BLOCK)).map(dealing).collect()
}

fn test(drawn: &mut [f64], observed: f64, hits: u64) -> Test {
    let missing = |why| Test { p: Measured::Missing(why), method: "" };
    if hits == 0 {
        return missing(Why::NoHits);
    }
    // Equal dealings whose sums were rounded differently are equal.
    let slack = 1e-9 * observed.abs().max(1e-9);
    let extreme = drawn.iter().filter(|&&d| d >= observed - slack).count();
    drawn.sort_unstable_by(|a, b| b.total_cmp(a));
    let limit = drawn[drawn.len() / 20];
    if drawn[0] <= limit + slack {
        return missing(Why::TooFewArticles);
    }
    Test { p: Measured::of(extreme as f64 / drawn.len() as f64, Why::TooFewArticles), method: METHOD }
}
