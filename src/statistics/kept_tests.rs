//! What the tests of the last run drew: a test that is made of the same has the same p, and need not be drawn again.
//!
//! In: a digest of exactly what is drawn, and how to draw. Out: what drawing gives, taken from the last run where it drew the same.
//! Invariant: the same p with, without, and with other kept tests; only what a run asked for is kept for the next.
//! It deliberately knows neither groups nor frames: an edit of one frame changes what its own tests are made of, and of no other.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use xxhash_rust::xxh3::Xxh3;

/// Tests by the digest of what they are made of. A test without a p was drawn too: its p is that of the limit.
#[derive(Debug, Default)]
pub struct KeptTests {
    before: BTreeMap<u128, Option<f64>>,
    now: Mutex<BTreeMap<u128, Option<f64>>>,
}

/// As they are written down.
#[derive(Serialize, Deserialize)]
struct Written(Vec<(u128, Option<f64>)>);

impl KeptTests {
    /// Those of the last run; none where they cannot be read.
    pub fn of_bytes(bytes: &[u8]) -> KeptTests {
        let Written(tests) = postcard::from_bytes(bytes).unwrap_or(Written(Vec::new()));
        let is_chance = |p: &Option<f64>| p.is_none_or(|p| p > 0.0 && p <= 1.0);
        let before = tests.into_iter().filter(|(_, p)| is_chance(p)).collect();
        KeptTests { before, now: Mutex::default() }
    }

    /// Those that this run asked for, for the next one.
    pub fn bytes(&self) -> Vec<u8> {
        let now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let tests = now.iter().map(|(made_of, p)| (*made_of, *p)).collect();
        postcard::to_allocvec(&Written(tests)).unwrap_or_default()
    }

    /// How many tests of this run the last one did not have.
    pub fn new_tests(&self) -> usize {
        let now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        now.keys().filter(|made_of| !self.before.contains_key(made_of)).count()
    }

    /// What `draw` gives of what is `made_of`.
    pub(super) fn p(
        kept: Option<&KeptTests>,
        made_of: impl FnOnce(&mut Digest),
        draw: impl FnOnce() -> Option<f64>,
    ) -> Option<f64> {
        let Some(kept) = kept else { return draw() };
        let mut digest = Digest(Xxh3::new());
        made_of(&mut digest);
        let made_of = digest.0.digest128();
        let p = kept.before.get(&made_of).copied().unwrap_or_else(draw);
        kept.now.lock().unwrap_or_else(PoisonError::into_inner).insert(made_of, p);
        p
    }
}

/// A digest of numbers.
pub(super) struct Digest(Xxh3);

impl Digest {
    /// Adds the kind of a test.
    pub(super) fn kind(&mut self, kind: &str) {
        self.0.update(kind.as_bytes());
    }

    /// Adds numbers, bit by bit, and how many they are.
    pub(super) fn numbers(&mut self, numbers: impl IntoIterator<Item = f64>) {
        let bytes: Vec<u8> = numbers.into_iter().flat_map(|number| number.to_bits().to_le_bytes()).collect();
        self.0.update(&bytes);
        self.0.update(&(bytes.len() as u64).to_le_bytes());
    }
}
