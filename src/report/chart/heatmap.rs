//! Rates of outlets × frames as shaded cells with the numbers in them.
//!
//! Invariants: darker is more, in one hue whose lightness falls evenly; a cell without a value is crossed out, never
//! shaded; intervals are written where the cells are wide enough for all of them, and a note says so where they are not.
//!
//! It deliberately does not cluster or sort rows and columns, and takes rates only: what is below zero has no shade.

use super::axis::Numbers;
use super::canvas::{Canvas, Frame, Part, Pencil, Type};
use super::grid::{names, titled};
use super::notes::reason;
use super::page::{MARGIN, Page};
use super::palette::{self, GRID, RULE, SOFT, WHITE};
use super::rows::finite;
use super::{ChartError, Drawing, Estimate, Label, Point, Words};

const NUMBER: Type = Type::new(11.0).middle();
const RANGE: Type = Type::new(9.5).middle();
const ROW: Type = Type::new(11.0);
const HEAD: Type = Type::new(11.0).bold();
const NARROWEST: f64 = 37.0;
const WIDEST: f64 = 120.0;
const LEADING: f64 = 13.0;
const TURNED_LENGTH: f64 = 150.0;

/// What the darkest shade stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shade {
    /// The largest value of the chart: frames can be compared.
    #[default]
    Overall,
    /// The largest value of each frame: outlets can be compared within a frame.
    PerFrame,
}

/// Outlets × frames.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heatmap {
    /// Title, subtitle, notes.
    pub words: Words,
    /// The unit of the values.
    pub unit: String,
    /// One column each.
    pub frames: Vec<Label>,
    /// One row each, from the top.
    pub outlets: Vec<Label>,
    /// By frame, then outlet; what is not there is drawn as not computed.
    pub cells: Vec<Vec<Estimate>>,
    /// What the darkest shade stands for.
    pub shade: Shade,
}

struct Table<'a> {
    chart: &'a Heatmap,
    cells: Vec<Vec<Estimate>>,
    names: Vec<String>,
    numbers: Numbers,
    largest: f64,
    left: f64,
    width: f64,
    height: f64,
    has_ranges: bool,
    has_intervals: bool,
}

/// Draws the chart.
///
/// # Errors
/// Only by a fault of this program.
pub fn heatmap(chart: &Heatmap) -> Result<Drawing, ChartError> {
    let mut page = Page::open(&chart.words)?;
    if chart.frames.is_empty() || chart.outlets.is_empty() {
        page.paragraph("Nothing to draw: no groups.", Type::new(12.0), 18.0);
        return page.close(&chart.words, "", "");
    }
    let (table, columns) = measure(chart, &page.canvas);
    for first in (0..chart.frames.len()).step_by(columns) {
        let last = (first + columns).min(chart.frames.len());
        table.headings(&mut page, first..last);
        table.block(&mut page, first..last);
        page.y += 16.0;
    }
    if table.cells.iter().flatten().any(|cell| cell.value.is_some()) {
        table.key(&mut page);
    }
    if table.has_ranges {
        let bounds = match table.cells.iter().flatten().any(|cell| cell.low.is_some() != cell.high.is_some()) {
            true => " (≤ or ≥: only a bound)",
            false => "",
        };
        page.notes.further.push(format!("Small numbers below a rate: its 95 % interval{bounds}."));
    } else if table.has_intervals {
        page.notes.further.push("There is no room for the intervals here.".to_string());
    }
    page.close(&chart.words, "Cell without shade: no value", "Number without an interval")
}

fn measure<'a>(chart: &'a Heatmap, canvas: &Canvas) -> (Table<'a>, usize) {
    let cells: Vec<Vec<Estimate>> = chart.cells.iter().map(|frame| frame.iter().map(finite).collect()).collect();
    let largest = cells.iter().flatten().filter_map(|cell| cell.value).fold(0.0, |a: f64, b| a.max(b.abs()));
    let numbers = Numbers::up_to(largest);
    let names = names(canvas, &chart.outlets, canvas.room_of_names(235.0));
    let name_width = names.iter().map(|name| canvas.width_of(name, ROW)).fold(0.0, f64::max) + 10.0;
    let room = canvas.room - name_width;
    let widest =
        cells.iter().flatten().filter_map(|c| c.value).map(|v| canvas.width_of(&numbers.write(v), NUMBER) + 5.0);
    let least = widest.fold(NARROWEST, f64::max);
    let blocks = chart.frames.len().div_ceil(((room / least) as usize).max(1));
    let columns = chart.frames.len().div_ceil(blocks);
    let width = (room / columns as f64).min(WIDEST);
    let has_ranges = cells.iter().flatten().all(|cell| canvas.width_of(&range(cell, numbers), RANGE) + 4.0 <= width)
        && cells.iter().flatten().any(|cell| !range(cell, numbers).is_empty());
    // a reason that takes two lines makes all rows higher
    let is_long = |cell: &Estimate| range(cell, numbers).is_empty() && reasons(canvas, cell, width).len() > 1;
    let height = match has_ranges {
        true if cells.iter().flatten().filter(|cell| cell.value.is_some()).any(is_long) => 41.0,
        true => 31.0,
        false => 21.0,
    };
    let has_intervals = cells.iter().flatten().any(|cell| cell.low.is_some() || cell.high.is_some());
    let left = MARGIN + name_width;
    (Table { chart, cells, names, numbers, largest, left, width, height, has_ranges, has_intervals }, columns)
}

/// Why there is no interval, in one line or two; none where they are too wide.
fn reasons(canvas: &Canvas, cell: &Estimate, width: f64) -> Vec<String> {
    let lines = canvas.wrap(&canvas.say(reason(&cell.why, "no interval")), RANGE, width - 3.0);
    let do_fit = lines.len() <= 2 && lines.iter().all(|line| canvas.width_of(line, RANGE) + 3.0 <= width);
    if do_fit { lines } else { Vec::new() }
}

/// `0.8–1.2`, or `≤1.2` where only one end exists; empty where none does.
fn range(cell: &Estimate, numbers: Numbers) -> String {
    match (cell.value.and(cell.low), cell.value.and(cell.high)) {
        (Some(low), Some(high)) => format!("{}\u{2013}{}", numbers.round(low), numbers.round(high)),
        (None, Some(high)) => format!("\u{2264}{}", numbers.round(high)),
        (Some(low), None) => format!("\u{2265}{}", numbers.round(low)),
        (None, None) => String::new(),
    }
}

impl Table<'_> {
    /// Frame names: level where whole words fit in three lines, else turned, in two.
    fn headings(&self, page: &mut Page, frames: std::ops::Range<usize>) {
        let room = self.width - 6.0;
        let first = frames.start;
        let titles: Vec<String> = self.chart.frames[frames].iter().map(titled).collect();
        let is_level = titles.iter().all(|title| {
            let words_fit = title.split_whitespace().all(|word| page.canvas.width_of(word, HEAD) <= room);
            words_fit && page.canvas.wrap(title, HEAD, room).len() <= 3
        });
        let length = if is_level { room } else { TURNED_LENGTH };
        let most = if is_level { 3 } else { 2 };
        let wrapped: Vec<Vec<String>> =
            titles.iter().map(|title| page.canvas.wrap_to(title, HEAD, length, most)).collect();
        let height = if is_level {
            wrapped.iter().map(Vec::len).max().unwrap_or(0) as f64 * LEADING
        } else {
            wrapped.iter().flatten().map(|line| page.canvas.width_of(line, HEAD)).fold(0.0, f64::max)
        };
        let bottom = page.y + height;
        for (i, lines) in wrapped.iter().enumerate() {
            page.canvas.part = Part::column(first + i);
            let middle = self.left + (i as f64 + 0.5) * self.width;
            page.canvas.is_shortened |= lines.last().is_some_and(|line| line.ends_with('…'));
            for (j, line) in lines.iter().enumerate() {
                if is_level {
                    let y = bottom - ((lines.len() - j) as f64 - 0.5) * LEADING;
                    page.canvas.text(middle, y, line, HEAD.middle());
                } else {
                    let x = middle + (j as f64 - (lines.len() as f64 - 1.0) / 2.0) * LEADING;
                    page.canvas.text(x, bottom, line, HEAD.turned());
                }
            }
        }
        page.canvas.part = Part::ALL;
        page.y = bottom + 6.0;
    }

    fn block(&self, page: &mut Page, frames: std::ops::Range<usize>) {
        for (row, outlet) in self.chart.outlets.iter().enumerate() {
            let top = page.y + row as f64 * self.height;
            let middle = top + self.height / 2.0;
            page.canvas.part = Part::row(row);
            let look = if outlet.is_few() { ROW.soft() } else { ROW };
            page.canvas.text_as(self.left - 10.0, middle, &self.names[row], &titled(outlet), look.right());
            page.notes.has_few |= outlet.is_few();
            for (column, frame) in frames.clone().enumerate() {
                let left = self.left + column as f64 * self.width;
                let cell = Frame { left, top, right: left + self.width, bottom: top + self.height };
                page.canvas.part = Part::row(row).and_column(frame);
                self.cell(page, frame, row, cell);
            }
        }
        page.canvas.part = Part::ALL;
        page.y += self.chart.outlets.len() as f64 * self.height;
    }

    fn cell(&self, page: &mut Page, frame: usize, row: usize, place: Frame) {
        let missing = Estimate::missing("not computed");
        let estimate = self.cells.get(frame).and_then(|cells| cells.get(row)).unwrap_or(&missing);
        let (x, y) = ((place.left + place.right) / 2.0, (place.top + place.bottom) / 2.0);
        let Some(value) = estimate.value else {
            page.notes.absent(&estimate.why);
            let why = page.canvas.say(reason(&estimate.why, "no value"));
            self.crossed(page, &why, place);
            return;
        };
        let largest = match self.chart.shade {
            Shade::Overall => self.largest,
            Shade::PerFrame => self.cells[frame].iter().filter_map(|cell| cell.value).fold(0.0, f64::max),
        };
        let ground = palette::ramp(if largest > 0.0 { value / largest } else { 0.0 });
        // A hair of white between cells.
        let inner = Frame { right: place.right - 1.0, bottom: place.bottom - 1.0, ..place };
        page.canvas.fill(inner, ground);
        let ink = palette::ink_on(ground);
        let mut below = vec![range(estimate, self.numbers)];
        if below[0].is_empty() {
            // where no cell can have an interval, the caller says so
            if self.has_intervals || !estimate.why.is_empty() {
                page.notes.bare(&estimate.why);
            }
            below = reasons(&page.canvas, estimate, self.width);
        }
        if !self.has_ranges {
            below.clear();
        }
        let lift = if below.is_empty() { 0.5 } else { 1.5 + 5.0 * below.len() as f64 };
        page.canvas.text(x, y - lift, &self.numbers.write(value), NUMBER.rgb(ink));
        for (i, line) in below.iter().enumerate() {
            page.canvas.text(x, y - lift + 13.5 + 10.0 * i as f64, line, RANGE.rgb(ink));
        }
        let names = [&self.chart.outlets[row].name, &self.chart.frames[frame].name].map(String::as_str);
        let says = format!("{}: {}", names.join(", "), estimate.in_words());
        page.canvas.points.push(Point { panel: 0, row, column: frame, x, y, says });
    }

    /// The reason where it fits, else a line from corner to corner.
    fn crossed(&self, page: &mut Page, why: &str, place: Frame) {
        let inner = Frame { right: place.right - 1.0, bottom: place.bottom - 1.0, ..place };
        page.canvas.fill(inner, GRID);
        let within = Frame {
            left: inner.left + 0.8,
            top: inner.top + 0.8,
            right: inner.right - 0.8,
            bottom: inner.bottom - 0.8,
        };
        page.canvas.fill(within, WHITE);
        if page.canvas.width_of(why, RANGE) + 6.0 <= self.width {
            let (x, y) = ((place.left + place.right) / 2.0, (place.top + place.bottom) / 2.0);
            page.canvas.text(x, y, why, RANGE.rgb(SOFT));
        } else {
            let ends = [(inner.left, inner.bottom), (inner.right, inner.top)];
            page.canvas.lines(vec![ends], Pencil::new(RULE, 0.8));
        }
    }

    /// The ramp with the values at its ends.
    fn key(&self, page: &mut Page) {
        const STEPS: usize = 24;
        const STEP: f64 = 6.0;
        const LEAST_WORDS: f64 = 130.0;
        let most = match self.chart.shade {
            Shade::Overall => self.numbers.write(self.largest),
            Shade::PerFrame => page.canvas.say("highest of each frame;"),
        };
        let unit = format!("{} {}", page.canvas.say(&self.chart.unit), self.numbers.factor());
        let look = Type::new(10.5).soft();
        let y = page.y + 7.0;
        let mut x = self.left;
        page.canvas.text(x - 8.0, y, "0", look.right());
        for i in 0..STEPS {
            let frame = Frame { left: x, top: y - 6.0, right: x + STEP, bottom: y + 6.0 };
            page.canvas.fill(frame, palette::ramp(i as f64 / (STEPS - 1) as f64));
            x += STEP;
        }
        let edge = MARGIN + page.canvas.room;
        // on a narrow sheet below the ramp, where there is room
        let left = if edge - x - 8.0 >= LEAST_WORDS { x + 8.0 } else { self.left };
        page.y += if left > x { 0.0 } else { 16.0 };
        for line in page.canvas.wrap_to(&format!("{most} {unit}"), look, edge - left, 3) {
            page.canvas.text(left, page.y + 7.0, &line, look);
            page.y += 14.0;
        }
        page.y += 2.0;
    }
}
