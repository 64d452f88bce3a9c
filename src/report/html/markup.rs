//! Text as HTML, and the few pieces of markup that several chapters share.
//!
//! Invariant: what goes through [`Text`] or [`Href`] comes out as text, whatever it holds; characters that XML forbids
//! become U+FFFD.

use super::number;
use super::{Group, Measure, Page};
use std::fmt::{self, Display, Formatter, Write};

/// Text, escaped for content and for quoted attributes.
pub(crate) struct Text<'a>(pub &'a str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut plain_from = 0;
        for (at, c) in self.0.char_indices() {
            let instead = match c {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\r' => " ",
                '\t' | '\n' => continue,
                '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => "\u{fffd}",
                _ => continue,
            };
            f.write_str(&self.0[plain_from..at])?;
            f.write_str(instead)?;
            plain_from = at + c.len_utf8();
        }
        f.write_str(&self.0[plain_from..])
    }
}

/// A path below the run folder, as a relative address.
pub(super) struct Href<'a>(pub &'a str);

impl Display for Href<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for byte in self.0.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => {
                    f.write_char(char::from(byte))?;
                }
                // a colon too: `a:b` would be a scheme
                _ => write!(f, "%{byte:02X}")?,
            }
        }
        Ok(())
    }
}

/// With a capital first letter.
pub(super) fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// A noun with its number: `1 article`, `2 articles`.
pub(super) fn several(number: u64, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", number::count(number))
}

/// The badge of what nobody has compared with human coding.
pub(super) fn validation(validation: Option<&String>) -> String {
    match validation {
        Some(how) => format!("<span class=\"badge\">validated: {}</span>", Text(how)),
        None => "<span class=\"badge un\">UNVALIDATED</span>".to_string(),
    }
}

/// The reason for what is missing.
pub(super) fn absent(why: &str) -> String {
    format!("<span class=\"na\">{}</span>", Text(reason(why)))
}

/// A reason, or that none was given.
pub(super) fn reason(why: &str) -> &str {
    if why.is_empty() { "not known" } else { why }
}

/// Opens a table that scrolls sideways, and can be scrolled with the keyboard.
pub(super) fn open_table(out: &mut String, name: &str, class: &str, caption: &str) {
    let _ = writeln!(
        out,
        "<div class=\"scroll\" role=\"region\" aria-label=\"Table: {0}\" tabindex=\"0\"><table class=\"{class}\">\
         <caption><span>{caption}</span></caption>",
        Text(name)
    );
}

/// Closes it.
pub(super) fn close_table(out: &mut String) {
    out.push_str("</table></div>\n");
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
pub(super) const MARKS: &str = "<p class=\"small\">† no interval, the reason is beside it · * interval from fewer than 10 \
                                articles: read it with care · grey words instead of a number: the value is missing, which is not zero.</p>\n";

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

    /// Every group and its place.
    pub(super) fn numbered(&self) -> impl Iterator<Item = (usize, &Group)> {
        self.groups.iter().enumerate()
    }
}
