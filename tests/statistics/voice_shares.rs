//! Shares of a voice (or a label) between groups that are unlike: the level of p, and what the intervals cover. Simulated.
//!
//! Sides of 10, 40 and 160 articles that have the frame, with 1 + gamma-Poisson hits each (mean 4, bursty), the hits of an article
//! alike (beta-binomial, correlation 0, .3, .6): every pair of two such sides with one true share, .5 or .2.

use super::calibration::full;
use super::simulate::{gamma, poisson};
use framescope::statistics::label_share::shares_table;
use framescope::statistics::seed::Stream;
use framescope::statistics::{Counts, Options};
use rayon::prelude::*;

#[derive(Clone, Copy)]
struct Side {
    articles: usize,
    correlation: f64,
}

/// (hits of the voice, hits of all voices) of an article.
fn article(share: f64, correlation: f64, stream: &mut Stream) -> (u32, u32) {
    let all = 1 + poisson(3.0 * gamma(0.7, stream) / 0.7, stream);
    let own = if correlation > 0.0 {
        let size = 1.0 / correlation - 1.0;
        let (a, b) = (gamma(share * size, stream), gamma((1.0 - share) * size, stream));
        if a + b > 0.0 { a / (a + b) } else { share }
    } else {
        share
    };
    ((0..all).filter(|_| stream.uniform() < own).count() as u32, all)
}

/// Tests, of these printed, of these at or below 5 %; intervals of the first side, of these that cover.
fn simulate(sides: [Side; 2], share: f64, times: usize) -> [u32; 5] {
    let options = Options { seed: 12, permutations: 499, ..Options::default() };
    let name = sides.map(|side| format!("{} {}", side.articles, side.correlation)).join(" v ");
    let mut stream = Stream::named(12, &["voices", &name, &share.to_string()]);
    let (frames, groups) = (["own".to_string()], ["a".to_string(), "b".to_string()]);
    let mut found = [0; 5];
    for _ in 0..times {
        let (mut words, mut hits, mut group_of) = (Vec::new(), Vec::new(), Vec::new());
        for (group, side) in sides.iter().enumerate() {
            for _ in 0..side.articles {
                let (own, all) = article(share, side.correlation, &mut stream);
                words.push(all);
                hits.push(own);
                group_of.push(group as u32);
            }
        }
        let counts = Counts { frames: &frames, groups: &groups, group_of: &group_of, words: &words, hits: &hits };
        let rows = shares_table(&counts, &options);
        let p = rows[0].p.value();
        let interval = rows[0].share.interval;
        let flags = [
            true,
            p.is_some(),
            p.is_some_and(|p| p <= 0.05),
            interval.is_some(),
            interval.is_some_and(|i| i.contains(share)),
        ];
        found.iter_mut().zip(flags).for_each(|(sum, flag)| *sum += u32::from(flag));
    }
    found
}

#[test]
fn shares_of_unlike_groups_keep_their_level() {
    let correlations = [0.0, 0.3, 0.6];
    for share in [0.5, 0.2] {
        for sizes in [[10, 10], [10, 40], [10, 160], [40, 40], [40, 160], [160, 160]] {
            let pairs: Vec<[f64; 2]> = correlations.iter().flat_map(|&a| correlations.map(|b| [a, b])).collect();
            let times = if full() { 300 } else { 30 };
            let of = |&[a, b]: &[f64; 2]| {
                let sides = [Side { articles: sizes[0], correlation: a }, Side { articles: sizes[1], correlation: b }];
                simulate(sides, share, times)
            };
            let found: Vec<[u32; 5]> = pairs.par_iter().map(of).collect();
            if full() {
                for (pair, [all, printed, significant, shown, covered]) in pairs.iter().zip(&found) {
                    let [all, printed, significant, shown, covered] =
                        [all, printed, significant, shown, covered].map(|&n| f64::from(n));
                    println!(
                        "| {share} | {sizes:?} | {pair:?} | {:.2} | {:.3} | {:.3} |",
                        printed / all,
                        significant / printed,
                        covered / shown
                    );
                }
            }
            let sum = |i: usize| found.iter().map(|found| f64::from(found[i])).sum::<f64>();
            let [all, printed, significant, shown, covered] = [0, 1, 2, 3, 4].map(sum);
            println!(
                "{share} {sizes:?}: printed {:.2}, significant {:.4}, covered {:.4}",
                printed / all,
                significant / printed,
                covered / shown
            );
            assert!(significant / printed <= 0.065 + 3.0 * (0.065 * 0.935 / printed).sqrt());
            assert!(covered / shown >= 0.92 - 3.0 * (0.92 * 0.08 / shown).sqrt());
        }
    }
}
