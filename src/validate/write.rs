//! Files of a sample and of its scores.
//!
//! In: names and bytes. Out: files, each whole or not there.
//! Invariant: a folder that is there is never drawn over: it may hold hours of coding.

use crate::aggregate::Cell;
use crate::disk::{Disk, random_name};
use crate::error::{Place, Problem, Result};
use crate::results::Sheet;
use std::io::Write as _;
use std::path::{Path, PathBuf};

fn unwritable(path: &str, error: &std::io::Error) -> Problem {
    Problem::error("file-unwritable", Place::file(path), format!("cannot be written: {error}"))
}

/// Makes a folder with these files, in one step.
///
/// # Errors
/// Where something of this name is there, or the disk says no.
pub(super) fn new_folder(out: &str, files: &[(String, Vec<u8>)]) -> Result<()> {
    let place = Path::new(out.trim_end_matches('/'));
    if std::fs::read_dir(place).map_or(place.exists(), |mut entries| entries.next().is_some()) {
        let problem = Problem::error("coding-there", Place::file(out), "already exists, and is not overwritten");
        return Err(problem.expected("a new folder").hint("choose another with --out").into());
    }
    let disk = Disk::default();
    let parent = place.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let partial: PathBuf = parent.join(format!(".{name}.partial-{}", random_name()));
    let write = || -> std::io::Result<()> {
        disk.create_dir_all(parent)?;
        disk.create_dir(&partial)?;
        files.iter().try_for_each(|(name, bytes)| disk.write_new(&partial.join(name), bytes))?;
        // an empty folder may be in the place
        let _ = std::fs::remove_dir(place);
        disk.rename(&partial, place)
    };
    write().map_err(|error| {
        let _ = std::fs::remove_dir_all(&partial);
        unwritable(out, &error).hint("choose another folder with --out, or make room").into()
    })
}

/// Replaces a file in one step.
///
/// # Errors
/// Where the disk says no; the file is then as it was.
pub(super) fn replace(path: &str, bytes: &[u8]) -> Result<()> {
    let written = Disk::default().write_whole(Path::new(path), |file| file.write_all(bytes));
    written.map_err(|error| {
        unwritable(path, &error).hint("make room, or allow writing in this folder, and do it again").into()
    })
}

/// A table as CSV.
pub(super) fn csv<'c>(header: &[&str], rows: impl IntoIterator<Item = Vec<Cell<'c>>>) -> Vec<u8> {
    // memory cannot fail
    let Ok(mut sheet) = Sheet::with_header(Vec::new(), header) else { return Vec::new() };
    for row in rows {
        let _ = sheet.row(&row);
    }
    sheet.into_inner()
}

/// A number, where there is one.
pub(super) fn real(value: Option<f64>) -> Cell<'static> {
    value.map_or(Cell::Missing, Cell::Real)
}

/// A count.
pub(super) fn whole(number: u64) -> Cell<'static> {
    Cell::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}
