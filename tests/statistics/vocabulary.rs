//! Keyness of many words at once: as the test of one frame, and the laws.

use super::simulate::World;
use framescope::statistics::keyness::Direction;
use framescope::statistics::keyness::words::{Postings, Side, WordRow, of_words};
use framescope::statistics::permutation::{Pool, SAMPLED, WELCH};
use framescope::statistics::seed::Stream;
use framescope::statistics::{Options, Unit, Why};

struct Texts {
    words: Vec<u32>,
    side: Vec<Side>,
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
        let side = (0..n).map(|i| if i < focus { Side::Focus } else { Side::Reference }).collect();
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
        of_words(&self.words, &self.side, &postings, "outlets", options)
    }
}

#[test]
fn a_word_is_tested_as_a_frame_is() {
    let options = Options::default();
    let mut compared = 0;
    for (focus, reference) in [(15, 40), (60, 30), (250, 300)] {
        let texts = Texts::new(focus, reference, 40, 1);
        let rows = texts.rows(&options);
        for (row, (articles, counts)) in rows.iter().zip(&texts.vocabulary) {
            let mut units: Vec<Unit> = texts.words.iter().map(|&words| Unit { hits: 0, words }).collect();
            articles.iter().zip(counts).for_each(|(&article, &hits)| units[article as usize].hits = hits);
            let hits: Vec<u32> = units.iter().map(|unit| unit.hits).collect();
            let pool = Pool::new(&texts.words, &hits, 1, None, |_| true);
            let frame = pool.test(|article| article < focus, &["a"], &options)[0];
            assert_eq!(row.table.a + row.table.b, hits.iter().map(|&h| u64::from(h)).sum::<u64>());
            if frame.method == WELCH {
                assert_eq!((row.p, row.p_method), (frame.p, WELCH));
            } else if let (SAMPLED, Some(found), Some(expected)) = (row.p_method, row.p.value(), frame.p.value()) {
                let error = (expected * (1.0 - expected) / 999.0).sqrt() + 1e-3;
                assert!((found - expected).abs() < 5.0 * error, "{found} {expected} {}", frame.method);
                compared += 1;
            }
        }
    }
    assert!(compared > 15, "{compared}");
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
    for (focus, reference) in [(30, 50), (230, 260)] {
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
        let swap = |side: &Side| if *side == Side::Focus { Side::Reference } else { Side::Focus };
        let swapped = Texts { side: texts.side.iter().map(swap).collect(), ..texts };
        for (row, other) in rows.iter().zip(swapped.rows(&options)) {
            assert_eq!((row.p, row.q, row.g_squared), (other.p, other.q, other.g_squared));
            assert_eq!(row.log_ratio.value().map(|x| 0.0 - x), other.log_ratio.value());
        }
    }
}

#[test]
fn a_word_of_one_article_has_no_p() {
    let mut texts = Texts::new(12, 12, 1, 4);
    texts.vocabulary = vec![(vec![3], vec![40]), (vec![], vec![])];
    texts.words = vec![500; 24];
    let rows = texts.rows(&Options::default());
    assert_eq!(rows[0].p.why(), Some(Why::TooFewArticles));
    assert_eq!(rows[1].p.why(), Some(Why::NoHits));
    assert!(rows[0].g_squared.value().is_some_and(|g2| g2 > 30.0), "which G² alone calls significant");
    texts.side[1..12].fill(Side::Neither);
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
    let side = (0..words.len()).map(|i| if i < focus { Side::Focus } else { Side::Reference }).collect();
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
    let g2 = rows.iter().filter(|row| row.g_squared.value().is_some_and(|g2| g2 > 3.84)).count();
    assert!(g2 > significant, "G² calls {g2}, articles {significant}");
}
