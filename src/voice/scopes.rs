//! Negated, hedged, asked: flags beside the voice.
//!
//! In: the columns of an article. Out: one byte of flags a token.
//! Invariant: a scope never leaves its sentence.
//! It deliberately does not weigh: a hedge is a hedge.

use super::Options;
use super::attribution::Sentence;
use super::cues::class::*;
use super::words::gap;

pub(super) const NEGATED: u8 = 1;
pub(super) const HEDGED: u8 = 1 << 1;
pub(super) const ASKED: u8 = 1 << 2;

/// Sets the flags of one sentence; `asks` where a question mark ends it.
pub(super) fn flag(s: &Sentence, asks: bool, options: &Options, flags: &mut [u8]) {
    let seen = s.words.mask[s.from..s.to].iter().fold(0, |all, mask| all | mask);
    if asks {
        flags[s.from..s.to].iter_mut().for_each(|flag| *flag |= ASKED);
    }
    if seen & NEGATION != 0 {
        spread(s, NEGATION, options.negation_words, NEGATED, flags);
    }
    if seen & HEDGE != 0 {
        spread(s, HEDGE, options.hedge_words, HEDGED, flags);
    }
}

fn spread(s: &Sentence, class: u64, window: u32, flag: u8, flags: &mut [u8]) {
    let mut left = 0;
    for i in s.from..s.to {
        if s.breaks(i, gap::SEMICOLON | gap::COLON | gap::COMMA | gap::DASH) {
            left = 0;
        }
        if left > 0 {
            flags[i] |= flag;
            left -= 1;
        }
        if s.is(i, class) {
            left = window;
        }
    }
}
