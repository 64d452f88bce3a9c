//! Entries that the corpus never shows, and the forms near them that it does.
//!
//! In: the view of a corpus. Out: findings of kind `dead`.
//! Invariant: an entry is dead where a run counted no hit, or, without a run, where one of its words never occurs.
//! It deliberately does not call a dead entry wrong: the corpus may be small. It is a note unless a variant of it occurs.

use super::super::glob;
use super::super::model::{MatchMode, Operand, Pattern, Word};
use super::reach::names;
use super::{Finding, View};
use crate::error::{Severity, edit_distance};

/// Longer words have no misspelling worth the search.
const LONGEST: usize = 40;

/// Shorter words are near to too many.
const SHORTEST: usize = 5;

pub(super) fn entries(view: &View<'_>, found: &mut Vec<Finding>) {
    let near = Near::new(view);
    for (number, entry) in view.entries() {
        let missing = missing_word(view, &entry.pattern);
        let dead = match view.corpus.hits.get(number) {
            Some(&hits) => hits == 0,
            None => missing.is_some(),
        };
        if !dead {
            continue;
        }
        let forms = match (&entry.pattern, &missing) {
            (Pattern::Words(words), _) if words.len() > 1 => {
                let mut forms = joined(view, words);
                if let Some(word) = &missing {
                    forms.extend(near.of(word));
                }
                forms
            }
            (_, Some(word)) => near.of(word),
            _ => Vec::new(),
        };
        let mut forms = forms;
        // what another entry finds, or the note of this one names, is settled
        forms.retain(|(form, _)| !view.is_found_in(entry.frame, form) && !is_named(&entry.note, form));
        let forms = view.top(forms);
        let text = spelling(&entry.pattern, missing.as_ref());
        let telling = forms.iter().find(|(form, n)| is_variant(&text, form, *n));
        let severity = if telling.is_some() { Severity::Warning } else { Severity::Note };
        let why = match &missing {
            Some(word) if word.text != entry.text.to_lowercase() => format!("0 hits; `{}` never occurs", word.text),
            _ => "0 hits".to_string(),
        };
        let message = if forms.is_empty() { why } else { format!("{why}; near") };
        let mut finding = view.finding(entry, "dead", severity, message);
        if let Some((form, _)) = telling {
            finding.edit = format!("add \"{form}\" if you want it to match");
        }
        finding.forms = forms;
        found.push(finding);
    }
}

/// True where the note of an entry names a form.
fn is_named(note: &str, form: &str) -> bool {
    names(note, form) || note.to_lowercase().contains(form)
}

/// The entry, or the word of a condition that is missing, written as one word; true where it is one.
fn spelling(pattern: &Pattern, missing: Option<&Word>) -> (String, bool) {
    let plain = |word: &Word| glob::prefix(&word.text).to_lowercase();
    match pattern {
        Pattern::Words(words) => (words.iter().map(plain).collect(), words.len() == 1),
        Pattern::Near { .. } => (missing.map(plain).unwrap_or_default(), false),
    }
}

/// True where a form is likely to be the same word: written in two, or, of a long single word, with another short ending or one
/// other letter. Whatever else is near is another word that a person may like to see.
fn is_variant((text, is_single): &(String, bool), form: &str, n: u64) -> bool {
    let joined: String = form.chars().filter(|&c| c != '-').collect();
    let lengths = (text.chars().count(), joined.chars().count());
    let is_pair = form.contains('-');
    let is_often = n >= if is_pair { 2 } else { 5 };
    let ending = lengths.0.abs_diff(lengths.1) <= 3 && (text.starts_with(&joined) || joined.starts_with(text));
    let one_letter = !is_pair && edit_distance(text, &joined) == 1;
    joined == *text || (*is_single && lengths.0 > 7 && is_often && (ending || one_letter))
}

/// The first word of a pattern that no word of the corpus matches.
fn missing_word(view: &View<'_>, pattern: &Pattern) -> Option<Word> {
    match pattern {
        Pattern::Words(words) => words.iter().find(|word| !occurs(view, word)).cloned(),
        Pattern::Near { left, right, negated, .. } => {
            let right = if *negated { None } else { missing_operand(view, right) };
            missing_operand(view, left).or(right)
        }
    }
}

fn missing_operand(view: &View<'_>, operand: &Operand) -> Option<Word> {
    match operand {
        Operand::Words(words) => words.iter().find(|word| !occurs(view, word)).cloned(),
        Operand::Frame(_) | Operand::Any(_) => None,
    }
}

fn occurs(view: &View<'_>, word: &Word) -> bool {
    if word.is_wildcard() {
        return !glob::matches(&word.text, &view.sorted).is_empty();
    }
    let folded = word.text.to_lowercase();
    match word.mode {
        MatchMode::Stem => view.by_stem.contains_key(&(view.corpus.stem)(&folded)),
        MatchMode::Exact | MatchMode::Case => view.counts.contains_key(folded.as_str()),
    }
}

/// `multi-vector` written as one word.
fn joined(view: &View<'_>, words: &[Word]) -> Vec<(String, u64)> {
    let one: String = words.iter().map(|word| word.text.as_str()).collect();
    if one.contains(['*', '?']) {
        let hits = glob::matches(&one, &view.sorted);
        return hits.into_iter().map(|at| (view.sorted[at].0.to_string(), view.sorted[at].1)).collect();
    }
    view.counts.get(one.as_str()).map(|&n| (one, n)).into_iter().collect()
}

/// Words and joined pairs of the corpus by length, for near forms.
struct Near<'v, 'a> {
    view: &'v View<'a>,
    /// By length in characters: letters present, the form compared, the form shown, count.
    by_length: Vec<Vec<(u64, String, String, u64)>>,
}

impl<'v, 'a> Near<'v, 'a> {
    fn new(view: &'v View<'a>) -> Near<'v, 'a> {
        let mut by_length = vec![Vec::new(); LONGEST + 1];
        let mut add = |compared: String, shown: String, n: u64| {
            let length = compared.chars().count();
            if length <= LONGEST && n >= view.options.least {
                by_length[length].push((letters(&compared), compared, shown, n));
            }
        };
        for &(word, n) in &view.sorted {
            add(word.to_string(), word.to_string(), n);
        }
        for (&(a, b), &n) in &view.pairs {
            if a.chars().count() >= 2 && b.chars().count() >= 2 {
                add(format!("{a}{b}"), format!("{a}-{b}"), n);
            }
        }
        Near { view, by_length }
    }

    fn of(&self, word: &Word) -> Vec<(String, u64)> {
        let text = glob::prefix(&word.text).to_lowercase();
        let length = text.chars().count();
        if !(SHORTEST..=LONGEST).contains(&length) {
            return Vec::new();
        }
        // One error in five letters; a rest of up to a quarter is another ending of the same word.
        let limit = (length / 5).clamp(1, 3);
        let own = letters(&text);
        let first = text.chars().next();
        let mut found = Vec::new();
        for bucket in &self.by_length[length.saturating_sub(limit)..=(length + limit).min(LONGEST)] {
            for (signs, compared, shown, n) in bucket {
                let apart = (signs ^ own).count_ones() as usize;
                let alike = compared.chars().next() == first && !shown.contains('.');
                if alike && apart <= 2 * limit && edit_distance(&text, compared) <= limit {
                    found.push((shown.clone(), *n));
                }
            }
        }
        found.extend(self.endings(&text, length));
        found
    }

    /// Words that share all but the last quarter.
    fn endings(&self, text: &str, length: usize) -> Vec<(String, u64)> {
        if length < 8 {
            return Vec::new();
        }
        let stem: String = text.chars().take(length - length / 4).collect();
        let hits = glob::matches(&format!("{stem}*"), &self.view.sorted);
        let hits = hits.into_iter().filter(|&at| !self.view.sorted[at].0.contains('.'));
        hits.map(|at| (self.view.sorted[at].0.to_string(), self.view.sorted[at].1)).collect()
    }
}

/// One bit for each letter that occurs: words whose sets differ much cannot be near.
fn letters(word: &str) -> u64 {
    word.chars().fold(0, |set, c| set | 1 << (c as u32 % 61))
}
