//! Texts on one event, linked.
//!
//! In: the vectors of all texts, and their days. Out: [`Linked`]: a cluster for each text.
//! Method: average link. The two clusters whose texts are most alike in the mean become one, as long as that mean reaches the threshold and
//! all days of both lie within the window. A chain of texts, each a little like the next, has a low mean, so it stays apart.
//! Invariant: ties go to the earlier texts; sums go in the order of the stems' hashes, so that no order and no thread moves a bit.
//! It deliberately compares a text with those of its days alone, by the stems that both have: the work grows with the days of a corpus, and
//! with the square of the texts of one day only as far as they share telling words.

use super::vectors::Vector;
use super::{Articles, Options, Units, Vectors};
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// Texts that a thread links at a time.
const BATCH: usize = 2_048;

/// A text without a date is compared with those that share a stem of so many texts or fewer with it: else each would be compared with all.
const RARE: usize = 400;

/// Two texts, and how alike they are.
type Edge = (u32, u32, f64);

/// The clusters of all texts.
pub struct Linked {
    /// Of each unit, the first unit of its cluster.
    pub(super) of: Vec<u32>,
    /// By first unit: of each cluster of two texts and more the unit nearest its centre, and its heaviest stems.
    pub(super) centres: BTreeMap<u32, Centre>,
}

/// The middle of a cluster.
pub(super) struct Centre {
    /// The texts, nearest first.
    pub nearest: Vec<u32>,
    /// Hashes of the heaviest stems.
    pub telling: Vec<u32>,
}

/// Links texts.
pub fn link(articles: &Articles, units: &Units, vectors: &Vectors, options: &Options) -> Linked {
    let days: Vec<Option<i32>> = (0..units.len() as u32).map(|unit| articles.day(units.article(unit))).collect();
    let dated = days.iter().take_while(|day| day.is_some()).count();
    let texts = Texts { of: &vectors.of, days: &days, dated, options };
    let mut edges = texts.dated_edges();
    edges.extend(texts.undated_edges());
    let mut linked = Linked { of: (0..units.len() as u32).collect(), centres: BTreeMap::new() };
    let components = components(units.len(), edges);
    let clusters: Vec<Vec<Cluster>> = components.par_iter().map(|edges| texts.cluster(edges)).collect();
    for cluster in clusters.into_iter().flatten() {
        cluster.texts.iter().for_each(|&text| linked.of[text as usize] = cluster.first());
        linked.centres.insert(cluster.first(), texts.centre(&cluster));
    }
    linked
}

struct Texts<'a> {
    of: &'a [Vector],
    days: &'a [Option<i32>],
    /// So many have a date; they come first, by day.
    dated: usize,
    options: &'a Options,
}

impl Texts<'_> {
    /// Pairs within the window that reach the threshold.
    fn dated_edges(&self) -> Vec<Edge> {
        let batches = self.dated.div_ceil(BATCH);
        let edges = |batch: usize| self.batch_edges(batch * BATCH, ((batch + 1) * BATCH).min(self.dated));
        (0..batches).into_par_iter().flat_map_iter(edges).collect()
    }

    /// Of these, those whose later text is in a range.
    fn batch_edges(&self, from: usize, to: usize) -> Vec<Edge> {
        let window = self.options.window_days as i32;
        let day = |text: usize| self.days[text].unwrap_or(i32::MIN);
        let begin = self.days[..self.dated].partition_point(|&other| other < Some(day(from).saturating_sub(window)));
        let mut postings: HashMap<u32, Vec<(u32, f32)>, FixedState> = HashMap::default();
        let mut sums = vec![0.0f64; to - begin];
        let mut edges = Vec::new();
        for text in begin..to {
            let mut met = Vec::new();
            if text >= from {
                let first = day(text).saturating_sub(window);
                for &(hash, weight) in &self.of[text] {
                    let others = postings.get(&hash).map_or(&[][..], Vec::as_slice);
                    for &(other, of_other) in others.iter().rev().take_while(|of| day(of.0 as usize) >= first) {
                        let sum = &mut sums[other as usize - begin];
                        if *sum == 0.0 {
                            met.push(other);
                        }
                        *sum += f64::from(weight) * f64::from(of_other);
                    }
                }
            }
            for other in met {
                let sum = std::mem::take(&mut sums[other as usize - begin]);
                if sum >= self.options.threshold {
                    edges.push((other, text as u32, sum));
                }
            }
            for &(hash, weight) in &self.of[text] {
                postings.entry(hash).or_default().push((text as u32, weight));
            }
        }
        edges
    }

    /// Pairs of which one has no date.
    fn undated_edges(&self) -> Vec<Edge> {
        let mut postings: HashMap<u32, Vec<u32>, FixedState> = HashMap::default();
        if self.dated == self.of.len() {
            return Vec::new();
        }
        for (text, vector) in (0..).zip(self.of) {
            vector.iter().for_each(|&(hash, _)| postings.entry(hash).or_default().push(text));
        }
        let edges = |text: usize| {
            let lists = self.of[text].iter().filter_map(|(hash, _)| postings.get(hash));
            let others = lists.filter(|list| list.len() <= RARE).flatten().copied();
            let others: BTreeSet<u32> = others.filter(|&other| (other as usize) < text).collect();
            let cosine = |other: u32| (other, text as u32, dot(&self.of[other as usize], &self.of[text]));
            others.into_iter().map(cosine).filter(|edge| edge.2 >= self.options.strict()).collect::<Vec<_>>()
        };
        (self.dated..self.of.len()).into_par_iter().flat_map_iter(edges).collect()
    }

    /// The clusters of two texts and more in a set of texts that edges hold together.
    fn cluster(&self, edges: &[Edge]) -> Vec<Cluster> {
        let mut number: BTreeMap<u32, usize> = BTreeMap::new();
        for &(a, b, _) in edges {
            number.entry(a).or_default();
            number.entry(b).or_default();
        }
        let mut agenda = MergeQueue::default();
        for (place, (&text, number)) in number.iter_mut().enumerate() {
            *number = place;
            agenda.clusters.push(Some(Cluster::of(text, &self.of[text as usize], self.days[text as usize])));
        }
        for &(a, b, cosine) in edges {
            let (a, b) = (number[&a], number[&b]);
            agenda.join(a, b);
            agenda.propose(a, b, cosine, self.options);
        }
        while let Some((a, b)) = agenda.next() {
            agenda.merge(a, b, self.options);
        }
        agenda.clusters.into_iter().flatten().filter(|cluster| cluster.texts.len() > 1).collect()
    }

    fn centre(&self, cluster: &Cluster) -> Centre {
        /// Stems that are shown.
        const SHOWN: usize = 10;
        let near = |text: u32| (cluster.similarity(&self.of[text as usize]), text);
        let mut nearest: Vec<(f64, u32)> = cluster.texts.iter().map(|&text| near(text)).collect();
        nearest.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut telling = cluster.sum.clone();
        telling.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        Centre {
            nearest: nearest.into_iter().map(|(_, text)| text).collect(),
            telling: telling.into_iter().take(SHOWN).map(|(hash, _)| hash).collect(),
        }
    }
}

/// The edges of each set of texts that they hold together.
fn components(texts: usize, edges: Vec<Edge>) -> Vec<Vec<Edge>> {
    let mut root: Vec<u32> = (0..texts as u32).collect();
    fn find(root: &mut [u32], mut text: u32) -> u32 {
        while root[text as usize] != text {
            root[text as usize] = root[root[text as usize] as usize];
            text = root[text as usize];
        }
        text
    }
    for &(a, b, _) in &edges {
        let (a, b) = (find(&mut root, a), find(&mut root, b));
        root[a.max(b) as usize] = a.min(b);
    }
    let mut rooted: Vec<(u32, Edge)> = edges.into_iter().map(|edge| (find(&mut root, edge.0), edge)).collect();
    rooted.sort_unstable_by_key(|&(root, (a, b, _))| (root, a, b));
    let edges = |of_root: &[(u32, Edge)]| of_root.iter().map(|(_, edge)| *edge).collect();
    rooted.chunk_by(|x, y| x.0 == y.0).map(edges).collect()
}

/// Texts that are taken together.
#[derive(Clone)]
struct Cluster {
    /// Ascending.
    texts: Vec<u32>,
    /// Sum of their vectors.
    sum: Vec<(u32, f64)>,
    /// First and last day of those with a date.
    days: Option<(i32, i32)>,
    has_undated: bool,
    /// Clusters of which some text is like one of this.
    others: BTreeSet<usize>,
}

impl Cluster {
    fn of(text: u32, vector: &Vector, day: Option<i32>) -> Cluster {
        Cluster {
            texts: vec![text],
            sum: vector.iter().map(|&(hash, weight)| (hash, f64::from(weight))).collect(),
            days: day.map(|day| (day, day)),
            has_undated: day.is_none(),
            others: BTreeSet::new(),
        }
    }

    fn first(&self) -> u32 {
        self.texts[0]
    }

    /// Sum of the cosines of a text with those of the cluster.
    fn similarity(&self, vector: &Vector) -> f64 {
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
struct MergeQueue {
    /// By number; none where it became part of another.
    clusters: Vec<Option<Cluster>>,
    candidates: BinaryHeap<MergeCandidate>,
}

impl MergeQueue {
    fn join(&mut self, a: usize, b: usize) {
        for (one, other) in [(a, b), (b, a)] {
            if let Some(cluster) = &mut self.clusters[one] {
                cluster.others.insert(other);
            }
        }
    }

    fn propose(&mut self, a: usize, b: usize, cosine: f64, options: &Options) {
        let (Some(one), Some(other)) = (&self.clusters[a], &self.clusters[b]) else { return };
        let least = if one.has_undated || other.has_undated { options.strict() } else { options.threshold };
        if cosine >= least && one.may_join(other, options) {
            let (first, second) = (one.first().min(other.first()), one.first().max(other.first()));
            self.candidates.push((Cosine(cosine), Reverse((first, second)), a, b));
        }
    }

    fn next(&mut self) -> Option<(usize, usize)> {
        while let Some((_, _, a, b)) = self.candidates.pop() {
            if self.clusters[a].is_some() && self.clusters[b].is_some() {
                return Some((a, b));
            }
        }
        None
    }

    fn merge(&mut self, a: usize, b: usize, options: &Options) {
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

/// Sum of the products of what two have in common.
fn dot<V: Copy + Into<f64>, W: Copy + Into<f64>>(a: &[(u32, V)], b: &[(u32, W)]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0f64);
    while let (Some(one), Some(other)) = (a.get(i), b.get(j)) {
        match one.0.cmp(&other.0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += one.1.into() * other.1.into();
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
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
