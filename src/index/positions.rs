//! Which words of an article are its headline and its lead.
//!
//! In: the paragraphs of an article, and the title that it was read with. Out: [`Positions`].
//! Invariant: every token has one position.
//! It deliberately understands no text: where nothing but a short first paragraph may be a headline, it is taken for one.

use super::Shard;
use crate::read::AsideKind;
use crate::text::Span;
use std::ops::Range;

/// Words of the longest first paragraph that is taken for a headline.
const HEADLINE: u32 = 25;
/// Sentences of it: *Calm returns. Port opens again*.
const SENTENCES: usize = 2;
/// Words of the shortest lead: datelines and bylines are shorter.
const LEAD: u32 = 12;

/// Where in an article something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Position {
    /// In the title, or in a first paragraph of up to 25 words and two sentences that others follow.
    Headline,
    /// In the first paragraph behind it that has 12 words.
    Lead,
    /// Anywhere else.
    Body,
}

impl Position {
    /// All, in the order of the text.
    pub const ALL: [Position; 3] = [Position::Headline, Position::Lead, Position::Body];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Position::Headline => "headline",
            Position::Lead => "lead",
            Position::Body => "body",
        }
    }
}

/// True where the first paragraph, up to a token, is short, and is the title or the line that was taken for it.
fn is_headline(shard: &Shard, article: usize, end: u32) -> bool {
    if end > HEADLINE || shard.sentences(article).partition_point(|&begin| begin < end) > SENTENCES {
        return false;
    }
    let (first, title) = (shard.range(article).start, shard.articles()[article].title.to_lowercase());
    let folded = shard.types_of(Span::new(first, first + end)).map(|id| shard.types().folded(id));
    // words are spelt otherwise when they are folded; where the title is another line, few are in it
    folded.filter(|word| title.contains(*word)).count() * 2 > end as usize
}

/// The headline and the lead of an article, in its tokens; found once, as an article may be 200,000 short lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Positions {
    /// Empty where there is none.
    headline: Range<u32>,
    /// Empty where no paragraph is long enough.
    lead: Range<u32>,
}

impl Positions {
    /// Those of an article of a shard.
    pub fn of(shard: &Shard, article: usize) -> Positions {
        let (begins, words) = (shard.paragraphs(article), shard.range(article).len());
        let end = |i: usize| begins.get(i + 1).copied().unwrap_or(words);
        let asides = &shard.articles()[article].asides;
        let title = asides
            .iter()
            .find(|aside| matches!(aside.kind, AsideKind::Headline | AsideKind::SeparateHeadline))
            .map_or(0..0, |aside| aside.tokens.0..aside.tokens.1);
        let (paragraphs, headline) = match begins.partition_point(|&begin| begin < title.end) {
            0 if begins.len() > 1 && is_headline(shard, article, end(0)) => (1, 0..end(0)),
            paragraphs => (paragraphs, title),
        };
        let lead = (paragraphs..begins.len()).find(|&i| end(i) - begins[i] >= LEAD);
        Positions { headline, lead: lead.map_or(0..0, |i| begins[i]..end(i)) }
    }

    /// Where a token of the article stands.
    pub fn at(&self, token: u32) -> Position {
        match token {
            _ if self.headline.contains(&token) => Position::Headline,
            _ if self.lead.contains(&token) => Position::Lead,
            _ => Position::Body,
        }
    }

    /// How many of some tokens stand in the headline, in the lead and in the rest.
    pub fn split(&self, tokens: Range<u32>) -> [u32; 3] {
        let common = |part: Range<u32>| part.end.min(tokens.end).saturating_sub(part.start.max(tokens.start));
        let (headline, lead) = (common(self.headline.clone()), common(self.lead.clone()));
        [headline, lead, tokens.end.saturating_sub(tokens.start) - headline - lead]
    }
}
