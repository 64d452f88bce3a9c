//! One list of candidates of a frame out of what each method finds.
//!
//! In: sentences, a latent space, coded texts. Out: [`Suggestion`]s, best first, each with sentences to read.
//! Invariant: places are joined as 1 / (60 + place), summed over methods, variants of spelling three times (Cormack, Clarke and Büttcher 2009); equal sums go by spelling.

use super::coded::Coded;
use super::contrast::{Least, NONE, Term, contrast, spelt, terms};
use super::gather::Gathered;
use super::latent::Space;
use super::spelling::{Variant, variants};
use super::{SuggestQuery, Suggestion};
use crate::lexicon::{Pattern, plain};
use crate::statistics::candidates::{expected_precision, over_representation};
use crate::statistics::seed::Stream;
use hashbrown::HashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Constant of the joined places.
const FUSION: f64 = 60.0;

/// What a place among variants of spelling weighs.
const CERTAIN: f64 = 3.0;

/// Sentences that are shown of a candidate.
const EXAMPLES: usize = 3;

/// Words that stand in more of a hundred sentences without the frame are those of the language; of few sentences nobody can say.
const COMMON: (usize, usize) = (5, 20);

/// A candidate must stand out so far.
const LEAST: Least = Least { units: 2, z: 2.0, times: 2.0 };

/// What is known of a frame's candidates.
pub(super) struct Ranking<'a> {
    pub gathered: &'a Gathered,
    pub space: Option<&'a Space>,
    pub coded: Option<&'a Coded>,
    pub query: &'a SuggestQuery,
    pub seed: u64,
}

/// What a candidate found.
#[derive(Default)]
struct Tally {
    hits: u64,
    units: Vec<u32>,
    articles: BTreeSet<u32>,
    /// Hits with company of the frame.
    near: u64,
}

/// A candidate by the methods that found it.
#[derive(Default)]
struct Evidence {
    score: f64,
    names: BTreeSet<&'static str>,
    stability: Option<f64>,
    variant: Option<Variant>,
}

/// What of a frame stands in each sentence.
struct FrameContext {
    has: Vec<bool>,
    taken: Vec<bool>,
    /// Entries in the sentence or beside it.
    beside: Vec<BTreeSet<u32>>,
    frame: (u64, u64),
    base: (u64, u64),
}

impl Ranking<'_> {
    /// The candidates of a frame, and the sentences that are drawn of each.
    pub fn of_frame(&self, frame: usize) -> Vec<(Suggestion, Vec<usize>)> {
        let context = self.context(frame);
        let candidates = self.candidates(frame, &context);
        let tallies = self.tally(&candidates, &context);
        let mut rows: Vec<(f64, String, Term)> = candidates
            .iter()
            .filter(|(term, _)| tallies.get(*term).is_some_and(|tally| tally.hits >= self.query.min_hits))
            .filter(|(term, _)| term[1] != NONE || !context.is_common(&tallies[*term]))
            .map(|(term, why)| (why.score, spelt(&self.gathered.text, *term), *term))
            .collect();
        rows.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let mut kept: Vec<(String, Term)> = Vec::new();
        for (_, entry, term) in rows {
            // a phrase that says no more than a word of it, or a word that stands in nothing else, is one candidate
            let same = |other: &Term| {
                let (a, b) = (tallies[&term].units.len(), tallies[other].units.len());
                (holds(&term, other) || holds(other, &term)) && a.min(b) * 10 >= a.max(b) * 9
            };
            if kept.len() < self.query.most && !kept.iter().any(|(_, other)| same(other)) {
                kept.push((entry, term));
            }
        }
        kept.into_iter()
            .map(|(entry, term)| self.row(frame, &context, entry, &candidates[&term], &tallies[&term]))
            .collect()
    }

    fn candidates(&self, frame: usize, context: &FrameContext) -> BTreeMap<Term, Evidence> {
        let text = &self.gathered.text;
        let mut found: BTreeMap<Term, Evidence> = BTreeMap::new();
        let mut note = |place: usize, term: Term, name: &'static str| {
            let why = found.entry(term).or_default();
            // a misspelt entry is that entry, however rare
            let weight = if matches!(name, "spelling" | "transliteration") { CERTAIN } else { 1.0 };
            why.score += weight / (FUSION + place as f64 + 1.0);
            why.names.insert(name);
        };
        let depth = self.query.most * 4;
        let over = contrast(text, &context.taken, &context.has, |_| true, LEAST);
        over.iter().take(depth).enumerate().for_each(|(i, of)| note(i, of.term, "keyness"));
        let seeds = self.seeds(frame);
        let name = &self.gathered.lexicon.frames[frame].name;
        let near = self.space.map_or_else(Vec::new, |space| space.nearest(&seeds, depth, (self.seed, name)));
        near.iter().enumerate().for_each(|(i, of)| note(i, [of.stem, NONE, NONE], "latent"));
        if let Some(coded) = self.coded {
            let stem_of: HashMap<&str, u32> = (0..text.stems() as u32).map(|stem| (text.shown(stem), stem)).collect();
            for (i, of) in coded.tells(frame).iter().take(depth).enumerate() {
                let here = |stem: u32| stem_of.get(coded.text.shown(stem)).copied().unwrap_or(NONE);
                let term = of.term.map(|stem| if stem == NONE { NONE } else { here(stem) });
                if (0..3).all(|at| (term[at] == NONE) == (of.term[at] == NONE)) {
                    note(i, term, "coded");
                }
            }
        }
        let mut found_stems = vec![false; text.stems()];
        (0..text.words.len())
            .filter(|&at| context.taken[at])
            .for_each(|at| found_stems[text.words[at] as usize] = true);
        let variants = variants(text, &self.words(frame), &found_stems);
        let mut order: Vec<(&u32, &Variant)> = variants.iter().collect();
        order.sort_by_key(|(stem, variant)| (variant.distance, text.shown(**stem)));
        for (i, (&stem, variant)) in order.into_iter().take(depth).enumerate() {
            note(i, [stem, NONE, NONE], variant.kind);
        }
        for of in &near {
            if let Some(why) = found.get_mut(&[of.stem, NONE, NONE]) {
                why.stability = Some(of.stability);
            }
        }
        for (stem, variant) in variants {
            if let Some(why) = found.get_mut(&[stem, NONE, NONE]) {
                why.variant = Some(variant);
            }
        }
        found
    }

    /// Stems that are hits of the frame by themselves.
    fn seeds(&self, frame: usize) -> Vec<u32> {
        let text = &self.gathered.text;
        let alone = text.hits.iter().filter(|hit| hit.frame == frame && hit.words.1 - hit.words.0 == 1);
        let stems: BTreeSet<u32> = alone.map(|hit| text.words[hit.words.0]).collect();
        stems.into_iter().collect()
    }

    /// The single words of a frame's entries, without wildcards.
    fn words(&self, frame: usize) -> Vec<String> {
        let lexicon = &self.gathered.lexicon;
        let own = lexicon.entries.iter().filter(|entry| entry.frame == frame && !entry.except);
        let single = own.filter(|entry| matches!(&entry.pattern, Pattern::Words(words) if words.len() == 1));
        single.map(|entry| plain(entry).trim_matches('*').to_lowercase()).collect()
    }

    fn context(&self, frame: usize) -> FrameContext {
        let text = &self.gathered.text;
        let (has, taken) = text.marks(frame);
        let mut own: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); text.units.len()];
        for hit in text.hits.iter().filter(|hit| hit.frame == frame) {
            own[hit.unit as usize].insert(hit.entry);
        }
        let neighbours = |unit: usize| {
            let article = text.units[unit].article;
            let near = unit.saturating_sub(1)..(unit + 2).min(text.units.len());
            near.filter(move |&other| text.units[other].article == article)
        };
        let beside: Vec<BTreeSet<u32>> = (0..own.len())
            .map(|unit| neighbours(unit).flat_map(|other| own[other].iter().copied()).collect())
            .collect();
        let (mut with, mut all) = (0, 0);
        for hit in text.hits.iter().filter(|hit| hit.frame == frame) {
            all += 1;
            with += u64::from(beside[hit.unit as usize].iter().any(|&entry| entry != hit.entry));
        }
        let base = beside.iter().filter(|entries| !entries.is_empty()).count() as u64;
        FrameContext { frame: (with, all), base: (base, own.len() as u64), has, taken, beside }
    }

    fn tally(&self, candidates: &BTreeMap<Term, Evidence>, context: &FrameContext) -> HashMap<Term, Tally> {
        let text = &self.gathered.text;
        let mut tallies: HashMap<Term, Tally> = candidates.keys().map(|&term| (term, Tally::default())).collect();
        for (number, unit) in text.units.iter().enumerate() {
            let (from, to) = unit.words;
            terms(&text.words[from..to], &context.taken[from..to], |_, term| {
                if let Some(tally) = tallies.get_mut(&term) {
                    tally.hits += 1;
                    tally.near += u64::from(!context.beside[number].is_empty());
                    tally.articles.insert(unit.article);
                    if tally.units.last() != Some(&(number as u32)) {
                        tally.units.push(number as u32);
                    }
                }
            });
        }
        tallies
    }

    fn row(
        &self,
        frame: usize,
        context: &FrameContext,
        entry: String,
        why: &Evidence,
        tally: &Tally,
    ) -> (Suggestion, Vec<usize>) {
        let (text, lexicon) = (&self.gathered.text, &self.gathered.lexicon);
        let with = tally.units.iter().filter(|&&unit| context.has[unit as usize]).count() as u64;
        let all = tally.units.len() as u64;
        let n1 = context.has.iter().filter(|has| **has).count() as u64;
        let z = (with > 0).then(|| over_representation(with, n1, all - with, context.has.len() as u64 - n1));
        let outlets: BTreeSet<&str> =
            tally.articles.iter().map(|&article| text.articles[article as usize].0.as_str()).collect();
        let words: Vec<String> = entry.split(' ').map(str::to_string).collect();
        let mut drawn: Vec<(u64, usize)> = tally
            .units
            .iter()
            .map(|&unit| {
                let at = &text.units[unit as usize];
                let (_, number) = text.articles[at.article as usize];
                let lot =
                    Stream::numbered(self.seed, &["suggest", &entry], number << 20 | u64::from(at.sentence)).bits();
                (lot, unit as usize)
            })
            .collect();
        drawn.sort_unstable();
        let row = Suggestion {
            frame: lexicon.frames[frame].name.clone(),
            why: why.names.iter().copied().collect::<Vec<_>>().join("+"),
            hits: tally.hits,
            articles: tally.articles.len() as u64,
            outlets: outlets.len() as u64,
            sentences: (all, with),
            z,
            stability: why.stability,
            expected_precision: expected_precision((tally.near, tally.hits), context.frame, context.base),
            coded: self.coded.and_then(|coded| coded.right(frame, &words)),
            nearest: why.variant.as_ref().map_or_else(|| self.nearest(context, tally), |variant| variant.entry.clone()),
            examples: Vec::new(),
            entry,
        };
        (row, drawn.into_iter().take(EXAMPLES).map(|(_, unit)| unit).collect())
    }

    /// The entry that stands most often in the sentences of a candidate or beside them.
    fn nearest(&self, context: &FrameContext, tally: &Tally) -> String {
        let mut times: BTreeMap<u32, u32> = BTreeMap::new();
        for unit in &tally.units {
            context.beside[*unit as usize].iter().for_each(|&entry| *times.entry(entry).or_default() += 1);
        }
        let best = times.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
        best.map_or_else(String::new, |(&entry, _)| self.gathered.lexicon.entries[entry as usize].text.clone())
    }
}

impl FrameContext {
    /// True for a word that stands in many sentences without the frame.
    fn is_common(&self, tally: &Tally) -> bool {
        let (percent, least) = COMMON;
        let without = tally.units.iter().filter(|&&unit| !self.has[unit as usize]).count();
        let others = self.has.iter().filter(|has| !**has).count();
        without > least && without * 100 > others * percent
    }
}

/// True where the words of one term stand in another.
fn holds(term: &Term, other: &Term) -> bool {
    let words = |term: &Term| term.iter().copied().filter(|&stem| stem != NONE).collect::<Vec<u32>>();
    let (term, other) = (words(term), words(other));
    term.windows(other.len()).any(|window| window == other)
}
