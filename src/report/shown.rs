//! An estimate as charts and the page show it.
//!
//! In: an estimate. Out: plain values, or why there are none.

use super::chart;
use super::html::Measure;
use crate::results::why;
use crate::statistics::Estimate;
use crate::statistics::measured::LEVEL;

/// For a chart.
pub(super) fn plain(estimate: &Estimate) -> chart::Estimate {
    let Measure { value, low, high, why } = measure(estimate);
    chart::Estimate { value, low, high, why }
}

/// For the page.
pub(super) fn measure(estimate: &Estimate) -> Measure {
    Measure {
        value: estimate.value.value(),
        low: estimate.interval.and_then(|interval| interval.low()),
        high: estimate.interval.and_then(|interval| interval.high()),
        why: why(estimate).to_string(),
    }
}

/// Level of all intervals: `95 %`.
pub(super) fn level() -> String {
    format!("{:.0} %", LEVEL * 100.0)
}
