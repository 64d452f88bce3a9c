//! What the marks of charts lead to: the sentences behind each.
//!
//! In: a drawing, and what its panels, rows and columns stand for. Out: for each of its marks what the reader of all sentences is asked for.
//! Invariant: one link a mark, in the order of [`Drawing::points`], or none at all: the marks of charts of groups and frames are known by
//! their places alone.
//! It deliberately writes no link: `html` knows what stands in the page.

use super::chart::{ChartError, Contributions, Drawing, Point};
use super::html::{Marked, Reading};

/// A chart of a run.
pub(super) struct LinkedChart {
    /// Its file name, without folder and ending.
    pub(super) name: String,
    pub(super) drawing: Drawing,
    /// What each mark leads to; empty where the page knows it by the place of the mark.
    pub(super) links: Vec<Option<Marked>>,
    /// What its files show instead, one each, where it is too high for a page of print.
    pub(super) pages: Vec<Drawing>,
}

impl LinkedChart {
    /// Its files, by name without folder and ending, and what each shows.
    pub(super) fn files(&self) -> Vec<(String, &Drawing)> {
        let file = |(page, drawing)| match page {
            0 => (self.name.clone(), drawing),
            page => (format!("{}-page-{}", self.name, page + 1), drawing),
        };
        match self.pages.is_empty() {
            true => vec![(self.name.clone(), &self.drawing)],
            false => self.pages.iter().enumerate().map(file).collect(),
        }
    }

    /// Drawn for a paper: the page has it as a part of another one.
    pub(super) fn is_of_one_frame(&self) -> bool {
        self.name.contains('/')
    }
}

/// A drawing and its links.
pub(super) type LinkedDrawing = Result<(Drawing, Vec<Option<Marked>>), ChartError>;

/// A drawing whose marks the page knows.
pub(super) fn without_links(drawing: Result<Drawing, ChartError>) -> LinkedDrawing {
    Ok((drawing?, Vec::new()))
}

/// A drawing whose marks lead to what `to` says of each.
pub(super) fn with_links(drawing: Result<Drawing, ChartError>, to: impl Fn(&Point) -> Option<Marked>) -> LinkedDrawing {
    let drawing = drawing?;
    let links = drawing.points.iter().map(to).collect();
    Ok((drawing, links))
}

/// The sentences that a mark asks for.
pub(super) fn sentences(point: &Point, reading: Reading) -> Option<Marked> {
    Some(Marked::Sentences(point.says.clone(), reading))
}

/// Rows are entries; a bar leads to the sentences of the group that has hits of it, the first of the two if both do.
pub(super) fn link_of_bar(
    point: &Point,
    chart: &Contributions,
    frame: &str,
    [one, other]: [Option<usize>; 2],
) -> Option<Marked> {
    let bar = chart.bars.iter().filter(|bar| bar.contribution.is_finite()).nth(point.row);
    let entry = bar.and_then(|bar| bar.entry.clone());
    let group = match bar.and_then(|bar| bar.hits) {
        Some([0, _]) => other,
        _ => one,
    };
    sentences(point, Reading { frame: frame.to_string(), group, entry, ..Reading::default() })
}
