//! Word spans by the rules of UAX #29 and a few of our own, several times faster on news text than the rules as written.
//!
//! In: a text. Out: byte spans of its tokens, in order; each has at least one letter or digit.
//! Our own rules: every space parts words, U+202F too; a zero-width space does not, unless a capital follows a small letter;
//! a full stop, colon or middle dot between letters parts them but in abbreviations ([`joints`](super::joints)); an address, `#tag` or
//! `@handle` is one token ([`addresses`](super::addresses)); underscores around a word are no part of it.
//! Invariant: the short cut gives what [`by_full_rules`] gives; a law checks this on real and on random text.
//! It deliberately keeps no state: the classes below cover what news is made of, and a stretch that holds
//! any other character (emoji, Hebrew, Thai, combining marks …) is given to the full rules.

use super::blocks::Blocks;
use super::{addresses, joints};
use crate::text::{Byte, Span};
use std::borrow::Cow;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Classes as bits, so that several are tested at once.
const OTHER: u8 = 0;
const LETTER: u8 = 1;
const DIGIT: u8 = 2;
const JOINER: u8 = 4; // ExtendNumLet: joins to letters, digits and itself
const MID_LETTER: u8 = 8;
const MID_NUMBER: u8 = 16;
const MID_BOTH: u8 = MID_LETTER | MID_NUMBER;
const FULL_RULES: u8 = 32;
const NOT_ASCII: u8 = 64;
const SIGN: u8 = 128; // may begin a tag or a handle
/// Not of a character: two letters are joined by a sign that is no apostrophe.
const JOINED: u8 = 128;
const WORD: u8 = LETTER | DIGIT | JOINER;

const ASCII: [u8; 256] = {
    let mut class = [OTHER; 256];
    let mut b = 0;
    while b < 256 {
        class[b] = match b as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b'_' => JOINER,
            b':' => MID_LETTER,
            b',' | b';' => MID_NUMBER,
            b'.' | b'\'' => MID_BOTH,
            b'#' | b'@' => SIGN,
            128..=255 => NOT_ASCII,
            _ => OTHER,
        };
        b += 1;
    }
    class
};

/// Class of a character outside ASCII.
fn class_of(c: char) -> u8 {
    match c {
        '\u{2018}' | '\u{2019}' => MID_BOTH,
        '\u{a1}'..='\u{a9}'
        | '\u{ab}'
        | '\u{ac}'
        | '\u{ae}'..='\u{b1}'
        | '\u{b4}'
        | '\u{b6}'
        | '\u{bb}'
        | '\u{bf}'
        | '\u{d7}'
        | '\u{f7}' => OTHER,
        '\u{a0}'
        | '\u{2010}'..='\u{2017}'
        | '\u{201a}'..='\u{2023}'
        | '\u{2025}'
        | '\u{2026}'
        | '\u{202f}'
        | '\u{2030}'..='\u{203e}'
        | '\u{20a0}'..='\u{20b0}'
        | '\u{2122}'
        | '\u{2190}'..='\u{21ff}'
        | '\u{2500}'..='\u{25ff}' => OTHER,
        '\u{c0}'..='\u{24f}' => LETTER,
        '\u{391}'..='\u{3a1}' | '\u{3a3}'..='\u{3ff}' if c != '\u{3f6}' => LETTER,
        '\u{386}' | '\u{388}'..='\u{38a}' | '\u{38c}' | '\u{38e}' | '\u{38f}' | '\u{390}' => LETTER,
        '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => LETTER,
        _ => FULL_RULES,
    }
}

/// Appends the word spans of `text` to `spans`.
pub(super) fn words(text: &str, spans: &mut Vec<Span<Byte>>) {
    let bytes = text.as_bytes();
    // the spans of earlier articles stand before ours
    let first = spans.len();
    let mut blocks = Blocks::new(bytes);
    let mut at = 0;
    while let Some((start, is_plain)) = blocks.begin(at) {
        at = match if is_plain { blocks.end(start + 1) } else { start } {
            end if is_plain && ends_at(bytes, end) => {
                spans.push(Span::new(start as u32, end as u32));
                end
            }
            _ => read_word(text, start, first, spans),
        };
    }
}

/// True where a run of ASCII letters and digits is a word of its own, whatever else the text is: nothing that could join it to more
/// stands behind it.
#[inline]
fn ends_at(bytes: &[u8], end: usize) -> bool {
    match bytes.get(end) {
        None => true,
        Some(&byte) if ASCII[byte as usize] & MID_BOTH != 0 => {
            bytes.get(end + 1).is_none_or(|&next| ASCII[next as usize] & (WORD | NOT_ASCII) == 0 && next != b'/')
        }
        Some(&byte) => ASCII[byte as usize] & (WORD | NOT_ASCII) == 0 && byte != b'@',
    }
}

/// Appends the word, the tag or the stretch that begins at `at`, if one does; gives back where to go on.
fn read_word(text: &str, at: usize, first: usize, spans: &mut Vec<Span<Byte>>) -> usize {
    let bytes = text.as_bytes();
    if ASCII[bytes[at] as usize] == SIGN {
        return tag(text, at, spans).unwrap_or(at + 1);
    }
    match word(text, at) {
        Step::Word { end, seen } if seen & (JOINED | JOINER) != 0 || may_be_address(bytes, end) => {
            take(text, at..end, seen & JOINED != 0, first, spans)
        }
        Step::Word { end, .. } => {
            spans.push(Span::new(at as u32, end as u32));
            end
        }
        Step::Skip(end) => end,
        Step::FullRules => stretch(text, at, first, spans),
    }
}

/// The same spans without the short cut.
pub(super) fn by_full_rules(text: &str, spans: &mut Vec<Span<Byte>>) {
    let first = spans.len();
    full_rules(text, 0..text.len(), first, spans);
}

/// True where what follows the word that ends at `end` may make an address of it.
#[inline]
fn may_be_address(bytes: &[u8], end: usize) -> bool {
    match bytes.get(end) {
        Some(b'@') => true,
        Some(b':') => bytes[end..].starts_with(b"://"),
        Some(b'.') => bytes[end - 1].is_ascii_digit() && bytes.get(end + 1).is_some_and(u8::is_ascii_alphabetic),
        _ => false,
    }
}

/// Appends the tag or handle that begins at `at`; gives back its end.
fn tag(text: &str, at: usize, spans: &mut Vec<Span<Byte>>) -> Option<usize> {
    let end = addresses::tag(text, at)?;
    spans.push(Span::new(at as u32, end as u32));
    Some(end)
}

/// Appends what a word of UAX #29 is: the address that it belongs to, its parts, or itself; gives back where to go on.
fn take(text: &str, word: Range<usize>, joined: bool, first: usize, spans: &mut Vec<Span<Byte>>) -> usize {
    let Range { start, end } = word;
    if !joined && !may_be_address(text.as_bytes(), end) {
        push(text, start, end, spans);
        return end;
    }
    let Some((mut from, to)) = addresses::around(text, start, end) else {
        joints::part(text, start, end, spans);
        return end;
    };
    if from > start {
        joints::part(text, start, from, spans);
    }
    while let Some(last) = spans[first..].last().copied().filter(|last| last.end as usize > from) {
        if (last.start as usize) < from {
            let rest = &text[last.end as usize..to];
            from = to - rest.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
        } else {
            spans.pop();
        }
    }
    spans.push(Span::new(from as u32, to as u32));
    to
}

/// Appends a word without the underscores around it.
pub(super) fn push(text: &str, start: usize, end: usize, spans: &mut Vec<Span<Byte>>) {
    let word = text[start..end].trim_start_matches('_');
    let start = end - word.len();
    let word = word.trim_end_matches('_');
    if word.contains(char::is_alphanumeric) {
        spans.push(Span::new(start as u32, (start + word.len()) as u32));
    }
}

enum Step {
    Word { end: usize, seen: u8 },
    Skip(usize),
    FullRules,
}

/// Reads one word that starts at `start`, or skips one character that starts none.
fn word(text: &str, start: usize) -> Step {
    let bytes = text.as_bytes();
    let mut end = start;
    let mut before = OTHER;
    let mut seen = OTHER;
    loop {
        while end < bytes.len() && ASCII[bytes[end] as usize] & WORD != 0 {
            before = ASCII[bytes[end] as usize];
            seen |= before;
            end += 1;
        }
        let Some((class, len)) = class_at(text, end) else { break };
        if class == FULL_RULES {
            return Step::FullRules;
        }
        if class & WORD != 0 {
            before = class;
            seen |= class;
            end += len;
        } else if class & MID_BOTH != 0 && end > start {
            // a mark between two letters or two digits belongs to the word
            match class_at(text, end + len) {
                Some((FULL_RULES, _)) => return Step::FullRules,
                Some((after, after_len))
                    if after == before
                        && ((class & MID_LETTER != 0 && after == LETTER)
                            || (class & MID_NUMBER != 0 && after == DIGIT)) =>
                {
                    let is_apostrophe = len > 1 || text.as_bytes()[end] == b'\'';
                    seen |= if after == LETTER && !is_apostrophe { after | JOINED } else { after };
                    end += len + after_len;
                }
                _ => break,
            }
        } else {
            if end == start {
                return Step::Skip(start + len);
            }
            break;
        }
    }
    if seen & (LETTER | DIGIT) != 0 { Step::Word { end, seen } } else { Step::Skip(end) }
}

/// Class and length of the character at a byte offset.
#[inline]
fn class_at(text: &str, at: usize) -> Option<(u8, usize)> {
    let byte = *text.as_bytes().get(at)?;
    if byte < 128 {
        return Some((ASCII[byte as usize], 1));
    }
    let c = text[at..].chars().next()?;
    Some((class_of(c), c.len_utf8()))
}

/// Gives the stretch around `at`, from white space to white space, to the full rules; returns where to go on.
fn stretch(text: &str, at: usize, first: usize, spans: &mut Vec<Span<Byte>>) -> usize {
    let bytes = text.as_bytes();
    let mut start = at;
    while start > 0 && !bytes[start - 1].is_ascii_whitespace() {
        start -= 1;
    }
    // an Extend character after a space belongs to the space: let the rules see the space
    start = text[..start].trim_end().len();
    let mut end = at;
    while end < bytes.len() && !bytes[end].is_ascii_whitespace() {
        end += 1;
    }
    while spans.len() > first && spans.last().is_some_and(|span| span.end as usize > start) {
        spans.pop();
    }
    full_rules(text, start..end, first, spans);
    end
}

/// Appends the spans of a stretch by the full rules.
fn full_rules(text: &str, range: Range<usize>, first: usize, spans: &mut Vec<Span<Byte>>) {
    let start = range.start;
    let plain = with_plain_spaces(&text[range]);
    let mut at = 0;
    'from_here: loop {
        let from = at;
        for (offset, word) in plain[from..].unicode_word_indices() {
            let begin = from + offset;
            // a sign with a combining mark passes for a word: look at the first character too
            let sign = begin + word.chars().next().map_or(0, char::len_utf8);
            if let Some(end) = first_tag(text, start + at..start + sign, spans) {
                at = end - start;
                continue 'from_here;
            }
            at = take(text, start + begin..start + begin + word.len(), is_joined(word), first, spans) - start;
            if at != begin + word.len() {
                // an address ends elsewhere than the word in it
                continue 'from_here;
            }
        }
        match first_tag(text, start + at..start + plain.len(), spans) {
            Some(end) => at = end - start,
            None => return,
        }
    }
}

/// Appends the first tag or handle that begins in a range; gives back its end.
fn first_tag(text: &str, range: Range<usize>, spans: &mut Vec<Span<Byte>>) -> Option<usize> {
    let signs = text[range.clone()].char_indices().filter(|(_, c)| matches!(c, '#' | '@' | '＃' | '＠'));
    signs.into_iter().find_map(|(at, _)| tag(text, range.start + at, spans))
}

/// True where two letters of a word of UAX #29 are joined by a sign that is no apostrophe.
fn is_joined(word: &str) -> bool {
    let mut signs = word.char_indices().filter(|&(_, c)| joints::is_joint(c));
    signs.any(|(at, c)| !word[at + c.len_utf8()..].starts_with(char::is_numeric))
}

/// The text, of the same length, with spaces that UAX #29 reads as spaces: U+202F as an en space; a zero-width space joins as a word
/// joiner does, unless a capital follows a small letter.
fn with_plain_spaces(text: &str) -> Cow<'_, str> {
    if !text.contains(['\u{202f}', '\u{200b}']) {
        return Cow::Borrowed(text);
    }
    let mut before = ' ';
    let plain = text.char_indices().map(|(at, c)| {
        let parts = || before.is_lowercase() && text[at + c.len_utf8()..].starts_with(char::is_uppercase);
        let read_as = match c {
            '\u{202f}' => '\u{2002}',
            '\u{200b}' if !parts() => '\u{2060}',
            _ => c,
        };
        before = c;
        read_as
    });
    Cow::Owned(plain.collect())
}
