//! What the page and the charts say of words: keyness, co-occurrence.
//!
//! In: the rows of `estimates::lexical`. Out: plain values for the page and the charts.
//! It deliberately computes nothing.

use super::chart;
use super::html::{KeyGroup, KeyWord};
use crate::estimates::lexical::cooccurrence::{self, Within};
use crate::estimates::lexical::{Scope, keyness, keyness::Keyness};
use crate::statistics::Measured;
use crate::statistics::keyness::Direction;

fn why(values: &[Measured]) -> &'static str {
    values.iter().find_map(|value| value.why()).map_or("", |why| why.phrase())
}

/// Jaccard's index of every two frames over the sentences of all articles; a frame with itself, and with one that holds it, is none.
pub(super) fn sentence_map(rows: &[cooccurrence::Row], frames: usize) -> Vec<Vec<chart::Estimate>> {
    let mut cells = vec![vec![chart::Estimate::missing("the same, or one inside the other"); frames]; frames];
    for row in rows.iter().filter(|row| row.scope == Scope::All && row.within == Within::Sentence) {
        let value = row.jaccard.value();
        let cell = chart::Estimate { value, low: None, high: None, why: why(&[row.jaccard]).to_string() };
        let [one, other] = row.frames;
        (cells[one][other], cells[other][one]) = (cell.clone(), cell);
    }
    cells
}

/// The words of the page: of each comparison of these groups the strongest on either side, the largest group first.
pub(super) fn key_groups(keyness: &Keyness, names: &[String], groups: &[usize]) -> Vec<KeyGroup> {
    /// Words on each side.
    const SHOWN: usize = 20;
    let place = |group: usize| groups.iter().position(|&known| known == group);
    let is_word = |row: &&keyness::Row| matches!(row.what, keyness::What::Word(_));
    let mut found: Vec<(Option<usize>, KeyGroup)> = Vec::new();
    for rows in keyness.rows.chunk_by(|a, b| (a.group, a.against) == (b.group, b.against)) {
        let of = |direction| {
            let rows = rows.iter().filter(is_word).filter(|row| row.direction == direction).take(SHOWN);
            let word = |row: &keyness::Row| KeyWord {
                word: keyness.text(row, &[]).1.to_string(),
                hits: row.table.a,
                against: row.table.b,
                q: row.q.value(),
            };
            rows.map(word).collect::<Vec<_>>()
        };
        let (more, less) = (of(Direction::Focus), of(Direction::Reference));
        let order = place(rows[0].group);
        if order.is_some() && !(more.is_empty() && less.is_empty()) {
            let against = rows[0].against.map_or("all others", |other| names[other].as_str()).to_string();
            found.push((order, KeyGroup { label: names[rows[0].group].clone(), against, more, less }));
        }
    }
    found.sort_by_key(|(order, _)| *order);
    found.into_iter().map(|(_, group)| group).collect()
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
