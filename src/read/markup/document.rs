//! A document of an agency or a database that stands in a cell: NITF, an Atom entry, whatever has a body.
//!
//! In: a cell. Out: which of its bytes hold the words, and the words with their places.
//! Invariant: what describes an article (its id, its day, its index terms) is no word of it.
//! It deliberately parses no grammar: cells are often cut off, and lack the names of their grammars.

use super::{Plain, Reader, Source};
use crate::read::places::{newlines, shift};
use std::ops::Range;

/// Elements that hold the words of an article; the surest first.
const BODIES: &[&str] = &[
    "bodyText",
    "body.content",
    "BodyText",
    "articleBody",
    "content:encoded",
    "body",
    "Body",
    "text",
    "Text",
    "content",
    "description",
];

/// The bytes of a document that hold the words of its article; `None` where a cell is no such document.
pub(super) fn body(source: &str) -> Option<Range<usize>> {
    let start = source.len() - source.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').len();
    let rest = &source[start..];
    if !rest.starts_with('<') {
        return None;
    }
    let declared = rest.starts_with("<?xml");
    let root = root(rest)?;
    let is_page = root.trim_start_matches('<').get(..4).is_some_and(|name| name.eq_ignore_ascii_case("html"));
    if is_page || !declared && !root.contains(" xmlns") && !root.starts_with("<nitf") {
        return None;
    }
    let inside = BODIES.iter().find_map(|name| element(source, name));
    Some(inside.unwrap_or(start..source.len()))
}

/// The first tag of an element.
fn root(source: &str) -> Option<&str> {
    let mut rest = source;
    loop {
        let at = rest.find('<')?;
        let end = at + rest[at..].find('>')? + 1;
        if !rest[at + 1..].starts_with(['?', '!']) {
            return Some(&rest[at..end]);
        }
        rest = &rest[end..];
    }
}

/// What stands in an element, from its first to its last tag.
fn element(source: &str, name: &str) -> Option<Range<usize>> {
    let opening = format!("<{name}");
    let opens = |at: &usize| source[at + opening.len()..].starts_with(['>', ' ', '\n', '\r', '\t']);
    let at = source.match_indices(&opening).map(|(at, _)| at).find(opens)?;
    let from = at + source[at..].find('>')? + 1;
    // what is cut off has no end
    let to = source.rfind(&format!("</{name}>")).filter(|to| *to >= from).unwrap_or(source.len());
    Some(from..to)
}

/// The words of a part of a document, with their places in all of it.
pub(super) fn read(source: &str, body: Range<usize>) -> Plain {
    let mut plain = Reader::read(&source[body.clone()], Source::Xml, &[]);
    shift(&mut plain.pieces, body.start as u32, newlines(&source[..body.start]));
    plain
}
