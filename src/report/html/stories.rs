//! Stories side by side: a page for each, and one that lists them.
//!
//! In: plain structs. Out: HTML with the style of the run's page.
//! Invariant: as of the run's page: well-formed, nothing is loaded, every text arrives as text.
//! It deliberately counts nothing.

use super::document::{document, script, written_by};
use super::frames::passage;
use super::markup::{several, table};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// A story, outlet by outlet.
#[derive(Clone, Debug, Default)]
pub struct StoryPage {
    /// Name and version of the program.
    pub program: String,
    /// Its number.
    pub number: u32,
    /// What it is called.
    pub title: String,
    /// Its days, in words.
    pub days: String,
    /// Its heaviest words.
    pub words: Vec<String>,
    /// The words by which each group tells it.
    pub telling: Vec<GroupWords>,
    /// One an outlet.
    pub columns: Vec<StoryColumn>,
}

/// The words by which a group tells a story.
#[derive(Clone, Debug, Default)]
pub struct GroupWords {
    /// The group.
    pub group: String,
    /// Word, hits there, hits in the others.
    pub words: Vec<(String, u64, u64)>,
}

/// An outlet's telling.
#[derive(Clone, Debug, Default)]
pub struct StoryColumn {
    /// The outlet.
    pub outlet: String,
    /// Date, title and identifier of each article.
    pub articles: Vec<[String; 3]>,
    /// Words of them without furniture and repeats.
    pub words: u64,
    /// The frames that were found, of many those with most hits.
    pub frames: Vec<StoryFrame>,
    /// Further frames that were found.
    pub more_frames: u64,
    /// Labels chosen: referent and label, and how often.
    pub labels: Vec<(String, u32)>,
    /// Sources, and in how many hits each has the word.
    pub sources: Vec<(String, u32)>,
}

/// A frame in an outlet's telling.
#[derive(Clone, Debug, Default)]
pub struct StoryFrame {
    /// Its label.
    pub name: String,
    /// Hits by voice.
    pub voices: Vec<(&'static str, u32)>,
    /// Some hits: what stands before, the hit, what stands after.
    pub sentences: Vec<[String; 3]>,
}

/// A row of the list of stories.
#[derive(Clone, Debug, Default)]
pub struct StoryLink {
    /// Number of the story.
    pub number: u32,
    /// What it is called.
    pub title: String,
    /// Its days, in words.
    pub days: String,
    /// First and last day as in tables; empty where no article has a date.
    pub dates: [String; 2],
    /// Its articles.
    pub articles: u64,
    /// Its outlets.
    pub outlets: Vec<String>,
    /// Frames with a hit in it, of those that the page of the run shows.
    pub frames: Vec<String>,
    /// Further frames with a hit.
    pub more_frames: u64,
    /// Its heaviest words.
    pub words: Vec<String>,
    /// It has a page.
    pub has_page: bool,
}

/// Voices, their colours and what readers call them, in the order of the bars.
const COLOURS: [(&str, &str, &str); 6] = [
    ("own", "#0072b2", "own voice"),
    ("attributed", "#56b4e9", "attributed"),
    ("quoted", "#e69f00", "quoted"),
    ("scare", "#d55e00", "scare quotes"),
    ("marked", "#999999", "in quotation marks, no speaker found"),
    ("mention", "#cc79a7", "mentioned"),
];

/// Pixels of one hit, and of the longest bar.
const PIXELS: (u32, u32) = (12, 220);

/// Shows the rows of the list that have each word of the query, the outlet and the frame, and a day between two.
const FILTER: &str = include_str!("stories.js");

impl StoryPage {
    /// The page as HTML.
    pub fn html(&self) -> String {
        let body = html! {
            header {
                h1 { (self.title) }
                p.lede {
                    "Story " (self.number) " · " (self.days) " · " a href="index.html" { "all stories" } " · "
                    a href="../index.html" { "the run" }
                }
                p.small { "Characteristic words: " (self.words.join(", ")) }
                p.small {
                    "Bars: counted hits by voice:"
                    @for (_, colour, label) in COLOURS { " " span.box style={ "background:" (colour) } {} " " (label) }
                }
            }
            main id="main" {
                @if !self.telling.is_empty() { (self.words_by_group()) }
                div style="display:flex;flex-wrap:wrap;gap:2rem;align-items:flex-start" {
                    @for column in &self.columns { (column.section()) }
                }
            }
            (written_by(&self.program))
        };
        document(&self.program, &self.title, &body)
    }

    fn words_by_group(&self) -> Markup {
        let rows = html! {
            tbody {
                @for GroupWords { group, words } in &self.telling {
                    tr {
                        th scope="row" { (group) }
                        td {
                            @for (i, (word, hits, elsewhere)) in words.iter().enumerate() {
                                @if i > 0 { ", " }
                                (word) " " (hits) " : " (elsewhere)
                            }
                        }
                    }
                }
            }
        };
        let caption = "Words that each uses more often than the others: hits there : in all others (story_words.csv)";
        table("Words", "", caption, &rows)
    }
}

impl StoryColumn {
    fn section(&self) -> Markup {
        html! {
            "\n"
            section style="flex:1 1 20rem;min-width:18rem;max-width:30rem" {
                h2 { (self.outlet) }
                p.small { (several(self.words, "word")) }
                ul {
                    @for [date, title, id] in &self.articles {
                        li { (date) " " b { (if title.is_empty() { id } else { title }) } " " span.small { (id) } }
                    }
                }
                @for frame in &self.frames { (frame.details()) }
                @if self.more_frames > 0 {
                    p.small {
                        (several(self.more_frames, "more frame")) " with fewer hits here: their hits are in " code { "hits/" } "."
                    }
                }
                @for (what, list) in [("Labels", &self.labels), ("Sources", &self.sources)] {
                    @if !list.is_empty() {
                        p {
                            b { (what) } ": "
                            @for (i, (name, number)) in list.iter().enumerate() { @if i > 0 { ", " } (name) " " (number) }
                        }
                    }
                }
            }
        }
    }
}

impl StoryFrame {
    fn details(&self) -> Markup {
        let hits: u32 = self.voices.iter().map(|(_, n)| n).sum();
        let pixels = PIXELS.0.min(PIXELS.1 / hits.max(1)).max(1);
        html! {
            details {
                summary {
                    (self.name) " " (hits) " "
                    @for (voice, n) in &self.voices {
                        @let known = COLOURS.iter().find(|(known, ..)| known == voice);
                        @let (colour, label) = known.map_or(("#000000", *voice), |(_, colour, label)| (*colour, *label));
                        span title={ (label) " " (n) }
                            style={ "display:inline-block;height:0.8em;width:" (n * pixels) "px;background:" (colour) } {}
                    }
                }
                ul.kwic {
                    @for [left, surface, right] in &self.sentences {
                        li { p { (passage(left, surface, right)) } }
                    }
                }
            }
        }
    }
}

/// The page that lists stories.
pub fn story_index(program: &str, links: &[StoryLink]) -> String {
    let rows = html! {
        thead {
            tr {
                th.n scope="col" { "Story" }
                th scope="col" { "Headline" }
                th scope="col" { "Days" }
                th.n scope="col" { "Articles" }
                @for name in ["Outlets", "Frames", "Words"] { th scope="col" { (name) } }
            }
        }
        tbody { @for link in links { (link.row()) } }
    };
    let body = html! {
        header {
            h1 { "Stories" }
            p.lede {
                span id="shown" { (links.len()) } " of " (several(links.len() as u64, "story")) " · "
                a href="../index.html" { "the run" }
            }
            (filters(links))
        }
        main id="main" {
            (table("Stories", "tall", "Articles of several outlets on one event; the largest first", &rows))
            (script(FILTER))
        }
        (written_by(program))
    };
    document(program, "Stories", &body)
}

/// A field for text, lists of outlets and frames, two days.
fn filters(links: &[StoryLink]) -> Markup {
    let outlets: BTreeSet<&String> = links.iter().flat_map(|link| &link.outlets).collect();
    let frames: BTreeSet<&String> = links.iter().flat_map(|link| &link.frames).collect();
    html! {
        p.filters {
            label { "Text " input id="query" type="search"; }
            @for (id, name, names) in [("outlet", "Outlet", outlets), ("frame", "Frame", frames)] {
                " "
                label {
                    (name) " "
                    select id=(id) { option value="" { "all" } @for name in names { option { (name) } } }
                }
            }
            " "
            label { "From " input id="from" type="date"; }
            " "
            label { "To " input id="to" type="date"; }
        }
    }
}

impl StoryLink {
    fn row(&self) -> Markup {
        let [first, last] = &self.dates;
        html! {
            tr data-outlets=(self.outlets.join("\n")) data-frames=(self.frames.join("\n")) data-first=(first) data-last=(last) {
                td.n { (self.number) }
                th scope="row" {
                    @if self.has_page { a href={ (self.number) ".html" } { (self.title) } } @else { (self.title) }
                }
                td { (self.days) }
                td.n { (self.articles) }
                td { (self.outlets.join("; ")) }
                td {
                    (self.frames.join(", "))
                    @if self.more_frames > 0 { ", and " (self.more_frames) " more" }
                }
                td { (self.words.join(", ")) }
            }
        }
    }
}
