//! The command that writes every hit as one table.
//!
//! In: arguments. Out: a [`Command`].
//! Invariant: it takes articles and lexicons as a run does.

use super::lexicon::ReadingArguments;
use super::{Command, CorpusArguments, RunArguments};
use crate::error::Result;
use crate::report::HitForm;
use crate::voice::Voice;
use clap::Args;

/// `framescope hits`.
#[derive(Args)]
pub(super) struct HitTableArguments {
    #[command(flatten)]
    corpus: CorpusArguments,
    /// Lexicon files, folders of them, or names of shipped lexicons. Default: those of the study file, else `lexicons/` in the current folder, else the shipped ones for the languages of the corpus.
    #[arg(long, short, value_name = "FILE")]
    lexicon: Vec<String>,
    /// Study file.
    #[arg(long, short, value_name = "FILE")]
    study: Option<String>,
    #[command(flatten)]
    reading: ReadingArguments,
    /// Voices to count; hits in other voices get a row that says so.
    #[arg(long, value_name = "VOICE", value_delimiter = ',')]
    voice: Vec<Voice>,
    /// Output format. Default: what the name of the file says (.csv, .jsonl, .parquet), else CSV.
    #[arg(long, value_name = "FORM")]
    format: Option<HitForm>,
    /// A new file; `-` is standard output.
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    out: String,
    /// Number of threads; the rows do not depend on it.
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

impl HitTableArguments {
    pub(super) fn resolve(self) -> Result<Command> {
        let (form, out) = (self.format.unwrap_or_else(|| HitForm::of_path(&self.out)), self.out);
        let arguments = RunArguments {
            corpus: self.corpus,
            lexicon: self.lexicon,
            study: self.study,
            reading: self.reading,
            voice: self.voice,
            threads: self.threads,
            ..RunArguments::default()
        };
        Ok(Command::Hits { study: Box::new(arguments.resolve()?), form, out })
    }
}
