//! The texts of what was drawn, while the shards lie open a last time.
//!
//! In: places: article, sentence, hits. Out: the words to be coded, what stands around them, what is known of the article.
//! Invariant: a text is the article's own, from the first word of its sentence to that of the next, on one line.

use super::design::Unit;
use super::gather::{Gatherer, HitUnit};
use crate::aggregate::UNKNOWN;
use crate::count::ShardView;
use crate::index::TextReader;
use std::collections::BTreeMap;

/// Sentences on each side that a coder may look at.
const CONTEXT: usize = 2;

/// What is to be fetched: the places of each article, by its number in the corpus.
pub(super) type PlacesByArticle = BTreeMap<u64, Vec<Place>>;

/// A place of an article.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Number of the draft that asks.
    pub draft: usize,
    pub frame: usize,
    /// From 0.
    pub sentence: u32,
    pub hits: Vec<HitUnit>,
}

/// What was fetched for a draft.
#[derive(Clone, Debug)]
pub(super) struct Fetched {
    pub draft: usize,
    pub article: u64,
    pub id: String,
    pub outlet: String,
    pub date: String,
    pub title: String,
    pub words: u64,
    /// Counted hits of each frame of the plan in the article.
    pub hits: Vec<u64>,
    pub language: String,
    pub before: String,
    pub text: String,
    pub after: String,
    /// Counted hits of the frame in the unit.
    pub in_unit: u64,
    /// Words of each hit.
    pub surfaces: Vec<String>,
}

/// Fetches what lies in this shard.
pub(super) fn fetch(view: &ShardView<'_, '_>, wanted: &PlacesByArticle, gatherer: &Gatherer<'_>) -> Vec<Fetched> {
    let (first, articles) = (view.first, view.shard.len());
    let (unit, frames) = (gatherer.unit, gatherer.plan.frames().len());
    let mut reader = view.shard.reader();
    let mut fetched = Vec::new();
    for (&number, places) in wanted.range(first..first + articles as u64) {
        let i = (number - first) as usize;
        reader.open(i);
        let article = &view.shard.articles()[i];
        let hits = view.counts[i].by_frame(frames).iter().map(|&hits| u64::from(hits)).collect::<Vec<_>>();
        let found = gatherer.hits_of(view, i);
        for place in places {
            let in_unit =
                found.iter().filter(|(frame, sentence, _)| (*frame, *sentence) == (place.frame, place.sentence));
            let [before, text, after] = match unit {
                Unit::Article => [String::new(), reader.text().trim().to_string(), String::new()],
                Unit::Sentence => sentence(&reader, view.shard.sentences(i).len(), place.sentence as usize),
            };
            fetched.push(Fetched {
                draft: place.draft,
                article: number,
                id: article.id.clone(),
                outlet: article.outlet.clone().unwrap_or_else(|| UNKNOWN.to_string()),
                date: article.date.map(|date| date.to_string()).unwrap_or_default(),
                title: article.title.clone(),
                words: u64::from(view.counts[i].words),
                hits: hits.clone(),
                language: view.facts[i].language.code().to_string(),
                before,
                text,
                after,
                in_unit: in_unit.count() as u64,
                surfaces: place.hits.iter().map(|hit| surface(&mut reader, hit)).collect(),
            });
        }
    }
    fetched
}

/// A sentence of the open article, and those around it.
fn sentence(reader: &TextReader<'_>, sentences: usize, at: usize) -> [String; 3] {
    let part = |from: usize, to: usize| {
        let (from, to) = (reader.sentence_byte(from.min(sentences)), reader.sentence_byte(to.min(sentences)));
        on_one_line(reader.text().get(from..to).unwrap_or_default())
    };
    [part(at.saturating_sub(CONTEXT), at), part(at, at + 1), part(at + 1, at + 1 + CONTEXT)]
}

fn surface(reader: &mut TextReader<'_>, hit: &HitUnit) -> String {
    let (start, end) = (reader.span(hit.tokens.start).start, reader.span(hit.tokens.end.saturating_sub(1)).end);
    on_one_line(reader.text().get(start as usize..end as usize).unwrap_or_default())
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
