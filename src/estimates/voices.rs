//! Rates of each frame in each voice, and the share of each voice among the hits of a frame.
//!
//! In: counts by voice. Out: the rows of each voice; q of shares is over all of them.
//! Invariant: rows of a voice stand as those of all voices together do; clusters are the units of
//! both.

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

/// Voices as [`rows`] has them; of each the shares, group by group and frame by frame.
pub(super) fn shares_of(
    counts: &Counts,
    clusters: Option<Clusters<'_>>,
    names: &[String],
    options: &statistics::Options,
) -> Vec<(Voice, Vec<VoiceShare>)> {
    let voices: Vec<Voice> = Voice::ALL[1..].iter().rev().copied().collect();
    let kinds: Vec<String> = voices.iter().map(|voice| voice.name().to_string()).collect();
    let (small, frames) = (small(counts, options), counts.frames.len());
    let of_frame = |frame: usize| {
        let mut articles: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for &(article, _, voice, hits) in counts.voices.iter().filter(|cell| cell.1 as usize == frame) {
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
        shares(&Groups::of(&view, options).clustered(clusters), frames, |group| small[group])
    };
    let tables: Vec<Vec<ShareRow>> = (0..frames).into_par_iter().map(of_frame).collect();
    let at = |voice: usize, group: usize, frame: usize| tables[frame][group * voices.len() + voice];
    let of_voice = |voice: usize| {
        let cells = (0..names.len()).flat_map(|group| (0..frames).map(move |frame| (group, frame)));
        cells.map(|(group, frame)| at(voice, group, frame)).collect::<Vec<ShareRow>>()
    };
    let rows: Vec<Vec<ShareRow>> = (0..voices.len()).map(of_voice).collect();
    let ps: Vec<Measured> = rows.iter().flatten().map(|row| row.p).collect();
    let mut qs = multiplicity::benjamini_hochberg(&ps).into_iter();
    let with_q = |row: ShareRow| VoiceShare { row, q: qs.next().unwrap_or(row.p) };
    let mut all: Vec<VoiceShare> = rows.into_iter().flatten().map(with_q).collect();
    let mut shares = Vec::new();
    for voice in voices {
        let rest = all.split_off((names.len() * frames).min(all.len()));
        shares.push((voice, std::mem::replace(&mut all, rest)));
    }
    shares
}

/// Group × frame in each voice.
pub(super) fn rows(
    counts: &Counts,
    view: &statistics::Counts<'_>,
    options: &statistics::Options,
    clusters: Option<Clusters<'_>>,
) -> Vec<(Voice, Vec<FrameRow>)> {
    let voices = &Voice::ALL[1..];
    let frames = counts.frames.len();
    let column = |voice: Voice| voices.iter().position(|&known| known == voice);
    let cells = counts.voices.iter().filter_map(|&(article, frame, voice, hits)| {
        Some((article, (frame as usize * voices.len() + column(voice)?) as u32, hits))
    });
    let mut cells: Vec<(u32, u32, u32)> = cells.collect();
    cells.sort_unstable();
    let hits = Hits::sorted(cells.into_iter(), counts.words.len(), frames * voices.len());
    let rows = Groups::sparse(view, hits, options).clustered(clusters).rows();
    let of_voice = |(at, &voice): (usize, &Voice)| {
        let rows = rows.iter().filter(|row| row.frame % voices.len() == at);
        (voice, rows.map(|row| FrameRow { frame: row.frame / voices.len(), ..*row }).collect())
    };
    voices.iter().enumerate().rev().map(of_voice).collect()
}
