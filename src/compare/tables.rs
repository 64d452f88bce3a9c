//! The tables of a diff, cell by cell, in the order of `columns`.
//!
//! In: a [`Diff`]. Out: CSV, each as bytes.
//! Invariant: what is missing is an empty cell.

use super::columns::{ARTICLES, CAUSES, FINDINGS, HITS, LEXICON, OPTIONS, RATES, SENTIMENT};
use super::key::{COUNTED, VOICES};
use super::ledger::{HitChange, Source};
use super::order;
use super::quotes::{self, Quote};
use super::rates::Cause;
use super::snapshot::Entry;
use super::{Diff, Tone, change_text};
use crate::aggregate::Cell;
use crate::error::Result;
use crate::report::Sheet;
use std::collections::BTreeMap;

type Bytes = std::io::Result<Vec<u8>>;

fn whole(number: Option<u64>) -> Cell<'static> {
    number.map_or(Cell::Missing, |number| Cell::Integer(number as i64))
}

fn real(number: Option<f64>) -> Cell<'static> {
    number.map_or(Cell::Missing, Cell::Real)
}

fn text(text: Option<&str>) -> Cell<'_> {
    text.map_or(Cell::Missing, Cell::Text)
}

pub(super) fn lexicon(diff: &Diff<'_>) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &LEXICON, &[], &[])?;
    let moved = diff.gained_and_lost();
    for (place, &pair) in diff.pairs.list.iter().enumerate() {
        let change = diff.edit_at(place, moved.get(&place).copied().unwrap_or_default());
        if change.is_empty() {
            continue;
        }
        let [a, b] = diff.entry(pair);
        let Some(shown) = b.or(a) else { continue };
        let sides = |of: fn(&Entry) -> &str| [text(a.map(of)), text(b.map(of))];
        let hits = |entry: Option<&Entry>| whole(entry.filter(|entry| !entry.except).map(|entry| entry.hits));
        let [gained, lost] = moved.get(&place).copied().unwrap_or_default();
        let mut cells = vec![
            Cell::Text(&change),
            Cell::Text(if shown.except { "exception" } else { "entry" }),
            Cell::Text(&shown.lexicon),
        ];
        cells.extend(sides(|entry| &entry.frame));
        let texts = diff.texts_at(place);
        cells.extend(texts.each_ref().map(|texts| text(texts.as_deref())));
        cells.extend(sides(|entry| &entry.at));
        cells.extend(sides(|entry| &entry.mode));
        cells.extend([a, b].map(|entry| real(entry.and_then(|entry| entry.weight.parse().ok()))));
        cells.extend([hits(a), hits(b), whole(Some(gained)), whole(Some(lost))]);
        sheet.row(&cells)?;
    }
    Ok(sheet.into_inner())
}

pub(super) fn options(diff: &Diff<'_>) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &OPTIONS, &[], &[])?;
    for row in &diff.options {
        let sides = [text(row.before.as_deref()), text(row.after.as_deref())];
        let [before, after] = sides;
        sheet.row(&[Cell::Text(row.kind), Cell::Text(&row.name), before, after])?;
    }
    Ok(sheet.into_inner())
}

pub(super) fn articles(diff: &Diff<'_>) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &ARTICLES, &[], &[])?;
    for change in diff.articles() {
        let sides = diff.article([change.before, change.after]);
        let Some(shown) = sides[1].or(sides[0]) else { continue };
        let kind = change_text(&change.kind).replacen("articles ", "", 1);
        let groups = [0, 1].map(|side| sides[side].and_then(|article| diff.group_of(side, article)));
        let counted = sides.map(|article| article.filter(|article| article.group.is_some()));
        let hits = |side: usize| {
            let of = |article| diff.runs[side].counts_of(article).iter().map(|&hits| u64::from(hits)).sum();
            whole(counted[side].map(of))
        };
        sheet.row(&[
            Cell::Text(&kind),
            Cell::Text(&shown.id),
            Cell::Text(&shown.title),
            text(groups[0].as_deref()),
            text(groups[1].as_deref()),
            whole(counted[0].map(|article| article.words)),
            whole(counted[1].map(|article| article.words)),
            hits(0),
            hits(1),
        ])?;
    }
    Ok(sheet.into_inner())
}

pub(super) fn rates(diff: &Diff<'_>) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &RATES, &[], &[])?;
    let groups = diff.groups();
    for row in &diff.rates {
        let mut cells = vec![Cell::Text(&groups[row.group]), Cell::Text(&diff.frames()[row.frame])];
        for sides in [row.articles, row.words, row.hits] {
            cells.extend(sides.map(whole));
        }
        cells.extend([real(row.rate(0)), real(row.rate(1)), real(row.change())]);
        cells.extend(row.intervals.iter().flatten().map(|&end| real(end)));
        cells.extend(row.ranks.map(whole));
        cells.push(Cell::Text(row.missing()));
        sheet.row(&cells)?;
    }
    Ok(sheet.into_inner())
}

pub(super) fn sentiment(diff: &Diff<'_>) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &SENTIMENT, &[], &[])?;
    for row in &diff.tones {
        let of = |side: usize, of: fn(&Tone) -> Option<f64>| real(row.tones[side].as_ref().and_then(of));
        let mut cells = vec![Cell::Text(&row.group), Cell::Text(&row.scale)];
        cells.extend(row.tones.map(|tone| whole(tone.map(|tone| tone.hits))));
        cells.extend([of(0, |tone| tone.mean), of(1, |tone| tone.mean), real(row.change())]);
        cells.extend([
            of(0, |tone| tone.low),
            of(0, |tone| tone.high),
            of(1, |tone| tone.low),
            of(1, |tone| tone.high),
        ]);
        sheet.row(&cells)?;
    }
    Ok(sheet.into_inner())
}

pub(super) fn causes(diff: &Diff<'_>) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &CAUSES, &[], &[])?;
    for row in &diff.rates {
        for cause in &row.causes {
            cause_row(&mut sheet, diff, ("rate", row.group, row.frame), cause)?;
        }
    }
    for row in &diff.findings {
        for cause in &row.causes {
            cause_row(&mut sheet, diff, ("log2_ratio", row.group, row.frame), cause)?;
        }
    }
    Ok(sheet.into_inner())
}

fn cause_row(
    sheet: &mut Sheet<Vec<u8>>,
    diff: &Diff<'_>,
    (measure, group, frame): (&str, usize, usize),
    cause: &Cause,
) -> std::io::Result<()> {
    let named = diff.named(&cause.source);
    let group = diff.ledger.groups[group].join(" · ");
    let about_articles = matches!(cause.source, Source::Articles(_));
    let rest = |number: Cell<'static>| if measure == "rate" { Cell::Missing } else { number };
    sheet.row(&[
        Cell::Text(measure),
        Cell::Text(&group),
        Cell::Text(&diff.frames()[frame]),
        Cell::Text(named.kind),
        Cell::Text(&named.name),
        Cell::Text(&named.entry[0]),
        Cell::Text(&named.entry[1]),
        Cell::Text(&named.entry[2]),
        whole(Some(cause.own.articles + cause.rest.articles).filter(|_| about_articles)),
        whole(Some(cause.own.gained)),
        whole(Some(cause.own.lost)),
        Cell::Integer(cause.own.words),
        rest(whole(Some(cause.rest.gained))),
        rest(whole(Some(cause.rest.lost))),
        rest(Cell::Integer(cause.rest.words)),
        real(cause.effect),
        real(cause.share),
    ])
}

pub(super) fn findings(diff: &Diff<'_>) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &FINDINGS, &[], &[])?;
    let groups = diff.groups();
    for row in &diff.findings {
        let crossed = row.crossed();
        let [a, b] = row.values;
        sheet.row(&[
            Cell::Text(&groups[row.group]),
            Cell::Text(&diff.frames()[row.frame]),
            Cell::Text(&crossed),
            real(a[0]),
            real(b[0]),
            real(a[1]),
            real(a[2]),
            real(b[1]),
            real(b[2]),
            real(a[3]),
            real(b[3]),
            Cell::Real(row.change),
        ])?;
    }
    Ok(sheet.into_inner())
}

/// Hits in the order of their causes, entries before anything else; at most about so many, the first of each entry.
pub(super) fn listed<'d>(diff: &'d Diff<'_>, most: usize) -> Vec<&'d HitChange> {
    let order = diff.order.get_or_init(|| order::of(diff));
    let rows: Vec<&HitChange> = order.iter().map(|&at| &diff.hits()[at as usize]).collect();
    if rows.len() <= most {
        return rows;
    }
    let same = |a: &&HitChange, b: &&HitChange| a.source == b.source && a.pair == b.pair;
    let entries = rows.chunk_by(same).count();
    let each = (most / entries.max(1)).max(1);
    rows.chunk_by(same).flat_map(|rows| rows.iter().take(each).copied()).collect()
}

/// Hits of one cause, some of them drawn at random.
pub(super) struct Drawn<'d> {
    /// What the cause is called.
    pub(super) name: String,
    /// Counted hits gained and lost.
    pub(super) hits: [u64; 2],
    /// So many of those gained, then so many of those lost, or of those that somebody else now says.
    pub(super) drawn: Vec<&'d HitChange>,
}

/// The causes of changed hits, those with most hits first, and `each` hits of each kind drawn at random: those whose digest of article and
/// place is smallest.
pub(super) fn drawn<'d>(diff: &'d Diff<'_>, each: usize) -> Vec<Drawn<'d>> {
    let order = diff.order.get_or_init(|| order::of(diff));
    let mut rows: BTreeMap<Option<&Source>, Vec<&HitChange>> = BTreeMap::new();
    for &at in order {
        let change = &diff.hits()[at as usize];
        rows.entry(change.source.as_ref()).or_default().push(change);
    }
    let mut causes: Vec<Drawn<'_>> = rows.values().map(|rows| draw(diff, rows, each)).collect();
    causes.sort_by_cached_key(|cause| (std::cmp::Reverse(cause.hits[0] + cause.hits[1]), cause.name.clone()));
    causes
}

fn draw<'d>(diff: &'d Diff<'_>, rows: &[&'d HitChange], each: usize) -> Drawn<'d> {
    let lot = |change: &&HitChange| {
        let [a, b] = diff.article(change.articles);
        let place = change.before.or(change.after).map_or(0, |key| key.start);
        let of = format!("{}\n{place}", a.or(b).map_or("", |article| article.id.as_str()));
        *blake3::hash(of.as_bytes()).as_bytes()
    };
    let kind = |what: &str| -> Vec<&'d HitChange> { rows.iter().copied().filter(|row| row.what() == what).collect() };
    let kinds = [kind("gained"), kind("lost"), kind("voice")];
    let hits = [kinds[0].len() as u64, kinds[1].len() as u64];
    let mut drawn = Vec::new();
    for mut of_kind in kinds {
        of_kind.sort_by_cached_key(lot);
        drawn.extend(of_kind.into_iter().take(each));
    }
    let source = rows.first().and_then(|row| row.source.as_ref());
    let name = source.map_or("another voice".to_string(), |source| diff.named(source).name);
    Drawn { name, hits, drawn }
}

pub(super) fn hits(diff: &Diff<'_>, most: usize) -> Result<Bytes> {
    /// Sentences in memory at a time.
    const CHUNK: usize = 20_000;
    let rows = listed(diff, most);
    let mut sheet = match Sheet::new(Vec::new(), &HITS, &[], &[]) {
        Ok(sheet) => sheet,
        Err(error) => return Ok(Err(error)),
    };
    for chunk in rows.chunks(CHUNK) {
        for (change, quote) in chunk.iter().zip(quoted(diff, chunk)?) {
            if let Err(error) = hit_row(&mut sheet, diff, change, &quote) {
                return Ok(Err(error));
            }
        }
    }
    Ok(Ok(sheet.into_inner()))
}

/// The sentences of hits, from the second run where it has the hit.
pub(super) fn quoted(diff: &Diff<'_>, changes: &[&HitChange]) -> Result<Vec<Quote>> {
    let row = |change: &HitChange| match (change.before, change.after) {
        (_, Some(key)) => Some((1, key.row)),
        (Some(key), None) => Some((0, key.row)),
        (None, None) => None,
    };
    let of =
        |side: usize| changes.iter().filter_map(|c| row(c)).filter(|(of, _)| *of == side).map(|(_, row)| row).collect();
    let quotes = [quotes::read(diff.runs[0], of(0))?, quotes::read(diff.runs[1], of(1))?];
    let quote = |change: &&HitChange| {
        let found = row(change).and_then(|(side, row): (usize, quotes::RowPosition)| quotes[side].get(&row).cloned());
        found.unwrap_or_default()
    };
    Ok(changes.iter().map(quote).collect())
}

impl HitChange {
    /// `gained`, `lost` or `voice`.
    pub fn what(&self) -> &'static str {
        let is_counted = [self.before, self.after].map(|key| key.is_some_and(|key| key.counted == 0));
        match is_counted {
            [false, true] => "gained",
            [true, false] => "lost",
            _ => "voice",
        }
    }
}

fn hit_row(sheet: &mut Sheet<Vec<u8>>, diff: &Diff<'_>, change: &HitChange, quote: &Quote) -> std::io::Result<()> {
    let [a, b] = diff.entry(diff.pair(change.pair));
    let entry = if change.after.is_some() { b.or(a) } else { a.or(b) };
    let sides = diff.article(change.articles);
    let article = sides[1].or(sides[0]);
    let group = [1, 0].into_iter().find_map(|side| diff.group_of(side, sides[side]?));
    let cause = match &change.source {
        None => "voice".to_string(),
        Some(Source::Entry(_)) => format!("entry {}", diff.edit(diff.pair(change.pair))).trim().to_string(),
        Some(source) => diff.named(source).name,
    };
    let instead = instead(diff, change);
    let key = change.after.or(change.before).unwrap_or_default();
    let keys = [change.before, change.after];
    let [voice_before, voice_after] = keys.map(|key| text(key.map(|key| VOICES[key.voice as usize])));
    let [counted_before, counted_after] = keys.map(|key| text(key.map(|key| COUNTED[key.counted as usize])));
    sheet.row(&[
        Cell::Text(change.what()),
        Cell::Text(&cause),
        text(group.as_deref()),
        text(article.map(|article| article.id.as_str())),
        Cell::Text(&diff.frames()[change.frame]),
        text(entry.map(|entry| entry.text.as_str())),
        text(entry.map(|entry| entry.at.as_str())),
        Cell::Text(&quote.left),
        Cell::Text(&quote.surface),
        Cell::Text(&quote.right),
        voice_before,
        voice_after,
        counted_before,
        counted_after,
        Cell::Text(&instead),
        Cell::Integer(i64::from(key.start)),
        Cell::Integer(i64::from(key.end)),
        Cell::Text(&quote.line),
    ])
}

/// Which entry has or had the place of a hit.
pub(super) fn instead(diff: &Diff<'_>, change: &HitChange) -> String {
    let Some((pair, frame)) = change.instead else { return String::new() };
    let [a, b] = diff.entry(diff.pair(pair));
    let entry = if change.after.is_some() { a.or(b) } else { b.or(a) };
    let text = entry.map_or("", |entry| entry.text.as_str());
    if frame == change.frame { text.to_string() } else { format!("{text} ({})", diff.frames()[frame]) }
}
