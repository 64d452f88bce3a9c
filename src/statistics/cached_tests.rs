//! What the last run drew: a test that is made of the same has the same p, an interval the same width, and neither need be drawn again.
//!
//! In: a digest of exactly what is drawn, and how to draw. Out: what drawing gives, taken from the last run where it drew the same.
//! Invariant: the same numbers with, without, and with other kept ones; only what a run asked for is kept for the next.
//! It deliberately knows neither groups nor frames: an edit of one frame changes what its own tests are made of, and of no other.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use xxhash_rust::xxh3::Xxh3;

/// Tests by the digest of what they are made of. A test without a p was drawn too: its p is that of the limit.
#[derive(Debug, Default)]
pub struct CachedTests {
    before: BTreeMap<u128, Option<f64>>,
    now: Mutex<BTreeMap<u128, Option<f64>>>,
    /// What resamples gave, likewise.
    resampled: [Mutex<BTreeMap<u128, Vec<f64>>>; 2],
}

/// As they are written down.
#[derive(Serialize, Deserialize)]
struct Written(Vec<(u128, Option<f64>)>, Vec<(u128, Vec<f64>)>);

impl CachedTests {
    /// Those of the last run; none where they cannot be read.
    pub fn of_bytes(bytes: &[u8]) -> CachedTests {
        let Written(tests, resampled) = postcard::from_bytes(bytes).unwrap_or(Written(Vec::new(), Vec::new()));
        let is_chance = |p: &Option<f64>| p.is_none_or(|p| p > 0.0 && p <= 1.0);
        let before = tests.into_iter().filter(|(_, p)| is_chance(p)).collect();
        let resampled = [Mutex::new(resampled.into_iter().collect()), Mutex::default()];
        CachedTests { before, now: Mutex::default(), resampled }
    }

    /// Those that this run asked for, for the next one.
    pub fn bytes(&self) -> Vec<u8> {
        let now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let tests = now.iter().map(|(made_of, p)| (*made_of, *p)).collect();
        let resampled = self.resampled[1].lock().unwrap_or_else(PoisonError::into_inner).clone().into_iter().collect();
        postcard::to_allocvec(&Written(tests, resampled)).unwrap_or_default()
    }

    /// How many tests of this run the last one did not have.
    pub fn new_tests(&self) -> usize {
        let now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        now.keys().filter(|made_of| !self.before.contains_key(made_of)).count()
    }

    /// How many resamplings of this run the last one did not have.
    pub fn new_resamplings(&self) -> usize {
        let [before, now] = self.resampled.each_ref().map(|of| of.lock().unwrap_or_else(PoisonError::into_inner));
        now.keys().filter(|made_of| !before.contains_key(made_of)).count()
    }

    /// What resampling gave of what is `made_of`, so many numbers.
    pub(super) fn resampled(&self, made_of: u128, numbers: usize) -> Option<Vec<f64>> {
        let before = self.resampled[0].lock().unwrap_or_else(PoisonError::into_inner);
        let found = before.get(&made_of).filter(|found| found.len() == numbers)?.clone();
        drop(before);
        self.keep_resampled(made_of, found.clone());
        Some(found)
    }

    /// Keeps what resampling gave for the next run.
    pub(super) fn keep_resampled(&self, made_of: u128, numbers: Vec<f64>) {
        self.resampled[1].lock().unwrap_or_else(PoisonError::into_inner).insert(made_of, numbers);
    }

    /// So many numbers that resampling gives of what is `made_of`.
    pub(super) fn numbers(
        cache: Option<&CachedTests>,
        made_of: impl FnOnce(&mut Digest),
        numbers: usize,
        resample: impl FnOnce() -> Vec<f64>,
    ) -> Vec<f64> {
        let Some(cache) = cache else { return resample() };
        let made_of = Digest::of(made_of);
        cache.resampled(made_of, numbers).unwrap_or_else(|| {
            let found = resample();
            cache.keep_resampled(made_of, found.clone());
            found
        })
    }

    /// What `draw` gives of what is `made_of`.
    pub(super) fn p(
        cache: Option<&CachedTests>,
        made_of: impl FnOnce(&mut Digest),
        draw: impl FnOnce() -> Option<f64>,
    ) -> Option<f64> {
        let Some(cache) = cache else { return draw() };
        let made_of = Digest::of(made_of);
        let p = cache.before.get(&made_of).copied().unwrap_or_else(draw);
        cache.now.lock().unwrap_or_else(PoisonError::into_inner).insert(made_of, p);
        p
    }
}

/// A digest of numbers.
pub(super) struct Digest(Xxh3);

impl Digest {
    /// Of what is added to it.
    pub(super) fn of(made_of: impl FnOnce(&mut Digest)) -> u128 {
        let mut digest = Digest(Xxh3::new());
        made_of(&mut digest);
        digest.0.digest128()
    }

    /// Adds another digest.
    pub(super) fn digest(&mut self, digest: u128) {
        self.0.update(&digest.to_le_bytes());
    }

    /// Adds the kind of a test.
    pub(super) fn kind(&mut self, kind: &str) {
        self.0.update(kind.as_bytes());
    }

    /// Adds a name, its length first.
    pub(super) fn name(&mut self, name: &str) {
        self.0.update(&(name.len() as u64).to_le_bytes());
        self.0.update(name.as_bytes());
    }

    /// Adds numbers, bit by bit, and how many they are.
    pub(super) fn numbers(&mut self, numbers: impl IntoIterator<Item = f64>) {
        let bytes: Vec<u8> = numbers.into_iter().flat_map(|number| number.to_bits().to_le_bytes()).collect();
        self.0.update(&bytes);
        self.0.update(&(bytes.len() as u64).to_le_bytes());
    }
}
