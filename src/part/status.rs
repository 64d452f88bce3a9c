//! What is still to be done in a work folder.
//!
//! In: a work folder. Out: the parts that are missing in the first step that is not complete.
//! Invariant: what it calls complete the next step takes.

use super::frames;
use super::work::{WorkFolder, list};
use crate::error::Result;
use crate::pipeline::load;

/// How far the work is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The step that is to be done: `lay`, `survey`, `count` or `merge`.
    pub step: &'static str,
    /// Its missing parts, as `--part` and job arrays take them (`3,7,12`); empty for `survey` and `merge`.
    pub missing: String,
    /// Number of parts.
    pub parts: usize,
}

impl Status {
    /// True where every part is counted: there is nothing left but to merge.
    pub fn is_complete(&self) -> bool {
        self.step == "merge"
    }
}

/// Says what is missing.
///
/// # Errors
/// A folder without a plan, or of another build.
pub fn status(folder: &str) -> Result<Status> {
    let work = WorkFolder::open(folder)?;
    let lexicons = load(&work.study)?;
    let store = work.store();
    let keys = work.keys(&work.session(&work.study, &lexicons)?, &lexicons, &store);
    let parts = work.plan.parts.len();
    let missing = |step, is_there: &dyn Fn(usize) -> bool| {
        let missing: Vec<usize> = (0..parts).filter(|&part| !is_there(part)).collect();
        (!missing.is_empty()).then(|| Status { step, missing: list(&missing), parts })
    };
    let surveyed = work.surveyed(&keys);
    let is_laid = |part| {
        work.laid(&keys, part).is_some_and(|laid| {
            let shard = |key: &str| work.folder.join(format!("index/{key}.shard"));
            laid.shards.iter().all(|(key, _)| shard(key).is_file())
        })
    };
    if let Some(status) = missing("lay", &is_laid) {
        return Ok(status);
    }
    let Some((_, key)) = surveyed else {
        return Ok(Status { step: "survey", missing: String::new(), parts });
    };
    let is_counted = |part| frames::is_whole(&work.count_file(key, part), key);
    let complete = Status { step: "merge", missing: String::new(), parts };
    Ok(missing("count", &is_counted).unwrap_or(complete))
}
