//! A speaker as readers expect the name: without the possessive, and with the stop of an abbreviation.
//!
//! In: a text, the bytes of a speaker in it, and those of the verb of saying. Out: a part of the text.
//! Invariant: it begins where the speaker begins.
//! It deliberately keeps the possessive right before a verb (*Moody's said*): there it is a part of the name.

use std::ops::Range;

/// What may be of somebody and is no name.
const PRONOUNS: &[&str] = &["he", "she", "it", "who", "that", "one"];

/// The words of a speaker in a text.
pub fn written(text: &str, source: Range<usize>, verb: Option<Range<usize>>) -> &str {
    let words = text.get(source.clone()).unwrap_or_default();
    let is_subject = verb.is_some_and(|verb| text.get(source.end..verb.start).is_some_and(|gap| gap.trim().is_empty()));
    if let Some(owner) = words.strip_suffix("'s").or_else(|| words.strip_suffix("\u{2019}s"))
        && (!is_subject || PRONOUNS.contains(&owner.to_lowercase().as_str()))
    {
        return owner;
    }
    let is_abbreviated = words.len() > 2 && words.as_bytes()[words.len() - 2] == b'.';
    match text.get(source.start..source.end + 1) {
        Some(whole) if is_abbreviated && whole.ends_with('.') => whole,
        _ => words,
    }
}
