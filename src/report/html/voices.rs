//! The table of voices: who is speaking when a frame's vocabulary is found.

use super::markup::{Text, capital, close_table, open_table};
use super::{Cell, Page, number};
use std::fmt::Write;

/// The table.
pub(super) fn voices(page: &Page, out: &mut String) {
    if page.groups.is_empty() || page.frames.is_empty() || page.voices.is_empty() {
        out.push_str("<p>Nothing was counted.</p>\n");
        return;
    }
    let caption = format!(
        "Share of each voice among the frame’s counted hits in the {}, and its hits. Rates and intervals: {}.",
        Text(&page.grouping()),
        page.link("voices.csv")
    );
    open_table(out, "Voices", "sort tall voices", &caption);
    let _ = write!(
        out,
        "<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">Frame</th><th scope=\"col\" class=\"n\">Hits</th>",
        Text(&capital(&page.grouping()))
    );
    for voice in &page.voices {
        let _ = write!(out, "<th scope=\"col\" class=\"n\">{}</th>", Text(&capital(&voice.label)));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for (g, group) in page.numbered() {
        for (f, (frame, cell)) in page.frames.iter().zip(&group.cells).enumerate() {
            let frame = Text(&frame.label);
            let named = match page.sentences_anchor(g, f) {
                Some(anchor) => format!("<a href=\"#{anchor}\">{frame}</a>"),
                None => frame.to_string(),
            };
            let _ = write!(
                out,
                "<tr data-g=\"{0}\" data-f=\"{1}\"><th scope=\"row\">{0}</th><td>{2}</td><td class=\"n\" data-v=\"{3}\">{4}</td>",
                Text(&group.label),
                frame,
                named,
                cell.hits,
                number::count(cell.hits),
            );
            shares(page, cell, out);
            out.push_str("</tr>\n");
        }
    }
    out.push_str("</tbody>\n");
    close_table(out);
}

fn shares(page: &Page, cell: &Cell, out: &mut String) {
    if cell.hits == 0 {
        // one cell for each voice, so that every row can be sorted
        for _ in &page.voices {
            out.push_str("<td class=\"n\"><span class=\"na\">no hits</span></td>");
        }
        return;
    }
    for i in 0..page.voices.len() {
        let Some(&hits) = cell.voices.get(i) else {
            out.push_str("<td class=\"n\"><span class=\"na\">not counted</span></td>");
            continue;
        };
        let share = hits as f64 / cell.hits as f64;
        let _ = write!(
            out,
            "<td class=\"n\">{} <small>({})</small></td>",
            Text(&number::percent(share)),
            number::count(hits),
        );
    }
}
