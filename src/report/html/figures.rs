//! The charts, each as a figure with its caption and the way to its files.

use super::explore::harmless;
use super::keyness;
use super::markup::{Href, Text, several};
use super::opening::STORIES;
use super::{Measure, Page, number};
use serde_json::{Value, json};
use std::fmt::Write;

/// A chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// How to read it, and where its numbers are.
    pub caption: String,
    /// The drawing: one `<svg>` element of our own making, without ids and without script.
    pub svg: String,
    /// Which places of the drawing are what, for the filters: `r:g p:f` where rows are the groups of the page and panels its frames; `c` are
    /// columns, `v` voices, `k` comparisons by key words. Empty where there is nothing to filter.
    pub axes: &'static str,
    /// Marks that stand for a group and a frame: each becomes a link to its sentences.
    pub marks: Vec<Mark>,
    /// Its files: `charts/frames.svg`, `charts/frames.png`.
    pub files: Vec<String>,
}

/// What a mark of a chart stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Marked {
    /// A group and a frame: their places in [`Page::groups`] and [`Page::frames`].
    Cell {
        /// The group.
        group: usize,
        /// The frame.
        frame: usize,
    },
    /// A key word.
    Word {
        /// The comparison: its place in [`Page::keyness`].
        comparison: usize,
        /// Of the words that the group uses less.
        is_less: bool,
        /// Its place among them.
        word: usize,
    },
    /// Sentences that the reader of all sentences finds, and what the mark says.
    Sentences(String, Reading),
    /// The stories of an outlet with a frame, and what the mark says.
    Stories(String, [String; 2]),
}

/// What the reader of all sentences is asked for: what is not given narrows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Name of a frame, or of what [`Explore::further`](super::Explore::further) has.
    pub frame: String,
    /// Number of a group, as in [`Row::number`](super::Row::number).
    pub group: Option<usize>,
    /// Name of a voice.
    pub voice: Option<&'static str>,
    /// First and last day, or the month or year they lie in, as in `2022-01`.
    pub days: Option<[String; 2]>,
    /// Name of a frame that has a hit in the same sentence.
    pub with: Option<String>,
    /// An entry, as the lexicon writes it.
    pub entry: Option<String>,
}

/// A mark of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// What it stands for.
    pub of: Marked,
    /// Panel, row and column of the drawing; none where it stands for all of them.
    pub place: [Option<usize>; 3],
    /// Its centre in pixels from the left.
    pub x: f64,
    /// Its centre in pixels from the top.
    pub y: f64,
}

/// Every chart.
pub(super) fn figures(page: &Page, out: &mut String) {
    if page.charts.is_empty() {
        out.push_str("<p>This run drew no charts.</p>\n");
    }
    page.charts.iter().for_each(|chart| figure(page, chart, out));
}

/// One chart.
pub(super) fn figure(page: &Page, chart: &Chart, out: &mut String) {
    let links: Vec<String> = chart.files.iter().map(|name| page.link(name)).collect();
    let _ = writeln!(
        out,
        "<figure{3}>\n<div class=\"scroll paper\" role=\"region\" aria-label=\"Chart: {0}\" tabindex=\"0\">{1}</div>\n\
         <figcaption><b>{0}.</b> {2} {4}</figcaption>\n</figure>",
        Text(&chart.title),
        linked(page, chart),
        Text(&chart.caption),
        if chart.axes.is_empty() { String::new() } else { format!(" data-axes=\"{}\"", chart.axes) },
        links.join(" · "),
    );
}

/// Units of the drawing in a pixel.
const UNITS: f64 = 20.0;

/// How far around a mark a pointer finds it, in pixels; half way to the one before it where that is nearer.
const REACH: f64 = 8.0;

/// Marks of one row are links where they are so far apart.
const NEAREST: f64 = 6.0;

/// The drawing with every mark a link to the sentences behind it, and its numbers for whoever points at it.
fn linked(page: &Page, chart: &Chart) -> String {
    let drawn = drawing(&chart.svg);
    let Some(body) = drawn.strip_suffix("</svg>") else { return drawn.to_string() };
    let mut out = body.to_string();
    let mut last: Option<&Mark> = None;
    for mark in &chart.marks {
        let beside = last.filter(|last| last.place[..2] == mark.place[..2]);
        let gap = beside.map_or(f64::MAX, |last| (mark.x - last.x).hypot(mark.y - last.y));
        // a pointer could not tell them apart
        if gap >= NEAREST {
            link(page, mark, (chart.axes, gap), &mut out);
            last = Some(mark);
        }
    }
    out.push_str("</svg>");
    out
}

fn link(page: &Page, mark: &Mark, (axes, gap): (&str, f64), out: &mut String) {
    let said = match &mark.of {
        Marked::Cell { group, frame } => of_cell(page, *group, *frame),
        Marked::Word { comparison, is_less, word } => of_word(page, *comparison, *is_less, *word),
        Marked::Sentences(says, reading) => Some((says.clone(), Some(of_reading(page, reading)))),
        Marked::Stories(says, [outlet, frame]) => Some((says.clone(), of_stories(page, outlet, frame))),
    };
    let Some((says, link)) = said else { return };
    let units = |pixels: f64| (pixels * UNITS).round();
    let place = ["p", "r", "c"].iter().zip(mark.place).filter(|(name, _)| axes.contains(&format!("{name}:")));
    let place = place.filter_map(|(name, at)| at.map(|at| format!(" data-{name}=\"{at}\""))).collect::<String>();
    let circle = format!(
        "<title>{}</title><circle cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
        Text(&says),
        units(mark.x),
        units(mark.y),
        units(REACH.min(gap / 2.0)),
    );
    // the title names the link, and is what a pointer shows
    let _ = match link {
        Some(link) => write!(out, "<a {link}{place}>{circle}</a>"),
        None => write!(out, "<g{place}>{circle}</g>"),
    };
}

/// To the reader of all sentences; without the script to the sentences of the group and frame that stand in the page.
fn of_reading(page: &Page, reading: &Reading) -> String {
    let frame = page.frames.iter().position(|frame| frame.name == reading.frame);
    let number = reading.group.and_then(|number| page.explore.groups.iter().find(|row| row.number == number));
    let group = number.and_then(|row| page.groups.iter().position(|group| group.label == row.label));
    let anchor = frame.zip(group).and_then(|(frame, group)| page.sentences_anchor(group, frame));
    let anchor = anchor.or_else(|| frame.map(|frame| page.frame_anchor(frame)));
    let asked = asked(page, reading);
    // in single quotes JSON stays as it is, and short
    let asked = harmless(&asked.to_string()).replace('\'', "\\u0027");
    format!("href=\"#{}\" data-read='{asked}'", anchor.unwrap_or_else(|| "read".to_string()))
}

/// A reading as the script of the page takes it, by numbers: there are thousands of them.
fn asked(page: &Page, reading: &Reading) -> Value {
    let names =
        || page.frames.iter().map(|frame| &frame.name).chain(page.explore.further.iter().map(|unit| &unit.name));
    let unit = |name: &String| names().position(|known| known == name);
    let parts = [
        ("f", json!(unit(&reading.frame))),
        ("g", json!(reading.group)),
        ("v", json!(reading.voice)),
        ("d", json!(reading.days)),
        ("w", json!(reading.with.as_ref().and_then(unit))),
        ("e", json!(reading.entry)),
    ];
    let given = parts.into_iter().filter(|(_, part)| !part.is_null());
    Value::Object(given.map(|(name, part)| (name.to_string(), part)).collect())
}

/// To the list of stories, narrowed to an outlet and a frame.
fn of_stories(page: &Page, outlet: &str, frame: &str) -> Option<String> {
    let is_there = page.files.iter().any(|file| file.name == STORIES);
    let asked = [outlet, frame].map(|name| Href(name).to_string()).join("&amp;frame=");
    is_there.then(|| format!("href=\"{STORIES}#outlet={asked}\""))
}

/// What a mark of a group and frame says, and where it leads.
fn of_cell(page: &Page, group: usize, frame: usize) -> Option<(String, Option<String>)> {
    let (named, label) = (page.groups.get(group)?, &page.frames.get(frame)?.label);
    let cell = named.cells.get(frame)?;
    let says = format!(
        "{}, {label}: {} per 1,000 words, {} in {}",
        named.label,
        rate(&cell.rate),
        several(cell.hits, "hit"),
        several(cell.articles_with_hit, "article"),
    );
    Some((says, page.sentences_anchor(group, frame).map(|anchor| to(&anchor))))
}

/// What a mark of a key word says, and where it leads.
fn of_word(page: &Page, comparison: usize, is_less: bool, word: usize) -> Option<(String, Option<String>)> {
    let compared = page.keyness.get(comparison)?;
    let found = if is_less { &compared.less } else { &compared.more }.get(word)?;
    let says = format!(
        "{}: {} in {}, {} in {}",
        found.word,
        several(found.hits, "time"),
        compared.label,
        number::count(found.against),
        compared.against
    );
    Some((says, Some(to(&keyness::anchor(comparison, is_less, word)))))
}

/// To a place of the page.
fn to(anchor: &str) -> String {
    format!("href=\"#{anchor}\"")
}

/// A rate and its interval.
fn rate(rate: &Measure) -> String {
    let Some(value) = rate.value else { return rate.why.clone() };
    let value = number::figures(value, 3);
    match (rate.low, rate.high) {
        (None, None) => value,
        (low, high) => format!("{value} ({})", number::interval(low, high, 3)),
    }
}

/// The element alone: a declaration before it may not stand inside a page.
pub(super) fn drawing(svg: &str) -> &str {
    svg.find("<svg").map_or("", |start| svg[start..].trim_end())
}
