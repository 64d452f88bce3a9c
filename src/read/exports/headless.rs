//! The text of one article that was copied from a database without its head, but with a line of the database below it.
//!
//! In: the lines of a document in which a header was looked for, and no text was left. Out: the document, all of it text.
//! Invariant: lines of the database stay furniture.
//! It deliberately asks for a document without a day: every header has one.

use super::{Document, Line, Marked, Part, Reading, State};
use crate::read::layouts::Layout;

/// Takes all lines as the text of the only document, where that has neither text nor day.
pub(super) fn read_as_text(
    documents: &mut [Document],
    (text, lines): (&str, &[Line<'_>]),
    layout: &Layout,
    marked: &Marked,
) {
    let [only] = documents else { return };
    let is_headless = only.words == 0 && !only.parts.contains_key(&Part::Date) && !layout.is_split;
    let Some(first) = lines.first().filter(|_| is_headless) else { return };
    let Some(mut reading) = Reading::new(text, lines, layout, marked) else { return };
    reading.state = State::Body;
    reading.begin_body(first.start);
    for line in lines.iter().filter(|line| !line.text.is_empty()) {
        reading.body_line(*line);
    }
    *only = reading.finish();
}
