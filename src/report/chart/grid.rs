//! Small multiples: row names at the left, panels side by side, as many strips as it takes.
//!
//! Invariant: the rows have the same order and height in every panel, and their names stand at the left of each strip.
//!
//! It deliberately does not know what is drawn in a panel.

use super::Label;
use super::axis::count;
use super::canvas::{Canvas, Frame, Part, Type};
use super::page::{MARGIN, Page};
use super::palette::BAND;

const ROW: Type = Type::new(11.0);
const HEAD: Type = Type::new(11.5).bold();
const HEAD_LEADING: f64 = 14.5;
const GAP: f64 = 22.0;

/// What has to be laid out.
pub(super) struct Sheet<'a> {
    pub(super) rows: &'a [Label],
    pub(super) panels: &'a [Label],
    /// Width of the column of words right of each panel; 0 for none.
    pub(super) aside: f64,
    /// Its heading.
    pub(super) aside_head: &'a str,
    /// A panel is at least this wide.
    pub(super) least: f64,
    /// Most panels side by side.
    pub(super) most: usize,
}

/// The layout.
pub(super) struct Grid<'a> {
    sheet: Sheet<'a>,
    names: Vec<String>,
    name_width: f64,
    pub(super) columns: usize,
    /// Width of a panel without its words.
    pub(super) plot_width: f64,
    pub(super) row_height: f64,
}

/// A panel: where its rows are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Panel {
    pub(super) index: usize,
    pub(super) frame: Frame,
    /// Right edge of the words beside it.
    pub(super) aside: f64,
}

impl<'a> Grid<'a> {
    pub(super) fn fit(canvas: &Canvas, sheet: Sheet<'a>) -> Grid<'a> {
        let single = sheet.panels.len() <= 1;
        let names = names(canvas, sheet.rows, canvas.room_of_names(if single { 330.0 } else { 235.0 }));
        let name_width = names.iter().map(|name| canvas.width_of(name, ROW)).fold(0.0, f64::max) + 10.0;
        let room = canvas.room - name_width;
        let fitting = ((room + GAP) / (sheet.least + sheet.aside + GAP)) as usize;
        let fitting = fitting.clamp(1, sheet.most);
        let strips = sheet.panels.len().div_ceil(fitting).max(1);
        let columns = sheet.panels.len().div_ceil(strips).max(1);
        let plot_width = (room + GAP) / columns as f64 - GAP - sheet.aside;
        let row_height = if sheet.rows.len() > 12 { 16.0 } else { 19.0 };
        Grid { sheet, names, name_width, columns, plot_width, row_height }
    }

    /// Draws the ground, names and headings of the next strip and moves the page below its rows.
    pub(super) fn strip(&self, page: &mut Page, shown: &[usize]) -> Vec<Panel> {
        let headings: Vec<Vec<String>> = shown
            .iter()
            .map(|&index| page.canvas.wrap_to(&titled(&self.sheet.panels[index]), HEAD, self.plot_width, 2))
            .collect();
        let lines = headings.iter().map(Vec::len).max().unwrap_or(0);
        let top = page.y + lines as f64 * HEAD_LEADING + 5.0;
        let bottom = top + self.row_height * self.sheet.rows.len() as f64;
        let panels = shown.iter().enumerate().map(|(column, &index)| self.panel(index, column, top, bottom));
        let panels: Vec<Panel> = panels.collect();
        let edge = panels.last().map_or(MARGIN, |panel| panel.aside);
        self.draw_rows(page, top, edge);
        for (panel, heading) in panels.iter().zip(&headings) {
            self.draw_heading(page, panel, heading);
        }
        page.y = bottom;
        panels
    }

    fn panel(&self, index: usize, column: usize, top: f64, bottom: f64) -> Panel {
        let left = MARGIN + self.name_width + column as f64 * (self.plot_width + self.sheet.aside + GAP);
        let right = left + self.plot_width;
        Panel { index, frame: Frame { left, top, right, bottom }, aside: right + self.sheet.aside }
    }

    fn draw_rows(&self, page: &mut Page, top: f64, edge: f64) {
        for (i, (label, name)) in self.sheet.rows.iter().zip(&self.names).enumerate() {
            let y = top + i as f64 * self.row_height;
            page.canvas.part = Part::row(i);
            if i % 2 == 0 {
                let frame = Frame { left: MARGIN - 6.0, top: y, right: edge + 6.0, bottom: y + self.row_height };
                page.canvas.fill(frame, BAND);
            }
            let look = if label.is_few() { ROW.soft() } else { ROW };
            page.canvas.text_as(
                MARGIN + self.name_width - 10.0,
                y + self.row_height / 2.0,
                name,
                &titled(label),
                look.right(),
            );
            page.notes.has_few |= label.is_few();
        }
        page.canvas.part = Part::ALL;
    }

    fn draw_heading(&self, page: &mut Page, panel: &Panel, heading: &[String]) {
        let label = &self.sheet.panels[panel.index];
        page.canvas.part = Part::panel(panel.index);
        for (i, line) in heading.iter().rev().enumerate() {
            let y = panel.frame.top - 5.0 - (i as f64 + 0.5) * HEAD_LEADING;
            let look = if label.is_few() { HEAD.soft() } else { HEAD };
            page.canvas.text(panel.frame.left, y, line, look);
        }
        page.canvas.is_shortened |= heading.last().is_some_and(|line| line.ends_with('…'));
        page.notes.has_few |= label.is_few();
        if self.sheet.aside > 0.0 {
            let y = panel.frame.top - 5.0 - 0.5 * HEAD_LEADING;
            page.canvas.text(panel.aside, y, self.sheet.aside_head, Type::new(10.0).soft().right());
        }
        page.canvas.part = Part::ALL;
    }

    /// All panels, in the order in which they are given.
    pub(super) fn as_given(&self) -> Vec<usize> {
        (0..self.sheet.panels.len()).collect()
    }

    /// The middle of a row.
    pub(super) fn row(&self, panel: &Panel, row: usize) -> f64 {
        panel.frame.top + (row as f64 + 0.5) * self.row_height
    }
}

/// `Reuters (n = 212)`.
pub(super) fn titled(label: &Label) -> String {
    format!("{}{}", label.name, tail(label))
}

/// What follows the name.
fn tail(label: &Label) -> String {
    let counted = label.articles.map_or(String::new(), |n| format!(" (n = {})", count(n)));
    format!("{}{counted}", label.aspect)
}

/// The names of rows, cut at the end or, where that makes two alike, in the middle; what follows them stays whole.
pub(super) fn names(canvas: &Canvas, rows: &[Label], room: f64) -> Vec<String> {
    let tails: Vec<String> = rows.iter().map(tail).collect();
    let room = room - tails.iter().map(|tail| canvas.width_of(tail, ROW)).fold(0.0, f64::max);
    let mut names: Vec<String> = rows.iter().map(|label| canvas.cut(&label.name, ROW, room)).collect();
    let mut sorted: Vec<(&String, &String)> = names.iter().zip(rows.iter().map(|label| &label.aspect)).collect();
    sorted.sort_unstable();
    if sorted.windows(2).any(|pair| pair[0] == pair[1]) {
        names = rows.iter().map(|label| canvas.cut_middle(&label.name, ROW, room)).collect();
    }
    names.into_iter().zip(tails).map(|(name, tail)| name + &tail).collect()
}
