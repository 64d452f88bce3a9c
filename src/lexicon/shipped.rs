//! The lexicons that come with the program, by name.
//!
//! Invariant: a file or folder of that name wins: what a person put there is what a person means.

use crate::error::{Place, Problem};
use std::path::Path;

/// With this a shipped lexicon is named in results: no file is called so.
pub(super) const SIGN: &str = "shipped:";

/// Name and text of each.
pub(super) const LEXICONS: [(&str, &str); 7] = [
    ("framing-en", include_str!("../../lexicons/framing-en.toml")),
    ("framing-it", include_str!("../../lexicons/framing-it.toml")),
    ("framing-ru", include_str!("../../lexicons/framing-ru.toml")),
    ("furniture-en", include_str!("../../lexicons/furniture-en.toml")),
    ("furniture-it", include_str!("../../lexicons/furniture-it.toml")),
    ("furniture-ru", include_str!("../../lexicons/furniture-ru.toml")),
    ("sentiment-en", include_str!("../../lexicons/sentiment-en.toml")),
];

/// The names of all shipped lexicons.
pub fn shipped_names() -> impl Iterator<Item = &'static str> {
    LEXICONS.iter().map(|(name, _)| *name)
}

/// The file name and the text of a shipped lexicon, by its name.
pub fn shipped(name: &str) -> Option<(String, &'static str)> {
    // a path that ends in .toml is a file, and one that is missed
    let name = name.strip_prefix(SIGN).map_or(name, |name| name.trim_end_matches(".toml"));
    let (name, text) = LEXICONS.iter().find(|(other, _)| *other == name)?;
    Some((format!("{SIGN}{name}.toml"), *text))
}

/// What is said where a path hides a shipped lexicon of the same name.
pub(super) fn hidden(path: &str) -> Option<Problem> {
    let found = "a file or folder of this name is here and is used, not the shipped lexicon";
    let own = Path::new(path).file_name()?.to_string_lossy();
    let is_hidden = shipped_names().any(|name| name == own) && Path::new(path).exists();
    is_hidden.then(|| Problem::note("lexicon-shipped", Place::file(path), found))
}
