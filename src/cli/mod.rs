//! The command line.
//!
//! In: arguments. Out: a [`Command`], with a resolved study where there is one.
//! Invariant: an argument overrules the study file, the study file overrules the default.
//! It deliberately does nothing: `main` does.

mod columns;
mod command;
mod diff;
mod history;
mod hits;
mod kwic;
mod lexicon;
mod manual;
mod part;
mod run;
mod sentiment;
mod stories;
mod validate;
mod words;

pub use command::{CacheVerb, Command, LexiconCommand, ValidateCommand};
pub use lexicon::Look;
pub use part::{PartCommand, PlanPrint, Task};
pub use run::RunArguments;

use crate::error::Result;
use crate::study::{self, Study};
use clap::{Parser, Subcommand};
use columns::{ColumnArguments, CorpusArguments};
use lexicon::{LexiconVerb, ReadingArguments};

/// Sentiment and framing statistics for news corpora: who says what, in whose voice, and how sure can we be?
#[derive(Parser)]
#[command(name = "framescope", version, about, max_term_width = 110)]
pub struct Arguments {
    #[command(subcommand)]
    command: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Read articles, look the lexicons up, write tables and charts.
    Run(RunArguments),
    /// Run, and run again whenever a lexicon or the study is saved; prints the rates that changed.
    Watch(RunArguments),
    /// The index of the articles that runs keep: list it, check it, drop it.
    Cache {
        #[arg(value_enum, default_value_t = CacheVerb::List)]
        what: CacheVerb,
        /// Folder of the run's results; the default is that of the study here.
        #[arg(long, short, value_name = "DIR")]
        out: Option<String>,
    },
    /// Write the sample study into a new folder: articles, the same as a table, lexicons, a study.
    Demo {
        /// A new folder.
        folder: String,
    },
    /// Write a study file for a corpus, with the columns, outlets and languages that were found and every setting.
    Init {
        #[command(flatten)]
        corpus: CorpusArguments,
        /// The file to write; one that is there is not replaced.
        #[arg(long, short, value_name = "FILE", default_value = "study.toml")]
        out: String,
    },
    /// Look at a corpus before it is counted.
    #[command(subcommand)]
    Corpus(CorpusVerb),
    /// Look at lexicons before they are used.
    #[command(subcommand)]
    Lexicon(LexiconVerb),
    /// Score articles by sentiment lexicons alone; write tables and charts, and print the scores.
    Sentiment(Box<sentiment::SentimentArguments>),
    /// Run in parts, on many machines: each part a task of its own, and the same bytes as of one run.
    #[command(subcommand)]
    Part(part::PartVerb),
    /// What changed between two runs, and which entry did it.
    Diff(diff::DiffArguments),
    /// The versions of lexicons and settings that a run folder has seen: list them, write one out.
    History(history::HistoryArguments),
    /// The stories of a run: articles of several outlets on one event.
    #[command(subcommand)]
    Stories(stories::StoriesVerb),
    /// Compare a lexicon with human coding: draw a sample, score it, write what came of it into the lexicon.
    #[command(subcommand)]
    Validate(validate::ValidateVerb),
    /// Print something as the program sees it.
    #[command(subcommand)]
    Show(ShowVerb),
    /// Read the hits of a word, an entry, a frame or a target in their context.
    Kwic(kwic::KwicArguments),
    /// List the words of a corpus with their hits, articles and outlets.
    Words(kwic::WordsArguments),
    /// Write every hit as one table, without statistics: CSV, JSON lines or Parquet, to a file or a pipe.
    Hits(Box<hits::HitTableArguments>),
    /// Which words a group uses more than the rest, or than another group.
    Keyness(words::KeynessArguments),
    /// Which words stand beside a word, a frame or a target.
    Collocates(words::CollocatesArguments),
    /// Print what a measure is, how voices are told apart, what counts as a word, or what the settings of a study are.
    Explain {
        /// Name of a measure, `voice`, `words`, or `settings`, also a table or a setting, as in `clean.furniture`; without it the names are listed.
        what: Option<String>,
    },
    /// Print what a shell needs to complete commands and options.
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the man page of the program, or of one of its commands.
    Man {
        /// A command, such as `run`; of a command in a command the page of the outer one.
        command: Option<String>,
    },
}

#[derive(Subcommand)]
enum ShowVerb {
    /// The hits behind a number of a run: of a frame, or of a frame in a group.
    Hits(Box<kwic::HitsArguments>),
    /// An article with its voices: who is speaking in each stretch.
    Voice {
        /// A file with the article.
        article: String,
        /// List every stretch with the rule that decided it, its cue and its source.
        #[arg(long)]
        explain: bool,
        /// Language of the article, as `en`; without it the text is asked.
        #[arg(long, value_name = "CODE")]
        language: Option<String>,
    },
}

#[derive(Subcommand)]
enum CorpusVerb {
    /// Write a sidecar `articles.csv` with everything that can be inferred, for a person to correct.
    Init {
        /// Folder of .txt or .md files.
        folder: String,
    },
    /// Print what is there: articles, outlets, dates, languages, empty, duplicates, undecodable, and how each file was read.
    Check {
        #[command(flatten)]
        corpus: Box<CorpusArguments>,
        /// Encoding of files that are not UTF-8, where the guess is wrong: windows-1251, koi8-r.
        #[arg(long, value_name = "NAME")]
        encoding: Option<String>,
    },
}

impl Arguments {
    /// Reads the study file and lays the arguments over it.
    pub fn resolve(self) -> Result<Command> {
        match self.command {
            Verb::Run(arguments) => {
                let quiet = arguments.quiet;
                if arguments.dry_run {
                    return Ok(Command::DryRun { study: Box::new(arguments.resolve()?) });
                }
                Ok(Command::Run { study: Box::new(arguments.resolve()?), quiet })
            }
            Verb::Watch(arguments) => Ok(Command::Watch { arguments: Box::new(arguments) }),
            Verb::Cache { what, out } => {
                let out = out.map_or_else(|| RunArguments::default().base().map(|study| study.report.out), Ok)?;
                Ok(Command::Cache { what, out })
            }
            Verb::Stories(verb) => verb.resolve(),
            Verb::Demo { folder } => Ok(Command::Demo { folder }),
            Verb::Init { corpus, out } => {
                let mut study = Study::default();
                let mut problems = Vec::new();
                corpus.lay_over(&mut study, &mut problems);
                problems.extend(study.check());
                match problems.is_empty() {
                    true => Ok(Command::Init { study: Box::new(study), out }),
                    false => Err(problems.into()),
                }
            }
            Verb::Corpus(CorpusVerb::Init { folder }) => Ok(Command::CorpusInit { folder }),
            Verb::Corpus(CorpusVerb::Check { corpus, encoding }) => {
                let reading = ReadingArguments::of_encoding(encoding);
                let arguments = RunArguments { corpus: *corpus, reading, ..RunArguments::default() };
                Ok(Command::CorpusCheck { study: Box::new(arguments.resolve()?) })
            }
            Verb::Lexicon(verb) => Ok(Command::Lexicon(verb.resolve()?)),
            Verb::Sentiment(arguments) => arguments.resolve(),
            Verb::Part(verb) => Ok(Command::Part(verb.resolve()?)),
            Verb::Diff(arguments) => arguments.resolve(),
            Verb::Validate(verb) => Ok(Command::Validate(verb.resolve())),
            Verb::Show(ShowVerb::Voice { article, explain, language }) => {
                let mut problems = Vec::new();
                let language = study::language("--language", language.as_deref(), &mut problems);
                if problems.is_empty() {
                    Ok(Command::ShowVoice { article, explain, language })
                } else {
                    Err(problems.into())
                }
            }
            Verb::Show(ShowVerb::Hits(arguments)) => arguments.resolve(),
            Verb::Kwic(arguments) => arguments.resolve(),
            Verb::Hits(arguments) => arguments.resolve(),
            Verb::Words(arguments) => arguments.resolve(),
            Verb::Keyness(arguments) => arguments.resolve(),
            Verb::Collocates(arguments) => arguments.resolve(),
            Verb::Explain { what } => Ok(Command::Explain { what }),
            Verb::Completions { shell } => Ok(Command::Print { text: manual::completions(shell) }),
            Verb::Man { command } => Ok(Command::Print { text: manual::man(command.as_deref())? }),
            Verb::History(arguments) => arguments.resolve(),
        }
    }
}
