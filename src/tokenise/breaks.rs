//! Words that are broken at line ends.
//!
//! In: a text and its words; whether two parts are one word. Out: the words with those parts joined, and every break.
//! Invariant: a break lies between two neighbouring words, at a hyphen that ends a line, before a small letter.
//! It deliberately does not know which parts are one word: only the whole corpus and the lexicons do. A soft hyphen at a line end
//! can be nothing else, so it joins whatever they say.

use crate::text::{Byte, Fold, Folding, Language, Span, fold};

/// A place where a word may be broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// The word before it, or the joined word, counted from the article's first.
    pub token: u32,
    /// First byte after the part before it.
    pub byte: u32,
    /// The two parts are one word.
    pub is_joined: bool,
}

/// Joins what is one word in `spans[first..]`; gives back every break.
pub(super) fn settle(
    text: &str,
    first: usize,
    spans: &mut Vec<Span<Byte>>,
    (language, how): (Language, Fold),
    is_word: &dyn Fn(&str) -> bool,
) -> Vec<Break> {
    let mut found = Vec::new();
    let places = hyphens(text);
    if places.is_empty() {
        return found;
    }
    let folding = Folding { language, fold: how };
    for (hyphen, line_end, is_soft) in places {
        // the word that ends at the hyphen; a soft hyphen is inside its span
        let left = first + spans[first..].partition_point(|span| (span.start as usize) < hyphen);
        let Some(left) = left.checked_sub(1).filter(|&left| left >= first) else { continue };
        let (Some(before), Some(after)) = (spans.get(left).copied(), spans.get(left + 1).copied()) else { continue };
        let end = before.end as usize;
        let is_left = end == hyphen || (is_soft && end > hyphen && end <= line_end);
        // first, so that many hyphens between two words do not read what lies between them again and again
        if !is_left {
            continue;
        }
        let gap = text.get(end..after.start as usize).unwrap_or("x").chars();
        let only_break =
            gap.clone().all(|c| c.is_whitespace() || matches!(c, '-' | '\u{ac}' | '\u{2010}' | '\u{2011}'));
        let single = gap.filter(|&c| c == '\n').count() <= 1;
        let small = text[after.range()].starts_with(char::is_lowercase);
        let letter = text[before.range()].trim_end_matches('\u{ad}').ends_with(char::is_alphabetic);
        if !(only_break && single && small && letter) {
            continue;
        }
        let parts = [before, after].map(|span| fold(&text[span.range()], folding));
        let is_joined = is_soft || is_word(&parts.concat());
        if is_joined {
            spans[left] = Span::new(before.start, after.end);
            spans.remove(left + 1);
        }
        found.push(Break { token: (left - first) as u32, byte: before.end, is_joined });
    }
    found
}

/// Joins the words of a stretch of text at the breaks that were found to be inside words, by their bytes.
pub fn join(spans: &mut Vec<Span<Byte>>, bytes: &[u32]) {
    for &byte in bytes {
        let left = spans.partition_point(|span| span.end < byte);
        if spans.get(left).is_some_and(|span| span.end == byte) && left + 1 < spans.len() {
            spans[left] = Span::new(spans[left].start, spans[left + 1].end);
            spans.remove(left + 1);
        }
    }
}

/// Every hyphen that ends a line: where it stands, where the line ends, whether it is a soft one.
fn hyphens(text: &str) -> Vec<(usize, usize, bool)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for line_end in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        if bytes[line_end] == b'\n' && line_end > 0 && bytes[line_end - 1] == b'\r' {
            continue;
        }
        let line = text[..line_end].trim_end_matches([' ', '\t']);
        // the last byte says it for nearly every line
        if !matches!(line.as_bytes().last(), Some(b'-' | 0xac | 0x90 | 0x91 | 0xad)) {
            continue;
        }
        if let Some(hyphen @ ('-' | '\u{ac}' | '\u{2010}' | '\u{2011}' | '\u{ad}')) = line.chars().next_back() {
            found.push((line.len() - hyphen.len_utf8(), line_end, hyphen == '\u{ad}'));
        }
    }
    found
}
