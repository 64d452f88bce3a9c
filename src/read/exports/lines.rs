//! Lines of an export.
//!
//! In: a text, its layout. Out: its lines with their places, those of each document, and the text with lines joined that were broken to a width.
//! Invariant: every byte is in one line; joining moves none.
//! It deliberately says nothing of what a line holds.

use crate::read::layouts::{Layout, Part};
use crate::read::places::{Assembly, Piece};
use std::ops::Range;

/// Stretches of a page whose element says what they hold, in their order.
pub(crate) type Marked = [(Range<usize>, Part)];

/// The text of a document whose lines were broken to a width: such line ends are spaces, so that nothing moves; and the places of its lines.
/// `None` where lines are paragraphs.
pub(crate) fn unwrapped(body: &str) -> Option<Assembly> {
    /// A line that was broken is nearly full; characters.
    const FULL: usize = 45;
    /// Lines are broken to widths up to this.
    const WIDEST: usize = 120;
    let lines = lines(body);
    let chars = |line: &Line<'_>| line.text.chars().count();
    if lines.iter().any(|line| chars(line) > WIDEST) {
        return None;
    }
    let joins = |i: usize| chars(&lines[i]) >= FULL && lines.get(i + 1).is_some_and(|next| !next.text.is_empty());
    if !(0..lines.len()).any(joins) {
        return None;
    }
    let mut out = Assembly::default();
    for (i, line) in lines.iter().enumerate() {
        let source = &body[line.start..line.end];
        let text = if joins(i) { source.replace(['\r', '\n'], " ") } else { source.to_string() };
        let (at, len) = (line.start as u32, text.len() as u32);
        out.text.push_str(&text);
        out.pieces.push(Piece { at, len, start: at, source_len: len, line: i as u32 + 1, cell: 0 });
    }
    Some(out)
}

/// A line: where it stands, and what it says without outer white space.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    pub start: usize,
    pub end: usize,
    pub text: &'t str,
    /// A form feed stands before it: a new page.
    is_page: bool,
}

/// The lines of a text.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let end = if text.contains('\n') { '\n' } else { '\r' };
    text.split_inclusive(end)
        .map(|whole| {
            let start = at;
            at += whole.len();
            Line { start, end: at, text: whole.trim(), is_page: whole.starts_with('\u{c}') }
        })
        .collect()
}

/// The lines of each document.
pub(super) fn cut(lines: &[Line<'_>], layout: &Layout) -> Vec<Range<usize>> {
    let (mut documents, mut from) = (Vec::new(), 0);
    if let Some(begins) = &layout.begins {
        // a pattern of the user's may ask for form feeds
        let is_begin =
            |line: &Line<'_>| begins.is_match(line.text) || line.is_page && layout.is_split && begins.is_match("\u{c}");
        let starts: Vec<usize> = (0..lines.len()).filter(|&i| is_begin(&lines[i])).collect();
        let ends = starts.iter().skip(1).copied().chain([lines.len()]);
        if layout.labels.is_empty() && starts.first().is_none_or(|&first| first > 0) {
            documents.push(0..starts.first().copied().unwrap_or(lines.len()));
        }
        let begin = |at: usize| if layout.keeps(lines[at].text) { at } else { at + 1 };
        documents.extend(starts.iter().zip(ends).map(|(&at, end)| begin(at)..end));
        return documents;
    }
    if let Some(ends) = &layout.ends {
        for (i, _) in lines.iter().enumerate().filter(|(_, line)| ends.is_match(line.text)) {
            documents.push(from..i + 1);
            from = i + 1;
        }
    }
    documents
}
