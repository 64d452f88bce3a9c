//! The verbs that validate a lexicon: sample, score, apply.

use super::ValidateCommand;
use crate::validate::{Apply, Draw, Shown, Unit};
use clap::{Args, Subcommand};

/// `framescope validate`.
#[derive(Subcommand)]
pub(super) enum ValidateVerb {
    /// Draw a sample of a run for people to code: sheets, offline coding pages, a codebook, and a key that coders do not see.
    Sample(SampleArguments),
    /// Check the completed sheets, and compute agreement, precision, recall, scores of entries and corrected comparisons.
    Score {
        /// Folder of the sample.
        #[arg(value_name = "CODING")]
        folder: String,
    },
    /// Write the scores into lexicon files, and a record beside them; later runs report them.
    Apply(ApplyArguments),
}

#[derive(Args)]
pub(super) struct SampleArguments {
    /// Folder of the run.
    run: String,
    /// A new folder.
    #[arg(long, short, value_name = "DIR", default_value = "coding")]
    out: String,
    /// Study file of the run, if the run folder does not record it.
    #[arg(long, short, value_name = "FILE")]
    study: Option<String>,
    /// Frames to sample; the default is all.
    #[arg(long, value_name = "FRAME", value_delimiter = ',')]
    frame: Vec<String>,
    /// Number of hits of each frame, to estimate precision.
    #[arg(long, value_name = "N", default_value_t = 100)]
    hits: u64,
    /// Number of sentences without a hit of each frame, to estimate recall.
    #[arg(long, value_name = "N", default_value_t = 100)]
    sentences: u64,
    /// Number of coders.
    #[arg(long, value_name = "N", default_value_t = 2)]
    coders: u64,
    /// Number of items of each frame that every coder codes, to measure agreement; the others are divided among the coders.
    #[arg(long, value_name = "N", default_value_t = 50)]
    overlap: u64,
    /// Seed of the draw and of each coder's order.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// What is coded.
    #[arg(long, value_enum, default_value_t = Unit::Sentence)]
    unit: Unit,
    /// Draw these numbers from each outlet, not from all outlets together.
    #[arg(long)]
    by_outlet: bool,
    /// What coders see besides the text; the default is nothing.
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_enum)]
    show: Vec<Shown>,
}

#[derive(Args)]
pub(super) struct ApplyArguments {
    /// Folder of the sample, scored.
    #[arg(value_name = "CODING")]
    folder: String,
    /// Lexicon files in TOML.
    #[arg(value_name = "LEXICON", required = true)]
    lexicons: Vec<String>,
    /// Date of the record, as in 2022-01-31; the default is today.
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    /// Names of the coders, in order, for the record; by default A, B and so on.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    coders: Vec<String>,
}

impl ValidateVerb {
    pub(super) fn resolve(self) -> ValidateCommand {
        match self {
            ValidateVerb::Sample(arguments) => ValidateCommand::Sample {
                draw: Box::new(Draw {
                    run: arguments.run,
                    study: arguments.study,
                    out: arguments.out,
                    frames: arguments.frame,
                    hits: arguments.hits,
                    sentences: arguments.sentences,
                    coders: arguments.coders,
                    overlap: if arguments.coders < 2 { 0 } else { arguments.overlap },
                    seed: arguments.seed,
                    unit: arguments.unit,
                    by_outlet: arguments.by_outlet,
                    show: arguments.show,
                }),
            },
            ValidateVerb::Score { folder } => ValidateCommand::Score { folder },
            ValidateVerb::Apply(arguments) => ValidateCommand::Apply {
                apply: Apply {
                    folder: arguments.folder,
                    lexicons: arguments.lexicons,
                    date: arguments.date,
                    coders: arguments.coders,
                },
            },
        }
    }
}
