//! Shares of rival labels in small multiples: one panel for each label, one row for each group, dot and whisker.
//!
//! Invariant: every share has its interval or the words that say why not, and beside it its hits and those of all labels; a share of fewer
//! than [`FEW_HITS`] hits is pale.
//!
//! It deliberately gives the share in the article's own voice no interval: none is known.

use super::axis::count;
use super::palette::{BLUE, FAINT};
use super::rows::{self, Cell, Plot, finite};
use super::{ChartError, Drawing, Estimate, Label, Scale, Words};

/// Of fewer hits a share is pale.
const FEW_HITS: u64 = 5;

/// The share of a label in a group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LabelShare {
    /// Between 0 and 1.
    pub share: Estimate,
    /// The same of the hits in the article's own voice, where there are any of some label.
    pub own: Option<f64>,
    /// Hits of the label.
    pub hits: u64,
    /// Hits of all labels.
    pub all: u64,
}

/// Label × group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labels {
    /// Title, subtitle, notes.
    pub words: Words,
    /// Labels, one panel each.
    pub panels: Vec<Label>,
    /// Groups, from the top.
    pub rows: Vec<Label>,
    /// By panel, then row.
    pub cells: Vec<Vec<LabelShare>>,
}

/// Draws the chart.
///
/// # Errors
/// Only by a fault of this program.
pub fn labels(chart: &Labels) -> Result<Drawing, ChartError> {
    let few = |cell: &LabelShare| cell.all > 0 && cell.all < FEW_HITS;
    let cell = |cell: &LabelShare| Cell {
        estimate: percent(&cell.share),
        aside: if cell.all > 0 { format!("{} / {}", count(cell.hits), count(cell.all)) } else { String::new() },
        rgb: if few(cell) { FAINT } else { BLUE },
        filled: true,
        second: cell.own.filter(|own| own.is_finite()).map(|own| 100.0 * own),
    };
    let pale = format!("Pale: fewer than {FEW_HITS} hits of all labels.");
    rows::draw(&Plot {
        words: &chart.words,
        unit: "share, %",
        panels: &chart.panels,
        rows: &chart.rows,
        cells: chart.cells.iter().map(|row| row.iter().map(cell).collect()).collect(),
        centred: false,
        scale: Scale::Shared,
        ends: Vec::new(),
        aside_head: "hits / all",
        least: 120.0,
        most: 3,
        hollow: if chart.cells.iter().flatten().any(few) { &pale } else { "" },
        means: &[],
        order: &[],
    })
}

fn percent(share: &Estimate) -> Estimate {
    let Estimate { value, low, high, why } = finite(share);
    let times = |part: Option<f64>| part.map(|part| 100.0 * part);
    Estimate { value: times(value), low: times(low), high: times(high), why }
}
