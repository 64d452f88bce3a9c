//! The table of rates: a row for each group, a column for each frame, and under each row its intervals.

use super::markup::{absent_cell, capital, count_cell, mark, meaning_of_marks, reason, several, table};
use super::{Cell, Group, Page, number};
use maud::{Markup, html};

/// The table.
pub(super) fn rates(page: &Page) -> Markup {
    if page.groups.is_empty() || page.frames.is_empty() {
        return html! { p { "Nothing was counted." } };
    }
    let caption = html! {
        "Hits per 1,000 words by " (page.grouping()) " and frame. Point at a number, or move to it with the keyboard, for its interval; \
         click it for its sentences. All figures: " (page.link("frames.csv")) "."
    };
    let rows = html! {
        thead {
            tr {
                th scope="col" { (capital(&page.grouping())) }
                th.n scope="col" { "Articles" }
                th.n scope="col" { "Words" }
                @for frame in &page.frames { th.n scope="col" data-f=(frame.label) { (frame.label) } }
            }
        }
        @for (g, group) in page.numbered() {
            tbody data-g=(group.label) { (row(page, g, group)) (intervals(page, group)) }
        }
    };
    html! {
        (table("Rates", "sort matrix", caption, &rows))
        (meaning_of_marks())
    }
}

fn row(page: &Page, g: usize, group: &Group) -> Markup {
    html! {
        tr {
            th scope="row" { (group.label) }
            (count_cell(group.articles))
            (count_cell(group.words))
            @for f in 0..page.frames.len() {
                @match group.cells.get(f) {
                    Some(cell) => { (rate(page, group, cell, page.sentences_anchor(g, f))) }
                    None => { (absent_cell("not counted")) }
                }
            }
        }
    }
}

fn rate(page: &Page, group: &Group, cell: &Cell, anchor: Option<String>) -> Markup {
    let Some(rate) = cell.rate.known() else { return absent_cell(&cell.rate.why) };
    let mark = mark(&cell.rate, group.articles);
    let shown = html! {
        (number::figures(rate, 3)) (mark)
        span.tip {
            " " (cell.rate.interval_in_words(&page.level)) "; " (several(cell.hits, "hit")) " in "
            (several(cell.articles_with_hit, "article"))
        }
    };
    html! {
        td.n.weak[!mark.is_empty()] data-v=(rate) {
            @match anchor {
                Some(anchor) => { a.t href={ "#" (anchor) } { (shown) } }
                None => { span.t tabindex="0" { (shown) } }
            }
        }
    }
}

fn intervals(page: &Page, group: &Group) -> Markup {
    html! {
        tr.under {
            td colspan=(page.frames.len() + 3) {
                details {
                    summary { "Intervals of " (group.label) }
                    ul {
                        @for (frame, cell) in page.frames.iter().zip(&group.cells) {
                            li data-f=(frame.label) {
                                b { (frame.label) } " "
                                @match cell.rate.known() {
                                    Some(rate) => { (number::figures(rate, 3)) }
                                    None => { (reason(&cell.rate.why)) }
                                }
                                "; " (cell.rate.interval_in_words(&page.level)) "; " (articles(page, group, cell))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// `13 hits; in 7 of 10 articles (70 %, 95 % interval 40–89 %)`.
fn articles(page: &Page, group: &Group, cell: &Cell) -> String {
    let share = cell.prevalence.known().map(|share| match cell.prevalence.interval() {
        Some((Some(low), Some(high))) => {
            let (low, high) = (number::percent(low), number::percent(high));
            format!(" ({}, {} interval {}–{high})", number::percent(share), page.level, low.trim_end_matches("\u{a0}%"))
        }
        _ => format!(" ({})", number::percent(share)),
    });
    format!(
        "{}; in {} of {}{}",
        several(cell.hits, "hit"),
        number::count(cell.articles_with_hit),
        several(group.articles, "article"),
        share.unwrap_or_default()
    )
}
