//! What the counts would be under other choices, and which entry made them.
//!
//! In: all hits of the counted articles, counted or not, in the order of [`super::Counts`]. Out: hits by article, frame, voice,
//! place and form; counted hits by article, frame and entry; words of furniture and repeats.
//! Invariant: the cells that the study counts add up to [`super::Counts`]; every sum is an integer.
//! It deliberately chooses nothing: `estimates` sums what a specification asks for.

use crate::lexicon::{Entry, MatchMode, Operand, Pattern, Word};
use crate::lookup::{EntryId, FrameId, Plan, Uncounted};
use crate::text::{Language, fold};
use crate::voice::Voice;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// Where a hit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    /// In text that counts.
    Text,
    /// In a line of site furniture.
    Furniture,
    /// In a passage that the article says again.
    Repeat,
}

/// Hits of one article and frame that stand and fall together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Index of the article in the counts.
    pub article: u32,
    /// The frame.
    pub frame: FrameId,
    /// Who speaks; in furniture nobody is asked.
    pub voice: Voice,
    /// Where.
    pub place: Place,
    /// The words stand as the entry writes them, so that the hit needs no stemming.
    pub exact: bool,
    /// How many.
    pub hits: u32,
}

/// Counted hits of one article, frame and entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryCell {
    /// Index of the article in the counts.
    pub article: u32,
    /// The frame that counts them.
    pub frame: FrameId,
    /// The entry.
    pub entry: EntryId,
    /// How many.
    pub hits: u32,
}

/// Everything that a check of robustness counts again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variants {
    /// Hits, article after article.
    pub cells: Vec<Cell>,
    /// Counted hits by entry, article after article.
    pub entries: Vec<EntryCell>,
    /// Words of furniture of each article.
    pub furniture_words: Vec<u32>,
    /// Words of repeats of each article.
    pub repeat_words: Vec<u32>,
    /// The entries that found something, as their lexicons write them.
    pub names: BTreeMap<EntryId, String>,
}

/// What [`is_exact`] has said so far, so that it is asked once for each entry, language and form.
#[derive(Default)]
pub struct ExactForms {
    cache: HashMap<(EntryId, Language), HashMap<String, bool>>,
}

impl ExactForms {
    fn is_exact(&mut self, plan: &Plan<'_>, language: Language, hit: &HitForm<'_>) -> bool {
        let forms = self.cache.entry((hit.entry, language)).or_default();
        if let Some(&exact) = forms.get(hit.form) {
            return exact;
        }
        let exact = is_exact(plan.entry(hit.entry).1, hit.form, language);
        forms.insert(hit.form.to_string(), exact);
        exact
    }
}

/// One hit, as a row of `hits.csv` has it.
#[derive(Clone, Copy, Debug)]
pub struct HitForm<'a> {
    /// Its entry.
    pub entry: EntryId,
    /// The frame that counts it.
    pub frame: FrameId,
    /// Who speaks.
    pub voice: Voice,
    /// Why it is not counted.
    pub uncounted: Option<Uncounted>,
    /// The folded words found.
    pub form: &'a str,
}

impl Variants {
    /// Adds the next counted article: hits of frames that hold no others, and of those that do what they count themselves.
    pub fn push<'a>(
        &mut self,
        plan: &Plan<'_>,
        language: Language,
        words: [u32; 2],
        exact_forms: &mut ExactForms,
        hits: impl Iterator<Item = HitForm<'a>>,
    ) {
        let article = self.furniture_words.len() as u32;
        self.furniture_words.push(words[0]);
        self.repeat_words.push(words[1]);
        let mut cells: BTreeMap<(FrameId, Voice, Place, bool), u32> = BTreeMap::new();
        let mut entries: BTreeMap<(FrameId, EntryId), u32> = BTreeMap::new();
        for hit in hits {
            let place = match hit.uncounted {
                None | Some(Uncounted::Voice) => Place::Text,
                Some(Uncounted::Furniture) => Place::Furniture,
                Some(Uncounted::Repeat) => Place::Repeat,
                // in no count, and in no variant of one
                Some(Uncounted::Headline) => continue,
            };
            let exact = exact_forms.is_exact(plan, language, &hit);
            *cells.entry((hit.frame, hit.voice, place, exact)).or_default() += 1;
            if hit.uncounted.is_none() {
                self.names.entry(hit.entry).or_insert_with(|| plan.entry(hit.entry).1.text.clone());
                *entries.entry((hit.frame, hit.entry)).or_default() += 1;
            }
        }
        let cell = |((frame, voice, place, exact), hits)| Cell { article, frame, voice, place, exact, hits };
        self.cells.extend(cells.into_iter().map(cell));
        let entry = |((frame, entry), hits)| EntryCell { article, frame, entry, hits };
        self.entries.extend(entries.into_iter().map(entry));
    }

    /// Adds the articles of the next part of the corpus.
    pub fn add(&mut self, part: Variants) {
        let first = self.furniture_words.len() as u32;
        self.furniture_words.extend(part.furniture_words);
        self.repeat_words.extend(part.repeat_words);
        self.cells.extend(part.cells.into_iter().map(|cell| Cell { article: cell.article + first, ..cell }));
        self.entries.extend(part.entries.into_iter().map(|cell| EntryCell { article: cell.article + first, ..cell }));
        self.names.extend(part.names);
    }
}

/// Whether the folded words found are those of the entry, so that it would find them without stemming. A proximity entry
/// counts as exact where each of its own words stands among those found; wildcards never use stems.
pub fn is_exact(entry: &Entry, form: &str, language: Language) -> bool {
    let is_same = |word: &Word, found: &str| word.mode != MatchMode::Stem || fold(&word.text, language) == found;
    match &entry.pattern {
        Pattern::Words(words) => words.iter().zip(form.split(' ')).all(|(word, found)| is_same(word, found)),
        Pattern::Near { left, right, negated, .. } => {
            let stands = |word: &Word| form.split(' ').any(|found| is_same(word, found));
            all_words(left, &stands) && (*negated || all_words(right, &stands))
        }
    }
}

fn all_words(operand: &Operand, holds: &impl Fn(&Word) -> bool) -> bool {
    match operand {
        Operand::Words(words) => words.iter().all(holds),
        Operand::Frame(_) => true,
        Operand::Any(operands) => operands.iter().any(|operand| all_words(operand, holds)),
    }
}
