//! The title as part of its article.
//!
//! In: a text and its title, each with its place. Out: one text, the title a paragraph before the rest, unless the text has it already.
//! Invariant: a table and the folder of texts made of it have the same words.
//! It deliberately compares letters and digits alone: marks and spaces differ between a title cell and a page.

use super::places::{Assembly, Piece};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// What is done with titles that stand beside their texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Headline {
    /// They are part of the article, as the first line of a text file is.
    #[default]
    Count,
    /// They are searched and listed, but counted only as headlines.
    Separate,
    /// They are metadata only.
    Leave,
}

/// Lines of the text in which the title may stand: the name of the outlet or a date may come before it.
const TOP_LINES: usize = 5;

/// Words of a title that no first sentence shares by chance.
const LONG_TITLE: usize = 5;

/// True where one of the first lines of a text is the title, or begins with it.
pub(crate) fn has_title(text: &str, title: &str) -> bool {
    let lines = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty());
    let alone = without_site(title);
    lines.take(TOP_LINES).any(|line| begins(line, title) || alone.is_some_and(|alone| begins(line, alone)))
}

/// A long title without the name of a site that pages write behind it: `Calm returns to the port | The Dawn`.
fn without_site(title: &str) -> Option<&str> {
    let (alone, _) = [" | ", " - ", " – ", " — "].iter().find_map(|sign| title.rsplit_once(sign))?;
    (alone.split_whitespace().count() >= LONG_TITLE).then_some(alone)
}

fn begins(line: &str, title: &str) -> bool {
    let mut letters = title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).peekable();
    if letters.peek().is_none() {
        return true;
    }
    let mut rest = line.char_indices();
    while letters.peek().is_some() {
        let Some((_, c)) = rest.next() else { return false };
        if !c.is_alphanumeric() {
            continue;
        }
        for lower in c.to_lowercase() {
            if letters.next() != Some(lower) {
                return false;
            }
        }
    }
    let rest = rest.as_str();
    let ends = rest.trim_start_matches([' ', '\u{a0}', '"', '”', '’', '»', ')', '*', '#', '_']);
    let cut = title.trim_end().ends_with('…') || title.trim_end().ends_with("...");
    let inside_word = rest.starts_with(char::is_alphanumeric);
    let long = title.split_whitespace().count() >= LONG_TITLE;
    cut || ends.is_empty() || ends.starts_with(['.', '!', '?', ':', '|', '–', '—', '-', '…']) || long && !inside_word
}

/// The text behind its title, whose cell has the number `cell`; and the bytes that the title takes.
pub(crate) fn joined(title: &Assembly, cell: u8, text: &str, pieces: &[Piece]) -> (Assembly, usize) {
    let mut whole = Assembly::default();
    whole.text.reserve(title.text.len() + text.len() + 2);
    whole.append(&title.text, &title.pieces, 0, cell);
    let len = whole.text.len();
    whole.gap("\n\n");
    whole.append(text, pieces, 0, 0);
    (whole, len)
}
