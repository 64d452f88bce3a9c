//! How far the parts of a difference vary where stories are drawn anew.
//!
//! In: a corpus, frames. Out: standard deviations over resamples, taken from the last run where it drew the same.
//! Invariant: the draws of a frame depend on the articles, their stories and the frame's own hits: not on other frames.

use super::columns::{Columns, Weights, within};
use super::{Corpus, Options};
use crate::statistics::kept_tests::{Digest, KeptTests};
use crate::statistics::seed::Stream;
use rayon::prelude::*;
use std::ops::Range;

impl Corpus<'_> {
    /// What is drawn: stories, and articles in none.
    pub(super) fn units(&self) -> usize {
        self.stories.len() + self.single.len()
    }

    /// [`Corpus::deviations`]; frames of which the last run drew the same are not drawn.
    pub(super) fn kept_deviations(
        &self,
        (frames, columns, cells): (&Range<u32>, &Columns, &[usize]),
        resamples: u64,
        options: &Options,
        kept: Option<&KeptTests>,
    ) -> Vec<[f64; 3]> {
        let Some(kept) = kept else { return self.deviations(columns, cells, resamples, options.seed) };
        let (width, numbers) = (frames.len(), self.chosen.len() * 3);
        let digests = self.digests(frames, resamples, options);
        let mut known: Vec<Option<Vec<f64>>> = digests.iter().map(|of| kept.resampled(*of, numbers)).collect();
        let cells: Vec<usize> = cells.iter().copied().filter(|cell| known[cell % width].is_none()).collect();
        let drawn = self.deviations(columns, &cells, resamples, options.seed);
        for at in (0..width).filter(|&at| known[at].is_none()).collect::<Vec<_>>() {
            let of_frame: Vec<f64> = drawn.iter().skip(at).step_by(width).flatten().copied().collect();
            kept.keep_resampled(digests[at], of_frame.clone());
            known[at] = Some(of_frame);
        }
        let of = |at: usize, place: usize| {
            let numbers = known[at].iter().flatten().copied().skip(place * 3);
            let mut parts = [f64::NAN; 3];
            parts.iter_mut().zip(numbers).for_each(|(part, number)| *part = number);
            parts
        };
        (0..self.chosen.len())
            .flat_map(|place| (0..width).map(move |at| (at, place)))
            .map(|(at, place)| of(at, place))
            .collect()
    }

    /// Of each of these frames, what its draws are made of.
    fn digests(&self, frames: &Range<u32>, resamples: u64, options: &Options) -> Vec<u128> {
        let (of, seed) = (&self.articles, options.seed);
        let articles = Digest::of(|digest| {
            digest.kind("story-split");
            digest.numbers([
                f64::from(seed as u32),
                f64::from((seed >> 32) as u32),
                resamples as f64,
                of.groups as f64,
                f64::from(u8::from(options.draws)),
            ]);
            digest.numbers(of.words.iter().map(|&words| f64::from(words)));
            digest.numbers(of.group_of.iter().map(|&group| f64::from(group)));
            digest.numbers(of.story.iter().map(|story| story.map_or(-1.0, f64::from)));
        });
        let mut hits: Vec<Vec<f64>> = vec![Vec::new(); frames.len()];
        for article in 0..of.words.len() as u32 {
            for &(frame, n) in within(of.hits.of(article), frames) {
                hits[(frame - frames.start) as usize].extend([f64::from(article), f64::from(n)]);
            }
        }
        let of_frame = |hits: Vec<f64>| {
            Digest::of(|digest| {
                digest.digest(articles);
                digest.numbers(hits);
            })
        };
        hits.into_iter().map(of_frame).collect()
    }

    /// Standard deviations of the parts over resamples, of every cell; of those that are not among `cells` none.
    fn deviations(&self, columns: &Columns, cells: &[usize], resamples: u64, seed: u64) -> Vec<[f64; 3]> {
        /// Weights that are in memory together.
        const MOST: usize = 1 << 19;
        let units = self.units();
        let draw = |number: u64| {
            let mut stream = Stream::numbered(seed, &["story-split"], number);
            let mut weights = vec![0u32; units];
            (0..units).for_each(|_| weights[stream.below(units as u32) as usize] += 1);
            weights
        };
        let mut deviations = vec![[f64::NAN; 3]; columns.cells()];
        if cells.is_empty() {
            return deviations;
        }
        let mut draws: Vec<Vec<[f64; 3]>> = vec![Vec::with_capacity(resamples as usize); cells.len()];
        let together = (MOST / units.max(1)).max(8) as u64;
        for first in (0..resamples).step_by(together as usize) {
            let numbers = first..resamples.min(first + together);
            let weights = Weights::of(&numbers.into_par_iter().map(draw).collect::<Vec<_>>(), units);
            let parts = self.parts(columns, cells, &weights);
            draws.iter_mut().zip(parts).for_each(|(draws, parts)| draws.extend(parts));
        }
        let of_cell = |draws: &Vec<[f64; 3]>| {
            let finite: Vec<&[f64; 3]> = draws.iter().filter(|draw| draw.iter().all(|part| part.is_finite())).collect();
            [0, 1, 2].map(|part| deviation(&finite.iter().map(|draw| draw[part]).collect::<Vec<f64>>()))
        };
        let drawn: Vec<[f64; 3]> = draws.par_iter().map(of_cell).collect();
        cells.iter().zip(drawn).for_each(|(&cell, of_cell)| deviations[cell] = of_cell);
        deviations
    }
}

/// Standard deviation of resampled values.
fn deviation(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    libm::sqrt(values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (n - 1.0))
}
