//! The types of a shard, found by folded form, by stem and by wildcard.
//!
//! In: a vocabulary and a word of a pattern. Out: the types that the word means, ascending.
//! Invariant: the same answer whatever the order in which articles came.
//! It deliberately looks at types only, never at tokens.

use crate::lexicon::{MatchMode, Word};
use crate::stem::{StemId, Stems};
use crate::text::Language;
use crate::tokenise::{TypeId, Vocabulary};

/// Types of a shard in two orders, language by language.
pub struct Types {
    languages: Vec<OfLanguage>,
}

struct OfLanguage {
    language: Language,
    /// By folded form.
    by_text: Vec<TypeId>,
    /// By stem in that language.
    by_stem: Vec<(StemId, TypeId)>,
}

impl Types {
    /// Puts the types of a vocabulary in order.
    pub fn of(vocabulary: &Vocabulary, stems: &mut Stems) -> Types {
        let languages = vocabulary.languages().iter().map(|&language| {
            let ids = || (0..vocabulary.len() as TypeId).filter(|&id| vocabulary.language(id) == language);
            let mut by_text: Vec<(u64, TypeId)> = ids().map(|id| (head(vocabulary.folded(id)), id)).collect();
            by_text.sort_unstable_by(|a, b| {
                a.0.cmp(&b.0).then_with(|| vocabulary.folded(a.1).cmp(vocabulary.folded(b.1)))
            });
            let mut by_stem: Vec<_> = ids().map(|id| (stems.stem(vocabulary.folded(id), language), id)).collect();
            by_stem.sort_unstable();
            OfLanguage { language, by_text: by_text.into_iter().map(|(_, id)| id).collect(), by_stem }
        });
        Types { languages: languages.collect() }
    }

    /// The types that `word` of a lexicon in `language` means (`None` = a lexicon for every language).
    ///
    /// A lexicon in one language is looked up in articles of that language and in articles whose language is not known.
    pub fn find(
        &self,
        word: &Word,
        language: Option<Language>,
        vocabulary: &Vocabulary,
        stems: &mut Stems,
    ) -> Vec<TypeId> {
        let mut found = Vec::new();
        for types in &self.languages {
            match language {
                Some(wanted) if wanted != types.language && types.language != Language::UNKNOWN => {}
                _ => types.find(word, language.unwrap_or(types.language), vocabulary, stems, &mut found),
            }
        }
        found.sort_unstable();
        found
    }
}

impl OfLanguage {
    fn find(
        &self,
        word: &Word,
        stemmed_as: Language,
        vocabulary: &Vocabulary,
        stems: &mut Stems,
        found: &mut Vec<TypeId>,
    ) {
        if word.is_wildcard() {
            let pattern = crate::text::fold_pattern(&word.text);
            let literal = pattern.find(['*', '?']).unwrap_or(pattern.len());
            let first = self.by_text.partition_point(|&id| vocabulary.folded(id) < &pattern[..literal]);
            let candidates = self.by_text[first..].iter();
            let candidates = candidates.take_while(|&&id| vocabulary.folded(id).starts_with(&pattern[..literal]));
            found.extend(candidates.filter(|&&id| wildcard(&pattern[literal..], &vocabulary.folded(id)[literal..])));
            return;
        }
        let folded = crate::text::fold(&word.text, self.language);
        match word.mode {
            MatchMode::Exact | MatchMode::Case => found.extend(vocabulary.find(&folded, self.language)),
            MatchMode::Stem if stemmed_as == self.language => {
                let stem = stems.stem(&folded, stemmed_as);
                let first = self.by_stem.partition_point(|&(id, _)| id < stem);
                let same = self.by_stem[first..].iter().take_while(|&&(id, _)| id == stem).map(|&(_, id)| id);
                found.extend(same.filter(|&id| agrees(&folded, vocabulary.folded(id), stemmed_as)));
            }
            MatchMode::Stem => {
                // articles of no known language take the lexicon's stemmer
                let stem = stems.stem(&folded, stemmed_as);
                let same = |&id: &TypeId| {
                    let word = vocabulary.folded(id);
                    stems.stem(word, stemmed_as) == stem && agrees(&folded, word, stemmed_as)
                };
                found.extend(self.by_text.iter().copied().filter(same));
            }
        }
    }
}

/// True unless one of two words with the same stem is an agent noun in -er and the other is not.
///
/// Snowball keeps *rioter* from *riot* and *terrorist* from *terror*, but gives *occupier* and *occupy* one stem. A name for people is
/// not a name for what they do, so here too the one does not find the other.
pub fn agrees(a: &str, b: &str, language: Language) -> bool {
    let in_er = |word: &str| ["er", "ers", "ered", "ering"].iter().any(|ending| word.ends_with(ending));
    language != Language::ENGLISH || in_er(a) == in_er(b)
}

/// The first eight bytes as a number that sorts as they do.
fn head(text: &str) -> u64 {
    let mut bytes = [0; 8];
    let len = text.len().min(8);
    bytes[..len].copy_from_slice(&text.as_bytes()[..len]);
    u64::from_be_bytes(bytes)
}

/// True where `*` (any rest) and `?` (one character) make `pattern` equal `text`.
pub fn wildcard(pattern: &str, text: &str) -> bool {
    let (mut pattern, mut text) = (pattern.chars(), text.chars());
    // where to go on after the last `*`, should what follows it not fit
    let mut retry = None;
    loop {
        let fits = match pattern.next() {
            Some('*') => {
                retry = Some((pattern.clone(), text.clone()));
                true
            }
            Some(expected) => text.next().is_some_and(|found| expected == '?' || expected == found),
            None if text.as_str().is_empty() => return true,
            None => false,
        };
        if !fits {
            let Some((after_star, rest)) = retry.as_mut() else { return false };
            if rest.next().is_none() {
                return false;
            }
            (pattern, text) = (after_star.clone(), rest.clone());
        }
    }
}
