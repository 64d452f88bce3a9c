//! Inside stories: the three parts of a difference, and the ratio of those who tell the same.

use framescope::statistics::matched::{Row, matched};
use framescope::statistics::seed::Stream;
use framescope::statistics::story_split::{Articles, SplitRow, split};
use framescope::statistics::{Hits, Options};

/// What makes group 0 differ.
#[derive(Clone, Copy, PartialEq)]
enum Cause {
    /// It covers stories that have more of the frame.
    Selection,
    /// It has twice as much in every story.
    Telling,
}

#[derive(Default)]
struct Corpus {
    story: Vec<Option<u32>>,
    group_of: Vec<u32>,
    words: Vec<u32>,
    hits: Vec<u32>,
}

fn poisson(mean: f64, stream: &mut Stream) -> u32 {
    let (limit, mut product, mut n) = ((-mean).exp(), stream.uniform(), 0);
    while product > limit {
        product *= stream.uniform();
        n += 1;
    }
    n
}

impl Corpus {
    fn add(&mut self, story: Option<u32>, group: u32, rate: f64, stream: &mut Stream) {
        let words = 300 + stream.below(600);
        let burst = (0.4 * stream.normal()).exp();
        self.story.push(story);
        self.group_of.push(group);
        self.words.push(words);
        self.hits.push(poisson(rate * burst * f64::from(words) / 1000.0, stream));
    }

    /// Three groups, seventy stories, and articles that are in none.
    fn draw(cause: Cause, seed: u64) -> Corpus {
        let mut stream = Stream::numbered(seed, &["corpus"], 0);
        let mut corpus = Corpus::default();
        for story in 0..70 {
            let level = 4.0 * (0.8 * stream.normal()).exp();
            for group in 0..3 {
                let often = match (cause, group) {
                    (Cause::Selection, 0) => {
                        if level > 4.0 {
                            0.9
                        } else {
                            0.3
                        }
                    }
                    _ => 0.6,
                };
                let told = if cause == Cause::Telling && group == 0 { 2.0 } else { 1.0 };
                if stream.uniform() < often {
                    for _ in 0..=stream.below(2) {
                        corpus.add(Some(story), group, level * told, &mut stream);
                    }
                }
            }
        }
        for single in 0..60 {
            corpus.add(None, single % 3, 4.0, &mut stream);
        }
        corpus
    }

    fn split(&self, seed: u64) -> Vec<SplitRow> {
        let articles = Articles {
            story: &self.story,
            group_of: &self.group_of,
            groups: 3,
            words: &self.words,
            hits: &Hits::dense(&self.hits, 1),
        };
        split(articles, &Options { seed, resamples: 199, ..Options::default() }, None)
    }

    fn rows(&self, group: u32) -> Vec<Row> {
        let row = |i: usize| Row {
            story: self.story[i].unwrap(),
            inside: self.group_of[i] == group,
            top: self.hits[i],
            bottom: self.words[i],
        };
        (0..self.story.len()).filter(|&i| self.story[i].is_some()).map(row).collect()
    }
}

#[test]
fn parts_add_up_to_the_difference() {
    for seed in 0..5 {
        let corpus = Corpus::draw(Cause::Selection, seed);
        let rows = corpus.split(seed);
        assert_eq!(rows.len(), 3);
        for row in rows {
            let parts: f64 = row.parts.iter().map(|part| part.value.value().unwrap()).sum();
            assert!((parts - (row.rates[0] - row.rates[1])).abs() < 1e-9, "{row:?}");
        }
    }
}

/// Share of the corpora in which the interval of a part holds zero.
fn holds_zero(cause: Cause, part: usize) -> f64 {
    const CORPORA: u64 = 200;
    let holds = |seed: &u64| {
        let row = Corpus::draw(cause, *seed).split(*seed)[0];
        row.parts[part].interval.unwrap().contains(0.0)
    };
    (0..CORPORA).filter(holds).count() as f64 / CORPORA as f64
}

/// The mean of a part, and of the difference, over many corpora.
fn means(cause: Cause, part: usize) -> (f64, f64) {
    const CORPORA: u64 = 60;
    let rows: Vec<SplitRow> = (0..CORPORA).map(|seed| Corpus::draw(cause, seed).split(seed)[0]).collect();
    let mean = |of: &dyn Fn(&SplitRow) -> f64| rows.iter().map(of).sum::<f64>() / CORPORA as f64;
    (mean(&|row| row.parts[part].value.value().unwrap()), mean(&|row| row.rates[0] - row.rates[1]))
}

#[test]
fn who_only_selects_is_not_said_to_tell_otherwise() {
    let telling = holds_zero(Cause::Selection, 1);
    assert!(telling >= 0.93, "telling holds 0 in {telling}");
    let (telling, difference) = means(Cause::Selection, 1);
    assert!(difference > 0.5 && telling.abs() < 0.1 * difference, "telling {telling} of {difference}");
}

#[test]
fn who_only_tells_otherwise_is_not_said_to_select() {
    let (selection, telling) = (holds_zero(Cause::Telling, 0), holds_zero(Cause::Telling, 1));
    assert!(selection >= 0.93, "selection holds 0 in {selection}");
    assert!(telling < 0.25, "telling is seen: {telling}");
    let (selection, difference) = means(Cause::Telling, 0);
    assert!(difference > 0.5 && selection.abs() < 0.1 * difference, "selection {selection} of {difference}");
}

#[test]
fn a_test_inside_stories_keeps_its_level_and_finds_what_is_there() {
    const CORPORA: u64 = 300;
    let options = |seed| Options { seed, permutations: 199, ..Options::default() };
    let test = |cause: Cause, seed: u64| matched(&Corpus::draw(cause, seed).rows(0), &["a"], 1, &options(seed));
    let share = |is: &dyn Fn(u64) -> bool| (0..CORPORA).filter(|&seed| is(seed)).count() as f64 / CORPORA as f64;
    let level = share(&|seed| test(Cause::Selection, seed).p.value().unwrap() <= 0.05);
    assert!((0.02..=0.08).contains(&level), "p below .05 in {level}");
    let covered = share(&|seed| test(Cause::Selection, seed).log2_ratio.interval.unwrap().contains(0.0));
    assert!(covered >= 0.93, "the interval holds 0 in {covered}");
    let found = share(&|seed| test(Cause::Telling, seed).p.value().unwrap() <= 0.05);
    assert!(found > 0.9, "found in {found}");
    let right = share(&|seed| test(Cause::Telling, seed).log2_ratio.interval.unwrap().contains(1.0));
    assert!(right >= 0.93, "the interval holds 1 doubling in {right}");
}

#[test]
fn order_never_matters_and_few_stories_say_nothing() {
    let corpus = Corpus::draw(Cause::Telling, 7);
    let mut rows = corpus.rows(0);
    let expected = matched(&rows, &["a"], 1, &Options::default());
    rows.reverse();
    assert_eq!(matched(&rows, &["a"], 1, &Options::default()), expected);
    rows.retain(|row| row.story < 4);
    let few = matched(&rows, &["a"], 1, &Options::default());
    assert!(few.p.value().is_none() && few.log2_ratio.interval.is_none(), "{few:?}");
    assert_eq!(few.p.why().unwrap().phrase(), "too few stories");
}
