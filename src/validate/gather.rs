//! What a sample is drawn from: every hit and every sentence of a corpus, stratum by stratum.
//!
//! In: a session that is ready to count. Out: sizes of strata, and the units with the smallest lots of each.
//! Invariant: hits are the counted hits of the run; a sentence without a hit is one that could have had one: in a counted article of a
//! language of the frame, not in furniture or a repeat.

use super::design::{StratumSample, Unit, lot};
use super::key::Level;
use crate::aggregate::UNKNOWN;
use crate::clean::Removed;
use crate::count::{ShardView, of_article};
use crate::lookup::{EntryId, FrameId, Hit, Plan};
use crate::text::{ArticleToken, Language, Span};
use crate::voice::Voice;
use hashbrown::{HashMap, HashSet};
use std::collections::BTreeMap;

/// Words of a frame's neighbourhood at most.
const NEAR_WORDS: usize = 50;

/// G² of such a word at least: in a small corpus what is common stands beside hits too.
const LEAST_G2: f64 = 10.83;

/// How things are gathered.
pub(super) struct Gatherer<'a> {
    pub plan: &'a Plan<'a>,
    /// Frames that are sampled.
    pub frames: Vec<FrameId>,
    /// Languages of each of them; none where a lexicon is for all.
    pub languages: Vec<Option<Vec<Language>>>,
    pub unit: Unit,
    pub seed: u64,
    /// Units of a stratum at most.
    pub most: usize,
}

/// A hit that may be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct HitUnit {
    pub article: u64,
    /// From 0.
    pub sentence: u32,
    /// Tokens within the article.
    pub tokens: Span<ArticleToken>,
    pub entry: EntryId,
    pub voice: Voice,
}

/// A unit without a hit that may be drawn; or an article with one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PlainUnit {
    pub article: u64,
    pub sentence: u32,
}

/// What the first look gives.
#[derive(Default)]
pub(super) struct Hits {
    /// By frame (of those sampled), outlet, voice.
    pub hits: BTreeMap<(usize, String, Voice), StratumSample<HitUnit>>,
    /// Articles with a hit, where they are the unit.
    pub articles: BTreeMap<(usize, String), StratumSample<PlainUnit>>,
    /// Units with a hit.
    pub found: BTreeMap<(usize, String), u64>,
    /// Sentences of each word: in all, and with a hit of each frame.
    words: HashMap<(Language, String), (u64, Vec<u64>)>,
    sentences: u64,
    with_hit: Vec<u64>,
}

/// What the second look gives: units without a hit by frame, outlet, level.
pub(super) type UnitsWithoutHit = BTreeMap<(usize, String, Level), StratumSample<PlainUnit>>;

impl Gatherer<'_> {
    /// The counted hits of an article of a frame that is sampled, each with its sentence.
    pub fn hits_of<'s>(&self, view: &ShardView<'s, '_>, i: usize) -> Vec<(usize, u32, Hit)> {
        let first = view.shard.range(i).start;
        let sentences = view.shard.sentences(i);
        let own = of_article(&view.frames.hits, i).iter().filter(|hit| self.plan.inside(hit.frame).is_empty());
        let all = own.chain(of_article(&view.frames.parents, i)).filter(|hit| hit.uncounted.is_none());
        let place = |hit: &Hit| {
            let frame = self.frames.iter().position(|&frame| frame == hit.frame)?;
            let token = hit.tokens.in_article(first).start;
            let sentence = sentences.partition_point(|&begin| begin <= token).saturating_sub(1) as u32;
            Some((frame, if self.unit == Unit::Article { 0 } else { sentence }, *hit))
        };
        all.filter_map(place).collect()
    }

    fn outlet(view: &ShardView<'_, '_>, i: usize) -> String {
        view.shard.articles()[i].outlet.clone().unwrap_or_else(|| UNKNOWN.to_string())
    }

    /// Hits, and the words of sentences.
    pub fn hits(&self, view: &ShardView<'_, '_>) -> Hits {
        let mut hits = Hits { with_hit: vec![0; self.frames.len()], ..Hits::default() };
        let types = view.shard.types();
        let mut words: HashMap<u32, (u64, Vec<u64>)> = HashMap::new();
        for i in (0..view.shard.len()).filter(|&i| view.status[i].reason.is_counted()) {
            let found = self.hits_of(view, i);
            self.units_of(view, i, &found, &mut hits);
            self.words_of(view, i, &found, &mut words, &mut hits);
        }
        for (id, counts) in words {
            hits.words.insert((types.language(id), types.folded(id).to_string()), counts);
        }
        hits
    }

    fn units_of(&self, view: &ShardView<'_, '_>, i: usize, found: &[(usize, u32, Hit)], hits: &mut Hits) {
        let (article, outlet) = (&view.shard.articles()[i], Self::outlet(view, i));
        let first = view.shard.range(i).start;
        let number = view.first + i as u64;
        let mut units: Vec<(usize, u32)> = found.iter().map(|(frame, sentence, _)| (*frame, *sentence)).collect();
        units.sort_unstable();
        units.dedup();
        for (frame, sentence) in units {
            *hits.found.entry((frame, outlet.clone())).or_default() += 1;
            if self.unit == Unit::Article {
                let lot = self.lot("article", &article.id, 0, frame);
                let unit = || PlainUnit { article: number, sentence };
                hits.articles.entry((frame, outlet.clone())).or_default().add(lot, unit, self.most);
            }
        }
        for (frame, sentence, hit) in found {
            let tokens = hit.tokens.in_article(first);
            let lot = self.lot("hit", &article.id, tokens.start, *frame);
            let unit =
                || HitUnit { article: number, sentence: *sentence, tokens, entry: hit.entry, voice: hit.verdict.voice };
            hits.hits.entry((*frame, outlet.clone(), hit.verdict.voice)).or_default().add(lot, unit, self.most);
        }
    }

    fn lot(&self, what: &str, article: &str, place: u32, frame: usize) -> u64 {
        let name = &self.plan.frames()[self.frames[frame].index()];
        lot(self.seed, &[what.as_bytes(), article.as_bytes(), &place.to_le_bytes(), name.as_bytes()])
    }

    /// Counts in how many units each word stands, but for the words that are hits themselves.
    fn words_of(
        &self,
        view: &ShardView<'_, '_>,
        i: usize,
        found: &[(usize, u32, Hit)],
        words: &mut HashMap<u32, (u64, Vec<u64>)>,
        hits: &mut Hits,
    ) {
        let tokens = view.shard.range(i);
        for (sentence, unit) in self.units(view, i) {
            let within: Vec<&(usize, u32, Hit)> = found.iter().filter(|(_, of, _)| *of == sentence).collect();
            let is_hit =
                |token: u32| within.iter().any(|(_, _, hit)| hit.tokens.start <= token && token < hit.tokens.end);
            let span = unit.in_shard(tokens.start);
            let here: HashSet<u32> = (span.start..span.end)
                .zip(view.shard.types_of(span))
                .filter(|(token, _)| within.is_empty() || !is_hit(*token))
                .map(|(_, id)| id)
                .collect();
            let mut frames: Vec<usize> = within.iter().map(|(frame, ..)| *frame).collect();
            frames.sort_unstable();
            frames.dedup();
            hits.sentences += 1;
            frames.iter().for_each(|&frame| hits.with_hit[frame] += 1);
            let mut sorted: Vec<u32> = here.into_iter().collect();
            sorted.sort_unstable();
            for id in sorted {
                let counts = words.entry(id).or_default();
                counts.0 += 1;
                if !frames.is_empty() {
                    counts.1.resize(self.frames.len(), 0);
                    frames.iter().for_each(|&frame| counts.1[frame] += 1);
                }
            }
        }
    }

    /// The units of an article that could have a hit: their numbers and tokens.
    fn units(&self, view: &ShardView<'_, '_>, i: usize) -> Vec<(u32, Span<ArticleToken>)> {
        let words = view.shard.range(i).len();
        if self.unit == Unit::Article {
            return vec![(0, Span::new(0, words))];
        }
        let begins = view.shard.sentences(i);
        let ends = begins.iter().skip(1).copied().chain([words]);
        let removed: &[Removed] = &view.removed[i];
        let is_in = |token: u32| {
            let next = removed.partition_point(|span| span.tokens.end <= token);
            removed.get(next).is_some_and(|span| span.tokens.start <= token)
        };
        let spans = begins.iter().copied().zip(ends).enumerate();
        spans
            .filter(|(_, (begin, end))| begin < end && !is_in(*begin))
            .map(|(sentence, (begin, end))| (sentence as u32, Span::new(begin, end)))
            .collect()
    }

    /// Units without a hit of each frame; `near` are the words of its neighbourhood.
    pub fn plain(&self, view: &ShardView<'_, '_>, near: &[Vec<(Language, String)>]) -> UnitsWithoutHit {
        let types = view.shard.types();
        let mut marks: HashMap<u32, Vec<usize>> = HashMap::new();
        for (frame, words) in near.iter().enumerate() {
            for (language, word) in words {
                if let Some(id) = types.exact(word, *language) {
                    marks.entry(id).or_default().push(frame);
                }
            }
        }
        let least = if self.unit == Unit::Article { NEAR_IN_ARTICLE } else { NEAR_IN_SENTENCE };
        let mut plain = UnitsWithoutHit::new();
        for i in (0..view.shard.len()).filter(|&i| view.status[i].reason.is_counted()) {
            let found: HashSet<(usize, u32)> =
                self.hits_of(view, i).into_iter().map(|(frame, sentence, _)| (frame, sentence)).collect();
            let (language, outlet) = (view.facts[i].language, Self::outlet(view, i));
            let (article, start) = (&view.shard.articles()[i], view.shard.range(i).start);
            for (sentence, unit) in self.units(view, i) {
                let mut here: Vec<u32> =
                    view.shard.types_of(unit.in_shard(start)).filter(|id| marks.contains_key(id)).collect();
                here.sort_unstable();
                here.dedup();
                let mut counts = vec![0; self.frames.len()];
                here.iter().flat_map(|id| &marks[id]).for_each(|&frame| counts[frame] += 1);
                for frame in (0..self.frames.len()).filter(|&frame| self.covers(frame, language)) {
                    if found.contains(&(frame, sentence)) {
                        continue;
                    }
                    let level = if counts[frame] >= least { Level::Near } else { Level::Far };
                    let lot = self.lot("sentence", &article.id, sentence, frame);
                    let unit = || PlainUnit { article: view.first + i as u64, sentence };
                    plain.entry((frame, outlet.clone(), level)).or_default().add(lot, unit, self.most);
                }
            }
        }
        plain
    }

    /// True where the frame has entries in this language.
    fn covers(&self, frame: usize, language: Language) -> bool {
        let languages = self.languages[frame].as_ref();
        languages.is_none_or(|known| language == Language::UNKNOWN || known.contains(&language))
    }
}

/// Words of the neighbourhood that make a sentence near.
pub(super) const NEAR_IN_SENTENCE: u32 = 2;

/// And an article.
pub(super) const NEAR_IN_ARTICLE: u32 = 8;

impl Hits {
    /// Adds those of the next shard.
    pub fn merge(&mut self, other: Hits, most: usize) {
        for (key, pool) in other.hits {
            self.hits.entry(key).or_default().merge(pool, most);
        }
        for (key, pool) in other.articles {
            self.articles.entry(key).or_default().merge(pool, most);
        }
        for (key, units) in other.found {
            *self.found.entry(key).or_default() += units;
        }
        self.sentences += other.sentences;
        self.with_hit.resize(other.with_hit.len(), 0);
        self.with_hit.iter_mut().zip(other.with_hit).for_each(|(all, more)| *all += more);
        let mut words: Vec<_> = other.words.into_iter().collect();
        words.sort_unstable();
        for (word, (all, frames)) in words {
            let counts = self.words.entry(word).or_default();
            counts.0 += all;
            counts.1.resize(counts.1.len().max(frames.len()), 0);
            counts.1.iter_mut().zip(frames).for_each(|(sum, more)| *sum += more);
        }
    }

    /// The words that stand in units with a hit of each frame more often than in others: those with the largest G², three units at least.
    pub fn near_words(&self) -> Vec<Vec<(Language, String)>> {
        use crate::statistics::keyness::{g_squared::g_squared, table::Table};
        let of_frame = |frame: usize| {
            let with = self.with_hit[frame];
            let without = self.sentences - with;
            let mut scored: Vec<(f64, &(Language, String))> = Vec::new();
            for (word, (all, frames)) in &self.words {
                let here = frames.get(frame).copied().unwrap_or(0);
                let is_word = word.1.chars().any(char::is_alphabetic) && word.1.chars().count() > 2;
                let rest = all - here;
                let is_more = u128::from(here) * u128::from(without) > u128::from(rest) * u128::from(with);
                if is_word && here >= 3 && is_more {
                    let table = Table { a: here, b: rest, c: with, d: without };
                    scored
                        .extend(g_squared(table).value().filter(|&score| score >= LEAST_G2).map(|score| (score, word)));
                }
            }
            scored.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
            scored.into_iter().take(NEAR_WORDS).map(|(_, word)| word.clone()).collect()
        };
        (0..self.with_hit.len()).map(of_frame).collect()
    }
}
