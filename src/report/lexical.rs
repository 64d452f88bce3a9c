//! What the page and the charts say of words: keyness.
//!
//! In: the rows of `estimates::lexical`. Out: plain values for the page and the charts.
//! It deliberately computes nothing.

use super::html::{KeyGroup, KeyWord};
use crate::estimates::lexical::{keyness, keyness::Keyness};
use crate::statistics::keyness::Direction;

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
    let place = |group: usize| groups.iter().position(|&other| other == group);
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
