//! `timeline.csv`: how often a frame is found in a group, period by period.

use super::{Bytes, bytes, high, integer, labels, low, measured, why};
use crate::aggregate::Cell;
use crate::estimates::Estimates;
use crate::report::columns::TIMELINE;
use crate::report::sheet::Sheet;
use crate::report::tables::Finished;

/// Group × frame × period.
pub(in crate::report) fn timeline(found: &Finished, estimates: &Estimates) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &TIMELINE, &found.dimensions, &[])?;
    let mut rows: Vec<_> = estimates.timeline.rows.iter().collect();
    rows.sort_by_key(|row| {
        let (group, start) = estimates.timeline.keys[row.group];
        (group, row.frame, start)
    });
    let frames = found.counts.frames.len();
    for row in rows {
        let moving = &estimates.timeline.moving[row.group * frames + row.frame];
        let (group, start) = estimates.timeline.keys[row.group];
        let start = start.to_string();
        let mut cells = labels(&found.counts.groups[group as usize]);
        cells.extend([
            Cell::Text(&found.counts.frames[row.frame]),
            Cell::Text(&start),
            integer(row.articles),
            integer(row.words),
            integer(row.hits),
            measured(row.rate.value),
            low(&row.rate),
            high(&row.rate),
            Cell::Text(why(&row.rate)),
            measured(moving.value),
            low(moving),
            high(moving),
            Cell::Text(why(moving)),
        ]);
        sheet.row(&cells)?;
    }
    bytes(sheet)
}
