//! The functions of probability that the measures need: normal, Student t, chi-squared, beta.
//!
//! In: finite arguments within the stated range. Out: values to about 1e-13 relative, far into the tails.
//! Invariant: logarithms, exponentials and error functions come from libm, so that every machine gives the same bits.
//! It deliberately returns tails, not `1 - cdf`: a small p is computed as itself.

use libm::{erfc, exp, log, log1p, sqrt};
use std::f64::consts::{PI, SQRT_2};
use std::sync::LazyLock;

const LN_SQRT_TWO_PI: f64 = 0.918_938_533_204_672_7;
/// Terms after which a series or continued fraction is cut; none of our arguments needs a tenth of it.
const MAX_TERMS: u32 = 100_000;

/// Probability that a standard normal number lies below `z`.
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * erfc(-z / SQRT_2)
}

/// The number below which a standard normal one lies with probability `p`; infinite at 0 and 1.
pub fn normal_quantile(p: f64) -> f64 {
    if p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    if p >= 0.5 {
        return if p > 0.5 { -normal_quantile(1.0 - p) } else { 0.0 };
    }
    // Newton's steps on ln Φ, which is concave: from the left of the root they rise to it.
    let target = log(p);
    let mut z = -sqrt(-2.0 * target).max(0.0);
    for _ in 0..60 {
        let below = normal_cdf(z);
        let density = exp(-0.5 * z * z - LN_SQRT_TWO_PI);
        let step = (log(below) - target) * below / density;
        z -= step;
        if step.abs() <= 1e-16 * z.abs().max(1e-3) {
            break;
        }
    }
    z
}

/// Probability that a chi-squared number with `df` degrees of freedom exceeds `x`.
pub fn chi2_tail(x: f64, df: f64) -> f64 {
    gamma_upper(0.5 * df, 0.5 * x)
}

/// The number that a chi-squared one with `df` degrees of freedom stays below with probability `p`.
pub fn chi2_quantile(p: f64, df: f64) -> f64 {
    let z = normal_quantile(p);
    let h = 2.0 / (9.0 * df);
    let guess = df * libm::pow((1.0 - h + z * sqrt(h)).max(0.01), 3.0);
    root(guess, 0.0, f64::INFINITY, |x| {
        let density = 0.5 * gamma_density(0.5 * df, 0.5 * x);
        if p <= 0.5 { (gamma_lower(0.5 * df, 0.5 * x) - p, density) } else { (1.0 - p - chi2_tail(x, df), density) }
    })
}

/// Probability that Student's t with `df` degrees of freedom lies further from 0 than `t`, on either side.
pub fn t_two_sided(t: f64, df: f64) -> f64 {
    let square = t * t;
    Beta::of(0.5 * df, 0.5).between(df / (df + square), square / (df + square))
}

/// [`normal_quantile`] of the upper end of every interval that is printed: it is asked for each of them.
static UPPER: LazyLock<(f64, f64)> = LazyLock::new(|| {
    let p = 0.5 + 0.5 * super::measured::LEVEL;
    (p, normal_quantile(p))
});

/// The number that Student's t with `df` degrees of freedom stays below with probability `p`.
pub fn t_quantile(p: f64, df: f64) -> f64 {
    if p < 0.5 {
        return -t_quantile(1.0 - p, df);
    }
    if p <= 0.5 {
        return 0.0;
    }
    let tails = 2.0 * (1.0 - p);
    let z = if p == UPPER.0 { UPPER.1 } else { normal_quantile(p) };
    let guess = z + (z * z * z + z) / (4.0 * df);
    let beta = Beta::of(0.5 * df, 0.5);
    root(guess, 0.0, f64::INFINITY, |t| {
        let square = t * t;
        let (x, y) = (df / (df + square), square / (df + square));
        let density = beta.density(x, y);
        // d/dt of the two tails is -2 f(t), and f(t) = x^a y^(1/2) / (B |t|).
        (tails - beta.between_by(density, x, y), 2.0 * density / t.max(1e-300))
    })
}

/// The number that a beta one with parameters `a`, `b` stays below with probability `p`.
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    let beta = Beta::of(a, b);
    root(a / (a + b), 0.0, 1.0, |x| {
        let density = beta.density(x, 1.0 - x);
        (beta.between_by(density, x, 1.0 - x) - p, density / (x * (1.0 - x)))
    })
}

/// Regularised incomplete beta function: probability that a beta number with parameters `a`, `b` lies below `x`.
pub fn beta_cdf(a: f64, b: f64, x: f64) -> f64 {
    Beta::of(a, b).between(x, 1.0 - x)
}

/// A beta distribution, with what every point of it needs.
struct Beta {
    a: f64,
    b: f64,
    /// What Stirling's formula leaves of 1 / B(a, b).
    rest: f64,
    factor: f64,
}

impl Beta {
    fn of(a: f64, b: f64) -> Beta {
        /// Of ½, which is a parameter of every Student's t.
        static HALF: LazyLock<f64> = LazyLock::new(|| stirling_error(0.5));
        let n = a + b;
        let of_b = if b == 0.5 { *HALF } else { stirling_error(b) };
        let rest = stirling_error(n) - stirling_error(a) - of_b;
        Beta { a, b, rest, factor: sqrt(a * b / (2.0 * PI * n)) }
    }

    /// [`beta_cdf`] with `y = 1 - x` handed over, so that an `x` near 1 loses nothing.
    fn between(&self, x: f64, y: f64) -> f64 {
        self.between_by(self.density(x, y), x, y)
    }

    /// The same where [`Beta::density`] is known.
    fn between_by(&self, density: f64, x: f64, y: f64) -> f64 {
        let Beta { a, b, .. } = *self;
        if x <= 0.0 {
            return 0.0;
        }
        if y <= 0.0 {
            return 1.0;
        }
        if x < (a + 1.0) / (a + b + 2.0) {
            density * beta_fraction(a, b, x) / a
        } else {
            1.0 - density * beta_fraction(b, a, y) / b
        }
    }

    /// x^a y^b / B(a, b), from deviances so that large parameters lose no digits.
    fn density(&self, x: f64, y: f64) -> f64 {
        let Beta { a, b, rest, factor } = *self;
        let n = a + b;
        let exponent = rest + a * log_ratio_excess((n * x - a) / a) + b * log_ratio_excess((n * y - b) / b);
        factor * exp(exponent)
    }
}

/// The continued fraction of the incomplete beta function, by the modified method of Lentz.
fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let term = |i: u32| {
        let m = f64::from(i / 2);
        if i.is_multiple_of(2) {
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
        } else {
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        }
    };
    let mut c = 1.0;
    let mut d = away_from_zero(1.0 + term(1)).recip();
    let mut value = d;
    for i in 2..MAX_TERMS {
        let t = term(i);
        d = away_from_zero(1.0 + t * d).recip();
        c = away_from_zero(1.0 + t / c);
        let factor = c * d;
        value *= factor;
        if (factor - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value
}

/// Probability that a number of mean 0, variance 1 and this skewness exceeds `z`, by Pearson's type III: a gamma
/// distribution, shifted, and mirrored where the skewness is negative. To 1e-3 relative for a skewness up to 1, to 1e-6 up
/// to a tenth, far into both tails.
pub fn pearson_three_tail(z: f64, skewness: f64) -> f64 {
    if skewness < 0.0 {
        return gamma_tail(-z, -skewness, -1.0);
    }
    gamma_tail(z, skewness, 1.0)
}

/// The tail above (`side` 1) or below (−1) `z` of a gamma distribution with this mean-0, variance-1 skewness, by Temme's
/// uniform expansion.
fn gamma_tail(z: f64, skewness: f64, side: f64) -> f64 {
    if skewness < 1e-8 {
        return 0.5 * erfc(side * z / SQRT_2);
    }
    let a = 4.0 / (skewness * skewness);
    let away = 0.5 * z * skewness;
    if away <= -1.0 {
        // below the least possible number
        return if side > 0.0 { 1.0 } else { 0.0 };
    }
    let eta = sqrt(-2.0 * log_ratio_excess(away)).copysign(away);
    let correction = if away.abs() < 1e-3 {
        -1.0 / 3.0 + eta / 12.0 - 2.0 * eta * eta / 135.0 + (-1.0 / 540.0 - eta / 288.0) / a
    } else {
        let (x, y) = (1.0 / away, 1.0 / eta);
        (x - y) + (y * y * y - x * x * x - x * x - x / 12.0) / a
    };
    let tail = 0.5 * erfc(side * eta * sqrt(0.5 * a));
    (tail + side * exp(-0.5 * a * eta * eta) / sqrt(2.0 * PI * a) * correction).clamp(0.0, 1.0)
}

/// Lower regularised incomplete gamma function.
pub fn gamma_lower(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x < a + 1.0 {
        gamma_series(a, x)
    } else {
        1.0 - gamma_fraction(a, x)
    }
}

/// Upper regularised incomplete gamma function.
pub fn gamma_upper(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        1.0
    } else if x < a + 1.0 {
        1.0 - gamma_series(a, x)
    } else {
        gamma_fraction(a, x)
    }
}

/// x^(a-1) e^-x / Γ(a).
fn gamma_density(a: f64, x: f64) -> f64 {
    if x <= 0.0 { 0.0 } else { gamma_prefix(a, x) / x }
}

/// x^a e^-x / Γ(a).
fn gamma_prefix(a: f64, x: f64) -> f64 {
    sqrt(a / (2.0 * PI)) * exp(a * log_ratio_excess((x - a) / a) - stirling_error(a))
}

fn gamma_series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum) = (1.0 / a, 1.0 / a);
    for i in 1..MAX_TERMS {
        term *= x / (a + f64::from(i));
        sum += term;
        if term < sum * 1e-17 {
            break;
        }
    }
    gamma_prefix(a, x) * sum
}

fn gamma_fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let mut c = 1e300;
    let mut d = away_from_zero(b).recip();
    let mut value = d;
    for i in 1..MAX_TERMS {
        let i = f64::from(i);
        b += 2.0;
        let t = -i * (i - a);
        d = away_from_zero(t * d + b).recip();
        c = away_from_zero(b + t / c);
        let factor = c * d;
        value *= factor;
        if (factor - 1.0).abs() < 1e-16 {
            break;
        }
    }
    gamma_prefix(a, x) * value
}

/// ln(1 + u) - u, also where `u` is small and the two nearly cancel.
pub(super) fn log_ratio_excess(u: f64) -> f64 {
    if u.abs() > 0.3 {
        return log1p(u) - u;
    }
    // With r = u / (2 + u): ln(1 + u) = 2 (r + r³/3 + r⁵/5 + …), and 2r - u = -u r.
    let r = u / (2.0 + u);
    let square = r * r;
    let (mut power, mut sum) = (r * square, 0.0);
    for k in 1..60 {
        let term = power / f64::from(2 * k + 1);
        sum += term;
        if term.abs() < 1e-18 * sum.abs() {
            break;
        }
        power *= square;
    }
    2.0 * sum - u * r
}

/// What Stirling's formula leaves of ln Γ(z).
fn stirling_error(z: f64) -> f64 {
    if z < 10.0 {
        return libm::lgamma(z) - (z - 0.5) * log(z) + z - LN_SQRT_TWO_PI;
    }
    const COEFFICIENTS: [f64; 8] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
        -3617.0 / 122_400.0,
    ];
    let inverse_square = 1.0 / (z * z);
    COEFFICIENTS.iter().rev().fold(0.0, |sum, c| sum * inverse_square + c) / z
}

fn away_from_zero(x: f64) -> f64 {
    if x.abs() < 1e-300 { 1e-300 } else { x }
}

/// The root of an increasing function that comes with its slope: Newton's steps, kept inside a shrinking bracket.
fn root(guess: f64, mut low: f64, mut high: f64, f: impl Fn(f64) -> (f64, f64)) -> f64 {
    let mut x = guess;
    for _ in 0..200 {
        let (value, slope) = f(x);
        if value < 0.0 {
            low = x;
        } else {
            high = x;
        }
        let mut next = x - value / slope;
        // A step out of the bracket, or no step: halve; by ratio where the bracket spans powers of ten.
        if !(next > low && next < high) {
            next = if high.is_infinite() {
                2.0 * x + 1.0
            } else if low > 0.0 {
                sqrt(low * high)
            } else {
                0.5 * (low + high)
            };
        }
        // Convergence is quadratic: after a step this small the error lies below rounding.
        if (next - x).abs() <= 1e-9 * x.abs() {
            return next;
        }
        x = next;
    }
    x
}
