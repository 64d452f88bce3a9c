//! `sensitivity.csv`, `specifications.csv`, `length.csv`: what a finding rests on.

use super::{Bytes, bytes, chance, high, integer, labels, low, measured, real, why};
use crate::aggregate::Cell;
use crate::estimates::{Choices, Estimates, Robustness, Specifications, VoiceChoice};
use crate::lookup::Plan;
use crate::report::columns::{LENGTH, SENSITIVITY, SPECIFICATIONS};
use crate::report::sheet::Sheet;
use crate::report::tables::Finished;
use crate::statistics::sensitivity::{Check, SensitivityRow};

/// What one entry, and one article, does to each comparison.
pub(in crate::report) fn sensitivity(found: &Finished, checked: &Robustness, plan: &Plan<'_>) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &SENSITIVITY, &found.dimensions, &[])?;
    for row in &checked.rows {
        let (check, part) = left_out(found, checked, plan, row);
        let mut cells = labels(&found.counts.groups[row.group]);
        cells.extend([
            Cell::Text(&found.counts.frames[row.frame]),
            Cell::Text(check),
            part.map_or(Cell::Missing, Cell::Text),
            integer(row.parts),
            measured(row.top_share),
            measured(row.concentration),
            measured(row.before),
            measured(row.after),
            real(share_of_change(row)),
            integer(row.flips),
            measured(row.p_after),
            measured(row.q_after),
            Cell::Text(match row.lost {
                Some(true) => "lost",
                Some(false) => "holds",
                None => "none",
            }),
            Cell::Text(row.after.why().map_or("", |why| why.phrase())),
        ]);
        sheet.row(&cells)?;
    }
    bytes(sheet)
}

/// The check, and the name of what was left out.
pub(in crate::report) fn left_out<'a>(
    found: &'a Finished,
    checked: &Robustness,
    plan: &Plan<'a>,
    row: &SensitivityRow,
) -> (&'static str, Option<&'a str>) {
    match row.check {
        Check::Entry => {
            let entry = row.part.and_then(|part| checked.entries.get(part as usize));
            ("entry", entry.map(|&id| plan.entry(id).1.text.as_str()))
        }
        Check::Article => {
            let article = row.part.and_then(|part| found.counts.articles.get(part as usize));
            ("article", article.map(String::as_str))
        }
    }
}

/// How much of the log ratio goes with the part.
fn share_of_change(row: &SensitivityRow) -> Option<f64> {
    let (before, after) = (row.before.value()?, row.after.value()?);
    (before != 0.0).then(|| (before - after) / before)
}

/// The primary comparison under every combination of choices.
pub(in crate::report) fn specifications(found: &Finished, specifications: &Specifications) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &SPECIFICATIONS, &found.dimensions, &[])?;
    let names = found.counts.group_names();
    for row in &specifications.rows {
        let [matching, voices, furniture, repeats, weight] = in_words(row.choices);
        let missing = match (why(&row.ratio), row.p.why()) {
            ("", Some(why)) => format!("p: {}", why.phrase()),
            (interval, _) => interval.to_string(),
        };
        let mut cells = labels(&found.counts.groups[specifications.group]);
        cells.extend([
            Cell::Text(specifications.other.map_or("all others", |other| &names[other])),
            Cell::Text(&found.counts.frames[row.frame]),
            Cell::Text(matching),
            Cell::Text(voices),
            Cell::Text(furniture),
            Cell::Text(repeats),
            Cell::Text(weight),
            Cell::Text(if row.is_study { "yes" } else { "no" }),
            integer(row.hits[0]),
            integer(row.words[0]),
            integer(row.hits[1]),
            integer(row.words[1]),
            measured(row.ratio.value),
            low(&row.ratio),
            high(&row.ratio),
            chance(row.p),
            Cell::Text(&missing),
        ]);
        sheet.row(&cells)?;
    }
    bytes(sheet)
}

/// Matching, voices, furniture, repeats, weight.
fn in_words(choices: Choices) -> [&'static str; 5] {
    let is_in = |counts: bool| if counts { "in" } else { "out" };
    [
        if choices.exact { "exact forms" } else { "as the lexicon says" },
        match choices.voice {
            VoiceChoice::Study => "as counted",
            VoiceChoice::All => "all",
            VoiceChoice::Own => "own",
        },
        is_in(choices.furniture),
        is_in(choices.repeats),
        if choices.is_macro { "articles" } else { "words" },
    ]
}

/// Scores and the length of articles.
pub(in crate::report) fn length(estimates: &Estimates) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &LENGTH, &[], &[])?;
    for row in &estimates.length {
        sheet.row(&[
            Cell::Text(row.kind),
            Cell::Text(&row.name),
            integer(row.rho.n_articles),
            measured(row.rho.value),
            low(&row.rho),
            high(&row.rho),
            chance(row.p),
            Cell::Text(if row.is_large() { "yes" } else { "no" }),
            Cell::Text(why(&row.rho)),
        ])?;
    }
    bytes(sheet)
}
