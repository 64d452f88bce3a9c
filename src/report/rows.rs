//! The rows of the growing tables, cell by cell.
//!
//! In: what is known of a hit or an article. Out: cells in the order of `columns`.
//! Invariant: a table of hits has each column in one place: name, kind in Parquet, and the function that fills it.

use super::columns::HITS;
use super::passage::Passage;
use crate::aggregate::{Cell, UNKNOWN};
use crate::clean::{Removed, Rule};
use crate::count::Facts;
use crate::index::{Shard, TextReader};
use crate::lexicon::{Entry, Lexicon};
use crate::lookup::{Hit, Uncounted};
use crate::read::Article;
use crate::sentiment::{Degree, Weighed};

/// A hit of a frame, as its row says it.
pub(super) struct HitRow<'r> {
    pub article: &'r Article,
    pub hit: &'r Hit,
    pub lexicon: &'r Lexicon,
    pub entry: &'r Entry,
    pub frame: &'r str,
    pub target: Option<&'r str>,
    /// Who is spoken of.
    pub spoken_of: Option<&'r str>,
    pub story: Option<u32>,
    pub passage: Passage<'r>,
}

/// A column, and what fills it.
pub(super) type HitColumn = (&'static str, for<'r> fn(&'r HitRow<'_>) -> Cell<'r>);

/// The columns of `hits/<frame>.csv`, in the order of [`super::columns::HITS`], which describes them: what all hits of an article share, what
/// all hits of an entry share, and what hits share that stand at one place. So a place is read and quoted once for all frames that have a hit
/// there.
pub(super) const ARTICLE_COLUMNS: [HitColumn; 3] = [
    ("article", |r| Cell::Text(&r.article.id)),
    ("outlet", |r| Cell::Text(outlet(r.article))),
    ("date", |r| r.article.date.map_or(Cell::Missing, Cell::Date)),
];

/// See [`ARTICLE_COLUMNS`].
pub(super) const ENTRY_COLUMNS: [HitColumn; 3] = [
    ("lexicon", |r| Cell::Text(&r.lexicon.name)),
    ("frame", |r| Cell::Text(r.frame)),
    ("entry", |r| Cell::Text(&r.entry.text)),
];

/// See [`ARTICLE_COLUMNS`].
pub(super) const PLACE_COLUMNS: [HitColumn; HITS.columns.len() - 6] = [
    ("left", |r| Cell::Text(&r.passage.left)),
    ("surface", |r| Cell::Text(r.passage.surface)),
    ("right", |r| Cell::Text(&r.passage.right)),
    ("voice", |r| Cell::Text(r.hit.verdict.voice.name())),
    ("rule", |r| Cell::Text(r.hit.verdict.rule)),
    ("cue", |r| text(r.passage.cue.as_deref())),
    ("source", |r| text(r.passage.source.as_deref())),
    ("source_name", |r| text(r.passage.speaker.as_deref())),
    ("negated", |r| Cell::Flag(r.hit.verdict.negated)),
    ("hedged", |r| Cell::Flag(r.hit.verdict.hedged)),
    ("question", |r| Cell::Flag(r.hit.verdict.question)),
    ("target", |r| text(r.target)),
    ("target_distance", |r| r.hit.target.map_or(Cell::Missing, |near| whole(near.distance))),
    ("position", |r| Cell::Text(r.passage.position)),
    ("cell", |r| text(r.passage.cell)),
    ("byte_start", |r| Cell::Integer(r.passage.bytes.0 as i64)),
    ("byte_end", |r| Cell::Integer(r.passage.bytes.1 as i64)),
    ("line", |r| whole(r.passage.line)),
    ("sentence", |r| whole(r.passage.sentence)),
    ("counted", |r| Cell::Text(r.hit.uncounted.map_or("yes", Uncounted::name))),
    ("story", |r| r.story.map_or(Cell::Missing, whole)),
    ("spoken_of", |r| text(r.spoken_of)),
];

/// True for hits that share everything in [`PLACE_COLUMNS`].
pub(super) fn share_a_place(a: &Hit, b: &Hit) -> bool {
    let what_is_said = |hit: &Hit| (hit.article, hit.tokens, hit.verdict, hit.uncounted, hit.target, hit.spoken_of);
    what_is_said(a) == what_is_said(b)
}

/// All cells of a row.
pub(super) fn hit_cells<'r>(row: &'r HitRow<'_>) -> [Cell<'r>; HITS.columns.len()] {
    let columns = ARTICLE_COLUMNS.iter().chain(&ENTRY_COLUMNS).chain(&PLACE_COLUMNS);
    let mut cells = [Cell::Missing; HITS.columns.len()];
    cells.iter_mut().zip(columns).for_each(|(cell, (_, fill))| *cell = fill(row));
    cells
}

/// A hit of a sentiment lexicon, as its row says it.
pub(super) struct SentimentHitRow<'r> {
    pub article: &'r Article,
    pub hit: &'r Hit,
    pub lexicon: &'r Lexicon,
    pub entry: &'r Entry,
    pub weighed: &'r Weighed,
    pub surface: &'r str,
    pub cell: Option<&'r str>,
    pub bytes: (u64, u64),
    pub line: u32,
}

/// The cells of `sentiment_hits/<lexicon>.csv`.
pub(super) fn sentiment_hit_cells<'r>(r: &'r SentimentHitRow<'_>) -> [Cell<'r>; 14] {
    let thousandths = |weight: i32| Cell::Real(f64::from(weight) / 1000.0);
    [
        Cell::Text(&r.article.id),
        Cell::Text(&r.lexicon.name),
        Cell::Text(&r.entry.text),
        thousandths(r.entry.weight),
        thousandths(r.weighed.weight),
        Cell::Text(r.surface),
        Cell::Text(r.hit.verdict.voice.name()),
        Cell::Flag(r.weighed.negated),
        Cell::Text(match r.weighed.degree {
            Degree::Plain => "",
            Degree::Raised => "raised",
            Degree::Lowered => "lowered",
        }),
        Cell::Integer(r.bytes.0 as i64),
        Cell::Integer(r.bytes.1 as i64),
        whole(r.line),
        Cell::Text(match r.hit.uncounted {
            None if r.weighed.dropped => "negated",
            uncounted => uncounted.map_or("yes", Uncounted::name),
        }),
        text(r.cell),
    ]
}

fn whole(number: u32) -> Cell<'static> {
    Cell::Integer(i64::from(number))
}

pub(super) fn outlet(article: &Article) -> &str {
    article.outlet.as_deref().unwrap_or(UNKNOWN)
}

pub(super) fn text(value: Option<&str>) -> Cell<'_> {
    value.map_or(Cell::Missing, Cell::Text)
}

/// A removed span, quoted.
pub(super) struct RemovedRow {
    /// Why.
    pub rule: Rule,
    /// The pattern, or where the passage stood first.
    pub evidence: String,
    /// Bytes, as those of hits.
    pub bytes: (u64, u64),
    /// Words.
    pub words: u32,
    /// First words.
    pub begins: String,
}

pub(super) fn article_row<'r>(
    article: &'r Article,
    date: Option<&'r str>,
    facts: &'r Facts,
    (counted, earlier): (&'r str, Option<&'r str>),
    digest: Option<&'r str>,
    story: Option<u32>,
) -> Vec<Cell<'r>> {
    let mut row = vec![
        Cell::Text(&article.id),
        Cell::Text(outlet(article)),
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
        story.map_or(Cell::Missing, whole),
    ];
    row.extend(article.other.iter().map(|cell| text(cell.as_deref())));
    row
}

pub(super) fn counts_row<'r>(
    id: &'r str,
    group: &'r [String],
    date: Option<&'r str>,
    words: u32,
    hits: &[u32],
) -> Vec<Cell<'r>> {
    let mut row: Vec<Cell<'r>> = group.iter().map(|label| Cell::Text(label)).collect();
    row.extend([Cell::Text(id), text(date), Cell::Integer(i64::from(words))]);
    row.extend(hits.iter().map(|&hits| Cell::Integer(i64::from(hits))));
    row
}

pub(super) fn removed_row<'r>(article: &'r Article, removed: &'r RemovedRow) -> Vec<Cell<'r>> {
    vec![
        Cell::Text(&article.id),
        Cell::Text(outlet(article)),
        Cell::Text(removed.rule.name()),
        Cell::Text(&removed.evidence),
        Cell::Integer(removed.bytes.0 as i64),
        Cell::Integer(removed.bytes.1 as i64),
        Cell::Integer(i64::from(removed.words)),
        Cell::Text(&removed.begins),
    ]
}

/// What was removed of an article, quoted.
pub(super) fn removed_rows(
    shard: &Shard,
    reader: &mut TextReader<'_>,
    i: usize,
    removed: &[Removed],
) -> Vec<RemovedRow> {
    /// Words shown in the ledger.
    const SHOWN: u32 = 8;
    let article = &shard.articles()[i];
    if !removed.is_empty() {
        reader.open(i);
    }
    let rows = removed.iter().map(|removed| {
        let tokens = removed.tokens;
        let (start, end) = (reader.span(tokens.start).start, reader.span(tokens.end - 1).end);
        let shown = reader.span(tokens.start + tokens.len().min(SHOWN) - 1).end;
        let begins: Vec<&str> = reader.text()[start as usize..shown as usize].split_whitespace().collect();
        RemovedRow {
            rule: removed.rule,
            evidence: removed.evidence.clone(),
            bytes: article.source(start, end),
            words: removed.tokens.len(),
            begins: begins.join(" "),
        }
    });
    rows.collect()
}
