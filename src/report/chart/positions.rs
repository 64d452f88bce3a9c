//! Rates in headlines, leads and the rest of the articles: small multiples with three marks a row.
//!
//! Invariants: the three differ in shape and in colour; a rate of few hits is hollow; where a group has no words in a position there is no
//! mark.
//!
//! It deliberately draws no interval: none is known of parts of articles.

use super::axis::Axis;
use super::canvas::{Canvas, Part, Type};
use super::grid::{Grid, Sheet};
use super::page::{MARGIN, Page};
use super::palette::{BLUE, INK, Rgb, Shape, VERMILLION};
use super::rows::{draw_axis, fits};
use super::{ChartError, Drawing, Label, Point, Words};

const KEY: Type = Type::new(11.0);
const UNIT: Type = Type::new(10.0).soft();
const RADIUS: f64 = 3.4;

/// Shapes and colours of the three positions; the words behind them come from the caller.
const MARKS: [(Shape, Rgb); 3] = [(Shape::Triangle, VERMILLION), (Shape::Diamond, INK), (Shape::Circle, BLUE)];

/// A rate in one position.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Placed {
    /// The rate; none where there are no words.
    pub rate: Option<f64>,
    /// It rests on few hits.
    pub is_few: bool,
}

/// Rates by position.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Positions {
    /// Title, subtitle, notes.
    pub words: Words,
    /// The unit under the axis.
    pub unit: String,
    /// What the three positions are called.
    pub names: [String; 3],
    /// Frames, one panel each.
    pub panels: Vec<Label>,
    /// Groups, from the top.
    pub rows: Vec<Label>,
    /// By panel, then row.
    pub cells: Vec<Vec<[Placed; 3]>>,
}

/// Draws the chart.
///
/// # Errors
/// Only by a fault of this program.
pub fn positions(chart: &Positions) -> Result<Drawing, ChartError> {
    let mut page = Page::open(&chart.words)?;
    if chart.panels.is_empty() || chart.rows.is_empty() {
        page.paragraph("Nothing to draw: no groups.", Type::new(12.0), 18.0);
        return page.close(&chart.words, "", "");
    }
    key(&mut page, &chart.names);
    let sheet = Sheet { rows: &chart.rows, panels: &chart.panels, aside: 0.0, aside_head: "", least: 150.0, most: 4 };
    let grid = Grid::fit(&page.canvas, sheet);
    for shown in grid.as_given().chunks(grid.columns) {
        for panel in grid.strip(&mut page, shown) {
            let cells = chart.cells.get(panel.index).map_or(&[][..], Vec::as_slice);
            let rates = cells.iter().flatten().filter_map(|placed| placed.rate);
            let most = rates.fold(0.0, f64::max);
            let most = if most > 0.0 { most } else { 1.0 };
            let axis = Axis::new(0.0, most, false, |words| fits(&page.canvas, words, grid.plot_width));
            page.canvas.part = Part::panel(panel.index);
            draw_axis(&mut page.canvas, &axis, panel.frame, false);
            for (row, placed) in cells.iter().enumerate().take(chart.rows.len()) {
                let y = grid.row(&panel, row);
                let x = |rate: f64| panel.frame.left + axis.share(rate) * (panel.frame.right - panel.frame.left);
                page.canvas.part = Part::panel(panel.index).and_row(row);
                draw_row(&mut page.canvas, placed, (panel.index, row), x, y);
            }
        }
        page.canvas.part = Part::ALL;
        page.y += 20.0;
        for line in page.canvas.wrap_to(&page.canvas.say(&chart.unit), UNIT, page.canvas.room / 2.0, 2) {
            page.canvas.text(MARGIN + page.canvas.room / 2.0, page.y + 6.5, &line, UNIT.middle());
            page.y += 12.5;
        }
        page.y += 12.0;
    }
    page.notes.further.push("Each panel has its own scale.".to_string());
    page.close(&chart.words, "", "")
}

/// The body is drawn first: a headline, of which there is least, is never hidden.
fn draw_row(canvas: &mut Canvas, placed: &[Placed; 3], (panel, row): (usize, usize), x: impl Fn(f64) -> f64, y: f64) {
    for column in [2, 1, 0] {
        let Some(rate) = placed[column].rate else { continue };
        let (shape, rgb) = MARKS[column];
        canvas.mark((x(rate), y), shape, RADIUS, rgb, !placed[column].is_few);
        canvas.points.push(Point { panel, row, column, x: x(rate), y, ..Point::default() });
    }
}

fn key(page: &mut Page, names: &[String; 3]) {
    let mut x = MARGIN;
    for (name, (shape, rgb)) in names.iter().zip(MARKS) {
        let name = &page.canvas.say(name);
        let width = 14.0 + page.canvas.width_of(name, KEY) + 20.0;
        if x + width > MARGIN + page.canvas.room && x > MARGIN {
            x = MARGIN;
            page.y += 17.0;
        }
        page.canvas.mark((x + 4.0, page.y + 8.0), shape, RADIUS, rgb, true);
        page.canvas.text(x + 14.0, page.y + 8.0, name, KEY);
        x += width;
    }
    page.y += 28.0;
}
