//! Random labels of all articles, drawn once for a whole vocabulary.
//!
//! In: words per article and the number of articles of the focus group. Out: for a word's articles, its hits in the
//! focus group in every dealing.
//! Invariant: positions are articles by length, so that the order of the articles never enters.
//! It deliberately keeps one bit per article and dealing: hits are then summed 64 dealings at a time.

use super::super::seed::Stream;
use rayon::prelude::*;

/// Dealings of one machine word.
const LANE: usize = 64;

/// Labels: bit r of a position's row says whether dealing r puts it in the drawn (smaller) group.
pub struct Dealings {
    bits: Vec<u64>,
    lanes: usize,
    /// Number of dealings.
    pub count: usize,
    /// Words of the focus group in each dealing.
    pub focus_words: Vec<u64>,
    /// The drawn group is the reference.
    inverted: bool,
}

impl Dealings {
    /// Draws `count` dealings of `focus` of the articles, whose lengths come sorted.
    pub fn draw(lengths: &[u32], focus: usize, count: usize, seed: u64, names: &[&str]) -> Dealings {
        let n = lengths.len();
        let inverted = focus > n - focus;
        let drawn = focus.min(n - focus);
        let lanes = count.div_ceil(LANE);
        let names = [&["dealings"], names].concat();
        let columns: Vec<(Vec<u64>, Vec<u64>)> = (0..lanes)
            .into_par_iter()
            .map(|lane| {
                let mut stream = Stream::numbered(seed, &names, lane as u64);
                let mut places: Vec<u32> = (0..n as u32).collect();
                let mut column = vec![0u64; n];
                let mut words = Vec::with_capacity(LANE);
                for bit in 0..LANE.min(count - lane * LANE) {
                    let mut sum = 0;
                    for i in 0..drawn {
                        places.swap(i, i + stream.below((n - i) as u32) as usize);
                        let place = places[i] as usize;
                        column[place] |= 1 << bit;
                        sum += u64::from(lengths[place]);
                    }
                    words.push(sum);
                }
                (column, words)
            })
            .collect();
        let mut bits = vec![0; n * lanes];
        bits.par_chunks_mut(lanes).enumerate().for_each(|(place, row)| {
            for (cell, (column, _)) in row.iter_mut().zip(&columns) {
                *cell = column[place];
            }
        });
        let all: u64 = lengths.iter().map(|&length| u64::from(length)).sum();
        let words = columns.iter().flat_map(|(_, words)| words.iter().copied());
        let focus_words = words.map(|words| if inverted { all - words } else { words }).collect();
        Dealings { bits, lanes, count, focus_words, inverted }
    }

    /// Hits in the focus group in the first `count` dealings; `carriers` are (position, hits).
    pub fn focus_hits(&self, carriers: &[(u32, u32)], count: usize) -> Vec<u64> {
        let total: u64 = carriers.iter().map(|&(_, hits)| u64::from(hits)).sum();
        let planes = (u64::BITS - total.leading_zeros()) as usize;
        let mut sums = vec![0u64; planes];
        let mut out = Vec::with_capacity(count);
        for lane in 0..count.div_ceil(LANE) {
            sums.fill(0);
            for &(place, hits) in carriers {
                let labels = self.bits[place as usize * self.lanes + lane];
                add(&mut sums, labels, hits);
            }
            for bit in 0..LANE.min(count - lane * LANE) {
                let hits = sums.iter().enumerate().map(|(plane, sum)| (sum >> bit & 1) << plane).sum::<u64>();
                out.push(if self.inverted { total - hits } else { hits });
            }
        }
        out
    }
}

/// Adds `hits` to the counters whose label is set; the counters' digits lie in planes, so that 64 are added at once.
fn add(planes: &mut [u64], labels: u64, hits: u32) {
    let mut left = hits;
    while left != 0 {
        let digit = left.trailing_zeros();
        left &= left - 1;
        let mut carry = labels;
        for plane in &mut planes[digit as usize..] {
            let sum = *plane ^ carry;
            carry &= *plane;
            *plane = sum;
            if carry == 0 {
                break;
            }
        }
    }
}
