//! Neighbours of a frame's words in a latent space of the corpus.
//!
//! In: a text and the stems of the frame's hits. Out: stems by their nearness, with their stability.
//! Invariant: the space depends on the words and the seed alone: sums run in one order, logarithms and powers are `libm`'s.
//! It deliberately decomposes a small matrix of its own: the positive pointwise mutual information of the commonest stems, by subspace
//! iteration (Halko, Martinsson and Tropp 2011) and rotations of Jacobi. A library for this costs more to build than it saves here.

use super::text::Text;
use crate::statistics::candidates::stability;
use crate::statistics::seed::Stream;
use rayon::prelude::*;

/// Stems at most, the commonest.
const VOCABULARY: usize = 3_000;

/// A stem must stand so often.
const LEAST: u64 = 5;

/// Dimensions at most.
const DIMENSIONS: usize = 80;

/// Words on each side that are company.
const WINDOW: usize = 5;

/// Draws of the seeds.
const DRAWS: u64 = 100;

/// Power to which counts of contexts are raised, so that rare ones do not rule (Levy, Goldberg and Dagan 2015).
const SMOOTHING: f64 = 0.75;

/// A space of stems.
pub(super) struct Space {
    /// Stem of each row.
    stems: Vec<u32>,
    /// Row of each stem.
    row: Vec<Option<u32>>,
    /// Rows of length 1.
    vectors: Vec<Vec<f64>>,
}

/// A neighbour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Neighbour {
    pub stem: u32,
    pub stability: f64,
}

impl Space {
    /// The space of a text; nothing where it has too few words.
    pub fn of(text: &Text, seed: u64) -> Option<Space> {
        let mut count = vec![0u64; text.stems()];
        text.words.iter().for_each(|&stem| count[stem as usize] += 1);
        let mut stems: Vec<u32> = (0..count.len() as u32).filter(|&stem| count[stem as usize] >= LEAST).collect();
        stems
            .sort_by(|&a, &b| count[b as usize].cmp(&count[a as usize]).then_with(|| text.shown(a).cmp(text.shown(b))));
        stems.truncate(VOCABULARY);
        let size = stems.len();
        let dimensions = DIMENSIONS.min(size / 3);
        if dimensions < 2 {
            return None;
        }
        let mut row = vec![None; count.len()];
        stems.iter().enumerate().for_each(|(i, &stem)| row[stem as usize] = Some(i as u32));
        let matrix = information(&pairs(text, &row, size), size);
        let vectors = decompose(&matrix, size, dimensions, seed);
        Some(Space { stems, row, vectors })
    }

    /// The nearest stems to these, which are not among them; `most` decides what is among the nearest in a draw.
    pub fn nearest(&self, seeds: &[u32], most: usize, (seed, name): (u64, &str)) -> Vec<Neighbour> {
        let rows: Vec<usize> =
            seeds.iter().filter_map(|&stem| self.row[stem as usize]).map(|row| row as usize).collect();
        if rows.len() < 2 {
            return Vec::new();
        }
        let others: Vec<usize> = (0..self.vectors.len()).filter(|row| !rows.contains(row)).collect();
        let ranked = |rows: &[usize]| -> Vec<usize> {
            let mut sum = vec![0.0; self.vectors[0].len()];
            for &row in rows {
                sum.iter_mut().zip(&self.vectors[row]).for_each(|(sum, x)| *sum += x);
            }
            let mut order: Vec<(f64, usize)> = others.iter().map(|&row| (dot(&self.vectors[row], &sum), row)).collect();
            order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            order.into_iter().filter(|(near, _)| *near > 0.0).take(most).map(|(_, row)| row).collect()
        };
        let draws: Vec<Vec<usize>> = (0..DRAWS)
            .into_par_iter()
            .map(|draw| {
                let mut stream = Stream::numbered(seed, &["suggest", "seeds", name], draw);
                let drawn: Vec<usize> = rows.iter().map(|_| rows[stream.below(rows.len() as u32) as usize]).collect();
                ranked(&drawn)
            })
            .collect();
        let mut within = vec![0u64; self.vectors.len()];
        draws.iter().flatten().for_each(|&row| within[row] += 1);
        let neighbour = |row: usize| Neighbour {
            stem: self.stems[row],
            stability: stability(within[row], DRAWS).value().unwrap_or(0.0),
        };
        ranked(&rows).into_iter().map(neighbour).collect()
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// How often two stems stand near each other in a sentence.
fn pairs(text: &Text, row: &[Option<u32>], size: usize) -> Vec<u32> {
    let mut counts = vec![0u32; size * size];
    for unit in &text.units {
        let words = &text.words[unit.words.0..unit.words.1];
        for (i, &word) in words.iter().enumerate() {
            let Some(a) = row[word as usize] else { continue };
            for &other in words[i + 1..].iter().take(WINDOW) {
                if let Some(b) = row[other as usize] {
                    counts[a as usize * size + b as usize] += 1;
                    counts[b as usize * size + a as usize] += 1;
                }
            }
        }
    }
    counts
}

/// Positive pointwise mutual information, made symmetric; of each row the columns that are above 0.
fn information(counts: &[u32], size: usize) -> Vec<Vec<(u32, f64)>> {
    let sums: Vec<f64> = counts.chunks(size).map(|row| row.iter().map(|&n| f64::from(n)).sum()).collect();
    let total: f64 = sums.iter().sum();
    let smooth: Vec<f64> = sums.iter().map(|&sum| libm::pow(sum, SMOOTHING)).collect();
    let all: f64 = smooth.iter().sum();
    let of_row = |(i, row): (usize, &[u32])| -> Vec<(u32, f64)> {
        let cell = |(j, &n): (usize, &u32)| {
            if n == 0 {
                return None;
            }
            let one_way = f64::from(n) * all / (sums[i] * smooth[j]);
            let other_way = f64::from(n) * all / (sums[j] * smooth[i]);
            let value = (libm::log(one_way) + libm::log(other_way)) / 2.0;
            (value > 0.0).then_some((j as u32, value))
        };
        row.iter().enumerate().filter_map(cell).collect()
    };
    if total <= 0.0 {
        return vec![Vec::new(); size];
    }
    counts.par_chunks(size).enumerate().map(of_row).collect()
}

/// Rows of the leading eigenvectors, weighed by the roots of their eigenvalues, each made 1 long.
fn decompose(matrix: &[Vec<(u32, f64)>], size: usize, dimensions: usize, seed: u64) -> Vec<Vec<f64>> {
    let mut stream = Stream::named(seed, &["suggest", "latent"]);
    let mut basis: Vec<Vec<f64>> = (0..dimensions).map(|_| (0..size).map(|_| stream.normal()).collect()).collect();
    for _ in 0..3 {
        basis = basis.par_iter().map(|column| times(matrix, column)).collect();
        orthonormal(&mut basis);
    }
    let images: Vec<Vec<f64>> = basis.par_iter().map(|column| times(matrix, column)).collect();
    let mut small: Vec<Vec<f64>> = basis.iter().map(|a| images.iter().map(|b| dot(a, b)).collect()).collect();
    let rotations = jacobi(&mut small);
    let weights: Vec<f64> = (0..dimensions).map(|i| small[i][i].abs().sqrt()).collect();
    let row = |i: usize| -> Vec<f64> {
        let of_column = |k: usize| (0..dimensions).map(|j| basis[j][i] * rotations[j][k]).sum::<f64>() * weights[k];
        let mut vector: Vec<f64> = (0..dimensions).map(of_column).collect();
        let length = dot(&vector, &vector).sqrt();
        if length > 0.0 {
            vector.iter_mut().for_each(|x| *x /= length);
        }
        vector
    };
    (0..size).into_par_iter().map(row).collect()
}

fn times(matrix: &[Vec<(u32, f64)>], column: &[f64]) -> Vec<f64> {
    matrix.iter().map(|row| row.iter().map(|&(j, value)| value * column[j as usize]).sum()).collect()
}

/// Gram and Schmidt, each column twice.
fn orthonormal(columns: &mut [Vec<f64>]) {
    for k in 0..columns.len() {
        for _ in 0..2 {
            for j in 0..k {
                let (before, rest) = columns.split_at_mut(k);
                let share = dot(&before[j], &rest[0]);
                rest[0].iter_mut().zip(&before[j]).for_each(|(x, y)| *x -= share * y);
            }
        }
        let length = dot(&columns[k], &columns[k]).sqrt();
        if length > 1e-12 {
            columns[k].iter_mut().for_each(|x| *x /= length);
        }
    }
}

/// Makes a symmetric matrix diagonal; gives back the rotations, whose columns are its eigenvectors.
fn jacobi(a: &mut [Vec<f64>]) -> Vec<Vec<f64>> {
    let n = a.len();
    let mut v: Vec<Vec<f64>> = (0..n).map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    for _ in 0..30 {
        let off: f64 = (0..n).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| a[i][j] * a[i][j]).sum();
        if off < 1e-18 {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                if a[p][q].abs() < 1e-300 {
                    continue;
                }
                let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
                let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
                let c = 1.0 / (t * t + 1.0).sqrt();
                rotate(a, &mut v, (p, q), (c, t * c));
            }
        }
    }
    v
}

fn rotate(a: &mut [Vec<f64>], v: &mut [Vec<f64>], (p, q): (usize, usize), (c, s): (f64, f64)) {
    for row in a.iter_mut() {
        (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
    }
    let (upper, lower) = a.split_at_mut(q);
    for (x, y) in upper[p].iter_mut().zip(&mut lower[0]) {
        (*x, *y) = (c * *x - s * *y, s * *x + c * *y);
    }
    for row in v.iter_mut() {
        (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
    }
}
