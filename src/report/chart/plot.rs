//! Where hits lie in their articles: a row an article, a stroke a hit, from the first word to the last (a dispersion plot).
//!
//! Invariant: all articles are as wide, so that a stroke is a share of the article's words; hits in the outlet's own voice differ from the
//! others in height and in colour.
//!
//! It deliberately does not choose or sort the articles.

use super::axis::count;
use super::canvas::{Frame, Pencil, Type};
use super::grid::titled;
use super::page::{MARGIN, Page};
use super::palette::{BAND, BLUE, GRID, VERMILLION};
use super::{ChartError, Drawing, Label, Point, Words};

const HEAD: Type = Type::new(11.5).bold();
const ROW: Type = Type::new(10.0);
const SOFT: Type = Type::new(10.0).soft();
const HEIGHT: f64 = 15.0;

/// A hit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stroke {
    /// Where it lies: 0 at the first word of the article, 1 behind the last.
    pub at: f64,
    /// In the outlet's own voice.
    pub is_own: bool,
}

/// An article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Track {
    /// What it is called.
    pub name: String,
    /// Its hits.
    pub strokes: Vec<Stroke>,
}

/// Articles of groups.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plot {
    /// Title, subtitle, notes.
    pub words: Words,
    /// Each group and its articles, from the top.
    pub groups: Vec<(Label, Vec<Track>)>,
}

/// Draws the plot.
///
/// # Errors
/// Only by a fault of this program.
pub fn plot(chart: &Plot) -> Result<Drawing, ChartError> {
    let mut page = Page::open(&chart.words)?;
    let tracks = || chart.groups.iter().flat_map(|(_, tracks)| tracks);
    if tracks().next().is_none() {
        page.paragraph("Nothing to draw: no hits.", Type::new(12.0), 18.0);
        return page.close(&chart.words, "", "");
    }
    let most = page.canvas.room_of_names(260.0);
    let names = tracks().map(|track| page.canvas.width_of(&track.name, ROW)).fold(0.0, f64::max).min(most) + 10.0;
    let numbers = tracks().map(|track| page.canvas.width_of(&count(track.strokes.len() as u64), ROW));
    let aside = numbers.fold(page.canvas.width_of(&page.canvas.say("hits"), SOFT), f64::max) + 10.0;
    let (left, right) = (MARGIN + names, MARGIN + page.canvas.room - aside);
    let hits = page.canvas.say("hits");
    page.canvas.text(right + aside, page.y + 6.0, &hits, SOFT.right());
    let mut row = 0;
    for (panel, (group, tracks)) in chart.groups.iter().enumerate().filter(|(_, (_, tracks))| !tracks.is_empty()) {
        page.canvas.text_within(MARGIN, page.y + 8.0, &titled(group), HEAD, page.canvas.room - aside - 40.0);
        page.y += 19.0;
        for track in tracks {
            let frame = Frame { left, right, top: page.y + 1.5, bottom: page.y + HEIGHT - 1.5 };
            draw_track(&mut page, track, (panel, row), frame, names - 10.0, aside);
            page.y += HEIGHT;
            row += 1;
        }
        page.y += 6.0;
    }
    page.canvas.lines(vec![[(left, page.y), (right, page.y)]], Pencil::new(GRID, 0.8));
    for (share, word) in [(0.0, "first word"), (0.5, "middle"), (1.0, "last word")] {
        let word = &page.canvas.say(word);
        let half = page.canvas.width_of(word, SOFT) / 2.0;
        let x = (left + share * (right - left)).min(MARGIN + page.canvas.room - half);
        page.canvas.text(x, page.y + 9.0, word, SOFT.middle());
    }
    page.y += 22.0;
    page.notes
        .further
        .push("Blue, full height: the outlet’s own voice; orange, half height: other voices.".to_string());
    page.close(&chart.words, "", "")
}

fn draw_track(page: &mut Page, track: &Track, (panel, row): (usize, usize), frame: Frame, names: f64, aside: f64) {
    let Frame { left, right, top, bottom } = frame;
    let middle = (top + bottom) / 2.0;
    let name = page.canvas.cut_middle(&track.name, ROW, names);
    page.canvas.text_as(left - 10.0, middle, &name, &track.name, ROW.right());
    page.canvas.fill(frame, BAND);
    let [mut own, mut others] = [Vec::new(), Vec::new()];
    for (column, stroke) in track.strokes.iter().enumerate() {
        let x = left + stroke.at.clamp(0.0, 1.0) * (right - left);
        if stroke.is_own {
            own.push([(x, top), (x, bottom)]);
        } else {
            others.push([(x, middle), (x, bottom)]);
        }
        page.canvas.points.push(Point { panel, row, column, x, y: middle, ..Point::default() });
    }
    page.canvas.lines(others, Pencil::new(VERMILLION, 1.3));
    page.canvas.lines(own, Pencil::new(BLUE, 1.3));
    page.canvas.text(right + aside, middle, &count(track.strokes.len() as u64), ROW.right());
}
