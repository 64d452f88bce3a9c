//! Does the score of an article go with what coders find in it, and with its length?
//!
//! In: scores of a sample. Out: rank correlations for each frame.
//! Invariant: only articles of which something was coded count; what is known of them is weighted by what each unit stands for.

use super::estimates::Scores;
use crate::statistics::Estimate;
use crate::statistics::spearman::spearman;
use std::collections::BTreeMap;

/// The correlations of a frame; `n_articles` is the number of articles.
pub(super) struct ArticleScores {
    pub frame: usize,
    /// Hits per 1,000 words with the share of coded units that are the frame.
    pub with_coded: Estimate,
    /// Hits per 1,000 words with the number of words.
    pub with_length: Estimate,
    /// The share of coded units with the number of words.
    pub coded_with_length: Estimate,
}

/// Correlates.
pub(super) fn article_scores(scores: &Scores<'_>, frame: usize) -> ArticleScores {
    let mut shares: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for (_, item, yes) in scores.coded(frame) {
        let weight = scores.weight_of(item);
        let (sum, all) = shares.entry(item.article).or_default();
        *sum += if yes { weight } else { 0.0 };
        *all += weight;
    }
    let rows: Vec<(f64, f64, f64)> = shares
        .into_iter()
        .filter(|(article, (_, all))| *all > 0.0 && scores.key.articles[*article].words > 0)
        .map(|(article, (sum, all))| {
            let article = &scores.key.articles[article];
            let words = article.words as f64;
            (article.hits[frame] as f64 / words * 1000.0, sum / all, words)
        })
        .collect();
    let pairs = |of: fn(&(f64, f64, f64)) -> (f64, f64)| spearman(&rows.iter().map(of).collect::<Vec<_>>());
    ArticleScores {
        frame,
        with_coded: pairs(|row| (row.0, row.1)),
        with_length: pairs(|row| (row.0, row.2)),
        coded_with_length: pairs(|row| (row.1, row.2)),
    }
}
