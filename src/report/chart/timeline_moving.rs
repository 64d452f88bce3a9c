//! What a time chart needs more where its lines are moving rates: single periods behind the lines, and the articles of a window.
//!
//! Invariant: a single period stands at its rate or, where that is above the axis of the lines, is counted in a note.
//!
//! It deliberately leaves the intervals of single periods to the table.

use super::canvas::Part;
use super::page::Page;
use super::palette::{Rgb, STROKES, Shape};
use super::period::Calendar;
use super::rows::finite;
use super::timeline::Timeline;
use super::timeline_axes::Panel;
use std::ops::Range;

/// Least width of a period, for each line, at which marks of single periods can be told apart.
const ROOM: f64 = 1.8;

/// A pale mark for each single period, where there is room for them.
pub(super) fn single(page: &mut Page, chart: &Timeline, calendar: &Calendar, panel: &Panel, shown: Range<usize>) {
    if panel.ruler.slot < ROOM * shown.len() as f64 {
        return;
    }
    let lines = chart.cells.get(panel.index).map_or(&[][..], Vec::as_slice);
    for (number, (line, stroke)) in lines.iter().zip(STROKES).enumerate().take(shown.end).skip(shown.start) {
        page.canvas.part = Part::panel(panel.index).and_row(number);
        for (estimate, &place) in line.iter().zip(&calendar.places) {
            let Some(value) = finite(estimate).value else { continue };
            let y = panel.y(value);
            if y < panel.frame.top - 0.01 {
                page.notes.above += 1;
            } else {
                page.canvas.mark((panel.ruler.x(place), y), Shape::Circle, 1.5, pale(stroke.rgb), true);
            }
        }
    }
    page.notes.has_single = true;
}

/// What these marks are.
pub(super) fn explain(page: &mut Page, chart: &Timeline) {
    if chart.moving.is_none() {
        return;
    }
    let mut said = match page.notes.has_single {
        true => "Pale marks: single periods".to_string(),
        false => "Single periods are in the table".to_string(),
    };
    if page.notes.above > 0 {
        said.push_str(&format!("; {} of them above the scale of their panel", page.notes.above));
    }
    page.notes.further.push(format!("{said}."));
}

/// The articles behind a value: of its period or, of a moving rate, of its window.
pub(super) fn articles(chart: &Timeline, calendar: &Calendar, line: usize, column: usize) -> Option<u64> {
    let counts = chart.articles.get(line)?;
    let own = *counts.get(column)?;
    let Some(moving) = &chart.moving else { return own };
    let (half, at) = (i64::from(moving.window / 2), calendar.places[column]);
    let near = calendar.places.iter().zip(counts).filter(|(place, _)| (**place - at).abs() <= half);
    own.map(|_| near.filter_map(|(_, articles)| *articles).sum())
}

/// Half way to white.
fn pale((r, g, b): Rgb) -> Rgb {
    let half = |part: u8| 255 - (255 - part) / 2;
    (half(r), half(g), half(b))
}
