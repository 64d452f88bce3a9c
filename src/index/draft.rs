//! Articles whose words were found, before they are kept.
//!
//! In: articles. Out: a [`Draft`], which other rooms may ask about its words, and then the bytes of a shard.
//! Invariant: a draft depends on its articles alone.

use super::bytes::Writer;
use super::sources::{InPlace, InPlaceReader, Sources};
use super::types::{TypeColumns, Types};
use super::{Attached, COLUMNS, layout, metadata, postings, texts};
use crate::read::Article;
use crate::stem::Stems;
use crate::text::{Fold, Language};
use crate::tokenise::{ArticleTokens, Guess, Majority, Tokens};
use std::collections::BTreeSet;

/// Articles with their words.
pub struct Draft {
    articles: Vec<Article>,
    languages: Vec<Language>,
    guesses: Vec<Guess>,
    tokens: Tokens,
    types: TypeColumns,
    /// Article, first byte after the part of a word before a line end.
    joins: Vec<[u32; 2]>,
    /// Tokens before a break that parts two words.
    breaks: Vec<u32>,
}

/// What decides the words of articles beside their texts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading<'a> {
    /// The language of articles that do not say theirs; without it their texts are asked.
    pub language: Option<Language>,
    /// How far words are folded.
    pub fold: Fold,
    /// What was found out by looking at all articles; without it, short texts take the language of the majority of these articles,
    /// and a word that is broken at a line end is two.
    pub settled: Option<&'a Settled>,
}

/// What only the whole corpus and the lexicons can say of some articles.
#[derive(Clone, Debug, Default)]
pub struct Settled {
    /// Language of each.
    pub languages: Vec<Language>,
    /// Folded words that are broken at a line end somewhere, by language.
    pub words: BTreeSet<(Language, String)>,
}

impl Draft {
    /// Tokenises, stems and puts the types in order. `declared` is the language of articles that do not say theirs.
    pub fn of(articles: Vec<Article>, declared: Option<Language>, stems: &mut Stems) -> Draft {
        Draft::read(articles, Reading { language: declared, ..Reading::default() }, stems)
    }

    /// [`Draft::of`], in every detail.
    pub fn read(articles: Vec<Article>, reading: Reading<'_>, stems: &mut Stems) -> Draft {
        Draft::read_into(Tokens::default(), articles, reading, stems)
    }

    /// [`Draft::read`] in the memory of a draft that is not needed any more; [`Draft::into_tokens`] gives it.
    pub fn read_into(mut tokens: Tokens, mut articles: Vec<Article>, reading: Reading<'_>, stems: &mut Stems) -> Draft {
        let guess = |article: &Article| match article.language.or(reading.language) {
            Some(language) => Guess::certain(language),
            None => Guess::of(&article.text),
        };
        let guesses: Vec<Guess> = articles.iter().map(guess).collect();
        let languages = match reading.settled {
            Some(settled) => settled.languages.clone(),
            None => {
                let mut majority = Majority::default();
                let of = |article: &Article| article.outlet.clone();
                articles.iter().zip(&guesses).for_each(|(article, guess)| majority.add(of(article).as_deref(), *guess));
                let language =
                    |(article, guess): (&Article, &Guess)| majority.language(article.outlet.as_deref(), *guess);
                articles.iter().zip(&guesses).map(language).collect()
            }
        };
        tokens.clear(reading.fold);
        let (mut joins, mut breaks) = (Vec::new(), Vec::new());
        for (i, (article, &language)) in articles.iter().zip(&languages).enumerate() {
            let is_word = |word: &str| {
                reading.settled.is_some_and(|settled| settled.words.contains(&(language, word.to_string())))
            };
            let first = tokens.types.len() as u32;
            for found in tokens.push_in(&article.text, language, &is_word) {
                match found.is_joined {
                    true => joins.push([i as u32, found.byte]),
                    false => breaks.push(first + found.token),
                }
            }
        }
        for (i, article) in articles.iter_mut().enumerate().filter(|(_, article)| !article.asides.is_empty()) {
            let spans = tokens.article(i, &article.text).spans;
            let token = |byte: u32| spans.partition_point(|span| span.start < byte) as u32;
            article.asides.iter_mut().for_each(|aside| aside.tokens = (token(aside.bytes.0), token(aside.bytes.1)));
        }
        let (types, place) = TypeColumns::of(&tokens.vocabulary, stems);
        tokens.types.iter_mut().for_each(|id| *id = place[*id as usize]);
        Draft { articles, languages, guesses, tokens, types, joins, breaks }
    }

    /// Its words, for their memory.
    pub fn into_tokens(self) -> Tokens {
        self.tokens
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

    /// Where each text lies; nothing where all are packed.
    fn in_place(&self, sources: Option<&Sources>) -> Vec<InPlace> {
        let Some(sources) = sources else { return Vec::new() };
        let mut reader = InPlaceReader::new(sources);
        let places: Vec<InPlace> = self.articles.iter().map(|article| reader.place(article)).collect();
        if places.iter().any(InPlace::is_some) { places } else { Vec::new() }
    }

    /// As bytes, with what other rooms found out about each article.
    ///
    /// # Errors
    /// A text that cannot be packed.
    pub fn encode(&self, attached: &Attached) -> std::io::Result<Vec<u8>> {
        self.encode_into(Vec::new(), attached, None)
    }

    /// [`Draft::encode`] in the memory of bytes that are not needed any more. A text that lies in one of the sources is not packed.
    ///
    /// # Errors
    /// As of [`Draft::encode`].
    pub fn encode_into(
        &self,
        bytes: Vec<u8>,
        attached: &Attached,
        sources: Option<&Sources>,
    ) -> std::io::Result<Vec<u8>> {
        let in_place = self.in_place(sources);
        let texts = self.articles.iter().zip(in_place.iter().map(Some).chain(std::iter::repeat(None)));
        let (blocks, packed, text_ends) = texts::pack(texts.map(|(article, place)| packed_part(article, place)))?;
        let (posting_ends, posting_bytes) = postings::encode(&self.tokens.types, self.types.ends.len());
        let mut meta = Writer::default();
        for ((article, &language), &guess) in self.articles.iter().zip(&self.languages).zip(&self.guesses) {
            metadata::write(article, language, guess, &mut meta);
        }
        let languages: Vec<[u32; 2]> = self.types.languages.iter().map(|of| [pack(of.language), of.end]).collect();
        let mut out = layout::Writer::new(COLUMNS, bytes);
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
        out.column(&[self.types.fold as u32]);
        out.column(&self.joins);
        out.column(&self.breaks);
        out.column(&in_place);
        for (ends, bytes) in &attached.columns {
            out.column(ends);
            out.column(bytes);
        }
        Ok(out.finish())
    }
}

/// What is kept of the text of an article that lies in such a place.
fn packed_part<'a>(article: &'a Article, place: Option<&InPlace>) -> &'a str {
    match place.filter(|place| place.is_some()) {
        Some(place) => &article.text[..place.head as usize],
        None => &article.text,
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
