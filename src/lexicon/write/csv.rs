//! The spreadsheet form.
//!
//! In: a lexicon. Out: `frame,term,weight,match,note`, and further columns where an entry needs them.
//! Invariant: every entry is a row; only what belongs to no entry is lost.

use super::{Form, Losses, Written};
use crate::lexicon::model::{Entry, Lexicon};
use crate::lexicon::native::MODES;
use crate::lexicon::report::csv_field;
use crate::lexicon::weight;

type Cell = fn(&Entry) -> String;

/// Columns that are written only where an entry fills them.
const FURTHER: &[(&str, Cell)] = &[
    ("source", |entry| entry.source.clone()),
    ("precision", |entry| entry.precision.map_or(String::new(), |(right, checked)| format!("{right}/{checked}"))),
    ("added", |entry| entry.added.clone()),
    ("sd", |entry| entry.sd.map_or(String::new(), weight::show)),
    ("except", |entry| if entry.except { "true".to_string() } else { String::new() }),
    ("unmatchable", |entry| if entry.unmatchable { "true".to_string() } else { String::new() }),
];

/// Writes CSV.
pub fn to_csv(lexicon: &Lexicon) -> Written {
    let mut losses = Losses::default();
    losses.header(lexicon);
    let mut filled = vec![false; lexicon.frames.len()];
    let columns: Vec<&(&str, Cell)> =
        FURTHER.iter().filter(|(_, cell)| lexicon.entries.iter().any(|entry| !cell(entry).is_empty())).collect();
    let mut text = String::from("frame,term,weight,match,note");
    columns.iter().for_each(|(name, _)| text.push_str(&format!(",{name}")));
    text.push('\n');
    for entry in &lexicon.entries {
        filled[entry.frame] = true;
        losses.class(entry);
        let mode = MODES.iter().find(|(_, mode)| *mode == entry.mode).map_or("", |&(name, _)| name);
        let mut cells = vec![
            lexicon.frames[entry.frame].name.clone(),
            entry.text.clone(),
            weight::show(entry.weight),
            mode.to_string(),
            entry.note.clone(),
        ];
        cells.extend(columns.iter().map(|(_, cell)| cell(entry)));
        let cells: Vec<String> = cells.iter().map(|cell| csv_field(cell)).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    for (frame, _) in lexicon.frames.iter().zip(filled).filter(|(_, filled)| !filled) {
        losses.keep("empty frame", &frame.name, frame.line);
    }
    Written { form: Form::Csv, text, losses: losses.0 }
}
