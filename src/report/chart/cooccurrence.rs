//! Pairs of frames as half a matrix: each pair once, shaded by how many times more often than by chance the two meet.
//!
//! Invariants: names stand on the diagonal, so that a cell is left of one of its frames and below the other; a lift of 1 is white, what
//! is as far from 1 to either side is as strong; every shaded cell has its lift and its number in it, a blank one stands for no meeting.
//!
//! It draws as many frames as have room, those with most hits, and says so; it deliberately does not sort them.

use super::axis::count;
use super::canvas::{Canvas, Frame, Part, Pencil, Type};
use super::grid::titled;
use super::page::{MARGIN, Page};
use super::palette::{self, GRID, Rgb, SOFT, WHITE};
use super::{ChartError, Drawing, Label, Point, Words};

const LIFT: Type = Type::new(11.0).middle();
const TIMES: Type = Type::new(9.5).middle();
const NAME: Type = Type::new(11.0).bold();
const KEY: Type = Type::new(10.5).soft();
const LEADING: f64 = 12.5;
const HEIGHT: f64 = 29.0;
const NARROWEST: f64 = 30.0;
const WIDEST: f64 = 62.0;
/// A name has at least this much room.
const NAME_ROOM: f64 = 112.0;
/// The lift, and one over it, from which a cell is no darker.
const STRONGEST: f64 = 8.0;
/// Pairs that met less often are pale.
const FEW: u64 = 5;

/// Two frames.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Pair {
    /// They never met.
    #[default]
    Apart,
    /// One contains the other, so that they always meet.
    Nested,
    /// They met.
    Met {
        /// Meetings over those expected by chance.
        lift: f64,
        /// Meetings.
        times: u64,
    },
}

/// Frame × frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cooccurrence {
    /// Title, subtitle, notes.
    pub words: Words,
    /// From the top.
    pub frames: Vec<Label>,
    /// Hits of each: where not all frames have room, those with most are drawn.
    pub hits: Vec<u64>,
    /// By frame, then by each frame before it.
    pub cells: Vec<Vec<Pair>>,
}

/// Draws the chart.
///
/// # Errors
/// Only by a fault of this program.
pub fn cooccurrence(chart: &Cooccurrence) -> Result<Drawing, ChartError> {
    let mut page = Page::open(&chart.words)?;
    if chart.frames.len() < 2 {
        page.paragraph("Nothing to draw: no pair of frames.", Type::new(12.0), 18.0);
        return page.close(&chart.words, "", "");
    }
    let least = least_width(chart, &page.canvas);
    let shown = shown(chart, 1 + ((page.canvas.room - NAME_ROOM) / least) as usize);
    let width = ((page.canvas.room - NAME_ROOM) / (shown.len() - 1).max(1) as f64).clamp(least, WIDEST);
    let mut has = [false; 3];
    for (row, &frame) in shown.iter().enumerate() {
        for (column, &other) in shown[..row].iter().enumerate() {
            let left = MARGIN + column as f64 * width;
            let cell = Frame { left, top: page.y, right: left + width, bottom: page.y + HEIGHT };
            let pair = chart.cells.get(frame).and_then(|cells| cells.get(other)).copied().unwrap_or_default();
            page.canvas.part = Part::row(frame).and_column(other);
            has[draw_cell(&mut page.canvas, chart, (frame, other), pair, cell)] = true;
        }
        page.canvas.part = Part::row(frame);
        name(&mut page.canvas, &chart.frames[frame], MARGIN + row as f64 * width, page.y + HEIGHT / 2.0);
        page.y += HEIGHT;
    }
    page.canvas.part = Part::ALL;
    page.y += 14.0;
    key(&mut page);
    explain(&mut page, has, (shown.len(), chart.frames.len()));
    page.close(&chart.words, "", "")
}

/// What every cell has room for.
fn least_width(chart: &Cooccurrence, canvas: &Canvas) -> f64 {
    let of_pair = |pair: &Pair| match *pair {
        Pair::Met { lift, times } => {
            canvas.width_of(&written(lift), LIFT).max(canvas.width_of(&count(times), TIMES)) + 6.0
        }
        Pair::Apart | Pair::Nested => 0.0,
    };
    chart.cells.iter().flatten().map(of_pair).fold(NARROWEST, f64::max)
}

/// The frames with most hits, in the order in which they are given.
fn shown(chart: &Cooccurrence, most: usize) -> Vec<usize> {
    let mut frames: Vec<usize> = (0..chart.frames.len()).collect();
    let hits = |frame: usize| chart.hits.get(frame).copied().unwrap_or(0);
    frames.sort_by_key(|&frame| (std::cmp::Reverse(hits(frame)), frame));
    frames.truncate(most.max(2));
    frames.sort_unstable();
    frames
}

/// Two digits, so that a cell is not more exact than its count.
fn written(lift: f64) -> String {
    match lift {
        small if small < 0.095 => "<0.1".to_string(),
        small if small < 9.95 => format!("{small:.1}"),
        large if large < 999.5 => format!("{large:.0}"),
        _ => ">999".to_string(),
    }
}

/// Draws a cell; gives back what kind it is: one with a shade, a blank one, a crossed one.
fn draw_cell(
    canvas: &mut Canvas,
    chart: &Cooccurrence,
    (frame, other): (usize, usize),
    pair: Pair,
    place: Frame,
) -> usize {
    let inner = Frame { right: place.right - 1.0, bottom: place.bottom - 1.0, ..place };
    let (x, y) = ((place.left + place.right) / 2.0, (place.top + place.bottom) / 2.0);
    let Pair::Met { lift, times } = pair else {
        canvas.fill(inner, GRID);
        let Frame { left, top, right, bottom } = inner;
        canvas.fill(Frame { left: left + 0.8, top: top + 0.8, right: right - 0.8, bottom: bottom - 0.8 }, WHITE);
        if pair == Pair::Nested {
            canvas.lines(vec![[(left, bottom), (right, top)]], Pencil::new(GRID, 1.0));
            return 2;
        }
        return 1;
    };
    let is_few = times < FEW;
    let ground = shade(lift, is_few);
    let ink = if is_few { SOFT } else { palette::ink_on(ground) };
    canvas.fill(inner, ground);
    canvas.text(x, y - 5.0, &written(lift), LIFT.rgb(ink));
    canvas.text(x, y + 7.5, &count(times), TIMES.rgb(ink));
    let names = [&chart.frames[frame].name, &chart.frames[other].name].map(String::as_str);
    let says = format!("{}: lift {}, n = {}", names.join(", "), written(lift), count(times));
    canvas.points.push(Point { panel: 0, row: frame, column: other, x, y, says });
    0
}

/// By the logarithm: twice as often is as strong as half as often.
fn shade(lift: f64, is_few: bool) -> Rgb {
    let share = libm::log2(lift.max(f64::MIN_POSITIVE)) / libm::log2(STRONGEST);
    palette::either_side(share, if is_few { 0.3 } else { 1.0 })
}

/// The name of a frame at the right end of its row, which is the top of its column.
fn name(canvas: &mut Canvas, frame: &Label, left: f64, y: f64) {
    let title = titled(frame);
    let lines = canvas.wrap_to(&title, NAME, MARGIN + canvas.room - left - 5.0, 2);
    canvas.is_shortened |= lines.last().is_some_and(|line| line.ends_with('…'));
    let first = y - (lines.len() as f64 - 1.0) / 2.0 * LEADING;
    for (i, line) in lines.iter().enumerate() {
        canvas.text(left + 5.0, first + i as f64 * LEADING, line, NAME);
    }
}

/// The shades from the rarest to the most frequent, and what their ends and their middle stand for.
fn key(page: &mut Page) {
    const STEPS: usize = 24;
    const STEP: f64 = 6.0;
    const LEAST_WORDS: f64 = 170.0;
    let (left, y) = (MARGIN + 10.0, page.y + 6.0);
    let width = STEPS as f64 * STEP;
    for i in 0..STEPS {
        let share = 2.0 * i as f64 / (STEPS - 1) as f64 - 1.0;
        let frame =
            Frame { left: left + i as f64 * STEP, top: y - 6.0, right: left + (i + 1) as f64 * STEP, bottom: y + 6.0 };
        page.canvas.fill(frame, palette::either_side(share, 1.0));
    }
    for (share, word) in [(0.0, format!("1/{STRONGEST}")), (0.5, "1".to_string()), (1.0, STRONGEST.to_string())] {
        page.canvas.text(left + share * width, y + 14.0, &word, KEY.middle());
    }
    let words = page.canvas.say("lift (1: as often as by chance)");
    let (beside, edge) = (left + width + 14.0, MARGIN + page.canvas.room);
    let (x, top) = if edge - beside >= LEAST_WORDS { (beside, y) } else { (MARGIN, y + 32.0) };
    let mut at = top;
    for line in page.canvas.wrap_to(&words, KEY, edge - x, 3) {
        page.canvas.text(x, at, &line, KEY);
        at += 14.0;
    }
    page.y = at.max(y + 28.0);
}

fn explain(page: &mut Page, [_, is_apart, is_nested]: [bool; 3], (drawn, all): (usize, usize)) {
    page.notes
        .further
        .push("A cell belongs to the frame at the right end of its row and to the one above its column.".to_string());
    page.notes.further.push(format!("Pale: n below {FEW}."));
    if is_apart {
        page.notes.further.push("Blank: never together.".to_string());
    }
    if is_nested {
        page.notes.further.push("Crossed out: one frame contains the other.".to_string());
    }
    if drawn < all {
        page.notes.further.push(format!("Drawn: {drawn} of {all} frames, those with most hits."));
    }
}
