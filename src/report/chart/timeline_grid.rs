//! Frames over time where there are many outlets: a small panel for each frame and outlet, so that no band lies over another.
//!
//! Invariants: the panels of a frame have one scale, so that its outlets can be compared; all panels have the same places for the same
//! periods.
//!
//! It deliberately draws no line itself: `timeline` does.

use super::Estimate;
use super::canvas::{Frame, Part, Type};
use super::grid::titled;
use super::page::{MARGIN, Page};
use super::period::Calendar;
use super::timeline::{Timeline, lines};
use super::timeline_axes::{self, Panel, Ruler};

const HEIGHT: f64 = 52.0;
const GAP: f64 = 10.0;
/// A panel is at least this wide, and each of its periods.
const LEAST: f64 = 104.0;
const PERIOD: f64 = 2.4;
const HEAD: Type = Type::new(11.5).bold();
const NAME: Type = Type::new(10.0);
const UNIT: Type = Type::new(10.0).soft();

/// Draws the panels, frame by frame.
pub(super) fn panels(
    page: &mut Page,
    chart: &Timeline,
    calendar: &Calendar,
    cells: &[Vec<Vec<Estimate>>],
    series: usize,
) {
    let unit = page.canvas.say(&chart.unit);
    page.canvas.text_within(MARGIN, page.y + 6.5, &unit, UNIT, page.canvas.room);
    page.y += 18.0;
    let none = Vec::new();
    for (index, label) in chart.frames.iter().enumerate() {
        let own = timeline_axes::vertical(cells.get(index).into_iter(), &page.canvas, HEIGHT);
        let room = page.canvas.room - own.margin;
        let least = LEAST.max(PERIOD * calendar.slots() as f64);
        let fitting = ((room + GAP) / (least + GAP)) as usize;
        let columns = series.div_ceil(series.div_ceil(fitting.max(1)));
        let width = (room + GAP) / columns as f64 - GAP;
        let (x, y, room) = (MARGIN, page.y + 7.0, page.canvas.room);
        page.canvas.part = Part::panel(index);
        page.canvas.text_within(x, y, &titled(label), HEAD, room);
        page.y += 18.0;
        for first in (0..series).step_by(columns) {
            let top = page.y + 14.0;
            for line in first..(first + columns).min(series) {
                let left = MARGIN + own.margin + (line - first) as f64 * (width + GAP);
                page.canvas.part = Part::panel(index).and_row(line);
                page.canvas.text_within(left, page.y + 6.0, &chart.outlets[line].name, NAME, width);
                let frame = Frame { left, top, right: left + width, bottom: top + HEIGHT };
                let mut axis = own.axis.clone();
                if line > first {
                    // the numbers stand once in a row
                    axis.ticks.iter_mut().for_each(|(_, word)| word.clear());
                }
                let panel = Panel { index, ruler: Ruler::new(calendar, frame), frame, axis };
                timeline_axes::draw(&mut page.canvas, calendar, &panel);
                lines(page, chart, cells.get(index).unwrap_or(&none), calendar, &panel, line..line + 1);
            }
            page.y = top + HEIGHT + 22.0;
        }
        page.canvas.part = Part::ALL;
        page.y += 2.0;
    }
}
