//! Where a run folder may be.
//!
//! In: what was typed. Out: the path of the folder, or why there can be none.
//! Invariant: nothing is made here.

use crate::disk::{self, is_run_folder};
use crate::error::{Place, Problem, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// Links that are followed one after the other.
const LINKS: usize = 16;

/// The folder itself: what a link leads to.
pub(super) fn resolve(out: &str) -> Result<PathBuf> {
    let refused = |kind, found: &str| Problem::error(kind, Place::file(out), found);
    if out.trim().is_empty() {
        let problem = Problem::error("output-unnamed", Place::file("--out"), "an empty name");
        return Err(problem.expected("a folder for the results").hint("give it a name: --out output").into());
    }
    let Some(place) = disk::behind_links(Path::new(out), LINKS) else {
        let problem = refused("output-unwritable", "is a link that leads to itself");
        return Err(problem.hint("choose another folder with --out").into());
    };
    let inside = "name a folder in it, such as --out ";
    let inside = format!("{inside}{}", Path::new(out).join("output").to_string_lossy());
    let whole = |found: &str| -> Result<PathBuf> {
        let problem = refused("output-irreplaceable", found).expected("a folder that can be replaced as a whole");
        Err(problem.hint(&*inside).into())
    };
    if place.file_name().is_none() {
        return whole("has no name of its own");
    }
    if let Ok(real) = place.canonicalize() {
        if std::env::current_dir().and_then(|here| here.canonicalize()).is_ok_and(|here| here.starts_with(&real)) {
            return whole("is the folder that you are in, or holds it");
        }
        if is_mounted(&real) {
            return whole("is a disk of its own");
        }
    }
    Ok(place)
}

/// How the names of run folders in the making begin.
pub(super) fn prefix(place: &Path) -> String {
    format!(".{}.partial-", place.file_name().map_or_else(|| "output".into(), |name| name.to_string_lossy()))
}

/// True where another disk or folder is mounted here; no rename can replace it.
fn is_mounted(real: &Path) -> bool {
    let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    mounts.lines().filter_map(|line| line.split(' ').nth(4)).any(|mount| Path::new(&unescaped(mount)) == real)
}

/// Blanks and their kin stand in octal there.
fn unescaped(mount: &str) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
        .iter()
        .fold(mount.to_string(), |text, (octal, plain)| text.replace(octal, plain))
}

/// Refuses a folder that holds something else than a run.
pub(super) fn refuse_foreign(place: &Path, out: &str) -> Result<()> {
    if place.exists() && !place.is_dir() {
        let problem = Problem::error("output-not-a-folder", Place::file(out), "is a file");
        return Err(problem.expected("a folder").hint("choose another name with --out").into());
    }
    let mut entries = fs::read_dir(place).into_iter().flatten().flatten();
    let is_empty = entries.all(|entry| entry.file_name().to_string_lossy().starts_with('.'));
    if is_empty || is_run_folder(place) {
        return Ok(());
    }
    let problem = Problem::error("output-foreign", Place::file(out), "holds files and no earlier run");
    Err(problem.expected("a new or empty folder, or that of an earlier run").hint("choose another with --out").into())
}
