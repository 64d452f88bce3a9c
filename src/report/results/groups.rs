//! `overall.csv`, `pairwise.csv`, `standardised.csv`: all groups at once, each against each, and at a common mix.

use super::comparisons::{direction, missing};
use super::{Bytes, bytes, chance, high, integer, labels, low, measured, why};
use crate::aggregate::Cell;
use crate::estimates::{Estimates, Standard};
use crate::report::columns::{OVERALL, PAIRWISE, STANDARDISED};
use crate::report::sheet::Sheet;
use crate::report::tables::Finished;

/// All groups at once, by frame.
pub(in crate::report) fn overall(found: &Finished, estimates: &Estimates) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &OVERALL, &[], &[])?;
    for row in &estimates.overall {
        sheet.row(&[
            Cell::Text(&found.counts.frames[row.frame]),
            integer(row.groups as u64),
            integer(row.articles),
            measured(row.deviance),
            chance(row.p),
            chance(row.q),
            integer(row.family as u64),
            Cell::Text(row.method),
            Cell::Text(row.p.why().map_or("", |why| why.phrase())),
        ])?;
    }
    bytes(sheet)
}

/// Every pair of groups, by frame.
pub(in crate::report) fn pairwise(found: &Finished, estimates: &Estimates) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &PAIRWISE, &found.dimensions, &[])?;
    let names = found.counts.group_names();
    for (one, other, row) in &estimates.pairs.rows {
        let ratio = &row.smoothed_log_ratio;
        let (direction, missing) = (direction(row, &names[*one]), missing(row));
        let mut cells = labels(&found.counts.groups[*one]);
        cells.extend([
            Cell::Text(&names[*other]),
            Cell::Text(&found.counts.frames[row.frame]),
            measured(ratio.value),
            low(ratio),
            high(ratio),
            Cell::Text(ratio.method),
            chance(row.p),
            Cell::Text(row.p_method),
            chance(row.q),
            chance(row.p_holm),
            integer(row.family as u64),
            Cell::Text(&direction),
            Cell::Text(&missing),
        ]);
        sheet.row(&cells)?;
    }
    bytes(sheet)
}

/// Rates at a common mix.
pub(in crate::report) fn standardised(found: &Finished, standard: &Standard) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &STANDARDISED, &found.dimensions, &[])?;
    for row in &standard.rows {
        let absent: Vec<&str> = row.absent.iter().map(|&stratum| standard.names[stratum].as_str()).collect();
        let absent = absent.join(", ");
        let mut cells = labels(&found.counts.groups[row.group]);
        cells.extend([
            Cell::Text(&found.counts.frames[row.frame]),
            Cell::Text(&standard.kind),
            integer(standard.names.len() as u64),
            measured(row.crude),
            measured(row.standardised.value),
            low(&row.standardised),
            high(&row.standardised),
            Cell::Text(row.standardised.method),
            Cell::Text(&absent),
            Cell::Text(why(&row.standardised)),
        ]);
        sheet.row(&cells)?;
    }
    bytes(sheet)
}
