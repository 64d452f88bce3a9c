//! One group against the rest: log ratio around zero, with interval and q.
//!
//! Invariants: a filled mark has q < 0.05 and an interval, a hollow one lacks one of them; both directions are named in words at
//! the ends of the axis; where q and interval say different things, a note says so.
//!
//! The panel with the smallest q comes first. Panels that are higher than a page become one list, of which what says least is left out.
//!
//! It deliberately does not compute q.

use super::axis::Numbers;
use super::palette::{BLUE, VERMILLION};
use super::ranked;
use super::rows::{self, Cell, Plot, finite};
use super::{ChartError, Drawing, Estimate, Label, PAGE_HEIGHT, Scale, Words};

/// The q below which a mark is filled.
const SIGNIFICANT: f64 = 0.05;

/// A comparison of a group with the rest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contrast {
    /// Log ratio to the base of 2, or the reason for its absence.
    pub estimate: Estimate,
    /// False discovery rate; `None` where no test was run.
    pub q: Option<f64>,
}

/// Contrasts in panels: by frame with outlets in the rows, or by outlet with frames in the rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diverging {
    /// Title, subtitle, notes.
    pub words: Words,
    /// The unit under each axis, such as "log2 ratio (+1: twice as often)".
    pub unit: String,
    /// One panel each.
    pub panels: Vec<Label>,
    /// By panel: words at the left end of the axis, such as "less in Reuters".
    pub less: Vec<String>,
    /// By panel: words at the right end of the axis, such as "more in Reuters".
    pub more: Vec<String>,
    /// One row each, from the top.
    pub rows: Vec<Label>,
    /// By panel, then row; what is not there is drawn as not computed.
    pub cells: Vec<Vec<Contrast>>,
    /// Whether panels can be compared by length.
    pub scale: Scale,
}

/// Draws the chart.
///
/// # Errors
/// Only by a fault of this program.
pub fn diverging(chart: &Diverging) -> Result<Drawing, ChartError> {
    let cell = |contrast: &Contrast| {
        let estimate = finite(&contrast.estimate);
        let is_more = estimate.value.is_some_and(|value| value > 0.0);
        Cell {
            aside: if estimate.value.is_some() { written(contrast.q) } else { String::new() },
            estimate,
            rgb: if is_more { BLUE } else { VERMILLION },
            filled: contrast.q.is_some_and(|q| q < SIGNIFICANT),
            second: None,
        }
    };
    let ranked = ranked(chart);
    let mut order: Vec<usize> = Vec::new();
    for (panel, _) in &ranked {
        if !order.contains(panel) {
            order.push(*panel);
        }
    }
    let word = |words: &[String], i: usize, otherwise: &str| words.get(i).map_or(otherwise.to_string(), Clone::clone);
    let legend = legend(chart);
    let plot = Plot {
        words: &chart.words,
        unit: &chart.unit,
        panels: &chart.panels,
        rows: &chart.rows,
        cells: chart.cells.iter().map(|row| row.iter().map(cell).collect()).collect(),
        centred: true,
        scale: chart.scale,
        ends: (0..chart.panels.len()).map(|i| (word(&chart.less, i, "less"), word(&chart.more, i, "more"))).collect(),
        aside_head: "q",
        least: 145.0,
        most: 3,
        hollow: &legend,
        means: &[],
        order: &order,
    };
    let panels = rows::draw(&plot)?;
    match panels.height <= PAGE_HEIGHT || chart.panels.len() < 2 {
        true => Ok(panels),
        false => ranked::draw(&plot, &ranked),
    }
}

/// Every comparison, panel and row, those that say most first: by q, then those without a q that have an interval, then the others; among
/// equals the larger ratio.
fn ranked(chart: &Diverging) -> Vec<(usize, usize)> {
    let all = (0..chart.panels.len()).flat_map(|panel| (0..chart.rows.len()).map(move |row| (panel, row)));
    let key = |&(panel, row): &(usize, usize)| {
        let contrast = chart.cells.get(panel).and_then(|cells| cells.get(row));
        let estimate = contrast.map(|contrast| finite(&contrast.estimate)).unwrap_or_default();
        let has_interval = estimate.low.is_some() || estimate.high.is_some();
        let untested = if estimate.value.is_none() {
            4.0
        } else if has_interval {
            2.0
        } else {
            3.0
        };
        let q = contrast.and_then(|contrast| contrast.q).filter(|q| !q.is_nan() && estimate.value.is_some());
        (q.unwrap_or(untested), -estimate.value.unwrap_or(0.0).abs())
    };
    let mut keyed: Vec<_> = all.map(|place| (key(&place), place)).collect();
    keyed.sort_by(|(a, _), (b, _)| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    keyed.into_iter().map(|(_, place)| place).collect()
}

/// What filled and hollow, blue and orange mean, and that q and interval need not agree where they do not.
fn legend(chart: &Diverging) -> String {
    let mut text =
        "Filled mark: q < 0.05 and an interval. Hollow mark: q of 0.05 or more, no test (–), or no interval. \
                    Blue: above 0; orange: 0 or below."
            .to_string();
    let rows = chart.rows.len();
    let drawn = chart.cells.iter().take(chart.panels.len()).flat_map(|cells| cells.iter().take(rows));
    let at_odds = drawn.filter(|contrast| is_at_odds(contrast)).count();
    if at_odds > 0 {
        text.push_str(&format!(
            " Interval and q come from different methods, and only q is corrected for multiple comparisons, so they may disagree, \
             especially near 0.05: here {at_odds} times."
        ));
    }
    text
}

/// True where one of q and interval calls it a difference and the other does not.
fn is_at_odds(contrast: &Contrast) -> bool {
    let estimate = finite(&contrast.estimate);
    let (Some(q), Some(_)) = (contrast.q.filter(|q| !q.is_nan()), estimate.value) else { return false };
    let has_interval = estimate.low.is_some() || estimate.high.is_some();
    let leaves_out_zero = estimate.low.is_some_and(|low| low > 0.0) || estimate.high.is_some_and(|high| high < 0.0);
    has_interval && leaves_out_zero != (q < SIGNIFICANT)
}

/// Three decimals; never zero, never 0.050 for what is below it.
fn written(q: Option<f64>) -> String {
    let numbers = Numbers { exponent: 0, decimals: 3 };
    match q {
        None => "\u{2013}".to_string(),
        Some(q) if q.is_nan() => "\u{2013}".to_string(),
        Some(q) if q < 0.001 => "<0.001".to_string(),
        Some(q) if (0.0495..SIGNIFICANT).contains(&q) => "<0.050".to_string(),
        Some(q) => numbers.write(q),
    }
}
