//! Sentiment and framing statistics for news corpora.
//!
//! A [`Study`] says what is counted, and how; a [`Corpus`] where the articles are. Counting them gives [`Results`]: tables of rates,
//! intervals and tests as polars DataFrames.
//!
//! ```
//! use framescope::{Corpus, Study};
//!
//! # fn main() -> framescope::error::Result<()> {
//! let study = Study::from_file("seeds/study.toml")?;
//! let corpus = Corpus::of(["seeds/news.csv"]);
//! # let corpus = Corpus::of_study(&study);
//! let results = study.count(&corpus)?;
//! let frames = results.table("frames").expect("every run has this table");
//! println!("{frames}");
//! # let folder = std::env::temp_dir().join(format!("framescope-doc-{}", std::process::id()));
//! # let folder = folder.to_str().expect("a path in UTF-8");
//! results.write(folder)?; // each table as CSV
//! # std::fs::remove_dir_all(folder).expect("it was written");
//! # Ok(())
//! # }
//! ```
//!
//! [`run()`] does the whole main job: tables, hits, charts and the page, in a run folder. [`hits()`] gives every hit with its place and voice.
//! `docs/rust.md` shows more; `ARCHITECTURE.md` tells how the crate is made.

#![forbid(unsafe_code)]

pub mod error;
pub mod progress;

mod pipeline;
mod session;
mod stream;

// The rooms, for the program, tests and benches: hidden from the documentation, and nothing of them is promised to stay as it is.
#[doc(hidden)]
pub mod aggregate;
#[doc(hidden)]
pub mod clean;
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod compare;
#[doc(hidden)]
pub mod count;
#[doc(hidden)]
pub mod disk;
#[doc(hidden)]
pub mod estimates;
#[doc(hidden)]
pub mod index;
#[doc(hidden)]
pub mod inspect;
#[doc(hidden)]
pub mod lexicon;
#[doc(hidden)]
pub mod lookup;
#[doc(hidden)]
pub mod part;
#[doc(hidden)]
pub mod read;
#[doc(hidden)]
pub mod report;
#[doc(hidden)]
pub mod results;
#[doc(hidden)]
pub mod sentiment;
#[doc(hidden)]
pub mod statistics;
#[doc(hidden)]
pub mod stem;
#[doc(hidden)]
pub mod stories;
#[doc(hidden)]
pub mod study;
#[doc(hidden)]
pub mod suggest;
#[doc(hidden)]
pub mod text;
#[doc(hidden)]
pub mod tokenise;
#[doc(hidden)]
pub mod validate;
#[doc(hidden)]
pub mod voice;

/// What the fields of a [`Study`] are made of.
pub mod options {
    pub use crate::clean::Options as Clean;
    pub use crate::estimates::Options as Estimates;
    pub use crate::estimates::lexical::Options as Lexical;
    pub use crate::lexicon::Options as Reading;
    pub use crate::lookup::Window;
    pub use crate::read::Options as Read;
    pub use crate::report::Options as Report;
    pub use crate::sentiment::{Mode, Options as Sentiment};
    pub use crate::stories::Options as Stories;
    pub use crate::text::Language;
    pub use crate::voice::{Options as Voices, Voice};
}

pub use count::{Counted, CountedArticle, Hit};
pub use lexicon::{Entry, Frame, Lexicon};
pub use read::{Article, Date};
pub use report::Outcome;
pub use results::{Column, Results, Table};
pub use study::{Corpus, Study};

use clean::Cleaned;
use count::{Counter, Request, ShardAt};
use disk::{Disk, Maker};
use error::{Error, Result};
use index::Store;
use pipeline::{Aggregated, CachedParts, Job, Run};
use progress::Progress;
use report::Folder;
use session::CountingSession;
use std::sync::atomic::AtomicBool;
use stem::Stems;

/// The main job: the articles and lexicons of a study in, a run folder out.
///
/// `stop` ends it at its next step; the folder is then as it was before.
///
/// # Errors
/// A study, lexicons or a corpus that no run could start with, all their problems at once; a disk that fails; [`Error::Interrupted`].
pub fn run(study: &Study, progress: &dyn Progress, stop: &AtomicBool) -> Result<Outcome> {
    run_on(study, progress, stop, &Disk::default())
}

/// [`run()`] on a disk that may fail.
///
/// # Errors
/// As of [`run()`].
#[doc(hidden)]
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
    let begun = study::now();
    Job::open(study, CountingSession::open, |mut job| {
        let folder = Folder::create(&study.report.out, disk)?;
        let maker = Maker::here(study.trust_cache);
        let store = match study.cache {
            true => look(Store::cache(folder.cache(), disk, maker)),
            false => Store::passing(folder.passing(), disk),
        };
        let expected = job.session.fingerprints(&store, job.lexicons, job.plans);
        if let Some(outcome) =
            expected.as_ref().and_then(|fingerprints| report::settled(&study.report.out, fingerprints))
        {
            return Ok(outcome);
        }
        job.session.index(&store, (&job.lexicons.frames, job.lexicons), progress, stop)?;
        session::note_others(&store, progress);
        study.keep_shipped(&job.session.corpus, job.lexicons, &store, begun);
        job.session.find_stories(&store, stop)?;
        job.refuse()?;
        let fingerprints = job.session.fingerprints(&store, job.lexicons, job.plans);
        // an article that was saved in between is another article
        let same = fingerprints
            .as_ref()
            .filter(|fingerprints| expected.as_ref().is_some_and(|old| fingerprints.all == old.all));
        job.cached_tests = pipeline::cached_tests(&store);
        job.story_words = pipeline::cached_story_words(&store, fingerprints.as_ref(), &job);
        job.session.cleaned_before = job.session.known_cleaned(&store);
        let (run, mut cleaned) = (Run { job: &job, progress, stop }, Cleaned::default());
        let (outcome, mut folder) = run.write(folder, same, |context, tables| {
            let parts = CachedParts::of(&job, &store, fingerprints.as_ref(), progress);
            let count = |counter: &Counter<'_>, stems: &mut Stems, shard: ShardAt<'_>| {
                parts.count(counter, stems, shard, context)
            };
            job.session.each_shard(&job.request, progress, stop, count, |(counted, rows)| {
                counted.articles.iter().for_each(|of| cleaned.push(of.facts.countable_words(), &of.removed));
                tables.take(counted, rows)
            })?;
            parts.keep_live();
            pipeline::quote_shown(&run, tables)
        })?;
        pipeline::cache_tests(&store, &job.cached_tests);
        pipeline::cache_story_words(&store, fingerprints.as_ref(), &job.story_words);
        job.session.keep_cleaned(&store, &cleaned);
        if let Some(fingerprints) = fingerprints {
            report::settle(&mut folder, fingerprints, &outcome, &study.report);
        }
        run.commit(folder)?;
        store.tidy(study.cache_gigabytes << 30);
        Ok(outcome)
    })
}

/// Counts and estimates the articles of a corpus without writing anything: every table of a run as a polars DataFrame.
///
/// [`Study::count`] is the same without a way to stop.
///
/// # Errors
/// A study, lexicons or a corpus that no run could start with, all their problems at once; [`Error::Interrupted`] where `stop` is set.
pub fn count(study: &Study, corpus: &Corpus, stop: &AtomicBool) -> Result<Results> {
    let study = study.over(corpus);
    Job::open(&study, CountingSession::open, |mut job| {
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

impl Study {
    /// Counts and estimates the articles of a corpus; nothing is written.
    ///
    /// # Errors
    /// As of [`count()`].
    pub fn count(&self, corpus: &Corpus) -> Result<Results> {
        count(self, corpus, &AtomicBool::new(false))
    }
}

/// Looks lexicons up without estimating anything: the counts of every article and entry, and every hit, in memory at once.
///
/// ```no_run
/// # let study = framescope::Study::from_file("study.toml")?;
/// let found = framescope::hits(&study, &framescope::Corpus::of_study(&study), &Default::default())?;
/// for hit in found.hits.iter().filter(|hit| hit.uncounted.is_none()) {
///     println!("{} {:?} {}", hit.article, hit.bytes, hit.verdict.voice.name());
/// }
/// # Ok::<(), framescope::error::Error>(())
/// ```
///
/// # Errors
/// As of [`count()`].
pub fn hits(study: &Study, corpus: &Corpus, stop: &AtomicBool) -> Result<Counted> {
    let mut all = Counted::default();
    hits_in_parts(study, corpus, stop, |counted| {
        all = std::mem::take(&mut all).merge(counted);
        Ok(())
    })?;
    all.finish();
    Ok(all)
}

/// [`hits()`], handed on range by range of articles; [`Counted::merge`] puts neighbours together.
///
/// # Errors
/// As of [`count()`]; the first error of `sink`.
pub fn hits_in_parts(
    study: &Study,
    corpus: &Corpus,
    stop: &AtomicBool,
    mut sink: impl FnMut(Counted) -> Result<()>,
) -> Result<()> {
    Job::open(&study.over(corpus), CountingSession::open, |mut job| {
        job.index_aside(stop)?;
        let request = Request { keep_hits: true, ..job.request };
        job.session.count(&request, &progress::Silent, stop, |_| (), |counted, ()| sink(counted))
    })
}

/// What changed between two versions that a run folder has seen: both are run again on the corpus as it is now, and compared.
///
/// # Errors
/// A version that is not there, or cannot be run as it was; as of [`run()`] and [`diff()`].
pub fn diff_versions(out: &str, versions: [usize; 2], into: Option<&str>, stop: &AtomicBool) -> Result<String> {
    let [before, after] = versions.map(|number| inspect::RestoredVersion::of(out, number));
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
