//! Whether a run would write what is already there.
//!
//! In: a digest of everything that decides the output, and the run folder. Out: what the last run had to say, if it made these very files.
//! Invariant: every listed file of the folder still is what the run left there (see [`Look`](crate::disk::Look) for what that promises), and
//! nothing is in doubt about the inputs; else the run is made again.

use super::folder::{Folder, Looks};
use super::write::Outcome;
use crate::disk::{open_regular, read_regular};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Where the last run says what it was made of.
const FILE: &str = ".cache/settled.json";

/// Bytes of it that are read at most.
const LONGEST: u64 = 256 << 20;

/// Digests of what a run is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeOf {
    /// Of everything that decides what it writes; nothing where no other run can be known to be the same.
    pub all: Option<String>,
    /// Of what decides the row of a hit beside its frame and entry.
    pub base: String,
}

#[derive(Serialize, Deserialize)]
struct Settled {
    made_of: MadeOf,
    /// Name and digest of what the run wrote.
    files: Vec<(String, String)>,
    outcome: Outcome,
}

/// The outcome of the run in this folder, if it was made of the same and nothing was changed since.
pub fn settled(out: &str, made_of: &MadeOf) -> Option<Outcome> {
    let known = read(out).filter(|known| known.made_of.all.is_some() && known.made_of == *made_of)?;
    let (folder, looks) = (Path::new(out), Looks::read(Path::new(out)));
    known.files.par_iter().all(|(name, _)| looks.holds(folder, name)).then_some(known.outcome)
}

/// What the run in a folder left there.
pub(super) struct Left {
    folder: PathBuf,
    files: Vec<(String, String)>,
    looks: Looks,
}

/// What the run in this folder left there, if it had this base.
pub(super) fn as_left(out: &str, base: &str) -> Option<Left> {
    let known = read(out).filter(|known| known.made_of.base == base)?;
    Some(Left { folder: PathBuf::from(out), files: known.files, looks: Looks::read(Path::new(out)) })
}

impl Left {
    /// A file and its digest, if it is as the run left it.
    pub fn open(&self, name: &str) -> Option<(fs::File, String)> {
        let (_, digest) = self.files.iter().find(|(known, _)| known == name)?;
        let file = open_regular(&self.folder.join(name)).ok()?;
        self.looks.holds(&self.folder, name).then(|| (file, digest.clone()))
    }
}

fn read(out: &str) -> Option<Settled> {
    serde_json::from_slice(&read_regular(&Path::new(out).join(FILE), LONGEST).ok()?).ok()
}

/// Says what this run was made of; its folder is not yet in its place.
pub fn settle(folder: &mut Folder, made_of: MadeOf, outcome: &Outcome) {
    let files = folder.files().into_iter().map(|(name, _, digest)| (name, digest)).collect();
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
