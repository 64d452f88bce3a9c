//! `index.html` of the run folder: one page that stands alone.
//!
//! In: a [`Page`], plain values that the run has already found. Out: the bytes of the page.
//! Invariants: markup is made by `maud` alone, so it is well-formed and every text is escaped (`document` says the rest); nothing is
//! loaded from anywhere but, when a reader asks, the sentences beside it; a link to a file is only set when the file is in
//! [`Page::files`]; a missing value is shown as its reason, never as 0; no clock.
//! It deliberately computes no statistic and picks no sentence: it only says what it was given, the surest first.

mod changes;
mod chapters;
mod checks;
mod document;
mod explore;
mod figures;
mod findings;
mod frames;
mod interval;
mod keyness;
mod markup;
mod model;
mod number;
mod opening;
mod rates;
mod sentiment;
mod stories;
mod subjects;
mod voices;

pub use changes::{Changes, Chapter as Changed, Rows, Sentence};
pub use checks::{Checks, Lost, Overall};
pub(crate) use document::page_text;
pub use explore::{Explore, Further, Row};
pub use figures::{Chart, Mark, Marked, Reading};
use markup::{capital, contents, href, section};
use maud::{Markup, html};
pub use model::{
    Cell, Counted, Entry, Example, File, Frame, Group, KeyGroup, KeyWord, LabelShare, Labels, Measure, Page, Problems,
    Sentiment, TargetHits, Tone, Trouble, Versus, Voice,
};
pub use stories::{GroupWords, StoryColumn, StoryFrame, StoryLink, StoryPage, story_index};

/// A chapter: its anchor, its heading, and what it says.
type Chapter = (&'static str, &'static str, fn(&Page) -> Markup);
const CHAPTERS: &[Chapter] = &[
    ("findings", "Findings in words", findings::findings),
    ("charts", "Charts", figures::figures),
    ("reading", "How to read this", opening::reading),
    ("rates", "Rates", rates::rates),
    ("groups", "All groups", explore::groups),
    ("voices", "Who is speaking", voices::voices),
    ("labels", "Labels and targets", subjects::subjects),
    ("sentiment", "Sentiment", sentiment::sentiment),
    ("keyness", "Key words", keyness::keyness),
    ("read", "All sentences", explore::sentences),
    ("sentences", "Words and sentences", frames::frames),
    ("problems", "Problems", chapters::problems),
    ("methods", "Methods", chapters::methods),
    ("files", "Files", chapters::files),
];

impl Page {
    /// The page as HTML.
    pub fn html(&self) -> String {
        let body = html! {
            (opening::header(self))
            div id="bar" {
                (contents(self.chapters().map(|(anchor, heading, _)| (anchor, heading))))
                (self.filter())
            }
            main id="main" {
                @for (anchor, heading, chapter) in self.chapters() { (section(anchor, heading, &chapter(self))) }
            }
            (opening::footer(self))
            (document::script(opening::SCRIPT))
            (explore::scripts(self))
        };
        document::document(&self.program, opening::title(self), &body)
    }

    /// The chapters that this page has.
    fn chapters(&self) -> impl Iterator<Item = Chapter> {
        let (has_keyness, explores) = (!self.keyness.is_empty(), self.explore.is_there());
        CHAPTERS.iter().copied().filter(move |(anchor, _, _)| match *anchor {
            "keyness" => has_keyness,
            "groups" | "read" => explores,
            _ => true,
        })
    }

    /// What to show of the page; without its script there is nothing to choose.
    fn filter(&self) -> Markup {
        html! {
            form id="filter" role="search" aria-label="Filter" hidden="hidden" {
                label {
                    (capital(&self.grouping())) " "
                    input type="search" id="filter-group" autocomplete="off" spellcheck="false";
                }
                " "
                label { "Frame " input type="search" id="filter-frame" autocomplete="off" spellcheck="false"; }
                " "
                label {
                    "Voice "
                    select id="filter-voice" {
                        option value="" { "all voices" }
                        @for voice in &self.voices { option value=(voice.name) { (voice.label) } }
                    }
                }
                " "
                output id="filter-says" for="filter-group filter-frame filter-voice" {}
            }
        }
    }

    /// What a group is called.
    fn grouping(&self) -> String {
        if self.grouping.is_empty() { "group".to_string() } else { self.grouping.clone() }
    }

    /// True where the run folder has this file.
    fn has_file(&self, name: &str) -> bool {
        self.files.iter().any(|file| file.name == name)
    }

    /// A link to a file of the run folder; only its name where the folder has no such file.
    fn link(&self, name: &str) -> Markup {
        html! { @if self.has_file(name) { a href=(href(name)) { (name) } } @else { code { (name) } } }
    }
}
