//! The survey of all parts: what only all articles together can say of one.
//!
//! In: every part, laid. Out: the survey, and the shards that are to be counted.
//! Invariant: it is the survey of a run: the same shards, in the same order. Parts that are missing are named, and nothing is surveyed.

use super::work::{Keys, WorkFolder, refuse_missing};
use crate::error::{Place, Problem, Result};
use crate::index::sealed::Value;
use crate::index::{Store, StoredShard};
use crate::pipeline::{Job, halt};
use crate::session::SurveyedParts;
use crate::text::shell_word;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// What the survey of all parts gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Surveyed {
    pub found: SurveyedParts,
    /// Articles of each shard.
    articles: Vec<u64>,
    /// One past the last shard of each part.
    ends: Vec<usize>,
}

impl Surveyed {
    /// The shards of a part, each with the number of its first article.
    ///
    /// # Errors
    /// A shard that is missing or damaged.
    pub fn shards(&self, work: &WorkFolder, store: &Store, part: usize) -> Result<Vec<(Arc<StoredShard>, u64)>> {
        let first = part.checked_sub(1).map_or(0, |before| self.ends[before]);
        find(store, work, part, &self.found.shards, &self.articles, first..self.ends[part])
    }
}

/// Finds shards.
fn find(
    store: &Store,
    work: &WorkFolder,
    part: usize,
    keys: &[String],
    articles: &[u64],
    range: Range<usize>,
) -> Result<Vec<(Arc<StoredShard>, u64)>> {
    let mut first: u64 = articles[..range.start].iter().sum();
    let mut found = Vec::with_capacity(range.len());
    for number in range {
        let stored = store.find(&keys[number]).ok_or_else(|| {
            let name = format!("{}/index/{}.shard", work.folder.display(), keys[number]);
            let problem = Problem::error("part-damaged", Place::file(name), "the shard is missing or damaged");
            let folder = work.folder.display().to_string();
            let folder = shell_word(&folder);
            problem.hint(format!("framescope part lay {folder} --part {part}, then framescope part survey {folder}"))
        })?;
        found.push((stored, first));
        first += articles[number];
    }
    Ok(found)
}

/// Surveys all parts, unless that was done; true where it was done now.
///
/// # Errors
/// Parts that are missing, with the array to be done again; what [`crate::run`] refuses of the groups and frames.
pub fn survey(folder: &str, stop: &AtomicBool) -> Result<bool> {
    let work = WorkFolder::open(folder)?;
    Job::open(&work.study, |study, lexicons| work.session(study, lexicons), |job| survey_parts(&work, job, stop))
}

fn survey_parts(work: &WorkFolder, mut job: Job<'_>, stop: &AtomicBool) -> Result<bool> {
    let store = work.store();
    let keys = work.keys(&job.session, job.lexicons, &store);
    if let Some((surveyed, _)) = work.surveyed(&keys)
        && surveyed.found.shards.iter().all(|key| store.is_whole(key))
    {
        return Ok(false);
    }
    let (names, articles, ends) = gather(work, &keys)?;
    let mut shards = Vec::with_capacity(names.len());
    for (part, &end) in ends.iter().enumerate() {
        halt(stop)?;
        shards.extend(find(&store, work, part, &names, &articles, shards.len()..end)?);
    }
    let lexicons = (job.lexicons.frames.as_slice(), job.lexicons);
    let found = job.session.survey_parts(&store, shards, work.problems(), lexicons, stop)?;
    job.refuse()?;
    let key = if found.asks_lexicons { keys.lexicons } else { keys.survey };
    work.write(Value::Survey, key, &work.survey_file(key), &Surveyed { found, articles, ends })?;
    Ok(true)
}

/// The shards of all parts, in order: keys, articles, and where each part ends.
fn gather(work: &WorkFolder, keys: &Keys) -> Result<(Vec<String>, Vec<u64>, Vec<usize>)> {
    let laid: Vec<_> = (0..work.plan.parts.len()).map(|part| work.laid(keys, part)).collect();
    let missing: Vec<usize> = (0..laid.len()).filter(|&part| laid[part].is_none()).collect();
    refuse_missing(&work.folder, "framescope part lay DIR --part PARTS", &missing)?;
    let (mut names, mut articles, mut ends) = (Vec::new(), Vec::new(), Vec::new());
    for laid in laid.into_iter().flatten() {
        for (name, of_shard) in laid.shards {
            names.push(name);
            articles.push(of_shard);
        }
        ends.push(names.len());
    }
    Ok((names, articles, ends))
}
