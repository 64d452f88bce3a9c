//! Voice: who is speaking when the word falls.
//!
//! In: the tokens of an article and the cues of its language. Out: for any token span a [`Verdict`]: voice, the rule that decided,
//! the cue, the words of the speaker, and whether the words are negated, hedged or part of a question.
//! Invariants: nothing crosses a paragraph; the first rule of [`RULES`] that covers a word decides it; the work is linear in the text.
//! It deliberately does not find furniture or repeats (`clean` does), knows no frame, and has no word of any language in it.

mod attribution;
mod before;
mod cues;
mod quotes;
mod rules;
mod scare;
mod scopes;
mod sentence;
mod words;

pub use cues::{CueEntry, Cues, NAMES as CUE_CLASSES, TypeCues, read as read_cues};
pub use rules::{RULES, Rule};

use crate::text::{Span, Token};
use crate::tokenise::ArticleTokens;
use attribution::Decided;
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
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// The voices of an article.
#[derive(Clone, Debug, Default)]
pub struct Marked {
    decided: Vec<Decided>,
    /// For each token, one more than the number of what decided it; 0 is the text's own voice.
    winner: Vec<u32>,
    flags: Vec<u8>,
    /// Quotation marks that were missing, doubled or mismatched.
    pub quotes_repaired: u32,
}

/// What is known of a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Who is speaking.
    pub voice: Voice,
    /// The rule that decided; `own` where none did.
    pub rule: &'static str,
    /// The word that gives the speaker away.
    pub cue: Option<Span<Token>>,
    /// The words of the speaker.
    pub source: Option<Span<Token>>,
    /// A negation governs it.
    pub negated: bool,
    /// A hedge governs it.
    pub hedged: bool,
    /// It stands in a question.
    pub question: bool,
}

/// Finds the voices of an article.
pub fn mark(article: &ArticleTokens, cues: &TypeCues, options: &Options) -> Marked {
    let mut words = Words::of(article, cues);
    let quotations = quotes::pair(&mut words);
    let count = article.spans.len();
    let mut marked = Marked {
        decided: Vec::new(),
        winner: vec![0; count],
        flags: vec![0; count],
        quotes_repaired: quotations.repaired,
    };
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
            let before = marked.decided.len();
            attribution::attribute(&sentence, &mut marked.decided);
            let attributed = before..marked.decided.len();
            scopes::flag(&sentence, asked, options, &mut marked.flags);
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
                    attributed: marked.decided[attributed.clone()].iter().any(within),
                };
                scare::decide(&sentence, quotation, around, options, &mut marked.decided);
            }
            from = to;
        }
    }
    marked.paint(options);
    marked
}

impl Marked {
    /// Lets the first rule that covers a token have it.
    fn paint(&mut self, options: &Options) {
        let off: u32 = options.off.iter().filter_map(|name| rules::position(name)).map(|at| 1 << at).sum();
        for (number, decided) in self.decided.iter().enumerate() {
            if rules::bit(decided.rule) & off != 0 {
                continue;
            }
            for winner in &mut self.winner[decided.start as usize..decided.end as usize] {
                if *winner == 0 || decided.rule < self.decided[*winner as usize - 1].rule {
                    *winner = number as u32 + 1;
                }
            }
        }
    }

    /// How many tokens the decisions cover, each decision by itself: a measure of the work, linear in the text.
    pub fn work(&self) -> u64 {
        self.decided.iter().map(|decided| u64::from(decided.end - decided.start)).sum()
    }

    /// What is known of a hit: its first word decides.
    pub fn at(&self, tokens: Span<Token>) -> Verdict {
        let first = tokens.start as usize;
        let flags = self.flags.get(first).copied().unwrap_or(0);
        let decided = match self.winner.get(first) {
            None | Some(0) => None,
            Some(&winner) => self.decided.get(winner as usize - 1),
        };
        Verdict {
            voice: decided.map_or(Voice::Own, |d| d.rule.rule().voice),
            rule: decided.map_or("own", |d| d.rule.rule().name),
            cue: decided.and_then(|d| d.cue),
            source: decided.and_then(|d| d.source),
            negated: flags & scopes::NEGATED != 0,
            hedged: flags & scopes::HEDGED != 0,
            question: flags & scopes::ASKED != 0,
        }
    }
}
