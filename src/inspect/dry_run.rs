//! What a run would do, without doing it.

use super::Finding;
use crate::disk;
use crate::error::Result;
use crate::lexicon::{self, Lexicon};
use crate::pipeline::load;
use crate::read;
use crate::study::Study;
use std::fmt::Write;
use std::path::Path;

/// Reads the lexicons, looks at the files of the corpus, and says what would be counted and written. No article is read.
///
/// # Errors
/// Those that a run would have before it reads an article.
pub fn dry_run(study: &Study) -> Result<Finding> {
    let is_stdin = study.corpus.iter().any(|path| path == "-");
    // those for the languages of articles that are not read yet
    let are_open = is_stdin && study.lexicons.is_empty();
    let lexicons = if are_open { lexicon::Set::default() } else { load(study)? };
    let mut text = match is_stdin {
        true => "Articles: standard input".to_string(),
        false => {
            let corpus = read::open(&study.corpus, &study.articles())?;
            let (files, bytes) = (corpus.inputs().len(), corpus.bytes_total() as f64 / 1e6);
            format!("Articles: {files} {}, {bytes:.1} MB", if files == 1 { "file" } else { "files" })
        }
    };
    if are_open {
        text.push_str("\nLexicons: those that come with the program, by the languages of the articles");
    }
    for lexicon in lexicons.all() {
        let _ = write!(text, "\nLexicon: {}", about(lexicon));
    }
    let by = if study.by.is_empty() { "outlet".to_string() } else { study.by.join(", ") };
    let voices: Vec<&str> = study.voices.iter().map(|voice| voice.name()).collect();
    let _ = write!(text, "\nGrouped by: {by}\nVoices counted: {}", voices.join(", "));
    let out = &study.report.out;
    let place = match disk::is_run_folder(Path::new(out)) {
        true => "the run there would be replaced, other files kept",
        false => "a new folder",
    };
    let _ = write!(
        text,
        "\nResults: {out} ({place})\nNothing was counted or written. `framescope corpus check` reads the articles."
    );
    Ok(Finding { text, needs_decision: false })
}

fn about(lexicon: &Lexicon) -> String {
    let entries = lexicon.entries.iter().filter(|entry| !entry.except).count();
    let version = if lexicon.version.is_empty() { String::new() } else { format!(" {}", lexicon.version) };
    format!("{}{version} ({}): frames {}, entries {entries}", lexicon.name, lexicon.file, lexicon.frames.len())
}
