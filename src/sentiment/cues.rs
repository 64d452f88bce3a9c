//! Cue words of sentiment: what turns, raises or lowers an evaluative word, and who speaks.
//!
//! In: cue lexicons, by language. Out: the classes of any token of a shard.
//! Invariant: a class that no rule knows is a problem, never silently dropped; the order of terms decides nothing.
//! It deliberately knows no grammar and no figure: `weigh` and `toward` do.

use crate::error::{Place, Problem, Result};
use crate::index::Types;
use crate::text::{Language, spelling};
use crate::tokenise::TypeId;
use crate::voice::{CueEntry, read_cues};
use std::collections::{BTreeMap, HashMap};

/// The classes, one bit each.
pub(super) const NEGATION: u8 = 1;
pub(super) const INTENSIFIER: u8 = 1 << 1;
pub(super) const DIMINISHER: u8 = 1 << 2;
pub(super) const SAYING: u8 = 1 << 3;
/// A phrase that begins with a negation and denies nothing: *not only*.
pub(super) const AFFIRMATION: u8 = 1 << 4;

/// Names in cue files; the position is the bit.
const NAMES: [&str; 5] = ["negation", "intensifier", "diminisher", "saying", "affirmation"];

const SHIPPED: [(Language, &str, &str); 3] = [
    (Language::ENGLISH, "lexicons/sentiment/cues-en.toml", include_str!("../../lexicons/sentiment/cues-en.toml")),
    (Language::RUSSIAN, "lexicons/sentiment/cues-ru.toml", include_str!("../../lexicons/sentiment/cues-ru.toml")),
    (Language::ITALIAN, "lexicons/sentiment/cues-it.toml", include_str!("../../lexicons/sentiment/cues-it.toml")),
];

/// The cue words of one language.
#[derive(Clone, Debug, Default)]
pub struct Cues {
    words: BTreeMap<String, u8>,
    endings: Vec<(String, u8)>,
    /// Words of a phrase, the last one first: a phrase is found at its end.
    phrases: Vec<(Vec<String>, u8)>,
}

impl Cues {
    /// The cues that come with the program.
    pub fn shipped() -> Result<BTreeMap<Language, Cues>> {
        let read = |(language, file, text): (Language, &str, &str)| Ok((language, Cues::new(&read_cues(text, file)?)?));
        SHIPPED.into_iter().map(read).collect()
    }

    /// From the entries of one language's cue lexicon.
    pub fn new(entries: &[CueEntry]) -> Result<Cues> {
        let mut cues = Cues::default();
        let mut problems = Vec::new();
        for entry in entries {
            match NAMES.iter().position(|name| *name == entry.class) {
                Some(bit) => entry.words.iter().for_each(|word| cues.add(&spelling(&word.to_lowercase()), 1 << bit)),
                None => problems.push(unknown(&entry.class, entry.place.clone())),
            }
        }
        if problems.is_empty() { Ok(cues) } else { Err(problems.into()) }
    }

    fn add(&mut self, term: &str, class: u8) {
        if let Some(ending) = term.strip_prefix('*') {
            self.endings.push((ending.to_string(), class));
            return;
        }
        let mut words: Vec<String> =
            term.split([' ', '-']).filter(|word| !word.is_empty()).map(str::to_string).collect();
        match words.len() {
            0 => {}
            1 => *self.words.entry(words.remove(0)).or_default() |= class,
            _ => {
                words.reverse();
                self.phrases.push((words, class));
            }
        }
    }

    fn class(&self, folded: &str) -> u8 {
        let folded: &str = &spelling(folded);
        let ending = |(ending, class): &(String, u8)| if folded.ends_with(ending.as_str()) { *class } else { 0 };
        self.endings.iter().map(ending).fold(self.words.get(folded).copied().unwrap_or(0), |all, one| all | one)
    }
}

/// [`Cues`] of every language in the numbers of one shard.
#[derive(Clone, Debug, Default)]
pub struct TypeCues {
    classes: Vec<u8>,
    phrases: HashMap<TypeId, Vec<(Vec<TypeId>, u8)>>,
}

impl TypeCues {
    /// In the numbers of a shard: each type by the cues of its own language; where the language is not known, as in a text of a few
    /// words, by those of all.
    pub fn compile(cues: &BTreeMap<Language, Cues>, types: Types<'_>) -> TypeCues {
        let mut compiled = TypeCues { classes: vec![0; types.len()], phrases: HashMap::new() };
        for (&language, cues) in cues {
            let mut numbers: HashMap<(Language, &str), TypeId> = HashMap::new();
            for word in cues.phrases.iter().flat_map(|(words, _)| words) {
                numbers.insert((language, word), TypeId::MAX);
                numbers.insert((Language::UNKNOWN, word), TypeId::MAX);
            }
            for (id, folded) in types.iter() {
                let own = types.language(id);
                if own != language && own != Language::UNKNOWN {
                    continue;
                }
                compiled.classes[id as usize] |= cues.class(folded);
                if let Some(number) = numbers.get_mut(&(own, folded)) {
                    *number = id;
                }
            }
            for own in [language, Language::UNKNOWN] {
                for (words, class) in &cues.phrases {
                    let ids: Vec<TypeId> = words.iter().map(|word| numbers[&(own, word.as_str())]).collect();
                    if !ids.contains(&TypeId::MAX) {
                        compiled.phrases.entry(ids[0]).or_default().push((ids[1..].to_vec(), *class));
                    }
                }
            }
        }
        compiled
    }

    /// The classes of the token, and of the phrases that end at it.
    pub(super) fn at(&self, types: &[TypeId], token: usize) -> u8 {
        let Some(&id) = types.get(token) else { return 0 };
        let own = self.classes.get(id as usize).copied().unwrap_or(0);
        let Some(phrases) = self.phrases.get(&id) else { return own };
        let ends = |(before, _): &&(Vec<TypeId>, u8)| {
            before.len() <= token && before.iter().zip(types[..token].iter().rev()).all(|(a, b)| a == b)
        };
        phrases.iter().filter(ends).fold(own, |all, (_, class)| all | class)
    }
}

fn unknown(class: &str, place: Place) -> Problem {
    let problem = Problem::error("cue-class-unknown", place, format!("class `{class}`"));
    let problem = problem.expected(format!("one of {}", NAMES.join(", ")));
    match crate::error::did_you_mean(class, NAMES) {
        Some(name) => problem.hint(format!("did you mean `{name}`?")),
        None => problem,
    }
}
