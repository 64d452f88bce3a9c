//! Sums of powers of hits and words, of which units can be taken out again.
//!
//! In: hits and words of units. Out: how far they lie from a rate that is known only later.
//! Invariant: what is added and removed again leaves nothing.
//! It deliberately keeps no unit.

/// Sums of powers of hits and words over units, from which those of `hits − rate × words` follow for any rate.
#[derive(Clone, Copy, Default)]
pub(super) struct PowerSums {
    /// How many.
    pub units: f64,
    /// Of hits² to words².
    second: [f64; 3],
    /// Of hits⁴ to words⁴.
    fourth: [f64; 5],
}

impl PowerSums {
    /// Counts a unit in: its hits and words.
    pub fn add(&mut self, unit: [f64; 2]) {
        self.count(unit, 1.0);
    }

    /// Counts a unit out.
    pub fn remove(&mut self, unit: [f64; 2]) {
        self.count(unit, -1.0);
    }

    fn count(&mut self, [hits, words]: [f64; 2], times: f64) {
        self.units += times;
        let second = [hits * hits, hits * words, words * words];
        let fourth = [
            second[0] * second[0],
            second[0] * second[1],
            second[0] * second[2],
            second[1] * second[2],
            second[2] * second[2],
        ];
        self.second.iter_mut().zip(second).for_each(|(sum, of)| *sum += times * of);
        self.fourth.iter_mut().zip(fourth).for_each(|(sum, of)| *sum += times * of);
    }

    /// Counts all units of another out.
    pub fn minus(&mut self, other: &PowerSums) {
        self.units -= other.units;
        self.second.iter_mut().zip(other.second).for_each(|(sum, of)| *sum -= of);
        self.fourth.iter_mut().zip(other.fourth).for_each(|(sum, of)| *sum -= of);
    }

    /// Sums of the squares and of the fourth powers of `hits − rate × words`.
    pub fn around(&self, rate: f64) -> (f64, f64) {
        let powers = |sums: &[f64], signs: &[f64]| -> f64 {
            sums.iter().zip(signs).rev().fold(0.0, |sum, (of, sign)| sum * rate + sign * of)
        };
        let squares = powers(&self.second, &[1.0, -2.0, 1.0]);
        let fourth = powers(&self.fourth, &[1.0, -4.0, 6.0, -4.0, 1.0]);
        (squares.max(0.0), fourth.max(0.0))
    }
}
