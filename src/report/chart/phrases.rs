//! The words of charts in other languages.
//!
//! In: an English text as the charts write it. Out: the same in another language.
//! Invariant: what stands in no line of `phrases.toml` stays as it is; numbers and names are passed through; every text that a chart of a run
//! can write has a line (a test draws them all).
//! It deliberately translates no name of a frame, a group or a study, and leaves numbers as they are written in English.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::OnceLock;

const PHRASES: &str = include_str!("phrases.toml");

/// The language of the words on charts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum ChartLanguage {
    /// English.
    #[default]
    En,
    /// Russian.
    Ru,
    /// Italian.
    It,
}

#[derive(Deserialize)]
struct File {
    phrase: Vec<Phrase>,
}

#[derive(Deserialize)]
struct Phrase {
    en: String,
    ru: String,
    it: String,
}

impl Phrase {
    fn of(&self, language: ChartLanguage) -> &str {
        match language {
            ChartLanguage::En => &self.en,
            ChartLanguage::Ru => &self.ru,
            ChartLanguage::It => &self.it,
        }
    }
}

/// Every phrase: those without gaps by their text, those with gaps from the one with most letters of its own.
struct Phrases {
    whole: HashMap<String, Phrase>,
    gapped: Vec<Phrase>,
}

fn phrases() -> &'static Phrases {
    static PHRASES_READ: OnceLock<Phrases> = OnceLock::new();
    PHRASES_READ.get_or_init(|| {
        // a test reads the file; without it all stays English
        let all = toml::from_str(PHRASES).map_or_else(|_| Vec::new(), |file: File| file.phrase);
        let (mut gapped, whole): (Vec<Phrase>, Vec<Phrase>) =
            all.into_iter().partition(|phrase| phrase.en.contains("{}"));
        gapped.sort_by_key(|phrase| std::cmp::Reverse(phrase.en.len()));
        Phrases { whole: whole.into_iter().map(|phrase| (phrase.en.clone(), phrase)).collect(), gapped }
    })
}

impl ChartLanguage {
    /// A text of a chart in this language: sentence by sentence where each is known, else as a whole, else what is known of it.
    pub fn say(self, text: &str) -> String {
        if self == ChartLanguage::En {
            return text.to_string();
        }
        // a gap must not swallow the next sentence, but a name in it may have a full stop
        let sentences = sentences(text);
        let said: Vec<Option<String>> = sentences.iter().map(|sentence| self.phrase(sentence)).collect();
        let is_whole = said.iter().all(Option::is_some);
        if let Some(whole) = self.phrase(text).filter(|_| !is_whole) {
            return whole;
        }
        let said = said.into_iter().zip(sentences).map(|(said, sentence)| said.unwrap_or_else(|| sentence.to_string()));
        said.collect::<Vec<_>>().join(" ")
    }

    fn phrase(self, text: &str) -> Option<String> {
        let phrases = phrases();
        if let Some(phrase) = phrases.whole.get(text) {
            return Some(phrase.of(self).to_string());
        }
        phrases.gapped.iter().find_map(|phrase| {
            let pieces = gaps(&phrase.en, text)?;
            let mut said = phrase.of(self).to_string();
            for (place, piece) in pieces.iter().enumerate() {
                let piece = phrases.whole.get(*piece).map_or(*piece, |known| known.of(self));
                said = said.replace(&format!("{{{place}}}"), piece);
            }
            Some(said)
        })
    }
}

/// What stands in the gaps of a phrase, where the text is one of this phrase.
fn gaps<'t>(phrase: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let mut parts = phrase.split("{}");
    let mut rest = text.strip_prefix(parts.next()?)?;
    let mut pieces = Vec::new();
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        // the last part is the end of the text
        let at = if parts.peek().is_none() { rest.strip_suffix(part).map(str::len) } else { rest.find(part) }?;
        pieces.push(&rest[..at]);
        rest = &rest[at + part.len()..];
    }
    Some(pieces)
}

/// The sentences of a text, without the spaces between them.
fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(". ") {
        let next = text[at + 2..].chars().next();
        if next.is_some_and(|c| !c.is_lowercase()) {
            found.push(&text[start..=at]);
            start = at + 2;
        }
    }
    found.push(&text[start..]);
    found
}
