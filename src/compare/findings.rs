//! Findings that are no longer what they were: the sign, the test, the interval.
//!
//! In: the comparisons of two runs, and the books. Out: [`FindingChange`]s with the causes of the change of their log ratio.
//! Invariant: a row stands for a threshold that was crossed, not for any change of a number.
//! It deliberately explains the log ratio alone: q also depends on all other comparisons and on the permutations.

use super::ledger::Ledger;
use super::rates::{Cause, log_ratio};
use super::snapshot::{Comparison, Snapshot};

/// The q at which a finding is called one.
pub const LEVEL: f64 = 0.05;

/// A comparison that crossed something.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingChange {
    /// Group, among those of both runs.
    pub group: usize,
    /// Frame, among those of both runs.
    pub frame: usize,
    /// The sign is another.
    pub sign: bool,
    /// q is on the other side of .05, or one run has none.
    pub test: bool,
    /// The interval holds 0 in one run only, or one run has none.
    pub interval: bool,
    /// log2 ratio, lower and upper end, q: before and after.
    pub values: [[Option<f64>; 4]; 2],
    /// Change of the log2 ratio, from the counts.
    pub change: f64,
    /// Causes of that change, largest effect first.
    pub causes: Vec<Cause>,
}

/// True where the interval leaves 0 out.
fn leaves_out_zero(comparison: &Comparison) -> Option<bool> {
    match (comparison.low, comparison.high) {
        (None, None) => None,
        (low, high) => Some(low.is_some_and(|low| low > 0.0) || high.is_some_and(|high| high < 0.0)),
    }
}

/// Whether a state that may be absent became or ceased to be a finding.
fn is_crossed(states: [Option<bool>; 2]) -> bool {
    states[0] != states[1] && states.contains(&Some(true))
}

pub(super) fn changes(runs: [&Snapshot; 2], ledger: &Ledger) -> Vec<FindingChange> {
    let mut rows = Vec::new();
    for (group, labels) in ledger.groups.iter().enumerate() {
        for (frame, name) in ledger.frames.iter().enumerate() {
            let of = |run: &Snapshot| {
                let group = run.groups.iter().position(|other| other == labels)?;
                let frame = run.frames.iter().position(|other| other == name)?;
                run.comparisons.get(&(group, frame)).copied()
            };
            // where a run knows no such group or frame there was no finding to change
            let (Some(a), Some(b)) = (of(runs[0]), of(runs[1])) else { continue };
            let signs = [a, b].map(|comparison| comparison.ratio.map(|ratio| ratio.partial_cmp(&0.0)));
            let sign = signs[0]
                .zip(signs[1])
                .is_some_and(|(one, other)| one != other && ![one, other].contains(&Some(std::cmp::Ordering::Equal)));
            let test = is_crossed([a, b].map(|comparison| comparison.q.map(|q| q < LEVEL)));
            let interval = is_crossed([a, b].map(|comparison| leaves_out_zero(&comparison)));
            if sign || test || interval {
                let (change, causes) = log_ratio(ledger, group, frame);
                let values = [a, b].map(|c| [c.ratio, c.low, c.high, c.q]);
                rows.push(FindingChange { group, frame, sign, test, interval, values, change, causes });
            }
        }
    }
    rows
}

impl super::Diff<'_> {
    /// A test that says something else first, then an interval, then a sign that turned, which need not have been a finding; within
    /// each the largest change first.
    pub fn findings_in_order(&self) -> Vec<&FindingChange> {
        let mut rows: Vec<&FindingChange> = self.findings.iter().collect();
        let weight = |row: &FindingChange| (row.test, row.interval, row.change.abs());
        rows.sort_by(|a, b| weight(b).partial_cmp(&weight(a)).unwrap_or(std::cmp::Ordering::Equal));
        rows
    }
}

impl FindingChange {
    /// `won` or `lost` where q came to the other side of .05; else nothing.
    pub fn won_or_lost(&self) -> &'static str {
        match (self.test, self.values[1][3]) {
            (true, Some(q)) if q < LEVEL => "won",
            (true, _) => "lost",
            (false, _) => "",
        }
    }

    /// What was crossed, by name.
    pub fn crossed(&self) -> String {
        let crossed = [(self.sign, "sign"), (self.test, "q"), (self.interval, "interval")];
        crossed.iter().filter(|(is, _)| *is).map(|(_, name)| *name).collect::<Vec<_>>().join(", ")
    }
}
