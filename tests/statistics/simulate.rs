//! Made-up articles whose truth is known.

use framescope::statistics::Unit;
use framescope::statistics::seed::Stream;

/// Articles of `words` words, or of lengths with a long tail around it, whose hits have a rate per 1,000 words and a
/// burstiness: none (independent hits), or the shape of the gamma distribution that article rates are drawn from.
#[derive(Clone, Copy, Debug)]
pub struct World {
    pub rate: f64,
    pub shape: Option<f64>,
    pub words: u32,
    pub uneven: bool,
}

impl World {
    pub fn articles(&self, n: usize, stream: &mut Stream) -> Vec<Unit> {
        (0..n).map(|_| self.article(stream)).collect()
    }

    fn article(&self, stream: &mut Stream) -> Unit {
        let words = if self.uneven {
            let stretched = f64::from(self.words) * (0.5 * stream.normal() - 0.125).exp();
            stretched.round().max(30.0) as u32
        } else {
            self.words
        };
        let expected = self.rate / 1000.0 * f64::from(words);
        let expected = self.shape.map_or(expected, |shape| expected * gamma(shape, stream) / shape);
        Unit { hits: poisson(expected, stream), words }
    }
}

/// Marsaglia and Tsang's method; a shape below 1 by the usual power of a uniform number.
pub fn gamma(shape: f64, stream: &mut Stream) -> f64 {
    if shape < 1.0 {
        return gamma(shape + 1.0, stream) * (1.0 - stream.uniform()).powf(1.0 / shape);
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let x = stream.normal();
        let v = (1.0 + c * x).powi(3);
        if v > 0.0 && (1.0 - stream.uniform()).ln() < 0.5 * x * x + d - d * v + d * v.ln() {
            return d * v;
        }
    }
}

/// By counting exponential waiting times; our means are small.
pub fn poisson(mean: f64, stream: &mut Stream) -> u32 {
    let (mut left, mut count) = (mean, 0);
    loop {
        left += (1.0 - stream.uniform()).ln();
        if left < 0.0 {
            return count;
        }
        count += 1;
    }
}
