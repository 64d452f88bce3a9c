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
mod earlier;
mod examples;
mod folder;
pub mod html;
pub mod keys;
mod lexical;
mod manifest;
mod moving;
mod page;
mod page_checks;
mod page_tones;
mod pages;
mod places;
mod printed;
mod quote;
mod readme;
mod recount;
mod remarks;
mod rows;
mod settings;
mod settled;
mod shown;
mod subjects;
mod tables;
mod tone_charts;
mod tone_text;
mod tones;
mod totals;
mod write;

pub use copies::{CopyOf, copies_csv};
pub use earlier::{Earlier, Written};
pub use folder::{Digested, Folder, MANIFEST, PREVIOUS};
pub use pages::{Context, Counted, CountedArticle, Facts, FoundInShard, Pages, Reason, RemovedRow, Standing};
pub use places::Places;
pub use printed::Printed;
pub use quote::{Passage, Quoted, Row};
pub use readme::readme;
pub use settings::Settings;
pub use settled::{MadeOf, settle, settled};
pub use tables::{Finished, Surveyed, Tables};
pub use totals::Totals;
pub use write::{Inputs, Outcome, write};

pub use crate::results::{Sheet, decimal, read_row, unescaped};
// the rooms of this one call it by this name
use crate::results::sheet;
use serde::{Deserialize, Serialize};

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
    /// Write Parquet beside CSV.
    pub parquet: bool,
    /// Write a row for each hit of a sentiment lexicon.
    pub sentiment_hits: bool,
    /// Groups on a chart.
    pub max_groups: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            title: String::new(),
            out: "output".to_string(),
            charts: true,
            parquet: true,
            sentiment_hits: true,
            max_groups: 25,
        }
    }
}
