//! Entries that took the places of other entries: `loot*` that became `=looting` and `=looters` is one edit, not 1,096 hits lost and 933 gained.
//!
//! In: two runs with their hits, and the pairs of their entries. Out: pairs in which what was replaced and what replaced it are one.
//! Invariant: which entries belong together does not depend on which run is called the first.
//! Two entries of one frame, each in one run only, belong together where at least half of the places of one of them are places of the other.

use super::entries::{Pair, Pairs};
use super::key::Key;
use super::snapshot::{Article, Snapshot};
use std::collections::BTreeMap;

/// What a replaced entry was, and what it became: places among the entries of either run, most hits first.
pub(super) type Family = [Vec<usize>; 2];

/// Places that an entry of the first run and one of the second share.
type Shared = BTreeMap<[usize; 2], u64>;

impl Pairs {
    /// Joins what was replaced with what replaced it.
    pub(super) fn join(&mut self, runs: [&Snapshot; 2]) {
        let shared = self.shared(runs);
        let hits = self.hits_of_lone(runs);
        let half = |side: usize, place: usize, n: u64| 2 * n >= hits[side].get(&place).copied().unwrap_or(u64::MAX);
        let edges: Vec<[usize; 2]> = shared
            .iter()
            .filter(|(pair, n)| half(0, pair[0], **n) || half(1, pair[1], **n))
            .map(|(pair, _)| *pair)
            .collect();
        let rank = |side: usize, place: &usize| {
            let count = hits[side].get(place).copied().unwrap_or(0);
            (std::cmp::Reverse(count), runs[side].entries[*place].text.clone())
        };
        for mut family in families(&edges) {
            for (side, members) in family.iter_mut().enumerate() {
                members.sort_by_key(|place| rank(side, place));
            }
            self.merge(family);
        }
    }

    fn merge(&mut self, family: Family) {
        let [befores, afters] = &family;
        let (Some(&before), Some(&after)) = (befores.first(), afters.first()) else { return };
        let place = self.of_before[before];
        self.list[self.of_after[after] as usize] = Pair::default();
        self.list[place as usize].after = Some(after);
        befores.iter().for_each(|&member| self.of_before[member] = place);
        afters.iter().for_each(|&member| self.of_after[member] = place);
        self.families.insert(place as usize, family);
    }

    /// True for an entry that only its own run has.
    fn is_lone(&self, side: usize, entry: usize) -> bool {
        let pair = match side {
            0 => self.list[self.of_before[entry] as usize],
            _ => self.list[self.of_after[entry] as usize],
        };
        pair.before.is_none() || pair.after.is_none()
    }

    fn hits_of_lone(&self, runs: [&Snapshot; 2]) -> [BTreeMap<usize, u64>; 2] {
        [0, 1].map(|side| {
            let mut hits = BTreeMap::new();
            for key in runs[side].hits.iter().filter(|key| self.is_lone(side, key.entry as usize)) {
                *hits.entry(key.entry as usize).or_default() += 1;
            }
            hits
        })
    }

    fn shared(&self, runs: [&Snapshot; 2]) -> Shared {
        let mut shared = Shared::new();
        let has_lone = |side: usize| (0..runs[side].entries.len()).any(|entry| self.is_lone(side, entry));
        if !has_lone(0) || !has_lone(1) {
            return shared;
        }
        let later: BTreeMap<&str, &Article> =
            runs[1].articles.iter().map(|article| (article.id.as_str(), article)).collect();
        for article in &runs[0].articles {
            let Some(other) = later.get(article.id.as_str()).filter(|other| other.text == article.text) else {
                continue;
            };
            let lone = |side: usize, article: &Article| -> Vec<Key> {
                let hits = &runs[side].hits[article.hits.clone()];
                hits.iter().copied().filter(|key| self.is_lone(side, key.entry as usize)).collect()
            };
            let others = lone(1, other);
            for one in lone(0, article) {
                let frame = &runs[0].frames[one.frame as usize];
                let meets = |key: &&Key| meet(&one, key) && runs[1].frames[key.frame as usize] == *frame;
                for key in others.iter().filter(meets) {
                    *shared.entry([one.entry as usize, key.entry as usize]).or_default() += 1;
                }
            }
        }
        shared
    }
}

/// True where two hits of one text share a byte.
pub(super) fn meet(one: &Key, other: &Key) -> bool {
    one.start < other.end && other.start < one.end
}

/// What hangs together.
fn families(edges: &[[usize; 2]]) -> Vec<Family> {
    let mut families: Vec<Family> = Vec::new();
    for &[before, after] in edges {
        let (joined, apart): (Vec<Family>, Vec<Family>) =
            families.into_iter().partition(|[befores, afters]| befores.contains(&before) || afters.contains(&after));
        let mut family: Family = [vec![before], vec![after]];
        for other in joined {
            for (members, more) in family.iter_mut().zip(other) {
                members.extend(more);
                members.sort_unstable();
                members.dedup();
            }
        }
        families = apart;
        families.push(family);
    }
    families
}
