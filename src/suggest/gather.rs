//! From a study to the sentences of its articles with the hits of one lexicon.
//!
//! In: a lexicon file, a study. Out: [`Gathered`]; later, the text of chosen sentences.
//! Invariant: the session is that of a run with this lexicon.

use super::text::{Cut, Part, Text};
use crate::count::Request;
use crate::error::{Place, Problem, Result};
use crate::lexicon::{Kind, Lexicon, Set};
use crate::lookup::{Hit, Plan, Subjects};
use crate::progress::Silent;
use crate::sentiment::{self, Scorer};
use crate::session::CountingSession;
use crate::study::Study;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

/// Sentences and hits.
pub(super) struct Gathered {
    pub lexicon: Lexicon,
    pub text: Text,
    set: Set,
}

/// Reads a lexicon of frames and the counted articles of a study.
pub(super) fn gather(file: &str, study: &Study, stop: &AtomicBool) -> Result<Gathered> {
    let set = study.load_beside(&[file.to_string()], &study.reading)?;
    let [lexicon] = set.frames.as_slice() else {
        let found = format!("holds {} lexicons of frames", set.frames.len());
        let problem = Problem::error("no-frames", Place::file(file), found);
        return Err(problem.expected("one lexicon of frames").into());
    };
    debug_assert!(lexicon.kind == Kind::Frames);
    let mut text = Text::default();
    each(
        study,
        &set,
        stop,
        |view, plan| {
            let counted = view.frames.hits.iter().filter(|hit| hit.uncounted.is_none());
            let hits: Vec<_> = counted.map(|hit| of_lexicon(plan, hit)).collect();
            Part::of(view.shard, view.first, (view.removed, &hits), Cut::Sentences, |i| {
                view.status[i].reason.is_counted()
            })
        },
        |part| text.add(part),
    )?;
    Ok(Gathered { lexicon: lexicon.clone(), text, set })
}

/// A hit of the only lexicon of a plan, with the place of its frame there.
pub(super) fn of_lexicon(plan: &Plan<'_>, hit: &Hit) -> Hit<usize> {
    hit.of(|frame| plan.frames_of(0).iter().position(|&id| id == frame).unwrap_or(0))
}

/// Counts a corpus with a lexicon, and looks at every shard.
fn each<R: Send>(
    study: &Study,
    set: &Set,
    stop: &AtomicBool,
    look: impl Fn(&mut crate::count::ShardView<'_, '_>, &Plan<'_>) -> R + Sync,
    mut sink: impl FnMut(R),
) -> Result<()> {
    let plan = Plan::new(&set.frames);
    let (scorer, subjects) = (Scorer::new(&[], sentiment::Options::default())?, Subjects::default());
    let request = Request::of_hits(&plan, &scorer, &subjects);
    let mut session = CountingSession::open(study, set)?;
    session.index_aside((&set.frames, set), stop)?;
    session.count(
        &request,
        &Silent,
        stop,
        |view| look(view, &plan),
        |_, looked| {
            sink(looked);
            Ok(())
        },
    )
}

impl Gathered {
    /// The text of sentences, in the order in which they are wanted.
    pub fn sentences(&self, study: &Study, wanted: &[(usize, usize)], stop: &AtomicBool) -> Result<Vec<String>> {
        let place = |unit: usize| {
            let unit = &self.text.units[unit];
            (self.text.articles[unit.article as usize].1, unit.sentence)
        };
        let mut of_article: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
        for (unit, _) in wanted {
            let (article, sentence) = place(*unit);
            of_article.entry(article).or_default().push(sentence);
        }
        let mut found: BTreeMap<(u64, u32), String> = BTreeMap::new();
        each(
            study,
            &self.set,
            stop,
            |view, _| {
                let mut reader = view.shard.reader();
                let mut texts = Vec::new();
                for i in 0..view.shard.len() {
                    let number = view.first + i as u64;
                    for &sentence in of_article.get(&number).into_iter().flatten() {
                        reader.open(i);
                        let bytes =
                            reader.sentence_byte(sentence as usize)..reader.sentence_byte(sentence as usize + 1);
                        let text = reader.text().get(bytes).unwrap_or_default();
                        texts.push(((number, sentence), text.split_whitespace().collect::<Vec<_>>().join(" ")));
                    }
                }
                texts
            },
            |texts| found.extend(texts),
        )?;
        Ok(wanted.iter().map(|(unit, _)| found.get(&place(*unit)).cloned().unwrap_or_default()).collect())
    }
}
