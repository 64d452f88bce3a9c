//! The test over all groups: its level, its laws, and what it says where it cannot be made.

use super::calibration::full;
use super::close;
use super::simulate::World;
use framescope::statistics::overall::{METHOD, OverallRow, WELCH_F, overall};
use framescope::statistics::seed::Stream;
use framescope::statistics::{Counts, Groups, Options, Why, comparisons, pair};

/// Articles of several groups with many frames of one world; `tilt` multiplies the rate of the first group.
struct Corpus {
    frames: Vec<String>,
    groups: Vec<String>,
    group_of: Vec<u32>,
    words: Vec<u32>,
    hits: Vec<u32>,
}

impl Corpus {
    fn new(sizes: &[usize], frames: usize, shape: Option<f64>, tilt: f64, stream: &mut Stream) -> Corpus {
        let mut corpus = Corpus {
            frames: (0..frames).map(|f| format!("f{f}")).collect(),
            groups: (0..sizes.len()).map(|g| format!("g{g}")).collect(),
            group_of: Vec::new(),
            words: Vec::new(),
            hits: Vec::new(),
        };
        for (group, &size) in sizes.iter().enumerate() {
            for _ in 0..size {
                let world = World { rate: 2.0, shape, words: 600, uneven: true };
                let words = world.articles(1, stream)[0].words;
                let rate = if group == 0 { world.rate * tilt } else { world.rate };
                let world = World { rate, words, uneven: false, ..world };
                corpus.group_of.push(group as u32);
                corpus.words.push(words);
                corpus.hits.extend(world.articles(frames, stream).iter().map(|unit| unit.hits));
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
}

#[test]
fn without_a_true_difference_one_frame_in_twenty_is_called_different() {
    let options = Options { seed: 41, permutations: 999, resamples: 99, ..Options::default() };
    let worlds: [(&[usize], usize); 5] = [
        (&[5, 5, 5], 30),
        (&[10, 40, 4, 8], 15),
        (&[60, 12, 30], 12),
        (&[220, 260, 300], 10),
        (&[250, 900, 400, 210], 5),
    ];
    for (sizes, batches) in worlds {
        for shape in [None, Some(0.3)] {
            let mut stream = Stream::named(41, &["overall", &format!("{sizes:?} {shape:?}")]);
            let (mut printed, mut significant) = (0, 0);
            // the full run gives 20,000 tests and more of each
            let times = if full() { 350 / batches + 1 } else { 1 };
            for _ in 0..batches * times {
                let corpus = Corpus::new(sizes, 60, shape, 1.0, &mut stream);
                for row in overall(&corpus.counts(), &options) {
                    printed += u32::from(row.p.value().is_some());
                    significant += u32::from(row.p.value().is_some_and(|p| p <= 0.05));
                }
            }
            let (share, n) = (f64::from(significant) / f64::from(printed), f64::from(printed));
            println!("{sizes:?} {shape:?}: {share:.4} of {printed}");
            let chance = 3.0 * (0.05 * 0.95 / n).sqrt();
            assert!(
                // of three groups of five articles it calls fewer different, never more
                share <= 0.065 + chance / 2.0 && (sizes.iter().all(|&n| n < 10) || share >= 0.035 - chance / 2.0),
                "{sizes:?} {shape:?}: {share} of {n}"
            );
        }
    }
}

/// Groups that differ in how bursty they are, which dealing labels took for a difference.
#[test]
fn unlike_groups_are_not_called_different_too_often() {
    let options = Options { seed: 46, permutations: 499, ..Options::default() };
    for sizes in [&[10usize, 10, 10][..], &[40, 10, 160], &[20, 40, 40, 12], &[12, 60, 30, 160, 20]] {
        let mut stream = Stream::named(46, &["unlike groups", &format!("{sizes:?}")]);
        let (mut printed, mut significant) = (0, 0);
        for _ in 0..if full() { 100 } else { 4 } {
            let mut corpus = Corpus::new(sizes, 60, None, 1.0, &mut stream);
            let bursty = Corpus::new(sizes, 60, Some(0.3), 1.0, &mut stream);
            // every other group is of the bursty world
            for article in (0..corpus.words.len()).filter(|&article| corpus.group_of[article].is_multiple_of(2)) {
                corpus.words[article] = bursty.words[article];
                let own = article * 60..(article + 1) * 60;
                corpus.hits[own.clone()].copy_from_slice(&bursty.hits[own]);
            }
            for row in overall(&corpus.counts(), &options) {
                printed += u32::from(row.p.value().is_some());
                significant += u32::from(row.p.value().is_some_and(|p| p <= 0.05));
            }
        }
        let (share, n) = (f64::from(significant) / f64::from(printed), f64::from(printed));
        println!("unlike {sizes:?}: {share:.4} of {printed}");
        assert!(share <= 0.065 + 3.0 * (0.065 * 0.935 / n).sqrt(), "{sizes:?}: {share} of {n}");
    }
}

#[test]
fn a_true_difference_is_found_by_either_method() {
    for (sizes, method) in [(&[40usize, 40, 40][..], METHOD), (&[220, 240, 260], WELCH_F)] {
        let corpus = Corpus::new(sizes, 6, Some(3.0), 3.0, &mut Stream::named(42, &["tilt"]));
        for row in overall(&corpus.counts(), &Options::default()) {
            assert_eq!((row.method, row.groups, row.family), (method, 3, 6));
            assert!(row.p.value().is_some_and(|p| p < 0.01) && row.q.value() >= row.p.value(), "{row:?}");
            assert!(row.deviance.value().is_some_and(|d| d > 20.0));
        }
    }
}

#[test]
fn the_deviance_is_that_of_a_hand_computation() {
    let (frames, groups) = (["f".to_string()], ["a", "b", "c"].map(String::from));
    let (words, hits) = ([400, 600, 500, 500, 1000, 1000], [2, 2, 0, 0, 5, 1]);
    let group_of = [0, 0, 1, 1, 2, 2];
    let counts = Counts { frames: &frames, groups: &groups, group_of: &group_of, words: &words, hits: &hits };
    // 10 hits in 4,000 words: 2.5 are expected in a and b, 5 in c. Found are 4, 0 and 6.
    let expected = 2.0 * (4.0 * (4.0f64 / 2.5).ln() + 6.0 * (6.0f64 / 5.0).ln());
    let row = overall(&counts, &Options::default())[0];
    close(row.deviance.value().expect("a deviance"), expected, 1e-12, "deviance");
    assert_eq!((row.articles, row.groups), (6, 3));
}

#[test]
fn neither_the_order_nor_the_names_of_groups_move_a_bit() {
    let corpus = Corpus::new(&[12, 5, 40], 4, Some(0.5), 1.5, &mut Stream::named(43, &["order"]));
    let turned: Vec<u32> = corpus.group_of.iter().map(|&group| 2 - group).collect();
    let names = ["x", "a", "m"].map(String::from);
    let other = Counts { groups: &names, group_of: &turned, ..corpus.counts() };
    let strata: Vec<u32> = (0..corpus.words.len() as u32).map(|i| i % 3).collect();
    let options = Options::default();
    for strata in [None, Some(strata.as_slice())] {
        let rows = |counts: &Counts<'_>| Groups::of(counts, &options).overall(strata);
        assert_eq!(rows(&corpus.counts()), rows(&other));
    }
}

#[test]
fn two_groups_have_the_p_of_their_comparison() {
    let corpus = Corpus::new(&[14, 30], 5, Some(0.5), 2.0, &mut Stream::named(44, &["two"]));
    let options = Options::default();
    let all = overall(&corpus.counts(), &options);
    let both = comparisons(&corpus.counts(), None, &options);
    for (row, pair) in all.iter().zip(pair(&corpus.counts(), 0, 1, &options)) {
        assert_eq!((row.p, row.method, row.groups), (pair.p, pair.p_method, 2));
        for side in both.iter().filter(|side| side.frame == row.frame) {
            assert_eq!(side.p, row.p, "either group against the rest is the same comparison");
        }
    }
}

#[test]
fn strata_take_away_what_is_only_their_mix() {
    // Every group has the same rate within a month; the second month has ten times as much, and the groups differ in months.
    let mut stream = Stream::named(45, &["mix"]);
    let (mut words, mut hits, mut group_of, mut month) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (group, sizes) in [[30, 5], [5, 30], [15, 15]].iter().enumerate() {
        for (label, &size) in sizes.iter().enumerate() {
            let rate = if label == 0 { 2.0 } else { 20.0 };
            for unit in (World { rate, shape: Some(2.0), words: 600, uneven: true }).articles(size, &mut stream) {
                words.push(unit.words);
                hits.push(unit.hits);
                group_of.push(group as u32);
                month.push(label as u32);
            }
        }
    }
    let (frames, groups) = (["f".to_string()], ["a", "b", "c"].map(String::from));
    let counts = Counts { frames: &frames, groups: &groups, group_of: &group_of, words: &words, hits: &hits };
    let options = Options::default();
    let p = |rows: Vec<OverallRow>| rows[0].p.value().expect("a p");
    assert!(p(Groups::of(&counts, &options).overall(None)) < 0.005);
    assert!(p(Groups::of(&counts, &options).overall(Some(&month))) > 0.05);
}

#[test]
fn what_cannot_be_tested_over_all_groups_says_why() {
    let (frames, groups) = (["f".to_string()], ["a", "b", "c"].map(String::from));
    let why = |group_of: &[u32], words: &[u32], hits: &[u32]| {
        let counts = Counts { frames: &frames, groups: &groups, group_of, words, hits };
        overall(&counts, &Options::default())[0].p.why()
    };
    assert_eq!(why(&[0, 0, 0], &[100; 3], &[1, 2, 3]), Some(Why::NoRest));
    assert_eq!(why(&[0, 1, 2], &[100; 3], &[0; 3]), Some(Why::NoHits));
    assert_eq!(why(&[0, 1, 2], &[100; 3], &[1; 3]), Some(Why::TooFewArticles));
}
