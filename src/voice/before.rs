//! Content that stands before its cue: "…, the ministry said", "…," said the minister.
//!
//! In: a sentence. Out: the clause before the comma or the closing mark, and which cues have their content there.
//! Invariant: a cue found here takes no content after it, except what is resumed after a second comma.
//! It deliberately prefers to leave a clause where nothing looks like a clause.

use super::attribution::{Decided, push, put, that_follows};
use super::cues::class::*;
use super::rules::Id;
use super::sentence::Sentence;
use super::source;
use super::words::gap;

/// Words of a name with its office, at most.
const MOST_OF_SPEAKER: usize = 8;

const END: u16 = gap::COMMA | gap::ASK | gap::BANG | gap::DASH;

/// Finds the cues whose content stands before them, into `cues`, and that content.
pub(super) fn find(s: &Sentence, cues: &mut Vec<usize>, out: &mut Vec<Decided>) {
    for i in s.each(SAY_AFTER) {
        if s.quoted(i) {
            continue;
        }
        let Some(end) = boundary(s, i) else { continue };
        cues.push(i);
        let next = s.after(i);
        if end > s.from && s.quoted(end - 1) {
            mixed(s, i, end, out);
        } else {
            if !opening(s, end) || s.gap(s.after(i)) & gap::COMMA != 0 {
                push(s, i, s.from, end, Id::Before, out);
            }
            resumed(s, i, end, out);
        }
        if s.gap(next) & gap::COLON != 0 {
            push(s, i, next, s.to, Id::Resumed, out);
        }
    }
}

/// "In recent days, advisers say, …": an adverbial stands first, not what they say.
fn opening(s: &Sentence, end: usize) -> bool {
    let first = if s.is(s.from, COORDINATOR) { s.from + 1 } else { s.from };
    s.is(first, ADJUNCT) && !s.is(first, DETERMINER) && !s.any(first..end, AUXILIARY | PAST)
}

/// The unquoted clause that a quotation continues.
fn mixed(s: &Sentence, cue: usize, end: usize, out: &mut Vec<Decided>) {
    let Some(last) = (s.from..end).rev().find(|&i| !s.quoted(i)) else { return };
    let lone = s.gap(last + 1) & gap::COLON != 0 || s.any(s.from..last + 1, SAY | ACCORDING);
    if !lone && (clause(s, last + 1) || end - last > 4) {
        push(s, cue, s.from, last + 1, Id::Before, out);
    }
}

/// "The airport, he said, had fallen": what goes on after the second comma.
fn resumed(s: &Sentence, cue: usize, end: usize, out: &mut Vec<Decided>) {
    let next = s.after(cue);
    let comma = s.next_break(next, if enclosed(s, cue) { gap::COMMA | gap::DASH } else { gap::COMMA });
    if comma >= s.to {
        return;
    }
    let goes_on = s.is(comma, AUXILIARY | THAT | COORDINATOR);
    let parenthesis =
        comma == next && (cue > end || s.is(cue, SAY_ALONE)) && (s.is(comma, THAT) || !s.is(comma, GERUND | RELATIVE))
            || cue == end && enclosed(s, cue);
    if goes_on || parenthesis {
        // the speaker stands between the two: neither half is searched
        let speaker = source::of(s, cue, s.from..end, Id::Before);
        put(cue, comma..s.to, Id::Resumed, speaker, out);
    }
}

/// The end of the content that stands before the cue `i`, if it stands there.
fn boundary(s: &Sentence, i: usize) -> Option<usize> {
    if i == s.from {
        return None;
    }
    if s.gap(i) & (END | gap::QUOTE) != 0 || s.quoted(i - 1) {
        return inverted(s, i);
    }
    let b = (i.saturating_sub(11).max(s.from + 1)..i)
        .rev()
        .find(|&b| s.gap(b) & (END | gap::QUOTE) != 0 || s.quoted(b - 1))?;
    if s.quoted(b - 1) { after_quotation(s, i, b) } else { after_clause(s, i, b) }
}

/// "…," said the minister.
fn inverted(s: &Sentence, i: usize) -> Option<usize> {
    let next = s.after(i);
    if !s.closed_at(next) && (s.is(next, PRONOUN | THAT) || s.infinitive(next)) || s.is(i, GERUND) {
        return None;
    }
    if s.is(i, SAY_ALONE) && s.gap(i) & gap::COMMA != 0 && s.gap(next) & gap::COMMA != 0 {
        return Some(i);
    }
    if s.quoted(i - 1) {
        return (s.is(i, SAY_INVERTED) && (utterance(s, i) || long(s, i - 1))).then_some(i);
    }
    if enclosed(s, i) {
        return Some(i);
    }
    if s.gap(i) & gap::COMMA != 0 {
        if let Some(quoted) = (s.from.max(i.saturating_sub(30))..i).rev().find(|&j| s.quoted(j))
            && utterance(s, quoted + 1)
            && long(s, quoted)
            && !s.any(quoted + 1..i, AUXILIARY)
        {
            return Some(quoted + 1);
        }
        let first = s.next_break(s.from + 1, gap::COMMA);
        if first < i && (s.from..first).all(|j| s.capital(j) || s.is(j, PREPOSITION | DETERMINER)) {
            return None; // "Name, minister of X, said": an apposition
        }
    }
    let ends = |j: &usize| s.breaks(*j, gap::COMMA) || s.quoted(*j) || *j > next && s.is(*j, RELATIVE);
    let end = (next..s.to).find(ends).unwrap_or(s.to);
    // "министр внутренних дел": a word inside a phrase is no verb
    let verb = |j: usize| !s.is(j, INSIDE) && s.any(j..j + 1, AUXILIARY | PAST);
    if !s.is(i, SAY_INVERTED) || ((next + 1).min(end)..end).any(verb) {
        return None;
    }
    let only = (s.from + 1..i).all(|j| !s.breaks(j, gap::COMMA));
    let named = s.capital(next) || s.is(next, DETERMINER | SPEAKER | ADJUNCT);
    // "Five terrorists dead in town, said Ann Brown.": behind a comma, with its speaker and nothing else, the cue says what stands before
    let closes = only && end == s.to && s.gap(i) & gap::COMMA != 0 && i - s.from > 1 && end - next <= MOST_OF_SPEAKER;
    let speaks = s.capital(next) || s.is(next, DETERMINER | SPEAKER);
    ((named || only) && clause(s, i) || closes && speaks && !opening(s, i)).then_some(i)
}

/// "The airport, said Smith, had fallen": a verb and its speaker between two pauses, after what is no clause yet.
fn enclosed(s: &Sentence, i: usize) -> bool {
    let (next, pause) = (s.after(i), gap::COMMA | gap::DASH);
    let back = (next + 1..s.to.min(next + MOST_OF_SPEAKER)).find(|&j| s.gap(j) & pause != 0);
    let named = s.capital(next) || s.is(next, SPEAKER) || s.is(next, DETERMINER) && s.any(next + 1..next + 3, SPEAKER);
    s.is(i, SAY_INVERTED)
        && s.gap(i) & pause != 0
        && named
        && back.is_some_and(|back| !s.is(back, DETERMINER | RELATIVE | GERUND))
        && s.next_break(s.from + 1, pause) == i
        && !clause(s, i)
        && !s.quoted(i - 1)
}

/// "…," the minister said.
fn after_quotation(s: &Sentence, i: usize, b: usize) -> Option<usize> {
    let next = s.after(i);
    let that = s.is(next, THAT) || s.is(next + 1, THAT) || goes_on(s, i);
    let bound = s.any(b..i, RELATIVE) || that || s.quoted(next) || s.quoted(next + 1);
    (utterance(s, b) && long(s, b - 1) && !bound).then_some(b)
}

/// "…, the minister said".
fn after_clause(s: &Sentence, i: usize, b: usize) -> Option<usize> {
    let next = s.after(i);
    if s.any(b..i, AUXILIARY) || s.is(b, RELATIVE | THAT | COORDINATOR | SUBORDINATOR) {
        return None;
    }
    let paused = |j: usize| s.gap(j) & (gap::COMMA | gap::DASH) != 0;
    let between = paused(next) && paused(b) && next < s.to;
    if between && i > b && !s.quoted(next) && (!s.is(next, RELATIVE) || s.is(next, THAT)) {
        return Some(b); // "The airport, he said, had fallen"
    }
    let named = s.capital(b) || s.is(b, PRONOUN | SPEAKER | DETERMINER) || s.capital(i - 1) || s.is(i - 1, SPEAKER);
    let colon = next < s.to && s.gap(next) & gap::COLON != 0;
    let last = next >= s.to && i - b <= 5;
    if !named && !last || colon && !(s.is(b, PRONOUN) && clause(s, b)) {
        return None;
    }
    let short = i - b <= 3 && (s.is(b, PRONOUN) || s.capital(b) || s.is(i - 1, SPEAKER));
    if that_follows(s, i) {
        return None;
    }
    let done = s.closed_at(next);
    let adverbial = s.is(next, ADJUNCT) || s.is(i, TELL) && (s.capital(next) || s.is(next, DETERMINER | SPEAKER));
    if !done && !adverbial {
        return None;
    }
    if adverbial && !done {
        let comma = s.next_break(next, gap::COMMA);
        if (next..comma).any(|j| s.quoted(j)) {
            return None;
        }
        if s.any((next + 1).min(comma)..comma, AUXILIARY) {
            return None;
        }
    }
    if short && done && b - s.from >= 4 && !s.is(s.from, ADJUNCT) {
        return Some(b);
    }
    clause(s, b).then_some(b)
}

/// A new clause follows the cue: its content is there.
fn goes_on(s: &Sentence, i: usize) -> bool {
    let next = s.after(i);
    if s.closed_at(next) || s.is(i, TELL) || !s.is(next, PRONOUN | DETERMINER) && !s.infinitive(next) {
        return false;
    }
    let end = s.next_break(next, gap::COMMA);
    s.is(next, TO) || s.any((next + 1).min(end)..end, AUXILIARY | PAST)
}

/// The quotation whose last word is `last` begins the sentence or has more than three words: less may be a title.
fn long(s: &Sentence, last: usize) -> bool {
    (s.from.max(last.saturating_sub(3))..last).all(|j| s.quoted(j))
}

/// A quotation that ends before token `i` ends like an utterance.
fn utterance(s: &Sentence, i: usize) -> bool {
    s.gap(i) & (END | gap::STOP) != 0
}

/// What stands left of token `end` looks like a clause and not like an adverbial.
fn clause(s: &Sentence, end: usize) -> bool {
    let first = if s.is(s.from, COORDINATOR) { s.from + 1 } else { s.from };
    if end < first + 3 {
        return false;
    }
    if (first..end).any(|i| s.quoted(i)) {
        return true;
    }
    let verb = |mut range: std::ops::Range<usize>| range.any(|i| s.says(i, AUXILIARY | PAST) || contracted(s, i));
    if s.is(first, ADJUNCT | SUBORDINATOR) && !s.is(first, DETERMINER) {
        // "At least five were held, police said": an adverbial without a comma of its own is part of the clause
        let comma = s.next_break(first + 1, gap::COMMA);
        return if comma < end { verb(comma..end) } else { s.is(first, ADJUNCT) && verb(first + 2..end) };
    }
    verb(first..end) || end - first >= 6
}

/// "he's": the verb is in the apostrophe.
fn contracted(s: &Sentence, i: usize) -> bool {
    s.is(i, PRONOUN | RELATIVE | THAT) && s.possessive(i)
}
