//! The commands that show hits: of anything in context, and those behind a number of a run.
//!
//! In: arguments. Out: a [`Command`].
//! Invariant: what is left out of a concordance is chosen by its own options; the study stays that of the run.

use super::{Command, CorpusArguments, RunArguments};
use crate::aggregate::lexical::Unit;
use crate::disk::is_run_folder;
use crate::error::{Place, Problem, Result};
use crate::inspect::{Form, FrequencyQuery, KwicQuery, Order, form_of_plot};
use crate::study::Study;
use crate::voice::Voice;
use clap::Args;
use std::path::Path;

/// Which articles and lexicons: those of a corpus, or of a run.
#[derive(Args, Clone, Default)]
pub(super) struct SourceArguments {
    /// Articles, or the folder of a run (its study file and index are used). By default: seeds/study.toml in the current folder.
    #[arg(value_name = "CORPUS|RUN")]
    corpus: Vec<String>,
    /// Lexicon files, folders of them, or names of shipped lexicons. Default: those of the study file, else `lexicons/` in the current folder; else, for a `#frame` or `@target`, the shipped ones for the languages of the corpus.
    #[arg(long, short, value_name = "FILE")]
    lexicon: Vec<String>,
    /// Study file.
    #[arg(long, short, value_name = "FILE")]
    study: Option<String>,
    /// Use an index made by another user or on another machine.
    #[arg(long)]
    trust_cache: bool,
    /// Number of threads; the output does not depend on it.
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Articles per shard; the output does not depend on it.
    #[arg(long, value_name = "N", hide = true)]
    shard_articles: Option<usize>,
}

impl SourceArguments {
    /// The study, and the folder of the run that it is of.
    pub(super) fn resolve(self) -> Result<(Box<Study>, Option<String>)> {
        let run = match self.corpus.as_slice() {
            [one] if self.study.is_none() && is_run_folder(Path::new(one)) => Some(one.clone()),
            _ => None,
        };
        let Some(run) = run else {
            let corpus = CorpusArguments { corpus: self.corpus, ..CorpusArguments::default() };
            let arguments = RunArguments {
                corpus,
                lexicon: self.lexicon,
                study: self.study,
                trust_cache: self.trust_cache,
                threads: self.threads,
                shard_articles: self.shard_articles,
                ..RunArguments::default()
            };
            return Ok((Box::new(arguments.resolve()?), None));
        };
        let mut study = Study::of_run(&run)?;
        study.trust_cache |= self.trust_cache;
        study.threads = self.threads.unwrap_or(study.threads);
        let has_own_lexicons = !self.lexicon.is_empty();
        if has_own_lexicons {
            study.lexicons = self.lexicon;
        }
        Ok((Box::new(study), Some(run).filter(|_| !has_own_lexicons)))
    }
}

/// What is shown of the hits, and how.
#[derive(Args, Clone)]
struct ShownArguments {
    /// Only hits in articles that meet this condition, as in 'date >= 2022-01-01 and outlet in ("CNN", "Fox")'; hits, articles and words are then counted in these articles alone. What recurs or is a copy is decided by all articles.
    #[arg(long = "where", value_name = "CONDITION")]
    only: Option<String>,
    /// Only hits in these voices.
    #[arg(long, value_name = "VOICE", value_delimiter = ',')]
    voice: Vec<Voice>,
    /// Only hits in articles of this outlet; may be given several times.
    #[arg(long, value_name = "NAME")]
    outlet: Vec<String>,
    /// Number of hits to show, drawn at random.
    #[arg(short = 'n', long = "number", value_name = "N", default_value_t = 20)]
    number: usize,
    /// Show every hit.
    #[arg(long, conflicts_with = "number")]
    all: bool,
    /// Seed of the draw; another seed draws other hits.
    #[arg(long)]
    seed: Option<u64>,
    /// Show whole sentences.
    #[arg(long)]
    sentence: bool,
    /// Also show hits that are not counted, with the reason: boilerplate, repeats, voices that are not counted.
    #[arg(long)]
    uncounted: bool,
    /// What the lines are sorted by.
    #[arg(long, value_name = "ORDER", default_value = "text")]
    sort: Order,
    /// Output format.
    #[arg(long, value_name = "FORM", default_value = "table")]
    format: Form,
    /// Draw a dispersion plot of all hits, one row per article, into a .svg, .png or .pdf file.
    #[arg(long, value_name = "FILE")]
    plot: Option<String>,
}

impl ShownArguments {
    fn command(
        self,
        study: Box<Study>,
        term: String,
        group: Option<String>,
        of_run: Option<String>,
    ) -> Result<Command> {
        self.plot.as_deref().map(form_of_plot).transpose()?;
        let query = KwicQuery {
            term,
            group,
            only: self.only,
            voices: self.voice,
            outlets: self.outlet,
            most: (!self.all).then_some(self.number),
            seed: self.seed,
            sentence: self.sentence,
            uncounted: self.uncounted,
            order: self.sort,
            of_run,
            plot: self.plot.is_some(),
        };
        Ok(Command::Kwic { study, query: Box::new(query), form: self.format, plot: self.plot })
    }
}

/// `framescope kwic`.
#[derive(Args)]
pub(super) struct KwicArguments {
    /// A word, phrase or pattern as an entry of a lexicon is written (`terrorists`, `=soros`, `putsch*`), or '#frame', or '@target'.
    term: String,
    #[command(flatten)]
    source: SourceArguments,
    #[command(flatten)]
    shown: ShownArguments,
}

impl KwicArguments {
    pub(super) fn resolve(self) -> Result<Command> {
        let (study, run) = self.source.resolve()?;
        self.shown.command(study, self.term, None, run)
    }
}

/// `framescope show hits`.
#[derive(Args)]
pub(super) struct HitsArguments {
    /// '#frame' or 'GROUP/#frame', as in 'CNN/#coup'; for groups of several columns, 'CNN/2022/#coup'.
    what: String,
    #[command(flatten)]
    source: SourceArguments,
    #[command(flatten)]
    shown: ShownArguments,
}

impl HitsArguments {
    pub(super) fn resolve(self) -> Result<Command> {
        let (group, frame) = match self.what.split_once("/#") {
            Some((group, frame)) => (Some(group.to_string()), format!("#{frame}")),
            None if self.what.starts_with('#') => (None, self.what),
            None => {
                let found = format!("`{}` names no frame", self.what);
                let problem = Problem::error("frame-missing", Place::file("command line"), found);
                let problem = problem.expected("'#frame' or 'GROUP/#frame'");
                return Err(problem.hint("as in `framescope show hits 'CNN/#coup' output`").into());
            }
        };
        let (study, run) = self.source.resolve()?;
        self.shown.command(study, frame, group, run)
    }
}

/// `framescope words`.
#[derive(Args)]
pub(super) struct WordsArguments {
    #[command(flatten)]
    source: SourceArguments,
    /// Make a separate list for each group: columns to group by; also year, quarter, month, week, language. Several are crossed.
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    by: Vec<String>,
    /// Only words in these voices.
    #[arg(long, value_name = "VOICE", value_delimiter = ',')]
    voice: Vec<Voice>,
    /// What counts as one word.
    #[arg(long, default_value = "surface")]
    unit: Unit,
    /// Number of words to list in each group.
    #[arg(short = 'n', long = "number", value_name = "N", default_value_t = 50)]
    number: usize,
    /// Every word.
    #[arg(long, conflicts_with = "number")]
    all: bool,
    /// Minimum number of hits of a word.
    #[arg(long, value_name = "N", default_value_t = 1)]
    min_hits: u64,
    /// Minimum number of articles with a word.
    #[arg(long, value_name = "N", default_value_t = 1)]
    min_articles: u64,
    /// Output format.
    #[arg(long, value_name = "FORM", value_parser = ["table", "csv", "jsonl"], default_value = "table")]
    format: String,
}

impl WordsArguments {
    pub(super) fn resolve(self) -> Result<Command> {
        let (mut study, run) = self.source.resolve()?;
        let query = FrequencyQuery {
            unit: self.unit,
            by_group: !self.by.is_empty(),
            counted_voices: !self.voice.is_empty(),
            most: (!self.all).then_some(self.number),
            min_hits: self.min_hits,
            min_articles: self.min_articles,
        };
        if !self.by.is_empty() {
            study.by = self.by;
        }
        if !self.voice.is_empty() {
            study.voices = self.voice;
        }
        let form = match self.format.as_str() {
            "csv" => Form::Csv,
            "jsonl" => Form::Jsonl,
            _ => Form::Table,
        };
        Ok(Command::Words { study, run, query, form })
    }
}
