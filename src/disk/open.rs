//! What is opened: regular files, and of folders those that a run wrote.
//!
//! Invariant: nothing here waits for a pipe, a socket or a device.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

/// The file that marks a run folder.
const MANIFEST: &str = "manifest.json";

/// Bytes of a manifest that are read at most.
const LONGEST: u64 = 256 << 20;

/// Opens a file, unless it is a pipe, a socket, a device or a folder.
///
/// # Errors
/// Where there is none, it is none, or it cannot be read; [`io::ErrorKind::InvalidInput`] for what is no regular file.
pub fn open_regular(path: &Path) -> io::Result<File> {
    let refused = || io::Error::new(io::ErrorKind::InvalidInput, "not a regular file");
    if !fs::metadata(path)?.is_file() {
        return Err(refused());
    }
    let mut options = File::options();
    options.read(true);
    // it may have become a pipe in between, and opening one waits for a writer
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, rustix::fs::OFlags::NONBLOCK.bits() as i32);
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(refused()) }
}

/// The bytes of a regular file that has at most so many.
///
/// # Errors
/// As of [`open_regular`], and [`io::ErrorKind::FileTooLarge`].
pub fn read_regular(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = open_regular(path)?;
    // one more, so that the end is seen without more memory
    let size = file.metadata()?.len().min(most) as usize + 1;
    let mut bytes = Vec::with_capacity(size);
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(too_large(most)) } else { Ok(bytes) }
}

fn too_large(most: u64) -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, format!("has more than {} MB", most >> 20))
}

/// The text of a regular file that has at most so many bytes.
///
/// # Errors
/// As of [`read_regular`], and where it is not UTF-8.
pub fn read_text(path: &Path, most: u64) -> io::Result<String> {
    String::from_utf8(read_regular(path, most)?).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "is not UTF-8"))
}

/// True for the folder of a framescope run: its manifest is ours, as it names the program with its version.
pub fn is_run_folder(folder: &Path) -> bool {
    manifest(folder).is_some()
}

/// The manifest of a run folder, if it is ours.
pub(crate) fn manifest(folder: &Path) -> Option<serde_json::Value> {
    let bytes = read_regular(&folder.join(MANIFEST), LONGEST).ok()?;
    let value: serde_json::Value = serde_json::from_slice(&bytes).ok()?;
    let is_version = |text: &str| {
        let mut parts = text.split(['.', '-', '+']);
        parts.by_ref().take(3).filter(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())).count() == 3
    };
    let is_ours = value["framescope"].as_str().is_some_and(is_version);
    is_ours.then_some(value)
}

/// Names below a run folder of what belongs to it: the files that its manifest lists, and the folders that they lie in.
/// None where it is no run folder.
pub(crate) fn listed_by_run(folder: &Path) -> BTreeSet<String> {
    let Some(manifest) = manifest(folder) else { return BTreeSet::new() };
    let outputs = manifest["outputs"].as_array().into_iter().flatten();
    let files: Vec<&str> = outputs.filter_map(|output| output["file"].as_str()).chain([MANIFEST]).collect();
    let folders = files.iter().filter_map(|file| file.rsplit_once('/')).map(|(folder, _)| folder);
    folders.chain(files.iter().copied()).map(str::to_string).collect()
}

/// From the root, without `.` and `..`, as far as that can be told on paper.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    // the absolute form of the empty path is an error; it is the current folder
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let mut clean = PathBuf::new();
    for part in std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf()).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(clean.pop()),
            other => clean.push(other),
        }
    }
    clean
}

/// Fills a buffer from a byte of a file on.
///
/// # Errors
/// What the system says; a file that ends before.
#[cfg(unix)]
pub fn read_exact_at(file: &File, bytes: &mut [u8], start: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, start)
}

/// Fills a buffer from a byte of a file on.
///
/// # Errors
/// What the system says; a file that ends before.
#[cfg(windows)]
pub fn read_exact_at(file: &File, bytes: &mut [u8], start: u64) -> io::Result<()> {
    let mut read = 0;
    while read < bytes.len() {
        match std::os::windows::fs::FileExt::seek_read(file, &mut bytes[read..], start + read as u64)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            more => read += more,
        }
    }
    Ok(())
}
