//! Headings, scales and tick labels of the panels of a time chart.
//!
//! Invariant: all panels of a chart have the same places for the same periods.
//!
//! It deliberately does not draw data.

use super::Estimate;
use super::axis::Axis;
use super::canvas::{Canvas, Frame, Pencil, Type};
use super::grid::titled;
use super::page::{MARGIN, Page};
use super::palette::{GRID, RULE};
use super::period::Calendar;
use super::timeline::Timeline;

const TICK: Type = Type::new(10.0).soft();
const HEAD: Type = Type::new(11.5).bold();
const UNIT: Type = Type::new(10.0).soft();
const LEADING: f64 = 14.5;

/// From places on the calendar to pixels.
pub(super) struct Ruler {
    first: i64,
    left: f64,
    /// Width of a period.
    pub(super) slot: f64,
}

impl Ruler {
    pub(super) fn new(calendar: &Calendar, frame: Frame) -> Ruler {
        let slot = (frame.right - frame.left) / calendar.slots() as f64;
        Ruler { first: calendar.first(), left: frame.left, slot }
    }

    /// The middle of a period.
    pub(super) fn x(&self, place: i64) -> f64 {
        self.left + ((place - self.first) as f64 + 0.5) * self.slot
    }
}

/// A panel with its scales.
pub(super) struct Panel {
    pub(super) index: usize,
    pub(super) frame: Frame,
    pub(super) ruler: Ruler,
    pub(super) axis: Axis,
}

impl Panel {
    pub(super) fn y(&self, value: f64) -> f64 {
        self.frame.bottom - self.axis.share(value) * (self.frame.bottom - self.frame.top)
    }
}

/// A vertical axis and the width of its labels.
#[derive(Clone)]
pub(super) struct Vertical {
    pub(super) axis: Axis,
    pub(super) margin: f64,
}

/// An axis that holds every value, zero, and the intervals up to one and a half times what half of them need: wide bands must not press
/// the lines to the ground.
pub(super) fn vertical<'c>(
    cells: impl Iterator<Item = &'c Vec<Vec<Estimate>>>,
    canvas: &Canvas,
    height: f64,
) -> Vertical {
    let (mut low, mut high, mut is_empty, mut ends) = (0.0_f64, 0.0_f64, true, Vec::new());
    for estimate in cells.flatten().flatten() {
        let Some(value) = estimate.value else {
            continue;
        };
        is_empty = false;
        (low, high) = (low.min(value), high.max(value));
        ends.extend(estimate.high);
        low = low.min(estimate.low.unwrap_or(0.0));
    }
    ends.sort_by(f64::total_cmp);
    let usual = ends.get(ends.len() / 2).copied().unwrap_or(0.0);
    let most = ends.last().copied().unwrap_or(0.0);
    high = high.max(most.min(1.5 * usual));
    let mut axis = Axis::new(low, high, low < 0.0, |words| words.len() as f64 * 22.0 <= height);
    if is_empty {
        // Numbers along an axis without values would be made up.
        axis.ticks.clear();
    }
    let labels = axis.ticks.iter().map(|(_, word)| canvas.width_of(word, TICK));
    let margin = labels.fold(0.0, f64::max) + 7.0;
    Vertical { axis, margin }
}

/// Draws the headings of a strip of panels, with the unit under the first; returns their height.
pub(super) fn headings(page: &mut Page, chart: &Timeline, first: usize, columns: usize, width: f64) -> f64 {
    let last = (first + columns).min(chart.frames.len());
    let mut height = 0.0_f64;
    for (column, label) in chart.frames[first..last].iter().enumerate() {
        let x = MARGIN + column as f64 * (width + 20.0);
        let lines = page.canvas.wrap_to(&titled(label), HEAD, width, 2);
        page.canvas.is_shortened |= lines.last().is_some_and(|line| line.ends_with('…'));
        for (i, line) in lines.iter().enumerate() {
            page.canvas.text(x, page.y + (i as f64 + 0.5) * LEADING, line, HEAD);
        }
        height = height.max(lines.len() as f64 * LEADING);
    }
    // Said once in a strip.
    let unit = page.canvas.say(&chart.unit);
    page.canvas.text_within(MARGIN, page.y + height + 6.5, &unit, UNIT, width);
    height + 18.0
}

/// Grid, tick labels and the line at zero.
pub(super) fn draw(canvas: &mut Canvas, calendar: &Calendar, panel: &Panel) {
    let Frame { left, right, bottom, .. } = panel.frame;
    let level = |y: f64| [(left, y), (right, y)];
    let ticks = &panel.axis.ticks;
    canvas.lines(ticks.iter().map(|(v, _)| level(panel.y(*v))).collect(), Pencil::new(GRID, 0.8));
    for (value, word) in ticks {
        canvas.text(left - 5.0, panel.y(*value), word, TICK.right());
    }
    canvas.lines(vec![level(panel.y(0.0))], Pencil::new(RULE, 0.9));
    let mut marks = Vec::new();
    for (x, half, word) in places(canvas, calendar, &panel.ruler, left, right) {
        marks.push([(panel.ruler.x(word.0), bottom), (panel.ruler.x(word.0), bottom + 3.5)]);
        canvas.text(x.max(left + half), bottom + 11.0, &word.1, TICK.middle());
    }
    canvas.lines(marks, Pencil::new(RULE, 0.9));
}

/// Tick labels that stand side by side: centre, half width, place and name.
pub(super) fn places(
    canvas: &Canvas,
    calendar: &Calendar,
    ruler: &Ruler,
    left: f64,
    right: f64,
) -> Vec<(f64, f64, (i64, String))> {
    let most = calendar.slots().min(((right - left) / 30.0) as usize).max(1);
    let mut spots = Vec::new();
    for most in (1..=most).rev() {
        spots = calendar
            .ticks(most)
            .into_iter()
            .map(|(place, name)| {
                let name = canvas.cut(&name, TICK, right - left);
                let half = canvas.width_of(&name, TICK) / 2.0;
                (ruler.x(place).min(right - half).max(left + half), half, (place, name))
            })
            .collect::<Vec<_>>();
        if spots.windows(2).all(|pair| pair[0].0 + pair[0].1 + 8.0 <= pair[1].0 - pair[1].1) {
            break;
        }
    }
    spots
}
