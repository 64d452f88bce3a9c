//! The texts of a shard, opened one after the other.

use super::sources::InPlaceReader;
use super::{Shard, TypeId, texts};
use crate::text::{Byte, Span};
use crate::tokenise::ArticleTokens;
use std::ops::Range;

impl Shard {
    /// To open texts with.
    pub fn reader(&self) -> TextReader<'_> {
        let texts = texts::Unpacker::new(self);
        let nothing = (String::new(), Vec::new(), Vec::new(), Vec::new());
        let (text, spans, has_spans, types) = nothing;
        let in_place = InPlaceReader::new(&self.sources);
        TextReader { shard: self, texts, in_place, open: None, text, spans, has_spans, types }
    }
}

/// Opens one article of a shard after the other; the one that lies open costs nothing to look at again.
///
/// Byte spans of words are not kept: they are found again, sentence by sentence, where they are asked for.
pub struct TextReader<'a> {
    shard: &'a Shard,
    texts: texts::Unpacker<'a>,
    in_place: InPlaceReader<'a>,
    open: Option<usize>,
    text: String,
    spans: Vec<Span<Byte>>,
    /// Sentences whose spans are found.
    has_spans: Vec<bool>,
    types: Vec<TypeId>,
}

impl TextReader<'_> {
    /// The words of an article without its text and their spans, which cost more.
    pub fn words(&mut self, article: usize) -> ArticleTokens<'_> {
        if self.open != Some(article) {
            self.open = None;
            self.types.clear();
            self.types.extend(self.shard.types_of(self.shard.range(article)));
        }
        ArticleTokens {
            text: "",
            spans: &[],
            types: &self.types,
            sentences: self.shard.sentences(article),
            paragraphs: self.shard.paragraphs(article),
        }
    }

    /// Unpacks the text of an article, or reads it where it lies.
    fn read(&mut self, article: usize) {
        let Some(place) = self.shard.in_place(article) else {
            self.text.clear();
            self.text.push_str(self.texts.text(article).unwrap_or_default());
            return;
        };
        let head = if place.head == 0 { "" } else { self.texts.text(article).unwrap_or_default() };
        self.in_place.read(&self.shard.articles()[article].file, place, head, &mut self.text);
    }

    /// Opens an article.
    ///
    /// Where its file was changed it has no words: [`Sources::changed`](super::Sources::changed) names the file then.
    pub fn open(&mut self, article: usize) {
        if self.open != Some(article) {
            self.read(article);
            self.types.clear();
            self.types.extend(self.shard.types_of(self.shard.range(article)));
            self.spans.clear();
            self.spans.resize(self.types.len(), Span::new(0, 0));
            self.has_spans.clear();
            self.has_spans.resize(self.shard.sentences(article).len(), false);
            self.open = Some(article);
        }
    }

    /// The text of the open article.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The types of the open article.
    pub fn types(&self) -> &[TypeId] {
        &self.types
    }

    /// The byte span of a word of the open article.
    pub fn span(&mut self, token: u32) -> Span<Byte> {
        let Some(article) = self.open else { return Span::new(0, 0) };
        let sentence = self.shard.sentences(article).partition_point(|&begin| begin <= token).saturating_sub(1);
        if !self.has_spans.get(sentence).copied().unwrap_or(true) {
            self.find(article, sentence);
        }
        self.spans.get(token as usize).copied().unwrap_or_else(|| Span::new(0, 0))
    }

    /// First byte of the first word of a sentence of the open article; the end of the text after the last.
    pub fn sentence_byte(&self, sentence: usize) -> usize {
        let Some(article) = self.open else { return 0 };
        self.shard.sentence_bytes(article).get(sentence).map_or(self.text.len(), |&byte| byte as usize)
    }

    /// Finds the words of a sentence: they begin and end where its neighbours' words do not reach, so it can be read by itself.
    fn find(&mut self, article: usize, sentence: usize) {
        let start = self.sentence_byte(sentence);
        let (tokens, found) = self.words_of(article, sentence);
        self.has_spans[sentence] = true;
        let Some(spans) = self.spans.get_mut(tokens).filter(|spans| spans.len() == found.len()) else {
            // a sentence that does not give the words that were indexed cannot be: the bytes were checked
            return;
        };
        for (span, found) in spans.iter_mut().zip(found) {
            *span = Span::new(found.start + start as u32, found.end + start as u32);
        }
    }

    /// The tokens that a sentence of the open article should have, and the words that it has, counted from its first byte.
    fn words_of(&self, article: usize, sentence: usize) -> (Range<usize>, Vec<Span<Byte>>) {
        let (start, end) = (self.sentence_byte(sentence), self.sentence_byte(sentence + 1));
        let begins = self.shard.sentences(article);
        let first = begins.get(sentence).map_or(0, |&begin| begin as usize);
        let last = begins.get(sentence + 1).map_or(self.types.len(), |&begin| begin as usize);
        let mut found = self.text.get(start..end).map(crate::tokenise::word_spans).unwrap_or_default();
        let joins = self.shard.joins(article).filter(|&byte| (start..end).contains(&(byte as usize)));
        crate::tokenise::join(&mut found, &joins.map(|byte| byte - start as u32).collect::<Vec<u32>>());
        (first..last, found)
    }

    /// True where every sentence of an article gives as many words as are indexed.
    pub(super) fn gives_its_words(&mut self, article: usize) -> bool {
        self.open(article);
        (0..self.has_spans.len()).all(|sentence| {
            let (tokens, found) = self.words_of(article, sentence);
            tokens.len() == found.len()
        })
    }

    /// An article with its text and the byte spans of all its words.
    pub fn article(&mut self, article: usize) -> ArticleTokens<'_> {
        self.open(article);
        for sentence in 0..self.has_spans.len() {
            if !self.has_spans[sentence] {
                self.find(article, sentence);
            }
        }
        ArticleTokens {
            text: &self.text,
            spans: &self.spans,
            types: &self.types,
            sentences: self.shard.sentences(article),
            paragraphs: self.shard.paragraphs(article),
        }
    }
}
