//! `sentiment.csv`, `sentiment_targets.csv`, `contributions.csv` and `sentiment_shifts.csv`.

use super::{Bytes, bytes, high, integer, labels, low, measured, why};
use crate::aggregate::Cell;
use crate::estimates::{Bar, Estimates, made_of, shift};
use crate::lookup::Plan;
use crate::report::columns::{CONTRIBUTIONS, SENTIMENT, SENTIMENT_TARGETS, SHIFTS};
use crate::report::rows::yes;
use crate::report::sheet::Sheet;
use crate::report::tables::Finished;
use crate::sentiment::{Mode, Scorer};
use crate::statistics::Estimate;
use crate::statistics::sentiment::{absolute, logit_error};

/// Entries to each side of a score.
const TO_A_SIDE: usize = 20;
/// Entries of a shift.
const OF_A_SHIFT: usize = 30;
/// What the last row of a list is called.
const OTHERS: &str = "(all others)";

/// Group × scale.
pub(in crate::report) fn sentiment(found: &Finished, estimates: &Estimates, scorer: &Scorer<'_>) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &SENTIMENT, &found.dimensions, &[])?;
    for (number, (scale, rows)) in scorer.scales.all.iter().zip(&estimates.sentiment).enumerate() {
        for (group, (labelled, row)) in found.counts.groups.iter().zip(rows).enumerate() {
            let vader = estimates.vader[number].get(group).filter(|_| scorer.options.mode != Mode::Dictionary);
            let vader_cell = |cell: fn(&crate::statistics::sentiment::GroupCompound) -> Cell<'static>| {
                vader.map_or(Cell::Missing, cell)
            };
            let mut cells = labels(labelled);
            cells.extend([
                Cell::Text(&scale.lexicon),
                Cell::Text(&scale.dimension),
                Cell::Text(scorer.role(number)),
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
                measured(row.valence_per_word.value),
                measured(row.balance.value),
                low(&row.balance),
                high(&row.balance),
                measured(absolute(row.positive, row.negative, row.words)),
                measured(row.logit.value),
                low(&row.logit),
                high(&row.logit),
                measured(logit_error(row.positive, row.negative)),
                vader_cell(|vader| integer(vader.sentences)),
                vader_cell(|vader| measured(vader.compound.value)),
                vader_cell(|vader| low(&vader.compound)),
                vader_cell(|vader| high(&vader.compound)),
                vader_cell(|vader| measured(vader.shares[0])),
                vader_cell(|vader| measured(vader.shares[1])),
                vader_cell(|vader| measured(vader.shares[2])),
                Cell::Text(why(&row.mean_valence)),
            ]);
            sheet.row(&cells)?;
        }
    }
    bytes(sheet)
}

/// Group × scale × target.
pub(in crate::report) fn sentiment_targets(found: &Finished, estimates: &Estimates, scorer: &Scorer<'_>) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &SENTIMENT_TARGETS, &found.dimensions, &[])?;
    for row in &estimates.toward {
        let scale = &scorer.scales.all[row.scale];
        let share = |n: u32| Cell::Real(f64::from(n) / f64::from(row.sums.mentions));
        let mut cells = labels(&found.counts.groups[row.group]);
        cells.extend([
            Cell::Text(&scale.lexicon),
            Cell::Text(&scale.dimension),
            Cell::Text(scorer.role(row.scale)),
            Cell::Text(&found.counts.subjects.targets[row.target]),
            integer(row.articles),
            integer(row.sums.mentions),
            integer(row.sums.hits),
            measured(row.score.value),
            low(&row.score),
            high(&row.score),
            Cell::Text(row.score.method),
            share(row.sums.positive),
            share(row.sums.negative),
            Cell::Text(why(&row.score)),
        ]);
        sheet.row(&cells)?;
    }
    bytes(sheet)
}

/// The entries that made each score.
pub(in crate::report) fn contributions(found: &Finished, scorer: &Scorer<'_>) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &CONTRIBUTIONS, &found.dimensions, &[])?;
    for (number, scale) in scorer.scales.all.iter().enumerate() {
        for (group, labelled) in found.counts.groups.iter().enumerate() {
            let bars = made_of(&found.contributions, number, group);
            for (side, is_positive) in [("positive", true), ("negative", false)] {
                let of_side: Vec<&Bar> = bars.iter().filter(|bar| (bar.gives > 0.0) == is_positive).collect();
                for (rank, entry) in listed(&of_side, TO_A_SIDE, &scorer.plans()[scale.plan]) {
                    let mut cells = labels(labelled);
                    cells.extend([
                        Cell::Text(&scale.lexicon),
                        Cell::Text(&scale.dimension),
                        Cell::Text(side),
                        rank.map_or(Cell::Missing, integer),
                        Cell::Text(&entry.text),
                        Cell::Text(&entry.at),
                        entry.negated.map_or(Cell::Missing, yes),
                        integer(entry.hits[0]),
                        Cell::Real(entry.gives),
                    ]);
                    sheet.row(&cells)?;
                }
            }
        }
    }
    bytes(sheet)
}

/// Each group against the rest.
pub(in crate::report) fn shifts(found: &Finished, scorer: &Scorer<'_>) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &SHIFTS, &found.dimensions, &[])?;
    for (number, scale) in scorer.scales.all.iter().enumerate() {
        for (group, labelled) in found.counts.groups.iter().enumerate() {
            let Some(shift) = shift(&found.contributions, number, group, None) else { continue };
            let bars: Vec<&Bar> = shift.bars.iter().collect();
            for (rank, entry) in listed(&bars, OF_A_SHIFT, &scorer.plans()[scale.plan]) {
                let mut cells = labels(labelled);
                cells.extend([
                    Cell::Text(&scale.lexicon),
                    Cell::Text(&scale.dimension),
                    Cell::Text("rest"),
                    rank.map_or(Cell::Missing, integer),
                    Cell::Text(&entry.text),
                    Cell::Text(&entry.at),
                    entry.negated.map_or(Cell::Missing, yes),
                    integer(entry.hits[0]),
                    integer(entry.hits[1]),
                    Cell::Real(entry.gives),
                    Cell::Real(shift.difference()),
                ]);
                sheet.row(&cells)?;
            }
        }
    }
    bytes(sheet)
}

/// A row of a list.
struct Listed {
    text: String,
    at: String,
    negated: Option<bool>,
    hits: [u64; 2],
    gives: f64,
}

/// The first bars with their ranks, then all others in one row.
fn listed(bars: &[&Bar], most: usize, plan: &Plan<'_>) -> Vec<(Option<u64>, Listed)> {
    let shown = bars.iter().take(most).enumerate().map(|(rank, bar)| {
        let (lexicon, entry) = plan.entry(bar.entry);
        let at = format!("{}:{}", lexicon.file, entry.line);
        let (negated, hits, gives) = (Some(bar.negated), bar.hits, bar.gives);
        (Some(rank as u64 + 1), Listed { text: entry.text.clone(), at, negated, hits, gives })
    });
    let mut rows: Vec<_> = shown.collect();
    let rest = &bars[bars.len().min(most)..];
    if !rest.is_empty() {
        let hits = [0, 1].map(|side| rest.iter().map(|bar| bar.hits[side]).sum());
        let gives = rest.iter().map(|bar| bar.gives).sum();
        rows.push((None, Listed { text: OTHERS.to_string(), at: String::new(), negated: None, hits, gives }));
    }
    rows
}

/// The score that a mode puts first: the compound in VADER's modes, else the mean weight of a hit.
pub(in crate::report) fn headline(estimates: &Estimates, mode: Mode, scale: usize, group: usize) -> Estimate {
    match mode {
        Mode::Dictionary => estimates.sentiment[scale][group].mean_valence,
        Mode::Vader | Mode::VaderCorrected => estimates.vader[scale][group].compound,
    }
}
