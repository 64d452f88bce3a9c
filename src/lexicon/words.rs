//! The words of a pattern, cut as the tokenizer cuts the words of an article.
//!
//! In: a piece of a pattern without white space, as characters that are either literal or a wildcard. Out: its words.
//! Invariant: boundaries are those of `tokenise`, a word has a letter, a digit or a wildcard, and a wildcard stays with the
//! letters that it touches (`co-operat*` is `co`, `operat*`).
//! It deliberately does not know operators: `pattern` does.

use super::model::{MatchMode, Word};
use crate::text::{self, Folding};
use crate::tokenise;

/// A character of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Char {
    /// Stands for itself.
    Literal(char),
    /// `*` or `?`.
    Wild(char),
}

impl Char {
    fn get(self) -> char {
        match self {
            Char::Literal(c) | Char::Wild(c) => c,
        }
    }
}

/// A letter that glues like any other letter and occurs in no newspaper (runic): stands in for a wildcard while words are cut.
const STAND_IN: char = '\u{16e1}';

/// The words of a piece, in order.
pub(super) fn words(piece: &[Char], mode: MatchMode, folding: Folding) -> Vec<Word> {
    let mut found: Vec<&[Char]> = Vec::new();
    let mut last_end = usize::MAX;
    let stand_in: String =
        piece.iter().map(|c| if matches!(c, Char::Wild(_)) { STAND_IN } else { straight(c.get()) }).collect();
    let (mut byte, mut at) = (0, 0);
    for span in tokenise::word_spans(&stand_in) {
        let [start, end] = [span.start as usize, span.end as usize].map(|to| {
            at += stand_in[byte..to].chars().count();
            byte = to;
            at
        });
        match found.last_mut() {
            Some(previous) if last_end == start && glues(previous, &piece[start..end]) => {
                *previous = &piece[start - previous.len()..end];
            }
            _ => found.push(&piece[start..end]),
        }
        last_end = end;
    }
    found.into_iter().filter_map(|chars| word(chars, mode, folding)).collect()
}

/// Scripts without letters in the sense of UAX #29 (Han, Thai) cut a wildcard off; it is put back.
fn glues(left: &[Char], right: &[Char]) -> bool {
    let wild = |chars: &[Char]| chars.iter().all(|c| matches!(c, Char::Wild(_)));
    wild(left) || wild(right)
}

fn word(chars: &[Char], mode: MatchMode, folding: Folding) -> Option<Word> {
    let mut chars = chars.to_vec();
    chars.dedup_by(|a, b| *a == Char::Wild('*') && *b == Char::Wild('*'));
    let text: String = chars.iter().map(|c| c.get()).collect();
    let wild = chars.iter().any(|c| matches!(c, Char::Wild(_)));
    let mode = if wild { MatchMode::Exact } else { mode };
    let text = match mode {
        MatchMode::Case => text::as_read(&text).chars().map(straight).collect(),
        MatchMode::Stem | MatchMode::Exact => text::fold(&text, folding),
    };
    (!text.is_empty()).then_some(Word { text, mode })
}

/// Curly apostrophes made straight.
fn straight(c: char) -> char {
    if matches!(c, '\u{2019}' | '\u{2018}' | '\u{02bc}' | '\u{ff07}') { '\'' } else { c }
}
