//! Merging all parts into a run folder.
//!
//! In: the counts of every part. Out: the folder that a run would have written, byte for byte.
//! Invariant: the tables take what was counted in the order of the articles; parts that are missing are named, and nothing is written.

use super::count::not_surveyed;
use super::frames::{self, Reader};
use super::work::{WorkFolder, refuse_full, refuse_missing};
use crate::count::Counted;
use crate::disk::Disk;
use crate::error::{Place, Problem, Result};
use crate::pipeline::{Job, Run, halt};
use crate::progress::{Progress, Stage};
use crate::report::{Context, Folder, Outcome, ShardRows, Tables};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// Merges all parts; `out` is the run folder, where it is not that of the study.
///
/// # Errors
/// Parts that are missing, with the array to be done again; what [`crate::run`] refuses once articles are counted.
pub fn merge(folder: &str, out: Option<&str>, progress: &dyn Progress, stop: &AtomicBool) -> Result<Outcome> {
    let mut work = WorkFolder::open(folder)?;
    if let Some(out) = out {
        work.study.report.out = out.to_string();
    }
    let study = &work.study;
    Job::open(study, |study, lexicons| work.session(study, lexicons), |job| merge_counted(&work, job, progress, stop))
}

/// Puts together what was counted in every part.
fn merge_counted(work: &WorkFolder, mut job: Job<'_>, progress: &dyn Progress, stop: &AtomicBool) -> Result<Outcome> {
    let study = job.study;
    let keys = work.keys(&job.session, job.lexicons, &work.store());
    let (surveyed, key) = work.surveyed(&keys).ok_or_else(|| not_surveyed(work))?;
    let files: Vec<PathBuf> = (0..work.plan.parts.len()).map(|part| work.count_file(key, part)).collect();
    let missing: Vec<usize> = (0..files.len()).filter(|&part| !frames::is_whole(&files[part], key)).collect();
    refuse_missing(&work.folder, "framescope part count DIR --part PARTS", &missing)?;
    job.session.take_survey(surveyed.found, Vec::new(), work.problems())?;
    job.refuse()?;
    let folder = Folder::create(&study.report.out, &Disk::default())?;
    // rows are packed to about a quarter
    let packed: u64 = files.iter().filter_map(|file| Some(file.metadata().ok()?.len())).sum();
    refuse_full(folder.partial(), packed * 4)?;
    let run = Run { job: &job, progress, stop };
    progress.begin(Stage::LookUp, None);
    let (outcome, folder) = run.write(folder, None, |context, tables| {
        let mut next = 0;
        for file in &files {
            take(&run, file, key, (context, tables), &mut next)?;
        }
        progress.end(Stage::LookUp);
        Ok(())
    })?;
    run.commit(folder)?;
    Ok(outcome)
}

/// Gives the tables what was counted in a part; `next` is the number of the article that must follow.
fn take(
    run: &Run<'_>,
    file: &Path,
    key: crate::index::Key,
    (context, tables): (&Context<'_>, &mut Tables<'_>),
    next: &mut u64,
) -> Result<()> {
    let damaged = |why: String| {
        let problem = Problem::error("part-damaged", Place::file(file.to_string_lossy()), why);
        problem.hint("framescope part status DIR says what is to be done again")
    };
    let mut reader = Reader::open(file, key).map_err(|error| damaged(error.to_string()))?;
    loop {
        halt(run.stop)?;
        let read = reader.next::<(Counted, ShardRows)>().map_err(|error| damaged(error.to_string()))?;
        let Some((counted, rows)) = read else { return Ok(()) };
        let plans = run.job.request.scorer.plans().len();
        let sizes = (run.job.request.frames.frames().len(), run.job.session.survey.groups.len(), plans);
        if counted.range.start != *next || !counted.fits(sizes) || !rows.fit(context) {
            return Err(damaged("the counts are not of this run".to_string()).into());
        }
        *next = counted.range.end;
        run.progress.reach(Stage::LookUp, *next);
        tables.take(counted, rows)?;
    }
}
