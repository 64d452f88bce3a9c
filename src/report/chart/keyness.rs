//! Words by how often they stand on two sides: upwards in a group, to the right in what it is compared with.
//!
//! Invariants: both axes of a panel are the same, so that its diagonal is where words are as frequent on both sides; a word that one
//! side never has stands at the edge, on the tick of zero; no name overlaps another, or a mark that is not its own.
//!
//! It deliberately does not choose the words; it names as many of them as have room, in the order in which they come.

use super::axis::separated;
use super::canvas::{Frame, Part, Pencil, Type};
use super::page::{MARGIN, Page};
use super::palette::{BLUE, FAINT, GRID, RULE, SOFT, Shape, VERMILLION, WHITE};
use super::{ChartError, Drawing, Point, Words};

const HEAD: Type = Type::new(11.5).bold();
const TICK: Type = Type::new(10.0).soft();
const NAME: Type = Type::new(10.0);
const RADIUS: f64 = 3.0;
/// Room left of a panel for ticks and what they count.
const BESIDE: f64 = 46.0;
const GAP: f64 = 20.0;
/// The part of an axis that is kept for words that one side never has.
const ZERO: f64 = 0.05;

/// A word that is marked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Word {
    /// The word.
    pub text: String,
    /// How often it stands in the group, and in what that is compared with.
    pub rates: [f64; 2],
    /// It says little of what a text is about.
    pub is_weak: bool,
    /// The difference has a q below .05.
    pub is_sure: bool,
}

/// One comparison.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The group.
    pub group: String,
    /// What it is compared with.
    pub against: String,
    /// Words that the group uses more, and less, each from the strongest.
    pub sides: [Vec<Word>; 2],
    /// Where further words stand: in the group, and in what that is compared with.
    pub others: Vec<[f64; 2]>,
}

/// Comparisons by words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Keyness {
    /// Title, subtitle, notes.
    pub words: Words,
    /// What rates count, such as "in 10,000 words".
    pub unit: String,
    /// One panel each.
    pub panels: Vec<Comparison>,
}

/// Draws the chart.
///
/// # Errors
/// Only by a fault of this program.
pub fn keyness(chart: &Keyness) -> Result<Drawing, ChartError> {
    let mut page = Page::open(&chart.words)?;
    if chart.panels.is_empty() {
        page.paragraph("Nothing to draw: no words that differ.", Type::new(12.0), 18.0);
        return page.close(&chart.words, "", "");
    }
    let columns = if page.canvas.room < 560.0 { 1 } else { chart.panels.len().min(2) };
    let width = (page.canvas.room + GAP) / columns as f64 - GAP - BESIDE;
    // on a narrow sheet three stand below each other, and fit on a page
    let height = if columns == 1 && chart.panels.len() > 1 { 0.62 * width } else { (0.82 * width).min(380.0) };
    let mut nameless = 0;
    for strip in chart
        .panels
        .chunks(columns)
        .enumerate()
        .map(|(i, strip)| strip.iter().enumerate().map(move |(j, panel)| (i * columns + j, j, panel)))
    {
        let top = page.y + 20.0;
        for (index, column, panel) in strip {
            let left = MARGIN + BESIDE + column as f64 * (width + BESIDE + GAP);
            let frame = Frame { left, top, right: left + width, bottom: top + height };
            page.canvas.part = Part::panel(index);
            nameless += draw_panel(&mut page, chart, (index, panel), frame);
        }
        page.canvas.part = Part::ALL;
        page.y = top + height + 46.0;
    }
    if chart.panels.iter().any(|panel| panel.sides.iter().flatten().any(|word| word.is_weak)) {
        page.notes.further.push("Grey: function words, reporting verbs and house style.".to_string());
    }
    if nameless > 0 {
        page.notes.further.push(format!("Marks with no room for their word: {nameless}."));
    }
    page.close(&chart.words, "", "")
}

/// A logarithmic axis from the lowest rate to the highest, with a place for zero.
struct Logarithmic {
    low: f64,
    high: f64,
    octaves: f64,
}

impl Logarithmic {
    fn of(panel: &Comparison) -> Logarithmic {
        let marked = panel.sides.iter().flatten().flat_map(|word| word.rates);
        let rates = marked.chain(panel.others.iter().flatten().copied()).filter(|rate| *rate > 0.0);
        let (low, high) = rates.fold((f64::MAX, 0.0_f64), |(low, high), rate| (low.min(rate), high.max(rate)));
        let (low, high) = if high > low { (low, high) } else { (1.0, 10.0) };
        Logarithmic { low, high, octaves: libm::log2(high / low) }
    }

    /// Where a rate lies, from 0 to 1.
    fn share(&self, rate: f64) -> f64 {
        if rate <= 0.0 {
            return ZERO / 2.0;
        }
        ZERO + 0.02 + (0.96 - ZERO) * libm::log2(rate / self.low) / self.octaves
    }

    /// Zero, and powers of ten, as many as do not touch; where there are too few also twice and five times them.
    fn ticks(&self, do_fit: impl Fn(&[(f64, String)]) -> bool) -> Vec<(f64, String)> {
        let word = |rate: f64| match rate {
            // more letters than these have no room beside an upright axis
            far if !(1e-3..1e4).contains(&far) => format!("{far:e}"),
            small if small < 1.0 => small.to_string(),
            large => separated(&large.to_string()),
        };
        let ticks = |steps: &[&str], every: i32| {
            let powers = (-12..12).filter(|power| power % every == 0);
            let texts = powers.flat_map(|power| steps.iter().map(move |step| format!("{step}e{power}")));
            let rates = texts.filter_map(|text| text.parse::<f64>().ok());
            let rates = rates.filter(|rate| (self.low..=self.high).contains(rate));
            std::iter::once((0.0, "0".to_string())).chain(rates.map(|rate| (rate, word(rate)))).collect::<Vec<_>>()
        };
        let fine = ticks(&["1", "2", "5"], 1);
        let all = (1..12).map(|every| ticks(&["1"], every));
        let is_wide = self.high / self.low > 30.0;
        let mut all = std::iter::once(fine).filter(|_| !is_wide).chain(all);
        all.find(|ticks| do_fit(ticks)).unwrap_or_default()
    }
}

/// Draws a panel; gives back how many marks have no name.
fn draw_panel(page: &mut Page, chart: &Keyness, (index, panel): (usize, &Comparison), frame: Frame) -> usize {
    let axis = Logarithmic::of(panel);
    let x = |rate: f64| frame.left + axis.share(rate) * (frame.right - frame.left);
    let y = |rate: f64| frame.bottom - axis.share(rate) * (frame.bottom - frame.top);
    draw_axes(page, chart, panel, frame, (&axis, &x, &y));
    // a short level line is a small square: one path for all of them
    let dot = |[here, there]: &[f64; 2]| [(x(*there) - 0.9, y(*here)), (x(*there) + 0.9, y(*here))];
    page.canvas.lines(panel.others.iter().map(dot).collect(), Pencil::new(FAINT, 1.8));
    let mut marks = Vec::new();
    for (side, words) in panel.sides.iter().enumerate() {
        for (row, word) in words.iter().enumerate() {
            let at = (x(word.rates[1]), y(word.rates[0]));
            let rgb = if word.is_weak { FAINT } else { [BLUE, VERMILLION][side] };
            page.canvas.mark(at, Shape::Circle, RADIUS, rgb, word.is_sure);
            let (x, y) = at;
            page.canvas.points.push(Point { panel: index, row, column: side, x, y, ..Point::default() });
            marks.push((row, word, at));
        }
    }
    // the strongest of either side in turn, words that say little last
    marks.sort_by_key(|(row, word, _)| (word.is_weak, *row));
    name(page, &marks, frame)
}

type Place<'f> = &'f dyn Fn(f64) -> f64;

fn draw_axes(
    page: &mut Page,
    chart: &Keyness,
    panel: &Comparison,
    frame: Frame,
    (axis, x, y): (&Logarithmic, Place<'_>, Place<'_>),
) {
    let Frame { left, top, right, bottom } = frame;
    let canvas = &mut page.canvas;
    let ticks = axis.ticks(|ticks| {
        let width = |word: &str| canvas.width_of(word, TICK);
        ticks.windows(2).all(|pair| {
            let [(one, a), (other, b)] = pair else { return true };
            x(*other) - x(*one) >= (width(a) + width(b)) / 2.0 + 4.0 && y(*one) - y(*other) >= 11.0
        })
    });
    let crossed = |rate: f64| [[(x(rate), top), (x(rate), bottom)], [(left, y(rate)), (right, y(rate))]];
    canvas.lines(ticks.iter().flat_map(|(rate, _)| crossed(*rate)).collect(), Pencil::new(GRID, 0.8));
    canvas.lines(vec![[(left, top), (left, bottom)], [(left, bottom), (right, bottom)]], Pencil::new(RULE, 0.9));
    let (from, to) = (axis.low, axis.high);
    canvas.line(vec![(x(from), y(from)), (x(to), y(to))], Pencil { rgb: RULE, width: 1.0, dash: &[3.0, 2.5] });
    for (rate, word) in &ticks {
        canvas.text(x(*rate), bottom + 9.0, word, TICK.middle());
        canvas.text(left - 5.0, y(*rate), word, TICK.right());
    }
    let room = right - left;
    canvas.text_within(left, top - 11.0, &panel.group, HEAD, room);
    let below = format!("{}, {} \u{2192}", panel.against, canvas.say(&chart.unit));
    let below = canvas.cut_middle(&below, TICK, room);
    canvas.text((left + right) / 2.0, bottom + 24.0, &below, TICK.middle());
    let beside = format!("{}, {} \u{2192}", panel.group, canvas.say(&chart.unit));
    let beside = canvas.cut_middle(&beside, TICK, bottom - top);
    let length = canvas.width_of(&beside, TICK);
    canvas.text(left - BESIDE + 7.0, (top + bottom) / 2.0 + length / 2.0, &beside, TICK.turned());
}

/// Names the marks that have room for it; gives back how many have none.
fn name(page: &mut Page, marks: &[(usize, &Word, (f64, f64))], frame: Frame) -> usize {
    const HALF: f64 = 6.0;
    let around =
        |(x, y): (f64, f64), reach: f64| Frame { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach };
    let mut taken: Vec<Frame> = marks.iter().map(|(_, _, at)| around(*at, RADIUS)).collect();
    let mut nameless = 0;
    for (own, (_, word, (x, y))) in marks.iter().enumerate() {
        let width = page.canvas.width_of(&word.text, NAME);
        let (beside, slant) = (RADIUS + 2.5, RADIUS + 5.0);
        let starts = [
            (x + beside, *y),
            (x - beside - width, *y),
            (x + 1.5, y - slant - 1.0),
            (x + 1.5, y + slant + 1.0),
            (x - 1.5 - width, y - slant - 1.0),
            (x - 1.5 - width, y + slant + 1.0),
            (x - width / 2.0, y - slant - 2.5),
            (x - width / 2.0, y + slant + 2.5),
        ];
        let free = starts.into_iter().find(|&(left, middle)| {
            let text = Frame { left, top: middle - HALF, right: left + width, bottom: middle + HALF };
            let inside = text.left >= frame.left + 1.0
                && text.right <= frame.right
                && text.top >= frame.top
                && text.bottom <= frame.bottom;
            let is_clear = |(i, other): (usize, &Frame)| i == own || apart(&text, other);
            inside && taken.iter().enumerate().all(is_clear)
        });
        let Some((left, middle)) = free else {
            nameless += 1;
            continue;
        };
        let look = if word.is_weak { NAME.rgb(SOFT) } else { NAME };
        let (right, top, bottom) = (left + width, middle - HALF, middle + HALF);
        // the small marks behind a name are dimmed
        page.canvas.area(vec![(left, top), (right, top), (right, bottom), (left, bottom)], WHITE, 0.75);
        page.canvas.text(left, middle, &word.text, look);
        taken.push(Frame { left: left - 3.0, top, right: right + 3.0, bottom });
    }
    nameless
}

fn apart(one: &Frame, other: &Frame) -> bool {
    one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top
}
