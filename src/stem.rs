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
    languages: Vec<(Language, LanguageStems)>,
}

struct LanguageStems {
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
        if let Some(found) = self.languages.iter().position(|(other, _)| *other == language) {
            return found;
        }
        let stemmer = algorithm(language).map(Stemmer::create);
        let entry = LanguageStems { stemmer, of_word: HashMap::with_hasher(FixedState::with_seed(0)) };
        self.languages.push((language, entry));
        self.languages.len() - 1
    }
}

/// True for a language whose words are stemmed; those of others match as they are written.
pub fn is_stemmed(language: Language) -> bool {
    algorithm(language).is_some()
}

/// The stem as text, for reports.
pub fn stem(folded: &str, language: Language) -> String {
    stem_with(algorithm(language).map(Stemmer::create).as_ref(), folded, language).into_owned()
}

/// Endings of Russian cases behind a consonant, and in place of й.
const CASES: [&[&str]; 2] =
    [&["а", "у", "ом", "е", "ы", "и", "ов", "ам", "ами", "ах"], &["я", "ю", "ем", "е", "и", "ев", "ям", "ями", "ях"]];

/// Words that are a word in another case, though their stems differ.
///
/// Snowball takes the end of some Russian nouns for an ending: it stems *бандит* to *банд* (as if it were a verb), and *бандита* to
/// *бандит*; so it does with *режим*, *генерал*, *еврей*. So the stem of *бандита* says that it is *бандит* in another case.
pub(crate) fn other_cases(folded: &str, language: Language) -> Vec<String> {
    if language != Language::RUSSIAN {
        return Vec::new();
    }
    let own = stem(folded, language);
    let mut found = Vec::new();
    if let Some((base, endings)) = nominative(folded, &own) {
        let forms = endings.iter().map(|ending| format!("{base}{ending}"));
        found.extend(forms.filter(|form| stem(form, language) == base.replace('ё', "е")));
    }
    for noun in [own.clone(), format!("{own}й")] {
        let is_form = nominative(&noun, &stem(&noun, language))
            .is_some_and(|(base, endings)| endings.iter().any(|ending| folded.strip_prefix(base) == Some(*ending)));
        found.extend(is_form.then_some(noun));
    }
    found
}

/// What cases are added to, and their endings, of a word that may be a noun in the nominative whose end was taken for an ending.
fn nominative<'a>(word: &'a str, stem: &str) -> Option<(&'a str, &'static [&'static str])> {
    const SHORTEST: usize = 4;
    let is_cut = word.replace('ё', "е") != stem && word.chars().count() >= SHORTEST;
    if !is_cut || word.ends_with(|c: char| "аеёиоуыэюяьъ".contains(c)) {
        return None;
    }
    match word.strip_suffix('й') {
        None => Some((word, CASES[0])),
        // *герой* loses two letters; of *случай* and *урожай* all cases have one stem
        Some(base) => {
            (base.ends_with(['е', 'о']) && base.chars().count() >= SHORTEST && stem != base).then_some((base, CASES[1]))
        }
    }
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
