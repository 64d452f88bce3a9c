//! A ratio of sums over articles, and how far it would move with other articles.
//!
//! In: one pair (top, bottom) an article. Out: the ratio of the sums and its linearised variance.
//! Invariant: sums are whole numbers, so that neither the order of the articles nor the way they are grouped moves a bit.
//! It deliberately knows neither hits nor words: rates, valences and shares are all such ratios.

/// Whole-number moments of the pairs of a group of articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moments {
    /// Number of articles.
    pub articles: u32,
    /// Sum of the tops.
    pub top: i128,
    /// Sum of the bottoms.
    pub bottom: i128,
    pub(super) top_squared: i128,
    pub(super) cross: i128,
    pub(super) bottom_squared: i128,
}

impl Moments {
    /// Adds one article.
    pub fn add(&mut self, top: i64, bottom: u64) {
        let (top, bottom) = (i128::from(top), i128::from(bottom));
        self.articles += 1;
        self.top += top;
        self.bottom += bottom;
        self.top_squared += top * top;
        self.cross += top * bottom;
        self.bottom_squared += bottom * bottom;
    }

    /// Adds to the top of an article that is counted already with a top of nothing.
    pub(super) fn add_top(&mut self, top: i64, bottom: u64) {
        let (top, bottom) = (i128::from(top), i128::from(bottom));
        self.top += top;
        self.top_squared += top * top;
        self.cross += top * bottom;
    }

    /// The same articles with these tops, given as sums: sparse counts need no second pass over the articles.
    pub fn with_tops(&self, top: i128, top_squared: i128, cross: i128) -> Moments {
        Moments { top, top_squared, cross, ..*self }
    }

    /// Both groups together.
    pub fn plus(&self, other: &Moments) -> Moments {
        Moments {
            articles: self.articles + other.articles,
            top: self.top + other.top,
            bottom: self.bottom + other.bottom,
            top_squared: self.top_squared + other.top_squared,
            cross: self.cross + other.cross,
            bottom_squared: self.bottom_squared + other.bottom_squared,
        }
    }

    /// This group without `part` of it.
    pub fn minus(&self, part: &Moments) -> Moments {
        Moments {
            articles: self.articles - part.articles,
            top: self.top - part.top,
            bottom: self.bottom - part.bottom,
            top_squared: self.top_squared - part.top_squared,
            cross: self.cross - part.cross,
            bottom_squared: self.bottom_squared - part.bottom_squared,
        }
    }

    /// Σ top / Σ bottom; NaN where the bottom is empty.
    pub fn ratio(&self) -> f64 {
        self.top as f64 / self.bottom as f64
    }

    /// n/(n−1) · Σ (top − r · bottom)²: the variance of Σ top around r · Σ bottom, articles being the independent units.
    pub fn residual_variance(&self) -> f64 {
        let n = f64::from(self.articles);
        n / (n - 1.0) * self.residual_squares()
    }

    /// Standard error of the ratio.
    pub fn standard_error(&self) -> f64 {
        libm::sqrt(self.residual_variance()) / self.bottom as f64
    }

    fn residual_squares(&self) -> f64 {
        let exact = || {
            let a = self.top_squared.checked_mul(self.bottom.checked_mul(self.bottom)?)?;
            let b = self.cross.checked_mul(self.top.checked_mul(self.bottom)?)?.checked_mul(2)?;
            let c = self.bottom_squared.checked_mul(self.top.checked_mul(self.top)?)?;
            a.checked_sub(b)?.checked_add(c)
        };
        let bottom = self.bottom as f64;
        match exact() {
            Some(squares) => squares.max(0) as f64 / bottom / bottom,
            // Past 38 digits: the same sum in floating point, still of whole-number moments.
            None => {
                let r = self.ratio();
                (self.top_squared as f64 - 2.0 * r * self.cross as f64 + r * r * self.bottom_squared as f64).max(0.0)
            }
        }
    }
}
