//! Hits with the words around them.
//!
//! In: a shard and its hits. Out: [`Quoted`] rows that stand without the shard.
//! Invariant: `article text[byte_start..byte_end]` is the surface form.
//! It deliberately cuts the context at the sentence and at [`CONTEXT`] bytes, and never inside a word.

use crate::index::{Desk, Shard};
use crate::lookup::{EntryId, FrameId, Hit, Near, Uncounted};
use crate::text::{Lines, Span, Token};
use crate::tokenise::ArticleTokens;
use crate::voice::Verdict;
use std::ops::Range;

/// Context on each side, in bytes at most.
const CONTEXT: usize = 80;

/// Hits of a shard, ready to be written.
#[derive(Default)]
pub struct Quoted {
    arena: String,
    rows: Vec<Row>,
    /// Where the rows of each article end; articles after the last with hits are left out.
    ends: Vec<usize>,
}

/// One hit. Offsets and lines are those of the article's file.
pub struct Row {
    /// Article within the shard.
    pub article: u32,
    /// The entry.
    pub entry: EntryId,
    /// Its frame.
    pub frame: FrameId,
    /// Who is speaking.
    pub verdict: Verdict,
    /// `headline`, `lead` or `body`.
    pub position: &'static str,
    /// Why it is not counted, if it is not.
    pub uncounted: Option<Uncounted>,
    /// Who is talked about nearby.
    pub target: Option<Near>,
    /// First byte.
    pub byte_start: u64,
    /// First byte after.
    pub byte_end: u64,
    /// Line, from 1.
    pub line: u32,
    /// Sentence within the article, from 1.
    pub sentence: u32,
    surface: Range<u32>,
    form: Range<u32>,
    left: Range<u32>,
    right: Range<u32>,
    cue: Option<Range<u32>>,
    source: Option<Range<u32>>,
}

impl Quoted {
    /// Quotes the hits of a shard.
    pub fn of(shard: &Shard, desk: &mut Desk<'_>, hits: &[Hit]) -> Quoted {
        let mut quoted = Quoted { rows: Vec::with_capacity(hits.len()), ..Quoted::default() };
        for of_article in hits.chunk_by(|a, b| a.article == b.article) {
            let article = of_article[0].article as usize;
            let view = desk.article(article);
            let lines = Lines::of(view.text);
            let first = shard.range(article).start;
            for hit in of_article {
                quoted.push(shard, &view, first, hit, &lines);
            }
            quoted.ends.resize(article, quoted.ends.last().copied().unwrap_or(0));
            quoted.ends.push(quoted.rows.len());
        }
        quoted
    }

    /// The rows of an article, in the order of the hits.
    pub fn of_article(&self, article: usize) -> &[Row] {
        let Some(&end) = self.ends.get(article) else { return &[] };
        &self.rows[article.checked_sub(1).map_or(0, |before| self.ends[before])..end]
    }

    /// The words that were found, as they stand.
    pub fn surface(&self, row: &Row) -> &str {
        &self.arena[row.surface.start as usize..row.surface.end as usize]
    }

    /// The words that were found, folded.
    pub fn form(&self, row: &Row) -> &str {
        &self.arena[row.form.start as usize..row.form.end as usize]
    }

    /// What stands before, in the same sentence.
    pub fn left(&self, row: &Row) -> &str {
        &self.arena[row.left.start as usize..row.left.end as usize]
    }

    /// What stands after, in the same sentence.
    pub fn right(&self, row: &Row) -> &str {
        &self.arena[row.right.start as usize..row.right.end as usize]
    }

    /// The words that give the speaker away.
    pub fn cue(&self, row: &Row) -> Option<&str> {
        row.cue.as_ref().map(|cue| &self.arena[cue.start as usize..cue.end as usize])
    }

    /// The words of the speaker.
    pub fn source(&self, row: &Row) -> Option<&str> {
        row.source.as_ref().map(|source| &self.arena[source.start as usize..source.end as usize])
    }

    fn push(&mut self, shard: &Shard, view: &ArticleTokens<'_>, first: u32, hit: &Hit, lines: &Lines) {
        let article = &shard.articles[hit.article as usize];
        let (start, last) = ((hit.tokens.start - first) as usize, (hit.tokens.end - first) as usize - 1);
        let (byte_start, byte_end) = (view.spans[start].start, view.spans[last].end);
        let sentence = view.sentences.partition_point(|&begin| begin as usize <= start);
        let next = view.sentences.partition_point(|&begin| begin as usize <= last);
        let sentence_start = view.spans[view.sentences[sentence - 1] as usize].start;
        // up to the next sentence's first word: its opening mark may be cut off with the white space
        let sentence_end = view.sentences.get(next).map_or(view.text.len(), |&t| view.spans[t as usize].start as usize);
        let left = before(&view.text[sentence_start as usize..byte_start as usize]);
        let right = after(&view.text[byte_end as usize..sentence_end]);
        let surface = self.put(&view.text[byte_start as usize..byte_end as usize]);
        let form_start = self.arena.len() as u32;
        for (i, &id) in view.types[start..=last].iter().enumerate() {
            if i > 0 {
                self.arena.push(' ');
            }
            self.arena.push_str(shard.types().folded(id));
        }
        let form = form_start..self.arena.len() as u32;
        let left = self.put_line(left);
        let right = self.put_line(right);
        let cue = hit.verdict.cue.and_then(|tokens| self.put_tokens(view, tokens));
        let source = hit.verdict.source.and_then(|tokens| self.put_tokens(view, tokens));
        let offset = u64::from(article.text_offset);
        self.rows.push(Row {
            article: hit.article,
            entry: hit.entry,
            frame: hit.frame,
            verdict: hit.verdict,
            position: position(view, start as u32),
            uncounted: hit.uncounted,
            target: hit.target,
            byte_start: offset + u64::from(byte_start),
            byte_end: offset + u64::from(byte_end),
            line: article.first_line.max(1) - 1 + lines.line(byte_start),
            sentence: sentence as u32,
            surface,
            form,
            left,
            right,
            cue,
            source,
        });
    }

    fn put(&mut self, text: &str) -> Range<u32> {
        let start = self.arena.len() as u32;
        self.arena.push_str(text);
        start..self.arena.len() as u32
    }

    fn put_tokens(&mut self, article: &ArticleTokens<'_>, tokens: Span<Token>) -> Option<Range<u32>> {
        let spans = article.spans.get(tokens.range())?;
        let (first, last) = (spans.first()?, spans.last()?);
        Some(self.put_line(&article.text[first.start as usize..last.end as usize]))
    }

    /// Puts a text on one line.
    fn put_line(&mut self, text: &str) -> Range<u32> {
        if !text.bytes().any(|b| matches!(b, b'\n' | b'\r' | b'\t')) {
            return self.put(text);
        }
        let start = self.arena.len() as u32;
        for (i, word) in text.split_whitespace().enumerate() {
            if i > 0 {
                self.arena.push(' ');
            }
            self.arena.push_str(word);
        }
        start..self.arena.len() as u32
    }
}

/// The end of a text, from a word's beginning on.
fn before(text: &str) -> &str {
    if text.len() <= CONTEXT {
        return text.trim();
    }
    let mut from = text.len() - CONTEXT;
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let tail = &text[from..];
    tail.find(char::is_whitespace).map_or(tail, |space| &tail[space..]).trim()
}

/// The beginning of a text, up to a word's end.
fn after(text: &str) -> &str {
    if text.len() <= CONTEXT {
        return text.trim();
    }
    let mut to = CONTEXT;
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let head = &text[..to];
    head.rfind(char::is_whitespace).map_or(head, |space| &head[..space]).trim()
}

/// Where in the article a token stands. A first paragraph of one line is the headline; the next one of some length is the lead.
fn position(article: &ArticleTokens<'_>, token: u32) -> &'static str {
    /// Words of the longest headline.
    const HEADLINE: u32 = 25;
    /// Words of the shortest lead: datelines and bylines are shorter.
    const LEAD: u32 = 12;
    let begins = article.paragraphs;
    let end = |i: usize| begins.get(i + 1).copied().unwrap_or(article.types.len() as u32);
    let has_headline = begins.len() > 1 && end(0) <= HEADLINE;
    let lead = (usize::from(has_headline)..begins.len()).find(|&i| end(i) - begins[i] >= LEAD);
    let paragraph = begins.partition_point(|&begin| begin <= token).saturating_sub(1);
    match paragraph {
        0 if has_headline => "headline",
        _ if Some(paragraph) == lead => "lead",
        _ => "body",
    }
}
