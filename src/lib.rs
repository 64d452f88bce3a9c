//! Sentiment and framing statistics for news corpora.
//!
//! The pipeline, room by room: [`read`] → [`tokenise`] → [`stem`] → [`index`] → [`clean`] → [`lookup`] → [`aggregate`] →
//! [`statistics`] → [`results`] → [`report`]. [`run`] is the whole of it; `ARCHITECTURE.md` tells what each room takes and gives.

pub mod aggregate;
pub mod clean;
pub mod cli;
pub mod compare;
pub mod disk;
pub mod error;
pub mod estimates;
pub mod index;
pub mod inspect;
pub mod lexicon;
pub mod lookup;
pub mod progress;
pub mod read;
pub mod report;
pub mod results;
pub mod sentiment;
mod shard;
pub mod statistics;
pub mod stem;
mod stream;
pub mod study;
pub mod text;
pub mod tokenise;
pub mod voice;

use aggregate::Grouping;
use disk::{Disk, Maker};
use error::{Error, Place, Problem, Result};
use estimates::{Estimates, lexical};
use index::Store;
use lookup::{Plan, Subjects};
use progress::{Progress, Stage};
use report::{Context, Earlier, Folder, Inputs, MadeOf, Outcome, Printed, Surveyed, Tables};
use results::{Results, Sources};
use sentiment::Scorer;
use shard::Ground;
use std::sync::atomic::{AtomicBool, Ordering};
pub use study::Study;

/// The main job: articles and lexicons in, a run folder out.
///
/// `stop` ends it at its next step; the folder is then as it was before.
pub fn run(study: &Study, progress: &dyn Progress, stop: &AtomicBool) -> Result<Outcome> {
    run_on(study, progress, stop, &Disk::default())
}

/// [`run`] on a disk that may fail.
pub fn run_on(study: &Study, progress: &dyn Progress, stop: &AtomicBool, disk: &Disk) -> Result<Outcome> {
    let mut lexicons = study.load_lexicons(&study.lexicons, &study.reading)?;
    if study.sentiment.alone {
        lexicons.leave_frames();
    }
    estimates::refuse_frames(lexicons.frames.iter().map(|lexicon| lexicon.frames.len()).sum())?;
    let frames = Plan::new(&lexicons.frames);
    let sentiment: Vec<Plan<'_>> = lexicons.sentiment.chunk_by(lexicon::are_partners).map(Plan::new).collect();
    let scorer = Scorer::new(&sentiment, study.sentiment.clone())?;
    let mut ground = Ground::open(study, &lexicons)?;
    let scorer = scorer.with_columns(ground.corpus.other_columns())?;
    let vaders = scorer.vaders();
    let subjects = Subjects::of(lexicons.all(), study.target_window);
    let nodes = study.lexical.nodes(&frames)?;
    let node_plan = Plan::new(&nodes.lexicons);
    let context = Context {
        frames: &frames,
        printed: Printed::of(&frames),
        printed_sentiment: sentiment.iter().map(Printed::of).collect(),
        scorer: &scorer,
        vaders: &vaders,
        subjects: &subjects,
        sentiment_hits: study.report.sentiment_hits,
        seed: study.estimates.seed,
        labels: Grouping::new(&study.estimates.labels(), ground.corpus.other_columns())?,
        variants: study.estimates.sensitivity,
        lexical: study.lexical.wanted(&nodes, &node_plan),
    };
    let mut folder = Folder::create(&study.report.out, disk)?;
    let maker = Maker::here(study.trust_cache);
    let store = match study.cache {
        true => Store::cache(folder.cache(), disk, maker),
        false => Store::passing(folder.passing(), disk),
    };
    let look = |ground: &Ground<'_>| if study.cache { ground.made_of(&store, &lexicons, &subjects) } else { None };
    let expected = look(&ground);
    if let Some(outcome) = expected.as_ref().and_then(|made_of| report::settled(&study.report.out, made_of)) {
        return Ok(outcome);
    }
    let open = |made_of: &MadeOf| Earlier::open(&study.report.out, &made_of.base, &context.printed);
    let earlier = expected.as_ref().and_then(open);
    ground.lay(&store, &lexicons.frames, progress, stop)?;
    shard::note_others(&store, &study.report.out, progress);
    let made_of = look(&ground);
    // an article that was saved in between is another article
    let earlier = earlier.filter(|_| made_of == expected);
    let earlier = earlier.and_then(|earlier| earlier.along(ground.survey.counted()));
    let earlier = match earlier {
        Some(earlier) if earlier.take_over(&mut folder)? => Some(earlier),
        _ => None,
    };
    estimates::refuse_unknown(&ground.survey.group_names(), &study.estimates)?;
    let counted = ground.survey.counted().filter(|is_counted| *is_counted).count();
    estimates::refuse_too_many(frames.frames().len(), ground.survey.groups.len(), counted)?;

    let mut tables = Tables::begin(
        folder,
        &context,
        Surveyed {
            dimensions: ground.grouping.names(),
            groups: ground.survey.groups.clone(),
            columns: ground.corpus.other_columns(),
            copies: &ground.survey.clean.copies,
        },
        earlier.as_ref(),
        &study.report,
    )?;
    for lexicon in lexicons.all().filter(|lexicon| lexicon.format != lexicon::Format::Toml) {
        let place = Place::file(lexicon.file.as_str());
        progress.note(&Problem::note("lexicon-read", place, lexicon.report.sentence()));
    }
    for problem in ground.corpus.notes().iter().chain(lexicons.all().flat_map(|lexicon| &lexicon.problems)) {
        progress.note(problem);
        tables.problem(problem)?;
    }
    for problem in ground.problems() {
        tables.problem(problem)?;
    }
    ground.count(&context, earlier.as_ref(), progress, stop, |counted| tables.take(counted))?;
    earlier.map_or(Ok(()), Earlier::close)?;
    for problem in ground.voices.without_cues(tables.counted_languages()) {
        progress.note(&problem);
        tables.problem(&problem)?;
    }

    let found = tables.finish(&context.printed)?;
    found.refuse_nothing(&study.corpus)?;
    progress.begin(Stage::Statistics, None);
    let halt = || if stop.load(Ordering::Relaxed) { Err(Error::Interrupted) } else { Ok(()) };
    halt()?;
    let mut estimates = Estimates::of(&found.counts, &study.estimates)?;
    halt()?;
    estimates.lexical = lexical::Results::of(
        &found.counts,
        &found.lexical,
        &estimates.comparisons,
        &frames,
        &study.lexical,
        &study.estimates,
    )?;
    halt()?;
    let results = Results::of(Sources {
        dimensions: &found.dimensions,
        counts: &found.counts,
        estimates: &estimates,
        plan: &frames,
        sentiment: &sentiment,
        scorer: &scorer,
        frame_usage: &found.frame_usage,
        sentiment_usage: &found.sentiment_usage,
        contributions: &found.contributions,
        shared: &found.shared,
    })?;
    halt()?;
    progress.end(Stage::Statistics);
    progress.begin(Stage::Report, None);
    let inputs = Inputs {
        options: &study.report,
        settings: study.settings(),
        max_bad_share: study.max_bad_share,
        lexicons: &lexicons,
        files: ground.corpus.inputs(),
        frames: &frames,
        sentiment: &sentiment,
        scorer: &scorer,
        results: &results,
    };
    let (written, before) =
        rayon::join(|| report::write(found, &estimates, &inputs, stop), || compare::in_place(&study.report.out));
    let (mut outcome, mut folder) = written?;
    outcome.since = compare::since_last(&mut folder, &study.report.out, before)?.text();
    if let Some(made_of) = made_of {
        report::settle(&mut folder, made_of, &outcome);
    }
    halt()?;
    for problem in folder.commit()? {
        progress.note(&problem);
    }
    progress.end(Stage::Report);
    store.tidy(study.cache_gigabytes << 30);
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
