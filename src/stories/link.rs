//! Texts on one event, linked.
//!
//! In: the vectors of all texts, and their days. Out: [`Linked`]: a cluster for each text.
//! Method: average link. The two clusters whose texts are most alike in the mean become one, as long as that mean reaches the threshold and
//! all days of both lie within the window. A chain of texts, each a little like the next, has a low mean, so it stays apart.
//! Invariant: ties go to the earlier texts; sums go in the order of the stems' hashes, so that no order and no thread moves a bit.
//! It deliberately compares a text with those of its days alone, by the stems that both have: the work grows with the days of a corpus, and
//! with the square of the texts of one day only as far as they share telling words.

use super::clusters::{Cluster, MergeQueue};
use super::vectors::Vector;
use super::{Articles, Options, Units, Vectors};
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use rayon::prelude::*;
use std::collections::BTreeMap;

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
        if self.dated == self.of.len() {
            return Vec::new();
        }
        let mut postings: HashMap<u32, Vec<(u32, f32)>, FixedState> = HashMap::default();
        for (text, vector) in (0..).zip(self.of) {
            vector.iter().for_each(|&(hash, weight)| postings.entry(hash).or_default().push((text, weight)));
        }
        let rare = |hash: u32| postings.get(&hash).filter(|list| list.len() <= RARE);
        // how long the part of a text is that its common stems make
        let length = |vector: &Vector| {
            let common = vector.iter().filter(|(hash, _)| rare(*hash).is_none());
            common.map(|&(_, weight)| f64::from(weight) * f64::from(weight)).sum::<f64>().sqrt()
        };
        let lengths: Vec<f64> = self.of.par_iter().map(length).collect();
        let edges = |sums: &mut Vec<f64>, text: usize| {
            let mut met = Vec::new();
            for &(hash, weight) in &self.of[text] {
                let others = rare(hash).into_iter().flatten().take_while(|&&(other, _)| (other as usize) < text);
                for &(other, of_other) in others {
                    let sum = &mut sums[other as usize];
                    if *sum == 0.0 {
                        met.push(other);
                    }
                    *sum += f64::from(weight) * f64::from(of_other);
                }
            }
            // most are too unlike, whatever their common stems have in common
            met.retain(|&other| {
                let most = std::mem::take(&mut sums[other as usize]) + lengths[text] * lengths[other as usize];
                most >= self.options.strict() - 1e-6
            });
            let dense = Dense::of(&self.of[text]);
            let cosine = |other: u32| (other, text as u32, dense.dot(&self.of[other as usize]));
            met.into_iter().map(cosine).filter(|edge| edge.2 >= self.options.strict()).collect::<Vec<_>>()
        };
        let undated = (self.dated..self.of.len()).into_par_iter();
        undated.map_init(|| vec![0.0; self.of.len()], edges).flatten().collect()
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

/// A vector that many others are compared with: most of their stems are seen not to be in it by a few bits of the hash.
struct Dense<'a> {
    vector: &'a Vector,
    may_have: [bool; Dense::PLACES],
}

impl Dense<'_> {
    const PLACES: usize = 1 << 12;

    fn of(vector: &Vector) -> Dense<'_> {
        let mut may_have = [false; Dense::PLACES];
        vector.iter().for_each(|(hash, _)| may_have[*hash as usize % Dense::PLACES] = true);
        Dense { vector, may_have }
    }

    /// As [`dot`].
    fn dot(&self, other: &Vector) -> f64 {
        let both = other.iter().filter(|(hash, _)| self.may_have[*hash as usize % Dense::PLACES]);
        let product = |&(hash, weight): &(u32, f32)| {
            let place = self.vector.binary_search_by_key(&hash, |&(hash, _)| hash).ok()?;
            Some(f64::from(weight) * f64::from(self.vector[place].1))
        };
        both.filter_map(product).fold(0.0, |sum, product| sum + product)
    }
}

/// Sum of the products of what two have in common.
pub(super) fn dot<V: Copy + Into<f64>, W: Copy + Into<f64>>(a: &[(u32, V)], b: &[(u32, W)]) -> f64 {
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
