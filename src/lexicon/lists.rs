//! Plain lists: a word or a phrase in each line, as Hu and Liu wrote theirs.
//!
//! In: text. Out: one frame; a weight where the list says that it is of good or of bad words.
//! Invariant: bullets and numbers that count the lines are no words; a number that does not is told.
//! It deliberately reads no score: a list whose words have numbers behind them is refused or told.

use super::build::{Builder, Term};
use super::model::Kind;
use super::pattern::Wildcards;
use super::{lines, scored, weight};
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
    let sign = match (said.find("positive"), said.find("negative")) {
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
    for (at, &(line, content)) in all.iter().enumerate() {
        let word = content.trim();
        let place = builder.place(line, 1);
        if at == first && super::names::is_term(&super::names::normal(word)) {
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
                builder.remark("entry-number", Severity::Warning, place, word);
            }
            let column = content.find(bare).map_or(0, |at| content[..at].chars().count()) as u32 + 1;
            builder.foreign(frame, Term { weight, ..Term::new(bare, line, column) }, Wildcards::Ends);
        }
    }
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

/// Scores, counts and tags behind every word: they would be words of phrases that no text has.
fn beside_words(builder: &mut Builder, line: u32, entries: &[&str]) {
    let Some(first) = entries.first().filter(|_| entries.len() > 1) else { return };
    let tagged = |line: &&str| {
        line.rsplit_once('/').is_some_and(|(word, tag)| {
            !word.is_empty() && (1..=5).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_uppercase())
        })
    };
    let last = |line: &str| {
        let (words, last) = line.rsplit_once(char::is_whitespace)?;
        let plain = last.trim_matches(['(', ')']);
        let is_number = weight::read(plain).is_some() && words.contains(char::is_alphabetic);
        is_number.then(|| last.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let numbers: Option<Vec<bool>> = entries.iter().map(|line| last(line)).collect();
    let place = builder.place(line, 1);
    let found = |what: &str| format!("a list with {what} behind its words, first `{first}`");
    if entries.iter().all(tagged) {
        let problem = Problem::error("list-tags", place, found("tags")).expected("one word or phrase a line");
        builder.tell(problem.hint("take the tags away: entries match words, whatever part of speech they are"));
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
