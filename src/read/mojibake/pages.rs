//! Text of one code page that was read as another: `Ïðîòåñò` and `рТПФЕУФ` for `Протест`, `þehir` for `şehir`.
//!
//! In: a text. Out: the letters that were others, with their places.
//! Invariant: only words that no language writes so are evidence (letters beyond ASCII alone; a small letter before capitals), and without
//! evidence nothing is touched.
//! It deliberately weighs words and not letters: each of these letters is right in some language.

use super::Sequence;
use crate::text::encoding;
use encoding_rs::{Encoding, ISO_8859_7, KOI8_R, KOI8_U, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253};

/// How much of a text is looked at for evidence.
const SAMPLE_BYTES: usize = 4_000;

/// Of a text in Cyrillic letters, the most frequent.
const COMMON: &str = "оеаинтсрвл";

/// The letters that were others; none where nothing shows that they were.
pub(super) fn sequences(text: &str) -> Vec<Sequence> {
    let sample = &text[..text.floor_char_boundary(SAMPLE_BYTES)];
    if has_three(sample)
        && let Some(page) = page_of_high_words(sample)
    {
        return letters(text, &|word| is_high_word(word), &|c| read_as(c, WINDOWS_1252, page));
    }
    if let Some((from, to)) = exchanged_koi8(sample) {
        return letters(text, &|word| word.chars().any(is_cyrillic), &|c| read_as(c, from, to));
    }
    if is_turkish(sample) { letters(text, &|_| true, &turkish) } else { Vec::new() }
}

/// A letter, written in one code page and read in another.
fn read_as(c: char, from: &'static Encoding, to: &'static Encoding) -> Option<char> {
    let mut buffer = [0; 4];
    let (bytes, _, failed) = from.encode(c.encode_utf8(&mut buffer));
    let (read, lost) = to.decode_without_bom_handling(&bytes);
    if failed || lost || c.is_ascii() || bytes.len() != 1 {
        None
    } else {
        read.chars().next().filter(|&read| read != c)
    }
}

/// Every letter of the words that are meant for which there is another.
fn letters(text: &str, is_meant: &dyn Fn(&str) -> bool, other: &dyn Fn(char) -> Option<char>) -> Vec<Sequence> {
    let (mut found, mut at) = (Vec::new(), 0);
    for part in text.split_inclusive(|c: char| !is_letter(c)) {
        let word = part.trim_end_matches(|c: char| !is_letter(c));
        if !word.is_empty() && is_meant(word) {
            let letter = |(i, c): (usize, char)| Some(Sequence { at: at + i, len: c.len_utf8(), meant: other(c)? });
            found.extend(word.char_indices().filter_map(letter));
        }
        at += part.len();
    }
    found
}

/// Letters, and the signs that small and capital letters of other code pages become.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || is_high(c)
}

/// What letters of other alphabets are in windows-1252.
fn is_high(c: char) -> bool {
    matches!(c, 'À'..='ÿ' | '¸' | '¨' | '³' | '²' | '¿' | '¯' | 'º' | 'ª' | '´' | '¥' | '£')
}

/// True for a word of such letters alone, of which most are letters in windows-1252 too.
fn is_high_word(word: &str) -> bool {
    let letters = word.chars().filter(|c| matches!(c, 'À'..='ÿ')).count();
    letters > 0 && word.chars().all(is_high)
}

/// True where three letters of Latin-1 stand side by side, which hardly a word has.
fn has_three(sample: &str) -> bool {
    let bytes = sample.as_bytes();
    memchr::memchr_iter(0xc3, bytes).any(|at| bytes.get(at + 2) == Some(&0xc3) && bytes.get(at + 4) == Some(&0xc3))
}

/// The code page of words that are beyond ASCII alone, where there are enough of them and more than of others beyond ASCII.
fn page_of_high_words(sample: &str) -> Option<&'static Encoding> {
    let (mut high, mut mixed) = (Vec::new(), 0);
    for word in sample.split(|c: char| !is_letter(c)).filter(|word| word.chars().count() > 2) {
        let is_beyond = word.chars().any(|c| matches!(c, 'À'..='ÿ'));
        if is_high_word(word) {
            high.push(word);
        } else {
            mixed += usize::from(is_beyond);
        }
    }
    if high.len() < 3 || high.len() < mixed * 2 {
        return None;
    }
    let words = high.join(" ");
    let (bytes, _, _) = WINDOWS_1252.encode(&words);
    let page = encoding::guess(&bytes);
    [WINDOWS_1251, KOI8_U, KOI8_R, WINDOWS_1253, ISO_8859_7].contains(&page).then_some(page)
}

pub(super) fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{4ff}').contains(&c)
}

/// KOI8 and windows-1251 have small letters where the other has capitals: which of them the text was, and which it was read as.
fn exchanged_koi8(sample: &str) -> Option<(&'static Encoding, &'static Encoding)> {
    memchr::memchr2(0xd0, 0xd1, sample.as_bytes())?;
    let (mut exchanged, mut capitals) = (0, 0);
    for word in sample.split(|c: char| !c.is_alphabetic()) {
        let mut letters = word.chars();
        let Some(first) = letters.next().filter(|c| is_cyrillic(*c)) else { continue };
        let rest = letters.as_str();
        if rest.chars().count() < 2 {
            continue;
        }
        if !rest.chars().all(char::is_uppercase) {
            return None;
        }
        exchanged += usize::from(first.is_lowercase() && word.chars().count() > 3);
        capitals += usize::from(first.is_uppercase());
    }
    if exchanged < 2 && (exchanged == 0 || capitals < 3) {
        return None;
    }
    let common = |from, to| {
        let letters = sample.chars().filter_map(|c| read_as(c, from, to));
        letters.filter(|letter| letter.to_lowercase().any(|lower| COMMON.contains(lower))).count()
    };
    let ways = [(WINDOWS_1251, KOI8_U), (KOI8_U, WINDOWS_1251)];
    ways.into_iter().max_by_key(|&(from, to)| common(from, to))
}

/// Letters of Icelandic where there are three of them and none that Icelandic has and Turkish has not.
fn is_turkish(sample: &str) -> bool {
    if memchr::memmem::find(sample.as_bytes(), "þ".as_bytes()).is_none()
        && memchr::memmem::find(sample.as_bytes(), "ð".as_bytes()).is_none()
    {
        return false;
    }
    sample.chars().filter(|&c| turkish(c).is_some()).count() > 2
        && !sample.to_lowercase().contains(['á', 'é', 'í', 'ó', 'ú', 'æ', 'ø'])
}

/// What letters of Turkish are in windows-1252.
fn turkish(c: char) -> Option<char> {
    Some(match c {
        'þ' => 'ş',
        'Þ' => 'Ş',
        'ý' => 'ı',
        'Ý' => 'İ',
        'ð' => 'ğ',
        'Ð' => 'Ğ',
        _ => return None,
    })
}
