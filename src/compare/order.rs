//! The order in which changed hits are told.
//!
//! In: a diff. Out: places of its hits: by cause, entries before anything else; then frame, entry, article and place.
//! Invariant: names are put in order once, and hits by numbers: a lexicon that is another altogether changes every hit.

use super::Diff;
use super::ledger::{HitChange, Source};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Places of the hits of a diff, in order.
pub(super) fn of(diff: &Diff<'_>) -> Vec<u32> {
    let changes = diff.hits();
    let sources: BTreeSet<&Source> =
        changes.iter().filter_map(|change| change.source.as_ref()).filter(is_no_entry).collect();
    let sources: Vec<&Source> = sources.into_iter().collect();
    let frames = ranks(&diff.ledger.frames.iter().map(String::as_str).collect::<Vec<_>>());
    let text = |place: usize| {
        let [a, b] = diff.entry(diff.pair(place));
        b.or(a).map_or("", |entry| entry.text.as_str())
    };
    let texts = ranks(&(0..diff.pairs.list.len()).map(text).collect::<Vec<_>>());
    // the hits of an article stand together
    let runs: Vec<&[HitChange]> = changes.chunk_by(|a, b| a.articles == b.articles).collect();
    let id = |run: &&[HitChange]| {
        let [a, b] = diff.article(run[0].articles);
        a.or(b).map_or("", |article| article.id.as_str())
    };
    let articles = ranks(&runs.iter().map(id).collect::<Vec<_>>());
    let articles = runs.iter().zip(articles).flat_map(|(run, rank)| run.iter().map(move |_| rank));
    let key = |(at, (change, article)): (usize, (&HitChange, u32))| {
        let cause = match &change.source {
            Some(Source::Entry(_)) => 0,
            Some(source) => 1 + sources.binary_search(&source).unwrap_or_default() as u32,
            None => u32::MAX,
        };
        let place = change.before.or(change.after).map(|key| (key.start, key.end));
        let entry = (frames[change.frame], texts.get(change.pair).copied(), change.pair as u32);
        ((cause, entry, change.before.is_some(), article, place), at as u32)
    };
    let mut keys: Vec<_> = changes.iter().zip(articles).enumerate().map(key).collect();
    keys.par_sort_unstable();
    keys.into_iter().map(|(_, at)| at).collect()
}

fn is_no_entry(source: &&Source) -> bool {
    !matches!(source, Source::Entry(_))
}

/// The place of each name among the different names in order.
fn ranks(names: &[&str]) -> Vec<u32> {
    let mut order: Vec<&str> = names.to_vec();
    order.sort_unstable();
    order.dedup();
    names.iter().map(|name| order.binary_search(name).unwrap_or_default() as u32).collect()
}
