//! Bars around zero: what each entry gives to the difference of two means, and the difference itself.
//!
//! Invariant: the last bar is the sum of all others, drawn to the same scale; every bar has its number beside it.
//!
//! It deliberately does not choose or sort the entries.

use super::axis::{Axis, Numbers};
use super::canvas::{Frame, Type};
use super::grid::{Grid, Sheet};
use super::page::Page;
use super::palette::{BLUE, INK, Rgb, VERMILLION};
use super::rows::{Plot, draw_axis, draw_ends, draw_unit, fits};
use super::{ChartError, Drawing, Label, Point, Scale, Words};

const ASIDE: Type = Type::new(10.0);

/// One bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Given {
    /// The entry, `not` before it where its hits are negated.
    pub name: String,
    /// What it gives.
    pub gives: f64,
    /// Words beside it, such as "12 : 3".
    pub aside: String,
}

/// What makes two means differ.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contributions {
    /// Title, subtitle, notes.
    pub words: Words,
    /// The unit under the axis.
    pub unit: String,
    /// Heading of the words beside the bars.
    pub heading: String,
    /// Words at the left end of the axis.
    pub less: String,
    /// Words at the right end of the axis.
    pub more: String,
    /// From the top.
    pub bars: Vec<Given>,
    /// What the last bar is called: the sum of the others.
    pub sum: String,
}

/// Draws the chart.
///
/// # Errors
/// Only by a fault of this program.
pub fn contributions(chart: &Contributions) -> Result<Drawing, ChartError> {
    let mut page = Page::open(&chart.words)?;
    let bars: Vec<&Given> = chart.bars.iter().filter(|bar| bar.gives.is_finite()).collect();
    if bars.is_empty() {
        page.paragraph("Nothing to draw: no entry in both.", Type::new(12.0), 18.0);
        return page.close(&chart.words, "", "");
    }
    let sum: f64 = bars.iter().map(|bar| bar.gives).sum();
    let largest = bars.iter().map(|bar| bar.gives.abs()).fold(sum.abs(), f64::max);
    let numbers = Numbers::up_to(largest);
    let numbers = Numbers { decimals: numbers.decimals + 1, ..numbers };
    let total = Given { name: chart.sum.clone(), gives: sum, aside: String::new() };
    let all: Vec<&Given> = bars.into_iter().chain([&total]).collect();
    let rows: Vec<Label> = all.iter().map(|bar| Label::plain(&bar.name)).collect();
    let asides: Vec<String> = all.iter().map(|bar| aside(bar, numbers)).collect();
    let width = asides.iter().map(|aside| page.canvas.width_of(aside, ASIDE));
    let width = width.fold(page.canvas.width_of(&chart.heading, ASIDE), f64::max) + 11.0;
    let panels = [Label::default()];
    let sheet = Sheet { rows: &rows, panels: &panels, aside: width, aside_head: &chart.heading, least: 200.0, most: 1 };
    let grid = Grid::fit(&page.canvas, sheet);
    let reach = if largest > 0.0 { largest } else { 1.0 };
    let axis = Axis::new(-reach, reach, true, |words| fits(&page.canvas, words, grid.plot_width));
    let strip = grid.strip(&mut page, 0);
    let Some(panel) = strip.first() else { return page.close(&chart.words, "", "") };
    draw_axis(&mut page.canvas, &axis, panel.frame, true);
    for (row, (bar, aside)) in all.iter().zip(&asides).enumerate() {
        let y = grid.row(panel, row);
        let Frame { left, right, .. } = panel.frame;
        let x = |v: f64| left + axis.share(v) * (right - left);
        let half = grid.row_height * 0.32;
        let frame =
            Frame { left: x(bar.gives.min(0.0)), right: x(bar.gives.max(0.0)), top: y - half, bottom: y + half };
        page.canvas.fill(frame, colour(bar.gives, row + 1 == all.len()));
        page.canvas.points.push(Point { panel: 0, row, column: 0, x: x(bar.gives), y });
        page.canvas.text(panel.aside, y, aside, ASIDE.right());
    }
    let plot = Plot {
        words: &chart.words,
        unit: &chart.unit,
        panels: &panels,
        rows: &rows,
        cells: Vec::new(),
        centred: true,
        scale: Scale::Shared,
        ends: vec![(chart.less.clone(), chart.more.clone())],
        aside_head: &chart.heading,
        least: 200.0,
        most: 1,
        hollow: "",
        means: &[],
    };
    page.y = draw_ends(&mut page, &plot, panel, &axis);
    draw_unit(&mut page, &plot, &strip);
    page.y += 14.0;
    page.close(&chart.words, "", "")
}

/// The sum is told from the rest by its darkness, the sides by the side of zero.
fn colour(gives: f64, is_sum: bool) -> Rgb {
    match (is_sum, gives > 0.0) {
        (true, _) => INK,
        (false, true) => BLUE,
        (false, false) => VERMILLION,
    }
}

fn aside(bar: &Given, numbers: Numbers) -> String {
    let value = format!("{} {}", numbers.signed(bar.gives), numbers.factor());
    if bar.aside.is_empty() { value.trim_end().to_string() } else { format!("{}   {}", bar.aside, value.trim_end()) }
}
