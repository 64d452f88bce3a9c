//! A study file for a corpus, with what was found in it.
//!
//! In: a study that names a corpus. Out: a file with every setting, in which paths, columns and lexicons are filled in.
//! Invariant: a file that is there stays what it is.

use super::Finding;
use super::corpus::survey;
use crate::error::{Place, Problem, Result};
use crate::lexicon;
use crate::read;
use crate::study::Study;
use crate::text::{Language, several, shell_word};
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

/// Writes a study file for the corpus of a study.
///
/// # Errors
/// Where the file is there, or cannot be written; where the corpus cannot be read.
pub fn init_study(study: &Study, file: &str) -> Result<Finding> {
    if Path::new(file).exists() {
        let problem = Problem::error("study-exists", Place::file(file), "already exists");
        return Err(problem.hint("move it away first, or give another name with --out").into());
    }
    let mut study = study.clone();
    let report = survey(&study)?;
    for (role, column) in read::open(&study.corpus, &study.articles())?.columns() {
        let options = &mut study.read;
        let field = match role {
            "text" => &mut options.text,
            "outlet" => &mut options.outlet,
            "date" => &mut options.date,
            "title" => &mut options.title,
            "id" => &mut options.id,
            "language" => &mut options.language,
            "url" => &mut options.url,
            _ => continue,
        };
        field.get_or_insert_with(|| column.to_string());
    }
    if study.lexicons.is_empty() {
        let is_for = |name: &&str| {
            let language = name.strip_prefix("framing-").and_then(Language::parse);
            language.is_some_and(|language| report.languages.contains_key(language.code()))
        };
        study.lexicons = lexicon::shipped_names().filter(is_for).map(str::to_string).collect();
    }
    study.reading.folder = Some(Path::new(file).parent().unwrap_or(Path::new("")).to_path_buf());
    let head = format!(
        "A study of framescope: every setting, and what it is. Those that are comments have their default.\n\
         Paths are relative to this file; `framescope run --study {}` runs it.\n\nWhat was found in the corpus:\n\n{}",
        shell_word(&Path::new(file).file_name().map(|name| name.to_string_lossy()).unwrap_or_default()),
        report.summary()
    );
    write(file, &study.to_toml(&head))?;
    let lexicons = match study.lexicons.as_slice() {
        [] => "no shipped lexicon is in its languages: name your own under [lexicons]".to_string(),
        names => format!("lexicons: {}", names.join(", ")),
    };
    let text = format!(
        "{file}: {}; {lexicons}. Read through it, then run `framescope run --study {}`.",
        several(report.articles, "article"),
        shell_word(file)
    );
    Ok(Finding { text, needs_decision: false })
}

/// Writes a new file.
pub(super) fn write(file: &str, text: &str) -> Result<()> {
    let written = OpenOptions::new().write(true).create_new(true).open(file);
    written.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| {
        Problem::error("output-unwritable", Place::file(file), format!("cannot be written: {error}")).into()
    })
}
