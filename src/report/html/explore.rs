//! Every group and every sentence: what the page's script shows when somebody asks.
//!
//! Without the script the page says where the tables are.

use super::{Measure, Page, document};
use maud::{Markup, PreEscaped, html};
use serde_json::{Value, json};

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
pub(super) fn groups(page: &Page) -> Markup {
    html! {
        p {
            "Hits per 1,000 words of every " (page.grouping()) ", as in " (page.link("frames.csv")) "."
            @if page.explore.more > 0 { " The " (page.explore.more) " groups with fewest articles are in the table only." }
            " "
            span data-needs-script="" { "The table and its chart need JavaScript." }
        }
        div id="all-groups" {}
    }
}

/// The reader of all sentences.
pub(super) fn sentences(_: &Page) -> Markup {
    html! {
        p {
            "Every counted hit in its sentence; for sentiment lexicons, the hits of some articles of each group, drawn at random. The \
             marks of the charts lead here, too. "
            span data-needs-script="" {
                "Reading them here needs JavaScript; as tables they are in " code { "hits/" } "."
            }
        }
        div id="all-sentences" {}
    }
}

/// The data, and the script that shows them.
pub(super) fn scripts(page: &Page) -> Markup {
    html! {
        @if page.explore.is_there() {
            @for (name, articles) in &page.explore.inline {
                script type="application/json" data-file=(name) { (harmless(articles)) }
            }
            script type="application/json" id="data" { (harmless(&data(page).to_string())) }
            (document::script(SCRIPT))
        }
    }
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

/// More digits than a reader sees: what is rounded twice may end elsewhere.
fn rounded(value: f64) -> f64 {
    format!("{value:.6e}").parse().unwrap_or(value)
}

/// JSON for an element of script, which knows no escapes of HTML: without a character that HTML or XML reads as its own.
fn harmless(json: &str) -> Markup {
    PreEscaped(json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"))
}
