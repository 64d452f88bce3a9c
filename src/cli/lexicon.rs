//! The verbs that look at lexicons.

use super::kwic::SourceArguments;
use super::{ColumnArguments, CorpusArguments, LexiconCommand, RunArguments};
use crate::error::Result;
use crate::inspect::{Conversion, Form};
use crate::lexicon::{self, MatchMode, Overlap};
use crate::study::Study;
use crate::suggest::SuggestQuery;
use crate::text::Fold;
use clap::{Args, Subcommand};

#[derive(Subcommand)]
pub(super) enum LexiconVerb {
    /// Check lexicons: run their test sentences (hits, misses), and report duplicates and contradictions.
    Check {
        /// Lexicon files, or folders of them.
        #[arg(required = true)]
        files: Vec<String>,
        #[command(flatten)]
        reading: ReadingArguments,
    },
    /// List the lexicons that come with the program. You can use their names wherever a lexicon file is expected.
    List,
    /// Print the frames of a lexicon, with their numbers of entries.
    Show {
        /// A lexicon file.
        file: String,
        #[command(flatten)]
        reading: ReadingArguments,
    },
    /// Check lexicons against a corpus: entries without hits, wildcards that match too much, stems with two meanings, names inside longer names, missing variants.
    Lint {
        #[command(flatten)]
        look: LookArguments,
        /// Output format.
        #[arg(long, value_name = "FORM", value_parser = ["text", "json"], default_value = "text")]
        format: String,
    },
    /// Print every entry with the surface forms that it matches in a corpus.
    Forms {
        #[command(flatten)]
        look: LookArguments,
        /// Output format.
        #[arg(long, value_name = "FORM", value_parser = ["text", "csv"], default_value = "text")]
        format: String,
    },
    /// Suggest candidates for each frame from a corpus, with example sentences; with --accept, add those that you marked to the lexicon.
    Suggest(SuggestArguments),
    /// List doubtful entries, according to a corpus or to their validation.
    SuggestDrop {
        /// A lexicon of frames.
        file: String,
        #[command(flatten)]
        source: SourceArguments,
        /// Only this frame.
        #[arg(long, value_name = "NAME")]
        frame: Option<String>,
        /// Output format.
        #[arg(long, value_name = "FORM", value_parser = ["table", "csv", "jsonl"], default_value = "table")]
        format: String,
    },
    /// Convert a lexicon to the format given by the extension of OUT: .toml, .csv, .dic, .dicx, .cat, .yml.
    Convert {
        /// A lexicon in any supported format.
        input: String,
        /// The file to write.
        #[arg(value_name = "OUT")]
        output: String,
        /// File for a line-by-line list of what OUT cannot express.
        #[arg(long, value_name = "FILE")]
        losses: Option<String>,
        /// File for a line-by-line report of how INPUT was read.
        #[arg(long, value_name = "FILE")]
        import_report: Option<String>,
        /// Overwrite existing files.
        #[arg(long)]
        force: bool,
        #[command(flatten)]
        reading: ReadingArguments,
    },
    /// Bring TOML lexicons into a standard layout; comments are preserved.
    Format {
        /// TOML lexicons.
        #[arg(required = true)]
        files: Vec<String>,
        /// Change nothing; exit with code 1 if a file is not in the standard layout.
        #[arg(long)]
        check: bool,
    },
}

/// `framescope lexicon suggest`.
#[derive(Args)]
pub(super) struct SuggestArguments {
    /// A lexicon of frames.
    file: String,
    #[command(flatten)]
    source: SourceArguments,
    /// Only this frame.
    #[arg(long, value_name = "NAME")]
    frame: Option<String>,
    /// Number of candidates for each frame.
    #[arg(short = 'n', long = "number", value_name = "N", default_value_t = 50)]
    number: usize,
    /// Minimum number of hits of a candidate.
    #[arg(long, value_name = "N", default_value_t = 3)]
    min_hits: u64,
    /// Seed of the latent space and of every draw.
    #[arg(long)]
    seed: Option<u64>,
    /// A table of coded texts: `sentence` or `text`, and a column for each frame (1 or 0), or `code` with names of frames.
    #[arg(long, value_name = "FILE.csv")]
    coded: Option<String>,
    /// Output format.
    #[arg(long, value_name = "FORM", value_parser = ["table", "csv", "jsonl"], default_value = "table")]
    format: String,
    /// Add the rows of this table that are marked in the column `accept` to the lexicon; no corpus is read.
    #[arg(long, value_name = "FILE.csv")]
    accept: Option<String>,
    /// Date to write beside accepted entries; the default is today.
    #[arg(long, value_name = "DAY", requires = "accept")]
    added: Option<String>,
}

impl SuggestArguments {
    fn resolve(self) -> Result<LexiconCommand> {
        if let Some(table) = self.accept {
            return Ok(LexiconCommand::Accept { file: self.file, table, added: self.added });
        }
        let (study, run) = self.source.resolve()?;
        let query = SuggestQuery {
            frame: self.frame,
            most: self.number,
            seed: self.seed,
            coded: self.coded,
            min_hits: self.min_hits,
        };
        Ok(LexiconCommand::Suggest { file: self.file, study, run, query, form: form(&self.format) })
    }
}

/// A form that lists have.
fn form(name: &str) -> Form {
    match name {
        "csv" => Form::Csv,
        "jsonl" => Form::Jsonl,
        _ => Form::Table,
    }
}

/// How a lexicon is read.
#[derive(Args, Clone, Default)]
pub(super) struct ReadingArguments {
    /// Skip faulty lines of a lexicon and report them, instead of refusing the file.
    #[arg(long)]
    lenient: bool,
    /// Encoding of lexicons and articles that are not in UTF-8, if the guess is wrong, such as windows-1251 or shift-jis.
    #[arg(long, value_name = "NAME")]
    pub(super) encoding: Option<String>,
    /// What the columns of a table are, by name or by number from 1: 'term=word, weight=valence, category=-'; several categories as
    /// 'term=word, categories=joy|fear'. `columns` or `rows` if each column or row holds the words of one category.
    #[arg(long, value_name = "COLUMNS")]
    shape: Option<String>,
    /// How entries match that do not specify it themselves.
    #[arg(long = "match", value_name = "MODE")]
    mode: Option<MatchMode>,
    /// Scope within which a word counts only once.
    #[arg(long, value_name = "SCOPE")]
    overlap: Option<Overlap>,
    /// How far spellings are normalised: with `strict`, ё and е, ß and ss, and ligatures and letters stay different (see `framescope explain words`).
    #[arg(long, value_name = "HOW")]
    fold: Option<Fold>,
}

impl ReadingArguments {
    /// Nothing told but an encoding.
    pub(super) fn of_encoding(encoding: Option<String>) -> ReadingArguments {
        ReadingArguments { encoding, ..ReadingArguments::default() }
    }

    /// Overrules what a study says.
    pub(super) fn lay_over(self, options: &mut lexicon::Options) {
        options.lenient |= self.lenient;
        options.encoding = self.encoding.or(options.encoding.take());
        options.shape = self.shape.or(options.shape.take());
        options.mode = self.mode.or(options.mode);
        options.overlap = self.overlap.or(options.overlap);
        options.fold = self.fold.unwrap_or(options.fold);
    }

    /// By itself, where there is no study.
    pub(super) fn options(self) -> lexicon::Options {
        let mut options = lexicon::Options::default();
        self.lay_over(&mut options);
        options
    }
}

/// Which lexicons, and the articles to look at them with.
#[derive(Args)]
pub(super) struct LookArguments {
    /// Lexicons, then the corpus. With --study, all arguments are lexicons, and the study file names the corpus.
    #[arg(required = true, value_name = "FILE|CORPUS")]
    paths: Vec<String>,
    /// Study file: its corpus, its columns, and what it counts.
    #[arg(long, short, value_name = "FILE")]
    study: Option<String>,
    #[command(flatten)]
    columns: ColumnArguments,
    #[command(flatten)]
    reading: ReadingArguments,
}

/// Lexicons, the study with the corpus, and how lexicons are read.
pub struct Look {
    /// Lexicons.
    pub files: Vec<String>,
    /// The corpus and its columns.
    pub study: Box<Study>,
    /// How lexicons are read.
    pub reading: lexicon::Options,
}

impl LookArguments {
    pub(super) fn resolve(mut self) -> Result<Look> {
        let last = if self.study.is_none() && self.paths.len() > 1 { self.paths.pop() } else { None };
        let corpus: Vec<String> = last.into_iter().collect();
        let corpus = CorpusArguments { corpus, columns: self.columns };
        let reading = self.reading;
        let study = RunArguments { corpus, study: self.study, reading, ..RunArguments::default() }.resolve()?;
        Ok(Look { files: self.paths, reading: study.reading.clone(), study: Box::new(study) })
    }
}

impl LexiconVerb {
    pub(super) fn resolve(self) -> Result<LexiconCommand> {
        Ok(match self {
            LexiconVerb::Check { files, reading } => LexiconCommand::Check { files, reading: reading.options() },
            LexiconVerb::Show { file, reading } => LexiconCommand::Show { file, reading: reading.options() },
            LexiconVerb::List => LexiconCommand::List,
            LexiconVerb::Lint { look, format } => {
                LexiconCommand::Lint { look: look.resolve()?, json: format == "json" }
            }
            LexiconVerb::Forms { look, format } => {
                LexiconCommand::Forms { look: look.resolve()?, csv: format == "csv" }
            }
            LexiconVerb::Suggest(arguments) => arguments.resolve()?,
            LexiconVerb::SuggestDrop { file, source, frame, format } => {
                let (study, run) = source.resolve()?;
                let query = SuggestQuery { frame, ..SuggestQuery::default() };
                LexiconCommand::SuggestDrop { file, study, run, query, form: form(&format) }
            }
            LexiconVerb::Convert { input, output, losses, import_report, force, reading } => {
                let how = Conversion { reading: reading.options(), force, losses };
                LexiconCommand::Convert { input, output, import_report, how }
            }
            LexiconVerb::Format { files, check } => LexiconCommand::Format { files, check },
        })
    }
}
