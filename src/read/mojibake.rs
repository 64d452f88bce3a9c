//! Text that was decoded once too often: `â€œ` for `“`, `Ã©` for `é`, `Ð¡` for `С`.
//!
//! In: a text. Out: the text as it was meant, with the places of what was mended; and a count of words in two alphabets.
//! Invariant: only sequences that are the UTF-8 of a letter or a mark of print, read as windows-1252, are mended.
//! It deliberately mends no word of two alphabets (`Тoкаев` with a Latin o): it counts them, for a person to see.

use super::places::{Assembly, newlines};
use encoding_rs::WINDOWS_1252;

/// The text without such sequences, and how many there were; `None` where there is none.
pub(crate) fn mended(text: &str) -> Option<(Assembly, u32)> {
    if !may_have_some(text.as_bytes()) {
        return None;
    }
    let (mut out, mut count, mut from, mut line, mut at) = (Assembly::default(), 0, 0, 1, 0);
    while at < text.len() {
        let rest = &text[at..];
        match sequence(rest) {
            Some((meant, len)) => {
                out.verbatim(&text[from..at], from, line, 0);
                line += newlines(&text[from..at]);
                out.replaced(meant.encode_utf8(&mut [0; 4]), at, len, line, 0);
                count += 1;
                at += len;
                from = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    out.verbatim(&text[from..], from, line, 0);
    (count > 0).then_some((out, count))
}

/// True where a letter stands that is a first byte read as windows-1252, before one that is none of ASCII.
fn may_have_some(bytes: &[u8]) -> bool {
    memchr::memchr_iter(0xc3, bytes).any(|at| {
        let lead = bytes.get(at + 1).is_some_and(|next| matches!(next, 0x82..=0x85 | 0x8e | 0x8f | 0x90..=0x91 | 0xa2));
        lead && bytes.get(at + 2).is_some_and(|next| !next.is_ascii())
    })
}

/// The character that a sequence at the beginning of a text was meant to be, and the bytes of the sequence.
fn sequence(text: &str) -> Option<(char, usize)> {
    let mut chars = text.chars();
    let first = chars.next().filter(|c| !c.is_ascii())?;
    let lead = byte_of(first)?;
    let more = match lead {
        0xc2..=0xdf => 1,
        0xe2 => 2,
        _ => return None,
    };
    let mut bytes = vec![lead];
    let mut len = first.len_utf8();
    for _ in 0..more {
        let next = chars.next()?;
        bytes.push(byte_of(next).filter(|byte| (0x80..0xc0).contains(byte))?);
        len += next.len_utf8();
    }
    let meant = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    // a byte that windows-1252 has no sign for is a control sign, and a part of the next sequence
    let is_part = text.chars().nth(1).is_some_and(|c| ('\u{80}'..'\u{a0}').contains(&c)) && meant < '\u{a0}';
    (is_part || is_plausible(meant)).then_some((meant, len))
}

fn byte_of(c: char) -> Option<u8> {
    if (0x80..0xa0).contains(&u32::from(c)) {
        return Some(c as u8);
    }
    let mut buffer = [0; 4];
    let (bytes, _, failed) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    if failed || bytes.len() != 1 { None } else { bytes.first().copied() }
}

/// Letters of European alphabets and marks of print.
fn is_plausible(c: char) -> bool {
    matches!(c, '\u{a0}'..='\u{17f}' | '\u{218}'..='\u{21b}' | '\u{386}'..='\u{3ce}' | '\u{400}'..='\u{4ff}')
        || matches!(c, '\u{2010}'..='\u{203a}' | '€' | '™' | '№' | '\u{2212}')
}

/// Words with letters of the Latin and of the Cyrillic alphabet, and the first of them.
pub(crate) fn mixed_words(text: &str) -> (u32, Option<&str>) {
    if memchr::memchr2(0xd0, 0xd1, text.as_bytes()).is_none() {
        return (0, None);
    }
    let cyrillic = |c: char| ('\u{400}'..='\u{4ff}').contains(&c);
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| {
        word.len() > 2 && word.bytes().any(|byte| byte.is_ascii_alphabetic()) && word.chars().any(cyrillic)
    });
    let first = words.next();
    (u32::from(first.is_some()) + words.count() as u32, first)
}
