//! The tables of estimates: `frames.csv`, `comparisons.csv`, `sentiment.csv`, `timeline.csv`, `terms.csv`.
//!
//! In: estimates. Out: CSV, each as bytes.
//! Invariant: what is missing is an empty cell, and its reason stands in the column for reasons.

use super::columns::{COMPARISONS, FRAMES, OVERLAPS, SENTIMENT, TERMS, TIMELINE, VOICES};
use super::sheet::Sheet;
use super::tables::Finished;
use crate::aggregate::{Cell, Usage};
use crate::estimates::Estimates;
use crate::lexicon::{Entry, MatchMode};
use crate::lookup::{EntryId, Plan};
use crate::statistics::{ComparisonRow, Estimate, Measured, Note};
use crate::voice::Voice;
use std::collections::BTreeMap;

type Bytes = csv::Result<Vec<u8>>;

fn real(value: Option<f64>) -> Cell<'static> {
    value.map_or(Cell::Missing, Cell::Real)
}

fn measured(value: Measured) -> Cell<'static> {
    real(value.value())
}

fn integer(number: impl TryInto<i64>) -> Cell<'static> {
    number.try_into().map_or(Cell::Missing, Cell::Integer)
}

fn low(estimate: &Estimate) -> Cell<'static> {
    real(estimate.interval.and_then(|interval| interval.low()))
}

fn high(estimate: &Estimate) -> Cell<'static> {
    real(estimate.interval.and_then(|interval| interval.high()))
}

/// Why an estimate has no value or no interval.
pub(super) fn why(estimate: &Estimate) -> &'static str {
    match (estimate.value, estimate.note) {
        (Measured::Missing(why), _) | (_, Some(Note::NoInterval(why))) => why.phrase(),
        _ => "",
    }
}

fn labels(group: &[String]) -> Vec<Cell<'_>> {
    group.iter().map(|label| Cell::Text(label)).collect()
}

fn bytes(sheet: Sheet<Vec<u8>>) -> Bytes {
    Ok(sheet.into_inner()?)
}

/// Group × frame.
pub(super) fn frames(found: &Finished, estimates: &Estimates, plan: &Plan<'_>) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &FRAMES, &found.dimensions, &[])?;
    let tops = tops(found, plan);
    for row in &estimates.frames {
        let mut cells = labels(&found.counts.groups[row.group]);
        let in_voice = |voice| integer(estimates.hits_in(voice, row.group, row.frame));
        let top = tops.get(&(row.group as u32, row.frame as u32));
        cells.extend([
            Cell::Text(&found.counts.frames[row.frame]),
            integer(row.articles),
            integer(row.words),
            integer(row.hits),
            in_voice(Voice::Own),
            in_voice(Voice::Scare),
            in_voice(Voice::Quoted),
            in_voice(Voice::Attributed),
            in_voice(Voice::Mention),
            measured(row.rate.value),
            low(&row.rate),
            high(&row.rate),
            Cell::Text(row.rate.method),
            Cell::Text(why(&row.rate)),
            measured(row.macro_rate),
            measured(row.design_effect),
            integer(row.articles_with_hits),
            measured(row.prevalence.value),
            low(&row.prevalence),
            high(&row.prevalence),
            measured(row.intensity),
            top.map_or(Cell::Missing, |(text, _)| Cell::Text(text)),
            top.map_or(Cell::Missing, |(_, share)| Cell::Real(*share)),
        ]);
        sheet.row(&cells)?;
    }
    bytes(sheet)
}

/// Group × frame × voice.
pub(super) fn voices(found: &Finished, estimates: &Estimates) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &VOICES, &found.dimensions, &[])?;
    for (i, all) in estimates.frames.iter().enumerate() {
        for (voice, rows) in &estimates.voices {
            let row = &rows[i];
            let share = if all.hits == 0 { Cell::Missing } else { Cell::Real(row.hits as f64 / all.hits as f64) };
            let missing = if all.hits == 0 { "no hits" } else { why(&row.rate) };
            let mut cells = labels(&found.counts.groups[row.group]);
            cells.extend([
                Cell::Text(&found.counts.frames[row.frame]),
                Cell::Text(voice.name()),
                integer(row.articles),
                integer(row.words),
                integer(row.hits),
                share,
                measured(row.rate.value),
                low(&row.rate),
                high(&row.rate),
                Cell::Text(missing),
            ]);
            sheet.row(&cells)?;
        }
    }
    bytes(sheet)
}

/// The entry with most hits of each group and frame, and its share of the hits of all entries there.
fn tops<'a>(found: &Finished, plan: &Plan<'a>) -> BTreeMap<(u32, u32), (&'a str, f64)> {
    let mut cells: BTreeMap<(u32, u32), Vec<(u64, &'a str)>> = BTreeMap::new();
    for (&id, usage) in &found.frame_usage {
        let (_, entry) = plan.entry(id);
        let own = plan.frame_of(id);
        let outer = (0..plan.frames().len() as u32).filter(|&frame| plan.inside(frame).contains(&own));
        for frame in outer.chain([own]) {
            for (&group, &hits) in &usage.by_group {
                cells.entry((group, frame)).or_default().push((hits, &entry.text));
            }
        }
    }
    let top = |(key, mut entries): (_, Vec<(u64, &'a str)>)| {
        entries.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let all: u64 = entries.iter().map(|(hits, _)| hits).sum();
        (key, (entries[0].1, entries[0].0 as f64 / all as f64))
    };
    cells.into_iter().map(top).collect()
}

/// Each group against the rest, by frame.
pub(super) fn comparisons(found: &Finished, estimates: &Estimates) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &COMPARISONS, &found.dimensions, &[])?;
    let names = found.counts.group_names();
    for row in &estimates.comparisons {
        let mut cells = labels(&found.counts.groups[row.group]);
        let ratio = &row.smoothed_log_ratio;
        let direction = match ratio.value.value() {
            Some(value) if value > 0.0 => format!("more in {}", names[row.group]),
            Some(value) if value < 0.0 => format!("less in {}", names[row.group]),
            Some(_) => "the same".to_string(),
            None => String::new(),
        };
        let missing = missing(row);
        cells.extend([
            Cell::Text(&found.counts.frames[row.frame]),
            integer(row.articles[0]),
            integer(row.hits[0]),
            integer(row.words[0]),
            integer(row.articles[1]),
            integer(row.hits[1]),
            integer(row.words[1]),
            measured(ratio.value),
            low(ratio),
            high(ratio),
            Cell::Text(ratio.method),
            measured(row.p),
            Cell::Text(row.p_method),
            measured(row.q),
            Cell::Text(&direction),
            Cell::Text(&missing),
        ]);
        sheet.row(&cells)?;
    }
    bytes(sheet)
}

/// Why a comparison has no interval or no p.
pub(super) fn missing(row: &ComparisonRow) -> String {
    match (why(&row.smoothed_log_ratio), row.p) {
        ("", Measured::Missing(why)) => format!("p: {why}"),
        (interval, Measured::Missing(why)) if interval != why.phrase() => format!("interval: {interval}; p: {why}"),
        (interval, _) => interval.to_string(),
    }
}

/// Group × sentiment lexicon.
pub(super) fn sentiment(found: &Finished, estimates: &Estimates) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &SENTIMENT, &found.dimensions, &[])?;
    for (lexicon, rows) in found.counts.lexicons.iter().zip(&estimates.sentiment) {
        for (group, row) in found.counts.groups.iter().zip(rows) {
            let mut cells = labels(group);
            cells.extend([
                Cell::Text(lexicon),
                integer(row.articles),
                integer(row.words),
                integer(row.hits),
                integer(row.positive),
                integer(row.negative),
                measured(row.sum),
                measured(row.mean_valence.value),
                low(&row.mean_valence),
                high(&row.mean_valence),
                Cell::Text(row.mean_valence.method),
                measured(row.balance.value),
                low(&row.balance),
                high(&row.balance),
                measured(row.logit.value),
                low(&row.logit),
                high(&row.logit),
                Cell::Text(why(&row.mean_valence)),
            ]);
            sheet.row(&cells)?;
        }
    }
    bytes(sheet)
}

/// Group × frame × period.
pub(super) fn timeline(found: &Finished, estimates: &Estimates) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &TIMELINE, &found.dimensions, &[])?;
    let mut rows: Vec<_> = estimates.timeline.rows.iter().collect();
    rows.sort_by_key(|row| {
        let (group, start) = estimates.timeline.keys[row.group];
        (group, row.frame, start)
    });
    for row in rows {
        let (group, start) = estimates.timeline.keys[row.group];
        let start = start.to_string();
        let mut cells = labels(&found.counts.groups[group as usize]);
        cells.extend([
            Cell::Text(&found.counts.frames[row.frame]),
            Cell::Text(&start),
            integer(row.articles),
            integer(row.words),
            integer(row.hits),
            measured(row.rate.value),
            low(&row.rate),
            high(&row.rate),
            Cell::Text(why(&row.rate)),
        ]);
        sheet.row(&cells)?;
    }
    bytes(sheet)
}

/// Pairs of frames that share tokens.
pub(super) fn overlaps(found: &Finished) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &OVERLAPS, &[], &[])?;
    for (&(one, other), &(tokens, articles)) in &found.shared {
        let name = |frame: u32| Cell::Text(&found.counts.frames[frame as usize]);
        sheet.row(&[name(one), name(other), integer(tokens), integer(articles)])?;
    }
    bytes(sheet)
}

/// Every entry of frames and sentiment lexicons.
pub(super) fn terms(found: &Finished, plan: &Plan<'_>, sentiment: &[Plan<'_>]) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &TERMS, &[], &found.counts.group_names())?;
    entries(&mut sheet, plan, &found.frame_usage, found.counts.groups.len())?;
    for (plan, usage) in sentiment.iter().zip(&found.sentiment_usage) {
        entries(&mut sheet, plan, usage, found.counts.groups.len())?;
    }
    bytes(sheet)
}

fn entries(
    sheet: &mut Sheet<Vec<u8>>,
    plan: &Plan<'_>,
    usage: &BTreeMap<EntryId, Usage>,
    groups: usize,
) -> csv::Result<()> {
    /// Forms in a cell.
    const SHOWN: usize = 12;
    let nothing = Usage::default();
    for (l, lexicon) in plan.lexicons().iter().enumerate() {
        for (e, entry) in lexicon.entries.iter().enumerate() {
            let used = usage.get(&EntryId { lexicon: l as u32, entry: e as u32 }).unwrap_or(&nothing);
            let forms: Vec<String> = used.forms.iter().take(SHOWN).map(|(form, n)| format!("{form} {n}")).collect();
            let forms = forms.join(", ");
            let at = format!("{}:{}", lexicon.file, entry.line);
            let mut cells = vec![
                Cell::Text(&lexicon.name),
                Cell::Text(&lexicon.frames[entry.frame].name),
                Cell::Text(&entry.text),
                Cell::Text(&at),
                Cell::Text(mode(entry.mode)),
                Cell::Real(f64::from(entry.weight) / 1000.0),
                Cell::Text(if entry.except { "yes" } else { "no" }),
                found(entry, used.hits),
                found(entry, used.articles),
                Cell::Text(&forms),
            ];
            let by_group = |group| found(entry, used.by_group.get(&group).copied().unwrap_or(0));
            cells.extend((0..groups as u32).map(by_group));
            sheet.row(&cells)?;
        }
    }
    Ok(())
}

/// What an entry found; an exception can find nothing, which is not zero.
fn found(entry: &Entry, number: impl TryInto<i64>) -> Cell<'static> {
    if entry.except { Cell::Missing } else { integer(number) }
}

fn mode(mode: MatchMode) -> &'static str {
    match mode {
        MatchMode::Stem => "stem",
        MatchMode::Exact => "exact",
        MatchMode::Case => "case",
    }
}
