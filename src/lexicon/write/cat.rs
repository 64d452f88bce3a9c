//! WordStat `.cat`.
//!
//! In: a lexicon. Out: categories indented by tabs, `ITEM (weight)`, phrases with underscores, conditions as rules.
//! Invariant: a condition becomes a rule or is left out, named.

use super::{Form, Losses, Rules, Wild, Written};
use crate::lexicon::model::{Direction, Entry, Lexicon, Operand, Pattern, Scope, Word};
use crate::lexicon::tree;
use crate::lexicon::{pattern, weight};

/// Writes `.cat`.
pub fn to_cat(lexicon: &Lexicon) -> Written {
    let mut losses = Losses::default();
    losses.header(lexicon);
    let entries = tree::entries_by_frame(lexicon);
    let rules = Rules { weights: true, wildcards: Wild::Star };
    let mut text = String::new();
    let mut number = 0;
    for node in tree::nodes(lexicon) {
        text.push_str(&format!("{}{}\n", "\t".repeat(node.depth), node.name));
        let tabs = "\t".repeat(node.depth + 1);
        for entry in node.frame.iter().flat_map(|&frame| &entries[frame]).map(|&entry| &lexicon.entries[entry]) {
            let item = match &entry.pattern {
                Pattern::Near { .. } if !entry.except => {
                    number += 1;
                    rule(entry, number, &mut losses)
                }
                // WordStat writes a space so: an underscore of the entry's own would become one
                _ if entry.text.contains('_') => {
                    losses.drop("underscore", entry);
                    None
                }
                _ => losses.plain(entry, &rules).map(|plain| plain.replace(' ', "_")),
            };
            if let Some(item) = item {
                text.push_str(&format!("{tabs}{item} ({})\n", weight::show(entry.weight)));
            }
        }
    }
    Written { form: Form::Cat, text, losses: losses.0 }
}

/// `@RULE1 [seize* BEFORE power /S 3]`.
fn rule(entry: &Entry, number: usize, losses: &mut Losses) -> Option<String> {
    let Pattern::Near { left, direction, negated, distance, scope, right } = &entry.pattern else { return None };
    let (Some(left), Some(right)) = (operand(left), operand(right)) else {
        losses.drop("condition", entry);
        return None;
    };
    let not = if *negated { "NOT " } else { "" };
    let operator = match direction {
        Direction::Before => "BEFORE",
        Direction::After => "AFTER",
        Direction::Near => "NEAR",
    };
    let scope = match scope {
        Scope::Sentence => "/S",
        Scope::Paragraph => "/P",
        Scope::Article => "/D",
    };
    let distance = distance.map_or(String::new(), |n| format!(" {n}"));
    Some(format!("@RULE{number} [{left} {not}{operator} {right} {scope}{distance}]"))
}

fn operand(operand: &Operand) -> Option<String> {
    match operand {
        Operand::Words(words) => Some(words.iter().map(word).collect::<Option<Vec<String>>>()?.join("_")),
        Operand::Frame(name) => Some(format!("#{}", name.replace(' ', "_"))),
        Operand::Any(_) => None,
    }
}

fn word(word: &Word) -> Option<String> {
    (!word.text.contains('?')).then(|| pattern::unescape(&word.text))
}
