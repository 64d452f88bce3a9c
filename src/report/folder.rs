//! The run folder: written beside its place, put there in one step.
//!
//! In: files, one after the other. Out: a folder that is whole, or the one that was there before.
//! Invariant: whoever looks at the folder's path sees a complete run: the old one or the new one. What the user put beside
//! our files is carried over, also where the run that should have done it was killed. A folder that holds something else is not touched.
//!
//! Beside the files that the manifest lists there are some that depend on what was run before: `.cache/`, the history, the diff against
//! the last run. They come with the same rename. Where a run writes none of its own, those of the last run stay.

use crate::error::{Place, Problem, Result};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

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
    place: PathBuf,
    partial: PathBuf,
    files: Vec<(String, u64, String)>,
    /// Files of the run in the place that are kept.
    kept: Vec<String>,
    done: bool,
}

impl Folder {
    /// Refuses what cannot be written or would be lost; begins beside it.
    pub fn create(out: &str) -> Result<Folder> {
        let place = PathBuf::from(out);
        refuse_foreign(&place, out)?;
        let name = place.file_name().map_or_else(|| "output".to_string(), |name| name.to_string_lossy().into_owned());
        let parent = match place.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
            _ => PathBuf::from("."),
        };
        let unwritable = |error: io::Error| {
            Problem::error("output-unwritable", Place::file(out), format!("cannot be written: {error}"))
                .hint("choose another folder with --out")
        };
        fs::create_dir_all(&parent).map_err(unwritable)?;
        let _ = fs::remove_file(place.join(LANDING));
        sweep(&parent, &name, &place);
        let partial = parent.join(format!(".{name}.partial-{}", std::process::id()));
        if partial.exists() {
            fs::remove_dir_all(&partial).map_err(unwritable)?;
        }
        fs::create_dir(&partial).map_err(unwritable)?;
        Ok(Folder { place, partial, files: Vec::new(), kept: Vec::new(), done: false })
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
    pub fn beside(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.partial.join(name);
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, bytes));
        written.map_err(|error| self.problem(name, &error).into())
    }

    /// Keeps these files of the last run in [`PREVIOUS`], where it has them.
    pub fn keep_last(&mut self, files: &[&str]) {
        self.kept = files.iter().map(|file| (*file).to_string()).collect();
    }

    /// Where the shards of the corpus are kept from run to run.
    pub fn cache(&self) -> PathBuf {
        self.place.join(CACHE)
    }

    /// Where the shards of this run lie, if none are kept.
    pub fn passing(&self) -> PathBuf {
        self.partial.clone()
    }

    /// Begins a file that is written bit by bit; hand it back to [`Folder::finish`].
    pub fn begin(&self, name: &str) -> Result<Digested> {
        let path = self.partial.join(name);
        let opened = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| File::create(&path));
        let file = opened.map_err(|error| self.problem(name, &error))?;
        Ok(Digested {
            name: name.to_string(),
            file: BufWriter::with_capacity(1 << 18, file),
            hasher: blake3::Hasher::new(),
            bytes: 0,
        })
    }

    /// Ends a file.
    pub fn finish(&mut self, mut file: Digested) -> Result<()> {
        file.file.flush().map_err(|error| self.problem(&file.name, &error))?;
        self.files.push((file.name, file.bytes, file.hasher.finalize().to_hex().to_string()));
        Ok(())
    }

    /// Writes a whole file.
    pub fn write(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let mut file = self.begin(name)?;
        file.write_all(bytes).map_err(|error| self.problem(name, &error))?;
        self.finish(file)
    }

    /// Adds a file that lies in the folder already.
    pub fn add(&mut self, name: String, bytes: u64, digest: String) {
        self.files.push((name, bytes, digest));
    }

    /// Name, bytes and digest of the files so far, by name.
    pub fn files(&self) -> Vec<(String, u64, String)> {
        let mut files = self.files.clone();
        files.sort();
        files
    }

    /// A failure to write, as a problem.
    pub fn problem(&self, name: &str, error: &dyn std::fmt::Display) -> Problem {
        let place = Place::file(self.place.join(name).to_string_lossy());
        Problem::error("output-unwritable", place, format!("cannot be written: {error}"))
            .hint("the previous output is untouched; free some space or choose another folder with --out")
    }

    /// Puts the folder in its place.
    pub fn commit(mut self) -> Result<()> {
        self.swap().map_err(|error| self.problem("", &error).into())
    }

    fn swap(&mut self) -> io::Result<()> {
        if self.partial.join(CACHE).is_dir() {
            fs::write(self.partial.join(CACHE).join(".gitignore"), "*\n")?;
        }
        if !self.place.exists() && fs::rename(&self.partial, &self.place).is_ok() {
            self.done = true;
            return Ok(());
        }
        // before the exchange, so that whoever sees the new run sees the last one with it
        for name in &self.kept {
            let _ = link(&self.place.join(name), &self.partial.join(PREVIOUS).join(name));
        }
        fs::create_dir_all(self.partial.join(CACHE))?;
        fs::write(self.partial.join(LANDING), "")?;
        if exchange(&self.partial, &self.place).is_err() {
            // no exchange here: two renames, with a moment between them
            let old = self.partial.with_extension("old");
            fs::rename(&self.place, &old)?;
            fs::rename(&self.partial, &self.place)?;
            fs::rename(&old, &self.partial)?;
        }
        // from here on `partial` is the old run: whatever fails, nothing of the user's in it may be dropped
        self.done = true;
        // another run may have taken the place in between, and the mark with it
        let _ = fs::remove_file(self.place.join(LANDING));
        // an empty folder is no cache
        let _ = fs::remove_dir(self.place.join(CACHE));
        carry_over(&self.partial, &self.place)?;
        fs::remove_dir_all(&self.partial)
    }
}

/// One more name for a file, or a copy where a file has one name only.
pub(super) fn link(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(|_| ()))
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.done {
            // nothing can be done about a failure here; the next run sweeps it away
            let _ = fs::remove_dir_all(&self.partial);
        }
    }
}

/// A file that is digested as it is written.
pub struct Digested {
    name: String,
    file: BufWriter<File>,
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

fn refuse_foreign(place: &Path, out: &str) -> Result<()> {
    if place.exists() && !place.is_dir() {
        let problem = Problem::error("output-not-a-folder", Place::file(out), "is a file");
        return Err(problem.expected("a folder").hint("choose another name with --out").into());
    }
    let mut entries = fs::read_dir(place).into_iter().flatten().flatten();
    let is_empty = entries.all(|entry| entry.file_name().to_string_lossy().starts_with('.'));
    if is_empty || place.join(MANIFEST).is_file() {
        return Ok(());
    }
    let problem = Problem::error("output-foreign", Place::file(out), "holds files and no earlier run");
    Err(problem.expected("a new or empty folder, or that of an earlier run").hint("choose another with --out").into())
}

/// Takes away what a killed run left, where that run is no more. An old run that had already made room for its successor may
/// still hold files of the user's: they follow it.
fn sweep(parent: &Path, name: &str, place: &Path) {
    let prefix = format!(".{name}.partial-");
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let file = entry.file_name().to_string_lossy().into_owned();
        let Some(process) = file.strip_prefix(&prefix) else { continue };
        let process = process.trim_end_matches(".old");
        let is_gone = Path::new("/proc/self").exists() && !Path::new("/proc").join(process).exists();
        let was_in_place = entry.path().join(MANIFEST).is_file() && !entry.path().join(LANDING).exists();
        if is_gone && was_in_place && place.is_dir() && carry_over(&entry.path(), place).is_err() {
            continue;
        }
        if is_gone && fs::read_dir(entry.path()).is_ok_and(|inside| !inside.flatten().any(|e| is_foreign(&e.path()))) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// True for a file that no run writes.
fn is_foreign(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().into_owned());
    !path.is_dir()
        && !matches!(extension.as_deref(), Some("csv" | "parquet" | "svg" | "png" | "json" | "md" | "html" | "txt"))
}

/// The files that a run folder's manifest lists.
fn listed(folder: &Path) -> Vec<String> {
    let manifest = fs::read(folder.join(MANIFEST)).ok();
    let manifest = manifest.and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok());
    let outputs = manifest.as_ref().and_then(|value| value["outputs"].as_array());
    let names = outputs.into_iter().flatten().filter_map(|output| output["file"].as_str().map(str::to_string));
    names.chain([MANIFEST.to_string()]).collect()
}

/// Moves what no run writes, and what only earlier runs could write, unless the new run has its own.
fn carry_over(old: &Path, new: &Path) -> io::Result<()> {
    let ours = listed(old);
    for entry in fs::read_dir(old)? {
        let name = entry?.file_name();
        let text = name.to_string_lossy().into_owned();
        let inside = format!("{text}/");
        let is_ours = ours.iter().any(|file| *file == text || file.starts_with(&inside));
        if is_ours {
            continue;
        }
        if text == CACHE && new.join(&name).is_dir() {
            for part in fs::read_dir(old.join(&name))? {
                let part = Path::new(&name).join(part?.file_name());
                // a part of the cache that is lost costs time and nothing else
                let _ = move_in(&old.join(&part), &new.join(&part));
            }
        } else {
            move_in(&old.join(&name), &new.join(&name))?;
        }
    }
    Ok(())
}

fn move_in(from: &Path, to: &Path) -> io::Result<()> {
    if to.exists() { Ok(()) } else { fs::rename(from, to) }
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
