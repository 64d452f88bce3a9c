//! Where each type occurs.
//!
//! In: the type of every token. Out: the tokens of every type, ascending.
//! Invariant: each token stands in exactly one list.
//! It deliberately sorts nothing: two passes of counting put every token in its place.

use crate::tokenise::TypeId;

/// Tokens by type.
pub struct Postings {
    starts: Vec<u32>,
    tokens: Vec<u32>,
}

impl Postings {
    /// The postings of a column of types.
    pub fn of(types: &[TypeId], distinct: usize) -> Postings {
        let mut starts = vec![0; distinct + 1];
        for &id in types {
            starts[id as usize + 1] += 1;
        }
        for i in 0..distinct {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut tokens = vec![0; types.len()];
        for (token, &id) in types.iter().enumerate() {
            let place = &mut next[id as usize];
            tokens[*place as usize] = token as u32;
            *place += 1;
        }
        Postings { starts, tokens }
    }

    /// The tokens of a type, ascending.
    pub fn of_type(&self, id: TypeId) -> &[u32] {
        &self.tokens[self.starts[id as usize] as usize..self.starts[id as usize + 1] as usize]
    }

    /// How many tokens a set of types has.
    pub fn count(&self, types: &[TypeId]) -> usize {
        types.iter().map(|&id| self.of_type(id).len()).sum()
    }
}
