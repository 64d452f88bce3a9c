//! Results on disk: tables, charts, manifest, README; one run folder, written in one step.
//!
//! In: the results of shards, and estimates. Out: a run folder.
//! Invariant: every column is described in `columns`; no clock and no absolute path is written.
//! It deliberately computes no statistic.

pub mod chart;
mod charts;
pub mod columns;
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
mod last_run;
mod lexical;
mod manifest;
mod methods;
mod moving;
mod order;
mod page;
mod passage;
mod readme;
mod remarks;
mod row_writer;
mod rows;
mod sentences;
mod settings;
mod shard_parts;
mod shown;
mod shown_frames;
mod stories;
mod story_charts;
mod story_pages;
mod subjects;
mod tables;
mod time_chart;
mod tone_charts;
mod tone_text;
mod tones;
mod write;

pub use crate::count::Totals;
pub(crate) use charts::KINDS as CHART_KINDS;
pub use copies::{CopyOf, copies_csv};
pub use examples::Examples;
pub use file_names::file_names;
pub use folder::{Digested, Folder, MANIFEST, PREVIOUS};
pub use hit_table::{HitForm, HitTable};
pub use hits::rows_of_a_group;
pub(crate) use html::Text;
pub use inputs::{Inputs, Outcome};
pub use last_run::{ARTICLES_PART, MadeOf, SENTIMENT_PART, part_of_unit, settle, settled, take_over};
pub(crate) use passage::{OpenText, Passage};
pub use readme::readme;
pub use row_writer::{Context, Fresh, Memory, ShardRows, shard_rows};
pub use settings::Settings;
pub use shard_parts::ShardParts;
pub use tables::{Finished, Surveyed, Tables, UnitTable};
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
    /// Draw titles above charts.
    pub titles: bool,
    /// Write charts as PDF too.
    pub pdf: bool,
    /// What hits and counts are written as.
    pub hits: HitFiles,
    /// Write a row for each hit of a sentiment lexicon.
    pub sentiment_hits: bool,
    /// Groups on a chart.
    pub max_groups: usize,
    /// Their order: `size`, `name`, `rate` (of the first frame), `time`, or their names, those that are not named last; without a word on it
    /// by time where they are years, months or days, else by size.
    pub order: Vec<String>,
    /// Rows of a table of hits at most; what comes after lies in a further file.
    // no setting of a study: it is what a spreadsheet opens
    #[serde(skip)]
    pub rows_of_a_file: usize,
}

/// How wide charts are: letters are of the same size on paper, so a narrow chart has fewer panels beside each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Width {
    /// For a screen: 900 pixels.
    #[default]
    Screen,
    /// A column of a journal: 89 mm.
    Column,
    /// A column and a half: 136 mm.
    Wide,
    /// A page of a journal: 183 mm.
    Page,
}

impl Width {
    /// Pixels of the drawing; at 0.2245 mm a pixel letters have some 7 points on paper.
    fn pixels(self) -> Option<u16> {
        match self {
            Width::Screen => None,
            Width::Column => Some(396),
            Width::Wide => Some(606),
            Width::Page => Some(815),
        }
    }

    /// Width on paper; for a screen that of a PNG with 300 dots an inch.
    fn millimetres(self) -> f32 {
        match self {
            Width::Screen => 152.4,
            Width::Column => 89.0,
            Width::Wide => 136.0,
            Width::Page => 183.0,
        }
    }

    /// Pixels of the PNG for a pixel of the drawing: with 300 dots an inch it is as wide as it is called.
    fn zoom(self) -> f32 {
        match self {
            Width::Screen => 2.0,
            _ => 2.6544,
        }
    }
}

impl Options {
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
            titles: true,
            pdf: false,
            hits: HitFiles::default(),
            sentiment_hits: true,
            max_groups: 25,
            order: Vec::new(),
            // a spreadsheet opens 1,048,576
            rows_of_a_file: 1_000_000,
        }
    }
}
