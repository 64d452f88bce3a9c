//! The chart of the entries that make a group differ from the rest in a frame.
//!
//! In: comparisons, and what the entries found. Out: plain values, to be drawn.
//! Invariant: the bars sum to the difference that the chart states.
//! It deliberately shows one comparison, the best supported one of those with a p; all are in `entry_shifts.csv`.

use super::chart::{Contributions, Given, Words};
use super::tone_charts::{SHOWN, sum_name};
use crate::estimates::EntriesByFrame;
use crate::lookup::Plan;
use crate::statistics::{ComparisonRow, difference::is_distinguishable};

/// The comparison with the smallest q, then p, of these groups and frames.
pub(super) fn best<'r>(rows: &'r [ComparisonRow], groups: &[usize], frames: &[usize]) -> Option<&'r ComparisonRow> {
    let chances = |row: &ComparisonRow| Some((row.q.value()?, row.p.value()?));
    let shown = rows.iter().filter(|row| groups.contains(&row.group) && frames.contains(&row.frame));
    let tested = shown.filter_map(|row| Some((chances(row)?, row)));
    let order = |a: (f64, f64), b: (f64, f64)| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1));
    tested.min_by(|a, b| order(a.0, b.0)).map(|(_, row)| row)
}

/// What makes a group differ from the rest; none where there is nothing to differ in.
pub(super) fn entry_shift(
    entries: &EntriesByFrame<'_>,
    plan: &Plan<'_>,
    row: &ComparisonRow,
    [group, frame]: [&str; 2],
    words: impl Fn(&str, &str, &[&str]) -> Words,
) -> Option<Contributions> {
    let shift = entries.shift(row)?;
    let hits = |one: String, other: String| format!("{one} : {other}");
    let given = |bar: &crate::estimates::EntryBar| Given {
        name: plan.entry(bar.entry).1.text.clone(),
        gives: bar.gives,
        aside: hits(bar.hits[0].to_string(), bar.hits[1].to_string()),
    };
    let mut bars: Vec<Given> = shift.bars.iter().take(SHOWN).map(given).collect();
    if let Some((rest, gives)) = shift.rest(SHOWN) {
        let aside = hits(rest[0].to_string(), rest[1].to_string());
        bars.push(Given { name: "all others".to_string(), gives, aside });
    }
    let ratio = &row.smoothed_log_ratio;
    let interval = ratio.interval.and_then(|interval| interval.low().zip(interval.high()));
    let ratio_note = match (ratio.value.value(), interval, row.q.value()) {
        (Some(value), Some((low, high)), Some(q)) => {
            format!("log2 of the two rates: {value:+.2} (95 % interval {low:+.2} to {high:+.2}), q {q:.3}.")
        }
        _ => format!("No interval of the difference: {}.", crate::results::missing(row)),
    };
    let subtitle = format!("{frame}: hits per 1,000 words in {group} less those in all other groups, by entry");
    let notes = [
        format!("Hits beside the bars: {group} : all others. A bar: the entry’s rate in {group} − its rate elsewhere."),
        ratio_note,
        "The comparison with the smallest q; all others: entry_shifts.csv.".to_string(),
    ];
    Some(Contributions {
        words: words("Which entries make the difference", &subtitle, &notes.each_ref().map(String::as_str)),
        unit: "part of the difference, hits per 1,000 words".to_string(),
        heading: "hits   gives".to_string(),
        less: format!("{group} less often"),
        more: format!("{group} more often"),
        bars,
        sum: sum_name(is_distinguishable(ratio)),
    })
}
