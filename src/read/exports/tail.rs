//! Where the text of a document ends and what the database adds begins.
//!
//! In: the lines of a document. Out: the byte from which a label is one of the database.
//! Invariant: a line of the text that only looks like a label (`Location: the town hall, at eight.`) ends no text that goes on behind it.
//! It deliberately trusts labels that no journalist writes: of several words, with a hyphen, or with shares (`COUPS (87%)`).

use super::lines::Line;
use crate::read::layouts::{Layout, Part};
use std::ops::Range;

/// The byte from which on labels count in a text that begins at `from`.
pub(super) fn start<'a, 't: 'a>(
    lines: &'a [Line<'t>],
    from: usize,
    layout: &Layout,
    label: impl Fn(&'t str) -> Option<(Part, &'t str, String)>,
) -> usize {
    if layout.codes || layout.labels.is_empty() {
        return from;
    }
    let lines = &lines[lines.partition_point(|line| line.end <= from)..];
    let is_sure = |line: &Line<'t>| {
        label(line.text).is_some_and(|(part, value, name)| {
            part != Part::Body && (name.contains([' ', '-']) || has_shares(&name, value))
        })
    };
    let sure = lines.iter().find(|line| is_sure(line)).map(|line| line.start);
    let end = lines.last().map_or(from, |line| line.end);
    let is_added = |line: &Line<'t>| {
        label(line.text).is_some()
            || layout.is_of_database(line.text)
            || layout.body_ends.as_ref().is_some_and(|pattern| pattern.is_match(line.text))
    };
    let mut at = end;
    for block in lines.rsplit(|line| line.text.is_empty()).filter(|block| !block.is_empty()) {
        if is_added(&block[0]) {
            at = block[0].start;
            continue;
        }
        at = block.iter().find(|line| label(line.text).is_some()).map_or(at, |line| line.start);
        break;
    }
    sure.map_or(at, |sure| sure.min(at))
}

/// The first of the lines right above those of the database that look like labels which the layout does not know: `PUB-TYPE: Newspaper`. A
/// word that begins several lines is a speaker.
pub(super) fn unknown(lines: &[Line<'_>], text: Range<usize>, layout: &Layout) -> Option<Range<usize>> {
    const LETTERS: std::ops::RangeInclusive<usize> = 3..=25;
    let in_capitals =
        !layout.labels.is_empty() && layout.labels.keys().all(|label| !label.contains(char::is_lowercase));
    let ends = lines.last().is_some_and(|line| line.end <= text.end);
    if layout.codes || !in_capitals || ends {
        return None;
    }
    let label = |line: &Line<'_>| {
        let (label, value) = line.text.split_once(": ")?;
        let is_label = label.chars().all(|c| c.is_uppercase() || c == '-') && LETTERS.contains(&label.chars().count());
        (is_label && !value.trim().is_empty()).then(|| label.to_string())
    };
    let inside = |line: &&Line<'_>| text.start <= line.start && line.start < text.end && !line.text.is_empty();
    let inside: Vec<&Line<'_>> = lines.iter().filter(inside).collect();
    let is_once = |name: &String| inside.iter().filter(|line| label(line).as_ref() == Some(name)).count() == 1;
    let labelled = inside.iter().rev().take_while(|line| label(line).as_ref().is_some_and(is_once));
    labelled.last().map(|line| line.start..line.end)
}

/// True for index terms with their shares: `SUJET: COUPS D'ÉTAT (87%); …`.
pub(super) fn has_shares(label: &str, value: &str) -> bool {
    let is_share = |end: usize| {
        let digits = value[..end].bytes().rev().take_while(u8::is_ascii_digit).count();
        (1..=3).contains(&digits) && value[..end - digits].ends_with('(')
    };
    label.chars().count() <= 40 && value.match_indices("%)").any(|(end, _)| is_share(end))
}
