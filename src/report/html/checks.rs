//! What stands around the findings: whether the groups differ at all, and which findings rest on one entry or one article.

use super::markup::{absent, several};
use super::{Page, number};
use maud::{Markup, html};
use std::collections::BTreeSet;

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
pub(super) fn overall(page: &Page) -> Markup {
    let rows = &page.checks.overall;
    let differ = rows.iter().filter(|row| row.q.is_some_and(|q| q < Q)).count() as u64;
    html! {
        @if !rows.is_empty() {
            details.more {
                summary {
                    "Do the groups differ at all? In " (number::count(differ)) " of " (several(rows.len() as u64, "frame"))
                    " (q below .05)"
                }
                ul.findings {
                    @for row in rows {
                        li data-f=(row.frame) {
                            b { (row.frame) } ": "
                            @match row.q {
                                Some(q) => { (number::probability("q", q)) }
                                None => { (absent(&row.why)) }
                            }
                        }
                    }
                }
                p.small { "One test of all groups together for each frame: " (page.link("overall.csv")) "." }
            }
        }
    }
}

/// Findings that rest on one entry or one article.
pub(super) fn lost(page: &Page) -> Markup {
    let Checks { checked, lost, .. } = &page.checks;
    // a finding may be lost both ways
    let findings: BTreeSet<[&String; 2]> = lost.iter().map(|lost| [&lost.group, &lost.frame]).collect();
    let how_many = match findings.len() {
        0 => "None is lost.".to_string(),
        1 => "1 finding is lost in one of these tests or both.".to_string(),
        n => format!("{} are lost in one of these tests or both.", several(n as u64, "finding")),
    };
    html! {
        @if *checked > 0 {
            h3 { "What the findings rest on" }
            p {
                @if *checked == 1 { "The finding" } @else { "Each of the " (several(*checked, "finding")) }
                " was tested again without the entry, and without the article, whose absence changes it most. " (how_many)
                " All comparisons: " (page.link("sensitivity.csv")) "."
            }
            @if !lost.is_empty() { ul.findings { @for lost in lost { (lost.line()) } } }
        }
    }
}

impl Lost {
    fn line(&self) -> Markup {
        let q = self.q.map_or_else(|| "nothing can be tested".to_string(), |q| number::probability("q", q));
        html! {
            li data-g=(self.group) data-f=(self.frame) {
                b { (self.group) } ", " b { (self.frame) } ": without the " (self.check) " “" (self.left_out) "”, " (q)
                @if self.is_turned { ", and the difference changes direction" }
                "."
            }
        }
    }
}
