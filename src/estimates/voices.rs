//! Rates of each frame in each voice, and the share of each voice among the hits of a frame.
//!
//! In: counts by voice. Out: the rows of each voice; q of shares is over all of them.
//! Invariant: rows stand group by group, frame by frame, voice by voice; of many frames only those with a hit of the frame in the group.
//! Clusters are the units of both.

use super::are_many;
use crate::aggregate::{Counts, GroupId};
use crate::lookup::FrameId;
use crate::statistics::label_share::{ShareRow, shares};
use crate::statistics::{self, CachedTests, Clusters, Estimate, FrameRow, Groups, Hits, Measured, multiplicity};
use crate::voice::Voice;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A group, a frame and a voice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VoiceRow {
    /// Number of the group.
    pub group: GroupId,
    /// Number of the frame.
    pub frame: FrameId,
    /// Who speaks.
    pub voice: Voice,
    /// Hits in this voice per 1,000 words.
    pub rate: Estimate,
    /// Share of the voice among the hits of the frame in the group; articles are those that have the frame.
    pub share: Estimate,
    /// The share in the other groups together.
    pub rest_share: Measured,
    /// Two-sided p of the share over articles, of this group against the others.
    pub p: Measured,
    /// Method of the p; empty where it is missing.
    pub p_method: &'static str,
    /// q of the p over every row.
    pub q: Measured,
}

/// Groups with fewer articles than a study tests.
pub(super) fn small(counts: &Counts, options: &statistics::Options) -> Vec<bool> {
    let mut articles = vec![0u32; counts.groups.len()];
    for (&group, _) in counts.group_of.iter().zip(&counts.words).filter(|(_, words)| **words > 0) {
        articles[group.index()] += 1;
    }
    articles.into_iter().map(|n| n < options.min_articles).collect()
}

/// Voices in the order of the rows.
fn voices() -> Vec<Voice> {
    Voice::ALL[1..].iter().rev().copied().collect()
}

/// Frames whose sums are made together: of thousands not all are in memory at once.
const TOGETHER: usize = 128;

/// Every group × frame × voice, or of many frames those with a hit.
pub(super) fn rows(
    counts: &Counts,
    view: &statistics::Counts<'_>,
    options: &statistics::Options,
    (clusters, cache): (Option<Clusters<'_>>, Option<&CachedTests>),
) -> Vec<VoiceRow> {
    let (small, voices) = (small(counts, options), voices());
    let mut rows = Vec::new();
    for (number, cells) in cells(counts, &voices).chunks(TOGETHER).enumerate() {
        let block = Block { counts, view, options, clusters, cache, first: number * TOGETHER, cells, voices: &voices };
        rows.extend(block.rows(&small));
    }
    // in place: a table of many frames is large
    rows.sort_unstable_by_key(|row| (row.group, row.frame, Reverse(row.voice)));
    rows.shrink_to_fit();
    let ps: Vec<Measured> = rows.iter().map(|row| row.p).collect();
    rows.iter_mut().zip(multiplicity::benjamini_hochberg(&ps)).for_each(|(row, q)| row.q = q);
    rows
}

/// Article, voice by number, hits.
type Cell = (u32, u32, u32);

/// Hits by frame.
fn cells(counts: &Counts, voices: &[Voice]) -> Vec<Vec<Cell>> {
    let mut cells: Vec<Vec<Cell>> = vec![Vec::new(); counts.frames.len()];
    for &(article, frame, voice, hits) in &counts.voices {
        if let Some(voice) = voices.iter().position(|&other| other == voice) {
            cells[frame.index()].push((article, voice as u32, hits));
        }
    }
    cells
}

/// Some neighbouring frames.
struct Block<'a> {
    counts: &'a Counts,
    view: &'a statistics::Counts<'a>,
    options: &'a statistics::Options,
    clusters: Option<Clusters<'a>>,
    cache: Option<&'a CachedTests>,
    voices: &'a [Voice],
    /// Number of the first frame.
    first: usize,
    cells: &'a [Vec<Cell>],
}

impl Block<'_> {
    fn rows(&self, small: &[bool]) -> Vec<VoiceRow> {
        let shares: Vec<Vec<ShareRow>> = self.cells.par_iter().map(|cells| self.shares(cells, small)).collect();
        let row = |rate: FrameRow| {
            let (frame, voice) = (rate.frame / self.voices.len(), rate.frame % self.voices.len());
            let of_group = shares[frame].partition_point(|row| row.group < rate.group);
            let ShareRow { share, rest_share, p, p_method, .. } = shares[frame][of_group + voice];
            VoiceRow {
                group: GroupId::new(rate.group),
                frame: FrameId::new(self.first + frame),
                voice: self.voices[voice],
                rate: *rate.rate,
                share,
                rest_share,
                p,
                p_method,
                q: p,
            }
        };
        self.rates().into_iter().map(row).collect()
    }

    /// The rates in each voice; columns are numbered frame by frame, voice by voice.
    fn rates(&self) -> Vec<FrameRow> {
        let voices = self.voices.len();
        let of_frame = |(frame, cells): (usize, &Vec<Cell>)| {
            let first = (frame * voices) as u32;
            cells.iter().map(|&(article, voice, hits)| (article, first + voice, hits)).collect::<Vec<_>>()
        };
        let mut hits: Vec<(u32, u32, u32)> = self.cells.iter().enumerate().flat_map(of_frame).collect();
        hits.sort_unstable();
        let hits = Hits::sorted(hits.into_iter(), self.counts.words.len(), self.cells.len() * voices);
        let groups = Groups::sparse(self.view, hits, self.options).clustered(self.clusters);
        if are_many(self.counts.frames.len()) { groups.rows_with_hits() } else { groups.rows() }
    }

    /// Shares of the voices among the hits of one frame, group by group; of many frames without the groups that have none.
    fn shares(&self, cells: &[Cell], small: &[bool]) -> Vec<ShareRow> {
        let voices = self.voices;
        let kinds: Vec<String> = voices.iter().map(|voice| voice.name().to_string()).collect();
        let mut articles: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for &(article, voice, hits) in cells {
            articles.entry(article).or_insert_with(|| vec![0; voices.len()])[voice as usize] += hits;
        }
        let words: Vec<u32> = articles.values().map(|hits| hits.iter().sum()).collect();
        let group_of: Vec<GroupId> = articles.keys().map(|&article| self.counts.group_of[article as usize]).collect();
        let of = self.clusters.map(|clusters| clusters.chosen(&articles.keys().copied().collect::<Vec<_>>()));
        let clusters = self.clusters.zip(of.as_ref()).map(|(clusters, of)| Clusters { of, ..clusters });
        let hits: Vec<u32> = articles.into_values().flatten().collect();
        let view = statistics::Counts {
            frames: &kinds,
            groups: self.view.groups,
            group_of: GroupId::numbers(&group_of),
            words: &words,
            hits: &hits,
        };
        let frames = self.counts.frames.len();
        let rows =
            shares(&Groups::of(&view, self.options).clustered(clusters).with_cache(self.cache), frames, |group| {
                small[group]
            });
        rows.into_iter().filter(|row| !are_many(frames) || row.all > 0).collect()
    }
}
