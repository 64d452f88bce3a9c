//! What of each article is not counted, as it is kept from run to run.
//!
//! In: the removed spans of every article, in the order of reading. Out: bytes; of bytes, [`Cleaned`].
//! Invariant: what is read is what was written, but for the evidence, which the table of removed spans alone shows. Spans are used only
//! for an article that has as many words as they say.

use super::{Removed, Rule};
use crate::index::Shard;
use crate::index::bytes::{Reader, Writer};
use crate::text::{ArticleToken, Span};

/// What of each article is not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// Words of each article that are counted.
    words: Vec<u32>,
    /// Where the spans of each article end.
    ends: Vec<u32>,
    spans: Vec<(Span<ArticleToken>, Rule)>,
}

impl Cleaned {
    /// Adds the next article: how many words of it are counted, and the spans that are not.
    pub fn push(&mut self, words: u32, removed: &[Removed]) {
        self.words.push(words);
        self.spans.extend(removed.iter().map(|removed| (removed.tokens, removed.rule)));
        self.ends.push(self.spans.len() as u32);
    }

    /// Number of articles.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// True without articles.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Words of an article that are counted; 0 beyond the last.
    pub fn words(&self, article: usize) -> u32 {
        self.words.get(article).copied().unwrap_or(0)
    }

    /// The removed spans of every article of a shard, without their evidence; `None` where they are of other articles.
    pub fn of_shard(&self, shard: &Shard, first: u64) -> Option<Vec<Vec<Removed>>> {
        let first = usize::try_from(first).ok()?;
        (0..shard.len()).map(|i| self.of_article(first + i, shard.range(i).len())).collect()
    }

    fn of_article(&self, article: usize, tokens: u32) -> Option<Vec<Removed>> {
        let spans = self.spans_of(article)?;
        let gone: u32 = spans.iter().map(|(span, _)| span.len()).sum();
        let is_of_it = self.words[article] + gone == tokens && spans.last().is_none_or(|(span, _)| span.end <= tokens);
        let removed = |&(tokens, rule): &(Span<ArticleToken>, Rule)| Removed { tokens, rule, evidence: String::new() };
        is_of_it.then(|| spans.iter().map(removed).collect())
    }

    fn spans_of(&self, article: usize) -> Option<&[(Span<ArticleToken>, Rule)]> {
        let start = article.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.spans.get(start as usize..*self.ends.get(article)? as usize)
    }

    /// As bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut to = Writer::default();
        for article in 0..self.len() {
            let spans = self.spans_of(article).unwrap_or_default();
            to.number(self.words[article]);
            to.number(spans.len() as u64);
            let mut end = 0;
            for (span, rule) in spans {
                to.number(span.start - end);
                to.number(span.len());
                to.number(*rule as u32);
                end = span.end;
            }
        }
        to.bytes
    }

    /// From bytes, if they are of so many articles.
    pub fn read(bytes: &[u8], articles: u64) -> Option<Cleaned> {
        let mut from = Reader::new(bytes);
        let mut cleaned = Cleaned::default();
        for _ in 0..articles {
            cleaned.words.push(from.small()?);
            let mut end = 0u32;
            for _ in 0..from.small()? {
                let start = end.checked_add(from.small()?)?;
                end = start.checked_add(from.small()?)?;
                cleaned.spans.push((Span::new(start, end), rule(from.small()?)?));
            }
            // so that no sum of an article's words is too large
            cleaned.words.last()?.checked_add(end)?;
            cleaned.ends.push(u32::try_from(cleaned.spans.len()).ok()?);
        }
        from.is_empty().then_some(cleaned)
    }
}

/// The rule of a number.
fn rule(number: u32) -> Option<Rule> {
    const RULES: [Rule; 7] =
        [Rule::Furniture, Rule::Recurring, Rule::Ending, Rule::Gallery, Rule::Link, Rule::Repeat, Rule::Headline];
    RULES.into_iter().find(|&rule| rule as u32 == number)
}
