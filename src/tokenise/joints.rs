//! Where a word of UAX #29 is several: at full stops, colons and middle dots that nobody put a space after.
//!
//! In: a word with such a sign between two letters. Out: the spans of its parts.
//! Invariant: the parts are the word without the signs between them.
//! It deliberately knows what a host and a file are called only from `addresses`: those stay whole.

use super::addresses;
use crate::text::{Byte, Span};

/// Words with a full stop in them that are no initials, in small letters.
const ABBREVIATIONS: &[&str] = &[
    "ph.d", "ph.ds", "m.sc", "b.sc", "d.sc", "m.phil", "d.phil", "m.ed", "b.ed", "m.eng", "b.eng", "m.div", "ed.d",
    "w.va", "u.va", "sq.km", "sq.mi", "sq.in", "sq.ft", "et.al", "dott.ssa", "prof.ssa", "sig.ra", "sig.na", "sig.ri",
    "p.zza", "c.so", "v.le", "f.lli", "avv.ti", "n.chr", "v.chr", "ee.uu", "ff.aa", "rr.hh", "ss.mm",
];

/// True for such a word.
pub(super) fn is_abbreviation(word: &str) -> bool {
    word.len() < 12 && ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

/// True for a full stop in any of its forms.
fn is_stop(c: char) -> bool {
    matches!(c, '.' | '\u{2024}' | '\u{fe52}' | '\u{ff0e}')
}

/// True for a sign other than an apostrophe that UAX #29 lets stand between two letters of one word.
pub(super) fn is_joint(c: char) -> bool {
    is_stop(c) || is_always_parting(c) || is_middle_dot(c)
}

fn is_always_parting(c: char) -> bool {
    matches!(c, ':' | '\u{fe13}' | '\u{fe55}' | '\u{ff1a}')
}

fn is_middle_dot(c: char) -> bool {
    matches!(c, '\u{b7}' | '\u{387}' | '\u{2027}')
}

/// Appends the parts of the word `text[start..end]`.
pub(super) fn part(text: &str, start: usize, end: usize, spans: &mut Vec<Span<Byte>>) {
    let mut from = start;
    for (at, c) in text[start..end].char_indices().map(|(at, c)| (start + at, c)) {
        if is_joint(c) && at > from && parts_at(text, from, at, c, end) {
            super::words::push(text, from, at, spans);
            from = at + c.len_utf8();
        }
    }
    super::words::push(text, from, end, spans);
}

/// True where the sign at `at` stands between two words. The word before it begins at `from`.
fn parts_at(text: &str, from: usize, at: usize, sign: char, end: usize) -> bool {
    if is_always_parting(sign) {
        return true;
    }
    let rest = &text[at + sign.len_utf8()..end];
    if rest.starts_with(char::is_numeric) {
        return false;
    }
    let after = &rest[..rest.find(is_joint).unwrap_or(rest.len())];
    if is_middle_dot(sign) {
        // Catalan col·lecció
        return !(text[..at].ends_with(['l', 'L']) && rest.starts_with(['l', 'L']));
    }
    let before = &text[from..at];
    let before = before.rsplit(is_stop).next().unwrap_or(before);
    let (one_before, one_after) = (is_one_letter(before), is_one_letter(after));
    if (one_before && one_after) || is_abbreviation(&format!("{before}.{after}")) {
        return false;
    }
    let mut letters = after.chars();
    let capital = letters.next().is_some_and(char::is_uppercase);
    let title = capital && letters.next().is_some_and(char::is_lowercase);
    let small_before = before.chars().next_back().is_some_and(char::is_lowercase);
    let is_file = addresses::is_file_ending(after);
    let loud = capital && after.chars().nth(3).is_some();
    title || (capital && small_before && !is_file) || loud || !(one_before || one_after || capital_pair(before, after))
}

/// `ASP.NET`: two short words in capitals are a name, as likely as two words.
fn capital_pair(before: &str, after: &str) -> bool {
    let short = |word: &str| word.chars().count() <= 3 && word.chars().all(char::is_uppercase);
    short(before) && short(after)
}

fn is_one_letter(word: &str) -> bool {
    let mut letters = word.chars().filter(|&c| !crate::text::is_invisible(c));
    letters.next().is_some() && letters.next().is_none()
}
