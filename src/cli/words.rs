//! The verbs that look at words: keyness and collocates.

use super::{Command, CorpusArguments, RunArguments};
use crate::aggregate::lexical::Unit;
use crate::error::Result;
use crate::estimates::lexical::keyness::{Against, Rank};
use crate::study::Study;
use crate::voice::Voice;
use clap::Args;

/// `framescope keyness`.
#[derive(Args)]
pub(super) struct KeynessArguments {
    #[command(flatten)]
    common: CommonArguments,
    /// What each group is compared with: all other articles, each other group, or both.
    #[arg(long)]
    against: Option<Against>,
    /// Score by which words are ranked and shown.
    #[arg(long)]
    rank: Option<Rank>,
    /// Every word of every comparison, however rare.
    #[arg(long, conflicts_with = "top")]
    all: bool,
    /// Frequency list from other texts, for the prior of Fightin' Words: one word and one count per line.
    #[arg(long, value_name = "LIST.csv")]
    reference: Option<String>,
}

/// `framescope collocates`.
#[derive(Args)]
pub(super) struct CollocatesArguments {
    /// A word, phrase or pattern as in a lexicon, or `#frame`, or `@target`.
    term: String,
    #[command(flatten)]
    common: CommonArguments,
    /// Number of words on each side.
    #[arg(long, value_name = "N", conflicts_with = "sentence")]
    window: Option<u32>,
    /// Use the whole sentence instead of a window of words.
    #[arg(long)]
    sentence: bool,
    /// Allow windows to extend into neighbouring sentences.
    #[arg(long, conflicts_with = "sentence")]
    across_sentences: bool,
}

#[derive(Args)]
struct CommonArguments {
    #[command(flatten)]
    corpus: CorpusArguments,
    /// Lexicon files, folders of them, or names of shipped lexicons. Default: those of the study file, else `lexicons/` in the current folder, else none.
    #[arg(long, short, value_name = "FILE")]
    lexicon: Vec<String>,
    /// Study file.
    #[arg(long, short, value_name = "FILE")]
    study: Option<String>,
    /// Columns to group by; also year, quarter, month, week, language. Several are crossed.
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    by: Vec<String>,
    /// Only words and hits in these voices.
    #[arg(long, value_name = "VOICE", value_delimiter = ',')]
    voice: Vec<Voice>,
    /// What counts as one word.
    #[arg(long)]
    unit: Option<Unit>,
    /// Number of words for each comparison, or of collocates for each group; 0 = all.
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Minimum number of hits of a word.
    #[arg(long, value_name = "N")]
    min_hits: Option<u64>,
    /// Minimum number of articles with a word.
    #[arg(long, value_name = "N")]
    min_articles: Option<u32>,
    /// Seed of all random draws.
    #[arg(long)]
    seed: Option<u64>,
    /// Number of threads; the results do not depend on it.
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Articles per shard; the results do not depend on it.
    #[arg(long, value_name = "N", hide = true)]
    shard_articles: Option<usize>,
    /// File for the table; a file that contains something else is not overwritten.
    #[arg(long, short, value_name = "FILE.csv")]
    out: Option<String>,
}

impl CommonArguments {
    /// The study and the file to write; the study has neither keyness nor collocates but those of its file.
    fn resolve(self, file: &str) -> Result<(Study, String)> {
        let has_voices = !self.voice.is_empty();
        let arguments = RunArguments {
            corpus: self.corpus,
            lexicon: self.lexicon,
            study: self.study,
            by: self.by,
            voice: self.voice,
            seed: self.seed,
            threads: self.threads,
            shard_articles: self.shard_articles,
            ..RunArguments::default()
        };
        let mut study = arguments.resolve()?;
        study.report.sentiment_hits = Some(false);
        let keyness = study.lexical.keyness.get_or_insert_default();
        let collocates = study.lexical.collocates.get_or_insert_default();
        keyness.counted_voices |= has_voices;
        collocates.counted_voices |= has_voices;
        if let Some(unit) = self.unit {
            (keyness.unit, collocates.unit) = (unit, unit);
        }
        if let Some(top) = self.top {
            (keyness.top, collocates.top) = (top, top);
        }
        if let Some(hits) = self.min_hits {
            (keyness.min_hits, collocates.min_hits) = (hits, hits);
        }
        if let Some(articles) = self.min_articles {
            (keyness.min_articles, collocates.min_articles) = (articles, articles);
        }
        Ok((study, self.out.unwrap_or_else(|| file.to_string())))
    }
}

impl KeynessArguments {
    pub(super) fn resolve(self) -> Result<Command> {
        let (mut study, out) = self.common.resolve("keyness.csv")?;
        study.lexical.collocates = None;
        let keyness = study.lexical.keyness.get_or_insert_default();
        if let Some(against) = self.against {
            keyness.against = against;
        }
        if let Some(rank) = self.rank {
            keyness.rank = rank;
        }
        if self.all {
            (keyness.top, keyness.min_hits, keyness.min_articles) = (0, 1, 1);
        }
        if self.reference.is_some() {
            keyness.reference = self.reference;
        }
        checked(study).map(|study| Command::Keyness { study, out })
    }
}

impl CollocatesArguments {
    pub(super) fn resolve(self) -> Result<Command> {
        let (mut study, out) = self.common.resolve("collocates.csv")?;
        study.lexical.keyness = None;
        let collocates = study.lexical.collocates.get_or_insert_default();
        collocates.terms = vec![self.term];
        if let Some(words) = self.window {
            (collocates.window, collocates.sentence) = (words, false);
        }
        if self.across_sentences {
            (collocates.across_sentences, collocates.sentence) = (true, false);
        }
        collocates.sentence |= self.sentence;
        checked(study).map(|study| Command::Collocates { study, out })
    }
}

fn checked(study: Study) -> Result<Box<Study>> {
    let problems = study.check();
    if problems.is_empty() { Ok(Box::new(study)) } else { Err(problems.into()) }
}
