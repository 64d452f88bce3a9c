//! Where sentences and paragraphs begin.
//!
//! In: a text and its words. Out: the first token of each sentence and of each paragraph.
//! Invariant: a paragraph begin is a sentence begin; both lists ascend from 0.
//! It deliberately looks only at what stands between two words (UAX #29 breaks after "Mr."; readers do not):
//! a sentence ends at `.` `!` `?` `…` `。` before a word that does not begin with a small letter, unless the stop belongs to
//! an abbreviation or an initial; with no space after it, it ends at `.` `!` `?` `:` between a small letter or a digit and a capital.
//! A paragraph ends at a line break, unless a line was only wrapped: before a small letter, or where the lines of the text are of one
//! width and the next word would not have fitted.

use super::wrap;
use crate::text::{Byte, Span};
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use std::sync::OnceLock;

/// Words whose full stop does not end a sentence.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "dr",
    "prof",
    "gen",
    "sen",
    "rep",
    "gov",
    "lt",
    "col",
    "sgt",
    "capt",
    "cmdr",
    "maj",
    "adm",
    "st",
    "mt",
    "ft",
    "rev",
    "hon",
    "pres",
    "supt",
    "fr",
    "vs",
    "ed",
    "eds",
    "e.g",
    "i.e",
    "cf",
    "al",
    "dept",
    "messrs",
    "mme",
    "sig",
    "dott",
    "l'on",
    "l’on",
    "avv",
    "ing",
    "т.е",
    "г",
    "гг",
    "им",
    "ул",
    "см",
    "v",
    "св",
    "пр",
    "просп",
    "обл",
    "р",
    "sr",
    "sra",
    "av",
    "bd",
    "bzw",
    "z.b",
    "brig",
    "cpl",
    "pvt",
    "pfc",
    "spc",
    "atty",
    "asst",
    "msgr",
    "insp",
    "cllr",
    "amb",
    "ген",
    "проф",
    "акад",
    "тов",
    "подп",
    "вул",
    "magg",
    "serg",
    "mons",
    "geom",
    "dra",
    "ud",
    "uds",
    "ee.uu",
    "ff.aa",
    "mgr",
    "św",
    "z",
    "h",
    "u.a",
    "d.h",
];

/// Abbreviations that stand before a number. Before a word, as in *he said no. Gas came*, the stop ends a sentence.
const NUMBERED: &[&str] = &[
    "no", "nos", "art", "vol", "pp", "approx", "jan", "feb", "apr", "aug", "sept", "sep", "oct", "nov", "dec", "nr",
    "ca", "str", "стр", "тыс", "млн", "млрд", "руб",
];

/// Before these a number with a full stop is an ordinal, as German writes it: *am 3. Oktober*.
const COUNTED: &[&str] = &[
    "januar",
    "jänner",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
    "jahrhundert",
    "jahrhunderts",
    "weltkrieg",
];

/// Abbreviations that are as [`ENDINGS`] where they have a capital. In small letters they are words: *she was ill. Police came*.
const CAPITALISED: &[&str] = &[
    "on", "ariz", "ala", "ark", "calif", "colo", "conn", "del", "fla", "ga", "ill", "ind", "kan", "ky", "la", "md",
    "mass", "mich", "minn", "miss", "mo", "mont", "neb", "nev", "okla", "ore", "pa", "tenn", "tex", "vt", "va", "wash",
    "wis", "wyo",
];

/// Abbreviations that may end a sentence: they do before one of [`OPENERS`].
const ENDINGS: &[&str] = &[
    "u.s", "u.k", "u.n", "e.u", "d.c", "inc", "ltd", "co", "corp", "bros", "jr", "sr", "etc", "a.m", "p.m", "ph.d",
    "m.d", "b.a", "m.a", "rep", "n.h", "n.j", "n.m", "n.y", "n.c", "n.d", "r.i", "s.c", "s.d", "w.va",
];

/// Words that rarely follow an abbreviation inside a sentence with a capital.
const OPENERS: &[&str] = &[
    "the", "it", "he", "she", "they", "we", "you", "i", "in", "on", "at", "but", "and", "a", "an", "this", "that",
    "these", "those", "there", "if", "as", "when", "while", "his", "her", "their", "its", "our", "for", "with",
    "after", "before", "by", "so", "yet", "however", "some", "many", "most", "what", "who", "how", "why",
];

/// What the gap before a word does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Nothing,
    Sentence,
    Paragraph,
}

/// Appends the begins, counted from the article's first token.
pub(super) fn begins(text: &str, spans: &[Span<Byte>], sentences: &mut Vec<u32>, paragraphs: &mut Vec<u32>) {
    if spans.is_empty() {
        return;
    }
    sentences.push(0);
    paragraphs.push(0);
    let mut width = None;
    let bytes = text.as_bytes();
    for (i, pair) in spans.windows(2).enumerate() {
        let (end, start) = (pair[0].end as usize, pair[1].start as usize);
        if start - end == 1 && bytes[end] == b' ' {
            continue;
        }
        match gap(text, pair[0], pair[1], &mut width) {
            Gap::Nothing => {}
            Gap::Sentence => sentences.push(i as u32 + 1),
            Gap::Paragraph => {
                sentences.push(i as u32 + 1);
                paragraphs.push(i as u32 + 1);
            }
        }
    }
}

fn gap(text: &str, before: Span<Byte>, after: Span<Byte>, width: &mut Option<Option<usize>>) -> Gap {
    let between = &text[before.end as usize..after.start as usize];
    let small_next = text[after.range()].chars().next().is_some_and(char::is_lowercase);
    let mut breaks = 0;
    let mut stop = None;
    let mut closed = true;
    let mut previous = '\0';
    for c in between.chars() {
        match c {
            '\n' if previous == '\r' => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                breaks += 1;
                closed = true;
            }
            '.' | '!' | '?' | '…' | '。' | '！' | '？' => {
                stop = Some(if stop.is_some() { '…' } else { c });
                closed = false;
            }
            _ => closed = true,
        }
        previous = c;
    }
    if breaks > 1 || (breaks == 1 && !(small_next && stop.is_none())) {
        let wrapped = breaks == 1
            && width.get_or_insert_with(|| wrap::width(text)).is_some_and(|w| wrap::is_wrapped(text, before, w));
        if !wrapped {
            return Gap::Paragraph;
        }
    }
    if between.len() < 4 && !between.contains(char::is_whitespace) && is_run_on(text, before, between, after) {
        let listed = between.starts_with('.') && is_abbreviation(&text[before.range()], &text[after.range()]);
        return if listed { Gap::Nothing } else { Gap::Sentence };
    }
    let Some(stop) = stop else { return Gap::Nothing };
    if small_next || !closed {
        return Gap::Nothing;
    }
    if stop == '.' && between.starts_with('.') && is_abbreviation(&text[before.range()], &text[after.range()]) {
        return Gap::Nothing;
    }
    Gap::Sentence
}

/// True for a sentence that ends without a space after it: `town.Militants`, `2021.The`, `said:Nobody`.
fn is_run_on(text: &str, before: Span<Byte>, between: &str, after: Span<Byte>) -> bool {
    let ends = matches!(between, "." | "!" | "?" | ":" | "…" | "?!" | "!!" | "..." | "。");
    let last = text[before.range()].chars().next_back();
    let mut next = text[after.range()].chars();
    let small = last.is_some_and(|c| c.is_lowercase() || (c.is_numeric() && between != ":"));
    let capital = next.next().is_some_and(char::is_uppercase);
    let title = next.next().is_some_and(char::is_lowercase);
    ends && capital && (small || (title && between != ":"))
}

/// True where the full stop after `word` does not end the sentence before `next`.
fn is_abbreviation(word: &str, next: &str) -> bool {
    let mut letters = word.chars();
    let has_capital = letters.next().is_some_and(char::is_uppercase);
    if has_capital && letters.next().is_none() && word != "I" {
        return true;
    }
    if word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return COUNTED.contains(&next.to_lowercase().as_str());
    }
    if word.len() > LONGEST {
        return false;
    }
    match lists_of(word) {
        kinds if kinds & NUMBER != 0 => is_number(next),
        kinds if kinds & ENDING != 0 || has_capital && kinds & CAPITAL != 0 => lists_of(next) & OPENER == 0,
        kinds => kinds & TITLE != 0,
    }
}

/// Digits, or a Roman number that is not the word *I*.
fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_numeric()) || word != "I" && word.chars().all(|c| "IVXLC".contains(c))
}

/// No word of the lists is longer, in bytes.
const LONGEST: usize = 10;

const TITLE: u8 = 1;
const ENDING: u8 = 2;
const OPENER: u8 = 4;
const NUMBER: u8 = 8;
const CAPITAL: u8 = 16;

/// The lists that a word is in, its case aside.
fn lists_of(word: &str) -> u8 {
    static LISTS: OnceLock<HashMap<&'static [u8], u8, FixedState>> = OnceLock::new();
    let lists = LISTS.get_or_init(|| {
        let mut lists = HashMap::with_hasher(FixedState::with_seed(0));
        let kinds = [(TITLES, TITLE), (ENDINGS, ENDING), (OPENERS, OPENER), (NUMBERED, NUMBER), (CAPITALISED, CAPITAL)];
        for (words, kind) in kinds {
            words.iter().for_each(|word| *lists.entry(word.as_bytes()).or_default() |= kind);
        }
        lists
    });
    let mut lower = [0; LONGEST];
    let found = match lower.get_mut(..word.len()) {
        Some(lower) if word.is_ascii() => {
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            lists.get(&*lower)
        }
        None if word.is_ascii() => None,
        _ => lists.get(word.to_lowercase().as_bytes()),
    };
    found.copied().unwrap_or(0)
}
