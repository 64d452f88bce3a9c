//! What each entry found: hits and articles by group, and the surface forms.
//!
//! In: counted hits, article by article. Out: one [`Usage`] an entry.
//! Invariant: the sum of an entry's hits over groups equals the sum over its forms.

use super::GroupId;
use crate::lookup::{EntryId, UnitId};
use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize, Serializer};
use std::collections::{BTreeMap, HashMap};

/// A map that is asked for every hit.
type Map<K, V> = HashMap<K, V, FixedState>;

/// Counts of the entries of one plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    #[serde(serialize_with = "in_order")]
    by_group: Map<(EntryId, GroupId), (u64, u64)>,
    #[serde(serialize_with = "in_order_of_all")]
    forms: Map<EntryId, Map<String, u64>>,
}

/// The same counts are the same bytes, whatever the order in which they came.
fn in_order<S: Serializer>(cells: &Map<(EntryId, GroupId), (u64, u64)>, to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(cells.iter().collect::<BTreeMap<_, _>>())
}

fn in_order_of_all<S: Serializer>(forms: &Map<EntryId, Map<String, u64>>, to: S) -> Result<S::Ok, S::Error> {
    let of_entry = |(entry, forms)| (entry, Map::iter(forms).collect::<BTreeMap<_, _>>());
    to.collect_map(forms.iter().map(of_entry).collect::<BTreeMap<_, _>>())
}

/// An entry and a group: hits, articles.
type EntryInGroup = ((EntryId, GroupId), (u64, u64));

/// An entry and its forms.
type EntryForms = (EntryId, Map<String, u64>);

/// What an entry found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Counted hits.
    pub hits: u64,
    /// Articles with a counted hit.
    pub articles: u64,
    /// Hits by group.
    pub by_group: BTreeMap<GroupId, u64>,
    /// Folded surface forms, most frequent first.
    pub forms: Vec<(String, u64)>,
}

impl Terms {
    /// Adds the counted hits of one article: entry and form of each.
    pub fn push<'h>(&mut self, group: GroupId, hits: impl Iterator<Item = (EntryId, &'h str)> + Clone) {
        let mut entries: Vec<EntryId> = hits.clone().map(|(entry, _)| entry).collect();
        entries.sort_unstable();
        for run in entries.chunk_by(|a, b| a == b) {
            let cell = self.by_group.entry((run[0], group)).or_default();
            cell.0 += run.len() as u64;
            cell.1 += 1;
        }
        for (entry, form) in hits {
            let forms = self.forms.entry(entry).or_default();
            match forms.get_mut(form) {
                Some(count) => *count += 1,
                None => {
                    forms.insert(form.to_string(), 1);
                }
            }
        }
    }

    /// Adds the counts of another part of the corpus.
    pub fn add(&mut self, part: Terms) {
        let (cells, forms) = part.in_order();
        cells.into_iter().for_each(|cell| self.add_cell(cell));
        forms.into_iter().for_each(|(entry, forms)| self.add_forms(entry, forms));
    }

    /// Takes the counts apart: `number` says of an entry which of so many units it is in, and its number there.
    pub fn split(self, units: usize, number: impl Fn(EntryId) -> (UnitId, EntryId)) -> Vec<Terms> {
        let mut split = vec![Terms::default(); units];
        let (cells, forms) = self.in_order();
        for ((entry, group), sums) in cells {
            let (unit, entry) = number(entry);
            split[unit.index()].add_cell(((entry, group), sums));
        }
        for (entry, forms) in forms {
            let (unit, entry) = number(entry);
            split[unit.index()].add_forms(entry, forms);
        }
        split
    }

    /// Adds the counts of other entries; nothing where `number` knows an entry not.
    pub fn join(&mut self, part: Terms, number: impl Fn(EntryId) -> Option<EntryId>) -> Option<()> {
        let (cells, forms) = part.in_order();
        for ((entry, group), sums) in cells {
            self.add_cell(((number(entry)?, group), sums));
        }
        for (entry, forms) in forms {
            self.add_forms(number(entry)?, forms);
        }
        Some(())
    }

    fn in_order(self) -> (Vec<EntryInGroup>, Vec<EntryForms>) {
        let mut cells: Vec<_> = self.by_group.into_iter().collect();
        cells.sort_unstable();
        let mut forms: Vec<_> = self.forms.into_iter().collect();
        forms.sort_unstable_by_key(|(entry, _)| *entry);
        (cells, forms)
    }

    fn add_cell(&mut self, (key, (hits, articles)): EntryInGroup) {
        let cell = self.by_group.entry(key).or_default();
        *cell = (cell.0 + hits, cell.1 + articles);
    }

    fn add_forms(&mut self, entry: EntryId, forms: Map<String, u64>) {
        let entry_forms = self.forms.entry(entry).or_default();
        let mut forms: Vec<_> = forms.into_iter().collect();
        forms.sort_unstable();
        for (form, count) in forms {
            *entry_forms.entry(form).or_default() += count;
        }
    }

    /// The usage of every entry that found something.
    pub fn usage(&self) -> BTreeMap<EntryId, Usage> {
        let mut usage: BTreeMap<EntryId, Usage> = BTreeMap::new();
        let mut cells: Vec<_> = self.by_group.iter().collect();
        cells.sort_unstable();
        for (&(entry, group), &(hits, articles)) in cells {
            let found = usage.entry(entry).or_default();
            found.hits += hits;
            found.articles += articles;
            *found.by_group.entry(group).or_default() += hits;
        }
        for (entry, found) in &mut usage {
            let Some(forms) = self.forms.get(entry) else { continue };
            let mut forms: Vec<(String, u64)> = forms.iter().map(|(form, &n)| (form.clone(), n)).collect();
            forms.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            found.forms = forms;
        }
        usage
    }
}
