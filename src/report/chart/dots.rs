//! Rates of frames by outlet: one panel for each frame, one row for each outlet, dot and whisker.
//!
//! Invariant: every dot has its interval or the words that say why not, and every outlet its number of articles.
//!
//! It deliberately does not sort: rows stand as given, the same in every panel.

use super::palette::BLUE;
use super::rows::{self, Cell, Plot, finite};
use super::{ChartError, Drawing, Estimate, Label, Scale, Words};

/// Frame × outlet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dots {
    /// Title, subtitle, notes.
    pub words: Words,
    /// The unit under each axis, such as "hits per 1,000 words".
    pub unit: String,
    /// One panel each.
    pub frames: Vec<Label>,
    /// One row each, from the top.
    pub outlets: Vec<Label>,
    /// By frame, then outlet; what is not there is drawn as not computed.
    pub cells: Vec<Vec<Estimate>>,
    /// By frame: the rate of all outlets together, as an upright line; nothing where it says nothing new.
    pub means: Vec<Option<f64>>,
    /// Whether frames can be compared by length.
    pub scale: Scale,
}

/// Draws the chart.
///
/// # Errors
/// Only by a fault of this program.
pub fn dots(chart: &Dots) -> Result<Drawing, ChartError> {
    let cell = |estimate: &Estimate| Cell { estimate: finite(estimate), rgb: BLUE, filled: true, ..Cell::default() };
    rows::draw(&Plot {
        words: &chart.words,
        unit: &chart.unit,
        panels: &chart.frames,
        rows: &chart.outlets,
        cells: chart.cells.iter().map(|row| row.iter().map(cell).collect()).collect(),
        centred: false,
        scale: chart.scale,
        ends: Vec::new(),
        aside_head: "",
        least: 130.0,
        most: 4,
        hollow: "",
        means: &chart.means,
        order: &[],
    })
}
