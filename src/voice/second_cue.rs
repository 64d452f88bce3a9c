//! A second cue in a sentence: "said that X, and warned that Y", "… and Brown said that Z".
//!
//! In: a sentence and what its first cue attributes. Out: the same, cut where the second cue and its speaker stand.
//! Invariant: what is cut out is the outlet's own word; the rest has the speaker of its own cue.
//! It deliberately looks only for cues with a speaker right before them.

use super::attribution::Decided;
use super::cues::class::*;
use super::rules::Id;
use super::sentence::Sentence;
use super::source;
use super::words::gap;
use crate::text::Span;

/// A second cue, joined to the first, is the outlet's word again, and so is the new speaker before it.
pub(super) fn cut(s: &Sentence, first: usize, out: &mut Vec<Decided>) {
    for i in s.each(SAY | JUDGE) {
        if i == s.from || s.quoted(i) || s.is(i, AMBIGUOUS) || !s.is(i, PAST | SAY_AFTER | GERUND) {
            continue;
        }
        let same_speaker = s.gap(i) & gap::COMMA != 0 || s.is(i, PAST | SAY_AFTER) && s.is(i - 1, COORDINATOR);
        let Some(from) = same_speaker.then_some(i).or_else(|| new_clause(s, i)) else { continue };
        for k in first..out.len() {
            let whole = out[k];
            if (whole.start as usize) < from && i + 1 < whole.end as usize {
                out[k].end = from as u32;
                let rest = Decided { start: i as u32 + 1, ..whole };
                out.push(if same_speaker { rest } else { spoken_by(s, i, rest) });
            }
        }
    }
}

/// What the speaker of another cue says.
fn spoken_by(s: &Sentence, cue: usize, said: Decided) -> Decided {
    let source = source::of(s, cue, said.start as usize..said.end as usize, Id::Said);
    Decided { cue: Some(Span::new(cue as u32, cue as u32 + 1)), source, ..said }
}

/// "… that troops left and Brown said": a clause of its own before *and*, nothing but a name behind it.
fn joined_clause(s: &Sentence, cue: usize) -> Option<usize> {
    let begin = (cue.saturating_sub(5).max(s.from + 1)..cue).rev().find(|&j| s.is(j, COORDINATOR))?;
    let is_name = begin + 1 < cue && (begin + 1..cue).all(|j| s.capital(j) || s.is(j, DETERMINER | SPEAKER));
    let earlier = (s.from..begin).rev().find(|&j| s.says(j, SAY | JUDGE))?;
    let content = s.after(earlier);
    let is_clause = s.quoted(begin - 1)
        || s.opens_content(content) && begin > content + 2
        || s.any(content..begin, AUXILIARY | PAST);
    (is_name && is_clause && !s.closed_at(cue + 1)).then_some(begin)
}

/// Where the clause begins that a comma and a joining word open, with nothing but a speaker before its cue.
fn new_clause(s: &Sentence, cue: usize) -> Option<usize> {
    if !s.is(cue, SAY_AFTER) {
        return None;
    }
    if let Some(begin) = joined_clause(s, cue) {
        return Some(begin);
    }
    let begin = (cue.saturating_sub(8).max(s.from + 1)..cue)
        .rev()
        .find(|&j| s.breaks(j, gap::COMMA | gap::SEMICOLON | gap::DASH))?;
    let joins = s.is(begin, COORDINATOR | SUBORDINATOR) || s.gap(begin) & gap::SEMICOLON != 0;
    (joins && !s.any(begin..cue, AUXILIARY | PAST | RELATIVE)).then_some(begin)
}
