//! Where each type occurs.
//!
//! In: the type of every token. Out: the tokens of every type, ascending.
//! Invariant: each token stands in exactly one list.
//! It deliberately sorts nothing: two passes of counting put every token in its place. Kept are the distances, a byte or two each.

use super::bytes::{Reader, Writer};
use crate::tokenise::TypeId;

/// The end of each type's bytes, and the bytes.
pub(super) fn encode(types: &[TypeId], distinct: usize) -> (Vec<u32>, Vec<u8>) {
    let mut starts = vec![0; distinct + 1];
    for &id in types {
        starts[id as usize + 1] += 1;
    }
    for i in 0..distinct {
        starts[i + 1] += starts[i];
    }
    let mut next: Vec<u32> = starts.clone();
    let mut tokens = vec![0; types.len()];
    for (token, &id) in types.iter().enumerate() {
        let place = &mut next[id as usize];
        tokens[*place as usize] = token as u32;
        *place += 1;
    }
    let mut ends = Vec::with_capacity(distinct);
    let mut writer = Writer { bytes: Vec::with_capacity(types.len() * 2) };
    for id in 0..distinct {
        let mut before = 0;
        for &token in &tokens[starts[id] as usize..starts[id + 1] as usize] {
            writer.number(token - before);
            before = token;
        }
        ends.push(writer.bytes.len() as u32);
    }
    (ends, writer.bytes)
}

/// Tokens by type.
#[derive(Clone, Copy)]
pub struct Postings<'a> {
    pub(super) ends: &'a [u32],
    pub(super) bytes: &'a [u8],
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
        types.iter().map(|&id| self.of(id).len()).sum()
    }

    fn of(&self, id: TypeId) -> &'a [u8] {
        let start = (id as usize).checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(id as usize).copied().unwrap_or(0);
        self.bytes.get(start as usize..end as usize).unwrap_or_default()
    }
}
