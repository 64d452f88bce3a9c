//! The rows of the growing tables, cell by cell, in the order of `columns`.

use super::pages::{Facts, RemovedRow};
use super::quote::{Passage, Row};
use crate::aggregate::{Cell, UNKNOWN};
use crate::lexicon::Entry;
use crate::lookup::Uncounted;
use crate::read::Article;

/// What a row of hits says beside the hit itself.
pub(super) struct HitOf<'r> {
    pub article: &'r Article,
    pub date: Option<&'r str>,
    /// Frame, or sentiment lexicon.
    pub of: &'r str,
    pub entry: &'r Entry,
    pub entry_at: &'r str,
}

pub(super) fn yes(flag: bool) -> Cell<'static> {
    Cell::Flag(flag)
}

/// A row of `hits.csv`.
pub(super) fn hit_row<'r>(
    hit: &HitOf<'r>,
    target: Option<&'r str>,
    passage: &'r Passage<'r>,
    row: &'r Row,
) -> [Cell<'r>; 24] {
    [
        Cell::Text(&hit.article.id),
        Cell::Text(hit.article.outlet.as_deref().unwrap_or(UNKNOWN)),
        text(hit.date),
        Cell::Text(hit.of),
        Cell::Text(&hit.entry.text),
        Cell::Text(hit.entry_at),
        Cell::Text(&passage.left),
        Cell::Text(&passage.surface),
        Cell::Text(&passage.right),
        Cell::Text(row.verdict.voice.name()),
        Cell::Text(row.verdict.rule),
        text(passage.cue.as_deref()),
        text(passage.source.as_deref()),
        yes(row.verdict.negated),
        yes(row.verdict.hedged),
        yes(row.verdict.question),
        text(target),
        row.target.map_or(Cell::Missing, |near| Cell::Integer(i64::from(near.distance))),
        Cell::Text(&passage.position),
        Cell::Integer(row.byte_start as i64),
        Cell::Integer(row.byte_end as i64),
        Cell::Integer(i64::from(passage.line)),
        Cell::Integer(i64::from(passage.sentence)),
        Cell::Text(row.uncounted.map_or("yes", Uncounted::name)),
    ]
}

pub(super) fn text(value: Option<&str>) -> Cell<'_> {
    value.map_or(Cell::Missing, Cell::Text)
}

pub(super) fn article_row<'r>(
    article: &'r Article,
    date: Option<&'r str>,
    facts: &'r Facts,
    counted: &'r str,
    earlier: Option<&'r str>,
    digest: Option<&'r str>,
) -> Vec<Cell<'r>> {
    let mut row = vec![
        Cell::Text(&article.id),
        Cell::Text(article.outlet.as_deref().unwrap_or(UNKNOWN)),
        text(date),
        Cell::Text(&article.title),
        Cell::Text(facts.language.code()),
        Cell::Text(&article.url),
        Cell::Text(&article.file),
        article.record.map_or(Cell::Missing, |record| Cell::Integer(i64::from(record))),
        Cell::Integer(i64::from(facts.words)),
        Cell::Integer(i64::from(facts.furniture_words)),
        Cell::Integer(i64::from(facts.repeat_words)),
        Cell::Integer(i64::from(facts.sentences)),
        Cell::Integer(i64::from(facts.quotes_repaired)),
        Cell::Text(counted),
        text(earlier),
        text(digest),
    ];
    row.extend(article.other.iter().map(|cell| text(cell.as_deref())));
    row
}

pub(super) fn counts_row<'r>(
    article: &'r Article,
    group: &'r [String],
    date: Option<&'r str>,
    words: u32,
    hits: &[u32],
) -> Vec<Cell<'r>> {
    let mut row: Vec<Cell<'r>> = group.iter().map(|label| Cell::Text(label)).collect();
    row.extend([Cell::Text(&article.id), text(date), Cell::Integer(i64::from(words))]);
    row.extend(hits.iter().map(|&hits| Cell::Integer(i64::from(hits))));
    row
}

pub(super) fn removed_row<'r>(article: &'r Article, removed: &'r RemovedRow) -> Vec<Cell<'r>> {
    vec![
        Cell::Text(&article.id),
        Cell::Text(article.outlet.as_deref().unwrap_or(UNKNOWN)),
        Cell::Text(removed.rule.name()),
        Cell::Text(&removed.evidence),
        Cell::Integer(removed.bytes.0 as i64),
        Cell::Integer(removed.bytes.1 as i64),
        Cell::Integer(i64::from(removed.words)),
        Cell::Text(&removed.begins),
    ]
}
