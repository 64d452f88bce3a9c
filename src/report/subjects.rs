//! What the charts and the page say of targets and labels.
//!
//! In: estimates. Out: plain values for charts and page.
//! It deliberately computes nothing.

use super::html::{LabelShare, Labels, TargetHits};
use super::shown::measure;
use super::shown_frames::Shown;
use super::tables::Finished;
use crate::estimates::Estimates;
use crate::results::own_share;
use std::ops::Range;

/// Rows of targets on the page.
const TARGET_ROWS: usize = 60;

/// The labels of each referent, by their numbers.
pub(super) fn referents(found: &Finished) -> Vec<(&str, Range<usize>)> {
    let mut first = 0;
    let range = |set: &'_ [crate::lookup::Label]| {
        first += set.len();
        first - set.len()..first
    };
    let sets: Vec<_> = found.counts.subjects.labels.chunk_by(|a, b| a.referent == b.referent).collect();
    let ranges: Vec<_> = sets.iter().copied().map(range).collect();
    sets.into_iter().map(|set| set[0].referent.as_str()).zip(ranges).collect()
}

/// The label sets for the page, groups in the order of the page.
pub(super) fn label_sets(found: &Finished, estimates: &Estimates, groups: &[usize]) -> Vec<Labels> {
    let rows = |labels: &Range<usize>| {
        let of_label = |label: usize| {
            let of_group = |&group: &usize| {
                let row = estimates.labels.iter().find(|row| row.label.index() == label && row.row.group == group)?;
                Some(LabelShare {
                    articles: u64::from(row.row.articles),
                    hits: row.row.hits,
                    share: measure(&row.row.share),
                    own_hits: row.own_hits,
                    own_share: own_share(row),
                    q: row.q.value(),
                })
            };
            groups.iter().filter_map(of_group).collect()
        };
        labels.clone().map(of_label).collect()
    };
    let names = |labels: &Range<usize>| {
        found.counts.subjects.labels[labels.clone()].iter().map(|label| label.choice.clone()).collect()
    };
    let set = |(referent, labels): (&str, Range<usize>)| Labels {
        referent: referent.to_string(),
        names: names(&labels),
        shares: rows(&labels),
    };
    referents(found).into_iter().map(set).collect()
}

/// Of the targets, the rows with most hits in the groups of the page; gives back how many rows there are with any.
pub(super) fn target_hits(
    found: &Finished,
    estimates: &Estimates,
    groups: &[usize],
    shown: &Shown,
    labels: &[String],
) -> (Vec<TargetHits>, u64) {
    let mut rows: Vec<_> = estimates
        .targets
        .iter()
        .filter_map(|row| Some((groups.iter().position(|&group| group == row.row.group)?, row)))
        .filter(|(_, row)| row.row.hits > 0 && shown.place(row.row.frame).is_some())
        .collect();
    rows.sort_by_key(|(group, row)| (std::cmp::Reverse(row.row.hits), *group, row.target, row.row.frame));
    let all = rows.len() as u64;
    let hits = |(group, row): (usize, &crate::estimates::TargetRow)| TargetHits {
        group,
        frame: shown.place(row.row.frame).unwrap_or_default(),
        frame_label: labels[row.row.frame].clone(),
        target: found.counts.subjects.targets[row.target.index()].clone(),
        articles: u64::from(row.row.articles),
        mentions: row.row.words,
        hits: row.row.hits,
        own_hits: row.own_hits,
        rate: measure(&row.row.rate),
    };
    (rows.into_iter().take(TARGET_ROWS).map(hits).collect(), all)
}
