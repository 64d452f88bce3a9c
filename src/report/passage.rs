//! The words around a hit.
//!
//! In: an open article and a hit. Out: a [`Passage`], which borrows the text.
//! Invariant: `article text[bytes]` is the surface form.
//! It deliberately cuts the context at the sentence and, unless whole sentences are asked for, at [`CONTEXT`] bytes, never inside a word.

use crate::index::{Positions, Shard, TextReader};
use crate::lookup::Hit;
use crate::text::{ArticleToken, Byte, Lines, Span};
use crate::voice::written;
use std::borrow::Cow;
use std::ops::Range;

/// Context on each side, in bytes at most.
const CONTEXT: usize = 80;

/// What stands around a hit.
pub(crate) struct Passage<'t> {
    /// What stands before, in the same sentence.
    pub left: Cow<'t, str>,
    /// The words that were found, as they stand.
    pub surface: &'t str,
    /// What stands after, in the same sentence.
    pub right: Cow<'t, str>,
    /// The words that give the speaker away.
    pub cue: Option<Cow<'t, str>>,
    /// The words of the speaker.
    pub source: Option<Cow<'t, str>>,
    /// Who that is.
    pub speaker: Option<Cow<'t, str>>,
    /// `headline`, `lead` or `body`.
    pub position: &'static str,
    /// The column whose cell that is, where the text is made of several.
    pub cell: Option<&'t str>,
    /// Bytes in the article's file, or in its cell.
    pub bytes: (u64, u64),
    /// Line, from 1.
    pub line: u32,
    /// Sentence within the article, from 1.
    pub sentence: u32,
}

/// The text of an article, opened where a hit asks for it.
pub(crate) struct OpenText<'d, 's> {
    shard: &'s Shard,
    reader: &'d mut TextReader<'s>,
    article: usize,
    lines: Option<Lines>,
    positions: Option<Positions>,
}

impl<'d, 's> OpenText<'d, 's> {
    /// The text of an article of a shard.
    pub fn of(shard: &'s Shard, reader: &'d mut TextReader<'s>, article: usize) -> OpenText<'d, 's> {
        OpenText { shard, reader, article, lines: None, positions: None }
    }

    /// The bytes of a hit in the text.
    pub fn bytes<Of>(&mut self, hit: &Hit<Of>) -> Span<Byte> {
        self.reader.open(self.article);
        let tokens = self.within(hit);
        Span::new(self.reader.span(tokens.start).start, self.reader.span(tokens.end - 1).end)
    }

    /// The bytes of a hit in its file, or in its cell.
    pub fn place<Of>(&mut self, hit: &Hit<Of>) -> (u64, u64) {
        let bytes = self.bytes(hit);
        self.shard.articles()[self.article].source(bytes.start, bytes.end)
    }

    /// The words of a hit, and its line.
    pub fn surface<Of>(&mut self, hit: &Hit<Of>) -> (&str, u32) {
        let bytes = self.bytes(hit);
        let line = self.line(bytes.start);
        (&self.reader.text()[bytes.range()], line)
    }

    /// The column of a table in whose cell a hit stands, where the text is made of several.
    pub fn cell<Of>(&mut self, hit: &Hit<Of>) -> Option<&'s str> {
        let bytes = self.bytes(hit);
        self.shard.articles()[self.article].cell(bytes.start)
    }

    fn line(&mut self, byte: u32) -> u32 {
        let reader = &self.reader;
        let lines = self.lines.get_or_insert_with(|| Lines::of(reader.text()));
        self.shard.articles()[self.article].source_line(byte, |byte| lines.line(byte))
    }

    fn within<Of>(&self, hit: &Hit<Of>) -> Span<ArticleToken> {
        hit.tokens.in_article(self.shard.range(self.article).start)
    }

    /// What stands around a hit, cut to some words on each side.
    pub fn passage<Of>(&mut self, hit: &Hit<Of>) -> Passage<'_> {
        self.passage_within(hit, CONTEXT)
    }

    /// What stands around a hit up to the ends of its sentence.
    pub fn sentence<Of>(&mut self, hit: &Hit<Of>) -> Passage<'_> {
        self.passage_within(hit, usize::MAX)
    }

    fn passage_within<Of>(&mut self, hit: &Hit<Of>, most: usize) -> Passage<'_> {
        let (bytes, place, tokens) = (self.bytes(hit), self.place(hit), self.within(hit));
        let line = self.line(bytes.start);
        let (shard, number) = (self.shard, self.article);
        let position = self.positions.get_or_insert_with(|| Positions::of(shard, number)).at(tokens.start);
        let sentences = shard.sentences(number);
        let sentence = sentences.partition_point(|&begin| begin <= tokens.start);
        let next = sentences.partition_point(|&begin| begin < tokens.end);
        // up to the next sentence's first word: its opening mark may be cut off with the white space
        let (start, end) = (self.reader.sentence_byte(sentence - 1), self.reader.sentence_byte(next));
        let cue = hit.verdict.cue.and_then(|tokens| bytes_of(self.reader, tokens));
        let source = hit.verdict.source.and_then(|tokens| bytes_of(self.reader, tokens));
        let verb = hit.verdict.verb().and_then(|tokens| bytes_of(self.reader, tokens));
        let speaker = hit.verdict.speaker.and_then(|tokens| bytes_of(self.reader, tokens));
        let text = self.reader.text();
        Passage {
            left: on_one_line(before(&text[start..bytes.start as usize], most)),
            surface: &text[bytes.range()],
            right: on_one_line(after(&text[bytes.end as usize..end], most)),
            cue: cue.map(|bytes| on_one_line(&text[bytes])),
            source: source.map(|bytes| on_one_line(written(text, bytes, verb.clone()))),
            speaker: speaker.map(|bytes| on_one_line(written(text, bytes, verb.clone()))),
            position: position.name(),
            cell: shard.articles()[number].cell(bytes.start),
            bytes: place,
            line,
            sentence: sentence as u32,
        }
    }
}

/// A text on one line.
fn on_one_line(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|b| matches!(b, b'\n' | b'\r' | b'\t')) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The bytes of some words of the open article.
fn bytes_of(reader: &mut TextReader<'_>, tokens: Span<ArticleToken>) -> Option<Range<usize>> {
    if tokens.is_empty() || tokens.end as usize > reader.types().len() {
        return None;
    }
    Some(reader.span(tokens.start).start as usize..reader.span(tokens.end - 1).end as usize)
}

/// The end of a text, from a word's beginning on.
fn before(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text.trim();
    }
    let mut from = text.len() - most;
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let tail = &text[from..];
    tail.find(char::is_whitespace).map_or(tail, |space| &tail[space..]).trim()
}

/// The beginning of a text, up to a word's end.
fn after(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text.trim();
    }
    let mut to = most;
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let head = &text[..to];
    head.rfind(char::is_whitespace).map_or(head, |space| &head[..space]).trim()
}
