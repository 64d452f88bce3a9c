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

/// A story that several groups cover, as one of them has it. What is the same in every resample is worked out once.
struct Telling {
    story: usize,
    /// Place of the group among the chosen.
    own: usize,
    /// Words of the group and of the others.
    words: [f64; 2],
    /// Frames with a hit on either side, ascending.
    frames: Vec<InFrame>,
}

/// Hits and rates of both sides.
struct InFrame {
    frame: usize,
    hits: [f64; 2],
    rates: [f64; 2],
}

impl Telling {
    fn rates(&self, frame: usize) -> [f64; 2] {
        self.frames.iter().find(|of| of.frame == frame).map_or([0.0; 2], |of| of.rates)
    }
}

struct Corpus {
    frames: usize,
    /// Groups that share stories enough.
    chosen: Vec<usize>,
    /// What is drawn as a whole: stories, then articles in no story. Words and hits of each by slot: a row for each chosen group and one
    /// for all groups; in a row its words, then its hits in each frame. Zeros are left out.
    units: Vec<Vec<(usize, f64)>>,
    /// By story.
    tellings: Vec<Telling>,
}

/// Splits every difference; groups that share too few stories have no rows.
pub fn split(articles: Articles<'_>, options: &Options) -> Vec<SplitRow> {
    let corpus = Corpus::of(articles);
    if corpus.chosen.is_empty() {
        return Vec::new();
    }
    let units = corpus.units.len();
    let whole = corpus.sums(&vec![1; units]);
    let most = if articles.words.len() < MANY { RESAMPLES } else { RESAMPLES / 5 };
    let resamples = most.min(u64::from(options.resamples));
    let draws: Vec<Vec<[f64; 3]>> = (0..resamples)
        .into_par_iter()
        .map(|number| {
            let mut stream = Stream::numbered(options.seed, &["story-split"], number);
            let mut weights = vec![0u32; units];
            (0..units).for_each(|_| weights[stream.below(units as u32) as usize] += 1);
            corpus.sums(&weights).parts()
        })
        .collect();
    let parts = whole.parts();
    let of_groups = corpus.chosen.par_iter().enumerate().flat_map_iter(|(own, &group)| {
        let tellings: Vec<&Telling> = corpus.tellings.iter().filter(|telling| telling.own == own).collect();
        let row = |frame: usize| {
            let at = own * articles.frames + frame;
            let draws = draws.iter().map(|draw| draw[at]).filter(|draw| draw.iter().all(|part| part.is_finite()));
            row((group, frame), &tellings, whole.of(own, frame), parts[at], &draws.collect::<Vec<_>>())
        };
        (0..articles.frames).map(row).collect::<Vec<_>>()
    });
    of_groups.collect()
}

impl Corpus {
    fn of(articles: Articles<'_>) -> Corpus {
        let frames = articles.frames;
        let hits_of = |article: usize| &articles.hits[article * frames..(article + 1) * frames];
        let mut cells: BTreeMap<u32, BTreeMap<usize, Cell>> = BTreeMap::new();
        let mut single = Vec::new();
        for (article, story) in articles.story.iter().enumerate().filter(|(article, _)| articles.words[*article] > 0) {
            let group = articles.group_of[article] as usize;
            let Some(story) = story else {
                let hits = hits_of(article).iter().map(|&hits| f64::from(hits)).collect();
                single.push(Cell { group, words: f64::from(articles.words[article]), hits });
                continue;
            };
            let empty = || Cell { group, words: 0.0, hits: vec![0.0; frames] };
            let cell = cells.entry(*story).or_default().entry(group).or_insert_with(empty);
            cell.words += f64::from(articles.words[article]);
            cell.hits.iter_mut().zip(hits_of(article)).for_each(|(sum, &hits)| *sum += f64::from(hits));
        }
        let stories: Vec<Vec<Cell>> = cells.into_values().map(|of| of.into_values().collect()).collect();
        let mut shares = vec![0; articles.groups];
        for story in stories.iter().filter(|story| story.len() > 1) {
            story.iter().for_each(|cell| shares[cell.group] += 1);
        }
        let chosen: Vec<usize> = (0..articles.groups).filter(|&group| shares[group] >= FEWEST).collect();
        let mut place = vec![None; articles.groups];
        chosen.iter().enumerate().for_each(|(at, &group)| place[group] = Some(at));
        let added = |cell: &Cell| {
            let rows = [place[cell.group], Some(chosen.len())].into_iter().flatten();
            rows.flat_map(|row| cell.slots(row * (frames + 1))).collect::<Vec<_>>()
        };
        let of_stories = stories.iter().map(|story| story.iter().flat_map(added).collect());
        let units = of_stories.chain(single.iter().map(added)).collect();
        let shared = stories.iter().enumerate().filter(|(_, story)| story.len() > 1);
        let tellings = shared.flat_map(|(number, story)| tellings(number, story, &place)).collect();
        Corpus { frames, chosen, units, tellings }
    }

    /// Sums of stories and single articles taken so many times.
    fn sums(&self, weights: &[u32]) -> Sums {
        let frames = self.frames;
        let mut sums = Sums {
            frames,
            all: vec![0.0; (self.chosen.len() + 1) * (frames + 1)],
            words: vec![[0.0; 2]; self.chosen.len()],
            shared: vec![Shared::default(); self.chosen.len() * frames],
        };
        for (unit, &weight) in self.units.iter().zip(weights).filter(|(_, weight)| **weight > 0) {
            unit.iter().for_each(|&(slot, n)| sums.all[slot] += f64::from(weight) * n);
        }
        for telling in self.tellings.iter().filter(|telling| weights[telling.story] > 0) {
            sums.add(telling, f64::from(weights[telling.story]));
        }
        sums
    }
}

impl Cell {
    /// Its words and hits in the slots that begin with `first`; those of no hits are left out.
    fn slots(&self, first: usize) -> impl Iterator<Item = (usize, f64)> {
        let values = std::iter::once(self.words).chain(self.hits.iter().copied());
        (first..).zip(values).filter(|(_, n)| *n > 0.0)
    }
}

/// A story as each of the chosen groups that cover it has it.
fn tellings(number: usize, story: &[Cell], place: &[Option<usize>]) -> Vec<Telling> {
    let all_words: f64 = story.iter().map(|cell| cell.words).sum();
    let all_hits: Vec<f64> =
        (0..story[0].hits.len()).map(|frame| story.iter().map(|cell| cell.hits[frame]).sum()).collect();
    let telling = |cell: &Cell| {
        let words = [cell.words, all_words - cell.words];
        let in_frame = |(frame, &all): (usize, &f64)| {
            let hits = [cell.hits[frame], all - cell.hits[frame]];
            InFrame { frame, hits, rates: [hits[0] / words[0], hits[1] / words[1]] }
        };
        let with_hits = all_hits.iter().enumerate().filter(|(_, all)| **all > 0.0);
        Some(Telling { story: number, own: place[cell.group]?, words, frames: with_hits.map(in_frame).collect() })
    };
    story.iter().filter_map(telling).collect()
}

/// Words and hits of some stories and articles.
struct Sums {
    frames: usize,
    /// By slot of a unit.
    all: Vec<f64>,
    /// By chosen group: words of both sides in shared stories.
    words: Vec<[f64; 2]>,
    /// By chosen group and frame: everything else of shared stories.
    shared: Vec<Shared>,
}

impl Sums {
    /// Adds a shared story, taken so many times.
    fn add(&mut self, telling: &Telling, times: f64) {
        let words = telling.words.map(|words| times * words);
        (0..2).for_each(|side| self.words[telling.own][side] += words[side]);
        for of in &telling.frames {
            let sums = &mut self.shared[telling.own * self.frames + of.frame];
            for (side, words) in words.into_iter().enumerate() {
                sums.hits[side] += times * of.hits[side];
                sums.apart[side] += words * (of.rates[0] - of.rates[1]);
                sums.level[side] += words * 0.5 * (of.rates[0] + of.rates[1]);
            }
        }
    }

    /// Hits and words of a chosen group, and of all others.
    fn of(&self, own: usize, frame: usize) -> [[f64; 2]; 2] {
        let (row, all) = (own * (self.frames + 1), self.words.len() * (self.frames + 1));
        let own = [self.all[row + 1 + frame], self.all[row]];
        [own, [self.all[all + 1 + frame] - own[0], self.all[all] - own[1]]]
    }

    /// Selection, telling and the rest of every chosen group and frame.
    fn parts(&self) -> Vec<[f64; 3]> {
        let part = |(at, shared): (usize, &Shared)| {
            let own = at / self.frames;
            let [a, b] = self.of(own, at % self.frames);
            of_sums(&Shared { words: self.words[own], ..*shared }, [a[1], b[1]], [a[0], b[0]])
        };
        self.shared.iter().enumerate().map(part).collect()
    }
}

/// Degrees of freedom of each part: how many stories it rests on, those counting less that add little. `sums` are hits and words of both
/// sides.
fn freedom(tellings: &[&Telling], frame: usize, sums: [[f64; 2]; 2]) -> [f64; 3] {
    let rate = |[hits, words]: [f64; 2]| hits / words;
    let middle = 0.5 * (rate(sums[0]) + rate(sums[1]));
    let of_both = |telling: &&Telling| {
        let words = telling.words;
        ([words[0] / sums[0][1], words[1] / sums[1][1]], telling.rates(frame))
    };
    let shared: Vec<OfBoth> = tellings.iter().map(of_both).collect();
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

/// The row of a group and a frame. `tellings` are of the group, `sums` hits and words of both sides, `whole` the parts, `draws` those of each
/// resample.
fn row(
    (group, frame): (usize, usize),
    tellings: &[&Telling],
    sums: [[f64; 2]; 2],
    whole: [f64; 3],
    draws: &[[f64; 3]],
) -> SplitRow {
    let count = tellings.len() as u32;
    let with_hits = tellings.iter().filter(|telling| telling.frames.iter().any(|of| of.frame == frame)).count();
    let in_stories: f64 = tellings.iter().map(|telling| telling.words[0]).sum();
    let has_hits = sums[0][0] + sums[1][0] > 0.0;
    let freedom = freedom(tellings, frame, sums);
    let words = sums[0][1] as u64;
    let part = |part: usize| {
        let value = Measured::of(whole[part], Why::Undefined);
        if !has_hits {
            return Estimate::missing(Why::NoHits, 0, words);
        }
        if with_hits < FEWEST as usize {
            return Estimate::without_interval(value, Why::TooFewStories, count, words);
        }
        let values: Vec<f64> = draws.iter().map(|draw| draw[part]).collect();
        let df = freedom[part].min(f64::from(count) - 1.0).max(1.0);
        let width = t_quantile(0.5 + 0.5 * LEVEL, df) * deviation(&values);
        let interval = value.value().and_then(|value| Interval::two_sided(value - width, value + width));
        Estimate::with_interval(value, interval, count, words, BOOTSTRAP)
    };
    let rate = |[hits, words]: [f64; 2]| hits / words * 1000.0;
    SplitRow {
        group,
        frame,
        stories: count,
        shared: in_stories / sums[0][1],
        rates: sums.map(rate),
        parts: [0, 1, 2].map(part),
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
