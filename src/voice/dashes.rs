//! Speech that a dash opens, and blocks that a verb of saying and a colon announce.
//!
//! In: the columns of an article. Out: what is said in such paragraphs, each with its speaker, and where the text's own words
//! stand between dashes.
//! Invariant: nothing leaves its paragraph; a dash alone is a list: a verb of saying after a second one, or a question and its
//! answer, make it speech. It deliberately has no list of marks by language: only the verbs are told apart.

use super::attribution::Decided;
use super::cues::class::*;
use super::labels::Label;
use super::rules::Id;
use super::sentence::Sentence;
use super::source;
use super::turns::opened_by;
use super::words::{Words, capitals, gap};
use crate::text::{ArticleToken, Span};
use std::ops::Range;

const LONG: &[&str] = &["—", "–", "―"];
const ANY: &[&str] = &["—", "–", "―", "-"];
/// Most words from a dash to the verb of saying behind it, and one.
const NEAR: usize = 4;
/// Most words after the last verb of saying before a block.
const ANNOUNCED: usize = 8;
/// Most words of a speaker beside the verb, where nothing else shows how long the name is.
const ALONE: usize = 3;
/// Fewest words of a block.
const BLOCK: usize = 5;

/// What was found: speech, and where the text speaks of the speaker between it, ascending.
#[derive(Default)]
pub(super) struct Dashes {
    pub tags: Vec<Range<u32>>,
}

impl Dashes {
    /// Appends what is said in an article.
    pub(super) fn find(&mut self, words: &Words, out: &mut Vec<Decided>) {
        self.tags.clear();
        let count = words.article.spans.len();
        let starts = words.article.paragraphs;
        let mut before = PreviousParagraph::default();
        for (k, &start) in starts.iter().enumerate() {
            let tokens = start as usize..starts.get(k + 1).map_or(count, |&end| end as usize);
            if tokens.is_empty() {
                continue;
            }
            let opens = opened_by(words, tokens.start, ANY);
            if opens {
                let next = starts.get(k + 1).is_some_and(|&next| opened_by(words, next as usize, LONG));
                before = self.paragraph(words, tokens, &before, next, out);
            } else {
                block(words, &tokens, out);
                before = PreviousParagraph::default();
            }
        }
    }

    /// True where a decision is of a verb that stands between dashes, over words that stand there too.
    pub(super) fn owns(&self, decided: &Decided) -> bool {
        let Some(cue) = decided.cue else { return false };
        let tag = self.tags[..self.tags.partition_point(|tag| tag.start <= cue.start)].last();
        tag.is_some_and(|tag| cue.start < tag.end && decided.start >= tag.start && decided.rule != Id::Dash)
    }

    fn paragraph(
        &mut self,
        words: &Words,
        tokens: Range<usize>,
        before: &PreviousParagraph,
        next: bool,
        out: &mut Vec<Decided>,
    ) -> PreviousParagraph {
        let long = opened_by(words, tokens.start, LONG);
        let asks = words.gap[tokens.end] & gap::ASK != 0;
        let tags = tags(words, &tokens);
        let capital = capitals(words.word(tokens.start)) > 0;
        let answered = long && capital && (asks && next || before.asks || before.speaks);
        if tags.is_empty() && !answered {
            return PreviousParagraph { asks: long && capital && asks && next, speaks: false };
        }
        let mut start = tokens.start;
        let mut speaker: Option<(usize, Option<Span<ArticleToken>>)> = None;
        let mut pieces = Vec::new();
        for tag in &tags {
            let said = start..tag.tokens.start;
            let s = Sentence::at(words, tag.verb);
            let source = source::of(&s, tag.verb, said.clone(), Id::Dash).or_else(|| beside(words, tag));
            pieces.push(said);
            speaker = speaker.or(Some((tag.verb, source)));
            self.tags.push(tag.tokens.start as u32..tag.tokens.end as u32);
            start = if tag.returns { tag.tokens.end } else { tokens.end };
        }
        pieces.push(start..tokens.end);
        let cue = speaker.map(|(verb, _)| Span::new(verb as u32, verb as u32 + 1));
        let source = speaker.and_then(|(_, source)| source);
        for piece in pieces.into_iter().filter(|piece| !piece.is_empty()) {
            let (start, end) = (piece.start as u32, piece.end as u32);
            out.push(Decided { start, end, rule: Id::Dash, cue, source });
        }
        PreviousParagraph { asks, speaks: true }
    }
}

/// What stands alone beside the verb, between it and the next mark: nobody else can be meant.
fn beside(words: &Words, tag: &Tag) -> Option<Span<ArticleToken>> {
    let begin = if tag.verb > tag.tokens.start { tag.tokens.start } else { tag.verb + 1 };
    let limit = if begin == tag.tokens.start { tag.verb } else { tag.tokens.end.min(begin + ALONE) };
    let end = (begin + 1..limit).find(|&i| words.gap[i] & gap::PUNCTUATION != 0).unwrap_or(limit);
    let apart = words.gap[begin] & (gap::PUNCTUATION & !gap::DASH) != 0 && begin > tag.verb;
    let small = PREPOSITION | ADJUNCT | SUBORDINATOR | COORDINATOR | AUXILIARY;
    let is_name = begin < end && !apart && words.mask[begin] & small == 0;
    is_name.then(|| Span::new(begin as u32, end as u32))
}

/// What the paragraph before was.
#[derive(Default)]
struct PreviousParagraph {
    asks: bool,
    speaks: bool,
}

/// The text's own words in a paragraph of speech.
struct Tag {
    tokens: Range<usize>,
    verb: usize,
    /// Speech goes on behind it.
    returns: bool,
}

/// "…, — said the mayor. — …": where the speaker is named between the dashes, or after a comma where no second dash stands.
fn tags(words: &Words, tokens: &Range<usize>) -> Vec<Tag> {
    let is = |i: usize, classes: u64| words.mask[i] & classes != 0;
    let gap = |i: usize, kinds: u16| words.gap[i] & kinds != 0;
    let dashed = (tokens.start + 1..tokens.end).any(|i| gap(i, gap::DASH));
    let opens = if dashed { gap::DASH } else { gap::COMMA | gap::ASK | gap::BANG };
    let near = if dashed { NEAR } else { 2 };
    let ends = gap::PUNCTUATION & !gap::STOP;
    let mut found = Vec::new();
    let mut i = tokens.start + 1;
    while i < tokens.end {
        let verb = gap(i, opens).then(|| {
            (i..tokens.end.min(i + near))
                .take_while(|&v| v == i || !gap(v, ends | gap::STOP))
                .find(|&v| is(v, SAY_INVERTED) && (dashed || v == i || is(i, ELISION | PRONOUN)))
        });
        let Some(verb) = verb.flatten() else {
            i += 1;
            continue;
        };
        let sentences = words.article.sentences;
        let sentence =
            sentences.get(sentences.partition_point(|&s| s as usize <= verb)).map_or(tokens.end, |&s| s as usize);
        let back = (verb + 1..tokens.end).find(|&j| gap(j, gap::DASH) || j >= sentence);
        let end = back.unwrap_or(tokens.end);
        let returns = end < tokens.end && gap(end, gap::DASH);
        found.push(Tag { tokens: i..end, verb, returns });
        if !returns {
            break;
        }
        i = end + 1;
    }
    found
}

/// The paragraph after "…, saying:".
fn block(words: &Words, tokens: &Range<usize>, out: &mut Vec<Decided>) {
    let start = tokens.start;
    let ended = words.gap[tokens.end] & (gap::STOP | gap::ASK | gap::BANG) != 0;
    if start == 0
        || words.gap[start] & gap::COLON == 0
        || words.gap[start] & gap::QUOTE != 0
        || tokens.len() < BLOCK
        || !ended
        || Label::at(words, start).is_some()
    {
        return;
    }
    let s = Sentence::at(words, start - 1);
    let near = s.to.saturating_sub(ANNOUNCED + 1).max(s.from + 1);
    // right before the colon "he wrote:", "…, saying:" are nothing but verbs of saying
    let closes = |i: usize| i + 1 == s.to && (s.is(i, SAY_INVERTED) || s.gap(i) & gap::COMMA != 0);
    let is_verb = |i: usize| !s.is(i, NOUN | AMBIGUOUS | SAY_WEAK) || closes(i) && !s.is(i, NOUN);
    let cue = (near..s.to).rev().find(|&i| s.says(i, SAY | SAY_INVERTED) && is_verb(i));
    let said_before = |cue: &usize| s.first_person(*cue) || (s.from..*cue).any(|i| s.quoted(i));
    let Some(cue) = cue.filter(|cue| !said_before(cue)) else { return };
    let source = source::of(&s, cue, s.to..s.to, Id::Block);
    let cue = Some(Span::new(cue as u32, cue as u32 + 1));
    out.push(Decided { start: start as u32, end: tokens.end as u32, rule: Id::Block, cue, source });
}
