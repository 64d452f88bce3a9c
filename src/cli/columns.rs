//! Which articles, and how they are read, as arguments.

use crate::error::{Place, Problem, did_you_mean};
use crate::read::{DateOrder, Headline, Quoting};
use crate::study::{self, Study};
use crate::text::shell_word;
use clap::Args;
use std::path::Path;

/// Which articles, and how their columns are called.
#[derive(Args, Clone, Default)]
pub(super) struct CorpusArguments {
    /// Files, folders or wildcards: .txt, .md, .html, .docx, .rtf, .csv, .tsv, .xlsx, .json, .jsonl, .parquet, RSS or Atom, and exports of Nexis, Factiva, ProQuest or Europresse; each also as .gz or .zst. `-` reads from standard input, where the articles are read once (not in `watch`, `init` and `part plan`).
    pub(super) corpus: Vec<String>,
    #[command(flatten)]
    pub(super) columns: ColumnArguments,
}

/// How the columns of a table are called, and what its cells mean.
#[derive(Args, Clone, Default)]
pub(super) struct ColumnArguments {
    /// Column of the text; several columns, such as `headline,lead,body`, are joined.
    #[arg(long, value_name = "COLUMN")]
    pub(super) text: Option<String>,
    /// Column of the outlet.
    #[arg(long, value_name = "COLUMN")]
    pub(super) outlet: Option<String>,
    /// Column of the date.
    #[arg(long, value_name = "COLUMN")]
    pub(super) date: Option<String>,
    /// Column of the title.
    #[arg(long, value_name = "COLUMN")]
    pub(super) title: Option<String>,
    /// Column of the identifier.
    #[arg(long, value_name = "COLUMN")]
    pub(super) id: Option<String>,
    /// Column of the language; or a two-letter code, which sets the language of all articles that name none.
    #[arg(long, value_name = "COLUMN|CODE")]
    pub(super) language: Option<String>,
    /// How to read a date such as 03/04/2022.
    #[arg(long, value_name = "ORDER")]
    pub(super) date_order: Option<DateOrder>,
    /// What to do with table rows whose quotation marks are unbalanced.
    #[arg(long, value_name = "HOW")]
    pub(super) quoting: Option<Quoting>,
    /// The tables have no header; their columns are called `column 1`, `column 2` and so on.
    #[arg(long)]
    pub(super) no_header: bool,
    /// Words that mark a missing value; the default is NA, NaN, NULL, None, - and similar. With an empty word, only empty cells are missing.
    #[arg(long, value_name = "WORD", value_delimiter = ',')]
    pub(super) missing: Vec<String>,
    /// Only articles that meet this condition, as in 'date >= 2022-01-01 and outlet in ("CNN", "Fox") and text ~ "Kazakhstan*"'.
    #[arg(long = "where", value_name = "CONDITION")]
    pub(super) only: Option<String>,
    /// Draw a random sample of N articles; the seed determines which.
    #[arg(long, value_name = "N")]
    pub(super) sample: Option<usize>,
    /// Pattern of the paths of text files below the corpus folder, as in '{outlet}/{date}_{title}.txt'.
    #[arg(long, value_name = "PATTERN")]
    pub(super) path: Option<String>,
    /// Each text file contains several articles; a new one begins at every line that matches this regular expression.
    #[arg(long, value_name = "PATTERN")]
    pub(super) split: Option<String>,
    /// A further layout of database exports (TOML, as in lexicons/exports/); those of Nexis, Factiva, ProQuest and Europresse are built in.
    #[arg(long, value_name = "FILE")]
    pub(super) export: Vec<String>,
    /// What to do with titles that are given separately from the text.
    #[arg(long, value_name = "HOW")]
    pub(super) headline: Option<Headline>,
}

impl CorpusArguments {
    pub(super) fn lay_over(&self, study: &mut Study, problems: &mut Vec<Problem>) {
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
        for (setting, column) in columns {
            if column.is_some() {
                setting.clone_from(column);
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
                Some(near) => format!("try `framescope run {}`", shell_word(&near)),
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
    let folder_names = ["articles", "corpus", "texts", "data"];
    folder_names.iter().find_map(|word| did_you_mean(word, names.iter().map(String::as_str)).map(str::to_string))
}
