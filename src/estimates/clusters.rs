//! Which articles are one unit of every interval and test.
//!
//! In: counts, the copies among the articles, and what a study calls a cluster. Out: [`Clustered`].
//! Invariant: an article without a date or a label is a cluster of its own; the numbers of clusters mean nothing.

use super::{Related, strata};
use crate::aggregate::Counts;
use crate::error::{Place, Problem, Result};
use crate::statistics;
use std::collections::BTreeMap;

/// Stories where the corpus has some, else copies.
pub const AUTO: &str = "auto";
/// Articles that share text.
pub const COPIES: &str = "copies";
/// Articles on one event, and those that share text.
pub const STORIES: &str = "stories";
/// No clusters.
pub const ARTICLES: &str = "articles";

/// The clusters of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clustered {
    /// `copies`, `stories`, `day`, …, or a column; never `auto`.
    pub kind: String,
    /// Cluster of each counted article; empty where articles are the units.
    pub of: Vec<u32>,
    /// Articles in clusters of two and more.
    pub articles: u64,
    /// These clusters.
    pub clusters: u64,
}

impl Clustered {
    /// Clusters of a kind; copies and stories are what is known of the counted articles.
    pub(super) fn of(counts: &Counts, kind: &str, related: &Related<'_>) -> Result<Clustered> {
        let n = counts.group_of.len();
        let kind = match kind {
            // articles of one event share its burst; without stories nothing but text shows which are of one
            AUTO if (0..n).any(|article| related.story(article).is_some()) => STORIES,
            AUTO => COPIES,
            kind => kind,
        };
        let labels: Vec<Option<String>> = match kind {
            ARTICLES => return Ok(Clustered { kind: kind.to_string(), ..Clustered::default() }),
            COPIES => related.copies.iter().map(|copy| Some(copy.to_string())).collect(),
            STORIES => stories(n, related),
            _ => strata::labels_of(counts, kind).ok_or_else(|| {
                let found = format!("no column `{kind}` for clusters");
                let expected = "`auto`, `copies`, `stories`, `articles` (no clusters), `day`, `week`, `month`, `year`, or a column of the corpus";
                Problem::error("cluster-unknown", Place::file("study"), found).expected(expected)
            })?,
        };
        let mut members: BTreeMap<&String, Vec<u32>> = BTreeMap::new();
        for (article, label) in (0..).zip(&labels) {
            if let Some(label) = label {
                members.entry(label).or_default().push(article);
            }
        }
        let mut of: Vec<u32> = (0..n as u32).collect();
        let shared: Vec<&Vec<u32>> = members.values().filter(|articles| articles.len() > 1).collect();
        for articles in &shared {
            articles.iter().for_each(|&article| of[article as usize] = articles[0]);
        }
        let articles = shared.iter().map(|articles| articles.len() as u64).sum();
        let clusters = shared.len() as u64;
        let of = if clusters == 0 { Vec::new() } else { of };
        Ok(Clustered { kind: kind.to_string(), of, articles, clusters })
    }

    /// For the estimates; none where every article is a unit.
    pub fn units(&self) -> Option<statistics::Clusters<'_>> {
        (!self.of.is_empty()).then(|| statistics::Clusters { of: &self.of, are_copies: self.kind == COPIES })
    }

    /// One line for people; none where every article is a unit.
    pub fn in_words(&self) -> Option<String> {
        let Clustered { articles, clusters, .. } = self;
        let what = match self.kind.as_str() {
            COPIES => "share text with others",
            STORIES => "belong to a story with others, or share text with them",
            _ => "share a cluster with others",
        };
        (*clusters > 0).then(|| {
            format!(
                "{articles} counted articles {what} ({clusters} {} by {}): each cluster counts as one unit of its group in all intervals and tests, except those of words (keyness) and of the length of articles.",
                if *clusters == 1 { "cluster" } else { "clusters" },
                self.kind
            )
        })
    }
}

/// What articles of one story have in common; copies go with the story of any of them.
fn stories(articles: usize, related: &Related<'_>) -> Vec<Option<String>> {
    let copy = |article: usize| related.copies.get(article).copied().unwrap_or(article as u32);
    let mut of_copy: BTreeMap<u32, u32> = BTreeMap::new();
    for article in (0..articles).rev() {
        if let Some(story) = related.story(article) {
            of_copy.insert(copy(article), story);
        }
    }
    let label = |article: usize| match related.story(article).or_else(|| of_copy.get(&copy(article)).copied()) {
        Some(story) => format!("story {story}"),
        None => format!("copy {}", copy(article)),
    };
    (0..articles).map(|article| Some(label(article))).collect()
}
