//! What kind of word a key word is: a word of the content, a function word, a reporting verb, house style.
//!
//! In: the languages of the corpus. Out: the kind of any word.
//! Invariant: the words stand in the cue lexicons of the languages, none in code; a word is what its own language says. Where its language
//! is not known, or has no cues, a word of the content in one of the others is that.
//! It deliberately leaves no word out: tables and page list all, and say of what kind each is.

use crate::error::Result;
use crate::text::Language;
use crate::voice::{Cues, WordKind};

/// The cues of the languages of a corpus.
pub(in crate::estimates) struct Kinds {
    of: Vec<(Language, Cues)>,
}

impl Kinds {
    /// Of these languages; those without cues say nothing.
    pub(in crate::estimates) fn of(languages: &[Language]) -> Result<Kinds> {
        let shipped = languages.iter().filter_map(|&language| Some((language, Cues::shipped(language)?)));
        Ok(Kinds { of: shipped.map(|(language, cues)| Ok((language, cues?))).collect::<Result<_>>()? })
    }

    /// The kind of a folded word of no known language: what every language that has cues says of it, or a word of the content.
    pub(in crate::estimates) fn kind(&self, word: &str) -> WordKind {
        self.of.iter().map(|(_, cues)| cues.kind(word)).min().unwrap_or(WordKind::Other)
    }

    /// The kind of a folded word of this language.
    pub(in crate::estimates) fn kind_in(&self, language: Language, word: &str) -> WordKind {
        let own = self.of.iter().find(|(other, _)| *other == language);
        own.map_or_else(|| self.kind(word), |(_, cues)| cues.kind(word))
    }
}
