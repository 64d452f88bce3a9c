//! Does a score go with the length of articles?
//!
//! In: counts. Out: a rank correlation for every frame and every sentiment lexicon.
//! Invariant: an article without a score takes no part; the order of articles never matters.

use crate::aggregate::Counts;
use crate::statistics::spearman::{p_of, spearman};
use crate::statistics::{Estimate, Measured};
use rayon::prelude::*;

/// A score and the length of articles.
pub struct LengthRow {
    /// `frame` or `sentiment`.
    pub kind: &'static str,
    /// Name of the frame or of the lexicon.
    pub name: String,
    /// Spearman's rho of the article's score and its words.
    pub rho: Estimate,
    /// p of no correlation.
    pub p: Measured,
}

impl LengthRow {
    /// From this size on a correlation is worth a warning: one tenth of the spread of ranks goes with length.
    pub const LARGE: f64 = 0.3;

    /// Large, and its interval on one side of 0.
    pub fn is_large(&self) -> bool {
        let is_far = self.rho.value.value().is_some_and(|rho| rho.abs() >= LengthRow::LARGE);
        is_far && self.rho.interval.is_some_and(|interval| !interval.contains(0.0))
    }
}

/// Every frame, then every sentiment lexicon.
pub(super) fn of(counts: &Counts) -> Vec<LengthRow> {
    let (frames, lexicons) = (counts.frames.len(), counts.lexicons.len());
    let rate = |frame: usize| -> Vec<(f64, f64)> {
        let articles = counts.words.iter().zip(counts.hits_of(frame)).filter(|(words, _)| **words > 0);
        articles.map(|(&words, hits)| (f64::from(hits) / f64::from(words), f64::from(words))).collect()
    };
    let score = |lexicon: usize| -> Vec<(f64, f64)> {
        let valence = counts.valence.iter().skip(lexicon).step_by(lexicons);
        let articles = counts.words.iter().zip(valence).filter_map(|(&words, valence)| {
            let valence = valence.as_ref()?;
            let hits = valence.positive_hits + valence.negative_hits;
            let sum = (valence.positive_sum + valence.negative_sum) as f64;
            (words > 0 && hits > 0).then(|| (sum / f64::from(hits), f64::from(words)))
        });
        articles.collect()
    };
    let row = |at: usize| {
        let is_frame = at < frames;
        let pairs = if is_frame { rate(at) } else { score(at - frames) };
        let rho = spearman(&pairs);
        let (kind, name) = match is_frame {
            true => ("frame", counts.frames[at].clone()),
            false => ("sentiment", counts.lexicons[at - frames].clone()),
        };
        LengthRow { kind, name, p: p_of(&rho), rho }
    };
    (0..frames + lexicons).into_par_iter().map(row).collect()
}
