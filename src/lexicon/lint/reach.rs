//! Entries that catch too much: greedy wildcards, stems of two meanings, words inside longer names, words of two frames.
//!
//! In: the view of a corpus. Out: findings of kinds `greedy`, `collision`, `inside-name`, `two-frames`.
//! Invariant: a finding shows the forms that it is about, with their counts.
//! It deliberately does not decide what a form means.

use super::super::glob;
use super::super::model::{Entry, MatchMode, Pattern};
use super::{Finding, View};
use crate::error::Severity;
use std::collections::{BTreeMap, BTreeSet};

/// Wildcards that match words of many stems.
pub(super) fn wildcards(view: &View<'_>, found: &mut Vec<Finding>) {
    for (number, entry) in view.entries() {
        let Pattern::Words(words) = &entry.pattern else { continue };
        let Some((at, word)) = words
            .iter()
            .enumerate()
            .find(|(_, word)| word.is_wildcard() && word.text.chars().any(char::is_alphanumeric))
        else {
            continue;
        };
        let hits = view.caught(number, at, || {
            let hits = glob::matches(&word.text, &view.sorted);
            hits.into_iter().map(|at| (view.sorted[at].0.to_string(), view.sorted[at].1)).collect()
        });
        let stems: BTreeSet<String> = hits.iter().map(|(form, _)| (view.corpus.stem)(form)).collect();
        let letters = word.text.chars().filter(|c| c.is_alphanumeric()).count();
        if stems.len() < view.options.greedy_stems && !(letters <= 3 && stems.len() > 1) {
            continue;
        }
        let severity = if letters <= 4 || stems.len() >= 3 * view.options.greedy_stems {
            Severity::Warning
        } else {
            Severity::Note
        };
        let message = format!("`{}` matches {} words of {} stems", word.text, hits.len(), stems.len());
        let mut finding = view.finding(entry, "greedy", severity, message);
        finding.forms = view.top(hits);
        finding.edit = "list the words that you mean, or except the others".to_string();
        found.push(finding);
    }
}

/// Forms that share a stem with an entry and are more than an inflection of it.
///
/// A noun of action beside its verb (*violation*, *violated*) is a note; so is what the note of the entry names.
pub(super) fn stems(view: &View<'_>, found: &mut Vec<Finding>) {
    for (number, entry) in view.entries() {
        let Pattern::Words(words) = &entry.pattern else { continue };
        for (at, word) in words.iter().enumerate().filter(|(_, word)| word.mode == MatchMode::Stem) {
            let caught = view.caught(number, at, || {
                let same = view.by_stem.get(&(view.corpus.stem)(&word.text)).map_or(&[] as &[_], Vec::as_slice);
                same.iter().map(|&(form, n)| (form.to_string(), n)).collect()
            });
            let (kept, caught): (Vec<_>, Vec<_>) =
                caught.into_iter().partition(|(form, _)| is_inflection(&word.text, form));
            let (kept, forms) = (view.top(kept), view.top(caught));
            if forms.is_empty() {
                continue;
            }
            let settled = |form: &str| is_action(&word.text, form) || names(&entry.note, form);
            let severity = if forms.iter().all(|(form, _)| settled(form)) { Severity::Note } else { Severity::Warning };
            let mut finding =
                view.finding(entry, "collision", severity, format!("the stem of `{}` also catches", word.text));
            let caught = forms.iter().find(|(form, _)| !settled(form)).unwrap_or(&forms[0]);
            finding.edit = match words.len() {
                1 => format!(
                    "write {}, or add except = [\"={}\"]; or accept them by naming them in its note",
                    exact_forms(&word.text, &kept),
                    caught.0
                ),
                _ => format!(
                    "write {} in its place; or accept them by naming them in its note",
                    exact_forms(&word.text, &kept)
                ),
            };
            finding.forms = forms;
            found.push(finding);
        }
    }
}

/// `"=weapon", "=weapons"`: the word and its own inflections in the corpus, each of which is lost where only the word is written.
fn exact_forms(word: &str, kept: &[(String, u64)]) -> String {
    let mut forms = vec![word];
    forms.extend(kept.iter().map(|(form, _)| form.as_str()).filter(|form| *form != word));
    forms.iter().map(|form| format!("\"={form}\"")).collect::<Vec<_>>().join(", ")
}

/// True where the note of an entry names a form, or one that differs by an ending.
pub(super) fn names(note: &str, form: &str) -> bool {
    let words = note.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).any(|word| is_inflection(&word, form) || is_inflection(form, &word))
}

/// True where one is a noun of action and the other its verb.
fn is_action(word: &str, form: &str) -> bool {
    const NOUN: &[&str] = &["ion", "ions", "ation", "ations", "ment", "ments"];
    const VERB: &[&str] =
        &["", "e", "es", "s", "ed", "ing", "ate", "ates", "ated", "ating", "ise", "ize", "ized", "ised"];
    let shared = word.chars().zip(form.chars()).take_while(|(a, b)| a == b).count();
    let rest = |text: &str| text.chars().skip(shared).collect::<String>();
    let (a, b) = (rest(word), rest(form));
    let pair = |a: &str, b: &str| NOUN.contains(&a) && VERB.contains(&b);
    pair(&a, &b) || pair(&b, &a)
}

/// True where the two differ by an ending such as a language's inflections have: short, or a usual one.
fn is_inflection(word: &str, form: &str) -> bool {
    const USUAL: &[&str] = &[
        "ing", "ings", "ies", "ied", "ying", "ally", "ами", "ями", "ого", "его", "ому", "ему", "ыми", "ими", "ях",
        "иях",
    ];
    let shared = word.chars().zip(form.chars()).take_while(|(a, b)| a == b).count();
    let rest = |text: &str| text.chars().skip(shared).collect::<String>();
    let (of_word, of_form) = (rest(word), rest(form));
    let short = |rest: &str| rest.chars().count() <= 2 || USUAL.contains(&rest);
    let doubled = of_form.chars().next() == word.chars().nth(shared.wrapping_sub(1))
        && short(&of_form.chars().skip(1).collect::<String>());
    (short(&of_word) && short(&of_form)) || (of_word.is_empty() && doubled)
}

/// Entries most of whose hits lie inside one longer name; a note where the note of the entry names it.
pub(super) fn inside(view: &View<'_>, found: &mut Vec<Finding>) {
    let mut by_entry: BTreeMap<usize, Vec<(String, u64)>> = BTreeMap::new();
    for (entry, name, n) in view.corpus.inside {
        by_entry.entry(*entry).or_default().push((name.clone(), *n));
    }
    for (number, names) in by_entry {
        let (Some(entry), Some(&hits)) = (view.lexicon.entries.get(number), view.corpus.hits.get(number)) else {
            continue;
        };
        let names = view.top(names);
        let share = |n: u64| n as f64 / hits.max(1) as f64;
        let large: Vec<(String, u64)> =
            names.into_iter().filter(|(_, n)| share(*n) >= view.options.inside_share).collect();
        let Some((name, n)) = large.first().cloned() else { continue };
        let message = format!("{:.0} % of {hits} hits lie inside `{name}`", 100.0 * share(n));
        let is_settled = entry.note.to_lowercase().contains(&name);
        let severity = if is_settled { Severity::Note } else { Severity::Warning };
        let mut finding = view.finding(entry, "inside-name", severity, message);
        finding.edit = format!("except = [\"{name}\"]");
        finding.forms = large;
        found.push(finding);
    }
}

/// The same pattern in two frames, neither of which lies in the other.
pub(super) fn two_frames(view: &View<'_>, found: &mut Vec<Finding>) {
    let mut patterns: BTreeMap<&Pattern, Vec<&Entry>> = BTreeMap::new();
    for (_, entry) in view.entries() {
        patterns.entry(&entry.pattern).or_default().push(entry);
    }
    for entries in patterns.values_mut() {
        entries.sort_by_key(|entry| (entry.line, entry.column));
        let first = entries[0];
        let name = |entry: &Entry| view.lexicon.frames[entry.frame].name.clone();
        for other in &entries[1..] {
            let (a, b) = (name(first), name(other));
            if a == b || b.starts_with(&format!("{a}/")) || a.starts_with(&format!("{b}/")) {
                continue;
            }
            let message = format!("also in frame `{a}` (line {}): each hit counts in both", first.line);
            found.push(view.finding(other, "two-frames", Severity::Note, message));
        }
    }
}
