//! Hits with the words around them.
//!
//! In: a shard and its hits. Out: [`Quoted`] rows that stand without the shard.
//! Invariant: `article text[byte_start..byte_end]` is the surface form.
//! It deliberately cuts the context at the sentence and at [`CONTEXT`] bytes, and never inside a word.

use super::columns::HITS;
use super::earlier::Written;
use super::sheet::read_row;
use crate::index::{Desk, Shard};
use crate::lookup::{EntryId, FrameId, Hit, Near, Uncounted};
use crate::text::{Lines, Span, Token};
use crate::voice::Verdict;
use std::borrow::Cow;
use std::ops::Range;

/// Context on each side, in bytes at most.
const CONTEXT: usize = 80;

/// Hits of a shard, ready to be written.
#[derive(Default)]
pub struct Quoted {
    arena: String,
    /// Rows of the last run.
    before: String,
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
    /// Why it is not counted, if it is not.
    pub uncounted: Option<Uncounted>,
    /// Who is talked about nearby.
    pub target: Option<Near>,
    /// Tokens within the article.
    pub tokens: Span<Token>,
    /// First byte.
    pub byte_start: u64,
    /// First byte after.
    pub byte_end: u64,
    form: Range<u32>,
    said: Said,
}

/// What a row says beside the hit: as places in the arena.
enum Said {
    /// Read off the text.
    Now { position: &'static str, line: u32, sentence: u32, words: Words },
    /// As the last run wrote it, from the left context on: a place in its rows.
    Before(Range<u32>),
}

struct Words {
    surface: Range<u32>,
    left: Range<u32>,
    right: Range<u32>,
    cue: Option<Range<u32>>,
    source: Option<Range<u32>>,
}

/// What stands around a hit.
pub struct Passage<'q> {
    /// What stands before, in the same sentence.
    pub left: Cow<'q, str>,
    /// The words that were found, as they stand.
    pub surface: Cow<'q, str>,
    /// What stands after, in the same sentence.
    pub right: Cow<'q, str>,
    /// The words that give the speaker away.
    pub cue: Option<Cow<'q, str>>,
    /// The words of the speaker.
    pub source: Option<Cow<'q, str>>,
    /// `headline`, `lead` or `body`.
    pub position: Cow<'q, str>,
    /// Line, from 1.
    pub line: u32,
    /// Sentence within the article, from 1.
    pub sentence: u32,
}

impl Quoted {
    /// Quotes the hits of a shard; what the last run wrote of one is taken over.
    pub fn of(shard: &Shard, desk: &mut Desk<'_>, hits: &[Hit], before: Option<Written<'_>>) -> Quoted {
        let mut quoted = Quoted { rows: Vec::with_capacity(hits.len()), ..Quoted::default() };
        for of_article in hits.chunk_by(|a, b| a.article == b.article) {
            let article = of_article[0].article as usize;
            let before = before.as_ref().and_then(|before| before.of_article(article, &shard.articles[article]));
            let first = shard.range(article).start;
            let mut lines = None;
            for hit in of_article {
                let tokens = Span::new(hit.tokens.start - first, hit.tokens.end - first);
                if let Some((key, rest)) = before.as_ref().and_then(|before| before.find(hit, tokens)) {
                    let bytes = (u64::from(key.start), u64::from(key.end));
                    quoted.push(shard, hit, tokens, bytes, Said::Before(rest));
                    continue;
                }
                let lines = lines.get_or_insert_with(|| {
                    desk.open(article);
                    let paragraphs = Paragraphs::of(shard.paragraphs(article), shard.range(article).len());
                    (Lines::of(desk.text()), paragraphs)
                });
                let (bytes, said) = quoted.read(shard, desk, hit, tokens, lines);
                quoted.push(shard, hit, tokens, bytes, said);
            }
            quoted.ends.resize(article, quoted.ends.last().copied().unwrap_or(0));
            quoted.ends.push(quoted.rows.len());
        }
        quoted.before = before.map(Written::into_rows).unwrap_or_default();
        quoted
    }

    /// The rows of an article, in the order of the hits.
    pub fn of_article(&self, article: usize) -> &[Row] {
        let Some(&end) = self.ends.get(article) else { return &[] };
        &self.rows[article.checked_sub(1).map_or(0, |before| self.ends[before])..end]
    }

    /// The words that were found, folded.
    pub fn form(&self, row: &Row) -> &str {
        self.at(&row.form)
    }

    /// What the last run wrote of a hit, from its left context on.
    pub fn before(&self, row: &Row) -> Option<&str> {
        match &row.said {
            Said::Before(rest) => Some(&self.before[rest.start as usize..rest.end as usize]),
            Said::Now { .. } => None,
        }
    }

    /// What stands around a hit.
    pub fn passage(&self, row: &Row) -> Passage<'_> {
        match &row.said {
            Said::Now { position, line, sentence, words } => {
                let cow = |range: &Range<u32>| Cow::Borrowed(self.at(range));
                Passage {
                    left: cow(&words.left),
                    surface: cow(&words.surface),
                    right: cow(&words.right),
                    cue: words.cue.as_ref().map(cow),
                    source: words.source.as_ref().map(cow),
                    position: Cow::Borrowed(position),
                    line: *line,
                    sentence: *sentence,
                }
            }
            Said::Before(_) => passage_of(self.before(row).unwrap_or_default()),
        }
    }

    fn at(&self, range: &Range<u32>) -> &str {
        &self.arena[range.start as usize..range.end as usize]
    }

    fn push(&mut self, shard: &Shard, hit: &Hit, tokens: Span<Token>, bytes: (u64, u64), said: Said) {
        let form_start = self.arena.len() as u32;
        for (i, id) in shard.types_of(hit.tokens).enumerate() {
            if i > 0 {
                self.arena.push(' ');
            }
            self.arena.push_str(shard.types().folded(id));
        }
        self.rows.push(Row {
            article: hit.article,
            entry: hit.entry,
            frame: hit.frame,
            verdict: hit.verdict,
            uncounted: hit.uncounted,
            target: hit.target,
            tokens,
            byte_start: bytes.0,
            byte_end: bytes.1,
            form: form_start..self.arena.len() as u32,
            said,
        });
    }

    /// Reads off the open article what stands around a hit.
    fn read(
        &mut self,
        shard: &Shard,
        desk: &mut Desk<'_>,
        hit: &Hit,
        tokens: Span<Token>,
        (lines, paragraphs): &(Lines, Paragraphs<'_>),
    ) -> ((u64, u64), Said) {
        let number = hit.article as usize;
        let (article, sentences) = (&shard.articles[number], shard.sentences(number));
        let (start, last) = (tokens.start, tokens.end - 1);
        let (byte_start, byte_end) = (desk.span(start).start, desk.span(last).end);
        let sentence = sentences.partition_point(|&begin| begin <= start);
        let next = sentences.partition_point(|&begin| begin <= last);
        // up to the next sentence's first word: its opening mark may be cut off with the white space
        let (sentence_start, sentence_end) = (desk.sentence_byte(sentence - 1), desk.sentence_byte(next));
        let cue = hit.verdict.cue.and_then(|tokens| bytes_of(desk, tokens));
        let source = hit.verdict.source.and_then(|tokens| bytes_of(desk, tokens));
        let text = desk.text();
        let words = Words {
            left: self.put_line(before(&text[sentence_start..byte_start as usize])),
            surface: self.put(&text[byte_start as usize..byte_end as usize]),
            right: self.put_line(after(&text[byte_end as usize..sentence_end])),
            cue: cue.map(|bytes| self.put_line(&text[bytes])),
            source: source.map(|bytes| self.put_line(&text[bytes])),
        };
        let offset = u64::from(article.text_offset);
        let said = Said::Now {
            position: paragraphs.position(start),
            line: article.first_line.max(1) - 1 + lines.line(byte_start),
            sentence: sentence as u32,
            words,
        };
        ((offset + u64::from(byte_start), offset + u64::from(byte_end)), said)
    }

    fn put(&mut self, text: &str) -> Range<u32> {
        let start = self.arena.len() as u32;
        self.arena.push_str(text);
        start..self.arena.len() as u32
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

/// What stands around a hit, as a row of `hits.csv` has it from the left context on.
fn passage_of(rest: &str) -> Passage<'_> {
    let mut cells = Vec::new();
    read_row(rest, &mut cells);
    let columns = HITS.columns.iter().skip_while(|column| column.name != "left");
    let place = |name: &str| columns.clone().position(|column| column.name == name);
    let mut cell = |name: &str| place(name).and_then(|at| cells.get_mut(at)).map(std::mem::take).unwrap_or_default();
    let [cue, source] = ["cue", "source"].map(|name| Some(cell(name)).filter(|text| !text.is_empty()));
    Passage {
        left: cell("left"),
        surface: cell("surface"),
        right: cell("right"),
        cue,
        source,
        position: cell("position"),
        line: cell("line").parse().unwrap_or(0),
        sentence: cell("sentence").parse().unwrap_or(0),
    }
}

/// The bytes of some words of the open article.
fn bytes_of(desk: &mut Desk<'_>, tokens: Span<Token>) -> Option<Range<usize>> {
    if tokens.is_empty() || tokens.end as usize > desk.types().len() {
        return None;
    }
    Some(desk.span(tokens.start).start as usize..desk.span(tokens.end - 1).end as usize)
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

/// The paragraphs of an article. A first one of one line is the headline; the next one of some length is the lead. Which it is is found
/// out once for all hits: an article may be 200,000 short lines.
struct Paragraphs<'a> {
    begins: &'a [u32],
    has_headline: bool,
    lead: Option<usize>,
}

impl<'a> Paragraphs<'a> {
    fn of(begins: &'a [u32], words: u32) -> Paragraphs<'a> {
        /// Words of the longest headline.
        const HEADLINE: u32 = 25;
        /// Words of the shortest lead: datelines and bylines are shorter.
        const LEAD: u32 = 12;
        let end = |i: usize| begins.get(i + 1).copied().unwrap_or(words);
        let has_headline = begins.len() > 1 && end(0) <= HEADLINE;
        let lead = (usize::from(has_headline)..begins.len()).find(|&i| end(i) - begins[i] >= LEAD);
        Paragraphs { begins, has_headline, lead }
    }

    /// Where in the article a token stands.
    fn position(&self, token: u32) -> &'static str {
        let paragraph = self.begins.partition_point(|&begin| begin <= token).saturating_sub(1);
        match paragraph {
            0 if self.has_headline => "headline",
            _ if Some(paragraph) == self.lead => "lead",
            _ => "body",
        }
    }
}
