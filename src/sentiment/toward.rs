//! How a sentence speaks of somebody in it.
//!
//! In: the tokens of a mention, and the weighed hits of its article. Out: one score, and a label.
//! Invariant: only hits of the mention's sentence count (and of its window, where one is set); the nearer, the more.
//! It deliberately parses nothing. The rule was found on one half of NewsMTSC's DEV part and held on the other; figures in
//! CHANGELOG and `tests/sentiment`. A score says nothing of a mention in whose sentence no evaluative word stands: that is 0, neutral.

use super::Options;
use super::cues::{SAYING, TypeCues};
use super::weigh::Scored;
use crate::lexicon::Class;
use crate::text::{ArticleToken, Span};
use crate::tokenise::ArticleTokens;
use std::ops::Range;

/// A hit behind the mention counts this much more: what is said of a subject follows it.
const AFTER: f64 = 1.6;
/// Words at which a hit counts half.
const HALF: f64 = 5.0;
/// For each mark of a clause or quotation between the two.
const MARK: f64 = 0.7;
/// Where the mention is a speaker: a verb of saying follows within [`SPEAKS`] words.
pub(super) const SPEAKER: f64 = 0.35;
/// Words after a mention in which a verb of saying is looked for.
const SPEAKS: usize = 4;
/// A word of what happened: it says less of somebody than a judgement.
const EVENT: f64 = 0.5;
/// Somebody else's words.
pub(super) const FOREIGN: f64 = 0.75;
/// Words to each side that are looked at in any case: a bound, so that a text without full stops stays linear.
const FARTHEST: u32 = 160;
/// Below this a mention is negative, thousandths.
const NEGATIVE: i64 = -400;
/// Above this a mention is positive, thousandths. News writes of people in praising words more lightly than in blaming ones.
const POSITIVE: i64 = 130;

/// How a mention is spoken of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// Ill.
    Negative,
    /// Neither, or there is no evaluative word.
    #[default]
    Neutral,
    /// Well.
    Positive,
}

impl Label {
    /// As in tables.
    pub fn name(self) -> &'static str {
        match self {
            Label::Negative => "negative",
            Label::Neutral => "neutral",
            Label::Positive => "positive",
        }
    }
}

/// One of the words that decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As written.
    pub form: String,
    /// What it adds to the score, thousandths.
    pub share: i64,
}

/// The score of a mention.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Toward {
    /// Thousandths.
    pub score: i64,
    /// The same by words of judgement and stance alone.
    pub judged: i64,
    /// Evaluative words that made it.
    pub hits: u32,
    /// What it comes to.
    pub label: Label,
    /// The words that decided, the strongest first.
    pub words: Vec<Word>,
}

impl Label {
    /// Of a score by the rule.
    pub(super) fn of(score: i64) -> Label {
        match score {
            score if score < NEGATIVE => Label::Negative,
            score if score > POSITIVE => Label::Positive,
            _ => Label::Neutral,
        }
    }
}

/// Most words that are named.
const NAMED: usize = 3;

/// The strongest of some words with their shares; of equal ones the first.
pub(super) fn strongest(article: &ArticleTokens<'_>, mut words: Vec<(Span<ArticleToken>, i64)>) -> Vec<Word> {
    words.retain(|(_, share)| *share != 0);
    words.sort_by_key(|(_, share)| std::cmp::Reverse(share.abs()));
    let word = |(tokens, share): (Span<ArticleToken>, i64)| {
        let spans = &article.spans[tokens.range()];
        let (start, end) = (spans.first().map_or(0, |span| span.start), spans.last().map_or(0, |span| span.end));
        let form = article.text.get(start as usize..end as usize).unwrap_or_default();
        Word { form: form.split_whitespace().collect::<Vec<_>>().join(" "), share }
    };
    words.into_iter().take(NAMED).map(word).collect()
}

/// Where a mention stands: what of its sentence is looked at, and whether it speaks.
#[derive(Clone, Debug)]
pub(super) struct Around {
    pub mention: Span<ArticleToken>,
    pub tokens: Range<u32>,
    pub speaks: bool,
}

impl Around {
    pub(super) fn of(
        article: &ArticleTokens<'_>,
        cues: &TypeCues,
        options: &Options,
        mention: Span<ArticleToken>,
    ) -> Around {
        let sentence = article.sentences.partition_point(|&begin| begin <= mention.start);
        let from = sentence.checked_sub(1).map_or(0, |sentence| article.sentences[sentence]);
        let to = article.sentences.get(sentence).copied().unwrap_or(article.types.len() as u32).max(mention.end);
        let window = if options.window == 0 { FARTHEST } else { options.window.min(FARTHEST) };
        let from = from.max(mention.start.saturating_sub(window));
        let to = to.min(mention.end.saturating_add(window));
        let end = mention.end as usize;
        let speaks = (end..(end + SPEAKS).min(to as usize)).any(|token| cues.at(article.types, token) & SAYING != 0);
        Around { mention, tokens: from..to, speaks }
    }

    /// The hits that count, ascending.
    pub(super) fn hits<'h>(
        &'h self,
        article: &'h ArticleTokens<'_>,
        hits: &'h [Scored],
    ) -> impl Iterator<Item = &'h Scored> {
        let first = hits.partition_point(|hit| hit.tokens.start < self.tokens.start);
        let hits = hits[first..].iter().take_while(|hit| hit.tokens.start < self.tokens.end);
        hits.filter(|hit| !is_its_name(article, self.mention, hit.tokens))
    }
}

/// Scores a mention by the rule. `mention` and the hits, ascending, are numbered within the article.
pub fn toward(
    article: &ArticleTokens<'_>,
    cues: &TypeCues,
    options: &Options,
    mention: Span<ArticleToken>,
    hits: &[Scored],
) -> Toward {
    let around = Around::of(article, cues, options, mention);
    let mut found = Toward::default();
    let mut words = Vec::new();
    for hit in around.hits(article, hits) {
        let mut score = f64::from(hit.weight) * nearness(article, mention, hit.tokens);
        if around.speaks {
            score *= SPEAKER;
        }
        if hit.foreign {
            score *= FOREIGN;
        }
        let whole = libm::round(score) as i64;
        let share = if hit.class == Class::Event { libm::round(score * EVENT) as i64 } else { whole };
        found.score += share;
        if matches!(hit.class, Class::Judgement | Class::Stance) {
            found.judged += whole;
        }
        found.hits += 1;
        words.push((hit.tokens, share));
    }
    found.label = Label::of(found.score);
    found.words = strongest(article, words);
    found
}

/// True for a hit within the mention that is written as a name: *Trump* praises nobody, while *the criminal* blames.
fn is_its_name(article: &ArticleTokens<'_>, mention: Span<ArticleToken>, hit: Span<ArticleToken>) -> bool {
    let capital = |token: usize| {
        let Some(span) = article.spans.get(token) else { return false };
        article.text[span.start as usize..span.end as usize].starts_with(char::is_uppercase)
    };
    mention.covers(&hit) && hit.range().all(capital)
}

/// What of a hit's weight reaches the mention.
pub(super) fn nearness(article: &ArticleTokens<'_>, mention: Span<ArticleToken>, hit: Span<ArticleToken>) -> f64 {
    let (side, near, far) = if hit.start >= mention.end {
        (AFTER, mention.end, hit.start)
    } else if hit.end <= mention.start {
        (1.0, hit.end, mention.start)
    } else {
        return 1.0;
    };
    let mut share = side / (1.0 + f64::from(far - near) / HALF);
    for token in near..=far {
        if token > 0 && is_marked(article, token as usize) {
            share *= MARK;
        }
    }
    share
}

/// True where a mark of a clause or a quotation stands before the token.
fn is_marked(article: &ArticleTokens<'_>, token: usize) -> bool {
    let (Some(before), Some(after)) = (article.spans.get(token - 1), article.spans.get(token)) else { return false };
    let gap = &article.text[before.end as usize..after.start as usize];
    let marks = [',', ';', ':', '—', '–', '(', ')', '"', '“', '”', '„', '«', '»'];
    gap.len() > 1 && (gap.contains(marks) || gap.contains(" - ") || gap.contains("--") || gap.contains("''"))
}
