//! Results on disk: tables, charts, manifest, README; one run folder, written in one step.
//!
//! In: the results of shards, and estimates. Out: a run folder.
//! Invariant: every column is described in `columns`; no clock and no absolute path is written.
//! It deliberately computes no statistic.

mod buffers;
pub mod chart;
mod chart_links;
mod chart_pages;
mod charts;
pub mod columns;
mod cooccurrence_chart;
mod copies;
mod curves;
mod entry_charts;
mod examples;
mod file_names;
mod folder;
mod hit_table;
mod hits;
pub mod html;
mod inputs;
mod keyness_chart;
mod last_run;
mod lexical;
mod links;
mod liwc;
mod manifest;
mod methods;
mod moving;
mod order;
mod page;
mod passage;
mod position_chart;
mod readme;
mod remarks;
mod row_writer;
mod rows;
mod sentences;
mod settings;
mod shard_parts;
mod share_charts;
mod shown;
mod shown_frames;
mod stories;
mod story_charts;
mod story_pages;
mod subjects;
mod tables;
mod tables_alone;
mod time_chart;
mod tone_charts;
mod tone_text;
mod tones;
mod unit_rows;
mod width;
mod write;

pub use crate::count::Totals;
pub use buffers::BufferPool;
pub(crate) use charts::KINDS as CHART_KINDS;
pub use copies::{CopiedArticle, copies_csv};
pub use examples::Examples;
pub use file_names::file_names;
pub use folder::{Digested, Folder, MANIFEST, PREVIOUS};
pub use hit_table::{HitForm, HitTable};
pub use hits::rows_of_a_group;
pub(crate) use html::page_text;
pub use inputs::{Inputs, Outcome};
pub use last_run::{ARTICLES_PART, Fingerprints, SENTIMENT_PART, is_made_of, part_of_unit, settle, settled, take_over};
pub use liwc::FurtherTable;
pub(crate) use passage::{OpenText, Passage};
pub use readme::readme;
pub use row_writer::{Context, RowsToWrite, ShardRows, shard_rows};
pub use settings::Settings;
pub use shard_parts::{PartBytes, ShardParts};
pub use tables::{Finished, Surveyed, Tables, UnitTable};
pub use width::{NamedWidth, Width};
pub use write::write;

pub use crate::results::{Sheet, decimal, read_row, unescaped};
// the rooms of this one call it by this name
use crate::results::sheet;
use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// What hits and counts are written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum HitFiles {
    /// CSV.
    #[default]
    Csv,
    /// CSV, and Parquet beside it.
    Both,
}

/// What is written, and where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Name of the study, for the charts.
    pub title: String,
    /// Folder of the run.
    pub out: String,
    /// Draw charts.
    pub charts: bool,
    /// Kinds of charts that are drawn; without a word here all of them.
    pub only_charts: Vec<String>,
    /// How wide charts are.
    pub width: Width,
    /// Language of the words on charts.
    pub language: chart::ChartLanguage,
    /// The ground of charts.
    pub theme: chart::Theme,
    /// Draw a file for each frame too.
    pub charts_by_frame: bool,
    /// Draw titles above charts.
    pub titles: bool,
    /// Write charts as PDF too.
    pub pdf: bool,
    /// What hits and counts are written as.
    pub hits: HitFiles,
    /// Write a row for each hit of a sentiment lexicon; without a word on it where there are not too many articles.
    pub sentiment_hits: Option<bool>,
    /// Tables that are written only when they are asked for.
    pub tables: Vec<FurtherTable>,
    /// Groups on a chart.
    pub max_groups: usize,
    /// Their order: `size`, `name`, `rate` (of the first frame), `time`, or their names, those that are not named last; without a word on it
    /// by time where they are years, months or days, else by size.
    pub order: Vec<String>,
    /// Rows of a table of hits at most; what comes after lies in a further file.
    // no setting of a study: it is what a spreadsheet opens
    #[serde(skip)]
    pub rows_of_a_file: usize,
    /// Articles whose hits of sentiment lexicons are written one by one where a study does not say.
    #[serde(skip)]
    pub articles_with_sentiment_hits: usize,
}

impl Options {
    /// Whether hits of sentiment lexicons are written one by one, of so many counted articles.
    pub fn writes_sentiment_hits(&self, articles: usize) -> bool {
        self.sentiment_hits.unwrap_or(articles <= self.articles_with_sentiment_hits)
    }

    /// A drawing as the bytes of a file: `svg`, `png` or `pdf`.
    ///
    /// # Errors
    /// Only by a fault of this program.
    pub fn picture(&self, drawing: &chart::Drawing, form: &str) -> Result<Vec<u8>, chart::ChartError> {
        match form {
            "png" => chart::png(&drawing.svg, self.width.zoom()),
            "pdf" => chart::pdf(&drawing.svg, self.width.millimetres()),
            _ => Ok(drawing.svg.clone().into_bytes()),
        }
    }

    /// Pixels of a drawing; none where it is made for a screen.
    pub fn pixels(&self) -> Option<u16> {
        self.width.pixels()
    }

    /// True where `liwc.csv` is asked for.
    pub fn has_liwc(&self) -> bool {
        self.tables.contains(&FurtherTable::Liwc)
    }

    /// True where hits and counts are written as Parquet too.
    pub fn has_parquet(&self) -> bool {
        self.hits == HitFiles::Both
    }
}

impl Default for Options {
    fn default() -> Options {
        Options {
            title: String::new(),
            out: "output".to_string(),
            charts: true,
            only_charts: Vec::new(),
            width: Width::default(),
            language: chart::ChartLanguage::default(),
            theme: chart::Theme::default(),
            charts_by_frame: false,
            titles: true,
            pdf: false,
            hits: HitFiles::default(),
            sentiment_hits: None,
            tables: Vec::new(),
            max_groups: 25,
            order: Vec::new(),
            // a spreadsheet opens 1,048,576
            rows_of_a_file: 1_000_000,
            articles_with_sentiment_hits: 20_000,
        }
    }
}
