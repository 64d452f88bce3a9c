//! LIWC: `.dic` of 2015 and `.dicx` of 2022.
//!
//! In: a lexicon. Out: a legend with numbers and words with their numbers, or a table with a mark for each category.
//! Invariant: a condition, an exception or a wildcard that LIWC would read otherwise leaves its entry out, named.

use super::{Form, Losses, Rules, Wild, Written};
use crate::lexicon::model::Lexicon;
use crate::lexicon::report::csv_field;
use crate::lexicon::tree::{self, Node};
use crate::lexicon::weight;
use std::collections::BTreeMap;

/// Words in the order of the file, each with its frames and weights.
fn words(lexicon: &Lexicon, losses: &mut Losses, rules: &Rules) -> Vec<(String, BTreeMap<usize, i32>)> {
    let mut order: Vec<(String, BTreeMap<usize, i32>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for entry in &lexicon.entries {
        // LIWC reads 0 as "not in this category"
        if entry.weight == 0 && rules.weights && !entry.except {
            losses.drop("zero weight", entry);
            continue;
        }
        if let Some(text) = losses.plain(entry, rules) {
            let place = *places.entry(text.clone()).or_insert_with(|| {
                order.push((text, BTreeMap::new()));
                order.len() - 1
            });
            let first = *order[place].1.entry(entry.frame).or_insert(entry.weight);
            if first != entry.weight {
                losses.drop("second weight", entry);
            }
        }
    }
    order
}

/// Writes `.dic`.
pub fn to_dic(lexicon: &Lexicon) -> Written {
    let mut losses = Losses::default();
    losses.header(lexicon);
    let nodes = tree::nodes(lexicon);
    let mut text = String::from("%\n");
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    for (i, Node { name, depth, frame, .. }) in nodes.iter().enumerate() {
        text.push_str(&format!("{}{}\t{name}\n", "\t".repeat(*depth), i + 1));
        if let Some(frame) = frame {
            numbers.insert(*frame, i + 1);
        }
    }
    text.push_str("%\n");
    let rules = Rules { weights: false, wildcards: Wild::Trailing };
    for (word, frames) in words(lexicon, &mut losses, &rules) {
        text.push_str(&word);
        for number in frames.keys().filter_map(|frame| numbers.get(frame)) {
            text.push_str(&format!("\t{number}"));
        }
        text.push('\n');
    }
    Written { form: Form::Dic, text, losses: losses.0 }
}

/// Writes `.dicx`.
pub fn to_dicx(lexicon: &Lexicon) -> Written {
    let mut losses = Losses::default();
    losses.header(lexicon);
    for frame in lexicon.frames.iter().filter(|frame| frame.name.contains('/')) {
        losses.keep("nested frame", &frame.name, frame.line);
    }
    let mut text = String::from("DicTerm");
    for frame in &lexicon.frames {
        text.push_str(&format!(",{}", csv_field(&frame.name)));
    }
    text.push('\n');
    let rules = Rules { weights: true, wildcards: Wild::Trailing };
    for (word, frames) in words(lexicon, &mut losses, &rules) {
        text.push_str(&csv_field(&word));
        for number in 0..lexicon.frames.len() {
            text.push(',');
            match frames.get(&number) {
                Some(1000) => text.push('X'),
                Some(&weight) => text.push_str(&weight::show(weight)),
                None => {}
            }
        }
        text.push('\n');
    }
    Written { form: Form::Dicx, text, losses: losses.0 }
}
