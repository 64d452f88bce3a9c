//! Names that belong to one process, for as long as it lives.
//!
//! In: a folder. Out: a [`Claim`]: a folder or a file in it that no other process makes, takes or sweeps away.
//! Invariant: a claim is dead only where that is proved here: the system gave its lock free, on this machine. A claim of another machine
//! on a shared disk is left alone, and so is whatever bears no mark of ours.

use super::{Disk, machine};
use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What every mark begins with.
const MARK: &str = "framescope-claim 1\n";

/// The name of the mark in a folder that is claimed.
const LOCK: &str = "lock";

/// The same until it is locked.
const LOCK_BEGUN: &str = "lock.new";

/// Claims of this process: taken away where it is told to end in the middle.
static CLAIMED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Held while a run is put in its place.
static ALONE: Mutex<()> = Mutex::new(());

/// Whether the last run that began was put in its place.
static COMMITTED: AtomicBool = AtomicBool::new(false);

/// A folder or file of this process alone; dropped, it is taken away.
pub struct Claim {
    path: PathBuf,
    disk: Disk,
    stays: bool,
    /// The lock is freed when it is closed, or when the process ends.
    _lock: File,
}

impl Claim {
    /// A new folder whose name begins with `prefix`.
    ///
    /// # Errors
    /// Where no folder can be made.
    pub fn folder(disk: &Disk, parent: &Path, prefix: &str) -> io::Result<Claim> {
        let attempt = || {
            let path = parent.join(format!("{prefix}{}", machine::random_name()));
            disk.create_dir(&path)?;
            register(&path);
            let lock = mark(disk, &path.join(LOCK_BEGUN), &path.join(LOCK)).inspect_err(|_| {
                let _ = disk.remove_dir_all(&path);
                unregister(&path);
            })?;
            Ok(Claim { path, disk: disk.clone(), stays: false, _lock: lock })
        };
        // another run may have taken it for one that died before it was locked
        again_while_missing(attempt)
    }

    /// A new file whose name ends with `suffix`.
    ///
    /// # Errors
    /// Where no file can be made.
    pub fn file(disk: &Disk, folder: &Path, suffix: &str) -> io::Result<Claim> {
        let attempt = || {
            let path = folder.join(format!("{}{suffix}", machine::random_name()));
            register(&path);
            let lock = mark(disk, &path.with_added_extension("new"), &path).inspect_err(|_| unregister(&path))?;
            Ok(Claim { path, disk: disk.clone(), stays: false, _lock: lock })
        };
        // another process may have swept it away before it was locked
        again_while_missing(attempt)
    }

    /// The folder or file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Leaves it where it is: the next run of this machine looks after it.
    pub fn leave(mut self) {
        self.stays = true;
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if !self.stays {
            // nothing can be done about a failure here; the next run takes it away
            let _ = match self.path.is_dir() {
                true => take_away(&self.disk, &self.path),
                false => self.disk.remove_file(&self.path),
            };
        }
        unregister(&self.path);
    }
}

fn register(path: &Path) {
    CLAIMED.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_path_buf());
}

fn unregister(path: &Path) {
    CLAIMED.lock().unwrap_or_else(PoisonError::into_inner).remove(path);
}

/// Tries again where what was made is gone: each run that begins at the same time may have swept it away once.
fn again_while_missing<T>(attempt: impl Fn() -> io::Result<T>) -> io::Result<T> {
    /// More runs do not begin in the same instant.
    const TRIES: u32 = 32;
    let is_gone = |made: &io::Result<T>| made.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
    let mut made = attempt();
    for _ in 1..TRIES {
        if !is_gone(&made) {
            break;
        }
        made = attempt();
    }
    made
}

/// Writes a mark, locks it, and gives it its name only then: nobody sees one that is not locked yet.
fn mark(disk: &Disk, unnamed: &Path, named: &Path) -> io::Result<File> {
    let mut out = disk.create_new(unnamed)?;
    let host = machine::host();
    let marked = out.write_all(format!("{MARK}{}\n{}\n", host.name, host.boot).as_bytes()).and_then(|()| {
        // where the disk knows no locks, the claim is dead only after the machine was started anew
        match out.file().try_lock() {
            Err(TryLockError::WouldBlock) => Err(io::ErrorKind::WouldBlock.into()),
            Ok(()) | Err(TryLockError::Error(_)) => disk.rename(unnamed, named),
        }
    });
    match marked {
        Ok(()) => Ok(out.into_file()),
        Err(error) => {
            let _ = disk.remove_file(unnamed);
            Err(error)
        }
    }
}

/// Takes a claimed folder away. Whoever is killed in between leaves nothing that could be taken for a run, and the mark goes last: what is left
/// is still known to be dead.
///
/// # Errors
/// Where something cannot be taken away; its mark stays.
pub fn take_away(disk: &Disk, claimed: &Path) -> io::Result<()> {
    /// What the names of folders begin with that are being taken away.
    const GONE: &str = "gone-";
    for entry in fs::read_dir(claimed)? {
        let (entry, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
        if name == LOCK {
            continue;
        }
        if !fs::symlink_metadata(&entry)?.is_dir() {
            disk.remove_file(&entry)?;
            continue;
        }
        let gone = claimed.join(format!("{GONE}{}", machine::random_name()));
        let is_moved = !name.to_string_lossy().starts_with(GONE) && disk.rename(&entry, &gone).is_ok();
        disk.remove_dir_all(if is_moved { &gone } else { &entry })?;
    }
    disk.remove_dir_all(claimed)
}

/// The lock of a mark whose process is proved to be gone; nothing for any other file.
fn dead(mark: &Path) -> Option<File> {
    let text = super::read_regular(mark, 4096).ok()?;
    let text = String::from_utf8(text).ok()?;
    let mut lines = text.strip_prefix(MARK)?.lines();
    let (name, boot) = (lines.next()?, lines.next()?);
    let here = machine::host();
    let same_boot = !boot.is_empty() && boot == here.boot;
    let same_host = !name.is_empty() && name == here.name;
    if !same_boot && !same_host {
        return None;
    }
    let is_older = same_host && !boot.is_empty() && !here.boot.is_empty() && !same_boot;
    let file = File::open(mark).ok()?;
    match file.try_lock() {
        Ok(()) => Some(file),
        Err(TryLockError::WouldBlock) => None,
        Err(TryLockError::Error(_)) => is_older.then_some(file),
    }
}

/// The claimed folders in `parent` whose names begin with `prefix` and whose processes are gone. Each stays locked until its
/// guard is dropped.
pub fn free_dead(disk: &Disk, parent: &Path, prefix: &str) -> Vec<(PathBuf, File)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let is_named = entry.file_name().to_string_lossy().starts_with(prefix);
        if is_named && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            let lock = dead(&entry.path().join(LOCK));
            if lock.is_none() && is_random(&entry.file_name().to_string_lossy()[prefix.len()..]) {
                take_unlocked(disk, &entry.path());
            }
            found.extend(lock.map(|lock| (entry.path(), lock)));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

/// True for what [`machine::random_name`] gives.
fn is_random(name: &str) -> bool {
    name.len() == 32 && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Takes away a folder whose process died before its mark had a name: it holds that and nothing else, or it stays.
fn take_unlocked(disk: &Disk, folder: &Path) {
    let mut names = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
    if names.all(|name| name == LOCK_BEGUN) {
        let _ = disk.remove_file(&folder.join(LOCK_BEGUN));
        let _ = disk.remove_dir(folder);
    }
}

/// True unless the claimed file is proved to be dead.
pub fn is_live(mark: &Path) -> bool {
    dead(mark).is_none()
}

/// While this is held, no run of this process is put in its place.
pub fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A run folder begins.
pub fn begin_output() {
    COMMITTED.store(false, Ordering::Relaxed);
}

/// A run folder is in its place.
pub fn committed() {
    COMMITTED.store(true, Ordering::Relaxed);
}

/// The end of the process in the middle of its work: takes away what it had begun. No run is put in its place any more; true where the last
/// one already was. To be called last, as what is still at work then fails.
pub fn abandon() -> bool {
    /// A thread at work may make one more file while its folder is taken away.
    const TRIES: u32 = 20;
    let guard = alone();
    let claimed = CLAIMED.lock().unwrap_or_else(PoisonError::into_inner).clone();
    for path in claimed {
        for _ in 0..TRIES {
            let is_gone = match path.is_dir() {
                true => take_away(&Disk::default(), &path).is_ok(),
                false => fs::remove_file(&path).map_or_else(|e| e.kind() == io::ErrorKind::NotFound, |()| true),
            };
            if is_gone && !path.exists() {
                break;
            }
        }
    }
    // never given back: nothing may be put in its place from here on
    std::mem::forget(guard);
    COMMITTED.load(Ordering::Relaxed)
}
