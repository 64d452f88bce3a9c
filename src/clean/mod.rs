//! What of an article is not the article: site furniture, and passages that repeat.
//!
//! In: a shard and furniture lexicons. Out: [`Removed`] spans of tokens for each article. The text itself never changes.
//! Invariant: removed spans ascend and do not overlap; what is kept and what is removed add up to the article.
//! It deliberately comes after the words are found (the plan had it before): lines, passages and what is left over are all
//! counted in words.

mod duplicates;
mod furniture;
mod repeats;
mod shipped;

pub use duplicates::{Duplicates, digest};
pub use furniture::{Furniture, LinePatterns};

use crate::index::Shard;
use crate::text::{Span, Token};

/// Which rules run.
#[derive(Clone, Debug)]
pub struct Options {
    /// Look for lines of site furniture.
    pub furniture: bool,
    /// Look for passages that repeat inside an article.
    pub repeats: bool,
    /// The shortest passage that counts as a repeat, in words.
    pub min_repeat_words: u32,
    /// Count exact duplicates once.
    pub duplicates: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { furniture: true, repeats: true, min_repeat_words: 12, duplicates: true }
    }
}

/// Why a span of an article is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// A line of site furniture.
    Furniture,
    /// A passage already seen in this article.
    Repeat,
}

impl Rule {
    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Rule::Furniture => "furniture",
            Rule::Repeat => "repeat",
        }
    }
}

/// A span that is not counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// Tokens, counted from the article's first.
    pub tokens: Span<Token>,
    /// Why.
    pub rule: Rule,
    /// The pattern that matched, or where the passage stood first.
    pub evidence: String,
}

/// The removed spans of every article of a shard.
pub fn clean(shard: &Shard, furniture: &LinePatterns, options: &Options) -> Vec<Vec<Removed>> {
    let mut finder = repeats::Finder::default();
    let mut desk = shard.desk();
    let articles = (0..shard.articles.len()).map(|i| {
        let article = desk.words(i);
        let mut removed = Vec::new();
        if options.furniture {
            furniture.find(&article, &mut removed);
        }
        if options.repeats {
            finder.find(&article, options.min_repeat_words, &mut removed);
        }
        removed.sort_by_key(|r| r.tokens.start);
        removed
    });
    articles.collect()
}

/// The rule that removed a span of tokens, if one of its tokens was removed.
pub fn removed_by(removed: &[Removed], tokens: Span<Token>) -> Option<Rule> {
    let next = removed.partition_point(|r| r.tokens.end <= tokens.start);
    removed.get(next).filter(|r| r.tokens.overlaps(&tokens)).map(|r| r.rule)
}
