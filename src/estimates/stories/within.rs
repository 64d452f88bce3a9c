//! How groups tell the stories that others tell too: frames, voices, labels, sources, sentiment.
//!
//! In: counts, articles with their stories. Out: [`WithinRow`]s.
//! Invariant: every measure is a numerator and a denominator of each article, so that one test serves all; q is over the rows of one kind.

use crate::aggregate::Counts;
use crate::estimates::are_many;
use crate::lookup::{FrameId, LabelId};
use crate::statistics::matched::{Matched, Row, matched_cached};
use crate::statistics::{self, CachedTests, Measured, multiplicity};
use crate::voice::Voice;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// A group's telling of shared stories.
#[derive(Clone, Debug, PartialEq)]
pub struct WithinRow {
    /// Index of the group.
    pub group: usize,
    /// `frame`, `voice`, `label`, `source` or `sentiment`.
    pub kind: &'static str,
    /// The frame, the referent, the speaker, or the scale.
    pub item: String,
    /// The voice or the label; else empty.
    pub choice: String,
    /// The comparison.
    pub matched: Matched,
    /// Over the rows of its kind.
    pub q: Measured,
}

/// What is compared: of each article so many of so many.
pub(super) struct Measure {
    pub kind: &'static str,
    pub item: String,
    pub choice: String,
    /// Numerator and denominator of articles; those that are not there have no denominator.
    of: Share,
}

/// By article, ascending.
enum Share {
    /// Of all words of each article.
    Words(Vec<(u32, u32)>),
    /// Of something that not every article has.
    Parts(Vec<(u32, (u32, u32))>),
}

/// What a sorted list says of an article.
fn find<T: Copy>(list: &[(u32, T)], article: u32) -> Option<T> {
    list.binary_search_by_key(&article, |of| of.0).ok().map(|at| list[at].1)
}

impl Measure {
    /// Numerator and denominator of an article.
    pub(super) fn of(&self, counts: &Counts, article: u32) -> (u32, u32) {
        match &self.of {
            Share::Words(tops) => (find(tops, article).unwrap_or(0), counts.words[article as usize]),
            Share::Parts(parts) => find(parts, article).unwrap_or((0, 0)),
        }
    }
}

/// Speakers that are compared: those in most articles.
const SPEAKERS: usize = 20;

/// Everything that is compared in the articles that tell stories.
pub(super) fn measured(counts: &Counts, telling: &[(u32, u32)]) -> Vec<Measure> {
    let mut all = Vec::new();
    let mut is_in_story = vec![false; counts.words.len()];
    telling.iter().for_each(|&(article, _)| is_in_story[article as usize] = true);
    let mut of_frame: Vec<Vec<(u32, Voice, u32)>> = vec![Vec::new(); counts.frames.len()];
    for &(article, frame, voice, hits) in counts.voices.iter().filter(|cell| is_in_story[cell.0 as usize]) {
        of_frame[frame.index()].push((article, voice, hits));
    }
    for (cells, name) in of_frame.iter().zip(&counts.frames) {
        let of_article = |cells: &[(u32, Voice, u32)]| (cells[0].0, cells.iter().map(|cell| cell.2).sum());
        let hits = cells.chunk_by(|a, b| a.0 == b.0).map(of_article).collect();
        all.push(Measure { kind: "frame", item: name.clone(), choice: String::new(), of: Share::Words(hits) });
    }
    voices(counts, &of_frame, &mut all);
    labels(counts, &mut all);
    speakers(counts, &mut all);
    for (scale, name) in counts.lexicons.iter().enumerate() {
        let valence = counts.valence.iter().skip(scale).step_by(counts.lexicons.len());
        let hits = valence.enumerate().filter_map(|(article, valence)| {
            let valence = (*valence)?;
            Some((article as u32, (valence.positive_hits, valence.positive_hits + valence.negative_hits)))
        });
        let of = Share::Parts(hits.collect());
        all.push(Measure { kind: "sentiment", item: name.clone(), choice: "positive".to_string(), of });
    }
    all
}

/// Shares of voices among the hits of each frame.
fn voices(counts: &Counts, of_frame: &[Vec<(u32, Voice, u32)>], all: &mut Vec<Measure>) {
    for (cells, name) in of_frame.iter().zip(&counts.frames) {
        for voice in [Voice::Own, Voice::Quoted, Voice::Attributed] {
            let of_article = |cells: &[(u32, Voice, u32)]| {
                let own = cells.iter().filter(|cell| cell.1 == voice).map(|cell| cell.2).sum();
                (cells[0].0, (own, cells.iter().map(|cell| cell.2).sum()))
            };
            let parts = cells.chunk_by(|a, b| a.0 == b.0).map(of_article).collect();
            let choice = voice.name().to_string();
            all.push(Measure { kind: "voice", item: name.clone(), choice, of: Share::Parts(parts) });
        }
    }
}

/// Shares of labels among those of their referent.
fn labels(counts: &Counts, all: &mut Vec<Measure>) {
    let labels = &counts.subjects.labels;
    let mut totals: BTreeMap<(&str, u32), u32> = BTreeMap::new();
    for &(article, label, hits) in &counts.subjects.label_hits {
        *totals.entry((&labels[label.index()].referent, article)).or_default() += hits.all;
    }
    for (number, label) in (0..).map(LabelId::new).zip(labels) {
        let of_referent = totals.iter().filter(|((referent, _), _)| *referent == label.referent);
        let mut parts: BTreeMap<u32, (u32, u32)> = of_referent.map(|((_, article), &n)| (*article, (0, n))).collect();
        for &(article, _, hits) in counts.subjects.label_hits.iter().filter(|cell| cell.1 == number) {
            if let Some(part) = parts.get_mut(&article) {
                part.0 += hits.all;
            }
        }
        let (item, choice) = (label.referent.clone(), label.choice.clone());
        all.push(Measure { kind: "label", item, choice, of: Share::Parts(parts.into_iter().collect()) });
    }
}

/// Hits given to the speakers in most articles, of all words.
fn speakers(counts: &Counts, all: &mut Vec<Measure>) {
    let mut of: BTreeMap<&str, (&str, BTreeMap<u32, u32>)> = BTreeMap::new();
    let is_named = |frame: FrameId, folded: &str| counts.is_outermost(frame) && !folded.is_empty();
    let named = counts.speakers.iter().filter(|(frame, folded, _)| is_named(*frame, folded));
    for (_, folded, speaker) in named {
        let (_, hits) = of.entry(folded).or_insert_with(|| (speaker.spelt, BTreeMap::new()));
        for spoken in speaker.spoken() {
            *hits.entry(spoken.article).or_default() += spoken.quoted + spoken.attributed;
        }
    }
    let mut most: Vec<_> = of.into_iter().collect();
    most.sort_by(|a, b| b.1.1.len().cmp(&a.1.1.len()).then_with(|| a.0.cmp(b.0)));
    for (_, (spelt, hits)) in most.into_iter().take(SPEAKERS) {
        all.push(Measure {
            kind: "source",
            item: spelt.to_string(),
            choice: String::new(),
            of: Share::Words(hits.into_iter().collect()),
        });
    }
}

/// Every group and measure with a shared story; in runs of many frames those of which the group has a hit there. What the last run drew is
/// taken from `cache`.
pub(super) fn rows(
    counts: &Counts,
    measured: &[Measure],
    voices: &[(u32, u32)],
    (options, cache): (&statistics::Options, Option<&CachedTests>),
) -> Vec<WithinRow> {
    let (names, is_many) = (counts.group_names(), are_many(counts.frames.len()));
    // stories of each group: an article is looked at only where its story is one of them
    let mut stories: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for &(article, story) in voices {
        stories.entry(story).or_default().push(article);
    }
    stories.retain(|_, articles| articles.iter().any(|&a| group(counts, a) != group(counts, articles[0])));
    let of_group = |of: usize| -> Vec<(u32, u32)> {
        let shared =
            stories.iter().filter(|(_, articles)| articles.iter().any(|&article| group(counts, article) == of));
        shared.flat_map(|(&story, articles)| articles.iter().map(move |&article| (article, story))).collect()
    };
    let mut tests: BTreeMap<&str, u64> = BTreeMap::new();
    measured.iter().for_each(|measure| *tests.entry(measure.kind).or_default() += names.len() as u64);
    let row = |of: usize, articles: &[(u32, u32)], measure: &Measure| {
        // most frames are in few groups: of many, the articles of the others are asked only where the group has a hit
        let is_in_story = |&(article, _): &(u32, u32)| {
            let told = || measure.of(counts, article);
            group(counts, article) == of && matches!(told(), (1.., 1..))
        };
        if is_many && !articles.iter().any(is_in_story) {
            return None;
        }
        let cell = |&(article, story): &(u32, u32)| {
            let (top, bottom) = measure.of(counts, article);
            Row { story, inside: group(counts, article) == of, top, bottom }
        };
        let rows: Vec<Row> = articles.iter().map(cell).filter(|row| row.bottom > 0).collect();
        let tests = tests[measure.kind];
        let stream = [measure.kind, &measure.item, &measure.choice];
        let matched = matched_cached(&rows, &stream, tests, options, cache);
        let (kind, item, choice) = (measure.kind, measure.item.clone(), measure.choice.clone());
        (matched.stories > 0).then_some(WithinRow { group: of, kind, item, choice, q: matched.p, matched })
    };
    let of_groups = (0..names.len()).into_par_iter().flat_map_iter(|of| {
        let articles = of_group(of);
        measured.iter().filter_map(|measure| row(of, &articles, measure)).collect::<Vec<_>>()
    });
    let mut rows: Vec<WithinRow> = of_groups.collect();
    for kind in ["frame", "voice", "label", "source", "sentiment"] {
        let mut of_kind: Vec<&mut WithinRow> = rows.iter_mut().filter(|row| row.kind == kind).collect();
        let ps: Vec<Measured> = of_kind.iter().map(|row| row.matched.p).collect();
        of_kind.iter_mut().zip(multiplicity::benjamini_hochberg(&ps)).for_each(|(row, q)| row.q = q);
    }
    rows
}

fn group(counts: &Counts, article: u32) -> usize {
    counts.group_of[article as usize].index()
}
