//! Every group and every sentence: what the page's script shows when somebody asks.
//!
//! Without the script the page says where the tables are.

use super::markup::Text;
use super::{Measure, Page};
use serde_json::{Value, json};
use std::fmt::Write;

const SCRIPT: &str = include_str!("explore.js");

/// Every group, and where the sentences lie.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explore {
    /// The groups, those with most articles first.
    pub groups: Vec<Row>,
    /// Groups that are in the tables only.
    pub more: usize,
    /// For each of [`Page::frames`]: the files of its sentences.
    pub files: Vec<Vec<String>>,
    /// What else has sentences.
    pub further: Vec<Further>,
    /// Files whose articles stand in the page: name, JSON.
    pub inline: Vec<(String, String)>,
}

/// A label of a referent, or a sentiment lexicon.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Further {
    /// As in the files of sentences.
    pub name: String,
    /// For readers.
    pub label: String,
    /// The referent, or `sentiment`.
    pub of: String,
    /// The files of its sentences.
    pub files: Vec<String>,
    /// Counted hits by number of the group; nothing where they are not known.
    pub hits: Vec<(usize, u64)>,
}

/// A group of articles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Its number in the files of sentences.
    pub number: usize,
    /// Its name.
    pub label: String,
    /// Counted articles.
    pub articles: u64,
    /// Their words.
    pub words: u64,
    /// For each of [`Page::frames`]: counted hits, and hits per 1,000 words.
    pub cells: Vec<(u64, Measure)>,
}

impl Explore {
    /// True where there is something to show.
    pub(super) fn is_there(&self) -> bool {
        !self.groups.is_empty()
    }
}

/// The table of all groups, and a chart of those that are chosen.
pub(super) fn groups(page: &Page, out: &mut String) {
    let more = match page.explore.more {
        0 => String::new(),
        more => format!(" The {more} groups with fewest articles are in the table only."),
    };
    let _ = writeln!(
        out,
        "<p>Hits per 1,000 words of every {}, as in {}.{more} <span data-needs-script=\"\">Choosing and drawing them here needs the page’s \
         script.</span></p>\n<div id=\"all-groups\"></div>",
        Text(&page.grouping()),
        page.link("frames.csv"),
    );
}

/// The reader of all sentences.
pub(super) fn sentences(_: &Page, out: &mut String) {
    out.push_str(
        "<p>Every counted hit in its words; of sentiment lexicons those of some articles of each group, drawn at random. Marks of the charts \
         lead here too. <span data-needs-script=\"\">Reading them here needs the page’s script; as tables they are in \
         <code>hits/</code>.</span></p>\n<div id=\"all-sentences\"></div>\n",
    );
}

/// The data, and the script that shows them.
pub(super) fn script(page: &Page, out: &mut String) {
    if !page.explore.is_there() {
        return;
    }
    for (name, articles) in &page.explore.inline {
        let _ = writeln!(
            out,
            "<script type=\"application/json\" data-file=\"{}\">{}</script>",
            Text(name),
            harmless(articles)
        );
    }
    let _ =
        writeln!(out, "<script type=\"application/json\" id=\"data\">{}</script>", harmless(&data(page).to_string()));
    let _ = writeln!(out, "<script>//<![CDATA[\n{SCRIPT}//]]></script>");
}

fn data(page: &Page) -> Value {
    let files = |frame: usize| page.explore.files.get(frame).cloned().unwrap_or_default();
    let frames = page.frames.iter().enumerate();
    let frames: Vec<Value> = frames.map(|(f, frame)| json!([frame.name, frame.label, files(f)])).collect();
    let cell = |(hits, rate): &(u64, Measure)| match (rate.known(), rate.interval()) {
        (None, _) => json!([hits, null, rate.why]),
        (Some(value), Some((low, high))) => json!([hits, rounded(value), low.map(rounded), high.map(rounded)]),
        (Some(value), None) => json!([hits, rounded(value)]),
    };
    let further = |unit: &Further| json!([unit.name, unit.label, unit.files, unit.of, unit.hits]);
    let group = |row: &Row| {
        let cells: Vec<Value> = row.cells.iter().map(cell).collect();
        json!([row.number, row.label, row.articles, row.words, cells])
    };
    json!({
        "grouping": page.grouping(),
        "level": page.level,
        "voices": page.voices.iter().map(|voice| json!([voice.name, voice.label])).collect::<Vec<_>>(),
        "frames": frames,
        "further": page.explore.further.iter().map(further).collect::<Vec<_>>(),
        "groups": page.explore.groups.iter().map(group).collect::<Vec<_>>(),
    })
}

/// As many digits as a reader sees.
fn rounded(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}

/// JSON without a character that HTML or XML reads as its own.
pub(super) fn harmless(json: &str) -> String {
    let instead = |c: char| match c {
        '<' => "\\u003c".to_string(),
        '>' => "\\u003e".to_string(),
        '&' => "\\u0026".to_string(),
        '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => "\u{fffd}".to_string(),
        c => c.to_string(),
    };
    json.chars().map(instead).collect()
}
