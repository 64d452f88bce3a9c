//! `comparisons.csv`: each group against the rest.

use super::{Bytes, bytes, chance, high, integer, labels, low, measured, why};
use crate::aggregate::Cell;
use crate::estimates::Estimates;
use crate::report::columns::COMPARISONS;
use crate::report::sheet::Sheet;
use crate::report::tables::Finished;
use crate::statistics::{ComparisonRow, Measured};

/// Each group against the rest, by frame.
pub(in crate::report) fn comparisons(found: &Finished, estimates: &Estimates) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &COMPARISONS, &found.dimensions, &[])?;
    let names = found.counts.group_names();
    for row in &estimates.comparisons {
        let mut cells = labels(&found.counts.groups[row.group]);
        let ratio = &row.smoothed_log_ratio;
        let direction = direction(row, &names[row.group]);
        let missing = missing(row);
        cells.extend([
            Cell::Text(&found.counts.frames[row.frame]),
            integer(row.articles[0]),
            integer(row.hits[0]),
            integer(row.words[0]),
            integer(row.articles[1]),
            integer(row.hits[1]),
            integer(row.words[1]),
            measured(ratio.value),
            low(ratio),
            high(ratio),
            Cell::Text(ratio.method),
            chance(row.p),
            Cell::Text(row.p_method),
            chance(row.q),
            Cell::Text(&direction),
            Cell::Text(&missing),
        ]);
        sheet.row(&cells)?;
    }
    bytes(sheet)
}

/// Where there is more, in words.
pub(super) fn direction(row: &ComparisonRow, group: &str) -> String {
    match row.smoothed_log_ratio.value.value() {
        Some(value) if value > 0.0 => format!("more in {group}"),
        Some(value) if value < 0.0 => format!("less in {group}"),
        Some(_) => "the same".to_string(),
        None => String::new(),
    }
}

/// Why a comparison has no interval or no p.
pub(in crate::report) fn missing(row: &ComparisonRow) -> String {
    match (why(&row.smoothed_log_ratio), row.p) {
        ("", Measured::Missing(why)) => format!("p: {why}"),
        (interval, Measured::Missing(why)) if interval != why.phrase() => format!("interval: {interval}; p: {why}"),
        (interval, _) => interval.to_string(),
    }
}
