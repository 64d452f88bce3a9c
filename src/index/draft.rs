//! Articles whose words were found, before they are kept.
//!
//! In: articles. Out: a [`Draft`], which other rooms may ask about its words, and then the bytes of a shard.
//! Invariant: a draft depends on its articles alone.

use super::bytes::Writer;
use super::types::{TypeColumns, Types};
use super::{Attached, COLUMNS, layout, metadata, postings, texts};
use crate::read::Article;
use crate::stem::Stems;
use crate::text::Language;
use crate::tokenise::{ArticleTokens, Tokens};

/// Articles with their words.
pub struct Draft {
    articles: Vec<Article>,
    languages: Vec<Language>,
    tokens: Tokens,
    types: TypeColumns,
}

impl Draft {
    /// Tokenises, stems and puts the types in order. `default` is the language of articles whose language is neither told nor detected.
    pub fn of(mut articles: Vec<Article>, default: Option<Language>, stems: &mut Stems) -> Draft {
        let mut tokens = Tokens::default();
        let languages = articles.iter().map(|article| tokens.push(&article.text, article.language, default)).collect();
        for (i, article) in articles.iter_mut().enumerate().filter(|(_, article)| !article.asides.is_empty()) {
            let spans = tokens.article(i, &article.text).spans;
            let token = |byte: u32| spans.partition_point(|span| span.start < byte) as u32;
            article.asides.iter_mut().for_each(|aside| aside.tokens = (token(aside.bytes.0), token(aside.bytes.1)));
        }
        let (types, place) = TypeColumns::of(&tokens.vocabulary, stems);
        tokens.types.iter_mut().for_each(|id| *id = place[*id as usize]);
        Draft { articles, languages, tokens, types }
    }

    /// The articles.
    pub fn articles(&self) -> &[Article] {
        &self.articles
    }

    /// Language of each article.
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// The words of an article.
    pub fn article(&self, article: usize) -> ArticleTokens<'_> {
        self.tokens.article(article, &self.articles[article].text)
    }

    /// The types.
    pub fn types(&self) -> Types<'_> {
        self.types.view()
    }

    /// First byte of the first word of each sentence, article after article.
    fn sentence_bytes(&self) -> Vec<u32> {
        let mut bytes = Vec::with_capacity(self.tokens.sentences().len());
        for i in 0..self.articles.len() {
            let article = self.article(i);
            bytes.extend(article.sentences.iter().map(|&begin| article.spans[begin as usize].start));
        }
        bytes
    }

    /// As bytes, with what other rooms found out about each article.
    pub fn encode(&self, attached: &Attached) -> std::io::Result<Vec<u8>> {
        let (blocks, packed, text_ends) = texts::pack(self.articles.iter().map(|article| article.text.as_str()))?;
        let (posting_ends, posting_bytes) = postings::encode(&self.tokens.types, self.types.ends.len());
        let mut meta = Writer::default();
        for (article, &language) in self.articles.iter().zip(&self.languages) {
            metadata::write(article, language, &mut meta);
        }
        let languages: Vec<[u32; 2]> = self.types.languages.iter().map(|of| [pack(of.language), of.end]).collect();
        let mut out = layout::Writer::new(COLUMNS, packed.len() * 3);
        out.column(&meta.bytes);
        out.column(&self.tokens.ends());
        out.column(&languages);
        out.column(&self.types.arena);
        out.column(&self.types.ends);
        out.column(&self.types.stems);
        if self.types.ends.len() <= usize::from(u16::MAX) + 1 {
            let narrow: Vec<u16> = self.tokens.types.iter().map(|&id| id as u16).collect();
            out.column(&narrow);
            out.column::<u32>(&[]);
        } else {
            out.column::<u16>(&[]);
            out.column(&self.tokens.types);
        }
        out.column(&posting_ends);
        out.column(&posting_bytes);
        out.column(self.tokens.sentences());
        out.column(self.tokens.paragraphs());
        out.column(&text_ends);
        out.column(&blocks);
        out.column(&packed);
        out.column(&self.sentence_bytes());
        for (ends, bytes) in &attached.columns {
            out.column(ends);
            out.column(bytes);
        }
        Ok(out.finish())
    }
}

/// A language as a number.
fn pack(language: Language) -> u32 {
    language.code().bytes().fold(0, |number, byte| number << 8 | u32::from(byte))
}

/// The language of a number.
pub(super) fn unpack(number: u32) -> Option<Language> {
    let bytes = number.to_be_bytes();
    let code: Vec<u8> = bytes.into_iter().skip_while(|&byte| byte == 0).collect();
    let code = std::str::from_utf8(&code).ok()?;
    if code == "und" { Some(Language::UNKNOWN) } else { Language::parse(code) }
}
