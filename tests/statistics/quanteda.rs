//! Keyness as quanteda.textstats 0.97 really computes it, for tests of parity.
//!
//! In: a [`Table`]. Out: its signed statistics and their p.
//! Invariant: the oddities are kept: a correction that depends on the smallest expected count, a constant inside the
//! logarithm, a p that underflows to 0 and one for PMI, which has none.
//! It deliberately is not offered by default: see `keyness` for the measures themselves.

use framescope::statistics::keyness::Table;
use framescope::statistics::special::gamma_lower;
use libm::log;

/// The correction that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Correction {
    /// What runs when nothing is said: Yates.
    Default,
    /// Yates, where a cell is expected to be below 5 and the table is not nearly even.
    Yates,
    /// Williams: the statistic is divided by q; χ² is in fact multiplied by it.
    Williams,
    /// None.
    None,
}

/// The constant that quanteda adds inside the logarithm.
const EPSILON: f64 = 1e-9;

/// χ², signed.
pub fn chi2(table: Table, correction: Correction) -> f64 {
    let t = Cells::of(table);
    let off = (t.cross.abs() - t.n * t.delta(correction)).abs();
    let chi2 = t.n * off * off / (t.rows[0] * t.rows[1] * t.columns[0] * t.columns[1]);
    t.sign() * if correction == Correction::Williams { chi2 * t.williams() } else { chi2 }
}

/// G², signed (`measure = "lr"`).
pub fn lr(table: Table, correction: Correction) -> f64 {
    let t = Cells::of(table);
    let toward = -t.sign() * t.delta(correction);
    let cell = |observed: f64, row: usize, column: usize, sign: f64| {
        let moved = observed + sign * toward;
        moved * log(moved / t.expected(row, column) + EPSILON)
    };
    let [a, b, c, d] = t.observed;
    let g2 = 2.0 * (cell(a, 0, 0, 1.0) + cell(b, 0, 1, -1.0) + cell(c, 1, 0, -1.0) + cell(d, 1, 1, 1.0));
    t.sign() * if correction == Correction::Williams { g2 / t.williams() } else { g2 }
}

/// PMI in natural logarithms.
pub fn pmi(table: Table) -> f64 {
    let t = Cells::of(table);
    log(t.observed[0] / t.expected(0, 0) + EPSILON)
}

/// 1 − P(χ² < |statistic|): 0 where the difference underflows.
pub fn p(statistic: f64) -> f64 {
    1.0 - gamma_lower(0.5, 0.5 * statistic.abs())
}

struct Cells {
    observed: [f64; 4],
    rows: [f64; 2],
    columns: [f64; 2],
    n: f64,
    cross: f64,
}

impl Cells {
    fn of(table: Table) -> Cells {
        let (a, b) = (table.a as f64, table.b as f64);
        let (c, d) = ((table.c - table.a) as f64, (table.d - table.b) as f64);
        Cells {
            observed: [a, b, c, d],
            rows: [a + b, c + d],
            columns: [a + c, b + d],
            n: a + b + c + d,
            cross: a * d - b * c,
        }
    }

    fn expected(&self, row: usize, column: usize) -> f64 {
        self.rows[row] * self.columns[column] / self.n
    }

    fn sign(&self) -> f64 {
        if self.observed[0] > self.expected(0, 0) { 1.0 } else { -1.0 }
    }

    /// ½ where Yates is asked for, the table is far enough from even, and some cell is expected to be below 5.
    fn delta(&self, correction: Correction) -> f64 {
        let asked = matches!(correction, Correction::Default | Correction::Yates);
        let expected = [(0, 0), (0, 1), (1, 0), (1, 1)].map(|(row, column)| self.expected(row, column));
        let small = expected.iter().any(|&e| e < 5.0);
        if asked && small && self.cross.abs() >= self.n / 2.0 { 0.5 } else { 0.0 }
    }

    /// Williams' divisor; quanteda leaves a table with an empty cell as it is.
    fn williams(&self) -> f64 {
        if self.observed.iter().any(|&count| count <= 0.0) {
            return 1.0;
        }
        let spread = |sums: [f64; 2]| self.n / sums[0] + self.n / sums[1] - 1.0;
        1.0 + spread(self.rows) * spread(self.columns) / (6.0 * self.n)
    }
}
