//! Rates and ranks that moved, and what moved them.
//!
//! In: the books of two runs. Out: [`RateChange`]s with their [`Cause`]s; the changes of log ratios.
//! Invariant: the effects of the causes of a change add up to it. For a rate this holds in whole numbers:
//!
//! ```text
//! H′/W′ − H/W = Σ over causes of [ h·(W + W′) − w·(H + H′) ] / (2·W·W′)
//! ```
//!
//! where a cause has booked *h* hits and *w* words, more or less. That is the mean of the two paths (hits first, then words; words
//! first, then hits), so no order is preferred, and swapping the runs turns every sign. For a logarithm
//! the same is done with logarithmic means: Δ ln x = Σ δx / L(x, x′), L(x, x′) = (x′ − x) / (ln x′ − ln x).
//! It deliberately decomposes no rate that one run does not have: a missing rate is not zero.

use super::ledger::{CauseTotals, Ledger, Source};
use super::snapshot::Snapshot;
use std::collections::BTreeMap;

/// What something adds to a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// What.
    pub source: Source,
    /// Hits and words in the group.
    pub own: CauseTotals,
    /// Hits and words in all other groups; only where the group is compared with them.
    pub rest: CauseTotals,
    /// Numerator of its part of the change, over [`RateChange::denominator`]; 0 for log ratios.
    pub numerator: i128,
    /// Its part of the change, in the unit of what changed; nothing where there is no change to have a part of.
    pub effect: Option<f64>,
    /// Effect over change, 0 to 1; nothing where causes pull both ways: a part is then no share of the whole.
    pub share: Option<f64>,
}

/// A rate, before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct RateChange {
    /// Group, among those of both runs.
    pub group: usize,
    /// Frame, among those of both runs.
    pub frame: usize,
    /// Counted articles; nothing where the run has no such group.
    pub articles: [Option<u64>; 2],
    /// Words; nothing where the run has no such group.
    pub words: [Option<u64>; 2],
    /// Counted hits; nothing where the run has no such group or frame.
    pub hits: [Option<u64>; 2],
    /// Ends of the interval of the rate.
    pub intervals: [[Option<f64>; 2]; 2],
    /// Rank of the group among those with a rate, 1 for the highest.
    pub ranks: [Option<u64>; 2],
    /// Numerator of the change of hits per word; 0 where there is none.
    pub numerator: i128,
    /// Its denominator; 0 where there is no change to speak of.
    pub denominator: i128,
    /// Largest effect first.
    pub causes: Vec<Cause>,
}

impl RateChange {
    /// Hits per 1,000 words in one of the runs.
    pub fn rate(&self, side: usize) -> Option<f64> {
        rate(self.hits[side], self.words[side])
    }

    /// The change of the rate, where both runs have one.
    pub fn change(&self) -> Option<f64> {
        (self.denominator > 0).then(|| per_thousand(self.numerator, self.denominator))
    }

    /// Why there is no change to speak of.
    pub fn missing(&self) -> &'static str {
        let lacks = |side: usize| self.rate(side).is_none();
        match (lacks(0), lacks(1)) {
            (false, false) => "",
            (true, true) => "no rate in either run",
            (true, false) => "no rate before",
            (false, true) => "no rate after",
        }
    }
}

fn rate(hits: Option<u64>, words: Option<u64>) -> Option<f64> {
    let words = words.filter(|&words| words > 0)?;
    Some(hits? as f64 / words as f64 * 1000.0)
}

fn per_thousand(numerator: i128, denominator: i128) -> f64 {
    numerator as f64 / denominator as f64 * 1000.0
}

/// Every group and frame whose hits, words or rank are not what they were.
pub(super) fn changes(runs: [&Snapshot; 2], ledger: &Ledger) -> Vec<RateChange> {
    let place = |side: usize, group: usize, frame: usize| {
        let run = runs[side];
        let group = run.groups.iter().position(|labels| *labels == ledger.groups[group])?;
        Some((group, run.frames.iter().position(|name| *name == ledger.frames[frame])?))
    };
    let mut rows = Vec::new();
    for (frame, name) in ledger.frames.iter().enumerate() {
        let has_frame = runs.map(|run| run.frames.contains(name));
        let from = rows.len();
        for group in 0..ledger.groups.len() {
            let of = |side: usize| -> [Option<u64>; 3] {
                let words = ledger.words[side].get(&group).copied();
                let hits = ledger.hits[side].get(&(group, frame)).copied().filter(|_| has_frame[side]);
                [ledger.sizes[side].get(&group).copied(), words, hits]
            };
            let [a, b] = [of(0), of(1)];
            let interval = |side| place(side, group, frame).and_then(|at| runs[side].intervals.get(&at).copied());
            let mut row = RateChange {
                group,
                frame,
                articles: [a[0], b[0]],
                words: [a[1], b[1]],
                hits: [a[2], b[2]],
                intervals: [0, 1].map(|side| interval(side).unwrap_or_default()),
                ranks: [None; 2],
                numerator: 0,
                denominator: 0,
                causes: Vec::new(),
            };
            explain(&mut row, ledger);
            rows.push(row);
        }
        for side in 0..2 {
            rank(&mut rows[from..], side);
        }
    }
    rows.retain(|row| {
        let is_same = row.hits[0] == row.hits[1] && row.words[0] == row.words[1] && row.ranks[0] == row.ranks[1];
        !is_same || !row.causes.is_empty()
    });
    rows
}

fn explain(row: &mut RateChange, ledger: &Ledger) {
    let nothing = BTreeMap::new();
    let booked = ledger.booked.get(&(row.group, row.frame)).unwrap_or(&nothing);
    let both = |pair: [Option<u64>; 2]| pair[0].zip(pair[1]).map(|(a, b)| [i128::from(a), i128::from(b)]);
    let totals = both(row.hits).zip(both(row.words)).filter(|(_, words)| words[0] > 0 && words[1] > 0);
    if let Some((hits, words)) = totals {
        row.numerator = 2 * (hits[1] * words[0] - hits[0] * words[1]);
        row.denominator = 2 * words[0] * words[1];
    }
    let part = |own: &CauseTotals| match totals {
        Some((h, w)) => i128::from(own.hits()) * (w[0] + w[1]) - i128::from(own.words) * (h[0] + h[1]),
        None => 0,
    };
    let is_known = totals.is_some();
    let cause = |(source, own): (&Source, &CauseTotals)| {
        let numerator = part(own);
        Cause {
            source: source.clone(),
            own: *own,
            rest: CauseTotals::default(),
            numerator,
            effect: is_known.then(|| per_thousand(numerator, row.denominator)),
            share: (row.numerator != 0).then(|| numerator as f64 / row.numerator as f64),
        }
    };
    let mut causes: Vec<Cause> = booked.iter().map(cause).collect();
    causes.sort_by(|a, b| {
        let size = |cause: &Cause| (cause.numerator.abs(), cause.own.gained + cause.own.lost);
        size(b).cmp(&size(a)).then_with(|| a.source.cmp(&b.source))
    });
    one_way(&mut causes);
    row.causes = causes;
}

/// Takes the shares away where causes pull both ways.
fn one_way(causes: &mut [Cause]) {
    let pulls = |up: bool| {
        causes.iter().filter_map(|cause| cause.effect).any(|effect| if up { effect > 0.0 } else { effect < 0.0 })
    };
    if pulls(true) && pulls(false) {
        causes.iter_mut().for_each(|cause| cause.share = None);
    }
}

/// Ranks within a frame: equal rates share the better place.
fn rank(rows: &mut [RateChange], side: usize) {
    // a/b > c/d as a·d > c·b: no rounding decides a rank
    let fraction = |row: &RateChange| Some((row.hits[side]?, row.words[side].filter(|&words| words > 0)?));
    let all: Vec<Option<(u64, u64)>> = rows.iter().map(fraction).collect();
    for (row, own) in rows.iter_mut().zip(&all) {
        let Some((hits, words)) = own else { continue };
        let is_higher =
            |other: &&(u64, u64)| u128::from(other.0) * u128::from(*words) > u128::from(*hits) * u128::from(other.1);
        row.ranks[side] = Some(all.iter().flatten().filter(is_higher).count() as u64 + 1);
    }
}

/// The causes of the change of a smoothed log ratio (`log2 ((h + ½)/w) − log2 ((h_r + ½)/w_r)`), and the change.
pub(super) fn log_ratio(ledger: &Ledger, group: usize, frame: usize) -> (f64, Vec<Cause>) {
    let mut sums: BTreeMap<&Source, [CauseTotals; 2]> = BTreeMap::new();
    for (&(of, in_frame), sources) in ledger.booked.iter().filter(|((_, in_frame), _)| *in_frame == frame) {
        let _ = in_frame;
        for (source, booked) in sources {
            sums.entry(source).or_default()[usize::from(of != group)].add(*booked);
        }
    }
    let total = |side: usize, is_rest: bool| {
        let groups = (0..ledger.groups.len()).filter(|&other| (other != group) == is_rest);
        let sum = |sum: [u64; 2], other: usize| {
            let hits = ledger.hits[side].get(&(other, frame)).copied().unwrap_or(0);
            [sum[0] + hits, sum[1] + ledger.words[side].get(&other).copied().unwrap_or(0)]
        };
        let [hits, words] = groups.fold([0, 0], sum);
        [hits as f64 + 0.5, words.max(1) as f64]
    };
    let means = |is_rest| {
        let [a, b] = [total(0, is_rest), total(1, is_rest)];
        [log_mean(a[0], b[0]), log_mean(a[1], b[1])]
    };
    let [own, rest] = [means(false), means(true)];
    let effect = |[mine, theirs]: &[CauseTotals; 2]| {
        let of = |booked: &CauseTotals, mean: [f64; 2]| booked.hits() as f64 / mean[0] - booked.words as f64 / mean[1];
        (of(mine, own) - of(theirs, rest)) / std::f64::consts::LN_2
    };
    let ratio = |side| {
        let [own, rest] = [total(side, false), total(side, true)];
        libm::log2(own[0] / own[1]) - libm::log2(rest[0] / rest[1])
    };
    let change = ratio(1) - ratio(0);
    let cause = |(source, booked): (&Source, [CauseTotals; 2])| {
        let effect = effect(&booked);
        let share = (change != 0.0).then(|| effect / change);
        Cause { source: source.clone(), own: booked[0], rest: booked[1], numerator: 0, effect: Some(effect), share }
    };
    let mut causes: Vec<Cause> = sums.into_iter().map(cause).collect();
    causes.retain(|cause| cause.effect.is_some_and(|effect| effect != 0.0));
    causes.sort_by(|a, b| {
        let size = |cause: &Cause| cause.effect.map_or(0.0, f64::abs);
        size(b).total_cmp(&size(a)).then_with(|| a.source.cmp(&b.source))
    });
    one_way(&mut causes);
    (change, causes)
}

/// The logarithmic mean, from the smaller to the larger, so that it does not depend on the order.
fn log_mean(a: f64, b: f64) -> f64 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    let growth = (high - low) / low;
    if growth == 0.0 { low } else { low * growth / libm::log1p(growth) }
}
