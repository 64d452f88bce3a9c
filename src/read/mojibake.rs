//! Text that was decoded once too often, or in another code page: `â€œ` for `“`, `Ã©` for `é`, `РџСЂ` for `Пр`.
//!
//! In: a text. Out: the text as it was meant, with the places of what was mended; and a count of words in two alphabets.
//! Invariant: only sequences that are the UTF-8 of a letter or a mark of print, read as windows-1252 or windows-1251, are mended, and words
//! that [`pages`] proves to be of another code page.
//! It deliberately mends no word of two alphabets (`Тoкаев` with a Latin o): it counts them, for a person to see.

mod pages;

use super::places::{Assembly, newlines};
use encoding_rs::{Encoding, WINDOWS_1251, WINDOWS_1252};

/// The text without such letters, and how many there were; `None` where there is none.
pub(crate) fn mended(text: &str) -> Option<(Assembly, u32)> {
    if text.is_ascii() {
        return None;
    }
    let western = may_have_some(text.as_bytes()).then(|| replaced(text, &sequences(text, WINDOWS_1252))).flatten();
    western.or_else(|| replaced(text, &cyrillic(text))).or_else(|| replaced(text, &pages::sequences(text)))
}

/// A sequence of letters that was one: where it stands, its bytes, and what it was meant to be.
struct Sequence {
    at: usize,
    len: usize,
    meant: char,
}

fn replaced(text: &str, sequences: &[Sequence]) -> Option<(Assembly, u32)> {
    let (mut out, mut from, mut line) = (Assembly::default(), 0, 1);
    for sequence in sequences {
        out.verbatim(&text[from..sequence.at], from, line, 0);
        line += newlines(&text[from..sequence.at]);
        out.replaced(sequence.meant.encode_utf8(&mut [0; 4]), sequence.at, sequence.len, line, 0);
        from = sequence.at + sequence.len;
    }
    out.verbatim(&text[from..], from, line, 0);
    (!sequences.is_empty()).then_some((out, sequences.len() as u32))
}

/// True where a letter stands that is a first byte read as windows-1252, before one that is none of ASCII.
fn may_have_some(bytes: &[u8]) -> bool {
    memchr::memchr_iter(0xc3, bytes).any(|at| {
        let lead = bytes.get(at + 1).is_some_and(|next| matches!(next, 0x82..=0x85 | 0x8e | 0x8f | 0x90..=0x91 | 0xa2));
        lead && bytes.get(at + 2).is_some_and(|next| !next.is_ascii())
    })
}

/// The sequences that are the UTF-8 of a letter, read in a code page.
fn sequences(text: &str, page: &'static Encoding) -> Vec<Sequence> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < text.len() {
        let rest = &text[at..];
        at += match sequence(rest, page) {
            Some((meant, len)) => {
                found.push(Sequence { at, len, meant });
                len
            }
            None => rest.chars().next().map_or(1, char::len_utf8),
        };
    }
    found
}

/// The sequences of UTF-8 that was read as windows-1251: `РџСЂРѕС‚РµСЃС‚`. In Ukrainian `Рі` is also two letters, so that a pair alone
/// inside a word is none; three side by side are.
fn cyrillic(text: &str) -> Vec<Sequence> {
    /// `в` and the letter that the second byte of a mark of print is.
    const MARK: &str = "вЂ";
    let bytes = text.as_bytes();
    let begins =
        |at: usize| matches!(bytes.get(at + 1), Some(0xa0 | 0xa1)) && sequence(&text[at..], WINDOWS_1251).is_some();
    let is_run = |at: usize| {
        let next = |at: usize| sequence(&text[at..], WINDOWS_1251).map(|(_, len)| at + len);
        next(at).and_then(next).and_then(next).is_some()
    };
    let has_runs = memchr::memchr_iter(0xd0, bytes).any(|at| begins(at) && is_run(at));
    if !has_runs && memchr::memmem::find(bytes, MARK.as_bytes()).is_none() {
        return Vec::new();
    }
    let mut found = sequences(text, WINDOWS_1251);
    let ends: Vec<usize> = found.iter().map(|sequence| sequence.at + sequence.len).collect();
    let starts: Vec<usize> = found.iter().map(|sequence| sequence.at).collect();
    found.retain(|sequence| {
        let (start, end) = (sequence.at, sequence.at + sequence.len);
        let beside = ends.binary_search(&start).is_ok() || starts.binary_search(&end).is_ok();
        let alone = !text[..start].ends_with(char::is_alphabetic) && !text[end..].starts_with(char::is_alphabetic);
        text[start..].starts_with(MARK) || has_runs && (beside || alone)
    });
    found
}

/// The character that a sequence at the beginning of a text was meant to be, and the bytes of the sequence.
fn sequence(text: &str, page: &'static Encoding) -> Option<(char, usize)> {
    let mut chars = text.chars();
    let first = chars.next().filter(|c| !c.is_ascii())?;
    let lead = byte_of(first, page)?;
    let more = match lead {
        0xc2..=0xdf => 1,
        0xe2 => 2,
        _ => return None,
    };
    let mut bytes = vec![lead];
    let mut len = first.len_utf8();
    for _ in 0..more {
        let next = chars.next()?;
        bytes.push(byte_of(next, page).filter(|byte| (0x80..0xc0).contains(byte))?);
        len += next.len_utf8();
    }
    let meant = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    // a byte that windows-1252 has no sign for is a control sign, and a part of the next sequence
    let is_part = text.chars().nth(1).is_some_and(|c| ('\u{80}'..'\u{a0}').contains(&c)) && meant < '\u{a0}';
    (is_part || is_plausible(meant)).then_some((meant, len))
}

fn byte_of(c: char, page: &'static Encoding) -> Option<u8> {
    if (0x80..0xa0).contains(&u32::from(c)) {
        return Some(c as u8);
    }
    let mut buffer = [0; 4];
    let (bytes, _, failed) = page.encode(c.encode_utf8(&mut buffer));
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
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| {
        word.len() > 2 && word.bytes().any(|byte| byte.is_ascii_alphabetic()) && word.chars().any(pages::is_cyrillic)
    });
    let first = words.next();
    (u32::from(first.is_some()) + words.count() as u32, first)
}
