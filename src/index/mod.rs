//! A shard of articles, indexed: which types there are, and where each occurs.
//!
//! In: articles. Out: a [`Shard`]: tokens, stems, types in order, postings.
//! Invariant: everything in a shard depends on its articles alone, so shards can be built in any order, on any thread, and kept.
//! It deliberately holds no lexicon: a lexicon is looked up in it, and edited without it.

mod postings;
mod types;

pub use postings::Postings;
pub use types::{Types, agrees, wildcard};

use crate::read::Article;
use crate::stem::Stems;
use crate::text::Language;
use crate::tokenise::{ArticleTokens, Tokens};

/// Articles in the order they were read, with their index: the unit of threads and memory.
pub struct Shard {
    /// Number of the first article within the run.
    pub first: u64,
    /// As read.
    pub articles: Vec<Article>,
    /// Language of each article, told or detected.
    pub languages: Vec<Language>,
    /// Words, sentences, paragraphs.
    pub tokens: Tokens,
    /// Types by folded form and by stem.
    pub types: Types,
    /// Tokens by type.
    pub postings: Postings,
}

impl Shard {
    /// Tokenises, stems and indexes. `default` is the language of articles whose language is neither told nor detected.
    pub fn build(first: u64, articles: Vec<Article>, default: Option<Language>, stems: &mut Stems) -> Shard {
        let mut tokens = Tokens::default();
        let languages = articles.iter().map(|article| tokens.push(&article.text, article.language, default)).collect();
        let types = Types::of(&tokens.vocabulary, stems);
        let postings = Postings::of(&tokens.types, tokens.vocabulary.len());
        Shard { first, articles, languages, tokens, types, postings }
    }

    /// The tokens of one article.
    pub fn article(&self, article: usize) -> ArticleTokens<'_> {
        self.tokens.article(article, &self.articles[article].text)
    }
}
