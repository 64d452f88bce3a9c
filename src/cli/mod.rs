//! The command line.
//!
//! In: arguments. Out: a [`Command`], with a resolved study where there is one.
//! Invariant: an argument overrules the study file, the study file overrules the default.
//! It deliberately does nothing: `main` does.

mod diff;
mod kwic;
mod lexicon;
mod sentiment;
mod stories;
mod validate;
mod words;

pub use lexicon::Look;

use crate::error::{Error, Place, Problem, Result, did_you_mean};
use crate::estimates::Period;
use crate::inspect::{Conversion, Correction, Form, FrequencyQuery, KwicQuery};
use crate::lexicon as lexicon_room;
use crate::read::{DateOrder, Headline, Quoting};
use crate::study::{self, Study};
use crate::suggest::SuggestQuery;
use crate::text::Language;
use crate::voice::Voice;
use clap::{Args, Parser, Subcommand, ValueEnum};
use lexicon::{LexiconVerb, ReadingArguments};
use std::path::Path;

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
    /// What changed between two runs, and which entry did it.
    Diff(diff::DiffArguments),
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
    /// Which words a group uses more than the rest, or than another group.
    Keyness(words::KeynessArguments),
    /// Which words stand beside a word, a frame or a target.
    Collocates(words::CollocatesArguments),
    /// Print what a measure is, how voices are told apart, what counts as a word, or what the settings of a study are.
    Explain {
        /// Name of a measure, `voice`, `words`, or `settings`, also a table or a setting, as in `clean.furniture`; without it the names are listed.
        what: Option<String>,
    },
}

#[derive(Subcommand)]
enum ShowVerb {
    /// The hits behind a number of a run: of a frame, or of a frame in a group.
    Hits(kwic::HitsArguments),
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

/// Which articles, and how their columns are called.
#[derive(Args, Clone, Default)]
struct CorpusArguments {
    /// Files, folders or globs: .txt, .md, .csv, .tsv, .jsonl, .parquet, each also .gz or .zst.
    corpus: Vec<String>,
    #[command(flatten)]
    columns: ColumnArguments,
}

/// How the columns of a table are called, and what its cells mean.
#[derive(Args, Clone, Default)]
struct ColumnArguments {
    /// Column of the text; several, as in `headline,lead,body`, are joined.
    #[arg(long, value_name = "COLUMN")]
    text: Option<String>,
    /// Column of the outlet.
    #[arg(long, value_name = "COLUMN")]
    outlet: Option<String>,
    /// Column of the date.
    #[arg(long, value_name = "COLUMN")]
    date: Option<String>,
    /// Column of the title.
    #[arg(long, value_name = "COLUMN")]
    title: Option<String>,
    /// Column of the identifier.
    #[arg(long, value_name = "COLUMN")]
    id: Option<String>,
    /// Column of the language, or a code of two letters that declares the language of all articles that name none.
    #[arg(long, value_name = "COLUMN|CODE")]
    language: Option<String>,
    /// How to read 03/04/2022.
    #[arg(long, value_name = "ORDER")]
    date_order: Option<DateOrder>,
    /// Tables whose quotation marks are broken: `strict` leaves such rows out, `repair` reads every line that is a whole row as a row.
    #[arg(long, value_name = "HOW")]
    quoting: Option<Quoting>,
    /// Tables have no header: their columns are called `column 1`, `column 2` and so on.
    #[arg(long)]
    no_header: bool,
    /// Cells that mean that there is nothing; the default is NA, NaN, NULL, None, - and their kin. An empty word: none but empty cells.
    #[arg(long, value_name = "WORD", value_delimiter = ',')]
    missing: Vec<String>,
    /// Only articles that fit, as in 'date >= 2022-01-01 and outlet in ("CNN", "Fox") and text ~ "Kazakhstan*"'.
    #[arg(long = "where", value_name = "CONDITION")]
    only: Option<String>,
    /// Only so many articles, drawn by the seed.
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// What paths below the corpus folder say of text files, as in '{outlet}/{date}_{title}.txt'.
    #[arg(long, value_name = "PATTERN")]
    path: Option<String>,
    /// A text file holds many articles; a line that fits this regular expression stands before each.
    #[arg(long, value_name = "PATTERN")]
    split: Option<String>,
    /// A layout of database exports (TOML, as in lexicons/exports/); those of Nexis, Factiva, ProQuest and Europresse are known.
    #[arg(long, value_name = "FILE")]
    export: Vec<String>,
    /// Titles that stand beside their texts: part of the article, looked up but in no count, or metadata alone.
    #[arg(long, value_name = "HOW")]
    headline: Option<Headline>,
}

/// What to do with the index.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum CacheVerb {
    /// Print what is in it.
    List,
    /// Read it through.
    Verify,
    /// Drop it; the next run makes it again.
    Clear,
}

/// The arguments of a run.
#[derive(Args, Clone, Default)]
pub struct RunArguments {
    #[command(flatten)]
    corpus: CorpusArguments,
    /// Lexicon files or folders of them; the default is the study's, else `lexicons/` of the current folder.
    #[arg(long, short, value_name = "FILE")]
    lexicon: Vec<String>,
    /// Study file. With neither study nor corpus: seeds/study.toml of the current folder.
    #[arg(long, short, value_name = "FILE")]
    study: Option<String>,
    #[command(flatten)]
    reading: ReadingArguments,
    /// Folder of the results; an earlier run there is replaced, other files there are kept.
    #[arg(long, short, value_name = "DIR")]
    out: Option<String>,
    /// Columns to group by, also year, month, language, file, article; several are crossed.
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    by: Vec<String>,
    /// Voices that are counted.
    #[arg(long, value_name = "VOICE", value_delimiter = ',')]
    voice: Vec<Voice>,
    /// Length of the periods of charts over time.
    #[arg(long, value_enum)]
    period: Option<Period>,
    /// Seed of every random stream.
    #[arg(long)]
    seed: Option<u64>,
    /// Count site furniture too: known lines, lines that recur in an outlet, short lines at the end.
    #[arg(long)]
    keep_furniture: bool,
    /// Count repeated passages too.
    #[arg(long)]
    keep_repeats: bool,
    /// Count exact duplicates too.
    #[arg(long)]
    keep_duplicates: bool,
    /// Draw no charts.
    #[arg(long)]
    no_charts: bool,
    /// Write no Parquet.
    #[arg(long)]
    no_parquet: bool,
    /// Keep no index of the articles for the next run.
    #[arg(long)]
    no_cache: bool,
    /// Use an index that another user or another machine made.
    #[arg(long)]
    trust_cache: bool,
    /// Threads; no number depends on it.
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Articles in a shard; no number depends on it.
    #[arg(long, value_name = "N", hide = true)]
    shard_articles: Option<usize>,
    /// Print no progress and no table.
    #[arg(long, short)]
    quiet: bool,
}

/// What to do.
pub enum Command {
    /// The main job.
    Run {
        /// Resolved.
        study: Box<Study>,
        /// Print nothing but errors.
        quiet: bool,
    },
    /// Run whenever a file is saved.
    Watch {
        /// To be resolved before each run.
        arguments: Box<RunArguments>,
    },
    /// Look after the index.
    Cache {
        /// What to do.
        what: CacheVerb,
        /// Folder of the run.
        out: String,
    },
    /// List the stories of a run, or show one.
    Stories {
        /// Which one; without it all are listed.
        story: Option<u32>,
        /// Folder of the run.
        out: String,
    },
    /// Write down what a person says about stories.
    CorrectStories {
        /// What.
        correction: Correction,
        /// Folder of the run that is corrected.
        out: String,
        /// File of corrections.
        file: String,
    },
    /// Sentiment alone.
    Sentiment {
        /// Resolved.
        study: Box<Study>,
        /// Print nothing but errors.
        quiet: bool,
    },
    /// How far sentiment lexicons agree.
    SentimentCompare {
        /// Lexicons and corpus.
        look: Look,
        /// Print CSV.
        csv: bool,
    },
    /// Write the sample study.
    Demo {
        /// A new folder.
        folder: String,
    },
    /// Write a study file.
    Init {
        /// With the corpus.
        study: Box<Study>,
        /// The file to write.
        out: String,
    },
    /// Write a sidecar.
    CorpusInit {
        /// Folder of articles.
        folder: String,
    },
    /// Compare two runs.
    Diff {
        /// Folder of the first run.
        before: String,
        /// Folder of the second run.
        after: String,
        /// Folder of the tables and the chart; nothing is written without it.
        out: Option<String>,
    },
    /// Describe a corpus.
    CorpusCheck {
        /// Resolved.
        study: Box<Study>,
    },
    /// Check lexicons.
    LexiconCheck {
        /// Paths.
        files: Vec<String>,
        /// How they are read.
        reading: lexicon_room::Options,
    },
    /// List the shipped lexicons.
    LexiconList,
    /// Print a lexicon.
    LexiconShow {
        /// How it is read.
        reading: lexicon_room::Options,
        /// Path.
        file: String,
    },
    /// Check lexicons against a corpus.
    LexiconLint {
        /// Lexicons and corpus.
        look: Look,
        /// Print JSON.
        json: bool,
    },
    /// Print what each entry matches.
    LexiconForms {
        /// Lexicons and corpus.
        look: Look,
        /// Print CSV.
        csv: bool,
    },
    /// Print candidates for a lexicon.
    LexiconSuggest {
        /// Path.
        file: String,
        /// With the corpus.
        study: Box<Study>,
        /// What is sought.
        query: SuggestQuery,
        /// How it is printed.
        form: Form,
    },
    /// Write accepted candidates into a lexicon.
    LexiconAccept {
        /// Path.
        file: String,
        /// Table of candidates, some marked.
        table: String,
        /// The day; nothing is today.
        added: Option<String>,
    },
    /// Print entries that something speaks against.
    LexiconSuggestDrop {
        /// Path.
        file: String,
        /// With the corpus.
        study: Box<Study>,
        /// Which frame.
        query: SuggestQuery,
        /// How it is printed.
        form: Form,
    },
    /// Write a lexicon in another form.
    LexiconConvert {
        /// Path.
        input: String,
        /// Path; its extension names the form.
        output: String,
        /// Where the import report goes.
        import_report: Option<String>,
        /// How.
        how: Conversion,
    },
    /// Put lexicons in normal form.
    LexiconFormat {
        /// Paths.
        files: Vec<String>,
        /// Change nothing.
        check: bool,
    },
    /// Print an article with its voices.
    ShowVoice {
        /// Path.
        article: String,
        /// With the rules.
        explain: bool,
        /// Declared language.
        language: Option<Language>,
    },
    /// Print hits in their context.
    Kwic {
        /// Resolved.
        study: Box<Study>,
        /// What is looked for, and how much of it is shown.
        query: Box<KwicQuery>,
        /// How it is printed.
        form: Form,
    },
    /// List the words of a corpus.
    Words {
        /// Resolved.
        study: Box<Study>,
        /// What is listed.
        query: FrequencyQuery,
        /// How it is printed.
        form: Form,
    },
    /// Draw a sample to code.
    ValidateSample {
        /// What is drawn.
        draw: Box<crate::validate::Draw>,
    },
    /// Score what came back.
    ValidateScore {
        /// Folder of the sample.
        folder: String,
    },
    /// Write scores into lexicons.
    ValidateApply {
        /// What is written.
        apply: crate::validate::Apply,
    },
    /// Compare the words of groups.
    Keyness {
        /// Resolved.
        study: Box<Study>,
        /// The table.
        out: String,
    },
    /// Look at what stands beside a term.
    Collocates {
        /// Resolved.
        study: Box<Study>,
        /// The table.
        out: String,
    },
    /// Print what a measure or the rules of voice are.
    Explain {
        /// Name of a measure, `voice`, `settings`, a table or a setting; nothing lists the names.
        what: Option<String>,
    },
}

impl Arguments {
    /// Reads the study file and lays the arguments over it.
    pub fn resolve(self) -> Result<Command> {
        match self.command {
            Verb::Run(arguments) => {
                let quiet = arguments.quiet;
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
            Verb::Lexicon(verb) => verb.resolve(),
            Verb::Sentiment(arguments) => arguments.resolve(),
            Verb::Diff(arguments) => arguments.resolve(),
            Verb::Validate(verb) => Ok(verb.resolve()),
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
            Verb::Words(arguments) => arguments.resolve(),
            Verb::Keyness(arguments) => arguments.resolve(),
            Verb::Collocates(arguments) => arguments.resolve(),
            Verb::Explain { what } => Ok(Command::Explain { what }),
        }
    }
}

impl RunArguments {
    /// Reads the study file and lays the arguments over it.
    pub fn resolve(self) -> Result<Study> {
        let mut study = self.base()?;
        let mut problems = Vec::new();
        self.corpus.lay_over(&mut study, &mut problems);
        if !self.lexicon.is_empty() {
            study.lexicons = self.lexicon;
        }
        if let Some(encoding) = &self.reading.encoding {
            study.read.encoding = Some(encoding.clone());
        }
        self.reading.lay_over(&mut study.reading);
        if let Some(out) = self.out {
            study.report.out = out;
        }
        if !self.by.is_empty() {
            study.by = self.by;
        }
        if !self.voice.is_empty() {
            study.voices = self.voice;
            study.voices.sort_unstable();
            study.voices.dedup();
        }
        if let Some(period) = self.period {
            study.estimates.period = period;
        }
        study.estimates.seed = self.seed.unwrap_or(study.estimates.seed);
        study.threads = self.threads.unwrap_or(study.threads);
        study.shard_articles = self.shard_articles.unwrap_or(study.shard_articles);
        study.cache &= !self.no_cache;
        study.trust_cache |= self.trust_cache;
        study.clean.furniture &= !self.keep_furniture;
        study.clean.recurring &= !self.keep_furniture;
        study.clean.endings &= !self.keep_furniture;
        study.clean.repeats &= !self.keep_repeats;
        study.clean.duplicates &= !self.keep_duplicates;
        study.report.charts &= !self.no_charts;
        study.report.parquet &= !self.no_parquet;
        problems.extend(study.check());
        if problems.is_empty() { Ok(study) } else { Err(Error::Refused(problems)) }
    }

    /// The study that the arguments are laid over.
    fn base(&self) -> Result<Study> {
        if let Some(path) = &self.study {
            return Study::from_file(path);
        }
        if self.corpus.corpus.is_empty() && Path::new(study::DEFAULT_FILE).is_file() {
            return Study::from_file(study::DEFAULT_FILE);
        }
        let mut study = Study::default();
        for (setting, folder) in [(&mut study.corpus, "seeds"), (&mut study.lexicons, "lexicons")] {
            if Path::new(folder).is_dir() {
                setting.push(folder.to_string());
            }
        }
        Ok(study)
    }
}

impl CorpusArguments {
    fn lay_over(&self, study: &mut Study, problems: &mut Vec<Problem>) {
        if !self.corpus.is_empty() {
            study.corpus.clone_from(&self.corpus);
        }
        let read = &mut study.read;
        let columns = [
            (&mut read.text, &self.columns.text),
            (&mut read.outlet, &self.columns.outlet),
            (&mut read.date, &self.columns.date),
            (&mut read.title, &self.columns.title),
            (&mut read.id, &self.columns.id),
        ];
        for (setting, told) in columns {
            if told.is_some() {
                setting.clone_from(told);
            }
        }
        match self.columns.language.as_deref() {
            // two letters are a code, anything longer a column
            Some(code) if code.len() == 2 => study.language = study::language("--language", Some(code), problems),
            Some(column) => read.language = Some(column.to_string()),
            None => {}
        }
        study.read.quoting = self.columns.quoting.unwrap_or(study.read.quoting);
        study.read.headline = self.columns.headline.unwrap_or(study.read.headline);
        study.read.no_header |= self.columns.no_header;
        if self.columns.only.is_some() {
            study.read.only.clone_from(&self.columns.only);
        }
        study.read.sample = self.columns.sample.or(study.read.sample);
        if self.columns.path.is_some() {
            study.read.path.clone_from(&self.columns.path);
        }
        if self.columns.split.is_some() {
            study.read.split.clone_from(&self.columns.split);
        }
        study.read.exports.extend(self.columns.export.iter().cloned());
        if !self.columns.missing.is_empty() {
            study.read.missing = Some(self.columns.missing.clone());
        }
        study.read.date_order = self.columns.date_order.or(study.read.date_order);
        if study.corpus.is_empty() {
            let hint = match std::env::current_dir().ok().and_then(|folder| near_corpus(&folder)) {
                Some(near) => format!("try `framescope run {near}`"),
                None => "give files or folders, as in `framescope run articles/ --lexicon coup.toml`".to_string(),
            };
            let problem = Problem::error("no-corpus", Place::file("command line"), "no articles given");
            problems.push(problem.expected("a corpus, a study, or a folder `seeds/` here").hint(hint));
        }
    }
}

/// Something beside us that may be meant.
fn near_corpus(folder: &Path) -> Option<String> {
    let names = std::fs::read_dir(folder).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.collect();
    names.sort();
    let known = ["articles", "corpus", "texts", "data"];
    known.iter().find_map(|word| did_you_mean(word, names.iter().map(String::as_str)).map(str::to_string))
}
