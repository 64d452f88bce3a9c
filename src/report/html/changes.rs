//! The page of what changed between two runs.
//!
//! In: chapters of plain texts, rows and sentences. Out: HTML with the style and the script of the run's page.
//! Invariant: as of the run's page: well-formed, nothing is loaded, every text arrives as text.
//! It deliberately knows no diff: `compare` fills it.

use super::document::{document, script, written_by};
use super::frames::passage;
use super::markup::{capital, contents, section, table};
use super::{figures, opening};
use maud::{Markup, html};

/// The page.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Its title.
    pub title: String,
    /// Name and version of the program.
    pub program: String,
    /// The first lines.
    pub lede: Vec<String>,
    /// What follows, in this order.
    pub chapters: Vec<Chapter>,
}

/// A chapter; what is empty is left out.
#[derive(Clone, Debug, Default)]
pub struct Chapter {
    /// Its anchor, unique on the page.
    pub anchor: &'static str,
    /// Its heading.
    pub heading: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
    /// A chart.
    pub svg: String,
    /// A table.
    pub table: Option<Rows>,
    /// Hits in their sentences.
    pub sentences: Vec<Sentence>,
}

/// A table of texts.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// Above it.
    pub caption: String,
    /// Names of the columns, and whether they hold numbers.
    pub header: Vec<(String, bool)>,
    /// As many cells as the header.
    pub rows: Vec<Vec<String>>,
}

/// A hit in its sentence.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    /// What happened to it.
    pub what: String,
    /// Before it.
    pub left: String,
    /// Itself.
    pub surface: String,
    /// After it.
    pub right: String,
    /// Frame, entry, article, cause.
    pub about: String,
}

impl Changes {
    /// The page as HTML.
    pub fn html(&self) -> String {
        let body = html! {
            header {
                h1 { (self.title) }
                @for (i, line) in self.lede.iter().enumerate() { p class=(if i == 0 { "lede" } else { "small" }) { (line) } }
            }
            div id="bar" { (contents(self.chapters.iter().map(|chapter| (chapter.anchor, &*chapter.heading)))) }
            main id="main" {
                @for chapter in &self.chapters { (section(chapter.anchor, &chapter.heading, &chapter.content())) }
            }
            (written_by(&self.program))
            (script(opening::SCRIPT))
        };
        document(&self.program, &self.title, &body)
    }
}

impl Chapter {
    fn content(&self) -> Markup {
        html! {
            @for paragraph in &self.paragraphs { p { (paragraph) } }
            @if !self.svg.is_empty() { figure { (figures::paper(&self.heading, figures::drawing(&self.svg))) } }
            @if let Some(rows) = &self.table { (rows.table(&self.heading)) }
            @if !self.sentences.is_empty() { ul.kwic { @for sentence in &self.sentences { (sentence.line()) } } }
        }
    }
}

impl Sentence {
    fn line(&self) -> Markup {
        html! {
            li {
                p { (passage(&self.left, &self.surface, &self.right)) }
                div { b { (self.what) } " " (self.about) }
            }
        }
    }
}

impl Rows {
    fn table(&self, name: &str) -> Markup {
        let class = |is_number: bool| is_number.then_some("n");
        let rows = html! {
            thead {
                tr {
                    @for (name, is_number) in &self.header { th scope="col" class=[class(*is_number)] { (capital(name)) } }
                }
            }
            tbody {
                @for row in &self.rows {
                    tr {
                        @for (i, (cell, (_, is_number))) in row.iter().zip(&self.header).enumerate() {
                            @if i == 0 { th scope="row" { (cell) } }
                            @else { td class=[class(*is_number)] { (cell) } }
                        }
                    }
                }
            }
        };
        table(name, "sort tall", &self.caption, &rows)
    }
}
