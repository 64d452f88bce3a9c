//! The primary comparison under every combination of choices that a researcher could have made.
//!
//! In: counts with their [`Variants`]. Out: one estimate per frame and combination.
//! Invariant: the combination that the study made gives the numbers of its own comparison; a choice that moves no count is
//! not offered.
//! It deliberately corrects nothing for the number of combinations: the curve is to be read as a whole.

use super::Options;
use crate::aggregate::{Counts, Place, Variants};
use crate::error::{Place as At, Problem, Result, did_you_mean};
use crate::statistics::macro_ratio::{macro_ratio, macro_tests};
use crate::statistics::{self, ComparisonRow, Estimate, Groups, Hits, Measured, Unit};
use crate::voice::Voice;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Whose words count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum VoiceChoice {
    /// The voices that the study counts.
    Study,
    /// Every voice.
    All,
    /// The article's own.
    Own,
}

/// One combination of choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Choices {
    /// Only forms that the entry writes count: nothing is found by its stem.
    pub exact: bool,
    /// Whose words count.
    pub voice: VoiceChoice,
    /// Site furniture counts.
    pub furniture: bool,
    /// Repeated passages count.
    pub repeats: bool,
    /// Every article counts alike, whatever its length.
    pub is_macro: bool,
}

/// The comparison of one frame under one combination.
#[derive(Clone, Debug, PartialEq)]
pub struct SpecificationRow {
    /// Index of the frame.
    pub frame: usize,
    /// The combination.
    pub choices: Choices,
    /// The study's own choices.
    pub is_study: bool,
    /// Hits of both sides.
    pub hits: [u64; 2],
    /// Words of both sides.
    pub words: [u64; 2],
    /// The log ratio: smoothed, or of mean article rates.
    pub ratio: Estimate,
    /// Two-sided p over articles.
    pub p: Measured,
}

/// A specification curve of every frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Specifications {
    /// The group.
    pub group: usize,
    /// The other; `None` = all others.
    pub other: Option<usize>,
    /// Rows, frame by frame.
    pub rows: Vec<SpecificationRow>,
    /// Choices that move no count here, in words.
    pub without_effect: Vec<&'static str>,
}

pub(super) fn of(
    counts: &Counts,
    view: &statistics::Counts<'_>,
    groups: &Groups<'_>,
    strata: Option<&[u32]>,
    settings: &Options,
    options: &statistics::Options,
) -> Result<Option<Specifications>> {
    refuse_unknown(view.groups, settings)?;
    let Some((group, other)) = primary(view, groups, settings) else { return Ok(None) };
    let (offered, without_effect) = offered(counts);
    let lengths: BTreeSet<(bool, bool)> = offered.iter().map(|choices| (choices.furniture, choices.repeats)).collect();
    let lengths: Vec<(bool, bool)> = lengths.into_iter().collect();
    let of_length = |&(furniture, repeats): &(bool, bool)| {
        let alike = |choices: &&Choices| (choices.furniture, choices.repeats) == (furniture, repeats);
        let choices: Vec<Choices> = offered.iter().filter(alike).copied().collect();
        let clusters = groups.clusters();
        Counted { counts, view, strata, options, group, other, clusters }.rows(&choices)
    };
    let mut rows: Vec<SpecificationRow> = lengths.par_iter().flat_map_iter(of_length).collect();
    rows.sort_by_key(|row| (row.frame, row.choices));
    Ok(Some(Specifications { group, other, rows, without_effect }))
}

/// Refuses a primary comparison of groups that are not there, so that nobody waits for a run to hear of it.
pub fn refuse_unknown(groups: &[String], settings: &Options) -> Result<()> {
    /// Names that are listed.
    const LISTED: usize = 12;
    // without groups there is nothing to name, and a run says so itself
    if groups.is_empty() {
        return Ok(());
    }
    let unknown = settings.primary.iter().enumerate().filter(|(_, name)| !groups.contains(name));
    let problem = |(number, name): (usize, &String)| {
        let place = settings.primary_at.get(number).cloned().unwrap_or_else(|| At::file("command line"));
        let problem = Problem::error("group-unknown", place, format!("no group is called `{name}`"));
        let mut listed = groups.iter().take(LISTED).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        if let Some(more) = groups.len().checked_sub(LISTED + 1) {
            listed.push_str(&format!(" or one of {} more, as in frames.csv", more + 1));
        }
        let hint = match did_you_mean(name, groups.iter().map(String::as_str)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "name groups as frames.csv does; those of several columns are joined by ` · `".to_string(),
        };
        problem.expected(listed).hint(hint)
    };
    let mut problems: Vec<Problem> = unknown.map(problem).collect();
    if let [one, other] = settings.primary.as_slice()
        && one == other
    {
        let place = settings.primary_at.last().cloned().unwrap_or_else(|| At::file("command line"));
        let problem = Problem::error("group-twice", place, format!("`{one}` is compared with itself"));
        problems.push(problem.expected("two groups, or one against all others"));
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.into()) }
}

/// The comparison that is counted again.
fn primary(view: &statistics::Counts<'_>, groups: &Groups<'_>, settings: &Options) -> Option<(usize, Option<usize>)> {
    let find = |name: &String| view.groups.iter().position(|other| other == name);
    match settings.primary.as_slice() {
        [] => {
            let mut order: Vec<usize> = (0..groups.groups()).filter(|&group| groups.members(group).len() > 1).collect();
            order.sort_by_key(|&group| (std::cmp::Reverse(groups.members(group).len()), group));
            order.first().zip(order.get(1)).map(|(&one, &other)| (one.min(other), Some(one.max(other))))
        }
        [one] => Some((find(one)?, None)).filter(|_| groups.groups() > 1),
        [one, other, ..] => Some((find(one)?, Some(find(other)?))),
    }
}

/// Every combination of the choices that move a count.
fn offered(counts: &Counts) -> (Vec<Choices>, Vec<&'static str>) {
    let variants = &counts.variants;
    let mut without_effect = Vec::new();
    let mut options = |matters: bool, what: &'static str| -> Vec<bool> {
        if !matters {
            without_effect.push(what);
        }
        if matters { vec![false, true] } else { vec![false] }
    };
    let cells = &variants.cells;
    let exact = options(cells.iter().any(|cell| !cell.exact), "stems or exact forms");
    let is_in =
        |place: Place, words: &[u32]| cells.iter().any(|cell| cell.place == place) || words.iter().any(|&n| n > 0);
    let furniture = options(is_in(Place::Furniture, &variants.furniture_words), "site furniture");
    let repeats = options(is_in(Place::Repeat, &variants.repeat_words), "repeated passages");
    let mut voices = vec![VoiceChoice::Study];
    let text = || cells.iter().filter(|cell| cell.place == Place::Text);
    let counted = counted_voices(counts);
    if text().any(|cell| !counted.contains(&cell.voice)) {
        voices.push(VoiceChoice::All);
    }
    if text().any(|cell| (cell.voice == Voice::Own) != counted.contains(&cell.voice)) {
        voices.push(VoiceChoice::Own);
    }
    if voices.len() == 1 {
        without_effect.push("voices");
    }
    let mut all = Vec::new();
    for &exact in &exact {
        for &voice in &voices {
            for &furniture in &furniture {
                for &repeats in &repeats {
                    all.extend([false, true].map(|is_macro| Choices { exact, voice, furniture, repeats, is_macro }));
                }
            }
        }
    }
    (all, without_effect)
}

/// Voices of hits that the study counts.
fn counted_voices(counts: &Counts) -> BTreeSet<Voice> {
    counts.voices.iter().map(|cell| cell.2).collect()
}

impl Choices {
    fn counts(&self, cell: &crate::aggregate::VariantCell, counted: &BTreeSet<Voice>) -> bool {
        let place = match cell.place {
            Place::Text => true,
            Place::Furniture => self.furniture,
            Place::Repeat => self.repeats,
        };
        let voice = match self.voice {
            // nobody is asked who speaks in furniture
            _ if cell.place == Place::Furniture => true,
            VoiceChoice::Study => counted.contains(&cell.voice),
            VoiceChoice::All => true,
            VoiceChoice::Own => cell.voice == Voice::Own,
        };
        place && voice && (cell.exact || !self.exact)
    }

    fn is_study(&self) -> bool {
        *self == Choices { exact: false, voice: VoiceChoice::Study, furniture: false, repeats: false, is_macro: false }
    }

    fn words(&self, counts: &Counts) -> Vec<u32> {
        let Variants { furniture_words, repeat_words, .. } = &counts.variants;
        let further = |article: usize| {
            let furniture = if self.furniture { furniture_words[article] } else { 0 };
            furniture + if self.repeats { repeat_words[article] } else { 0 }
        };
        counts.words.iter().enumerate().map(|(article, words)| words + further(article)).collect()
    }
}

/// What combinations that share their words need.
struct Counted<'a> {
    counts: &'a Counts,
    view: &'a statistics::Counts<'a>,
    strata: Option<&'a [u32]>,
    options: &'a statistics::Options,
    group: usize,
    other: Option<usize>,
    clusters: Option<statistics::Clusters<'a>>,
}

impl Counted<'_> {
    /// Rows of combinations that differ in stems, voices and weight only.
    fn rows(&self, choices: &[Choices]) -> Vec<SpecificationRow> {
        let Some(first) = choices.first() else { return Vec::new() };
        let words = first.words(self.counts);
        let frames = self.counts.frames.len();
        let ways: Vec<Choices> = choices.iter().filter(|choices| !choices.is_macro).copied().collect();
        let names: Vec<String> = ways.iter().flat_map(|_| self.counts.frames.iter().cloned()).collect();
        let view = statistics::Counts { frames: &names, words: &words, ..*self.view };
        let groups = Groups::sparse(&view, self.hits(&ways), self.options).clustered(self.clusters);
        let compared = match self.other {
            Some(other) => groups.pair(self.group, other, self.strata),
            None => groups.one_against_rest(self.group, self.strata),
        };
        let micro = |row: &ComparisonRow| SpecificationRow {
            frame: row.frame % frames,
            choices: ways[row.frame / frames],
            is_study: ways[row.frame / frames].is_study(),
            hits: row.hits,
            words: row.words,
            ratio: row.smoothed_log_ratio,
            p: row.p,
        };
        let mut rows: Vec<SpecificationRow> = compared.iter().map(micro).collect();
        rows.extend(self.macros(&groups, &ways, &compared));
        rows
    }

    /// The same combinations with every article, or cluster of articles, counting alike.
    fn macros(&self, groups: &Groups<'_>, ways: &[Choices], compared: &[ComparisonRow]) -> Vec<SpecificationRow> {
        let frames = self.counts.frames.len();
        let is_other = |&group: &usize| self.other.map_or(group != self.group, |other| group == other);
        let others = (0..groups.groups()).filter(is_other).flat_map(|group| groups.members(group));
        let mut others: Vec<u32> = others.copied().collect();
        others.sort_unstable();
        // articles of a cluster say one thing together, so each cluster counts alike
        let sides = [groups.members(self.group), others.as_slice()];
        let clusters = sides.map(|articles| self.clusters.map(|clusters| clusters.chosen(articles)));
        let units = |side: usize, column: usize| -> Vec<Unit> {
            let words = |article: u32| groups.words()[article as usize];
            let unit = |&article: &u32| Unit { hits: groups.hits().at(article, column), words: words(article) };
            let units: Vec<Unit> = sides[side].iter().map(unit).collect();
            statistics::gather(&units, clusters[side].as_deref(), |sum, unit| {
                (sum.hits, sum.words) = (sum.hits + unit.hits, sum.words + unit.words);
            })
        };
        let columns: Vec<(Vec<Unit>, Vec<Unit>)> =
            (0..ways.len() * frames).into_par_iter().map(|column| (units(0, column), units(1, column))).collect();
        let tests = macro_tests(&columns, &["specifications"], self.options);
        let row = |(at, row): (usize, &ComparisonRow)| {
            let choices = Choices { is_macro: true, ..ways[row.frame / frames] };
            SpecificationRow {
                frame: row.frame % frames,
                choices,
                is_study: choices.is_study(),
                hits: row.hits,
                words: row.words,
                ratio: macro_ratio(&columns[at].0, &columns[at].1),
                p: tests[at].p,
            }
        };
        compared.iter().enumerate().map(row).collect()
    }

    /// Hits by combination, then frame.
    fn hits(&self, ways: &[Choices]) -> Hits {
        let frames = self.counts.frames.len();
        let counted = counted_voices(self.counts);
        let mut cells: Vec<(u32, u32, u32)> = Vec::new();
        for cell in &self.counts.variants.cells {
            for (way, _) in ways.iter().enumerate().filter(|(_, choices)| choices.counts(cell, &counted)) {
                cells.push((cell.article, (way * frames + cell.frame.index()) as u32, cell.hits));
            }
        }
        cells.sort_unstable();
        cells.dedup_by(|next, kept| {
            let is_same = (next.0, next.1) == (kept.0, kept.1);
            if is_same {
                kept.2 += next.2;
            }
            is_same
        });
        Hits::sorted(cells.into_iter(), self.counts.words.len(), ways.len() * frames)
    }
}
