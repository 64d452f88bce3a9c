//! What kind of word a key word is: a word of the content, a function word, a reporting verb, house style.
//!
//! In: the languages of the corpus. Out: the kind of any word.
//! Invariant: the words stand in the cue lexicons of the languages, none in code; in a corpus of several languages a word that is a word
//! of the content in one of them with cues is that.
//! It deliberately leaves no word out: tables and page list all, and say of what kind each is.

use crate::error::Result;
use crate::text::Language;
use crate::voice::{Cues, WordKind};

/// The cues of the languages of a corpus.
pub(in crate::estimates) struct Kinds {
    of: Vec<Cues>,
}

impl Kinds {
    /// Of these languages; those without cues say nothing.
    pub(in crate::estimates) fn of(languages: &[Language]) -> Result<Kinds> {
        let shipped = languages.iter().filter_map(|language| Cues::shipped(*language));
        Ok(Kinds { of: shipped.collect::<Result<Vec<Cues>>>()? })
    }

    /// The kind of a folded word: what every language that has cues says of it, or a word of the content.
    pub(in crate::estimates) fn kind(&self, word: &str) -> WordKind {
        self.of.iter().map(|cues| cues.kind(word)).min().unwrap_or(WordKind::Other)
    }
}
