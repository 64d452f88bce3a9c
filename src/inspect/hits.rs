//! Every hit as one table, without statistics: for pipes and other programs.
//!
//! In: a study, a place to write to. Out: the rows that a run writes to `hits/`, of all frames, by article and place.
//! Invariant: the rows are those of a run with this study, cell by cell.
//! It deliberately estimates nothing and writes no folder.

use crate::count::{Request, ShardView};
use crate::disk::Disk;
use crate::error::{Place, Problem, Result};
use crate::lookup::Units;
use crate::pipeline::load;
use crate::progress::Silent;
use crate::report::{BufferPool, Context, HitForm, HitTable, RowsToWrite, shard_rows};
use crate::sentiment::{self, Scorer};
use crate::session::{CountingSession, Plans, left_out_languages};
use crate::study::Study;
use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// Writes every hit; gives back how many, and what reading had to say.
///
/// # Errors
/// A corpus or lexicon that cannot be read; a place that cannot be written to; [`crate::error::Error::Interrupted`].
pub fn hits(study: &Study, form: HitForm, sink: impl Write, stop: &AtomicBool) -> Result<(u64, Vec<Problem>)> {
    let lexicons = load(study)?;
    let plans = Plans::of(&lexicons, study)?;
    let scorer = Scorer::new(&[], sentiment::Options::default())?;
    let request = Request::of_hits(&plans.frames, &scorer, &plans.subjects);
    let mut session = CountingSession::open(study, &lexicons)?;
    session.index_aside((&lexicons.frames, &lexicons), stop)?;
    let context = Context {
        request: &request,
        units: &Units::together(&plans.frames),
        fresh: RowsToWrite { articles: false, sentiment: false, units: vec![true] },
        parquet: form != HitForm::Csv,
        sentiment_hits: false,
        liwc: false,
        copied: Vec::new(),
        seed: 0,
        sentences: false,
        quoted: vec![false; plans.frames.frames().len()],
        keeps_examples: false,
        buffers: BufferPool::default(),
    };
    let failed = |error: std::io::Error| Problem::error("disk", Place::file("the table of hits"), error.to_string());
    let mut table = HitTable::begin(sink, form).map_err(failed)?;
    let (mut rows, mut without_lexicon) = (0, BTreeMap::new());
    let look = |view: &mut ShardView<'_, '_>| shard_rows(view, &context);
    session.count(&request, &Silent, stop, look, |counted, of_shard| {
        for (language, articles) in counted.totals.without_lexicon {
            *without_lexicon.entry(language).or_default() += articles;
        }
        rows += table.take(&of_shard).map_err(failed)? as u64;
        Ok(())
    })?;
    table.finish().map_err(failed)?;
    let of_lexicons = lexicons.all().flat_map(|lexicon| &lexicon.problems);
    let notes = session.corpus.notes().iter().chain(of_lexicons).chain(session.problems());
    Ok((rows, notes.cloned().chain(left_out_languages(&without_lexicon)).collect()))
}

/// [`hits`] into a new file, which is whole or not there.
///
/// # Errors
/// As of [`hits`]; a file that is there already.
pub fn hits_into(study: &Study, form: HitForm, out: &str, stop: &AtomicBool) -> Result<(u64, Vec<Problem>)> {
    let failed = |why: String| Problem::error("disk", Place::file(out), why);
    if Path::new(out).exists() {
        let problem = Problem::error("file-exists", Place::file(out), "there is a file of this name, and it stays");
        return Err(problem.hint("give a new name, or delete it").into());
    }
    let mut written = None;
    let done = Disk::default().write_whole(Path::new(out), |file| {
        let rows = written.insert(hits(study, form, BufWriter::new(file), stop));
        rows.as_ref().map_or_else(|_| Err(std::io::ErrorKind::Interrupted.into()), |_| Ok(()))
    });
    match (written, done) {
        (Some(Err(error)), _) => Err(error),
        (Some(Ok(rows)), Ok(())) => Ok(rows),
        (_, Err(error)) => Err(failed(error.to_string()).into()),
        (None, Ok(())) => Err(failed("nothing was written".to_string()).into()),
    }
}
