//! Targets and labels of a lexicon, to be looked up beside its frames.
//!
//! In: a lexicon. Out: its targets and labels as lexicons; of what a corpus says, the hits of each.
//! Invariant: a name finds what it would find in a run whose only targets and labels are those of this lexicon.
//! It deliberately knows no corpus: `usage` does.

use super::usage::Usage;
use crate::lexicon::Lexicon;
use crate::lookup::{Subjects, Window};
use std::collections::BTreeMap;

/// The targets and labels of a lexicon, as lexicons whose frames they are.
pub(super) fn parts(lexicon: &Lexicon) -> Vec<Lexicon> {
    let subjects = Subjects::of([lexicon], Window::default());
    let mut parts: Vec<Lexicon> = subjects.lexicons().cloned().collect();
    for frame in parts.iter_mut().flat_map(|lexicon| &mut lexicon.frames) {
        frame.name.clone_from(&frame.label);
    }
    parts
}

/// Hits of each target or label of one further part, in the order of the lexicon.
pub(super) fn hits(part: &Lexicon, usage: &[Usage]) -> Vec<(String, u64)> {
    let mut hits: BTreeMap<usize, u64> = BTreeMap::new();
    for (entry, usage) in part.entries.iter().zip(usage) {
        *hits.entry(entry.frame).or_default() += usage.hits;
    }
    hits.into_iter().map(|(frame, n)| (part.frames[frame].name.clone(), n)).collect()
}
