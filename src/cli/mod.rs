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
    /// Count lexicons in articles; write tables, charts and an HTML page.
    Run(RunArguments),
    /// Run again whenever a lexicon or the study file is saved, and print the rates that changed.
    Watch(RunArguments),
    /// List, check or delete the index of articles that a run keeps.
    Cache {
        #[arg(value_enum, default_value_t = CacheVerb::List)]
        what: CacheVerb,
        /// Results folder of a run; the default is that of the study file seeds/study.toml in the current folder.
        #[arg(long, short, value_name = "DIR")]
        out: Option<String>,
    },
    /// Write the sample study into a new folder: articles (as files and as a table), lexicons, a study file.
    Demo {
        /// A new folder.
        folder: String,
    },
    /// Write a study file for a corpus, with its columns, outlets and languages, and every setting.
    Init {
        #[command(flatten)]
        corpus: CorpusArguments,
        /// The file to write; an existing file is not replaced.
        #[arg(long, short, value_name = "FILE", default_value = "study.toml")]
        out: String,
    },
    /// Inspect a corpus before you count it.
    #[command(subcommand)]
    Corpus(CorpusVerb),
    /// Check, convert and extend lexicons.
    #[command(subcommand)]
    Lexicon(LexiconVerb),
    /// Score articles with sentiment lexicons only; write tables and charts, and print the scores.
    Sentiment(Box<sentiment::SentimentArguments>),
    /// Run in parts, on many machines; the result is that of a single run, byte for byte.
    #[command(subcommand)]
    Part(part::PartVerb),
    /// Show what changed between two runs, and which entries caused it.
    Diff(diff::DiffArguments),
    /// List the versions of lexicons and settings that were run into a folder, or restore one.
    History(history::HistoryArguments),
    /// List, show and correct the stories of a run (articles of several outlets on one event).
    #[command(subcommand)]
    Stories(stories::StoriesVerb),
    /// Validate a lexicon by human coding: draw a sample, score it, record the result in the lexicon.
    #[command(subcommand)]
    Validate(validate::ValidateVerb),
    /// Show the voices of an article, or the hits behind a number.
    #[command(subcommand)]
    Show(ShowVerb),
    /// Show a word, an entry, a frame or a target in context (concordance).
    Kwic(kwic::KwicArguments),
    /// List the words of a corpus with their frequency, articles and outlets.
    Words(kwic::WordsArguments),
    /// Write every hit as one table, without statistics: CSV, JSON lines or Parquet, to a file or a pipe.
    Hits(Box<hits::HitTableArguments>),
    /// List the words that a group uses more, or less, than others.
    Keyness(words::KeynessArguments),
    /// List the words that occur near a word, a frame or a target.
    Collocates(words::CollocatesArguments),
    /// Explain a measure, the rules of voice, what counts as a word, or the settings of a study file.
    Explain {
        /// Name of a measure; `voice`; `words`; `settings`; or a section or setting, such as `clean.furniture`. Without it, the names are listed.
        what: Option<String>,
    },
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the man page of the program, or of one of its commands.
    Man {
        /// A command, such as `run`; for a subcommand, give the command it belongs to.
        command: Option<String>,
    },
}

#[derive(Subcommand)]
enum ShowVerb {
    /// The hits behind a number of a run: of a frame, or of a frame in a group.
    Hits(Box<kwic::HitsArguments>),
    /// An article with its voices: who is speaking in each passage.
    Voice {
        /// A file with the article.
        article: String,
        /// List every passage with the rule that decided its voice, its cue and its source.
        #[arg(long)]
        explain: bool,
        /// Language of the article, such as `en`; by default it is recognised from the text.
        #[arg(long, value_name = "CODE")]
        language: Option<String>,
    },
}

#[derive(Subcommand)]
enum CorpusVerb {
    /// Write `articles.csv` with the outlet, date, title and language of each text file as far as they can be inferred, for you to correct.
    Init {
        /// Folder of .txt or .md files.
        folder: String,
    },
    /// Describe a corpus: articles, outlets, dates, languages, empty articles, duplicates, undecodable text, and how each file was read.
    Check {
        #[command(flatten)]
        corpus: Box<CorpusArguments>,
        /// Encoding of files that are not in UTF-8, if the guess is wrong, such as windows-1251 or koi8-r.
        #[arg(long, value_name = "NAME")]
        encoding: Option<String>,
    },
}

impl Arguments {
    /// Reads the study file and lays the arguments over it.
    pub fn resolve(self) -> Result<Command> {
        match self.command {
            Verb::Run(arguments) => {
                let (quiet, dry_run) = (arguments.quiet, arguments.dry_run);
                let study = Box::new(arguments.resolve()?);
                Ok(if dry_run { Command::DryRun { study } } else { Command::Run { study, quiet } })
            }
            Verb::Watch(arguments) if arguments.dry_run => {
                Ok(Command::DryRun { study: Box::new(arguments.resolve()?) })
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
            Verb::Part(verb) => verb.resolve(),
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
