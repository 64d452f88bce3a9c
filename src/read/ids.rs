//! The ids of a corpus, each made unique.
//!
//! In: ids as they stand, in reading order. Out: unique ones, marked `#2` and so on where one is taken.
//! Invariant: which ids are marked depends on all that stand before; where reading begins in the middle, it is told.
//! It deliberately keeps hashes only, so that memory hardly grows with the corpus.

use super::Item;
use super::article::short;
use crate::error::{Place, Problem};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The ids that are taken.
#[derive(Default)]
pub(super) struct Ids {
    taken: HashMap<u64, u32>,
    /// Ids asked for so far.
    pub asked: u64,
    /// By number of the article: the ids that were marked. Kept only where somebody will ask for them.
    pub marked: Option<BTreeMap<u64, String>>,
    /// The same, told by whoever read the whole corpus: nothing is decided here.
    pub assigned: Option<BTreeMap<u64, String>>,
}

impl Ids {
    /// The id, marked where it is taken; that is a problem only of ids that the metadata give, `is_given`.
    pub fn unique(&mut self, id: String, is_given: bool, place: &Place, out: &mut VecDeque<Item>) -> String {
        let number = self.asked;
        self.asked += 1;
        if let Some(assigned) = &mut self.assigned {
            return assigned.remove(&number).unwrap_or(id);
        }
        let mut n = self.claim(&id);
        if n == 1 {
            return id;
        }
        // the times an id was asked for is nearly always a free number: no search, however often it comes
        let fresh = loop {
            let candidate = format!("{id}#{n}");
            if self.claim(&candidate) == 1 {
                break candidate;
            }
            n += 1;
        };
        let problem = Problem::warning("duplicate-id", place.clone(), format!("id `{}` is used twice", short(&id)));
        if is_given {
            out.push_back(Item::Problem(problem.hint(format!("this article is counted as `{}`", short(&fresh)))));
        }
        if let Some(marked) = &mut self.marked {
            marked.insert(number, fresh.clone());
        }
        fresh
    }

    fn claim(&mut self, id: &str) -> u32 {
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        let times = self.taken.entry(hasher.finish()).or_insert(0);
        *times += 1;
        *times
    }
}
