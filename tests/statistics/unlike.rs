//! Sides that are unlike: golden values, and the laws of the test and of its intervals.

use super::close;
use super::simulate::World;
use framescope::statistics::log_ratio::between;
use framescope::statistics::null_draws::{DRAWN, STUDENT, Sample, inverse, is_large, p_value, share_of_draws};
use framescope::statistics::rate::{none_bound, rate};
use framescope::statistics::seed::{SplitMix, Stream};
use framescope::statistics::side::Contrast;
use framescope::statistics::special::t_two_sided;
use framescope::statistics::{
    Clusters, ComparisonRow, Counts, FrameRow, Groups, Interval, Note, Options, Unit, Why, comparisons, pair,
};

fn units(hits: &[u32], words: &[u32]) -> Vec<Unit> {
    hits.iter().zip(words).map(|(&hits, &words)| Unit { hits, words }).collect()
}

/// Two sides, and what plain Python and numba made of them.
struct Golden {
    sides: [Vec<Unit>; 2],
    theta: f64,
    variance: [f64; 2],
    kappa: [f64; 2],
    df: f64,
    t: f64,
    student: f64,
    /// 999 draws from SplitMix64 of seed 1.
    drawn: f64,
    /// Two million draws.
    limit: f64,
}

fn golden() -> Vec<Golden> {
    let same = |hits: &[u32], words: u32| units(hits, &vec![words; hits.len()]);
    let g6 = [
        units(&[2, 0, 0, 5, 1, 0, 0, 0, 9, 1, 0, 3], &[420, 180, 950, 1500, 610, 330, 240, 770, 1900, 520, 300, 880]),
        units(
            &[1, 1, 0, 1, 2, 0, 1, 0, 1, 1, 0, 1, 0, 2, 1],
            &[400, 650, 700, 300, 820, 560, 610, 480, 900, 720, 350, 640, 530, 770, 600],
        ),
    ];
    let g3 = [
        units(&[1, 0, 2, 0, 3], &[250, 300, 350, 300, 280]),
        units(&[1, 0, 2, 1, 4, 0], &[1000, 1400, 1200, 900, 1600, 1100]),
    ];
    let g4 = [same(&[0; 8], 400), units(&[3, 0, 1, 2, 0, 6, 1, 0, 2], &[700, 500, 650, 800, 400, 900, 600, 550, 620])];
    let of = |sides, numbers: [f64; 10]| {
        let [theta, va, vb, ka, kb, df, t, student, drawn, limit] = numbers;
        Golden { sides, theta, variance: [va, vb], kappa: [ka, kb], df, t, student, drawn, limit }
    };
    vec![
        of(
            [same(&[9, 8, 9, 7, 8], 500), same(&[0, 1, 0, 2, 1], 500)],
            [2.221616, 0.012048, 0.208955, 0.0, 0.0, 3.644587, 4.725737, 0.011434, 0.0050, 0.00263],
        ),
        of(
            [same(&[0, 0, 7, 1, 0, 4], 600), same(&[1, 0, 2, 1, 1, 0, 1], 600)],
            [0.808077, 0.476145, 0.085653, 2.376873, 0.0, 4.505404, 1.078109, 0.335291, 0.3060, 0.2990],
        ),
        of(g3, [1.313775, 0.253554, 0.188170, 0.492556, 0.407115, 6.569640, 1.976723, 0.091301, 0.0500, 0.0396]),
        of(g4, [-2.853169, 1.0, 0.108279, 10.0, 0.374888, 3.231711, -2.710210, 0.067447, 0.0500, 0.0434]),
        of(
            [same(&[6, 0, 0, 0, 0, 0], 600), same(&[1, 2, 0, 3, 1, 2, 1, 4], 600)],
            [-0.514664, 5.76, 0.066679, 10.0, 0.0, 2.288027, -0.213213, 0.848681, 0.7940, 0.8074],
        ),
        of(g6, [0.591114, 0.098856, 0.04, 0.419094, 0.0, 9.260354, 1.586312, 0.146182, 0.1010, 0.1101]),
    ]
}

#[test]
fn six_pairs_of_sides_agree_with_plain_python() {
    let near = |found: f64, expected: f64, what: &str| assert!((found - expected).abs() < 6e-7, "{what}: {found}");
    for (number, golden) in golden().iter().enumerate() {
        let [a, b] = [Sample::of(&golden.sides[0]), Sample::of(&golden.sides[1])];
        let what = format!("G{}", number + 1);
        let contrast = Contrast::of(&a.side, &b.side);
        near(contrast.theta, golden.theta, &what);
        near(a.side.variance, golden.variance[0], &what);
        near(b.side.variance, golden.variance[1], &what);
        near(a.side.burstiness_beside(Some(&b.side)), golden.kappa[0], &what);
        near(b.side.burstiness_beside(Some(&a.side)), golden.kappa[1], &what);
        near(contrast.df, golden.df, &what);
        near(contrast.t(), golden.t, &what);
        near(t_two_sided(contrast.t(), contrast.df), golden.student, &what);
        close(share_of_draws(&a, &b, SplitMix::new(1), 999), golden.drawn, 1e-9, &what);
        let many = share_of_draws(&a, &b, SplitMix::new(2), 40_000);
        let chance = 4.0 * (golden.limit * (1.0 - golden.limit) / 40_000.0).sqrt() + 0.0006;
        assert!((many - golden.limit).abs() < chance, "{what}: {many} of many draws");
    }
}

/// Sides of 32 units and more are drawn four units by one random number: the same as one by one.
#[test]
fn many_units_are_drawn_as_few_are() {
    let side = |n: u32, every: u32, most: u32| -> Vec<Unit> {
        (0..n)
            .map(|i| Unit { hits: if i % every == 0 { 1 + i % most } else { 0 }, words: 300 + 37 * (i % 29) })
            .collect()
    };
    let sides = [side(44, 4, 3), side(50, 3, 5)];
    let [a, b] = [Sample::of(&sides[0]), Sample::of(&sides[1])];
    let weights = [1.0 / a.side.variance, 1.0 / b.side.variance];
    let common = (a.side.log_rate * weights[0] + b.side.log_rate * weights[1]) / (weights[0] + weights[1]);
    let kappa = [a.side.burstiness_beside(Some(&b.side)), b.side.burstiness_beside(Some(&a.side))];
    let found = Contrast::of(&a.side, &b.side).z();
    let (mut stream, mut extreme) = (SplitMix::new(7), 0);
    const DRAWS: u32 = 6_000;
    for _ in 0..DRAWS {
        let drawn = [0, 1].map(|number| {
            let unit = |unit: &Unit| {
                let mean = common.exp() * f64::from(unit.words);
                Unit { hits: inverse(stream.uniform(), mean, kappa[number]), words: unit.words }
            };
            Sample::of(&sides[number].iter().map(unit).collect::<Vec<_>>())
        });
        extreme += u32::from(Contrast::of(&drawn[0].side, &drawn[1].side).z() >= found);
    }
    let (one_by_one, by_four) =
        (f64::from(extreme) / f64::from(DRAWS), share_of_draws(&a, &b, SplitMix::new(8), 60_000));
    assert!((0.02..0.98).contains(&one_by_one), "{one_by_one}");
    let chance = 4.0 * (one_by_one * (1.0 - one_by_one) / f64::from(DRAWS)).sqrt();
    assert!((one_by_one - by_four).abs() < chance, "{one_by_one} {by_four}");
}

#[test]
fn draws_are_those_of_the_reference() {
    let mut stream = SplitMix::new(1);
    for expected in [0.5665615752, 0.7457817573, 0.9710027536] {
        assert!((stream.uniform() - expected).abs() < 1e-10);
    }
    let hits = [0.1, 0.6, 0.62, 0.7, 0.9, 0.99].map(|u| inverse(u, 1.2, 1.0 / 0.3));
    assert_eq!(hits, [0, 0, 1, 1, 4, 12]);
}

#[test]
fn what_cannot_be_tested_says_why() {
    let why = |a: &[Unit], b: &[Unit]| p_value(&Sample::of(a), &Sample::of(b), 1, &Options::default()).p.why();
    let unit = |hits, words| Unit { hits, words };
    assert_eq!(why(&[unit(9, 300)], &[unit(1, 300); 30]), Some(Why::OneArticle));
    assert_eq!(why(&[unit(9, 300); 4], &[unit(1, 300)]), Some(Why::OneArticle));
    assert_eq!(why(&[unit(0, 300); 9], &[unit(0, 300); 9]), Some(Why::NoHits));
    assert_eq!(why(&[], &[unit(1, 300); 9]), Some(Why::NoArticles));
    assert_eq!(why(&[unit(1, 300); 9], &[]), Some(Why::NoRest));
    // An article without a word is no article.
    assert_eq!(why(&[unit(9, 300), unit(0, 0)], &[unit(1, 300); 30]), Some(Why::OneArticle));
    // All hits in one of many articles.
    let mut group = [unit(0, 500); 10];
    group[3].hits = 40;
    assert_eq!(why(&group, &[unit(0, 500); 10]), Some(Why::TooFewArticles));
}

#[test]
fn short_articles_without_a_hit_are_not_called_rare() {
    // nineteen articles of 458 words without a hit, against 300 of which a tenth have one or several
    let mut stream = Stream::named(9, &["no hits"]);
    let rest = World { rate: 0.3, shape: Some(0.3), words: 600, uneven: true }.articles(300, &mut stream);
    let test = p_value(&Sample::of(&[Unit { hits: 0, words: 458 }; 19]), &Sample::of(&rest), 1, &Options::default());
    assert!(test.p.value().is_none_or(|p| p > 0.1), "{test:?}");
}

/// Articles of groups with unlike lengths and burstiness.
struct Corpus {
    frames: Vec<String>,
    groups: Vec<String>,
    group_of: Vec<u32>,
    words: Vec<u32>,
    hits: Vec<u32>,
}

impl Corpus {
    fn new(sizes: &[usize], seed: u64) -> Corpus {
        let mut stream = Stream::named(seed, &["unlike corpus"]);
        let names = |prefix: &str, n: usize| (0..n).map(|i| format!("{prefix}{i}")).collect();
        let mut corpus = Corpus {
            frames: names("frame", 3),
            groups: names("outlet", sizes.len()),
            group_of: Vec::new(),
            words: Vec::new(),
            hits: Vec::new(),
        };
        for (group, &size) in sizes.iter().enumerate() {
            for _ in 0..size {
                let words = 200 + stream.below(300 * (1 + group as u32 % 3));
                corpus.group_of.push(group as u32);
                corpus.words.push(words);
                for frame in 0..3 {
                    let rate = 0.5 * (frame + 1) as f64;
                    let world = World { rate, shape: [None, Some(0.4)][group % 2], words, uneven: false };
                    corpus.hits.push(world.articles(1, &mut stream)[0].hits);
                }
            }
        }
        corpus
    }

    /// Every article so many times, and the number of the article that each is a copy of.
    fn times(&self, copies: usize) -> (Corpus, Vec<u32>) {
        let repeat = |values: &[u32]| values.iter().flat_map(|&x| std::iter::repeat_n(x, copies)).collect::<Vec<_>>();
        let hits = self.hits.chunks(3).flat_map(|row| row.repeat(copies)).collect();
        let numbers: Vec<u32> = (0..self.words.len() as u32).collect();
        let corpus = Corpus {
            frames: self.frames.clone(),
            groups: self.groups.clone(),
            group_of: repeat(&self.group_of),
            words: repeat(&self.words),
            hits,
        };
        (corpus, repeat(&numbers))
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

const SIZES: [usize; 6] = [3, 9, 14, 70, 25, 130];

#[test]
fn copies_of_every_article_move_no_p_and_no_interval() {
    let corpus = Corpus::new(&SIZES, 21);
    let options = Options::default();
    type Said = (Vec<(Option<Interval>, Option<Interval>)>, Vec<(ComparisonRow, Option<Interval>)>);
    let said = |rows: Vec<FrameRow>, compared: Vec<ComparisonRow>| -> Said {
        let rows = rows.iter().map(|row| (row.rate.interval, row.prevalence.interval)).collect();
        let compared = compared.iter().map(|row| {
            (ComparisonRow { articles: [0; 2], words: [0; 2], hits: [0; 2], ..*row }, row.smoothed_log_ratio.interval)
        });
        (rows, compared.collect())
    };
    let one = Groups::of(&corpus.counts(), &options);
    let one = (one.rows(), one.against_rest(None));
    for copies in [2, 8] {
        let (many, of) = corpus.times(copies);
        let counts = many.counts();
        let groups = Groups::of(&counts, &options).clustered(Some(Clusters { of: &of, are_copies: true }));
        let (rows, compared) = said(groups.rows(), groups.against_rest(None));
        let (own_rows, own_compared) = said(one.0.clone(), one.1.clone());
        assert_eq!(rows, own_rows);
        for ((row, interval), (own, own_interval)) in compared.iter().zip(&own_compared) {
            assert_eq!((row.p, row.q, row.p_holm, interval), (own.p, own.q, own.p_holm, own_interval), "{copies}");
        }
        // a design effect of as many copies, but for n/(n − 1)
        let effect = groups.rows()[12].cluster_effect.value().expect("a design effect");
        assert!((effect / copies as f64 - 1.0).abs() < 0.05, "{effect}");
    }
}

#[test]
fn clusters_of_one_article_are_articles() {
    let corpus = Corpus::new(&SIZES, 22);
    let options = Options::default();
    let of: Vec<u32> = (0..corpus.words.len() as u32).map(|i| (i * 7919) % 10_007).collect();
    let plain = comparisons(&corpus.counts(), None, &options);
    let counts = corpus.counts();
    for are_copies in [false, true] {
        let groups = Groups::of(&counts, &options).clustered(Some(Clusters { of: &of, are_copies }));
        assert_eq!(groups.against_rest(None), plain);
    }
}

#[test]
fn names_and_the_order_of_groups_and_sides_move_no_p() {
    let corpus = Corpus::new(&SIZES, 23);
    let options = Options::default();
    let n = SIZES.len() as u32;
    let turned = Corpus {
        groups: (0..n).map(|i| format!("another name {i}")).collect(),
        group_of: corpus.group_of.iter().map(|&group| n - 1 - group).collect(),
        frames: corpus.frames.iter().map(|name| format!("other {name}")).collect(),
        words: corpus.words.clone(),
        hits: corpus.hits.clone(),
    };
    let (one, other) = (comparisons(&corpus.counts(), None, &options), comparisons(&turned.counts(), None, &options));
    for row in one {
        let same = other.iter().find(|o| (o.group, o.frame) == (n as usize - 1 - row.group, row.frame)).expect("it");
        assert_eq!((row.p, row.q, row.smoothed_log_ratio), (same.p, same.q, same.smoothed_log_ratio));
    }
    for (there, back) in pair(&corpus.counts(), 1, 2, &options).iter().zip(pair(&corpus.counts(), 2, 1, &options)) {
        assert_eq!((there.p, there.q), (back.p, back.q));
    }
}

#[test]
fn the_order_of_articles_moves_no_p_and_no_interval() {
    let corpus = Corpus::new(&SIZES, 26);
    let options = Options::default();
    let n = corpus.words.len();
    // a permutation of the articles
    let order: Vec<usize> = (0..n).map(|i| (i * 101 + 7) % n).collect();
    assert!((0..n).all(|i| order.contains(&i)));
    let shuffled = Corpus {
        frames: corpus.frames.clone(),
        groups: corpus.groups.clone(),
        group_of: order.iter().map(|&i| corpus.group_of[i]).collect(),
        words: order.iter().map(|&i| corpus.words[i]).collect(),
        hits: order.iter().flat_map(|&i| corpus.hits[3 * i..3 * i + 3].to_vec()).collect(),
    };
    assert_eq!(comparisons(&corpus.counts(), None, &options), comparisons(&shuffled.counts(), None, &options));
    let rows = |corpus: &Corpus| Groups::of(&corpus.counts(), &options).rows();
    assert_eq!(rows(&corpus), rows(&shuffled));
    let overall = |corpus: &Corpus| Groups::of(&corpus.counts(), &options).overall(None);
    assert_eq!(overall(&corpus), overall(&shuffled));
}

#[test]
fn small_groups_are_pooled_and_not_tested_alone() {
    let corpus = Corpus::new(&SIZES, 24);
    let options = Options { min_articles: 10, ..Options::default() };
    let counts = corpus.counts();
    let groups = Groups::of(&counts, &options);
    let (rows, smaller) = groups.against_rest_pooled(None);
    let smaller = smaller.expect("two small groups");
    assert_eq!(smaller.groups, [0, 1]);
    for row in &rows {
        let is_small = row.group < 2;
        assert_eq!(row.p.why() == Some(Why::SmallGroup), is_small, "{row:?}");
        // what is shown is shown of all
        assert!(row.smoothed_log_ratio.value.value().is_some() || row.hits == [0, 0]);
    }
    let tested = rows.iter().chain(&smaller.rows).filter(|row| row.p.value().is_some()).count();
    assert!(rows.iter().chain(&smaller.rows).filter(|row| row.p.value().is_some()).all(|row| row.family == tested));
    assert_eq!((smaller.rows[0].articles, smaller.rows[0].group), ([12, 239], 6));
}

#[test]
fn more_tests_have_more_draws_where_p_is_small() {
    let a = [8, 9, 7, 9, 8, 8, 9, 7, 8, 9, 8, 8].map(|hits| Unit { hits, words: 500 });
    let b = [0, 1, 0, 0, 1, 1, 0, 0, 1, 0, 1, 1].map(|hits| Unit { hits, words: 500 });
    let p = |tests| p_value(&Sample::of(&a), &Sample::of(&b), tests, &Options::default());
    let (few, many) = (p(1), p(5_000));
    assert_eq!(few.method, DRAWN);
    assert!(many.p.value().is_some_and(|p| p < 0.05 / 5_000.0), "{many:?}");
    assert!(few.p.value().is_some_and(|p| p >= 0.00009));
}

#[test]
fn large_sides_have_student_s_p() {
    let mut stream = Stream::named(25, &["large"]);
    let world = |shape| World { rate: 2.0, shape, words: 600, uneven: true };
    let (a, b) = (world(Some(0.5)).articles(150, &mut stream), world(None).articles(90, &mut stream));
    let (a, b) = (Sample::of(&a), Sample::of(&b));
    assert!(is_large(&a.side) && is_large(&b.side));
    let test = p_value(&a, &b, 1, &Options::default());
    let contrast = Contrast::of(&a.side, &b.side);
    assert_eq!((test.method, test.p.value()), (STUDENT, Some(t_two_sided(contrast.t(), contrast.df))));
}

#[test]
fn the_bound_of_no_hits_is_the_rate_at_which_none_has_a_chance_of_one_in_twenty() {
    let words = [200.0, 200.0, 450.0, 600.0, 900.0, 1_500.0, 1_500.0];
    for kappa in [0.0, 0.5, 10.0] {
        let rate = none_bound(&words, kappa).exp();
        let none = |w: f64| if kappa == 0.0 { (-rate * w).exp() } else { (1.0 + kappa * rate * w).powf(-1.0 / kappa) };
        let chance: f64 = words.iter().map(|&w| none(w)).product();
        assert!((chance - 0.05).abs() < 1e-9, "{kappa}: {chance}");
    }
    // forty articles of 500 words: wider than three over the words
    let found = rate(&[Unit { hits: 0, words: 500 }; 40]).interval.and_then(|interval| interval.high()).expect("bound");
    close(found, 1000.0 * (0.05f64.powf(-10.0 / 40.0) - 1.0) / (10.0 * 500.0), 1e-9, "bound");
    // of two articles nothing can be said
    assert!(rate(&[Unit { hits: 0, words: 500 }; 2]).interval.is_none());
}

#[test]
fn intervals_that_say_nothing_are_withheld_and_those_left_cover() {
    let (mut withheld, mut given, mut covered) = (0u32, 0u32, 0u32);
    let factor = |interval: Interval| interval.low().zip(interval.high()).map_or(1.0, |(low, high)| high / low);
    for articles in [2, 3, 4, 6, 9] {
        for shape in [Some(0.3), None] {
            let mut stream = Stream::named(27, &["informative", &format!("{articles} {shape:?}")]);
            let world = World { rate: 8.0, shape, words: 600, uneven: true };
            for _ in 0..200 {
                let [a, b] = [world.articles(articles, &mut stream), world.articles(9, &mut stream)];
                let found = rate(&a);
                let ratio = between(&Sample::of(&a), &Sample::of(&b), [1, 1]);
                for estimate in [&found, &ratio] {
                    assert_eq!(estimate.interval.is_none(), matches!(estimate.note, Some(Note::NoInterval(_))));
                }
                assert!(ratio.interval.is_none_or(|interval| {
                    let reach = interval.low().zip(interval.high()).map_or(0.0, |(low, high)| high - low);
                    reach <= 2.0 * f64::log2(100.0) + 1e-9
                }));
                match found.interval {
                    None => {
                        withheld += 1;
                        assert_eq!(found.note, Some(Note::NoInterval(Why::TooFewArticles)));
                    }
                    Some(interval) => {
                        given += 1;
                        covered += u32::from(interval.contains(8.0));
                        assert!(interval.high().is_some_and(|high| high <= 1000.0), "{interval:?}");
                        assert!(factor(interval) <= 10_000.0 * (1.0 + 1e-9), "{interval:?}");
                    }
                }
            }
        }
    }
    assert!(withheld > 200 && given > 1000, "{withheld} withheld, {given} given");
    assert!(f64::from(covered) / f64::from(given) >= 0.93, "{covered} of {given}");
}

#[test]
fn a_mention_may_have_several_hits_but_a_word_has_one() {
    let (frames, groups) = (["coup".to_string()], ["Atlas".to_string()]);
    let (group_of, words) = ([0; 12], [2; 12]);
    let hits = [3, 2, 2, 3, 1, 2, 3, 2, 2, 3, 2, 2];
    let counts = Counts { frames: &frames, groups: &groups, group_of: &group_of, words: &words, hits: &hits };
    let of = |of_mentions| Groups::of(&counts, &Options { of_mentions, ..Options::default() }).rows()[0].rate.clone();
    assert!(of(true).interval.is_some_and(|interval| interval.contains(1125.0)));
    assert_eq!(of(false).note, Some(Note::NoInterval(Why::TooFewArticles)));
}
