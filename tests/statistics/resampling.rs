//! Permutation and bootstrap: against brute force, and the laws.

use super::close;
use super::simulate::World;
use framescope::statistics::carriers;
use framescope::statistics::permutation::{EXACT, Pool, SAMPLED, STRATIFIED, Test, WELCH};
use framescope::statistics::seed::Stream;
use framescope::statistics::{Counts, Options, Unit, Why, comparisons, frames_table, pair};

fn names(prefix: &str, n: usize) -> Vec<String> {
    (0..n).map(|i| format!("{prefix}{i}")).collect()
}

fn test_one(group: &[Unit], rest: &[Unit], options: &Options) -> Test {
    let all = [group, rest].concat();
    let words: Vec<u32> = all.iter().map(|u| u.words).collect();
    let hits: Vec<u32> = all.iter().map(|u| u.hits).collect();
    let pool = Pool::new(&words, &hits, 1, None, |_| true);
    pool.test(|article| article < group.len(), options)[0]
}

/// The definition, written out: all splits by a bit mask, |θ| with a whisker of tolerance. More extreme, tied, all.
fn brute_force(group: &[Unit], rest: &[Unit]) -> [f64; 3] {
    let all = [group, rest].concat();
    let words: f64 = all.iter().map(|unit| f64::from(unit.words)).sum();
    let average = [group.len(), rest.len()].map(|n| words * n as f64 / all.len() as f64);
    let theta = |mask: u32| {
        let mut sums = [[0.0f64; 2]; 2];
        for (i, unit) in all.iter().enumerate() {
            let side = usize::from(mask >> i & 1 == 0);
            sums[side][0] += f64::from(unit.hits);
            sums[side][1] += f64::from(unit.words);
        }
        // without a hit on a side, as if the words were dealt evenly
        if sums.iter().any(|side| side[0] == 0.0) {
            sums.iter_mut().zip(average).for_each(|(side, words)| side[1] = words);
        }
        let rate = |side: [f64; 2]| ((side[0] + 0.5) / (side[1] + 1.0)).ln();
        (rate(sums[0]) - rate(sums[1])).abs()
    };
    let observed = theta((1 << group.len()) - 1);
    let mut counts = [0.0; 3];
    for mask in 0..1u32 << all.len() {
        if mask.count_ones() as usize == group.len() {
            let more = theta(mask) - observed;
            counts[0] += f64::from(more > 1e-12);
            counts[1] += f64::from(more.abs() <= 1e-12);
            counts[2] += 1.0;
        }
    }
    counts
}

#[test]
fn exact_permutation_is_the_share_of_all_splits_at_least_as_extreme() {
    let mut stream = Stream::named(1, &["exact"]);
    let world = World { rate: 4.0, shape: Some(1.0), words: 600, uneven: true };
    let mut plain = 0;
    for (k, n) in [(5, 5), (4, 9), (9, 4), (2, 12), (7, 6)] {
        for _ in 0..4 {
            let (group, rest) = (world.articles(k, &mut stream), world.articles(n, &mut stream));
            let found = test_one(&group, &rest, &Options::default());
            let [more, tied, all] = brute_force(&group, &rest);
            if found.p.why() == Some(Why::TooFewArticles) {
                // so many pairs of articles have no hit that a test at 5 % would have another size
                assert_eq!(k, 2);
                continue;
            }
            assert_eq!(found.method, EXACT);
            let found = found.p.value().expect("a p") * all;
            if tied <= f64::from(1 + u32::from(k == n)) {
                // Nothing ties but the observed split and its mirror image.
                close(found, more + tied, 1e-12, "exact p");
                plain += 1;
            } else {
                assert!(found >= more + 1.0 && found < more + tied, "{found} of {all}: {more} more, {tied} tied");
            }
        }
    }
    assert!(plain >= 15, "{plain} of 20 without ties");
}

#[test]
fn random_permutations_come_close_to_all_of_them() {
    let mut stream = Stream::named(2, &["random"]);
    let world = World { rate: 4.0, shape: Some(1.0), words: 600, uneven: true };
    let sampled = Options { exact_limit: 0, ..Options::default() };
    for _ in 0..6 {
        let (group, rest) = (world.articles(7, &mut stream), world.articles(8, &mut stream));
        let all = test_one(&group, &rest, &Options::default()).p.value().expect("exact");
        let found = test_one(&group, &rest, &sampled);
        assert_eq!(found.method, SAMPLED);
        let found = found.p.value().expect("sampled");
        let error = (all * (1.0 - all) / 9999.0).sqrt();
        assert!((found - all).abs() < 4.5 * error + 2e-4, "{found} {all}");
        assert!(found > 0.0);
    }
}

#[test]
fn what_cannot_be_tested_says_why() {
    let unit = |hits, words| Unit { hits, words };
    let options = Options::default();
    let why = |group: &[Unit], rest: &[Unit]| test_one(group, rest, &options).p.why();
    assert_eq!(why(&[unit(9, 300)], &[unit(1, 300); 30]), Some(Why::OneArticle));
    assert_eq!(why(&[unit(9, 300); 4], &[unit(1, 300); 1]), Some(Why::OneArticle));
    assert_eq!(why(&[unit(9, 300); 3], &[unit(1, 300); 3]), Some(Why::TooFewArticles));
    assert_eq!(why(&[unit(0, 300); 9], &[unit(0, 300); 9]), Some(Why::NoHits));
    assert_eq!(why(&[], &[unit(1, 300); 9]), Some(Why::NoArticles));
    assert_eq!(why(&[unit(1, 300); 9], &[]), Some(Why::NoRest));
    // An article without a word is no article to resample.
    assert_eq!(why(&[unit(9, 300), unit(0, 0)], &[unit(1, 300); 30]), Some(Why::OneArticle));
    // All hits in one of many articles of equal length: no dealing could be significant.
    let mut group = [unit(0, 500); 10];
    group[3].hits = 40;
    assert_eq!(why(&group, &[unit(0, 500); 10]), Some(Why::TooFewArticles));
}

#[test]
fn no_p_is_zero_however_different_the_groups() {
    let (a, b) = (vec![Unit { hits: 50, words: 100 }; 40], vec![Unit { hits: 0, words: 100 }; 40]);
    let found = test_one(&a, &b, &Options::default());
    close(found.p.value().expect("a p"), 1.0 / 10_000.0, 1e-12, "smallest random p");
    let mut stream = Stream::named(3, &["large"]);
    let much = World { rate: 200.0, shape: None, words: 600, uneven: false }.articles(3000, &mut stream);
    let little = World { rate: 1.0, shape: None, words: 600, uneven: false }.articles(3000, &mut stream);
    let found = test_one(&much, &little, &Options::default());
    assert_eq!(found.method, WELCH);
    assert!(found.p.value().is_some_and(|p| p > 0.0 && p < 1e-100));
}

#[test]
fn rare_frames_of_large_groups_are_tested_by_the_articles_that_have_them() {
    let mut group = vec![Unit { hits: 0, words: 500 }; 400];
    let rest = vec![Unit { hits: 0, words: 500 }; 4000];
    group.iter_mut().take(6).for_each(|unit| unit.hits = 2);
    let found = test_one(&group, &rest, &Options::default());
    assert_eq!(found.method, carriers::METHOD);
    // All six in the eleventh part of the words; no other way to deal them is as extreme.
    close(found.p.value().expect("a p"), 0.5 * (1.0f64 / 11.0).powi(6), 1e-9, "carriers");
}

struct Corpus {
    frames: Vec<String>,
    groups: Vec<String>,
    group_of: Vec<u32>,
    words: Vec<u32>,
    hits: Vec<u32>,
}

impl Corpus {
    fn new(sizes: &[usize], frames: usize, seed: u64) -> Corpus {
        let mut stream = Stream::named(seed, &["corpus"]);
        let mut corpus = Corpus {
            frames: names("frame", frames),
            groups: names("outlet", sizes.len()),
            group_of: Vec::new(),
            words: Vec::new(),
            hits: Vec::new(),
        };
        for (group, &size) in sizes.iter().enumerate() {
            for _ in 0..size {
                let shape = Some(0.5);
                let words = World { rate: 1.0, shape, words: 600, uneven: true }.articles(1, &mut stream)[0].words;
                corpus.group_of.push(group as u32);
                corpus.words.push(words);
                for frame in 0..frames {
                    let rate = 0.3 * (frame + 1) as f64;
                    let world = World { rate, shape, words, uneven: false };
                    corpus.hits.push(world.articles(1, &mut stream)[0].hits);
                }
            }
        }
        corpus
    }

    fn counts(&self) -> Counts<'_> {
        Counts {
            frames: &self.frames,
            groups: &self.groups,
            group_of: &self.group_of,
            words: &self.words,
            hits: &self.hits,
        }
    }

    fn shuffled(&self, stream: &mut Stream) -> Corpus {
        let n = self.words.len();
        let mut order: Vec<usize> = (0..n).collect();
        (1..n).rev().for_each(|i| order.swap(i, stream.below(i as u32 + 1) as usize));
        let width = self.frames.len();
        Corpus {
            frames: self.frames.clone(),
            groups: self.groups.clone(),
            group_of: order.iter().map(|&i| self.group_of[i]).collect(),
            words: order.iter().map(|&i| self.words[i]).collect(),
            hits: order.iter().flat_map(|&i| self.hits[i * width..(i + 1) * width].to_vec()).collect(),
        }
    }
}

fn on_threads<T: Send>(threads: usize, f: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads").install(f)
}

const SIZES: [usize; 6] = [1, 3, 12, 60, 220, 500];

#[test]
fn order_of_articles_and_threads_move_no_bit() {
    let corpus = Corpus::new(&SIZES, 4, 11);
    let options = Options { seed: 5, ..Options::default() };
    let run =
        |corpus: &Corpus| (frames_table(&corpus.counts(), &options), comparisons(&corpus.counts(), None, &options));
    let first = on_threads(1, || run(&corpus));
    assert_eq!(first, on_threads(4, || run(&corpus)));
    let shuffled = corpus.shuffled(&mut Stream::named(1, &["shuffle"]));
    assert_eq!(first, on_threads(2, || run(&shuffled)));
}

#[test]
fn another_frame_moves_no_number_of_this_one() {
    let corpus = Corpus::new(&SIZES, 3, 12);
    let options = Options::default();
    let mut narrow = Corpus::new(&SIZES, 3, 12);
    narrow.frames.truncate(2);
    narrow.hits = corpus.hits.chunks(3).flat_map(|row| row[..2].to_vec()).collect();
    let wide = comparisons(&corpus.counts(), None, &options);
    let few = comparisons(&narrow.counts(), None, &options);
    for row in few {
        let same = wide.iter().find(|w| (w.group, w.frame) == (row.group, row.frame)).expect("the row");
        assert_eq!((row.p, row.smoothed_log_ratio), (same.p, same.smoothed_log_ratio));
    }
}

#[test]
fn order_of_groups_moves_no_number() {
    let corpus = Corpus::new(&SIZES, 2, 13);
    let n = corpus.groups.len();
    let mut turned = Corpus::new(&SIZES, 2, 13);
    turned.groups.reverse();
    turned.group_of.iter_mut().for_each(|group| *group = n as u32 - 1 - *group);
    let options = Options::default();
    let (one, other) = (comparisons(&corpus.counts(), None, &options), comparisons(&turned.counts(), None, &options));
    for row in one {
        let same = other.iter().find(|o| (o.group, o.frame) == (n - 1 - row.group, row.frame)).expect("the row");
        assert_eq!((row.p, row.q, row.smoothed_log_ratio), (same.p, same.q, same.smoothed_log_ratio));
    }
}

#[test]
fn swapping_two_groups_flips_the_signs_exactly() {
    let corpus = Corpus::new(&SIZES, 3, 14);
    let options = Options::default();
    for (a, b) in [(1, 2), (2, 3), (3, 4), (4, 5), (2, 5)] {
        let (there, back) = (pair(&corpus.counts(), a, b, &options), pair(&corpus.counts(), b, a, &options));
        for (x, y) in there.iter().zip(&back) {
            assert_eq!((x.p, x.q, x.p_holm), (y.p, y.q, y.p_holm));
            let flip = |value: Option<f64>| value.map(|v| 0.0 - v);
            assert_eq!(x.log_ratio.value(), flip(y.log_ratio.value()));
            assert_eq!(x.smoothed_log_ratio.value.value(), flip(y.smoothed_log_ratio.value.value()));
            let (p, q) = (x.smoothed_log_ratio.interval, y.smoothed_log_ratio.interval);
            assert_eq!(p.is_some(), q.is_some());
            assert_eq!(p.and_then(|i| i.low()), flip(q.and_then(|i| i.high())));
            assert_eq!(p.and_then(|i| i.high()), flip(q.and_then(|i| i.low())));
        }
    }
}

#[test]
fn strata_forbid_dealing_across_them() {
    // Both months have their own rate; the group writes in the second only a little more often than the rest.
    let mut stream = Stream::named(6, &["strata"]);
    let world = |rate| World { rate, shape: Some(2.0), words: 600, uneven: true };
    let (mut units, mut group, mut month) = (Vec::new(), Vec::new(), Vec::new());
    for (rate, sizes) in [(2.0, [5, 40]), (20.0, [40, 5])] {
        for (side, &size) in sizes.iter().enumerate() {
            units.extend(world(rate).articles(size, &mut stream));
            group.extend(std::iter::repeat_n(side == 0, size));
            month.extend(std::iter::repeat_n(if rate > 10.0 { 7 } else { 3 }, size));
        }
    }
    let words: Vec<u32> = units.iter().map(|u| u.words).collect();
    let hits: Vec<u32> = units.iter().map(|u| u.hits).collect();
    let options = Options::default();
    let p = |strata: Option<&[u32]>| {
        let pool = Pool::new(&words, &hits, 1, strata, |_| true);
        pool.test(|article| group[article], &options)[0].p.value().expect("a p")
    };
    assert!(p(None) < 0.001, "months and outlets are confounded: {}", p(None));
    assert!(p(Some(&month)) > 0.05, "within months there is no difference: {}", p(Some(&month)));
}

#[test]
fn exact_permutation_within_strata_agrees_with_brute_force() {
    let mut stream = Stream::named(7, &["strata"]);
    let units = World { rate: 4.0, shape: Some(1.0), words: 600, uneven: true }.articles(12, &mut stream);
    let stratum = [9, 9, 9, 9, 9, 4, 4, 4, 4, 4, 4, 4];
    let inside = [true, true, false, false, false, true, true, true, true, true, false, false];
    let words: Vec<u32> = units.iter().map(|u| u.words).collect();
    let hits: Vec<u32> = units.iter().map(|u| u.hits).collect();
    // Each article's share of the group's sums in all dealings together: two of five in one month, five of seven in the other.
    let expected = |group: bool| {
        let share = |i: usize| if i < 5 { 0.4 } else { 5.0 / 7.0 };
        let of = |values: &[u32]| {
            let part = |(i, &x): (usize, &u32)| f64::from(x) * if group { share(i) } else { 1.0 - share(i) };
            values.iter().enumerate().map(part).sum::<f64>()
        };
        ((of(&hits) + 0.5) / (of(&words) + 1.0)).ln()
    };
    let centre = expected(true) - expected(false);
    let theta = |mask: u32| {
        let side = |wanted: u32| {
            let of = |units: &[u32]| {
                units
                    .iter()
                    .enumerate()
                    .filter(|(i, _)| mask >> i & 1 == wanted)
                    .map(|(_, &x)| f64::from(x))
                    .sum::<f64>()
            };
            ((of(&hits) + 0.5) / (of(&words) + 1.0)).ln()
        };
        (side(1) - side(0) - centre).abs()
    };
    let observed = theta(inside.iter().enumerate().map(|(i, &inside)| u32::from(inside) << i).sum());
    let splits: Vec<u32> =
        (0..1u32 << 12).filter(|m| (m & 0x1f).count_ones() == 2 && (m >> 5).count_ones() == 5).collect();
    let extreme = splits.iter().filter(|&&mask| theta(mask) >= observed - 1e-12).count();
    let pool = Pool::new(&words, &hits, 1, Some(&stratum), |_| true);
    let found = pool.test(|article| inside[article], &Options::default())[0];
    assert_eq!((found.method, splits.len()), (EXACT, 210));
    close(found.p.value().expect("a p"), extreme as f64 / 210.0, 1e-12, "p within strata");
}

#[test]
fn large_groups_within_strata_get_the_limit_of_the_permutations() {
    let mut stream = Stream::named(8, &["strata"]);
    let world = |rate| World { rate, shape: Some(1.0), words: 600, uneven: true };
    for tilt in [1.0, 1.25] {
        let (mut units, mut group, mut month) = (Vec::new(), Vec::new(), Vec::new());
        for (label, rate, sizes) in [(1, 2.0, [60, 240]), (2, 8.0, [180, 70])] {
            for (side, &size) in sizes.iter().enumerate() {
                let rate = if side == 0 { rate * tilt } else { rate };
                units.extend(world(rate).articles(size, &mut stream));
                group.extend(std::iter::repeat_n(side == 0, size));
                month.extend(std::iter::repeat_n(label, size));
            }
        }
        let words: Vec<u32> = units.iter().map(|u| u.words).collect();
        let hits: Vec<u32> = units.iter().map(|u| u.hits).collect();
        let pool = Pool::new(&words, &hits, 1, Some(&month), |_| true);
        let found = pool.test(|article| group[article], &Options::default())[0];
        let back = pool.test(|article| !group[article], &Options::default())[0];
        assert_eq!((found.method, found.p), (STRATIFIED, back.p));
        let p = found.p.value().expect("a p");
        // The definition, dealt: 4,000 ways, |θ - mean of θ|.
        let (mut places, mut thetas) = ((0..units.len()).collect::<Vec<_>>(), Vec::new());
        let theta = |inside: &dyn Fn(usize) -> bool| {
            let of = |side: bool, values: &[u32]| {
                (0..values.len()).filter(|&i| inside(i) == side).map(|i| f64::from(values[i])).sum::<f64>()
            };
            (of(true, &hits) / of(true, &words)).ln() - (of(false, &hits) / of(false, &words)).ln()
        };
        for _ in 0..4000 {
            for (from, size) in [(0, 300), (300, 250)] {
                (0..size - 1).for_each(|i| places.swap(from + i, from + i + stream.below((size - i) as u32) as usize));
            }
            let dealt: Vec<bool> = places.iter().map(|&place| group[place]).collect();
            thetas.push(theta(&|i| dealt[i]));
        }
        let mean = thetas.iter().sum::<f64>() / 4000.0;
        let seen = (theta(&|i| group[i]) - mean).abs();
        let share = thetas.iter().filter(|&&t| (t - mean).abs() >= seen).count() as f64 / 4000.0;
        assert!((p - share).abs() < 0.03, "{p} by formula, {share} dealt");
    }
}

#[test]
fn streams_are_pinned_so_that_published_numbers_can_be_computed_again() {
    let mut stream = Stream::named(2022, &["bootstrap", "Daily Meridian"]);
    let bits = [stream.bits(), stream.bits(), stream.bits()];
    assert_eq!(bits, [5_883_650_133_263_093_929, 15_726_572_987_808_677_088, 14_042_474_740_891_857_802]);
    assert_ne!(Stream::named(1, &["ab", "c"]).bits(), Stream::named(1, &["a", "bc"]).bits());
    let mut counts = [0; 6];
    (0..6000).for_each(|_| counts[stream.below(6) as usize] += 1);
    assert!(counts.iter().all(|&count| (880..1120).contains(&count)), "{counts:?}");
    let (mut sum, mut squares) = (0.0, 0.0);
    for _ in 0..10_000 {
        let x = stream.normal();
        sum += x;
        squares += x * x;
    }
    assert!((sum / 1e4).abs() < 0.04 && (squares / 1e4 - 1.0).abs() < 0.06);
}

/// Sixty articles, twelve of them with a hit; the group is the four longest, which have none. Two in five groups of four have none.
#[test]
fn no_hits_in_long_articles_are_no_rarer_than_no_hits_in_short_ones() {
    let words: Vec<u32> = (0..60).map(|i| if i < 4 { 4_000 } else { 300 + i }).collect();
    let hits: Vec<u32> = (0..60).map(|i| u32::from((4..16).contains(&i))).collect();
    for exact_limit in [0, 1_000_000] {
        let options = Options { exact_limit, ..Options::default() };
        let pool = Pool::new(&words, &hits, 1, None, |_| true);
        let test = pool.test(|article| article < 4, &options)[0];
        // C(48, 4) / C(60, 4) = 0.399; ties count half
        assert!(test.p.value().is_none_or(|p| p > 0.19), "{test:?}");
    }
}
