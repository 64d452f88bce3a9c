//! quanteda dictionaries in YAML.
//!
//! In: text. Out: a lexicon.
//! Invariant: every scalar is a word, whatever YAML 1.1 makes of it; words and sub-keys of one level both stay; an item that a comment
//! has emptied is told; a number beside a word is its weight, and no word.
//! It deliberately does not read other YAML.

use super::build::{Builder, Term};
use super::model::{Kind, Lexicon};
use super::pattern::Wildcards;
use super::sniff::Format;
use super::yaml_tree::{self, Node, Value};
use super::{Options, json, lines};
use crate::error::{Problem, Result, Severity};
use hashbrown::HashSet;

/// Under this key quanteda exports the words of a level that also has sub-keys.
const SAME_LEVEL: &str = "__";

/// Reads a YAML dictionary.
pub(super) fn read(file: &str, text: &str, options: &Options) -> Result<Lexicon> {
    let mut builder = Builder::new(file, text, Format::Yaml, options);
    for (number, line) in lines::numbered(text) {
        let column = (line.len() - line.trim_start_matches(' ').len()) as u32 + 1;
        let tab = line.trim_start_matches(' ').starts_with('\t');
        if tab && !line.trim().is_empty() && !line.trim().starts_with('#') {
            let problem = Problem::error("yaml-tab", builder.place(number, column), "a tab in the indentation");
            builder.tell(problem.expected("spaces"));
        }
    }
    let yaml_tree::Parsed { root, trouble, folded } = yaml_tree::parse(text);
    let lines: Vec<&str> =
        if folded.is_empty() { Vec::new() } else { lines::numbered(text).map(|(_, line)| line).collect() };
    for (line, column) in folded {
        let place = builder.place(line, column);
        let first = lines.get(line as usize - 1).map_or("", |content| content.trim());
        builder.remark("yaml-lines", Severity::Warning, place, first);
    }
    for (line, column, found, hint) in trouble {
        let place = builder.place(line, column);
        builder.tell(Problem::error("yaml-syntax", place, found).hint(hint));
    }
    match root.value {
        Value::Map(pairs) if direction(&pairs) == Direction::Labels => {
            let place = builder.place(root.line, root.column);
            let problem =
                Problem::error("yaml-direction", place, "few values recur below many keys: are the keys the words?");
            let problem = problem.expected("`category: [word, word]`");
            builder.tell(problem.hint("turn it round, or write a table `term,category`"));
        }
        Value::Map(pairs) if are_weights(&pairs) => {
            builder.lexicon.kind = Kind::Sentiment;
            let name = builder.lexicon.name.clone();
            let frame = builder.child(None, &name, 1);
            weights(&mut builder, frame, &pairs);
        }
        Value::Map(pairs) => categories(&mut builder, None, &pairs),
        Value::Nothing => {}
        Value::Text(..) | Value::List(_) => {
            let problem =
                Problem::error("yaml-no-category", builder.place(root.line, root.column), "words without a category");
            builder.tell(problem.expected("`category: [word, word]`"));
        }
    }
    builder.finish()
}

/// Categories with their words, at any depth.
pub(super) fn categories(builder: &mut Builder, parent: Option<usize>, pairs: &[(Node, Node)]) {
    for (key, value) in pairs {
        let name = text_of(key);
        match (name == SAME_LEVEL, parent) {
            (true, Some(frame)) => words(builder, frame, value),
            // YAML's way to take in the categories of an alias
            _ if name == "<<" && matches!(value.value, Value::Map(_)) => {
                if let Value::Map(pairs) = &value.value {
                    categories(builder, parent, pairs);
                }
            }
            _ if is_number(value) => {
                let place = builder.place(value.line, value.column);
                let number = text_of(value);
                let problem =
                    Problem::error("yaml-number", place, format!("`{name}: {number}`, a number beside lists"));
                let hint = format!(
                    "if it is a word, write `{name}: [{number}]`; words with weights have a level of their own"
                );
                builder.refuse(problem.expected("`category: [word, word]`").hint(hint), &name);
            }
            _ => {
                let frame = builder.child(parent, &name, key.line);
                words(builder, frame, value);
            }
        }
    }
}

fn words(builder: &mut Builder, frame: usize, node: &Node) {
    match &node.value {
        Value::Text(text, quoted) => word(builder, frame, node, text, *quoted),
        Value::List(list) => {
            for node in list {
                if node.value == Value::Nothing {
                    let place = builder.place(node.line, node.column);
                    builder.remark("yaml-empty-item", Severity::Warning, place, "-");
                }
                words(builder, frame, node);
            }
        }
        Value::Map(pairs) if are_weights(pairs) => weights(builder, frame, pairs),
        Value::Map(pairs) => categories(builder, Some(frame), pairs),
        Value::Nothing => {}
    }
}

/// True for a number that is not in quotation marks.
fn is_number(node: &Node) -> bool {
    matches!(&node.value, Value::Text(_, false)) && json::number(node).is_some()
}

/// True for words with a number each, as AFINN is in YAML.
fn are_weights(pairs: &[(Node, Node)]) -> bool {
    !pairs.is_empty() && pairs.iter().all(|(_, value)| is_number(value))
}

fn weights(builder: &mut Builder, frame: usize, pairs: &[(Node, Node)]) {
    let key = &pairs[0].0;
    let place = builder.place(key.line, key.column);
    builder.remark("yaml-weights", Severity::Note, place, &format!("{}: {}", text_of(key), text_of(&pairs[0].1)));
    json::weighted(builder, frame, pairs);
}

fn word(builder: &mut Builder, frame: usize, node: &Node, text: &str, quoted: bool) {
    if !quoted && text.starts_with(['*', '&', '!', '@', '`', '%']) {
        let place = builder.place(node.line, node.column);
        builder.remark("yaml-unquoted", Severity::Note, place, text);
    }
    let lines: Vec<&str> = text.trim_end().split('\n').collect();
    if let [one] = lines.as_slice() {
        let term = Term::new(one.split_whitespace().collect::<Vec<_>>().join(" "), node.line, node.column);
        builder.foreign(frame, term, Wildcards::Both);
        return;
    }
    // `|` keeps the lines that it begins
    let place = builder.place(node.line, node.column);
    builder.remark("yaml-block", Severity::Note, place, lines[0]);
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let term = Term::new(line.split_whitespace().collect::<Vec<_>>().join(" "), node.line + at as u32, 1);
        builder.foreign(frame, term, Wildcards::Both);
    }
}

/// Which way a mapping to lists goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// From categories to their words.
    Words,
    /// From words to their categories: few values recur below many keys.
    Labels,
    /// Either.
    Unclear,
}

/// The direction of a mapping, by how often its values recur: categories share few words, and words share all categories.
pub(super) fn direction(pairs: &[(Node, Node)]) -> Direction {
    let mut values: HashSet<String> = HashSet::new();
    let mut all = 0;
    for (_, value) in pairs {
        let Value::List(list) = &value.value else { return Direction::Words };
        all += list.len();
        values.extend(list.iter().map(text_of));
    }
    let (few, recur) = (pairs.len() > 2 && values.len() <= pairs.len(), all > values.len());
    match (few && recur, all >= 2 * values.len()) {
        (false, _) => Direction::Words,
        (true, true) => Direction::Labels,
        (true, false) => Direction::Unclear,
    }
}

/// The text of a key.
pub(super) fn text_of(node: &Node) -> String {
    match &node.value {
        Value::Text(text, _) => text.clone(),
        Value::List(_) | Value::Map(_) | Value::Nothing => String::new(),
    }
}
