//! The lines above the text that no label tells apart: section, title, byline, outlet.
//!
//! In: a document with the lines of its heading. Out: the same, each line in its place.
//! Invariant: what is no title is no headline: a section and the lines of a cover page are not counted.
//! It deliberately goes by the place of a line and by what recurs, never by the words of a title.

use super::Document;
use crate::read::dates;
use crate::read::layouts::{Layout, Part};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A line of the heading.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub bytes: Range<usize>,
    /// No empty line stands between it and the one before.
    pub follows: bool,
}

impl Head {
    fn text<'t>(&self, text: &'t str) -> &'t str {
        text[self.bytes.clone()].trim()
    }
}

/// True for a line that is a day and little else: `March 4, 2021 Thursday`.
pub(super) fn is_day(line: &str) -> bool {
    const MORE_WORDS: usize = 4;
    dates::find(line, Some(dates::DateOrder::DayFirst)).is_some_and(|(_, bytes)| {
        let before = line[..bytes.start].trim();
        (before.is_empty() || before.ends_with(',')) && line[bytes.end..].split_whitespace().count() <= MORE_WORDS
    })
}

/// Where the issue begins that some databases write behind the name of an outlet: `Le Figaro, no. 23800`.
pub(super) fn issue(outlet: &str) -> Option<usize> {
    let (name, number) = outlet.rsplit_once(", n")?;
    let number = number.trim_start_matches(['o', '°', 'º', 'r', '.', ' ']);
    (!number.is_empty() && number.starts_with(|c: char| c.is_ascii_digit())).then_some(name.len())
}

/// Where the outlet stands between title and day, the line above the day is the outlet and the paragraph above that the title, whatever
/// a cover page says before them.
pub(super) fn outlet_before_day(document: &mut Document, text: &str, layout: &Layout) {
    if !layout.header.starts_with(&[Part::Title, Part::Outlet, Part::Date]) {
        return;
    }
    let heads = std::mem::take(&mut document.heading);
    let [before @ .., outlet] = heads.as_slice() else { return };
    if before.is_empty() {
        return;
    }
    let first = before.iter().rposition(|head| !head.follows).unwrap_or(0);
    document.unplaced.extend(before[..first].iter().map(|head| head.bytes.clone()));
    put(document, Part::Outlet, outlet.bytes.clone(), text);
    put(document, Part::Title, before[first].bytes.start..before[before.len() - 1].bytes.end, text);
}

/// A page says which line is the title: what stands above it is the section.
pub(super) fn title_is_marked(document: &mut Document, text: &str) {
    document.parts.remove(&Part::Byline);
    let mut heads = std::mem::take(&mut document.heading);
    if let Some(head) = heads.pop() {
        put(document, Part::Section, head.bytes, text);
    }
    document.unplaced.extend(heads.into_iter().map(|head| head.bytes));
}

/// Takes the line of a section away from the title: one that the layout knows, or that stands above several titles.
pub(super) fn sections(documents: &mut [Document], text: &str, layout: &Layout) {
    /// Words of the longest.
    const WORDS: usize = 5;
    if layout.header.first() != Some(&Part::Title) || !layout.labels.is_empty() {
        return;
    }
    let mut below: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for document in documents.iter() {
        if let [first, second, ..] = document.heading.as_slice() {
            below.entry(first.text(text)).or_default().insert(second.text(text));
        }
    }
    for document in documents {
        let heads = std::mem::take(&mut document.heading);
        let [first, rest @ ..] = heads.as_slice() else { continue };
        let line = first.text(text);
        let recurs = below.get(line).is_some_and(|titles| titles.len() > 1) && line.split_whitespace().count() <= WORDS;
        if rest.is_empty() || !recurs && !layout.sections.iter().any(|pattern| pattern.is_match(line)) {
            continue;
        }
        put(document, Part::Section, first.bytes.clone(), text);
        let lines = 1 + rest[1..].iter().take_while(|head| head.follows).count();
        put(document, Part::Title, rest[0].bytes.start..rest[lines - 1].bytes.end, text);
        let byline = document.parts.get(&Part::Byline).map(|(byline, _)| byline.as_str());
        if heads.iter().any(|head| Some(head.text(text)) == byline) {
            document.parts.remove(&Part::Byline);
        }
        part_byline(document, layout);
        if let Some(head) = rest.get(lines).filter(|_| !document.parts.contains_key(&Part::Byline)) {
            put(document, Part::Byline, head.bytes.clone(), text);
        }
    }
}

/// A name without "By" right behind a title: two or three words with capitals, and not all of the title.
pub(super) fn part_byline(document: &mut Document, layout: &Layout) {
    let Some((title, at)) = document.parts.get(&Part::Title).cloned() else { return };
    let Some((rest, last)) = title.trim_end().rsplit_once('\n') else { return };
    let words: Vec<&str> = last.split_whitespace().collect();
    let is_name = |word: &&str| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '’' | '\''))
    };
    if layout.labels.is_empty() && (2..=3).contains(&words.len()) && words.iter().all(is_name) {
        let name_at = at + rest.len() + 1;
        document.parts.entry(Part::Byline).or_insert((last.trim().to_string(), name_at));
        document.parts.insert(Part::Title, (rest.trim_end().to_string(), at));
    }
}

fn put(document: &mut Document, part: Part, bytes: Range<usize>, text: &str) {
    let source = &text[bytes.clone()];
    let at = bytes.start + (source.len() - source.trim_start().len());
    document.parts.insert(part, (source.trim().to_string(), at));
}
