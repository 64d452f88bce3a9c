//! The voices of an article as bytes.
//!
//! In: the stretches of an article. Out: about seven bytes a stretch, and the same stretches again.
//! Invariant: what is written is read back equal; bytes that nobody wrote so are refused, never a panic.
//! It deliberately has no version in it: the index that keeps it has ([`super::VERSION`]).

use super::marked::{Flagged, Marked, Run};
use crate::text::{ArticleToken, Span};

impl Marked {
    /// Appends the voices, so that [`Marked::read`] gives them back. All numbers are variable in length, seven bits a byte.
    pub fn write(&self, out: &mut Vec<u8>) {
        number(out, self.quotes_repaired);
        number(out, self.runs().len() as u32);
        number(out, self.flagged().len() as u32);
        let mut last = 0;
        for run in self.runs() {
            number(out, run.start - last);
            number(out, run.end - run.start);
            out.push(run.rule);
            span(out, run.start, run.cue);
            span(out, run.start, run.source);
            span(out, run.start, run.speaker);
            last = run.end;
        }
        last = 0;
        for flagged in self.flagged() {
            number(out, flagged.start - last);
            number(out, flagged.end - flagged.start);
            out.push(flagged.flags);
            last = flagged.end;
        }
    }

    /// Takes the voices that [`Marked::write`] wrote from the beginning of `bytes`; `None` where nobody wrote them so.
    pub fn read(bytes: &mut &[u8]) -> Option<Marked> {
        let quotes_repaired = take(bytes)?;
        let (runs, flagged) = (take(bytes)? as usize, take(bytes)? as usize);
        // No stretch is shorter than this: a count that is too large does not reserve memory.
        let mut read =
            (Vec::with_capacity(runs.min(bytes.len() / 6)), Vec::with_capacity(flagged.min(bytes.len() / 3)));
        let mut last = 0;
        for _ in 0..runs {
            let (start, end) = stretch(bytes, &mut last)?;
            let rule = byte(bytes)?;
            let mut words = || take_span(bytes, start);
            let (cue, source, speaker) = (words()?, words()?, words()?);
            read.0.push(Run { start, end, rule, cue, source, speaker });
        }
        last = 0;
        for _ in 0..flagged {
            let (start, end) = stretch(bytes, &mut last)?;
            read.1.push(Flagged { start, end, flags: byte(bytes)? });
        }
        Marked::from_parts(read.0, read.1, quotes_repaired)
    }
}

fn number(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn byte(bytes: &mut &[u8]) -> Option<u8> {
    let (&first, rest) = bytes.split_first()?;
    *bytes = rest;
    Some(first)
}

fn take(bytes: &mut &[u8]) -> Option<u32> {
    let mut value = 0u64;
    for shift in [0, 7, 14, 21, 28] {
        let next = byte(bytes)?;
        value |= u64::from(next & 0x7f) << shift;
        if next & 0x80 == 0 {
            return u32::try_from(value).ok();
        }
    }
    None
}

fn stretch(bytes: &mut &[u8], last: &mut u32) -> Option<(u32, u32)> {
    let start = last.checked_add(take(bytes)?)?;
    let end = start.checked_add(take(bytes)?)?;
    *last = end;
    Some((start, end))
}

/// Its length, 0 for none, and then how far from the stretch it begins, the sign in the lowest bit.
fn span(out: &mut Vec<u8>, from: u32, span: Option<Span<ArticleToken>>) {
    let Some(span) = span else { return out.push(0) };
    number(out, span.len());
    let away = span.start.abs_diff(from);
    number(out, away << 1 | u32::from(span.start < from));
}

fn take_span(bytes: &mut &[u8], from: u32) -> Option<Option<Span<ArticleToken>>> {
    let length = take(bytes)?;
    if length == 0 {
        return Some(None);
    }
    let away = take(bytes)?;
    let start = if away & 1 == 1 { from.checked_sub(away >> 1)? } else { from.checked_add(away >> 1)? };
    Some(Some(Span::new(start, start.checked_add(length)?)))
}
