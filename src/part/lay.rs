//! Laying a part: its articles are read and indexed.
//!
//! In: a plan, numbers of parts. Out: shards in the index of the work folder, and the list of them.
//! Invariant: the articles are those that were planned, by their digest; a part that is there and whole is not laid again.

use super::plan::{changed, corpus_of};
use super::work::{Keys, Laid, WorkFolder, parts};
use crate::error::Result;
use crate::index::Store;
use crate::index::sealed::Value;
use crate::lexicon;
use crate::pipeline::load;
use crate::progress::Progress;
use crate::session::CountingSession;
use std::sync::atomic::AtomicBool;

/// Lays parts, as `7`, `0-7` or `3,7,12`; all where nothing is said. Gives back how many were laid now; the others were there.
///
/// # Errors
/// A folder without a plan, or of another build; articles that are not those of the plan; a disk that is full.
pub fn lay(
    folder: &str,
    which: Option<&str>,
    threads: Option<usize>,
    progress: &dyn Progress,
    stop: &AtomicBool,
) -> Result<usize> {
    let mut work = WorkFolder::open(folder)?;
    work.study.threads = threads.unwrap_or(work.study.threads);
    let lexicons = load(&work.study)?;
    let store = work.store();
    let keys = work.keys(&work.session(&work.study, &lexicons)?, &lexicons, &store);
    let mut laid = 0;
    for part in parts(which, work.plan.parts.len())? {
        if !is_whole(&work, &keys, &store, part) {
            lay_one(&work, (&keys, &lexicons), &store, part, progress, stop)?;
            laid += 1;
        }
    }
    Ok(laid)
}

fn is_whole(work: &WorkFolder, keys: &Keys, store: &Store, part: usize) -> bool {
    work.laid(keys, part).is_some_and(|laid| laid.shards.iter().all(|(key, _)| store.is_whole(key)))
}

fn lay_one(
    work: &WorkFolder,
    (keys, lexicons): (&Keys, &lexicon::Set),
    store: &Store,
    part: usize,
    progress: &dyn Progress,
    stop: &AtomicBool,
) -> Result<()> {
    let planned = &work.plan.parts[part];
    work.refuse_full(planned.bytes + planned.bytes / 2)?;
    let corpus = corpus_of(&work.study, &work.plan, part)?;
    let mut session = CountingSession::of_corpus(&work.study, lexicons, corpus)?;
    let mut hasher = blake3::Hasher::new();
    let shards = session.lay(store, &mut hasher, progress, stop)?;
    if hasher.finalize().to_hex().as_str() != planned.digest {
        return Err(changed(&work.study.corpus.join(", "), part));
    }
    work.write(Value::Lay, keys.lay, &work.lay_file(part), &Laid { shards })
}
