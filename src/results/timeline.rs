//! `timeline`: how often a frame is found in a group, period by period.

use super::LazyTable;
use super::describe::{GroupRow, frame_of, table};
use super::source::{Context, high, low, why};
use crate::estimates::{TimeRow, are_many};
use crate::read::Date;

struct PeriodRecord<'c> {
    context: &'c Context<'c>,
    group: usize,
    start: Date,
    row: &'c TimeRow,
}

impl GroupRow for PeriodRecord<'_> {
    fn label(&self, dimension: usize) -> &str {
        self.context.label(self.group, dimension)
    }
}

table! {
    /// A row for each group, frame and period.
    TIMELINE, "timeline.csv", by_group: true, rows: PeriodRecord<'_>,
    "One row for each group, frame and period with articles. Articles without a date are in no row. In runs of more than 100 frames, only frames with hits in the group and period have rows; in the other periods of the group, which have rows for other frames, it has 0 hits.",
    Text "frame" "text" "name of the frame" |r| r.context.frame(r.row.frame.index());
    Date "period" "ISO date" "first day of the period" |r| r.start;
    Integer "articles" "articles" "counted articles of the group in the period" |r| r.context.sums.size_in(r.group, r.start).articles;
    Integer "words" "words" "their words" |r| r.context.sums.size_in(r.group, r.start).words;
    Integer "hits" "hits" "their counted hits" |r| r.context.sums.hits_during(r.group, r.row.frame.index(), r.start);
    Real "rate" "hits per 1,000 words" "hits / words × 1,000" |r| r.row.rate.value;
    Real "rate_low" "hits per 1,000 words" "lower end of the 95 % interval, articles as units" |r| low(&r.row.rate);
    Real "rate_high" "hits per 1,000 words" "upper end" |r| high(&r.row.rate);
    Text "missing" "text" "why there is no rate or no interval; `too few articles` if a bound would lie more than a factor of 100 from the rate, or above one hit per word" |r| why(&r.row.rate);
    Real "moving_rate" "hits per 1,000 words" "rate over a moving window of periods around this one" |r| r.row.moving.value;
    Real "moving_low" "hits per 1,000 words" "lower end of its 95 % interval (t of the log rate), articles as units" |r| low(&r.row.moving);
    Real "moving_high" "hits per 1,000 words" "upper end" |r| high(&r.row.moving);
    Text "moving_missing" "text" "why there is none; a window must lie within the periods of the corpus" |r| why(&r.row.moving);
}

/// Group × frame × period.
pub(super) fn timeline<'c>(context: &'c Context<'_>) -> LazyTable<'c> {
    let timeline = &context.estimates.timeline;
    let course = are_many(context.counts.frames.len()).then(|| context.estimates.course(context.counts));
    let piece = move |i: usize| {
        let own = course.as_ref().map(|course| course.rows(i));
        let mut rows: Vec<&TimeRow> = own.as_ref().unwrap_or(&timeline.rows).iter().collect();
        let of = |row: &TimeRow| timeline.keys[row.key as usize];
        rows.sort_by_key(|row| (of(row).0, row.frame, of(row).1));
        let row = |row| {
            let (group, start) = of(row);
            PeriodRecord { context, group: group.index(), start, row }
        };
        frame_of(context.dimensions, &rows.into_iter().map(row).collect::<Vec<_>>())
    };
    let pieces = if are_many(context.counts.frames.len()) { context.counts.groups.len() } else { 1 };
    LazyTable::of(&TIMELINE, pieces, piece)
}
