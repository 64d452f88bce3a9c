//! What a hit counts for, once the words before it are heard.
//!
//! In: the tokens of an article, a hit's tokens and its weight. Out: a [`Weighed`].
//! Invariant: a cue counts only in the sentence of the hit and before it; the weight is a whole number of thousandths.
//! It deliberately looks at a fixed window, not at clauses: on hand-coded sentences (NewsMTSC, NYT editorials) three words did as well
//! as any other number, and better than the wider scopes by which `voice` marks a hit as negated.

use super::cues::{AFFIRMATION, DIMINISHER, INTENSIFIER, NEGATION, TypeCues};
use super::{Negation, Options};
use crate::lexicon::Class;
use crate::text::{ArticleToken, Span};
use crate::tokenise::ArticleTokens;

/// Words before a hit in which a negation is looked for.
const REACH: usize = 3;
/// Share of its weight with which a negated hit counts, thousandths, its sign turned: VADER's figure.
const TURNED: i64 = -740;
/// Factor of an intensifier, thousandths.
const RAISED: i64 = 1250;
/// Factor of a diminisher, thousandths.
const LOWERED: i64 = 750;

/// What the word before a hit does to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Degree {
    /// Nothing.
    #[default]
    Plain,
    /// An intensifier: *very good*.
    Raised,
    /// A diminisher: *slightly good*.
    Lowered,
}

/// A hit with the weight that it counts for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weighed {
    /// Thousandths.
    pub weight: i32,
    /// A negation stands before it.
    pub negated: bool,
    /// It is negated, and the study drops such hits.
    pub dropped: bool,
    /// What the word before it does.
    pub degree: Degree,
}

/// A counted hit of an article, with what it counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scored {
    /// Its tokens within the article.
    pub tokens: Span<ArticleToken>,
    /// What it counts for, thousandths.
    pub weight: i32,
    /// Somebody else's words, quoted or reported.
    pub foreign: bool,
    /// What kind of evaluation it is.
    pub class: Class,
}

/// Weighs a hit; `tokens` are numbered within the article.
pub fn weigh(
    article: &ArticleTokens<'_>,
    cues: &TypeCues,
    options: &Options,
    tokens: Span<ArticleToken>,
    weight: i32,
) -> Weighed {
    let start = tokens.start as usize;
    let sentence = article.sentences.partition_point(|&begin| begin as usize <= start);
    let begin = sentence.checked_sub(1).map_or(0, |sentence| article.sentences[sentence] as usize);
    let before = start.saturating_sub(REACH).max(begin)..start;
    let is = |token: usize, class: u8| cues.at(article.types, token) & class != 0;
    // an affirmation ends at the word after its negation: "not only good"
    let denies = |token: usize| is(token, NEGATION) && !(token + 1 < start && is(token + 1, AFFIRMATION));
    let negated = options.negation != Negation::Ignore && before.clone().any(denies);
    let next = before.last().filter(|_| options.degrees);
    let degree = match next {
        Some(token) if is(token, INTENSIFIER) => Degree::Raised,
        Some(token) if is(token, DIMINISHER) => Degree::Lowered,
        _ => Degree::Plain,
    };
    let dropped = negated && options.negation == Negation::Drop;
    let mut counted = i64::from(weight);
    if dropped {
        counted = 0;
    } else if negated {
        counted = thousandths(counted * TURNED);
    }
    counted = match degree {
        Degree::Plain => counted,
        Degree::Raised => thousandths(counted * RAISED),
        Degree::Lowered => thousandths(counted * LOWERED),
    };
    let counted = counted.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32;
    Weighed { weight: counted, negated, dropped, degree }
}

/// Rounds away from zero at a half, so that both signs fare alike.
fn thousandths(millionths: i64) -> i64 {
    (millionths.abs() + 500) / 1000 * millionths.signum()
}
