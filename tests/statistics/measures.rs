//! Agreement, correlation, influence, word shift, sentiment of groups, the overall test, and the registry.

use super::close;
use super::golden::prints;
use super::simulate::{World, gamma, poisson};
use framescope::statistics::agreement::alpha::{Scale, alpha, alpha_with_interval};
use framescope::statistics::agreement::classification::{Confusion, Judged, f1, precision, recall};
use framescope::statistics::dispersion::pairwise_differences::pairwise_differences;
use framescope::statistics::influence::{by_article, by_term};
use framescope::statistics::overall::overall;
use framescope::statistics::proportion::wilson;
use framescope::statistics::seed::Stream;
use framescope::statistics::sentiment::{Valence, of_group};
use framescope::statistics::spearman::spearman;
use framescope::statistics::word_shift::{Term, rate_shift, valence_shift};
use framescope::statistics::{Counts, MEASURES, Note, Options, Unit, Why, measure_named, pairwise};

/// One string per coder, a digit or letter per unit, a point where the coder gave none.
fn units(coders: &[&str]) -> Vec<Vec<u32>> {
    let n = coders[0].len();
    (0..n).map(|i| coders.iter().map(|c| c.as_bytes()[i]).filter(|&b| b != b'.').map(u32::from).collect()).collect()
}

#[test]
fn alpha_of_krippendorffs_three_examples() {
    let a = units(&["0100000010", "1110010000"]);
    prints(alpha(&a, Scale::Nominal), "0.095238");
    let b = units(&["aabbdcccedda", "babbbccceddd"]);
    prints(alpha(&b, Scale::Nominal), "0.691964");
    let c = units(&["123321412...", "1233224125.3", ".3332342251.", "12332441251."]);
    prints(alpha(&c, Scale::Nominal), "0.743421");
    // Krippendorff 2011 prints .815 for the same data as ranks.
    prints(alpha(&c, Scale::Ordinal), "0.815");
    let mut turned = c.clone();
    turned.reverse();
    assert_eq!(alpha(&c, Scale::Ordinal), alpha(&turned, Scale::Ordinal));
    let found = alpha_with_interval(&c, Scale::Nominal, "c", &Options::default());
    let interval = found.interval.expect("an interval");
    assert!(interval.contains(0.743421) && interval.low() < Some(0.65) && interval.high() > Some(0.85), "{interval:?}");
    assert_eq!(alpha(&units(&["aaaa", "aaaa"]), Scale::Nominal).why(), Some(Why::NoVariation));
    assert_eq!(alpha(&units(&["a.b.", ".a.b"]), Scale::Nominal).why(), Some(Why::NoPairs));
}

#[test]
fn precision_and_recall_have_wilson_intervals_and_weights_count_back() {
    let plain = Confusion { true_hits: 40.0, false_hits: 10.0, misses: 20.0, effective: 1.0 };
    assert_eq!(precision(plain).interval, wilson(40, 50));
    assert_eq!(recall(plain).interval, wilson(40, 60));
    let bounds = f1(plain).interval.expect("an interval");
    let j = wilson(40, 70).and_then(|i| i.low()).expect("low");
    close(bounds.low().expect("low"), 2.0 * j / (1.0 + j), 1e-12, "F1");
    // Half of the hits were coded, but one in a hundred of the articles without one.
    let judged = |found, coded, weight, n| vec![Judged { found, coded, weight }; n];
    let sample = [
        judged(true, true, 2.0, 40),
        judged(true, false, 2.0, 10),
        judged(false, true, 100.0, 2),
        judged(false, false, 100.0, 48),
    ]
    .concat();
    let weighted = Confusion::of(&sample);
    assert_eq!(recall(weighted).value.value(), Some(80.0 / 280.0));
    assert_eq!(precision(weighted).value.value(), Some(0.8));
    let width = |c: Confusion| recall(c).interval.map(|i| i.high().unwrap_or(1.0) - i.low().unwrap_or(0.0));
    assert!(width(weighted) > width(Confusion { effective: 1.0, ..weighted }), "unequal weights are worth less");
    let none = Confusion { true_hits: 0.0, false_hits: 0.0, misses: 0.0, effective: 1.0 };
    assert_eq!(precision(none).value.why(), Some(Why::NoHits));
}

#[test]
fn spearman_agrees_with_scipy_on_ties() {
    // scipy 1.17.1 spearmanr
    let x = [1, 2, 2, 3, 5, 8, 8, 8, 9, 10, 11, 12];
    let y = [2.5, 1.0, 2.0, 2.0, 7.0, 6.0, 9.0, 6.0, 6.0, 12.0, 11.0, 10.0];
    let pairs: Vec<(f64, f64)> = x.iter().map(|&x| f64::from(x)).zip(y).collect();
    let found = spearman(&pairs);
    close(found.value.value().expect("a value"), 0.8380782918149466, 1e-12, "rho");
    assert!(found.interval.is_some_and(|i| i.contains(0.838) && i.low() > Some(0.3)));
    assert_eq!(spearman(&[(1.0, 1.0), (1.0, 2.0)]).value.why(), Some(Why::NoVariation));
    assert_eq!(spearman(&pairs[..5]).note, Some(Note::NoInterval(Why::TooFewArticles)));
}

#[test]
fn pairwise_differences_equal_the_loop_over_pairs() {
    let mut stream = Stream::named(1, &["da"]);
    let units = World { rate: 3.0, shape: Some(0.5), words: 400, uneven: true }.articles(30, &mut stream);
    let p: Vec<f64> = units.iter().map(|u| f64::from(u.hits) / f64::from(u.words)).collect();
    let mut gaps = 0.0;
    for i in 0..p.len() {
        gaps += p[..i].iter().map(|q| (p[i] - q).abs()).sum::<f64>();
    }
    let mean = p.iter().sum::<f64>() / 30.0;
    let expected = 1.0 - gaps / (30.0 * 29.0 / 2.0) / (2.0 * mean);
    close(pairwise_differences(&units).value().expect("a value"), expected, 1e-12, "DA");
}

#[test]
fn influence_names_the_part_that_carries_the_finding() {
    let found = by_term(&[(1, 2), (90, 1), (3, 3)], 10_000, 10_000);
    assert_eq!(found.part, Some(1));
    assert!(found.flips > 0 && found.least.value() < Some(0.0));
    let unit = |hits, words| Unit { hits, words };
    let group = [unit(2, 500), unit(60, 500), unit(1, 500)];
    let rest = [unit(3, 500), unit(2, 500), unit(4, 500), unit(3, 500)];
    let found = by_article(&group, &rest);
    assert_eq!(found.part, Some(1));
    assert!(found.flips > 0);
    assert_eq!(by_term(&[(5, 0)], 100, 0).change.why(), Some(Why::NoWords));
}

#[test]
fn bars_of_a_word_shift_sum_to_the_difference() {
    let mut stream = Stream::named(2, &["shift"]);
    let terms: Vec<Term> = (0..200)
        .map(|i| Term {
            one: u64::from(stream.below(50)),
            other: u64::from(stream.below(80)),
            weight: (i % 13 - 6) * 500,
        })
        .collect();
    let mean = |count: fn(&Term) -> u64| {
        let (sum, n) = terms
            .iter()
            .fold((0.0, 0.0), |(sum, n), t| (sum + count(t) as f64 * t.weight as f64 / 1000.0, n + count(t) as f64));
        sum / n
    };
    let total: f64 = valence_shift(&terms).iter().map(|bar| bar.value().expect("a bar")).sum();
    assert!((total - (mean(|t| t.one) - mean(|t| t.other))).abs() < 1e-12);
    let total: f64 = rate_shift(&terms, 9_000, 11_000).iter().map(|bar| bar.value().expect("a bar")).sum();
    let (one, other) = terms.iter().fold((0, 0), |(a, b), t| (a + t.one, b + t.other));
    assert!((total - 1000.0 * (one as f64 / 9e3 - other as f64 / 11e3)).abs() < 1e-9);
    let empty = [Term { one: 0, other: 4, weight: 100 }];
    assert_eq!(valence_shift(&empty)[0].why(), Some(Why::NoHits));
}

/// Articles of bursty, toned hits: weights −1 or 1.5, an article has a tone of its own.
fn toned(n: usize, stream: &mut Stream) -> Vec<Valence> {
    let article = |stream: &mut Stream| {
        let hits = poisson(8.0 * gamma(1.0, stream), stream);
        let tone = gamma(2.0, stream);
        let tone = tone / (tone + gamma(2.0, stream));
        let positive = (0..hits).filter(|_| stream.uniform() < tone).count() as u32;
        let negative = hits - positive;
        Valence { sum: i64::from(positive) * 1500 - i64::from(negative) * 1000, hits, positive, negative, words: 600 }
    };
    (0..n).map(|_| article(stream)).collect()
}

#[test]
fn sentiment_of_a_group_is_its_sums_and_its_intervals_cover() {
    let options = Options { resamples: 999, ..Options::default() };
    for (n, times) in [(5, 400), (10, 400), (40, 400), (400, 300)] {
        let mut stream = Stream::named(8, &["sentiment", &n.to_string()]);
        let (mut covered, mut printed) = ([0; 3], [0; 3]);
        for _ in 0..times {
            let articles = toned(n, &mut stream);
            let group = of_group(&articles, &options);
            assert_eq!(group.hits, group.positive + group.negative);
            // Half of the hits are positive in the long run: balance 0, logit 0, mean weight ¼.
            for (i, (estimate, truth)) in
                [(group.balance, 0.0), (group.logit, 0.0), (group.mean_valence, 0.25)].iter().enumerate()
            {
                if let Some(interval) = estimate.interval {
                    printed[i] += 1;
                    covered[i] += u32::from(interval.contains(*truth));
                }
            }
            let mut turned = articles.clone();
            turned.reverse();
            assert_eq!(of_group(&turned, &options), group);
        }
        for (covered, printed) in covered.iter().zip(printed) {
            let share = f64::from(*covered) / f64::from(printed);
            let chance = 3.0 * (0.92 * 0.08 / f64::from(printed)).sqrt();
            assert!(share >= 0.92 - chance, "{n} articles: covered {share}");
        }
    }
    let none = of_group(&[Valence { words: 300, ..Valence::default() }; 5], &options);
    assert_eq!(none.mean_valence.value.why(), Some(Why::NoHits));
    assert_eq!(none.balance.value.why(), Some(Why::NoHits));
    assert_eq!(none.valence_per_word.value.value(), Some(0.0));
    let one = of_group(&[Valence { sum: 1500, hits: 1, positive: 1, negative: 0, words: 300 }], &options);
    assert_eq!(one.balance.note, Some(Note::NoInterval(Why::OneArticle)));
}

#[test]
fn the_overall_test_keeps_its_level_and_finds_a_difference() {
    let options = Options { permutations: 999, ..Options::default() };
    let (mut significant, mut printed) = (0, 0);
    let groups: Vec<String> = ["a", "b", "c", "d"].map(String::from).to_vec();
    let frames: Vec<String> = (0..40).map(|f| format!("f{f}")).collect();
    let sizes = [3, 8, 20, 30];
    let group_of: Vec<u32> = sizes.iter().zip(0..).flat_map(|(&n, g)| std::iter::repeat_n(g, n)).collect();
    for batch in 0..20 {
        let mut stream = Stream::named(9, &["overall", &batch.to_string()]);
        let world = World { rate: 2.0, shape: Some(0.5), words: 600, uneven: true };
        let words: Vec<u32> = world.articles(61, &mut stream).iter().map(|u| u.words).collect();
        let even = |words, rate| World { words, uneven: false, rate, ..world };
        let hits = |strong: f64, stream: &mut Stream| -> Vec<u32> {
            let of = |(&words, &group): (&u32, &u32), stream: &mut Stream| {
                let rate = if group == 2 { strong } else { 2.0 };
                even(words, rate).articles(40, stream).iter().map(|u| u.hits).collect::<Vec<u32>>()
            };
            words.iter().zip(&group_of).flat_map(|article| of(article, stream)).collect()
        };
        let null = hits(2.0, &mut stream);
        let counts = |hits| Counts { frames: &frames, groups: &groups, group_of: &group_of, words: &words, hits };
        for test in overall(&counts(&null), &options) {
            printed += u32::from(test.p.value().is_some());
            significant += u32::from(test.p.value().is_some_and(|p| p <= 0.05));
        }
        if batch == 0 {
            let strong = hits(30.0, &mut stream);
            let found = overall(&counts(&strong), &options);
            assert!(found.iter().filter(|test| test.p.value().is_some_and(|p| p < 0.02)).count() > 35);
        }
    }
    let share = f64::from(significant) / f64::from(printed);
    assert!((0.03..=0.07).contains(&share), "overall test significant in {share} of {printed}");
}

#[test]
fn pairs_share_one_family() {
    let groups: Vec<String> = ["a", "b", "c"].map(String::from).to_vec();
    let frames = ["f".to_string()];
    let mut stream = Stream::named(10, &["pairs"]);
    let units = World { rate: 4.0, shape: None, words: 500, uneven: true }.articles(45, &mut stream);
    let group_of: Vec<u32> = (0..45).map(|i| i / 15).collect();
    let words: Vec<u32> = units.iter().map(|u| u.words).collect();
    let hits: Vec<u32> = units.iter().map(|u| u.hits).collect();
    let counts = Counts { frames: &frames, groups: &groups, group_of: &group_of, words: &words, hits: &hits };
    let table = pairwise(&counts, &Options::default());
    assert_eq!(table.iter().map(|row| (row.0, row.1)).collect::<Vec<_>>(), [(0, 1), (0, 2), (1, 2)]);
    assert!(table.iter().all(|(_, _, row)| row.family == 3 && row.p_holm.value() >= row.p.value()));
}

#[test]
fn every_measure_is_explained_once() {
    let mut names: Vec<&str> = MEASURES.iter().map(|measure| measure.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), MEASURES.len());
    for measure in MEASURES {
        let lines = measure.to_string();
        assert_eq!(lines.lines().count(), 7, "{lines}");
        assert!(lines.lines().all(|line| line.len() > 3 && !line.ends_with(": ")), "{lines}");
        assert!(["estimate", "test", "effect", "descriptive"].contains(&measure.label), "{}", measure.name);
        assert_eq!(measure_named(measure.name), Some(measure));
        assert_eq!(measure.name, measure.name.to_lowercase());
    }
    assert_eq!(measure_named(" Log_Dice").map(|m| m.name), Some("log-dice"));
    assert_eq!(measure_named("g3"), None);
    for token_level in ["g2", "g2-2cell", "chi2", "bic", "ell", "fighting-words"] {
        assert_eq!(measure_named(token_level).map(|m| m.label), Some("descriptive"));
    }
}
