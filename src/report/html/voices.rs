//! The table of voices: who is speaking when a frame's vocabulary is found.

use super::markup::{absent_cell, capital, count_cell, table};
use super::{Cell, Page, number};
use maud::{Markup, html};

/// The table.
pub(super) fn voices(page: &Page) -> Markup {
    if page.groups.is_empty() || page.frames.is_empty() || page.voices.is_empty() {
        return html! { p { "Nothing was counted." } };
    }
    let caption = html! {
        "Share of each voice among the frame’s counted hits in the " (page.grouping()) ", and its hits. Rates and intervals: "
        (page.link("voices.csv")) "."
    };
    let rows = html! {
        thead {
            tr {
                th scope="col" { (capital(&page.grouping())) }
                th scope="col" { "Frame" }
                th.n scope="col" { "Hits" }
                @for voice in &page.voices { th.n scope="col" { (capital(&voice.label)) } }
            }
        }
        tbody {
            @for (g, group) in page.numbered() {
                @for (f, (frame, cell)) in page.frames.iter().zip(&group.cells).enumerate() {
                    tr data-g=(group.label) data-f=(frame.label) {
                        th scope="row" { (group.label) }
                        td { (page.frame_link(g, f, &frame.label)) }
                        (count_cell(cell.hits))
                        // one cell for each voice, so that every row can be sorted
                        @for voice in 0..page.voices.len() { (share(cell, voice)) }
                    }
                }
            }
        }
    };
    table("Voices", "sort tall voices", caption, &rows)
}

fn share(cell: &Cell, voice: usize) -> Markup {
    match cell.voices.get(voice) {
        _ if cell.hits == 0 => absent_cell("no hits"),
        None => absent_cell("not counted"),
        Some(0) => html! { td.n { "0\u{a0}%" } },
        Some(&hits) => {
            let share = number::percent(hits as f64 / cell.hits as f64);
            html! { td.n { (share) " " small { "(" (number::count(hits)) ")" } } }
        }
    }
}
