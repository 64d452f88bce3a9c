//! Results on disk: tables, charts, manifest, README; one run folder, written in one step.
//!
//! In: the results of shards, and estimates. Out: a run folder.
//! Invariant: every column is described in `columns`; no clock and no absolute path is written.
//! It deliberately computes no statistic.

pub mod chart;
mod charts;
pub mod columns;
mod folder;
mod manifest;
mod quote;
mod readme;
mod results;
mod sheet;
mod tables;
mod write;

pub use folder::{Digested, Folder, MANIFEST};
pub use quote::{Quoted, Row};
pub use readme::readme;
pub use sheet::{Sheet, decimal};
pub use tables::{Facts, Finished, RemovedRow, ShardResult, Tables, Totals, Wanted};
pub use write::{Inputs, Outcome, write};
