//! What VADER reads an emoji as: the file of descriptions that lies beside its lexicon.
//!
//! In: lines of an emoji, a tab and its description, in UTF-8. Out: [`Emoji`], or every line that cannot be read, with its place.
//! Invariant: an emoji of one character is known by the last line that describes it; one of several characters is counted and never used,
//! as in vaderSentiment, which reads a text character by character.
//! It deliberately comes with no list of its own: whoever has VADER's lexicon has this file too.

use crate::error::{Place, Problem, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// Name of the file, in the folder of the lexicon.
const FILE: &str = "emoji_utf8_lexicon.txt";

/// Descriptions of emoji.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Emoji {
    /// Path beside that of the lexicon.
    pub file: String,
    /// Digest of the file's bytes, hexadecimal.
    pub digest: String,
    /// The description of each.
    pub descriptions: BTreeMap<char, String>,
    /// Lines whose emoji has several characters.
    pub sequences: usize,
}

impl Emoji {
    /// What was read, in a sentence.
    pub(super) fn note(&self) -> Problem {
        let (known, unknown) = (self.descriptions.len(), self.sequences);
        let found = format!(
            "VADER reads {known} emoji as their descriptions; {unknown} of several characters are not known, as in the package"
        );
        Problem::note("emoji-read", Place::file(self.file.as_str()), found)
    }
}

/// The descriptions beside a lexicon, where they are.
pub(super) fn beside(lexicon: &str) -> Result<Option<Emoji>> {
    let path = Path::new(lexicon).with_file_name(FILE);
    if !path.is_file() {
        return Ok(None);
    }
    let file = path.to_string_lossy().into_owned();
    let bytes = super::open::bytes(&file)?;
    parse(&file, &bytes).map(Some)
}

/// Reads the descriptions from bytes; `file` is only a name.
pub(super) fn parse(file: &str, bytes: &[u8]) -> Result<Emoji> {
    let mut emoji =
        Emoji { file: file.to_string(), digest: blake3::hash(bytes).to_hex().to_string(), ..Emoji::default() };
    let mut problems = Vec::new();
    for (number, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        let wrong = |column: usize, found: String| {
            let problem =
                Problem::error("emoji-unreadable", Place::at(file, number as u32 + 1, column as u32 + 1), found);
            problem.expected("an emoji, a tab and its description, in UTF-8")
        };
        let line = match std::str::from_utf8(line) {
            Ok(line) => line.trim_start_matches('\u{feff}').trim(),
            Err(error) => {
                let before = String::from_utf8_lossy(&line[..error.valid_up_to()]).chars().count();
                problems.push(wrong(before, "bytes that are no UTF-8".to_string()));
                continue;
            }
        };
        let mut fields = line.split('\t');
        let (sign, description) = (fields.next().unwrap_or_default(), fields.next());
        let mut signs = sign.chars();
        match (signs.next(), signs.next(), description) {
            (None, ..) => {}
            (_, _, None) => problems.push(wrong(0, format!("`{line}` without a tab"))),
            (Some(one), None, Some(description)) => drop(emoji.descriptions.insert(one, description.to_string())),
            (Some(_), Some(_), Some(_)) => emoji.sequences += 1,
        }
    }
    if problems.is_empty() { Ok(emoji) } else { Err(problems.into()) }
}
