//! How evenly each frame and each entry lies over the articles.
//!
//! In: hits by article. Out: one row for all articles and each group for every frame, and one for every entry with hits.
//! Invariant: articles are the parts; the cost of a row follows the articles that have a hit, not all articles.
//! It deliberately gives entries no row by group: there are too many, and most are too rare.

use super::{Scope, are_many};
use crate::aggregate::Counts;
use crate::aggregate::lexical::Lexical;
use crate::lookup::EntryId;
use crate::statistics::Unit;
use crate::statistics::dispersion::sparse::{Corpus, Dispersion};
use rayon::prelude::*;

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A frame, by number.
    Frame(usize),
    /// An entry.
    Entry(EntryId),
}

/// One row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Whose articles.
    pub scope: Scope,
    /// What was looked for.
    pub what: What,
    /// Articles with a word.
    pub articles: u32,
    /// Their words.
    pub words: u64,
    /// Counted hits.
    pub hits: u64,
    /// The measures.
    pub dispersion: Dispersion,
}

/// Frames by scope, of many frames in groups only those with a hit; then entries over all articles.
pub fn rows(counts: &Counts, sums: &Lexical) -> Vec<Row> {
    let mut rows = Vec::new();
    let frames = counts.frames.len();
    for scope in Scope::each(counts.groups.len()) {
        let inside: Vec<usize> = (0..counts.words.len()).filter(|&i| scope.holds(counts.group_of[i])).collect();
        let corpus = Corpus::of(inside.iter().map(|&article| counts.words[article]));
        let of_frame = |frame: usize| {
            let unit =
                |&article: &usize| Unit { hits: counts.hits[article * frames + frame], words: counts.words[article] };
            let carriers = inside.iter().map(unit).filter(|unit| unit.hits > 0);
            row(scope, What::Frame(frame), &corpus, carriers.collect())
        };
        let is_in_story = |row: &Row| scope == Scope::All || row.hits > 0 || !are_many(frames);
        rows.par_extend((0..frames).into_par_iter().map(of_frame).filter(is_in_story));
    }
    let corpus = Corpus::of(counts.words.iter().copied());
    let entries: Vec<_> = sums.entries.chunk_by(|a, b| a.0 == b.0).collect();
    let of_entry = |postings: &&[(EntryId, u32, u32)]| {
        let unit = |&(_, article, hits): &(EntryId, u32, u32)| Unit { hits, words: counts.words[article as usize] };
        row(Scope::All, What::Entry(postings[0].0), &corpus, postings.iter().map(unit).collect())
    };
    rows.par_extend(entries.par_iter().map(of_entry));
    rows
}

fn row(scope: Scope, what: What, corpus: &Corpus, carriers: Vec<Unit>) -> Row {
    let hits = carriers.iter().map(|unit| u64::from(unit.hits)).sum();
    let (articles, words) = (corpus.articles(), corpus.words());
    Row { scope, what, articles, words, hits, dispersion: corpus.dispersion(carriers) }
}
