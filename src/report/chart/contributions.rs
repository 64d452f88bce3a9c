//! Bars around zero: what each entry gives to the difference of two means, and the difference itself.
//!
//! Invariant: the last bar is the sum of all others, drawn to the same scale; every bar has its number beside it.
//!
//! It deliberately does not choose or sort the entries.

use super::axis::{Axis, Numbers};
use super::canvas::{Frame, Pencil, Type};
use super::grid::{Grid, Panel, Sheet};
use super::page::Page;
use super::palette::{BLUE, INK, RULE, Rgb, VERMILLION, WHITE};
use super::rows::{Plot, draw_axis, draw_ends, draw_unit, fits};
use super::{ChartError, Drawing, Label, Point, Scale, Words};

const ASIDE: Type = Type::new(10.0);

/// One bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ContributionBar {
    /// The entry, `not` before it where its hits are negated.
    pub name: String,
    /// The entry as its lexicon writes it; none where the bar is a sum of several.
    pub entry: Option<String>,
    /// What it gives.
    pub contribution: f64,
    /// Its hits in the one text and in the other; none beside the sum of all.
    pub hits: Option<[i64; 2]>,
    /// The interval of what it gives, where it has one.
    pub interval: Option<(f64, f64)>,
    /// Why it has none; empty where none is looked for.
    pub bare: String,
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
    pub bars: Vec<ContributionBar>,
    /// What the last bar is called: the sum of the others.
    pub sum: String,
    /// The interval of that sum, where it has one.
    pub interval: Option<(f64, f64)>,
}

/// Draws the chart.
///
/// # Errors
/// Only by a fault of this program.
pub fn contributions(chart: &Contributions) -> Result<Drawing, ChartError> {
    let mut page = Page::open(&chart.words)?;
    let bars: Vec<&ContributionBar> = chart.bars.iter().filter(|bar| bar.contribution.is_finite()).collect();
    if bars.is_empty() {
        page.paragraph("Nothing to draw: no entry in both.", Type::new(12.0), 18.0);
        return page.close(&chart.words, "", "");
    }
    let sum: f64 = bars.iter().map(|bar| bar.contribution).sum();
    let so_far = sums(&bars);
    let [low, high] = reach(chart, &bars, &so_far);
    let largest = high.max(-low);
    let numbers = Numbers::up_to(largest);
    let numbers = Numbers { decimals: numbers.decimals + 1, ..numbers };
    let total = ContributionBar {
        name: page.canvas.say(&chart.sum),
        contribution: sum,
        interval: chart.interval,
        ..ContributionBar::default()
    };
    let heading = page.canvas.say(&chart.heading);
    let all: Vec<&ContributionBar> = bars.into_iter().chain([&total]).collect();
    let rows: Vec<Label> = all.iter().map(|bar| Label::plain(&bar.name)).collect();
    let asides: Vec<String> = all.iter().map(|bar| aside(bar, numbers)).collect();
    let width = asides.iter().map(|aside| page.canvas.width_of(aside, ASIDE));
    let width = width.fold(page.canvas.width_of(&heading, ASIDE), f64::max) + 11.0;
    let panels = [Label::default()];
    let sheet = Sheet { rows: &rows, panels: &panels, aside: width, aside_head: &heading, least: 200.0, most: 1 };
    let grid = Grid::fit(&page.canvas, sheet);
    let (low, high) = if largest > 0.0 { (low, high) } else { (-1.0, 1.0) };
    let axis = Axis::new(low, high, true, |words| fits(&page.canvas, words, grid.plot_width));
    let strip = grid.strip(&mut page, &[0]);
    let Some(panel) = strip.first() else { return page.close(&chart.words, "", "") };
    draw_axis(&mut page.canvas, &axis, panel.frame, true);
    for (row, (bar, aside)) in all.iter().zip(&asides).enumerate() {
        draw_bar(&mut page, (&grid, panel, &axis), row, (bar, aside), row + 1 == all.len());
    }
    draw_sums(&mut page, (&grid, panel, &axis), &so_far);
    draw_intervals(&mut page, (&grid, panel, &axis), &all);
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
        order: &[],
    };
    page.y = draw_ends(&mut page, &plot, panel, &axis);
    draw_unit(&mut page, &plot, &strip);
    page.y += 14.0;
    page.close(&chart.words, "", "Bar without a line: no interval")
}

/// How far the axis reaches to both sides of zero: all bars and their sums, the interval of the difference, and those of the bars up to
/// half as far again as the farthest of these.
fn reach(chart: &Contributions, bars: &[&ContributionBar], so_far: &[f64]) -> [f64; 2] {
    let ends = chart.interval.into_iter().flat_map(|(low, high)| [low, high]);
    let widened = |[low, high]: [f64; 2], end: f64| [low.min(end), high.max(end)];
    let sure = bars.iter().map(|bar| bar.contribution).chain(so_far.iter().copied()).chain(ends);
    let sure = sure.fold([0.0, 0.0], widened);
    let most = 1.5 * sure[1].max(-sure[0]);
    let of_bars = bars.iter().filter_map(|bar| bar.interval).flat_map(|(low, high)| [low, high]);
    of_bars.map(|end| end.clamp(-most, most)).fold(sure, widened)
}

/// The sum of the bars up to each.
fn sums(bars: &[&ContributionBar]) -> Vec<f64> {
    let add = |sum: &mut f64, bar: &&ContributionBar| {
        *sum += bar.contribution;
        Some(*sum)
    };
    bars.iter().scan(0.0, add).collect()
}

/// Where a row stands, and by which scale.
type Place<'p> = (&'p Grid<'p>, &'p Panel, &'p Axis);

fn draw_bar(
    page: &mut Page,
    (grid, panel, axis): Place<'_>,
    row: usize,
    (bar, aside): (&ContributionBar, &str),
    is_sum: bool,
) {
    let (y, half) = (grid.row(panel, row), grid.row_height * 0.32);
    let x = |v: f64| panel.frame.left + axis.share(v) * (panel.frame.right - panel.frame.left);
    let frame = Frame {
        left: x(bar.contribution.min(0.0)),
        right: x(bar.contribution.max(0.0)),
        top: y - half,
        bottom: y + half,
    };
    page.canvas.fill(frame, colour(bar.contribution, is_sum));
    let says = format!("{}: {aside}", bar.name);
    page.canvas.points.push(Point { panel: 0, row, column: 0, x: x(bar.contribution), y, says });
    page.canvas.text(panel.aside, y, aside, ASIDE.right());
}

/// The dotted line from bar to bar, and to the end of the last, which is their sum.
fn draw_sums(page: &mut Page, (grid, panel, axis): Place<'_>, so_far: &[f64]) {
    let Some(sum) = so_far.last().filter(|_| so_far.len() > 1) else { return };
    let x = |v: f64| panel.frame.left + axis.share(v) * (panel.frame.right - panel.frame.left);
    let steps = so_far.iter().chain([sum]).enumerate().map(|(row, sum)| (x(*sum), grid.row(panel, row)));
    page.canvas.line(steps.collect(), Pencil { rgb: RULE, width: 1.2, dash: &[1.5, 2.5] });
    page.notes.further.push("Dotted line: running sum of the bars.".to_string());
}

/// The intervals of the bars and of the sum, dark on white so that they are seen on a bar and beside it.
fn draw_intervals(page: &mut Page, (grid, panel, axis): Place<'_>, bars: &[&ContributionBar]) {
    let Frame { left, right, .. } = panel.frame;
    for (row, bar) in bars.iter().enumerate() {
        let Some((low, high)) = bar.interval else {
            if !bar.bare.is_empty() {
                page.notes.bare(&bar.bare);
            }
            continue;
        };
        let y = grid.row(panel, row);
        let [from, to] = [low, high].map(|v| left + axis.share(v) * (right - left));
        let is_inside = |x: f64| (left - 0.01..=right + 0.01).contains(&x);
        let mut ends = vec![[(from.max(left), y), (to.min(right), y)]];
        ends.extend([from, to].into_iter().filter(|x| is_inside(*x)).map(|x| [(x, y - 3.0), (x, y + 3.0)]));
        page.notes.beyond += usize::from(!is_inside(from)) + usize::from(!is_inside(to));
        page.canvas.lines(ends.clone(), Pencil::new(WHITE, 3.4));
        page.canvas.lines(ends, Pencil::new(RULE, 1.4));
        for (is_beyond, tip, back) in [(!is_inside(from), left, 5.0), (!is_inside(to), right, -5.0)] {
            if is_beyond {
                page.canvas.area(vec![(tip, y), (tip + back, y - 3.2), (tip + back, y + 3.2)], RULE, 1.0);
            }
        }
    }
    let note = match bars {
        [entries @ .., _] if entries.iter().any(|bar| bar.interval.is_some()) => {
            "Lines: 95 % intervals, each bar taken by itself."
        }
        [.., sum] if sum.interval.is_some() => "Line on the last bar: 95 % interval of the difference.",
        _ => return,
    };
    page.notes.further.push(note.to_string());
}

/// The sum is told from the rest by its darkness, the sides by the side of zero.
fn colour(contribution: f64, is_sum: bool) -> Rgb {
    match (is_sum, contribution > 0.0) {
        (true, _) => INK,
        (false, true) => BLUE,
        (false, false) => VERMILLION,
    }
}

fn aside(bar: &ContributionBar, numbers: Numbers) -> String {
    let value = format!("{} {}", numbers.signed(bar.contribution), numbers.factor());
    let value = value.trim_end();
    bar.hits.map_or_else(|| value.to_string(), |[one, other]| format!("{one} : {other}   {value}"))
}
