//! Frames over time: one panel for each frame, one line for each outlet, and the articles behind every point.
//!
//! Invariants: a line joins neighbouring periods only, so a gap stays a gap; intervals are always drawn, as bars where they
//! fit side by side and as bands where not; a point of few articles is hollow.
//!
//! Where it is given a moving rate, its line and band are drawn, and single periods are small marks behind them.
//!
//! It deliberately does not smooth by itself, and draws no more than [`MOST_LINES`] lines: the rest is named in a note.

use super::axis::count;
use super::canvas::{Frame, Part, Pencil, Type};
use super::notes::reason;
use super::page::{MARGIN, Page};
use super::palette::{STROKES, Shape, Stroke, WHITE};
use super::period::Calendar;
use super::rows::finite;
use super::timeline_axes::{self, Panel, Ruler};
use super::timeline_counts;
use super::timeline_grid;
use super::timeline_moving;
use super::{ChartError, Drawing, Estimate, FEW, Label, Point, Scale, Words};
use std::ops::Range;

/// Lines that can still be told apart.
pub const MOST_LINES: usize = 6;

/// Lines that are drawn in one panel.
const MOST_TOGETHER: usize = 3;

/// Panels beside each other.
const MOST_COLUMNS: usize = 3;

/// Room for the interval of a point beside those of other lines, in pixels.
const BAR: f64 = 3.2;

/// Room for the numbers of an axis.
const AXIS: f64 = 40.0;

const HEIGHT: f64 = 132.0;
const GAP: f64 = 20.0;

/// Frame × outlet × period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// Title, subtitle, notes.
    pub words: Words,
    /// The unit of the values.
    pub unit: String,
    /// Rising, in ISO form (2022, 2022-01 or 2022-01-05); periods without articles may be left out.
    pub periods: Vec<String>,
    /// The days that name periods stand for their weeks.
    pub are_weeks: bool,
    /// One line each; the first [`MOST_LINES`] are drawn.
    pub outlets: Vec<Label>,
    /// Articles by outlet, then period; `None` where it is not known.
    pub articles: Vec<Vec<Option<u64>>>,
    /// One panel each.
    pub frames: Vec<Label>,
    /// By frame, then outlet, then period.
    pub cells: Vec<Vec<Vec<Estimate>>>,
    /// What the lines are instead of the cells, where it is told.
    pub moving: Option<Moving>,
    /// Whether frames can be compared by height.
    pub scale: Scale,
}

/// Rates of windows of several periods, each centred on one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moving {
    /// Periods of a window.
    pub window: u32,
    /// By frame, then outlet, then period.
    pub cells: Vec<Vec<Vec<Estimate>>>,
}

/// Draws the chart.
///
/// # Errors
/// Only by a fault of this program.
pub fn timeline(chart: &Timeline) -> Result<Drawing, ChartError> {
    let mut page = Page::open(&chart.words)?;
    if chart.frames.is_empty() || chart.outlets.is_empty() || chart.periods.is_empty() {
        page.paragraph("Nothing to draw: no groups or no periods.", Type::new(12.0), 18.0);
        return page.close(&chart.words, "", "");
    }
    let calendar = Calendar::new(&chart.periods, chart.are_weeks);
    let series = chart.outlets.len().min(MOST_LINES);
    if series < chart.outlets.len() {
        let rest: Vec<&str> = chart.outlets[series..].iter().map(|label| label.name.as_str()).collect();
        page.notes.further.push(format!("Not drawn ({} outlets): {}.", rest.len(), rest.join(", ")));
    }
    timeline_counts::table(&mut page, chart, &calendar, series);
    let cells = first_finite(chart.moving.as_ref().map_or(&chart.cells, |moving| &moving.cells), series);
    let together = columns(chart, &calendar, page.canvas.room, series);
    match together {
        None => timeline_grid::panels(&mut page, chart, &calendar, &cells, series),
        Some(columns) => panels(&mut page, chart, &calendar, &cells, (series, columns)),
    }
    explain(&mut page, chart, if together.is_none() { "frame" } else { "panel" });
    match chart.moving {
        Some(_) => page.close(&chart.words, "No line: no value", "Line without a band: no interval"),
        None => page.close(&chart.words, "No mark: no value", "Point without a line: no interval"),
    }
}

/// Panels beside each other where all lines of a frame lie in one panel; none where each line has a panel of its own, because the bands
/// would lie over each other: of moving rates, and where there is no room for a bar beside a bar.
fn columns(chart: &Timeline, calendar: &Calendar, room: f64, series: usize) -> Option<usize> {
    let bars = calendar.slots() * (series + 1);
    let fits = |columns: &usize| (room + GAP) / *columns as f64 - GAP - AXIS >= BAR * bars as f64;
    let fitting = (1..=MOST_COLUMNS).rev().find(fits);
    match series {
        1 => Some(fitting.unwrap_or(1)),
        2..=MOST_TOGETHER if chart.moving.is_none() => fitting,
        _ => None,
    }
}

/// A panel for each frame, with the lines of all outlets.
fn panels(
    page: &mut Page,
    chart: &Timeline,
    calendar: &Calendar,
    cells: &[Vec<Vec<Estimate>>],
    (series, most): (usize, usize),
) {
    let strips = chart.frames.len().div_ceil(most);
    let columns = chart.frames.len().div_ceil(strips);
    let width = (page.canvas.room + GAP) / columns as f64 - GAP;
    let shared = timeline_axes::vertical(cells.iter(), &page.canvas, HEIGHT);
    for first in (0..chart.frames.len()).step_by(columns) {
        let top = page.y + timeline_axes::headings(page, chart, first, columns, width) + 4.0;
        for index in first..(first + columns).min(chart.frames.len()) {
            let own = match chart.scale {
                Scale::Shared => shared.clone(),
                Scale::PerPanel => timeline_axes::vertical(cells.get(index).into_iter(), &page.canvas, HEIGHT),
            };
            let left = MARGIN + (index - first) as f64 * (width + GAP);
            let frame = Frame { left: left + own.margin, top, right: left + width, bottom: top + HEIGHT };
            let panel = Panel { index, ruler: Ruler::new(calendar, frame), frame, axis: own.axis };
            page.canvas.part = Part::panel(index);
            timeline_axes::draw(&mut page.canvas, calendar, &panel);
            lines(page, chart, cells.get(index).map_or(&[], Vec::as_slice), calendar, &panel, 0..series);
        }
        page.canvas.part = Part::ALL;
        page.y = top + HEIGHT + 28.0;
    }
}

/// The first lines of each frame, without numbers that no axis could hold.
pub(super) fn first_finite(cells: &[Vec<Vec<Estimate>>], series: usize) -> Vec<Vec<Vec<Estimate>>> {
    let of_frame =
        |frame: &Vec<Vec<Estimate>>| frame.iter().take(series).map(|line| line.iter().map(finite).collect()).collect();
    cells.iter().map(of_frame).collect()
}

fn explain(page: &mut Page, chart: &Timeline, scaled: &str) {
    timeline_moving::explain(page, chart);
    if page.notes.beyond > 0 {
        page.notes.beyond = 0;
        page.notes.further.push("An interval that ends at the upper edge continues beyond it.".to_string());
    }
    if page.notes.has_few {
        page.notes.has_few = false;
        page.notes.further.push(format!("Hollow: fewer than {FEW} articles."));
    }
    if chart.scale == Scale::PerPanel && chart.frames.len() > 1 {
        page.notes.further.push(format!("Each {scaled} has its own scale."));
    }
}

/// A point of a line, in pixels.
#[derive(Clone, Copy)]
struct Spot {
    place: i64,
    x: f64,
    y: f64,
    low: Option<f64>,
    high: Option<f64>,
    is_few: bool,
}

/// The lines of some outlets in one panel.
pub(super) fn lines(
    page: &mut Page,
    chart: &Timeline,
    cells: &[Vec<Estimate>],
    calendar: &Calendar,
    panel: &Panel,
    shown: Range<usize>,
) {
    if chart.moving.is_some() {
        timeline_moving::single(page, chart, calendar, panel, shown.clone());
    }
    let series = shown.len();
    let step = panel.ruler.slot / (series as f64 + 1.0);
    let is_wide = step >= BAR || series == 1 && panel.ruler.slot >= BAR;
    let has_bars = is_wide && chart.moving.is_none();
    let runs: Vec<(usize, Vec<Vec<Spot>>)> = shown
        .clone()
        .map(|line| {
            let dodge = if has_bars {
                ((line - shown.start) as f64 - (series as f64 - 1.0) / 2.0) * step.min(7.0)
            } else {
                0.0
            };
            let empty = Vec::new();
            let estimates = cells.get(line).unwrap_or(&empty);
            (line, runs(spots(page, chart, estimates, calendar, panel, line, dodge)))
        })
        .collect();
    if runs.iter().all(|(_, runs)| runs.is_empty()) {
        let why = cells[shown.start.min(cells.len())..shown.end.min(cells.len())]
            .iter()
            .flatten()
            .map(|cell| cell.why.as_str())
            .find(|why| !why.is_empty())
            .unwrap_or("no value");
        let (x, y) = ((panel.frame.left + panel.frame.right) / 2.0, (panel.frame.top + panel.frame.bottom) / 2.0);
        let look = Type::new(10.5).soft().middle();
        let said = page.canvas.say(why);
        let cut = page.canvas.cut(&said, look, panel.frame.right - panel.frame.left - 10.0);
        let half = page.canvas.width_of(&cut, look) / 2.0 + 3.0;
        // no line of the grid runs through the words
        page.canvas.fill(Frame { left: x - half, top: y - 7.0, right: x + half, bottom: y + 7.0 }, WHITE);
        page.canvas.text_as(x, y, &cut, &said, look);
    }
    for &(line, ref runs) in &runs {
        page.canvas.part = Part::panel(panel.index).and_row(line);
        for run in runs {
            let alone = chart.moving.is_some().then_some(panel.ruler.slot / 3.0);
            intervals(page, run, STROKES[line], has_bars, alone);
        }
    }
    for &(line, ref runs) in &runs {
        let stroke = STROKES[line];
        page.canvas.part = Part::panel(panel.index).and_row(line);
        for run in runs.iter().filter(|run| run.len() > 1) {
            let pencil = Pencil { rgb: stroke.rgb, width: 1.6, dash: stroke.dash };
            page.canvas.line(run.iter().map(|spot| (spot.x, spot.y)).collect(), pencil);
        }
    }
    for &(line, ref runs) in &runs {
        page.canvas.part = Part::panel(panel.index).and_row(line);
        marks(page, runs, STROKES[line], panel.ruler.slot, line);
    }
}

/// The values of a line as points; absent ones are counted in the notes.
fn spots(
    page: &mut Page,
    chart: &Timeline,
    estimates: &[Estimate],
    calendar: &Calendar,
    panel: &Panel,
    line: usize,
    dodge: f64,
) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (column, &place) in calendar.places.iter().enumerate() {
        let articles = timeline_moving::articles(chart, calendar, line, column);
        let missing = Estimate::missing(if articles == Some(0) { "no articles" } else { "not computed" });
        let estimate = estimates.get(column).unwrap_or(&missing);
        let Some(value) = estimate.value else {
            page.notes.absent(reason(&estimate.why, "no value"));
            continue;
        };
        if estimate.low.is_none() && estimate.high.is_none() {
            page.notes.bare(&estimate.why);
        } else if chart.moving.is_none() && (estimate.low.is_none() || estimate.high.is_none()) {
            page.notes.one_sided += 1;
        }
        let x = panel.ruler.x(place) + dodge;
        let inside = |v: f64| panel.y(v).clamp(panel.frame.top, panel.frame.bottom);
        let is_few = articles.is_some_and(|n| n < FEW);
        page.notes.has_few |= is_few;
        page.notes.beyond += usize::from(estimate.high.is_some_and(|high| panel.y(high) < panel.frame.top - 0.01));
        let y = panel.y(value);
        let names = [&chart.outlets[line].name, &chart.frames[panel.index].name, &chart.periods[column]];
        let behind = articles.map_or(String::new(), |n| format!(" (n = {})", count(n)));
        let says = format!("{}{behind}: {}", names.map(String::as_str).join(", "), estimate.in_words());
        page.canvas.points.push(Point { panel: panel.index, row: line, column, x, y, says });
        spots.push(Spot { place, x, y, low: estimate.low.map(inside), high: estimate.high.map(inside), is_few });
    }
    spots
}

/// Stretches of neighbouring periods.
fn runs(spots: Vec<Spot>) -> Vec<Vec<Spot>> {
    let mut runs: Vec<Vec<Spot>> = Vec::new();
    for spot in spots {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| last.place + 1 == spot.place) => run.push(spot),
            _ => runs.push(vec![spot]),
        }
    }
    runs
}

/// Bars at each point, or a band along the stretch. A stretch of one point gets a bar or, where it is told how far it reaches to both
/// sides, a band too: of lines that move, a bar would stand out most where least is known.
fn intervals(page: &mut Page, run: &[Spot], stroke: Stroke, has_bars: bool, alone: Option<f64>) {
    let has_interval = |spot: &Spot| spot.low.is_some() || spot.high.is_some();
    let ends = |spot: &Spot| (spot.low.unwrap_or(spot.y), spot.high.unwrap_or(spot.y));
    for band in run.split(|spot| !has_interval(spot)).filter(|band| !band.is_empty()) {
        if let (Some(reach), [spot]) = (alone, band) {
            let (low, high) = ends(spot);
            let frame = [(-1.0, low), (1.0, low), (1.0, high), (-1.0, high)];
            let corners = frame.map(|(side, y)| (spot.x + side * reach, y));
            page.canvas.area(corners.to_vec(), stroke.rgb, 0.13);
        } else if has_bars || band.len() == 1 {
            let bars = band.iter().map(|spot| [(spot.x, ends(spot).0), (spot.x, ends(spot).1)]).collect();
            page.canvas.lines(bars, Pencil::new(stroke.rgb, 1.0));
        } else {
            let lower = band.iter().map(|spot| (spot.x, ends(spot).0));
            let upper = band.iter().rev().map(|spot| (spot.x, ends(spot).1));
            page.canvas.area(lower.chain(upper).collect(), stroke.rgb, 0.13);
        }
    }
}

/// A marker at each point or, where they would touch, at some, in turn with the other lines.
fn marks(page: &mut Page, runs: &[Vec<Spot>], stroke: Stroke, slot: f64, line: usize) {
    let every = (9.0 / slot).ceil().max(1.0) as i64;
    for run in runs {
        for spot in run {
            let is_turn = (spot.place + line as i64).rem_euclid(every) == 0;
            if is_turn || run.len() == 1 || spot.is_few && slot >= 6.0 {
                let radius = if stroke.shape == Shape::Circle { 2.7 } else { 2.5 };
                page.canvas.mark((spot.x, spot.y), stroke.shape, radius, stroke.rgb, !spot.is_few);
            }
        }
    }
}
