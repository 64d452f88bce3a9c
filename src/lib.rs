//! Sentiment and framing statistics for news corpora.
//!
//! The pipeline, room by room: [`read`] → [`tokenise`] → [`stem`] → [`index`] → [`clean`] → [`lookup`] → [`mod@count`] →
//! [`statistics`] → [`results`] → [`report`]. [`run`] is the whole of it; `ARCHITECTURE.md` tells what each room takes and gives.

#![forbid(unsafe_code)]

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
pub mod part;
mod pipeline;
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

use count::{Counted, Counter, Request, ShardAt};
use disk::{Disk, Maker};
use error::{Error, Result};
use index::Store;
use pipeline::{Aggregated, Job, KeptParts, Run};
use progress::Progress;
use report::{Folder, Outcome};
use results::Results;
use session::CountingSession;
use std::sync::atomic::AtomicBool;
use stem::Stems;
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
    // what the index promises is examined where it is opened; where it does not hold, all of it is looked at, and made again
    match run_by(Store::by_heads, study, progress, stop, disk) {
        Err(Error::Refused(problems)) if problems.iter().any(|problem| problem.kind == session::DAMAGED) => {
            run_by(|store| store, study, progress, stop, disk)
        }
        done => done,
    }
}

fn run_by(
    look: impl Fn(Store) -> Store,
    study: &Study,
    progress: &dyn Progress,
    stop: &AtomicBool,
    disk: &Disk,
) -> Result<Outcome> {
    Job::open(study, CountingSession::open, |mut job| {
        let folder = Folder::create(&study.report.out, disk)?;
        let maker = Maker::here(study.trust_cache);
        let store = match study.cache {
            true => look(Store::cache(folder.cache(), disk, maker)),
            false => Store::passing(folder.passing(), disk),
        };
        let expected = job.session.made_of(&store, job.lexicons, job.plans);
        if let Some(outcome) = expected.as_ref().and_then(|made_of| report::settled(&study.report.out, made_of)) {
            return Ok(outcome);
        }
        job.session.index(&store, (&job.lexicons.frames, job.lexicons), progress, stop)?;
        session::note_others(&store, progress);
        job.session.find_stories(&store, stop)?;
        job.refuse()?;
        let made_of = job.session.made_of(&store, job.lexicons, job.plans);
        // an article that was saved in between is another article
        let same = made_of.as_ref().filter(|made_of| expected.as_ref().is_some_and(|old| made_of.all == old.all));
        job.kept = pipeline::kept_tests(&store);
        job.told_words = pipeline::kept_told_words(&store, made_of.as_ref(), &job);
        let (run, mut words) = (Run { job: &job, progress, stop }, Vec::new());
        let (outcome, mut folder) = run.write(folder, same, |context, tables| {
            let parts = KeptParts::of(&job, &store, made_of.as_ref(), progress);
            let count = |counter: &Counter<'_>, stems: &mut Stems, shard: ShardAt<'_>| {
                parts.count(counter, stems, shard, context)
            };
            job.session.each_shard(&job.request, progress, stop, count, |(counted, rows)| {
                words.extend(counted.articles.iter().map(|article| article.facts.countable_words()));
                tables.take(counted, rows)
            })?;
            parts.keep_live();
            Ok(())
        })?;
        pipeline::keep_tests(&store, &job.kept);
        pipeline::keep_told_words(&store, made_of.as_ref(), &job.told_words);
        job.session.keep_words(&store, &words);
        if let Some(made_of) = made_of {
            report::settle(&mut folder, made_of, &outcome, &study.report);
        }
        run.commit(folder)?;
        store.tidy(study.cache_gigabytes << 30);
        Ok(outcome)
    })
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
    Job::open(study, CountingSession::open, |mut job| {
        let store = job.index_aside(stop)?;
        job.session.find_stories(&store, stop)?;
        job.refuse()?;
        let counted = job.session.count_all(&job.request, &progress::Silent, stop)?;
        counted.totals.refuse_nothing(&study.corpus)?;
        let run = Run { job: &job, progress: &progress::Silent, stop };
        let (sentiment_usage, contributions) = (counted.sentiment_usage(), counted.contributions());
        let found = Aggregated {
            dimensions: &job.session.grouping.names(),
            counts: &counted.counts,
            lexical: &counted.lexical,
            frame_usage: &counted.frame_usage(),
            sentiment_usage: &sentiment_usage,
            contributions: &contributions,
            shared: &counted.shared,
        };
        let estimates = run.estimate(&found)?;
        let stamps = run.stamps();
        let results = run.tables(&found, &estimates, &stamps)?.made()?;
        Ok(results)
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
    Job::open(study, CountingSession::open, |mut job| {
        job.index_aside(stop)?;
        let request = Request { keep_hits: true, ..job.request };
        job.session.count(&request, &progress::Silent, stop, |_| (), |counted, ()| sink(counted))
    })
}

/// What changed between two versions that a run folder has seen: both are run again on the corpus as it is now, and compared.
///
/// # Errors
/// A version that is not there, or cannot be run as it was; as of [`run`] and [`diff`].
pub fn diff_versions(out: &str, versions: [usize; 2], into: Option<&str>, stop: &AtomicBool) -> Result<String> {
    let [before, after] = versions.map(|number| inspect::Again::of(out, number));
    let (before, after) = (before?, after?);
    for version in [&before, &after] {
        run(&version.study, &progress::Silent, stop)?;
        version.check()?;
    }
    diff(&before.study.report.out, &after.study.report.out, into)
}

/// The second job: two run folders in, what changed between them out, as text and, where told, as tables in a folder.
pub fn diff(before: &str, after: &str, out: Option<&str>) -> Result<String> {
    let read = |folder: &str| compare::Snapshot::without_hits(folder.as_ref(), folder, None);
    let (a, b) = rayon::join(|| read(before), || read(after));
    let (mut a, mut b) = (a?, b?);
    compare::read_hits(&mut a, &mut b)?;
    let diff = compare::diff(&a, &b);
    if let Some(out) = out {
        compare::write(&diff, out)?;
    }
    Ok(diff.text())
}
