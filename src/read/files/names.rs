//! What the name of a file says: how it is read, and that it is about the others of its folder.
//!
//! In: a path, or the name of a file. Out: its kind by its extension, if it has one.
//! Invariant: numbers and words behind a full stop are no extension (`2022.01.05`, `Vol. 3 p. 5`).
//! It deliberately opens nothing.

use super::{Kind, own_name};
use std::path::Path;

/// Names of files without extension that are about the others of their folder, or make them.
pub(super) const ABOUT: [&str; 9] =
    ["readme", "license", "licence", "copying", "notice", "authors", "changelog", "citation", "makefile"];

/// What is said of a file that is about the others of its folder.
pub(super) fn about(path: &Path) -> String {
    let name = own_name(path);
    if name.to_lowercase().starts_with("readme") {
        "a README is not an article".to_string()
    } else {
        format!("a file called {name} is not an article")
    }
}

/// True where the name of a file says what it is: `scan.pdf`, and neither `article1` nor `2022.01.05` nor `Vol. 3 p. 5`.
pub(super) fn has_extension(name: &str) -> bool {
    unpacked(name).rsplit_once('.').is_some_and(|(stem, end)| !stem.is_empty() && is_extension(end))
}

/// A name without the extension of its packing.
pub(super) fn unpacked(name: &str) -> &str {
    ["gz", "zst"].iter().find_map(|end| name.strip_suffix(end)?.strip_suffix('.')).unwrap_or(name)
}

/// Letters and digits, a letter among them: neither `05` nor `2022-01-05`.
pub(super) fn is_extension(end: &str) -> bool {
    /// `.parquet`, `.sas7bdat`, `.markdown`
    const LONGEST: usize = 10;
    let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '~');
    (1..=LONGEST).contains(&end.len()) && end.chars().all(letters) && end.contains(|c: char| c.is_ascii_alphabetic())
}

/// How the extension says that a file is read.
pub(super) fn kind(path: &Path) -> Option<Kind> {
    let name = own_name(path).to_lowercase();
    match unpacked(&name).rsplit_once('.')?.1 {
        "txt" | "text" | "md" | "markdown" => Some(Kind::Text),
        "csv" => Some(Kind::Delimited { tab: false }),
        "tsv" | "tab" => Some(Kind::Delimited { tab: true }),
        "jsonl" | "ndjson" => Some(Kind::Jsonl),
        "parquet" | "pq" => Some(Kind::Parquet),
        "html" | "htm" | "xhtml" => Some(Kind::Page),
        "json" | "xml" | "rss" | "atom" | "nitf" | "docx" | "xlsx" | "ods" | "rtf" | "ris" | "enw" | "nbib" | "ciw"
        | "sgm" | "sgml" | "wet" | "srt" | "vtt" => Some(Kind::Unknown),
        _ => None,
    }
}
