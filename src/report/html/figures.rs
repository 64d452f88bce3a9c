//! The charts, each as a figure with its caption and the way to its files.

use super::markup::{Text, several};
use super::{Chart, Mark, Measure, Page, number};
use std::fmt::Write;

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
        "<figure>\n<div class=\"scroll paper\" role=\"region\" aria-label=\"Chart: {0}\" tabindex=\"0\">{1}</div>\n\
         <figcaption><b>{0}.</b> {2} {3}</figcaption>\n</figure>",
        Text(&chart.title),
        linked(page, chart),
        Text(&chart.caption),
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
    let (Some(group), Some(frame)) = (page.groups.get(mark.group), page.frames.get(mark.frame)) else { return };
    let Some(cell) = group.cells.get(mark.frame) else { return };
    let says = format!(
        "{}, {}: {} per 1,000 words, {} in {}",
        group.label,
        frame.label,
        rate(&cell.rate),
        several(cell.hits, "hit"),
        several(cell.articles_with_hit, "article"),
    );
    let place = |pixels: f64| (pixels * UNITS).round();
    let circle = format!(
        "<title>{}</title><circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill-opacity=\"0\"/>",
        Text(&says),
        place(mark.x),
        place(mark.y),
        place(REACH),
    );
    // the title names the link, and is what a pointer shows
    let _ = match page.sentences_anchor(mark.group, mark.frame) {
        Some(anchor) => write!(out, "<a href=\"#{anchor}\">{circle}</a>"),
        None => write!(out, "<g>{circle}</g>"),
    };
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
