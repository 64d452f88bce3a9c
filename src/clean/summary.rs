//! What the survey of a corpus needs to know of an article, in a few hundred bytes.
//!
//! In: the words of an article. Out: a row of [`Summaries`]: digest, lines that could be furniture, closing lines, fingerprints.
//! Invariant: a row depends on its article alone: not on its shard, not on the numbers of types, on no lexicon and no option.
//! It deliberately notes a line by hash and place only: what the line says stands in the article.

use super::duplicates::{digest_of, hash_words};
use super::ending;
use super::places::{self, Place};
use super::sketch::{Winnow, mix};
use crate::index::bytes::{Reader, Writer};
use crate::tokenise::{ArticleTokens, Tokens, TypeId};

/// Raised whenever a row of [`Summaries`] could differ: it belongs in the key of whatever keeps them.
pub const SUMMARY_VERSION: &str = "3";

/// A line of more words is noted only at an edge of its article.
pub(super) const SHORT_LINE: u32 = 40;

/// A line of more words is never noted.
const LONGEST: u32 = 120;

/// Lines from the beginning, and from the end, that are at an edge.
const EDGES: [usize; 2] = [2, 4];

/// No closing run of short lines.
pub const NO_ENDING: u32 = u32::MAX;

/// Hashes of the words of one vocabulary, as far as they were asked for; one vocabulary each.
#[derive(Default)]
pub struct WordHashes {
    hashes: Vec<u64>,
    words: Vec<u64>,
    winnow: Winnow,
}

/// One row an article, column by column: plain numbers, to be kept as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summaries {
    /// Digest of the folded words; 0 where there are none.
    pub digests: Vec<u128>,
    /// Number of the paragraph with which the closing run of short lines begins; [`NO_ENDING`] where there is none.
    pub endings: Vec<u32>,
    /// For each article the end of its rows in `line_hashes` and `line_facts`.
    pub line_ends: Vec<u32>,
    /// Hash of the folded words of each noted line.
    pub line_hashes: Vec<u64>,
    /// What is known of the line: `LineFacts`, packed.
    pub line_facts: Vec<u32>,
    /// For each article the end of its rows in `fingerprints`.
    pub fingerprint_ends: Vec<u32>,
    /// The sketch of each article, ascending and distinct.
    pub fingerprints: Vec<u32>,
    /// For each article the end of its rows in `places`.
    pub place_ends: Vec<u32>,
    /// What may lead to other articles.
    pub places: Vec<Place>,
}

/// The row of one article, borrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary<'a> {
    /// As in [`Summaries::digests`].
    pub digest: u128,
    /// As in [`Summaries::endings`].
    pub ending: u32,
    /// Of this article.
    pub line_hashes: &'a [u64],
    /// Of this article.
    pub line_facts: &'a [u32],
    /// Of this article.
    pub fingerprints: &'a [u32],
    /// Of this article.
    pub places: &'a [Place],
}

impl Summary<'_> {
    /// The noted lines, in their order.
    pub(super) fn lines(&self) -> impl Iterator<Item = LineFacts> {
        self.line_facts.iter().map(|&facts| LineFacts::unpack(facts))
    }

    /// As bytes, to be kept.
    pub fn write(&self, out: &mut Writer) {
        out.bytes.extend_from_slice(&self.digest.to_le_bytes());
        out.number(self.ending.wrapping_add(1));
        out.number(self.line_hashes.len() as u64);
        out.number(self.fingerprints.len() as u64);
        for (&hash, &facts) in self.line_hashes.iter().zip(self.line_facts) {
            out.word(hash);
            out.number(facts);
        }
        let mut before = 0;
        for &fingerprint in self.fingerprints {
            out.number(fingerprint - before);
            before = fingerprint;
        }
        out.number(self.places.len() as u64);
        let mut before = 0;
        for place in self.places {
            out.number(place.start - before);
            out.number(place.words);
            out.number(place.label);
            before = place.start;
        }
    }
}

/// What is known of a noted line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LineFacts {
    /// Its paragraph.
    pub paragraph: u32,
    /// Its words.
    pub words: u32,
    /// One of the first or last lines.
    pub at_edge: bool,
    /// It ends as a sentence does.
    pub is_sentence: bool,
    /// It ends as a title does, with neither a full stop nor a colon, and begins with no small letter.
    pub is_title: bool,
    /// A full stop ends it, and no ellipsis.
    pub has_full_stop: bool,
    /// None of its words begins with a small letter.
    pub has_capitals: bool,
}

impl LineFacts {
    /// Paragraphs beyond this are not noted.
    const MOST: u32 = 1 << 20;

    fn pack(self) -> u32 {
        let flags = [self.at_edge, self.is_sentence, self.is_title, self.has_full_stop, self.has_capitals];
        let flags = flags.iter().rev().fold(0, |flags, &flag| flags << 1 | u32::from(flag));
        self.paragraph | self.words << 20 | flags << 27
    }

    pub(super) fn unpack(facts: u32) -> LineFacts {
        LineFacts {
            paragraph: facts & (LineFacts::MOST - 1),
            words: facts >> 20 & 0x7f,
            at_edge: facts >> 27 & 1 == 1,
            is_sentence: facts >> 28 & 1 == 1,
            is_title: facts >> 29 & 1 == 1,
            has_full_stop: facts >> 30 & 1 == 1,
            has_capitals: facts >> 31 & 1 == 1,
        }
    }
}

impl Summaries {
    /// The rows of articles that no shard holds; `texts` are theirs.
    pub fn of<'t>(tokens: &Tokens, texts: impl Iterator<Item = &'t str>) -> Summaries {
        let mut summaries = Summaries::default();
        let mut hashes = WordHashes::default();
        for (article, text) in texts.enumerate() {
            summaries.push(&tokens.article(article, text), |id| tokens.vocabulary.folded(id), &mut hashes);
        }
        summaries
    }

    /// Adds an article. `folded` gives the words of its vocabulary, `hashes` are of the same.
    pub fn push<'w>(
        &mut self,
        article: &ArticleTokens<'_>,
        folded: impl Fn(TypeId) -> &'w str,
        hashes: &mut WordHashes,
    ) {
        hashes.words.clear();
        hash_words(article.types, folded, &mut hashes.hashes, &mut hashes.words);
        self.digests.push(digest_of(&hashes.words).unwrap_or(0));
        self.lines(article, &hashes.words);
        hashes.winnow.sketch(&hashes.words, &mut self.fingerprints);
        self.endings.push(ending::begins(article).unwrap_or(NO_ENDING));
        places::find(article, &mut self.places);
        self.place_ends.push(self.places.len() as u32);
        self.line_ends.push(self.line_hashes.len() as u32);
        self.fingerprint_ends.push(self.fingerprints.len() as u32);
    }

    fn lines(&mut self, article: &ArticleTokens<'_>, words: &[u64]) {
        let begins = article.paragraphs;
        for (paragraph, &start) in begins.iter().enumerate().take(LineFacts::MOST as usize) {
            let end = begins.get(paragraph + 1).map_or(article.types.len(), |&end| end as usize);
            let line = &words[start as usize..end];
            let at_edge = paragraph < EDGES[0] || paragraph + EDGES[1] >= begins.len();
            let longest = if at_edge { LONGEST } else { SHORT_LINE };
            if line.is_empty() || line.len() > longest as usize {
                continue;
            }
            let sum = line.iter().fold(0u64, |sum, &word| mix(sum ^ word).wrapping_add(word));
            let facts = LineFacts {
                paragraph: paragraph as u32,
                words: line.len() as u32,
                at_edge,
                is_sentence: ends_as_sentence(article, end),
                is_title: is_title(article, start as usize, end),
                has_full_stop: has_full_stop(article, end),
                has_capitals: (start as usize..end).all(|at| !begins_small(article, at)),
            };
            self.line_hashes.push(sum);
            self.line_facts.push(facts.pack());
        }
    }

    /// Forgets every row.
    pub fn clear(&mut self) {
        self.digests.clear();
        self.endings.clear();
        self.line_ends.clear();
        self.line_hashes.clear();
        self.line_facts.clear();
        self.fingerprint_ends.clear();
        self.fingerprints.clear();
        self.place_ends.clear();
        self.places.clear();
    }

    /// Adds a row that [`Summary::write`] wrote; of other bytes, one of an article without words.
    pub fn read(&mut self, bytes: &[u8]) {
        let kept = (self.line_hashes.len(), self.fingerprints.len(), self.places.len());
        let row = self.read_row(bytes);
        if row.is_none() {
            self.line_hashes.truncate(kept.0);
            self.line_facts.truncate(kept.0);
            self.fingerprints.truncate(kept.1);
            self.places.truncate(kept.2);
        }
        let (digest, ending) = row.unwrap_or((0, NO_ENDING));
        self.digests.push(digest);
        self.endings.push(ending);
        self.line_ends.push(self.line_hashes.len() as u32);
        self.fingerprint_ends.push(self.fingerprints.len() as u32);
        self.place_ends.push(self.places.len() as u32);
    }

    fn read_row(&mut self, bytes: &[u8]) -> Option<(u128, u32)> {
        let (digest, rest) = bytes.split_first_chunk::<16>()?;
        let mut from = Reader::new(rest);
        let ending = from.small()?.wrapping_sub(1);
        let (lines, fingerprints) = (from.small()?, from.small()?);
        for _ in 0..lines {
            self.line_hashes.push(from.word()?);
            self.line_facts.push(from.small()?);
        }
        let mut fingerprint = 0u32;
        for _ in 0..fingerprints {
            fingerprint = fingerprint.wrapping_add(from.small()?);
            self.fingerprints.push(fingerprint);
        }
        let mut start = 0u32;
        for _ in 0..from.small()? {
            start = start.wrapping_add(from.small()?);
            let (words, label) = (from.small()?, from.small()?);
            // what is kept leads into no article that is shorter
            start.checked_add(words).filter(|_| label < words || label == 0)?;
            self.places.push(Place { start, words, label });
        }
        Some((u128::from_le_bytes(*digest), ending))
    }

    /// Number of articles.
    pub fn len(&self) -> usize {
        self.digests.len()
    }

    /// True where no article is in it.
    pub fn is_empty(&self) -> bool {
        self.digests.is_empty()
    }

    /// One article.
    pub fn get(&self, article: usize) -> Summary<'_> {
        let begin = |ends: &[u32]| if article == 0 { 0 } else { ends[article - 1] as usize };
        let lines = begin(&self.line_ends)..self.line_ends[article] as usize;
        let fingerprints = begin(&self.fingerprint_ends)..self.fingerprint_ends[article] as usize;
        let places = begin(&self.place_ends)..self.place_ends[article] as usize;
        Summary {
            digest: self.digests[article],
            ending: self.endings[article],
            line_hashes: &self.line_hashes[lines.clone()],
            line_facts: &self.line_facts[lines],
            fingerprints: &self.fingerprints[fingerprints],
            places: &self.places[places],
        }
    }
}

/// True where a line has neither a full stop nor a colon at its end, and no small letter at its beginning.
fn is_title(article: &ArticleTokens<'_>, start: usize, end: usize) -> bool {
    let after = article.text[article.spans[end - 1].end as usize..].trim_start_matches(['"', '”', '»', '\u{a0}', ' ']);
    !ends_as_sentence(article, end) && !after.starts_with([':', '：']) && !begins_small(article, start)
}

/// True for a word that begins with a small letter.
fn begins_small(article: &ArticleTokens<'_>, at: usize) -> bool {
    article.text[article.spans[at].range()].chars().next().is_some_and(char::is_lowercase)
}

/// True where a full stop, and no ellipsis, stands between the word before token `end` and the end of the line.
fn has_full_stop(article: &ArticleTokens<'_>, end: usize) -> bool {
    let rest = rest_of_line(article, end);
    rest.contains(['.', '。', '।', '۔']) && !rest.contains("..")
}

/// True where a full stop or its like stands between the word before token `end` and the end of the line.
pub(super) fn ends_as_sentence(article: &ArticleTokens<'_>, end: usize) -> bool {
    rest_of_line(article, end).contains(['.', '!', '?', '…', '。', '！', '？', '।', '؟', '۔'])
}

/// What stands between the word before token `end` and the end of the line.
fn rest_of_line<'a>(article: &ArticleTokens<'a>, end: usize) -> &'a str {
    let from = article.spans[end - 1].end as usize;
    let to = article.spans.get(end).map_or(article.text.len(), |next| next.start as usize);
    article.text[from..to].split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).next().unwrap_or_default()
}
