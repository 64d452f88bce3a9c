//! Resampling of whole articles.
//!
//! In: the canonical rows of one group. Out: logarithms of smoothed rates of resampled groups, per frame.
//! Invariant: the stream is named by the group, so that a group is resampled alike wherever it is compared.
//! It deliberately does not resample words: words of one article are not independent.

use super::Options;
use super::canonical::Canonical;
use super::rate::LARGE;
use super::seed::Stream;
use super::special::{normal_cdf, normal_quantile, t_quantile};

/// ln((Σ hits + ½)/(Σ words + 1)) of resampled articles, frame by frame.
#[derive(Clone, Debug)]
pub struct Draws {
    values: Vec<f64>,
    resamples: usize,
}

impl Draws {
    /// Resamples the rows with replacement.
    pub fn of(rows: &Canonical, resamples: u32, stream: &mut Stream) -> Draws {
        let (n, frames, resamples) = (rows.rows() as u32, rows.frames(), resamples as usize);
        let mut values = vec![0.0; frames * resamples];
        let mut chosen = vec![0; n as usize];
        let mut sums = vec![0; frames + 1];
        for draw in 0..resamples {
            chosen.fill_with(|| stream.below(n));
            sums.fill(0);
            rows.add_rows(&chosen, &mut sums);
            let words = libm::log(sums[0] as f64 + 1.0);
            for (frame, &hits) in sums[1..].iter().enumerate() {
                values[frame * resamples + draw] = libm::log(hits as f64 + 0.5) - words;
            }
        }
        Draws { values, resamples }
    }

    /// The draws of one frame, in the order drawn.
    pub fn frame(&self, frame: usize) -> &[f64] {
        &self.values[frame * self.resamples..(frame + 1) * self.resamples]
    }
}

/// Draws of a large group: normal around its log rate, with its linearised standard error.
pub fn normal_draws(log_rate: f64, standard_error: f64, resamples: u32, stream: &mut Stream) -> Vec<f64> {
    (0..resamples).map(|_| log_rate + standard_error * stream.normal()).collect()
}

/// The expanded percentile interval of Hesterberg (2015): α/2 is replaced by Φ(−√(n/(n−1)) · t), because the plain
/// percentile interval of few articles is too narrow.
pub fn expanded_percentile(draws: &[f64], n_articles: u32, level: f64) -> (f64, f64) {
    let n = f64::from(n_articles);
    let tail = normal_cdf(-libm::sqrt(n / (n - 1.0)) * t_quantile(0.5 + 0.5 * level, n - 1.0));
    let mut sorted = draws.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let low = quantile(&sorted, tail);
    // The upper bound is the lower bound of the mirrored draws: swapping two groups flips the signs exactly.
    for x in &mut sorted {
        *x = -*x;
    }
    sorted.reverse();
    (low, -quantile(&sorted, tail))
}

/// The two-sided normal quantile of a level.
pub fn normal_width(level: f64) -> f64 {
    normal_quantile(0.5 + 0.5 * level)
}

/// Quantile of sorted values by linear interpolation.
fn quantile(sorted: &[f64], p: f64) -> f64 {
    let at = p * (sorted.len() as f64 - 1.0);
    let below = at.floor();
    let i = below as usize;
    match sorted.get(i + 1) {
        Some(next) => sorted[i] + (at - below) * (next - sorted[i]),
        None => sorted[i],
    }
}

/// Resamples a small group's articles; none for a large one and for a single article.
pub(super) fn resample(
    words: &[u32],
    hits: &[u32],
    frames: usize,
    articles: &[u32],
    name: &str,
    options: &Options,
) -> Option<Draws> {
    if articles.len() < 2 || articles.len() >= LARGE as usize {
        return None;
    }
    let rows = Canonical::of(words, hits, frames, None, articles);
    Some(Draws::of(&rows, options.resamples, &mut Stream::named(options.seed, &["bootstrap", name])))
}
