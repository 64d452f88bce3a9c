//! A word in many articles: how far chance takes its hits, from the moments of all articles and none permuted anew.
//!
//! In: sums of powers of hits and words over all articles, and the words of one group. Out: p, in time that knows no articles.
//! Invariant: sums are whole numbers, so that neither the order of the articles moves a bit nor which group is named first.
//! It deliberately gives no p where the distribution is too skewed for its shape to be told by four moments.

use super::measure::measure;
use super::measured::{Measured, Why};
use super::permutation::Test;
use super::special::pearson_three_tail;

measure! {
    MOMENTS, "test", "moments-p";
    what: "The probability that the hits of the group lie at least as far from their expected number if each article is assigned to a group at random, in proportion to the words of the groups; computed from moments, for words found in many articles.";
    formula: "p = P(|Z| ≥ |a − r c| / √V), r = Σy/Σl; e = y − r l, s = c/Σl; V = ((1−s)² f + s² (1−f)) Σe², third moment ((1−s)³ f − s³ (1−f)) Σe³, f = (α c + β Σ_g l²)/Σe² the group's share of the variance, α l + β l² fitted to e², α, β ≥ 0; Z of Pearson's type III, heavier tails by z/√(1 + δ (z² − 3)/12), δ the fourth cumulant beyond type III's";
    unit: "probability, above 0";
    missing: "not used below 100 articles, nor where the smaller group may expect fewer than 2.5 articles with a hit or the skewness is beyond 1.1";
    source: "Mielke and Berry 2007, Permutation Methods (type III); Winkler et al. 2016, NeuroImage 141 (tests without permutations)";
    beware: "Its tails are approximate: in simulations, a p of .001 can really be up to .003 in groups with few articles.";
    example: "use moments::{Lengths, PowerSums, moments};\n\
              // 200 articles of 500 words, half of them with 3 hits and half with 1; one group has half of the articles.\n\
              let (mut lengths, mut powers) = (Lengths::default(), PowerSums::default());\n\
              (0..200).for_each(|_| lengths.add(500));\n\
              (0..200).for_each(|i| powers.add(if i % 2 == 0 { 3 } else { 1 }, 500));\n\
              let test = moments(230, 200, &lengths, &powers, 50_000, 100 * 500 * 500).unwrap();\n\
              // Σe² = 200, a quarter of it is the variance, 230 is 30 above the mean: z = 30 / √50, on both sides.\n\
              let z: f64 = 30.0 / 50.0f64.sqrt();\n\
              assert!((test.p.value().unwrap() / libm::erfc(z / 2.0f64.sqrt()) - 1.0).abs() < 1e-9);";
}

/// The method.
pub const METHOD: &str = "articles distributed by words, by their moments";
/// With fewer articles in both groups together four moments do not tell the distribution.
pub const FEWEST: u32 = 100;
/// So many articles with a hit are to be expected in the smaller group.
const FEWEST_WITH_HITS: f64 = 2.5;
/// Beyond this skewness of the group's hits the tails are not those of type III.
const MOST_SKEWED: f64 = 1.1;
/// More fourth cumulant than this is not believed.
const MOST_PEAKED: f64 = 3.0;

/// Powers of the words of articles, summed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Lengths {
    /// Articles that have a word.
    pub articles: u32,
    /// Σ l.
    pub words: u64,
    /// Σ l².
    pub squares: u128,
    cubes: u128,
    fourths: u128,
}

impl Lengths {
    /// Adds an article.
    pub fn add(&mut self, words: u32) {
        let l = u128::from(words);
        self.articles += u32::from(words > 0);
        self.words += u64::from(words);
        self.squares += l * l;
        self.cubes = self.cubes.saturating_add(l * l * l);
        self.fourths = self.fourths.saturating_add((l * l).saturating_mul(l * l));
    }

    /// Both groups together.
    pub fn plus(&self, other: &Lengths) -> Lengths {
        Lengths {
            articles: self.articles + other.articles,
            words: self.words + other.words,
            squares: self.squares + other.squares,
            cubes: self.cubes.saturating_add(other.cubes),
            fourths: self.fourths.saturating_add(other.fourths),
        }
    }
}

/// Powers of hits times powers of words, summed over the articles that have hits.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PowerSums {
    hits: u64,
    /// [a][b] is Σ y^(a+1) l^b.
    sums: [[u128; 4]; 4],
}

impl PowerSums {
    /// Adds an article.
    pub fn add(&mut self, hits: u32, words: u32) {
        self.hits += u64::from(hits);
        if hits < 1 << 15 && words < 1 << 16 {
            return self.add_short(hits.into(), words.into());
        }
        let mut of_hits = 1u128;
        for (a, sums) in self.sums.iter_mut().enumerate() {
            of_hits = of_hits.saturating_mul(hits.into());
            let mut term = of_hits;
            for sum in sums.iter_mut().take(4 - a) {
                *sum = sum.saturating_add(term);
                term = term.saturating_mul(words.into());
            }
        }
    }

    /// The same where no term leaves 64 bits, as in every article of less than 65,536 words.
    fn add_short(&mut self, hits: u64, words: u64) {
        let mut of_hits = 1u64;
        for (a, sums) in self.sums.iter_mut().enumerate() {
            of_hits *= hits;
            let mut term = of_hits;
            for (b, sum) in sums.iter_mut().take(4 - a).enumerate() {
                *sum = sum.saturating_add(term.into());
                if b + a < 3 {
                    term *= words;
                }
            }
        }
    }

    /// Powers of e = y − r l: Σe², Σe³, Σe⁴, and Σe² l.
    fn residuals(&self, r: f64, lengths: &Lengths) -> [f64; 4] {
        let s = |a: usize, b: usize| self.sums[a - 1][b] as f64;
        let (squares, cubes, fourths) = (lengths.squares as f64, lengths.cubes as f64, lengths.fourths as f64);
        [
            s(2, 0) - 2.0 * r * s(1, 1) + r * r * squares,
            s(3, 0) - 3.0 * r * s(2, 1) + 3.0 * r * r * s(1, 2) - r * r * r * cubes,
            s(4, 0) - 4.0 * r * s(3, 1) + 6.0 * r * r * s(2, 2) - 4.0 * r * r * r * s(1, 3) + r * r * r * r * fourths,
            s(2, 1) - 2.0 * r * s(1, 2) + r * r * cubes,
        ]
    }
}

/// [`MOMENTS`] of `found` hits in a group of `words` words whose squares sum to `squares`, `with` articles of both groups
/// having a hit; nothing where it does not apply.
pub fn moments(
    found: u64,
    with: u32,
    lengths: &Lengths,
    powers: &PowerSums,
    words: u64,
    squares: u128,
) -> Option<Test> {
    let (total, all) = (powers.hits, lengths.words);
    // Seen from the smaller group, whichever that is: swapping the two moves no bit.
    if (words, found, squares) > (all - words, total - found, lengths.squares - squares) {
        return moments(total - found, with, lengths, powers, all - words, lengths.squares - squares);
    }
    let (c, n) = (words as f64, all as f64);
    let s = c / n;
    if lengths.articles < FEWEST || f64::from(with) * s < FEWEST_WITH_HITS {
        return None;
    }
    let r = total as f64 / n;
    let [two, three, four, weighted] = powers.residuals(r, lengths);
    let share = share_of_variance(two, weighted, lengths, c, squares as f64);
    let rest = 1.0 - s;
    let variance = (rest * rest * share + s * s * (1.0 - share)) * two;
    let skewness = (rest * rest * rest * share - s * s * s * (1.0 - share)) * three / (variance * libm::sqrt(variance));
    let one_of = share * (1.0 - share);
    let peak = one_of * (1.0 - 6.0 * one_of) * four / (variance * variance) - 1.5 * skewness * skewness;
    let usable = variance > 0.0 && peak.is_finite() && skewness.abs() <= MOST_SKEWED;
    if !usable {
        return None;
    }
    let heavy = peak.clamp(0.0, MOST_PEAKED) / 12.0;
    let z = (found as f64 - r * c).abs() / libm::sqrt(variance);
    let z = z / libm::sqrt((1.0 + heavy * (z * z - 3.0)).max(0.25));
    let p = pearson_three_tail(z, skewness) + pearson_three_tail(z, -skewness);
    Some(Test { p: Measured::of(p.clamp(f64::MIN_POSITIVE, 1.0), Why::TooFewArticles), method: METHOD })
}

/// The share of Σe² that a group of these words is to be expected to have: articles of many words vary more, by α l where
/// hits are independent and by β l² where an article is about the word or is not.
fn share_of_variance(two: f64, weighted: f64, lengths: &Lengths, words: f64, squares: f64) -> f64 {
    let (n, q) = (lengths.words as f64, lengths.squares as f64);
    let spread = lengths.cubes as f64 - q * q / n;
    let slope = if spread > 0.0 { (weighted - two * q / n) / spread } else { 0.0 };
    let slope = slope.clamp(0.0, (two / q).max(0.0));
    let level = (two - slope * q) / n;
    (level * words + slope * squares) / two
}
