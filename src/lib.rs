//! Sentiment and framing statistics for news corpora.
//!
//! The pipeline, room by room: [`read`] → [`tokenise`] → [`stem`] → [`index`] → [`clean`] → [`lookup`] → [`mod@count`] →
//! [`statistics`] → [`results`] → [`report`]. [`run`] is the whole of it; `ARCHITECTURE.md` tells what each room takes and gives.

pub mod aggregate;
pub mod clean;
pub mod cli;
pub mod compare;
pub mod count;
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
mod session;
pub mod statistics;
pub mod stem;
pub mod stories;
mod stream;
pub mod study;
pub mod suggest;
pub mod text;
pub mod tokenise;
pub mod validate;
pub mod voice;

use count::{Counted, Request, Seen};
use disk::{Disk, Maker};
use error::{Error, Place, Problem, Result};
use estimates::{Estimates, lexical};
use index::Store;
use progress::{Progress, Stage};
use report::{Context, Finished, Folder, Inputs, MadeOf, Memory, Outcome, Surveyed, Tables};
use results::{Results, Sources};
use session::{CountingSession, Plans};
use std::sync::atomic::{AtomicBool, Ordering};
pub use study::Study;

/// The main job: articles and lexicons in, a run folder out.
///
/// `stop` ends it at its next step; the folder is then as it was before.
pub fn run(study: &Study, progress: &dyn Progress, stop: &AtomicBool) -> Result<Outcome> {
    run_on(study, progress, stop, &Disk::default())
}

/// [`run`] on a disk that may fail.
///
/// # Errors
/// As of [`run`].
pub fn run_on(study: &Study, progress: &dyn Progress, stop: &AtomicBool, disk: &Disk) -> Result<Outcome> {
    let lexicons = load(study)?;
    estimates::refuse_frames(lexicons.frames.iter().map(|lexicon| lexicon.frames.len()).sum())?;
    let plans = Plans::of(&lexicons, study)?;
    let mut session = CountingSession::open(study, &lexicons)?;
    let scorer = plans.scorer(study, session.corpus.other_columns())?;
    let (vaders, node_plan) = (scorer.vaders(), plans.node_plan());
    let request = plans.request(study, session.corpus.other_columns(), (&scorer, &vaders), &node_plan)?;
    let folder = Folder::create(&study.report.out, disk)?;
    let maker = Maker::here(study.trust_cache);
    let store = match study.cache {
        true => Store::cache(folder.cache(), disk, maker),
        false => Store::passing(folder.passing(), disk),
    };
    let expected = session.made_of(&store, &lexicons, &plans);
    if let Some(outcome) = expected.as_ref().and_then(|made_of| report::settled(&study.report.out, made_of)) {
        return Ok(outcome);
    }
    session.index(&store, (&lexicons.frames, &lexicons), progress, stop)?;
    session::note_others(&store, progress);
    session.find_stories(stop)?;
    estimates::refuse_unknown(&session.survey.group_names(), &study.estimates)?;
    let counted = session.survey.counted().filter(|is_counted| *is_counted).count();
    estimates::refuse_too_many(plans.frames.frames().len(), session.survey.groups.len(), counted)?;
    let made_of = session.made_of(&store, &lexicons, &plans);
    // an article that was saved in between is another article
    let same = made_of.as_ref().filter(|made_of| expected.as_ref().is_some_and(|expected| made_of.all == expected.all));
    let run = Run { study, lexicons: &lexicons, plans: &plans, session: &session, request: &request, progress, stop };
    let found = run.count(folder, same)?;
    found.totals.refuse_nothing(&study.corpus)?;
    let (estimates, results) = run.estimate(&found)?;
    let (outcome, mut folder) = run.report(found, &estimates, &results)?;
    if study.cache {
        study.keep(&mut folder);
    }
    if let Some(made_of) = made_of {
        report::settle(&mut folder, made_of, &outcome);
    }
    halt(stop)?;
    for problem in folder.commit()? {
        progress.note(&problem);
    }
    store.tidy(study.cache_gigabytes << 30);
    Ok(outcome)
}

/// Ends a run that is to stop.
fn halt(stop: &AtomicBool) -> Result<()> {
    if stop.load(Ordering::Relaxed) { Err(Error::Interrupted) } else { Ok(()) }
}

/// What the steps of a run share.
struct Run<'a> {
    study: &'a Study,
    lexicons: &'a lexicon::Set,
    plans: &'a Plans<'a>,
    session: &'a CountingSession<'a>,
    request: &'a Request<'a>,
    progress: &'a dyn Progress,
    stop: &'a AtomicBool,
}

impl Run<'_> {
    /// Counts every shard, and writes its rows; what the last run wrote of the same is taken over.
    fn count(&self, mut folder: Folder, same: Option<&MadeOf>) -> Result<Finished> {
        let Run { study, plans, session, request, progress, .. } = *self;
        let seed = study.estimates.seed;
        let (fresh, examples) = report::take_over(&mut folder, same, &plans.frames, &plans.unit_files, seed)?;
        let context = Context {
            request,
            units: &plans.units,
            fresh,
            parquet: study.report.parquet,
            sentiment_hits: study.report.sentiment_hits,
            seed,
            keeps_examples: study.cache,
            memory: Memory::default(),
        };
        let surveyed = Surveyed {
            dimensions: session.grouping.names(),
            columns: session.corpus.other_columns(),
            copies: &session.survey.clean.copies,
            stories: &session.survey.stories,
        };
        let mut tables = Tables::begin(folder, &context, surveyed, &plans.unit_files, examples, &study.report)?;
        self.note_problems(&mut tables)?;
        let write_rows = |seen: &mut Seen<'_, '_>| report::shard_rows(seen, &context);
        session.count(request, progress, self.stop, write_rows, |counted, rows| tables.take(counted, rows))?;
        for problem in session.voices.without_cues(tables.counted_languages()) {
            progress.note(&problem);
            tables.problem(&problem)?;
        }
        tables.finish()
    }

    /// What reading had to say, for whoever looks on and for `problems.csv`.
    fn note_problems(&self, tables: &mut Tables<'_>) -> Result<()> {
        let Run { lexicons, session, progress, .. } = *self;
        for lexicon in lexicons.all().filter(|lexicon| lexicon.format != lexicon::Format::Toml) {
            let place = Place::file(lexicon.file.as_str());
            progress.note(&Problem::note("lexicon-read", place, lexicon.report.sentence()));
        }
        for problem in session.corpus.notes().iter().chain(lexicons.all().flat_map(|lexicon| &lexicon.problems)) {
            progress.note(problem);
            tables.problem(problem)?;
        }
        session.problems().iter().try_for_each(|problem| tables.problem(problem))
    }

    /// What coders have said of each frame.
    fn stamps(&self) -> Vec<Option<results::Stamp>> {
        results::stamps(&self.plans.frames, &self.session.grounds())
    }

    /// Estimates, and the tables of them.
    fn estimate(&self, found: &Finished) -> Result<(Estimates, Results)> {
        let Run { study, plans, request, .. } = *self;
        self.progress.begin(Stage::Statistics, None);
        halt(self.stop)?;
        let related = self.session.related();
        let mut estimates = Estimates::of_related(&found.counts, &study.estimates, &related.view())?;
        halt(self.stop)?;
        let words = (&found.counts, &found.lexical, &estimates.comparisons);
        estimates.lexical =
            lexical::Results::of(words.0, words.1, words.2, &plans.frames, &study.lexical, &study.estimates)?;
        halt(self.stop)?;
        let results = Results::of(Sources {
            dimensions: &found.dimensions,
            counts: &found.counts,
            estimates: &estimates,
            plan: &plans.frames,
            sentiment: &plans.sentiment,
            scorer: request.scorer,
            frame_usage: &found.frame_usage,
            sentiment_usage: &found.sentiment_usage,
            contributions: &found.contributions,
            shared: &found.shared,
            stamps: &self.stamps(),
        })?;
        halt(self.stop)?;
        self.progress.end(Stage::Statistics);
        Ok((estimates, results))
    }

    /// Writes the rest, and what changed since the last run; the folder is then to be put in its place.
    fn report(&self, found: Finished, estimates: &Estimates, results: &Results) -> Result<(Outcome, Folder)> {
        let out = &self.study.report.out;
        self.progress.begin(Stage::Report, None);
        let inputs = Inputs {
            options: &self.study.report,
            settings: self.study.settings(),
            max_bad_share: self.study.max_bad_share,
            lexicons: self.lexicons,
            files: self.session.corpus.inputs(),
            frames: &self.plans.frames,
            sentiment: &self.plans.sentiment,
            scorer: self.request.scorer,
            stories: &self.session.survey.stories,
            results,
            stamps: &self.stamps(),
        };
        let write = || report::write(found, estimates, &inputs, self.stop);
        let (written, before) = rayon::join(write, || compare::in_place(out));
        let (mut outcome, mut folder) = written?;
        outcome.since = compare::since_last(&mut folder, out, before)?.text();
        self.progress.end(Stage::Report);
        Ok((outcome, folder))
    }
}

/// The lexicons of a run.
fn load(study: &Study) -> Result<lexicon::Set> {
    let mut lexicons = study.load_lexicons(&study.lexicons, &study.reading)?;
    if study.sentiment.alone {
        lexicons.leave_frames();
    }
    Ok(lexicons)
}

/// Counts and estimates without writing anything: every table of a run as a polars DataFrame.
///
/// ```no_run
/// let study = framescope::Study::from_file("study.toml")?;
/// let tables = framescope::tables(&study, &Default::default())?;
/// println!("{:?}", tables.table("frames"));
/// # Ok::<(), framescope::error::Error>(())
/// ```
pub fn tables(study: &Study, stop: &AtomicBool) -> Result<Results> {
    let lexicons = load(study)?;
    let plans = Plans::of(&lexicons, study)?;
    let mut session = CountingSession::open(study, &lexicons)?;
    let scorer = plans.scorer(study, session.corpus.other_columns())?;
    let (vaders, node_plan) = (scorer.vaders(), plans.node_plan());
    let request = plans.request(study, session.corpus.other_columns(), (&scorer, &vaders), &node_plan)?;
    session.index_aside((&lexicons.frames, &lexicons), stop)?;
    session.find_stories(stop)?;
    estimates::refuse_unknown(&session.survey.group_names(), &study.estimates)?;
    let counted = session.count_all(&request, &progress::Silent, stop)?;
    counted.totals.refuse_nothing(&study.corpus)?;
    let (counts, words) = (&counted.counts, &counted.lexical);
    let mut estimates = Estimates::of_related(counts, &study.estimates, &session.related().view())?;
    estimates.lexical =
        lexical::Results::of(counts, words, &estimates.comparisons, &plans.frames, &study.lexical, &study.estimates)?;
    Results::of(Sources {
        dimensions: &session.grouping.names(),
        counts,
        estimates: &estimates,
        plan: &plans.frames,
        sentiment: &plans.sentiment,
        scorer: &scorer,
        frame_usage: &counted.frame_usage(),
        sentiment_usage: &counted.sentiment_usage(),
        contributions: &counted.contributions(),
        shared: &counted.shared,
        stamps: &results::stamps(&plans.frames, &session.grounds()),
    })
}

/// Counts without writing anything: the counts of every article and entry, and every hit.
///
/// The hits are all in memory at once; [`count_each`] hands them on shard by shard.
///
/// ```no_run
/// let study = framescope::Study::from_file("study.toml")?;
/// let counted = framescope::count(&study, &Default::default())?;
/// for hit in counted.hits.iter().filter(|hit| hit.uncounted.is_none()) {
///     println!("{} {:?} {}", hit.article, hit.bytes, hit.verdict.voice.name());
/// }
/// # Ok::<(), framescope::error::Error>(())
/// ```
pub fn count(study: &Study, stop: &AtomicBool) -> Result<Counted> {
    let mut all = Counted::default();
    count_each(study, stop, |counted| {
        all = std::mem::take(&mut all).merge(counted);
        Ok(())
    })?;
    all.lexical.finish();
    Ok(all)
}

/// Counts, and hands on what was counted in one range of articles after the other. [`Counted::merge`] puts neighbours together.
pub fn count_each(study: &Study, stop: &AtomicBool, mut sink: impl FnMut(Counted) -> Result<()>) -> Result<()> {
    let lexicons = load(study)?;
    let plans = Plans::of(&lexicons, study)?;
    let mut session = CountingSession::open(study, &lexicons)?;
    let scorer = plans.scorer(study, session.corpus.other_columns())?;
    let (vaders, node_plan) = (scorer.vaders(), plans.node_plan());
    let request = plans.request(study, session.corpus.other_columns(), (&scorer, &vaders), &node_plan)?;
    let request = Request { keep_hits: true, ..request };
    session.index_aside((&lexicons.frames, &lexicons), stop)?;
    session.count(&request, &progress::Silent, stop, |_| (), |counted, ()| sink(counted))
}

/// The second job: two run folders in, what changed between them out, as text and, where told, as tables in a folder.
pub fn diff(before: &str, after: &str, out: Option<&str>) -> Result<String> {
    let read = |folder: &str| compare::Snapshot::without_hits(folder.as_ref(), folder);
    let (a, b) = rayon::join(|| read(before), || read(after));
    let (mut a, mut b) = (a?, b?);
    compare::read_hits(&mut a, &mut b)?;
    let diff = compare::diff(&a, &b);
    if let Some(out) = out {
        compare::write(&diff, out)?;
    }
    Ok(diff.text())
}
