//! Headlines that name who says so at their end: "Rebels seized the airport - minister", "Army shelled the town, say monitors".
//!
//! In: the columns of an article. Out: what such a line says, with its speaker.
//! Invariant: only a short paragraph without a full stop is a headline, and only a few plain words for somebody who speaks are its
//! speaker: the name of a site ("- Herald News") is none. It deliberately does not look into sentences.

use super::attribution::Decided;
use super::cues::class::*;
use super::rules::Id;
use super::words::{Words, gap};
use crate::text::Span;

/// Most words of a headline.
const LONGEST: usize = 25;
/// Most words of the speaker behind it.
const SPEAKER: usize = 4;
/// Fewest words of what is said.
const SAID: usize = 3;

/// Appends what headlines say.
pub(super) fn find(words: &Words, out: &mut Vec<Decided>) {
    let count = words.article.spans.len();
    let starts = words.article.paragraphs;
    let stop = gap::STOP | gap::ASK | gap::BANG;
    for (k, &start) in starts.iter().enumerate() {
        let (start, end) = (start as usize, starts.get(k + 1).map_or(count, |&end| end as usize));
        if end - start > LONGEST || end - start <= SAID || words.gap[end] & stop != 0 && ends(words, end) {
            continue;
        }
        if let Some(verb) = verb_of_saying(words, start + SAID, end) {
            let span = |from: usize, to: usize| Some(Span::new(from as u32, to as u32));
            let (cue, source) = (span(verb, verb + 1), span(verb + 1, end));
            out.push(Decided { start: start as u32, end: verb as u32, rule: Id::Last, cue, source });
            continue;
        }
        let last = (start + SAID..end).rev().take(SPEAKER).find(|&i| words.gap[i] & (gap::DASH | gap::COLON) != 0);
        let Some(last) = last.filter(|&i| words.gap[i] & gap::JOINED == 0) else { continue };
        let is = |i: usize, classes: u64| words.mask[i] & classes != 0;
        let speaker = (last..end).any(|i| is(i, SPEAKER_LAST) && words.gap[i] & gap::QUOTED == 0);
        let plain = (last + 1..end).all(|i| words.gap[i] & gap::PUNCTUATION == 0);
        // "source" is a heading before a colon, and a speaker behind a dash
        let heads = |i: usize| is(i, HEADING) && !is(i, SPEAKER_LAST);
        let clause = (last..end).any(|i| is(i, AUXILIARY | RELATIVE | THAT | SAY) || heads(i));
        if speaker && plain && !clause {
            let source = Some(Span::new(last as u32, end as u32));
            out.push(Decided { start: start as u32, end: last as u32, rule: Id::Last, cue: source, source });
        }
    }
}

/// The verb behind the last comma of a headline, where a few plain words for somebody follow it.
fn verb_of_saying(words: &Words, from: usize, end: usize) -> Option<usize> {
    let is = |i: usize, classes: u64| words.mask[i] & classes != 0;
    let verb = (from..end).rev().skip(1).take(SPEAKER).find(|&i| words.gap[i] & gap::PUNCTUATION != 0)?;
    let says = is(verb, SAY | SAY_INVERTED) && !is(verb, NOUN | AMBIGUOUS | SAY_WEAK | JUDGE);
    let plain =
        |i: usize| words.gap[i] & gap::PUNCTUATION == 0 && !is(i, AUXILIARY | RELATIVE | THAT | SAY | PREPOSITION);
    let comma = words.gap[verb] & (gap::PUNCTUATION | gap::QUOTED) == gap::COMMA;
    (comma && says && (verb + 1..end).all(plain)).then_some(verb)
}

/// The mark behind a paragraph is its own: it stands before the line break.
fn ends(words: &Words, end: usize) -> bool {
    let from = words.article.spans[end - 1].end as usize;
    let to = words.article.spans.get(end).map_or(words.article.text.len(), |span| span.start as usize);
    let line = words.article.text[from..to].split(['\n', '\r']).next().unwrap_or("");
    line.contains(['.', '!', '?', '…'])
}
