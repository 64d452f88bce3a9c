//! What entries give to a difference, with intervals.

#![allow(clippy::expect_used, clippy::unwrap_used)]

use framescope::aggregate::{ArticleCounts, Counts, GroupId, VoiceCounts};
use framescope::estimates::{Estimates, Options};
use framescope::lookup::{EntryId, FrameId};
use framescope::read::Date;
use framescope::statistics::difference::difference;
use framescope::voice::Voice;

/// Articles of two groups with hits of one frame, the first group with more of them.
fn counts() -> Counts {
    let mut counts = Counts::new(vec!["frame".to_string()], Vec::new());
    counts.groups = vec![vec!["A".to_string()], vec!["B".to_string()]];
    for article in 0..60_u32 {
        let group = article % 2;
        let mut hits = VoiceCounts::new();
        if article % 3 > 0 {
            hits.insert((FrameId::new(0), Voice::Own), 1 + article % 5 + 2 * (1 - group));
        }
        let of = ArticleCounts { words: 300 + 17 * (article % 23), hits, ..ArticleCounts::default() };
        counts.push(
            format!("article {article}"),
            GroupId::new(group as usize),
            Date::new(2022, 1, 1 + article % 27),
            &of,
        );
    }
    counts
}

#[test]
fn a_bar_has_the_interval_of_the_difference_of_two_rates_over_the_same_units() {
    let counts = counts();
    let options = Options { permutations: 99, ..Options::default() };
    let estimates = Estimates::of(&counts, &options).expect("estimates");
    let [all, rare, one_side] = [3, 5, 8].map(|entry| EntryId { lexicon: 0, entry });
    let mut found: Vec<(EntryId, u32, u32)> = Vec::new();
    let with_hits = || (0_u32..).zip(&counts.hits).filter(|(_, hits)| **hits > 0);
    found.extend(with_hits().map(|(article, &hits)| (all, article, hits)));
    found.extend(with_hits().filter(|(article, _)| article % 4 < 2).map(|(article, _)| (rare, article, 1)));
    found.extend(with_hits().filter(|(article, _)| article % 2 == 0).map(|(article, _)| (one_side, article, 1)));
    let row = &estimates.comparisons[0];
    let entries = [rare, all, one_side];
    let contribution = estimates.contribution(&counts, &found, (row, None), &entries);
    assert_eq!(contribution.len(), 4, "three entries, and the frame");
    // an entry that found every hit gives what the frame gives: the difference of the rates of the two groups
    let whole = difference(&estimates.frames[0].rate, &estimates.frames[1].rate);
    assert!(whole.interval.is_some());
    assert_eq!((contribution[1], contribution[3]), (whole, whole));
    let rates = row.hits.iter().zip(row.words).map(|(&hits, words)| 1000.0 * hits as f64 / words as f64);
    let rates: Vec<f64> = rates.collect();
    assert!((whole.value.value().unwrap() - (rates[0] - rates[1])).abs() < 1e-9);
    // a part of them gives less, with an interval around it
    let part = contribution[0].interval.unwrap();
    assert!(part.contains(contribution[0].value.value().unwrap()) && contribution[0] != whole);
    // what one side never has, has no interval, and a value all the same
    assert!(contribution[2].interval.is_none() && contribution[2].value.value().unwrap() > 0.0);
    // of two groups, each is all others of the other
    assert_eq!(contribution, estimates.contribution(&counts, &found, (row, Some(1)), &entries));
}
