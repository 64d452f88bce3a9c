//! The rows of `liwc.csv`: articles in the shape of LIWC's output.
//!
//! In: the counted hits of an article. Out: its words, words per sentence, and what categories capture of it, in percent.
//! Invariant: a word counts once in a category, and once in `Dic`, however many entries capture it; a category that holds others captures
//! what they capture; a word that is not in `WC` is captured by nothing.
//! It deliberately has none of LIWC's summary variables: how they are made is not public.

use crate::aggregate::Cell;
use crate::clean::Removed;
use crate::count::{ShardView, of_article};
use crate::lookup::{FrameId, Hit};
use crate::text::{ArticleToken, Span};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// A table that a run writes only when it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum FurtherTable {
    /// `liwc.csv`.
    Liwc,
}

/// The row of counted article `i` of a shard.
pub(super) fn liwc_row<'r>(
    view: &'r ShardView<'_, '_>,
    i: usize,
    group: &'r [String],
    date: Option<&'r str>,
    frames: usize,
) -> Vec<Cell<'r>> {
    let (words, removed) = (view.counts[i].words, &view.removed[i]);
    let range = view.shard.range(i);
    let sentences = sentences(view.shard.sentences(i), range.len(), removed);
    let begin = range.start;
    let all = of_article(&view.frames.hits, i).iter().chain(of_article(&view.frames.parents, i));
    let mut found: Vec<(FrameId, Span<ArticleToken>)> =
        all.filter(|hit| hit.uncounted.is_none()).map(|hit: &Hit| (hit.frame, hit.tokens.in_article(begin))).collect();
    found.sort_unstable();
    let mut row: Vec<Cell<'r>> = group.iter().map(|label| Cell::Text(label)).collect();
    let percent = |captured: u32| ratio(100.0 * f64::from(captured), words);
    row.extend([
        Cell::Text(&view.shard.articles()[i].id),
        super::rows::text(date),
        Cell::Integer(i64::from(words)),
        ratio(f64::from(words), sentences),
    ]);
    let mut anywhere: Vec<Span<ArticleToken>> = found.iter().map(|&(_, tokens)| tokens).collect();
    anywhere.sort_unstable();
    row.push(percent(captured(anywhere.into_iter(), removed)));
    row.extend((0..frames).map(|frame| {
        let first = found.partition_point(|hit| hit.0.index() < frame);
        let own = found[first..].iter().take_while(|hit| hit.0.index() == frame);
        percent(captured(own.map(|&(_, tokens)| tokens), removed))
    }));
    row
}

/// Nothing is a share of no words.
fn ratio<'r>(over: f64, under: u32) -> Cell<'r> {
    if under == 0 { Cell::Missing } else { Cell::Real(over / f64::from(under)) }
}

/// Words in these spans, which come by their beginnings, each once; without words that were removed.
fn captured(spans: impl Iterator<Item = Span<ArticleToken>>, removed: &[Removed]) -> u32 {
    let (mut words, mut done) = (0, 0);
    for span in spans {
        if span.end > done {
            words += left(span.start.max(done), span.end, removed);
            done = span.end;
        }
    }
    words
}

/// Words of a span that were not removed.
fn left(start: u32, end: u32, removed: &[Removed]) -> u32 {
    let gone = |removed: &Removed| removed.tokens.end.min(end).saturating_sub(removed.tokens.start.max(start));
    (end - start) - removed.iter().map(gone).sum::<u32>()
}

/// Sentences, given by their first words, of which some word was not removed.
fn sentences(firsts: &[u32], words: u32, removed: &[Removed]) -> u32 {
    let ends = firsts.iter().skip(1).copied().chain([words]);
    let is_left = |&(&start, end): &(&u32, u32)| start < end && left(start, end, removed) > 0;
    firsts.iter().zip(ends).filter(is_left).count() as u32
}
