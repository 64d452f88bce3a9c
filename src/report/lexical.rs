//! What the page and the charts say of words: keyness, co-occurrence.
//!
//! In: the rows of `estimates::lexical`. Out: plain values for the page and the charts.
//! It deliberately computes nothing.

use super::chart;
use super::html::{KeyGroup, KeyWord};
use crate::estimates::lexical::cooccurrence::Within;
use crate::estimates::lexical::{Results, Scope, keyness, keyness::Keyness};
use crate::lookup::{FrameId, Plan};
use crate::statistics::Measured;
use crate::statistics::keyness::Direction;
use crate::statistics::measured::Why;

fn why(values: &[Measured]) -> &'static str {
    values.iter().find_map(|value| value.why()).map_or("", |why| why.phrase())
}

/// Jaccard's index of every two of these frames over the sentences of all articles; a frame with itself, and with one that holds it, is none.
pub(super) fn sentence_map(results: &Results, plan: &Plan<'_>, frames: &[usize]) -> Vec<Vec<chart::Estimate>> {
    let inside = |a: usize, b: usize| a == b || plan.inside(FrameId::new(a)).contains(&FrameId::new(b));
    let has = |frame: usize| results.sentences.get(frame).is_some_and(|&sentences| sentences > 0);
    let cell = |one: usize, other: usize| match (has(one) && has(other), inside(one, other) || inside(other, one)) {
        (_, true) => chart::Estimate::missing("the same, or one inside the other"),
        // they have no row as they never met
        (true, false) => chart::Estimate { value: Some(0.0), low: None, high: None, why: String::new() },
        (false, false) => chart::Estimate::missing(Why::NoHits.phrase()),
    };
    let of_frame = |&one: &usize| frames.iter().map(|&other| cell(one, other)).collect();
    let mut cells: Vec<Vec<chart::Estimate>> = frames.iter().map(of_frame).collect();
    let rows = results.cooccurrence.iter();
    for row in rows.filter(|row| row.scope == Scope::All && row.within == Within::Sentence) {
        let value = row.jaccard.value();
        let cell = chart::Estimate { value, low: None, high: None, why: why(&[row.jaccard]).to_string() };
        let [Ok(one), Ok(other)] = row.frames.map(|frame| frames.binary_search(&frame.index())) else { continue };
        (cells[one][other], cells[other][one]) = (cell.clone(), cell);
    }
    cells
}

/// A comparison, and the words that differ most on either side.
pub(super) struct Compared<'k> {
    /// The group.
    pub(super) group: usize,
    /// What it is compared with; nothing where that is all other articles.
    pub(super) against: Option<usize>,
    /// Words that the group uses more, and less.
    pub(super) sides: [Vec<&'k keyness::Row>; 2],
}

/// Each comparison of these groups with words to show, the largest group first.
pub(super) fn compared<'k>(keyness: &'k Keyness, groups: &[usize]) -> Vec<Compared<'k>> {
    /// Words on each side.
    const SHOWN: usize = 20;
    let place = |group: usize| groups.iter().position(|&known| known == group);
    let is_word = |row: &&keyness::Row| matches!(row.what, keyness::What::Word(_));
    let mut found: Vec<(usize, Compared<'k>)> = Vec::new();
    for rows in keyness.rows.chunk_by(|a, b| (a.group, a.against) == (b.group, b.against)) {
        let (group, against) = (rows[0].group, rows[0].against);
        let of = |direction| rows.iter().filter(is_word).filter(move |row| row.direction == direction).take(SHOWN);
        let sides = [Direction::Focus, Direction::Reference].map(|direction| of(direction).collect::<Vec<_>>());
        if let Some(order) = place(group).filter(|_| sides.iter().any(|side| !side.is_empty())) {
            found.push((order, Compared { group, against, sides }));
        }
    }
    found.sort_by_key(|(order, _)| *order);
    found.into_iter().map(|(_, compared)| compared).collect()
}

/// The words of the page: of each comparison of these groups the strongest on either side.
pub(super) fn key_groups(keyness: &Keyness, names: &[String], groups: &[usize]) -> Vec<KeyGroup> {
    let word = |row: &&keyness::Row| KeyWord {
        word: keyness.text(row, &[]).1.to_string(),
        hits: row.table.a,
        against: row.table.b,
        q: row.q.value(),
        is_weak: keyness.is_weak(row),
    };
    let of_group = |compared: Compared<'_>| {
        let [more, less] = compared.sides.map(|side| side.iter().map(word).collect());
        let against = compared.against.map_or("all others", |other| names[other].as_str()).to_string();
        KeyGroup { label: names[compared.group].clone(), against, more, less }
    };
    compared(keyness, groups).into_iter().map(of_group).collect()
}

/// What the page does not show.
pub(super) fn key_notes(keyness: &Keyness, shown: usize) -> String {
    let small = keyness.small.len();
    let left_out = match small {
        0 => String::new(),
        n => format!(" Groups with too few articles to be compared by words: {n}."),
    };
    format!(
        "{} different words, {} of them frequent enough to be tested.{left_out} At most {shown} groups are shown.",
        keyness.vocabulary, keyness.tested
    )
}
