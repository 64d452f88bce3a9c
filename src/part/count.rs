//! Counting a part.
//!
//! In: the survey, numbers of parts. Out: for each a file of what was counted in its shards, with their rows.
//! Invariant: what is written is what a run hands from the threads that count to the tables, and the merge hands the same on.

use super::frames::{self, Writer};
use super::work::{WorkFolder, parts, write_whole};
use crate::error::{Error, Place, Problem, Result};
use crate::pipeline::{Job, Run};
use crate::progress::Progress;
use crate::report::{self, RowsToWrite};
use crate::text::shell_word;
use std::io::{self, BufWriter};
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// Counts parts, as `7`, `0-7` or `3,7,12`; all where nothing is said. Gives back how many were counted now; the others were there.
///
/// # Errors
/// A corpus that is not surveyed by these lexicons; a shard that is damaged; a disk that is full.
pub fn count(
    folder: &str,
    which: Option<&str>,
    threads: Option<usize>,
    progress: &dyn Progress,
    stop: &AtomicBool,
) -> Result<usize> {
    let mut work = WorkFolder::open(folder)?;
    work.study.threads = threads.unwrap_or(work.study.threads);
    let study = &work.study;
    let open = |study, lexicons: &_| work.session(study, lexicons);
    Job::open(study, open, |mut job| {
        let store = work.store();
        let keys = work.keys(&job.session, job.lexicons, &store);
        let (surveyed, key) = work.surveyed(&keys).ok_or_else(|| not_surveyed(&work))?;
        let mut counted = 0;
        for part in parts(which, work.plan.parts.len())? {
            let path = work.count_file(key, part);
            if frames::is_whole(&path, key) {
                continue;
            }
            work.refuse_full(work.plan.parts[part].bytes / 2)?;
            job.session.take_survey(surveyed.found.clone(), surveyed.shards(&work, &store, part)?, Vec::new())?;
            write(&Run { job: &job, progress, stop }, &path, key)?;
            counted += 1;
        }
        Ok(counted)
    })
}

/// Counts the shards of a session into a file.
fn write(run: &Run<'_>, path: &Path, key: crate::index::Key) -> Result<()> {
    let units = vec![true; run.job.plans.unit_files.len()];
    let context = run.context(RowsToWrite { articles: true, sentiment: true, units });
    let mut refused: Option<Error> = None;
    let written = write_whole(path, |out| {
        let mut frames = Writer::new(BufWriter::new(out), key);
        let look = |view: &mut crate::count::ShardView<'_, '_>| report::shard_rows(view, &context);
        let mut failed = None;
        let done = run.job.session.count(&run.job.request, run.progress, run.stop, look, |counted, rows| {
            let rows = rows.with_counts(&counted);
            frames.put(&(counted, rows)).map_err(|error| {
                let problem = Problem::error("disk", Place::file(path.to_string_lossy()), error.to_string());
                failed = Some(error);
                problem.into()
            })
        });
        match (done, failed) {
            (Ok(()), _) => frames.finish(),
            (Err(_), Some(error)) => Err(error),
            (Err(error), None) => {
                refused = Some(error);
                Err(io::ErrorKind::Interrupted.into())
            }
        }
    });
    refused.map_or(written, Err)
}

/// The error for a corpus that is not surveyed.
pub(super) fn not_surveyed(work: &WorkFolder) -> Error {
    let folder = work.folder.display().to_string();
    let problem =
        Problem::error("part-not-surveyed", Place::file(folder.as_str()), "there is no survey for these lexicons");
    problem.hint(format!("framescope part survey {}", shell_word(&folder))).into()
}
