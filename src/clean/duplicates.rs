//! Articles that were already read.
//!
//! In: the words of articles, in the order they were read. Out: the earlier article that says the same.
//! Invariant: two articles are duplicates where their folded words are the same in the same order; an article of no words is
//! nobody's duplicate.
//! It deliberately keeps 16 bytes an article, not the texts.

use super::sketch::mix;
use crate::tokenise::TypeId;
use hashbrown::HashMap;

/// Digest of a sequence of folded words. `hashes` are of this vocabulary, as far as they were asked for.
pub fn digest<'w>(types: &[TypeId], folded: impl Fn(TypeId) -> &'w str, hashes: &mut Vec<u64>) -> Option<u128> {
    let mut words = Vec::with_capacity(types.len());
    hash_words(types, folded, hashes, &mut words);
    digest_of(&words)
}

/// Appends the hash of each folded word. `hashes` are as in [`digest`].
pub(super) fn hash_words<'w>(
    types: &[TypeId],
    folded: impl Fn(TypeId) -> &'w str,
    hashes: &mut Vec<u64>,
    words: &mut Vec<u64>,
) {
    words.extend(types.iter().map(|&id| {
        if hashes.len() <= id as usize {
            hashes.resize(id as usize + 1, 0);
        }
        let hash = &mut hashes[id as usize];
        if *hash == 0 {
            *hash = word_hash(folded(id)).max(1);
        }
        *hash
    }));
}

/// Digest of a sequence of hashes of words.
pub(super) fn digest_of(words: &[u64]) -> Option<u128> {
    if words.is_empty() {
        return None;
    }
    // two sums that share nothing but the words, side by side: the machine does both at once
    let (mut high, mut low) = (words.len() as u64, 0u64);
    for &word in words {
        high = (high ^ word).wrapping_mul(0x9fb2_1c65_1e98_df25).rotate_left(29);
        low = low.rotate_left(23).wrapping_add(word).wrapping_mul(0xff51_afd7_ed55_8ccd);
    }
    Some((u128::from(mix(high)) << 64 | u128::from(mix(low))).max(1))
}

/// Eight bytes at a time; the same on every machine.
fn word_hash(word: &str) -> u64 {
    let mut sum = word.len() as u64;
    for chunk in word.as_bytes().chunks(8) {
        let mut bytes = [0; 8];
        bytes[..chunk.len()].copy_from_slice(chunk);
        sum = mix(sum.wrapping_add(0x9e37_79b9_7f4a_7c15) ^ u64::from_le_bytes(bytes));
    }
    sum
}

/// The articles read so far.
#[derive(Default)]
pub struct Duplicates {
    seen: HashMap<u128, u32>,
}

impl Duplicates {
    /// The earlier article with the same words; else remembers this one.
    pub fn check(&mut self, digest: Option<u128>, article: u32) -> Option<u32> {
        match self.seen.entry(digest?) {
            hashbrown::hash_map::Entry::Occupied(earlier) => Some(*earlier.get()),
            hashbrown::hash_map::Entry::Vacant(place) => {
                place.insert(article);
                None
            }
        }
    }
}
