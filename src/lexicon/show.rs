//! A lexicon at a glance.
//!
//! In: a lexicon. Out: its frames as a tree, with counts of entries.
//! Invariant: the count of a frame is of its own entries and of all below it.
//! It deliberately does not show the entries.

use super::model::{Lexicon, MatchMode, Pattern, Word};
use super::report::grouped;
use super::tree;

/// Entries of some frames.
#[derive(Clone, Copy, Default)]
struct Counts {
    entries: usize,
    phrases: usize,
    wildcards: usize,
    conditions: usize,
    exceptions: usize,
}

impl Counts {
    fn add(&mut self, other: Counts) {
        self.entries += other.entries;
        self.phrases += other.phrases;
        self.wildcards += other.wildcards;
        self.conditions += other.conditions;
        self.exceptions += other.exceptions;
    }
}

/// The tree as text.
pub fn show(lexicon: &Lexicon) -> String {
    let own = count(lexicon);
    let nodes = tree::nodes(lexicon);
    let mut rows = Vec::new();
    for (i, node) in nodes.iter().enumerate() {
        let below = nodes[i + 1..].iter().take_while(|other| other.depth > node.depth);
        let mut sum = Counts::default();
        for inside in std::iter::once(node).chain(below) {
            sum.add(inside.frame.map_or(Counts::default(), |frame| own[frame]));
        }
        rows.push((format!("{}{}", "  ".repeat(node.depth), node.name), sum));
    }
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0).max(5);
    let mut out = head(lexicon);
    out.push_str(&format!(
        "\n{:width$}  {:>7}  {:>7}  {:>9}  {:>10}  {:>6}\n",
        "frame", "entries", "phrases", "wildcards", "conditions", "except"
    ));
    for (name, n) in rows {
        let pad = " ".repeat(width - name.chars().count());
        out.push_str(&format!(
            "{name}{pad}  {:>7}  {:>7}  {:>9}  {:>10}  {:>6}\n",
            grouped(n.entries),
            grouped(n.phrases),
            grouped(n.wildcards),
            grouped(n.conditions),
            grouped(n.exceptions)
        ));
    }
    for target in &lexicon.targets {
        let names: Vec<&str> = target.patterns.iter().map(|(text, _)| text.as_str()).collect();
        out.push_str(&format!("target {}: {}\n", target.name, names.join(", ")));
    }
    for set in &lexicon.labels {
        for (label, patterns) in &set.choices {
            let names: Vec<&str> = patterns.iter().map(|(text, _)| text.as_str()).collect();
            out.push_str(&format!("label {label} of {}: {}\n", set.referent, names.join(", ")));
        }
    }
    out
}

fn head(lexicon: &Lexicon) -> String {
    let mode = match lexicon.mode {
        MatchMode::Stem => "stem",
        MatchMode::Exact => "exact",
        MatchMode::Case => "case",
    };
    let mut parts = vec![lexicon.name.clone()];
    parts.extend([&lexicon.version, &lexicon.licence].into_iter().filter(|text| !text.is_empty()).cloned());
    parts.extend(lexicon.language.map(|language| language.to_string()));
    parts.push(format!("match {mode}"));
    parts.push(format!("{} frames", grouped(lexicon.frames.len())));
    parts.push(format!("{} entries", grouped(lexicon.entries.len())));
    format!("{}\n", parts.join(" · "))
}

fn count(lexicon: &Lexicon) -> Vec<Counts> {
    let mut own = vec![Counts::default(); lexicon.frames.len()];
    for entry in &lexicon.entries {
        let counts = &mut own[entry.frame];
        if entry.except {
            counts.exceptions += 1;
            continue;
        }
        counts.entries += 1;
        match &entry.pattern {
            Pattern::Words(words) => {
                counts.phrases += usize::from(words.len() > 1);
                counts.wildcards += usize::from(words.iter().any(Word::is_wildcard));
            }
            Pattern::Near { .. } => counts.conditions += 1,
        }
    }
    own
}
