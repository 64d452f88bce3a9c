//! Which phrases another can cover, found without comparing every pair.
//!
//! In: the phrases of a frame. Out: for a phrase, the few that it may cover.
//! Invariant: whatever a phrase covers is among its candidates.
//! It deliberately decides nothing: `check` compares.
//!
//! A phrase covers only phrases of as many words, word for word. So the word of it that fewest others could satisfy is looked up:
//! a stem among stems, a word among words, a wildcard by three letters in a row that it demands.

use super::{Phrase, View};
use crate::lexicon::model::{MatchMode, Word};
use hashbrown::HashMap;
use std::cell::Cell;

/// A place in phrases of one length.
type WordPosition = (u32, u32);

/// Letters in a row.
const GRAM: usize = 3;

/// Phrases of a frame by what stands in them.
pub(super) struct Candidates<'e, 'v> {
    view: &'v View<'v>,
    phrases: Vec<Phrase<'e>>,
    stems: HashMap<(WordPosition, &'v str), Vec<u32>>,
    words: HashMap<(WordPosition, String), Vec<u32>>,
    grams: HashMap<(WordPosition, [char; GRAM]), Vec<u32>>,
    by_length: HashMap<WordPosition, Vec<u32>>,
    /// Phrases with a wildcard.
    wild: Vec<u32>,
}

impl<'e, 'v> Candidates<'e, 'v> {
    pub(super) fn of(view: &'v View<'v>, phrases: Vec<Phrase<'e>>) -> Candidates<'e, 'v> {
        let mut found = Candidates {
            view,
            phrases: Vec::new(),
            stems: HashMap::new(),
            words: HashMap::new(),
            grams: HashMap::new(),
            by_length: HashMap::new(),
            wild: Vec::new(),
        };
        for (number, phrase) in phrases.iter().enumerate() {
            let number = number as u32;
            for (place, word) in phrase.1.iter().enumerate() {
                let at = (phrase.1.len() as u32, place as u32);
                let lower = word.text.to_lowercase();
                found.stems.entry((at, view.stem(&lower))).or_default().push(number);
                let chars: Vec<char> = lower.chars().collect();
                for gram in chars.windows(GRAM).filter_map(|gram| <[char; GRAM]>::try_from(gram).ok()) {
                    let list = found.grams.entry((at, gram)).or_default();
                    if list.last() != Some(&number) {
                        list.push(number);
                    }
                }
                found.words.entry((at, lower)).or_default().push(number);
                found.by_length.entry(at).or_default().push(number);
            }
            if phrase.1.iter().any(Word::is_wildcard) {
                found.wild.push(number);
            }
        }
        found.phrases = phrases;
        found
    }

    pub(super) fn phrases(&self) -> &[Phrase<'e>] {
        &self.phrases
    }

    /// Whatever these words may cover.
    pub(super) fn covered_by<'c>(&'c self, words: &[Word]) -> impl Iterator<Item = Phrase<'e>> + 'c {
        let length = words.len() as u32;
        let lists = words.iter().enumerate().map(|(place, word)| self.satisfying((length, place as u32), word));
        let fewest = lists.min_by_key(|list| list.len()).unwrap_or_default();
        fewest.iter().map(|&number| self.phrases[number as usize])
    }

    /// Phrases whose word at this place may be covered by a word.
    fn satisfying(&self, at: WordPosition, word: &Word) -> &[u32] {
        if word.mode == MatchMode::Stem {
            return list(self.stems.get(&(at, self.view.stem(&word.text.to_lowercase()))));
        }
        if !word.is_wildcard() {
            return list(self.words.get(&(at, word.text.to_lowercase())));
        }
        let lower: Vec<char> = word.text.to_lowercase().chars().collect();
        let literal = |gram: &&[char]| !gram.iter().any(|c| matches!(c, '*' | '?'));
        let grams = lower.windows(GRAM).filter(literal).filter_map(|gram| <[char; GRAM]>::try_from(gram).ok());
        let demanded = grams.map(|gram| list(self.grams.get(&(at, gram)))).min_by_key(|list| list.len());
        demanded.unwrap_or_else(|| list(self.by_length.get(&at)))
    }

    /// Phrases that may lie inside these words: by the word of each window that fewest others are like, and all with a wildcard.
    pub(super) fn meeting<'c>(&'c self, words: &'c [Word]) -> impl Iterator<Item = Phrase<'e>> + 'c {
        let mut lengths: Vec<usize> = self.by_length.keys().filter(|at| at.1 == 0).map(|at| at.0 as usize).collect();
        lengths.retain(|&length| length <= words.len());
        lengths.sort_unstable();
        let windows = lengths.into_iter().flat_map(move |length| words.windows(length));
        let near = windows.flat_map(move |window| self.like(window));
        near.chain(self.wild.iter().copied()).map(|number| self.phrases[number as usize])
    }

    /// Phrases without wildcards that may meet a window word for word.
    fn like(&self, window: &[Word]) -> Vec<u32> {
        let length = window.len() as u32;
        let lists = window.iter().enumerate().map(|(place, word)| {
            let at = (length, place as u32);
            if word.is_wildcard() {
                return (self.satisfying(at, word), &[] as &[u32]);
            }
            let lower = word.text.to_lowercase();
            (list(self.stems.get(&(at, self.view.stem(&lower)))), list(self.words.get(&(at, lower))))
        });
        let fewest = lists.min_by_key(|(stems, same)| stems.len() + same.len());
        fewest.map_or_else(Vec::new, |(stems, same)| stems.iter().chain(same).copied().collect())
    }
}

fn list(found: Option<&Vec<u32>>) -> &[u32] {
    found.map_or(&[], Vec::as_slice)
}

/// Comparisons that were made, and whether there is room for more: what is left out is told, never waited for.
#[derive(Default)]
pub(super) struct Budget(Cell<u64>);

impl Budget {
    /// So many comparisons take some seconds.
    const MOST: u64 = 20_000_000;

    /// Counts one; false where there were too many.
    pub(super) fn one(&self) -> bool {
        self.0.set(self.0.get() + 1);
        self.0.get() <= Budget::MOST
    }

    pub(super) fn done(&self) -> u64 {
        self.0.get()
    }

    pub(super) fn is_too_much(&self) -> bool {
        self.0.get() > Budget::MOST
    }
}
