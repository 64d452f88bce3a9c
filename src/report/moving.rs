//! The moving rates of a run and the stretch of time, for its time chart.
//!
//! In: estimates over time, the groups and periods of the chart. Out: what its lines are, or none.
//! Invariant: a line is drawn of moving rates where at least half of the periods that have a rate have a moving one; else the chart shows
//! each period by itself, as in a corpus of few periods.
//! It deliberately computes no rate.

use super::chart::{Estimate, Moving};
use super::shown::plain;
use crate::estimates::{Period, Timeline};
use crate::read::Date;

/// By frame, group and period, of the frames that are `shown`; `single` has the rates of each period by itself.
pub(super) fn moving(
    timeline: &Timeline,
    groups: &[usize],
    starts: &[Date],
    shown: &[usize],
    single: &[Vec<Vec<Estimate>>],
) -> Option<Moving> {
    if timeline.window < 2 {
        return None;
    }
    let cell = |group: usize, start: Date, frame: usize| match timeline.row(group, start, frame) {
        Ok(row) => plain(&row.moving),
        Err(why) => Estimate::missing(why),
    };
    let line = |frame: usize, group: usize| starts.iter().map(|&start| cell(group, start, frame)).collect();
    let of_frame = |&frame: &usize| groups.iter().map(|&group| line(frame, group)).collect();
    let cells: Vec<Vec<Vec<Estimate>>> = shown.iter().map(of_frame).collect();
    let values = |cells: &[Vec<Vec<Estimate>>]| {
        cells.iter().flatten().flatten().filter(|estimate| estimate.value.is_some()).count()
    };
    let is_drawn = 2 * values(&cells) >= values(single) && values(&cells) > 0;
    is_drawn.then_some(Moving { window: timeline.window, cells })
}

/// The periods that a chart has room for, and those far off: where an empty stretch takes up more than half of the time, the side with few
/// periods, at most a twentieth of all, is left out. One misread date must not press all others into a corner.
pub(super) fn near_together(starts: &[Date]) -> (Vec<Date>, Vec<Date>) {
    let (mut near, mut far) = (starts, Vec::new());
    while let [first, .., last] = near {
        let gap = |pair: &[Date]| pair[1].days() - pair[0].days();
        let widest = (1..near.len()).max_by_key(|&i| gap(&near[i - 1..=i])).unwrap_or(1);
        let few = widest.min(near.len() - widest);
        if 2 * gap(&near[widest - 1..=widest]) <= last.days() - first.days() || 20 * few > near.len() {
            break;
        }
        let (before, after) = near.split_at(widest);
        let (kept, left) = if before.len() > after.len() { (before, after) } else { (after, before) };
        near = kept;
        far.extend_from_slice(left);
    }
    far.sort_unstable();
    (near.to_vec(), far)
}

/// What the lines and bands are.
pub(super) fn subtitle(window: u32, period: &str) -> String {
    format!(
        "Hits per 1,000 words, without boilerplate and repeated passages; lines: moving rates of {window} {period}s; bands: 95 % \
         intervals, articles as units"
    )
}

/// What a period is called.
pub(super) fn period_name(period: Period) -> &'static str {
    match period {
        Period::Day => "day",
        Period::Week => "week",
        Period::Auto | Period::Month => "month",
        Period::Year => "year",
    }
}

/// The part of an ISO date that names the period.
pub(super) fn period_label(start: &str, period: Period) -> String {
    let length = match period {
        Period::Day | Period::Week => 10,
        Period::Auto | Period::Month => 7,
        Period::Year => 4,
    };
    start.chars().take(length).collect()
}
