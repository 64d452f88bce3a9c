//! Agreement, precision and recall of a sample that was coded.
//!
//! In: the key, the codes. Out: estimates for each frame, in all and by outlet, voice and entry.
//! Invariant: a unit stands for as many as its stratum has for each that was coded; what nobody coded stands for nothing.

use super::codes::Coding;
use super::design::Unit;
use super::key::{Drawn, Item, Key, Level};
use crate::statistics::agreement::alpha::{Scale, alpha_with_interval};
use crate::statistics::agreement::homogeneity::{homogeneity, recall_homogeneity};
use crate::statistics::agreement::stratified::{self, Coded, Found};
use crate::statistics::{Estimate, Measured, Options, Why};
use std::collections::BTreeMap;

/// What is scored.
pub(super) struct Scores<'k> {
    pub key: &'k Key,
    pub coding: &'k Coding,
    /// Units of each stratum for each that was coded; none where none was.
    weights: Vec<Option<f64>>,
    options: Options,
}

/// Agreement on a frame, on all of them, or on voice.
pub(super) struct Agreement {
    pub what: String,
    pub alpha: Estimate,
    /// Units that were coded by two or more.
    pub units: u64,
    /// Pairs of codes that are the same, and all pairs.
    pub same: u64,
    pub pairs: u64,
    /// Pairs of codes, the smaller first.
    pub confusion: BTreeMap<(String, String), u64>,
}

/// How good a frame is in some part of the corpus.
pub(super) struct Quality {
    pub frame: usize,
    /// `all`, `outlet` or `voice`.
    pub part: &'static str,
    pub name: String,
    pub precision: Estimate,
    pub recall: Estimate,
    pub f1: Estimate,
    /// Coded hits (or articles with a hit), and the right ones.
    pub coded: u32,
    pub right: u32,
}

/// An entry, and how its hits were coded.
pub(super) struct EntryScore {
    pub lexicon: usize,
    pub entry: usize,
    pub right: u32,
    pub checked: u32,
    /// Items whose hit is wrong.
    pub wrong: Vec<usize>,
}

impl<'k> Scores<'k> {
    pub fn of(key: &'k Key, coding: &'k Coding) -> Scores<'k> {
        let mut coded = vec![0u64; key.strata.len()];
        for (item, item_codes) in
            key.items.iter().zip(&coding.item_codes).filter(|(_, item_codes)| item_codes.code.is_some())
        {
            let _ = item_codes;
            item.stratum
                .iter()
                .chain(item.drawn.iter().map(|hit| &hit.stratum))
                .for_each(|&stratum| coded[stratum] += 1);
        }
        let weight =
            |(stratum, coded): (&super::key::Stratum, &u64)| (*coded > 0).then(|| stratum.units as f64 / *coded as f64);
        Scores {
            key,
            coding,
            weights: key.strata.iter().zip(&coded).map(weight).collect(),
            options: Options { seed: key.seed, ..Options::default() },
        }
    }

    /// The items of a frame that have a code, with it.
    pub fn coded(&self, frame: usize) -> impl Iterator<Item = (usize, &'k Item, bool)> + '_ {
        let items = self.key.items.iter().enumerate().filter(move |(_, item)| item.frame == frame);
        items.filter_map(|(number, item)| Some((number, item, self.coding.item_codes[number].code?)))
    }

    fn weight(&self, stratum: usize) -> f64 {
        self.weights[stratum].unwrap_or(0.0)
    }

    /// How many units an item stands for.
    pub fn weight_of(&self, item: &Item) -> f64 {
        let plain = item.stratum.map_or(0.0, |stratum| self.weight(stratum));
        plain + item.drawn.iter().map(|hit| self.weight(hit.stratum) / item.hits.max(1) as f64).sum::<f64>()
    }

    fn outlet(&self, item: &Item) -> &'k str {
        &self.key.articles[item.article].outlet
    }

    /// How good a frame is in the outlets that fit.
    pub fn quality(&self, frame: usize, part: &'static str, name: &str, fits: &dyn Fn(&str) -> bool) -> Quality {
        let total = |level: Level| {
            let of = self
                .key
                .totals
                .iter()
                .filter(|total| total.frame == frame && total.level == level && fits(&total.outlet));
            of.map(|total| total.units as f64).sum::<f64>()
        };
        let items: Vec<(&Item, bool)> = self
            .coded(frame)
            .filter(|(_, item, _)| fits(self.outlet(item)))
            .map(|(_, item, yes)| (item, yes))
            .collect();
        let level = |level: Level| {
            let is_of = |item: &Item| item.stratum.is_some_and(|stratum| self.key.strata[stratum].level == level);
            let of = items.iter().filter(|(item, _)| is_of(item));
            let coded = of.map(|(item, yes)| Coded { weight: self.weight_of(item), yes: *yes }).collect();
            stratified::Level { units: total(level), coded }
        };
        let (hits, found) = match self.key.unit {
            Unit::Article => {
                let with_hit = level(Level::Hits).coded;
                (with_hit.clone(), with_hit)
            }
            Unit::Sentence => {
                let with_hit = || items.iter().filter(|(item, _)| !item.drawn.is_empty());
                let hits = with_hit().flat_map(|(item, yes)| {
                    item.drawn.iter().map(|hit| Coded { weight: self.weight(hit.stratum), yes: *yes })
                });
                let found = with_hit().map(|(item, yes)| Coded { weight: self.weight_of(item), yes: *yes });
                (hits.collect(), found.collect::<Vec<Coded>>())
            }
        };
        let found = Found { units: total(Level::Hits), coded: found };
        let missed = [level(Level::Near), level(Level::Far)];
        Quality {
            frame,
            part,
            name: name.to_string(),
            precision: stratified::precision(&hits),
            recall: stratified::recall(&found, &missed),
            f1: stratified::f1(&found, &missed),
            coded: hits.len() as u32,
            right: hits.iter().filter(|hit| hit.yes).count() as u32,
        }
    }

    /// A frame in all, by outlet and by voice of its hits.
    pub fn qualities(&self, frame: usize) -> Vec<Quality> {
        let mut rows = vec![self.quality(frame, "all", "all", &|_| true)];
        let outlets = self.outlets(frame);
        if outlets.len() > 1 {
            rows.extend(outlets.iter().map(|outlet| self.quality(frame, "outlet", outlet, &|other| other == *outlet)));
        }
        if self.key.unit == Unit::Sentence {
            let mut voices: Vec<&str> =
                self.coded(frame).flat_map(|(_, item, _)| item.drawn.iter().map(|hit| hit.voice.as_str())).collect();
            voices.sort_unstable();
            voices.dedup();
            rows.extend(voices.into_iter().map(|voice| self.voice(frame, voice)));
        }
        rows
    }

    pub fn outlets(&self, frame: usize) -> Vec<&'k str> {
        let mut outlets: Vec<&str> =
            self.key.totals.iter().filter(|total| total.frame == frame).map(|total| total.outlet.as_str()).collect();
        outlets.sort_unstable();
        outlets.dedup();
        outlets
    }

    fn voice(&self, frame: usize, voice: &str) -> Quality {
        let of = self.coded(frame).flat_map(|(_, item, yes)| item.drawn.iter().map(move |hit| (hit, yes)));
        let of = of.filter(|(hit, _)| hit.voice == voice);
        let hits: Vec<Coded> = of.map(|(hit, yes)| Coded { weight: self.weight(hit.stratum), yes }).collect();
        // what was missed has no voice by rule
        let none = Estimate::missing(Why::NotCoded, 0, 0);
        Quality {
            frame,
            part: "voice",
            name: voice.to_string(),
            precision: stratified::precision(&hits),
            recall: none,
            f1: none,
            coded: hits.len() as u32,
            right: hits.iter().filter(|hit| hit.yes).count() as u32,
        }
    }

    /// Are the precision and the recall of a frame the same in all outlets?
    pub fn p_of_outlets(&self, rows: &[Quality]) -> [Measured; 2] {
        let outlets = || rows.iter().filter(|row| row.part == "outlet");
        let groups: Vec<(u32, u32)> = outlets().map(|row| (row.right, row.coded)).collect();
        let recall: Vec<Estimate> = outlets().map(|row| row.recall).collect();
        let name = rows.first().map_or("", |row| self.key.frames[row.frame].name.as_str());
        [homogeneity(&groups, name, &self.options), recall_homogeneity(&recall)]
    }

    /// Agreement on a frame; on all, without one.
    pub fn agreement(&self, frame: Option<usize>) -> Agreement {
        let is_of = |item: &Item| frame.is_none_or(|frame| item.frame == frame);
        let answers = self.key.items.iter().zip(&self.coding.answers).filter(|(item, _)| is_of(item));
        let units: Vec<Vec<String>> = answers
            .map(|(_, answers)| {
                let codes = answers.iter().filter_map(|(_, answer)| answer.code);
                codes.map(|yes| if yes { "1" } else { "0" }.to_string()).collect()
            })
            .collect();
        let what = frame.map_or("all frames", |frame| self.key.frames[frame].name.as_str());
        self.agreed(what, &units)
    }

    /// Agreement on the voice, where coders call it the frame.
    pub fn voice_agreement(&self) -> Agreement {
        let units: Vec<Vec<String>> = self
            .coding
            .answers
            .iter()
            .map(|answers| {
                let voices = answers.iter().filter(|(_, answer)| answer.code == Some(true) && !answer.voice.is_empty());
                voices.map(|(_, answer)| answer.voice.clone()).collect()
            })
            .collect();
        self.agreed("voice", &units)
    }

    fn agreed(&self, what: &str, units: &[Vec<String>]) -> Agreement {
        let mut names: Vec<&String> = units.iter().flatten().collect();
        names.sort_unstable();
        names.dedup();
        let number = |code: &String| names.binary_search(&code).unwrap_or(0) as u32;
        let numbers: Vec<Vec<u32>> = units.iter().map(|unit| unit.iter().map(number).collect()).collect();
        let mut confusion: BTreeMap<(String, String), u64> = BTreeMap::new();
        let (mut same, mut pairs) = (0, 0);
        for unit in units {
            for (i, a) in unit.iter().enumerate() {
                for b in &unit[i + 1..] {
                    let (a, b) = if a <= b { (a, b) } else { (b, a) };
                    *confusion.entry((a.clone(), b.clone())).or_default() += 1;
                    (same, pairs) = (same + u64::from(a == b), pairs + 1);
                }
            }
        }
        Agreement {
            what: what.to_string(),
            alpha: alpha_with_interval(&numbers, Scale::Nominal, what, &self.options),
            units: units.iter().filter(|unit| unit.len() >= 2).count() as u64,
            same,
            pairs,
            confusion,
        }
    }

    /// Every entry with a coded hit, worst first. Of the hits of a frame, those of entries of frames inside it answer another question than
    /// whether the entry is right: for them its own frame is asked for.
    pub fn entries(&self) -> Vec<EntryScore> {
        let mut entries: BTreeMap<(usize, usize), EntryScore> = BTreeMap::new();
        for (frame, known) in self.key.frames.iter().enumerate() {
            let is_own = |hit: &&Drawn| self.key.lexicons[hit.lexicon].entries[hit.entry].frame == known.name;
            for (number, item, yes) in self.coded(frame) {
                for hit in item.drawn.iter().filter(is_own) {
                    let key = (hit.lexicon, hit.entry);
                    let blank = EntryScore { lexicon: key.0, entry: key.1, right: 0, checked: 0, wrong: Vec::new() };
                    let score = entries.entry(key).or_insert(blank);
                    score.checked += 1;
                    if yes {
                        score.right += 1;
                    } else {
                        score.wrong.push(number);
                    }
                }
            }
        }
        let mut entries: Vec<EntryScore> = entries.into_values().collect();
        let share = |score: &EntryScore| f64::from(score.right) / f64::from(score.checked);
        entries.sort_by(|a, b| {
            share(a)
                .total_cmp(&share(b))
                .then(b.checked.cmp(&a.checked))
                .then((a.lexicon, a.entry).cmp(&(b.lexicon, b.entry)))
        });
        entries
    }

    /// How often the voice by rule is the one that coders name: counts by both.
    pub fn voices(&self) -> BTreeMap<(String, String), u64> {
        let mut counts = BTreeMap::new();
        for (item, item_codes) in self.key.items.iter().zip(&self.coding.item_codes) {
            if item_codes.code == Some(true) && !item_codes.voice.is_empty() {
                for hit in &item.drawn {
                    *counts.entry((hit.voice.clone(), item_codes.voice.clone())).or_default() += 1;
                }
            }
        }
        counts
    }
}
