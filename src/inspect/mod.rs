//! Looking at a corpus or a lexicon before it is used.
//!
//! In: paths. Out: text for people, and whether something needs a decision.
//! Invariant: nothing is written but the sidecar that `corpus init` is asked for; nothing is counted differently than in a run.
//! It deliberately uses the rooms of the run itself, so that what is shown is what will be counted.

mod corpus;
mod lexicon;

pub use corpus::{CorpusReport, check_corpus, init_corpus};
pub use lexicon::{check_lexicons, show_lexicon};

/// What an inspection has to say.
pub struct Finding {
    /// For people.
    pub text: String,
    /// Something needs a decision: the exit code is 1.
    pub needs_decision: bool,
}
