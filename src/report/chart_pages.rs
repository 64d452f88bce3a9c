//! Charts that are higher than a page of print, as several pictures.
//!
//! In: a chart that is to be drawn. Out: its drawing and, for paper, that of each page.
//! Invariant: the pages together have every panel of the chart once, in its order; no page is higher than a sheet where one panel is not.
//! It deliberately cuts nothing that is drawn for a screen, which scrolls.

use super::chart::{ChartError, Drawing, PAGE_HEIGHT, Words};
use super::links::{LinkedChart, LinkedDrawing};
use std::ops::Range;

/// One of several pages of a chart.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Its panels.
    pub(super) panels: Range<usize>,
    /// Its number from 1, and how many there are.
    number: [usize; 2],
}

impl Part {
    /// Says which page this is.
    pub(super) fn tell(&self, words: &mut Words) {
        let [page, of] = self.number;
        words.notes.insert(0, format!("Part {page} of {of}."));
    }
}

/// Draws a chart, or a part of it.
type Draw<'s> = Box<dyn Fn(Option<&Part>) -> LinkedDrawing + Send + Sync + 's>;

/// A chart that is to be drawn.
pub(super) struct Planned<'s> {
    pub(super) name: String,
    /// Panels that can be parted; 0 where it is one whole.
    panels: usize,
    draw: Draw<'s>,
}

impl<'s> Planned<'s> {
    /// A chart that is never parted.
    pub(super) fn whole(name: impl Into<String>, draw: impl Fn() -> LinkedDrawing + Send + Sync + 's) -> Planned<'s> {
        Planned { name: name.into(), panels: 0, draw: Box::new(move |_| draw()) }
    }

    /// A chart of so many panels.
    pub(super) fn parted(
        name: impl Into<String>,
        panels: usize,
        draw: impl Fn(Option<&Part>) -> LinkedDrawing + Send + Sync + 's,
    ) -> Planned<'s> {
        Planned { name: name.into(), panels, draw: Box::new(draw) }
    }

    /// The same under another name.
    pub(super) fn renamed(self, name: String) -> Planned<'s> {
        Planned { name, ..self }
    }

    /// The chart; with pages where it is for paper and higher than one.
    pub(super) fn drawn(self, is_for_paper: bool) -> Result<LinkedChart, ChartError> {
        let (drawing, links) = (self.draw)(None)?;
        let is_parted = is_for_paper && self.panels > 1 && drawing.height > PAGE_HEIGHT;
        let pages = if is_parted { self.pages(drawing.height)? } else { Vec::new() };
        Ok(LinkedChart { name: self.name, drawing, links, pages })
    }

    /// As few pages as have room for all panels of a chart of this height.
    fn pages(&self, height: u32) -> Result<Vec<Drawing>, ChartError> {
        let mut of_page = self.panels.div_ceil(height.div_ceil(PAGE_HEIGHT) as usize);
        loop {
            let pages = self.panels.div_ceil(of_page);
            let page = |page: usize| {
                let panels = page * of_page..self.panels.min((page + 1) * of_page);
                Ok((self.draw)(Some(&Part { panels, number: [page + 1, pages] }))?.0)
            };
            let drawn: Vec<Drawing> = (0..pages).map(page).collect::<Result<_, ChartError>>()?;
            if of_page == 1 || drawn.iter().all(|drawing| drawing.height <= PAGE_HEIGHT) {
                return Ok(drawn);
            }
            of_page -= 1;
        }
    }
}
