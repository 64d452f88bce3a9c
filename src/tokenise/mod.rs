//! Words, sentences and paragraphs of articles.
//!
//! In: an article's text. Out: tokens, each a type and a byte span, and where sentences and paragraphs begin.
//! Invariant: spans ascend, never overlap, never leave the text; every article begins a sentence and a paragraph.
//! It deliberately does not stem, and knows no lexicon: lexicons cut their entries by the same rules.

mod addresses;
mod blocks;
mod breaks;
mod joints;
mod language;
mod sentences;
mod vocabulary;
mod words;
mod wrap;

pub use addresses::is_address;
pub use breaks::{Break, join};
pub use language::{Guess, Majority, Script, is_recognised};
pub use vocabulary::Vocabulary;

use crate::text::{Byte, Fold, Language, ShardToken, Span};

/// Version of the rules above: any change that can move a word or a sentence raises it. It stands in the manifest.
pub const VERSION: &str = "3";

/// A folded word in one language, numbered within its shard.
pub type TypeId = u32;

/// The tokens of one article, borrowed from its shard. Token numbers count from 0 at the article's first word.
#[derive(Clone, Copy, Debug)]
pub struct ArticleTokens<'a> {
    /// The article's text; spans point into it.
    pub text: &'a str,
    /// Byte span of each token.
    pub spans: &'a [Span<Byte>],
    /// Type of each token.
    pub types: &'a [TypeId],
    /// First token of each sentence, ascending, the first is 0; empty only where there is no token.
    pub sentences: &'a [u32],
    /// First token of each paragraph, likewise.
    pub paragraphs: &'a [u32],
}

impl ArticleTokens<'_> {
    /// First token of each paragraph, and the first after it.
    pub fn lines(&self) -> impl Iterator<Item = (u32, u32)> {
        let ends = self.paragraphs.iter().skip(1).copied().chain([self.types.len() as u32]);
        self.paragraphs.iter().copied().zip(ends)
    }

    /// First token after the paragraph of a token.
    pub fn line_end(&self, token: usize) -> usize {
        let next = self.paragraphs.partition_point(|&start| start as usize <= token);
        self.paragraphs.get(next).map_or(self.types.len(), |&end| end as usize)
    }
}

/// The tokens of a shard of articles, column by column.
#[derive(Default)]
pub struct Tokens {
    /// Type of each token.
    pub types: Vec<TypeId>,
    /// Byte span of each token in its article's text.
    pub spans: Vec<Span<Byte>>,
    /// The distinct folded words.
    pub vocabulary: Vocabulary,
    sentences: Vec<u32>,
    paragraphs: Vec<u32>,
    ends: Vec<Ends>,
}

/// Where an article's rows end in each column.
#[derive(Clone, Copy, Default)]
struct Ends {
    tokens: u32,
    sentences: u32,
    paragraphs: u32,
}

impl Tokens {
    /// None yet; words will be folded so far.
    pub fn new(fold: Fold) -> Tokens {
        Tokens { vocabulary: Vocabulary::new(fold), ..Tokens::default() }
    }

    /// Forgets every article and every word; the memory is used again.
    pub fn clear(&mut self, fold: Fold) {
        let Tokens { types, spans, vocabulary, sentences, paragraphs, ends } = self;
        types.clear();
        spans.clear();
        vocabulary.clear(fold);
        sentences.clear();
        paragraphs.clear();
        ends.clear();
    }

    /// Adds an article that stands alone: its language is that which it says, else the one that is declared, else its own best guess.
    pub fn push(&mut self, text: &str, says: Option<Language>, declared: Option<Language>) -> Language {
        let language = says.or(declared).unwrap_or_else(|| Guess::of(text).language);
        self.push_in(text, language, &|_| false);
        language
    }

    /// Adds an article of this language; gives back the words that are broken at line ends. `is_word` says of the two parts, written
    /// as one and folded, whether they are one word.
    pub fn push_in(&mut self, text: &str, language: Language, is_word: &dyn Fn(&str) -> bool) -> Vec<Break> {
        let first = self.spans.len();
        words::words(text, &mut self.spans);
        let breaks = breaks::settle(text, first, &mut self.spans, (language, self.vocabulary.fold()), is_word);
        let index = self.vocabulary.language_index(language);
        self.vocabulary.intern(text, &self.spans[first..], index, &mut self.types);
        sentences::begins(text, &self.spans[first..], &mut self.sentences, &mut self.paragraphs);
        self.ends.push(Ends {
            tokens: self.types.len() as u32,
            sentences: self.sentences.len() as u32,
            paragraphs: self.paragraphs.len() as u32,
        });
        breaks
    }

    /// Number of articles.
    pub fn articles(&self) -> usize {
        self.ends.len()
    }

    /// The tokens of an article, numbered within the shard.
    pub fn range(&self, article: usize) -> Span<ShardToken> {
        let (before, ends) = self.ends_of(article);
        Span::new(before.tokens, ends.tokens)
    }

    /// The article that holds a token of the shard.
    pub fn article_of(&self, token: u32) -> usize {
        self.ends.partition_point(|ends| ends.tokens <= token)
    }

    /// One article.
    pub fn article<'a>(&'a self, article: usize, text: &'a str) -> ArticleTokens<'a> {
        let (before, ends) = self.ends_of(article);
        let tokens = before.tokens as usize..ends.tokens as usize;
        ArticleTokens {
            text,
            spans: &self.spans[tokens.clone()],
            types: &self.types[tokens],
            sentences: &self.sentences[before.sentences as usize..ends.sentences as usize],
            paragraphs: &self.paragraphs[before.paragraphs as usize..ends.paragraphs as usize],
        }
    }

    fn ends_of(&self, article: usize) -> (Ends, Ends) {
        let before = if article == 0 { Ends::default() } else { self.ends[article - 1] };
        (before, self.ends[article])
    }

    /// First token of each sentence, article after article.
    pub fn sentences(&self) -> &[u32] {
        &self.sentences
    }

    /// First token of each paragraph, article after article.
    pub fn paragraphs(&self) -> &[u32] {
        &self.paragraphs
    }

    /// Where the tokens, sentences and paragraphs of each article end.
    pub fn ends(&self) -> Vec<[u32; 3]> {
        self.ends.iter().map(|ends| [ends.tokens, ends.sentences, ends.paragraphs]).collect()
    }
}

/// [`word_spans`] without the short cut for the characters that news is made of: several times slower, and the same.
pub fn word_spans_by_full_rules(text: &str) -> Vec<Span<Byte>> {
    let mut spans = Vec::new();
    words::by_full_rules(text, &mut spans);
    spans
}

/// The byte spans of the words of a text, as every room sees them.
pub fn word_spans(text: &str) -> Vec<Span<Byte>> {
    let mut spans = Vec::new();
    words::words(text, &mut spans);
    spans
}
