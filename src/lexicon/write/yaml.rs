//! quanteda YAML.
//!
//! In: a lexicon. Out: nested mappings, every word in quotation marks.
//! Invariant: words of a frame that also holds frames stand under `__`, where quanteda looks for them.

use super::{Form, Losses, Rules, Wild, Written};
use crate::lexicon::model::Lexicon;
use crate::lexicon::tree;

/// Writes YAML.
pub fn to_yaml(lexicon: &Lexicon) -> Written {
    let mut losses = Losses::default();
    losses.header(lexicon);
    let entries = tree::entries_by_frame(lexicon);
    let rules = Rules { weights: false, wildcards: Wild::Both };
    let mut text = String::new();
    for node in tree::nodes(lexicon) {
        let indent = "  ".repeat(node.depth);
        let own = node.frame.map_or(&[] as &[usize], |frame| &entries[frame]);
        let words: Vec<String> = own
            .iter()
            .filter_map(|&entry| losses.plain(&lexicon.entries[entry], &rules))
            .map(|word| quoted(&word))
            .collect();
        let list = words.join(", ");
        if !node.has_children {
            text.push_str(&format!("{indent}{}: [{list}]\n", quoted(&node.name)));
            continue;
        }
        text.push_str(&format!("{indent}{}:\n", quoted(&node.name)));
        if !words.is_empty() {
            text.push_str(&format!("{indent}  __: [{list}]\n"));
        }
    }
    Written { form: Form::Yaml, text, losses: losses.0 }
}

/// A double-quoted scalar.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
