//! Specification curves: one panel for each frame; its estimates sorted, and under each the choices that made it.
//!
//! Invariants: every estimate of a panel stands in a column of its own, with its interval; under it a dot in the row of each
//! choice that departs from the first; the study's own column is marked.
//!
//! It deliberately sorts within a panel only, for a curve that is not sorted shows nothing; panels stand as given.

use super::axis::Axis;
use super::canvas::{Frame, Part, Pencil, Type};
use super::page::{MARGIN, Page};
use super::palette::{BAND, BLUE, GRID, RULE, SOFT, Shape, VERMILLION};
use super::rows::finite;
use super::{ChartError, Drawing, Estimate, Label, Point, Words};

const HEIGHT: f64 = 96.0;
const ROW: f64 = 12.0;
const GAP: f64 = 20.0;
/// Between the curve and the rows of choices.
const SEAM: f64 = 6.0;
const HEAD: Type = Type::new(11.5).bold();
const LEADING: f64 = 14.5;
const NAME: Type = Type::new(10.5);
const TICK: Type = Type::new(9.5).soft();
/// Intervals farther out than this from the estimates are cut.
const REACH: f64 = 2.0;
const MOST: usize = 3;
/// A panel is at least this wide, so that names of frames keep their words.
const LEAST: f64 = 110.0;

/// One combination of choices.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Specification {
    /// Its estimate.
    pub estimate: Estimate,
    /// Surely not nothing, by its own p.
    pub is_sure: bool,
    /// Which of [`Curves::choices`] it makes.
    pub made: Vec<bool>,
    /// The study's own.
    pub is_study: bool,
}

/// Frame × combination.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curves {
    /// Title, subtitle, notes.
    pub words: Words,
    /// The unit of the estimates.
    pub unit: String,
    /// One panel each.
    pub panels: Vec<Label>,
    /// One row each under the curve.
    pub choices: Vec<String>,
    /// By panel.
    pub cells: Vec<Vec<Specification>>,
}

/// Draws the chart.
///
/// # Errors
/// Only by a fault of this program.
pub fn curves(chart: &Curves) -> Result<Drawing, ChartError> {
    let mut page = Page::open(&chart.words)?;
    if chart.panels.is_empty() || chart.cells.iter().all(Vec::is_empty) {
        page.paragraph("Nothing to draw: no comparison.", Type::new(12.0), 18.0);
        return page.close(&chart.words, "", "");
    }
    let names: Vec<String> =
        chart.choices.iter().map(|choice| page.canvas.cut(choice, NAME, page.canvas.room_of_names(150.0))).collect();
    let names_width = names.iter().map(|name| page.canvas.width_of(name, NAME)).fold(0.0, f64::max) + 8.0;
    let room = page.canvas.room - names_width;
    let fitting = ((room + GAP) / (LEAST + GAP)) as usize;
    let strips = chart.panels.len().div_ceil(fitting.clamp(1, MOST));
    let columns = chart.panels.len().div_ceil(strips);
    let width = (room + GAP) / columns as f64 - GAP;
    for first in (0..chart.panels.len()).step_by(columns) {
        let last = (first + columns).min(chart.panels.len());
        let top =
            headings(&mut page, chart, first..last, |column| MARGIN + names_width + column * (width + GAP), width);
        let matrix = top + HEIGHT + SEAM;
        for (i, name) in names.iter().enumerate() {
            let y = matrix + (i as f64 + 0.5) * ROW;
            page.canvas.text_as(MARGIN + names_width - 8.0, y, name, &chart.choices[i], NAME.right());
        }
        for index in first..last {
            let left = MARGIN + names_width + (index - first) as f64 * (width + GAP);
            let frame = Frame { left, top, right: left + width, bottom: top + HEIGHT };
            page.canvas.part = Part::panel(index);
            panel(&mut page, chart, index, frame);
            page.canvas.part = Part::ALL;
        }
        page.y = matrix + ROW * names.len() as f64 + 16.0;
    }
    page.paragraph(&chart.unit, Type::new(10.5).soft(), 15.0);
    page.notes.further.push("Each panel has its own scale.".to_string());
    page.close(&chart.words, "Not drawn: no value", "Mark without a line: no interval")
}

/// Draws the names of a strip of panels; gives back where the panels begin.
fn headings(
    page: &mut Page,
    chart: &Curves,
    panels: std::ops::Range<usize>,
    left: impl Fn(f64) -> f64,
    width: f64,
) -> f64 {
    let start = panels.start;
    let wrapped: Vec<Vec<String>> =
        chart.panels[panels].iter().map(|label| page.canvas.wrap_to(&label.name, HEAD, width, 2)).collect();
    let lines = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    let bottom = page.y + lines as f64 * LEADING;
    for (column, lines) in wrapped.iter().enumerate() {
        page.canvas.part = Part::panel(start + column);
        page.canvas.is_shortened |= lines.last().is_some_and(|line| line.ends_with('…'));
        for (i, line) in lines.iter().rev().enumerate() {
            page.canvas.text(left(column as f64), bottom - (i as f64 + 0.5) * LEADING, line, HEAD);
        }
    }
    page.canvas.part = Part::ALL;
    bottom + 5.0
}

/// One curve and its rows of choices.
fn panel(page: &mut Page, chart: &Curves, index: usize, frame: Frame) {
    let cells = chart.cells.get(index).map_or(&[][..], Vec::as_slice);
    let mut sorted: Vec<(f64, Estimate, &Specification)> = Vec::new();
    for cell in cells {
        let estimate = finite(&cell.estimate);
        match estimate.value {
            Some(value) => sorted.push((value, estimate, cell)),
            None => page.notes.absent(&estimate.why),
        }
    }
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let matrix = frame.bottom + SEAM;
    for row in (0..chart.choices.len()).step_by(2) {
        let top = matrix + row as f64 * ROW;
        page.canvas.fill(Frame { top, bottom: top + ROW, ..frame }, BAND);
    }
    let (Some(first), Some(last)) = (sorted.first(), sorted.last()) else {
        let why = page.canvas.say("no value");
        page.canvas.text(frame.left, frame.top + HEIGHT / 2.0, &why, Type::new(10.5).soft());
        return;
    };
    let (least, most) = (first.0 - REACH, last.0 + REACH);
    let low = sorted.iter().filter_map(|cell| cell.1.low).fold(first.0, f64::min).max(least).min(0.0);
    let high = sorted.iter().filter_map(|cell| cell.1.high).fold(last.0, f64::max).min(most).max(0.0);
    let axis = Axis::new(low, high, true, |words| words.len() <= 5);
    let y = |value: f64| frame.bottom - axis.share(value).clamp(0.0, 1.0) * HEIGHT;
    let margin = axis.ticks.iter().map(|(_, word)| page.canvas.width_of(word, TICK)).fold(0.0, f64::max) + 5.0;
    for (value, word) in &axis.ticks {
        page.canvas.text(frame.left + margin - 5.0, y(*value), word, TICK.right());
        let is_zero = value.abs() < 1e-12;
        let pencil = Pencil::new(if is_zero { RULE } else { GRID }, if is_zero { 1.0 } else { 0.8 });
        page.canvas.line(vec![(frame.left + margin, y(*value)), (frame.right, y(*value))], pencil);
    }
    let slot = (frame.right - frame.left - margin) / sorted.len() as f64;
    let bottom = matrix + chart.choices.len() as f64 * ROW;
    for (column, (value, estimate, cell)) in sorted.iter().enumerate() {
        let x = frame.left + margin + (column as f64 + 0.5) * slot;
        if cell.is_study {
            page.canvas.line(vec![(x, frame.top), (x, bottom)], Pencil::new(VERMILLION, 1.4));
        }
        match (estimate.low, estimate.high) {
            (None, None) => page.notes.bare(&estimate.why),
            (low, high) => {
                page.notes.one_sided += usize::from(low.is_none() || high.is_none());
                let ends = [(x, y(low.unwrap_or(*value))), (x, y(high.unwrap_or(*value)))];
                let is_cut = low.is_some_and(|low| low < axis.low) || high.is_some_and(|high| high > axis.high);
                let line = "Intervals that reach far out are cut at the panel's edge.".to_string();
                if is_cut && !page.notes.further.contains(&line) {
                    page.notes.further.push(line);
                }
                page.canvas.lines(vec![ends], Pencil::new(SOFT, 0.9));
            }
        }
        page.canvas.mark((x, y(*value)), Shape::Circle, (slot * 0.42).clamp(1.3, 2.6), BLUE, cell.is_sure);
        let (y, says) = (y(*value), said(chart, index, cell, estimate));
        page.canvas.points.push(Point { panel: index, row: 0, column, x, y, says });
        for (row, _) in cell.made.iter().enumerate().filter(|(_, made)| **made) {
            let at = (x, matrix + (row as f64 + 0.5) * ROW);
            page.canvas.mark(at, Shape::Square, (slot * 0.42).clamp(1.2, 2.8), SOFT, true);
        }
    }
}

/// The frame, the choices that are made, and the estimate.
fn said(chart: &Curves, panel: usize, cell: &Specification, estimate: &Estimate) -> String {
    let made = chart.choices.iter().zip(&cell.made).filter(|(_, made)| **made).map(|(choice, _)| choice.as_str());
    let names: Vec<&str> = [chart.panels[panel].name.as_str()].into_iter().chain(made).collect();
    format!("{}: {}", names.join(", "), estimate.in_words())
}
