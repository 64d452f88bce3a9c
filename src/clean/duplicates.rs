//! Articles that were already read.
//!
//! In: the words of articles, in the order they were read. Out: the earlier article that says the same.
//! Invariant: two articles are duplicates where their folded words are the same in the same order; an article of no words is
//! nobody's duplicate.
//! It deliberately keeps 16 bytes an article, not the texts.

use crate::tokenise::{TypeId, Vocabulary};
use hashbrown::HashMap;

/// Digest of a sequence of folded words.
pub fn digest(types: &[TypeId], vocabulary: &Vocabulary, hashes: &mut Vec<u128>) -> Option<u128> {
    if types.is_empty() {
        return None;
    }
    let known = hashes.len() as TypeId;
    hashes.extend((known..vocabulary.len() as TypeId).map(|id| word_hash(vocabulary.folded(id))));
    let sum = types.iter().fold(0u128, |sum, &id| {
        (sum ^ hashes[id as usize]).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b).rotate_left(29)
    });
    Some(sum)
}

fn word_hash(word: &str) -> u128 {
    let digest = blake3::hash(word.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.as_bytes()[..16]);
    u128::from_le_bytes(bytes)
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
