//! Words that were said one after another, as a text.
//!
//! In: pieces of what was said, each with its speaker where one is known. Out: one text, and where names stand in it that nobody said.
//! Invariant: every piece that is added is in the text as it was given; a new speaker begins a paragraph.
//! It deliberately puts the names of speakers before what they say: by them the voices of turns are told.

use super::Converted;
use crate::read::{Aside, AsideKind};

/// What was said so far.
#[derive(Default)]
pub(super) struct Said {
    text: String,
    names: Vec<Aside>,
    speaker: Option<String>,
}

impl Said {
    /// Adds words; a speaker is named where it is another than before.
    pub(super) fn add(&mut self, speaker: Option<&str>, words: &str) {
        self.push(speaker, words.trim(), begins_turn(words.trim()));
    }

    /// Adds a line of subtitles, in which a dash or `>>` says that another speaks.
    pub(super) fn add_line(&mut self, speaker: Option<&str>, line: &str) {
        let words = line.trim_start_matches(['>', ' ']);
        let words = words.strip_prefix("- ").or_else(|| words.strip_prefix("– ")).unwrap_or(words);
        self.push(speaker, words.trim(), begins_turn(line));
    }

    fn push(&mut self, speaker: Option<&str>, words: &str, turns: bool) {
        if words.is_empty() {
            return;
        }
        let is_other = speaker != self.speaker.as_deref();
        if !self.text.is_empty() {
            self.text.push_str(if turns || is_other { "\n\n" } else { " " });
        }
        if let Some(name) = speaker.filter(|_| is_other) {
            let start = self.text.len();
            self.text.push_str(name);
            self.text.push(':');
            self.names.push(Aside::new(start..self.text.len(), AsideKind::Speaker, "name of a speaker"));
            self.text.push(' ');
        }
        self.speaker = speaker.map(str::to_string);
        self.text.push_str(words);
    }

    /// The text, and the names in it that were put there.
    pub(super) fn into_parts(self) -> (String, Vec<Aside>) {
        (self.text, self.names)
    }

    /// As the one text of a file.
    pub(super) fn converted(self) -> Converted {
        Converted { bytes: self.text.into_bytes(), asides: vec![self.names], ..Converted::default() }
    }
}

/// True for words that another speaker says.
fn begins_turn(words: &str) -> bool {
    [">>", "- ", "– "].iter().any(|sign| words.starts_with(sign)) || names_speaker(words)
}

/// `ANN ROE: …`
fn names_speaker(line: &str) -> bool {
    let Some((name, _)) = line.split_once(": ") else { return false };
    name.len() < 40 && name.contains(char::is_alphabetic) && !name.contains(char::is_lowercase)
}

/// Seconds or milliseconds, or a clock: `4.2`, `4200`, `00:01:02,500`.
pub(super) fn time(cell: &str) -> Option<f64> {
    let cell = cell.trim().trim_end_matches('s').replace(',', ".");
    let mut sum = 0.0;
    for part in cell.split(':') {
        let is_number = part.starts_with(|c: char| c.is_ascii_digit())
            && part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        sum = sum * 60.0 + part.parse::<f64>().ok().filter(|_| is_number)?;
    }
    Some(sum)
}
