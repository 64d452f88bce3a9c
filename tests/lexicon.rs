//! Lexicons: what is read, what is refused, what is written.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

#[path = "lexicon/cases.rs"]
mod cases;
#[path = "lexicon/checks.rs"]
mod checks;
#[path = "lexicon/encodings.rs"]
mod encodings;
#[path = "lexicon/foreign.rs"]
mod foreign;
#[path = "lexicon/found.rs"]
mod found;
#[path = "lexicon/kept.rs"]
mod kept;
#[path = "lexicon/laws.rs"]
pub(crate) mod laws;
#[path = "lexicon/native.rs"]
mod native;
#[path = "lexicon/samples.rs"]
mod samples;
#[path = "lexicon/shapes.rs"]
mod shapes;
#[path = "lexicon/silent.rs"]
mod silent;
#[path = "lexicon/tables.rs"]
mod tables;
#[path = "lexicon/weights.rs"]
mod weights;
#[path = "lexicon/written.rs"]
mod written;

use framescope::error::Error;
use framescope::lexicon::{self, Lexicon, Options, Pattern};
use std::path::PathBuf;

/// The folder of samples, where it is there.
fn shared() -> Option<PathBuf> {
    let told = std::env::var_os("FRAMESCOPE_SHARED").map(PathBuf::from);
    let folder = told.unwrap_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")));
    if folder.is_dir() {
        return Some(folder);
    }
    println!("../shared is absent: skipped");
    None
}

fn read(file: &str, text: &str) -> Lexicon {
    lexicon::parse(file, text.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

fn read_lenient(file: &str, text: &str) -> Lexicon {
    let options = Options { lenient: true, ..Options::default() };
    lexicon::parse_with(file, text.as_bytes(), &options).unwrap_or_else(|error| panic!("{error}"))
}

/// The problems of a refused file, one a line.
fn refused(file: &str, text: &str) -> String {
    match lexicon::parse(file, text.as_bytes()) {
        Ok(lexicon) => panic!("read {} entries, should be refused", lexicon.entries.len()),
        Err(Error::Refused(problems)) => problems.iter().map(|p| format!("{p}\n")).collect(),
        Err(error) => panic!("{error}"),
    }
}

/// `frame: text` of every entry.
fn entries(lexicon: &Lexicon) -> Vec<String> {
    lexicon.entries.iter().map(|entry| format!("{}: {}", lexicon.frames[entry.frame].name, entry.text)).collect()
}

/// The words of a pattern, joined by `·`.
fn words(pattern: &Pattern) -> String {
    match pattern {
        Pattern::Words(words) => words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join("·"),
        Pattern::Near { .. } => format!("{pattern:?}"),
    }
}
