//! Cue words: which type begins or is a cue of which class.
//!
//! In: the cue lexicon of one language. Out: a bit mask of classes for each type of a shard, and the phrases among them.
//! Invariant: a class that the rules do not know is a problem, never silently dropped; the order of entries decides nothing.
//! It deliberately knows no grammar: the rules do.

pub(super) mod class;

pub use class::NAMES;

use crate::error::{Place, Problem, Result};
use crate::text::{Language, fold_phrase, spelling};
use crate::tokenise::TypeId;
use hashbrown::HashMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The words of one class of cue, as a lexicon file lists them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CueEntry {
    /// One of [`NAMES`].
    pub class: String,
    /// Folded words, phrases, and endings written `*ing`.
    pub words: Vec<String>,
    /// Where the class stands.
    pub place: Place,
}

/// The cue words of one language.
#[derive(Clone, Debug, Default)]
pub struct Cues {
    /// Classes of a word; [`class::PHRASE`] and [`class::LATER`] where it is the first or a later word of a phrase.
    words: HashMap<String, u64>,
    endings: Vec<(String, u64)>,
    phrases: BTreeMap<String, Vec<Phrase>>,
}

#[derive(Clone, Debug)]
struct Phrase {
    rest: Vec<String>,
    classes: u64,
}

/// [`Cues`] in the numbers of one vocabulary.
#[derive(Clone, Debug, Default)]
pub struct TypeCues {
    masks: Vec<u64>,
    /// By first word, the longest first.
    phrases: BTreeMap<TypeId, Vec<(Vec<TypeId>, u64)>>,
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    frame: Vec<FileFrame>,
}

#[derive(Deserialize)]
struct FileFrame {
    name: String,
    #[serde(default)]
    terms: Vec<String>,
}

const SHIPPED: &[(Language, &str, &str)] = &[
    (Language::ENGLISH, "lexicons/context/en.toml", include_str!("../../lexicons/context/en.toml")),
    (Language::RUSSIAN, "lexicons/context/ru.toml", include_str!("../../lexicons/context/ru.toml")),
    (Language::ITALIAN, "lexicons/context/it.toml", include_str!("../../lexicons/context/it.toml")),
    (Language::SPANISH, "lexicons/context/es.toml", include_str!("../../lexicons/context/es.toml")),
    (Language::FRENCH, "lexicons/context/fr.toml", include_str!("../../lexicons/context/fr.toml")),
    (Language::POLISH, "lexicons/context/pl.toml", include_str!("../../lexicons/context/pl.toml")),
    (Language::UKRAINIAN, "lexicons/context/uk.toml", include_str!("../../lexicons/context/uk.toml")),
];

/// What kind of word a word is, whatever it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum WordKind {
    /// It says what a text is about.
    Other,
    /// An article, a preposition, a pronoun, an auxiliary and the like.
    Function,
    /// A verb that brings in what somebody says.
    Reporting,
    /// A form of address, a day or a month, a word of the page around the news: what a desk's rules decide.
    HouseStyle,
}

impl WordKind {
    /// As tables write it.
    pub fn name(self) -> &'static str {
        match self {
            WordKind::Other => "word",
            WordKind::Function => "function word",
            WordKind::Reporting => "reporting verb",
            WordKind::HouseStyle => "house style",
        }
    }
}

impl Cues {
    /// The cues that come with the program, or `None` for a language without any: its voices rest on quotation marks alone.
    pub fn shipped(language: Language) -> Option<Result<Cues>> {
        Some(Cues::shipped_entries(language)?.and_then(|entries| Cues::new(&entries)))
    }

    /// True where they find reported speech. Those of a language of which only speech after a dash is known, and words that name a
    /// source, do not.
    pub fn find_reported_speech(&self) -> bool {
        self.words.values().any(|classes| classes & class::SAY != 0)
            || self.phrases.values().flatten().any(|phrase| phrase.classes & class::SAY != 0)
    }

    /// Everything that decides what these cues do, in an order of its own: for the key of what is kept.
    pub fn key_text(&self) -> String {
        let words: BTreeMap<&String, &u64> = self.words.iter().collect();
        format!("{words:?} {:?} {:?}", self.endings, self.phrases)
    }

    /// The entries behind [`Cues::shipped`], to be added to.
    pub fn shipped_entries(language: Language) -> Option<Result<Vec<CueEntry>>> {
        let (_, file, text) = SHIPPED.iter().find(|(of, _, _)| *of == language)?;
        Some(read(text, file))
    }

    /// The languages that [`Cues::shipped`] has cues for.
    pub fn languages() -> impl Iterator<Item = Language> {
        SHIPPED.iter().map(|(language, _, _)| *language)
    }

    /// What kind of word a folded word of running text is.
    pub fn kind(&self, word: &str) -> WordKind {
        use class::*;
        let classes = self.words.get(word).copied().unwrap_or(0);
        let function = FUNCTION_WORD
            | DETERMINER
            | PREPOSITION
            | SUBORDINATOR
            | COORDINATOR
            | RELATIVE
            | THAT
            | PRONOUN
            | AUXILIARY
            | BE;
        let reporting = SAY | SAY_AFTER | SAY_INVERTED | TELL | SAY_WEAK;
        match classes {
            of if of & HOUSE_STYLE != 0 => WordKind::HouseStyle,
            of if of & function != 0 => WordKind::Function,
            of if of & reporting != 0 => WordKind::Reporting,
            _ => WordKind::Other,
        }
    }

    /// A folded word that joins two clauses, such as *and*, *because* or *who*, and is no preposition.
    pub fn joins_clauses(&self, word: &str) -> bool {
        use class::*;
        let classes = self.words.get(word).copied().unwrap_or(0);
        classes & (COORDINATOR | SUBORDINATOR | RELATIVE) != 0 && classes & PREPOSITION == 0
    }

    /// From the entries of one language's cue lexicons.
    pub fn new(entries: &[CueEntry]) -> Result<Cues> {
        let mut cues = Cues::default();
        let mut problems = Vec::new();
        for entry in entries {
            let Some(bit) = NAMES.iter().position(|name| *name == entry.class) else {
                problems.push(unknown(entry));
                continue;
            };
            for word in &entry.words {
                cues.add(&fold_phrase(word, Language::UNKNOWN), 1 << bit);
            }
        }
        if problems.is_empty() { Ok(cues) } else { Err(problems.into()) }
    }

    fn add(&mut self, word: &str, class: u64) {
        if let Some(ending) = word.strip_prefix('*') {
            self.endings.push((ending.to_string(), class));
            return;
        }
        let mut words = word.split([' ', '-']).filter(|w| !w.is_empty()).map(str::to_string);
        let Some(first) = words.next() else { return };
        let rest: Vec<String> = words.collect();
        if rest.is_empty() {
            *self.words.entry(first).or_default() |= class;
            return;
        }
        *self.words.entry(first.clone()).or_default() |= class::PHRASE;
        for later in &rest {
            *self.words.entry(later.clone()).or_default() |= class::LATER;
        }
        self.phrases.entry(first).or_default().push(Phrase { rest, classes: class });
    }

    /// In the numbers of a vocabulary: each type of this language with its number.
    pub fn compile<'a>(&self, types: impl Iterator<Item = (TypeId, &'a str)>) -> TypeCues {
        let mut compiled = TypeCues::default();
        let mut numbers: HashMap<&str, TypeId> = HashMap::new();
        for phrase in self.phrases.values().flatten() {
            numbers.extend(phrase.rest.iter().map(|word| (word.as_str(), TypeId::MAX)));
        }
        let mut begins = Vec::new();
        for (id, folded) in types {
            let mask = self.mask(folded);
            if mask == 0 {
                continue;
            }
            if compiled.masks.len() <= id as usize {
                compiled.masks.resize(id as usize + 1, 0);
            }
            compiled.masks[id as usize] = mask;
            if mask & class::PHRASE != 0
                && let Some(phrases) = self.phrases.get(&*spelling(folded))
            {
                begins.push((id, phrases));
            }
            if mask & class::LATER != 0
                && let Some(number) = numbers.get_mut(&*spelling(folded))
            {
                *number = id;
            }
        }
        for (id, phrases) in begins {
            let mut classes_of: BTreeMap<Vec<TypeId>, u64> = BTreeMap::new();
            for phrase in phrases {
                let rest: Vec<TypeId> = phrase.rest.iter().map(|word| numbers[word.as_str()]).collect();
                if !rest.contains(&TypeId::MAX) {
                    *classes_of.entry(rest).or_default() |= phrase.classes;
                }
            }
            let mut classes_of: Vec<_> = classes_of.into_iter().collect();
            classes_of.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
            compiled.phrases.insert(id, classes_of);
        }
        compiled
    }

    fn mask(&self, folded: &str) -> u64 {
        let folded: &str = &spelling(folded);
        let mut mask = self.words.get(folded).copied().unwrap_or(0);
        for (ending, class) in &self.endings {
            if folded.len() > ending.len() + 1 && folded.ends_with(ending.as_str()) {
                mask |= class;
            }
        }
        mask
    }
}

impl TypeCues {
    /// Writes the classes of each token: those of its type, and those of the phrases it begins; and which tokens have one of `wanted`.
    pub(super) fn masks_of(&self, types: &[TypeId], wanted: u64, masks: &mut Vec<u64>, found: &mut Vec<u32>) {
        masks.clear();
        masks.resize(types.len(), 0);
        // Every number is written and only the wanted ones are kept: no branch that nothing foretells.
        found.clear();
        found.resize(types.len() + 1, 0);
        let mut kept = 0;
        for (i, (mask, &id)) in masks.iter_mut().zip(types).enumerate() {
            *mask = self.masks.get(id as usize).copied().unwrap_or(0);
            found[kept] = i as u32;
            kept += usize::from(*mask & (wanted | class::PHRASE) != 0);
        }
        found.truncate(kept);
        found.retain(|&i| {
            let i = i as usize;
            if masks[i] & class::PHRASE != 0 && masks.get(i + 1).is_some_and(|next| next & class::LATER != 0) {
                self.phrase_at(types, i, masks);
            }
            masks[i] & wanted != 0
        });
    }

    fn phrase_at(&self, types: &[TypeId], at: usize, masks: &mut [u64]) {
        let Some(phrases) = self.phrases.get(&types[at]) else { return };
        for (rest, classes) in phrases {
            if types[at + 1..].starts_with(rest) {
                masks[at] |= classes;
                for mask in &mut masks[at + 1..=at + rest.len()] {
                    *mask |= class::INSIDE;
                }
                return;
            }
        }
    }
}

/// The entries of a cue lexicon file.
pub fn read(text: &str, file: &str) -> Result<Vec<CueEntry>> {
    let parsed: File = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let line = text[..at].matches('\n').count() as u32 + 1;
        Problem::error("cues-unreadable", Place::line(file, line), error.message())
    })?;
    let entry = |frame: FileFrame| CueEntry { class: frame.name, words: frame.terms, place: Place::file(file) };
    Ok(parsed.frame.into_iter().map(entry).collect())
}

fn unknown(entry: &CueEntry) -> Problem {
    let near = crate::error::did_you_mean(&entry.class, NAMES.iter().copied());
    let problem = Problem::error("cue-class-unknown", entry.place.clone(), format!("class `{}`", entry.class))
        .expected(format!("one of {}", NAMES.join(", ")));
    match near {
        Some(name) => problem.hint(format!("did you mean `{name}`?")),
        None => problem,
    }
}
