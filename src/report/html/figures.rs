//! The charts, each as a figure with its caption and the way to its files.

use super::keyness;
use super::markup::{Text, several};
use super::{Measure, Page, number};
use std::fmt::Write;

/// A chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// How to read it, and where its numbers are.
    pub caption: String,
    /// The drawing: one `<svg>` element of our own making, without ids and without script.
    pub svg: String,
    /// Which places of the drawing are what, for the filters: `r:g p:f` where rows are the groups of the page and panels its frames; `c` are
    /// columns, `v` voices, `k` comparisons by key words. Empty where there is nothing to filter.
    pub axes: &'static str,
    /// Marks that stand for a group and a frame: each becomes a link to its sentences.
    pub marks: Vec<Mark>,
    /// Its files: `charts/frames.svg`, `charts/frames.png`.
    pub files: Vec<String>,
}

/// What a mark of a chart stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marked {
    /// A group and a frame: their places in [`Page::groups`] and [`Page::frames`].
    Cell {
        /// The group.
        group: usize,
        /// The frame.
        frame: usize,
    },
    /// A key word.
    Word {
        /// The comparison: its place in [`Page::keyness`].
        comparison: usize,
        /// Of the words that the group uses less.
        is_less: bool,
        /// Its place among them.
        word: usize,
    },
}

/// A mark of a chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// What it stands for.
    pub of: Marked,
    /// Panel, row and column of the drawing; none where it stands for all of them.
    pub place: [Option<usize>; 3],
    /// Its centre in pixels from the left.
    pub x: f64,
    /// Its centre in pixels from the top.
    pub y: f64,
}

/// Every chart.
pub(super) fn figures(page: &Page, out: &mut String) {
    if page.charts.is_empty() {
        out.push_str("<p>This run drew no charts.</p>\n");
    }
    page.charts.iter().for_each(|chart| figure(page, chart, out));
}

/// One chart.
pub(super) fn figure(page: &Page, chart: &Chart, out: &mut String) {
    let links: Vec<String> = chart.files.iter().map(|name| page.link(name)).collect();
    let _ = writeln!(
        out,
        "<figure{3}>\n<div class=\"scroll paper\" role=\"region\" aria-label=\"Chart: {0}\" tabindex=\"0\">{1}</div>\n\
         <figcaption><b>{0}.</b> {2} {4}</figcaption>\n</figure>",
        Text(&chart.title),
        linked(page, chart),
        Text(&chart.caption),
        if chart.axes.is_empty() { String::new() } else { format!(" data-axes=\"{}\"", chart.axes) },
        links.join(" · "),
    );
}

/// Units of the drawing in a pixel.
const UNITS: f64 = 20.0;

/// How far around a mark a pointer finds it, in pixels.
const REACH: f64 = 8.0;

/// The drawing with every mark a link to the sentences behind it, and its numbers for whoever points at it.
fn linked(page: &Page, chart: &Chart) -> String {
    let drawn = drawing(&chart.svg);
    let Some(body) = drawn.strip_suffix("</svg>") else { return drawn.to_string() };
    let mut out = body.to_string();
    for mark in &chart.marks {
        link(page, mark, &mut out);
    }
    out.push_str("</svg>");
    out
}

fn link(page: &Page, mark: &Mark, out: &mut String) {
    let said = match mark.of {
        Marked::Cell { group, frame } => of_cell(page, group, frame),
        Marked::Word { comparison, is_less, word } => of_word(page, comparison, is_less, word),
    };
    let Some((says, anchor)) = said else { return };
    let units = |pixels: f64| (pixels * UNITS).round();
    let place = ["p", "r", "c"].iter().zip(mark.place);
    let place = place.filter_map(|(name, at)| at.map(|at| format!(" data-{name}=\"{at}\""))).collect::<String>();
    let circle = format!(
        "<title>{}</title><circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill-opacity=\"0\"/>",
        Text(&says),
        units(mark.x),
        units(mark.y),
        units(REACH),
    );
    // the title names the link, and is what a pointer shows
    let _ = match anchor {
        Some(anchor) => write!(out, "<a href=\"#{anchor}\"{place}>{circle}</a>"),
        None => write!(out, "<g{place}>{circle}</g>"),
    };
}

/// What a mark of a group and frame says, and where it leads.
fn of_cell(page: &Page, group: usize, frame: usize) -> Option<(String, Option<String>)> {
    let (named, label) = (page.groups.get(group)?, &page.frames.get(frame)?.label);
    let cell = named.cells.get(frame)?;
    let says = format!(
        "{}, {label}: {} per 1,000 words, {} in {}",
        named.label,
        rate(&cell.rate),
        several(cell.hits, "hit"),
        several(cell.articles_with_hit, "article"),
    );
    Some((says, page.sentences_anchor(group, frame)))
}

/// What a mark of a key word says, and where it leads.
fn of_word(page: &Page, comparison: usize, is_less: bool, word: usize) -> Option<(String, Option<String>)> {
    let compared = page.keyness.get(comparison)?;
    let found = if is_less { &compared.less } else { &compared.more }.get(word)?;
    let says = format!(
        "{}: {} in {}, {} in {}",
        found.word,
        several(found.hits, "time"),
        compared.label,
        number::count(found.against),
        compared.against
    );
    Some((says, Some(keyness::anchor(comparison, is_less, word))))
}

/// A rate and its interval.
fn rate(rate: &Measure) -> String {
    let Some(value) = rate.value else { return rate.why.clone() };
    let value = number::figures(value, 3);
    match (rate.low, rate.high) {
        (None, None) => value,
        (low, high) => format!("{value} ({})", number::interval(low, high, 3)),
    }
}

/// The element alone: a declaration before it may not stand inside a page.
pub(super) fn drawing(svg: &str) -> &str {
    svg.find("<svg").map_or("", |start| svg[start..].trim_end())
}
