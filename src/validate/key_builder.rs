//! The key of a sample: what was drawn, with its text and all that scores will need.
//!
//! In: what was drawn and fetched. Out: the [`Key`].
//! Invariant: the numbers of items follow their lots, so they tell a coder nothing.

use super::design::{Unit, lot};
use super::drafts::Drafts;
use super::gather::{Gatherer, Hits, UnitsWithoutHit};
use super::key::{Comparison, Drawn, Item, Key, KeyArticle, KeyEntry, KeyFrame, KeyLexicon, Level, Total};
use super::reopen::Run;
use super::sample::Draw;
use super::texts::Fetched;
use crate::disk::read_regular;
use crate::error::{Place, Problem, Result};
use crate::lexicon::{Lexicon, entry_key};
use crate::lookup::Plan;
use crate::results::{COMPARISONS, RunDigests, unescaped};
use crate::text::Language;
use std::collections::BTreeMap;
use std::path::Path;

/// What the key is made of.
pub(super) struct KeyBuilder<'a> {
    pub draw: &'a Draw,
    pub run: &'a Run,
    pub plan: &'a Plan<'a>,
    pub gatherer: &'a Gatherer<'a>,
    pub near: &'a [Vec<(Language, String)>],
    pub hits: &'a Hits,
    pub plain: &'a UnitsWithoutHit,
}

impl KeyBuilder<'_> {
    pub fn key(&self, drafts: Drafts, mut fetched: Vec<Fetched>, run_digests: RunDigests) -> Result<Key> {
        let draw = self.draw;
        let coders: Vec<String> = (0..draw.coders).map(|coder| char::from(b'A' + coder as u8).to_string()).collect();
        let lexicons: Vec<KeyLexicon> = self.plan.lexicons().iter().map(key_lexicon).collect();
        let mut numbers: BTreeMap<u64, usize> = BTreeMap::new();
        let mut articles = Vec::new();
        fetched.sort_by_key(|fetched| fetched.article);
        for one in &fetched {
            numbers.entry(one.article).or_insert_with(|| {
                articles.push(self.article(one));
                articles.len() - 1
            });
        }
        let items = self.items(&drafts, fetched, &numbers);
        Ok(Key {
            about: "The locked key of a sample. Do not give it to coders. A changed key is refused.".to_string(),
            format: Key::format(),
            framescope: env!("CARGO_PKG_VERSION").to_string(),
            seed: draw.seed,
            unit: draw.unit,
            hits: draw.hits,
            sentences: draw.sentences,
            overlap: draw.overlap,
            by_outlet: draw.by_outlet,
            shown: draw.show.clone(),
            coders,
            corpus: run_digests.corpus,
            settings: run_digests.settings,
            grouped_by: self.run.study.by.clone(),
            lexicons,
            frames: (0..self.gatherer.frames.len()).map(|frame| self.key_frame(frame)).collect(),
            strata: drafts.strata,
            totals: self.totals(),
            comparisons: self.comparisons()?,
            articles,
            items,
            seal: String::new(),
        })
    }

    /// What coders are asked, in the order of lots.
    fn items(&self, drafts: &Drafts, fetched: Vec<Fetched>, numbers: &BTreeMap<u64, usize>) -> Vec<Item> {
        let draw = self.draw;
        let drafts_of: Vec<_> = drafts.items.iter().collect();
        let mut items: Vec<(u64, Item)> = Vec::new();
        for one in fetched {
            let ((frame, article, sentence), (stratum, hits)) = drafts_of[one.draft];
            let name = self.frame(*frame);
            let lot = lot(draw.seed, &[b"item", name.as_bytes(), one.id.as_bytes(), &sentence.to_le_bytes()]);
            let drawn = hits.iter().zip(&one.surfaces).map(|((stratum, hit), surface)| Drawn {
                stratum: *stratum,
                lexicon: hit.entry.lexicon as usize,
                entry: hit.entry.entry as usize,
                voice: hit.voice.name().to_string(),
                surface: surface.clone(),
            });
            let item = Item {
                id: String::new(),
                frame: *frame,
                article: numbers[article],
                sentence: if draw.unit == Unit::Sentence { sentence + 1 } else { 0 },
                language: one.language,
                before: one.before,
                text: one.text,
                after: one.after,
                coders: Vec::new(),
                drawn: drawn.collect(),
                hits: one.in_unit,
                stratum: *stratum,
            };
            items.push((lot, item));
        }
        items.sort_by(|a, b| {
            (a.0, a.1.frame, a.1.article, a.1.sentence).cmp(&(b.0, b.1.frame, b.1.article, b.1.sentence))
        });
        self.spread(items.into_iter().map(|(_, item)| item).collect())
    }

    fn frame(&self, frame: usize) -> &str {
        &self.plan.frames()[self.gatherer.frames[frame].index()]
    }

    fn key_frame(&self, frame: usize) -> KeyFrame {
        KeyFrame {
            name: self.frame(frame).to_string(),
            label: self.plan.labels()[self.gatherer.frames[frame].index()].clone(),
            near_words: self
                .near
                .get(frame)
                .map(|words| words.iter().map(|(_, word)| word.clone()).collect())
                .unwrap_or_default(),
        }
    }

    fn article(&self, one: &Fetched) -> KeyArticle {
        KeyArticle {
            id: one.id.clone(),
            outlet: one.outlet.clone(),
            date: one.date.clone(),
            title: one.title.clone(),
            words: one.words,
            hits: self.gatherer.frames.iter().map(|&frame| one.hits[frame.index()]).collect(),
        }
    }

    /// Names the items, and says who codes which: the first of each frame by lot all coders, the others in turn.
    fn spread(&self, mut items: Vec<Item>) -> Vec<Item> {
        let coders = self.draw.coders as usize;
        let width = items.len().to_string().len().max(3);
        let mut spread = vec![0usize; self.gatherer.frames.len()];
        for (number, item) in items.iter_mut().enumerate() {
            item.id = format!("i{:0width$}", number + 1);
            let turn = &mut spread[item.frame];
            item.coders = match (*turn as u64) < self.draw.overlap {
                true => (0..coders).collect(),
                false => vec![*turn % coders],
            };
            *turn += 1;
        }
        items
    }

    /// How many units there are, by frame, outlet and level.
    fn totals(&self) -> Vec<Total> {
        let mut totals: BTreeMap<(usize, String, Level), (u64, u64)> = BTreeMap::new();
        for ((frame, outlet), units) in &self.hits.found {
            totals.entry((*frame, outlet.clone(), Level::Hits)).or_default().0 += units;
        }
        for ((frame, outlet, _), pool) in &self.hits.hits {
            totals.entry((*frame, outlet.clone(), Level::Hits)).or_default().1 += pool.units;
        }
        for ((frame, outlet, level), pool) in self.plain {
            totals.entry((*frame, outlet.clone(), *level)).or_default().0 += pool.units;
        }
        totals
            .into_iter()
            .map(|((frame, outlet, level), (units, hits))| Total { frame, outlet, level, units, hits })
            .collect()
    }

    /// The comparisons of the run, of the frames that are sampled.
    fn comparisons(&self) -> Result<Vec<Comparison>> {
        /// Bytes of the table that are read at most.
        const LONGEST: u64 = 1 << 30;
        let path = Path::new(&self.run.shown).join(COMPARISONS.file);
        let stale = |found: String| {
            let place = Place::file(format!("{}/{}", self.run.shown.trim_end_matches('/'), COMPARISONS.file));
            Problem::error("run-edited", place, found)
                .expected("the table as the run wrote it")
                .hint("write the run again")
        };
        let bytes = read_regular(&path, LONGEST).map_err(|error| stale(format!("cannot be read: {error}")))?;
        let digest = blake3::hash(&bytes).to_hex().to_string();
        let outputs = self.run.manifest["outputs"].as_array().into_iter().flatten();
        if !outputs.into_iter().any(|output| output["file"] == COMPARISONS.file && output["blake3"] == digest) {
            return Err(stale("is not the file that the manifest lists".to_string()).into());
        }
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let header: Vec<String> =
            reader.headers().map_err(|error| stale(error.to_string()))?.iter().map(str::to_string).collect();
        let at = |name: &str| {
            let at = header.iter().rposition(|other| other == name);
            at.ok_or_else(|| crate::error::Error::from(stale(format!("no column `{name}`"))))
        };
        let [frame, ratio, low, high] =
            [at("frame")?, at("log2_ratio")?, at("log2_ratio_low")?, at("log2_ratio_high")?];
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| stale(error.to_string()))?;
            let text = |at: usize| unescaped(record.get(at).unwrap_or_default());
            let Some(frame) = (0..self.gatherer.frames.len()).find(|&other| self.frame(other) == text(frame)) else {
                continue;
            };
            let group = (0..self.run.study.by.len()).map(text).collect::<Vec<_>>().join(" · ");
            let number = |at: usize| text(at).parse().ok();
            rows.push(Comparison { frame, group, log2_ratio: number(ratio), low: number(low), high: number(high) });
        }
        Ok(rows)
    }
}

fn key_lexicon(lexicon: &Lexicon) -> KeyLexicon {
    KeyLexicon {
        name: lexicon.name.clone(),
        version: lexicon.version.clone(),
        digest: lexicon.digest.clone(),
        overlap: lexicon.overlap,
        entries: lexicon
            .entries
            .iter()
            .map(|entry| KeyEntry {
                key: entry_key(lexicon, entry),
                frame: lexicon.frames[entry.frame].name.clone(),
                entry: entry.text.clone(),
            })
            .collect(),
    }
}
