//! Dictionaries in JSON: words with numbers, categories with lists of words, and lists of records, which are tables.
//!
//! In: text. Out: a lexicon.
//! Invariant: words stand where words are due and numbers where weights are; what is neither is refused, not bent.
//! It deliberately reads no JSON Lines and no articles.

use super::build::{Builder, Term};
use super::columns::Table;
use super::delimited::Field;
use super::model::{Kind, Lexicon};
use super::pattern::Wildcards;
use super::sniff::Format;
use super::yaml::Direction;
use super::yaml_tree::{self, Node, Value};
use super::{Options, columns, json_tables, table, weight, yaml};
use crate::error::{Place, Problem, Result};
use hashbrown::HashMap;

/// Reads a dictionary in JSON.
pub(super) fn read(file: &str, text: &str, options: &Options) -> Result<Lexicon> {
    let (plain, pairs) = plain(text);
    let yaml_tree::Parsed { mut root, trouble, .. } = yaml_tree::parse(&plain);
    let column = |line: u32, column: u32| {
        let of_line = pairs.partition_point(|&(at, _)| at < line);
        let before = pairs.partition_point(|&at| at < (line, column));
        column + 2 * before.saturating_sub(of_line) as u32
    };
    if let Some((line, col, mut found, mut hint)) = trouble.into_iter().next() {
        if found.contains("document start") {
            found = "another value after the first: JSON Lines is a form of articles".to_string();
            hint = "articles are given without --lexicon: `framescope run ARTICLES --lexicon LEXICON`".to_string();
        }
        let place = Place::at(file, line, column(line, col));
        return Err(Problem::error("json-syntax", place, found).hint(hint).into());
    }
    shift(&mut root, &column);
    let table = match &root.value {
        Value::List(list) => records(list),
        Value::Map(pairs) => json_tables::of(pairs),
        Value::Text(..) | Value::Nothing => None,
    };
    if let Some(table) = table {
        return table::shaped(file, text, options, None, &table);
    }
    let mut builder = Builder::new(file, text, Format::Json, options);
    let is_read = match &root.value {
        Value::List(list) => words(&mut builder, list),
        Value::Map(pairs) => mapping(&mut builder, pairs),
        Value::Text(..) | Value::Nothing => false,
    };
    if !is_read {
        let place = builder.place(root.line, root.column);
        let problem = Problem::error("json-shape", place, "no dictionary in this JSON");
        let problem = problem
            .expected("{word: number}, {category: [words]}, {word: [categories]} with few categories, or a list of records such as {\"word\": …, \"weight\": …}");
        builder
            .tell(problem.hint(
                "articles are given without --lexicon; rewrite any other JSON as a table `term,category,weight`",
            ));
    }
    builder.finish()
}

/// Puts every node where it stands in the file.
fn shift(node: &mut Node, column: &dyn Fn(u32, u32) -> u32) {
    node.column = column(node.line, node.column);
    match &mut node.value {
        Value::List(list) => list.iter_mut().for_each(|node| shift(node, column)),
        Value::Map(pairs) => pairs.iter_mut().for_each(|(key, value)| {
            shift(key, column);
            shift(value, column);
        }),
        Value::Text(..) | Value::Nothing => {}
    }
}

/// JSON as YAML reads it too: tabs become spaces, and characters that are escaped as two halves become themselves. Where the
/// latter stand is given back, since each makes its line two columns shorter.
fn plain(text: &str) -> (String, Vec<(u32, u32)>) {
    let mut out = String::with_capacity(text.len());
    let mut pairs = Vec::new();
    let (mut line, mut column) = (1, 1);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '\\' && rest.as_bytes().get(1) != Some(&b'u') {
            // an escape is taken whole, so that `\\ud83d` is a backslash and five letters
            let taken: String = rest.chars().take(2).collect();
            rest = &rest[taken.len()..];
            column += taken.chars().count() as u32;
            out.push_str(&taken);
            continue;
        }
        if c == '\\'
            && let Some(whole) = halves(rest)
        {
            pairs.push((line, column));
            out.push_str(&format!("\\U{:08X}", whole as u32));
            (rest, column) = (&rest[12..], column + 10);
            continue;
        }
        rest = &rest[c.len_utf8()..];
        (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
        out.push(if c == '\t' { ' ' } else { c });
    }
    (out, pairs)
}

/// `\ud83d\ude00` as one character.
fn halves(text: &str) -> Option<char> {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(digits, 16).ok()
    };
    let (high, low) = (unit(0)?, unit(6)?);
    let right = (0xd800..0xdc00).contains(&high) && (0xdc00..0xe000).contains(&low);
    right.then(|| char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)))?
}

pub(super) fn number(node: &Node) -> Option<weight::Thousandths> {
    match &node.value {
        Value::Text(text, _) => weight::read(text),
        Value::List(_) | Value::Map(_) | Value::Nothing => None,
    }
}

fn is_word(node: &Node) -> bool {
    matches!(&node.value, Value::Text(text, _) if weight::read(text).is_none() && !text.trim().is_empty())
}

pub(super) fn scalar(node: &Node) -> bool {
    matches!(node.value, Value::Text(..) | Value::Nothing)
}

/// A cell with what stands in a node; nothing where that is a list or a mapping.
pub(super) fn field(node: &Node) -> Field {
    Field { text: yaml::text_of(node), line: node.line, column: node.column }
}

/// A list of records, or of rows, as a table.
fn records(list: &[Node]) -> Option<Table> {
    let rows = list
        .iter()
        .all(|node| matches!(&node.value, Value::List(cells) if cells.len() > 1 && cells.iter().all(scalar)));
    if rows && !list.is_empty() {
        let cells = |node: &Node| match &node.value {
            Value::List(cells) => cells.iter().map(field).collect(),
            Value::Text(..) | Value::Map(_) | Value::Nothing => Vec::new(),
        };
        return Some(columns::of_rows(list.iter().map(cells).collect(), None));
    }
    let records = list
        .iter()
        .all(|node| matches!(&node.value, Value::Map(pairs) if pairs.iter().all(|(_, value)| scalar(value))));
    if !records || list.is_empty() {
        return None;
    }
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut header: Vec<Field> = Vec::new();
    let mut body = Vec::with_capacity(list.len());
    for node in list {
        let Value::Map(pairs) = &node.value else { continue };
        let mut row = vec![Field { line: node.line, column: node.column, ..Field::default() }; header.len()];
        for (key, value) in pairs {
            let name = yaml::text_of(key);
            let at = *places.entry(name).or_insert_with(|| {
                header.push(field(key));
                header.len() - 1
            });
            if at > columns::MOST_COLUMNS {
                break;
            }
            row.resize(row.len().max(at + 1), Field::default());
            row[at] = field(value);
        }
        body.push(row);
    }
    Some(columns::of_rows(body, Some(header)))
}

/// A list of words alone: one frame, called as the file is.
fn words(builder: &mut Builder, list: &[Node]) -> bool {
    if list.is_empty() || !list.iter().all(is_word) {
        return false;
    }
    let name = builder.lexicon.name.clone();
    let frame = builder.child(None, &name, 1);
    for node in list {
        builder.foreign(frame, Term::new(yaml::text_of(node), node.line, node.column), Wildcards::Both);
    }
    true
}

fn mapping(builder: &mut Builder, pairs: &[(Node, Node)]) -> bool {
    if pairs.is_empty() {
        return false;
    }
    if pairs.iter().all(|(_, value)| number(value).is_some()) {
        builder.lexicon.kind = Kind::Sentiment;
        let name = builder.lexicon.name.clone();
        let frame = builder.child(None, &name, 1);
        weighted(builder, frame, pairs);
        return true;
    }
    let values: std::collections::BTreeSet<String> = pairs.iter().map(|(_, value)| yaml::text_of(value)).collect();
    if pairs.iter().all(|(_, value)| is_word(value)) {
        // word → category, where few categories recur
        let recur = values.len() * 2 <= pairs.len();
        for (key, value) in pairs.iter().filter(|_| recur) {
            let frame = builder.category(&yaml::text_of(value), value.line);
            builder.foreign(frame, Term::new(yaml::text_of(key), key.line, key.column), Wildcards::Both);
        }
        return recur;
    }
    if let Some(dimensions) = dimensions(pairs) {
        builder.lexicon.kind = Kind::Sentiment;
        let frames: HashMap<&String, usize> =
            dimensions.iter().map(|name| (name, builder.child(None, name, pairs[0].0.line))).collect();
        for (key, value) in pairs {
            let Value::Map(scores) = &value.value else { continue };
            for (name, score) in scores {
                let name = yaml::text_of(name);
                if let (Some(&frame), Some(number)) = (frames.get(&name), number(score)) {
                    let term =
                        Term { weight: Some(number.value), ..Term::new(yaml::text_of(key), key.line, key.column) };
                    builder.foreign(frame, term, Wildcards::Ends);
                }
            }
        }
        return true;
    }
    if !pairs.iter().all(|(_, value)| is_category(value, 0)) {
        return false;
    }
    match yaml::direction(pairs) {
        Direction::Labels => labelled(builder, pairs),
        way => {
            if way == Direction::Unclear {
                let found = "read as categories with their words, some of which are in several";
                let problem = Problem::warning("json-shape", Place::file(builder.lexicon.file.clone()), found);
                builder.tell(problem.hint("if the keys are the words, write a table `term,category`"));
            }
            pairs.iter().for_each(|(key, value)| category(builder, None, key, value));
        }
    }
    true
}

/// `{"riot": ["anger", "fear"], …}`: words with the categories of each.
fn labelled(builder: &mut Builder, pairs: &[(Node, Node)]) {
    let file = builder.lexicon.file.clone();
    builder.tell(Problem::note("json-shape", Place::file(file), "read as words with the categories of each"));
    for (key, value) in pairs {
        let Value::List(list) = &value.value else { continue };
        for label in list {
            let frame = builder.category(&yaml::text_of(label), label.line);
            builder.foreign(frame, Term::new(yaml::text_of(key), key.line, key.column), Wildcards::Both);
        }
        if list.is_empty() {
            let place = builder.place(key.line, key.column);
            builder.remark("entry-no-category", crate::error::Severity::Warning, place, &yaml::text_of(key));
            builder.skip(key.line, &yaml::text_of(key), "no category is given");
        }
    }
}

/// Words with their weights.
pub(super) fn weighted(builder: &mut Builder, frame: usize, pairs: &[(Node, Node)]) {
    for (key, value) in pairs {
        if let Some(number) = number(value) {
            let place = builder.place(value.line, value.column);
            super::shaped_table::rounded(builder, number, place, &yaml::text_of(key));
            let term = Term { weight: Some(number.value), ..Term::new(yaml::text_of(key), key.line, key.column) };
            builder.foreign(frame, term, Wildcards::Ends);
        }
    }
}

/// Names that every word gives a number for: `{"riot": {"anger": 0.8, "joy": 0}, …}`. Fewer than there are words, or the words would be they.
fn dimensions(pairs: &[(Node, Node)]) -> Option<Vec<String>> {
    let names = |node: &Node| match &node.value {
        Value::Map(scores) if scores.iter().all(|(_, score)| number(score).is_some()) => {
            Some(scores.iter().map(|(name, _)| yaml::text_of(name)).collect::<Vec<_>>())
        }
        _ => None,
    };
    let first = names(&pairs[0].1).filter(|names| names.len() > 1 && names.len() < pairs.len())?;
    pairs.iter().all(|(_, value)| names(value).as_ref() == Some(&first)).then_some(first)
}

/// A list of words, words with weights, or categories of these.
fn is_category(node: &Node, depth: usize) -> bool {
    match &node.value {
        // `1984` and `24/7` are words among words
        Value::List(list) => {
            let words = list.iter().filter(|node| is_word(node)).count();
            words * 2 > list.len() && list.iter().all(|node| is_word(node) || number(node).is_some()) || list.is_empty()
        }
        Value::Map(pairs) => {
            depth < 32
                && (pairs.iter().all(|(_, value)| number(value).is_some())
                    || pairs.iter().all(|(_, value)| is_category(value, depth + 1)))
        }
        Value::Text(..) | Value::Nothing => false,
    }
}

fn category(builder: &mut Builder, parent: Option<usize>, key: &Node, value: &Node) {
    let frame = builder.child(parent, &yaml::text_of(key), key.line);
    match &value.value {
        Value::List(list) => {
            for node in list {
                builder.foreign(frame, Term::new(yaml::text_of(node), node.line, node.column), Wildcards::Both);
            }
        }
        Value::Map(pairs) if pairs.iter().all(|(_, value)| number(value).is_some()) => weighted(builder, frame, pairs),
        Value::Map(pairs) => pairs.iter().for_each(|(key, value)| category(builder, Some(frame), key, value)),
        Value::Text(..) | Value::Nothing => {}
    }
}
