//! Which rates the chart of a diff shows.
//!
//! In: a [`Diff`]. Out: a drawing: before → after by frame and group.
//! Invariant: the frames and groups that moved most are drawn; what is left out is said on the chart.

use super::Diff;
use super::rates::RateChange;
use crate::report::chart::{self, ChartLanguage, Drawing, Label, Moved, Moves, Words};
use clap::ValueEnum;
use std::collections::BTreeMap;

/// Groups on the chart.
const GROUPS: usize = 25;
/// Frames on the chart.
const FRAMES: usize = 12;

/// The chart; nothing where no rate moved.
pub(super) fn draw(diff: &Diff<'_>) -> Result<Option<Drawing>, chart::ChartError> {
    let moved: Vec<&RateChange> = diff.rates.iter().filter(|row| row.rate(0) != row.rate(1)).collect();
    if moved.is_empty() {
        return Ok(None);
    }
    let mut frames = chosen(moved.iter().map(|row| (row.frame, row.change())), FRAMES);
    let groups = chosen(moved.iter().map(|row| (row.group, row.change())), GROUPS);
    // frames as the lexicon has them, groups as they moved
    frames.0.sort_unstable();
    let mut notes = vec!["Groups in the order of their largest change in any frame.".to_string()];
    notes.extend([
        "Only rates that changed have a mark. What caused each change, and how much of it: causes.csv.".to_string()
    ]);
    for (chosen, what) in [(&frames, "frames"), (&groups, "groups")] {
        if chosen.1 > 0 {
            notes.push(format!("The {} {what} that changed most; {} more are in rates.csv.", chosen.0.len(), chosen.1));
        }
    }
    notes.push("Vocabulary counts, not validated against human coding on this corpus.".to_string());
    let cells: BTreeMap<(usize, usize), &RateChange> = moved.iter().map(|row| ((row.frame, row.group), *row)).collect();
    let names = diff.groups();
    let cell = |frame: &usize, group: &usize| match cells.get(&(*frame, *group)) {
        None => Moved { before: None, after: None, why: "same".to_string() },
        Some(row) => Moved { before: row.rate(0), after: row.rate(1), why: row.missing().to_string() },
    };
    let articles = |group: usize| diff.ledger.sizes[1].get(&group).or(diff.ledger.sizes[0].get(&group)).copied();
    let label = |group: &usize| Label { name: names[*group].clone(), articles: articles(*group), ..Label::default() };
    chart::moves(&Moves {
        words: Words {
            title: "How the rates changed".to_string(),
            subtitle: "Hits per 1,000 words, without boilerplate and repeated passages: before (ring) → after (disc)"
                .to_string(),
            notes,
            language: language(diff),
            ..Words::default()
        },
        unit: "hits per 1,000 words".to_string(),
        frames: frames.0.iter().map(|&frame| Label::plain(&diff.frames()[frame])).collect(),
        groups: groups.0.iter().map(label).collect(),
        cells: frames.0.iter().map(|frame| groups.0.iter().map(|group| cell(frame, group)).collect()).collect(),
    })
    .map(Some)
}

/// The language of the charts of the second run.
fn language(diff: &Diff<'_>) -> ChartLanguage {
    let said = diff.runs[1].options.get("report.language");
    said.and_then(|said| ChartLanguage::from_str(said, true).ok()).unwrap_or_default()
}

/// Those with the largest changes, the largest first, and how many are left out.
fn chosen(changes: impl Iterator<Item = (usize, Option<f64>)>, most: usize) -> (Vec<usize>, usize) {
    let mut largest: BTreeMap<usize, f64> = BTreeMap::new();
    for (place, change) in changes {
        let slot = largest.entry(place).or_default();
        *slot = slot.max(change.map_or(0.0, f64::abs));
    }
    let mut order: Vec<(usize, f64)> = largest.into_iter().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let left_out = order.len().saturating_sub(most);
    (order.into_iter().take(most).map(|(place, _)| place).collect(), left_out)
}
