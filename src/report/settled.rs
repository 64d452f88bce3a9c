//! Whether a run would write what is already there.
//!
//! In: a digest of everything that decides the output, and the run folder. Out: what the last run had to say, if it made these very files.
//! Invariant: a file of the folder that is not as the run left it, or any doubt about the inputs, and the run is made again.

use super::folder::Folder;
use super::write::Outcome;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// Where the last run says what it was made of.
const FILE: &str = ".cache/settled.json";

#[derive(Serialize, Deserialize)]
struct Settled {
    key: String,
    /// Name, bytes, nanoseconds since 1970 of the last writing.
    files: Vec<(String, u64, u64)>,
    outcome: Outcome,
}

/// The outcome of the run in this folder, if it was made of the same and nothing was changed since.
pub fn settled(out: &str, key: &str) -> Option<Outcome> {
    let folder = Path::new(out);
    let known: Settled = serde_json::from_slice(&fs::read(folder.join(FILE)).ok()?).ok()?;
    let is_as_left =
        |(name, bytes, written): &(String, u64, u64)| stamp(&folder.join(name)) == Some((*bytes, *written));
    (known.key == key && known.files.iter().all(is_as_left)).then_some(known.outcome)
}

/// Says what this run was made of; its folder is not yet in its place.
pub fn settle(folder: &Folder, key: &str, outcome: &Outcome) {
    let names = folder.files().into_iter().map(|(name, _, _)| name).chain([super::MANIFEST.to_string()]);
    let stamped = names.map(|name| {
        let (bytes, written) = stamp(&folder.partial().join(&name))?;
        Some((name, bytes, written))
    });
    let Some(files) = stamped.collect::<Option<Vec<_>>>() else { return };
    let outcome = Outcome { since: String::new(), ..outcome.clone() };
    let known = Settled { key: key.to_string(), files, outcome };
    if let Ok(bytes) = serde_json::to_vec(&known) {
        // where it cannot be written, the next run is made in full
        let _ = folder.beside(FILE, &bytes);
    }
}

fn stamp(path: &Path) -> Option<(u64, u64)> {
    let facts = fs::metadata(path).ok()?;
    let written = facts.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some((facts.len(), written.as_nanos() as u64))
}
