//! The voices of an article, as they are kept: the stretches that are not the text's own, and the stretches with flags.
//!
//! In: what the rules decided, or the same stretches read back from an index. Out: the [`Verdict`] of any token span.
//! Invariant: stretches ascend, are not empty and do not overlap, so a look-up is a binary search and nothing is kept of a token
//! that is the text's own; what is written and read back is equal.
//! It deliberately does not know how anything was decided.

use super::attribution::Decided;
use super::rules::{self, RULES};
use super::{Options, Voice, scopes};
use crate::text::{ArticleToken, Span};

/// A stretch of tokens that one decision has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// First token inside, counted in the article.
    pub start: u32,
    /// First token after.
    pub end: u32,
    /// Position in [`RULES`].
    pub rule: u8,
    /// The word that gives the speaker away.
    pub cue: Option<Span<ArticleToken>>,
    /// The words of the speaker.
    pub source: Option<Span<ArticleToken>>,
    /// Who that is, in the fullest words of the article: [`Verdict::speaker`].
    pub speaker: Option<Span<ArticleToken>>,
}

/// A stretch of tokens that have the same flags, at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flagged {
    /// First token inside, counted in the article.
    pub start: u32,
    /// First token after.
    pub end: u32,
    /// [`Flagged::NEGATED`], [`Flagged::HEDGED`] and [`Flagged::ASKED`].
    pub flags: u8,
}

impl Flagged {
    /// A negation governs the words.
    pub const NEGATED: u8 = scopes::NEGATED;
    /// A hedge governs them.
    pub const HEDGED: u8 = scopes::HEDGED;
    /// They stand in a question.
    pub const ASKED: u8 = scopes::ASKED;
}

/// What is known of a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Who is speaking.
    pub voice: Voice,
    /// The rule that decided; `own` where none did.
    pub rule: &'static str,
    /// The word that gives the speaker away.
    pub cue: Option<Span<ArticleToken>>,
    /// The words of the speaker.
    pub source: Option<Span<ArticleToken>>,
    /// Who that is: of a pronoun, the person named last; of a surname, the fuller name before it. Nothing where that is unsure.
    pub speaker: Option<Span<ArticleToken>>,
    /// A negation governs it.
    pub negated: bool,
    /// A hedge governs it.
    pub hedged: bool,
    /// It stands in a question.
    pub question: bool,
}

impl Verdict {
    /// The cue, where it may be a verb: behind a name it makes of *'s* a part of the name (*Moody's said*).
    pub fn verb(&self) -> Option<Span<ArticleToken>> {
        let is_verb = matches!(self.rule, "said" | "quotation" | "short-quotation" | "before-cue");
        self.cue.filter(|cue| is_verb && !cue.is_empty())
    }
}

/// The voices of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    runs: Vec<Run>,
    flagged: Vec<Flagged>,
    /// Quotation marks that were missing, doubled or mismatched.
    pub quotes_repaired: u32,
}

impl Marked {
    /// From stretches that were kept; `None` where they are not such as [`Marked::runs`] and [`Marked::flagged`] give.
    pub fn from_parts(runs: Vec<Run>, flagged: Vec<Flagged>, quotes_repaired: u32) -> Option<Marked> {
        let sound = ascend(runs.iter().map(|run| (run.start, run.end)))
            && ascend(flagged.iter().map(|flagged| (flagged.start, flagged.end)))
            && runs.iter().all(|run| usize::from(run.rule) < RULES.len());
        sound.then_some(Marked { runs, flagged, quotes_repaired })
    }

    pub(super) fn new(runs: Vec<Run>, flagged: Vec<Flagged>, quotes_repaired: u32) -> Marked {
        Marked { runs, flagged, quotes_repaired }
    }

    /// True where nothing in it lies beyond an article of so many tokens.
    pub fn fits(&self, tokens: u32) -> bool {
        let within = |span: Option<Span<ArticleToken>>| span.is_none_or(|span| span.end <= tokens);
        self.runs.iter().all(|run| run.end <= tokens && within(run.cue) && within(run.source) && within(run.speaker))
            && self.flagged.last().is_none_or(|flagged| flagged.end <= tokens)
    }

    /// What is not the text's own, in order.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// What is denied, weakened or asked, in order.
    pub fn flagged(&self) -> &[Flagged] {
        &self.flagged
    }

    /// What is known of a hit: its first word decides.
    pub fn at(&self, tokens: Span<ArticleToken>) -> Verdict {
        let first = tokens.start;
        let run = self.runs[..self.runs.partition_point(|run| run.start <= first)].last();
        let run = run.filter(|run| first < run.end);
        let flagged = self.flagged[..self.flagged.partition_point(|flagged| flagged.start <= first)].last();
        let flags = flagged.filter(|flagged| first < flagged.end).map_or(0, |flagged| flagged.flags);
        let rule = run.and_then(|run| RULES.get(usize::from(run.rule)));
        Verdict {
            voice: rule.map_or(Voice::Own, |rule| rule.voice),
            rule: rule.map_or("own", |rule| rule.name),
            cue: run.and_then(|run| run.cue),
            source: run.and_then(|run| run.source),
            speaker: run.and_then(|run| run.speaker),
            negated: flags & Flagged::NEGATED != 0,
            hedged: flags & Flagged::HEDGED != 0,
            question: flags & Flagged::ASKED != 0,
        }
    }
}

fn ascend(stretches: impl Iterator<Item = (u32, u32)>) -> bool {
    let mut last = 0;
    for (start, end) in stretches {
        if start < last || end <= start {
            return false;
        }
        last = end;
    }
    true
}

/// Nothing decided: the text's own voice.
const BLANK: u64 = u64::MAX;

/// Tokens as a canvas: the first rule that covers one has it. Kept from article to article, and always left blank.
#[derive(Default)]
pub(super) struct Canvas {
    /// For each token, what decided it: the rule in the upper half and the number in the lower, so that the least has it.
    winner: Vec<u64>,
    /// The stretches that are painted.
    painted: Vec<(u32, u32)>,
    runs: Vec<Run>,
}

impl Canvas {
    /// The stretches that `decided` leaves, without the rules that are switched off.
    pub(super) fn runs(&mut self, decided: &[Decided], tokens: usize, options: &Options) -> Vec<Run> {
        let off: u32 = options.off.iter().filter_map(|name| rules::position(name)).map(|at| 1 << at).sum();
        if self.winner.len() < tokens {
            self.winner.resize(tokens, BLANK);
        }
        self.painted.clear();
        for (number, this) in decided.iter().enumerate() {
            if rules::bit(this.rule) & off != 0 {
                continue;
            }
            self.painted.push((this.start, this.end));
            let key = (this.rule as u64) << 32 | number as u64;
            for winner in &mut self.winner[this.start as usize..this.end as usize] {
                *winner = key.min(*winner);
            }
        }
        self.painted.sort_unstable();
        self.runs.clear();
        let mut done = 0;
        for &(start, end) in &self.painted {
            let from = done.max(start);
            if from < end {
                let piece = &mut self.winner[from as usize..end as usize];
                gather(piece, from, decided, &mut self.runs);
                piece.fill(BLANK);
                done = end;
            }
        }
        // As long as it is and no longer: it is kept.
        self.runs.clone()
    }
}

/// Appends the runs of one painted stretch; what goes on from the run before, decided alike, makes it longer.
fn gather(winners: &[u64], from: u32, decided: &[Decided], runs: &mut Vec<Run>) {
    let mut start = from;
    for piece in winners.chunk_by(|a, b| a == b) {
        let end = start + piece.len() as u32;
        let Decided { rule, cue, source, .. } = decided[piece[0] as u32 as usize];
        let run = Run { start, end, rule: rule as u8, cue, source, speaker: None };
        match runs.last_mut() {
            Some(last) if last.end == start && (Run { start, end, ..*last }) == run => last.end = end,
            _ => runs.push(run),
        }
        start = end;
    }
}

/// Appends the stretches of equal flags of one sentence, from token `from` on, and blanks them.
pub(super) fn take_flags(flags: &mut [u8], from: u32, found: &mut Vec<Flagged>) {
    let mut start = from;
    for piece in flags.chunk_by(|a, b| a == b) {
        let end = start + piece.len() as u32;
        if piece[0] != 0 {
            add_flags(start, end, piece[0], found);
        }
        start = end;
    }
    flags.fill(0);
}

/// Appends a stretch of equal flags, or makes the last one longer.
pub(super) fn add_flags(start: u32, end: u32, flags: u8, found: &mut Vec<Flagged>) {
    match found.last_mut() {
        Some(last) if last.end == start && last.flags == flags => last.end = end,
        _ => found.push(Flagged { start, end, flags }),
    }
}
