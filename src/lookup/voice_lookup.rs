//! Who is speaking in each article of a shard: found out when the shard is made, kept with it, asked by every hit.
//!
//! In: articles and the cues of each language; later a shard. Out: a [`Verdict`] for any span of tokens.
//! Invariant: an article is marked once, however often it is looked up.

use crate::clean::{Removed, Rule, removed_by};
use crate::error::Result;
use crate::index::{Attached, Draft, Kind, Shard};
use crate::text::{ArticleToken, Language, Span};
use crate::voice::{self, Cues, Marked, Marker, TypeCues, Verdict, Voice};
use rayon::prelude::*;
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
        let languages: Vec<Language> = Cues::languages().collect();
        let shipped = |&language: &Language| Some(Cues::shipped(language)?.map(|cues| (language, cues)));
        let cues = languages.par_iter().filter_map(shipped).collect::<Result<Vec<_>>>()?;
        Ok(Voices { cues: cues.into_iter().collect(), options, counted })
    }

    /// Marks every article of a draft, for its shard to keep.
    pub fn mark(&self, draft: &Draft, marker: &mut Marker, attached: &mut Attached) {
        let types = draft.types();
        let compile = |language| {
            let cues = self.cues.get(&language);
            (language, cues.map_or_else(TypeCues::default, |cues| cues.compile(types.of_language(language))))
        };
        let cues: BTreeMap<Language, TypeCues> = types.languages().map(compile).collect();
        let nothing = TypeCues::default();
        let mut bytes = Vec::new();
        for (article, language) in draft.languages().iter().enumerate() {
            let cues = cues.get(language).unwrap_or(&nothing);
            bytes.clear();
            marker.mark(&draft.article(article), cues, &self.options).write(&mut bytes);
            attached.push(Kind::Voice, &bytes);
        }
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
    /// It stands in the title, which the study looks at separately.
    Headline,
}

impl Uncounted {
    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Uncounted::Furniture => "furniture",
            Uncounted::Repeat => "repeat",
            Uncounted::Voice => "voice",
            Uncounted::Headline => "headline",
        }
    }
}

/// The voices of one shard.
pub struct VoiceLookup<'a> {
    shard: &'a Shard,
    removed: &'a [Vec<Removed>],
    counted: &'a [Voice],
    /// The article whose voices were asked for last.
    open: Option<(usize, Marked)>,
}

impl<'a> VoiceLookup<'a> {
    /// Nothing was asked yet.
    pub fn new(shard: &'a Shard, removed: &'a [Vec<Removed>], counted: &'a [Voice]) -> VoiceLookup<'a> {
        VoiceLookup { shard, removed, counted, open: None }
    }

    /// Who speaks in these tokens of the article, and whether that is counted.
    pub fn judge(&mut self, article: usize, tokens: Span<ArticleToken>) -> (Verdict, Option<Uncounted>) {
        match removed_by(&self.removed[article], tokens) {
            Some(rule) if rule.is_furniture() => {
                let verdict = Verdict {
                    voice: Voice::Furniture,
                    rule: rule.name(),
                    cue: None,
                    source: None,
                    speaker: None,
                    negated: false,
                    hedged: false,
                    question: false,
                };
                (verdict, Some(Uncounted::Furniture))
            }
            Some(Rule::Headline) => (self.voices(article).at(tokens), Some(Uncounted::Headline)),
            Some(_) => (self.voices(article).at(tokens), Some(Uncounted::Repeat)),
            None => {
                let verdict = self.voices(article).at(tokens);
                let uncounted = (!self.counted.contains(&verdict.voice)).then_some(Uncounted::Voice);
                (verdict, uncounted)
            }
        }
    }

    /// The voices of an article.
    pub fn voices(&mut self, article: usize) -> &Marked {
        let shard = self.shard;
        if self.open.as_ref().is_none_or(|(open, _)| *open != article) {
            self.open = None;
        }
        let read = || {
            let marked = Marked::read(&mut shard.attached(Kind::Voice, article));
            marked.filter(|marked| marked.fits(shard.range(article).len())).unwrap_or_default()
        };
        &self.open.get_or_insert_with(|| (article, read())).1
    }
}
