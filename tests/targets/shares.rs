//! Shares of labels: by hand, by law, and by simulation with a known truth.
//!
//! 600 draws, articles with 1 to 8 labels, of which half use the label in 5 % and half in 55 % of places (truth 30 %):
//!
//! | articles | covered | interval printed |
//! |---|---|---|
//! | 5 | .98 | .58 |
//! | 10 | .97 | .96 |
//! | 40 | .97 | 1.0 |
//! | 250 | .96 | 1.0 |

use framescope::statistics::label_share::{share, shares_table};
use framescope::statistics::seed::Stream;
use framescope::statistics::{Counts, Estimate, Note, Options, Unit, Why};

fn units(pairs: &[(u32, u32)]) -> Vec<Unit> {
    pairs.iter().map(|&(hits, words)| Unit { hits, words }).collect()
}

#[track_caller]
fn assert_interval(estimate: &Estimate, low: f64, high: f64) {
    let found = estimate.interval.unwrap();
    let (found_low, found_high) = (found.low().unwrap(), found.high().unwrap());
    assert!((found_low - low).abs() < 1e-9 && (found_high - high).abs() < 1e-9, "{found_low}–{found_high}");
}

#[test]
fn a_share_is_that_of_the_hits_with_the_interval_of_its_logit() {
    // bounds worked out apart, with scipy's quantile of t
    let pairs = [(2, 4), (0, 3), (3, 5), (1, 4), (0, 2)].repeat(40);
    let large = share(&units(&pairs));
    assert_eq!(large.value.value(), Some(1.0 / 3.0));
    assert_interval(&large, LOW, HIGH);
    // what is missing says why
    let why = |pairs: &[(u32, u32)]| share(&units(pairs));
    assert_eq!(why(&[]).value.why(), Some(Why::NoHits));
    assert_eq!(why(&[(0, 0), (0, 0)]).value.why(), Some(Why::NoHits));
    assert_eq!(why(&[(1, 2)]).note, Some(Note::NoInterval(Why::OneArticle)));
    assert_eq!(why(&[(1, 2), (1, 2), (0, 0)]).note, Some(Note::NoInterval(Why::TooFewArticles)));
    assert_eq!(
        why(&[(2, 2), (1, 1), (1, 2)]).note,
        Some(Note::NoInterval(Why::TooFewArticles)),
        "rivals in one article"
    );
    assert_eq!(why(&[(0, 2); 9]).note, Some(Note::NoInterval(Why::TooFewArticles)));
    // never and always: three over the articles
    let never = why(&[(0, 2); 12]);
    assert_eq!((never.value.value(), never.interval.unwrap().low()), (Some(0.0), None));
    assert_eq!(never.interval.unwrap().high(), Some(0.25));
    let always = why(&[(2, 2); 12]).interval.unwrap();
    assert_eq!((always.low(), always.high()), (Some(0.75), None));
}

const LOW: f64 = 0.30055127810954163;
const HIGH: f64 = 0.3682945557229354;

/// Groups, and hits of three labels in articles of each.
fn three_labels() -> (Vec<u32>, Vec<u32>, Vec<u32>) {
    let mut stream = Stream::named(3, &["labels"]);
    let (mut group_of, mut words, mut hits) = (Vec::new(), Vec::new(), Vec::new());
    for article in 0..60 {
        let of = [stream.below(3), stream.below(4), stream.below(2) * stream.below(3)];
        group_of.push(article % 4);
        words.push(of.iter().sum());
        hits.extend(of);
    }
    (group_of, words, hits)
}

#[test]
fn shares_of_a_referent_sum_to_one_and_a_label_mirrors_its_rivals() {
    let (group_of, words, hits) = three_labels();
    let names = |prefix: &str, n: usize| (0..n).map(|i| format!("{prefix}{i}")).collect::<Vec<_>>();
    let (labels, groups) = (names("label", 3), names("group", 4));
    let options = Options { permutations: 999, ..Options::default() };
    let counts = Counts { frames: &labels, groups: &groups, group_of: &group_of, words: &words, hits: &hits };
    let rows = shares_table(&counts, &options);
    assert_eq!(rows.len(), 12);
    for of_group in rows.chunk_by(|a, b| a.group == b.group) {
        let sum: f64 = of_group.iter().filter_map(|row| row.share.value.value()).sum();
        assert!((sum - 1.0).abs() < 1e-12);
        assert_eq!(of_group.iter().map(|row| row.hits).sum::<u64>(), of_group[0].all);
        for row in of_group {
            let (share, interval) = (row.share.value.value().unwrap(), row.share.interval.unwrap());
            let (low, high) = (interval.low().unwrap(), interval.high().unwrap());
            assert!(0.0 < low && low < share && share < high && high < 1.0, "{low} {share} {high}");
        }
    }
    // the first label against the two others as one
    let two: Vec<u32> = hits.chunks(3).flat_map(|of| [of[0], of[1] + of[2]]).collect();
    let labels = names("label", 2);
    let counts = Counts { frames: &labels, hits: &two, ..counts };
    for pair in shares_table(&counts, &options).chunks(2) {
        let bounds =
            |i: usize| pair[i].share.interval.map(|interval| (interval.low().unwrap(), interval.high().unwrap()));
        let ((low, high), (other_low, other_high)) = (bounds(0).unwrap(), bounds(1).unwrap());
        assert!((low + other_high - 1.0).abs() < 0.02 && (high + other_low - 1.0).abs() < 0.02);
    }
    // articles in another order
    let order: Vec<usize> = (0..60).map(|i| (i * 37) % 60).collect();
    let turned_groups: Vec<u32> = order.iter().map(|&i| group_of[i]).collect();
    let turned_words: Vec<u32> = order.iter().map(|&i| words[i]).collect();
    let turned_hits: Vec<u32> = order.iter().flat_map(|&i| two[2 * i..2 * i + 2].to_vec()).collect();
    let turned = Counts { group_of: &turned_groups, words: &turned_words, hits: &turned_hits, ..counts };
    assert_eq!(shares_table(&counts, &options), shares_table(&turned, &options));
}

/// Articles that use a label in 5 % or in 55 % of 1 to 8 places, each kind as often: its true share is 30 %.
fn covered(articles: usize, times: u32) -> (f64, f64) {
    let (mut printed, mut right) = (0, 0);
    for time in 0..times {
        let mut stream = Stream::numbered(4, &["coverage"], u64::from(time) << 16 | articles as u64);
        let unit = |_| {
            let chance = if stream.uniform() < 0.5 { 0.05 } else { 0.55 };
            let words = 1 + stream.below(8);
            Unit { hits: (0..words).filter(|_| stream.uniform() < chance).count() as u32, words }
        };
        let units: Vec<Unit> = (0..articles).map(unit).collect();
        if let Some(interval) = share(&units).interval {
            printed += 1;
            right += u32::from(interval.contains(0.3));
        }
    }
    (f64::from(right) / f64::from(printed), f64::from(printed) / f64::from(times))
}

#[test]
fn an_interval_of_a_share_covers_the_truth_as_often_as_it_says() {
    for (articles, most_missing) in [(5, 0.5), (10, 0.15), (40, 0.0), (250, 0.0)] {
        let (share, printed) = covered(articles, 600);
        // three standard errors of 600 draws at 95 % are 2.7 points
        assert!(share > 0.92, "{articles} articles: {share} covered");
        assert!(printed >= 1.0 - most_missing, "{articles} articles: {printed} printed");
    }
}
