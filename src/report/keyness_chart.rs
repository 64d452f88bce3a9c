//! The chart of key words: comparisons come in, plain values to be drawn go out.
//!
//! Invariant: the marked words are those of the page, in its order.
//! It deliberately shows few comparisons; all are in `keyness.csv`.

use super::chart::{self, Comparison, Word, Words};
use super::charts::ChartContext;
use super::lexical::{Compared, compared};
use crate::estimates::lexical::keyness::{Keyness, Row};
use crate::statistics::keyness::Table;

/// Comparisons on a chart, and on one that is too narrow for two beside each other: no more fit on a page.
const SHOWN: usize = 6;
const SHOWN_NARROW: usize = 3;
const NARROW: u16 = 600;

/// Rates are per so many words.
const WORDS: f64 = 10_000.0;

impl ChartContext<'_> {
    /// The words of each group, where a study asks for them.
    pub(super) fn keyness(&self) -> Option<chart::Keyness> {
        let keyness = self.estimates.lexical.keyness.as_ref()?;
        let words = |title: &str, subtitle: &str, notes: Vec<String>| self.words_alone(title, subtitle, notes);
        keyness_of(keyness, &self.names, &self.groups, words)
    }
}

/// The chart; none where no comparison has words.
fn keyness_of(
    keyness: &Keyness,
    names: &[String],
    groups: &[usize],
    words: impl Fn(&str, &str, Vec<String>) -> Words,
) -> Option<chart::Keyness> {
    let all = compared(keyness, groups);
    if all.is_empty() {
        return None;
    }
    let mut notes = vec![
        "Dashed line: equally often on both sides. Small grey marks: where other words lie. Every score and p: keyness.csv.".to_string(),
    ];
    let words_of = |notes| {
        words(
            "Keywords",
            "Words that differ most: how often they occur in the group (upwards) and in what it is compared with (to the right); log scales; \
             filled: q < 0.05, articles as units; blue: more often in the group, orange: less often",
            notes,
        )
    };
    let most = if words_of(Vec::new()).width.is_some_and(|width| width < NARROW) { SHOWN_NARROW } else { SHOWN };
    if all.len() > most {
        notes.push(format!("The first {most} of {} comparisons.", all.len()));
    }
    let others = words_of(Vec::new()).language.say("all others");
    let panels = all.iter().take(most).map(|one| comparison(keyness, one, names, &others)).collect();
    Some(chart::Keyness { words: words_of(notes), unit: "in 10,000 words".to_string(), panels })
}

fn comparison(keyness: &Keyness, compared: &Compared<'_>, names: &[String], others: &str) -> Comparison {
    let word = |row: &&Row| Word {
        text: keyness.text(row, &[]).1.to_string(),
        rates: rates(&row.table),
        is_weak: keyness.is_weak(row),
        is_sure: row.q.value().is_some_and(|q| q < 0.05),
    };
    let cloud = keyness.clouds.iter().find(|cloud| (cloud.group, cloud.against) == (compared.group, compared.against));
    Comparison {
        group: names[compared.group].clone(),
        against: compared.against.map_or(others, |other| names[other].as_str()).to_string(),
        sides: compared.sides.each_ref().map(|side| side.iter().map(word).collect()),
        others: cloud.map_or_else(Vec::new, |cloud| cloud.tables.iter().map(rates).collect()),
    }
}

/// Rates in the group, and in what it is compared with.
fn rates(table: &Table) -> [f64; 2] {
    [(table.a, table.c), (table.b, table.d)]
        .map(|(hits, words)| if words > 0 { hits as f64 / words as f64 * WORDS } else { 0.0 })
}
