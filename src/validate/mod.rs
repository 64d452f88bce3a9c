//! Does the dictionary measure what it claims? A sample for people to code, their codes, and what follows.
//!
//! In: a run; sheets that came back from coders; lexicon files. Out: a folder to code, agreement and precision and recall with intervals,
//! `validation.json` beside a lexicon.
//! Invariant: the sample, the entries and the articles that it speaks of have digests in a sealed key; a coder sees neither outlet nor
//! voice nor hit unless told; a unit that nobody coded is missing, never wrong.
//! It deliberately takes no decision for a researcher: what is low is said, not dropped.

mod apply;
mod article_scores;
mod codebook;
mod codes;
mod corrections;
mod design;
mod drafts;
mod estimates;
mod gather;
mod key;
mod key_builder;
mod page;
mod reopen;
mod report;
mod sample;
mod score;
mod sheet;
mod texts;
mod workbook;
mod write;

pub use apply::{Apply, apply};
pub use design::{Shown, Unit, allocate};
pub use sample::{Draw, sample};
pub use score::score;

/// What a command has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// For people.
    pub text: String,
    /// Something needs a decision: the exit code is 1.
    pub needs_decision: bool,
}
