//! Articles from standard input: a file in the folder of passing files, which goes when the command is done.

use framescope::error::{Error, Place, Problem};
use framescope::study::Study;
use std::fs::{self, OpenOptions};
use std::io;
use std::path::PathBuf;

/// What stands for standard input.
const STDIN: &str = "-";

/// A folder that goes when this does.
pub(super) struct TemporaryFolder(PathBuf);

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The study with standard input in a file, where the corpus names it. The file is called `stdin`, and is read by its content.
pub(super) fn take(study: &Study) -> Result<Option<(Study, TemporaryFolder)>, Error> {
    if !study.corpus.iter().any(|path| path == STDIN) {
        return Ok(None);
    }
    let failed =
        |error: &io::Error| Problem::error("stdin-unreadable", Place::file("standard input"), error.to_string());
    let folder = std::env::temp_dir().join(format!("framescope-stdin-{}", std::process::id()));
    fs::create_dir(&folder).map_err(|error| failed(&error))?;
    let temporary = TemporaryFolder(folder.clone());
    let path = folder.join("stdin");
    let mut file = OpenOptions::new().write(true).create_new(true).open(&path).map_err(|error| failed(&error))?;
    io::copy(&mut io::stdin().lock(), &mut file).map_err(|error| failed(&error))?;
    let mut study = study.clone();
    for named in study.corpus.iter_mut().filter(|named| *named == STDIN) {
        *named = path.to_string_lossy().into_owned();
    }
    Ok(Some((study, temporary)))
}
