//! Random streams that have a name.
//!
//! In: the study's seed and names (measure, group). Out: a stream of random numbers.
//! Invariant: the same seed and names give the same stream on every machine and for any number of threads;
//! the position in a loop and the clock never enter.
//! It deliberately does not offer distributions beyond what the resampling here needs.

/// A named stream: xoshiro256++ of Blackman and Vigna (2019), its state filled by SplitMix64.
#[derive(Clone, Debug)]
pub struct Stream {
    state: [u64; 4],
}

impl Stream {
    /// The stream of these names under this seed.
    pub fn named(seed: u64, names: &[&str]) -> Stream {
        Stream::numbered(seed, names, 0)
    }

    /// One of several streams of the same names, for fixed blocks of work.
    pub fn numbered(seed: u64, names: &[&str], block: u64) -> Stream {
        let mut hash = mix(seed ^ 0x9e37_79b9_7f4a_7c15);
        for name in names {
            // The length first: ["ab", "c"] and ["a", "bc"] are different names.
            hash = mix(hash ^ name.len() as u64);
            for bytes in name.as_bytes().chunks(8) {
                let word = bytes.iter().rev().fold(0u64, |word, &byte| word << 8 | u64::from(byte));
                hash = mix(hash ^ word);
            }
        }
        let mut filler = mix(hash ^ block);
        let state = std::array::from_fn(|_| {
            filler = filler.wrapping_add(0x9e37_79b9_7f4a_7c15);
            mix(filler)
        });
        Stream { state }
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let out = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let (c, d) = (c ^ a, d ^ b);
        self.state = [a ^ d, b ^ c, c ^ (b << 17), d.rotate_left(45)];
        out
    }

    /// A whole number below `n`, each equally likely; 0 where `n` is 0.
    pub fn below(&mut self, n: u32) -> u32 {
        // Multiply and shift, with the few values rejected that would make some results likelier (Lemire 2019).
        let mut product = (self.bits() >> 32) * u64::from(n);
        if (product as u32) < n {
            let threshold = n.wrapping_neg() % n;
            while (product as u32) < threshold {
                product = (self.bits() >> 32) * u64::from(n);
            }
        }
        (product >> 32) as u32
    }

    /// A number in [0, 1) with 53 random bits.
    pub fn uniform(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }

    /// A standard normal number (Box and Muller, one of the pair).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * libm::log(1.0 - self.uniform())).sqrt();
        radius * libm::cos(std::f64::consts::TAU * self.uniform())
    }
}

/// A quick stream for many small draws: SplitMix64 of Steele, Lea and Flood (2014), keyed by numbers.
#[derive(Clone, Debug)]
pub struct SplitMix {
    state: u64,
}

impl SplitMix {
    /// The stream that begins with this state.
    pub fn new(state: u64) -> SplitMix {
        SplitMix { state }
    }

    /// The stream of these numbers under a seed.
    pub fn keyed(seed: u64, keys: impl Iterator<Item = u64>) -> SplitMix {
        SplitMix { state: keys.fold(mix(seed ^ 0x9e37_79b9_7f4a_7c15), |hash, key| mix(hash ^ key)) }
    }

    /// The next 64 bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.state)
    }

    /// A number in [0, 1) with 53 random bits.
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }

    /// A standard normal number, and a variance of so many degrees of freedom over what it is on average: χ² by the cube of a
    /// normal number (Wilson and Hilferty 1931). Both of Box and Muller's pair.
    pub fn normal_and_variance(&mut self, df: f64) -> (f64, f64) {
        let radius = (-2.0 * libm::log(self.open())).sqrt();
        let angle = std::f64::consts::TAU * self.uniform();
        let h = 2.0 / (9.0 * df);
        let root = (1.0 - h + h.sqrt() * radius * libm::sin(angle)).max(0.1);
        (radius * libm::cos(angle), root * root * root)
    }

    /// A number above 0 and below 1.
    pub fn open(&mut self) -> f64 {
        ((self.bits() >> 12) as f64 + 0.5) * (1.0 / 4_503_599_627_370_496.0)
    }
}

/// The finaliser of SplitMix64: every bit of the input moves every bit of the output.
#[inline]
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}
