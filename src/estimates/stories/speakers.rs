//! Who is given the word in the articles of stories.
//!
//! In: the hits of each speaker by article. Out: [`Speakers`], by their last word.
//! Invariant: a speaker is spelt as most articles spell him; of spellings as frequent the first in the alphabet is taken.
//! It deliberately leaves out who has no name of his own: a pronoun that points to nobody known.

use crate::aggregate::Counts;
use crate::estimates::lexical::kinds::Kinds;
use crate::voice::WordKind;
use std::collections::{BTreeMap, BTreeSet};

/// Hits by article.
pub(super) type Hits = BTreeMap<u32, u32>;

/// The speakers of some articles.
pub(super) struct Speakers<'c> {
    /// By last word: the spellings, and the hits of each article.
    of: BTreeMap<&'c str, (BTreeMap<&'c str, u32>, Hits)>,
    /// Last words of the speakers of each article.
    in_article: BTreeMap<u32, BTreeSet<&'c str>>,
}

impl<'c> Speakers<'c> {
    /// Those of these articles.
    pub fn of<'a>(counts: &'c Counts, articles: impl Iterator<Item = &'a u32>, kinds: &Kinds) -> Speakers<'c> {
        let wanted: BTreeSet<u32> = articles.copied().collect();
        let mut speakers = Speakers { of: BTreeMap::new(), in_article: BTreeMap::new() };
        for (frame, folded, speaker) in counts.speakers.iter() {
            if !counts.is_outermost(frame) {
                continue;
            }
            let Some(last) = folded.split(' ').next_back().filter(|last| !last.is_empty()) else { continue };
            if kinds.kind(last) == WordKind::Function {
                continue;
            }
            for spoken in speaker.spoken().filter(|spoken| wanted.contains(&spoken.article)) {
                let (spellings, hits) = speakers.of.entry(last).or_default();
                *spellings.entry(speaker.spelt).or_default() += 1;
                *hits.entry(spoken.article).or_default() += spoken.quoted + spoken.attributed;
                speakers.in_article.entry(spoken.article).or_default().insert(last);
            }
        }
        speakers
    }

    /// Names and hits of those who speak in these articles.
    pub fn of_articles<'a>(&self, articles: impl Iterator<Item = &'a u32>) -> Vec<(&'c str, &Hits)> {
        let last: BTreeSet<&str> =
            articles.filter_map(|article| self.in_article.get(article)).flatten().copied().collect();
        let named = |last: &str| {
            let (spellings, hits) = self.of.get(last)?;
            let most = spellings.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)))?;
            Some((*most.0, hits))
        };
        last.into_iter().filter_map(named).collect()
    }
}
