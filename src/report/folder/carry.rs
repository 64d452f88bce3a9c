//! What is the user's in a run folder goes with it when a new run takes its place.
//!
//! In: an old run and the new one in the place. Out: the user's files in the new one: where they were, or beside a file that has their name.
//! Invariant: a file is dropped only where it is what a run of ours wrote there, byte for byte.

use super::stamps::FileStamps;
use super::{CACHE, LANDING, MANIFEST, place};
use crate::disk::{self, Disk};
use crate::error::{Place, Problem};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Parts of the cache that speak of the very files beside them.
const OF_ITS_RUN: [&str; 5] = ["landing", "looks.json", "settled.json", "study.json", ".gitignore"];

/// What is known of the files of a run folder: ours and as they were, or ours and changed since. What is not here is the user's.
#[derive(Default)]
pub(super) struct OwnFiles {
    listed: BTreeMap<String, bool>,
    unlisted: BTreeMap<String, bool>,
}

impl OwnFiles {
    /// Looks at a folder.
    pub fn of(folder: &Path) -> OwnFiles {
        let mut own_files = OwnFiles::default();
        let Some(manifest) = disk::manifest(folder) else { return own_files };
        let stamps = FileStamps::read(folder);
        let is_there = |name: &str| fs::symlink_metadata(folder.join(name)).is_ok();
        let outputs = manifest["outputs"].as_array().into_iter().flatten();
        for output in outputs {
            let (Some(name), Some(digest)) = (output["file"].as_str(), output["blake3"].as_str()) else { continue };
            let is_ours = || stamps.holds(folder, name) || disk::has_digest(&folder.join(name), digest);
            if is_there(name) {
                own_files.listed.insert(name.to_string(), is_ours());
            }
        }
        // what the run had listed and a hand has struck out of the manifest
        for (name, _) in stamps.listed() {
            if is_there(name) && !own_files.listed.contains_key(name) {
                own_files.listed.insert(name.clone(), stamps.holds(folder, name));
            }
        }
        // without a word of the run that wrote it, the manifest is believed
        own_files.listed.entry(MANIFEST.to_string()).or_insert(true);
        for name in stamps.unlisted().filter(|name| is_there(name)) {
            own_files.unlisted.insert(name.clone(), stamps.holds(folder, name));
        }
        if !stamps.is_known() {
            // an earlier version did not say what it wrote beside its tables
            let diff = fs::read_dir(folder.join("diff")).into_iter().flatten().flatten();
            let names = diff.map(|entry| format!("diff/{}", entry.file_name().to_string_lossy()));
            own_files.unlisted.extend(names.chain(["history.json".to_string()]).map(|name| (name, true)));
            let kept = fs::read_dir(folder.join("history")).into_iter().flatten().flatten();
            let kept =
                kept.map(|entry| entry.file_name().to_string_lossy().into_owned()).filter(|name| is_digest(name));
            own_files.unlisted.extend(kept.map(|name| (format!("history/{name}"), true)));
        }
        own_files
    }

    fn reaches_into(&self, folder: &str) -> bool {
        let inside = format!("{folder}/");
        self.listed.keys().chain(self.unlisted.keys()).any(|name| name.starts_with(&inside))
    }
}

/// A file that is kept under the digest of its bytes.
fn is_digest(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    stem.len() == 16 && stem.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// What became of the user's files.
#[derive(Default)]
pub(super) struct Moved {
    /// Files that have another name now: old, new.
    pub aside: Vec<(String, String)>,
    /// Files that could not be moved, and why.
    pub failed: Vec<(String, String)>,
}

/// Moves what is the user's, and what only earlier runs could write unless the new run has its own; takes the rest away.
pub(super) fn carry_over(disk: &Disk, own_files: &OwnFiles, old: &Path, new: &Path) -> Moved {
    let mut carrier = Carrier { disk, own_files, old, new, moved: Moved::default(), stamps: FileStamps::read(new) };
    carrier.folder("");
    carrier.moved
}

struct Carrier<'a> {
    disk: &'a Disk,
    own_files: &'a OwnFiles,
    old: &'a Path,
    new: &'a Path,
    moved: Moved,
    /// Of the new run.
    stamps: FileStamps,
}

impl Carrier<'_> {
    fn folder(&mut self, inside: &str) {
        let mut names: Vec<String> = Vec::new();
        match fs::read_dir(self.old.join(inside)) {
            Err(error) => self.moved.failed.push((inside.to_string(), error.to_string())),
            Ok(entries) => {
                for entry in entries.flatten() {
                    match entry.file_name().into_string() {
                        Ok(name) => names.push(name),
                        Err(name) => self.keep_unlisted(&Path::new(inside).join(name)),
                    }
                }
            }
        }
        names.sort();
        for name in names {
            let name = if inside.is_empty() { name } else { format!("{inside}/{name}") };
            let is_folder = fs::symlink_metadata(self.old.join(&name)).is_ok_and(|facts| facts.is_dir());
            if name == CACHE {
                self.cache();
            } else if is_folder && (self.own_files.reaches_into(&name) || self.new.join(&name).is_dir()) {
                self.folder(&name);
            } else if is_folder {
                self.keep(&name);
            } else {
                self.file(&name);
            }
        }
    }

    fn file(&mut self, name: &str) {
        let is_stale = match (self.own_files.listed.get(name), self.own_files.unlisted.get(name)) {
            (Some(is_ours), _) => *is_ours,
            (None, Some(is_ours)) => *is_ours && self.stamps.wrote_kin_of(name),
            (None, None) => false,
        };
        if !is_stale {
            self.keep(name);
        }
    }

    /// Moves a file or folder to where it was, or beside what has its name now.
    fn keep(&mut self, name: &str) {
        // a table of ours that was changed never stands for one of the new run, even where that has none of the name
        let is_edited = self.own_files.listed.get(name) == Some(&false);
        let to = if is_edited || fs::symlink_metadata(self.new.join(name)).is_ok() {
            let to = self.aside(name);
            self.moved.aside.push((name.to_string(), to.clone()));
            to
        } else {
            name.to_string()
        };
        if let Err(error) = self.rename(name, &to) {
            self.moved.aside.retain(|(was, _)| was != name);
            self.moved.failed.push((name.to_string(), error.to_string()));
        }
    }

    /// A name that is no text: none of ours.
    fn keep_unlisted(&mut self, name: &Path) {
        let moved = match fs::symlink_metadata(self.new.join(name)) {
            Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
            Err(_) => name.parent().map_or(Ok(()), |folder| self.disk.create_dirs_in(self.new, folder)),
        };
        let moved = moved.and_then(|()| self.disk.rename(&self.old.join(name), &self.new.join(name)));
        if let Err(error) = moved {
            self.moved.failed.push((name.to_string_lossy().into_owned(), error.to_string()));
        }
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        if let Some(folder) = Path::new(to).parent() {
            self.disk.create_dirs_in(self.new, folder)?;
        }
        self.disk.rename(&self.old.join(from), &self.new.join(to))
    }

    /// `hits.csv.edited-1` for `hits.csv`, or the next number that is free: a name that no wildcard of tables takes, as its rows would be counted twice.
    fn aside(&self, name: &str) -> String {
        let free = |name: &String| [self.old, self.new].iter().all(|in_| fs::symlink_metadata(in_.join(name)).is_err());
        let names = (1u32..).map(|number| format!("{name}.edited-{number}"));
        names.into_iter().find(free).unwrap_or_default()
    }

    /// Part by part, unless the new run has its own; a part that is lost costs time and nothing else.
    fn cache(&self) {
        let old = self.old.join(CACHE);
        let parts = fs::read_dir(&old).into_iter().flatten().flatten().map(|part| part.file_name());
        for part in parts.filter(|part| !OF_ITS_RUN.iter().any(|of_run| part == of_run)) {
            let to = self.new.join(CACHE).join(&part);
            if fs::symlink_metadata(&to).is_err() {
                let made = self.disk.create_dirs_in(self.new, Path::new(CACHE));
                let _ = made.and_then(|()| self.disk.rename(&old.join(&part), &to));
            }
        }
    }
}

/// Where the run that was in the place lies in a claimed folder.
pub(super) fn old_run(claimed: &Path) -> PathBuf {
    let old = claimed.join("old");
    if old.is_dir() { old } else { claimed.join("new") }
}

/// Ends or takes away what killed runs of this machine left beside the place. An old run that had already made room for its successor
/// may still hold files of the user's: they follow it.
pub(super) fn sweep(disk: &Disk, place: &Path) {
    for (claimed, _lock) in disk::free_dead(disk, &disk::parent(place), &place::prefix(place)) {
        let old = old_run(&claimed);
        let was_in_place = disk::is_run_folder(&old) && !old.join(LANDING).exists();
        if was_in_place && !place.exists() {
            // killed between two renames: the old run goes back
            if disk.rename(&old, place).is_err() {
                continue;
            }
        } else if was_in_place && !carry_over(disk, &OwnFiles::of(&old), &old, place).failed.is_empty() {
            continue;
        }
        let _ = disk::take_away(disk, &claimed);
    }
    if disk::is_run_folder(place) && place.join(LANDING).exists() {
        // killed before it could say that it had arrived
        let _ = disk.remove_file(&place.join(LANDING));
    }
}

/// Says that files of the user's lie where nobody looks for them.
pub(super) fn left_behind(out: &str, claimed: &Path, failed: &[(String, String)]) -> Problem {
    let names: Vec<&str> = failed.iter().take(5).map(|(name, _)| name.as_str()).collect();
    let more =
        if failed.len() > names.len() { format!(" and {} more", failed.len() - names.len()) } else { String::new() };
    let why = failed.first().map_or("", |(_, why)| why.as_str());
    let at = old_run(claimed);
    let found = format!(
        "the new results are in place, but files of yours could not be moved into them ({why}): {}{more} still in {}",
        names.join(", "),
        at.to_string_lossy()
    );
    Problem::warning("output-left-behind", Place::file(out), found)
        .hint("run again with the same --out: they are moved then")
}
