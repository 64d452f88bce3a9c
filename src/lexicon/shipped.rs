//! The lexicons that come with the program, by name.
//!
//! Invariant: a file or folder of that name wins: what a person put there is what a person means.

use crate::error::{Place, Problem};

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
    let name = name.strip_prefix(SIGN).unwrap_or(name);
    let name = name.strip_suffix(".toml").filter(|_| name.len() > 5).unwrap_or(name);
    let (name, text) = LEXICONS.iter().find(|(known, _)| *known == name)?;
    Some((format!("{SIGN}{name}.toml"), *text))
}

/// What is said where a path hides a shipped lexicon of the same name.
pub(super) fn hidden(path: &str) -> Option<Problem> {
    let found = "a file or folder of this name is here and is used, not the shipped lexicon";
    shipped_names().any(|name| name == path).then(|| Problem::note("lexicon-shipped", Place::file(path), found))
}
