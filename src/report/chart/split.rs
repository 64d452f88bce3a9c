//! Why groups differ: which stories they tell, and how they tell the same ones.
//!
//! Invariants: two rows a group, blue for which stories, vermillion for how they are told; a mark is filled where its interval leaves
//! out zero.
//!
//! It deliberately leaves out what each covers alone: the table has it.

use super::palette::{BLUE, VERMILLION};
use super::rows::{self, Cell, Plot, finite};
use super::{ChartError, Drawing, Estimate, Label, Scale, Words};

/// Parts of differences in panels by frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Split {
    /// Title, subtitle, notes.
    pub words: Words,
    /// One panel each.
    pub frames: Vec<Label>,
    /// Groups, from the top.
    pub groups: Vec<String>,
    /// By panel, then group: selection and telling.
    pub cells: Vec<Vec<[Estimate; 2]>>,
}

/// Draws the chart.
///
/// # Errors
/// Only by a fault of this program.
pub fn split(chart: &Split) -> Result<Drawing, ChartError> {
    let row = |group: &String, what: &str| {
        let said = chart.words.language.say(&format!("{group}: {what}"));
        match said.strip_prefix(group.as_str()) {
            Some(aspect) => Label { name: group.clone(), aspect: aspect.to_string(), ..Label::default() },
            None => Label::plain(said),
        }
    };
    let of_group = |group| ["which stories", "how told"].map(|what| row(group, what));
    let rows: Vec<Label> = chart.groups.iter().flat_map(of_group).collect();
    let cell = |(estimate, rgb): (&Estimate, _)| {
        let estimate = finite(estimate);
        let filled = estimate.low.is_some_and(|low| low > 0.0) || estimate.high.is_some_and(|high| high < 0.0);
        Cell { estimate, rgb, filled, ..Cell::default() }
    };
    let cells = |of_frame: &Vec<[Estimate; 2]>| {
        of_frame.iter().flat_map(|[selection, telling]| [(selection, BLUE), (telling, VERMILLION)].map(cell)).collect()
    };
    rows::draw(&Plot {
        words: &chart.words,
        unit: "difference from all others, hits per 1,000 words",
        panels: &chart.frames,
        rows: &rows,
        cells: chart.cells.iter().map(cells).collect(),
        centred: true,
        scale: Scale::PerPanel,
        ends: chart.frames.iter().map(|_| ("less often".to_string(), "more often".to_string())).collect(),
        aside_head: "",
        least: 145.0,
        most: 3,
        hollow: "Filled mark: the interval excludes zero.",
        means: &[],
        order: &[],
    })
}
