//! What a quotation is: somebody's wording, a scare quote, a title or a word as word.
//!
//! In: the quotations and the columns. Out: for each quotation what the rules of quotation decide, in the order of the table.
//! Invariant: every quotation is decided by at least one rule.
//! It deliberately calls a few words a scare quote only with evidence: "so-called", or the same words in marks again and again with nobody
//! who says them. Other words in marks without a speaker are called that and no more.

use super::Options;
use super::attribution::Decided;
use super::cues::class::*;
use super::labels;
use super::quotes::Quotation;
use super::rules::Id;
use super::sentence::Sentence;
use super::source;
use super::words::{Words, capitals, gap};
use crate::text::{ArticleToken, Span};

/// What stands around a quotation.
#[derive(Clone, Copy)]
pub(super) struct Surroundings {
    /// How many words away the nearest other quotation of the sentence is.
    pub nearest: usize,
    /// It stands in attributed words.
    pub attributed: bool,
}

/// Appends what the rules say of one quotation; `s` is the sentence in which it begins. True where a few words are in marks, and
/// nothing tells why.
pub(super) fn decide(
    s: &Sentence,
    q: &Quotation,
    surroundings: Surroundings,
    options: &Options,
    out: &mut Vec<Decided>,
) -> bool {
    let first = out.len();
    let (start, end) = (q.start as usize, q.end as usize);
    let (cue, source) = speaker(s, start, end);
    let labelled = || labels::named(s).filter(|&said| said <= start).map(|said| Span::new(s.from as u32, said as u32));
    let source = source.or_else(|| if cue.is_none() { labelled() } else { None });
    let mut say = |rule| out.push(Decided { start: q.start, end: q.end, rule, cue, source });
    let count = end - start;
    if q.nested || count > options.short_words as usize {
        say(Id::Quotation);
        return false;
    }
    if is_title(s, start, end) {
        say(Id::Title);
    }
    if is_nickname(s, start, end) {
        say(Id::Nickname);
    }
    if is_word(s, start, end) {
        say(Id::Word);
    }
    if is_term(s, start, end) {
        say(Id::Term);
    }
    if count > options.scare_words as usize {
        say(Id::Quotation);
        return false;
    }
    if !surroundings.attributed && (start.saturating_sub(2).max(s.from)..start).any(|i| s.is(i, SO_CALLED | DISTANCE)) {
        say(Id::SoCalled);
    }
    let colon = s.breaks(start, gap::COLON);
    if surroundings.attributed
        || colon
        || cue.is_some()
        || whole_utterance(s, start, end)
        || headline(s, start, end)
        || named(s, start)
    {
        say(Id::ShortQuotation);
    }
    if surroundings.nearest <= NEARBY {
        say(Id::QuotationNearby);
    }
    say(Id::InMarks);
    out.len() == first + 1
}

/// The same few words in marks at least twice in one article, and nobody says them: the marks are the article's own.
pub(super) fn repeated(words: &Words, unsaid: &mut [(u32, u32)], out: &mut Vec<Decided>) {
    let spelt = |&(start, end): &(u32, u32)| {
        (start..end).map(|i| words.word(i as usize).to_ascii_lowercase()).collect::<Vec<_>>()
    };
    unsaid.sort_by_cached_key(|quotation| (spelt(quotation), quotation.0));
    for same in unsaid.chunk_by(|a, b| spelt(a) == spelt(b)).filter(|same| same.len() > 1) {
        out.extend(same.iter().map(|&(start, end)| Decided { start, end, rule: Id::Scare, cue: None, source: None }));
    }
}

/// Other quoted words so near belong to the same wording.
const NEARBY: usize = 6;

/// The cue over a quotation, and the words of its speaker: a cue before it in the sentence, else one right after it.
fn speaker(s: &Sentence, start: usize, end: usize) -> (Option<Span<ArticleToken>>, Option<Span<ArticleToken>>) {
    let weak = |i: usize| s.is(i, SAY_WEAK) || s.is(i, NOUN_THAT) && !s.is(i, SAY);
    // "the Washington Post": a name is no cue, but in a headline every verb is written so
    let name = |i: usize| i > s.from && s.capital(i) && !in_capitals(s, start, end);
    let cue = |i: usize| {
        let says = s.says(i, SAY | JUDGE | ACCORDING | NOUN | TELL) && !name(i);
        says && !s.first_person(i) && !(weak(i) && i + 3 < start)
    };
    let before = (s.from..start).rev().take(FAR).find(|&i| cue(i));
    // "the congressional report said": of two, the verb
    let verb = |s: &Sentence, i: usize| if s.is(i, NOUN | AMBIGUOUS) && s.says(i + 1, SAY_AFTER) { i + 1 } else { i };
    let after = |s: &Sentence| {
        // the verb of "«…, — said X. — …»"
        let tagged = end < s.to && s.gap(end) & gap::DASH != 0 && s.says(end, SAY_INVERTED);
        let found = if tagged { Some(end) } else { None }.or_else(|| {
            (end..s.to.min(end + 10)).find(|&i| s.says(i, SAY_AFTER | ACCORDING) && !(i > s.from && s.capital(i)))
        });
        found.map(|i| verb(s, i))
    };
    if end > s.to {
        // a quotation of several sentences: its speaker may stand behind the last of them
        let last = s.of_token(end - 1);
        if let Some(at) = after(&last) {
            return (Some(Span::new(at as u32, at as u32 + 1)), source::of(&last, at, last.from..end, Id::Quotation));
        }
    }
    // "…," she said: after an utterance and a comma the speaker follows, unless one stands right before the quotation
    let utterance = end - start > UTTERANCE && end < s.to && s.gap(end) & gap::COMMA != 0;
    let follows = utterance && before.is_none_or(|at| at + 4 < start);
    let found = if follows { after(s).or(before) } else { before.or_else(|| after(s)) };
    let Some(at) = found else {
        return (None, None);
    };
    let token = Span::new(at as u32, at as u32 + 1);
    (Some(token), source::of(s, at, start..end, Id::Quotation))
}

/// Somebody is named a few words before: the nearest candidate for a speaker.
fn named(s: &Sentence, start: usize) -> bool {
    let near = start.saturating_sub(NAMED).max(s.from + 1)..start;
    near.rev()
        .take_while(|&i| s.gap(i + 1) & (gap::SEMICOLON | gap::COLON) == 0)
        .any(|i| s.capital(i) && !s.quoted(i) && i + 1 < start && !s.is(i - 1, PREPOSITION))
}

/// Words of a quotation that is more than a term in somebody else's sentence.
const UTTERANCE: usize = 4;

/// Further than this no speaker is looked for.
const FAR: usize = 40;

/// How far before a quotation a name is looked for.
const NAMED: usize = 8;

/// In a headline, words in quotation marks are somebody's: the piece has no full stop, or shouts.
fn headline(s: &Sentence, start: usize, end: usize) -> bool {
    s.leads && in_capitals(s, start, end)
}

/// Outside the quotation most words begin with a capital.
fn in_capitals(s: &Sentence, start: usize, end: usize) -> bool {
    if s.to - s.from > FAR {
        return false;
    }
    let outside = (s.from..start).chain(end..s.to);
    let (mut capitals, mut all) = (0, 0);
    for i in outside {
        all += 1;
        capitals += usize::from(s.capital(i));
    }
    all >= 3 && capitals * 3 > all * 2
}

/// A quotation that is a paragraph's or a sentence's own: it begins the sentence and ends like an utterance.
fn whole_utterance(s: &Sentence, start: usize, end: usize) -> bool {
    start == s.from && end - start > 1 && s.gap(end) & (gap::COMMA | gap::STOP | gap::ASK | gap::BANG) != 0
}

/// Written like a title: every word but small ones begins with a capital, or a noun for a work stands beside.
fn is_title(s: &Sentence, start: usize, end: usize) -> bool {
    if s.gap(start) & gap::MARKUP != 0 {
        return true;
    }
    let capitals = (start..end).filter(|&i| s.capital(i)).count();
    let small = (start..end).all(|i| s.capital(i) || s.is(i, PREPOSITION | DETERMINER | COORDINATOR) || s.digit(i));
    if capitals == 0 {
        return s.is(end, WORK) || (start..end).all(|i| s.digit(i)) && s.gap(start) & gap::ANY != 0;
    }
    let named = start > s.from && s.is(start - 1, WORK);
    if s.breaks(start, gap::COMMA | gap::COLON) && !s.is(end, WORK) && !named {
        return false;
    }
    let beside = (start.saturating_sub(2).max(s.from)..start).any(|i| s.is(i, WORK)) || s.is(end, WORK);
    let owned = start > s.from && s.possessive(start - 1) && s.capital(start - 1);
    if beside && s.capital(start) {
        return true;
    }
    if !small || !beside && !owned && (capitals < 2 || start == s.from) {
        return false;
    }
    let said = start > s.from && s.says(start - 1, SAY | JUDGE);
    beside || !said && !headline(s, start, end)
}

/// A compound before its noun: "a “red flag” law", "“pass-through” companies".
fn is_term(s: &Sentence, start: usize, end: usize) -> bool {
    let joined = (start + 1..end).any(|i| s.gap(i) & gap::JOINED != 0);
    if end - start < 2 && !joined || end >= s.to || s.gap(end) & gap::PUNCTUATION != 0 || s.capital(end) {
        return false;
    }
    let small = AUXILIARY | PREPOSITION | COORDINATOR | SUBORDINATOR | RELATIVE | THAT | DETERMINER | PRONOUN | TO;
    let verbal = SAY | VERB | PAST | GERUND | ADVERB | ADJUNCT | NEGATION;
    let near = start.saturating_sub(2).max(s.from)..start;
    let said = near.into_iter().any(|i| s.says(i, SAY | JUDGE | TELL | NAMING | ACCORDING));
    let capitals = (start..end).filter(|&i| s.capital(i)).count();
    let bare = capitals > 1 || !(start..end).any(|i| s.is(i, small & !TO | NEGATION | ADVERB) && !joined);
    bare && !said && !s.is(end, small | verbal) && !s.breaks(start, gap::COMMA | gap::COLON)
}

/// One name between two names; an initial before it may look like the end of a sentence.
fn is_nickname(s: &Sentence, start: usize, end: usize) -> bool {
    if start == 0 || end != start + 1 || !s.capital(start) || !s.capital(end) {
        return false;
    }
    let initial = s.words.article.spans[start - 1].len() == 1 && s.gap(start) & gap::BREAK == 0;
    let before = capitals(s.words.word(start - 1)) > 0;
    let apart = s.gap(start) & gap::PUNCTUATION != 0 || s.gap(end) & gap::PUNCTUATION != 0;
    before && (initial || start > s.from && !apart && !headline(s, start, end))
}

/// A word as a word: after "the word", or what somebody or something is called.
fn is_word(s: &Sentence, start: usize, end: usize) -> bool {
    let mut before = start.saturating_sub(2).max(s.from)..start;
    if before.clone().any(|i| s.is(i, WORD)) && !s.any(before.clone(), AUXILIARY) {
        return true;
    }
    let phrase = start.saturating_sub(10).max(s.from)..start;
    if phrase.clone().any(|i| s.is(i, WORD))
        && (phrase.start + 1..=start).all(|i| !s.breaks(i, gap::PUNCTUATION) || s.gap(i) & gap::DASH != 0)
        && s.is(start - 1, AUXILIARY)
    {
        return true; // "the term they use is “exempt”"
    }
    let passive = |i: usize| s.is(i, NAMING) && (i > s.from && s.is(i - 1, AUXILIARY) || s.is(i, INSIDE | PHRASE));
    let said = (end..end + 5).any(|i| s.is(i, NOUN | SAY));
    if start <= s.from + 1
        && !s.breaks(start, gap::COLON)
        && s.is(end, AUXILIARY)
        && s.gap(end) & gap::PUNCTUATION == 0
        && !said
    {
        return true; // "“Whiteness” is …"
    }
    let called = start > s.from + 1 && s.is(start - 1, NAMING) && s.gap(start - 1) & gap::COMMA != 0;
    called || before.any(passive) || s.is(end, WORD) && s.is(end, AUXILIARY)
}
