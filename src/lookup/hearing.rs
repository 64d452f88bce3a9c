//! Who is speaking in each article of a shard, found out when first asked.
//!
//! In: a shard and the cues of each language. Out: a [`Verdict`] for any span of tokens.
//! Invariant: an article is marked once; an article that no hit asks about is never marked.

use crate::clean::{Removed, Rule, removed_by};
use crate::error::Result;
use crate::index::Shard;
use crate::text::{Language, Span, Token};
use crate::voice::{self, Cues, Marked, TypeCues, Verdict, Voice};
use std::collections::BTreeMap;

/// Cues by language, and how to use them.
#[derive(Clone, Debug, Default)]
pub struct Voices {
    /// Cue words.
    pub cues: BTreeMap<Language, Cues>,
    /// Windows and switches.
    pub options: voice::Options,
    /// Voices that are counted; the furniture never is.
    pub counted: Vec<Voice>,
}

impl Voices {
    /// The shipped cues of every language that has some.
    pub fn shipped(options: voice::Options, counted: Vec<Voice>) -> Result<Voices> {
        let mut cues = BTreeMap::new();
        for language in Cues::languages() {
            if let Some(shipped) = Cues::shipped(language) {
                cues.insert(language, shipped?);
            }
        }
        Ok(Voices { cues, options, counted })
    }
}

/// Why a hit is in no count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Uncounted {
    /// It stands in a line of site furniture.
    Furniture,
    /// It stands in a passage that the article says again.
    Repeat,
    /// It is in a voice that the study does not ask for.
    Voice,
}

impl Uncounted {
    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Uncounted::Furniture => "furniture",
            Uncounted::Repeat => "repeat",
            Uncounted::Voice => "voice",
        }
    }
}

/// The voices of one shard.
pub struct Hearing<'a> {
    shard: &'a Shard,
    removed: &'a [Vec<Removed>],
    voices: &'a Voices,
    cues: BTreeMap<Language, TypeCues>,
    marked: Vec<Option<Marked>>,
}

impl<'a> Hearing<'a> {
    /// Nothing is marked yet.
    pub fn new(shard: &'a Shard, removed: &'a [Vec<Removed>], voices: &'a Voices) -> Hearing<'a> {
        let vocabulary = &shard.tokens.vocabulary;
        let compile = |&language: &Language| {
            let types = vocabulary.iter().filter(|&(id, _)| vocabulary.language(id) == language);
            let compiled = voices.cues.get(&language).map_or_else(TypeCues::default, |cues| cues.compile(types));
            (language, compiled)
        };
        let cues = vocabulary.languages().iter().map(compile).collect();
        let marked = shard.articles.iter().map(|_| None).collect();
        Hearing { shard, removed, voices, cues, marked }
    }

    /// Who speaks in these tokens of the article, and whether that is counted.
    pub fn judge(&mut self, article: usize, tokens: Span<Token>) -> (Verdict, Option<Uncounted>) {
        match removed_by(&self.removed[article], tokens) {
            Some(Rule::Furniture) => {
                let verdict = Verdict {
                    voice: Voice::Furniture,
                    rule: "furniture",
                    cue: None,
                    source: None,
                    negated: false,
                    hedged: false,
                    question: false,
                };
                (verdict, Some(Uncounted::Furniture))
            }
            Some(Rule::Repeat) => (self.marks(article).at(tokens), Some(Uncounted::Repeat)),
            None => {
                let verdict = self.marks(article).at(tokens);
                let uncounted = (!self.voices.counted.contains(&verdict.voice)).then_some(Uncounted::Voice);
                (verdict, uncounted)
            }
        }
    }

    /// Quotation marks that were missing, doubled or mismatched, where the article was marked.
    pub fn quotes_repaired(&self, article: usize) -> Option<u32> {
        self.marked[article].as_ref().map(|marked| marked.quotes_repaired)
    }

    fn marks(&mut self, article: usize) -> &Marked {
        let (shard, cues, options) = (self.shard, &self.cues, &self.voices.options);
        self.marked[article].get_or_insert_with(|| {
            let nothing = TypeCues::default();
            let cues = cues.get(&shard.languages[article]).unwrap_or(&nothing);
            voice::mark(&shard.article(article), cues, options)
        })
    }
}
