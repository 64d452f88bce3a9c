//! Looking at a corpus or a lexicon before it is used.
//!
//! In: paths. Out: text for people, and whether something needs a decision.
//! Invariant: nothing is written but the file that was asked for (a sidecar, a converted or a formatted lexicon, a table); nothing is counted
//! differently than in a run.
//! It deliberately uses the rooms of the run itself, so that what is shown is what will be counted.

mod agreement;
mod batch;
mod cache;
mod convert;
mod corpus;
mod demo;
mod dry_run;
mod explain;
mod format;
mod forms;
mod frequencies;
mod history;
mod hits;
mod init;
mod kwic;
mod lexicon;
mod lint;
mod names;
mod of_run;
mod pairs;
mod sidecar;
mod stories;
mod subjects;
mod suggest;
mod usage;
mod voice;
mod words;

pub use agreement::{Agreement, Pair, ScoredArticle, compare_lexicons};
pub use cache::{clear_cache, list_cache, verify_cache};
pub use convert::{Conversion, convert, import_report, refuse_same_file, write_import_report};
pub use corpus::{CorpusReport, check_corpus};
pub use demo::demo;
pub use dry_run::dry_run;
pub use explain::explain;
pub use format::{format, formatted};
pub use forms::{Forms, FormsRow, forms};
pub use frequencies::{FrequencyQuery, WordList, WordRow, frequencies};
pub use history::{RestoredVersion, list_versions, restore_version};
pub use hits::{hits, hits_into};
pub use init::init_study;
pub use kwic::{Concordance, Form, KwicQuery, Line, Order, PlottedArticle, form_of_plot, kwic};
pub use lexicon::{check_lexicons, check_lexicons_with, list_lexicons, show_lexicon, show_lexicon_with};
pub use lint::{Lint, Linted, lint_lexicons};
pub use of_run::changed_articles;
pub use sidecar::init_corpus;
pub use stories::{Correction, correct_stories, list_stories, show_story};
pub use suggest::{accept_suggestions, dropped_text, suggestions_summary, suggestions_text};
pub use voice::{VoiceView, show_voice};
pub use words::{collocates, keyness};

/// What an inspection has to say.
pub struct Finding {
    /// For people.
    pub text: String,
    /// Something needs a decision: the exit code is 1.
    pub needs_decision: bool,
}

/// `1 hit`, `2 hits`.
fn counted(number: u64, noun: &str) -> String {
    crate::text::several(number, noun)
}
