//! The sketch of an article: which eight-word shingles it is known by.
//!
//! In: a number for each word. Out: fingerprints, ascending and distinct.
//! Invariant: of every [`WINDOW`] neighbouring shingles at least one is kept, and which one depends on those words alone; so two articles
//! that share [`NOTICED`] words in a row share a fingerprint, wherever the passage stands.
//! It deliberately keeps 32 bits of each: chance makes one in a thousand equal in a corpus of 150,000 articles, and no decision rests on one.

/// Words of a shingle.
const SHINGLE: usize = 8;

/// Shingles of which one is kept.
const WINDOW: usize = 43;

/// A shared passage of so many words is noticed without fail.
pub const NOTICED: usize = SHINGLE + WINDOW - 1;

/// Any odd number would do.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// Draws sketches; kept between articles for its buffer.
#[derive(Default)]
pub(super) struct Winnow {
    ranks: Vec<u64>,
}

impl Winnow {
    /// Appends the fingerprints of an article. One of fewer words than a shingle has none.
    pub(super) fn sketch(&mut self, words: &[u64], fingerprints: &mut Vec<u32>) {
        let first = fingerprints.len();
        self.rank(words);
        let window = WINDOW.min(self.ranks.len());
        if window == 0 {
            return;
        }
        let mut best = 0;
        for end in window..=self.ranks.len() {
            let start = end - window;
            if best < start || end == window {
                // the last of equals, so that a passage of one repeated word keeps few
                best = (start..end).rev().min_by_key(|&i| self.ranks[i]).unwrap_or(start);
            } else if self.ranks[end - 1] <= self.ranks[best] {
                best = end - 1;
            } else {
                continue;
            }
            // the rank itself is small where it is kept: only its low half tells articles apart
            fingerprints.push(self.ranks[best] as u32);
        }
        fingerprints[first..].sort_unstable();
        let mut kept = first;
        for i in first..fingerprints.len() {
            if i == first || fingerprints[i] != fingerprints[kept - 1] {
                fingerprints[kept] = fingerprints[i];
                kept += 1;
            }
        }
        fingerprints.truncate(kept);
    }

    /// A random-looking number for each shingle, by a rolling sum.
    fn rank(&mut self, words: &[u64]) {
        self.ranks.clear();
        if words.len() < SHINGLE {
            return;
        }
        let top = (0..SHINGLE).fold(1u64, |power, _| power.wrapping_mul(BASE));
        let mut sum = words[..SHINGLE].iter().fold(0u64, |sum, &word| sum.wrapping_mul(BASE).wrapping_add(word));
        self.ranks.reserve(words.len() - SHINGLE + 1);
        self.ranks.push(mix(sum));
        for (&out, &word) in words.iter().zip(&words[SHINGLE..]) {
            sum = sum.wrapping_mul(BASE).wrapping_add(word).wrapping_sub(top.wrapping_mul(out));
            self.ranks.push(mix(sum));
        }
    }
}

/// Spreads a number over all its bits (the finaliser of SplitMix64).
pub(super) fn mix(number: u64) -> u64 {
    let mut z = number;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
