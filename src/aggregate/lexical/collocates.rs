//! What stands beside chosen words and frames.
//!
//! In: the hits of nodes in a shard. Out: which words stand within reach of them, article by article.
//! Invariant: nothing is looked at beyond a border: the end of the article, site furniture, a repeated passage, where a quotation
//! begins or ends, and the sentence unless asked otherwise. A word within reach of two hits is counted once; a hit's own words
//! are not beside it. What a word does beside another hit counts: *terror* beside *terror* is there.
//! Titles and scare quotes are no border: they are part of the sentence that they stand in.

use crate::index::Shard;
use crate::lookup::{Hit, Uncounted, VoiceLookup};
use crate::text::Span;
use crate::tokenise::TypeId;
use crate::voice::Voice;
use serde::{Deserialize, Serialize};

/// How far from a node words are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// So many words on each side.
    Window {
        /// Words.
        words: u32,
        /// Whether the next sentence may be reached.
        across_sentences: bool,
    },
    /// The sentence.
    Sentence,
}

impl Default for Reach {
    fn default() -> Reach {
        Reach::Window { words: 5, across_sentences: false }
    }
}

/// What stands beside one node in one article.
pub(super) struct NodeCollocates {
    node: u32,
    hits: u32,
    places: u32,
    words: Vec<(TypeId, u32)>,
}

/// The collocates of every node in every article of a shard; `hits` are (node, hit), by node and place.
pub(super) fn of_shard(
    shard: &Shard,
    hits: &[(u32, Hit)],
    voice_lookup: &mut VoiceLookup<'_>,
    reach: Reach,
    counted_voices: bool,
) -> Vec<Vec<NodeCollocates>> {
    let mut found: Vec<Vec<NodeCollocates>> = shard.articles().iter().map(|_| Vec::new()).collect();
    let mut by_article: Vec<&(u32, Hit)> = hits.iter().collect();
    by_article.sort_by_key(|(node, hit)| (hit.article, *node, hit.tokens.start, hit.tokens.end));
    for of_article in by_article.chunk_by(|a, b| a.1.article == b.1.article) {
        let article = of_article[0].1.article as usize;
        let pieces = pieces(shard, article, voice_lookup, reach, counted_voices);
        let first = shard.range(article).start;
        let types: Vec<TypeId> = shard.types_of(shard.range(article)).collect();
        for of_node in of_article.chunk_by(|a, b| a.0 == b.0) {
            let mut within = vec![false; types.len()];
            for (_, hit) in of_node {
                let tokens = hit.tokens.in_article(first).range();
                within[reached(&pieces, tokens.start, reach, false)].fill(true);
                within[reached(&pieces, tokens.end - 1, reach, true)].fill(true);
            }
            let near = types.iter().zip(&within).filter(|(_, within)| **within);
            let mut types: Vec<TypeId> = near.map(|(&id, _)| id).collect();
            types.sort_unstable();
            found[article].push(NodeCollocates {
                node: of_node[0].0,
                hits: of_node.len() as u32,
                places: types.len() as u32,
                words: types.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32)).collect(),
            });
        }
    }
    found
}

/// The tokens within reach on one side of a token, not over a border.
fn reached(pieces: &[u32], token: usize, reach: Reach, to_the_right: bool) -> std::ops::Range<usize> {
    let most = match reach {
        Reach::Window { words, .. } => words as usize,
        Reach::Sentence => usize::MAX,
    };
    let same = |piece: &&u32| **piece == pieces[token] && **piece != 0;
    if to_the_right {
        let words = pieces[token + 1..].iter().take(most).take_while(same).count();
        token + 1..token + 1 + words
    } else {
        let words = pieces[..token].iter().rev().take(most).take_while(same).count();
        token - words..token
    }
}

/// For each token of an article the piece that it stands in, from 1; borders lie between pieces. 0 is removed.
fn pieces(
    shard: &Shard,
    article: usize,
    voice_lookup: &mut VoiceLookup<'_>,
    reach: Reach,
    counted_voices: bool,
) -> Vec<u32> {
    let crosses = matches!(reach, Reach::Window { across_sentences: true, .. });
    let mut sentence = 0;
    let mut piece = 0;
    let mut before = None;
    let of_token = |at: usize| {
        while !crosses && shard.sentences(article).get(sentence).is_some_and(|&begin| begin as usize <= at) {
            sentence += 1;
        }
        let (verdict, uncounted) = voice_lookup.judge(article, Span::new(at as u32, at as u32 + 1));
        let is_removed = match uncounted {
            Some(Uncounted::Furniture | Uncounted::Repeat | Uncounted::Headline) => true,
            Some(Uncounted::Voice) => counted_voices,
            None => false,
        };
        let quotation = (verdict.voice == Voice::Quoted).then_some((verdict.rule, verdict.cue, verdict.source));
        let here = Some((is_removed, quotation, sentence));
        piece += u32::from(here != before);
        before = here;
        if is_removed { 0 } else { piece }
    };
    (0..shard.range(article).len() as usize).map(of_token).collect()
}

/// What stands beside every node, article by article.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CollocateCounts {
    /// Node, article, hits of the node there, and words within their reach.
    pub nodes: Vec<(u32, u32, u32, u32)>,
    /// Node, form of [`super::Words`], article, and how often it stands within reach; ascending.
    pub words: Vec<(u32, u32, u32, u32)>,
}

impl CollocateCounts {
    pub(super) fn add(&mut self, article: u32, near: &NodeCollocates, mut number: impl FnMut(TypeId) -> u32) {
        self.nodes.push((near.node, article, near.hits, near.places));
        self.words.extend(near.words.iter().map(|&(id, n)| (near.node, number(id), article, n)));
    }

    /// Adds that of the articles that follow; their first has the number `first` here, and their forms have these `numbers`.
    pub(super) fn merge(&mut self, next: CollocateCounts, first: u32, numbers: &[u32]) {
        self.nodes
            .extend(next.nodes.into_iter().map(|(node, article, hits, places)| (node, article + first, hits, places)));
        let word = |(node, form, article, n): (u32, u32, u32, u32)| (node, numbers[form as usize], article + first, n);
        self.words.extend(next.words.into_iter().map(word));
    }

    pub(super) fn finish(&mut self) {
        self.nodes.sort_unstable();
        self.words.sort_unstable();
    }
}
