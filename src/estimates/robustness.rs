//! What findings rest on: one entry, one article.
//!
//! In: counts with their [`Variants`](crate::aggregate::Variants), and the comparisons. Out: [`Robustness`].
//! Invariant: entries are numbered by their texts, so that neither their order in a lexicon nor the article that found them
//! first decides between equal changes.

use crate::aggregate::Counts;
use crate::lookup::EntryId;
use crate::statistics::sensitivity::{Part, SensitivityRow, sensitivity};
use crate::statistics::{ComparisonRow, Groups, SmallGroups};
use std::collections::BTreeMap;

/// The checks of every comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Robustness {
    /// Two rows for each group and frame: one entry left out, one article left out.
    pub rows: Vec<SensitivityRow>,
    /// The entries that rows name by number.
    pub entries: Vec<EntryId>,
}

pub(super) fn of(
    counts: &Counts,
    groups: &Groups<'_>,
    strata: Option<&[u32]>,
    (comparisons, smaller): (&[ComparisonRow], Option<&SmallGroups>),
) -> Robustness {
    let cells = &counts.variants.entries;
    let names = &counts.variants.names;
    let mut entries: Vec<EntryId> = cells.iter().map(|cell| cell.entry).collect();
    entries.sort_unstable();
    entries.dedup();
    entries.sort_by_key(|entry| names.get(entry));
    let numbers: BTreeMap<EntryId, u32> = entries.iter().copied().zip(0..).collect();
    let number = |entry: EntryId| numbers.get(&entry).copied().unwrap_or(u32::MAX);
    let part = |cell: &crate::aggregate::EntryCell| Part {
        frame: cell.frame.index() as u32,
        entry: number(cell.entry),
        article: cell.article,
        hits: cell.hits,
    };
    let parts: Vec<Part> = cells.iter().map(part).collect();
    let others = smaller.map_or(&[][..], |of| &of.rows);
    Robustness { rows: sensitivity(groups, strata, (comparisons, others), &parts, &counts.articles), entries }
}
