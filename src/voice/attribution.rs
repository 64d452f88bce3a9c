//! What somebody is said to say, think or want, without quotation marks.
//!
//! In: the columns of an article and its quotations. Out: attributed spans, each with its rule, its cue and its source.
//! Invariant: nothing leaves its sentence; a sentence is read in pieces of bounded length, so the work is linear in the text.
//! It deliberately has no parser: it finds cues, decides on which side of a cue the content stands, and where that ends.

use super::according::{according, as_said};
use super::before;
use super::cues::class::*;
use super::labels;
use super::rules::Id;
use super::second_cue;
use super::sentence::Sentence;
use super::source;
use super::words::gap;
use crate::text::{ArticleToken, Span};
use std::ops::Range;

/// Tokens that a rule decides, unless an earlier rule does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decided {
    pub start: u32,
    pub end: u32,
    pub rule: Id,
    pub cue: Option<Span<ArticleToken>>,
    pub source: Option<Span<ArticleToken>>,
}

/// What can begin an attribution; sentences without are passed over.
pub(super) const TRIGGERS: u64 =
    SAY | WANT | JUDGE | NOUN | ADJECTIVE | SEEM | ACCORDING | EVIDENTIAL | WHETHER | BRIEF;

/// Every class that a rule of this room begins at.
pub(super) const BEGINS: u64 = TRIGGERS | SO_CALLED | SAY_AFTER | LIKE_SAID;

/// Appends what the rules find in one sentence.
pub(super) fn attribute(sentence: &Sentence, out: &mut Vec<Decided>) {
    let first = out.len();
    labels::first_sentence(sentence, out);
    if sentence.seen & TRIGGERS != 0 {
        cued(sentence, out);
    }
    if out.len() > first && sentence.seen & (SAY | JUDGE) != 0 {
        second_cue::cut(sentence, first, out);
    }
    if sentence.seen & SO_CALLED != 0 {
        so_called(sentence, first, out);
    }
}

/// What the cues of a sentence attribute.
fn cued(sentence: &Sentence, out: &mut Vec<Decided>) {
    let seen = sentence.seen;
    let mut behind = Vec::new();
    if seen & SAY_AFTER != 0 {
        before::find(sentence, &mut behind, out);
    }
    if seen & LIKE_SAID != 0 && seen & SAY != 0 {
        as_said(sentence, &mut behind, out);
    }
    let mut covered = false;
    for i in sentence.each(TRIGGERS) {
        if sentence.quoted(i) {
            continue;
        }
        if !covered && i > sentence.from && sentence.is(i, WHETHER) && sentence.says(i - 1, ABOUT) {
            embedded(sentence, i - 1, out);
        }
        if sentence.is(i, ACCORDING) {
            according(sentence, i, out);
        } else if !covered && sentence.is(i, TRIGGERS & !WHETHER) {
            covered = ahead(sentence, i, &behind, out);
        }
    }
}

/// "The so-called liberators left": the words after it, as far as the phrase goes. In what somebody is said to say, the distance is
/// that speaker's.
fn so_called(s: &Sentence, first: usize, out: &mut Vec<Decided>) {
    for i in s.each(SO_CALLED) {
        if s.quoted(i) {
            continue;
        }
        let next = s.after(i);
        if out[first..].iter().any(|said| said.start <= next as u32 && (next as u32) < said.end) {
            continue;
        }
        let inner = AUXILIARY | PREPOSITION | DETERMINER | COORDINATOR | RELATIVE | PRONOUN | SAY;
        let ends = |j: &usize| *j > next && (s.closed_at(*j) || s.is(*j, inner)) || s.quoted(*j) || *j >= next + 2;
        let end = (next..s.to).find(ends).unwrap_or(s.to);
        push(s, i, next, end, Id::SoCalled, out);
    }
}

/// Content after a cue. True where it takes the rest of the sentence.
fn ahead(s: &Sentence, i: usize, behind: &[usize], out: &mut Vec<Decided>) -> bool {
    let next = s.after(i);
    let after_article =
        i > s.from && s.is(i - 1, DETERMINER) && !s.is(i - 1, THAT | PRONOUN | SPEAKER) && !s.is(i, NOUN | ADJECTIVE);
    let glued = (s.gap(i) | s.gap(i + 1)) & gap::JOINED != 0;
    if glued || s.is(i, INSIDE) {
        return false;
    }
    // "Alleged rebels were held", "Allegedly, rebels came"
    if i == s.from && s.is(i, EVIDENTIAL) {
        let end = if s.closed_at(next) { s.to } else { brief_stop(s, next) };
        push(s, i, next, end, Id::Evidential, out);
        return false;
    }
    let noun = s.is(i, AMBIGUOUS) && !is_verb(s, i) || after_article || adjective(s, i);
    let before = out.len();
    if s.is(i, SAY) && !noun {
        let covered = said(s, i, behind, out);
        if out.len() > before || behind.contains(&i) {
            return covered;
        }
    }
    if s.is(i, WANT) && !noun {
        if s.is(next, TO) || s.is(i, WANT_NOUN) && !s.closed_at(next) {
            push(s, i, next, short_stop(s, next), Id::Wanted, out);
        }
    } else if s.is(i, JUDGE) && !noun {
        if !s.closed_at(next) && !s.is(next, PARTICLE) {
            push(s, i, next, stop(s, i, next), Id::Judged, out);
        }
    } else if s.is(i, BRIEF) && (!noun || next > i + 1) {
        if !s.closed_at(next) && !s.is(next, PREPOSITION | AUXILIARY) {
            let end = if s.is(next, THAT | WHETHER) { stop(s, i, next) } else { brief_stop(s, next) };
            push(s, i, next, end, Id::Judged, out);
        }
    } else if s.is(i, NOUN) {
        let of = s.is(next, THAT)
            || !s.is(i, NOUN_THAT) && s.is(next, PREPOSITION)
            || s.is(i, NOUN_TO) && s.infinitive(next);
        let later = !s.closed_at(next) && (next..next + 4).any(|j| s.opens_content(j));
        if of || later {
            push(s, i, next, short_stop(s, next), Id::Noun, out);
        }
    } else if s.is(i, SEEM) {
        if !s.closed_at(next) && !impersonal(s, i) && (s.is(next, TO | THAT | LIKE_SAID) || !s.is(next, PREPOSITION)) {
            push(s, i, next, short_stop(s, next), Id::Seem, out);
        }
    } else if s.is(i, ADJECTIVE) {
        if s.is(next, THAT | PREPOSITION | TO | WHETHER) {
            push(s, i, next, stop(s, i, next), Id::Adjective, out);
        }
    } else if s.is(i, EVIDENTIAL) && !s.closed_at(next) {
        push(s, i, next, brief_stop(s, next), Id::Evidential, out);
    } else if s.is(i, EVIDENTIAL) && s.gap(i) & gap::COMMA != 0 {
        // "The rebels, allegedly, had left", "…, reportedly."
        push(s, i, s.from, i, Id::Evidential, out);
        if s.gap(next) & gap::COMMA != 0 {
            push(s, i, next, s.to, Id::Evidential, out);
        }
    }
    false
}

/// "X said …": from the verb on, or from a later "that" where an adverbial comes between.
fn said(s: &Sentence, i: usize, behind: &[usize], out: &mut Vec<Decided>) -> bool {
    let next = s.after(i);
    if behind.contains(&i) || s.first_person(i) && !s.is(i, SAY_AFTER) || infinitive_of_it(s, i) {
        return false;
    }
    if !s.closed_at(next) && s.is(next, PARTICLE) {
        passive(s, i, out);
        return false;
    }
    let limit = stop(s, i, next);
    let that = (next..(next + 13).min(limit)).find(|&j| !s.quoted(j) && s.opens_content(j));
    if s.closed_at(next) && that.is_none() && s.gap(next) & gap::COLON == 0 {
        return false;
    }
    if s.is(i, PAST) && s.is(next, TO) && !s.closed_at(next) {
        passive(s, i, out);
    }
    if s.is(i, SAY_WEAK) && next == i + 1 && !opens_clause(s, i) || s.is(i, PERCEIVE) && perceived(s, next, limit) {
        return false;
    }
    // "told the rebels to leave": the listener is nobody's word
    let told_to = || (next + 1..(next + 6).min(limit)).take_while(|&j| !s.closed_at(j)).find(|&j| s.infinitive(j));
    let start = match that {
        Some(that) if s.is(next, ADJUNCT) && !s.is(next, GOVERNED) || s.closed_at(next) => that,
        Some(that) if s.is(i, TELL) && that < i + 8 => that,
        _ if s.is(i, TELL) => told_to().unwrap_or(if s.closed_at(next + 1) { next } else { next + 1 }),
        _ => next,
    };
    // A phrase ends at a comma; a clause may go on.
    let phrase = s.infinitive(start) || s.is(start, PREPOSITION | ADJUNCT);
    let end = match start {
        _ if phrase => short_stop(s, start),
        _ if start == next => limit,
        _ => stop(s, i, start),
    };
    push(s, i, start, end, Id::Said, out);
    if s.is(end, AGAIN) && !s.is(end, COORDINATOR) {
        let back = s.next_break(end + 1, gap::COMMA);
        if back < s.to && s.is(back, AUXILIARY | COORDINATOR | THAT | SUBORDINATOR | GERUND) {
            push(s, i, back, stop(s, i, back), Id::Said, out);
        }
    }
    end == s.to
}

/// "saw the rebels", "feared rebels": somebody or something is perceived; nothing is said of it, as a clause or *as* would.
fn perceived(s: &Sentence, next: usize, limit: usize) -> bool {
    let says = |j: usize| s.opens_content(j) || s.is(j, AUXILIARY | LIKE_SAID | TO);
    let clause = |j: &usize| !s.closed_at(*j) && !s.is(*j, RELATIVE);
    !s.is(next, PREPOSITION | QUESTION | WHETHER | GERUND) && !(next..limit).take_while(clause).any(says)
}

/// "The call was first reported by the paper", "the minister is said to": what is reported stands first.
fn passive(s: &Sentence, i: usize, out: &mut Vec<Decided>) {
    let begin = (s.from + 1..i).rev().find(|&j| s.breaks(j, gap::PUNCTUATION)).unwrap_or(s.from);
    let Some(verb) = (begin..i).rev().take(4).find(|&j| s.is(j, BE)) else { return };
    if s.is(i, PAST) && !s.is(i, AMBIGUOUS) && !s.any(begin..verb, AUXILIARY | RELATIVE) && s.says(i, SAY) {
        let begin = if s.is(begin, COORDINATOR | SUBORDINATOR) { begin + 1 } else { begin };
        push(s, i, begin, verb, Id::Passive, out);
    }
}

/// "about whether", "on how": a question that somebody asks.
fn embedded(s: &Sentence, i: usize, out: &mut Vec<Decided>) {
    let next = i + 1;
    if !s.closed_at(next) && !s.quoted(next) {
        push(s, i, next, short_stop(s, next), Id::Embedded, out);
    }
}

/// "It is hard to say": nobody says it.
fn infinitive_of_it(s: &Sentence, i: usize) -> bool {
    i > s.from
        && s.is(i - 1, TO)
        && (i.saturating_sub(5).max(s.from)..i).any(|j| s.is(j, IMPERSONAL) && s.is(j + 1, BE))
}

/// "It seems that": the text's own caution.
fn impersonal(s: &Sentence, i: usize) -> bool {
    (i.saturating_sub(4).max(s.from)..i).any(|j| s.is(j, IMPERSONAL))
}

/// A clause follows at once: "that", a question word, a new subject, or a quotation.
fn opens_clause(s: &Sentence, i: usize) -> bool {
    let next = s.after(i);
    let that = !s.closed_at(next) && (next..next + 4).any(|j| s.opens_content(j));
    that || s.is(next, PRONOUN | RELATIVE) || s.quoted(next) || s.is(next, QUESTION) && !s.is(next, AUXILIARY)
}

/// "over perceived faults", "the minister's repeated threats": a participle that stands like an adjective.
fn adjective(s: &Sentence, i: usize) -> bool {
    if i == s.from || !s.is(i, PAST) || s.is(i, NOUN | ADJECTIVE) {
        return false;
    }
    let owned = s.possessive(i - 1) && !s.is(i - 1, PRONOUN | RELATIVE);
    owned || s.is(i - 1, PREPOSITION)
}

/// Whether a form that is also a noun is a verb here, by its neighbours.
fn is_verb(s: &Sentence, i: usize) -> bool {
    if i == s.from {
        return s.is(i, GERUND | PAST);
    }
    let adverb = |&j: &usize| !s.is(j, ADVERB) || s.breaks(j + 1, gap::PUNCTUATION);
    let before = (s.from..i).rev().find(adverb).unwrap_or(s.from);
    if s.is(before, SPEAKER) && (s.plural(before) != s.plural(i) || s.is(before, DETERMINER)) && !s.closed_at(i + 1) {
        return true;
    }
    if s.is(before, DETERMINER) || s.possessive(before) && !s.is(before, PRONOUN) {
        return false;
    }
    if s.is(before, PREPOSITION) && !s.is(before, TO) {
        return s.is(i, GERUND);
    }
    if s.is(i, GERUND) || s.is(before, TO | PRONOUN | RELATIVE | AUXILIARY | ADJUNCT) {
        return true;
    }
    let subject = s.capital(before) || s.is(before, SPEAKER) || s.plural(before);
    let object = s.is(i + 1, DETERMINER | PRONOUN | THAT | TO | QUESTION) || s.capital(i + 1) || s.quoted(i + 1);
    subject && object && !s.closed_at(i + 1)
}

pub(super) fn that_follows(s: &Sentence, i: usize) -> bool {
    (i + 1..(i + 14).min(s.to)).any(|j| s.says(j, THAT))
}

fn stop(s: &Sentence, i: usize, j: usize) -> usize {
    let lean = s.is(s.from, SUBORDINATOR) || s.is(s.from, COORDINATOR) && s.is(s.from + 1, SUBORDINATOR);
    if lean || i == s.from && s.is(i, PAST | GERUND) {
        let comma = s.next_break(s.from + 1, gap::COMMA);
        if comma > j {
            return comma;
        }
    }
    // After a comma the text may speak again: an apposition, "but", "who"; and more likely so the longer it is.
    let again = |k: &usize| s.breaks(*k, gap::COMMA) && (s.is(*k, AGAIN) || *k > j + LONG);
    (j + 1..s.to).find(again).unwrap_or(s.to)
}

/// So many words after a cue, a comma more often than not ends what it governs.
const LONG: usize = 25;

/// Where a phrase ends: at any comma, semicolon or dash, but a list goes on to its last member.
fn short_stop(s: &Sentence, j: usize) -> usize {
    let stop = s.next_break(j + 1, PAUSE);
    listed(s, stop).unwrap_or(stop)
}

const PAUSE: u16 = gap::COMMA | gap::SEMICOLON | gap::DASH;

/// Most words of a member of a list.
const MEMBER: usize = 6;

/// "…, trains, airports and roads": the end of a list that a comma goes on with, if it is one.
fn listed(s: &Sentence, comma: usize) -> Option<usize> {
    let mut begin = comma;
    while begin < s.to && s.gap(begin) & gap::COMMA != 0 {
        let end = s.next_break(begin + 1, PAUSE);
        if s.any(begin..end.min(begin + MEMBER), AUXILIARY | RELATIVE | PRONOUN | SUBORDINATOR | SAY)
            || s.is(begin, ADJUNCT)
        {
            return None;
        }
        if (begin..end.min(begin + MEMBER)).any(|i| s.is(i, COORDINATOR)) {
            return (begin > comma || !s.is(begin, COORDINATOR)).then_some(end);
        }
        if end - begin > MEMBER {
            return None;
        }
        begin = end;
    }
    None
}

/// Where a noun phrase ends: at the next preposition, joining word or punctuation.
fn brief_stop(s: &Sentence, j: usize) -> usize {
    let last = |k: usize| s.is(k, SUBORDINATOR | ADJUNCT) && !s.is(k, GOVERNED | TO | ABOUT);
    (j + 1..s.to).find(|&k| s.closed_at(k) || last(k)).unwrap_or(s.to)
}

/// Says of the words `said` that the cue decides them, by the rule.
pub(super) fn push(s: &Sentence, cue: usize, start: usize, end: usize, rule: Id, out: &mut Vec<Decided>) {
    if start < end {
        put(cue, start..end, rule, source::of(s, cue, start..end, rule), out);
    }
}

/// The same, where the speaker is known.
pub(super) fn put(
    cue: usize,
    said: Range<usize>,
    rule: Id,
    source: Option<Span<ArticleToken>>,
    out: &mut Vec<Decided>,
) {
    if said.start < said.end {
        let cue = Some(Span::new(cue as u32, cue as u32 + 1));
        out.push(Decided { start: said.start as u32, end: said.end as u32, rule, cue, source });
    }
}
