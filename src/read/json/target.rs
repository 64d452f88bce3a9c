//! Where the articles of a JSON document are.
//!
//! In: the head of a document. Out: a [`Target`], and which other lists of texts it passes over.
//! Invariant: an article whose paragraphs are objects is one article; lists of articles side by side are all read.
//! It deliberately looks at names and at the first object of each list, never at how long a list is.

use super::{Objects, parse};
use crate::read::columns::{is_outlet, means_text};
use crate::read::jsonl::paths;
use serde_json::{Map, Value};
use std::io;

/// Where the articles of a document are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// Each object at the top is one.
    Top,
    /// Each object of the array at this path; an empty path is an array at the top.
    Array(Vec<String>),
    /// Each object of all arrays right below this path: `{"2021": […], "2022": […]}`. The name of its list is in the column.
    Lists { parent: Vec<String>, column: String },
}

/// Keys under which APIs and exports keep their articles; the likelier first.
const KEYS: &[&str] = &[
    "articles",
    "results",
    "docs",
    "items",
    "stories",
    "news",
    "documents",
    "entries",
    "hits",
    "posts",
    "messages",
    "records",
    "rows",
    "value",
    "data",
    "content",
];

/// Keys under which one article keeps its paragraphs.
const PARAGRAPHS: &[&str] = &[
    "paragraphs",
    "blocks",
    "sections",
    "body",
    "content",
    "contents",
    "text",
    "segments",
    "sentences",
    "components",
    "elements",
];

/// Names of lists that are parts of a data set, not outlets.
const PARTS: &[&str] = &["train", "test", "dev", "val", "valid", "validation", "training", "testing"];

/// Finds where the articles of a document are, from its head; `None` where no array of objects is in it.
pub(crate) fn target(head: &[u8]) -> Option<Target> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let arrays = arrays(head);
    let rank = |path: &Vec<String>| {
        let key = path.last().map_or("", String::as_str);
        KEYS.iter().position(|other| *other == key).unwrap_or(if path.is_empty() { 0 } else { KEYS.len() })
    };
    if head.trim_ascii_start().first() == Some(&b'{') {
        // an article whose keywords or paragraphs are objects is one article
        let first = first_object(head, Target::Top);
        if first.is_some_and(|object| is_article(object, &|value| matches!(value, Value::String(_)))) {
            return Some(Target::Top);
        }
    }
    let with_text = |path: Vec<String>| {
        let has_text = has_text(head, &path);
        (path, has_text)
    };
    let arrays: Vec<(Vec<String>, bool)> = arrays.into_iter().map(with_text).collect();
    let (best, _) = arrays.iter().min_by_key(|(path, has_text)| (!has_text, path.len(), rank(path)))?;
    let [parent @ .., key] = best.as_slice() else { return Some(Target::Array(Vec::new())) };
    let beside = || arrays.iter().filter(|(path, _)| path.len() == best.len() && path.starts_with(parent));
    if KEYS.contains(&key.as_str()) || !beside().all(|(_, has_text)| *has_text) {
        return Some(Target::Array(best.clone()));
    }
    let names: Vec<&str> = beside().filter_map(|(path, _)| Some(path.last()?.as_str())).collect();
    let is_name = |name: &&str| name.contains(char::is_alphabetic) && !PARTS.contains(&name.to_lowercase().as_str());
    let says_outlet = first_object(head, Target::Array(best.clone()))
        .is_some_and(|object| paths(object).iter().any(|(path, _)| is_outlet(path)));
    let is_outlets = names.len() > 1 && names.iter().all(is_name) && !says_outlet;
    let column = if is_outlets { "outlet" } else { "list" };
    Some(Target::Lists { parent: parent.to_vec(), column: column.to_string() })
}

/// Lists of objects with texts that are not read, by their paths; those inside an article are part of it.
pub(crate) fn unread(head: &[u8], target: &Target) -> Vec<String> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let Target::Array(read) = target else { return Vec::new() };
    let arrays = arrays(head);
    let others = arrays.iter().filter(|path| !path.starts_with(read) && has_text(head, path));
    others.map(|path| path.join(".")).collect()
}

/// The paths of arrays of objects.
fn arrays(head: &[u8]) -> Vec<Vec<String>> {
    /// More are not looked at.
    const MOST: usize = 200;
    let mut scan = Objects::new(Box::new(io::Cursor::new(head.to_vec())), None);
    let mut arrays: Vec<Vec<String>> = Vec::new();
    while let Ok(Some(())) = scan.step(&mut |path| {
        if !arrays.contains(path) && arrays.len() < MOST {
            arrays.push(path.clone());
        }
    }) {}
    arrays
}

/// The first object of an array; nothing where the head ends inside it.
pub(crate) fn first_object(head: &[u8], target: Target) -> Option<Map<String, Value>> {
    let mut objects = Objects::new(Box::new(io::Cursor::new(head.to_vec())), Some(target));
    match parse(&objects.next_object().ok()??) {
        Ok(Value::Object(object)) => Some(object),
        _ => None,
    }
}

fn has_text(head: &[u8], path: &[String]) -> bool {
    let ends_as_text = |path: &str| path.rsplit('.').next().is_some_and(means_text) || path.contains("content");
    first_object(head, Target::Array(path.to_vec())).is_some_and(|object| {
        paths(object.clone()).iter().any(|(path, _)| ends_as_text(path)) || is_article(object, &|_| true)
    })
}

/// True for an object with a text, or with paragraphs beside what else is said of an article.
fn is_article(object: Map<String, Value>, is_text: &dyn Fn(&Value) -> bool) -> bool {
    let values = paths(object);
    let described = values.iter().any(|(path, value)| value.is_string() && crate::read::columns::is_known_name(path));
    values.iter().any(|(path, value)| {
        let key = path.rsplit('.').next().unwrap_or_default();
        let has_words = |item: &Value| item.as_object().is_some_and(|block| block.keys().any(|key| means_text(key)));
        let says_more = |item: &Value| {
            item.as_object().is_some_and(|block| block.keys().any(|key| is_outlet(key) || key == "title"))
        };
        let is_paragraphs = PARAGRAPHS.contains(&key)
            && value.as_array().is_some_and(|list| list.iter().any(has_words) && !list.iter().any(says_more));
        means_text(path) && is_text(value) || described && is_paragraphs
    })
}
