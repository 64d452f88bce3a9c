//! The text of one article that was copied from a database without its head, but with a line of the database below it.
//!
//! In: the lines of a document in which a header was looked for, and no text was left. Out: the document, all of it text.
//! Invariant: lines of the database stay furniture.
//! It deliberately asks for a document without a day: every header has one.

use super::{Document, Line, Marked, Part, Reading, State};
use crate::read::layouts::Layout;

/// A shorter text is what a database writes where it found nothing.
const FEWEST_WORDS: u64 = 20;

/// Takes all lines as the text of the only document, where that has neither text nor day, or of one where none was found.
pub(super) fn read_as_text(
    documents: &mut Vec<Document>,
    (text, lines): (&str, &[Line<'_>]),
    layout: &Layout,
    marked: &Marked,
) {
    let is_empty = |document: &Document| document.words == 0 && !document.parts.contains_key(&Part::Date);
    let is_headless = documents.len() < 2 && documents.iter().all(is_empty) && !layout.is_split;
    let Some(first) = lines.first().filter(|_| is_headless) else { return };
    let Some(mut reading) = Reading::new(text, lines, layout, marked) else { return };
    reading.state = State::Body;
    reading.begin_body(first.start);
    for line in lines.iter().filter(|line| !line.text.is_empty()) {
        reading.body_line(*line);
    }
    let whole = reading.finish();
    if whole.words >= FEWEST_WORDS {
        *documents = vec![whole];
    }
}
