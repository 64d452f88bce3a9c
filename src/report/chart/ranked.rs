//! Panels of which there are too many for a page, as one list: heading under heading, over one axis, what says most first.
//!
//! Invariants: the list is no higher than a page; a panel stands where its best row puts it; a note says how much is left out.
//!
//! It deliberately does not rank: the caller does.

use super::canvas::{Frame, Part, Type};
use super::grid::{Panel, names, titled};
use super::page::{MARGIN, Page};
use super::palette::{BAND, WHITE};
use super::rows::{self, Plot, aside_width, draw_axis, draw_cell, draw_ends, draw_unit};
use super::{ChartError, Drawing, PAGE_HEIGHT};

const ROW_HEIGHT: f64 = 17.0;
const HEAD_HEIGHT: f64 = 20.0;
const ROW: Type = Type::new(11.0);
const HEAD: Type = Type::new(11.5).bold();
/// The axis with its words, and the notes that the chart adds.
const FOOT: f64 = 170.0;

/// Draws as many rows as a page holds, the first of `ranked` first: panel and row.
pub(super) fn draw(plot: &Plot, ranked: &[(usize, usize)]) -> Result<Drawing, ChartError> {
    let mut page = Page::open(plot.words)?;
    let notes: f64 = plot.words.notes.iter().map(|note| page.lines_of_note(note) as f64 * 15.0).sum();
    let blocks = chosen(ranked, f64::from(PAGE_HEIGHT) - page.y - FOOT - notes);
    let drawn: usize = blocks.iter().map(|(_, rows)| rows.len()).sum();
    let names = names(&page.canvas, plot.rows, page.canvas.room_of_names(235.0));
    let name_width = names.iter().map(|name| page.canvas.width_of(name, ROW)).fold(0.0, f64::max) + 10.0;
    let aside = aside_width(plot, &page.canvas);
    let (left, right) = (MARGIN + name_width, MARGIN + page.canvas.room - aside);
    let axis = rows::axis(plot, plot.cells.iter(), right - left, &page.canvas);
    let top = page.y;
    let height = blocks.len() as f64 * HEAD_HEIGHT + drawn as f64 * ROW_HEIGHT;
    let frame = Frame { left, right, top, bottom: top + height };
    let spots = places(&blocks, top);
    bands(&mut page, &spots, right + aside);
    draw_axis(&mut page.canvas, &axis, frame, plot.centred);
    page.canvas.text(right + aside, top + HEAD_HEIGHT / 2.0, plot.aside_head, Type::new(10.0).soft().right());
    for (panel, row, y) in spots {
        let label = &plot.panels[panel];
        let panel = Panel { index: panel, frame, aside: right + aside };
        let Some(row) = row else {
            heading(&mut page, &titled(label), panel, y);
            continue;
        };
        let is_few = plot.rows[row].is_few() || label.is_few();
        page.canvas.part = Part::panel(panel.index).and_row(row);
        let look = if is_few { ROW.soft() } else { ROW };
        page.canvas.text_as(left - 10.0, y, &names[row], &titled(&plot.rows[row]), look.right());
        draw_cell(&mut page, plot, &axis, &panel, row, y, is_few);
    }
    page.canvas.part = Part::ALL;
    let panel = Panel { index: 0, frame, aside: right + aside };
    page.y = draw_ends(&mut page, plot, &panel, &axis);
    draw_unit(&mut page, plot, &[panel]);
    page.y += 14.0;
    if drawn < ranked.len() {
        page.notes.further.push(format!("Drawn: {drawn} of {}, those with the smallest q first.", ranked.len()));
    }
    rows::close(page, plot)
}

/// Panels with the rows that fit, in the order of their best rows; the rows in their own order.
fn chosen(ranked: &[(usize, usize)], room: f64) -> Vec<(usize, Vec<usize>)> {
    let (mut blocks, mut height): (Vec<(usize, Vec<usize>)>, f64) = (Vec::new(), 0.0);
    for &(panel, row) in ranked {
        let block = blocks.iter().position(|(other, _)| *other == panel);
        height += ROW_HEIGHT + if block.is_none() { HEAD_HEIGHT } else { 0.0 };
        if height > room && !blocks.is_empty() {
            break;
        }
        match block {
            Some(block) => blocks[block].1.push(row),
            None => blocks.push((panel, vec![row])),
        }
    }
    blocks.iter_mut().for_each(|(_, rows)| rows.sort_unstable());
    blocks
}

/// Panel, row (none is a heading), and the middle of each line.
fn places(blocks: &[(usize, Vec<usize>)], top: f64) -> Vec<(usize, Option<usize>, f64)> {
    let (mut y, mut places) = (top, Vec::new());
    for (panel, rows) in blocks {
        places.push((*panel, None, y + HEAD_HEIGHT / 2.0));
        y += HEAD_HEIGHT;
        for row in rows {
            places.push((*panel, Some(*row), y + ROW_HEIGHT / 2.0));
            y += ROW_HEIGHT;
        }
    }
    places
}

fn bands(page: &mut Page, spots: &[(usize, Option<usize>, f64)], edge: f64) {
    let mut is_odd = false;
    for (panel, row, y) in spots {
        is_odd = row.is_some() && !is_odd;
        if is_odd {
            let (top, bottom) = (y - ROW_HEIGHT / 2.0, y + ROW_HEIGHT / 2.0);
            page.canvas.part = row.map_or(Part::panel(*panel), |row| Part::panel(*panel).and_row(row));
            page.canvas.fill(Frame { left: MARGIN - 6.0, top, right: edge + 6.0, bottom }, BAND);
        }
    }
    page.canvas.part = Part::ALL;
}

/// The name of a panel, on a patch so that no line of the axis runs through it.
fn heading(page: &mut Page, name: &str, panel: Panel, y: f64) {
    let room = panel.frame.right - MARGIN;
    let shown = page.canvas.cut(name, HEAD, room);
    let right = MARGIN + page.canvas.width_of(&shown, HEAD) + 4.0;
    page.canvas.part = Part::panel(panel.index);
    page.canvas.fill(Frame { left: MARGIN, top: y - 8.0, right, bottom: y + 8.0 }, WHITE);
    page.canvas.text_as(MARGIN, y, &shown, name, HEAD);
}
