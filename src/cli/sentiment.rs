//! The verbs of sentiment.

use super::lexicon::LookArguments;
use super::{Command, RunArguments};
use crate::error::Result;
use crate::sentiment::{By, Mode, Negation};
use clap::{Args, Subcommand};

/// `framescope sentiment`, and what stands below it.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct SentimentArguments {
    #[command(subcommand)]
    verb: Option<SentimentVerb>,
    #[command(flatten)]
    run: RunArguments,
    /// How articles are scored; the default is that of the study file, else `dictionary`.
    #[arg(long = "mode", value_name = "MODE")]
    scoring: Option<Mode>,
    /// Effect of a negation on a hit; the default is that of the study file, else `flip`.
    #[arg(long, value_name = "RULE")]
    negation: Option<Negation>,
    /// Write a row for each sentence.
    #[arg(long)]
    sentences: bool,
    /// Name of the primary lexicon, declared before you look at the results; the others are robustness checks.
    #[arg(long, value_name = "LEXICON")]
    primary: Option<String>,
}

#[derive(Subcommand)]
enum SentimentVerb {
    /// Print how well sentiment lexicons agree on a corpus, and the articles on which they agree least.
    Compare {
        #[command(flatten)]
        look: LookArguments,
        /// Output format; csv gives the scores of every article.
        #[arg(long, value_name = "FORM", value_parser = ["text", "csv"], default_value = "text")]
        format: String,
    },
}

impl SentimentArguments {
    pub(super) fn resolve(self) -> Result<Command> {
        if let Some(SentimentVerb::Compare { look, format }) = self.verb {
            return Ok(Command::SentimentCompare { look: look.resolve()?, csv: format == "csv" });
        }
        let (quiet, dry_run, has_out) = (self.run.quiet, self.run.dry_run, self.run.out.is_some());
        let mut study = self.run.resolve()?;
        // without a word on it, the results of a run of frames are left in peace
        if !has_out && !study.names_out {
            study.report.out = "sentiment".to_string();
        }
        // words of frames are nobody's question here
        study.lexical = crate::estimates::lexical::Options::default();
        let options = &mut study.sentiment;
        options.alone = true;
        options.mode = self.scoring.unwrap_or(options.mode);
        options.negation = self.negation.unwrap_or(options.negation);
        if self.sentences {
            options.by = By::Sentence;
        }
        if self.primary.is_some() {
            (options.primary, options.primary_at) = (self.primary, None);
        }
        let study = Box::new(study);
        Ok(if dry_run { Command::DryRun { study } } else { Command::Sentiment { study, quiet } })
    }
}
