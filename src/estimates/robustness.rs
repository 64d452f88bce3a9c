//! What findings rest on: one entry, one article.
//!
//! In: counts with their [`Variants`](crate::aggregate::Variants), and the comparisons. Out: [`Robustness`].
//! Invariant: entries are numbered by their identity alone, whichever article found them first.

use crate::aggregate::Counts;
use crate::lookup::EntryId;
use crate::statistics::sensitivity::{Part, SensitivityRow, sensitivity};
use crate::statistics::{ComparisonRow, Groups};

/// The checks of every comparison.
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
    comparisons: &[ComparisonRow],
) -> Robustness {
    let cells = &counts.variants.entries;
    let mut entries: Vec<EntryId> = cells.iter().map(|cell| cell.entry).collect();
    entries.sort_unstable();
    entries.dedup();
    let number = |entry: EntryId| entries.partition_point(|&known| known < entry) as u32;
    let part = |cell: &crate::aggregate::EntryCell| Part {
        frame: cell.frame,
        entry: number(cell.entry),
        article: cell.article,
        hits: cell.hits,
    };
    let parts: Vec<Part> = cells.iter().map(part).collect();
    Robustness { rows: sensitivity(groups, strata, comparisons, &parts, &counts.articles), entries }
}
