//! The hits that the page shows in their words, where there are many frames.
//!
//! In: a run whose hits are all counted. Out: sentences and examples of the frames with most hits, in its tables.
//! Invariant: they are those of a run that quotes every frame and drops what the page does not show (`part merge` does), byte for byte.
//! It deliberately looks these frames up once more: sentences of all frames would be as much again as the tables of hits, to be dropped.

use super::Run;
use crate::count::{Counter, ShardAt, ShardView, WantedParts};
use crate::error::Result;
use crate::estimates::are_many;
use crate::progress::Silent;
use crate::report::{BufferPool, Context, RowsToWrite, Tables, shard_rows};
use crate::stem::Stems;

/// Quotes the hits of the frames that the page shows; of few frames all are quoted already.
pub(crate) fn quote_shown(run: &Run<'_>, tables: &mut Tables<'_>) -> Result<()> {
    let (session, request, units) = (&run.job.session, &run.job.request, &run.job.plans.units);
    if !are_many(request.frames.frames().len()) {
        return Ok(());
    }
    let is_shown = tables.shown_units();
    let mut quoted = vec![false; request.frames.frames().len()];
    for (frames, _) in units.frames.iter().zip(is_shown).filter(|(_, is_shown)| *is_shown) {
        frames.iter().for_each(|&frame| quoted[frame.index()] = true);
    }
    let nothing = RowsToWrite { articles: false, sentiment: false, units: vec![false; units.len()] };
    let context =
        Context { quoted, sentences: false, liwc: false, buffers: BufferPool::default(), ..run.context(nothing) };
    let wanted = WantedParts { articles: false, sentiment: false, frames: context.quoted.clone() };
    let count = |counter: &Counter<'_>, stems: &mut Stems, shard: ShardAt<'_>| {
        counter.count(stems, shard, &wanted, |view: &mut ShardView<'_, '_>| shard_rows(view, &context))
    };
    session.each_shard(request, &Silent, run.stop, count, |(_, rows)| tables.quote(rows))
}
