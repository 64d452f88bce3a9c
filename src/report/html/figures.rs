//! The charts, each as a figure with its caption and the way to its files.

use super::markup::Text;
use super::{Chart, Page};
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
        drawing(&chart.svg),
        Text(&chart.caption),
        links.join(" · "),
    );
}

/// The element alone: a declaration before it may not stand inside a page.
pub(super) fn drawing(svg: &str) -> &str {
    svg.find("<svg").map_or("", |start| svg[start..].trim_end())
}
