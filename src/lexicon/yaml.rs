//! quanteda dictionaries in YAML.
//!
//! In: text. Out: a lexicon.
//! Invariant: every scalar is a word, whatever YAML 1.1 makes of it; words and sub-keys of one level both stay; an item that a comment
//! has emptied is told.
//! It deliberately does not read other YAML.

use super::build::{Builder, Term};
use super::model::Lexicon;
use super::pattern::Wildcards;
use super::sniff::Format;
use super::yaml_tree::{self, Node, Value};
use super::{Options, lines};
use crate::error::{Problem, Result, Severity};

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
    let (root, trouble) = yaml_tree::parse(text);
    for (line, column, found, hint) in trouble {
        let place = builder.place(line, column);
        builder.tell(Problem::error("yaml-syntax", place, found).hint(hint));
    }
    match root.value {
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
        Value::Map(pairs) => categories(builder, Some(frame), pairs),
        Value::Nothing => {}
    }
}

fn word(builder: &mut Builder, frame: usize, node: &Node, text: &str, quoted: bool) {
    if !quoted && text.starts_with(['*', '&', '!', '@', '`', '%']) {
        let place = builder.place(node.line, node.column);
        builder.remark("yaml-unquoted", Severity::Note, place, text);
    }
    let term = Term::new(text.split_whitespace().collect::<Vec<_>>().join(" "), node.line, node.column);
    builder.foreign(frame, term, Wildcards::Both);
}

/// The text of a key.
pub(super) fn text_of(node: &Node) -> String {
    match &node.value {
        Value::Text(text, _) => text.clone(),
        Value::List(_) | Value::Map(_) | Value::Nothing => String::new(),
    }
}
