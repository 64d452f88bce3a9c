//! Mean valence (or balance) by outlet around zero, with the numbers beside.
//!
//! Invariant: the numbers beside a mark are those that are drawn, interval included.
//!
//! It deliberately does not rank or colour by sign: the side of the line says it.

use super::axis::Numbers;
use super::palette::BLUE;
use super::rows::{self, Cell, Plot, finite};
use super::{ChartError, Drawing, Estimate, Label, Scale, Words};

/// Outlets around zero.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sentiment {
    /// Title, subtitle, notes.
    pub words: Words,
    /// The unit under the axis, such as "mean valence per hit (−3 to +3)".
    pub unit: String,
    /// Heading of the column of numbers, such as "mean [95 % interval]".
    pub heading: String,
    /// Words at the left end of the axis, such as "more negative".
    pub less: String,
    /// Words at the right end of the axis.
    pub more: String,
    /// One row each, from the top.
    pub outlets: Vec<Label>,
    /// By outlet.
    pub values: Vec<Estimate>,
}

/// Draws the chart.
///
/// # Errors
/// Only by a fault of this program.
pub fn sentiment(chart: &Sentiment) -> Result<Drawing, ChartError> {
    let values: Vec<Estimate> = chart.values.iter().map(finite).collect();
    let largest = values.iter().filter_map(|estimate| estimate.value).fold(0.0, |a: f64, b| a.max(b.abs()));
    let numbers = Numbers::up_to(largest);
    let cell = |estimate: &Estimate| Cell {
        estimate: estimate.clone(),
        aside: written(estimate, numbers),
        rgb: BLUE,
        filled: true,
        second: None,
    };
    rows::draw(&Plot {
        words: &chart.words,
        unit: &chart.unit,
        panels: &[Label::default()],
        rows: &chart.outlets,
        cells: vec![values.iter().map(cell).collect()],
        centred: true,
        scale: Scale::Shared,
        ends: vec![(chart.less.clone(), chart.more.clone())],
        aside_head: &chart.heading,
        least: 200.0,
        most: 1,
        hollow: "",
        means: &[],
        order: &[],
    })
}

/// `−0.12 [−0.20, −0.04]`; an end that does not exist is an ellipsis.
fn written(estimate: &Estimate, numbers: Numbers) -> String {
    let Some(value) = estimate.value else {
        return String::new();
    };
    let end = |x: Option<f64>| x.map_or("\u{2026}".to_string(), |x| numbers.signed(x));
    let interval = match (estimate.low, estimate.high) {
        (None, None) => String::new(),
        (low, high) => format!(" [{}, {}]", end(low), end(high)),
    };
    format!("{}{interval} {}", numbers.signed(value), numbers.factor()).trim_end().to_string()
}
