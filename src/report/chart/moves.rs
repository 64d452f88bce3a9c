//! Rates before and after: one panel for each frame, one row for each group, a ring and a disc with an arrow between.
//!
//! Invariants: a rate that did not move leaves no mark; one that only one run has leaves one mark and its reason; the direction is
//! told by ring and disc and by the sign beside the row, never by colour alone.
//!
//! It deliberately draws no intervals: they are of each run, not of the change.

use super::axis::{Axis, Numbers};
use super::canvas::{Frame, Pencil, Type};
use super::grid::{Grid, Panel, Sheet};
use super::page::Page;
use super::palette::{BLUE, FAINT, Rgb, Shape, VERMILLION};
use super::rows::{draw_axis, fits};
use super::{ChartError, Drawing, Label, Point, Words};

const TICK: Type = Type::new(10.0).soft();
const WORDS: Type = Type::new(9.5).soft();
const ASIDE: Type = Type::new(10.0);
const RADIUS: f64 = 3.4;
const ASIDE_WIDTH: f64 = 50.0;

/// A rate in two runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moved {
    /// In the first run.
    pub before: Option<f64>,
    /// In the second run.
    pub after: Option<f64>,
    /// Why one of them or both are absent.
    pub why: String,
}

/// Frame × group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moves {
    /// Title, subtitle, notes.
    pub words: Words,
    /// The unit under each axis.
    pub unit: String,
    /// One panel each.
    pub frames: Vec<Label>,
    /// One row each, from the top.
    pub groups: Vec<Label>,
    /// By frame, then group.
    pub cells: Vec<Vec<Moved>>,
}

/// Draws the chart.
///
/// # Errors
/// Only by a fault of this program.
pub fn moves(chart: &Moves) -> Result<Drawing, ChartError> {
    let mut page = Page::open(&chart.words)?;
    if chart.frames.is_empty() || chart.groups.is_empty() {
        page.paragraph("Nothing to draw: no rate changed.", Type::new(12.0), 18.0);
        return page.close(&chart.words, "", "");
    }
    let change = page.canvas.say("change");
    let sheet = Sheet {
        rows: &chart.groups,
        panels: &chart.frames,
        aside: ASIDE_WIDTH,
        aside_head: &change,
        least: 120.0,
        most: 4,
    };
    let grid = Grid::fit(&page.canvas, sheet);
    for shown in grid.as_given().chunks(grid.columns) {
        let panels = grid.strip(&mut page, shown);
        let mut below = page.y;
        for panel in &panels {
            let cells = chart.cells.get(panel.index).map_or(&[][..], Vec::as_slice);
            let largest = cells.iter().flat_map(known).fold(0.0, f64::max);
            let axis = Axis::new(0.0, if largest > 0.0 { largest } else { 1.0 }, false, |words| {
                fits(&page.canvas, words, grid.plot_width)
            });
            draw_axis(&mut page.canvas, &axis, panel.frame, false);
            let changes = cells.iter().filter_map(|cell| Some((cell.after? - cell.before?).abs()));
            let numbers = Numbers { decimals: 2, ..Numbers::up_to(changes.fold(0.0, f64::max)) };
            for (row, (cell, label)) in cells.iter().zip(&chart.groups).enumerate() {
                let y = grid.row(panel, row);
                page.notes.has_few |= label.is_few();
                draw_cell(&mut page, cell, &axis, panel, (row, y), &numbers, label.is_few());
            }
            let Frame { left, right, bottom, .. } = panel.frame;
            let factor = axis.numbers.factor();
            if !factor.is_empty() {
                page.canvas.text((left + right) / 2.0, bottom + 22.5, &factor, TICK.middle());
                below = below.max(bottom + 29.0);
            }
            below = below.max(bottom + 16.0);
        }
        page.y = below;
        if let (Some(one), Some(last)) = (panels.first(), panels.last()) {
            let (left, right) = (one.frame.left, last.frame.right);
            for line in page.canvas.wrap_to(&page.canvas.say(&chart.unit), TICK, right - left, 3) {
                page.canvas.text((left + right) / 2.0, page.y + 6.5, &line, TICK.middle());
                page.y += 12.5;
            }
        }
        page.y += 14.0;
    }
    if chart.frames.len() > 1 {
        page.notes.further.push("Each panel has its own scale.".to_string());
    }
    page.close(&chart.words, "Words beside a mark: only one run has this rate", "")
}

/// The values of a cell that can be drawn.
fn known(cell: &Moved) -> impl Iterator<Item = f64> {
    [cell.before, cell.after].into_iter().flatten().filter(|value| value.abs() < 1e290)
}

fn draw_cell(
    page: &mut Page,
    cell: &Moved,
    axis: &Axis,
    panel: &Panel,
    (row, y): (usize, f64),
    numbers: &Numbers,
    few: bool,
) {
    let Frame { left, right, .. } = panel.frame;
    let x = |value: f64| left + axis.share(value) * (right - left);
    let rgb = |is_more: bool| {
        if few {
            FAINT
        } else if is_more {
            BLUE
        } else {
            VERMILLION
        }
    };
    match (cell.before, cell.after) {
        (Some(before), Some(after)) => {
            let rgb = rgb(after > before);
            arrow(page, x(before), x(after), y, rgb);
            page.canvas.mark((x(before), y), Shape::Circle, RADIUS - 0.6, rgb, false);
            page.canvas.mark((x(after), y), Shape::Circle, RADIUS, rgb, true);
            page.canvas.points.push(Point { panel: panel.index, row, column: 0, x: x(before), y, ..Point::default() });
            page.canvas.points.push(Point { panel: panel.index, row, column: 1, x: x(after), y, ..Point::default() });
            page.canvas.text(panel.aside, y, &numbers.signed(after - before), ASIDE.right());
        }
        (None, None) => {}
        (before, after) => {
            let value = before.or(after).unwrap_or(0.0);
            page.canvas.mark((x(value), y), Shape::Circle, RADIUS - 0.3, rgb(after.is_some()), after.is_some());
            page.canvas.points.push(Point {
                panel: panel.index,
                row,
                column: usize::from(after.is_some()),
                x: x(value),
                y,
                ..Point::default()
            });
            page.notes.absent(&cell.why);
            let why = page.canvas.say(&cell.why);
            let width = page.canvas.width_of(&why, WORDS);
            if x(value) + 7.0 + width <= right {
                page.canvas.text(x(value) + 7.0, y, &why, WORDS);
            } else if x(value) - 7.0 - width >= left {
                page.canvas.text(x(value) - 7.0, y, &why, WORDS.right());
            }
        }
    }
}

/// A line between two marks.
fn arrow(page: &mut Page, from: f64, to: f64, y: f64, rgb: Rgb) {
    if (to - from).abs() > 2.0 * RADIUS {
        page.canvas.lines(vec![[(from, y), (to, y)]], Pencil::new(rgb, 1.8));
    }
}
