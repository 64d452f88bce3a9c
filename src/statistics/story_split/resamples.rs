//! How far the parts of a difference vary where stories are drawn anew.
//!
//! In: a corpus, frames. Out: standard deviations over resamples, taken from the last run where it drew the same.
//! Invariant: the draws of a frame depend on the articles, their stories and the frame's own hits: not on other frames.

use super::Corpus;
use super::telling::within;
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
        frames: &Range<u32>,
        resamples: u64,
        seed: u64,
        kept: Option<&KeptTests>,
    ) -> Vec<[f64; 3]> {
        let Some(kept) = kept else { return self.deviations(frames, resamples, seed) };
        let (width, numbers) = (frames.len(), self.chosen.len() * 3);
        let digests = self.digests(frames, resamples, seed);
        let mut known: Vec<Option<Vec<f64>>> = digests.iter().map(|of| kept.resampled(*of, numbers)).collect();
        let mut from = 0;
        while let Some(first) = (from..width).find(|&at| known[at].is_none()) {
            let end = (first..width).find(|&at| known[at].is_some()).unwrap_or(width);
            let drawn = self.deviations(&(frames.start + first as u32..frames.start + end as u32), resamples, seed);
            for at in first..end {
                let of_frame = drawn.iter().skip(at - first).step_by(end - first).flatten().copied();
                kept.keep_resampled(digests[at], of_frame.clone().collect());
                known[at] = Some(of_frame.collect());
            }
            from = end;
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
    fn digests(&self, frames: &Range<u32>, resamples: u64, seed: u64) -> Vec<u128> {
        let of = &self.articles;
        let articles = Digest::of(|digest| {
            digest.kind("story-split");
            digest.numbers([
                f64::from(seed as u32),
                f64::from((seed >> 32) as u32),
                resamples as f64,
                of.groups as f64,
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

    /// Standard deviations of the parts over resamples, of every chosen group and each of these neighbouring frames.
    fn deviations(&self, frames: &Range<u32>, resamples: u64, seed: u64) -> Vec<[f64; 3]> {
        let (units, tellings) = (self.units(), self.tellings(frames));
        let draw = |number: u64| {
            let mut stream = Stream::numbered(seed, &["story-split"], number);
            let mut weights = vec![0u32; units];
            (0..units).for_each(|_| weights[stream.below(units as u32) as usize] += 1);
            self.parts((frames, &tellings), &weights)
        };
        let draws: Vec<Vec<[f64; 3]>> = (0..resamples).into_par_iter().map(draw).collect();
        let of_cell = |at: usize| {
            let of_cell = draws.iter().map(|draw| draw[at]);
            let finite: Vec<[f64; 3]> = of_cell.filter(|draw| draw.iter().all(|part| part.is_finite())).collect();
            [0, 1, 2].map(|part| deviation(&finite.iter().map(|draw| draw[part]).collect::<Vec<f64>>()))
        };
        (0..self.chosen.len() * frames.len()).into_par_iter().map(of_cell).collect()
    }
}

/// Standard deviation of resampled values.
fn deviation(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    libm::sqrt(values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (n - 1.0))
}
