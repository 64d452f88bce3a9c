//! Sentiment that moved: the mean weight of the hits of a lexicon, group by group.
//!
//! In: two runs. Out: [`ToneChange`]s, the largest first.
//! Invariant: what both runs say in the same way has no row; a mean that only one of them has is missing in the other, and not 0.
//! It deliberately gives no causes: the rows of edited entries say how many hits each has now and had.

use super::snapshot::Snapshot;
use std::collections::BTreeSet;

/// What a lexicon says of a group.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tone {
    /// Weighed hits.
    pub hits: u64,
    /// Mean weight of a hit.
    pub mean: Option<f64>,
    /// Lower end of its interval.
    pub low: Option<f64>,
    /// Upper end of its interval.
    pub high: Option<f64>,
}

/// Sentiment of a group that is not what it was.
#[derive(Clone, Debug, PartialEq)]
pub struct ToneChange {
    /// Labels of the group, as one text.
    pub group: String,
    /// Name of the lexicon and, where it has several, of the dimension.
    pub scale: String,
    /// In the first run and in the second; nothing where a run does not have it.
    pub tones: [Option<Tone>; 2],
}

impl ToneChange {
    /// How far the mean moved; nothing where one run has none.
    pub fn change(&self) -> Option<f64> {
        let [before, after] = self.tones.map(|tone| tone.and_then(|tone| tone.mean));
        Some(after? - before?)
    }
}

/// Of two runs that have both looked at sentiment.
pub(super) fn changes(runs: [&Snapshot; 2]) -> Vec<ToneChange> {
    if runs.iter().any(|run| run.tones.is_empty()) {
        return Vec::new();
    }
    let keys: BTreeSet<_> = runs.iter().flat_map(|run| run.tones.keys()).collect();
    let change = |(labels, scale): &(Vec<String>, String)| ToneChange {
        group: labels.join(" · "),
        scale: scale.clone(),
        tones: runs.map(|run| run.tones.get(&(labels.clone(), scale.clone())).copied()),
    };
    let mut all: Vec<ToneChange> = keys.into_iter().map(change).filter(|row| row.tones[0] != row.tones[1]).collect();
    let size = |row: &ToneChange| row.change().map_or(0.0, f64::abs);
    all.sort_by(|a, b| size(b).total_cmp(&size(a)));
    all
}
