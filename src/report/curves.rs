//! The chart of the specification curve, of the rows of `specifications.csv`.
//!
//! In: specifications. Out: what the chart draws. Invariant: each row of the table is a column of the chart, or counted in a
//! note. It deliberately sorts nothing: the chart does.

use super::chart::{Curves, Estimate, Label, Specification, Words};
use super::shown_frames::Shown;
use crate::estimates::{Choices, Specifications, VoiceChoice};
use crate::results::why;

/// A row under the curve: what it says, and which combinations make the choice.
type Choice = (&'static str, fn(&Choices) -> bool);

const CHOICES: [Choice; 6] = [
    ("exact forms only", |choices| choices.exact),
    ("every voice", |choices| choices.voice == VoiceChoice::All),
    ("own voice only", |choices| choices.voice == VoiceChoice::Own),
    ("with boilerplate", |choices| choices.furniture),
    ("with repeated passages", |choices| choices.repeats),
    ("articles weighted equally", |choices| choices.is_macro),
];

/// The curves of every frame that is shown; `words` holds title and notes.
pub(super) fn curves(found: &Specifications, frames: &[Label], shown: &Shown, words: Words) -> Curves {
    let used: Vec<&Choice> =
        CHOICES.iter().filter(|(_, made)| found.rows.iter().any(|row| made(&row.choices))).collect();
    let mut cells: Vec<Vec<Specification>> = vec![Vec::new(); frames.len()];
    for row in &found.rows {
        let Some(place) = shown.place(row.frame) else { continue };
        let interval = row.ratio.interval;
        let estimate = Estimate {
            value: row.ratio.value.value(),
            low: interval.and_then(|interval| interval.low()),
            high: interval.and_then(|interval| interval.high()),
            why: why(&row.ratio).to_string(),
        };
        cells[place].push(Specification {
            estimate,
            is_sure: row.p.value().is_some_and(|p| p < 0.05),
            made: used.iter().map(|(_, made)| made(&row.choices)).collect(),
            is_study: row.is_study,
        });
    }
    let language = words.language;
    Curves {
        words,
        unit: "log2 ratio (+1: twice as often)".to_string(),
        panels: frames.to_vec(),
        choices: used.iter().map(|(name, _)| language.say(name)).collect(),
        cells,
    }
}
