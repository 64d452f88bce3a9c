//! Results on disk: tables, charts, manifest, README; one run folder, written in one step.
//!
//! In: the results of shards, and estimates. Out: a run folder.
//! Invariant: every column is described in `columns`; no clock and no absolute path is written.
//! It deliberately computes no statistic.

pub mod chart;
mod charts;
pub mod columns;
mod examples;
mod folder;
pub mod html;
mod manifest;
mod page;
mod quote;
mod readme;
mod results;
mod rows;
mod sheet;
mod tables;
mod write;

pub use folder::{Digested, Folder, MANIFEST, PREVIOUS};
pub use quote::{Quoted, Row};
pub use readme::readme;
pub use sheet::{Sheet, decimal};
pub use tables::{Facts, Finished, RemovedRow, ShardResult, Tables, Totals};
pub use write::{Inputs, Outcome, write};

/// What is written, and where.
#[derive(Clone, Debug)]
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
