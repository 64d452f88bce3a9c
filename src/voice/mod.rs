//! Voice: who is speaking when the word falls.
//!
//! In: the tokens of an article and the cues of its language. Out: for any token span a [`Verdict`]: voice, the rule that decided,
//! the cue, the words of the speaker, and whether the words are negated, hedged or part of a question.
//! Invariants: nothing but a turn of a transcript and its speaker crosses a paragraph; the first rule of [`RULES`] that covers a word
//! decides it; the work is linear in the text.
//! It deliberately does not find furniture or repeats (`clean` does), knows no frame, and has no word of any language in it.

mod according;
mod attribution;
mod before;
mod bytes;
mod carry;
mod cues;
mod dashes;
mod headlines;
mod labels;
mod marked;
mod quotes;
mod rules;
mod scare;
mod scopes;
mod second_cue;
mod sentence;
mod source;
mod speakers;
mod turns;
mod words;
mod written;

pub use cues::{CueEntry, Cues, NAMES as CUE_CLASSES, TypeCues, WordKind, read as read_cues};
pub use marked::{Flagged, Marked, Run, Verdict};
pub use rules::{RULES, Rule};
pub use written::written;

use crate::tokenise::ArticleTokens;
use attribution::Decided;
use clap::ValueEnum;
use dashes::Dashes;
use marked::Canvas;
use quotes::{Quotation, Quotations};
use sentence::Sentence;
use serde::{Deserialize, Serialize};
use words::{Columns, Words};

/// Who is speaking; exactly one for a word, in this order of precedence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Voice {
    /// Site furniture: excluded from counts.
    #[value(skip)]
    Furniture,
    /// A quoted title, a nickname, or a word mentioned as a word.
    Mention,
    /// Somebody's words in quotation marks.
    Quoted,
    /// Scare quotes, by which the author keeps a distance.
    Scare,
    /// A few words in quotation marks, and no speaker was found: wording, a name or distance.
    Marked,
    /// What somebody is said to say, think or want, without quotation marks.
    Attributed,
    /// The text's own.
    Own,
}

impl Voice {
    /// All voices, in order.
    pub const ALL: [Voice; 7] =
        [Voice::Furniture, Voice::Mention, Voice::Quoted, Voice::Scare, Voice::Marked, Voice::Attributed, Voice::Own];

    /// As it stands in tables.
    pub fn name(self) -> &'static str {
        match self {
            Voice::Furniture => "furniture",
            Voice::Mention => "mention",
            Voice::Quoted => "quoted",
            Voice::Scare => "scare",
            Voice::Marked => "marked",
            Voice::Attributed => "attributed",
            Voice::Own => "own",
        }
    }
}

/// What a study may change.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Most words in quotation marks that may be a scare quote, or marked without a speaker.
    pub scare_words: u32,
    /// Most words of a quotation that may be a title or a word as word.
    pub short_words: u32,
    /// Words after a negation that it denies.
    pub negation_words: u32,
    /// Words after a hedge that it weakens.
    pub hedge_words: u32,
    /// Names of rules that are switched off.
    pub off: Vec<String>,
}

impl Default for Options {
    fn default() -> Options {
        Options { scare_words: 3, short_words: 8, negation_words: 5, hedge_words: 8, off: Vec::new() }
    }
}

/// Longest piece of a sentence that is looked at in one: a bound, so that a text without full stops stays linear.
const PIECE: usize = 160;

/// Raised whenever the same text may get other voices: what was kept of an older program is not believed.
pub const VERSION: u32 = 6;

/// Classes that some rule begins at.
const BEGINS: u64 = attribution::BEGINS | scopes::BEGINS;

/// Finds the voices of one article after another; what it needs for that it keeps.
#[derive(Default)]
pub struct Marker {
    columns: Columns,
    decided: Vec<Decided>,
    flags: Vec<u8>,
    flagged: Vec<Flagged>,
    quotations: Quotations,
    dashes: Dashes,
    /// Tokens of short quotations that nobody says.
    unsaid: Vec<(u32, u32)>,
    canvas: Canvas,
}

/// Finds the voices of a single article.
pub fn mark(article: &ArticleTokens, cues: &TypeCues, options: &Options) -> Marked {
    Marker::default().mark(article, cues, options)
}

impl Marker {
    /// How many tokens the decisions of the last article cover, each decision by itself: a measure of the work, linear in the text.
    pub fn work(&self) -> u64 {
        self.decided.iter().map(|decided| u64::from(decided.end - decided.start)).sum()
    }

    /// Finds the voices of an article.
    pub fn mark(&mut self, article: &ArticleTokens, cues: &TypeCues, options: &Options) -> Marked {
        let count = article.spans.len();
        self.decided.clear();
        self.unsaid.clear();
        if self.flags.len() < count {
            self.flags.resize(count, 0);
        }
        let mut words = Words::of(article, cues, BEGINS, &mut self.columns);
        let mut quotations = std::mem::take(&mut self.quotations);
        quotations.pair(&mut words);
        self.sentences(&words, &quotations.list, options);
        self.quotations = quotations;
        scare::repeated(&words, &mut self.unsaid, &mut self.decided);
        self.paragraphs(&words);
        carry::carry(&mut self.decided, article.paragraphs);
        let mut runs = self.canvas.runs(&self.decided, count, options);
        speakers::outside(&mut runs);
        speakers::name(&words, &mut runs);
        words.done(&mut self.columns);
        Marked::new(runs, self.flagged.clone(), self.quotations.repaired)
    }

    /// What only whole paragraphs and their neighbours show: turns of speakers, speech after dashes, headlines.
    fn paragraphs(&mut self, words: &Words) {
        let mut dashes = std::mem::take(&mut self.dashes);
        let first = self.decided.len();
        dashes.find(words, &mut self.decided);
        if !dashes.tags.is_empty() {
            let mut place = 0;
            self.decided.retain(|decided| {
                place += 1;
                place > first || !dashes.owns(decided)
            });
        }
        self.dashes = dashes;
        turns::find(words, &mut self.decided);
        headlines::find(words, &mut self.decided);
    }

    fn sentences(&mut self, words: &Words, quotations: &[Quotation], options: &Options) {
        let article = words.article;
        let count = article.spans.len();
        let (mut quotations, mut hot) = (quotations, words.hot.as_slice());
        self.flagged.clear();
        let mut paragraph = 0;
        let mut asked = false;
        for (number, &begin) in article.sentences.iter().enumerate() {
            let end = article.sentences.get(number + 1).map_or(count, |&end| end as usize);
            while paragraph < article.paragraphs.len() && article.paragraphs[paragraph] < begin {
                paragraph += 1;
            }
            let leads = article.paragraphs.get(paragraph) == Some(&begin);
            asked = scopes::asks(words, begin as usize, end, asked);
            let mut from = begin as usize;
            while from < end {
                let to = (from + PIECE).min(end);
                let here = take_before(&mut hot, to, |&token| token);
                let quoted = take_before(&mut quotations, to, |quotation| quotation.start);
                let leads = leads && from == begin as usize;
                if !here.is_empty() || !quoted.is_empty() || leads && labels::may_name(words, from, to) {
                    let sentence = Sentence::of(words, from, to, leads, here);
                    self.piece(&sentence, quoted, options);
                    let touched = scopes::flag(&sentence, asked, options, &mut self.flags);
                    if !touched.is_empty() {
                        let first = touched.start as u32;
                        marked::take_flags(&mut self.flags[touched], first, &mut self.flagged);
                    }
                } else if asked {
                    marked::add_flags(from as u32, to as u32, scopes::ASKED, &mut self.flagged);
                }
                from = to;
            }
        }
    }

    /// What the rules decide in one piece of a sentence, and of the quotations that begin in it.
    fn piece(&mut self, sentence: &Sentence, quotations: &[Quotation], options: &Options) {
        let before = self.decided.len();
        attribution::attribute(sentence, &mut self.decided);
        let attributed = before..self.decided.len();
        for (k, quotation) in quotations.iter().enumerate() {
            let left = k.checked_sub(1).map_or(u32::MAX, |k| quotation.start.saturating_sub(quotations[k].end));
            let right = quotations.get(k + 1).map_or(u32::MAX, |next| next.start.saturating_sub(quotation.end));
            let within = |d: &Decided| d.start <= quotation.start && quotation.end <= d.end;
            let surroundings = scare::Surroundings {
                nearest: left.min(right) as usize,
                attributed: self.decided[attributed.clone()].iter().any(within),
            };
            if scare::decide(sentence, quotation, surroundings, options, &mut self.decided) {
                self.unsaid.push((quotation.start, quotation.end));
            }
        }
    }
}

/// Takes from the front of a list in order what stands before token `to`.
fn take_before<'a, T>(list: &mut &'a [T], to: usize, token: impl Fn(&T) -> u32) -> &'a [T] {
    let (taken, rest) = list.split_at(list.iter().take_while(|item| (token(item) as usize) < to).count());
    *list = rest;
    taken
}
