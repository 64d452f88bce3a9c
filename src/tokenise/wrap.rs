//! Lines that were only wrapped.
//!
//! In: a text. Out: the width at which its lines were wrapped, and whether a line ends for that reason alone.
//! Invariant: a text whose lines are paragraphs has no width.
//! It deliberately asks for evidence: most lines must end where the next word would not have fitted.

use crate::text::{Byte, Span};

/// Lines of articles are wrapped at widths between these, in characters.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=100;

/// The width of a text of wrapped lines, in characters.
pub(super) fn width(text: &str) -> Option<usize> {
    /// Fewer line ends say nothing.
    const LEAST: usize = 3;
    let mut widest = 0;
    for line in text.lines() {
        let length = line.trim_end().chars().count();
        if length > *WIDTHS.end() {
            return None;
        }
        widest = widest.max(length);
    }
    let mut lines = text.lines().peekable();
    let (mut full, mut ends) = (0, 0);
    while let Some(line) = lines.next() {
        let next = lines.peek().map_or("", |next| next.trim());
        if line.trim().is_empty() || next.is_empty() {
            continue;
        }
        ends += 1;
        full += usize::from(is_full(line, next, widest));
    }
    (WIDTHS.contains(&widest) && ends >= LEAST && full * 4 >= ends * 3).then_some(widest)
}

/// True where the line that ends after a word was wrapped at this width.
pub(super) fn is_wrapped(text: &str, before: Span<Byte>, width: usize) -> bool {
    let end = before.end as usize;
    let from = text[..end].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let to = text[end..].find(['\n', '\r']).map_or(text.len(), |at| end + at);
    let next = text[to..].trim_start();
    !next.is_empty() && is_full(&text[from..to], next, width)
}

/// True where the first word of the next line did not fit.
fn is_full(line: &str, next: &str, width: usize) -> bool {
    let word = next.split_whitespace().next().map_or(0, |word| word.chars().count());
    line.trim_end().chars().count() + 1 + word > width
}
