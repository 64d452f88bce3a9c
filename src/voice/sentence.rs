//! A sentence as the rules see it.
//!
//! In: the columns of an article and a range of tokens. Out: answers about single tokens and the punctuation between them.
//! Invariant: no answer looks outside the range, but for the punctuation after its last token.
//! It deliberately decides nothing.

use super::cues::class::*;
use super::words::{Words, capitals, gap, possessive};
use std::cell::OnceCell;

/// A sentence, or a piece of a very long one.
pub(super) struct Sentence<'a> {
    pub words: &'a Words<'a>,
    pub from: usize,
    pub to: usize,
    /// It begins a paragraph.
    pub leads: bool,
    /// Set in capitals: they tell no names. Found out when first asked.
    shouts: OnceCell<bool>,
    /// Its tokens that a rule may begin at.
    pub hot: &'a [u32],
    /// Every class of cue that these have.
    pub seen: u64,
}

impl<'a> Sentence<'a> {
    pub(super) fn of(words: &'a Words<'a>, from: usize, to: usize, leads: bool, hot: &'a [u32]) -> Sentence<'a> {
        let seen = hot.iter().fold(0, |all, &i| all | words.mask[i as usize]);
        Sentence { words, from, to, leads, shouts: OnceCell::new(), hot, seen }
    }

    /// The sentence of a token, without what a rule may begin at.
    pub(super) fn of_token(&self, token: usize) -> Sentence<'a> {
        Sentence::at(self.words, token)
    }

    /// As [`Self::of_token`], of an article.
    pub(super) fn at(words: &'a Words<'a>, token: usize) -> Sentence<'a> {
        let sentences = words.article.sentences;
        let next = sentences.partition_point(|&begin| begin as usize <= token);
        let from = sentences.get(next.wrapping_sub(1)).map_or(0, |&begin| begin as usize);
        let to = sentences.get(next).map_or(words.article.spans.len(), |&begin| begin as usize);
        Sentence::of(words, from, to, false, &[])
    }

    /// The tokens of some of the classes that a rule may begin at, outside quotation marks or not.
    pub(super) fn each(&self, classes: u64) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.hot.iter().map(|&i| i as usize).filter(move |&i| self.words.mask[i] & classes != 0)
    }

    pub(super) fn is(&self, i: usize, classes: u64) -> bool {
        i < self.to && self.words.mask[i] & classes != 0
    }
    /// As [`Self::is`], of a word outside quotation marks.
    pub(super) fn says(&self, i: usize, classes: u64) -> bool {
        self.is(i, classes) && !self.quoted(i)
    }
    pub(super) fn quoted(&self, i: usize) -> bool {
        i < self.to && self.words.gap[i] & gap::QUOTED != 0
    }
    pub(super) fn capital(&self, i: usize) -> bool {
        i < self.to
            && capitals(self.words.word(i)) > 0
            && !self.shouts.get_or_init(|| self.words.shouts(self.from, self.to))
    }
    /// Ends in `'s`, which folding took off.
    pub(super) fn possessive(&self, i: usize) -> bool {
        possessive(self.words.word(i))
    }
    pub(super) fn plural(&self, i: usize) -> bool {
        self.words.word(i).ends_with(b"s")
    }
    /// The token after a cue, be it a word or a phrase.
    pub(super) fn after(&self, cue: usize) -> usize {
        let mut next = cue + 1;
        while self.is(next, INSIDE) {
            next += 1;
        }
        next
    }
    pub(super) fn digit(&self, i: usize) -> bool {
        i < self.to && self.words.article.text.as_bytes()[self.words.article.spans[i].start as usize].is_ascii_digit()
    }
    pub(super) fn gap(&self, i: usize) -> u16 {
        self.words.gap[i]
    }
    /// Punctuation between words of one quotation is the quotation's.
    pub(super) fn breaks(&self, i: usize, kinds: u16) -> bool {
        self.gap(i) & kinds != 0 && !(i > self.from && self.quoted(i) && self.quoted(i - 1))
    }
    /// First break of a kind before a token of `from..self.to`; `self.to` where there is none.
    pub(super) fn next_break(&self, from: usize, kinds: u16) -> usize {
        (from..self.to).find(|&i| self.breaks(i, kinds)).unwrap_or(self.to)
    }
    pub(super) fn any(&self, mut range: std::ops::Range<usize>, classes: u64) -> bool {
        range.any(|i| self.says(i, classes) && !(i > self.from && self.capital(i)))
    }
    /// A piece of punctuation ends the piece of sentence before token `i`, or the sentence does.
    pub(super) fn closed_at(&self, i: usize) -> bool {
        i >= self.to || self.breaks(i, gap::PUNCTUATION & !gap::STOP)
    }

    /// "that" before a clause, not "like that of".
    pub(super) fn opens_content(&self, i: usize) -> bool {
        self.is(i, THAT) && !(i > self.from && self.is(i - 1, PREPOSITION))
    }
    /// "to" before a verb, not before somebody.
    pub(super) fn infinitive(&self, i: usize) -> bool {
        self.is(i, TO) && !self.is(i + 1, DETERMINER | SPEAKER) && !self.capital(i + 1)
    }
    /// "I think", "we know": the text speaks of itself, and that is its own voice.
    pub(super) fn first_person(&self, cue: usize) -> bool {
        let before = cue.saturating_sub(3).max(self.from)..cue;
        before.rev().take_while(|&i| !self.breaks(i + 1, gap::PUNCTUATION)).any(|i| self.is(i, FIRST_PERSON))
    }
}
