//! The run folder: written beside its place, put there in one step.
//!
//! In: files, one after the other. Out: a folder that is whole, or the one that was there before.
//! Invariant: whoever looks at the folder's path sees a complete run: the old one or the new one. Every listed file is there and has its
//! digest before it is put there. What the user put beside our files or changed in them stays, also where the run that should have
//! carried it over was killed. A folder that holds something else is not touched.
//!
//! ```text
//! .OUT.partial-RANDOM/lock    whose it is; locked as long as its run lives
//! .OUT.partial-RANDOM/new     the run in the making; after the exchange, the run that was in the place
//! .OUT.partial-RANDOM/old     where the system cannot exchange: the run that was in the place
//! ```
//!
//! Beside the files that the manifest lists there are some that depend on what was run before: `.cache/`, the history, the diff against
//! the last run. They come with the same rename. Where a run writes none of its own, those of the last run stay.

mod carry;
mod place;
mod stamps;

pub use stamps::FileStamps;

use crate::disk::{self, Claim, Disk, Out};
use crate::error::{Place, Problem, Result};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::path::{Component, Path, PathBuf};

/// The file that marks a run folder as ours, and lists what we wrote there.
pub const MANIFEST: &str = "manifest.json";

/// Where a run folder keeps the last run that was different.
pub const PREVIOUS: &str = ".cache/previous";

/// What can be made again, or depends on earlier runs: not for git.
const CACHE: &str = ".cache";

/// Stands in a folder until it is in its place: a folder without it that is not in its place was there.
const LANDING: &str = ".cache/landing";

/// A run folder in the making.
pub struct Folder {
    /// As the user calls it.
    out: String,
    place: PathBuf,
    claim: Claim,
    partial: PathBuf,
    disk: Disk,
    files: Vec<(String, u64, String)>,
    /// Digests of the files that the manifest does not list.
    unlisted: BTreeMap<String, String>,
    /// Files of the run in the place that are kept.
    preserved: Vec<String>,
}

impl Folder {
    /// Refuses what cannot be written or would be lost; begins beside it.
    ///
    /// # Errors
    /// Where the folder is not one for a run, or cannot be written; nothing was made then.
    pub fn create(out: &str, disk: &Disk) -> Result<Folder> {
        let place = place::resolve(out)?;
        place::refuse_foreign(&place, out)?;
        let parent = disk::parent(&place);
        let unwritable = |error: io::Error| {
            Problem::error("output-unwritable", Place::file(out), format!("cannot be written: {error}"))
                .hint("choose another folder with --out")
        };
        disk.create_dir_all(&parent).map_err(unwritable)?;
        carry::sweep(disk, &place);
        let claim = Claim::folder(disk, &parent, &place::prefix(&place)).map_err(unwritable)?;
        let partial = claim.path().join("new");
        let begun = disk.create_dir(&partial).and_then(|()| disk.create_dirs_in(&partial, Path::new(CACHE)));
        begun.and_then(|()| disk.write_new(&partial.join(LANDING), b"")).map_err(unwritable)?;
        disk::begin_output();
        Ok(Folder {
            out: out.to_string(),
            place,
            claim,
            partial,
            disk: disk.clone(),
            files: Vec::new(),
            unlisted: BTreeMap::new(),
            preserved: Vec::new(),
        })
    }

    /// Where the folder will be, and where the last run is.
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// Where the folder is until then.
    pub fn partial(&self) -> &Path {
        &self.partial
    }

    /// Writes a file that the manifest does not list, as it depends on more than the run's inputs.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn beside(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let written = self.new_file(name).and_then(|mut file| file.write_all(bytes));
        written.map_err(|error| self.problem(name, &error))?;
        self.unlisted.insert(name.to_string(), blake3::hash(bytes).to_hex().to_string());
        Ok(())
    }

    /// Keeps these files of the last run in [`PREVIOUS`], where it has them.
    pub fn keep_last(&mut self, files: &[&str]) {
        self.preserved = files.iter().map(|file| (*file).to_string()).collect();
    }

    /// Where the shards of the corpus are kept from run to run.
    pub fn cache(&self) -> PathBuf {
        self.place.join(CACHE)
    }

    /// Where the shards of this run lie, if none are kept.
    pub fn passing(&self) -> PathBuf {
        self.claim.path().to_path_buf()
    }

    fn new_file(&self, name: &str) -> io::Result<Out> {
        self.making().new_file(name)
    }

    /// Begins a file that is written bit by bit; hand it back to [`Folder::finish`].
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn begin(&self, name: &str) -> Result<Digested> {
        let file = self.new_file(name).map_err(|error| self.problem(name, &error))?;
        Ok(Digested {
            name: name.to_string(),
            file: BufWriter::with_capacity(1 << 18, file),
            hasher: blake3::Hasher::new(),
            bytes: 0,
        })
    }

    /// Ends a file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn finish(&mut self, mut file: Digested) -> Result<()> {
        file.file.flush().map_err(|error| self.problem(&file.name, &error))?;
        self.files.push((file.name, file.bytes, file.hasher.finalize().to_hex().to_string()));
        Ok(())
    }

    /// Writes a whole file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let written = self.new_file(name).and_then(|mut file| file.write_all(bytes));
        written.map_err(|error| self.problem(name, &error))?;
        self.files.push((name.to_string(), bytes.len() as u64, blake3::hash(bytes).to_hex().to_string()));
        Ok(())
    }

    /// Adds a file that lies in the folder already.
    pub fn add(&mut self, name: String, bytes: u64, digest: String) {
        self.files.push((name, bytes, digest));
    }

    /// True where a file is there already.
    pub(super) fn has(&self, name: &str) -> bool {
        self.files.iter().any(|file| file.0 == name)
    }

    /// Gives a file of the run in the place a second name in this one.
    ///
    /// # Errors
    /// Where there is none, or it cannot be.
    pub(super) fn link_last(&self, name: &str) -> io::Result<()> {
        if let Some(folder) = Path::new(name).parent() {
            self.disk.create_dirs_in(&self.partial, folder)?;
        }
        self.disk.link(&self.place.join(name), &self.partial.join(name))
    }

    /// Takes a file away again.
    ///
    /// # Errors
    /// Where it is there and cannot be taken away: nothing else may get its name then.
    pub(super) fn unlink(&self, name: &str) -> Result<()> {
        match self.disk.remove_file(&self.partial.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(self.problem(name, &error).into()),
            _ => Ok(()),
        }
    }

    /// Where files are made that are open only while a piece of them is written; hand name, bytes and digest to [`Folder::add`].
    pub(super) fn making(&self) -> Making {
        Making { partial: self.partial.clone(), disk: self.disk.clone() }
    }

    /// Name, bytes and digest of the files so far, by name.
    pub fn files(&self) -> Vec<(String, u64, String)> {
        let mut files = self.files.clone();
        files.sort();
        files
    }

    /// A failure to write, as a problem.
    pub fn problem(&self, name: &str, error: &dyn std::fmt::Display) -> Problem {
        let place = Place::file(Path::new(&self.out).join(name).to_string_lossy());
        Problem::error("output-unwritable", place, format!("cannot be written: {error}"))
            .hint("the previous output is untouched; free some space or choose another folder with --out")
    }

    /// Puts the folder in its place. Gives back what the user must hear: tables that he had changed and that stay beside the new ones.
    ///
    /// # Errors
    /// Where it cannot be put there: the previous output is untouched then.
    pub fn commit(mut self) -> Result<Vec<Problem>> {
        self.check()?;
        let alone = disk::alone();
        place::refuse_foreign(&self.place, &self.out)?;
        let edited = carry::OwnFiles::of(&self.place);
        let is_over_old = self.put().map_err(|error| self.problem("", &error))?;
        disk::committed();
        // from here on the claim holds the old run: whatever fails, nothing of the user's in it may be dropped
        let _ = self.disk.remove_file(&self.place.join(LANDING));
        // an empty folder is no cache
        let _ = self.disk.remove_dir(&self.place.join(CACHE));
        let mut notes = Vec::new();
        if is_over_old {
            let moved = carry::carry_over(&self.disk, &edited, &carry::old_run(self.claim.path()), &self.place);
            let name = |name: &str| Place::file(Path::new(&self.out).join(name).to_string_lossy());
            notes.extend(moved.aside.iter().map(|(was, is)| {
                Problem::warning(
                    "output-edited",
                    name(was),
                    format!("was changed since the last run; that file is now `{is}`"),
                )
            }));
            if !moved.failed.is_empty() {
                notes.push(carry::left_behind(&self.out, self.claim.path(), &moved.failed));
                self.claim.leave();
            }
        }
        drop(alone);
        Ok(notes)
    }

    /// Every file that is listed must be there, and be what was written.
    fn check(&self) -> Result<()> {
        let is_there = |(name, _, digest): &&(String, u64, String)| !disk::has_digest(&self.partial.join(name), digest);
        let Some((name, ..)) = self.files.par_iter().find_first(is_there) else { return Ok(()) };
        let place = Place::file(Path::new(&self.out).join(name).to_string_lossy());
        let found = "was changed or taken away by somebody else before the run had ended";
        Err(Problem::error("output-in-use", place, found).hint("the previous output is untouched; run again").into())
    }

    /// True where a folder was in the place; it lies in the claim now.
    fn put(&mut self) -> io::Result<bool> {
        self.disk.write_new(&self.partial.join(CACHE).join(".gitignore"), b"*\n")?;
        let stamps = FileStamps::of(&self.partial, &self.files, &self.unlisted, FileStamps::read(&self.place))?;
        self.disk.write_new(&self.partial.join(stamps::FILE), &stamps.json())?;
        if !self.place.exists() && self.disk.rename(&self.partial, &self.place).is_ok() {
            return Ok(false);
        }
        // before the exchange, so that whoever sees the new run sees the last one with it
        for name in &self.preserved {
            let to = Path::new(PREVIOUS).join(name);
            if let Some(folder) = to.parent() {
                let _ = self.disk.create_dirs_in(&self.partial, folder);
            }
            let _ = self.disk.link(&self.place.join(name), &self.partial.join(to));
        }
        match self.disk.exchange(&self.partial, &self.place) {
            Ok(()) => Ok(true),
            Err(error) if is_unknown(&error) => self.swap_in_two().map(|()| true),
            Err(error) => Err(error),
        }
    }

    /// Where the system cannot exchange: two renames, with a moment between them. A run that is killed in it is ended by the next.
    fn swap_in_two(&self) -> io::Result<()> {
        let old = self.claim.path().join("old");
        self.disk.rename(&self.place, &old)?;
        self.disk.rename(&self.partial, &self.place).inspect_err(|_| {
            let _ = self.disk.rename(&old, &self.place);
        })
    }
}

/// True for the answers of systems that do not know how to exchange two folders.
fn is_unknown(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// Where the files of a run are made.
#[derive(Clone)]
pub(super) struct Making {
    partial: PathBuf,
    disk: Disk,
}

impl Making {
    /// A file of the run, made once. Folders above it are made, the run's own is not: where somebody took it away, the run has failed.
    pub fn new_file(&self, name: &str) -> io::Result<Out> {
        let name = Path::new(name);
        if name.components().any(|part| !matches!(part, Component::Normal(_))) {
            return Err(io::Error::new(io::ErrorKind::InvalidFilename, "not a name inside the folder"));
        }
        if let Some(folder) = name.parent() {
            self.disk.create_dirs_in(&self.partial, folder)?;
        }
        self.disk.create_new(&self.partial.join(name))
    }

    /// Opens a file to write behind what is in it.
    pub fn append(&self, name: &str) -> io::Result<Out> {
        self.disk.append(&self.partial.join(name))
    }
}

/// A file that is digested as it is written.
pub struct Digested {
    name: String,
    file: BufWriter<Out>,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl Write for Digested {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
