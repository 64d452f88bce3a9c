//! What stands around the findings: whether the groups differ at all, and which findings rest on one entry or one article.

use super::markup::{Text, several};
use super::{Page, number};
use std::fmt::Write;

/// Below this q a test has found something.
const Q: f64 = 0.05;

/// Everything that the chapter says beside the comparisons themselves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checks {
    /// All groups at once, one for each frame.
    pub overall: Vec<Overall>,
    /// Findings that were counted again without one entry and without one article.
    pub checked: u64,
    /// Those that were lost.
    pub lost: Vec<Lost>,
}

/// Do the groups differ at all in a frame?
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overall {
    /// The frame, for readers.
    pub frame: String,
    /// q, where it was tested.
    pub q: Option<f64>,
    /// Why it was not.
    pub why: String,
}

/// A finding that is one no more without a part.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lost {
    /// The group.
    pub group: String,
    /// The frame, for readers.
    pub frame: String,
    /// `entry` or `article`.
    pub check: String,
    /// The entry or the article.
    pub left_out: String,
    /// q without it; `None` where nothing can be tested without it.
    pub q: Option<f64>,
    /// Its absence turns the sign.
    pub is_turned: bool,
}

/// Whether the groups differ at all, frame by frame.
pub(super) fn overall(page: &Page, out: &mut String) {
    let rows = &page.checks.overall;
    if rows.is_empty() {
        return;
    }
    let differ = rows.iter().filter(|row| row.q.is_some_and(|q| q < Q)).count() as u64;
    let _ = writeln!(
        out,
        "<details class=\"more\"><summary>Do the {}s differ at all? In {} of {} (q below .05)</summary>\n<ul class=\"findings\">",
        Text(&page.grouping()),
        number::count(differ),
        several(rows.len() as u64, "frame"),
    );
    for row in rows {
        let q = match row.q {
            Some(q) => number::probability("q", q).replace('<', "&lt;"),
            None => super::markup::absent(&row.why),
        };
        let _ = writeln!(out, "<li data-f=\"{0}\"><b>{0}</b>: {q}</li>", Text(&row.frame));
    }
    let _ = writeln!(out, "</ul>\n<p class=\"small\">All groups at once: {}.</p></details>", page.link("overall.csv"));
}

/// Findings that rest on one entry or one article.
pub(super) fn lost(page: &Page, out: &mut String) {
    let checks = &page.checks;
    if checks.checked == 0 {
        return;
    }
    let _ = writeln!(
        out,
        "<h3>What the findings rest on</h3>\n<p>Each of the {} was tested again without the one entry, and without the one \
         article, whose absence changes it most: {}. All comparisons: {}.</p>",
        several(checks.checked, "finding"),
        match checks.lost.len() {
            0 => "none is lost".to_string(),
            n => format!("{} lost", several(n as u64, "finding")),
        },
        page.link("sensitivity.csv"),
    );
    if checks.lost.is_empty() {
        return;
    }
    out.push_str("<ul class=\"findings\">\n");
    for lost in &checks.lost {
        let q = match lost.q {
            Some(q) => number::probability("q", q).replace('<', "&lt;"),
            None => "nothing can be tested".to_string(),
        };
        let _ = writeln!(
            out,
            "<li data-g=\"{0}\" data-f=\"{1}\"><b>{0}</b>, <b>{1}</b>: without the {2} “{3}” {q}{4}.</li>",
            Text(&lost.group),
            Text(&lost.frame),
            Text(&lost.check),
            Text(&lost.left_out),
            if lost.is_turned { ", and the difference turns round" } else { "" },
        );
    }
    out.push_str("</ul>\n");
}
