//! How a sentence speaks of somebody in it.
//!
//! In: the tokens of a mention, and the weighed hits of its article. Out: one score, and a label.
//! Invariant: only hits of the mention's sentence count (and of its window, where one is set); the nearer, the more.
//! It deliberately parses nothing. The rule was found on one half of NewsMTSC's DEV part and held on the other; figures in
//! CHANGELOG and `tests/sentiment`. A score says nothing of a mention in whose sentence no evaluative word stands: that is 0, neutral.

use super::Options;
use super::cues::{SAYING, TypeCues};
use super::weigh::Scored;
use crate::text::{ArticleToken, Span};
use crate::tokenise::ArticleTokens;

/// A hit behind the mention counts this much more: what is said of a subject follows it.
const AFTER: f64 = 1.6;
/// Words at which a hit counts half.
const HALF: f64 = 5.0;
/// For each mark of a clause or quotation between the two.
const MARK: f64 = 0.7;
/// Where the mention is a speaker: a verb of saying follows within [`SPEAKS`] words.
const SPEAKER: f64 = 0.35;
/// Words after a mention in which a verb of saying is looked for.
const SPEAKS: usize = 4;
/// Somebody else's words.
const FOREIGN: f64 = 0.75;
/// Words to each side that are looked at in any case: a bound, so that a text without full stops stays linear.
const FARTHEST: u32 = 160;
/// Below this a mention is negative, thousandths.
const NEGATIVE: i64 = -400;
/// Above this a mention is positive, thousandths. News writes of people in praising words more lightly than in blaming ones.
const POSITIVE: i64 = 130;

/// How a mention is spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// Ill.
    Negative,
    /// Neither, or there is no evaluative word.
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

/// The score of a mention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Toward {
    /// Thousandths.
    pub score: i64,
    /// Evaluative words that made it.
    pub hits: u32,
}

impl Toward {
    /// By the thresholds.
    pub fn label(&self) -> Label {
        match self.score {
            score if score < NEGATIVE => Label::Negative,
            score if score > POSITIVE => Label::Positive,
            _ => Label::Neutral,
        }
    }
}

/// Scores a mention. `mention` and the hits, ascending, are numbered within the article.
pub fn toward(
    article: &ArticleTokens<'_>,
    cues: &TypeCues,
    options: &Options,
    mention: Span<ArticleToken>,
    hits: &[Scored],
) -> Toward {
    let sentence = article.sentences.partition_point(|&begin| begin <= mention.start);
    let mut from = sentence.checked_sub(1).map_or(0, |sentence| article.sentences[sentence]);
    let mut to = article.sentences.get(sentence).copied().unwrap_or(article.types.len() as u32).max(mention.end);
    let window = if options.window == 0 { FARTHEST } else { options.window.min(FARTHEST) };
    from = from.max(mention.start.saturating_sub(window));
    to = to.min(mention.end.saturating_add(window));
    let end = mention.end as usize;
    let speaks = (end..(end + SPEAKS).min(to as usize)).any(|token| cues.at(article.types, token) & SAYING != 0);
    let first = hits.partition_point(|hit| hit.tokens.start < from);
    let mut found = Toward::default();
    for hit in hits[first..].iter().take_while(|hit| hit.tokens.start < to) {
        if is_its_name(article, mention, hit.tokens) {
            continue;
        }
        let mut score = f64::from(hit.weight) * nearness(article, mention, hit.tokens);
        if speaks {
            score *= SPEAKER;
        }
        if hit.foreign {
            score *= FOREIGN;
        }
        found.score += libm::round(score) as i64;
        found.hits += 1;
    }
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
fn nearness(article: &ArticleTokens<'_>, mention: Span<ArticleToken>, hit: Span<ArticleToken>) -> f64 {
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
