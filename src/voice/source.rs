//! The words of the speaker: who is said to have said it.
//!
//! In: a sentence, the cue of what is said, and the words that are said. Out: the noun phrase of the speaker, if it stands there.
//! Invariants: a source is never inside what is said, never holds quoted words, and never leaves its sentence.
//! Appositions, relative clauses and parentheses between a speaker and the verb are skipped.
//! It deliberately has no parser, and gives nothing rather than a guess.

use super::cues::class::*;
use super::rules::Id;
use super::sentence::Sentence;
use super::words::gap;
use crate::text::{ArticleToken, Span};
use std::ops::Range;

/// Most words of a speaker.
const LONGEST: usize = 16;
/// Most appositions and relative clauses between a speaker and the verb.
const HOPS: usize = 5;
/// Marks that end a phrase: all but the full stop of an abbreviation, which stands within a sentence.
const PAUSE: u16 = gap::PUNCTUATION & !gap::STOP;

/// The speaker of the cue at token `cue` over the words `said`.
pub(super) fn of(s: &Sentence, cue: usize, said: Range<usize>, rule: Id) -> Option<Span<ArticleToken>> {
    // "self-proclaimed": part of a compound is no verb with a subject
    if s.gap(cue) & gap::JOINED != 0 {
        return None;
    }
    let words = match rule {
        Id::Name => Some(s.from..said.start),
        Id::Evidential | Id::SoCalled => None,
        Id::Noun | Id::Adjective if owner(s, cue).is_some() => owner(s, cue),
        _ if s.is(cue, ACCORDING) => after(s, s.after(cue), &said),
        Id::Passive => agent(s, s.after(cue)),
        Id::Noun => by(s, s.after(cue)..said.start).or_else(|| first(s, s.from, cue)),
        Id::Before | Id::Resumed | Id::According | Id::Dash => beside(s, cue, &said),
        _ if said.end <= cue => beside(s, cue, &said),
        _ if s.is(s.after(cue), PARTICLE) && s.is(cue, PAST) && !is_subject(s, cue) => agent(s, s.after(cue)),
        // "…," says Smith, "and …"
        _ if s.is(cue, SAY_INVERTED) && between_pauses(s, cue, said.start) => {
            after(s, s.after(cue), &said).or_else(|| subject(s, cue, &said))
        }
        _ => subject(s, cue, &said),
    }?;
    trimmed(s, words)
}

/// The verb follows what was said, and more of it follows the comma behind the speaker.
fn between_pauses(s: &Sentence, cue: usize, said: usize) -> bool {
    let comma = |i: usize| s.gap(i) & gap::COMMA != 0;
    cue > s.from && (s.quoted(cue - 1) || comma(cue) && said > s.after(cue) && comma(said))
}

/// A speaker beside a verb that stands after what is said: before the verb, else behind it ("…, said the minister").
fn beside(s: &Sentence, cue: usize, said: &Range<usize>) -> Option<Range<usize>> {
    let inverted = cue == s.from || s.quoted(cue - 1) || said.end == cue;
    if inverted {
        return after(s, s.after(cue), said);
    }
    subject(s, cue, said).or_else(|| after(s, s.after(cue), said))
}

/// A noun phrase right before the verb stands there, not another verb or a joining word.
fn is_subject(s: &Sentence, cue: usize) -> bool {
    cue > s.from && !s.is(cue - 1, AUXILIARY | COORDINATOR | ADVERB | BE)
}

/// "reported by the paper".
fn agent(s: &Sentence, particle: usize) -> Option<Range<usize>> {
    let is_by = particle < s.to && s.words.word(particle) != b"to" && s.is(particle, PARTICLE);
    let begin = particle + 1;
    (is_by && begin < s.to && !s.closed_at(begin)).then(|| begin..phrase_end(s, begin, s.to))
}

/// "the claim by the ministry that …".
fn by(s: &Sentence, between: Range<usize>) -> Option<Range<usize>> {
    let at = between.clone().find(|&i| s.is(i, PARTICLE) && s.is(i, PREPOSITION) && !s.is(i, TO))?;
    (at + 1 < between.end).then(|| at + 1..phrase_end(s, at + 1, between.end))
}

/// "the minister's claim": who owns it.
fn owner(s: &Sentence, noun: usize) -> Option<Range<usize>> {
    let near = noun.saturating_sub(3).max(s.from)..noun;
    let last = near.rev().take_while(|&i| s.gap(i + 1) & PAUSE == 0).find(|&i| s.possessive(i) && !s.quoted(i))?;
    let begin = phrase_begin(s, s.from, last + 1);
    (begin <= last).then_some(begin..last + 1)
}

/// A speaker that stands from token `begin` on.
fn after(s: &Sentence, begin: usize, said: &Range<usize>) -> Option<Range<usize>> {
    let limit = if said.start >= begin { said.start.min(s.to) } else { s.to };
    if begin >= limit || s.quoted(begin) || begin > s.from && s.gap(begin) & PAUSE != 0 {
        return None;
    }
    let end = phrase_end(s, begin, limit);
    (end > begin).then_some(begin..end)
}

/// The end of a noun phrase that begins at `begin`: at a pause, a verb, a relative clause, or where an adverbial opens.
fn phrase_end(s: &Sentence, begin: usize, limit: usize) -> usize {
    let adverbial = |i: usize| s.is(i, ADJUNCT | SUBORDINATOR) && !s.is(i, DETERMINER) && !inner(s, i);
    let ends = |&i: &usize| {
        s.gap(i) & (PAUSE | gap::QUOTE) != 0
            || s.quoted(i)
            || s.is(i, RELATIVE | THAT) && !s.is(i, DETERMINER)
            || s.is(i, AUXILIARY)
            || adverbial(i) && i > begin
    };
    (begin + 1..limit.min(begin + LONGEST)).find(ends).unwrap_or(limit.min(begin + LONGEST))
}

/// A preposition inside a name or a title: "of the ministry", "spokesman for the ministry", "head at the bank".
fn inner(s: &Sentence, i: usize) -> bool {
    let word = s.words.word(i);
    let binds = [b"of".as_slice(), b"for", b"with", b"at", b"from"].contains(&word);
    binds && (s.capital(i + 1) || s.is(i + 1, DETERMINER)) && !weekday(s, i + 1)
}

/// A day or a month: written with a capital, and no name.
fn weekday(s: &Sentence, i: usize) -> bool {
    s.is(i, ADJUNCT) && s.capital(i)
}

/// The subject of a verb: the noun phrase before it in its clause; over appositions, relative clauses and joined verbs.
fn subject(s: &Sentence, cue: usize, said: &Range<usize>) -> Option<Range<usize>> {
    let low = if said.end <= cue { said.end.max(s.from) } else { s.from };
    let mut end = cue;
    // "has repeatedly said", "did not say"
    let skipped = AUXILIARY | ADVERB | NEGATION;
    while end > low && s.gap(end) & PAUSE == 0 && (s.is(end - 1, skipped) || adverb(s, end - 1)) {
        end -= 1;
    }
    // "it was said", "he was told": who is named there does not speak
    let passive = !s.is(cue, GERUND) && end < cue && s.is(cue - 1, BE);
    if end <= low || passive {
        return None;
    }
    if s.gap(end) & PAUSE == 0 && !s.quoted(end - 1) {
        if s.is(end - 1, RELATIVE) {
            return noun_before(s, low, end - 1);
        }
        let begin = phrase_begin(s, low, end);
        if is_phrase(s, begin, end) && !governed(s, low, begin) && nominal(s, begin, end) {
            return Some(begin..end);
        }
        return first(s, low, cue);
    }
    if s.is(cue, GERUND) {
        return before_participle(s, cue).or_else(|| first(s, low, cue)).or_else(|| apposed(s, low, end));
    }
    apposed(s, low, end).or_else(|| first(s, low, cue))
}

/// "…, the minister said, adding that": who has spoken before the comma goes on.
fn before_participle(s: &Sentence, participle: usize) -> Option<Range<usize>> {
    if s.gap(participle) & gap::COMMA == 0 {
        return None;
    }
    let pause = |&i: &usize| s.gap(i) & (PAUSE | gap::QUOTE) != 0;
    let begin = (s.from + 1..participle).rev().find(pause).unwrap_or(s.from);
    let verb = (begin..participle).find(|&i| s.says(i, SAY_AFTER) && !s.is(i, GERUND))?;
    beside(s, verb, &(s.from..begin))
}

/// What begins at `begin` is the object of the word before it, no subject: "showed no sign", "has been outspoken".
fn governed(s: &Sentence, low: usize, begin: usize) -> bool {
    begin > low
        && s.gap(begin) & PAUSE == 0
        && !s.quoted(begin - 1)
        && (s.is(begin - 1, AUXILIARY) || finite(s, begin - 1))
}

/// A finite verb by its form and the noun before it: "Mr. Obama expressed", "the paper focuses"; not "a newly released report".
fn finite(s: &Sentence, i: usize) -> bool {
    let before = |i: usize| if s.is(i - 1, ADVERB) && i > s.from + 1 { i - 2 } else { i - 1 };
    let noun = |j: usize| s.capital(j) || s.is(j, PRONOUN | SPEAKER | RELATIVE) || ends_in_s(s, j);
    !s.capital(i) && s.is(i, VERB | PAST) && i > s.from && s.gap(i) & gap::JOINED == 0 && noun(before(i))
}

fn ends_in_s(s: &Sentence, i: usize) -> bool {
    let word = s.words.word(i);
    word.len() > 3 && word.ends_with(b"s") && !word.ends_with(b"ss")
}

/// "quickly said": an adverb by its ending.
fn adverb(s: &Sentence, i: usize) -> bool {
    let word = s.words.word(i);
    word.len() > 4 && word.ends_with(b"ly") && !s.capital(i) && s.is(i + 1, SAY | WANT | JUDGE)
}

/// The noun that a relative pronoun at `relative` is about.
fn noun_before(s: &Sentence, low: usize, relative: usize) -> Option<Range<usize>> {
    if relative <= low || s.quoted(relative - 1) {
        return None;
    }
    let begin = phrase_begin(s, low, relative);
    is_phrase(s, begin, relative).then_some(begin..relative)
}

/// "Mrs. Brewer, who signed it, said", "John McCain, R-Ariz., told": the speaker stands before what the pauses enclose.
fn apposed(s: &Sentence, low: usize, end: usize) -> Option<Range<usize>> {
    let mut found = None;
    let mut end = end;
    for _ in 0..HOPS {
        let pause = (low + 1..end).rev().find(|&i| s.gap(i) & PAUSE != 0 || s.quoted(i - 1) && !s.quoted(i));
        let begin = pause.unwrap_or(low);
        let phrase = phrase_begin(s, begin, end);
        let closed = RELATIVE | PREPOSITION | SUBORDINATOR | COORDINATOR | GERUND;
        let starts = phrase == begin && !s.is(begin, closed) && !alarmed(s, begin);
        if starts && names(s, phrase, end) {
            found = Some(phrase..end);
        } else if phrase > begin && pause.is_none() && names(s, phrase, end) {
            return Some(phrase..end); // "On Monday the minister, a Socialist, said"
        }
        let Some(pause) =
            pause.filter(|&i| s.gap(i) & (gap::COMMA | gap::OPEN_PAREN | gap::CLOSE_PAREN | gap::DASH) != 0)
        else {
            break;
        };
        if s.is(pause, COORDINATOR) && found.is_some() || s.quoted(pause - 1) {
            break;
        }
        end = pause;
    }
    found
}

/// "Alarmed by the unrest, …": a participle opens the sentence, not a speaker.
fn alarmed(s: &Sentence, begin: usize) -> bool {
    begin == s.from && s.words.word(begin).ends_with(b"ed") && s.is(begin + 1, PARTICLE | PREPOSITION)
}

/// Where nothing before the verb is a subject ("went home and said"): the first noun phrase of the sentence, before its first verb.
fn first(s: &Sentence, low: usize, cue: usize) -> Option<Range<usize>> {
    let mut begin = low;
    while begin < cue && s.is(begin, COORDINATOR | ADVERB) {
        begin += 1;
    }
    if s.quoted(begin) {
        return None;
    }
    if begin < cue && s.is(begin, ADJUNCT | PREPOSITION | SUBORDINATOR) && !s.is(begin, DETERMINER) {
        begin = (begin + 1..cue).find(|&i| s.gap(i) & gap::COMMA != 0)?;
    }
    let stops = |&i: &usize| {
        let verb = s.is(i, AUXILIARY | RELATIVE | SAY | WANT) || finite(s, i);
        s.gap(i) & PAUSE != 0 || s.quoted(i) || verb
    };
    let end = (begin + 1..cue.min(begin + LONGEST)).find(stops)?;
    // "Together, they": one word and a comma open a sentence
    let opening = end == begin + 1 && s.gap(end) & PAUSE != 0 && !s.is(begin, SPEAKER | PRONOUN);
    (!opening && names(s, begin, end) && nominal(s, begin, end)).then_some(begin..end)
}

/// Where the noun phrase begins that ends before token `end`: after the last pause, verb or joining word.
fn phrase_begin(s: &Sentence, low: usize, end: usize) -> usize {
    let floor = low.max(end.saturating_sub(LONGEST));
    let mut begin = floor;
    for i in (floor..end).rev() {
        let joins =
            s.is(i, SUBORDINATOR | THAT | RELATIVE) && !s.is(i, DETERMINER | PREPOSITION) || relates(s, floor, i);
        let verb = s.is(i, AUXILIARY) || s.is(i, SAY) && !s.capital(i) && !s.is(i, AMBIGUOUS | NOUN) && i + 1 < end;
        let clause = s.is(i, COORDINATOR) && !listed(s, floor, i, end);
        if s.quoted(i) || joins || verb || clause {
            begin = i + 1;
            break;
        }
        if s.gap(i) & (PAUSE | gap::QUOTE) != 0 {
            begin = i;
            break;
        }
    }
    opened(s, begin, end)
}

/// "It's", "that's": what stands there speaks of no person.
fn it_is(s: &Sentence, i: usize) -> bool {
    let word = s.words.word(i).to_ascii_lowercase();
    s.possessive(i) && [b"it".as_slice(), b"that", b"there", b"what"].iter().any(|start| word.starts_with(start))
}

/// "an area that protesters [call …]": *that* after a noun relates to it, and somebody else follows; in "in that area" it points.
fn relates(s: &Sentence, floor: usize, i: usize) -> bool {
    let opens = PREPOSITION | COORDINATOR | SUBORDINATOR | AUXILIARY | SAY | ADVERB;
    i > floor
        && s.words.word(i) == b"that"
        && s.gap(i) & (PAUSE | gap::QUOTE) == 0
        && !s.is(i - 1, opens)
        && !s.is(i + 1, VERB | PAST | AUXILIARY | ADVERB)
}

/// "X and Y said": what stands before the joining word is a noun phrase too.
fn listed(s: &Sentence, low: usize, coordinator: usize, end: usize) -> bool {
    let is_noun = |i: usize| s.capital(i) || s.is(i, SPEAKER);
    s.words.word(coordinator) == b"and"
        && coordinator > low
        && coordinator + 1 < end
        && is_noun(coordinator - 1)
        && (coordinator + 1..end).any(is_noun)
        && s.gap(coordinator) & PAUSE == 0
}

/// Past an adverbial that opens the phrase without a comma: "On Monday the minister", "In Astana officials".
fn opened(s: &Sentence, begin: usize, end: usize) -> usize {
    let mut begin = begin;
    while begin < end && s.is(begin, COORDINATOR | ADVERB) {
        begin += 1;
    }
    let opens = s.is(begin, ADJUNCT) && !s.is(begin, DETERMINER) || s.is(begin, PREPOSITION);
    if !opens || begin + 1 >= end {
        return begin;
    }
    if weekday(s, begin) && !s.is(begin, PREPOSITION) {
        return begin + 1;
    }
    let object = begin + 1;
    (object + 1..end).find(|&i| s.is(i, DETERMINER | PRONOUN | SPEAKER)).unwrap_or(if weekday(s, object) {
        object + 1
    } else {
        begin
    })
}

/// Words that can be a subject: not only small ones.
fn is_phrase(s: &Sentence, begin: usize, end: usize) -> bool {
    begin < end
        && !s.is(end - 1, PREPOSITION | COORDINATOR | SUBORDINATOR | TO)
        && !(begin + 1 == end && s.is(begin, GERUND | AUXILIARY))
}

/// Words that name somebody: a name, a pronoun, a noun for people, or a noun with its article.
fn names(s: &Sentence, begin: usize, end: usize) -> bool {
    is_phrase(s, begin, end)
        && ((begin..end).any(|i| s.capital(i) && !weekday(s, i) || s.is(i, SPEAKER))
            || s.is(begin, PRONOUN | DETERMINER))
}

/// The last word of a noun phrase before its first preposition.
fn head(s: &Sentence, start: usize, end: usize) -> usize {
    (start + 1..end).find(|&i| s.is(i, PREPOSITION)).unwrap_or(end) - 1
}

/// A noun phrase that may speak: it opens with a name, a pronoun, a noun for people, an article or a plural, and not with a verb.
fn nominal(s: &Sentence, start: usize, end: usize) -> bool {
    if start == s.from && s.is(start, GERUND) && !s.is(start, SPEAKER) {
        return false;
    }
    if s.is(start, QUESTION) && !s.is(start, DETERMINER | PRONOUN) {
        return false;
    }
    if s.capital(start) && !s.is(start, ADJUNCT | PREPOSITION | DETERMINER) || s.is(start, PRONOUN | SPEAKER) {
        let adverbial = (start..end).all(|i| s.is(i, ADJUNCT | ADVERB)) || end == start + 2 && s.is(end - 1, ADJUNCT);
        return !adverbial;
    }
    if s.is(start, DETERMINER) {
        return end > start + 1 && !s.is(end - 1, DETERMINER);
    }
    let closed =
        PREPOSITION | SUBORDINATOR | AUXILIARY | GERUND | VERB | NEGATION | ADJUNCT | ADVERB | COORDINATOR | RELATIVE;
    if s.is(start, closed) {
        return false;
    }
    let head = head(s, start, end);
    let people = s.capital(head) || s.is(head, SPEAKER) || ends_in_s(s, head) && !s.is(head, SAY | WANT | JUDGE | SEEM);
    people && (!s.is(start, PAST) || end == start + 2)
}

/// Without small words at the edges, up to its first verb; nothing where nothing is left that may speak.
fn trimmed(s: &Sentence, words: Range<usize>) -> Option<Span<ArticleToken>> {
    let Range { mut start, mut end } = words;
    while start < end && s.is(start, COORDINATOR | THAT) && (!s.is(start, DETERMINER) || s.capital(start + 1)) {
        start += 1;
    }
    // "The only regret he": what stands before a pronoun is another phrase
    if end > start + 1 && s.is(end - 1, PRONOUN) && !s.is(end - 2, COORDINATOR) {
        start = end - 1;
    }
    end = (start + 1..end).find(|&i| finite(s, i)).unwrap_or(end);
    while end > start && s.is(end - 1, PREPOSITION | COORDINATOR | ADVERB) {
        end -= 1;
    }
    // "A few hours later he": what stands before a pronoun is another phrase
    if end > start + 1 && s.is(end - 1, PRONOUN) && !s.is(end - 2, COORDINATOR) {
        start = end - 1;
    }
    let is_mute = |i: usize| s.is(i, NO_SPEAKER);
    let speaks = start < end
        && nominal(s, start, end)
        && !(end == start + 1 && (s.is(start, RELATIVE) || it_is(s, start)))
        && !(is_mute(start) || is_mute(head(s, start, end)));
    speaks.then(|| Span::new(start as u32, end as u32))
}
