//! The stem of a word, in its own language.
//!
//! In: folded words. Out: stems, or hashes of them. Addresses, tags and handles are their own stems.
//! Invariant: a (language, word) is stemmed once in the life of a [`Stems`], however many shards hold it.
//! It deliberately has no stemmer of its own: rust-stemmers 1.2 is Snowball as of its 2.x lists (newer Snowball differs on a
//! few words such as *organizations*). A language without a stemmer keeps the folded word.

use crate::text::Language;
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;

/// Stems found so far.
#[derive(Default)]
pub struct Stems {
    languages: Vec<(Language, OfLanguage)>,
}

struct OfLanguage {
    stemmer: Option<Stemmer>,
    /// The hash of the stem of each word.
    of_word: HashMap<Box<str>, u64, FixedState>,
}

impl Stems {
    /// A number that the stem of a folded word has on every machine, in every run.
    pub fn hash(&mut self, folded: &str, language: Language) -> u64 {
        let index = self.language(language);
        let found = &mut self.languages[index].1;
        if let Some(&hash) = found.of_word.get(folded) {
            return hash;
        }
        let stem = stem_with(found.stemmer.as_ref(), folded, language);
        let hash = xxhash_rust::xxh3::xxh3_64(stem.as_bytes());
        found.of_word.insert(folded.into(), hash);
        hash
    }

    fn language(&mut self, language: Language) -> usize {
        if let Some(found) = self.languages.iter().position(|(known, _)| *known == language) {
            return found;
        }
        let stemmer = algorithm(language).map(Stemmer::create);
        let entry = OfLanguage { stemmer, of_word: HashMap::with_hasher(FixedState::with_seed(0)) };
        self.languages.push((language, entry));
        self.languages.len() - 1
    }
}

/// The stem as text, for reports.
pub fn stem(folded: &str, language: Language) -> String {
    stem_with(algorithm(language).map(Stemmer::create).as_ref(), folded, language).into_owned()
}

fn stem_with<'a>(stemmer: Option<&Stemmer>, folded: &'a str, language: Language) -> Cow<'a, str> {
    match stemmer {
        None => Cow::Borrowed(folded),
        // an address has no inflection
        Some(_) if folded.contains(['#', '@', '/']) => Cow::Borrowed(folded),
        // Snowball's Russian expects е where a text may write ё
        Some(stemmer) if language == Language::RUSSIAN && folded.contains('ё') => {
            Cow::Owned(stemmer.stem(&folded.replace('ё', "е")).into_owned())
        }
        Some(stemmer) => stemmer.stem(folded),
    }
}

fn algorithm(language: Language) -> Option<Algorithm> {
    Some(match language.code() {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nl" => Algorithm::Dutch,
        "no" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}
