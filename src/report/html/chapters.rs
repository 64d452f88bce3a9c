//! The last chapters: problems, methods, files.

use super::markup::{capital, several, table};
use super::{File, Page, number, opening};
use maud::{Markup, html};

/// What went wrong.
pub(super) fn problems(page: &Page) -> Markup {
    let found = &page.problems;
    html! {
        p { (capital(&opening::problems(page))) "." }
        @if !found.rows.is_empty() { (troubles(page)) }
    }
}

fn troubles(page: &Page) -> Markup {
    let found = &page.problems;
    let all = found.errors + found.warnings + found.notes;
    let shown = found.rows.len() as u64;
    let caption = html! {
        @if shown < all { "The first " (number::count(shown)) " of " (several(all, "problem")) "; all: " }
        @else { "All problems, as in " }
        (page.link("problems.csv"))
    };
    let rows = html! {
        thead {
            tr {
                @for name in ["Severity", "Place", "Found", "Expected", "What to do"] { th scope="col" { (name) } }
            }
        }
        tbody {
            @for row in &found.rows {
                tr {
                    th scope="row" { span class=(row.severity) { (row.severity) } " " code { (row.kind) } }
                    td { code { (row.place) } }
                    td { (row.found) }
                    td { (row.expected) }
                    td { (row.hint) }
                }
            }
        }
    };
    table("Problems", "sort tall", caption, &rows)
}

/// The settings.
pub(super) fn methods(page: &Page) -> Markup {
    html! {
        p { "The settings behind the numbers of this page. Everything else is in " (page.link("manifest.json")) "." }
        dl.methods {
            @for (name, value) in &page.settings { div { dt { (name) } dd { (value) } } }
        }
    }
}

/// The files beside this page.
pub(super) fn files(page: &Page) -> Markup {
    if page.files.is_empty() {
        return html! { p { "No other files." } };
    }
    let rows = html! {
        thead {
            tr { th scope="col" { "File" } th scope="col" { "What it holds" } th.n scope="col" { "Size" } }
        }
        tbody {
            @for File { name, about, bytes } in &page.files {
                tr {
                    th scope="row" { (page.link(name)) }
                    td { (about) }
                    @match bytes {
                        Some(bytes) => { td.n data-v=(bytes) { (number::bytes(*bytes)) } }
                        None => { td {} }
                    }
                }
            }
        }
    };
    html! {
        (table("Files", "sort", "Files of this run, beside this page", &rows))
        p.small {
            "Where an earlier run in this folder was different, " code { "diff/index.html" } " says what changed, with the entries \
             that caused it, and " code { "history.json" } " which versions were tried. No run depends on them."
        }
    }
}
