//! Keyness of many words at once: as the test of one frame, and the laws.

use super::simulate::World;
use framescope::statistics::keyness::Direction;
use framescope::statistics::keyness::g_squared::g_squared;
use framescope::statistics::keyness::vocabulary::{Postings, Vocabulary};
use framescope::statistics::keyness::words::{WordRow, compare};
use framescope::statistics::permutation::{Pool, SAMPLED, WELCH};
use framescope::statistics::seed::Stream;
use framescope::statistics::{Options, Why};
use framescope::statistics::{carriers, moments};
use std::collections::BTreeSet;

/// The focus group is 0, the reference 1.
const NEITHER: u32 = 2;

struct Texts {
    words: Vec<u32>,
    side: Vec<u32>,
    /// Per word, articles and counts.
    vocabulary: Vec<(Vec<u32>, Vec<u32>)>,
}

impl Texts {
    /// Words of falling frequency; the focus group uses every tenth three times as often.
    fn new(focus: usize, reference: usize, vocabulary: usize, seed: u64) -> Texts {
        let mut stream = Stream::named(seed, &["texts"]);
        let n = focus + reference;
        let world = |rate, words| World { rate, shape: Some(0.7), words, uneven: false };
        let lengths = World { rate: 1.0, shape: None, words: 500, uneven: true }.articles(n, &mut stream);
        let words: Vec<u32> = lengths.iter().map(|unit| unit.words).collect();
        let side = (0..n).map(|i| u32::from(i >= focus)).collect();
        let vocabulary = (0..vocabulary)
            .map(|w| {
                let rate = 8.0 / (1.0 + w as f64);
                let mut postings = (Vec::new(), Vec::new());
                for (i, &length) in words.iter().enumerate() {
                    let rate = if i < focus && w % 10 == 3 { 3.0 * rate } else { rate };
                    let hits = world(rate, length).articles(1, &mut stream)[0].hits;
                    if hits > 0 {
                        postings.0.push(i as u32);
                        postings.1.push(hits);
                    }
                }
                postings
            })
            .collect();
        Texts { words, side, vocabulary }
    }

    fn rows(&self, options: &Options) -> Vec<WordRow> {
        let postings: Vec<Postings<'_>> =
            self.vocabulary.iter().map(|(articles, counts)| Postings { articles, counts }).collect();
        let vocabulary = Vocabulary::of(&self.words, &self.side, 2, &postings);
        let rows = compare(&vocabulary, 0, None, options);
        assert_eq!(rows, compare(&vocabulary, 0, Some(1), options), "the rest of two groups is the other");
        rows
    }
}

#[test]
fn a_word_is_tested_as_a_frame_is() {
    let options = Options::default();
    let mut same = 0;
    for (focus, reference) in [(15, 40), (30, 60), (250, 300)] {
        let texts = Texts::new(focus, reference, 40, 1);
        let rows = texts.rows(&options);
        for (row, (articles, counts)) in rows.iter().zip(&texts.vocabulary) {
            let mut hits = vec![0; texts.words.len()];
            articles.iter().zip(counts).for_each(|(&article, &found)| hits[article as usize] = found);
            let pool = Pool::new(&texts.words, &hits, 1, None, |_| true);
            let frame = pool.test(|article| article < focus, &options)[0];
            assert_eq!(row.table.a + row.table.b, hits.iter().map(|&h| u64::from(h)).sum::<u64>());
            if [WELCH, SAMPLED].contains(&row.p_method) {
                assert_eq!((row.p, row.p_method), (frame.p, frame.method));
                same += 1;
            }
        }
    }
    assert!(same > 25, "{same}");
}

#[test]
fn moments_tell_what_dealing_all_articles_anew_gives() {
    // Articles of one length: dealing articles and dealing by words are then one.
    let mut stream = Stream::named(7, &["moments"]);
    const DEALINGS: u32 = 20_000;
    let mut compared = 0;
    for (focus, n, shape, rate) in
        [(40, 400, Some(0.3), 2.0), (40, 400, None, 1.0), (150, 400, Some(1.0), 20.0), (20, 900, None, 3.0)]
    {
        let world = World { rate, shape, words: 600, uneven: false };
        for round in 0..6 {
            let mut hits: Vec<u32> = world.articles(n, &mut stream).iter().map(|unit| unit.hits).collect();
            // from no difference to a clear one
            hits[..focus].iter_mut().for_each(|hits| *hits += u32::from(stream.below(30) < 2 * round));
            let words = vec![600; n];
            let found: u32 = hits[..focus].iter().sum();
            let expected = f64::from(hits.iter().sum::<u32>()) * focus as f64 / n as f64;
            let away = |found: u32| (f64::from(found) - expected).abs() - 1e-9;
            let mut dealt = 0.0;
            let mut all = hits.clone();
            for _ in 0..DEALINGS {
                (0..focus).for_each(|i| all.swap(i, i + stream.below((n - i) as u32) as usize));
                let sum: u32 = all[..focus].iter().sum();
                // a dealing that ties counts half
                dealt += if away(sum) > away(found) + 1e-6 {
                    1.0
                } else {
                    0.5 * f64::from(u8::from(away(sum) + 2e-9 > away(found)))
                };
            }
            dealt /= f64::from(DEALINGS);
            let (mut lengths, mut powers) = (moments::Lengths::default(), moments::PowerSums::default());
            words.iter().for_each(|&words| lengths.add(words));
            hits.iter().filter(|hits| **hits > 0).for_each(|&hits| powers.add(hits, 600));
            let with = hits.iter().filter(|hits| **hits > 0).count() as u32;
            let size = 600 * focus as u64;
            let test = moments::moments(found.into(), with, &lengths, &powers, size, u128::from(size) * 600)
                .expect("moments tell");
            let p = test.p.value().expect("a p");
            let error = 4.0 * (dealt * (1.0 - dealt) / f64::from(DEALINGS)).sqrt() + 0.12 * dealt + 2e-4;
            assert!((p - dealt).abs() < error, "{focus} of {n}, {shape:?}, {rate}: {p} {dealt}");
            compared += usize::from(dealt < 0.2);
        }
    }
    assert!(compared > 5, "{compared}");
}

/// Of words that chance alone made: tests printed, and those at or below 5 %, 1 % and .1 %.
fn level(focus: usize, n: usize, shape: Option<f64>, rate: f64, stretched: f64) -> [f64; 4] {
    let (divisions, words_of_each) = (14, 60);
    let mut stream = Stream::named(11, &["level", &format!("{focus} {n} {shape:?} {rate} {stretched}")]);
    let mut counts = [0.0; 4];
    for _ in 0..divisions {
        let lengths = World { rate: 1.0, shape: None, words: 600, uneven: true }.articles(n, &mut stream);
        let mut words: Vec<u32> = lengths.iter().map(|unit| unit.words).collect();
        words[..focus].iter_mut().for_each(|words| *words = (f64::from(*words) * stretched) as u32);
        let side = (0..n).map(|i| u32::from(i >= focus)).collect();
        let vocabulary = (0..words_of_each).map(|_| {
            let hits =
                words.iter().map(|&words| World { rate, shape, words, uneven: false }.articles(1, &mut stream)[0].hits);
            (0..).zip(hits).filter(|(_, hits)| *hits > 0).unzip()
        });
        let vocabulary = vocabulary.collect();
        for row in (Texts { words, side, vocabulary }).rows(&Options::default()) {
            let Some(p) = row.p.value() else { continue };
            assert!(p > 0.0);
            for (count, level) in counts.iter_mut().zip([1.0, 0.05, 0.01, 0.001]) {
                *count += f64::from(u8::from(p <= level));
            }
        }
    }
    [counts[0], counts[1] / counts[0], counts[2] / counts[0], counts[3] / counts[0]]
}

#[test]
fn words_of_many_articles_keep_their_level_or_say_too_few() {
    let mut printed = 0.0;
    for (focus, n) in [(5, 400), (10, 400), (40, 400), (150, 400), (10, 1500), (40, 1500)] {
        for shape in [Some(0.3), Some(1.0), None] {
            for rate in [0.6, 3.0] {
                let [tests, five, one, tenth] = level(focus, n, shape, rate, 1.0);
                println!("{focus} of {n}, {shape:?}, {rate}: {tests} printed, {five:.4} {one:.4} {tenth:.4}");
                printed += tests;
                if tests > 300.0 {
                    // three standard errors; words of one division share the lengths of its articles
                    let chance = |p: f64| 3.0 * (p * (1.0 - p) / tests).sqrt();
                    assert!(five >= 0.035 - chance(0.035), "{focus} of {n}, {shape:?}, {rate}: {five}");
                    assert!(five <= 0.065 + chance(0.065), "{focus} of {n}, {shape:?}, {rate}: {five}");
                    assert!(one <= 0.015 + chance(0.015), "{focus} of {n}, {shape:?}, {rate}: {one}");
                    assert!(tenth <= 0.003 + chance(0.003), "{focus} of {n}, {shape:?}, {rate}: {tenth}");
                }
            }
        }
    }
    assert!(printed > 18_000.0, "{printed}");
}

#[test]
fn groups_of_shorter_or_longer_articles_are_not_called_different_for_that() {
    for stretched in [0.5, 2.0] {
        for shape in [Some(0.3), Some(1.0), None] {
            for rate in [2.0, 20.0] {
                let [tests, five, ..] = level(40, 600, shape, rate, stretched);
                println!("{stretched}, {shape:?}, {rate}: {tests} printed, {five:.4}");
                let chance = 3.0 * (0.05 * 0.95 / tests).sqrt();
                assert!(five >= 0.03 - chance && five <= 0.07 + chance, "{stretched}, {shape:?}, {rate}: {five}");
            }
        }
    }
}

#[test]
fn overused_words_are_found_and_named() {
    let rows = Texts::new(120, 160, 60, 2).rows(&Options::default());
    let found = |w: usize| rows[w].q.value().is_some_and(|q| q < 0.05) && rows[w].direction == Direction::Focus;
    assert!(
        [3, 13, 23].iter().all(|&w| found(w)),
        "overused words have a small q: {:?}",
        [3, 13, 23].map(|w| (rows[w].p, rows[w].q))
    );
    let false_finds = (0..60).filter(|w| w % 10 != 3 && rows[*w].q.value().is_some_and(|q| q < 0.05)).count();
    assert!(false_finds <= 2, "{false_finds} of 54 other words");
    let words = Direction::Focus.in_words("Daily Meridian", "the rest");
    assert_eq!(words, "more in Daily Meridian");
    assert!(rows.iter().all(|row| row.family == rows[0].family));
}

#[test]
fn order_of_articles_and_of_words_moves_no_bit_and_swapping_flips() {
    let options = Options::default();
    let mut methods = BTreeSet::new();
    for (focus, reference) in [(30, 50), (80, 150), (150, 80), (230, 260)] {
        let texts = Texts::new(focus, reference, 30, 3);
        let rows = texts.rows(&options);
        let n = texts.words.len();
        let mut order: Vec<usize> = (0..n).collect();
        let mut stream = Stream::named(1, &["shuffle"]);
        (1..n).rev().for_each(|i| order.swap(i, stream.below(i as u32 + 1) as usize));
        let mut place = vec![0u32; n];
        order.iter().enumerate().for_each(|(new, &old)| place[old] = new as u32);
        let vocabulary: Vec<(Vec<u32>, Vec<u32>)> = texts
            .vocabulary
            .iter()
            .rev()
            .map(|(articles, counts)| (articles.iter().map(|&a| place[a as usize]).collect(), counts.clone()))
            .collect();
        let shuffled = Texts {
            words: order.iter().map(|&i| texts.words[i]).collect(),
            side: order.iter().map(|&i| texts.side[i]).collect(),
            vocabulary,
        };
        let mut turned = shuffled.rows(&options);
        turned.reverse();
        assert_eq!(turned, rows);
        let swapped = Texts { side: texts.side.iter().map(|side| 1 - side).collect(), ..texts };
        for (row, other) in rows.iter().zip(swapped.rows(&options)) {
            assert_eq!((row.p, row.q, row.p_method), (other.p, other.q, other.p_method));
            assert_eq!(row.table, other.table.swapped());
            methods.insert(row.p_method);
        }
    }
    assert!(
        [SAMPLED, WELCH, moments::METHOD, carriers::METHOD].iter().all(|method| methods.contains(method)),
        "{methods:?}"
    );
}

#[test]
fn a_word_of_one_article_has_no_p() {
    let mut texts = Texts::new(12, 12, 1, 4);
    texts.vocabulary = vec![(vec![3], vec![40]), (vec![], vec![])];
    texts.words = vec![500; 24];
    let rows = texts.rows(&Options::default());
    assert_eq!(rows[0].p.why(), Some(Why::TooFewArticles));
    assert_eq!(rows[1].p.why(), Some(Why::NoHits));
    assert!(g_squared(rows[0].table).value().is_some_and(|g2| g2 > 30.0), "which G² alone calls significant");
    texts.side[1..12].fill(NEITHER);
    assert_eq!(texts.rows(&Options::default())[0].p.why(), Some(Why::OneArticle));
}

#[test]
fn rare_words_keep_their_level_though_all_are_tested_against_the_same_articles() {
    // One division into groups, one of them of longer articles; thousands of rare words, each bursty, none of them keyed.
    let mut stream = Stream::named(5, &["rare"]);
    let (focus, reference) = (400, 1600);
    let lengths =
        |words, n, stream: &mut Stream| World { rate: 1.0, shape: None, words, uneven: true }.articles(n, stream);
    let units = [lengths(900, focus, &mut stream), lengths(450, reference, &mut stream)].concat();
    let words: Vec<u32> = units.iter().map(|unit| unit.words).collect();
    let side = (0..words.len()).map(|i| u32::from(i >= focus)).collect();
    let vocabulary = (0..3000)
        .map(|_| {
            let mut postings = (Vec::new(), Vec::new());
            for (i, &words) in words.iter().enumerate() {
                let world = World { rate: 0.02, shape: Some(0.3), words, uneven: false };
                let hits = world.articles(1, &mut stream)[0].hits;
                if hits > 0 {
                    postings.0.push(i as u32);
                    postings.1.push(hits);
                }
            }
            postings
        })
        .collect();
    let rows = Texts { words, side, vocabulary }.rows(&Options::default());
    let printed = rows.iter().filter(|row| row.p.value().is_some()).count();
    let significant = rows.iter().filter(|row| row.p.value().is_some_and(|p| p <= 0.05)).count();
    let share = significant as f64 / printed as f64;
    assert!(printed > 2500, "{printed} of 3000 printed");
    assert!((0.03..=0.065).contains(&share), "{share} of {printed} significant");
    let g2 = rows.iter().filter(|row| g_squared(row.table).value().is_some_and(|g2| g2 > 3.84)).count();
    assert!(g2 > significant, "G² calls {g2}, articles {significant}");
}
