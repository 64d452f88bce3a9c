//! Negated, hedged, asked: flags beside the voice.
//!
//! In: the columns of an article. Out: one byte of flags a token.
//! Invariant: a scope never leaves its sentence.
//! It deliberately does not weigh: a hedge is a hedge.

use super::Options;
use super::cues::class::*;
use super::sentence::Sentence;
use super::words::{Words, gap};

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

/// Sets the flags of one sentence; `asks` where a question mark ends it. True where it has set some.
pub(super) fn flag(s: &Sentence, asks: bool, options: &Options, flags: &mut [u8]) -> bool {
    if asks {
        flags[s.from..s.to].iter_mut().for_each(|flag| *flag |= ASKED);
    }
    if s.seen & NEGATION != 0 {
        let ends = gap::SEMICOLON | gap::COLON | gap::COMMA | gap::DASH;
        spread(s, NEGATION, ends, options.negation_words, NEGATED, flags);
    }
    if s.seen & HEDGE != 0 {
        // "It was, perhaps, a coup": a comma does not end a hedge.
        spread(s, HEDGE, gap::SEMICOLON | gap::COLON, options.hedge_words, HEDGED, flags);
    }
    asks || s.seen & BEGINS != 0
}

fn spread(s: &Sentence, class: u64, ends: u16, window: u32, flag: u8, flags: &mut [u8]) {
    for i in s.each(class) {
        let last = s.to.min(i.saturating_add(1).saturating_add(window as usize));
        for (j, own) in flags.iter_mut().enumerate().take(last).skip(i + 1) {
            if s.breaks(j, ends) {
                break;
            }
            *own |= flag;
        }
    }
}
