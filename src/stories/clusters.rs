//! Clusters of texts, and which two become one next.
//!
//! In: texts, and how alike pairs of them are. Out: clusters by average link.
//! Invariant: the most alike come first, ties by the earlier texts, so that no order moves a cluster.

use super::Options;
use super::link::dot;
use super::vectors::Vector;
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

/// Texts that are taken together.
#[derive(Clone)]
pub(super) struct Cluster {
    /// Ascending.
    pub texts: Vec<u32>,
    /// Sum of their vectors.
    pub sum: Vec<(u32, f64)>,
    /// First and last day of those with a date.
    days: Option<(i32, i32)>,
    has_undated: bool,
    /// Clusters of which some text is like one of this.
    others: BTreeSet<usize>,
}

impl Cluster {
    pub fn of(text: u32, vector: &Vector, day: Option<i32>) -> Cluster {
        Cluster {
            texts: vec![text],
            sum: vector.iter().map(|&(hash, weight)| (hash, f64::from(weight))).collect(),
            days: day.map(|day| (day, day)),
            has_undated: day.is_none(),
            others: BTreeSet::new(),
        }
    }

    pub fn first(&self) -> u32 {
        self.texts[0]
    }

    /// Sum of the cosines of a text with those of the cluster.
    pub fn similarity(&self, vector: &Vector) -> f64 {
        dot(&self.sum, vector)
    }

    /// Mean cosine of a text of one and a text of the other.
    fn mean(&self, other: &Cluster) -> f64 {
        dot(&self.sum, &other.sum) / (self.texts.len() as f64 * other.texts.len() as f64)
    }

    /// The days of both.
    fn span(&self, other: &Cluster) -> Option<(i32, i32)> {
        match (self.days, other.days) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        }
    }

    fn may_join(&self, other: &Cluster, options: &Options) -> bool {
        self.span(other).is_none_or(|(first, last)| last.abs_diff(first) <= options.window_days)
    }
}

/// A cosine as a heap has it: the largest first, then the earliest texts.
type MergeCandidate = (Cosine, Reverse<(u32, u32)>, usize, usize);

/// What may become one, the most alike first.
#[derive(Default)]
pub(super) struct MergeQueue {
    /// By number; none where it became part of another.
    pub clusters: Vec<Option<Cluster>>,
    candidates: BinaryHeap<MergeCandidate>,
}

impl MergeQueue {
    pub fn join(&mut self, a: usize, b: usize) {
        for (one, other) in [(a, b), (b, a)] {
            if let Some(cluster) = &mut self.clusters[one] {
                cluster.others.insert(other);
            }
        }
    }

    pub fn propose(&mut self, a: usize, b: usize, cosine: f64, options: &Options) {
        let (Some(one), Some(other)) = (&self.clusters[a], &self.clusters[b]) else { return };
        let least = if one.has_undated || other.has_undated { options.strict() } else { options.threshold };
        if cosine >= least && one.may_join(other, options) {
            let (first, second) = (one.first().min(other.first()), one.first().max(other.first()));
            self.candidates.push((Cosine(cosine), Reverse((first, second)), a, b));
        }
    }

    pub fn next(&mut self) -> Option<(usize, usize)> {
        while let Some((_, _, a, b)) = self.candidates.pop() {
            if self.clusters[a].is_some() && self.clusters[b].is_some() {
                return Some((a, b));
            }
        }
        None
    }

    pub fn merge(&mut self, a: usize, b: usize, options: &Options) {
        let (Some(one), Some(other)) = (self.clusters[a].take(), self.clusters[b].take()) else { return };
        let next = self.clusters.len();
        let mut texts = [one.texts.as_slice(), &other.texts].concat();
        texts.sort_unstable();
        let merged = Cluster {
            texts,
            sum: added(&one.sum, &other.sum),
            days: one.span(&other),
            has_undated: one.has_undated || other.has_undated,
            others: BTreeSet::new(),
        };
        self.clusters.push(Some(merged));
        for near in one.others.union(&other.others).copied().filter(|&near| near != a && near != b) {
            let (Some(cluster), Some(Some(merged))) = (&self.clusters[near], self.clusters.get(next)) else { continue };
            // days only grow apart
            if merged.may_join(cluster, options) {
                let cosine = merged.mean(cluster);
                self.join(next, near);
                self.propose(next, near, cosine, options);
            }
        }
    }
}

/// A cosine that can be put in order.
struct Cosine(f64);

impl PartialEq for Cosine {
    fn eq(&self, other: &Cosine) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Cosine {}

impl PartialOrd for Cosine {
    fn partial_cmp(&self, other: &Cosine) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Cosine {
    fn cmp(&self, other: &Cosine) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

fn added(a: &[(u32, f64)], b: &[(u32, f64)]) -> Vec<(u32, f64)> {
    let mut sum = [a, b].concat();
    sum.sort_by_key(|&(hash, _)| hash);
    sum.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    sum
}
