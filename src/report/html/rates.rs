//! The table of rates: a row for each group, a column for each frame, and under each row its intervals.

use super::markup::{MARKS, Text, capital, close_table, mark, open_table, reason, several};
use super::{Cell, Group, Page, number};
use std::fmt::Write;

/// The table.
pub(super) fn rates(page: &Page, out: &mut String) {
    if page.groups.is_empty() || page.frames.is_empty() {
        out.push_str("<p>Nothing was counted.</p>\n");
        return;
    }
    let caption = format!(
        "Hits per 1,000 words by {} and frame. Hover over a number or move to it for its interval; a number leads to its \
         sentences. All figures: {}.",
        Text(&page.grouping()),
        page.link("frames.csv")
    );
    open_table(out, "Rates", "sort matrix", &caption);
    let _ = write!(
        out,
        "<thead><tr><th scope=\"col\">{}</th><th scope=\"col\" class=\"n\">Articles</th><th scope=\"col\" class=\"n\">Words</th>",
        Text(&capital(&page.grouping()))
    );
    for frame in &page.frames {
        let _ = write!(out, "<th scope=\"col\" class=\"n\" data-f=\"{0}\">{0}</th>", Text(&frame.label));
    }
    out.push_str("</tr></thead>\n");
    for (g, group) in page.numbered() {
        row(page, g, group, out);
    }
    close_table(out);
    out.push_str(MARKS);
}

fn row(page: &Page, g: usize, group: &Group, out: &mut String) {
    let _ = write!(
        out,
        "<tbody data-g=\"{0}\"><tr><th scope=\"row\">{0}</th><td class=\"n\" data-v=\"{1}\">{2}</td><td class=\"n\" data-v=\"{3}\">{4}</td>",
        Text(&group.label),
        group.articles,
        number::count(group.articles),
        group.words,
        number::count(group.words),
    );
    for f in 0..page.frames.len() {
        match group.cells.get(f) {
            Some(cell) => rate(page, group, cell, page.sentences_anchor(g, f), out),
            None => out.push_str("<td class=\"n\"><span class=\"na\">not counted</span></td>"),
        }
    }
    let _ = write!(
        out,
        "</tr>\n<tr class=\"under\"><td colspan=\"{}\"><details><summary>Intervals of {}</summary><ul>",
        page.frames.len() + 3,
        Text(&group.label)
    );
    for (frame, cell) in page.frames.iter().zip(&group.cells) {
        let _ = write!(
            out,
            "<li data-f=\"{0}\"><b>{0}</b> {1}; {2}; {3}</li>",
            Text(&frame.label),
            Text(
                &cell.rate.known().map_or_else(|| reason(&cell.rate.why).to_string(), |rate| number::figures(rate, 3))
            ),
            Text(&cell.rate.interval_in_words(&page.level)),
            articles(page, group, cell),
        );
    }
    out.push_str("</ul></details></td></tr></tbody>\n");
}

fn rate(page: &Page, group: &Group, cell: &Cell, anchor: Option<String>, out: &mut String) {
    let Some(rate) = cell.rate.known() else {
        let _ = write!(out, "<td class=\"n\"><span class=\"na\">{}</span></td>", Text(reason(&cell.rate.why)));
        return;
    };
    let mark = mark(&cell.rate, group.articles);
    let class = if mark.is_empty() { "n" } else { "n weak" };
    let _ = write!(out, "<td class=\"{class}\" data-v=\"{}\">", number::plain(rate));
    let tip = format!(
        "{}{}<span class=\"tip\"> {}; {} in {}</span>",
        number::figures(rate, 3),
        mark,
        Text(&cell.rate.interval_in_words(&page.level)),
        several(cell.hits, "hit"),
        several(cell.articles_with_hit, "article"),
    );
    match anchor {
        Some(anchor) => {
            let _ = write!(out, "<a class=\"t\" href=\"#{anchor}\">{tip}</a></td>");
        }
        None => {
            let _ = write!(out, "<span class=\"t\" tabindex=\"0\">{tip}</span></td>");
        }
    }
}

/// `13 hits; in 7 of 10 articles (70 %, 95 % interval 40–89 %)`.
fn articles(page: &Page, group: &Group, cell: &Cell) -> String {
    let mut text = format!(
        "{}; in {} of {}",
        several(cell.hits, "hit"),
        number::count(cell.articles_with_hit),
        several(group.articles, "article")
    );
    if let Some(share) = cell.prevalence.known() {
        let _ = write!(text, " ({}", Text(&number::percent(share)));
        if let Some((Some(low), Some(high))) = cell.prevalence.interval() {
            let (low, high) = (number::percent(low), number::percent(high));
            let _ = write!(
                text,
                ", {} interval {}–{}",
                Text(&page.level),
                Text(low.trim_end_matches("\u{a0}%")),
                Text(&high)
            );
        }
        text.push(')');
    }
    text
}
