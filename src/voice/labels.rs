//! Names with a colon at the start of a paragraph or a line: who is going to speak.
//!
//! In: the columns of an article. Out: the label at a token, and what its first sentence says.
//! Invariant: a heading ("Photos:", "Correction:") is no label; a label is short and stands in one line.
//! It deliberately does not say whether a text is a transcript: `turns` does.

use super::attribution::{Decided, push};
use super::cues::class::*;
use super::rules::Id;
use super::sentence::Sentence;
use super::words::{Words, capitals, gap};

/// Most words before the colon of a name, and one.
const NAMED: usize = 7;
/// Most words before the colon where a name in capitals has an office behind it, and one.
const LOUD: usize = 14;

/// Letters that a full stop may follow in place of a colon: question and answer, in English and Russian.
const LETTERS: &[&str] = &["Q", "A", "В", "О"];

/// How a label is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `Q:`, `Q.`.
    Letter,
    /// `KERRY:`, `JOHN KERRY, SECRETARY OF STATE:`.
    Loud,
    /// `Mr Smith:`.
    Named,
    /// `Smith:`.
    Single,
}

/// A name, and where the words begin that stand behind its colon.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label {
    pub start: usize,
    /// First token after the name, without its office.
    pub name_end: usize,
    /// First token after the colon.
    pub said: usize,
    pub kind: Kind,
}

impl Label {
    /// The label that begins at token `at`, where a paragraph or a line does; times before it are passed over.
    pub(super) fn at(words: &Words, at: usize) -> Option<Label> {
        let count = words.article.spans.len();
        let is_digit = |i: usize| words.word(i).first().is_some_and(u8::is_ascii_digit);
        let start = (at..count.min(at + 4)).find(|&i| !is_digit(i))?;
        if start + 1 < count
            && LETTERS.contains(&letters(words, start))
            && words.gap[start + 1] & (gap::STOP | gap::COLON) == gap::STOP
        {
            return Some(Label { start, name_end: start + 1, said: start + 1, kind: Kind::Letter });
        }
        let limit = (start + LOUD).min(count);
        let said = (start + 1..limit)
            .take_while(|&i| words.gap[i] & (gap::BREAK | gap::SEMICOLON | gap::ASK | gap::BANG) == 0)
            .find(|&i| words.gap[i] & gap::COLON != 0)
            .or_else(|| (start + 1..limit).find(|&i| words.gap[i] & gap::BREAK != 0))
            .filter(|&i| words.gap[i] & gap::COLON != 0 && words.gap[i] & gap::JOINED == 0)?;
        let apart = gap::COMMA | gap::OPEN_PAREN | gap::CLOSE_PAREN;
        let name_end = (start + 1..said).find(|&i| words.gap[i] & apart != 0).unwrap_or(said);
        let heading = (start..said).any(|i| words.mask[i] & HEADING != 0);
        let kind = kind(words, start, name_end)?;
        let short = said - start < NAMED && (name_end == said || words.gap[name_end] & gap::OPEN_PAREN != 0);
        (!heading && (short || kind == Kind::Loud)).then_some(Label { start, name_end, said, kind })
    }
}

fn letters<'w>(words: &'w Words<'_>, i: usize) -> &'w str {
    std::str::from_utf8(words.word(i)).unwrap_or("")
}

/// How the words of a name are written, if they are.
fn kind(words: &Words, start: usize, end: usize) -> Option<Kind> {
    let is_loud = |i: usize| letters(words, i).chars().all(|c| !c.is_lowercase());
    let capital = |i: usize| capitals(words.word(i)) > 0;
    let small = |i: usize| words.mask[i] & (PREPOSITION | DETERMINER) != 0;
    if end == start + 1 && letters(words, start).chars().count() == 1 {
        return capital(start).then_some(Kind::Letter);
    }
    if (start..end).all(|i| capital(i) && is_loud(i)) {
        return Some(Kind::Loud);
    }
    let named = capital(start) && (start..end).all(|i| capital(i) || small(i));
    let kind = if end == start + 1 { Kind::Single } else { Kind::Named };
    named.then_some(kind)
}

/// A colon stands where one may follow a name: without it, [`first_sentence`] has nothing to find.
pub(super) fn may_name(words: &Words, from: usize, to: usize) -> bool {
    words.gap[from + 1..to.min(from + NAMED)].iter().any(|gap| gap & gap::COLON != 0)
}

/// The first token after `Name:`, where the sentence begins a paragraph with one.
pub(super) fn named(s: &Sentence) -> Option<usize> {
    if !s.leads {
        return None;
    }
    let limit = (s.from + NAMED).min(s.to);
    let at = (s.from + 1..limit).find(|&i| s.breaks(i, gap::COLON))?;
    let named = (s.from..at).all(|i| (s.capital(i) || s.is(i, PREPOSITION | DETERMINER)) && !s.is(i, HEADING));
    (named && !s.is(at - 1, PAST | GERUND) && s.gap(at) & gap::JOINED == 0).then_some(at)
}

/// `Name: what they say`, at the start of a paragraph.
pub(super) fn first_sentence(s: &Sentence, out: &mut Vec<Decided>) {
    if let Some(at) = named(s) {
        push(s, s.from, at, s.to, Id::Name, out);
    }
}
