//! How often each word stands in each article: a sparse table of the whole corpus.
//!
//! In: the tokens of each shard, without furniture and repeats. Out: [`Words`], and turned about, [`ByWord`].
//! Invariant: the sum over an article's words is the number of its words that were counted. Numbers of words within [`ByWord`] follow
//! their text, so that no number depends on which article came first.
//! It deliberately keeps surface forms until the end, though stems are asked for: what a stem stands for can then be shown.

use super::by_word::ByWord;
use crate::clean::{Removed, removed_by};
use crate::index::Shard;
use crate::lookup::VoiceLookup;
use crate::stem;
use crate::text::{Language, Span};
use crate::tokenise::TypeId;
use clap::ValueEnum;
use hashbrown::HashMap;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// What counts as one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Forms as they occur, apart from capitals.
    #[default]
    Surface,
    /// Stems.
    Stem,
}

impl Unit {
    /// As it stands in a study.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Surface => "surface",
            Unit::Stem => "stem",
        }
    }
}

/// Counts of the types of one shard, article by article.
pub(super) struct WordsOfShard {
    /// Folded forms of the shard's types, one behind the other.
    arena: String,
    ends: Vec<u32>,
    languages: Vec<Language>,
    /// First row of each article, and one past the last.
    starts: Vec<u32>,
    rows: Vec<(TypeId, u16)>,
}

impl WordsOfShard {
    /// Counts words that are not removed in the articles that are wanted; with a voice_lookup, only those in a voice that is counted.
    pub fn of(
        shard: &Shard,
        removed: &[Vec<Removed>],
        mut voice_lookup: Option<&mut VoiceLookup<'_>>,
        is_wanted: impl Fn(usize) -> bool,
    ) -> WordsOfShard {
        let types = shard.types();
        let mut found = WordsOfShard {
            arena: String::new(),
            ends: Vec::with_capacity(types.len()),
            languages: Vec::with_capacity(types.len()),
            starts: vec![0],
            rows: Vec::new(),
        };
        for (id, folded) in types.iter() {
            found.arena.push_str(folded);
            found.ends.push(found.arena.len() as u32);
            found.languages.push(types.language(id));
        }
        let mut counts = vec![0u32; types.len()];
        let mut seen: Vec<TypeId> = Vec::new();
        for (i, removed) in removed.iter().enumerate() {
            let tokens = if is_wanted(i) { shard.range(i) } else { Span::new(0, 0) };
            for (at, id) in shard.types_of(tokens).enumerate() {
                let token = Span::new(at as u32, at as u32 + 1);
                let is_left_out = match &mut voice_lookup {
                    Some(voice_lookup) => voice_lookup.judge(i, token).1.is_some(),
                    None => !removed.is_empty() && removed_by(removed, token).is_some(),
                };
                if !is_left_out {
                    if counts[id as usize] == 0 {
                        seen.push(id);
                    }
                    counts[id as usize] += 1;
                }
            }
            for id in seen.drain(..) {
                let mut count = std::mem::take(&mut counts[id as usize]);
                // a count beyond 16 bits takes several rows, so that the table stays small and the sum exact
                while count > 0 {
                    let row = count.min(u32::from(u16::MAX));
                    found.rows.push((id, row as u16));
                    count -= row;
                }
            }
            found.starts.push(found.rows.len() as u32);
        }
        found
    }

    /// For the number of each type in [`Words`]: none is known yet.
    pub fn unknown(&self) -> Vec<u32> {
        vec![UNKNOWN; self.ends.len()]
    }

    fn text(&self, id: TypeId) -> &str {
        let start = if id == 0 { 0 } else { self.ends[id as usize - 1] };
        &self.arena[start as usize..self.ends[id as usize] as usize]
    }
}

/// How often each word stands in each counted article: one flat table, article by article.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(into = "StoredWords", try_from = "StoredWords")]
pub struct Words {
    by_language: Vec<(Language, HashMap<Box<str>, u32>)>,
    forms: Vec<(Box<str>, Language)>,
    starts: Vec<usize>,
    ids: Vec<u32>,
    counts: Vec<u16>,
}

/// [`Words`] without what can be made again of the rest.
#[derive(Serialize, Deserialize)]
struct StoredWords {
    /// Forms and codes of their languages.
    forms: Vec<(Box<str>, String)>,
    ends: Vec<usize>,
    ids: Vec<u32>,
    counts: Vec<u16>,
}

impl From<Words> for StoredWords {
    fn from(words: Words) -> StoredWords {
        let forms = words.forms.into_iter().map(|(form, language)| (form, language.to_string()));
        StoredWords { forms: forms.collect(), ends: words.starts, ids: words.ids, counts: words.counts }
    }
}

impl TryFrom<StoredWords> for Words {
    type Error = &'static str;

    fn try_from(stored: StoredWords) -> Result<Words, &'static str> {
        let mut words = Words::default();
        for (number, (form, code)) in stored.forms.iter().enumerate() {
            let language = Language::parse(code).unwrap_or(Language::UNKNOWN);
            if words.intern(form, language) as usize != number {
                return Err("a form of a word stands twice");
            }
        }
        (words.starts, words.ids, words.counts) = (stored.ends, stored.ids, stored.counts);
        let fits = words.ids.len() == words.counts.len()
            && words.starts.is_sorted()
            && words.starts.last().copied().unwrap_or(0) == words.ids.len()
            && words.ids.iter().all(|&id| (id as usize) < words.forms.len());
        if fits { Ok(words) } else { Err("a word leads to no form") }
    }
}

const UNKNOWN: u32 = u32::MAX;

impl Words {
    /// Adds an article of a shard; `numbers` has the numbers of the shard's types, as far as they were asked for.
    pub(super) fn add(&mut self, part: &WordsOfShard, article: usize, numbers: &mut [u32]) {
        let rows = &part.rows[part.starts[article] as usize..part.starts[article + 1] as usize];
        for &(id, count) in rows {
            let id = self.number(part, id, numbers);
            self.ids.push(id);
            self.counts.push(count);
        }
        self.starts.push(self.ids.len());
    }

    /// Adds articles of which no word is wanted, until there are so many.
    pub(super) fn fill(&mut self, articles: usize) {
        self.starts.resize(articles.max(self.starts.len()), self.ids.len());
    }

    /// The number of a shard's type.
    pub(super) fn number(&mut self, part: &WordsOfShard, id: TypeId, numbers: &mut [u32]) -> u32 {
        let number = &mut numbers[id as usize];
        if *number == UNKNOWN {
            *number = self.intern(part.text(id), part.languages[id as usize]);
        }
        *number
    }

    /// Adds the articles that follow; gives back the number here of each of their forms.
    pub(super) fn merge(&mut self, next: Words) -> Vec<u32> {
        let numbers: Vec<u32> = next.forms.iter().map(|(text, language)| self.intern(text, *language)).collect();
        let first = self.ids.len();
        self.ids.extend(next.ids.into_iter().map(|id| numbers[id as usize]));
        self.counts.extend(next.counts);
        self.starts.extend(next.starts.into_iter().map(|start| start + first));
        numbers
    }

    /// Number of distinct forms.
    pub(super) fn forms(&self) -> usize {
        self.forms.len()
    }

    fn intern(&mut self, text: &str, language: Language) -> u32 {
        let at = match self.by_language.iter().position(|(of_language, _)| *of_language == language) {
            Some(at) => at,
            None => {
                self.by_language.push((language, HashMap::new()));
                self.by_language.len() - 1
            }
        };
        let by_form = &mut self.by_language[at].1;
        if let Some(&number) = by_form.get(text) {
            return number;
        }
        let number = self.forms.len() as u32;
        by_form.insert(text.into(), number);
        self.forms.push((text.into(), language));
        number
    }

    /// The forms of an article, and how often each stands in it; one that is very frequent comes several times.
    pub fn of_article(&self, article: usize) -> impl Iterator<Item = (u32, u64)> + '_ {
        let range = if article < self.starts.len() { self.range(article) } else { 0..0 };
        range.map(|row| (self.ids[row], u64::from(self.counts[row])))
    }

    /// A surface form.
    pub fn form(&self, form: u32) -> &str {
        &self.forms[form as usize].0
    }

    /// The language of a surface form.
    pub fn language(&self, form: u32) -> Language {
        self.forms[form as usize].1
    }

    /// Number of articles.
    pub fn articles(&self) -> usize {
        self.starts.len()
    }

    /// Bytes that the table holds, without the forms.
    pub fn bytes(&self) -> usize {
        self.ids.len() * 4 + self.counts.len() * 2 + self.starts.len() * size_of::<usize>()
    }

    /// Number of rows: distinct words of each article, summed.
    pub fn rows(&self) -> usize {
        self.ids.len()
    }

    /// The number in [`ByWord`] of every form, and the texts there, ascending.
    fn units(&self, unit: Unit) -> (Vec<u32>, Vec<String>) {
        let text = |(form, language): &(Box<str>, Language)| match unit {
            Unit::Surface => form.to_string(),
            Unit::Stem => stem::stem(form, *language),
        };
        let of_form: Vec<String> = self.forms.par_iter().map(text).collect();
        let mut order: Vec<u32> = (0..of_form.len() as u32).collect();
        // forms of one text are one word: their order among themselves is never seen
        order.par_sort_unstable_by(|&a, &b| of_form[a as usize].cmp(&of_form[b as usize]));
        let mut unit_of = vec![0; of_form.len()];
        let mut texts: Vec<String> = Vec::new();
        for form in order {
            let text = &of_form[form as usize];
            if texts.last() != Some(text) {
                texts.push(text.clone());
            }
            unit_of[form as usize] = texts.len() as u32 - 1;
        }
        (unit_of, texts)
    }

    /// The languages of the words, each once, in the order of their codes.
    pub fn languages(&self) -> Vec<Language> {
        let mut languages: Vec<Language> = self.by_language.iter().map(|(language, _)| *language).collect();
        languages.sort_unstable_by(|a, b| a.code().cmp(b.code()));
        languages
    }

    /// The table turned about: for each word, the articles that have it.
    pub fn by_word(&self, unit: Unit) -> ByWord {
        let (unit_of, texts) = self.units(unit);
        let mut last = vec![UNKNOWN; texts.len()];
        let mut starts = vec![0usize; texts.len() + 1];
        let mut words = Vec::with_capacity(self.starts.len());
        let mut totals = vec![0u64; self.forms.len()];
        for article in 0..self.starts.len() {
            let mut sum = 0;
            for row in self.range(article) {
                let (id, count) = (self.ids[row] as usize, self.counts[row]);
                let word = unit_of[id] as usize;
                if last[word] != article as u32 {
                    last[word] = article as u32;
                    starts[word + 1] += 1;
                }
                sum += u32::from(count);
                totals[id] += u64::from(count);
            }
            words.push(sum);
        }
        (0..texts.len()).for_each(|word| starts[word + 1] += starts[word]);
        let mut next = starts.clone();
        let mut articles = vec![0u32; starts[texts.len()]];
        let mut counts = vec![0u32; starts[texts.len()]];
        for article in 0..self.starts.len() {
            for row in self.range(article) {
                let word = unit_of[self.ids[row] as usize] as usize;
                let mut at = next[word];
                if at > starts[word] && articles[at - 1] == article as u32 {
                    at -= 1;
                } else {
                    next[word] += 1;
                }
                articles[at] = article as u32;
                counts[at] += u32::from(self.counts[row]);
            }
        }
        ByWord {
            forms: self.forms_of(&unit_of, &totals, texts.len(), unit),
            languages: self.languages_of(&unit_of, &totals, texts.len()),
            unit_of,
            texts,
            starts,
            articles,
            counts,
            words,
        }
    }

    fn range(&self, article: usize) -> std::ops::Range<usize> {
        let start = if article == 0 { 0 } else { self.starts[article - 1] };
        start..self.starts[article]
    }

    /// The language in which each word stands most often; of several the first by its code.
    fn languages_of(&self, unit_of: &[u32], totals: &[u64], words: usize) -> Vec<Language> {
        let mut sums: Vec<(Language, u64)> = vec![(Language::UNKNOWN, 0); words];
        for language in self.languages() {
            let mut of_language = vec![0u64; words];
            for ((&word, (_, own)), total) in unit_of.iter().zip(&self.forms).zip(totals) {
                if *own == language {
                    of_language[word as usize] += total;
                }
            }
            for (best, sum) in sums.iter_mut().zip(of_language) {
                if sum > best.1 {
                    *best = (language, sum);
                }
            }
        }
        sums.into_iter().map(|(language, _)| language).collect()
    }

    /// What each stem stands for, most frequent first; nothing where words are their own forms.
    fn forms_of(&self, unit_of: &[u32], totals: &[u64], words: usize, unit: Unit) -> Vec<Vec<(String, u64)>> {
        if unit == Unit::Surface {
            return Vec::new();
        }
        let mut forms: Vec<Vec<(String, u64)>> = vec![Vec::new(); words];
        for ((&word, (form, _)), &total) in unit_of.iter().zip(&self.forms).zip(totals) {
            forms[word as usize].push((form.to_string(), total));
        }
        for forms in &mut forms {
            forms.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        }
        forms
    }
}
