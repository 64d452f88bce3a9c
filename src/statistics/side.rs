//! One side of a comparison: its log rate, how far chance moves that, and how well this is known.
//!
//! In: whole-number sums over the units of a side (articles, or clusters of them). Out: a [`Side`].
//! Invariant: one θ, one variance and one number of degrees of freedom serve p, the interval of the ratio and that of the rate;
//! neither the order of the units nor the other side enters.
//! It deliberately tests nothing: `null_draws` does.

use super::measured::LEVEL;
use super::special::t_quantile;
use super::tally::Tally;

/// With hits in fewer units the burstiness of a side is not known.
const KNOWN_FROM: u32 = 3;
/// The burstiness that is feared where none is known: one over a gamma shape of 0.1.
pub const FEARED: f64 = 10.0;
/// What residuals keep of the variance, at least.
const LEAST_KEPT: f64 = 0.25;
/// What is left of 1 − v, at least.
const LEAST_LEFT: f64 = 0.02;
/// Degrees of freedom, at least.
const LEAST_DF: f64 = 0.5;

/// How long the units of a side are: W, Σw², and what both say of the weight of each unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lengths {
    /// Number of units.
    pub units: u32,
    /// Words of all units, W.
    pub words: f64,
    pub(super) squares: f64,
    /// 1 − 2 Σw³/(W Σw²) + Σw²/W²: what residuals keep of a variance in proportion to the square of the words.
    pub(super) kept: f64,
    /// W²/Σw²: as many units of equal length.
    pub(super) effective: f64,
}

impl Lengths {
    fn of(units: u32, words: f64, squares: f64, cubes: f64) -> Lengths {
        let kept = 1.0 - 2.0 * cubes / (words * squares) + squares / (words * words);
        Lengths { units, words, squares, kept: kept.max(LEAST_KEPT), effective: words * words / squares }
    }

    /// Variance and degrees of freedom of the log rate of units of these lengths that have Σx = `hits`, Σx² = `squares` and Σxw =
    /// `cross`.
    #[inline]
    pub(super) fn spread(&self, hits: f64, squares: f64, cross: f64) -> (f64, f64) {
        let h = hits + 0.5;
        let carriers = if hits > 0.0 { hits * hits / squares } else { 1.0 };
        let df = ((self.effective - 1.0) * carriers).max(0.0).sqrt().max(LEAST_DF);
        if hits <= 0.0 {
            return (1.0, df);
        }
        let rate = hits / self.words;
        let residuals = (squares - 2.0 * rate * cross + rate * rate * self.squares).max(0.0);
        let v = residuals / (self.kept * h * h);
        ((v / (1.0 - v).max(LEAST_LEFT)).max(0.5 / h), df)
    }
}

/// A bound farther from its estimate than by this factor says nothing: no interval is given. The narrower the limit, the more does
/// it choose among samples, and the less do the intervals left cover: 100 costs a hundredth, 30 two (`docs/lab/levels.md`).
pub const WIDEST: f64 = 100.0;

/// Whether bounds at this distance from a logarithm say anything.
pub(super) fn is_informative(distance: f64) -> bool {
    distance <= libm::log(WIDEST)
}

/// One side of a comparison.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Side {
    /// Lengths of its units.
    pub lengths: Lengths,
    /// Units with a hit.
    pub with_hits: u32,
    /// Hits, Σx.
    pub hits: f64,
    /// ln((Σx + ½)/W).
    pub log_rate: f64,
    /// Variance of the log rate.
    pub variance: f64,
    /// Degrees of freedom of that variance.
    pub df: f64,
    /// Σx², Σxw, Σw³: they put two sides of equal size in order.
    rest: [f64; 3],
}

impl Side {
    /// Of units that are articles, or clusters.
    pub fn of(tally: &Tally) -> Side {
        Side::scaled(tally, Multiplicity::ONE)
    }

    /// Of units each of which stands for several copies of itself.
    pub fn scaled(tally: &Tally, copies: Multiplicity) -> Side {
        let all = &tally.all;
        let by = |sum: i128, power: i32| copies.divide(sum, power);
        let (words, squares, cubes) = (by(all.bottom, 1), by(all.bottom_squared, 2), by(tally.words_cubed, 3));
        let (hits, hits_squared, cross) = (by(all.top, 1), by(all.top_squared, 2), by(all.cross, 2));
        let lengths = Lengths::of(all.articles, words, squares, cubes);
        let (variance, df) = lengths.spread(hits, hits_squared, cross);
        Side {
            lengths,
            with_hits: tally.with_hits.articles,
            hits,
            log_rate: libm::log((hits + 0.5) / words),
            variance,
            df,
            rest: [hits_squared, cross, cubes],
        }
    }

    /// κ = n_e (V − 1/h), one over the shape of the burstiness; nothing where too few units have a hit to tell.
    pub fn burstiness(&self) -> Option<f64> {
        let h = self.hits + 0.5;
        (self.with_hits >= KNOWN_FROM).then(|| (self.lengths.effective * (self.variance - 1.0 / h)).max(0.0))
    }

    /// [`Side::burstiness`], or what is feared beside the other side's.
    pub fn burstiness_beside(&self, other: Option<&Side>) -> f64 {
        let feared = || other.and_then(Side::burstiness).map_or(FEARED, |other| other.max(FEARED));
        self.burstiness().unwrap_or_else(feared)
    }

    /// Bounds of the log rate at [`LEVEL`]: l ± t √V; none that are farther than [`WIDEST`].
    pub fn log_bounds(&self) -> Option<(f64, f64)> {
        let spread = t_quantile(0.5 + 0.5 * LEVEL, self.df) * self.variance.sqrt();
        is_informative(spread).then_some((self.log_rate - spread, self.log_rate + spread))
    }

    /// What puts two sides in an order that knows no names: the smaller comes first.
    pub(super) fn order(&self) -> [f64; 7] {
        let [squares, cross, cubes] = self.rest;
        let Lengths { units, words, squares: lengths, .. } = self.lengths;
        [f64::from(units), words, self.hits, lengths, cubes, squares, cross]
    }
}

/// How the log rates of two sides differ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contrast {
    /// θ = l_a − l_b.
    pub theta: f64,
    /// V_a + V_b.
    pub variance: f64,
    /// Degrees of freedom of the two variances together.
    pub df: f64,
}

impl Contrast {
    /// Of two sides.
    pub fn of(a: &Side, b: &Side) -> Contrast {
        Contrast::new(a.log_rate - b.log_rate, [a.variance, b.variance], [a.df, b.df])
    }

    #[inline]
    pub(super) fn new(theta: f64, [va, vb]: [f64; 2], [da, db]: [f64; 2]) -> Contrast {
        let variance = va + vb;
        Contrast { theta, variance, df: variance * variance / (va * va / da + vb * vb / db) }
    }

    /// T = θ/√V.
    pub fn t(&self) -> f64 {
        self.theta / self.variance.sqrt()
    }

    /// z = df ln(1 + T²/df): T² of few degrees of freedom made comparable with that of many.
    pub fn z(&self) -> f64 {
        let squared = self.theta * self.theta / self.variance;
        self.df * libm::log1p(squared / self.df)
    }

    /// Whether z is at least `least`; most contrasts are told without a logarithm, for z is never above T².
    #[inline]
    pub(super) fn reaches(&self, least: f64) -> bool {
        self.theta * self.theta >= least * self.variance && self.z() >= least
    }

    /// Bounds of θ at [`LEVEL`]; none that are farther than [`WIDEST`].
    pub fn bounds(&self) -> Option<(f64, f64)> {
        let spread = t_quantile(0.5 + 0.5 * LEVEL, self.df) * self.variance.sqrt();
        is_informative(spread).then_some((self.theta - spread, self.theta + spread))
    }
}

/// How many copies of itself a unit of a side stands for on average, as a fraction of whole numbers.
///
/// Sums over units that are groups of copies are divided by it, so that eight copies of every article say what one of each says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Multiplicity {
    weighted: i128,
    words: i128,
}

impl Multiplicity {
    /// Every unit stands for itself.
    pub const ONE: Multiplicity = Multiplicity { weighted: 1, words: 1 };

    /// Σ k w / Σ w of units of k articles and w words; one where there is no word.
    pub fn new(weighted: u128, words: u128) -> Multiplicity {
        if words == 0 { Multiplicity::ONE } else { Multiplicity { weighted: weighted as i128, words: words as i128 } }
    }

    /// The number of copies.
    pub fn value(&self) -> f64 {
        self.weighted as f64 / self.words as f64
    }

    /// A sum of products of `power` counts, each divided by the number of copies; exact where that is a whole number.
    pub(super) fn divide(&self, sum: i128, power: i32) -> f64 {
        if self.weighted == self.words {
            return sum as f64;
        }
        let whole = (self.weighted % self.words == 0).then(|| (self.weighted / self.words).checked_pow(power as u32));
        match whole.flatten().filter(|by| sum % by == 0) {
            Some(by) => (sum / by) as f64,
            None => (0..power).fold(sum as f64, |sum, _| sum / self.value()),
        }
    }
}
