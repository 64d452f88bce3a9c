//! Where each type occurs.
//!
//! In: the type of every token. Out: the tokens of every type, ascending.
//! Invariant: each token stands in exactly one list.
//! It deliberately sorts nothing: one pass counts bytes, a second puts every distance, a byte or two each, in its place.

use super::bytes::Reader;
use super::{Shard, column};
use crate::tokenise::TypeId;
use std::ops::Range;

/// The end of each type's bytes, and the bytes.
pub(super) fn encode(types: &[TypeId], distinct: usize) -> (Vec<u32>, Vec<u8>) {
    // of each type the token that was met last, and bytes: how many there are, then where the next goes
    let mut met = vec![[0u32; 2]; distinct];
    for (token, &id) in (0u32..).zip(types) {
        let [last, bytes] = &mut met[id as usize];
        *bytes += length(token - *last);
        *last = token;
    }
    let mut end = 0;
    let mut begin_at = |met: &mut [u32; 2]| {
        let start = end;
        end += met[1];
        *met = [0, start];
        end
    };
    let ends: Vec<u32> = met.iter_mut().map(&mut begin_at).collect();
    let mut bytes = vec![0; ends.last().map_or(0, |&end| end as usize)];
    for (token, &id) in (0u32..).zip(types) {
        let [last, next] = &mut met[id as usize];
        let mut rest = token - *last;
        *last = token;
        while rest >= 0x80 {
            bytes[*next as usize] = rest as u8 | 0x80;
            rest >>= 7;
            *next += 1;
        }
        bytes[*next as usize] = rest as u8;
        *next += 1;
    }
    (ends, bytes)
}

/// Bytes that [`Reader::number`] reads for a number.
fn length(number: u32) -> u32 {
    [7, 14, 21, 28].into_iter().map(|bits| u32::from(number >> bits != 0)).sum::<u32>() + 1
}

/// Tokens by type.
#[derive(Clone, Copy)]
pub struct Postings<'a> {
    pub(super) shard: &'a Shard,
    pub(super) ends: &'a [u32],
    /// Tokens of the shard.
    pub(super) tokens: u32,
}

impl<'a> Postings<'a> {
    /// The tokens of a type, ascending.
    pub fn of_type(&self, id: TypeId) -> impl Iterator<Item = u32> + 'a {
        let mut reader = Reader::new(self.of(id));
        let mut token = 0u32;
        let tokens = self.tokens;
        // what would stand behind the last token is in no shard of ours
        std::iter::from_fn(move || {
            token = token.checked_add(reader.small()?).filter(|&token| token < tokens)?;
            Some(token)
        })
    }

    /// A number that grows with the tokens of a set of types.
    pub fn weight(&self, types: &[TypeId]) -> usize {
        types.iter().map(|&id| self.bytes_of(id).len()).sum()
    }

    fn of(&self, id: TypeId) -> &'a [u8] {
        self.shard.part(column::POSTINGS, self.bytes_of(id))
    }

    fn bytes_of(&self, id: TypeId) -> Range<usize> {
        let start = (id as usize).checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(id as usize).copied().unwrap_or(0);
        start as usize..end as usize
    }
}
