//! Targets and labels of a lexicon, to be surveyed beside its frames.
//!
//! In: lexicons. Out: the same with their targets and labels as further lexicons behind each; of a survey, the hits of each.
//! Invariant: matching is that of a run with this lexicon alone.
//! It deliberately knows no corpus: `survey` does.

use super::survey::Usage;
use crate::lexicon::Lexicon;
use crate::lookup::{Subjects, Window};
use std::collections::BTreeMap;

/// Takes each lexicon with its targets and labels, as lexicons whose frames they are.
pub(super) fn whole(lexicons: Vec<Lexicon>) -> Vec<Vec<Lexicon>> {
    let whole = |lexicon: Lexicon| {
        let subjects = Subjects::of([&lexicon], Window::default());
        let mut further: Vec<Lexicon> = subjects.lexicons().cloned().collect();
        for frame in further.iter_mut().flat_map(|lexicon| &mut lexicon.frames) {
            frame.name.clone_from(&frame.label);
        }
        std::iter::once(lexicon).chain(further).collect()
    };
    lexicons.into_iter().map(whole).collect()
}

/// Hits of each target or label of one further part, in the order of the lexicon.
pub(super) fn hits(part: &Lexicon, usage: &[Usage]) -> Vec<(String, u64)> {
    let mut hits: BTreeMap<usize, u64> = BTreeMap::new();
    for (entry, usage) in part.entries.iter().zip(usage) {
        *hits.entry(entry.frame).or_default() += usage.hits;
    }
    hits.into_iter().map(|(frame, n)| (part.frames[frame].name.clone(), n)).collect()
}
