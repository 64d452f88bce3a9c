//! Why a group's rate differs from that of the others: other stories, or the same ones told otherwise.
//!
//! In: articles with story, group, words and hits. Out: [`SplitRow`]s: the difference of two rates in three parts, with intervals.
//! Invariant: the parts add up to the difference. Intervals are by a bootstrap in which stories are drawn whole; an article in no story is
//! drawn by itself.
//! It deliberately does not say why an outlet covers what it covers.

mod columns;
mod resamples;

use super::Options;
use super::cached_tests::CachedTests;
use super::measure::measure;
use super::measured::{Estimate, Interval, LEVEL, Measured, Why};
use super::power_sums::PowerSums;
use super::sparse::Hits;
use super::special::t_quantile;
use columns::{Weights, merged, within};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;

measure! {
    SPLIT, "estimate", "story-split";
    what: "The difference between a group's rate and that of all others, in three parts: selection (it gives different weight to the stories that both cover), telling (it tells these differently), and alone (what only one side covers).";
    formula: "telling = Σ ½(p + q)(r − s), selection = Σ (p − q)(½(r + s) − c), alone = p₀(r₀ − c) − q₀(s₀ − c); p and q the shares of a story in the words of the group and of the others, r and s the rates there, ₀ everything that one side alone covers, c the mean of both rates; intervals: ± t · standard deviation of 999 resamples (199 from 100,000 articles) of stories, degrees of freedom (ΣD²)²/ΣD⁴, D what a story adds to the part (of alone, what each story or article that one side alone covers adds, the two sides joined as by Welch), at most one less than there are";
    unit: "hits per 1,000 words";
    missing: "\"too few stories\" where fewer than 5 stories are covered by both; no interval where fewer than 5 of them have a hit";
    source: "Kitagawa 1955, Journal of the American Statistical Association 50; Oaxaca 1973, International Economic Review 14";
    beware: "What an outlet covers alone may differ by choice of topic or by wording: the texts cannot show which.";
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
    /// Hits by article; columns are frames.
    pub hits: &'a Hits,
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

/// Words and hits of one group in one story, zeros left out; ascending by frame.
struct Cell {
    group: usize,
    words: f64,
    hits: Vec<(u32, f64)>,
}

impl Cell {
    fn hits_of(&self, frame: u32) -> f64 {
        self.hits.binary_search_by_key(&frame, |cell| cell.0).map_or(0.0, |at| self.hits[at].1)
    }
}

/// Sums of a group over stories that it shares: hits, and rates weighed by the words of either side.
#[derive(Clone, Copy, Default)]
struct Shared {
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
    /// Stories that each of them shares.
    told: Vec<Vec<u32>>,
    /// What each of them covers alone: stories, and articles in no story.
    alone: Vec<(Vec<u32>, Vec<u32>)>,
}

/// Splits every difference; groups that share too few stories have no rows.
/// What the last run drew of a frame is taken from `cache`.
pub fn split(articles: Articles<'_>, options: &Options, cache: Option<&CachedTests>) -> Vec<SplitRow> {
    let corpus = Corpus::of(articles);
    if corpus.chosen.is_empty() {
        return Vec::new();
    }
    let most = if articles.words.len() < MANY && options.draws { RESAMPLES } else { RESAMPLES / 5 };
    let resamples = most.min(u64::from(options.resamples));
    let frames = articles.hits.columns() as u32;
    let blocks = (0..frames).step_by(TOGETHER as usize).map(|first| first..frames.min(first + TOGETHER));
    let mut rows: Vec<SplitRow> = blocks.flat_map(|frames| corpus.rows(frames, resamples, (options, cache))).collect();
    rows.sort_by_key(|row| (row.group, row.frame));
    rows
}

/// Frames whose draws are in memory together.
const TOGETHER: u32 = 32;

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
            let empty = || Cell { group, words: 0.0, hits: Vec::new() };
            let cell = cells.entry(*story).or_default().entry(group).or_insert_with(empty);
            cell.words += f64::from(articles.words[article]);
            cell.hits.extend(articles.hits.of(article as u32).iter().map(|&(frame, hits)| (frame, f64::from(hits))));
        }
        for cell in cells.values_mut().flat_map(BTreeMap::values_mut) {
            cell.hits = merged(std::mem::take(&mut cell.hits));
        }
        let stories: Vec<Vec<Cell>> = cells.into_values().map(|of| of.into_values().collect()).collect();
        let mut shares = vec![0; articles.groups];
        for story in stories.iter().filter(|story| story.len() > 1) {
            story.iter().for_each(|cell| shares[cell.group] += 1);
        }
        let chosen: Vec<usize> = (0..articles.groups).filter(|&group| shares[group] >= FEWEST).collect();
        let mut place = vec![None; articles.groups];
        chosen.iter().enumerate().for_each(|(at, &group)| place[group] = Some(at));
        let mut told = vec![Vec::new(); chosen.len()];
        for (number, story) in (0u32..).zip(&stories).filter(|(_, story)| story.len() > 1) {
            story.iter().filter_map(|cell| place[cell.group]).for_each(|own| told[own].push(number));
        }
        let mut alone = vec![(Vec::new(), Vec::new()); chosen.len()];
        for (number, story) in (0u32..).zip(&stories).filter(|(_, story)| story.len() == 1) {
            story.iter().filter_map(|cell| place[cell.group]).for_each(|own| alone[own].0.push(number));
        }
        for &article in &single {
            place[articles.group_of[article] as usize].into_iter().for_each(|own| alone[own].1.push(article as u32));
        }
        Corpus { articles, stories, single, chosen, place, told, alone }
    }

    /// The stories that a group shares.
    fn shared_by(&self, group: usize) -> impl Iterator<Item = &Vec<Cell>> {
        let told = self.place[group].into_iter().flat_map(|own| &self.told[own]);
        told.map(|&story| &self.stories[story as usize])
    }

    /// The rows of some neighbouring frames.
    fn rows(
        &self,
        frames: Range<u32>,
        resamples: u64,
        (options, cache): (&Options, Option<&CachedTests>),
    ) -> Vec<SplitRow> {
        let (sums, columns) = (self.sums(&frames), self.columns(&frames));
        let every: Vec<usize> = (0..sums.len()).collect();
        let whole = self.parts(&columns, &every, &Weights::once(self.units()));
        // what has no row, or one without intervals, needs no draws
        let is_drawn = |at: &usize| (options.draws || sums[*at][0][0] > 0) && columns.with_hits(*at) >= FEWEST as usize;
        let drawn: Vec<usize> = every.into_iter().filter(is_drawn).collect();
        let deviations = self.cached_deviations((&frames, &columns, &drawn), resamples, options, cache);
        let cells: Vec<(usize, u32)> =
            self.chosen.iter().flat_map(|&group| frames.clone().map(move |frame| (group, frame))).collect();
        let totals: Vec<PowerSums> = frames.clone().into_par_iter().map(|frame| self.moments(frame)).collect();
        let row = |(at, &(group, frame)): (usize, &(usize, u32))| {
            // of many frames those that the group has
            let is_in_story = options.draws || sums[at][0][0] > 0;
            let total = &totals[(frame - frames.start) as usize];
            is_in_story.then(|| self.row((group, frame), sums[at], whole[at][0], (deviations[at], total)))
        };
        cells.par_iter().enumerate().filter_map(row).collect()
    }

    /// Hits and words of every chosen group and frame, and of all others.
    fn sums(&self, frames: &Range<u32>) -> Vec<[[u64; 2]; 2]> {
        let (width, Articles { group_of, words, hits, .. }) = (frames.len(), self.articles);
        let (mut own, mut own_words) = (vec![0u64; self.chosen.len() * width], vec![0u64; self.chosen.len()]);
        let (mut all, mut all_words) = (vec![0u64; width], 0);
        for (article, &group) in (0u32..).zip(group_of) {
            let place = self.place[group as usize];
            let of_words = u64::from(words[article as usize]);
            all_words += of_words;
            place.into_iter().for_each(|place| own_words[place] += of_words);
            for &(frame, n) in within(hits.of(article), frames) {
                let at = (frame - frames.start) as usize;
                all[at] += u64::from(n);
                place.into_iter().for_each(|place| own[place * width + at] += u64::from(n));
            }
        }
        let sums = |at: usize| {
            let (hits, words) = (own[at], own_words[at / width]);
            [[hits, words], [all[at % width] - hits, all_words - words]]
        };
        (0..own.len()).map(sums).collect()
    }

    /// Degrees of freedom of each part: how many stories it rests on, those counting less that add little. `sums` are hits and words of both
    /// sides.
    fn freedom(&self, (group, frame): (usize, u32), sums: [[u64; 2]; 2], total: &PowerSums) -> [f64; 3] {
        let rate = |[hits, words]: [u64; 2]| hits as f64 / words as f64;
        let middle = 0.5 * (rate(sums[0]) + rate(sums[1]));
        let shared = self.shared_by(group).filter_map(|story| {
            let own = story.iter().find(|cell| cell.group == group)?;
            let words: f64 = story.iter().map(|cell| cell.words).sum();
            let hits: f64 = story.iter().map(|cell| cell.hits_of(frame)).sum();
            let rates = [own.hits_of(frame) / own.words, (hits - own.hits_of(frame)) / (words - own.words)];
            Some(([own.words / sums[0][1] as f64, (words - own.words) / sums[1][1] as f64], rates))
        });
        let shared: Vec<SharesAndRates> = shared.collect();
        let weights: f64 = shared.iter().map(|(of, _)| of[0] + of[1]).sum();
        let mean = shared.iter().map(|(of, rates)| (of[0] + of[1]) * (rates[0] - rates[1])).sum::<f64>() / weights;
        let of = |added: &dyn Fn(&SharesAndRates) -> f64| rests_on(shared.iter().map(added));
        let most = (shared.len() as f64 - 1.0).max(1.0);
        let selection = of(&|(of, rates)| (of[0] - of[1]) * (0.5 * (rates[0] + rates[1]) - middle)).min(most);
        let telling = of(&|(of, rates)| (of[0] + of[1]) * (rates[0] - rates[1] - mean)).min(most);
        [selection, telling, self.freedom_alone((group, frame), middle, sums.map(|side| side[1]), total)]
    }

    /// That of what each side covers alone: as Welch's, of the two sides together. `total` is of everything.
    fn freedom_alone(&self, (group, frame): (usize, u32), middle: f64, words: [u64; 2], total: &PowerSums) -> f64 {
        let Some((stories, articles)) = self.place[group].map(|own| &self.alone[own]) else { return f64::INFINITY };
        let mut own = PowerSums::default();
        stories.iter().for_each(|&story| own.add(self.of_story(story as usize, frame)));
        articles.iter().for_each(|&article| own.add(self.of_article(article as usize, frame)));
        let mut others = *total;
        self.told[self.place[group].unwrap_or_default()]
            .iter()
            .for_each(|&story| others.remove(self.of_story(story as usize, frame)));
        others.minus(&own);
        let of = |side: &PowerSums, words: u64| {
            let (squares, fourth) = side.around(middle);
            let rests_on = of_power_sums(squares, fourth);
            (squares / (words as f64 * words as f64), rests_on.min(side.units - 1.0).max(1.0))
        };
        let sides = [of(&own, words[0]), of(&others, words[1])];
        let (sum, parts) =
            sides.iter().fold((0.0, 0.0), |(sum, parts), (square, df)| (sum + square, parts + square * square / df));
        if parts > 0.0 { sum * sum / parts } else { f64::INFINITY }
    }

    /// Hits and words of a story.
    fn of_story(&self, story: usize, frame: u32) -> [f64; 2] {
        let cells = &self.stories[story];
        [cells.iter().map(|cell| cell.hits_of(frame)).sum(), cells.iter().map(|cell| cell.words).sum()]
    }

    /// Hits and words of an article.
    fn of_article(&self, article: usize, frame: u32) -> [f64; 2] {
        [f64::from(self.articles.hits.at(article as u32, frame as usize)), f64::from(self.articles.words[article])]
    }

    /// All stories, and the articles in none.
    fn moments(&self, frame: u32) -> PowerSums {
        let mut moments = PowerSums::default();
        (0..self.stories.len()).for_each(|story| moments.add(self.of_story(story, frame)));
        self.single.iter().for_each(|&article| moments.add(self.of_article(article, frame)));
        moments
    }

    fn row(
        &self,
        (group, frame): (usize, u32),
        sums: [[u64; 2]; 2],
        whole: [f64; 3],
        (deviations, total): ([f64; 3], &PowerSums),
    ) -> SplitRow {
        let (mut count, mut with_hits, mut in_stories) = (0u32, 0u32, 0.0);
        for story in self.shared_by(group) {
            count += 1;
            with_hits += u32::from(story.iter().any(|cell| cell.hits_of(frame) > 0.0));
            in_stories += story.iter().filter(|cell| cell.group == group).map(|cell| cell.words).sum::<f64>();
        }
        let has_hits = sums[0][0] + sums[1][0] > 0;
        let freedom = self.freedom((group, frame), sums, total);
        let part = |part: usize| {
            let value = Measured::of(whole[part], Why::Undefined);
            if !has_hits {
                return Estimate::missing(Why::NoHits, 0, sums[0][1]);
            }
            if with_hits < FEWEST {
                return Estimate::without_interval(value, Why::TooFewStories, count, sums[0][1]);
            }
            let df = freedom[part].max(1.0);
            let width = t_quantile(0.5 + 0.5 * LEVEL, df) * deviations[part];
            let interval = value.value().and_then(|value| Interval::two_sided(value - width, value + width));
            Estimate::with_interval(value, interval, count, sums[0][1], BOOTSTRAP)
        };
        let rate = |side: [u64; 2]| side[0] as f64 / side[1] as f64 * 1000.0;
        SplitRow {
            group,
            frame: frame as usize,
            stories: count,
            shared: in_stories / sums[0][1] as f64,
            rates: sums.map(rate),
            parts: [0, 1, 2].map(part),
        }
    }
}

/// How many of these a sum rests on, those counting less that add little.
fn rests_on(added: impl Iterator<Item = f64>) -> f64 {
    let (squares, fourth) = added.fold((0.0, 0.0), |(squares, fourth), of| {
        let square = of * of;
        (squares + square, fourth + square * square)
    });
    of_power_sums(squares, fourth)
}

/// The same, of the sums of squares and of fourth powers.
fn of_power_sums(squares: f64, fourth: f64) -> f64 {
    if fourth > 0.0 { squares * squares / fourth } else { f64::INFINITY }
}

/// Shares of a story in the words of both sides, and the rates of both there.
type SharesAndRates = ([f64; 2], [f64; 2]);

/// The parts per 1,000 words: the two sides have so many words and hits in all.
fn of_sums((shared, shared_words): (&Shared, [f64; 2]), words: [f64; 2], hits: [f64; 2]) -> [f64; 3] {
    let rates = [hits[0] / words[0], hits[1] / words[1]];
    let middle = 0.5 * (rates[0] + rates[1]);
    let weight = [shared_words[0] / words[0], shared_words[1] / words[1]];
    let telling = 0.5 * (shared.apart[0] / words[0] + shared.apart[1] / words[1]);
    let selection = shared.level[0] / words[0] - shared.level[1] / words[1] - middle * (weight[0] - weight[1]);
    let alone = |side: usize| (hits[side] - shared.hits[side]) / words[side] - middle * (1.0 - weight[side]);
    [selection, telling, alone(0) - alone(1)].map(|part| part * 1000.0)
}
