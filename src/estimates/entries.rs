//! Which entries of a frame make a group differ from the rest, or from another group.
//!
//! In: a comparison, and what the entries found in each group. Out: an [`EntryShift`].
//! Invariant: what the entries give, and what they count more than once, sum to the difference of the two rates.
//! It deliberately knows no formula: `statistics` does.

use super::Estimates;
use crate::aggregate::{Counts, GroupId, Usage};
use crate::lookup::{EntryId, Plan};
use crate::statistics::difference::difference;
use crate::statistics::word_shift::{Term, rate_shift};
use crate::statistics::{self, ComparisonRow, Estimate, Groups, Hits, Measured, Why};
use std::collections::BTreeMap;

/// What one entry gives to a difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EntryBar {
    /// The entry.
    pub entry: EntryId,
    /// Hits in the group and in the rest.
    pub hits: [u64; 2],
    /// Hits per 1,000 words of the group less those of the rest.
    pub contribution: f64,
}

/// What makes the rate of a frame in one group differ from that in all others, or in another one.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryShift {
    /// Hits of the frame in the group and in the rest.
    pub hits: [u64; 2],
    /// The difference of the rates, hits per 1,000 words.
    pub difference: f64,
    /// One bar an entry, the longest first.
    pub bars: Vec<EntryBar>,
}

/// The entries of each frame, those of the frames inside it too.
pub struct EntriesByFrame<'u> {
    of: Vec<Vec<(EntryId, &'u Usage)>>,
}

impl<'u> EntriesByFrame<'u> {
    /// Of what the entries of a plan found.
    pub fn of(plan: &Plan<'_>, usage: &'u BTreeMap<EntryId, Usage>) -> EntriesByFrame<'u> {
        let frames = plan.frames().len();
        let mut of: Vec<Vec<(EntryId, &Usage)>> = vec![Vec::new(); frames];
        let mut own: Vec<Vec<(EntryId, &Usage)>> = vec![Vec::new(); frames];
        for (&entry, usage) in usage {
            own[plan.frame_of(entry).index()].push((entry, usage));
        }
        for frame in plan.ids() {
            for &part in [frame].iter().chain(plan.inside(frame)) {
                of[frame.index()].extend(&own[part.index()]);
            }
        }
        EntriesByFrame { of }
    }

    /// The shift of a comparison with another group, or with all; none where a side has no words, or neither a hit.
    pub fn shift(&self, row: &ComparisonRow, against: Option<usize>) -> Option<EntryShift> {
        if row.words.contains(&0) || row.hits == [0, 0] {
            return None;
        }
        let of = self.of.get(row.frame)?;
        let term = |(_, usage): &(EntryId, &Usage)| {
            let of_group = |group: usize| usage.by_group.get(&GroupId::new(group)).copied().unwrap_or(0);
            let one = of_group(row.group);
            Term { one, other: against.map_or(usage.hits - one, of_group), weight: 0 }
        };
        let all = Term { one: row.hits[0], other: row.hits[1], weight: 0 };
        let terms: Vec<Term> = of.iter().map(term).chain([all]).collect();
        let contribution = rate_shift(&terms, row.words[0], row.words[1]);
        let difference = contribution.last().and_then(|contribution| contribution.value())?;
        let bar = |((&(entry, _), term), contribution): ((&(EntryId, &Usage), &Term), &Measured)| {
            let contribution = contribution.value()?;
            (term.one + term.other > 0).then_some(EntryBar { entry, hits: [term.one, term.other], contribution })
        };
        let mut bars: Vec<EntryBar> = of.iter().zip(&terms).zip(&contribution).filter_map(bar).collect();
        // stable: entries that give the same stay in the order of their file
        bars.sort_by(|a, b| b.contribution.abs().total_cmp(&a.contribution.abs()));
        Some(EntryShift { hits: row.hits, difference, bars })
    }
}

impl Estimates {
    /// What some entries of a frame give to a difference, and last the difference itself: each the rate in the group less that in what it
    /// is compared with, with an interval over the units of all rates. `found` are hits by entry and article, ascending; an entry is taken
    /// for itself, as if no other had been looked for.
    pub fn contribution(
        &self,
        counts: &Counts,
        found: &[(EntryId, u32, u32)],
        (row, against): (&ComparisonRow, Option<usize>),
        entries: &[EntryId],
    ) -> Vec<Estimate> {
        let (frames, mut cells) = (counts.frames.len(), Vec::new());
        for (column, &entry) in (0..).zip(entries) {
            let first = found.partition_point(|of| of.0 < entry);
            let own = found[first..].iter().take_while(|of| of.0 == entry);
            cells.extend(own.map(|&(_, article, hits)| (article, column, hits)));
        }
        let of_frame = counts.hits.iter().skip(row.frame).step_by(frames.max(1));
        cells.extend((0..).zip(of_frame).map(|(article, &hits)| (article, entries.len() as u32, hits)));
        cells.sort_unstable();
        let hits = Hits::sorted(cells.into_iter(), counts.words.len(), entries.len() + 1);
        let (options, names) = (statistics::Options::default(), counts.group_names());
        let view = statistics::Counts {
            frames: &[],
            groups: &names,
            group_of: GroupId::numbers(&counts.group_of),
            words: &counts.words,
            hits: &[],
        };
        let groups = Groups::sparse(&view, hits, &options).clustered(self.clustered.units());
        let articles = |is_in: &dyn Fn(usize) -> bool| -> Vec<u32> {
            (0..names.len()).filter(|&group| is_in(group)).flat_map(|group| groups.members(group).to_vec()).collect()
        };
        let own = articles(&|group| group == row.group);
        let others = articles(&|group| against.map_or(group != row.group, |other| group == other));
        let [own, others] = [own, others].map(|articles| groups.rates(&articles, 0..=entries.len()));
        own.iter().zip(&others).map(|(one, other)| difference(one, other)).collect()
    }
}

impl EntryShift {
    /// What is left after the first bars: hits and what they give; nothing where nothing is left. Hits that entries of a frame and of
    /// frames inside it share are counted once in the frame, so that what is left may have fewer hits than none.
    pub fn rest(&self, shown: usize) -> Option<([i64; 2], f64)> {
        let first = &self.bars[..self.bars.len().min(shown)];
        let hits =
            [0, 1].map(|side| self.hits[side] as i64 - first.iter().map(|bar| bar.hits[side] as i64).sum::<i64>());
        let contribution = self.difference - first.iter().map(|bar| bar.contribution).sum::<f64>();
        (self.bars.len() > shown || hits != [0, 0]).then_some((hits, contribution))
    }
}

/// Whether a comparison is one that a shift is listed of: its group is large enough to be tested alone.
pub fn is_listed(row: &ComparisonRow) -> bool {
    row.p.why() != Some(Why::SmallGroup)
}
