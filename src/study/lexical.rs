//! The tables `[keyness]`, `[collocates]` and `[cooccurrence]` of a study file.

use super::overlay;
use crate::aggregate::lexical::{Reach, Unit};
use crate::estimates::lexical::{Options, collocates, keyness, keyness::Against, keyness::Rank};
use serde::Deserialize;
use serde_json::{Value, json};

/// `[keyness]`: that it is there asks for keyness.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct KeynessTable {
    unit: Option<UnitName>,
    against: Option<AgainstName>,
    top: Option<usize>,
    min_hits: Option<u64>,
    min_articles: Option<u32>,
    min_group: Option<u32>,
    rank: Option<RankName>,
    counted_voices: Option<bool>,
    alpha: Option<f64>,
    prior_words: Option<f64>,
    simple_maths: Option<f64>,
    reference: Option<String>,
}

/// `[collocates]`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct CollocatesTable {
    terms: Vec<String>,
    window: Option<u32>,
    sentence: Option<bool>,
    across_sentences: Option<bool>,
    unit: Option<UnitName>,
    counted_voices: Option<bool>,
    top: Option<usize>,
    min_hits: Option<u64>,
    min_articles: Option<u32>,
}

/// `[cooccurrence]`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct CooccurrenceTable {
    pub by_group: Option<bool>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum UnitName {
    Surface,
    Stem,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum AgainstName {
    Rest,
    Each,
    Both,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum RankName {
    Z,
    G2,
    TextDispersion,
}

impl From<RankName> for Rank {
    fn from(name: RankName) -> Rank {
        match name {
            RankName::Z => Rank::Z,
            RankName::G2 => Rank::G2,
            RankName::TextDispersion => Rank::TextDispersion,
        }
    }
}

impl From<UnitName> for Unit {
    fn from(name: UnitName) -> Unit {
        match name {
            UnitName::Surface => Unit::Surface,
            UnitName::Stem => Unit::Stem,
        }
    }
}

impl From<AgainstName> for Against {
    fn from(name: AgainstName) -> Against {
        match name {
            AgainstName::Rest => Against::Rest,
            AgainstName::Each => Against::Each,
            AgainstName::Both => Against::Both,
        }
    }
}

impl KeynessTable {
    /// The options; `below` resolves a path.
    pub(super) fn options(self, below: impl Fn(&str) -> String) -> keyness::Options {
        let mut options = keyness::Options::default();
        overlay(&mut options.unit, self.unit.map(Unit::from));
        overlay(&mut options.against, self.against.map(Against::from));
        overlay(&mut options.top, self.top);
        overlay(&mut options.min_hits, self.min_hits);
        overlay(&mut options.min_articles, self.min_articles);
        overlay(&mut options.min_group, self.min_group);
        overlay(&mut options.rank, self.rank.map(Rank::from));
        overlay(&mut options.counted_voices, self.counted_voices);
        overlay(&mut options.alpha, self.alpha);
        overlay(&mut options.prior_words, self.prior_words);
        overlay(&mut options.simple_maths, self.simple_maths);
        options.reference = self.reference.map(|path| below(&path));
        options
    }
}

impl CollocatesTable {
    pub(super) fn options(self) -> collocates::Options {
        let mut options = collocates::Options { terms: self.terms, ..collocates::Options::default() };
        options.reach = reach(self.window, self.sentence.unwrap_or(false), self.across_sentences.unwrap_or(false));
        overlay(&mut options.unit, self.unit.map(Unit::from));
        overlay(&mut options.counted_voices, self.counted_voices);
        overlay(&mut options.top, self.top);
        overlay(&mut options.min_hits, self.min_hits);
        overlay(&mut options.min_articles, self.min_articles);
        options
    }
}

/// How far to look, as told.
pub fn reach(window: Option<u32>, sentence: bool, across_sentences: bool) -> Reach {
    const WORDS: u32 = 5;
    match sentence {
        true => Reach::Sentence,
        false => Reach::Window { words: window.unwrap_or(WORDS), across_sentences },
    }
}

/// Every setting of these tables that can move a number, where they are asked for.
pub(super) fn settings(options: &Options, mut all: Value) -> Value {
    if options.cooccurrence_by_group {
        all["cooccurrence"] = json!({"by_group": true});
    }
    if let Some(keyness) = &options.keyness {
        let against = match keyness.against {
            Against::Rest => "rest",
            Against::Each => "each",
            Against::Both => "both",
        };
        all["keyness"] = json!({
            "unit": keyness.unit.name(), "against": against, "top": keyness.top, "min_hits": keyness.min_hits,
            "min_articles": keyness.min_articles, "min_group": keyness.min_group, "rank": keyness.rank.name(),
            "counted_voices": keyness.counted_voices, "alpha": keyness.alpha,
            "prior_words": keyness.prior_words, "simple_maths": keyness.simple_maths,
            "reference": keyness.reference.as_deref().map(crate::lexicon::shown),
        });
    }
    if let Some(collocates) = &options.collocates {
        let reach = match collocates.reach {
            Reach::Sentence => "the sentence".to_string(),
            Reach::Window { words, across_sentences: false } => format!("{words} words on each side"),
            Reach::Window { words, across_sentences: true } => format!("{words} words on each side, across sentences"),
        };
        all["collocates"] = json!({
            "terms": collocates.terms, "reach": reach, "unit": collocates.unit.name(),
            "counted_voices": collocates.counted_voices, "top": collocates.top,
            "min_hits": collocates.min_hits, "min_articles": collocates.min_articles,
        });
    }
    all
}
