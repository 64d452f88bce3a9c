//! Articles from standard input: a file in the folder of passing files, which goes when the command is done.

use framescope::cli::Command;
use framescope::error::{Error, Place, Problem};
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

/// Puts standard input into a file, where the corpus of a command names it. The file is called `stdin`, and is read by its content.
///
/// # Errors
/// Where it cannot be read, or the command would need it a second time.
pub(super) fn take(command: &mut Command) -> Result<Option<TemporaryFolder>, Error> {
    let is_stdin = |path: &String| path == STDIN;
    if command.names_corpus().iter().any(is_stdin) {
        let problem = Problem::error("stdin-again", Place::file("standard input"), "can be read only once");
        return Err(problem
            .expected("files, which can be read again")
            .hint("save the articles to a file first")
            .into());
    }
    let Some(study) = command.reads().filter(|study| study.corpus.iter().any(is_stdin)) else { return Ok(None) };
    let failed =
        |error: &io::Error| Problem::error("stdin-unreadable", Place::file("standard input"), error.to_string());
    let folder = std::env::temp_dir().join(format!("framescope-stdin-{}", std::process::id()));
    fs::create_dir(&folder).map_err(|error| failed(&error))?;
    let temporary = TemporaryFolder(folder.clone());
    let path = folder.join("stdin");
    let mut file = OpenOptions::new().write(true).create_new(true).open(&path).map_err(|error| failed(&error))?;
    io::copy(&mut io::stdin().lock(), &mut file).map_err(|error| failed(&error))?;
    for named in study.corpus.iter_mut().filter(|named| *named == STDIN) {
        *named = path.to_string_lossy().into_owned();
    }
    Ok(Some(temporary))
}
