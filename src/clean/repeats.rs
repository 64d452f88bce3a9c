//! Passages that an article says twice, as scraped pages do.
//!
//! In: the types of an article. Out: the later occurrences of passages of at least so many words, as far as they are whole sentences.
//! Invariant: one occurrence stays, and no sentence is cut: who quotes a claim in a sentence of their own says that sentence once.
//! Where the later occurrence is inside a sentence and the first is a paragraph of its own (a quotation that the page sets in large
//! letters, a caption), that paragraph is the repeat.
//! It deliberately remembers only every few words of what was read: a passage of n words holds one of the remembered pieces
//! whole, wherever it begins, so none is missed and an article without repeats costs one rolling sum a word.

use super::{Removed, Rule};
use crate::text::Span;
use crate::tokenise::{ArticleTokens, TypeId};
use hashbrown::HashMap;
use std::ops::Range;

/// Finds repeats; kept between articles for its buffers.
#[derive(Default)]
pub(super) struct Finder {
    pieces: HashMap<u64, u32, foldhash::fast::FixedState>,
    filter: Vec<u64>,
    sums: Vec<u64>,
}

impl Finder {
    /// Appends the repeats of an article, furniture or not.
    pub(super) fn find(&mut self, article: &ArticleTokens<'_>, min_words: u32, removed: &mut Vec<Removed>) {
        let types = article.types;
        // a passage of n words holds an aligned piece of (n + 1) / 2 words whole
        let piece = (min_words as usize).div_ceil(2).max(1);
        if types.len() < piece * 2 {
            return;
        }
        self.pieces.clear();
        self.roll(types, piece);
        self.remember(types.len(), piece);
        let mut at = 0;
        let mut next_piece = 0;
        let mut floor = 0;
        while at + piece <= types.len() {
            // only what lies wholly before `at` can be repeated at `at`
            while next_piece + piece <= at {
                self.pieces.entry(self.sums[next_piece]).or_insert(next_piece as u32);
                next_piece += piece;
            }
            let sum = self.sums[at];
            let earlier = self.may_hold(sum).then(|| self.pieces.get(&sum).copied()).flatten();
            if let Some((start, end, first)) = earlier.and_then(|first| grow(types, first as usize, at, piece, floor))
                && end - start >= min_words as usize
            {
                removed.extend(whole(article, start..end, first, min_words));
                at = end;
                floor = end;
                continue;
            }
            at += 1;
        }
    }

    /// Sum of the `piece` words from each place on.
    fn roll(&mut self, types: &[TypeId], piece: usize) {
        const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
        let mix = |id: TypeId| (u64::from(id) + 1).wrapping_mul(0xd6e8_feb8_6659_fd93);
        let top = (0..piece).fold(1u64, |power, _| power.wrapping_mul(BASE));
        self.sums.clear();
        let mut sum = types[..piece].iter().fold(0u64, |sum, &id| sum.wrapping_mul(BASE).wrapping_add(mix(id)));
        self.sums.push(sum);
        for i in piece..types.len() {
            sum = sum
                .wrapping_mul(BASE)
                .wrapping_add(mix(types[i]))
                .wrapping_sub(top.wrapping_mul(mix(types[i - piece])));
            self.sums.push(sum);
        }
    }

    /// A small bit filter of the aligned pieces, so that most words never reach the map.
    fn remember(&mut self, words: usize, piece: usize) {
        let bits = (words / piece * 16).next_power_of_two().max(64);
        self.filter.clear();
        self.filter.resize(bits / 64, 0);
        for start in (0..self.sums.len()).step_by(piece) {
            let bit = self.bit(self.sums[start]);
            self.filter[bit / 64] |= 1 << (bit % 64);
        }
    }

    fn bit(&self, sum: u64) -> usize {
        (sum >> 20) as usize & (self.filter.len() * 64 - 1)
    }

    fn may_hold(&self, sum: u64) -> bool {
        let bit = self.bit(sum);
        self.filter[bit / 64] >> (bit % 64) & 1 == 1
    }
}

/// What of a passage that was said before is whole: its sentences, else the paragraph that says it first.
fn whole(article: &ArticleTokens<'_>, later: Range<usize>, first: usize, min_words: u32) -> Option<Removed> {
    let all = article.types.len() as u32;
    let (start, end) = (later.start as u32, later.end as u32);
    let sentences = article.sentences;
    let from = sentences.get(sentences.partition_point(|&at| at < start)).copied().unwrap_or(all);
    let to = if end == all { all } else { sentences[sentences.partition_point(|&at| at <= end) - 1] };
    let is_long = |from: u32, to: u32| to.saturating_sub(from) >= min_words;
    if is_long(from, to) {
        let evidence = format!("first at word {}", first as u32 + (from - start) + 1);
        return Some(Removed { tokens: Span::new(from, to), rule: Rule::Repeat, evidence });
    }
    let (first, ends) = (first as u32, first as u32 + (end - start));
    let begins = |at: u32| at == all || article.paragraphs.binary_search(&at).is_ok();
    let is_paragraph = first > 0 && begins(first) && begins(ends);
    let evidence = format!("again at word {}", start + 1);
    is_paragraph.then(|| Removed { tokens: Span::new(first, ends), rule: Rule::Repeat, evidence })
}

/// The longest equal passage around two equal pieces: start and end of the later, start of the first.
fn grow(types: &[TypeId], first: usize, later: usize, piece: usize, floor: usize) -> Option<(usize, usize, usize)> {
    if types[first..first + piece] != types[later..later + piece] {
        return None;
    }
    let mut back = 0;
    let floor = floor.max(first + piece);
    while back < first && later - back > floor && types[first - back - 1] == types[later - back - 1] {
        back += 1;
    }
    let mut ahead = piece;
    while later + ahead < types.len() && first + ahead < later - back && types[first + ahead] == types[later + ahead] {
        ahead += 1;
    }
    Some((later - back, later + ahead, first - back))
}
