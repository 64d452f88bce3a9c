//! From hits of weighted words to scores: of a hit, of a sentence, towards a target; and VADER.
//!
//! In: a shard, the hits of sentiment lexicons, cue words. Out: [`Weighed`] hits, [`SentenceTone`]s, [`Toward`]s, and VADER's
//! [`vader::Polarity`] of a sentence.
//! Invariant: a score of a hit is a whole number of thousandths, of VADER's compound of ten-thousandths: sums are exact in any
//! order. Nothing reaches over the end of a sentence.
//! It deliberately sums no article (`aggregate` does), estimates nothing (`statistics` does), and has no word of any language in it.

mod cues;
mod model;
mod scale;
mod scorer;
mod sentences;
mod toward;
pub mod vader;
mod weigh;

pub use cues::{Cues, TypeCues};
pub use model::{Feature, Model, NAMES, Part, TypeModel, features};
pub use scale::{Scale, Scales};
pub use scorer::{COLUMN_TARGET, Mention, MentionTone, Scorer, Tone};
pub use sentences::{SentenceTone, sentence_tones};
pub use toward::{Label, Toward, Word, toward};
pub use weigh::{Degree, Scored, Weighed, weigh};

use crate::error::{Place, Result};
use crate::text::Language;
use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How an article gets its score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Weights of the hits.
    #[default]
    Dictionary,
    /// VADER's rules, sentence by sentence, as vaderSentiment 3.3.2 has them.
    Vader,
    /// The same without its two known faults.
    VaderCorrected,
}

impl Mode {
    /// Its name in a study.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Dictionary => "dictionary",
            Mode::Vader => "vader",
            Mode::VaderCorrected => "vader-corrected",
        }
    }
}

/// What a negation does to a hit that it governs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Negation {
    /// Nothing.
    Ignore,
    /// It counts with the opposite sign and 0.74 of its weight.
    #[default]
    Flip,
    /// It is not counted.
    Drop,
}

impl Negation {
    /// Its name in a study.
    pub fn name(self) -> &'static str {
        match self {
            Negation::Ignore => "ignore",
            Negation::Flip => "flip",
            Negation::Drop => "drop",
        }
    }
}

/// What gets a row of scores.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// Each article.
    #[default]
    Article,
    /// Each sentence, too.
    Sentence,
}

/// What scores the mentions of a target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Judge {
    /// Weights of the hits, by distance.
    #[default]
    Rule,
    /// A model that was trained on hand-coded sentences.
    Model,
}

/// What a study may set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// How an article gets its score.
    pub mode: Mode,
    /// What a negation does.
    pub negation: Negation,
    /// Whether intensifiers and diminishers count.
    pub degrees: bool,
    /// What gets a row.
    pub by: By,
    /// Write a row for each mention of a target.
    pub mentions: bool,
    /// Words to each side of a mention that are looked at; 0 = its whole sentence.
    pub window: u32,
    /// What scores the mentions of a target.
    pub toward: Judge,
    /// Column of the corpus that names the target of each article, as in hand-coded sentences.
    pub target_column: Option<String>,
    /// Name of the lexicon declared before looking; else the first.
    pub primary: Option<String>,
    /// Where the study names it.
    #[serde(skip)]
    pub primary_at: Option<Place>,
    /// Look up no frames: `framescope sentiment`.
    pub alone: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            mode: Mode::Dictionary,
            negation: Negation::Flip,
            degrees: true,
            by: By::Article,
            mentions: false,
            window: 0,
            toward: Judge::Rule,
            target_column: None,
            primary: None,
            primary_at: None,
            alone: false,
        }
    }
}

/// The shipped cues of each language that has some.
pub fn shipped_cues() -> Result<BTreeMap<Language, Cues>> {
    Cues::shipped()
}
