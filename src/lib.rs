//! Sentiment and framing statistics for news corpora.
//!
//! The pipeline, room by room: [`read`] → [`tokenise`] → [`stem`] → [`index`] → [`clean`] → [`lookup`] → [`aggregate`] →
//! [`statistics`] → [`report`]. [`run`] is the whole of it; `ARCHITECTURE.md` tells what each room takes and gives.

pub mod aggregate;
pub mod clean;
pub mod cli;
pub mod compare;
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
use lookup::{Plan, Voices};
use progress::{Progress, Stage};
use report::{Folder, Inputs, Outcome, Tables};
use shard::{Desk, Worker};
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
    let voices = Voices::shipped(study.voice.clone(), study.voices.clone())?;
    let frames = Plan::new(&lexicons.frames);
    let sentiment: Vec<Plan<'_>> = lexicons.sentiment.chunks(1).map(Plan::new).collect();
    let desk = Desk {
        frames: &frames,
        sentiment: &sentiment,
        furniture: &furniture,
        clean: &study.clean,
        voices: &voices,
        language: study.language,
    };
    let mut tables = Tables::begin(
        folder,
        &frames,
        &sentiment,
        grouping,
        corpus.other_columns(),
        &study.report,
        study.clean.duplicates,
    )?
    .seeded(study.estimates.seed);
    for lexicon in lexicons.all().filter(|lexicon| lexicon.format != lexicon::Format::Toml) {
        let place = Place::file(lexicon.file.as_str());
        progress.note(&Problem::note("lexicon-read", place, lexicon.report.sentence()));
    }
    for problem in corpus.notes().iter().chain(lexicons.all().flat_map(|lexicon| &lexicon.problems)) {
        progress.note(problem);
        tables.problem(problem)?;
    }

    let (read_bytes, total) = (corpus.progress(), corpus.bytes_total());
    progress.begin(Stage::Read, Some(total));
    progress.begin(Stage::Tokenise, None);
    progress.begin(Stage::LookUp, None);
    let batches = read::Batches::of(&mut corpus, study.shard_articles);
    let work = |worker: &mut Worker, batch| {
        let result = desk.work(worker, batch);
        progress.reach(Stage::Read, read_bytes.load(std::sync::atomic::Ordering::Relaxed));
        progress.reach(Stage::Tokenise, result.end);
        result
    };
    stream::in_order(batches, study.worker_threads(), stop, Worker::default, work, |result| {
        tables.take(&result)?;
        progress.reach(Stage::LookUp, result.end);
        Ok(())
    })?;
    for stage in [Stage::Read, Stage::Tokenise, Stage::LookUp] {
        progress.end(stage);
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
    let (mut outcome, mut folder) = report::write(found, &estimates, &inputs, stop)?;
    outcome.since = compare::since_last(&mut folder, &study.report.out)?.text();
    folder.commit()?;
    progress.end(Stage::Report);
    Ok(outcome)
}

/// The second job: two run folders in, what changed between them out, as text and, where told, as tables in a folder.
pub fn diff(before: &str, after: &str, out: Option<&str>) -> Result<String> {
    let read = |folder: &str| compare::Snapshot::read(folder.as_ref(), folder);
    let (a, b) = rayon::join(|| read(before), || read(after));
    let (a, b) = (a?, b?);
    let diff = compare::diff(&a, &b);
    if let Some(out) = out {
        compare::write(&diff, out)?;
    }
    Ok(diff.text())
}
