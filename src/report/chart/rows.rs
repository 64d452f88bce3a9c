//! Dots and whiskers in small multiples: estimates come in by panel and row; marks, axes and notes go out.
//!
//! Invariants: an absent value leaves words and no mark; a value without an interval is hollow and says why; a whisker that
//! the axis does not reach ends in an arrowhead.
//!
//! It deliberately does not know what is measured: dots, diverging and sentiment say that.

use super::axis::Axis;
use super::canvas::{Canvas, Frame, Part, Pencil, Side, Type};
use super::grid::{Grid, Panel, Sheet};
use super::notes::reason;
use super::page::Page;
use super::palette::{FAINT, GRID, RULE, Rgb, Shape, VERMILLION};
use super::{ChartError, Drawing, Estimate, Label, Point, Scale, Words};

const TICK: Type = Type::new(10.0).soft();
const END: Type = Type::new(10.0);
const WORDS: Type = Type::new(9.5).soft();
const ASIDE: Type = Type::new(10.0);
const RADIUS: f64 = 3.4;
/// How far a tick label may stand out of its panel.
const OVERHANG: f64 = 8.0;

/// One row of one panel.
#[derive(Default)]
pub(super) struct Cell {
    pub(super) estimate: Estimate,
    /// Words right of the panel.
    pub(super) aside: String,
    pub(super) rgb: Rgb,
    pub(super) filled: bool,
    /// A second value, marked by a diamond without an interval.
    pub(super) second: Option<f64>,
}

/// What to draw.
pub(super) struct Plot<'a> {
    pub(super) words: &'a Words,
    pub(super) unit: &'a str,
    pub(super) panels: &'a [Label],
    pub(super) rows: &'a [Label],
    /// By panel, then row.
    pub(super) cells: Vec<Vec<Cell>>,
    /// The axis is the same to both sides of zero.
    pub(super) centred: bool,
    pub(super) scale: Scale,
    /// By panel: the words at the ends of the axis; empty for none.
    pub(super) ends: Vec<(String, String)>,
    pub(super) aside_head: &'a str,
    /// A panel is at least this wide.
    pub(super) least: f64,
    /// Most panels side by side.
    pub(super) most: usize,
    /// What a hollow mark means where its interval is there.
    pub(super) hollow: &'a str,
    /// By panel: a value that an upright line marks.
    pub(super) means: &'a [Option<f64>],
    /// Panels in the order in which they are drawn; empty for as they are given.
    pub(super) order: &'a [usize],
}

/// The estimate without what cannot be drawn, such as infinities.
pub(super) fn finite(estimate: &Estimate) -> Estimate {
    let keep = |x: Option<f64>| x.filter(|x| x.abs() < 1e290);
    let value = keep(estimate.value);
    let why = if value.is_none() && estimate.value.is_some() { "no finite number" } else { &estimate.why };
    Estimate { value, low: keep(estimate.low), high: keep(estimate.high), why: why.to_string() }
}

pub(super) fn draw(plot: &Plot) -> Result<Drawing, ChartError> {
    let mut page = Page::open(plot.words)?;
    if plot.panels.is_empty() || plot.rows.is_empty() {
        page.paragraph("Nothing to draw: no groups.", Type::new(12.0), 18.0);
        return page.close(plot.words, "", "");
    }
    let aside = aside_width(plot, &page.canvas);
    let aside_head = page.canvas.say(plot.aside_head);
    let sheet = Sheet {
        rows: plot.rows,
        panels: plot.panels,
        aside,
        aside_head: &aside_head,
        least: plot.least,
        most: plot.most,
    };
    let grid = Grid::fit(&page.canvas, sheet);
    let shared = axis(plot, plot.cells.iter(), grid.plot_width, &page.canvas);
    let order = if plot.order.is_empty() { grid.as_given() } else { plot.order.to_vec() };
    for shown in order.chunks(grid.columns) {
        let panels = grid.strip(&mut page, shown);
        let mut below = page.y;
        for panel in &panels {
            let own = match plot.scale {
                Scale::Shared => shared.clone(),
                Scale::PerPanel => axis(plot, plot.cells.get(panel.index).into_iter(), grid.plot_width, &page.canvas),
            };
            page.canvas.part = Part::panel(panel.index);
            draw_axis(&mut page.canvas, &own, panel.frame, plot.centred);
            draw_mean(&mut page.canvas, plot, panel, &own);
            for (row, label) in plot.rows.iter().enumerate() {
                let few = label.is_few() || plot.panels[panel.index].is_few();
                page.canvas.part = Part::panel(panel.index).and_row(row);
                draw_cell(&mut page, plot, &own, panel, row, grid.row(panel, row), few);
            }
            page.canvas.part = Part::panel(panel.index);
            below = below.max(draw_ends(&mut page, plot, panel, &own));
        }
        page.canvas.part = Part::ALL;
        page.y = below;
        draw_unit(&mut page, plot, &panels);
        page.y += 14.0;
    }
    if plot.scale == Scale::PerPanel && plot.panels.len() > 1 {
        page.notes.further.push("Each panel has its own scale.".to_string());
    }
    if plot.means.iter().any(Option::is_some) {
        page.notes.further.push("Dashed vertical line: all groups together.".to_string());
    }
    close(page, plot)
}

/// Ends the page with what the marks mean.
pub(super) fn close(mut page: Page, plot: &Plot) -> Result<Drawing, ChartError> {
    if !plot.hollow.is_empty() {
        page.notes.further.insert(0, plot.hollow.to_string());
    }
    page.close(plot.words, "Words in place of a mark: no value", "Hollow without a line: no interval")
}

/// Room for the words beside the rows, and for their heading; 0 where there are none.
pub(super) fn aside_width(plot: &Plot, canvas: &Canvas) -> f64 {
    let asides = plot.cells.iter().flatten().map(|cell| canvas.width_of(&cell.aside, ASIDE));
    match asides.fold(0.0, f64::max) {
        widest if widest > 0.0 => widest.max(canvas.width_of(&canvas.say(plot.aside_head), ASIDE)) + OVERHANG + 3.0,
        _ => 0.0,
    }
}

/// An axis that holds every value and all whiskers but the wild ones.
pub(super) fn axis<'c>(plot: &Plot, cells: impl Iterator<Item = &'c Vec<Cell>>, width: f64, canvas: &Canvas) -> Axis {
    let (mut values, mut is_empty, mut ends, mut few_ends) = (0.0_f64, true, Vec::new(), Vec::new());
    for panel in cells {
        for (row, cell) in panel.iter().enumerate() {
            let Some(value) = cell.estimate.value else {
                continue;
            };
            is_empty = false;
            values = values.max(value.abs()).max(cell.second.map_or(0.0, f64::abs));
            let into = if plot.rows.get(row).is_some_and(Label::is_few) { &mut few_ends } else { &mut ends };
            into.extend([cell.estimate.low, cell.estimate.high].into_iter().flatten().map(f64::abs));
        }
    }
    let reach = reach(values, ends, &few_ends);
    let low = if plot.centred { -reach } else { 0.0 };
    let axis = Axis::new(low, reach, plot.centred, |words| fits(canvas, words, width));
    // Numbers along an axis without values would be made up.
    if is_empty { Axis { ticks: Vec::new(), ..axis } } else { axis }
}

/// The furthest point worth showing: all values, the whiskers up to twice what nine in ten need, and those of small
/// groups up to half as much again.
fn reach(values: f64, mut ends: Vec<f64>, few_ends: &[f64]) -> f64 {
    ends.sort_by(f64::total_cmp);
    let usual = ends.get((ends.len() * 9).div_ceil(10).saturating_sub(1)).copied().unwrap_or(0.0);
    let most = ends.last().copied().unwrap_or(0.0);
    let sure = values.max(most.min(2.0 * usual));
    let few = few_ends.iter().copied().fold(0.0, f64::max);
    let reach = if sure == 0.0 { few } else { sure.max(few.min(1.5 * sure)) };
    if reach == 0.0 { 1.0 } else { reach }
}

/// Centres of evenly spaced tick labels, the outer ones moved in.
fn spots(canvas: &Canvas, words: &[String], left: f64, right: f64) -> Vec<(f64, f64)> {
    let last = words.len().saturating_sub(1).max(1) as f64;
    words
        .iter()
        .enumerate()
        .map(|(i, word)| {
            let half = canvas.width_of(word, TICK) / 2.0;
            let x = left + (right - left) * i as f64 / last;
            (x.max(left - OVERHANG + half).min(right + OVERHANG - half), half)
        })
        .collect()
}

pub(super) fn fits(canvas: &Canvas, words: &[String], width: f64) -> bool {
    let spots = spots(canvas, words, 0.0, width);
    spots.windows(2).all(|pair| pair[0].0 + pair[0].1 + 8.0 <= pair[1].0 - pair[1].1)
}

/// Grid lines, zero line and tick labels of an axis along the bottom of a panel.
pub(super) fn draw_axis(canvas: &mut Canvas, axis: &Axis, frame: Frame, centred: bool) {
    let x = |v: f64| frame.left + axis.share(v) * (frame.right - frame.left);
    let upright = |v: f64| [(x(v), frame.top), (x(v), frame.bottom)];
    canvas.lines(axis.ticks.iter().map(|(v, _)| upright(*v)).collect(), Pencil::new(GRID, 0.8));
    if centred {
        canvas.lines(vec![upright(0.0)], Pencil::new(RULE, 1.1));
    }
    canvas.lines(vec![[(frame.left, frame.bottom), (frame.right, frame.bottom)]], Pencil::new(RULE, 0.9));
    let words: Vec<String> = axis.ticks.iter().map(|(_, word)| word.clone()).collect();
    for (word, (x, _)) in words.iter().zip(spots(canvas, &words, frame.left, frame.right)) {
        canvas.text(x, frame.bottom + 9.0, word, TICK.middle());
    }
}

fn draw_mean(canvas: &mut Canvas, plot: &Plot, panel: &Panel, axis: &Axis) {
    let Some(mean) = plot.means.get(panel.index).copied().flatten().filter(|mean| mean.is_finite()) else { return };
    let Frame { left, right, top, bottom } = panel.frame;
    let x = left + axis.share(mean) * (right - left);
    if (left..=right).contains(&x) {
        canvas.line(vec![(x, top), (x, bottom)], Pencil { rgb: RULE, width: 1.0, dash: &[3.0, 2.5] });
    }
}

/// The words under the tick labels; returns where they end.
pub(super) fn draw_ends(page: &mut Page, plot: &Plot, panel: &Panel, axis: &Axis) -> f64 {
    let Frame { left, right, bottom, .. } = panel.frame;
    let mut y = bottom + 16.0;
    if let Some((less, more)) = plot.ends.get(panel.index) {
        let (less, more) = (page.canvas.say(less), page.canvas.say(more));
        let (less, more) = (format!("\u{2190} {less}"), format!("{more} \u{2192}"));
        let room = right - left + 2.0 * OVERHANG - 10.0;
        let is_level = page.canvas.width_of(&less, END) + page.canvas.width_of(&more, END) <= room;
        // where they have no room side by side, one below the other: an arrow on a line of its own points at nothing
        for (side, words) in [(Side::Left, &less), (Side::Right, &more)] {
            let x = if side == Side::Left { left - OVERHANG } else { right + OVERHANG };
            let lines = page.canvas.wrap_to(words, END, room, 2);
            for (i, line) in lines.iter().enumerate() {
                page.canvas.text(x, y + 7.0 + 12.5 * i as f64, line, Type { side, ..END });
                page.canvas.is_shortened |= line.ends_with('…') || line.contains("… ");
            }
            if !is_level || side == Side::Right {
                y += 12.5 * lines.len() as f64;
            }
        }
        y += 2.0;
    }
    let factor = axis.numbers.factor();
    if !factor.is_empty() {
        page.canvas.text((left + right) / 2.0, y + 6.5, &factor, TICK.middle());
        y += 12.5;
    }
    y
}

/// The unit, once below a strip of panels.
pub(super) fn draw_unit(page: &mut Page, plot: &Plot, panels: &[Panel]) {
    let (Some(first), Some(last)) = (panels.first(), panels.last()) else {
        return;
    };
    let (left, right) = (first.frame.left, last.frame.right);
    for line in page.canvas.wrap_to(&page.canvas.say(plot.unit), TICK, right - left, 3) {
        page.canvas.text((left + right) / 2.0, page.y + 6.5, &line, TICK.middle());
        page.y += 12.5;
    }
}

pub(super) fn draw_cell(page: &mut Page, plot: &Plot, axis: &Axis, panel: &Panel, row: usize, y: f64, few: bool) {
    let missing = Estimate::missing("not computed");
    let cell = plot.cells.get(panel.index).and_then(|cells| cells.get(row));
    let estimate = cell.map_or(&missing, |cell| &cell.estimate);
    let Frame { left, right, .. } = panel.frame;
    let (Some(value), Some(cell)) = (estimate.value, cell) else {
        let why = reason(&estimate.why, "no value");
        let said = page.canvas.say(why);
        page.canvas.text_within(left + 5.0, y, &said, WORDS, right - left - 8.0);
        page.notes.absent(why);
        return;
    };
    let x = |v: f64| left + axis.share(v) * (right - left);
    let rgb = if few { FAINT } else { cell.rgb };
    page.notes.has_few |= few;
    let has_interval = estimate.low.is_some() || estimate.high.is_some();
    if has_interval {
        whisker(page, estimate, value, (left, right), x, y, rgb);
    } else {
        let why = reason(&estimate.why, "no interval");
        page.notes.bare(why);
        let zero = plot.centred.then(|| x(0.0));
        let said = page.canvas.say(why);
        let marks: Vec<f64> = std::iter::once(value).chain(cell.second).map(x).collect();
        beside(&mut page.canvas, &said, (&marks, y), (left, right), zero);
    }
    page.canvas.mark((x(value), y), Shape::Circle, RADIUS, rgb, cell.filled && has_interval);
    let (name, of) = (&plot.rows[row].name, &plot.panels[panel.index].name);
    let of = if of.is_empty() { String::new() } else { format!(", {of}") };
    let says = format!("{name}{of}: {}", estimate.in_words());
    page.canvas.points.push(Point { panel: panel.index, row, column: 0, x: x(value), y, says });
    if let Some(second) = cell.second {
        let rgb = if rgb == FAINT { FAINT } else { VERMILLION };
        page.canvas.mark((x(second), y), Shape::Diamond, RADIUS - 0.4, rgb, false);
        let says = format!("{name}{of}: {}", Estimate::bare(second, "").in_words());
        page.canvas.points.push(Point { panel: panel.index, row, column: 1, x: x(second), y, says });
    }
    page.canvas.text(panel.aside, y, &cell.aside, ASIDE.right());
}

fn whisker(
    page: &mut Page,
    estimate: &Estimate,
    value: f64,
    (left, right): (f64, f64),
    x: impl Fn(f64) -> f64,
    y: f64,
    rgb: Rgb,
) {
    let (from, to) = (x(estimate.low.unwrap_or(value)), x(estimate.high.unwrap_or(value)));
    let pencil = Pencil::new(rgb, 1.5);
    page.canvas.lines(vec![[(from.max(left), y), (to.min(right), y)]], pencil);
    if estimate.low.is_none() || estimate.high.is_none() {
        page.notes.one_sided += 1;
        let end = if estimate.low.is_none() { to } else { from };
        if (left..=right).contains(&end) {
            page.canvas.lines(vec![[(end, y - 3.0), (end, y + 3.0)]], pencil);
        }
    }
    for (is_beyond, tip, back) in [(from < left - 0.01, left, 5.0), (to > right + 0.01, right, -5.0)] {
        if is_beyond {
            page.notes.beyond += 1;
            page.canvas.area(vec![(tip, y), (tip + back, y - 3.2), (tip + back, y + 3.2)], rgb, 1.0);
        }
    }
}

/// Words beside the marks of a row, on the side that has room, else beyond the line of zero, which never runs through them; nothing where
/// there is no such place (the note below says it too).
fn beside(canvas: &mut Canvas, why: &str, (marks, y): (&[f64], f64), (left, right): (f64, f64), zero: Option<f64>) {
    const GAP: f64 = 4.0;
    let width = canvas.width_of(why, WORDS);
    let mut starts: Vec<f64> = marks.iter().map(|x| x + 7.0).chain(marks.iter().map(|x| x - 7.0 - width)).collect();
    starts.extend(zero.into_iter().flat_map(|zero| [zero + GAP, zero - GAP - width]));
    let is_free = |start: &f64| {
        let (from, to) = (*start, start + width);
        let clear_of = |line: f64, gap: f64| to <= line - gap || from >= line + gap;
        from >= left
            && to <= right
            && marks.iter().all(|x| clear_of(*x, RADIUS + 2.0))
            && zero.is_none_or(|zero| clear_of(zero, 1.5))
    };
    if let Some(start) = starts.into_iter().find(is_free) {
        canvas.text(start, y, why, WORDS);
    }
}
