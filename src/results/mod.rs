//! The results of a run: every table of estimates as a polars DataFrame with described columns.
//!
//! In: counts, estimates, and what the entries found ([`Sources`]). Out: [`Results`]; a table as CSV or Parquet.
//! Invariant: what is missing is null, and a column says why; counts are 64-bit integers, days are dates, what is yes or no is a flag;
//! the order of rows is that of the groups, frames and entries, whatever the machine.
//! It deliberately estimates nothing and touches no disk.

mod checks;
mod comparisons;
mod counts;
mod describe;
mod entry_shifts;
mod frames;
mod groups;
pub mod lexical;
mod parquet;
pub mod sheet;
mod source;
mod sources;
pub mod stamp;
mod stories;
mod subjects;
mod sums;
mod terms;
mod timeline;
mod tone;
mod view;

pub use checks::{LENGTH, SENSITIVITY, SPECIFICATIONS, left_out};
pub use comparisons::{COMPARISONS, missing};
pub use counts::COUNTS;
pub use describe::{Column, Dtype, Table};
pub use entry_shifts::ENTRY_SHIFTS;
pub use frames::{FRAMES, VOICES};
pub use groups::{OVERALL, PAIRWISE, STANDARDISED};
pub use lexical::{ALL, COLLOCATES, COOCCURRENCE, DISPERSION, KEYNESS};
pub use parquet::{ParquetTable, RowBuffer, parquet};
pub use sheet::{Sheet, decimal, read_row, real, unescaped};
pub use source::{Sources, why};
pub use sources::SOURCES;
pub use stamp::{Grounds, Stamp, UNVALIDATED, stamps};
pub use stories::{STORY_OMISSIONS, STORY_SPLIT, STORY_WORDS, WITHIN_STORIES};
pub use subjects::{LABELS, TARGETS, own_share};
pub use sums::{Hits, Size, Sums};
pub use terms::{OVERLAPS, TERMS, TERMS_BY_GROUP};
pub use timeline::TIMELINE;
pub use tone::{CONTRIBUTIONS, SENTIMENT, SENTIMENT_TARGETS, SHIFTS, headline};
pub use view::{Rows, csv};

use crate::error::{Place, Problem, Result};
use polars::prelude::{DataFrame, PolarsResult};
use source::Context;

/// Every table of a run that is made of counts and estimates, and the sums that they rest on.
pub struct Results {
    tables: Vec<(&'static Table, DataFrame)>,
    sums: Sums,
}

impl Results {
    /// Makes every table; one that the study does not ask for is not there.
    ///
    /// # Errors
    /// Where polars refuses a table.
    pub fn of(sources: Sources<'_>) -> Result<Results> {
        let estimates = sources.estimates;
        let starts: Vec<_> =
            sources.counts.dates.iter().map(|date| date.map(|date| estimates.timeline.start(date))).collect();
        let sums = Sums::of(sources.counts, &starts).map_err(|error| refused("sums", &error))?;
        let context = Context::of(sources, &sums);
        let mut tables = Vec::new();
        for (table, frame) in all(&context) {
            let frame = frame.map_err(|error| refused(table.file, &error))?;
            tables.push((table, frame));
        }
        Ok(Results { tables, sums })
    }

    /// A table by its name: that of its file without `.csv`, such as `frames`.
    pub fn table(&self, name: &str) -> Option<&DataFrame> {
        self.tables.iter().find(|(table, _)| table.name() == name).map(|(_, frame)| frame)
    }

    /// Every table with its description.
    pub fn tables(&self) -> impl Iterator<Item = (&'static Table, &DataFrame)> {
        self.tables.iter().map(|(table, frame)| (*table, frame))
    }

    /// The sums of whole numbers that the tables rest on.
    pub fn sums(&self) -> &Sums {
        &self.sums
    }
}

type Made = (&'static Table, PolarsResult<DataFrame>);

fn all(context: &Context<'_>) -> Vec<Made> {
    let mut tables = vec![
        (&FRAMES, frames::frames(context)),
        (&VOICES, frames::voices(context)),
        (&COMPARISONS, comparisons::comparisons(context)),
        (&TARGETS, subjects::targets(context)),
        (&LABELS, subjects::labels(context)),
        (&SOURCES, sources::sources(context)),
        (&SENTIMENT, tone::sentiment(context)),
        (&SENTIMENT_TARGETS, tone::targets(context)),
        (&CONTRIBUTIONS, tone::contributions(context)),
        (&SHIFTS, tone::shifts(context)),
        (&ENTRY_SHIFTS, entry_shifts::entry_shifts(context)),
        (&TIMELINE, timeline::timeline(context)),
        (&OVERLAPS, terms::overlaps(context)),
        (&TERMS, terms::terms(context)),
        (&TERMS_BY_GROUP, terms::terms_by_group(context)),
        (&OVERALL, groups::overall(context)),
        (&PAIRWISE, groups::pairwise(context)),
        (&WITHIN_STORIES, stories::within(context)),
        (&STORY_SPLIT, stories::split(context)),
        (&STORY_OMISSIONS, stories::omissions(context)),
        (&STORY_WORDS, stories::words(context)),
        (&LENGTH, checks::length(context)),
        (&COUNTS, counts::counts(context)),
    ];
    let estimates = context.estimates;
    tables.extend(estimates.standard.as_ref().map(|of| (&STANDARDISED, groups::standardised(context, of))));
    tables.extend(estimates.robustness.as_ref().map(|of| (&SENSITIVITY, checks::sensitivity(context, of))));
    tables.extend(estimates.specifications.as_ref().map(|of| (&SPECIFICATIONS, checks::specifications(context, of))));
    let words = lexical::Words { dimensions: context.dimensions, counts: context.counts, plan: context.plan };
    tables.extend(words.tables(&estimates.lexical));
    tables
}

/// A table that polars refuses to make or to write.
pub(crate) fn refused(table: &str, error: &dyn std::fmt::Display) -> Problem {
    Problem::error("table-failed", Place::file(table), format!("the table could not be made: {error}"))
}
