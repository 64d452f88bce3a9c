//! Sentiment and framing statistics for news corpora.
//!
//! The pipeline, room by room: [`read`] → [`tokenise`] → [`stem`] → [`index`] → [`clean`] → [`lookup`] → [`aggregate`] →
//! [`statistics`] → [`report`]. [`run`] is the whole of it; `ARCHITECTURE.md` tells what each room takes and gives.

pub mod aggregate;
pub mod clean;
pub mod cli;
pub mod error;
pub mod estimates;
pub mod index;
pub mod inspect;
pub mod lexicon;
pub mod lookup;
pub mod progress;
pub mod read;
pub mod report;
mod shard;
pub mod statistics;
pub mod stem;
mod stream;
pub mod study;
pub mod text;
pub mod tokenise;
pub mod voice;

use aggregate::Grouping;
use clean::Furniture;
use error::{Place, Problem, Result};
use estimates::Estimates;
use index::{Kept, Shard, Store};
use lookup::{Plan, Subjects, Voices};
use progress::{Progress, Stage};
use report::{Context, Folder, Inputs, Outcome, Tables};
use shard::{Counter, CountingWorker, Indexer, Surveyor};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use study::Study;

/// The main job: articles and lexicons in, a run folder out.
///
/// `stop` ends it between two shards; the folder is then as it was before.
pub fn run(study: &Study, progress: &dyn Progress, stop: &AtomicBool) -> Result<Outcome> {
    let lexicons = lexicon::Set::load(&study.lexicons, &study.reading)?;
    let mut corpus = read::open(&study.corpus, &study.read)?;
    let grouping = Grouping::new(&study.by, corpus.other_columns())?;
    let folder = Folder::create(&study.report.out)?;
    let furniture = match lexicons.furniture.as_slice() {
        [] => Furniture::shipped()?,
        told => Furniture { lexicons: told.to_vec() },
    };
    let voices = Voices::shipped(study.voice.clone(), study.voices.clone())?.with_cues(&lexicons.cues)?;
    let frames = Plan::new(&lexicons.frames);
    let sentiment: Vec<Plan<'_>> = lexicons.sentiment.chunks(1).map(Plan::new).collect();
    let subjects = Subjects::of(lexicons.all(), study.target_window);

    // what depends on the articles alone, once
    let store = if study.cache { Store::cache(folder.cache()) } else { Store::passing(folder.passing()) };
    let indexer = Indexer::new(&store, &voices, study.language);
    let library = shard::gather(&mut corpus, study, &store, &indexer, progress, stop)?;

    // what can only be said of all of them together
    let mut surveyor = Surveyor::new(&grouping, &study.clean);
    for (kept, _) in &library.shards {
        let shard = Shard::reopen(kept.clone()).ok_or_else(|| folder.damaged())?;
        surveyor.push(&shard, |language| shard::covers(&frames, language));
    }
    let survey = surveyor.finish();

    // what depends on the lexicons
    let context = Context {
        frames: &frames,
        sentiment: &sentiment,
        subjects: &subjects,
        sentiment_hits: study.report.sentiment_hits && !sentiment.is_empty(),
        seed: study.estimates.seed,
        labels: Grouping::new(&study.estimates.labels(), corpus.other_columns())?,
        variants: study.estimates.sensitivity,
    };
    let mut tables = Tables::begin(
        folder,
        &context,
        grouping.names(),
        survey.groups.clone(),
        corpus.other_columns(),
        &survey.clean.copies,
        &study.report,
    )?;
    for lexicon in lexicons.all().filter(|lexicon| lexicon.format != lexicon::Format::Toml) {
        let place = Place::file(lexicon.file.as_str());
        progress.note(&Problem::note("lexicon-read", place, lexicon.report.sentence()));
    }
    for problem in corpus.notes().iter().chain(lexicons.all().flat_map(|lexicon| &lexicon.problems)) {
        progress.note(problem);
        tables.problem(problem)?;
    }
    for problem in &library.problems {
        tables.problem(problem)?;
    }
    let counter = Counter {
        furniture: &furniture,
        clean: &study.clean,
        voices: &study.voices,
        survey: &survey,
        subjects: &subjects,
        context: &context,
    };
    progress.begin(Stage::LookUp, None);
    let work = |worker: &mut CountingWorker, (kept, first): &(Arc<Kept>, u64)| counter.count(worker, *first, kept);
    stream::in_order(library.shards.iter(), study.worker_threads(), stop, CountingWorker::default, work, |counted| {
        let counted = counted.ok_or_else(|| tables.damaged())?;
        progress.reach(Stage::LookUp, counted.end);
        tables.take(counted)
    })?;
    progress.end(Stage::LookUp);
    for problem in voices.without_cues(tables.counted_languages()) {
        progress.note(&problem);
        tables.problem(&problem)?;
    }

    let found = tables.finish()?;
    found.refuse_nothing(&study.corpus)?;
    progress.begin(Stage::Statistics, None);
    let estimates = Estimates::of(&found.counts, &study.estimates)?;
    progress.end(Stage::Statistics);
    progress.begin(Stage::Report, None);
    let inputs = Inputs {
        options: &study.report,
        settings: study.settings(),
        max_bad_share: study.max_bad_share,
        lexicons: &lexicons,
        files: corpus.inputs(),
        frames: &frames,
        sentiment: &sentiment,
    };
    let outcome = report::write(found, &estimates, &inputs, stop)?;
    progress.end(Stage::Report);
    Ok(outcome)
}
