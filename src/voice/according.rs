//! Whom the text names as the source of a sentence: "according to X", "as X noted".
//!
//! In: a sentence, and a cue. Out: what stands beside the source, before it, behind it or on both sides.
//! Invariant: the source is looked for beside its cue alone, never in what it is said to say.
//! It deliberately takes the whole rest of the sentence: a source that is named once vouches for it.

use super::attribution::{Decided, push, put};
use super::cues::class::*;
use super::rules::Id;
use super::sentence::Sentence;
use super::source;
use super::words::gap;

/// "…, according to X", "According to X, …".
pub(super) fn according(s: &Sentence, i: usize, out: &mut Vec<Decided>) {
    let first = s.next_break(s.after(i), gap::COMMA);
    if i > s.from && !(i == s.from + 1 && s.is(s.from, COORDINATOR)) {
        push(s, i, s.from, i, Id::According, out);
        if first < s.to && !s.any(s.from..i, AUXILIARY | PAST) {
            push(s, i, first, s.to, Id::According, out);
        }
        return;
    }
    let next = s.after(i);
    if first > next + 12 || first >= s.to {
        // No comma: the source is a short phrase, its length a guess.
        push(s, i, (next + 3).min(s.to), s.to, Id::According, out);
        return;
    }
    // "According to Name, mayor of X, …": the apposition is the speaker's.
    let second = s.next_break(first + 1, gap::COMMA);
    let apposed = second < s.to && s.is(first, DETERMINER) && !s.any(first..second, AUXILIARY | PAST);
    let start = if apposed { second } else { first };
    push(s, i, start, s.to, Id::According, out);
}

/// "As X noted, …" and "…, as X noted". Its cues, into `cues`, take nothing that follows them: there stands who says so.
pub(super) fn as_said(s: &Sentence, cues: &mut Vec<usize>, out: &mut Vec<Decided>) {
    for begin in s.each(LIKE_SAID) {
        let opens = begin == s.from || s.breaks(begin, gap::COMMA) || begin == s.from + 1 && s.is(s.from, COORDINATOR);
        if !opens || s.quoted(begin) {
            continue;
        }
        let end = s.next_break(begin + 1, gap::PUNCTUATION);
        let fits = |i: &usize| s.after(*i) == end || *i == begin + 1 && !s.is(*i, AMBIGUOUS);
        let Some(cue) = (begin + 1..end.min(begin + 10)).find(|i| s.says(*i, SAY) && fits(i)) else { continue };
        cues.push(cue);
        let speaker = source::of(s, cue, s.from..begin + 1, Id::According);
        let last = begin > s.from + 1 && end >= s.to;
        // "The rebels, as X noted, had left": what stands before is no clause yet
        let parted =
            begin > s.from && s.breaks(begin, gap::COMMA) && !s.any(s.from..begin, AUXILIARY | PAST | COORDINATOR);
        if last || parted {
            put(cue, s.from..begin, Id::According, speaker, out);
        }
        if !last {
            put(cue, end..s.to, Id::According, speaker, out);
        }
    }
}
