//! What a corpus says to lexicons: its words, and what every entry finds.
//!
//! In: lexicons, and a study that says which articles and how they are counted. Out: a [`Survey`].
//! Invariant: a hit is here where a run with this study would count it: no furniture, no repeat, no second copy of an article, a
//! voice that is counted. Each lexicon is looked up by itself, so a frame that two lexicons share is not shared here.
//! It deliberately holds no text: memory grows with the distinct words and forms, not with the corpus.

use super::batch::each_batch;
use super::names::names;
use crate::clean::{self, Duplicates, Furniture, Removed, removed_by};
use crate::error::{Result, Severity};
use crate::index::{Attached, Desk, Draft, Reading, Shard};
use crate::lexicon::{Kind, Lexicon};
use crate::lookup::{Hearing, Hit, Plan, Voices, look_up};
use crate::read::{Article, Batch};
use crate::stem::Stems;
use crate::study::Study;
use crate::text::{Language, Span};
use crate::voice::Marker;
use hashbrown::HashMap;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

/// What one entry found.
#[derive(Clone, Debug, Default)]
pub(super) struct Usage {
    pub hits: u64,
    pub articles: u64,
    /// Folded surface forms.
    pub forms: BTreeMap<String, u64>,
    /// Longer names in which hits stand.
    pub names: BTreeMap<String, u64>,
}

/// What a corpus says.
#[derive(Default)]
pub(super) struct Survey {
    /// Articles, without second copies.
    pub articles: u64,
    /// Words that could have been hits.
    pub words: u64,
    /// Articles that say what an earlier one said.
    pub duplicates: u64,
    /// Records that could not be read.
    pub lost: u64,
    /// Word types by language.
    pub types: BTreeMap<Language, HashMap<String, u64>>,
    /// By lexicon and entry.
    pub usage: Vec<Vec<Usage>>,
}

/// A hit without its shard.
struct Noted {
    article: u32,
    entry: u32,
    form: String,
    names: Vec<String>,
}

/// What one shard says.
struct Part {
    shard: Shard,
    removed: Vec<Vec<Removed>>,
    digests: Vec<Option<u128>>,
    /// By lexicon.
    hits: Vec<Vec<Noted>>,
    lost: u64,
}

impl Survey {
    /// Reads the corpus of a study through.
    pub fn of(lexicons: &[Lexicon], study: &Study, stop: &AtomicBool) -> Result<Survey> {
        let furniture = Furniture::shipped()?;
        let voices = Voices::shipped(study.voice.clone(), study.voices.clone())?;
        let plans: Vec<Plan<'_>> = lexicons.chunks(1).map(Plan::new).collect();
        let entries = |lexicon: &Lexicon| vec![Usage::default(); lexicon.entries.len()];
        let mut survey = Survey { usage: lexicons.iter().map(entries).collect(), ..Survey::default() };
        let mut duplicates = Duplicates::default();
        let mut read = 0;
        let work = |stems: &mut Stems, batch: Batch| {
            let lost = batch.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
            part(batch.articles, lost as u64, study, &plans, &furniture, &voices, stems)
        };
        each_batch(study, stop, Stems::default, work, |part| {
            survey.take(&part, study.clean.duplicates, &mut duplicates, &mut read);
        })?;
        Ok(survey)
    }

    fn take(&mut self, part: &Part, once: bool, seen: &mut Duplicates, read: &mut u32) {
        let mut is_copy = Vec::with_capacity(part.digests.len());
        for digest in &part.digests {
            is_copy.push(seen.check(*digest, *read).is_some() && once);
            *read += 1;
        }
        self.lost += part.lost;
        self.duplicates += is_copy.iter().filter(|&&copy| copy).count() as u64;
        self.articles += is_copy.iter().filter(|&&copy| !copy).count() as u64;
        let types = part.shard.types();
        let mut counts = vec![0u64; types.len()];
        for article in (0..part.digests.len()).filter(|&article| !is_copy[article]) {
            for (i, id) in part.shard.types_of(part.shard.range(article)).enumerate() {
                if removed_by(&part.removed[article], Span::new(i as u32, i as u32 + 1)).is_none() {
                    counts[id as usize] += 1;
                    self.words += 1;
                }
            }
        }
        for (id, word) in types.iter().filter(|(id, _)| counts[*id as usize] > 0) {
            let of_language = self.types.entry(types.language(id)).or_default();
            *of_language.entry_ref(word).or_default() += counts[id as usize];
        }
        for (usage, hits) in self.usage.iter_mut().zip(&part.hits) {
            let mut in_article: BTreeMap<u32, u32> = BTreeMap::new();
            for hit in hits.iter().filter(|hit| !is_copy[hit.article as usize]) {
                let found = &mut usage[hit.entry as usize];
                found.hits += 1;
                found.articles += u64::from(in_article.insert(hit.entry, hit.article) != Some(hit.article));
                add(&mut found.forms, &hit.form);
                hit.names.iter().for_each(|name| add(&mut found.names, name));
            }
            usage.iter_mut().for_each(forget_rare_names);
        }
    }
}

fn add(counts: &mut BTreeMap<String, u64>, text: &str) {
    match counts.get_mut(text) {
        Some(n) => *n += 1,
        None => drop(counts.insert(text.to_string(), 1)),
    }
}

/// A name matters where it holds a large share of the hits: of very many names, the rare ones are let go.
fn forget_rare_names(usage: &mut Usage) {
    const MOST: usize = 5_000;
    if usage.names.len() > MOST {
        let least = usage.hits / 200;
        usage.names.retain(|_, n| *n > least);
    }
}

fn part(
    articles: Vec<Article>,
    lost: u64,
    study: &Study,
    plans: &[Plan<'_>],
    furniture: &Furniture,
    voices: &Voices,
    stems: &mut Stems,
) -> Part {
    let draft = Draft::read(articles, Reading { language: study.language, fold: study.reading.fold, settled: None }, stems);
    let mut attached = Attached::default();
    clean::summarise(&draft, &mut attached);
    voices.mark(&draft, &mut Marker::default(), &mut attached);
    let shard = Shard::of(&draft, &attached);
    let patterns = furniture.for_types(shard.types(), stems);
    let removed = clean::clean(&shard, &patterns, &clean::Recurring::default(), &study.clean);
    let mut hearing = Hearing::new(&shard, &removed, &voices.counted);
    let mut desk = shard.desk();
    let hits = plans.iter().map(|plan| {
        // a furniture lexicon is of whole lines: it has no hits
        if plan.is(Kind::Furniture) {
            return Vec::new();
        }
        let found = look_up(plan, &shard, &mut hearing, stems);
        found.hits.iter().filter(|hit| hit.uncounted.is_none()).map(|hit| note(&shard, &mut desk, hit)).collect()
    });
    let hits = hits.collect();
    let mut hashes = Vec::new();
    let digest = |i| clean::digest(draft.article(i).types, |id| draft.types().folded(id), &mut hashes);
    let digests = (0..shard.articles.len()).map(digest).collect();
    drop(desk);
    Part { removed, digests, hits, lost, shard }
}

fn note(shard: &Shard, desk: &mut Desk<'_>, hit: &Hit) -> Noted {
    let form: Vec<&str> = shard.types_of(hit.tokens).map(|id| shard.types().folded(id)).collect();
    let names = names(shard, desk, hit);
    Noted { article: hit.article, entry: hit.entry.entry, form: form.join(" "), names }
}
