//! Standardised rates, mean rates, sensitivity: by hand, against brute force, and the laws.

use super::close;
use super::simulate::World;
use framescope::statistics::macro_ratio::{macro_ratio, macro_tests};
use framescope::statistics::rate::rate;
use framescope::statistics::seed::Stream;
use framescope::statistics::sensitivity::{Check, Part, sensitivity};
use framescope::statistics::spearman::{p_of, spearman};
use framescope::statistics::standardised::{Strata, standardised};
use framescope::statistics::{Counts, Groups, Note, Options, Unit, Why};

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_string()).collect()
}

#[test]
fn a_standardised_rate_is_that_of_a_hand_computation() {
    // b writes three quarters of its words in February, a only a quarter.
    let (frames, groups, months) = (names(&["f"]), names(&["a", "b", "c"]), names(&["2022-01", "2022-02"]));
    let group_of = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2];
    let month = [0, 0, 0, 1, 0, 1, 1, 1, 0, 0];
    let words = [1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 500, 500];
    let hits = [1, 2, 3, 10, 2, 10, 9, 11, 1, 1];
    let counts = Counts { frames: &frames, groups: &groups, group_of: &group_of, words: &words, hits: &hits };
    let options = Options::default();
    let rows = standardised(&Groups::of(&counts, &options), Strata { names: &months, of: &month });
    // January has 5,000 of 9,000 words, February 4,000.
    let (january, february) = (5.0 / 9.0, 4.0 / 9.0);
    let value = |row: usize| rows[row].standardised.value.value();
    close(value(0).expect("a"), january * 6.0 / 3.0 + february * 10.0, 1e-12, "a");
    close(value(1).expect("b"), january * 2.0 + february * 30.0 / 3.0, 1e-12, "b");
    close(rows[1].crude.value().expect("crude"), 8.0, 1e-12, "crude rate of b");
    // One article in a month shows no spread; no article in a month leaves nothing to weigh.
    assert_eq!(rows[0].standardised.note, Some(Note::NoInterval(Why::OneInStratum)));
    assert_eq!((rows[2].standardised.value.why(), rows[2].absent.as_slice()), (Some(Why::EmptyStratum), &[1][..]));
}

#[test]
fn standardised_intervals_cover_the_rate_at_the_common_mix() {
    // Rates 1, 3 and 8 per 1,000 in three months; the group writes unlike the others.
    let options = Options { resamples: 399, ..Options::default() };
    let (frames, groups, months) =
        ((0..40).map(|f| f.to_string()).collect::<Vec<_>>(), names(&["a", "b"]), names(&["x", "y", "z"]));
    for sizes in [[[12, 6, 8], [5, 20, 15]], [[150, 60, 90], [40, 200, 150]]] {
        let (mut covered, mut printed) = (0u32, 0u32);
        for batch in 0..12 {
            let mut stream = Stream::named(51, &["standard", &format!("{sizes:?} {batch}")]);
            let (mut words, mut hits, mut group_of, mut month) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
            for (group, sizes) in sizes.iter().enumerate() {
                for (label, (&size, rate)) in sizes.iter().zip([1.0, 3.0, 8.0]).enumerate() {
                    for _ in 0..size {
                        let length =
                            World { rate, shape: None, words: 600, uneven: true }.articles(1, &mut stream)[0].words;
                        let world = World { rate, shape: Some(1.0), words: length, uneven: false };
                        hits.extend(world.articles(40, &mut stream).iter().map(|unit| unit.hits));
                        words.push(length);
                        group_of.push(group as u32);
                        month.push(label as u32);
                    }
                }
            }
            let counts = Counts { frames: &frames, groups: &groups, group_of: &group_of, words: &words, hits: &hits };
            let share = |label: u32| {
                let of = words.iter().zip(&month).filter(|(_, month)| **month == label);
                of.map(|(words, _)| f64::from(*words)).sum::<f64>() / words.iter().map(|&w| f64::from(w)).sum::<f64>()
            };
            let truth = share(0) + 3.0 * share(1) + 8.0 * share(2);
            for row in standardised(&Groups::of(&counts, &options), Strata { names: &months, of: &month }) {
                if let Some(interval) = row.standardised.interval {
                    printed += 1;
                    covered += u32::from(interval.contains(truth));
                }
            }
        }
        let share = f64::from(covered) / f64::from(printed);
        println!("{sizes:?}: {share:.3} of {printed}");
        assert!(
            share > 0.92 - 3.0 * (0.92 * 0.08 / f64::from(printed)).sqrt(),
            "{sizes:?}: covered {share} of {printed}"
        );
    }
}

#[test]
fn intervals_of_moving_rates_cover_by_the_linearised_ratio_alone() {
    for articles in [6, 12, 25, 40, 60, 120] {
        for shape in [None, Some(1.0), Some(0.3)] {
            let mut stream = Stream::named(52, &["moving", &format!("{articles} {shape:?}")]);
            let (mut covered, mut printed) = (0u32, 0u32);
            for _ in 0..20_000 * 6 / articles {
                let units = World { rate: 2.0, shape, words: 600, uneven: true }.articles(articles, &mut stream);
                if let Some(interval) = rate(&units).interval {
                    printed += 1;
                    covered += u32::from(interval.contains(2.0));
                }
            }
            let share = f64::from(covered) / f64::from(printed);
            println!("{articles} {shape:?}: {share:.3} of {printed}");
            let chance = 2.0 * (0.92 * 0.08 / f64::from(printed)).sqrt();
            assert!(share > 0.92 - chance, "{articles} {shape:?}: covered {share} of {printed}");
        }
    }
}

#[test]
fn the_ratio_of_mean_rates_flips_its_sign_when_groups_are_swapped() {
    let mut stream = Stream::named(53, &["macro"]);
    let world = |rate| World { rate, shape: Some(1.0), words: 600, uneven: true };
    for (n, m) in [(5, 9), (40, 30), (220, 300)] {
        let (a, b) = (world(4.0).articles(n, &mut stream), world(2.0).articles(m, &mut stream));
        let (there, back) = (macro_ratio(&a, &b), macro_ratio(&b, &a));
        assert_eq!(there.value.value(), back.value.value().map(|x| 0.0 - x));
        assert_eq!(there.interval.and_then(|i| i.low()), back.interval.and_then(|i| i.high()).map(|x| 0.0 - x));
        let options = Options::default();
        let p = |one: &[Unit], other: &[Unit]| macro_tests(&[(one.to_vec(), other.to_vec())], &["a", "b"], &options)[0];
        assert_eq!(p(&a, &b), p(&b, &a));
        let mut turned = a.clone();
        turned.reverse();
        assert_eq!((macro_ratio(&turned, &b), p(&turned, &b)), (there, p(&a, &b)));
        // by hand
        let mean = |units: &[Unit]| {
            units.iter().map(|u| f64::from(u.hits) / f64::from(u.words)).sum::<f64>() / units.len() as f64
        };
        close(there.value.value().expect("a ratio"), (mean(&a) / mean(&b)).log2(), 1e-5, "log ratio of means");
    }
    let unit = |hits, words| Unit { hits, words };
    assert_eq!(macro_ratio(&[unit(0, 100); 4], &[unit(1, 100); 4]).value.why(), Some(Why::NoHits));
    let few = macro_ratio(&[unit(1, 100), unit(0, 100)], &[unit(1, 100); 4]);
    assert_eq!(few.note, Some(Note::NoInterval(Why::TooFewArticles)));
}

#[test]
fn tests_of_mean_rates_keep_their_level() {
    let options = Options { permutations: 499, ..Options::default() };
    for (sizes, times) in [([8, 12], 1200), ([40, 60], 800), ([220, 260], 400)] {
        for shape in [None, Some(0.3)] {
            let mut stream = Stream::named(54, &["macro level", &format!("{sizes:?} {shape:?}")]);
            let (mut printed, mut significant, mut covered, mut intervals) = (0u32, 0u32, 0u32, 0u32);
            for round in 0..times / 20 {
                let world = World { rate: 2.0, shape, words: 600, uneven: true };
                let columns: Vec<(Vec<Unit>, Vec<Unit>)> = (0..20)
                    .map(|_| (world.articles(sizes[0], &mut stream), world.articles(sizes[1], &mut stream)))
                    .collect();
                for test in macro_tests(&columns, &["a", &format!("{round}")], &options) {
                    printed += u32::from(test.p.value().is_some());
                    significant += u32::from(test.p.value().is_some_and(|p| p <= 0.05));
                }
                for (one, other) in &columns {
                    let interval = macro_ratio(one, other).interval;
                    intervals += u32::from(interval.is_some());
                    covered += u32::from(interval.is_some_and(|interval| interval.contains(0.0)));
                }
            }
            let share = f64::from(significant) / f64::from(printed);
            let cover = f64::from(covered) / f64::from(intervals);
            println!("{sizes:?} {shape:?}: {share:.3} significant, {cover:.3} covered");
            let chance = 3.0 * (0.05 * 0.95 / f64::from(printed)).sqrt();
            assert!((0.03 - chance..=0.065 + chance).contains(&share), "{sizes:?} {shape:?}: {share}");
            assert!(cover > 0.92 - 0.025, "{sizes:?} {shape:?}: covered {cover}");
        }
    }
}

/// Three groups, two frames, entries 0 to 3 of each frame.
struct Findings {
    frames: Vec<String>,
    groups: Vec<String>,
    ids: Vec<String>,
    group_of: Vec<u32>,
    words: Vec<u32>,
    hits: Vec<u32>,
    parts: Vec<Part>,
}

fn findings(sizes: [usize; 3], seed: u64) -> Findings {
    let mut stream = Stream::named(seed, &["findings"]);
    let mut found = Findings {
        frames: names(&["f", "g"]),
        groups: names(&["a", "b", "c"]),
        ids: Vec::new(),
        group_of: Vec::new(),
        words: Vec::new(),
        hits: Vec::new(),
        parts: Vec::new(),
    };
    for (group, &size) in sizes.iter().enumerate() {
        for _ in 0..size {
            let article = found.ids.len() as u32;
            found.ids.push(format!("id {:04}", (article * 7919) % 10_007));
            found.group_of.push(group as u32);
            let words = 300 + stream.below(600);
            found.words.push(words);
            for frame in 0..2 {
                let mut sum = 0;
                for entry in 0..4 {
                    // the first entry makes the difference of group a
                    let rate = if group == 0 && entry == 0 { 5.0 } else { 0.8 };
                    let world = World { rate, shape: Some(1.0), words, uneven: false };
                    let hits = world.articles(1, &mut stream)[0].hits;
                    sum += hits;
                    if hits > 0 {
                        found.parts.push(Part { frame, entry, article, hits });
                    }
                }
                found.hits.push(sum);
            }
        }
    }
    found
}

impl Findings {
    fn counts(&self) -> Counts<'_> {
        Counts {
            frames: &self.frames,
            groups: &self.groups,
            group_of: &self.group_of,
            words: &self.words,
            hits: &self.hits,
        }
    }
}

fn theta(group: (f64, f64), rest: (f64, f64)) -> f64 {
    ((group.0 + 0.5) / group.1).log2() - ((rest.0 + 0.5) / rest.1).log2()
}

#[test]
fn leaving_one_out_agrees_with_counting_again() {
    let options = Options { permutations: 999, resamples: 199, ..Options::default() };
    for sizes in [[12, 20, 9], [230, 240, 15]] {
        let found = findings(sizes, 61);
        let groups = Groups::of(&found.counts(), &options);
        let comparisons = groups.against_rest(None);
        let rows = sensitivity(&groups, None, (&comparisons, &[]), &found.parts, &found.ids);
        assert_eq!(rows.len(), 2 * comparisons.len());
        for row in &rows {
            let compared = &comparisons[row.group * 2 + row.frame];
            // the definition: sums without the part, for every part
            let parts: Vec<u32> = match row.check {
                Check::Entry => (0..4).collect(),
                Check::Article => (0..found.ids.len() as u32).collect(),
            };
            let without = |part: Option<u32>| {
                let mut sums = [(0.0, 0.0); 2];
                for article in 0..found.ids.len() as u32 {
                    if row.check == Check::Article && part == Some(article) {
                        continue;
                    }
                    let side = usize::from(found.group_of[article as usize] as usize != row.group);
                    let gone =
                        |of: &&Part| (of.frame as usize, of.article) == (row.frame, article) && Some(of.entry) == part;
                    let less: u32 = match row.check {
                        Check::Entry => found.parts.iter().filter(gone).map(|of| of.hits).sum(),
                        Check::Article => 0,
                    };
                    sums[side].0 += f64::from(found.hits[article as usize * 2 + row.frame] - less);
                    sums[side].1 += f64::from(found.words[article as usize]);
                }
                theta(sums[0], sums[1])
            };
            let whole = without(None);
            close(row.before.value().expect("before"), whole, 1e-9, "with everything");
            let most = parts.iter().map(|&part| (without(Some(part)) - whole).abs()).fold(0.0, f64::max);
            let after = row.after.value().expect("after");
            close((after - whole).abs(), most, 1e-9, "largest change");
            close(after, without(row.part), 1e-9, "without the part that is named");
            let flips = parts.iter().filter(|&&part| without(Some(part)) * whole < 0.0).count() as u64;
            assert_eq!(row.flips, flips, "{row:?}");
            assert_eq!(row.lost.is_some(), compared.q.value().is_some_and(|q| q < 0.05));
        }
        // group a's finding rests on the first entry, and among hundreds of articles on no single one
        let of_a =
            |check: Check| rows.iter().find(|row| (row.group, row.frame, row.check) == (0, 0, check)).expect("a row");
        assert_eq!((of_a(Check::Entry).part, of_a(Check::Entry).lost), (Some(0), Some(true)));
        assert!(sizes[0] < 100 || of_a(Check::Article).lost == Some(false));
    }
}

#[test]
fn p_without_an_article_is_that_of_a_corpus_without_it() {
    let options = Options { permutations: 999, resamples: 199, ..Options::default() };
    for sizes in [[12, 20, 9], [230, 240, 15]] {
        let found = findings(sizes, 62);
        let groups = Groups::of(&found.counts(), &options);
        let rows = sensitivity(&groups, None, (&groups.against_rest(None), &[]), &found.parts, &found.ids);
        for row in rows.iter().filter(|row| row.check == Check::Article && row.lost.is_some()) {
            let gone = row.part.expect("an article");
            let group_of: Vec<u32> =
                found.group_of.iter().zip(0..).map(|(&group, at)| if at == gone { 9 } else { group }).collect();
            let counts = Counts { group_of: &group_of, ..found.counts() };
            let again = Groups::of(&counts, &options).against_rest(None);
            assert_eq!(row.p_after, again[row.group * 2 + row.frame].p, "{row:?}");
        }
    }
}

#[test]
fn the_order_of_articles_moves_no_check() {
    let options = Options { permutations: 499, resamples: 99, ..Options::default() };
    let found = findings([12, 20, 9], 63);
    let n = found.ids.len();
    let back = |article: usize| n - 1 - article;
    let turned = Findings {
        frames: found.frames.clone(),
        groups: found.groups.clone(),
        ids: (0..n).map(|i| found.ids[back(i)].clone()).collect(),
        group_of: (0..n).map(|i| found.group_of[back(i)]).collect(),
        words: (0..n).map(|i| found.words[back(i)]).collect(),
        hits: (0..n).flat_map(|i| found.hits[back(i) * 2..back(i) * 2 + 2].to_vec()).collect(),
        parts: found.parts.iter().map(|part| Part { article: back(part.article as usize) as u32, ..*part }).collect(),
    };
    let rows = |found: &Findings| {
        let groups = Groups::of(&found.counts(), &options);
        sensitivity(&groups, None, (&groups.against_rest(None), &[]), &found.parts, &found.ids)
    };
    for (row, other) in rows(&found).iter().zip(&rows(&turned)) {
        let mut other = *other;
        if other.check == Check::Article {
            other.part = other.part.map(|article| back(article as usize) as u32);
        }
        assert_eq!(*row, other);
    }
}

#[test]
fn p_of_a_rank_correlation_agrees_with_scipy() {
    let x = [1, 2, 2, 3, 5, 8, 8, 8, 9, 10, 11, 12];
    let y = [2.5, 1.0, 2.0, 2.0, 7.0, 6.0, 9.0, 6.0, 6.0, 12.0, 11.0, 10.0];
    let pairs: Vec<(f64, f64)> = x.iter().map(|&x| f64::from(x)).zip(y).collect();
    close(p_of(&spearman(&pairs)).value().expect("p"), P_BY_SCIPY, 1e-9, "p");
    assert_eq!(p_of(&spearman(&pairs[..6])).why(), Some(Why::TooFewArticles));
    assert_eq!(p_of(&spearman(&[(1.0, 1.0); 20])).why(), Some(Why::NoVariation));
}

/// scipy.stats.spearmanr, by Student's t.
const P_BY_SCIPY: f64 = 0.0006634762747818841;
