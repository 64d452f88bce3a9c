//! What a run was made of, and what it has to say at its end.

use crate::count::Totals;
use crate::lexicon;
use crate::lookup::Plan;
use crate::read::Input;
use crate::results::Tables;
use crate::sentiment::Scorer;
use crate::stories::Stories;
use serde::{Deserialize, Serialize};

/// What a run was made of.
pub struct Inputs<'a> {
    /// What is written.
    pub options: &'a super::Options,
    /// Every setting that can move a byte.
    pub settings: super::Settings,
    /// Share of records that may be lost.
    pub max_bad_share: f64,
    /// Lexicons.
    pub lexicons: &'a lexicon::Set,
    /// Files of the corpus.
    pub files: &'a [Input],
    /// Frames.
    pub frames: &'a Plan<'a>,
    /// Sentiment lexicons.
    pub sentiment: &'a [Plan<'a>],
    /// How they were scored.
    pub scorer: &'a Scorer<'a>,
    /// What coders have said of each frame.
    pub stamps: &'a [Option<crate::results::Stamp>],
    /// Articles on one event.
    pub stories: &'a Stories,
    /// Every table of estimates.
    pub tables: &'a Tables<'a>,
}

/// What a run has to say at its end.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Outcome {
    /// Totals.
    pub totals: Totals,
    /// Group labels, groups in the order of their size.
    pub groups: Vec<String>,
    /// Frame labels.
    pub frames: Vec<String>,
    /// The frames to show, by number: those with most hits, where there are more than a page of them.
    pub shown: Vec<usize>,
    /// What to say of the frames that are not shown; empty where all are.
    pub not_shown: String,
    /// Articles of each group.
    pub articles: Vec<u64>,
    /// Rate by group, then frame, where there is one.
    pub rates: Vec<Vec<Option<f64>>>,
    /// By group, then frame: whether it differs from all other articles with q below .05.
    pub sure: Vec<Vec<bool>>,
    /// The scores of sentiment, as a table for people; empty without a sentiment lexicon.
    pub sentiment: String,
    /// What a reader of the numbers must hear at once; each one sentence.
    pub remarks: Vec<String>,
    /// More unreadable records than the study allows.
    pub too_many_bad: bool,
    /// The run folder.
    pub out: String,
    /// What changed since the last run, and how many versions were tried: text for the terminal, empty where there is nothing to say.
    pub since: String,
}
