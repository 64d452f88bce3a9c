//! The charts of the entries that make a group differ in a frame, from the rest or from another group.
//!
//! In: comparisons, and what the entries found. Out: plain values, to be drawn.
//! Invariant: the bars sum to the difference that the chart states.
//! It deliberately shows few comparisons, the best supported ones of those with a p; all are in `entry_shifts.csv`.

use super::chart::{ContributionBar, Contributions, Words};
use super::charts::ChartContext;
use super::tone_charts::{SHOWN, sum_name};
use crate::estimates::{EntriesByFrame, EntryBar, EntryShift, Estimates};
use crate::lookup::{EntryId, Plan};
use crate::results::why;
use crate::statistics::{ComparisonRow, Estimate, difference::is_distinguishable};

/// Charts of comparisons with the rest.
const MOST: usize = 4;

/// Below this q a further comparison has a chart.
const FINDING: f64 = 0.05;

/// A comparison, and the group that it is with where that is not all others.
type Against<'r> = (&'r ComparisonRow, Option<usize>);

/// The comparisons that have a chart: of those with the rest the one with the smallest q, then p, and further ones that are findings;
/// then the best supported one of the primary pair.
fn best<'r>(estimates: &'r Estimates, is_shown: impl Fn(&ComparisonRow) -> bool) -> Vec<Against<'r>> {
    let chances = |row: &ComparisonRow| Some((row.q.value()?, row.p.value()?));
    let sorted = |rows: &mut dyn Iterator<Item = Against<'r>>| {
        let mut tested: Vec<((f64, f64), Against<'r>)> =
            rows.filter(|(row, _)| is_shown(row)).filter_map(|one| Some((chances(one.0)?, one))).collect();
        tested.sort_by(|(a, _), (b, _)| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        tested
    };
    let rest = sorted(&mut estimates.comparisons.iter().map(|row| (row, None)));
    let rest = rest.into_iter().enumerate().filter(|(place, (chances, _))| *place == 0 || chances.0 < FINDING);
    let mut found: Vec<Against<'r>> = rest.take(MOST).map(|(_, (_, one))| one).collect();
    let primary = estimates.specifications.as_ref().and_then(|found| Some((found.group, found.other?)));
    let pairs = estimates
        .pairs
        .rows
        .iter()
        .filter(|(one, other, _)| primary.is_some_and(|pair| pair == (*one, *other) || pair == (*other, *one)));
    // of two groups in all, each is the rest of the other
    if estimates.pairs.rows.iter().any(|(_, other, _)| *other > 1) {
        let pairs = sorted(&mut pairs.map(|(_, other, row)| (row, Some(*other))));
        found.extend(pairs.into_iter().take(1).map(|(_, one)| one));
    }
    found
}

/// What makes a group differ from another one, or from the rest; `intervals` are those of the bars, and last that of the difference.
fn entry_shift(
    shift: &EntryShift,
    intervals: &[Estimate],
    plan: &Plan<'_>,
    row: &ComparisonRow,
    [group, other, frame]: [&str; 3],
    words: impl Fn(&str, &str, &[&str]) -> Words,
) -> Contributions {
    let ends = |estimate: &Estimate| estimate.interval.and_then(|interval| interval.low().zip(interval.high()));
    let given = |(bar, estimate): (&EntryBar, &Estimate)| ContributionBar {
        name: plan.entry(bar.entry).1.text.clone(),
        entry: Some(plan.entry(bar.entry).1.text.clone()),
        contribution: bar.contribution,
        hits: Some(bar.hits.map(|n| n as i64)),
        interval: ends(estimate),
        bare: if bar.hits.contains(&0) { "no hits on one side" } else { why(estimate) }.to_string(),
    };
    let mut bars: Vec<ContributionBar> = shift.bars.iter().take(SHOWN).zip(intervals).map(given).collect();
    if let Some((rest, contribution)) = shift.rest(SHOWN) {
        let name = words("", "", &[]).language.say("all others");
        bars.push(ContributionBar { name, contribution, hits: Some(rest), ..ContributionBar::default() });
    }
    let difference = intervals.last().filter(|estimate| ends(estimate).is_some());
    let ratio = &row.smoothed_log_ratio;
    let interval = ratio.interval.and_then(|interval| interval.low().zip(interval.high()));
    let ratio_note = match (ratio.value.value(), interval, row.q.value()) {
        (Some(value), Some((low, high)), Some(q)) => {
            let [value, low, high] = [value, low, high].map(signed);
            let q = if q < 0.001 { "< 0.001".to_string() } else { format!("{q:.3}") };
            format!("log2 ratio of the two rates: {value} (95 % interval {low} to {high}), q {q}.")
        }
        _ => format!("No interval of the difference: {}.", crate::results::missing(row)),
    };
    let subtitle = format!("Hits per 1,000 words in {group} minus those in {other}, by entry");
    let notes = [
        format!("Hits beside the bars: {group} : {other}. A bar: the entry’s rate in {group} − its rate in {other}."),
        ratio_note,
        "All comparisons: entry_shifts.csv.".to_string(),
    ];
    Contributions {
        words: words(
            &format!("{frame}: which entries make {group} differ from {other}"),
            &subtitle,
            &notes.each_ref().map(String::as_str),
        ),
        unit: "part of the difference, hits per 1,000 words".to_string(),
        heading: "hits   adds".to_string(),
        less: "less often".to_string(),
        more: "more often".to_string(),
        bars,
        sum: sum_name(is_distinguishable(difference.unwrap_or(ratio))),
        interval: difference.and_then(ends),
    }
}

/// With a sign, which is a true minus.
fn signed(ratio: f64) -> String {
    format!("{ratio:+.2}").replace('-', "\u{2212}")
}

impl ChartContext<'_> {
    /// The entries behind the best supported comparisons, each with its frame and the groups that are compared; none are all others.
    pub(super) fn entry_shifts(&self) -> Vec<(Contributions, String, [Option<usize>; 2])> {
        let is_shown = |row: &ComparisonRow| self.groups.contains(&row.group) && self.shown.frames.contains(&row.frame);
        let plan = self.inputs.frames;
        let entries = EntriesByFrame::of(plan, &self.found.frame_usage);
        let words = |title: &str, subtitle: &str, notes: &[&str]| {
            self.words_alone(title, subtitle, notes.iter().map(|note| (*note).to_string()).collect())
        };
        let shift = |(row, against): Against<'_>| {
            let others = self.inputs.options.language.say("all others");
            let other = against.map_or(others.as_str(), |other| self.names[other].as_str());
            let names = [self.names[row.group].as_str(), other, plan.labels()[row.frame].as_str()];
            let shift = entries.shift(row, against)?;
            let shown: Vec<EntryId> = shift.bars.iter().take(SHOWN).map(|bar| bar.entry).collect();
            let found = &self.found.lexical.entries;
            let intervals = self.estimates.contribution(&self.found.counts, found, (row, against), &shown);
            let shift = entry_shift(&shift, &intervals, plan, row, names, words);
            Some((shift, plan.frames()[row.frame].clone(), [Some(row.group), against]))
        };
        best(self.estimates, is_shown).into_iter().filter_map(shift).collect()
    }
}
