//! The last chapters: problems, methods, files.

use super::markup::{Text, close_table, open_table, several};
use super::{Page, number, opening};
use std::fmt::Write;

/// What went wrong.
pub(super) fn problems(page: &Page, out: &mut String) {
    let found = &page.problems;
    let _ = writeln!(out, "<p>{}</p>", super::capital(&format!("{}.", opening::problems(page))));
    if found.rows.is_empty() {
        return;
    }
    let all = found.errors + found.warnings + found.notes;
    let shown = found.rows.len() as u64;
    let caption = match shown < all {
        true => format!(
            "The first {} of {}; all: {}",
            number::count(shown),
            several(all, "problem"),
            page.link("problems.csv")
        ),
        false => format!("All problems, as in {}", page.link("problems.csv")),
    };
    open_table(out, "Problems", "sort tall", &caption);
    out.push_str(
        "<thead><tr><th scope=\"col\">How bad</th><th scope=\"col\">Place</th><th scope=\"col\">Found</th>\
         <th scope=\"col\">Expected</th><th scope=\"col\">What to do</th></tr></thead>\n<tbody>\n",
    );
    for row in &found.rows {
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\"><span class=\"{0}\">{0}</span> <code>{1}</code></th><td><code>{2}</code></td><td>{3}</td><td>{4}</td><td>{5}</td></tr>",
            Text(&row.severity),
            Text(&row.kind),
            Text(&row.place),
            Text(&row.found),
            Text(&row.expected),
            Text(&row.hint),
        );
    }
    out.push_str("</tbody>\n");
    close_table(out);
}

/// The settings.
pub(super) fn methods(page: &Page, out: &mut String) {
    let _ = writeln!(
        out,
        "<p>What decided the numbers of this page. Everything else is in {}.</p>\n<dl class=\"methods\">",
        page.link("manifest.json")
    );
    for (name, value) in &page.settings {
        let _ = writeln!(out, "<div><dt>{}</dt><dd>{}</dd></div>", Text(name), Text(value));
    }
    out.push_str("</dl>\n");
}

/// The files beside this page.
pub(super) fn files(page: &Page, out: &mut String) {
    if page.files.is_empty() {
        out.push_str("<p>No other files.</p>\n");
        return;
    }
    open_table(out, "Files", "sort", "Files of this run, beside this page");
    out.push_str(
        "<thead><tr><th scope=\"col\">File</th><th scope=\"col\">What it holds</th><th scope=\"col\" class=\"n\">Size</th></tr></thead>\n<tbody>\n",
    );
    for file in &page.files {
        let size = file.bytes.map_or_else(
            || "<td></td>".to_string(),
            |n| format!("<td class=\"n\" data-v=\"{n}\">{}</td>", number::bytes(n)),
        );
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td>{}</td>{size}</tr>",
            page.link(&file.name),
            Text(&file.about)
        );
    }
    out.push_str("</tbody>\n");
    close_table(out);
    out.push_str(
        "<p class=\"small\">Where an earlier run in this folder was different, <code>diff/index.html</code> says what changed, with the \
         entries that caused it, and <code>history.json</code> which versions were tried. No run depends on them.</p>\n",
    );
}
