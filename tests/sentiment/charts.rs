//! The chart of contributions: nothing overlaps with long names, and the last bar is the sum of the others.

use framescope::report::chart::{ContributionBar, Contributions, Words, contributions};

fn chart(bars: Vec<ContributionBar>) -> Contributions {
    let herald = "The Western Morning Herald of Kazakhstan";
    Contributions {
        words: Words {
            title: "Which words make the difference".to_string(),
            subtitle: format!(
                "Mean valence of {herald} less that of Независимая Алматинская вечерняя газета, by entry"
            ),
            notes: vec!["A note. ".repeat(30)],
            ..Words::default()
        },
        unit: "part of the difference of mean weights".to_string(),
        heading: "hits   adds".to_string(),
        less: format!("{herald} lower"),
        more: format!("{herald} higher"),
        bars,
        sum: "Difference".to_string(),
        interval: Some((-0.2, 0.9)),
    }
}

#[test]
fn bars_with_long_names_and_large_counts_overlap_nothing_and_end_in_their_sum() {
    let bar = |i: u32| ContributionBar {
        name: format!("not: “die längste Redewendung, die ein Wörterbuch je sah” BEFORE/5 предложение {i}"),
        contribution: if i.is_multiple_of(3) { -0.5 / f64::from(i + 1) } else { 0.31 / f64::from(i + 2) },
        hits: Some([1_234_567 * i64::from(i + 1), 89]),
        ..ContributionBar::default()
    };
    let tiny = |contribution: f64| ContributionBar {
        name: "tiny".to_string(),
        contribution,
        hits: Some([1, 2]),
        ..ContributionBar::default()
    };
    for bars in [(0..21).map(bar).collect(), Vec::new(), vec![tiny(0.0)], vec![tiny(1e-9), tiny(-1e-9)]] {
        let drawn = contributions(&chart(bars.clone())).unwrap();
        assert_eq!(drawn.points.len(), if bars.is_empty() { 0 } else { bars.len() + 1 });
        let (right, bottom) = (f64::from(drawn.width) - 4.0, f64::from(drawn.height) - 4.0);
        for (i, a) in drawn.texts.iter().enumerate() {
            assert!(a.left >= 4.0 && a.top >= 4.0 && a.right <= right && a.bottom <= bottom, "{a:?}");
            for b in &drawn.texts[i + 1..] {
                let apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
                assert!(apart, "{a:?} overlaps {b:?}");
            }
        }
    }
    // to one scale: the ends of the bars, counted from zero, sum to the end of the last
    let bars =
        vec![ContributionBar { contribution: 0.4, ..tiny(0.0) }, ContributionBar { contribution: -0.1, ..tiny(0.0) }];
    let points = contributions(&chart(bars)).unwrap().points;
    let zero = (points[0].x + 4.0 * points[1].x) / 5.0;
    let sum: f64 = points[..2].iter().map(|point| point.x - zero).sum();
    assert!((points[2].x - zero - sum).abs() < 1e-6);
}
