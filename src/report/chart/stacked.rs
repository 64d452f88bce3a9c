//! Shares of parts (voices) in bars of 100 %: one panel for each frame, one row for each outlet.
//!
//! Invariants: each bar says how many cases it divides; a bar of no cases is words, not an empty bar.
//!
//! It deliberately draws one interval a bar, that of the first part: shares of a whole depend on each other. A bar of fewer than
//! [`FADED_BELOW`] cases is pale.

use super::axis::count;
use super::canvas::{Canvas, Frame, Part, Pencil, Type};
use super::grid::{Grid, Panel, Sheet};
use super::notes::reason;
use super::page::{MARGIN, Page};
use super::palette::{self, FILLS, Fill, GRID, Hatch, RULE};
use super::{ChartError, Drawing, Label, Point, Words};

const TICK: Type = Type::new(10.0).soft();
const ASIDE: Type = Type::new(10.0);
const WORDS: Type = Type::new(9.5).soft();
const KEY: Type = Type::new(11.0);
/// Distance between the lines of a hatching.
const PITCH: f64 = 4.5;

/// Bars of fewer cases are pale.
const FADED_BELOW: u64 = 5;
/// How much of a colour is left in them.
const FADED: f64 = 0.35;

/// How the cases of a bar divide.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shares {
    /// Cases of each part, in the order of the parts; `None` where there is nothing to divide.
    pub counts: Option<Vec<u64>>,
    /// Why there is nothing, such as "no hits".
    pub why: String,
    /// Between which shares the first part lies, where that is known.
    pub first: Option<(f64, f64)>,
    /// Why it is not.
    pub bare: String,
}

/// Parts of a whole, by panel and row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stacked {
    /// Title, subtitle, notes.
    pub words: Words,
    /// The parts from left to right, such as voices.
    pub parts: Vec<String>,
    /// Heading of the column of cases, such as "hits".
    pub cases: String,
    /// One panel each.
    pub panels: Vec<Label>,
    /// One row each, from the top.
    pub rows: Vec<Label>,
    /// By panel, then row; what is not there is drawn as not computed.
    pub cells: Vec<Vec<Shares>>,
}

/// Draws the chart.
///
/// # Errors
/// Only by a fault of this program.
pub fn stacked(chart: &Stacked) -> Result<Drawing, ChartError> {
    let mut page = Page::open(&chart.words)?;
    if chart.panels.is_empty() || chart.rows.is_empty() {
        page.paragraph("Nothing to draw: no groups.", Type::new(12.0), 18.0);
        return page.close(&chart.words, "", "");
    }
    key(&mut page, &chart.parts);
    let totals = chart.cells.iter().flatten().map(|cell| count(total(cell)));
    let aside = totals.map(|text| page.canvas.width_of(&text, ASIDE)).fold(0.0, f64::max);
    let cases = page.canvas.say(&chart.cases);
    let aside = aside.max(page.canvas.width_of(&cases, ASIDE)) + 8.0;
    let sheet = Sheet { rows: &chart.rows, panels: &chart.panels, aside, aside_head: &cases, least: 150.0, most: 4 };
    let grid = Grid::fit(&page.canvas, sheet);
    for shown in grid.as_given().chunks(grid.columns) {
        for panel in grid.strip(&mut page, shown) {
            page.canvas.part = Part::panel(panel.index);
            percents(&mut page.canvas, panel.frame);
            for row in 0..chart.rows.len() {
                let y = grid.row(&panel, row);
                let frame =
                    Frame { top: y - grid.row_height * 0.36, bottom: y + grid.row_height * 0.36, ..panel.frame };
                bar(&mut page, chart, &panel, row, frame);
            }
        }
        page.canvas.part = Part::ALL;
        page.y += 32.0;
    }
    page.close(&chart.words, "Words in place of a bar", "Bar without a line: no interval")
}

fn percent(n: u64, whole: u64) -> f64 {
    100.0 * n as f64 / whole as f64
}

fn total(cell: &Shares) -> u64 {
    cell.counts.iter().flatten().sum()
}

/// Names of the parts with their fills, on as many lines as it takes.
fn key(page: &mut Page, parts: &[String]) {
    let mut x = MARGIN;
    for (i, part) in parts.iter().enumerate() {
        let part = page.canvas.cut(part, KEY, 260.0);
        let width = 26.0 + page.canvas.width_of(&part, KEY) + 18.0;
        if x + width > MARGIN + page.canvas.room && x > MARGIN {
            x = MARGIN;
            page.y += 18.0;
        }
        let y = page.y + 8.0;
        let frame = Frame { left: x, top: y - 5.5, right: x + 20.0, bottom: y + 5.5 };
        let fill = FILLS[i % FILLS.len()];
        page.canvas.part = Part::column(i);
        edged(&mut page.canvas, frame, fill);
        page.canvas.lines(hatched(frame, fill.hatch), Pencil::new(fill.line, 0.9));
        page.canvas.text(x + 26.0, y, &part, KEY);
        x += width;
    }
    page.canvas.part = Part::ALL;
    page.y += 30.0;
}

/// Light fills need an edge to be seen on the page.
fn edged(canvas: &mut Canvas, frame: Frame, fill: Fill) {
    canvas.fill(frame, fill.rgb);
    if palette::ink_on(fill.rgb) != palette::WHITE {
        let Frame { left, top, right, bottom } = frame;
        canvas.lines(vec![[(left, top), (right, top)], [(left, bottom), (right, bottom)]], Pencil::new(RULE, 0.6));
    }
}

fn percents(canvas: &mut Canvas, frame: Frame) {
    let x = |share: f64| frame.left + share * (frame.right - frame.left);
    let ends = [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| [(x(share), frame.top), (x(share), frame.bottom + 3.0)]);
    canvas.lines(ends.to_vec(), Pencil::new(GRID, 0.9));
    canvas.text(x(0.0), frame.bottom + 10.0, "0", TICK.middle());
    canvas.text(x(0.5), frame.bottom + 10.0, "50", TICK.middle());
    canvas.text(x(1.0), frame.bottom + 10.0, "100 %", TICK.middle());
}

fn bar(page: &mut Page, chart: &Stacked, panel: &Panel, row: usize, frame: Frame) {
    let of_row = Part::panel(panel.index).and_row(row);
    page.canvas.part = of_row;
    let missing = Shares { why: "not computed".to_string(), ..Shares::default() };
    let cell = chart.cells.get(panel.index).and_then(|cells| cells.get(row)).unwrap_or(&missing);
    let y = (frame.top + frame.bottom) / 2.0;
    let whole = total(cell);
    let Some(counts) = cell.counts.as_ref().filter(|_| whole > 0) else {
        let why = reason(&cell.why, "no cases");
        let said = page.canvas.say(why);
        page.canvas.text_within(frame.left + 5.0, y, &said, WORDS, frame.right - frame.left - 8.0);
        page.notes.absent(why);
        return;
    };
    let mut before = 0;
    for (i, &n) in counts.iter().enumerate().filter(|(_, n)| **n > 0) {
        let x = |n: u64| frame.left + n as f64 / whole as f64 * (frame.right - frame.left);
        let part = Frame { left: x(before), right: x(before + n), ..frame };
        before += n;
        let fill = if whole < FADED_BELOW { pale(FILLS[i % FILLS.len()]) } else { FILLS[i % FILLS.len()] };
        page.canvas.part = of_row.and_column(i);
        edged(&mut page.canvas, part, fill);
        page.canvas.lines(hatched(part, fill.hatch), Pencil::new(fill.line, 0.9));
        let middle = (part.left + part.right) / 2.0;
        page.canvas.lines(vec![[(part.right, part.top), (part.right, part.bottom)]], Pencil::new(palette::WHITE, 1.0));
        let names = [&chart.rows[row].name, &chart.panels[panel.index].name, &chart.parts[i]].map(String::as_str);
        let says = format!("{}: {} / {} ({:.0} %)", names.join(", "), count(n), count(whole), percent(n, whole));
        page.canvas.points.push(Point { panel: panel.index, row, column: i, x: middle, y, says });
        if frame.right - frame.left > 300.0 && part.right - part.left > 26.0 {
            written(&mut page.canvas, middle, y, &format!("{:.0}", percent(n, whole)), fill);
        }
    }
    if let Some((low, high)) = cell.first {
        page.canvas.part = of_row.and_column(0);
        whisker(&mut page.canvas, frame, low, high);
    } else if !cell.bare.is_empty() {
        page.notes.bare(&cell.bare);
    }
    page.canvas.part = of_row;
    page.canvas.text(panel.aside, y, &count(whole), ASIDE.right());
}

/// The interval of the first part, dark on white so that it is seen on every fill.
fn whisker(canvas: &mut Canvas, frame: Frame, low: f64, high: f64) {
    let x = |share: f64| frame.left + share * (frame.right - frame.left);
    let (y, tick) = (frame.bottom - 0.18 * (frame.bottom - frame.top), 2.5);
    let ends = vec![
        [(x(low), y), (x(high), y)],
        [(x(low), y - tick), (x(low), y + tick)],
        [(x(high), y - tick), (x(high), y + tick)],
    ];
    canvas.lines(ends.clone(), Pencil::new(palette::WHITE, 3.0));
    canvas.lines(ends, Pencil::new(palette::INK, 1.1));
}

/// A fill that is hardly there.
fn pale(fill: Fill) -> Fill {
    let mix = |(r, g, b): (u8, u8, u8)| {
        let one = |x: u8| (255.0 - FADED * (255.0 - f64::from(x))).round() as u8;
        (one(r), one(g), one(b))
    };
    Fill { rgb: mix(fill.rgb), line: mix(fill.line), ..fill }
}

/// A percentage on a patch of the fill, so that no hatching runs through it.
fn written(canvas: &mut Canvas, x: f64, y: f64, text: &str, fill: Fill) {
    let half = canvas.width_of(text, ASIDE) / 2.0 + 2.0;
    if fill.hatch != Hatch::None {
        canvas.fill(Frame { left: x - half, top: y - 5.5, right: x + half, bottom: y + 5.5 }, fill.rgb);
    }
    canvas.text(x, y, text, ASIDE.middle().rgb(palette::ink_on(fill.rgb)));
}

/// The lines of a hatching within a box.
fn hatched(frame: Frame, hatch: Hatch) -> Vec<[(f64, f64); 2]> {
    match hatch {
        Hatch::None => Vec::new(),
        Hatch::Rising => slanted(frame, true),
        Hatch::Falling => slanted(frame, false),
        Hatch::Crossed => [slanted(frame, true), slanted(frame, false)].concat(),
        Hatch::Upright => steps(frame.left, frame.right).map(|x| [(x, frame.top), (x, frame.bottom)]).collect(),
        Hatch::Level => steps(frame.top, frame.bottom).map(|y| [(frame.left, y), (frame.right, y)]).collect(),
    }
}

/// Multiples of the pitch between two edges, the same in neighbouring boxes.
fn steps(from: f64, to: f64) -> impl Iterator<Item = f64> {
    let first = (from / PITCH).floor() as i64 + 1;
    (first..).map(|i| i as f64 * PITCH).take_while(move |&at| at < to)
}

/// Lines at 45 degrees, cut to the box: on each, x + y (rising) or x − y (falling) is the same everywhere.
fn slanted(frame: Frame, is_rising: bool) -> Vec<[(f64, f64); 2]> {
    let Frame { left, top, right, bottom } = frame;
    let turn = if is_rising { 1.0 } else { -1.0 };
    let (a, b) = if is_rising { (top, bottom) } else { (-bottom, -top) };
    steps(left + a, right + b)
        .map(|sum| {
            let (x0, x1) = ((sum - b).max(left), (sum - a).min(right));
            [(x0, turn * (sum - x0)), (x1, turn * (sum - x1))]
        })
        .collect()
}
