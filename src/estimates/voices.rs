//! Rates of each frame in each voice, and the share of each voice among the hits of a frame.
//!
//! In: counts by voice. Out: the rows of each voice; q of shares is over all of them.
//! Invariant: rows of a voice stand as those of all voices together do, of many frames those without a hit are left out; clusters are the
//! units of both.

use super::are_many;
use crate::aggregate::Counts;
use crate::statistics::label_share::{ShareRow, shares};
use crate::statistics::{self, Clusters, FrameRow, Groups, Hits, Measured, multiplicity};
use crate::voice::Voice;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The share of a voice among the hits of a frame in a group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VoiceShare {
    /// Its interval and test; articles are those that have the frame, `label` is the place of the voice.
    pub row: ShareRow,
    /// q of `row.p` over every voice, frame and group.
    pub q: Measured,
}

/// Groups with fewer articles than a study tests.
pub(super) fn small(counts: &Counts, options: &statistics::Options) -> Vec<bool> {
    let mut articles = vec![0u32; counts.groups.len()];
    for (&group, _) in counts.group_of.iter().zip(&counts.words).filter(|(_, words)| **words > 0) {
        articles[group as usize] += 1;
    }
    articles.into_iter().map(|n| n < options.min_articles).collect()
}

/// The cells of a table of voices: group and frame, ascending; all of them, or of many frames those with hits.
pub(super) fn cells(frames: &[FrameRow], of: usize) -> Vec<(usize, usize)> {
    let cells = frames.iter().filter(|row| !are_many(of) || row.hits > 0);
    cells.map(|row| (row.group, row.frame)).collect()
}

/// Voices as [`rows`] has them; of each the shares, cell by cell.
pub(super) fn shares_of(
    counts: &Counts,
    clusters: Option<Clusters<'_>>,
    names: &[String],
    options: &statistics::Options,
    cells: &[(usize, usize)],
) -> Vec<(Voice, Vec<VoiceShare>)> {
    let voices: Vec<Voice> = Voice::ALL[1..].iter().rev().copied().collect();
    let kinds: Vec<String> = voices.iter().map(|voice| voice.name().to_string()).collect();
    let (small, frames) = (small(counts, options), counts.frames.len());
    let mut by_frame: Vec<Vec<(u32, Voice, u32)>> = vec![Vec::new(); frames];
    counts.voices.iter().for_each(|&(article, frame, voice, n)| by_frame[frame as usize].push((article, voice, n)));
    let of_frame = |of_frame: &Vec<(u32, Voice, u32)>| {
        let mut articles: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for &(article, voice, hits) in of_frame {
            let Some(at) = voices.iter().position(|&known| known == voice) else { continue };
            articles.entry(article).or_insert_with(|| vec![0; voices.len()])[at] += hits;
        }
        let words: Vec<u32> = articles.values().map(|hits| hits.iter().sum()).collect();
        let group_of: Vec<u32> = articles.keys().map(|&article| counts.group_of[article as usize]).collect();
        let of = clusters.map(|clusters| clusters.chosen(&articles.keys().copied().collect::<Vec<_>>()));
        let clusters = clusters.zip(of.as_ref()).map(|(clusters, of)| Clusters { of, ..clusters });
        let hits: Vec<u32> = articles.into_values().flatten().collect();
        let view =
            statistics::Counts { frames: &kinds, groups: names, group_of: &group_of, words: &words, hits: &hits };
        let rows = shares(&Groups::of(&view, options).clustered(clusters), frames, |group| small[group]);
        // of many frames most groups have none
        rows.into_iter().filter(|row| !are_many(frames) || row.all > 0).collect::<Vec<ShareRow>>()
    };
    let tables: Vec<Vec<ShareRow>> = by_frame.par_iter().map(of_frame).collect();
    let at = |voice: usize, &(group, frame): &(usize, usize)| {
        let of_group = tables[frame].partition_point(|row| row.group < group);
        tables[frame][of_group + voice]
    };
    let rows = (0..voices.len()).flat_map(|voice| cells.iter().map(move |cell| (voice, cell)));
    let rows: Vec<ShareRow> = rows.map(|(voice, cell)| at(voice, cell)).collect();
    drop(tables);
    let ps: Vec<Measured> = rows.iter().map(|row| row.p).collect();
    let qs = multiplicity::benjamini_hochberg(&ps);
    let mut all = rows.into_iter().zip(qs).map(|(row, q)| VoiceShare { row, q });
    voices.into_iter().map(|voice| (voice, all.by_ref().take(cells.len()).collect())).collect()
}

/// Frames whose sums are made together: of thousands not all are in memory at once.
pub(super) const TOGETHER: usize = 128;

/// The rows of each voice, for each cell.
pub(super) fn rows(
    counts: &Counts,
    view: &statistics::Counts<'_>,
    options: &statistics::Options,
    clusters: Option<Clusters<'_>>,
    cells: &[(usize, usize)],
) -> Vec<(Voice, Vec<FrameRow>)> {
    let voices = &Voice::ALL[1..];
    let column = |voice: Voice| voices.iter().position(|&known| known == voice);
    let mut found: Vec<Vec<FrameRow>> = vec![Vec::with_capacity(cells.len()); voices.len()];
    for first in (0..counts.frames.len()).step_by(TOGETHER) {
        let frames = first..counts.frames.len().min(first + TOGETHER);
        let hits = counts.voices.iter().filter(|cell| frames.contains(&(cell.1 as usize)));
        let hits = hits.filter_map(|&(article, frame, voice, hits)| {
            Some((article, ((frame as usize - first) * voices.len() + column(voice)?) as u32, hits))
        });
        let mut hits: Vec<(u32, u32, u32)> = hits.collect();
        hits.sort_unstable();
        let hits = Hits::sorted(hits.into_iter(), counts.words.len(), frames.len() * voices.len());
        let rows = Groups::sparse(view, hits, options).clustered(clusters).rows();
        let width = frames.len() * voices.len();
        for &(group, frame) in cells.iter().filter(|cell| frames.contains(&cell.1)) {
            for (at, rows_of_voice) in found.iter_mut().enumerate() {
                let row = rows[group * width + (frame - first) * voices.len() + at];
                rows_of_voice.push(FrameRow { frame, ..row });
            }
        }
    }
    for rows in &mut found {
        rows.sort_unstable_by_key(|row| (row.group, row.frame));
    }
    voices.iter().copied().zip(found).rev().collect()
}
