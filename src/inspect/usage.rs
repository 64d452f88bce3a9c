//! What a corpus says to lexicons: its words, and what every entry found in a run.
//!
//! In: lexicon files, and a study that says which articles and how they are counted. Out: a [`CorpusUsage`].
//! Invariant: there is no count but that of a run: the same session, with all these lexicons at once, and with the furniture and cues
//! that the study names. So the hits of an entry are those of `terms.csv`.
//! It deliberately holds no text: memory grows with the distinct words and forms, not with the corpus.

use super::lexicon::load_all;
use super::names::names;
use super::subjects::parts;
use crate::aggregate::Usage as Counted;
use crate::clean::removed_by;
use crate::count::{Request, ShardView, of_article};
use crate::error::Result;
use crate::index::{Shard, TextReader};
use crate::lexicon::{self, Kind, Lexicon, Set, are_partners};
use crate::lookup::{EntryId, Hit, Plan, Subjects, look_up};
use crate::progress::Silent;
use crate::sentiment::{self, Scorer};
use crate::session::CountingSession;
use crate::study::Study;
use crate::text::{Language, Span};
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

/// A lexicon, or the targets or labels of one as a lexicon, and what each entry found.
pub(super) struct Used {
    pub lexicon: Lexicon,
    pub usage: Vec<Usage>,
}

/// What a corpus says.
#[derive(Default)]
pub(super) struct CorpusUsage {
    /// Counted articles.
    pub articles: u64,
    /// Words that could have been hits.
    pub words: u64,
    /// Word types by language.
    pub types: BTreeMap<Language, HashMap<String, u64>>,
    /// By lexicon, in the order of the files: itself, then its targets and its labels.
    pub lexicons: Vec<Vec<Used>>,
}

/// Where the usage of a lexicon is counted.
#[derive(Clone, Copy)]
enum Counter {
    /// Among the frames.
    Frames { lexicon: usize },
    /// By a plan of sentiment.
    Sentiment { plan: usize, lexicon: usize },
    /// Nowhere in a run: its hits are looked up beside.
    Beside { plan: usize },
    /// It has no hits: a furniture lexicon is of whole lines.
    None,
}

/// What one shard says besides its counts.
struct Looked {
    words: Vec<(Language, String, u64)>,
    /// Longer names in which hits of frames, then of each plan of sentiment, stand.
    names: Vec<BTreeMap<EntryId, BTreeMap<String, u64>>>,
    /// Of each plan beside, by entry.
    beside: Vec<BTreeMap<u32, Usage>>,
}

/// Lexicons of a command, counted together.
struct Lexicons {
    set: Set,
    /// Targets, labels and cues, which a run does not count by entry.
    beside: Vec<Lexicon>,
}

impl CorpusUsage {
    /// Counts the corpus of a study.
    pub fn of(files: &[String], study: &Study, reading: &lexicon::Options, stop: &AtomicBool) -> Result<CorpusUsage> {
        let typed = load_all(files, reading)?;
        let mut all = Lexicons { set: study.load_beside(files, reading)?, beside: Vec::new() };
        let places: Vec<Vec<(Counter, Lexicon)>> = all.places(typed, reading);
        let Lexicons { set, beside } = &all;
        let frames = Plan::new(&set.frames);
        let sentiment: Vec<Plan<'_>> = set.sentiment.chunk_by(are_partners).map(Plan::new).collect();
        let beside: Vec<Plan<'_>> = beside.chunks(1).map(Plan::new).collect();
        // which scale comes first moves no hit, and the study's may be of other lexicons
        let options = sentiment::Options { primary: None, ..study.sentiment.clone() };
        let mut session = CountingSession::open(study, set)?;
        let scorer = Scorer::new(&sentiment, options)?;
        let subjects = Subjects::of(set.all(), study.target_window);
        let request = Request::of_hits(&frames, &scorer, &subjects);
        session.index_aside((&set.frames, set), stop)?;
        let mut found = CorpusUsage::default();
        let mut looked = Looked::new(1 + sentiment.len(), beside.len());
        let mut counted = crate::count::Counted::default();
        session.count(
            &request,
            &Silent,
            stop,
            |view| Looked::of(view, &beside),
            |mut part, shard| {
                part.articles.clear();
                counted = std::mem::take(&mut counted).merge(part);
                found.add_words(&shard);
                looked.add(shard);
                Ok(())
            },
        )?;
        let totals = &counted.totals;
        found.articles = totals.counted;
        found.words = totals.words - totals.furniture_words - totals.repeat_words;
        let runs = [vec![counted.frame_usage()], counted.sentiment_usage()].concat();
        let used = |(counter, lexicon): (Counter, Lexicon)| {
            let usage = (0..lexicon.entries.len() as u32).map(|entry| looked.usage(&runs, counter, entry)).collect();
            Used { lexicon, usage }
        };
        found.lexicons = places.into_iter().map(|parts| parts.into_iter().map(used).collect()).collect();
        Ok(found)
    }

    fn add_words(&mut self, shard: &Looked) {
        for (language, word, n) in &shard.words {
            *self.types.entry(*language).or_default().entry_ref(word.as_str()).or_default() += n;
        }
    }
}

impl Lexicons {
    /// Where each part of each lexicon is counted.
    fn places(&mut self, typed: Vec<Lexicon>, reading: &lexicon::Options) -> Vec<Vec<(Counter, Lexicon)>> {
        let mut taken = std::collections::BTreeSet::new();
        let of_lexicon = |lexicon: Lexicon| {
            let mut place = |list: &[Lexicon], kind: usize| {
                let is_it =
                    |other: &Lexicon| other.digest == lexicon.digest && other.file == reading.shown(&lexicon.file);
                (0..list.len()).find(|&i| is_it(&list[i]) && taken.insert((kind, i)))
            };
            let counter = if let Some(lexicon) = place(&self.set.frames, 0) {
                Counter::Frames { lexicon }
            } else if let Some(at) = place(&self.set.sentiment, 1) {
                let mut first = 0;
                let plans: Vec<usize> = self.set.sentiment.chunk_by(are_partners).map(<[Lexicon]>::len).collect();
                let plan = plans.iter().position(|&n| {
                    first += n;
                    at < first
                });
                let plan = plan.unwrap_or(0);
                Counter::Sentiment { plan, lexicon: at + plans[plan] - first }
            } else if lexicon.kind == Kind::Cues {
                self.beside.push(lexicon.clone());
                Counter::Beside { plan: self.beside.len() - 1 }
            } else {
                Counter::None
            };
            let mut all = Vec::new();
            for part in parts(&lexicon) {
                self.beside.push(part.clone());
                all.push((Counter::Beside { plan: self.beside.len() - 1 }, part));
            }
            all.insert(0, (counter, lexicon));
            all
        };
        typed.into_iter().map(of_lexicon).collect()
    }
}

impl Looked {
    fn new(runs: usize, beside: usize) -> Looked {
        Looked {
            words: Vec::new(),
            names: (0..runs).map(|_| BTreeMap::new()).collect(),
            beside: (0..beside).map(|_| BTreeMap::new()).collect(),
        }
    }

    fn of(view: &mut ShardView<'_, '_>, beside: &[Plan<'_>]) -> Looked {
        let shard = view.shard;
        let mut looked = Looked::new(1 + view.sentiment.len(), beside.len());
        let is_counted: Vec<bool> = view.status.iter().map(|status| status.reason.is_counted()).collect();
        let counts = |hit: &&Hit| is_counted[hit.article as usize] && hit.uncounted.is_none();
        looked.words = words(view, &is_counted);
        let mut reader = shard.reader();
        for (names_of, found) in looked.names.iter_mut().zip(std::iter::once(view.frames).chain(view.sentiment)) {
            for hit in found.hits.iter().filter(counts) {
                note_names(names_of.entry(hit.entry).or_default(), shard, &mut reader, hit);
            }
            names_of.retain(|_, names| !names.is_empty());
        }
        for (usage, plan) in looked.beside.iter_mut().zip(beside) {
            let found = look_up(plan, shard, view.voice_lookup, view.stems);
            for article in 0..shard.len() {
                let mut in_article = std::collections::BTreeSet::new();
                for hit in of_article(&found.hits, article).iter().filter(counts) {
                    let of_entry = usage.entry(hit.entry.entry).or_default();
                    of_entry.hits += 1;
                    of_entry.articles += u64::from(in_article.insert(hit.entry.entry));
                    let form: Vec<&str> = shard.types_of(hit.tokens).map(|id| shard.types().folded(id)).collect();
                    *of_entry.forms.entry(form.join(" ")).or_default() += 1;
                    note_names(&mut of_entry.names, shard, &mut reader, hit);
                }
            }
        }
        looked
    }

    fn add(&mut self, shard: Looked) {
        for (sum, names) in self.names.iter_mut().zip(shard.names) {
            for (entry, names) in names {
                add(sum.entry(entry).or_default(), names);
            }
            sum.values_mut().for_each(forget_rare_names);
        }
        for (sum, usage) in self.beside.iter_mut().zip(shard.beside) {
            for (entry, usage) in usage {
                let sum = sum.entry(entry).or_default();
                sum.hits += usage.hits;
                sum.articles += usage.articles;
                add(&mut sum.forms, usage.forms);
                add(&mut sum.names, usage.names);
                forget_rare_names(&mut sum.names);
            }
        }
    }

    /// What an entry found, by the counts of the run: frames, then each plan of sentiment.
    fn usage(&self, runs: &[BTreeMap<EntryId, Counted>], counter: Counter, entry: u32) -> Usage {
        let (run, lexicon) = match counter {
            Counter::Frames { lexicon } => (0, lexicon),
            Counter::Sentiment { plan, lexicon } => (1 + plan, lexicon),
            Counter::Beside { plan } => return self.beside[plan].get(&entry).cloned().unwrap_or_default(),
            Counter::None => return Usage::default(),
        };
        let id = EntryId::new(lexicon, entry as usize);
        let names = self.names[run].get(&id).cloned().unwrap_or_default();
        runs[run].get(&id).map_or_else(Usage::default, |found| Usage {
            hits: found.hits,
            articles: found.articles,
            forms: found.forms.iter().cloned().collect(),
            names,
        })
    }
}

fn add(sum: &mut BTreeMap<String, u64>, more: BTreeMap<String, u64>) {
    for (text, n) in more {
        *sum.entry(text).or_default() += n;
    }
}

fn note_names(into: &mut BTreeMap<String, u64>, shard: &Shard, reader: &mut TextReader<'_>, hit: &Hit) {
    for name in names(shard, reader, hit) {
        *into.entry(name).or_default() += 1;
    }
}

/// The words of counted articles that could have been hits.
fn words(view: &ShardView<'_, '_>, is_counted: &[bool]) -> Vec<(Language, String, u64)> {
    let types = view.shard.types();
    let mut counts = vec![0u64; types.len()];
    for article in (0..is_counted.len()).filter(|&article| is_counted[article]) {
        for (i, id) in view.shard.types_of(view.shard.range(article)).enumerate() {
            let token = Span::new(i as u32, i as u32 + 1);
            counts[id as usize] += u64::from(removed_by(&view.removed[article], token).is_none());
        }
    }
    let found = types.iter().filter(|(id, _)| counts[*id as usize] > 0);
    found.map(|(id, word)| (types.language(id), word.to_string(), counts[id as usize])).collect()
}

/// A name matters where it holds a large share of the hits: of very many names, the rare ones are let go.
fn forget_rare_names(names: &mut BTreeMap<String, u64>) {
    const MOST: usize = 5_000;
    if names.len() > MOST {
        let least = names.values().sum::<u64>() / 200;
        names.retain(|_, n| *n > least);
    }
}
