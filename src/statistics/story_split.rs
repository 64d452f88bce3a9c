//! Why a group's rate differs from that of the others: other stories, or the same ones told otherwise.
//!
//! In: articles with story, group, words and hits. Out: [`SplitRow`]s: the difference of two rates in three parts, with intervals.
//! Invariant: the parts add up to the difference. Intervals are by a bootstrap in which stories are drawn whole; an article in no story is
//! drawn by itself.
//! It deliberately does not say why an outlet covers what it covers.

use super::Options;
use super::measure::measure;
use super::measured::{Estimate, Interval, LEVEL, Measured, Why};
use super::seed::Stream;
use super::special::t_quantile;
use rayon::prelude::*;
use std::collections::BTreeMap;

measure! {
    SPLIT, "estimate", "story-split";
    what: "The difference between a group's rate and that of all others, in three parts: selection (it gives other weight to the stories that both cover), telling (it tells these otherwise), and what each covers alone.";
    formula: "telling = Σ ½(p + q)(r − s), selection = Σ (p − q)(½(r + s) − c), alone = p₀(r₀ − c) − q₀(s₀ − c); p and q the shares of a story in the words of the group and of the others, r and s the rates there, ₀ everything that one side alone covers, c the mean of both rates; intervals: ± t · standard deviation of 999 resamples (199 from 100,000 articles) of stories, degrees of freedom (ΣD²)²/ΣD⁴, D what a story adds to the part, at most one less than the stories";
    unit: "hits per 1,000 words";
    missing: "\"too few stories\" where fewer than 5 stories are covered by both; no interval where fewer than 5 of them have a hit";
    source: "Kitagawa 1955, Journal of the American Statistical Association 50; Oaxaca 1973, International Economic Review 14";
    beware: "What an outlet covers alone may differ by choice or by wording: nothing in the texts can part the two.";
    example: "assert_eq!(measure_named(\"story-split\").unwrap().unit, \"hits per 1,000 words\");";
}

/// Fewer stories have no split.
const FEWEST: u32 = 5;

/// Resamples.
const RESAMPLES: u64 = 999;

/// From so many articles on there are fewer.
const MANY: usize = 100_000;

/// How intervals are found.
pub const BOOTSTRAP: &str = "bootstrap of stories, t";

/// What is split.
#[derive(Clone, Copy, Debug)]
pub struct Articles<'a> {
    /// Story of each article; none where it is in none.
    pub story: &'a [Option<u32>],
    /// Group of each article.
    pub group_of: &'a [u32],
    /// Number of groups.
    pub groups: usize,
    /// Words of each article.
    pub words: &'a [u32],
    /// Hits, article by article and frame by frame.
    pub hits: &'a [u32],
    /// Number of frames.
    pub frames: usize,
}

/// A group and a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SplitRow {
    /// Index of the group.
    pub group: usize,
    /// Index of the frame.
    pub frame: usize,
    /// Stories that the group and another cover.
    pub stories: u32,
    /// Share of the group's words that stand in them.
    pub shared: f64,
    /// Rate of the group and of the others, per 1,000 words.
    pub rates: [f64; 2],
    /// Selection, telling, and what each covers alone.
    pub parts: [Estimate; 3],
}

/// Words and hits of one group in one story.
struct Cell {
    group: usize,
    words: f64,
    hits: Vec<f64>,
}

/// Sums of a group over stories that it shares: words of both sides, hits, and rates weighed by the words of either.
#[derive(Clone, Copy, Default)]
struct Shared {
    words: [f64; 2],
    hits: [f64; 2],
    apart: [f64; 2],
    level: [f64; 2],
}

struct Corpus<'a> {
    articles: Articles<'a>,
    stories: Vec<Vec<Cell>>,
    /// Articles in no story.
    single: Vec<usize>,
    /// Groups that share stories enough.
    chosen: Vec<usize>,
    /// Place of each among them.
    place: Vec<Option<usize>>,
}

/// Splits every difference; groups that share too few stories have no rows.
pub fn split(articles: Articles<'_>, options: &Options) -> Vec<SplitRow> {
    let corpus = Corpus::of(articles);
    if corpus.chosen.is_empty() {
        return Vec::new();
    }
    let ones = vec![1u32; corpus.stories.len() + corpus.single.len()];
    let whole = corpus.parts(&ones);
    let most = if articles.words.len() < MANY { RESAMPLES } else { RESAMPLES / 5 };
    let resamples = most.min(u64::from(options.resamples));
    let draws: Vec<Vec<[f64; 3]>> = (0..resamples)
        .into_par_iter()
        .map(|number| {
            let mut stream = Stream::numbered(options.seed, &["story-split"], number);
            let mut weights = vec![0u32; ones.len()];
            (0..ones.len()).for_each(|_| weights[stream.below(ones.len() as u32) as usize] += 1);
            corpus.parts(&weights)
        })
        .collect();
    let cells = corpus.chosen.iter().flat_map(|&group| (0..articles.frames).map(move |frame| (group, frame)));
    cells
        .enumerate()
        .map(|(at, (group, frame))| corpus.row(group, frame, whole[at], draws.iter().map(|draw| draw[at])))
        .collect()
}

impl<'a> Corpus<'a> {
    fn of(articles: Articles<'a>) -> Corpus<'a> {
        let mut cells: BTreeMap<u32, BTreeMap<usize, Cell>> = BTreeMap::new();
        let mut single = Vec::new();
        for (article, story) in articles.story.iter().enumerate().filter(|(article, _)| articles.words[*article] > 0) {
            let Some(story) = story else {
                single.push(article);
                continue;
            };
            let group = articles.group_of[article] as usize;
            let empty = || Cell { group, words: 0.0, hits: vec![0.0; articles.frames] };
            let cell = cells.entry(*story).or_default().entry(group).or_insert_with(empty);
            cell.words += f64::from(articles.words[article]);
            let hits = &articles.hits[article * articles.frames..(article + 1) * articles.frames];
            cell.hits.iter_mut().zip(hits).for_each(|(sum, &hits)| *sum += f64::from(hits));
        }
        let stories: Vec<Vec<Cell>> = cells.into_values().map(|of| of.into_values().collect()).collect();
        let mut shares = vec![0; articles.groups];
        for story in stories.iter().filter(|story| story.len() > 1) {
            story.iter().for_each(|cell| shares[cell.group] += 1);
        }
        let chosen: Vec<usize> = (0..articles.groups).filter(|&group| shares[group] >= FEWEST).collect();
        let mut place = vec![None; articles.groups];
        chosen.iter().enumerate().for_each(|(at, &group)| place[group] = Some(at));
        Corpus { articles, stories, single, chosen, place }
    }

    /// Selection, telling and the rest of every chosen group and frame, stories and single articles taken so many times.
    fn parts(&self, weights: &[u32]) -> Vec<[f64; 3]> {
        let frames = self.articles.frames;
        let (of_stories, of_single) = weights.split_at(self.stories.len());
        // the last row is that of all groups
        let mut words = vec![0.0; self.chosen.len() + 1];
        let mut hits = vec![0.0; (self.chosen.len() + 1) * frames];
        let mut add = |group: usize, times: f64, of_words: f64, of_hits: &mut dyn Iterator<Item = f64>| {
            let (own, all) = (self.place[group], self.chosen.len());
            words[all] += times * of_words;
            own.into_iter().for_each(|own| words[own] += times * of_words);
            for (frame, n) in of_hits.enumerate().filter(|(_, n)| *n > 0.0) {
                hits[all * frames + frame] += times * n;
                own.into_iter().for_each(|own| hits[own * frames + frame] += times * n);
            }
        };
        for (&article, &weight) in self.single.iter().zip(of_single).filter(|(_, weight)| **weight > 0) {
            let of = &self.articles.hits[article * frames..(article + 1) * frames];
            let group = self.articles.group_of[article] as usize;
            let of_words = f64::from(self.articles.words[article]);
            add(group, f64::from(weight), of_words, &mut of.iter().map(|&n| f64::from(n)));
        }
        let mut shared = vec![Shared::default(); self.chosen.len() * frames];
        for (story, &weight) in self.stories.iter().zip(of_stories).filter(|(_, weight)| **weight > 0) {
            let times = f64::from(weight);
            story.iter().for_each(|cell| add(cell.group, times, cell.words, &mut cell.hits.iter().copied()));
            if story.len() > 1 {
                self.share(story, times, &mut shared);
            }
        }
        let all = self.chosen.len();
        let part = |at: usize| {
            let (own, frame) = (at / frames, at % frames);
            let own_hits = hits[own * frames + frame];
            of_sums(
                &shared[at],
                [words[own], words[all] - words[own]],
                [own_hits, hits[all * frames + frame] - own_hits],
            )
        };
        (0..shared.len()).map(part).collect()
    }

    /// Adds a story that several groups cover.
    fn share(&self, story: &[Cell], times: f64, shared: &mut [Shared]) {
        let frames = self.articles.frames;
        let all_words: f64 = story.iter().map(|cell| cell.words).sum();
        let all_hits: Vec<f64> = (0..frames).map(|frame| story.iter().map(|cell| cell.hits[frame]).sum()).collect();
        for cell in story {
            let Some(own) = self.place[cell.group] else { continue };
            for frame in 0..frames {
                let words = [cell.words, all_words - cell.words];
                let hits = [cell.hits[frame], all_hits[frame] - cell.hits[frame]];
                let rates = [hits[0] / words[0], hits[1] / words[1]];
                let sums = &mut shared[own * frames + frame];
                for side in 0..2 {
                    sums.words[side] += times * words[side];
                    sums.hits[side] += times * hits[side];
                    sums.apart[side] += times * words[side] * (rates[0] - rates[1]);
                    sums.level[side] += times * words[side] * 0.5 * (rates[0] + rates[1]);
                }
            }
        }
    }

    /// Degrees of freedom of each part: how many stories it rests on, those counting less that add little. `sums` are hits and words of both
    /// sides.
    fn freedom(&self, group: usize, frame: usize, sums: [[u64; 2]; 2]) -> [f64; 3] {
        let rate = |[hits, words]: [u64; 2]| hits as f64 / words as f64;
        let middle = 0.5 * (rate(sums[0]) + rate(sums[1]));
        let shared = self.stories.iter().filter(|story| story.len() > 1).filter_map(|story| {
            let own = story.iter().find(|cell| cell.group == group)?;
            let words: f64 = story.iter().map(|cell| cell.words).sum();
            let hits: f64 = story.iter().map(|cell| cell.hits[frame]).sum();
            let rates = [own.hits[frame] / own.words, (hits - own.hits[frame]) / (words - own.words)];
            Some(([own.words / sums[0][1] as f64, (words - own.words) / sums[1][1] as f64], rates))
        });
        let shared: Vec<OfBoth> = shared.collect();
        let weights: f64 = shared.iter().map(|(of, _)| of[0] + of[1]).sum();
        let mean = shared.iter().map(|(of, rates)| (of[0] + of[1]) * (rates[0] - rates[1])).sum::<f64>() / weights;
        let of = |added: &dyn Fn(&OfBoth) -> f64| {
            let (squares, fourth) = shared.iter().map(added).fold((0.0, 0.0), |(squares, fourth), of| {
                let square = of * of;
                (squares + square, fourth + square * square)
            });
            if fourth > 0.0 { squares * squares / fourth } else { f64::INFINITY }
        };
        let selection = of(&|(of, rates)| (of[0] - of[1]) * (0.5 * (rates[0] + rates[1]) - middle));
        let telling = of(&|(of, rates)| (of[0] + of[1]) * (rates[0] - rates[1] - mean));
        [selection, telling, f64::INFINITY]
    }

    fn row(&self, group: usize, frame: usize, whole: [f64; 3], draws: impl Iterator<Item = [f64; 3]>) -> SplitRow {
        let Articles { group_of, words, hits, frames, .. } = self.articles;
        let draws: Vec<[f64; 3]> = draws.filter(|draw| draw.iter().all(|part| part.is_finite())).collect();
        let stories =
            self.stories.iter().filter(|story| story.len() > 1 && story.iter().any(|cell| cell.group == group));
        let (mut count, mut with_hits, mut in_stories) = (0u32, 0u32, 0.0);
        for story in stories {
            count += 1;
            with_hits += u32::from(story.iter().any(|cell| cell.hits[frame] > 0.0));
            in_stories += story.iter().filter(|cell| cell.group == group).map(|cell| cell.words).sum::<f64>();
        }
        let mut sums = [[0u64; 2]; 2];
        for (article, &of) in group_of.iter().enumerate() {
            let side = &mut sums[usize::from(of as usize != group)];
            side[0] += u64::from(hits[article * frames + frame]);
            side[1] += u64::from(words[article]);
        }
        let has_hits = sums[0][0] + sums[1][0] > 0;
        let freedom = self.freedom(group, frame, sums);
        let part = |part: usize| {
            let value = Measured::of(whole[part], Why::Undefined);
            if !has_hits {
                return Estimate::missing(Why::NoHits, 0, sums[0][1]);
            }
            if with_hits < FEWEST {
                return Estimate::without_interval(value, Why::TooFewStories, count, sums[0][1]);
            }
            let values: Vec<f64> = draws.iter().map(|draw| draw[part]).collect();
            let df = freedom[part].min(f64::from(count) - 1.0).max(1.0);
            let width = t_quantile(0.5 + 0.5 * LEVEL, df) * deviation(&values);
            let interval = value.value().and_then(|value| Interval::two_sided(value - width, value + width));
            Estimate::with_interval(value, interval, count, sums[0][1], BOOTSTRAP)
        };
        let rate = |side: [u64; 2]| side[0] as f64 / side[1] as f64 * 1000.0;
        SplitRow {
            group,
            frame,
            stories: count,
            shared: in_stories / sums[0][1] as f64,
            rates: sums.map(rate),
            parts: [0, 1, 2].map(part),
        }
    }
}

/// Shares of a story in the words of both sides, and the rates of both there.
type OfBoth = ([f64; 2], [f64; 2]);

/// Standard deviation of resampled values.
fn deviation(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    libm::sqrt(values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (n - 1.0))
}

/// The parts per 1,000 words: the two sides have so many words and hits in all.
fn of_sums(shared: &Shared, words: [f64; 2], hits: [f64; 2]) -> [f64; 3] {
    let rates = [hits[0] / words[0], hits[1] / words[1]];
    let middle = 0.5 * (rates[0] + rates[1]);
    let weight = [shared.words[0] / words[0], shared.words[1] / words[1]];
    let telling = 0.5 * (shared.apart[0] / words[0] + shared.apart[1] / words[1]);
    let selection = shared.level[0] / words[0] - shared.level[1] / words[1] - middle * (weight[0] - weight[1]);
    let alone = |side: usize| (hits[side] - shared.hits[side]) / words[side] - middle * (1.0 - weight[side]);
    [selection, telling, alone(0) - alone(1)].map(|part| part * 1000.0)
}
