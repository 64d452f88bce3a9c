//! The arguments of a run.

use super::columns::CorpusArguments;
use super::lexicon::ReadingArguments;
use crate::error::{Error, Result};
use crate::estimates::Period;
use crate::report::chart::{ChartLanguage, Theme};
use crate::report::{FurtherTable, HitFiles, Width};
use crate::study::{self, Study};
use crate::voice::Voice;
use clap::Args;
use std::path::Path;

/// The arguments of a run.
#[derive(Args, Clone, Default)]
pub struct RunArguments {
    #[command(flatten)]
    pub(super) corpus: CorpusArguments,
    /// Lexicon files, folders of them, or names of shipped lexicons. Default: those of the study file, else `lexicons/` in the current folder, else the shipped ones for the languages of the corpus.
    #[arg(long, short, value_name = "FILE")]
    pub(super) lexicon: Vec<String>,
    /// Study file. If you give neither a study file nor a corpus: seeds/study.toml in the current folder.
    #[arg(long, short, value_name = "FILE")]
    pub(super) study: Option<String>,
    #[command(flatten)]
    pub(super) reading: ReadingArguments,
    /// Folder for the results. An earlier run in it is replaced; other files in it stay.
    #[arg(long, short, value_name = "DIR")]
    pub(super) out: Option<String>,
    /// Columns to group by; also year, quarter, month, week, language, file, article. Several are crossed, as in `country,year`.
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    pub(super) by: Vec<String>,
    /// Voices to count; the default is all, unless the study file says otherwise.
    #[arg(long, value_name = "VOICE", value_delimiter = ',')]
    pub(super) voice: Vec<Voice>,
    /// Length of the periods of charts over time.
    #[arg(long, value_enum)]
    pub(super) period: Option<Period>,
    /// Seed of all random draws.
    #[arg(long)]
    pub(super) seed: Option<u64>,
    /// Count boilerplate too: known lines of web pages, lines that recur in an outlet, short lines at the end.
    #[arg(long)]
    pub(super) keep_furniture: bool,
    /// Count repeated passages too.
    #[arg(long)]
    pub(super) keep_repeats: bool,
    /// Count exact duplicates too.
    #[arg(long)]
    pub(super) keep_duplicates: bool,
    /// Draw no charts.
    #[arg(long)]
    pub(super) no_charts: bool,
    /// Kinds of charts to draw, such as frames,voices; the default is all.
    #[arg(long, value_name = "KIND", value_delimiter = ',', conflicts_with = "no_charts")]
    pub(super) charts: Vec<String>,
    /// Width of the charts: screen, column (89 mm), wide (136 mm), page (183 mm), or a number of millimetres.
    #[arg(long, value_name = "WIDTH")]
    pub(super) width: Option<Width>,
    /// Language of the charts; names of frames and groups are not translated.
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub(super) chart_language: Option<ChartLanguage>,
    /// Ground of the files of charts.
    #[arg(long, value_enum, value_name = "THEME")]
    pub(super) chart_theme: Option<Theme>,
    /// Draw a file for each frame too, of charts with a panel for each.
    #[arg(long)]
    pub(super) charts_by_frame: bool,
    /// Draw charts without titles.
    #[arg(long)]
    pub(super) no_titles: bool,
    /// Write charts as PDF too.
    #[arg(long)]
    pub(super) pdf: bool,
    /// Write hits and counts as Parquet as well as CSV.
    #[arg(long)]
    pub(super) parquet: bool,
    /// Write no Parquet, whatever the study file says.
    #[arg(long, conflicts_with = "parquet")]
    pub(super) no_parquet: bool,
    /// Additional tables to write.
    #[arg(long = "table", value_name = "TABLE", value_delimiter = ',', value_enum)]
    pub(super) tables: Vec<FurtherTable>,
    /// Keep no index of the articles for the next run.
    #[arg(long)]
    pub(super) no_cache: bool,
    /// Use an index made by another user or on another machine.
    #[arg(long)]
    pub(super) trust_cache: bool,
    /// Number of threads; the results do not depend on it.
    #[arg(long, value_name = "N")]
    pub(super) threads: Option<usize>,
    /// Articles per shard; the results do not depend on it.
    #[arg(long, value_name = "N", hide = true)]
    pub(super) shard_articles: Option<usize>,
    /// Say what would be counted and written, without reading any article or writing anything.
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Print neither progress nor the table of results.
    #[arg(long, short)]
    pub(super) quiet: bool,
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
        study.clean.galleries &= !self.keep_furniture;
        study.clean.links &= !self.keep_furniture;
        study.clean.repeats &= !self.keep_repeats;
        study.clean.duplicates &= !self.keep_duplicates;
        study.report.charts &= !self.no_charts;
        if !self.charts.is_empty() {
            study.report.only_charts = self.charts;
        }
        study.report.width = self.width.unwrap_or(study.report.width);
        study.report.language = self.chart_language.unwrap_or(study.report.language);
        study.report.theme = self.chart_theme.unwrap_or(study.report.theme);
        study.report.charts_by_frame |= self.charts_by_frame;
        study.report.titles &= !self.no_titles;
        study.report.pdf |= self.pdf;
        match (self.parquet, self.no_parquet) {
            (true, _) => study.report.hits = HitFiles::Both,
            (false, true) => study.report.hits = HitFiles::Csv,
            (false, false) => {}
        }
        study.report.tables.extend(self.tables);
        study.report.tables.dedup();
        problems.extend(study.check());
        if problems.is_empty() { Ok(study) } else { Err(Error::Refused(problems)) }
    }

    /// The study that the arguments are laid over.
    pub(super) fn base(&self) -> Result<Study> {
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
