//! The charts, each as a figure with its caption and the way to its files.

use super::markup::{href, several};
use super::opening::STORIES;
use super::{Measure, Page, keyness, number};
use maud::{Markup, PreEscaped, Render, html};
use serde_json::{Value, json};

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
pub(super) fn figures(page: &Page) -> Markup {
    html! {
        @if page.charts.is_empty() { p { "This run drew no charts." } }
        @for chart in &page.charts { (figure(page, chart)) }
    }
}

/// One chart.
pub(super) fn figure(page: &Page, chart: &Chart) -> Markup {
    let axes = (!chart.axes.is_empty()).then_some(chart.axes);
    html! {
        figure data-axes=[axes] {
            (paper(&chart.title, linked(page, chart)))
            figcaption {
                b { (chart.title) "." } " " (chart.caption) " "
                @for (i, name) in chart.files.iter().enumerate() {
                    @if i > 0 { " · " }
                    (page.link(name))
                }
            }
        }
    }
}

/// What a drawing lies on.
pub(super) fn paper(title: &str, drawing: impl Render) -> Markup {
    html! { div.scroll.paper role="region" aria-label={ "Chart: " (title) } tabindex="0" { (drawing) } }
}

/// Units of the drawing in a pixel.
const UNITS: f64 = 20.0;

/// How far around a mark a pointer finds it, in pixels; half way to the one before it where that is nearer.
const REACH: f64 = 8.0;

/// Marks of one row are links where they are so far apart.
const NEAREST: f64 = 8.0;

/// The drawing with every mark a link to the sentences behind it, and its numbers for whoever points at it.
fn linked(page: &Page, chart: &Chart) -> Markup {
    let drawing = drawing(&chart.svg);
    let Some(drawn) = drawing.0.strip_suffix("</svg>") else { return html! { (drawing) } };
    let mut last: Option<&Mark> = None;
    let mut links = Vec::new();
    for mark in &chart.marks {
        let beside = last.filter(|last| last.place[..2] == mark.place[..2]);
        let gap = beside.map_or(f64::MAX, |last| (mark.x - last.x).hypot(mark.y - last.y));
        // a pointer could not tell them apart
        if gap >= NEAREST {
            links.extend(Said::by(page, &mark.of).map(|said| said.link(mark, chart.axes, gap)));
            last = Some(mark);
        }
    }
    html! { (PreEscaped(drawn)) @for link in links { (link) } (PreEscaped("</svg>")) }
}

/// What a mark says, and where it leads.
struct Said {
    text: String,
    address: Option<String>,
    /// What the reader of all sentences is asked for, as JSON.
    asked: Option<String>,
}

impl Said {
    fn by(page: &Page, marked: &Marked) -> Option<Said> {
        match marked {
            Marked::Cell { group, frame } => of_cell(page, *group, *frame),
            Marked::Word { comparison, is_less, word } => of_word(page, *comparison, *is_less, *word),
            Marked::Sentences(text, reading) => Some(of_reading(page, text, reading)),
            Marked::Stories(text, [outlet, frame]) => {
                let address = format!("{STORIES}#outlet={}&frame={}", href(outlet), href(frame));
                Some(Said { text: text.clone(), address: page.has_file(STORIES).then_some(address), asked: None })
            }
        }
    }

    /// The title names the link, and is what a pointer shows.
    fn link(&self, mark: &Mark, axes: &str, gap: f64) -> Markup {
        let units = |pixels: f64| (pixels * UNITS).round();
        let at = |name: &str, place: usize| mark.place[place].filter(|_| axes.contains(name));
        let (panel, row, column) = (at("p:", 0), at("r:", 1), at("c:", 2));
        let circle = html! {
            title { (self.text) }
            circle cx=(units(mark.x)) cy=(units(mark.y)) r=(units(REACH.min(gap / 2.0))) {}
        };
        html! {
            @match &self.address {
                Some(address) => {
                    a href=(address) data-read=[&self.asked] data-p=[panel] data-r=[row] data-c=[column] { (circle) }
                }
                None => { g data-p=[panel] data-r=[row] data-c=[column] { (circle) } }
            }
        }
    }
}

/// To the reader of all sentences; without the script to the sentences of the group and frame that stand in the page.
fn of_reading(page: &Page, text: &str, reading: &Reading) -> Said {
    let frame = page.frames.iter().position(|frame| frame.name == reading.frame);
    let number = reading.group.and_then(|number| page.explore.groups.iter().find(|row| row.number == number));
    let group = number.and_then(|row| page.groups.iter().position(|group| group.label == row.label));
    let anchor = frame.zip(group).and_then(|(frame, group)| page.sentences_anchor(group, frame));
    let anchor = anchor.or_else(|| frame.map(|frame| page.frame_anchor(frame)));
    let anchor = anchor.unwrap_or_else(|| "read".to_string());
    Said { text: text.to_string(), address: Some(format!("#{anchor}")), asked: Some(asked(page, reading).to_string()) }
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

/// Of a group and frame: its rate; to its sentences.
fn of_cell(page: &Page, group: usize, frame: usize) -> Option<Said> {
    let (named, label) = (page.groups.get(group)?, &page.frames.get(frame)?.label);
    let cell = named.cells.get(frame)?;
    let text = format!(
        "{}, {label}: {} per 1,000 words, {} in {}",
        named.label,
        rate(&cell.rate),
        several(cell.hits, "hit"),
        several(cell.articles_with_hit, "article"),
    );
    let address = page.sentences_anchor(group, frame).map(|anchor| format!("#{anchor}"));
    Some(Said { text, address, asked: None })
}

/// Of a key word: how often it stands on both sides; to its place among the key words.
fn of_word(page: &Page, comparison: usize, is_less: bool, word: usize) -> Option<Said> {
    let compared = page.keyness.get(comparison)?;
    let found = if is_less { &compared.less } else { &compared.more }.get(word)?;
    let text = format!(
        "{}: {} in {}, {} in {}",
        found.word,
        several(found.hits, "time"),
        compared.label,
        number::count(found.against),
        compared.against
    );
    Some(Said { text, address: Some(format!("#{}", keyness::anchor(comparison, is_less, word))), asked: None })
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
pub(super) fn drawing(svg: &str) -> PreEscaped<&str> {
    PreEscaped(svg.find("<svg").map_or("", |start| svg[start..].trim_end()))
}
