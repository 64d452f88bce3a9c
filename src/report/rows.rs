//! The rows of the growing tables, cell by cell, in the order of `columns`.

use super::quote::{Quoted, Row};
use super::tables::{Facts, RemovedRow};
use crate::aggregate::{Cell, UNKNOWN, Valence};
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

fn yes(flag: bool) -> Cell<'static> {
    Cell::Text(if flag { "yes" } else { "no" })
}

/// A row of `sentiment_hits.csv`.
pub(super) fn sentiment_hit_row<'r>(hit: &HitOf<'r>, quoted: &'r Quoted, row: &'r Row) -> [Cell<'r>; 12] {
    [
        Cell::Text(&hit.article.id),
        Cell::Text(hit.of),
        Cell::Text(&hit.entry.text),
        Cell::Text(hit.entry_at),
        Cell::Real(f64::from(hit.entry.weight) / 1000.0),
        Cell::Text(quoted.surface(row)),
        Cell::Text(row.verdict.voice.name()),
        yes(row.verdict.negated),
        Cell::Integer(row.byte_start as i64),
        Cell::Integer(row.byte_end as i64),
        Cell::Integer(i64::from(row.line)),
        Cell::Text(row.uncounted.map_or("yes", Uncounted::name)),
    ]
}

/// A row of `hits.csv`.
pub(super) fn hit_row<'r>(hit: &HitOf<'r>, quoted: &'r Quoted, row: &'r Row) -> [Cell<'r>; 22] {
    [
        Cell::Text(&hit.article.id),
        Cell::Text(hit.article.outlet.as_deref().unwrap_or(UNKNOWN)),
        text(hit.date),
        Cell::Text(hit.of),
        Cell::Text(&hit.entry.text),
        Cell::Text(hit.entry_at),
        Cell::Text(quoted.left(row)),
        Cell::Text(quoted.surface(row)),
        Cell::Text(quoted.right(row)),
        Cell::Text(row.verdict.voice.name()),
        Cell::Text(row.verdict.rule),
        text(quoted.cue(row)),
        text(quoted.source(row)),
        yes(row.verdict.negated),
        yes(row.verdict.hedged),
        yes(row.verdict.question),
        Cell::Text(row.position),
        Cell::Integer(row.byte_start as i64),
        Cell::Integer(row.byte_end as i64),
        Cell::Integer(i64::from(row.line)),
        Cell::Integer(i64::from(row.sentence)),
        Cell::Text(row.uncounted.map_or("yes", Uncounted::name)),
    ]
}

fn text(value: Option<&str>) -> Cell<'_> {
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
        facts.quotes_repaired.map_or(Cell::Missing, |n| Cell::Integer(i64::from(n))),
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

pub(super) fn sentiment_row<'r>(
    article: &'r Article,
    group: &'r [String],
    date: Option<&'r str>,
    lexicon: &'r str,
    words: u32,
    valence: &Valence,
) -> Vec<Cell<'r>> {
    let (positive, negative) = (f64::from(valence.positive_hits), f64::from(valence.negative_hits));
    let sum = (valence.positive_sum + valence.negative_sum) as f64 / 1000.0;
    let hits = positive + negative;
    let per_hit = |value: f64| if hits > 0.0 { Cell::Real(value / hits) } else { Cell::Missing };
    let mut row: Vec<Cell<'r>> = group.iter().map(|label| Cell::Text(label)).collect();
    row.extend([
        Cell::Text(&article.id),
        text(date),
        Cell::Text(lexicon),
        Cell::Integer(i64::from(words)),
        Cell::Integer(i64::from(valence.positive_hits)),
        Cell::Integer(i64::from(valence.negative_hits)),
        Cell::Real(sum),
        per_hit(sum),
        per_hit(positive - negative),
        Cell::Real(libm::log(positive + 0.5) - libm::log(negative + 0.5)),
    ]);
    row
}
