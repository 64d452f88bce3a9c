//! Dealing the labels anew: all ways, or many random ones.
//!
//! In: a [`Pool`] and how many articles of each stratum belong to the group. Out: how extreme each permutation is.
//! Invariant: whichever side of a stratum is smaller is the one that is drawn, so that cost follows the smaller side.
//! It deliberately knows nothing of outlets.

use super::super::seed::Stream;
use super::extremity::{Extremity, Shape, p_of};
use super::shuffler::Shuffler;
use super::{EXACT, Options, Pool, SAMPLED, Test};
use rayon::prelude::*;

/// Permutations of one block; a block has its own stream and may run on any thread.
const BLOCK: usize = 500;

/// How labels are permuted: per stratum, how many rows it has and how many are drawn, the smaller side being drawn.
pub(super) struct Plan {
    strata: Vec<Stratum>,
    count: u64,
    smaller_side: usize,
}

struct Stratum {
    first: u32,
    rows: u32,
    drawn: u32,
    /// The rows drawn are those outside the group.
    inverted: bool,
}

impl Plan {
    pub(super) fn of(pool: &Pool<'_>, inside: &[bool]) -> Plan {
        let mut members: Vec<u32> = vec![0; pool.strata.len()];
        match pool.stratum {
            None => members.iter_mut().for_each(|m| *m = inside.iter().filter(|&&inside| inside).count() as u32),
            Some(stratum) => {
                let mut labels: Vec<u32> = pool.articles.iter().map(|&article| stratum[article as usize]).collect();
                labels.sort_unstable();
                labels.dedup();
                for (&article, _) in pool.articles.iter().zip(inside).filter(|&(_, &inside)| inside) {
                    if let Ok(at) = labels.binary_search(&stratum[article as usize]) {
                        members[at] += 1;
                    }
                }
            }
        }
        let mut first = 0;
        let mut count = 1u64;
        let mut strata = Vec::with_capacity(members.len());
        for (&rows, member) in pool.strata.iter().zip(members) {
            let rows = rows as u32;
            let inverted = member > rows - member;
            let drawn = member.min(rows - member);
            count = count.saturating_mul(combinations(rows, drawn));
            strata.push(Stratum { first, rows, drawn, inverted });
            first += rows;
        }
        let members = inside.iter().filter(|&&inside| inside).count();
        Plan { strata, count, smaller_side: members.min(inside.len() - members) }
    }

    pub(super) fn run(&self, pool: &Pool<'_>, observed: &[u64], options: &Options) -> Vec<Test> {
        let exact = self.count <= options.exact_limit;
        let constant = self.constant(pool);
        let centres = self.centres(pool);
        let mut permutations = if exact {
            self.enumerate(pool, &centres, &constant)
        } else {
            match pool.stratum {
                None => self.sample_shared(pool, &centres, &constant, options),
                Some(_) => self.sample(pool, &centres, &constant, options),
            }
        };
        let method = if exact { EXACT } else { SAMPLED };
        let mirrored = exact && self.strata.iter().all(|stratum| 2 * stratum.drawn == stratum.rows);
        let shape = Shape { smaller_side: self.smaller_side, mirrored };
        let seen = extremities(pool, &centres, observed);
        permutations
            .par_iter_mut()
            .zip(&seen)
            .map(|(permutations, &seen)| {
                if !exact {
                    permutations.push(seen);
                }
                Test { p: p_of(permutations, seen, shape), method }.or_nothing()
            })
            .collect()
    }

    /// What permutations give on average.
    fn centres(&self, pool: &Pool<'_>) -> Centres {
        let mut sides = [vec![0.0; pool.frames + 1], vec![0.0; pool.frames + 1]];
        for stratum in &self.strata {
            let rows: Vec<u32> = (stratum.first..stratum.first + stratum.rows).collect();
            let mut sums = vec![0; pool.frames + 1];
            pool.rows.add_rows(&rows, &mut sums);
            let left = stratum.rows - stratum.drawn;
            let members = if stratum.inverted { [left, stratum.drawn] } else { [stratum.drawn, left] };
            for (side, members) in sides.iter_mut().zip(members) {
                let share = f64::from(members) / f64::from(stratum.rows);
                side[0] += share * sums[0] as f64;
                side[1..].iter_mut().zip(&sums[1..]).for_each(|(side, &sum)| *side += share * (sum >> 32) as f64);
            }
        }
        let [group, rest] = sides;
        let centre = |f: usize| match pool.stratum {
            None => [1.0, 1.0],
            Some(_) => [(group[f] + 0.5) * (rest[0] + 1.0), (rest[f] + 0.5) * (group[0] + 1.0)],
        };
        Centres { of_frame: (1..=pool.frames).map(centre).collect(), words: [group[0], rest[0]] }
    }

    /// Sums of the strata whose outside is drawn: from these the drawn rows are taken away.
    fn constant(&self, pool: &Pool<'_>) -> Vec<u64> {
        let mut sums = vec![0; pool.frames + 1];
        for stratum in self.strata.iter().filter(|stratum| stratum.inverted) {
            let rows: Vec<u32> = (stratum.first..stratum.first + stratum.rows).collect();
            pool.rows.add_rows(&rows, &mut sums);
        }
        sums
    }

    /// Adds one stratum's drawn rows to the group's sums, or takes them away.
    fn apply(stratum: &Stratum, pool: &Pool<'_>, rows: &[u32], scratch: &mut [u64], sums: &mut [u64]) {
        scratch.fill(0);
        pool.rows.add_rows(rows, scratch);
        for (sum, part) in sums.iter_mut().zip(scratch) {
            // Packed sums borrow and carry between their halves only for the moment.
            *sum = if stratum.inverted { sum.wrapping_sub(*part) } else { sum.wrapping_add(*part) };
        }
    }

    fn sample(&self, pool: &Pool<'_>, centres: &Centres, constant: &[u64], options: &Options) -> Vec<Vec<Extremity>> {
        let total = options.permutations as usize;
        let blocks: Vec<Vec<Extremity>> = (0..total.div_ceil(BLOCK))
            .into_par_iter()
            .map(|block| {
                let mut stream = Stream::numbered(options.seed, &["permutation"], block as u64);
                let mut positions: Vec<u32> = (0..pool.rows.rows() as u32).collect();
                let mut scratch = vec![0; constant.len()];
                let mut out = Vec::new();
                for _ in 0..BLOCK.min(total - block * BLOCK) {
                    let mut sums = constant.to_vec();
                    for stratum in &self.strata {
                        let from = stratum.first as usize;
                        let places = &mut positions[from..from + stratum.rows as usize];
                        for i in 0..stratum.drawn {
                            places.swap(i as usize, (i + stream.below(stratum.rows - i)) as usize);
                        }
                        let drawn = &places[..stratum.drawn as usize];
                        Plan::apply(stratum, pool, drawn, &mut scratch, &mut sums);
                    }
                    out.extend(extremities(pool, centres, &sums));
                }
                out
            })
            .collect();
        transpose(&blocks.concat(), pool.frames)
    }

    /// Without strata: the permutations that all groups of a pool share.
    fn sample_shared(
        &self,
        pool: &Pool<'_>,
        centres: &Centres,
        constant: &[u64],
        options: &Options,
    ) -> Vec<Vec<Extremity>> {
        let drawn = self.smaller_side;
        let inverted = self.strata.iter().any(|stratum| stratum.inverted);
        let total = options.permutations as usize;
        let blocks: Vec<Vec<Extremity>> = (0..total.div_ceil(BLOCK))
            .into_par_iter()
            .map(|block| {
                let mut sums = vec![0; constant.len()];
                let mut shuffler = Shuffler::new(pool.rows.rows());
                let mut out = Vec::with_capacity(BLOCK * pool.frames);
                for permutation in block * BLOCK..total.min((block + 1) * BLOCK) {
                    sums.fill(0);
                    pool.rows.add_rows(shuffler.shuffle(options.seed, permutation, drawn), &mut sums);
                    if inverted {
                        sums.iter_mut().zip(constant).for_each(|(sum, all)| *sum = all.wrapping_sub(*sum));
                    }
                    out.extend(extremities(pool, centres, &sums));
                }
                out
            })
            .collect();
        transpose(&blocks.concat(), pool.frames)
    }

    fn enumerate(&self, pool: &Pool<'_>, centres: &Centres, constant: &[u64]) -> Vec<Vec<Extremity>> {
        let mut selections: Vec<Vec<u32>> =
            self.strata.iter().map(|s| (s.first..s.first + s.drawn).collect()).collect();
        let mut scratch = vec![0; constant.len()];
        let mut out = Vec::new();
        loop {
            let mut sums = constant.to_vec();
            for (stratum, rows) in self.strata.iter().zip(&selections) {
                Plan::apply(stratum, pool, rows, &mut scratch, &mut sums);
            }
            out.extend(extremities(pool, centres, &sums));
            // Like the wheels of a counter: the next selection of the first stratum that has one.
            let turned = self.strata.iter().zip(&mut selections).position(|(stratum, rows)| advance(stratum, rows));
            if turned.is_none() {
                break;
            }
        }
        transpose(&out, pool.frames)
    }
}

/// What permutations give on average.
struct Centres {
    /// Where θ lies, frame by frame, as the two sides of a ratio. Without strata that is 0; within strata it need not be, for the
    /// group may write more in months that have more of everything.
    of_frame: Vec<[f64; 2]>,
    /// Words of the group, and of the rest.
    words: [f64; 2],
}

fn transpose(rows: &[Extremity], frames: usize) -> Vec<Vec<Extremity>> {
    (0..frames).map(|frame| rows.iter().skip(frame).step_by(frames).copied().collect()).collect()
}

fn extremities(pool: &Pool<'_>, centres: &Centres, sums: &[u64]) -> Vec<Extremity> {
    let words = [sums[0] as f64, (pool.totals[0] - sums[0]) as f64];
    let halves = |cell: u64| (cell >> 32, cell & 0xffff_ffff);
    sums[1..]
        .iter()
        .zip(&pool.totals[1..])
        .zip(&centres.of_frame)
        .map(|((&sum, &total), &centre)| {
            let ((found, even), (others, others_even)) = (halves(sum), halves(total - sum));
            // no hits in many words are no less than no hits in few: how long the articles are is not what is asked
            let words = if found == 0 || others == 0 { centres.words } else { words };
            Extremity::around(centre, found, others, words, [even, others_even])
        })
        .collect()
}

/// The next selection in lexicographic order; the first again, and false, after the last.
fn advance(stratum: &Stratum, rows: &mut [u32]) -> bool {
    let drawn = rows.len() as u32;
    for i in (0..drawn).rev() {
        let last = stratum.first + stratum.rows - (drawn - i);
        if rows[i as usize] < last {
            let next = rows[i as usize] + 1;
            (i..drawn).for_each(|j| rows[j as usize] = next + (j - i));
            return true;
        }
    }
    (0..drawn).for_each(|j| rows[j as usize] = stratum.first + j);
    false
}

/// Number of ways to draw; `u64::MAX` where it is more.
fn combinations(n: u32, k: u32) -> u64 {
    let mut ways = 1u128;
    for i in 0..u128::from(k) {
        ways = ways * (u128::from(n) - i) / (i + 1);
        if ways > u128::from(u64::MAX) {
            return u64::MAX;
        }
    }
    ways as u64
}
