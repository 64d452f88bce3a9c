//! Quotations: which marks belong together.
//!
//! In: the marks of an article, each with what its place says. Out: quotations as token spans, and how many marks were repaired.
//! Invariant: nothing crosses a paragraph; each paragraph is paired by itself, so a bad mark changes no other; the glyph of “ and ”
//! is not believed (the place is), so straight and curly marks give the same quotations. Every mark is pushed and popped once.
//! It deliberately does not say what a quotation is: `scare` does.

use super::cues::class;
use super::words::{Family, Mark, Side, Words, gap};

const PAUSE: u16 = gap::COMMA | gap::STOP | gap::ASK | gap::BANG;

/// Deeper nesting than this is noise.
const DEEPEST: usize = 4;

/// Somebody put these words in quotation marks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quotation {
    pub start: u32,
    pub end: u32,
    /// In another quotation.
    pub nested: bool,
}

/// The quotations of an article; their memory goes on to the next.
#[derive(Default)]
pub(super) struct Quotations {
    pub list: Vec<Quotation>,
    pub repaired: u32,
    split: Vec<Quotation>,
    open: Vec<Open>,
    singles: Vec<(u32, u32)>,
}

struct Open {
    family: Family,
    token: u32,
}

impl Quotations {
    /// Pairs the marks, and notes in the columns of `words` which tokens are quoted and where quotations open and close.
    pub(super) fn pair(&mut self, words: &mut Words) {
        self.list.clear();
        self.repaired = 0;
        if words.marks.is_empty() {
            return;
        }
        self.paragraphs(words);
        take_out_speakers(words, self);
        self.list.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
        let mut outer = 0;
        for quotation in &mut self.list {
            quotation.nested = quotation.end <= outer;
            outer = outer.max(quotation.end);
            words.gap[quotation.start as usize] |= gap::OPENS;
            words.gap[quotation.end as usize] |= gap::CLOSES;
            if !quotation.nested {
                for gap in &mut words.gap[quotation.start as usize..quotation.end as usize] {
                    *gap |= gap::QUOTED;
                }
            }
        }
    }

    /// Pairs the marks of each paragraph by itself.
    fn paragraphs(&mut self, words: &Words) {
        let marks = words.marks.as_slice();
        let paragraphs = words.article.paragraphs;
        let count = words.article.spans.len() as u32;
        let mut at = 0;
        let mut paragraph = 0;
        while at < marks.len() {
            while paragraph + 1 < paragraphs.len() && opens_by(&marks[at], paragraphs[paragraph + 1]) {
                paragraph += 1;
            }
            let limit = paragraphs.get(paragraph + 1).copied().unwrap_or(count);
            let rest = &marks[at..];
            let length = rest.iter().position(|mark| paragraph + 1 < paragraphs.len() && opens_by(mark, limit));
            let own = &rest[..length.unwrap_or(rest.len())];
            let start = paragraphs.get(paragraph).copied().unwrap_or(0);
            pair_paragraph(words, own, start, limit, self);
            at += own.len();
        }
    }
}

/// True where a mark stands in the paragraph that begins at token `begin`, or later.
fn opens_by(mark: &Mark, begin: u32) -> bool {
    mark.token > begin || mark.token == begin && (mark.after_break || begin == 0)
}

fn pair_paragraph(words: &Words, marks: &[Mark], start: u32, end: u32, found: &mut Quotations) {
    let mut singles = std::mem::take(&mut found.singles);
    let mut stack = std::mem::take(&mut found.open);
    pair_singles(words, marks, end, &mut singles);
    for (i, mark) in marks.iter().enumerate() {
        if mark.family == Family::Single {
            continue;
        }
        if mark.after_digit && mark.place != Side::Open && stack.is_empty() {
            continue; // inches, seconds
        }
        match direction(mark, &stack) {
            Side::Open => open(words, mark, &mut stack, found),
            Side::Close | Side::Either => close(mark, &marks[..i], start, &mut stack, found),
        }
    }
    if !stack.is_empty() {
        found.repaired += stack.len() as u32;
        for open in &stack {
            push(found, open.token, unclosed_end(words, open.token, end));
        }
    }
    for &(from, to) in &singles {
        push(found, from, to);
    }
    singles.clear();
    stack.clear();
    (found.singles, found.open) = (singles, stack);
}

fn direction(mark: &Mark, stack: &[Open]) -> Side {
    if mark.family == Family::Corner || mark.family == Family::Guillemet && mark.place == Side::Either {
        return mark.glyph;
    }
    match mark.place {
        Side::Open => Side::Open,
        Side::Close => Side::Close,
        Side::Either if stack.iter().any(|open| open.family == mark.family) => Side::Close,
        Side::Either => Side::Open,
    }
}

fn open(words: &Words, mark: &Mark, stack: &mut Vec<Open>, found: &mut Quotations) {
    if let Some(twin) = stack.iter().position(|open| open.family == mark.family) {
        // The same mark again: the former was never closed.
        found.repaired += 1;
        while stack.len() > twin {
            if let Some(open) = stack.pop() {
                push(found, open.token, unclosed_end(words, open.token, mark.token));
            }
        }
    }
    if stack.len() < DEEPEST {
        stack.push(Open { family: mark.family, token: mark.token });
    }
}

fn close(mark: &Mark, before: &[Mark], start: u32, stack: &mut Vec<Open>, found: &mut Quotations) {
    let twin = stack.iter().rposition(|open| open.family == mark.family);
    let to = twin.unwrap_or(stack.len().saturating_sub(1));
    if stack.is_empty() {
        found.repaired += 1;
        if before.is_empty() && mark.after_punctuation {
            push(found, start, mark.token);
        }
        return;
    }
    if twin.is_none() || to + 1 < stack.len() {
        found.repaired += 1;
    }
    while stack.len() > to {
        if let Some(open) = stack.pop() {
            push(found, open.token, mark.token);
        }
    }
}

/// Where a quotation ends whose closing mark is missing: before a comma and "said X", else where it must.
fn unclosed_end(words: &Words, start: u32, end: u32) -> u32 {
    let said = |&i: &u32| words.gap[i as usize] & gap::COMMA != 0 && words.mask[i as usize] & class::SAY_INVERTED != 0;
    (start + 1..end).find(said).unwrap_or(end)
}

/// "«…, — said X. — …»": the speaker stands inside the marks. Leaves of each quotation the pieces that are quoted.
fn take_out_speakers(words: &Words, found: &mut Quotations) {
    let mut split = std::mem::take(&mut found.split);
    split.clear();
    for quotation in &found.list {
        let mut start = quotation.start;
        let mut at = start + 1;
        while at < quotation.end {
            let dashed = words.gap[at as usize] & gap::DASH != 0;
            if dashed && words.mask[at as usize] & class::SAY_INVERTED != 0 && returns(words, at, quotation.end) {
                split.push(Quotation { start, end: at, ..*quotation });
                let back = (at + 1..quotation.end).find(|&i| words.gap[i as usize] & gap::DASH != 0);
                start = back.unwrap_or(quotation.end);
                at = start;
            }
            at += 1;
        }
        if start < quotation.end {
            split.push(Quotation { start, ..*quotation });
        }
    }
    found.split = std::mem::replace(&mut found.list, split);
}

/// The pause before the speaker, or the dash after, tells "— said X —" from "a man - said to be".
fn returns(words: &Words, at: u32, end: u32) -> bool {
    let pause = |i: u32| words.gap[i as usize] & PAUSE != 0;
    pause(at) || (at + 1..end.min(at + 12)).any(|i| words.gap[i as usize] & gap::DASH != 0)
}

/// Single marks are quotations only where one opens before a word and one closes after a word, in one paragraph;
/// everything else is an apostrophe.
fn pair_singles(words: &Words, marks: &[Mark], end: u32, pairs: &mut Vec<(u32, u32)>) {
    let mut opened: Option<u32> = None;
    for (i, mark) in marks.iter().enumerate() {
        if mark.family != Family::Single {
            continue;
        }
        match (mark.place, opened) {
            (Side::Open, None) if may_open(words, mark, end) => opened = Some(mark.token),
            (Side::Close, Some(from)) if mark.token > from => {
                let plural = mark.after_s && !mark.after_punctuation;
                if plural && closes_later(&marks[i + 1..]) {
                    continue;
                }
                pairs.push((from, mark.token));
                opened = None;
            }
            _ => {}
        }
    }
}

fn may_open(words: &Words, mark: &Mark, end: u32) -> bool {
    if mark.token >= end {
        return false;
    }
    let word = words.article.spans[mark.token as usize].range();
    let digit = words.article.text.as_bytes()[word.start].is_ascii_digit();
    !digit && words.mask[mark.token as usize] & class::ELISION == 0
}

/// True where, among the next few marks, a single one closes before another opens.
fn closes_later(marks: &[Mark]) -> bool {
    let next = marks.iter().take(8).find(|mark| mark.family == Family::Single);
    next.is_some_and(|mark| mark.place == Side::Close)
}

fn push(found: &mut Quotations, start: u32, end: u32) {
    if start < end {
        found.list.push(Quotation { start, end, nested: false });
    }
}
