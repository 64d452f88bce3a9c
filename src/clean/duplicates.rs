//! Articles that were already read.
//!
//! In: the words of articles, in the order they were read. Out: the earlier article that says the same.
//! Invariant: two articles are duplicates where their folded words are the same in the same order; an article of no words is
//! nobody's duplicate.
//! It deliberately keeps 16 bytes an article, not the texts.

use crate::tokenise::TypeId;
use hashbrown::HashMap;

/// Digest of a sequence of folded words; `hashes` keeps those of the words of one vocabulary from call to call.
pub fn digest<'w>(types: &[TypeId], folded: impl Fn(TypeId) -> &'w str, hashes: &mut Vec<u128>) -> Option<u128> {
    if types.is_empty() {
        return None;
    }
    let sum = types.iter().fold(0u128, |sum, &id| {
        if hashes.len() <= id as usize {
            hashes.resize(id as usize + 1, 0);
        }
        let hash = &mut hashes[id as usize];
        if *hash == 0 {
            *hash = word_hash(folded(id));
        }
        (sum ^ *hash).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b).rotate_left(29)
    });
    Some(sum)
}

fn word_hash(word: &str) -> u128 {
    xxhash_rust::xxh3::xxh3_128(word.as_bytes())
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
