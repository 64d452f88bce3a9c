//! `frames.csv` and `voices.csv`: how often a frame is found in a group, and in which voice.

use super::{Bytes, bytes, high, integer, labels, low, measured, why};
use crate::aggregate::Cell;
use crate::estimates::Estimates;
use crate::lookup::Plan;
use crate::report::columns::{FRAMES, VOICES};
use crate::report::sheet::Sheet;
use crate::report::tables::Finished;
use crate::voice::Voice;
use std::collections::BTreeMap;

/// Group × frame.
pub(in crate::report) fn frames(found: &Finished, estimates: &Estimates, plan: &Plan<'_>) -> Bytes {
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
pub(in crate::report) fn voices(found: &Finished, estimates: &Estimates) -> Bytes {
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
