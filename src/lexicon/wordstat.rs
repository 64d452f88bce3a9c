//! WordStat categorisation dictionaries (`.cat`, exported `.NFO`).
//!
//! In: text indented by tabs. Out: a lexicon.
//! Invariant: the full path is the identity of a category; weights are kept; a rule is a proximity entry or an error.
//! It deliberately does not evaluate rules of more than one operator.

use super::build::{Builder, Term};
use super::model::Lexicon;
use super::pattern::{self, Wildcards};
use super::sniff::Format;
use super::{Options, lines, weight};
use crate::error::{Problem, Result, Severity};

/// Reads a `.cat`.
pub(super) fn read(file: &str, text: &str, options: &Options) -> Result<Lexicon> {
    let mut builder = Builder::new(file, text, Format::WordStat, options);
    let lines: Vec<Line<'_>> = lines::numbered(text).filter_map(|(number, line)| Line::read(number, line)).collect();
    let mut above: Vec<(usize, usize)> = Vec::new();
    let mut rules = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        while above.last().is_some_and(|&(depth, _)| depth >= line.depth) {
            above.pop();
        }
        let parent = above.last().map(|&(_, frame)| frame);
        let has_children = lines.get(i + 1).is_some_and(|next| next.depth > line.depth);
        match (weighted(line.text), parent) {
            (Some((item, number)), Some(frame)) if !has_children => {
                let term = item_term(&mut builder, line, item, number);
                match rule(item) {
                    Some((name, rule)) => rules.push((frame, term, name.to_string(), rule.to_string())),
                    None => add(&mut builder, frame, term, item),
                }
            }
            (Some((item, _)), None) if !has_children => {
                let problem = Problem::error(
                    "wordstat-no-category",
                    builder.place(line.number, 1),
                    format!("`{item}` is in no category"),
                );
                builder.refuse(problem.expected("a category above it, and a tab before it"), line.text);
            }
            (None, Some(frame)) if !has_children => {
                let place = builder.place(line.number, line.column);
                builder.remark("entry-without-weight", Severity::Note, place, line.text);
                let term = Term::new(String::new(), line.number, line.column);
                add(&mut builder, frame, term, line.text);
            }
            _ => {
                let frame = builder.child(parent, line.text, line.number);
                above.push((line.depth, frame));
            }
        }
    }
    for (frame, term, name, text) in rules {
        add_rule(&mut builder, frame, &term, &name, &text);
    }
    builder.finish()
}

struct Line<'a> {
    number: u32,
    column: u32,
    depth: usize,
    text: &'a str,
}

impl Line<'_> {
    /// Spaces before tabs are tolerated: depth is the number of tabs.
    fn read(number: u32, line: &str) -> Option<Line<'_>> {
        let text = line.trim();
        let indent = line.len() - line.trim_start().len();
        let column = line[..indent].chars().count() as u32 + 1;
        (!text.is_empty()).then(|| Line { number, column, depth: line[..indent].matches('\t').count(), text })
    }
}

/// `ITEM (1)` → item and number.
pub(super) fn weighted(text: &str) -> Option<(&str, weight::Thousandths)> {
    let (item, number) = text.strip_suffix(')')?.rsplit_once('(')?;
    let number = weight::read(number)?;
    (!item.trim().is_empty()).then_some((item.trim(), number))
}

fn item_term(builder: &mut Builder, line: &Line<'_>, item: &str, number: weight::Thousandths) -> Term {
    if number.rounded {
        let place = builder.place(line.number, line.column);
        builder.remark("weight-rounded", Severity::Note, place, item);
    }
    Term { weight: Some(number.value), ..Term::new(String::new(), line.number, line.column) }
}

fn add(builder: &mut Builder, frame: usize, term: Term, item: &str) {
    if item.matches('(').count() != item.matches(')').count() {
        let place = builder.place(term.line, term.column);
        builder.remark("entry-odd", Severity::Warning, place, item);
    }
    builder.foreign(frame, Term { text: phrase(item), ..term }, Wildcards::Star);
}

/// `WAR_IN_IRAQ` is a phrase.
fn phrase(item: &str) -> String {
    item.split(['_', ' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `@NOTGOOD [#GOOD AFTER #NOT /S 3]` → name and rule.
fn rule(item: &str) -> Option<(&str, &str)> {
    let (name, rest) = item.strip_prefix('@')?.split_once('[')?;
    Some((name.trim(), rest.trim_end().strip_suffix(']')?))
}

fn add_rule(builder: &mut Builder, frame: usize, term: &Term, name: &str, rule: &str) {
    let mut term = term.clone();
    term.note = format!("rule @{name}");
    match translate(builder, rule) {
        Some(texts) => {
            for text in texts {
                builder.native(frame, Term { text, ..term.clone() });
            }
        }
        None => {
            let found = format!("rule `@{name} [{rule}]` is not understood");
            let problem = Problem::error("wordstat-rule", builder.place(term.line, term.column), found);
            let expected = "two operands and one of AND, OR, NEAR, BEFORE, AFTER, NOT NEAR, NOT BEFORE, NOT AFTER";
            builder.refuse(problem.expected(expected), &format!("@{name} [{rule}]"));
        }
    }
}

const OPERATORS: &[&str] = &["AND", "OR", "NEAR", "BEFORE", "AFTER"];

/// The rule in the native language; two entries for OR.
fn translate(builder: &Builder, rule: &str) -> Option<Vec<String>> {
    let (body, flags) = match rule.find(" /") {
        Some(at) => (&rule[..at], &rule[at..]),
        None => (rule, ""),
    };
    let pieces: Vec<&str> = body.split_whitespace().collect();
    let at: Vec<usize> = (0..pieces.len()).filter(|&i| OPERATORS.contains(&pieces[i])).collect();
    let &[mut at] = at.as_slice() else { return None };
    let mut operator = pieces[at];
    let mut after = at + 1;
    let mut negated = at > 0 && pieces[at - 1] == "NOT";
    if operator == "AND" && pieces.get(after) == Some(&"NOT") {
        (negated, after) = (true, after + 1);
    } else if negated {
        at -= 1;
    }
    let left = operand(builder, &pieces[..at])?;
    let right = operand(builder, pieces.get(after..)?)?;
    if operator == "OR" {
        return (!negated && !left.starts_with('#') && !right.starts_with('#')).then(|| vec![left, right]);
    }
    let (mut scope, distance) = read_flags(flags)?;
    if operator == "AND" {
        operator = "NEAR";
        scope = scope.or(Some('D'));
    }
    let not = if negated { "NOT " } else { "" };
    let distance = distance.map_or(String::new(), |n| format!("/{n}"));
    let scope = match scope {
        Some('S') if !distance.is_empty() => String::new(),
        None if !distance.is_empty() => String::new(),
        Some(scope) => format!("/{scope}"),
        None => "/S".to_string(),
    };
    Some(vec![format!("{left} {not}{operator}{distance}{scope} {right}")])
}

/// `/S 3`, `/P`, `/D 10`, `/3`.
fn read_flags(flags: &str) -> Option<(Option<char>, Option<u32>)> {
    let (mut scope, mut distance) = (None, None);
    for piece in flags.split(['/', ' ']).filter(|piece| !piece.is_empty()) {
        let letters = piece.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = &piece[letters.len()..];
        match letters {
            "S" | "P" | "D" => scope = letters.chars().next(),
            "" => {}
            _ => return None,
        }
        if !digits.is_empty() {
            distance = Some(digits.parse().ok().filter(|&n| n > 0)?);
        }
    }
    Some((scope, distance))
}

fn operand(builder: &Builder, pieces: &[&str]) -> Option<String> {
    let text = pieces.join(" ");
    if text.is_empty() || text.contains(['(', ')', '[', ']']) {
        return None;
    }
    match text.strip_prefix('#') {
        Some(category) => find(builder, category).map(|name| format!("#{name}")),
        None => Some(pattern::escape(&phrase(text.trim_matches('"')), Wildcards::Star)),
    }
}

/// A category by its own name, wherever it lies; case and underscores do not matter.
fn find(builder: &Builder, category: &str) -> Option<String> {
    let plain = |name: &str| name.replace('_', " ").to_lowercase();
    let wanted = plain(category);
    let names = || builder.lexicon.frames.iter().map(|frame| frame.name.as_str());
    let exact = names().find(|name| plain(name) == wanted);
    exact
        .or_else(|| names().find(|name| name.rsplit('/').next().map(plain).as_deref() == Some(&wanted)))
        .map(str::to_string)
}
