//! Entries that took the places of other entries: `loot*` that became `=looting` and `=looters` is one edit, not 1,096 hits lost and 933 gained.
//!
//! In: two runs with their hits, and the pairs of their entries. Out: pairs in which what was replaced and what replaced it are one.
//! Invariant: which entries belong together does not depend on which run is called the first.
//! Two entries of one frame, each in one run only, belong together where at least half of the places of one of them are places of the other.
//! Of sentiment lexicons, whose hits not every run writes one by one, the forms that an entry found stand for its places.

use super::entries::{Pair, Pairs};
use super::key::Key;
use super::snapshot::{Article, Entry, Snapshot};
use std::collections::BTreeMap;

/// What a replaced entry was, and what it became: places among the entries of either run, most hits first.
pub(super) type Family = [Vec<usize>; 2];

/// Places that an entry of the first run and one of the second share.
type Shared = BTreeMap<[usize; 2], u64>;

impl Pairs {
    /// Joins what was replaced with what replaced it.
    pub(super) fn join(&mut self, runs: [&Snapshot; 2]) {
        let (mut shared, mut hits) = (self.shared(runs), self.hits_of_lone(runs));
        self.add_forms(runs, &mut shared, &mut hits);
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

    /// Adds what entries of sentiment lexicons share.
    fn add_forms(&self, runs: [&Snapshot; 2], shared: &mut Shared, hits: &mut [BTreeMap<usize, u64>; 2]) {
        type Form<'r> = (&'r str, &'r str, &'r str);
        let forms = [0, 1].map(|side| {
            let mut found: BTreeMap<Form<'_>, Vec<(usize, u64)>> = BTreeMap::new();
            for (place, entry) in runs[side].entries.iter().enumerate() {
                if runs[side].sentiment_lexicons.contains(&entry.lexicon) && self.is_lone(side, place) {
                    hits[side].insert(place, entry.hits);
                    for (form, n) in entry.counted_forms() {
                        found.entry((&entry.lexicon, &entry.frame, form)).or_default().push((place, n));
                    }
                }
            }
            found
        });
        for (form, befores) in &forms[0] {
            for (before, n) in befores {
                for (after, m) in forms[1].get(form).into_iter().flatten() {
                    *shared.entry([*before, *after]).or_default() += n.min(m);
                }
            }
        }
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

impl Entry {
    /// Its forms, each with its hits.
    pub(super) fn counted_forms(&self) -> impl Iterator<Item = (&str, u64)> {
        self.forms.split(", ").filter_map(|form| {
            let (form, n) = form.rsplit_once(' ')?;
            Some((form, n.parse().ok()?))
        })
    }
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
