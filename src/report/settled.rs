//! Whether a run would write what is already there.
//!
//! In: a digest of everything that decides the output, and the run folder. Out: what the last run had to say, if it made these very files.
//! Invariant: a file of the folder that is not as the run left it, or any doubt about the inputs, and the run is made again.

use super::folder::Folder;
use super::write::Outcome;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Where the last run says what it was made of.
const FILE: &str = ".cache/settled.json";

/// Digests of what a run is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeOf {
    /// Of everything that decides what it writes; nothing where no other run can be known to be the same.
    pub all: Option<String>,
    /// Of the articles, the settings and every lexicon but the frames.
    pub inputs: String,
    /// Of what decides the row of a hit beside its frame and entry: that, and which words are joined over line ends.
    pub base: String,
}

#[derive(Serialize, Deserialize)]
struct Settled {
    made_of: MadeOf,
    /// Name, bytes, nanoseconds since 1970 of the last writing, digest of what is a table or a drawing.
    files: Vec<(String, u64, u64, String)>,
    outcome: Outcome,
}

/// The outcome of the run in this folder, if it was made of the same and nothing was changed since.
pub fn settled(out: &str, made_of: &MadeOf) -> Option<Outcome> {
    let known = read(out).filter(|known| known.made_of.all.is_some() && known.made_of.all == made_of.all)?;
    let stamped = |name: &str| stamp(&fs::metadata(Path::new(out).join(name)).ok()?);
    let is_as_left = |(name, bytes, written, _): &(String, u64, u64, String)| stamped(name) == Some((*bytes, *written));
    known.files.iter().all(is_as_left).then_some(known.outcome)
}

/// What the run in a folder left there.
pub(super) struct Left {
    folder: PathBuf,
    files: Vec<(String, u64, u64, String)>,
}

/// What the run in this folder left there, if it had this base.
pub(super) fn as_left(out: &str, base: &str) -> Option<Left> {
    let known = read(out).filter(|known| known.made_of.base == base)?;
    Some(Left { folder: PathBuf::from(out), files: known.files })
}

impl Left {
    /// A file and its digest, if it is as the run left it.
    pub fn open(&self, name: &str) -> Option<(fs::File, String)> {
        let (_, bytes, written, digest) = self.files.iter().find(|(known, ..)| known == name)?;
        let file = fs::File::open(self.folder.join(name)).ok()?;
        (stamp(&file.metadata().ok()?)? == (*bytes, *written)).then(|| (file, digest.clone()))
    }
}

fn read(out: &str) -> Option<Settled> {
    serde_json::from_slice(&fs::read(Path::new(out).join(FILE)).ok()?).ok()
}

/// Says what this run was made of; its folder is not yet in its place.
pub fn settle(folder: &Folder, made_of: MadeOf, outcome: &Outcome) {
    let manifest = (super::MANIFEST.to_string(), 0, String::new());
    let stamped = folder.files().into_iter().chain([manifest]).map(|(name, _, digest)| {
        let (bytes, written) = stamp(&fs::metadata(folder.partial().join(&name)).ok()?)?;
        Some((name, bytes, written, digest))
    });
    let Some(files) = stamped.collect::<Option<Vec<_>>>() else { return };
    let outcome = Outcome { since: String::new(), ..outcome.clone() };
    let known = Settled { made_of, files, outcome };
    if let Ok(bytes) = serde_json::to_vec(&known) {
        // where it cannot be written, the next run is made in full
        let _ = folder.beside(FILE, &bytes);
    }
}

/// Bytes of a file, and nanoseconds since 1970 of its last writing.
pub(super) fn stamp(facts: &fs::Metadata) -> Option<(u64, u64)> {
    let written = facts.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some((facts.len(), written.as_nanos() as u64))
}
