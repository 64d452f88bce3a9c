//! The bytes of a lexicon file.
//!
//! In: a path. Out: its bytes, unpacked where they are gzip or Zstandard.
//! Invariant: only a regular file is opened, and no more than [`MOST_BYTES`] are ever held, whatever a file unpacks to.
//! It deliberately decodes no text: `text::encoding` does.

use crate::error::{Place, Problem, Result, did_you_mean};
use std::fs::{File, Metadata};
use std::io::Read;

/// A lexicon file is no larger, packed or unpacked: 256 MiB.
pub(super) const MOST_BYTES: u64 = 256 << 20;

/// Reads a file whole. A device, a pipe and a socket have no end, and are refused before they are opened.
pub(super) fn bytes(path: &str) -> Result<Vec<u8>> {
    let unreadable = |error: std::io::Error| {
        let problem = Problem::error("lexicon-unreadable", Place::file(path), format!("cannot be read: {error}"));
        match did_you_mean(path, super::shipped_names()) {
            Some(name) => problem.hint(format!("did you mean the shipped lexicon `{name}`?")),
            None => problem.hint("check the path; `framescope lexicon list` has the names of the shipped ones"),
        }
    };
    regular(path, &std::fs::metadata(path).map_err(unreadable)?)?;
    let file = File::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    regular(path, &metadata)?;
    if metadata.len() > MOST_BYTES {
        return Err(too_large(path, "is larger").into());
    }
    let mut found = Vec::with_capacity(metadata.len() as usize);
    // a file that grows while it is read is read no further
    file.take(MOST_BYTES + 1).read_to_end(&mut found).map_err(unreadable)?;
    if found.len() as u64 > MOST_BYTES {
        return Err(too_large(path, "is larger").into());
    }
    unpack(path, found)
}

/// Unpacks gzip and Zstandard; other bytes are given back.
pub(super) fn unpack(path: &str, packed: Vec<u8>) -> Result<Vec<u8>> {
    let damaged = |error: std::io::Error| {
        Problem::error("lexicon-unreadable", Place::file(path), format!("cannot be unpacked: {error}"))
            .hint("unpack it by hand, or fetch it again")
    };
    let mut found = Vec::new();
    match packed.as_slice() {
        [0x1f, 0x8b, ..] => {
            flate2::read::MultiGzDecoder::new(packed.as_slice())
                .take(MOST_BYTES + 1)
                .read_to_end(&mut found)
                .map_err(damaged)?;
        }
        [0x28, 0xb5, 0x2f, 0xfd, ..] => {
            let mut decoder = zstd::stream::read::Decoder::new(packed.as_slice()).map_err(damaged)?;
            // the window that a frame asks for is memory too
            decoder.window_log_max(27).map_err(damaged)?;
            decoder.take(MOST_BYTES + 1).read_to_end(&mut found).map_err(damaged)?;
        }
        _ => return Ok(packed),
    }
    if found.len() as u64 > MOST_BYTES { Err(too_large(path, "unpacks to more").into()) } else { Ok(found) }
}

/// The name without `.gz` or `.zst`: the extension before it is the weaker witness of the form.
pub(super) fn unpacked_name(path: &str) -> &str {
    path.strip_suffix(".gz").or_else(|| path.strip_suffix(".zst")).unwrap_or(path)
}

fn too_large(path: &str, what: &str) -> Problem {
    let found = format!("{what} than {} MiB", MOST_BYTES >> 20);
    Problem::error("lexicon-too-large", Place::file(path), found)
        .expected("a lexicon")
        .hint("split it into several files, or leave out what this corpus cannot hold")
}

fn regular(path: &str, metadata: &Metadata) -> Result<()> {
    if metadata.is_file() {
        return Ok(());
    }
    let found = if metadata.is_dir() { "a folder" } else { "a device, a pipe or a socket" };
    let problem = Problem::error("lexicon-no-file", Place::file(path), found).expected("a file");
    Err(problem.hint("save the lexicon to a file and give its path").into())
}
