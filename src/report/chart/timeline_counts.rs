//! The articles behind a time chart: a row for each line, a column for each period; at the same time the key of the lines.
//!
//! Invariant: every line of the chart has its number of articles in every period, as numbers where they fit and as bars
//! where not.
//!
//! It deliberately draws nothing in a period without articles.

use super::FEW;
use super::axis::count;
use super::canvas::{Frame, Part, Pencil, Type};
use super::grid::{names, titled};
use super::page::{MARGIN, Page};
use super::palette::{BAND, FAINT, RULE, STROKES};
use super::period::Calendar;
use super::timeline::Timeline;
use super::timeline_axes::{self, Ruler};

const ROW: Type = Type::new(11.0);
const NUMBER: Type = Type::new(9.5).middle();
const RANGE: Type = Type::new(9.5);
const TICK: Type = Type::new(10.0).soft();
const HEAD: Type = Type::new(11.5).bold();
/// Width of the sample of a line.
const SAMPLE: f64 = 34.0;

/// Draws the table at the top of the chart.
pub(super) fn table(page: &mut Page, chart: &Timeline, calendar: &Calendar, series: usize) {
    let rows = &chart.outlets[..series];
    let names = names(&page.canvas, rows, page.canvas.room_of_names(235.0));
    let name_width = names.iter().map(|name| page.canvas.width_of(name, ROW)).fold(0.0, f64::max) + 10.0;
    let known = |line: usize| -> Vec<(i64, u64)> {
        let counts = chart.articles.get(line).map_or(&[][..], Vec::as_slice);
        calendar.places.iter().zip(counts).filter_map(|(place, n)| n.map(|n| (*place, n))).collect()
    };
    let counts: Vec<Vec<(i64, u64)>> = (0..series).map(known).collect();
    let left = MARGIN + SAMPLE + name_width;
    let full = Frame { left, top: 0.0, right: MARGIN + page.canvas.room, bottom: 0.0 };
    let widest = counts.iter().flatten().map(|(_, n)| page.canvas.width_of(&count(*n), NUMBER)).fold(0.0, f64::max);
    let has_numbers = widest + 4.0 <= Ruler::new(calendar, full).slot;
    // Bars need room for their range in words.
    let frame = if has_numbers { full } else { Frame { right: full.right - 62.0, ..full } };
    let ruler = Ruler::new(calendar, frame);
    let heading = page.canvas.say(&format!("Articles per {}", calendar.noun()));
    page.canvas.text(MARGIN, page.y + 7.0, &heading, HEAD);
    page.y += 19.0;
    let height = 18.0;
    let most = counts.iter().flatten().map(|(_, n)| *n).max().unwrap_or(0).max(1);
    for (line, label) in rows.iter().enumerate() {
        let top = page.y + line as f64 * height;
        let y = top + height / 2.0;
        page.canvas.part = Part::row(line);
        if line % 2 == 0 {
            let band = Frame { left: MARGIN - 6.0, top, right: MARGIN + page.canvas.room + 6.0, bottom: top + height };
            page.canvas.fill(band, BAND);
        }
        let stroke = STROKES[line];
        let pencil = Pencil { rgb: stroke.rgb, width: 1.6, dash: stroke.dash };
        page.canvas.line(vec![(MARGIN, y), (MARGIN + SAMPLE - 8.0, y)], pencil);
        page.canvas.mark((MARGIN + (SAMPLE - 8.0) / 2.0, y), stroke.shape, 3.0, stroke.rgb, true);
        page.canvas.text_as(MARGIN + SAMPLE, y, &names[line], &titled(label), ROW);
        if has_numbers {
            for &(place, n) in &counts[line] {
                let look = if n < FEW { NUMBER.soft() } else { NUMBER };
                page.canvas.text(ruler.x(place), y, &count(n), look);
            }
        } else {
            bars(page, &counts[line], &ruler, most, top + height - 2.0, height - 4.0);
            let range = range(&counts[line]);
            page.canvas.text_within(frame.right + 8.0, y, &range, RANGE, MARGIN + page.canvas.room - frame.right - 8.0);
        }
    }
    page.canvas.part = Part::ALL;
    let bottom = page.y + series as f64 * height;
    page.canvas.lines(vec![[(frame.left, bottom), (frame.right, bottom)]], Pencil::new(RULE, 0.9));
    let mut marks = Vec::new();
    for (x, _, (place, name)) in timeline_axes::places(&page.canvas, calendar, &ruler, frame.left, frame.right) {
        marks.push([(ruler.x(place), bottom), (ruler.x(place), bottom + 3.5)]);
        page.canvas.text(x, bottom + 11.0, &name, TICK.middle());
    }
    page.canvas.lines(marks, Pencil::new(RULE, 0.9));
    page.y = bottom + 34.0;
}

fn bars(page: &mut Page, counts: &[(i64, u64)], ruler: &Ruler, most: u64, bottom: f64, height: f64) {
    let width = ruler.slot * 0.8;
    for &(place, n) in counts.iter().filter(|(_, n)| *n > 0) {
        let x = ruler.x(place);
        let top = bottom - (height * n as f64 / most as f64).max(0.8);
        page.canvas.fill(Frame { left: x - width / 2.0, top, right: x + width / 2.0, bottom }, FAINT);
    }
}

/// `3–212`: the smallest and the largest number of articles.
fn range(counts: &[(i64, u64)]) -> String {
    let numbers = counts.iter().map(|(_, n)| *n);
    match (numbers.clone().min(), numbers.max()) {
        (Some(low), Some(high)) => format!("{}\u{2013}{}", count(low), count(high)),
        _ => "\u{2013}".to_string(),
    }
}
