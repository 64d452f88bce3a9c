//! The few pieces of markup that several chapters share, and the words in them.

use super::number;
use super::{Group, Measure, Page};
use maud::{Markup, Render, html};
use std::fmt::Write;

/// A path below the run folder, as a relative address.
pub(super) fn href(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => address.push(char::from(byte)),
            // a colon too: `a:b` would be a scheme
            _ => _ = write!(address, "%{byte:02X}"),
        }
    }
    address
}

/// With a capital first letter.
pub(super) fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// A noun with its number: `1 article`, `2 articles`, `2 stories`.
pub(super) fn several(number: u64, noun: &str) -> String {
    let count = number::count(number);
    match (number, noun.strip_suffix('y')) {
        (1, _) => format!("{count} {noun}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {noun}s"),
    }
}

/// A sentence whose words in backticks are names of files and settings.
pub(super) fn with_names(text: &str) -> Markup {
    html! {
        @for (i, part) in text.split('`').enumerate() { @if i % 2 == 1 { code { (part) } } @else { (part) } }
    }
}

/// Links to the chapters: anchor and heading of each.
pub(super) fn contents<'c>(chapters: impl Iterator<Item = (&'c str, &'c str)>) -> Markup {
    html! {
        nav aria-label="Contents" {
            ul { @for (anchor, heading) in chapters { li { a href={ "#" (anchor) } { (heading) } } } }
        }
    }
}

/// A chapter, on a line of its own.
pub(super) fn section(anchor: &str, heading: &str, content: &Markup) -> Markup {
    html! {
        "\n"
        section id=(anchor) aria-labelledby={ (anchor) "-h" } {
            h2 id={ (anchor) "-h" } { (heading) }
            (content)
        }
    }
}

/// A table that scrolls sideways, and can be scrolled with the keyboard.
pub(super) fn table(name: &str, class: &str, caption: impl Render, rows: &Markup) -> Markup {
    html! {
        div.scroll role="region" aria-label={ "Table: " (name) } tabindex="0" {
            table class=(class) {
                caption { span { (caption) } }
                (rows)
            }
        }
    }
}

/// The badge of what nobody has compared with human coding.
pub(super) fn validation(validation: Option<&String>) -> Markup {
    html! {
        @match validation {
            Some(how) => { span.badge { "validated: " (how) } }
            None => { span.badge.un { "UNVALIDATED" } }
        }
    }
}

/// The reason for what is missing.
pub(super) fn absent(why: &str) -> Markup {
    html! { span.na { (reason(why)) } }
}

/// A reason, or that none was given.
pub(super) fn reason(why: &str) -> &str {
    if why.is_empty() { "not known" } else { why }
}

/// A cell with a count, which tables sort by.
pub(super) fn count_cell(count: u64) -> Markup {
    html! { td.n data-v=(count) { (number::count(count)) } }
}

/// A cell without a number, and why.
pub(super) fn absent_cell(why: &str) -> Markup {
    html! { td.n { (absent(why)) } }
}

/// A cell with a value and its interval, or why one of them is missing.
pub(super) fn measure_cell(measure: &Measure, articles: u64) -> Markup {
    let Some(value) = measure.known() else { return absent_cell(&measure.why) };
    let beside = match measure.interval() {
        Some((low, high)) => number::interval(low, high, 3),
        None => reason(&measure.why).to_string(),
    };
    let mark = mark(measure, articles);
    html! {
        td.n.weak[!mark.is_empty()] data-v=(value) { (number::figures(value, 3)) (mark) " " small { (beside) } }
    }
}

/// How an interval is marked where it is weak, as the note under the table explains.
pub(super) fn mark(measure: &Measure, articles: u64) -> &'static str {
    match (measure.interval().is_some(), articles < FEW) {
        (false, _) => "†",
        (true, true) => "*",
        (true, false) => "",
    }
}

/// Below this many articles an interval is printed grey.
pub(super) const FEW: u64 = 10;

/// What [`mark`] means.
pub(super) fn meaning_of_marks() -> Markup {
    html! {
        p.small {
            "† no interval, the reason is beside it · * interval from fewer than 10 articles: read it with care · \
             grey words instead of a number: the value is missing, which is not zero."
        }
    }
}

impl Measure {
    /// The value, where there is one.
    pub(super) fn known(&self) -> Option<f64> {
        self.value.filter(|value| value.is_finite())
    }

    /// The ends of the interval, where there is one and a value.
    pub(super) fn interval(&self) -> Option<(Option<f64>, Option<f64>)> {
        let (low, high) = (self.low.filter(|end| end.is_finite()), self.high.filter(|end| end.is_finite()));
        self.known().and(low.or(high)).map(|_| (low, high))
    }

    /// `95 % interval 1.6–4.4`, or why there is none.
    pub(super) fn interval_in_words(&self, level: &str) -> String {
        match self.interval() {
            Some((low, high)) => format!("{level} interval {}", number::interval(low, high, 3)),
            None => format!("no interval: {}", reason(&self.why)),
        }
    }
}

impl Page {
    /// The anchor of a frame.
    pub(super) fn frame_anchor(&self, frame: usize) -> String {
        let slug = |name: &str| -> String {
            name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect()
        };
        let own = self.frames.get(frame).map(|frame| slug(&frame.name)).unwrap_or_default();
        let is_taken = own.is_empty()
            || self.frames.iter().enumerate().any(|(other, named)| other != frame && slug(&named.name) == own);
        // an underscore is never part of a slug, so no two anchors meet
        if is_taken { format!("frame-_{}", frame + 1) } else { format!("frame-{own}") }
    }

    /// The anchor of the sentences of a group and a frame, where there are any.
    pub(super) fn sentences_anchor(&self, group: usize, frame: usize) -> Option<String> {
        let cell = self.groups.get(group)?.cells.get(frame)?;
        if cell.examples.is_empty() { None } else { Some(format!("{}_{}", self.frame_anchor(frame), group + 1)) }
    }

    /// A frame that leads to its sentences in a group, where there are any.
    pub(super) fn frame_link(&self, group: usize, frame: usize, label: &str) -> Markup {
        html! {
            @match self.sentences_anchor(group, frame) {
                Some(anchor) => { a href={ "#" (anchor) } { (label) } }
                None => { (label) }
            }
        }
    }

    /// Every group and its place.
    pub(super) fn numbered(&self) -> impl Iterator<Item = (usize, &Group)> {
        self.groups.iter().enumerate()
    }
}
