//! What only all articles together can say of one: the language of a short text, and which words are broken at line ends.
//!
//! In: every shard, and the lexicons. Out: the same shards, those made again whose words are others than they were taken for.
//! Invariant: the answers depend on the articles and the lexicons, not on shards or threads; a shard whose answers were right from
//! the beginning is left alone.

use super::indexing::{IndexWorker, Indexer};
use super::library::Library;
use super::survey::SettleChanges;
use crate::error::{Place, Problem};
use crate::index::{Settled, Shard, StoredShard};
use crate::lexicon::Lexicon;
use crate::read::Article;
use crate::stem::Stems;
use crate::text::{Fold, Language, Span, several};
use crate::tokenise::{Guess, Majority};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How it was decided what is one word.
#[derive(Default)]
struct BrokenWords {
    /// Places, and length of the longest part before a break, by language and word.
    words: BTreeMap<(Language, String), (u64, usize)>,
    /// File of the first place.
    file: String,
}

/// Settles what is open.
pub(super) fn settle(
    library: &Library,
    indexer: &Indexer<'_>,
    lexicons: &[&Lexicon],
    dehyphenate: bool,
    fold: Fold,
) -> SettleChanges {
    let (mut majority, mut unsure, mut broken) = (Majority::default(), 0u64, BrokenWords::default());
    let mut open = Vec::new();
    for (number, (stored, _)) in library.shards.iter().enumerate() {
        let Some(shard) = Shard::open(stored) else { continue };
        for (article, guess) in shard.articles().iter().zip(shard.guesses()) {
            majority.add(article.outlet.as_deref(), *guess);
        }
        let doubts = shard.guesses().iter().filter(|guess| !guess.is_clear).count() as u64;
        unsure += doubts;
        broken.add(&shard);
        if doubts > 0 || !shard.breaks().is_empty() {
            open.push(number);
        }
    }
    if open.is_empty() {
        return SettleChanges::default();
    }
    let words = if dehyphenate { broken.one_word(&library.shards, lexicons, fold) } else { BTreeSet::new() };
    let again = open.par_iter().map_init(IndexWorker::default, |worker, &number| {
        let shard = Shard::open(&library.shards[number].0)?;
        let settled = Settled { languages: languages(&shard, &majority), words: own(&shard, &words) };
        let is_right = settled.languages == shard.languages() && settled.words.is_empty();
        let make = || {
            let (key, stored) = indexer.make_again(worker, &shard, &settled);
            (number, key, stored)
        };
        (!is_right).then(make)
    });
    let mut settling = SettleChanges {
        again: again.flatten().collect(),
        asked_lexicons: !broken.words.is_empty(),
        words: format!("{words:?}"),
        problems: Vec::new(),
    };
    if unsure > 0 {
        let found = match unsure {
            1 => "1 article is too short to show its language: it was assigned that of most articles of its outlet or corpus"
                .to_string(),
            n => format!(
                "{n} articles are too short to show their language: they were assigned that of most articles of their outlet or corpus"
            ),
        };
        let note = Problem::note("language-of-majority", Place::file("articles.csv"), found);
        settling.problems.push(note.hint("`--language en`, or a column of languages, decides it"));
    }
    settling.problems.extend(broken.note(&words, dehyphenate));
    settling
}

/// The language of every article of a shard.
fn languages(shard: &Shard, majority: &Majority) -> Vec<Language> {
    let language = |(article, guess): (&Article, &Guess)| majority.language(article.outlet.as_deref(), *guess);
    shard.articles().iter().zip(shard.guesses()).map(language).collect()
}

/// The words of a shard that are broken at a line end.
fn own(shard: &Shard, words: &BTreeSet<(Language, String)>) -> BTreeSet<(Language, String)> {
    let places = shard.breaks().iter().filter_map(|&token| word_at(shard, token));
    places.map(|(language, word, _)| (language, word)).filter(|word| words.contains(word)).collect()
}

/// The two parts at a break as one word, and the length of the first.
fn word_at(shard: &Shard, token: u32) -> Option<(Language, String, usize)> {
    let mut pair = shard.types_of(Span::new(token, token + 2));
    let (left, right) = (pair.next()?, pair.next()?);
    let types = shard.types();
    let first = types.folded(left);
    Some((types.language(left), format!("{first}{}", types.folded(right)), first.len()))
}

impl BrokenWords {
    fn add(&mut self, shard: &Shard) {
        for &token in shard.breaks() {
            if let Some((language, word, left)) = word_at(shard, token) {
                let (places, longest) = self.words.entry((language, word)).or_default();
                *places += 1;
                *longest = left.max(*longest);
                if self.file.is_empty() {
                    self.file.clone_from(&shard.articles()[shard.article_of(token)].file);
                }
            }
        }
    }

    /// Those that are one word: it stands elsewhere in the corpus, at least as often as the two parts stand side by side elsewhere; or
    /// the parts stand nowhere else, and a lexicon has the word.
    fn one_word(
        &self,
        shards: &[(Arc<StoredShard>, u64)],
        lexicons: &[&Lexicon],
        fold: Fold,
    ) -> BTreeSet<(Language, String)> {
        let mut counts: BTreeMap<&(Language, String), (u64, u64)> = BTreeMap::new();
        for (stored, _) in shards {
            let Some(shard) = Shard::open(stored) else { continue };
            let breaks: BTreeSet<u32> = shard.breaks().iter().copied().collect();
            let mut parts: BTreeSet<(u32, u32)> = BTreeSet::new();
            for &token in &breaks {
                let mut pair = shard.types_of(Span::new(token, token + 2));
                parts.extend(pair.next().zip(pair.next()));
            }
            for (left, right) in parts {
                let types = shard.types();
                let word = (types.language(left), format!("{}{}", types.folded(left), types.folded(right)));
                let Some((word_key, _)) = self.words.get_key_value(&word) else { continue };
                counts.entry(word_key).or_default().1 += side_by_side(&shard, left, right, &breaks);
            }
            for word in self.words.keys() {
                if let Some(id) = shard.types().exact(&word.1, word.0) {
                    counts.entry(word).or_default().0 += shard.postings().of_type(id).count() as u64;
                }
            }
        }
        let in_lexicons = self.in_lexicons(lexicons, fold);
        let is_one = |word: &&(Language, String)| {
            let (whole, parts) = counts.get(word).copied().unwrap_or_default();
            (whole > 0 && whole >= parts) || (parts == 0 && in_lexicons.contains(*word))
        };
        self.words.keys().filter(is_one).cloned().collect()
    }

    /// Those that an entry means. A wildcard says something of a word only where its letters reach over the break.
    fn in_lexicons(&self, lexicons: &[&Lexicon], fold: Fold) -> BTreeSet<(Language, String)> {
        let article = |(language, word): &(Language, String)| Article {
            text: word.clone(),
            language: Some(*language),
            ..Article::default()
        };
        let mut stems = Stems::default();
        let words = Shard::build_folded(self.words.keys().map(article).collect(), fold, &mut stems);
        let mut found = BTreeSet::new();
        for lexicon in lexicons {
            for word in lexicon.entries.iter().flat_map(|entry| entry.pattern.words()) {
                let letters = word.text.find(['*', '?']);
                for id in words.types().find(word, lexicon.language, &mut stems) {
                    let word_key = (words.types().language(id), words.types().folded(id).to_string());
                    let left = self.words.get(&word_key).map_or(usize::MAX, |(_, left)| *left);
                    if letters.is_none_or(|letters| letters > left) {
                        found.insert(word_key);
                    }
                }
            }
        }
        found
    }

    fn note(&self, words: &BTreeSet<(Language, String)>, dehyphenate: bool) -> Option<Problem> {
        /// Examples of each kind.
        const SHOWN: usize = 5;
        let all: u64 = self.words.values().map(|(places, _)| places).sum();
        if all == 0 {
            return None;
        }
        let joined: u64 =
            self.words.iter().filter(|(word, _)| words.contains(*word)).map(|(_, (places, _))| places).sum();
        let examples = |is_joined: bool| {
            let of_kind = self.words.keys().filter(|word| words.contains(*word) == is_joined);
            of_kind.take(SHOWN).map(|(_, word)| format!("`{word}`")).collect::<Vec<_>>().join(", ")
        };
        let mut found = format!("hyphenated at a line end: {}", several(all, "word"));
        if joined > 0 {
            found.push_str(&format!("; {joined} joined ({})", examples(true)));
        }
        if all > joined {
            let why = if dehyphenate {
                "as the corpus has the two parts side by side more often than the joined word, or has neither, and no lexicon has the word"
            } else {
                "by dehyphenate = false"
            };
            found.push_str(&format!("; {} left in two {why} ({})", all - joined, examples(false)));
        }
        Some(Problem::note("line-end-hyphens", Place::file(self.file.as_str()), found))
    }
}

/// How often one type follows another, not counting breaks.
fn side_by_side(shard: &Shard, left: u32, right: u32, breaks: &BTreeSet<u32>) -> u64 {
    let follows = |token: &u32| {
        let next = shard.types_of(Span::new(token + 1, token + 2)).next();
        next == Some(right) && !breaks.contains(token) && shard.article_of(*token) == shard.article_of(token + 1)
    };
    let tokens = shard.postings();
    tokens.of_type(left).filter(|token| token + 1 < shard.tokens()).filter(follows).count() as u64
}
