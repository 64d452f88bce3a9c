//! The units of a side that is drawn one by one: hits of each are negative binomial at a common rate.
//!
//! In: the words of the units, a rate, a burstiness. Out: log rate, variance and degrees of freedom of one draw after the other.
//! Invariant: a draw depends on the stream and these numbers alone.
//! It deliberately draws by inversion, so that one uniform number is one unit; of many units, the first digits of it.

use super::cached_tests::Digest;
use super::null_draws::Sample;
use super::seed::SplitMix;
use super::side::Lengths;
use std::ops::Range;

/// From so many units on, one random number serves four of them: a quarter of its bits says of most units that they have no hit.
const QUARTERED: usize = 32;
/// What a quarter of a random number may be.
const QUARTERS: f64 = 65_536.0;
/// From so many units on, of which few are to have a hit, those that have none are skipped over.
const SPARSE: usize = 256;
/// Units that are skipped over together differ in their chance of a hit by no more than this factor.
const ALIKE: f64 = 1.5;
/// As many P(Y ≤ y) of a unit are added up before the draws, fewer where they come near to 1.
const MOST_ADDED: u32 = 64;
const NEARLY_ALL: f64 = 0.9999;
/// Hits of one unit, at most.
const MOST_HITS: u32 = 100_000;

/// Units, their words and their chances.
pub(super) struct Units {
    lengths: Lengths,
    laws: Vec<Law>,
    /// P(Y ≤ y) of each law, law after law: numbers that are added once, not at every draw.
    up_to: Vec<f64>,
    /// 1/κ; none where hits are independent.
    shape: Option<f64>,
    log_words: f64,
    /// Where most units have no hit, the stretches of units that are skipped through.
    runs: Vec<UnitRun>,
    /// Of many units that are not skipped through, one after the other.
    quartered: Vec<QuarteredUnit>,
}

/// A unit whose hits are drawn from a quarter of a random number, and another where that does not tell.
struct QuarteredUnit {
    /// Quarters below this have no hit.
    none: u16,
    law: u16,
}

/// Units that follow one another by words, with much the same chance of a hit.
struct UnitRun {
    /// Law of each unit.
    laws: Vec<u32>,
    /// The largest chance of a hit among them, and the logarithm of its complement.
    most: f64,
    log_none: f64,
}

/// Units of equal length.
struct Law {
    words: f64,
    units: u32,
    /// Chance of no hit.
    none: f64,
    ratio: f64,
    mean: f64,
    /// Its part of [`Units::up_to`].
    up_to: Range<usize>,
}

impl Units {
    pub(super) fn of(sample: &Sample<'_>, rate: f64, burstiness: f64) -> Units {
        let shape = (burstiness > 1e-6).then(|| 1.0 / burstiness);
        let law = |same: &[f64]| {
            let (words, mean) = (same[0], rate * same[0]);
            let (none, ratio) = match shape {
                Some(shape) => {
                    let spread = mean * burstiness;
                    (libm::exp(-shape * libm::log1p(spread)), spread / (1.0 + spread))
                }
                None => (libm::exp(-mean), mean),
            };
            Law { words, units: same.len() as u32, none, ratio, mean, up_to: 0..0 }
        };
        let laws = sample.words.chunk_by(|a, b| a == b).map(law).collect();
        let lengths = sample.side.lengths;
        let log_words = libm::log(lengths.words);
        let mut units =
            Units { lengths, laws, up_to: Vec::new(), shape, log_words, runs: Vec::new(), quartered: Vec::new() };
        units.add_up();
        units.runs = units.runs();
        units.quartered = units.quartered();
        units
    }

    /// Fills [`Units::up_to`].
    fn add_up(&mut self) {
        let mut up_to = Vec::with_capacity(self.laws.len() * 8);
        let steps: Vec<f64> = (0..MOST_ADDED).map(|y| self.step(y)).collect();
        for law in &mut self.laws {
            let (start, mut p, mut sum) = (up_to.len(), law.none, law.none);
            up_to.push(sum);
            for step in &steps {
                p *= step * law.ratio;
                sum += p;
                if sum >= NEARLY_ALL {
                    break;
                }
                up_to.push(sum);
            }
            law.up_to = start..up_to.len();
        }
        self.up_to = up_to;
    }

    fn runs(&self) -> Vec<UnitRun> {
        let units: usize = self.laws.iter().map(|law| law.units as usize).sum();
        let carriers: f64 = self.laws.iter().map(|law| f64::from(law.units) * (1.0 - law.none)).sum();
        if units < SPARSE || carriers > 0.1 * units as f64 {
            return Vec::new();
        }
        let mut runs: Vec<UnitRun> = Vec::new();
        let mut least = 0.0;
        for (number, law) in (0..).zip(&self.laws) {
            let chance = 1.0 - law.none;
            if runs.is_empty() || chance > ALIKE * least {
                runs.push(UnitRun { laws: Vec::new(), most: 0.0, log_none: 0.0 });
                least = chance;
            }
            if let Some(run) = runs.last_mut() {
                run.laws.extend(std::iter::repeat_n(number, law.units as usize));
                // laws come by words, so that the last has the largest chance
                (run.most, run.log_none) = (chance, libm::log(law.none));
            }
        }
        runs
    }

    /// Sums of one draw, from one unit with a chance of a hit to the next.
    fn draw_by_runs(&self, stream: &mut SplitMix) -> (u64, u64, f64) {
        let (mut hits, mut squares, mut cross) = (0u64, 0u64, 0.0);
        for run in &self.runs {
            let mut at = libm::log(stream.open()) / run.log_none;
            while at < run.laws.len() as f64 {
                let law = &self.laws[run.laws[at as usize] as usize];
                let chance = 1.0 - law.none;
                if stream.uniform() * run.most < chance {
                    let y = u64::from(self.hits(law.none + stream.uniform() * chance, law));
                    hits += y;
                    squares += y * y;
                    cross += y as f64 * law.words;
                }
                at = at.floor() + 1.0 + libm::log(stream.open()) / run.log_none;
            }
        }
        (hits, squares, cross)
    }

    fn step(&self, y: u32) -> f64 {
        let next = f64::from(y) + 1.0;
        self.shape.map_or(1.0 / next, |shape| (shape + f64::from(y)) / next)
    }

    pub(super) fn draw(&self, stream: &mut SplitMix) -> (f64, f64, f64) {
        let sums = match (self.runs.is_empty(), self.quartered.is_empty()) {
            (false, _) => self.draw_by_runs(stream),
            (true, false) => self.draw_by_quarters(stream),
            (true, true) => self.each(stream),
        };
        let (hits, squares, cross) = sums;
        let (variance, df) = self.lengths.spread(hits as f64, squares as f64, cross);
        (libm::log(hits as f64 + 0.5) - self.log_words, variance, df)
    }

    /// The units, where there are many and they are not skipped through; none where a number of 16 bits does not tell their laws apart.
    fn quartered(&self) -> Vec<QuarteredUnit> {
        let units: usize = self.laws.iter().map(|law| law.units as usize).sum();
        if units < QUARTERED || !self.runs.is_empty() || self.laws.len() > usize::from(u16::MAX) {
            return Vec::new();
        }
        let of_law = |(number, law): (u16, &Law)| {
            let none = (law.none * QUARTERS).min(QUARTERS - 1.0) as u16;
            (0..law.units).map(move |_| QuarteredUnit { none, law: number })
        };
        (0..).zip(&self.laws).flat_map(of_law).collect()
    }

    /// Sums of one draw, four units by one random number: its quarters are the first digits of four numbers, and what follows is drawn where
    /// these do not say that there is no hit.
    fn draw_by_quarters(&self, stream: &mut SplitMix) -> (u64, u64, f64) {
        let (mut hits, mut squares, mut cross) = (0u64, 0u64, 0.0);
        for units in self.quartered.chunks(4) {
            let mut bits = stream.bits();
            for unit in units {
                let quarter = bits as u16;
                bits >>= 16;
                if quarter < unit.none {
                    continue;
                }
                let law = &self.laws[usize::from(unit.law)];
                let u = (f64::from(quarter) + stream.uniform()) / QUARTERS;
                if u >= law.none {
                    let y = u64::from(self.hits(u, law));
                    hits += y;
                    squares += y * y;
                    cross += y as f64 * law.words;
                }
            }
        }
        (hits, squares, cross)
    }

    /// Sums of one draw, unit by unit.
    #[inline]
    fn each(&self, stream: &mut SplitMix) -> (u64, u64, f64) {
        let (mut hits, mut squares, mut cross) = (0u64, 0u64, 0.0);
        for law in &self.laws {
            let mut of_law = 0;
            for _ in 0..law.units {
                let u = stream.uniform();
                if u >= law.none {
                    let y = u64::from(self.hits(u, law));
                    of_law += y;
                    squares += y * y;
                }
            }
            hits += of_law;
            cross += of_law as f64 * law.words;
        }
        (hits, squares, cross)
    }

    /// The least y with P(Y ≤ y) above `u`.
    #[inline]
    fn hits(&self, u: f64, law: &Law) -> u32 {
        let up_to = &self.up_to[law.up_to.clone()];
        match up_to.iter().position(|&up_to| up_to > u) {
            Some(y) => y as u32,
            None => self.hits_beyond(u, law),
        }
    }

    /// The same, where it lies beyond what was added up.
    #[cold]
    fn hits_beyond(&self, u: f64, law: &Law) -> u32 {
        let (mut y, mut p, mut sum) = (0, law.none, law.none);
        while sum <= u && y < MOST_HITS {
            p *= self.step(y) * law.ratio;
            y += 1;
            sum += p;
            if p < 1e-17 && f64::from(y) > law.mean {
                break;
            }
        }
        y
    }

    /// Hits of the first unit by one uniform number.
    pub(super) fn first(&self, u: f64) -> u32 {
        self.laws.first().map_or(0, |law| if u < law.none { 0 } else { self.hits(u, law) })
    }

    /// Everything that decides a draw.
    pub(super) fn digest_into(&self, digest: &mut Digest) {
        let Lengths { units, words, squares, kept, effective } = self.lengths;
        digest.numbers([f64::from(units), words, squares, kept, effective, self.log_words]);
        digest.numbers(self.shape);
        let laws = self.laws.iter();
        digest.numbers(laws.flat_map(|law| [law.words, f64::from(law.units), law.none, law.ratio, law.mean]));
    }
}
