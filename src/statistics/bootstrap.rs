//! Resampling of whole articles.
//!
//! In: the canonical rows of one group. Out: sums of hits and words of resampled groups, per column.
//! Invariant: the stream is named by the group, so that a group is resampled alike wherever it is compared, and all its
//! columns (frames, voices) share one resample.
//! It deliberately does not resample words: words of one article are not independent.

use super::canonical::Canonical;
use super::seed::Stream;
use super::special::{normal_cdf, normal_quantile, t_quantile};

/// Resamples that are made together.
const LANE: usize = 64;

/// Sums over resampled articles, column by column.
#[derive(Clone, Debug)]
pub struct Draws {
    words: Vec<u64>,
    /// Empty where the column has hits in too few articles for an interval.
    columns: Vec<Vec<u64>>,
}

/// The resamples of one column.
#[derive(Clone, Copy, Debug)]
pub struct Resampled<'a> {
    hits: &'a [u64],
    words: &'a [u64],
}

impl Draws {
    /// Resamples the rows with replacement; a column with hits in fewer than `least` rows is left out.
    pub fn of(rows: &Canonical, least: u32, resamples: u32, stream: &mut Stream) -> Draws {
        let (n, resamples) = (rows.rows(), resamples as usize);
        let used = |column: &Vec<(u32, u32)>| column.len() >= least as usize;
        let mut columns: Vec<Vec<u64>> =
            rows.columns.iter().map(|column| vec![0; if used(column) { resamples } else { 0 }]).collect();
        let mut words = vec![0; resamples];
        // how often each row is drawn, for so many resamples side by side
        let mut times = vec![[0u8; LANE]; n];
        for first in (0..resamples).step_by(LANE) {
            let lanes = LANE.min(resamples - first);
            times.iter_mut().for_each(|row| row.fill(0));
            // one resample after the other, so that how many are made together decides nothing
            let mut resample = |lane: usize| (0..n).for_each(|_| times[stream.below(n as u32) as usize][lane] += 1);
            (0..lanes).for_each(&mut resample);
            let lengths = (0..).zip(&rows.words).map(|(row, &length)| (row, length));
            add(lengths, &times, &mut words[first..first + lanes]);
            for (column, sums) in rows.columns.iter().zip(&mut columns).filter(|(_, sums)| !sums.is_empty()) {
                add(column.iter().copied(), &times, &mut sums[first..first + lanes]);
            }
        }
        Draws { words, columns }
    }

    /// The resamples of one column; none where it has hits in too few articles.
    pub fn column(&self, column: usize) -> Option<Resampled<'_>> {
        let hits = self.columns.get(column).filter(|hits| !hits.is_empty())?;
        Some(Resampled { hits, words: &self.words })
    }
}

/// Adds what each row has, as often as it was drawn.
fn add(cells: impl Iterator<Item = (u32, u32)>, times: &[[u8; LANE]], sums: &mut [u64]) {
    let mut lanes = [0u64; LANE];
    for (row, n) in cells {
        for (lane, &times) in lanes.iter_mut().zip(&times[row as usize]) {
            *lane += u64::from(n) * u64::from(times);
        }
    }
    sums.iter_mut().zip(lanes).for_each(|(sum, lane)| *sum += lane);
}

impl Resampled<'_> {
    /// Σ hits / Σ words of each resample.
    pub(super) fn ratios(&self) -> impl Iterator<Item = f64> + '_ {
        self.hits.iter().zip(self.words).map(|(&hits, &words)| hits as f64 / words as f64)
    }
}

/// The expanded percentile interval of Hesterberg (2015): α/2 is replaced by Φ(−√(n/(n−1)) · t), because the plain
/// percentile interval of few articles is too narrow.
pub fn expanded_percentile(draws: &[f64], n_articles: u32, level: f64) -> (f64, f64) {
    percentiles(draws.to_vec(), tail(n_articles, level), |x| x)
}

fn tail(n_articles: u32, level: f64) -> f64 {
    let n = f64::from(n_articles);
    normal_cdf(-libm::sqrt(n / (n - 1.0)) * t_quantile(0.5 + 0.5 * level, n - 1.0))
}

/// The two-sided normal quantile of a level.
pub fn normal_width(level: f64) -> f64 {
    normal_quantile(0.5 + 0.5 * level)
}

/// The quantiles at `tail` and 1 − `tail` of an increasing `f` of the values, by linear interpolation.
fn percentiles(mut values: Vec<f64>, tail: f64, f: impl Fn(f64) -> f64) -> (f64, f64) {
    let last = values.len() - 1;
    let at = tail * last as f64;
    let below = at.floor();
    let i = (below as usize).min(last);
    let between = |x: f64, next: Option<f64>| next.map_or(x, |next| x + (at - below) * (next - x));
    let (_, &mut x, more) = values.select_nth_unstable_by(i, f64::total_cmp);
    let low = between(f(x), more.iter().copied().min_by(f64::total_cmp).map(&f));
    // The upper bound is the lower bound of the mirrored values: swapping two groups flips the signs exactly.
    let (fewer, &mut x, _) = values.select_nth_unstable_by(last - i, f64::total_cmp);
    let high = between(-f(x), fewer.iter().copied().max_by(f64::total_cmp).map(|x| -f(x)));
    (low, -high)
}
