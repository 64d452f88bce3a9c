//! Voice: who is speaking when the word falls.
//!
//! In: the tokens of an article and the cues of its language. Out: for any token span a [`Verdict`]: voice, the rule that decided,
//! the cue, the words of the speaker, and whether the words are negated, hedged or part of a question.
//! Invariants: nothing crosses a paragraph; the first rule of [`RULES`] that covers a word decides it; the work is linear in the text.
//! It deliberately does not find furniture or repeats (`clean` does), knows no frame, and has no word of any language in it.

mod attribution;
mod before;
mod cues;
mod kept;
mod marked;
mod quotes;
mod rules;
mod scare;
mod scopes;
mod sentence;
mod words;

pub use cues::{CueEntry, Cues, NAMES as CUE_CLASSES, TypeCues, read as read_cues};
pub use marked::{Flagged, Marked, Run, Verdict};
pub use rules::{RULES, Rule};

use crate::tokenise::ArticleTokens;
use attribution::Decided;
use marked::Canvas;
use sentence::Sentence;
use words::Words;

/// Who is speaking; exactly one for a word, in this order of precedence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voice {
    /// Site furniture: excluded from counts.
    Furniture,
    /// A quoted title, a nickname, a word as word.
    Mention,
    /// Somebody's words in quotation marks.
    Quoted,
    /// Quotation marks by which the author keeps a distance.
    Scare,
    /// What somebody is said to say, think or want, without quotation marks.
    Attributed,
    /// The text's own.
    Own,
}

impl Voice {
    /// All voices, in order.
    pub const ALL: [Voice; 6] =
        [Voice::Furniture, Voice::Mention, Voice::Quoted, Voice::Scare, Voice::Attributed, Voice::Own];

    /// As it stands in tables.
    pub fn name(self) -> &'static str {
        match self {
            Voice::Furniture => "furniture",
            Voice::Mention => "mention",
            Voice::Quoted => "quoted",
            Voice::Scare => "scare",
            Voice::Attributed => "attributed",
            Voice::Own => "own",
        }
    }
}

/// What a study may change.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Options {
    /// Most words of a scare quote.
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
pub const VERSION: u32 = 2;

/// Finds the voices of one article after another; what it needs for that it keeps.
#[derive(Default)]
pub struct Marker {
    decided: Vec<Decided>,
    flags: Vec<u8>,
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
        self.decided.clear();
        self.flags.clear();
        self.flags.resize(article.spans.len(), 0);
        let mut words = Words::of(article, cues);
        let quotations = quotes::pair(&mut words);
        let count = article.spans.len();
        let mut next = 0;
        let mut paragraph = 0;
        let mut asked = false;
        for (number, &begin) in article.sentences.iter().enumerate() {
            let end = article.sentences.get(number + 1).map_or(count, |&end| end as usize);
            while paragraph < article.paragraphs.len() && article.paragraphs[paragraph] < begin {
                paragraph += 1;
            }
            let leads = article.paragraphs.get(paragraph) == Some(&begin);
            asked = scopes::asks(&words, begin as usize, end, asked);
            let mut from = begin as usize;
            while from < end {
                let to = (from + PIECE).min(end);
                let sentence = Sentence::of(&words, from, to, leads && from == begin as usize);
                let before = self.decided.len();
                attribution::attribute(&sentence, &mut self.decided);
                let attributed = before..self.decided.len();
                scopes::flag(&sentence, asked, options, &mut self.flags);
                let first = next;
                while next < quotations.list.len() && (quotations.list[next].start as usize) < to {
                    next += 1;
                }
                let here = &quotations.list[first..next];
                for (k, quotation) in here.iter().enumerate() {
                    let left = k.checked_sub(1).map_or(u32::MAX, |k| quotation.start.saturating_sub(here[k].end));
                    let right = here.get(k + 1).map_or(u32::MAX, |next| next.start.saturating_sub(quotation.end));
                    let within = |d: &Decided| d.start <= quotation.start && quotation.end <= d.end;
                    let around = scare::Around {
                        nearest: left.min(right) as usize,
                        attributed: self.decided[attributed.clone()].iter().any(within),
                    };
                    scare::decide(&sentence, quotation, around, options, &mut self.decided);
                }
                from = to;
            }
        }
        let runs = self.canvas.runs(&self.decided, count, options);
        Marked::new(runs, marked::flagged(&self.flags), quotations.repaired)
    }
}
