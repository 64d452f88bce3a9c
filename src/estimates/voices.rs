//! Rates of each frame in each voice.
//!
//! In: counts by voice. Out: the rows of each voice.
//! Invariant: rows of a voice stand as those of all voices together do; clusters are the units of
//! both.

use crate::aggregate::Counts;
use crate::statistics::{self, FrameRow, Groups, Hits};
use crate::voice::Voice;

/// Group × frame in each voice.
pub(super) fn rows(
    counts: &Counts,
    view: &statistics::Counts<'_>,
    options: &statistics::Options,
    clusters: Option<statistics::Clusters<'_>>,
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
