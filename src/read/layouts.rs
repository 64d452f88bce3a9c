//! Layouts of database exports, as data.
//!
//! In: TOML files, those that ship and those that the user names. Out: [`Layout`]s with their patterns compiled.
//! Invariant: a layout that is wrong is refused before any article is read, with its file.
//! It deliberately has no layout in code: `lexicons/exports/` can be read and added to.

use crate::disk;
use crate::error::{Place, Problem};
use regex_lite::Regex;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The layouts that come with the program; the surer comes first.
const SHIPPED: [(&str, &str); 6] = [
    ("nexis.toml", include_str!("../../lexicons/exports/nexis.toml")),
    ("nexis-uni.toml", include_str!("../../lexicons/exports/nexis-uni.toml")),
    ("factiva-codes.toml", include_str!("../../lexicons/exports/factiva-codes.toml")),
    ("factiva.toml", include_str!("../../lexicons/exports/factiva.toml")),
    ("proquest.toml", include_str!("../../lexicons/exports/proquest.toml")),
    ("europresse.toml", include_str!("../../lexicons/exports/europresse.toml")),
];

/// What a line of an export holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Part {
    Outlet,
    Date,
    Title,
    Byline,
    Section,
    Length,
    LoadDate,
    Language,
    Url,
    /// A line of where and when that belongs to the text.
    Dateline,
    Highlight,
    Abstract,
    /// Outlet, place and day in one line, as ProQuest writes them.
    Info,
    /// The code of an outlet.
    Code,
    /// The text begins behind this label.
    Body,
    /// Terms that the database adds.
    Index,
    /// Who speaks, above the text; in it, such a word names a speaker.
    Cast,
}

/// A layout as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    /// One of these stands in every file of the layout; they are looked for first, as patterns take time.
    marks: Vec<String>,
    detect: Vec<String>,
    begins: Option<String>,
    ends: Option<String>,
    count: Option<String>,
    #[serde(default)]
    header: Vec<Part>,
    #[serde(default)]
    codes: bool,
    body_begins: Option<String>,
    body_ends: Option<String>,
    #[serde(default)]
    body_after: Vec<Part>,
    #[serde(default)]
    furniture: Vec<String>,
    #[serde(default)]
    skip: Vec<String>,
    #[serde(default)]
    sections: Vec<String>,
    closing: Option<String>,
    #[serde(default)]
    elements: BTreeMap<String, Part>,
    #[serde(default)]
    labels: BTreeMap<String, Part>,
}

/// A file of layouts is no longer, in bytes.
const LONGEST: u64 = 1 << 20;

/// A layout of exports.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub name: String,
    /// It is a pattern of the user's for lines at which articles begin, and knows nothing else.
    pub is_split: bool,
    marks: Vec<String>,
    /// All of these stand in a file of this layout.
    detect: Vec<Regex>,
    /// A document begins with such a line.
    pub begins: Option<Regex>,
    /// A document ends with such a line.
    pub ends: Option<Regex>,
    /// The line that says how many documents there are.
    pub count: Option<Regex>,
    /// What lines without label hold, in their order.
    pub header: Vec<Part>,
    /// Labels are codes of capitals, alone on their line or before spaces.
    pub codes: bool,
    /// The text begins after such a line.
    pub body_begins: Option<Regex>,
    /// The text ends before such a line.
    pub body_ends: Option<Regex>,
    /// The text begins with the first line without label after these.
    pub body_after: Vec<Part>,
    /// Lines that belong to the database.
    pub furniture: Vec<Regex>,
    /// Lines of the header that say nothing.
    pub skip: Vec<Regex>,
    /// Lines above the title that name the section.
    pub sections: Vec<Regex>,
    /// Behind the last document, such a line and all below it are the database's.
    pub closing: Option<Regex>,
    /// Of a page: what the elements of this class or id hold.
    pub elements: BTreeMap<String, Part>,
    /// Labels, and what follows them.
    pub labels: BTreeMap<String, Part>,
}

impl Layout {
    fn parse(file: &str, text: &str) -> Result<Layout, Box<Problem>> {
        let wrong = |found: String| Box::new(Problem::error("layout-syntax", Place::file(file), found));
        let written: Written = toml::from_str(text).map_err(|error| wrong(error.message().to_string()))?;
        let compile = |pattern: &String| Regex::new(pattern).map_err(|error| wrong(format!("`{pattern}`: {error}")));
        let all = |patterns: &[String]| patterns.iter().map(compile).collect::<Result<Vec<_>, _>>();
        let one = |pattern: &Option<String>| pattern.as_ref().map(compile).transpose();
        Ok(Layout {
            detect: all(&written.detect)?,
            begins: one(&written.begins)?,
            ends: one(&written.ends)?,
            count: one(&written.count)?,
            body_begins: one(&written.body_begins)?,
            body_ends: one(&written.body_ends)?,
            furniture: all(&written.furniture)?,
            skip: all(&written.skip)?,
            sections: all(&written.sections)?,
            closing: one(&written.closing)?,
            elements: written.elements,
            name: written.name,
            is_split: false,
            marks: written.marks,
            header: written.header,
            codes: written.codes,
            body_after: written.body_after,
            labels: written.labels,
        })
    }

    /// A layout whose documents begin with lines of this pattern, and have no header.
    pub(crate) fn split(pattern: &str) -> Result<Layout, Box<Problem>> {
        let place = Place::file("--split");
        let begins = Regex::new(pattern)
            .map_err(|error| Box::new(Problem::error("split-pattern", place, format!("`{pattern}`: {error}"))))?;
        let begins = Some(begins);
        Ok(Layout {
            name: "articles split by a pattern".to_string(),
            is_split: true,
            marks: Vec::new(),
            detect: Vec::new(),
            begins,
            ends: None,
            count: None,
            header: Vec::new(),
            codes: false,
            body_begins: None,
            body_ends: None,
            body_after: Vec::new(),
            furniture: Vec::new(),
            skip: Vec::new(),
            sections: Vec::new(),
            closing: None,
            elements: BTreeMap::new(),
            labels: BTreeMap::new(),
        })
    }

    /// True for a line at which a document begins and that is part of it: of a pattern of the user's, a line that says more than the
    /// pattern does; one that it matches as a whole only parts articles.
    pub(crate) fn keeps(&self, line: &str) -> bool {
        let matched = self.begins.as_ref().and_then(|begins| begins.find(line)).map_or(0, |found| found.len());
        self.is_split && matched < line.trim_end().len()
    }

    /// True for a line at which a document begins.
    pub(crate) fn begins_at(&self, line: &str) -> bool {
        self.begins.as_ref().is_some_and(|begins| begins.is_match(line))
    }

    /// True for a line that the database adds, and for those that part articles.
    pub(crate) fn is_of_database(&self, line: &str) -> bool {
        let patterns = [&self.begins, &self.ends, &self.count].into_iter().flatten();
        patterns.chain(&self.furniture).chain(&self.skip).any(|pattern| pattern.is_match(line))
    }

    /// True where a text is of this layout, as far as its head shows.
    pub(crate) fn fits(&self, head: &str) -> bool {
        // the patterns know plain spaces; pages write others behind a code
        let plain = || head.replace('\u{a0}', " ");
        !self.detect.is_empty() && self.has_mark(head) && {
            let head = plain();
            self.detect.iter().all(|pattern| pattern.is_match(&head))
        }
    }

    /// True where one of the marks stands that every file of this layout has.
    pub(crate) fn has_mark(&self, head: &str) -> bool {
        self.marks.iter().any(|mark| memchr::memmem::find(head.as_bytes(), mark.as_bytes()).is_some())
    }
}

/// Further columns that exports give.
pub(crate) const COLUMNS: [(&str, Part); 4] =
    [("byline", Part::Byline), ("section", Part::Section), ("length", Part::Length), ("load_date", Part::LoadDate)];

/// The layouts of a run: the user's come first.
pub(crate) fn load(files: &[String]) -> Result<Vec<Layout>, Vec<Problem>> {
    let mut layouts = Vec::new();
    let mut problems = Vec::new();
    for file in files {
        let text = disk::read_text(file.as_ref(), LONGEST)
            .map_err(|error| Box::new(Problem::error("layout-unreadable", Place::file(file), error.to_string())));
        match text.and_then(|text| Layout::parse(file, &text)) {
            Ok(layout) => layouts.push(layout),
            Err(problem) => problems.push(*problem),
        }
    }
    for (file, text) in SHIPPED {
        match Layout::parse(&format!("shipped:{file}"), text) {
            Ok(layout) => layouts.push(layout),
            Err(problem) => problems.push(*problem),
        }
    }
    if problems.is_empty() { Ok(layouts) } else { Err(problems) }
}
