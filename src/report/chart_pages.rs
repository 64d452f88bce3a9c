//! Charts that are higher than a page of print, as several pictures.
//!
//! In: a chart that is to be drawn. Out: its drawing and, for paper, that of each page.
//! Invariant: the pages have every panel of the chart once, in its order, or those with most hits where that would be more than
//! [`MOST_PAGES`], and say so; no page is higher than a sheet where one panel is not.
//! It deliberately cuts nothing that is drawn for a screen, which scrolls.

use super::chart::{ChartError, Drawing, PAGE_HEIGHT, Words};
use super::links::{LinkedChart, LinkedDrawing};
use std::cmp::Reverse;

/// Pages of a chart.
const MOST_PAGES: usize = 8;

/// One of several pages of a chart.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Its panels, ascending.
    pub(super) panels: Vec<usize>,
    /// Its number from 1, and how many pages there are.
    number: [usize; 2],
    /// Panels on all of them, and of the chart.
    drawn: [usize; 2],
}

impl Part {
    /// Says which page this is, and what no page has.
    pub(super) fn tell(&self, words: &mut Words) {
        let ([page, of], [drawn, all]) = (self.number, self.drawn);
        if drawn < all {
            words.notes.insert(0, format!("Drawn: {drawn} of {all} frames, those with most hits."));
        }
        words.notes.insert(0, format!("Part {page} of {of}."));
    }
}

/// Draws a chart, or a part of it.
type Draw<'s> = Box<dyn Fn(Option<&Part>) -> LinkedDrawing + Send + Sync + 's>;

/// A chart that is to be drawn.
pub(super) struct Planned<'s> {
    pub(super) name: String,
    /// Hits of each of the panels that can be parted; none where it is one whole.
    hits: Vec<u64>,
    draw: Draw<'s>,
}

impl<'s> Planned<'s> {
    /// A chart that is never parted.
    pub(super) fn whole(name: impl Into<String>, draw: impl Fn() -> LinkedDrawing + Send + Sync + 's) -> Planned<'s> {
        Planned { name: name.into(), hits: Vec::new(), draw: Box::new(move |_| draw()) }
    }

    /// A chart of panels with these hits.
    pub(super) fn parted(
        name: impl Into<String>,
        hits: Vec<u64>,
        draw: impl Fn(Option<&Part>) -> LinkedDrawing + Send + Sync + 's,
    ) -> Planned<'s> {
        Planned { name: name.into(), hits, draw: Box::new(draw) }
    }

    /// The same under another name.
    pub(super) fn renamed(self, name: String) -> Planned<'s> {
        Planned { name, ..self }
    }

    /// The chart; with pages where it is for paper and higher than one.
    pub(super) fn drawn(self, is_for_paper: bool) -> Result<LinkedChart, ChartError> {
        let (drawing, links) = (self.draw)(None)?;
        let is_parted = is_for_paper && self.hits.len() > 1 && drawing.height > PAGE_HEIGHT;
        let pages = if is_parted { self.pages(drawing.height)? } else { Vec::new() };
        Ok(LinkedChart { name: self.name, drawing, links, pages })
    }

    /// As few pages as have room for the panels of a chart of this height.
    fn pages(&self, height: u32) -> Result<Vec<Drawing>, ChartError> {
        let all = self.hits.len();
        let mut of_page = all.div_ceil(height.div_ceil(PAGE_HEIGHT) as usize);
        loop {
            let panels = self.with_most_hits(of_page * MOST_PAGES);
            let pages: Vec<&[usize]> = panels.chunks(of_page).collect();
            let page = |(page, own): (usize, &&[usize])| {
                let number = [page + 1, pages.len()];
                let part = Part { panels: own.to_vec(), number, drawn: [panels.len(), all] };
                Ok((self.draw)(Some(&part))?.0)
            };
            let drawn: Vec<Drawing> = pages.iter().enumerate().map(page).collect::<Result<_, ChartError>>()?;
            if of_page == 1 || drawn.iter().all(|drawing| drawing.height <= PAGE_HEIGHT) {
                return Ok(drawn);
            }
            of_page -= 1;
        }
    }

    /// So many panels, ascending.
    fn with_most_hits(&self, most: usize) -> Vec<usize> {
        let mut panels: Vec<usize> = (0..self.hits.len()).collect();
        panels.sort_by_key(|&panel| (Reverse(self.hits[panel]), panel));
        panels.truncate(most);
        panels.sort_unstable();
        panels
    }
}
