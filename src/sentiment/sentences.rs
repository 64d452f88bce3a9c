//! The score of each sentence.
//!
//! In: an article, what was removed from it, its weighed hits; or VADER. Out: [`SentenceTone`]s.
//! Invariant: a sentence that begins in furniture or in a repeat has no row.
//! It deliberately keeps no text: a row has the bytes of its sentence.

use super::vader::{Polarity, Vader};
use super::weigh::Scored;
use crate::clean::{Removed, removed_by};
use crate::text::{ArticleToken, Span};
use crate::tokenise::ArticleTokens;

/// What a sentence says by one lexicon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SentenceTone {
    /// Number within the article, from 1.
    pub sentence: u32,
    /// Bytes of the text.
    pub bytes: (u32, u32),
    /// Words.
    pub words: u32,
    /// Counted hits with a positive weight.
    pub positive: u32,
    /// Counted hits with a negative weight.
    pub negative: u32,
    /// Sum of the weights, thousandths.
    pub sum: i64,
    /// VADER's scores, in its modes.
    pub vader: Option<Polarity>,
}

/// The sentences that count: number, tokens, bytes.
fn counted<'a>(
    article: &'a ArticleTokens<'_>,
    removed: &'a [Removed],
) -> impl Iterator<Item = (u32, Span<ArticleToken>, (u32, u32))> + 'a {
    let ends = article.sentences.iter().skip(1).copied().chain([article.types.len() as u32]);
    article.sentences.iter().zip(ends).enumerate().filter_map(move |(i, (&from, to))| {
        if from == to || removed_by(removed, Span::new(from, from + 1)).is_some() {
            return None;
        }
        let bytes = (border(article, from as usize) as u32, border(article, to as usize) as u32);
        Some((i as u32 + 1, Span::new(from, to), bytes))
    })
}

/// The byte at which a sentence begins whose first word is this: marks go with the word that they touch, and the first and the last
/// sentence take what is left of the text.
fn border(article: &ArticleTokens<'_>, token: usize) -> usize {
    if token == 0 {
        return 0;
    }
    let Some(word) = article.spans.get(token) else { return article.text.len() };
    let (before, begin) = (article.spans[token - 1].end as usize, word.start as usize);
    let gap = &article.text[before..begin];
    let space = gap.char_indices().rev().find(|(_, c)| c.is_whitespace());
    space.map_or(begin, |(at, c)| before + at + c.len_utf8())
}

/// The sentences of an article by its weighed hits, ascending; with VADER's scores where it is asked.
pub fn sentence_tones(
    article: &ArticleTokens<'_>,
    removed: &[Removed],
    hits: &[Scored],
    vader: Option<&Vader<'_>>,
) -> Vec<SentenceTone> {
    let mut rest = hits;
    let tone = |(sentence, tokens, bytes): (u32, Span<ArticleToken>, (u32, u32))| {
        rest = &rest[rest.partition_point(|hit| hit.tokens.start < tokens.start)..];
        let (own, after) = rest.split_at(rest.partition_point(|hit| hit.tokens.start < tokens.end));
        rest = after;
        SentenceTone {
            sentence,
            bytes,
            words: tokens.len(),
            positive: own.iter().filter(|hit| hit.weight > 0).count() as u32,
            negative: own.iter().filter(|hit| hit.weight < 0).count() as u32,
            sum: own.iter().map(|hit| i64::from(hit.weight)).sum(),
            vader: vader.map(|vader| vader.score(&article.text[bytes.0 as usize..bytes.1 as usize])),
        }
    };
    counted(article, removed).map(tone).collect()
}
