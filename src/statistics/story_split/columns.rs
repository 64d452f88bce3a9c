//! The sums behind the parts of a difference, cell by cell of group and frame.
//!
//! In: stories and single articles with their words and hits; how often each is taken. Out: the three parts of every cell.
//! Invariant: a sum runs over the stories in their order, whatever else is summed beside it, so a cell has the same bits alone and among
//! others. Hits and words are whole numbers, so that their order moves no bit.

use super::{Corpus, Shared, of_sums};
use rayon::prelude::*;
use std::ops::Range;

/// How often each unit is taken, draw by draw; units are the stories, then the articles in none.
pub(super) struct Weights {
    /// Unit after unit, its draws side by side.
    of: Vec<f64>,
    draws: usize,
}

impl Weights {
    /// Every unit once.
    pub fn once(units: usize) -> Weights {
        Weights { of: vec![1.0; units], draws: 1 }
    }

    /// Of each draw the weights of all units.
    pub fn of(draws: &[Vec<u32>], units: usize) -> Weights {
        let of = (0..units).flat_map(|unit| draws.iter().map(move |draw| f64::from(draw[unit])));
        Weights { of: of.collect(), draws: draws.len() }
    }

    fn unit(&self, unit: u32) -> &[f64] {
        let first = unit as usize * self.draws;
        &self.of[first..first + self.draws]
    }

    /// Adds so many of a unit to the sum of each draw.
    fn add(&self, sums: &mut [f64], unit: u32, n: f64) {
        sums.iter_mut().zip(self.unit(unit)).for_each(|(sum, times)| *sum += times * n);
    }

    fn nothing(&self) -> Vec<f64> {
        vec![0.0; self.draws]
    }
}

/// A story that several groups cover, as one of them has it in one frame: words, hits and rates of the group and of the others.
struct Told {
    story: u32,
    words: [f64; 2],
    hits: [f64; 2],
    rates: [f64; 2],
}

/// The cells of some neighbouring frames: of each group all of them.
pub(super) struct Columns {
    width: usize,
    /// Stories with a hit on either side.
    told: Vec<Vec<Told>>,
    /// The group's own hits by unit.
    own: Vec<Vec<(u32, f64)>>,
    /// Hits of all groups by unit, frame by frame.
    all: Vec<Vec<(u32, f64)>>,
}

impl Columns {
    /// Number of cells.
    pub fn cells(&self) -> usize {
        self.told.len()
    }

    /// Stories that the group of a cell shares and that have a hit of its frame.
    pub fn with_hits(&self, cell: usize) -> usize {
        self.told[cell].len()
    }
}

/// Words of each chosen group, of all groups, and of each chosen group and the others in the stories that it shares; draw by draw.
struct Words {
    own: Vec<Vec<f64>>,
    all: Vec<f64>,
    shared: Vec<[Vec<f64>; 2]>,
}

impl Corpus<'_> {
    /// The cells of these frames: group by group, frame by frame.
    pub(super) fn columns(&self, frames: &Range<u32>) -> Columns {
        let (width, cells) = (frames.len(), self.chosen.len() * frames.len());
        let mut columns = Columns {
            width,
            told: (0..cells).map(|_| Vec::new()).collect(),
            own: vec![Vec::new(); cells],
            all: vec![Vec::new(); width],
        };
        let mut add = |unit: usize, group: usize, hits: &mut dyn Iterator<Item = (u32, f64)>| {
            for (frame, n) in hits {
                let at = (frame - frames.start) as usize;
                columns.all[at].push((unit as u32, n));
                if let Some(own) = self.place[group] {
                    columns.own[own * width + at].push((unit as u32, n));
                }
            }
        };
        for (story, cells) in self.stories.iter().enumerate() {
            cells.iter().for_each(|cell| add(story, cell.group, &mut within(&cell.hits, frames).iter().copied()));
        }
        for (number, &article) in self.single.iter().enumerate() {
            let hits = within(self.articles.hits.of(article as u32), frames);
            let group = self.articles.group_of[article] as usize;
            add(self.stories.len() + number, group, &mut hits.iter().map(|&(frame, n)| (frame, f64::from(n))));
        }
        self.tell(frames, &mut columns.told);
        columns
    }

    /// Every story that several groups cover, as each of the chosen groups has it.
    fn tell(&self, frames: &Range<u32>, told: &mut [Vec<Told>]) {
        for (number, story) in (0u32..).zip(&self.stories).filter(|(_, story)| story.len() > 1) {
            let all_words: f64 = story.iter().map(|cell| cell.words).sum();
            let all_hits = merged(story.iter().flat_map(|cell| within(&cell.hits, frames)).copied().collect());
            for cell in story {
                let Some(own) = self.place[cell.group] else { continue };
                let words = [cell.words, all_words - cell.words];
                for &(frame, of_all) in &all_hits {
                    let hits = [cell.hits_of(frame), of_all - cell.hits_of(frame)];
                    let rates = [hits[0] / words[0], hits[1] / words[1]];
                    let at = own * frames.len() + (frame - frames.start) as usize;
                    told[at].push(Told { story: number, words, hits, rates });
                }
            }
        }
    }

    /// Selection, telling and the rest of some cells, draw by draw.
    pub(super) fn parts(&self, columns: &Columns, cells: &[usize], weights: &Weights) -> Vec<Vec<[f64; 3]>> {
        let words = self.words(weights);
        let of_frame = |of_units: &Vec<(u32, f64)>| sum(of_units, weights);
        let all: Vec<Vec<f64>> = columns.all.par_iter().map(of_frame).collect();
        let of_cell = |&at: &usize| {
            let (own, all) = (at / columns.width, &all[at % columns.width]);
            let (shared, hits) = (shared(&columns.told[at], weights), sum(&columns.own[at], weights));
            let part = |draw: usize| {
                let of_own = words.own[own][draw];
                of_sums(
                    (&shared[draw], words.shared[own].each_ref().map(|side| side[draw])),
                    [of_own, words.all[draw] - of_own],
                    [hits[draw], all[draw] - hits[draw]],
                )
            };
            (0..weights.draws).map(part).collect()
        };
        cells.par_iter().map(of_cell).collect()
    }

    fn words(&self, weights: &Weights) -> Words {
        let nothing = || weights.nothing();
        let mut words = Words {
            own: self.chosen.iter().map(|_| nothing()).collect(),
            all: nothing(),
            shared: self.chosen.iter().map(|_| [nothing(), nothing()]).collect(),
        };
        let singles = (self.stories.len() as u32..).zip(&self.single);
        let singles = singles.map(|(unit, &article)| {
            (unit, self.articles.group_of[article] as usize, f64::from(self.articles.words[article]))
        });
        let stories = (0u32..).zip(&self.stories);
        let in_stories =
            stories.clone().flat_map(|(unit, of)| of.iter().map(move |cell| (unit, cell.group, cell.words)));
        for (unit, group, n) in singles.chain(in_stories) {
            weights.add(&mut words.all, unit, n);
            self.place[group].into_iter().for_each(|own| weights.add(&mut words.own[own], unit, n));
        }
        for (unit, story) in stories.filter(|(_, story)| story.len() > 1) {
            let all: f64 = story.iter().map(|cell| cell.words).sum();
            for cell in story {
                let Some(own) = self.place[cell.group] else { continue };
                let [group, others] = &mut words.shared[own];
                weights.add(group, unit, cell.words);
                weights.add(others, unit, all - cell.words);
            }
        }
        words
    }
}

fn sum(of_units: &[(u32, f64)], weights: &Weights) -> Vec<f64> {
    let mut sums = weights.nothing();
    of_units.iter().for_each(|&(unit, n)| weights.add(&mut sums, unit, n));
    sums
}

/// Sums of a cell over the stories that its group shares.
fn shared(told: &[Told], weights: &Weights) -> Vec<Shared> {
    let mut sums = vec![Shared::default(); weights.draws];
    for Told { story, words, hits, rates } in told {
        let (apart, level) = (rates[0] - rates[1], rates[0] + rates[1]);
        for (sums, &times) in sums.iter_mut().zip(weights.unit(*story)) {
            for side in 0..2 {
                sums.hits[side] += times * hits[side];
                sums.apart[side] += times * words[side] * apart;
                sums.level[side] += times * words[side] * 0.5 * level;
            }
        }
    }
    sums
}

/// The cells of some neighbouring frames.
pub(super) fn within<'c, T>(cells: &'c [(u32, T)], frames: &Range<u32>) -> &'c [(u32, T)] {
    let from = cells.partition_point(|cell| cell.0 < frames.start);
    let to = cells.partition_point(|cell| cell.0 < frames.end);
    &cells[from..to]
}

/// Cells by frame, those of one frame added up: whole numbers, so that their order moves no bit.
pub(super) fn merged(mut cells: Vec<(u32, f64)>) -> Vec<(u32, f64)> {
    cells.sort_unstable_by_key(|cell| cell.0);
    cells.dedup_by(|next, sum| {
        let is_same = next.0 == sum.0;
        if is_same {
            sum.1 += next.1;
        }
        is_same
    });
    cells
}
