//! Which entry of one run is which of another, and what was edited.
//!
//! In: the entries of two runs. Out: [`Pairs`]: every entry once, with its place in each run.
//! Invariant: pairing does not depend on which run is called the first; a line number alone is no change.
//! An entry is known by lexicon, frame and text (letter case and spaces aside): so another weight or match mode is the same entry
//! reweighted, and the same text in another frame of its lexicon is the entry moved. What a lexicon has that only one of the runs
//! knows is looked for in those that only the other knows: `frames-2.toml` is what has become of `frames-1.toml`.

use super::families::Family;
use super::snapshot::{Entry, Snapshot};
use std::collections::{BTreeMap, BTreeSet};

/// An entry in two runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// Place in the first run.
    pub before: Option<usize>,
    /// Place in the second run.
    pub after: Option<usize>,
}

/// Every entry of two runs.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairs {
    pub(super) list: Vec<Pair>,
    /// Pair of each entry of the first run.
    pub(super) of_before: Vec<u32>,
    /// Pair of each entry of the second run.
    pub(super) of_after: Vec<u32>,
    /// By pair: what was replaced by what, where more than a weight, a match mode or a frame is another.
    pub(super) families: BTreeMap<usize, Family>,
}

impl Pairs {
    pub(super) fn of(before: &Snapshot, after: &Snapshot) -> Pairs {
        type Name = fn(&Entry) -> Vec<String>;
        let names: [Name; 4] = [
            |e| vec![except(e), e.frame.clone(), e.text.clone(), e.mode.clone(), e.weight.clone()],
            |e| vec![except(e), e.frame.clone(), e.text.clone()],
            |e| vec![except(e), e.frame.clone(), folded(&e.text)],
            |e| vec![except(e), folded(&e.text)],
        ];
        let lexicons = |run: &Snapshot| run.entries.iter().map(|entry| entry.lexicon.clone()).collect::<BTreeSet<_>>();
        let lexicon_names = [lexicons(before), lexicons(after)];
        // a lexicon that only one run knows has no name to be known by
        let of = |entry: &Entry| {
            let is_shared = lexicon_names.iter().all(|other| other.contains(&entry.lexicon));
            is_shared.then(|| entry.lexicon.clone())
        };
        let mut partner: Vec<Option<usize>> = vec![None; before.entries.len()];
        let mut taken = vec![false; after.entries.len()];
        for name in names {
            let mut free: BTreeMap<(Option<String>, Vec<String>), Vec<usize>> = BTreeMap::new();
            for place in (0..after.entries.len()).rev().filter(|&place| !taken[place]) {
                free.entry((of(&after.entries[place]), name(&after.entries[place]))).or_default().push(place);
            }
            if free.is_empty() {
                break;
            }
            for (entry, partner) in before.entries.iter().zip(&mut partner).filter(|(_, partner)| partner.is_none()) {
                *partner = free.get_mut(&(of(entry), name(entry))).and_then(Vec::pop);
                if let Some(place) = partner {
                    taken[*place] = true;
                }
            }
        }
        let mut pairs = Pairs { of_after: vec![0; after.entries.len()], ..Pairs::default() };
        for (place, &partner) in partner.iter().enumerate() {
            pairs.of_before.push(place as u32);
            pairs.list.push(Pair { before: Some(place), after: partner });
            if let Some(partner) = partner {
                pairs.of_after[partner] = place as u32;
            }
        }
        for place in (0..taken.len()).filter(|&place| !taken[place]) {
            pairs.of_after[place] = pairs.list.len() as u32;
            pairs.list.push(Pair { before: None, after: Some(place) });
        }
        pairs
    }
}

fn except(entry: &Entry) -> String {
    entry.except.to_string()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// What was done to an entry: `added`, `removed`, or what of it changed, such as `moved, reweighted`; empty where nothing was.
pub fn edit(before: Option<&Entry>, after: Option<&Entry>) -> String {
    match (before, after) {
        // what an entry was that is now part of another pair
        (None, None) => String::new(),
        (None, _) => "added".to_string(),
        (_, None) => "removed".to_string(),
        (Some(a), Some(b)) => {
            let changes = [
                (a.frame != b.frame, "moved"),
                (a.weight != b.weight, "reweighted"),
                (a.mode != b.mode, "matched otherwise"),
                (a.text != b.text, "rewritten"),
            ];
            changes.iter().filter(|(is, _)| *is).map(|(_, what)| *what).collect::<Vec<_>>().join(", ")
        }
    }
}
