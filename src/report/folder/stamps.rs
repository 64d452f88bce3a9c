//! How every file of a run looked when the run left it, so that the next one knows what the user changed.
//!
//! In: a run folder. Out: `.cache/looks.json`, and of it whether a file is as it was left.
//! Invariant: what is not known is not as it was left.

use crate::disk::{self, FileStamp, read_regular};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

/// Where it lies in a run folder.
pub(super) const FILE: &str = ".cache/looks.json";

/// Bytes of it that are read at most.
const LONGEST: u64 = 64 << 20;

/// How the files of a run looked.
#[derive(Default, Serialize, Deserialize)]
pub struct FileStamps {
    /// Decides which places of large files are looked at.
    key: String,
    /// Files that the manifest lists, and the manifest.
    listed: BTreeMap<String, FileStamp>,
    /// Others that the run wrote, and such as earlier ones wrote.
    unlisted: BTreeMap<String, FileStamp>,
    /// First parts of the names of those that the run itself wrote.
    wrote: BTreeSet<String>,
}

impl FileStamps {
    /// Looks at files that were just written, given with their digests. Unlisted files of the run `before` are still known where this
    /// one wrote none of their kind.
    pub(super) fn of(
        folder: &Path,
        listed: &[(String, u64, String)],
        unlisted: &BTreeMap<String, String>,
        before: FileStamps,
    ) -> io::Result<FileStamps> {
        let key = if before.key.is_empty() { disk::random_name() } else { before.key };
        let look =
            |name: &String, digest: &String| Ok((name.clone(), FileStamp::of(&folder.join(name), digest, &key)?));
        let listed = listed.iter().map(|(name, _, digest)| look(name, digest)).collect::<io::Result<_>>()?;
        let unlisted = unlisted.iter().map(|(name, digest)| look(name, digest));
        let mut unlisted: BTreeMap<String, FileStamp> = unlisted.collect::<io::Result<_>>()?;
        let wrote: BTreeSet<String> = unlisted.keys().map(|name| first(name).to_string()).collect();
        unlisted.extend(before.unlisted.into_iter().filter(|(name, _)| !wrote.contains(first(name))));
        Ok(FileStamps { listed, unlisted, wrote, key })
    }

    pub(super) fn json(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Of the run in this folder; none where nothing is known.
    pub fn read(folder: &Path) -> FileStamps {
        let bytes = read_regular(&folder.join(FILE), LONGEST).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    /// True where the run said how it left its files.
    pub(super) fn is_known(&self) -> bool {
        !self.key.is_empty()
    }

    /// True where this file is as the run left it.
    pub fn holds(&self, folder: &Path, name: &str) -> bool {
        let look = self.listed.get(name).or_else(|| self.unlisted.get(name));
        look.is_some_and(|look| look.holds(&folder.join(name), &self.key))
    }

    /// Digests of the files that the manifest lists, and of the manifest.
    pub(super) fn listed(&self) -> impl Iterator<Item = (&String, &str)> {
        self.listed.iter().map(|(name, look)| (name, look.digest()))
    }

    /// True for a file whose kin the run wrote anew.
    pub(super) fn wrote_kin_of(&self, name: &str) -> bool {
        self.wrote.contains(first(name))
    }

    /// Names of the other files, and of such as earlier runs wrote.
    pub(super) fn unlisted(&self) -> impl Iterator<Item = &String> {
        self.unlisted.keys()
    }
}

/// The first part of a name: files that share it are written together or not at all.
fn first(name: &str) -> &str {
    name.split('/').next().unwrap_or_default()
}
