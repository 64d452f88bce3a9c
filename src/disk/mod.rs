//! The door to the disk: every write of a run passes here, and what is read of others is looked at first.
//!
//! In: paths and bytes. Out: files and folders, or the system's error.
//! Invariant: a [`Disk`] with [`Faults`] does what a disk does that fails at one step: what came before is done, what comes after is up
//! to the caller. So a test can let each write of a run fail once.
//! It deliberately knows no run: what is written where is for the rooms to the right.

mod claim;
mod machine;
mod open;
mod stamp;

pub use claim::{Claim, abandon, alone, begin_output, committed, free_dead, is_live, take_away};
pub use machine::Maker;
pub(crate) use machine::{name_of_process, random_name};
pub(crate) use open::{absolute, listed_by_run, manifest};
pub use open::{is_run_folder, open_regular, read_exact_at, read_regular, read_text};
pub(crate) use stamp::has_digest;
pub use stamp::{FileStamp, changed, written};

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Bytes that can still be written below a folder; nothing where the system does not tell.
#[cfg(unix)]
pub fn free_bytes(folder: &Path) -> Option<u64> {
    let stats = rustix::fs::statvfs(folder).ok()?;
    Some(stats.f_bavail.saturating_mul(stats.f_frsize))
}

/// Bytes that can still be written below a folder; nothing where the system does not tell.
#[cfg(not(unix))]
pub fn free_bytes(_: &Path) -> Option<u64> {
    None
}

/// What is about to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// A file is made.
    Create,
    /// Bytes go into a file.
    Write,
    /// A folder is made.
    Folder,
    /// A file or folder gets another name.
    Rename,
    /// Two folders change places.
    Exchange,
    /// A file gets one more name.
    Link,
    /// A file is copied.
    Copy,
    /// A file or folder is taken away.
    Remove,
}

/// Lets steps fail.
pub trait Faults: Send + Sync {
    /// How many of these bytes may still be written (all, as a rule; 0 for steps other than [`Step::Write`]); an error and the step is not done.
    ///
    /// # Errors
    /// What the system is to say instead of doing the step.
    fn before(&self, step: Step, path: &Path, bytes: usize) -> io::Result<usize>;
}

/// The disk.
#[derive(Clone, Default)]
pub struct Disk {
    faults: Option<Arc<dyn Faults>>,
}

impl Disk {
    /// A disk that fails where it is told to.
    pub fn with_faults(faults: Arc<dyn Faults>) -> Disk {
        Disk { faults: Some(faults) }
    }

    fn pass(&self, step: Step, path: &Path) -> io::Result<()> {
        self.faults.as_ref().map_or(Ok(()), |faults| faults.before(step, path, 0).map(|_| ()))
    }

    /// Makes a file that is not there yet.
    ///
    /// # Errors
    /// Where there is one of this name, or the system says no.
    pub fn create_new(&self, path: &Path) -> io::Result<Out> {
        self.pass(Step::Create, path)?;
        let file = File::options().read(true).write(true).create_new(true).open(path)?;
        Ok(Out { file, path: path.to_path_buf(), disk: self.clone() })
    }

    /// Opens a file to write behind what is in it.
    ///
    /// # Errors
    /// Where there is none, or the system says no.
    pub fn append(&self, path: &Path) -> io::Result<Out> {
        let file = File::options().append(true).open(path)?;
        Ok(Out { file, path: path.to_path_buf(), disk: self.clone() })
    }

    /// Writes a file that is not there yet.
    ///
    /// # Errors
    /// As of [`Disk::create_new`]; what was begun is taken away.
    pub fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let written = self.create_new(path)?.write_all(bytes);
        if written.is_err() {
            let _ = self.remove_file(path);
        }
        written
    }

    /// Writes a whole file under another name, then gives it its name: whoever looks finds all of it or none. It is on the disk, not on its
    /// way there, before it has its name. What was there under that name is replaced, and who may read and write it stays as it was; a link
    /// stays, and the file that it leads to is replaced. What a killed process had begun stays.
    ///
    /// # Errors
    /// Where the system says no.
    pub fn write_whole(&self, path: &Path, write: impl FnOnce(&mut Out) -> io::Result<()>) -> io::Result<()> {
        let path = &behind_links(path, MOST_LINKS).unwrap_or_else(|| path.to_path_buf());
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(format!(".{}.partial", name_of_process()));
        let partial = path.with_file_name(name);
        let mut file = self.create_new(&partial)?;
        let written = write(&mut file)
            .and_then(|()| file.flush())
            .and_then(|()| match fs::metadata(path) {
                Ok(old) => file.file().set_permissions(old.permissions()),
                Err(_) => Ok(()),
            })
            .and_then(|()| file.file().sync_all())
            .and_then(|()| self.rename(&partial, path));
        if written.is_err() {
            let _ = self.remove_file(&partial);
        }
        written?;
        // a folder cannot be opened everywhere; its names are then as safe as the system makes them
        if let Some(folder) = path.parent()
            && let Ok(folder) = File::open(folder)
        {
            let _ = folder.sync_all();
        }
        Ok(())
    }

    /// Makes a folder that is not there yet.
    ///
    /// # Errors
    /// Where there is something of this name, or the system says no.
    pub fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.pass(Step::Folder, path)?;
        fs::create_dir(path)
    }

    /// Makes a folder and those above it, where they are missing.
    ///
    /// # Errors
    /// Where the system says no.
    pub fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        if path.is_dir() {
            return Ok(());
        }
        self.pass(Step::Folder, path)?;
        fs::create_dir_all(path)
    }

    /// Makes the folders of `inside` below `folder`, which must be there.
    ///
    /// # Errors
    /// Where `folder` is gone, or the system says no.
    pub fn create_dirs_in(&self, folder: &Path, inside: &Path) -> io::Result<()> {
        let mut path = folder.to_path_buf();
        for part in inside.components() {
            path.push(part);
            if !path.is_dir() {
                match self.create_dir(&path) {
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => {}
                    done => done?,
                }
            }
        }
        Ok(())
    }

    /// Gives a file or folder another name.
    ///
    /// # Errors
    /// Where the system says no.
    pub fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.pass(Step::Rename, from)?;
        fs::rename(from, to)
    }

    /// Lets two folders change places in one step.
    ///
    /// # Errors
    /// Where the system cannot, with [`io::ErrorKind::Unsupported`], or says no.
    pub fn exchange(&self, a: &Path, b: &Path) -> io::Result<()> {
        self.pass(Step::Exchange, a)?;
        exchange(a, b)
    }

    /// One more name for a file, or a copy where a file has one name only.
    ///
    /// # Errors
    /// Where neither can be.
    pub fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        let linked = self.pass(Step::Link, from).and_then(|()| fs::hard_link(from, to));
        linked.or_else(|_| {
            self.pass(Step::Copy, from)?;
            fs::copy(from, to).map(|_| ())
        })
    }

    /// Takes a file away.
    ///
    /// # Errors
    /// Where the system says no.
    pub fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.pass(Step::Remove, path)?;
        fs::remove_file(path)
    }

    /// Takes an empty folder away.
    ///
    /// # Errors
    /// Where the system says no.
    pub fn remove_dir(&self, path: &Path) -> io::Result<()> {
        self.pass(Step::Remove, path)?;
        fs::remove_dir(path)
    }

    /// Takes a folder away with all that is in it.
    ///
    /// # Errors
    /// Where the system says no.
    pub fn remove_dir_all(&self, path: &Path) -> io::Result<()> {
        self.pass(Step::Remove, path)?;
        fs::remove_dir_all(path)
    }
}

/// More links than a system follows lead in a circle.
const MOST_LINKS: usize = 40;

/// What a link leads to, there or not; any other path as it is. Nothing where more than so many links follow one another.
pub(crate) fn behind_links(path: &Path, most: usize) -> Option<PathBuf> {
    let mut at = path.to_path_buf();
    for _ in 0..=most {
        let Ok(target) = fs::read_link(&at) else { return Some(at) };
        at = parent(&at).join(target);
    }
    None
}

/// The folder that holds a place.
pub(crate) fn parent(place: &Path) -> PathBuf {
    match place.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

/// A file that is written to.
pub struct Out {
    file: File,
    path: PathBuf,
    disk: Disk,
}

impl Out {
    /// The file, to be read or locked.
    pub fn file(&self) -> &File {
        &self.file
    }

    /// The file alone.
    pub fn into_file(self) -> File {
        self.file
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(faults) = &self.disk.faults else { return self.file.write(bytes) };
        let most = faults.before(Step::Write, &self.path, bytes.len())?;
        if most < bytes.len() {
            self.file.write_all(&bytes[..most])?;
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
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
