//! The types of a shard, found by folded form, by stem and by wildcard.
//!
//! In: a vocabulary, and words of patterns. Out: the types that a word means, ascending.
//! Invariant: types are numbered by language and folded form, so a number depends on nothing but the words of the shard; the same
//! answer comes whatever the order in which articles came.
//! It deliberately looks at types only, never at tokens. Stems are kept as 32 bits of a hash, and every type so found is
//! stemmed again, so a collision finds nothing.

use crate::lexicon::{MatchMode, Word};
use crate::stem::{self, Stems};
use crate::text::{Fold, Folding, Language, fold, fold_pattern};
use crate::tokenise::{TypeId, Vocabulary, is_address};

/// The types of one language are those up to `end`.
#[derive(Clone, Copy, Debug)]
pub(super) struct LanguageTypes {
    pub language: Language,
    pub end: u32,
}

/// The types of a shard, in columns.
pub struct TypeColumns {
    pub(super) languages: Vec<LanguageTypes>,
    pub(super) arena: Vec<u8>,
    pub(super) ends: Vec<u32>,
    /// Of each language: hash of the stem, type; ascending.
    pub(super) stems: Vec<[u32; 2]>,
    pub(super) fold: Fold,
}

impl TypeColumns {
    /// Puts the types of a vocabulary in order; gives back the new number of each.
    pub fn of(vocabulary: &Vocabulary, stems: &mut Stems) -> (TypeColumns, Vec<TypeId>) {
        let mut place = vec![0; vocabulary.len()];
        let mut columns = TypeColumns {
            languages: Vec::new(),
            arena: Vec::new(),
            ends: Vec::new(),
            stems: Vec::new(),
            fold: vocabulary.fold(),
        };
        let mut languages = vocabulary.languages().to_vec();
        languages.sort_unstable();
        for language in languages {
            let ids = (0..vocabulary.len() as TypeId).filter(|&id| vocabulary.language(id) == language);
            let mut order: Vec<(u64, TypeId)> = ids.map(|id| (head(vocabulary.folded(id)), id)).collect();
            order.sort_unstable_by(|a, b| {
                a.0.cmp(&b.0).then_with(|| vocabulary.folded(a.1).cmp(vocabulary.folded(b.1)))
            });
            let first = columns.stems.len();
            for (_, old) in order {
                let folded = vocabulary.folded(old);
                let new = columns.ends.len() as TypeId;
                place[old as usize] = new;
                columns.arena.extend_from_slice(folded.as_bytes());
                columns.ends.push(columns.arena.len() as u32);
                columns.stems.push([stems.hash(folded, language) as u32, new]);
            }
            columns.stems[first..].sort_unstable();
            columns.languages.push(LanguageTypes { language, end: columns.ends.len() as u32 });
        }
        (columns, place)
    }

    /// To look words up in.
    pub fn view(&self) -> Types<'_> {
        Types { languages: &self.languages, arena: &self.arena, ends: &self.ends, stems: &self.stems, fold: self.fold }
    }
}

/// The types of a shard.
#[derive(Clone, Copy)]
pub struct Types<'a> {
    pub(super) languages: &'a [LanguageTypes],
    pub(super) arena: &'a [u8],
    pub(super) ends: &'a [u32],
    pub(super) stems: &'a [[u32; 2]],
    pub(super) fold: Fold,
}

impl<'a> Types<'a> {
    /// Number of types.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True where no word occurs.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Folded form of a type.
    pub fn folded(&self, id: TypeId) -> &'a str {
        std::str::from_utf8(self.bytes(id)).unwrap_or_default()
    }

    /// Language of a type.
    pub fn language(&self, id: TypeId) -> Language {
        let at = self.languages.partition_point(|of| of.end <= id);
        self.languages.get(at).map_or(Language::UNKNOWN, |of| of.language)
    }

    /// The languages that occur.
    pub fn languages(&self) -> impl Iterator<Item = Language> + 'a {
        self.languages.iter().map(|of| of.language)
    }

    /// 32 bits of the hash of its stem, and the number, of every type: those of each language by hash.
    pub fn stem_hashes(&self) -> impl Iterator<Item = (u32, TypeId)> + use<'a> {
        self.stems.iter().map(|&[hash, id]| (hash, id))
    }

    /// Every type of a language with its folded form, ascending.
    pub fn of_language(&self, language: Language) -> impl Iterator<Item = (TypeId, &'a str)> + use<'a> {
        let types = *self;
        let range = types.ranges().find(|(of, _)| *of == language).map_or(0..0, |(_, range)| range);
        range.map(move |id| (id, types.folded(id)))
    }

    /// Every type with its folded form, ascending.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &'a str)> + use<'a> {
        let types = *self;
        (0..types.len() as TypeId).map(move |id| (id, types.folded(id)))
    }

    /// The types that `word` of a lexicon in `language` means (`None` = a lexicon for every language).
    ///
    /// A lexicon in one language is looked up in articles of that language and in articles whose language is not known. A lexicon of no
    /// language does not say whether its i has a dot, so in languages with a dotless ı it is read both ways.
    pub fn find(&self, word: &Word, language: Option<Language>, stems: &mut Stems) -> Vec<TypeId> {
        let mut found = Vec::new();
        for (of, range) in self.ranges() {
            match language {
                Some(wanted) if wanted != of && of != Language::UNKNOWN => {}
                _ => {
                    self.find_in((of, range.clone()), word, language.unwrap_or(of), stems, &mut found);
                    if language.is_none() && of.has_dotless_i() && word.text.contains('i') {
                        for text in [word.text.replacen('i', "ı", 1), word.text.replace('i', "ı")] {
                            let word = Word { text, mode: word.mode };
                            self.find_in((of, range.clone()), &word, of, stems, &mut found);
                        }
                    }
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn find_in(
        &self,
        (language, range): (Language, std::ops::Range<u32>),
        word: &Word,
        stemmed_as: Language,
        stems: &mut Stems,
        found: &mut Vec<TypeId>,
    ) {
        let folding = Folding { language, fold: self.fold };
        if word.is_wildcard() {
            let pattern = fold_pattern(&word.text, folding);
            // a wildcard stands for a rest of a word: an address is found by a pattern that spells one, or by any word
            let any = pattern.trim_matches(['*', '?']).is_empty();
            let addresses = any || pattern.contains(['#', '@', '/', '.', ':']);
            let literal = pattern.find(['*', '?']).unwrap_or(pattern.len());
            let first = self.first(range.clone(), &pattern.as_bytes()[..literal]);
            let candidates =
                (first..range.end).take_while(|&id| self.bytes(id).starts_with(&pattern.as_bytes()[..literal]));
            let fits = |&id: &TypeId| {
                let folded = self.folded(id);
                wildcard(&pattern[literal..], &folded[literal..]) && (addresses || !is_address(folded))
            };
            found.extend(candidates.filter(fits));
            return;
        }
        let folded = fold(&word.text, folding);
        match word.mode {
            MatchMode::Exact | MatchMode::Case => found.extend(self.exact_in(range, &folded)),
            MatchMode::Stem => {
                let cases = stem::other_cases(&folded, stemmed_as);
                found.extend(cases.iter().filter_map(|form| self.exact_in(range.clone(), form)));
                let stem = stems.hash(&folded, stemmed_as);
                let mut same = |id: TypeId| {
                    let word = self.folded(id);
                    stems.hash(word, stemmed_as) == stem && agrees(&folded, word, stemmed_as)
                };
                if stemmed_as == language {
                    let of_language = self.stems.get(range.start as usize..range.end as usize).unwrap_or_default();
                    let first = of_language.partition_point(|&[hash, _]| hash < stem as u32);
                    let candidates = of_language[first..].iter().take_while(|&&[hash, _]| hash == stem as u32);
                    found.extend(candidates.map(|&[_, id]| id).filter(|&id| same(id)));
                } else {
                    // articles of no known language take the lexicon's stemmer
                    found.extend(range.filter(|&id| same(id)));
                }
            }
        }
    }

    /// The type of this language with this folded form.
    pub fn exact(&self, folded: &str, language: Language) -> Option<TypeId> {
        let (_, range) = self.ranges().find(|(of, _)| *of == language)?;
        self.exact_in(range, folded)
    }

    fn exact_in(&self, range: std::ops::Range<u32>, folded: &str) -> Option<TypeId> {
        let first = self.first(range.clone(), folded.as_bytes());
        (first < range.end && self.bytes(first) == folded.as_bytes()).then_some(first)
    }

    fn ranges(&self) -> impl Iterator<Item = (Language, std::ops::Range<u32>)> + use<'a> {
        let mut start = 0;
        self.languages.iter().map(move |of| (of.language, std::mem::replace(&mut start, of.end)..of.end))
    }

    /// How far the words are folded.
    pub fn fold(&self) -> Fold {
        self.fold
    }

    /// The first type of a range that does not stand before `folded`.
    fn first(&self, range: std::ops::Range<u32>, folded: &[u8]) -> TypeId {
        let (mut low, mut high) = (range.start, range.end);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.bytes(middle) < folded { low = middle + 1 } else { high = middle }
        }
        low
    }

    fn bytes(&self, id: TypeId) -> &'a [u8] {
        let start = (id as usize).checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(id as usize).copied().unwrap_or(0);
        self.arena.get(start as usize..end as usize).unwrap_or_default()
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
