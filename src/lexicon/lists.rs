//! Plain lists: a word or a phrase in each line, as Hu and Liu wrote theirs.
//!
//! In: text. Out: one frame; a weight where the list says that it is of good or of bad words.
//! Invariant: bullets and numbers that count the lines are no words; a number that does not is told.
//! It deliberately reads no score: a list whose words have numbers behind them is refused or told.

use super::build::{Builder, Term};
use super::model::Kind;
use super::pattern::{self, Wildcards};
use super::{lines, names, scored, signs, weight};
use crate::error::{Problem, Severity};

/// One word a line, comments behind semicolons, a `*` inside a word is a letter. The comments or the name of the file say the sign.
pub(super) fn read(builder: &mut Builder, text: &str) {
    let comments: String = lines::numbered(text)
        .map(|(_, line)| line)
        .filter(|line| line.starts_with(';'))
        .take(8)
        .collect::<Vec<_>>()
        .join(" ");
    let said = format!("{} {}", comments, builder.lexicon.name).to_lowercase();
    let sign = match (says(&said, "positive"), says(&said, "negative")) {
        (Some(positive), Some(negative)) => Some(positive < negative),
        (Some(_), None) => Some(true),
        (None, Some(_)) => Some(false),
        (None, None) => None,
    };
    let (frame, weight) = match sign {
        Some(true) => (builder.child(None, "positive", 1), Some(1000)),
        Some(false) => (builder.child(None, "negative", 1), Some(-1000)),
        None => (scored::whole(builder), None),
    };
    if sign.is_none() {
        builder.lexicon.kind = Kind::Frames;
    }
    entries_of(builder, text, frame, weight);
}

/// Where a text says that words are of one sign; `non-negative` says nothing.
fn says(text: &str, sign: &str) -> Option<usize> {
    let denied = |at: usize| {
        let before = text[..at].trim_end_matches(['-', '_', ' ', '.']);
        ["non", "not", "un"]
            .iter()
            .any(|no| before.strip_suffix(no).is_some_and(|rest| !rest.ends_with(char::is_alphabetic)))
    };
    text.match_indices(sign).map(|(at, _)| at).find(|&at| !denied(at))
}

/// The words of a list, and what its other lines are.
fn entries_of(builder: &mut Builder, text: &str, frame: usize, weight: Option<i32>) {
    let all: Vec<(u32, &str)> = lines::numbered(text).collect();
    let is_entry = |content: &str| !content.trim().is_empty() && !is_comment(content.trim());
    let first = all.iter().position(|(_, content)| is_entry(content)).unwrap_or(all.len());
    let is_hash = |content: &str| content.trim().starts_with('#') && is_comment(content.trim());
    // a comment between words may be a heading, and so may the last one above them
    let headings = all[first..].iter().any(|(_, content)| is_hash(content));
    let entries: Vec<&str> = all.iter().map(|(_, content)| content.trim()).filter(|line| is_entry(line)).collect();
    beside_words(builder, all.get(first).map_or(1, |(line, _)| *line), &entries);
    let marked = Marked::of(&entries);
    let headed = heading_lines(&all);
    for (at, &(line, content)) in all.iter().enumerate() {
        let word = content.trim();
        let place = builder.place(line, 1);
        if at == first && names::is_term(&names::normal(word)) {
            builder.row(line, word, "header");
        } else if at == first && marked == Marked::Below {
            builder.row(line, word, "heading");
            builder.remark("list-heading", Severity::Note, place, word);
        } else if is_comment(word) {
            builder.row(line, word, "comment");
            if headings && is_hash(word) && at + 1 >= first {
                builder.remark("list-comments", Severity::Warning, place, word);
            }
        } else if !word.is_empty() {
            let bare = bullet(word).filter(|_| marked != Marked::No).map_or(word, |(_, rest)| rest);
            if bare.len() == word.len() && bullet(word).is_some_and(|(mark, _)| number_of(mark).is_some()) {
                builder.remark("entry-number", Severity::Warning, place.clone(), word);
            }
            if headed.contains(&line) {
                builder.remark("list-headings", Severity::Warning, place.clone(), bare);
            }
            if bare.contains([':', '{', '[', '=']) && !signs::is_regex(bare) && !pattern::is_numbers(bare) {
                builder.remark("list-sign", Severity::Warning, place, bare);
            }
            let column = content.find(bare).map_or(0, |at| content[..at].chars().count()) as u32 + 1;
            builder.foreign(frame, Term { weight, ..Term::new(bare, line, column) }, Wildcards::Ends);
        }
    }
}

/// Lines that look like names of categories: above words that are indented, or at the head of every block between blank lines, where they
/// alone have capitals.
fn heading_lines(all: &[(u32, &str)]) -> Vec<u32> {
    let entries: Vec<usize> =
        (0..all.len()).filter(|&at| !all[at].1.trim().is_empty() && !is_comment(all[at].1.trim())).collect();
    let lines = |found: Vec<usize>| found.into_iter().map(|at| all[at].0).collect();
    let is_indented = |at: usize| all[at].1.starts_with(char::is_whitespace);
    let (indented, above): (Vec<usize>, Vec<usize>) = entries.iter().partition(|&&at| is_indented(at));
    let leads = |at: &usize| entries.iter().find(|next| *next > at).is_some_and(|&next| is_indented(next));
    if indented.len() > 1 && !above.is_empty() && above.iter().all(leads) {
        return lines(above);
    }
    let is_first = |at: usize| at == 0 || all[at - 1].1.trim().is_empty();
    let (firsts, others): (Vec<usize>, Vec<usize>) = entries.iter().partition(|&&at| is_first(at));
    let has_words = |at: &usize| all.get(at + 1).is_some_and(|(_, content)| !content.trim().is_empty());
    let initial = |at: &usize| all[*at].1.trim().starts_with(char::is_uppercase);
    let capitals = |at: &usize| {
        let letters = || all[*at].1.chars().filter(|c| c.is_alphabetic());
        letters().count() > 1 && letters().all(char::is_uppercase)
    };
    let alone = |test: &dyn Fn(&usize) -> bool| firsts.iter().all(test) && !others.iter().any(test);
    if firsts.len() > 1 && firsts.iter().all(has_words) && (alone(&initial) || alone(&capitals)) {
        return lines(firsts);
    }
    Vec::new()
}

/// Whether the lines of a list have bullets or numbers that are no part of their words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marked {
    No,
    All,
    /// All but the first, which is their heading.
    Below,
}

impl Marked {
    /// A bullet on every line, or a number: these count from 1, as in `1. Mai`, `8. März` they do not.
    fn of(entries: &[&str]) -> Marked {
        let is_marked = |entries: &[&str]| {
            let mut numbers = 1..;
            entries.iter().all(|line| match bullet(line).map(|(mark, _)| number_of(mark)) {
                None => false,
                Some(number) => number.is_none_or(|number| numbers.next() == Some(number)),
            })
        };
        match entries.split_first() {
            Some(_) if is_marked(entries) => Marked::All,
            Some((_, rest))
                if rest.len() > 1
                    && bullet(rest[0]).is_some_and(|(mark, _)| number_of(mark).is_some())
                    && is_marked(rest) =>
            {
                Marked::Below
            }
            _ => Marked::No,
        }
    }
}

/// The bullet or number of a line, as in Markdown, and what follows: `* war`, `2. peace talks`.
fn bullet(line: &str) -> Option<(&str, &str)> {
    let (mark, rest) = line.split_once(char::is_whitespace)?;
    let is_mark = matches!(mark, "*" | "-" | "+" | "•" | "–" | "·") || number_of(mark).is_some();
    is_mark.then_some((mark, rest.trim_start()))
}

/// 2 of `2.` and of `2)`.
fn number_of(mark: &str) -> Option<u32> {
    let digits = mark.strip_suffix(['.', ')'])?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

/// Scores and counts behind every word, or a second part: they would be words of phrases that no text has.
fn beside_words(builder: &mut Builder, line: u32, entries: &[&str]) {
    let Some(first) = entries.first().filter(|_| entries.len() > 1) else { return };
    let last = |line: &str| {
        let (words, last) = line.rsplit_once(char::is_whitespace)?;
        let plain = last.trim_matches(['(', ')']);
        let is_number = weight::read(plain).is_some() && words.contains(char::is_alphabetic);
        is_number.then(|| last.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let numbers: Option<Vec<bool>> = entries.iter().map(|line| last(line)).collect();
    let place = builder.place(line, 1);
    let found = |what: &str| format!("a list with {what} behind its words, first `{first}`");
    let joined =
        |line: &&str| [" - ", " – ", " — ", " -> ", " → ", " => ", " = "].iter().any(|sign| line.contains(sign));
    if entries.iter().all(joined) {
        let found = format!("a list with two parts in every line, first `{first}`");
        let problem = Problem::error("list-pairs", place, found).expected("one word or phrase a line");
        builder.tell(problem.hint("for words and their categories write a table `term,category`"));
        return;
    }
    let Some(numbers) = numbers else { return };
    if numbers.contains(&false) {
        let problem = Problem::error("list-numbers", place, found("numbers")).expected("one word or phrase a line");
        builder.tell(problem.hint("for weights put a tab between word and number; other numbers have to go"));
    } else if numbers.len() > 2 {
        let problem = Problem::warning("list-numbers", place, found("numbers"));
        builder.tell(problem.hint("they are read as words of phrases; for weights put a tab between word and number"));
    }
}

fn is_comment(line: &str) -> bool {
    line.starts_with(';') || line.starts_with("# ") || line.starts_with("## ")
}
