//! Negated, hedged, asked: flags beside the voice.
//!
//! In: the columns of an article. Out: one byte of flags a token.
//! Invariant: a scope never leaves its sentence.
//! It deliberately does not weigh: a hedge is a hedge.

use super::Options;
use super::cues::class::*;
use super::sentence::Sentence;
use super::words::{Words, gap};
use std::ops::Range;

pub(super) const NEGATED: u8 = 1;
pub(super) const HEDGED: u8 = 1 << 1;
pub(super) const ASKED: u8 = 1 << 2;

/// A sentence asks that ends with a question mark; or that has lost every mark and begins like a question, or with "or" after one.
pub(super) fn asks(words: &Words, begin: usize, end: usize, asked: bool) -> bool {
    if words.gap[end] & gap::ASK != 0 {
        return true;
    }
    let first = words.mask[begin];
    let inverted = first & QUESTION != 0 && first & AUXILIARY != 0;
    words.gap[end] & gap::STOP == 0 && end - begin > 2 && (inverted || asked && first & COORDINATOR != 0)
}

/// Every class that a scope begins at.
pub(super) const BEGINS: u64 = NEGATION | HEDGE;

/// Sets the flags of one sentence; `asks` where a question mark ends it. Gives back the tokens outside of which it has set none.
pub(super) fn flag(s: &Sentence, asks: bool, options: &Options, flags: &mut [u8]) -> Range<usize> {
    let mut touched = s.to..s.from;
    if asks {
        flags[s.from..s.to].iter_mut().for_each(|flag| *flag |= ASKED);
        touched = s.from..s.to;
    }
    if s.seen & NEGATION != 0 {
        let ends = gap::SEMICOLON | gap::COLON | gap::COMMA | gap::DASH;
        spread(s, NEGATION, ends, options.negation_words, (NEGATED, flags), &mut touched);
    }
    if s.seen & HEDGE != 0 {
        // "It was, perhaps, a coup": a comma does not end a hedge.
        spread(s, HEDGE, gap::SEMICOLON | gap::COLON, options.hedge_words, (HEDGED, flags), &mut touched);
    }
    touched
}

fn spread(s: &Sentence, class: u64, ends: u16, window: u32, set: (u8, &mut [u8]), touched: &mut Range<usize>) {
    let (flag, flags) = set;
    for i in s.each(class) {
        let last = s.to.min(i.saturating_add(1).saturating_add(window as usize));
        let end = (i + 1..last).find(|&j| s.breaks(j, ends)).unwrap_or(last);
        if i + 1 < end {
            flags[i + 1..end].iter_mut().for_each(|own| *own |= flag);
            *touched = touched.start.min(i + 1)..touched.end.max(end);
        }
    }
}
