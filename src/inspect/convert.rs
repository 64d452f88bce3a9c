//! A lexicon in another form, and the account of what was read and what is lost.
//!
//! In: a lexicon file. Out: a file in the form that its name tells, and a [`Finding`].
//! Invariant: nothing is lost without being named; a file that is there is replaced only where that is asked for, and then at once.
//! It deliberately bends no entry to fit a form: what does not fit is left out and told.

use super::Finding;
use crate::disk::{Disk, absolute};
use crate::error::{Place, Problem, Result, Severity};
use crate::lexicon::write::{Form, write};
use crate::lexicon::{self, Format, Options};
use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;

/// How to convert.
#[derive(Clone, Debug, Default)]
pub struct Conversion {
    /// How the lexicon is read; `lenient` skips, with a row in the import report, what cannot be kept.
    pub reading: Options,
    /// Replace files that are there.
    pub force: bool,
    /// Where to write the losses as CSV.
    pub losses: Option<String>,
}

/// Refuses to write two files into one.
///
/// # Errors
/// Where two of the paths are one.
pub fn refuse_same_file(paths: &[&str]) -> Result<()> {
    let mut seen = BTreeSet::new();
    match paths.iter().find(|path| !seen.insert(absolute(Path::new(path)))) {
        None => Ok(()),
        Some(path) => {
            let problem = Problem::error("file-twice", Place::file(*path), "would be written twice");
            Err(problem.expected("another name for each file").into())
        }
    }
}

/// Writes a lexicon in the form that the extension of `output` names.
pub fn convert(input: &str, output: &str, how: &Conversion) -> Result<Finding> {
    let form = Form::of_path(output).ok_or_else(|| {
        let problem = Problem::error("form-unknown", Place::file(output), "not a format that can be written");
        problem.expected("a name that ends in .toml, .csv, .dic, .dicx, .cat, .yml or .yaml")
    })?;
    let lexicon = lexicon::load_with(input, &how.reading)?;
    let written = write(&lexicon, form);
    let mut files = vec![(output, written.text.as_str())];
    let losses = written.losses_csv();
    if let Some(path) = &how.losses {
        files.push((path, losses.as_str()));
    }
    if !how.force {
        let there: Vec<Problem> =
            files.iter().filter(|(path, _)| Path::new(path).exists()).map(|f| taken(f.0)).collect();
        if !there.is_empty() {
            return Err(there.into());
        }
    }
    for (path, text) in files {
        put(path, text, how.force)?;
    }
    let mut lines = vec![format!("{input}: {}", lexicon.report.sentence())];
    lines.extend(lexicon.problems.iter().filter(|problem| problem.severity > Severity::Note).map(ToString::to_string));
    let mut lost = written.sentences();
    lost.extend(lost_comments(input, lexicon.format));
    lines.push(match lost.as_slice() {
        [] => format!("{output}: everything was carried over"),
        _ => format!("{output}:"),
    });
    lines.extend(lost.into_iter().map(|sentence| format!("  {sentence}")));
    if let Some(path) = &how.losses {
        lines.push(format!("{path}: {} losses, line by line", written.losses.len()));
    }
    Ok(Finding { text: lines.join("\n"), needs_decision: false })
}

/// That comments of a file stay behind: no form has a place for them that its reader keeps.
fn lost_comments(input: &str, format: Format) -> Option<String> {
    let text = fs::read_to_string(input).ok().filter(|_| format == Format::Toml)?;
    match text.lines().filter(|line| line.trim_start().starts_with('#')).count() {
        0 => None,
        1 => Some("1 comment line was not copied".to_string()),
        lines => Some(format!("{lines} comment lines were not copied")),
    }
}

/// What was done with each line of a lexicon file, as CSV.
pub fn import_report(input: &str, reading: &Options) -> Result<String> {
    Ok(lexicon::load_with(input, reading)?.report.to_csv())
}

/// Writes the import report of a lexicon to a file.
pub fn write_import_report(input: &str, output: &str, reading: &Options, force: bool) -> Result<Finding> {
    let lexicon = lexicon::load_with(input, reading)?;
    put(output, &lexicon.report.to_csv(), force)?;
    let text = format!("{input}: {}; line by line in {output}", lexicon.report.sentence());
    Ok(Finding { text, needs_decision: false })
}

fn taken(path: &str) -> Problem {
    Problem::error("file-exists", Place::file(path), "already exists").hint("give another name, or --force")
}

/// Writes a file whole or not at all.
pub(super) fn put(path: &str, text: &str, replace: bool) -> Result<()> {
    let unwritable = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => taken(path),
        _ => Problem::error("file-unwritable", Place::file(path), format!("cannot be written: {error}")),
    };
    if !replace {
        let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(unwritable)?;
        if let Err(error) = file.write_all(text.as_bytes()) {
            let _ = fs::remove_file(path);
            return Err(unwritable(error).into());
        }
        return Ok(());
    }
    // a full disk leaves the old one
    let done = Disk::default().write_whole(Path::new(path), |file| file.write_all(text.as_bytes()));
    Ok(done.map_err(unwritable)?)
}
