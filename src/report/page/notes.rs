//! What the reader of the page is to know of its numbers: what is not shown, and what they do not hold.

use super::{PageContext, VOICES};
use crate::aggregate::UNKNOWN;
use serde_json::Value;

impl PageContext<'_> {
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = self.not_shown();
        notes.extend(self.of_languages());
        notes.extend(self.of_voices_and_holders());
        notes.extend(crate::report::remarks::notes(self.estimates));
        notes.extend(crate::report::order::unknown(self.inputs, &self.names));
        notes.extend(crate::report::remarks::without_period(&self.estimates.timeline));
        notes
    }

    /// Groups and frames that are in the tables only.
    fn not_shown(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let rest: Vec<usize> =
            crate::report::order::groups(self.inputs, self.estimates, &self.names).split_off(self.groups.len());
        if !rest.is_empty() {
            let articles: u64 = rest.iter().map(|&group| self.size(group).0).sum();
            notes.push(format!(
                "Shown are the {} groups with most articles; {} more with {articles} articles in all are in the tables.",
                self.groups.len(),
                rest.len()
            ));
        }
        if !self.shown.note.is_empty() {
            notes.push(format!("Shown are: {}", lower(&self.shown.note)));
        }
        if self.found.counts.groups.iter().flatten().any(|label| label == UNKNOWN) {
            notes.push(format!("“{UNKNOWN}”: articles without a known {}.", self.found.dimensions.join(" or ")));
        }
        notes
    }

    /// Articles that no lexicon is for, and groups of several languages.
    fn of_languages(&self) -> Vec<String> {
        let (mut notes, totals) = (Vec::new(), &self.found.totals);
        if !totals.without_lexicon.is_empty() {
            let list: Vec<String> = totals.without_lexicon.iter().map(|(code, n)| format!("{code} {n}")).collect();
            notes.push(format!(
                "Articles in these languages are not counted, because there is no lexicon for them: {}.",
                list.join(", ")
            ));
        }
        let is_by_language = self.found.dimensions.iter().any(|dimension| dimension == "language");
        if totals.counted_languages.len() > 1 && !is_by_language {
            notes.push(
                "The articles are in several languages, and each is counted with the lexicons of its language: a difference \
                 between groups in different languages may be one between lexicons. Group by outlet and language to keep them apart."
                    .to_string(),
            );
        }
        notes
    }

    /// Voices that are not counted, and frames that hold others.
    fn of_voices_and_holders(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let counted = self.inputs.settings.tables.get("voice").and_then(|voice| voice["count"].as_array());
        if let Some(counted) = counted.filter(|counted| counted.len() < VOICES.len()) {
            let names: Vec<&str> = counted.iter().filter_map(Value::as_str).collect();
            notes.push(format!("Only hits in these voices are counted: {}.", names.join(", ")));
        }
        let plan = self.plan();
        let holders = plan.ids().zip(plan.labels()).filter(|(frame, _)| !plan.inside(*frame).is_empty());
        let holders = holders.filter(|(frame, _)| self.shown.place(frame.index()).is_some());
        let holders: Vec<&str> = holders.map(|(_, label)| label.as_str()).collect();
        if !holders.is_empty() {
            notes.push(format!(
                "Frames that hold other frames count each place once, whichever frame inside them found it: {}.",
                holders.join(", ")
            ));
        }
        notes
    }
}

/// A sentence in the middle of one.
fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
