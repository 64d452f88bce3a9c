//! The results of a run: every table of estimates as a polars DataFrame with described columns.
//!
//! In: counts, estimates, and what the entries found ([`Sources`]). Out: [`Results`], or [`Tables`] that are made one by one; a table as CSV
//! or Parquet.
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
pub use counts::{COUNTS, LIWC};
pub use describe::{Column, Dtype, Table};
pub use entry_shifts::ENTRY_SHIFTS;
pub use frames::{FRAMES, VOICES};
pub use groups::{OVERALL, PAIRWISE, STANDARDISED};
pub use lexical::{ALL, COLLOCATES, COOCCURRENCE, DISPERSION, KEYNESS};
pub use parquet::{ParquetTable, RowBuffer, parquet};
pub use sheet::{Sheet, decimal, read_row, real, unescaped};
pub use source::{Sources, why};
pub use sources::SOURCES;
pub use stamp::{RunDigests, Stamp, UNVALIDATED, stamps};
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
}

impl Results {
    /// Makes every table; one that the study does not ask for is not there.
    ///
    /// # Errors
    /// Where polars refuses a table.
    pub fn of(sources: Sources<'_>) -> Result<Results> {
        Tables::of(sources)?.made()
    }

    /// A table by its name: that of its file without `.csv`, such as `frames`.
    pub fn table(&self, name: &str) -> Option<&DataFrame> {
        self.tables.iter().find(|(table, _)| table.name() == name).map(|(_, frame)| frame)
    }

    /// Every table with its description.
    pub fn tables(&self) -> impl Iterator<Item = (&'static Table, &DataFrame)> {
        self.tables.iter().map(|(table, frame)| (*table, frame))
    }
}

/// The tables of a run before they are made: each is made when it is asked for, so that not all are in memory at once.
pub struct Tables<'a> {
    context: Context<'a>,
}

impl<'a> Tables<'a> {
    /// Of what was counted and estimated.
    ///
    /// # Errors
    /// Where polars refuses the sums.
    pub fn of(sources: Sources<'a>) -> Result<Tables<'a>> {
        let timeline = &sources.estimates.timeline;
        let starts: Vec<_> = sources.counts.dates.iter().map(|date| date.map(|date| timeline.start(date))).collect();
        let sums = Sums::of(sources.counts, &starts).map_err(|error| refused("sums", &error))?;
        Ok(Tables { context: Context::of(sources, sums) })
    }

    /// The sums of whole numbers that the tables rest on.
    pub fn sums(&self) -> &Sums {
        &self.context.sums
    }

    /// All of them, made.
    ///
    /// # Errors
    /// Where polars refuses a table.
    pub fn made(&self) -> Result<Results> {
        let tables = self.all().iter().map(|table| Ok((table.table, table.whole()?))).collect::<Result<_>>()?;
        Ok(Results { tables })
    }

    /// Every table that the study asks for.
    pub fn all(&self) -> Vec<LazyTable<'_>> {
        all(&self.context)
    }
}

/// Rows of a piece of a table that may be large.
const PIECE: usize = 1 << 13;

/// A table that is yet to be made, in pieces that follow one another.
pub struct LazyTable<'c> {
    /// What it is.
    pub table: &'static Table,
    pieces: usize,
    piece: Box<dyn Fn(usize) -> PolarsResult<DataFrame> + Send + Sync + 'c>,
}

impl<'c> LazyTable<'c> {
    /// A table of one piece.
    fn new(table: &'static Table, make: impl Fn() -> PolarsResult<DataFrame> + Send + Sync + 'c) -> LazyTable<'c> {
        LazyTable::of(table, 1, move |_| make())
    }

    /// A table of several pieces; there is always one.
    fn of(
        table: &'static Table,
        pieces: usize,
        piece: impl Fn(usize) -> PolarsResult<DataFrame> + Send + Sync + 'c,
    ) -> LazyTable<'c> {
        LazyTable { table, pieces: pieces.max(1), piece: Box::new(piece) }
    }

    /// A table of these rows, [`PIECE`] by piece.
    fn of_rows<R: Sync>(
        table: &'static Table,
        rows: &'c [R],
        make: impl Fn(&'c [R]) -> PolarsResult<DataFrame> + Send + Sync + 'c,
    ) -> LazyTable<'c> {
        let piece = move |i: usize| make(&rows[i * PIECE..rows.len().min((i + 1) * PIECE)]);
        LazyTable::of(table, rows.len().div_ceil(PIECE), piece)
    }

    /// The table as a DataFrame.
    ///
    /// # Errors
    /// Where polars refuses it.
    pub fn whole(&self) -> Result<DataFrame> {
        let make = || -> PolarsResult<DataFrame> {
            let mut whole = (self.piece)(0)?;
            (1..self.pieces).try_for_each(|i| whole.vstack_mut(&(self.piece)(i)?).map(|_| ()))?;
            Ok(whole)
        };
        make().map_err(|error| refused(self.table.file, &error).into())
    }

    /// The table as CSV, piece by piece; the first has the header.
    pub fn csv(&self) -> impl Iterator<Item = Result<Vec<u8>>> + '_ {
        let piece = |i| view::rows_as_csv(&(self.piece)(i)?, i == 0);
        (0..self.pieces).map(move |i| piece(i).map_err(|error| refused(self.table.file, &error).into()))
    }
}

fn all<'c>(context: &'c Context<'_>) -> Vec<LazyTable<'c>> {
    let one = |table: &'static Table, make: fn(&Context<'_>) -> PolarsResult<DataFrame>| {
        LazyTable::new(table, move || make(context))
    };
    let estimates = context.estimates;
    let mut tables = vec![
        frames::frames(context),
        frames::voices(context),
        comparisons::comparisons(context),
        one(&TARGETS, subjects::targets),
        one(&LABELS, subjects::labels),
        sources::sources(context),
        one(&SENTIMENT, tone::sentiment),
        one(&SENTIMENT_TARGETS, tone::targets),
        one(&CONTRIBUTIONS, tone::contributions),
        one(&SHIFTS, tone::shifts),
        entry_shifts::entry_shifts(context),
        timeline::timeline(context),
        one(&OVERLAPS, terms::overlaps),
        one(&TERMS, terms::terms),
        terms::terms_by_group(context),
        one(&OVERALL, groups::overall),
        one(&PAIRWISE, groups::pairwise),
        one(&WITHIN_STORIES, stories::within),
        one(&STORY_SPLIT, stories::split),
        one(&STORY_OMISSIONS, stories::omissions),
        one(&STORY_WORDS, stories::words),
        one(&LENGTH, checks::length),
        one(&COUNTS, counts::counts),
    ];
    let standard = estimates.standard.as_ref();
    tables.extend(standard.map(|of| LazyTable::new(&STANDARDISED, move || groups::standardised(context, of))));
    let robustness = estimates.robustness.as_ref();
    tables.extend(robustness.map(|of| LazyTable::new(&SENSITIVITY, move || checks::sensitivity(context, of))));
    let specifications = estimates.specifications.as_ref();
    tables
        .extend(specifications.map(|of| LazyTable::new(&SPECIFICATIONS, move || checks::specifications(context, of))));
    let words = lexical::Words { dimensions: context.dimensions, counts: context.counts, plan: context.plan };
    tables.extend(words.tables(&estimates.lexical));
    tables
}

/// A table that polars refuses to make or to write.
pub(crate) fn refused(table: &str, error: &dyn std::fmt::Display) -> Problem {
    Problem::error("table-failed", Place::file(table), format!("the table could not be made: {error}"))
}
