//! The versions that a run folder has seen: listed, written out, made ready to be run again.
//!
//! In: a run folder, the number of a version. Out: text; a folder with the lexicons and the study file of the version.
//! Invariant: nothing that is there is replaced: what a person is editing stays as it is.

use super::Finding;
use crate::compare::{History, Snapshot, Version, archived_file};
use crate::disk::Disk;
use crate::error::{Place, Problem, Result};
use crate::study::Study;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Parts of the cache that hold the index.
const INDEX: [&str; 3] = ["shard", "corpus", "value"];

/// The versions of a run folder.
///
/// # Errors
/// A folder that has seen no run.
pub fn list_versions(out: &str) -> Result<Finding> {
    Ok(Finding { text: read(out)?.text(), needs_decision: false })
}

fn read(out: &str) -> Result<History> {
    let history = History::read(Path::new(out));
    if history.runs().is_empty() {
        let problem = Problem::error("no-history", Place::file(out), "this folder has no history of runs");
        return Err(problem.expected("the folder of a run").hint("name it with --out").into());
    }
    Ok(history)
}

fn version(out: &str, number: usize) -> Result<Version> {
    let history = read(out)?;
    let all = history.runs().len();
    let Some(version) = number.checked_sub(1).and_then(|at| history.runs().get(at)) else {
        let problem = Problem::error("no-such-version", Place::file(out), format!("version {number}"));
        return Err(problem
            .expected(format!("a version from 1 to {all}"))
            .hint("`framescope history` lists them")
            .into());
    };
    if version.numbers.is_none()
        || version.files.iter().any(|(_, place)| archived_file(Path::new(out), place).is_none())
    {
        let found = format!("the files of version {number} are missing from `history/`, or were edited there");
        return Err(Problem::error("version-lost", Place::file(out), found).into());
    }
    Ok(version.clone())
}

/// Writes the lexicons and the study file of a version into a new folder.
///
/// # Errors
/// A version that is not there, or a folder that is.
pub fn restore_version(out: &str, number: usize, to: &str) -> Result<Finding> {
    let version = version(out, number)?;
    if fs::symlink_metadata(to).is_ok() {
        let problem = Problem::error("output-exists", Place::file(to), "already exists");
        return Err(problem.expected("a new folder").hint("name another with --to").into());
    }
    let files = write_files(out, &version, Path::new(to))?;
    let files: Vec<String> = files.iter().map(|(_, is)| format!("  {}", is.to_string_lossy())).collect();
    let text =
        format!("Version {number} of {out}:\n{}\nThe files that you are editing were not changed.", files.join("\n"));
    Ok(Finding { text, needs_decision: false })
}

/// Gives the files of a version their names, in one folder; gives back the name of each and where it is.
fn write_files(out: &str, version: &Version, to: &Path) -> Result<Vec<(String, PathBuf)>> {
    let (disk, mut taken, mut written) = (Disk::default(), BTreeSet::new(), Vec::new());
    let failed = |path: &Path, error: &std::io::Error| {
        Problem::error("output-unwritable", Place::file(path.to_string_lossy()), format!("cannot be written: {error}"))
    };
    disk.create_dir_all(to).map_err(|error| failed(to, &error))?;
    for (name, place) in &version.files {
        // the history may have been edited: a name leads nowhere else
        let Some(name) = Path::new(name).file_name().map(|name| name.to_string_lossy().into_owned()) else { continue };
        // two files of one name in two folders
        let names = (1u32..).map(|n| if n == 1 { name.clone() } else { format!("{n}-{name}") });
        let free = names.into_iter().find(|name| taken.insert(name.clone())).unwrap_or_default();
        let path = to.join(free);
        let bytes = archived_file(Path::new(out), place).unwrap_or_default();
        disk.write_new(&path, &bytes).map_err(|error| failed(&path, &error))?;
        written.push((name, path));
    }
    Ok(written)
}

/// A version that is ready to be run again, in a folder of its own that goes when this does.
pub struct RestoredVersion {
    /// Its study, with its lexicons and its own folder of results.
    pub study: Study,
    version: Version,
    number: usize,
    folder: PathBuf,
}

impl RestoredVersion {
    /// Makes a version of a run folder ready; the index of the folder is used.
    ///
    /// # Errors
    /// A version that is not there; what the disk says.
    pub fn of(out: &str, number: usize) -> Result<RestoredVersion> {
        let version = version(out, number)?;
        let bytes = fs::read(Path::new(out).join(version.study())).unwrap_or_default();
        let Some(mut study) = Study::of_saved(&bytes) else {
            let found = format!("the study of version {number} is no longer in the cache of the folder");
            return Err(Problem::error("version-lost", Place::file(out), found).into());
        };
        let folder = Path::new(out).join(format!(".cache/version-{number}"));
        let _ = fs::remove_dir_all(&folder);
        let files = write_files(out, &version, &folder.join("files"))?;
        let of_study =
            study.file.as_ref().and_then(|file| Path::new(file).file_name()).map(|name| name.to_string_lossy());
        let lexicons = files.iter().filter(|(name, _)| of_study.as_deref() != Some(name.as_str()));
        let lexicons: Vec<String> = lexicons.map(|(_, is)| is.to_string_lossy().into_owned()).collect();
        let shipped =
            study.lexicons.iter().filter(|name| !Path::new(name.as_str()).exists() && !name.contains(['/', '*']));
        study.lexicons = shipped.cloned().chain(lexicons).collect();
        let results = folder.join("results");
        study.report.out = results.to_string_lossy().into_owned();
        share_index(&Path::new(out).join(".cache"), &results.join(".cache"));
        Ok(RestoredVersion { study, version, number, folder })
    }

    /// That what was run is the version.
    ///
    /// # Errors
    /// Where other lexicons or settings were counted.
    pub fn check(&self) -> Result<()> {
        let out = &self.study.report.out;
        let run = Version::of(&Snapshot::without_hits(out.as_ref(), out, None)?);
        if run.lexicons != self.version.lexicons {
            let found = format!("version {} cannot be run again: its lexicons are not what they were", self.number);
            return Err(Problem::error("version-lost", Place::file(out.as_str()), found).into());
        }
        Ok(())
    }
}

impl Drop for RestoredVersion {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Gives the files of an index a second name; what cannot be linked is indexed again.
fn share_index(from: &Path, to: &Path) {
    let disk = Disk::default();
    if disk.create_dir_all(to).is_err() {
        return;
    }
    for entry in fs::read_dir(from).into_iter().flatten().flatten() {
        let name = PathBuf::from(entry.file_name());
        if name.extension().is_some_and(|ending| INDEX.iter().any(|other| ending == *other)) {
            let _ = disk.link(&entry.path(), &to.join(name));
        }
    }
}
