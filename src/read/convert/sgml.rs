//! Articles in SGML, as collections of news for research have them: TREC, Gigaword, Reuters-21578, `<doc …>`.
//!
//! In: a text of `<DOC>`, `<REUTERS>` or `<text>` elements, in one around them or in none. Out: one JSON object a line for each, its keys the names of attributes and elements.
//! Invariant: a tag and what describes an article are no words of it.
//! It deliberately knows no document type: an element that is never closed is a tag in the text.

use super::push_line;
use crate::read::decode::text_of;
use encoding_rs::Encoding;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Elements that are one article each.
const ARTICLES: &[&str] = &["doc", "reuters", "text"];

/// Elements that hold all of them.
const AROUND: &[&str] = &["corpus", "docs", "documents", "texts"];

/// Elements that stand inside a text.
const PROSE: &[&str] = &["p", "br", "b", "i", "em", "strong", "s", "div", "span", "a", "h1", "h2", "h3"];

/// Elements that show that the one around them is no text but holds some.
const PARTS: &[&str] = &["title", "headline", "body", "main", "text", "date", "docno"];

/// Names that these collections have for what others call by another.
const NAMES: &[(&str, &str)] = &[
    ("docno", "id"),
    ("docid", "id"),
    ("newid", "id"),
    ("body", "text"),
    ("main", "text"),
    ("hl", "headline"),
    ("head", "headline"),
    ("date_time", "date"),
    ("dd", "date"),
    ("source", "outlet"),
];

/// What a root in small letters, and the head of its file, show.
pub(crate) fn is_one(root: &str) -> bool {
    ARTICLES.contains(&root)
}

/// True for a root that holds such articles, where the head of its file shows one.
pub(crate) fn holds_some(root: &str, head: &str) -> bool {
    let shows = |name: &&str| head.contains(&format!("<{name} ")) || head.contains(&format!("<{name}>"));
    AROUND.contains(&root) && ARTICLES.iter().any(shows)
}

/// True for a head in which a word stands on each line, with its part of speech and the like behind tabs.
pub(crate) fn is_vertical(head: &str) -> bool {
    let lines = || head.lines().filter(|line| !line.starts_with('<') && !line.is_empty());
    let (all, tabbed) = (lines().count(), lines().filter(|line| line.contains('\t')).count());
    all > 2 && tabbed * 10 >= all * 9
}

/// The articles.
pub(super) fn lines(bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Result<String, String> {
    let source = text_of(bytes, declared)?;
    let mut out = String::new();
    articles(&source, &mut out);
    Ok(out)
}

fn articles(source: &str, out: &mut String) {
    for (name, attributes, inner) in elements(source) {
        if AROUND.contains(&name.as_str()) {
            articles(inner, out);
        }
        if !ARTICLES.contains(&name.as_str()) {
            continue;
        }
        let mut object = Map::new();
        for (key, value) in self::attributes(attributes) {
            insert(&mut object, &key, value);
        }
        fill(inner, &mut object);
        if !object.contains_key("text") {
            object.insert("text".to_string(), Value::String(inner.trim().to_string()));
        }
        by_id(&mut object);
        push_line(object, out);
    }
}

fn insert(object: &mut Map<String, Value>, key: &str, value: String) {
    let name = NAMES.iter().find(|(name, _)| *name == key).map_or(key, |(_, name)| name);
    // trafilatura gives the address of a page as its source
    let name = if *name == *"outlet" && key == "source" && value.starts_with("http") { "url" } else { name };
    // `NEWID` is the number of the article, `OLDID` one of an older edition
    if !value.is_empty() && name != "oldid" {
        object.entry(name.to_string()).or_insert(Value::String(value));
    }
}

fn fill(source: &str, object: &mut Map<String, Value>) {
    for (name, _, inner) in elements(source) {
        let nested = elements(inner);
        if nested.iter().any(|(name, _, _)| PARTS.contains(&name.as_str())) {
            fill(inner, object);
        } else if matches!(name.as_str(), "text" | "body") {
            insert(object, &name, inner.trim().to_string());
        } else if name == "main" {
            insert(object, &name, paragraphs(inner));
        } else {
            insert(object, &name, without_tags(inner));
        }
    }
}

/// `AFP_ENG_20220105.0001` names its agency and its day.
fn by_id(object: &mut Map<String, Value>) {
    let Some(id) = object.get("id").and_then(Value::as_str).map(str::to_string) else { return };
    let mut parts = id.split('_');
    let (Some(agency), Some(_), Some(rest)) = (parts.next(), parts.next(), parts.next()) else { return };
    let Some(day) = rest.get(..8).filter(|day| day.bytes().all(|byte| byte.is_ascii_digit())) else { return };
    if agency.bytes().all(|byte| byte.is_ascii_uppercase()) {
        insert(object, "outlet", agency.to_string());
        insert(object, "date", format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]));
    }
}

/// The elements of a text that are closed and no part of its prose: name in small letters, attributes, content.
fn elements(source: &str) -> Vec<(String, &str, &str)> {
    let lower = source.to_ascii_lowercase();
    let closings = closings(&lower);
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(open) = lower[at..].find('<').map(|open| at + open) {
        at = open + 1;
        let name = name_at(&lower, at);
        let Some(end) = lower[at..].find('>').map(|end| at + end) else { break };
        if name.is_empty() || PROSE.contains(&name) {
            continue;
        }
        let all = closings.get(name).map_or(&[][..], Vec::as_slice);
        let Some(&close) = all.get(all.partition_point(|&close| close < end)) else { continue };
        found.push((name.to_string(), &source[at + name.len()..end], &source[end + 1..close]));
        at = close + "</>".len() + name.len();
    }
    found
}

/// Where the closing tags of each name stand, ascending: a tag that is never closed costs no search to the end.
fn closings(lower: &str) -> HashMap<&str, Vec<usize>> {
    let mut closings: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, _) in lower.match_indices("</") {
        let name = name_at(lower, at + 2);
        if lower[at + 2 + name.len()..].starts_with('>') {
            closings.entry(name).or_default().push(at);
        }
    }
    closings
}

/// The name of an element that begins here.
fn name_at(lower: &str, at: usize) -> &str {
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    &lower[at..at + lower[at..].bytes().take_while(is_of_name).count()]
}

/// `id="a1" outlet="Dawn"`
fn attributes(source: &str) -> Vec<(String, String)> {
    let (mut found, mut rest) = (Vec::new(), source);
    while let Some((name, behind)) = rest.split_once('=') {
        let behind = behind.trim_start();
        let Some(mark) = behind.chars().next().filter(|c| matches!(c, '"' | '\'')) else { break };
        let Some((value, after)) = behind[1..].split_once(mark) else { break };
        found.push((name.trim().to_ascii_lowercase(), value.trim().to_string()));
        rest = after;
    }
    found
}

/// The words of a text whose elements are not those of HTML; some of them are inside a line.
fn paragraphs(source: &str) -> String {
    const INSIDE: &[&str] = &["hi", "ref", "del", "graphic", "lb"];
    let mut out = String::new();
    for part in source.split('<') {
        let (tag, words) = part.split_once('>').unwrap_or(("", part));
        let name = name_at(tag, usize::from(tag.starts_with('/')));
        if !tag.is_empty() && !INSIDE.contains(&name) && !out.trim_end().is_empty() {
            out.truncate(out.trim_end().len());
            out.push_str("\n\n");
        } else if name == "lb" {
            out.push('\n');
        }
        out.push_str(words);
    }
    out.trim().to_string()
}

/// The words between tags, parted by semicolons where several elements have some.
fn without_tags(source: &str) -> String {
    // what stands before the first tag has none: `&lt;ABC>` is text
    let words = |(i, part): (usize, &'_ str)| match part.split_once('>') {
        Some((_, words)) if i > 0 => words.trim().to_string(),
        _ => part.trim().to_string(),
    };
    let parts = source.split('<').enumerate().map(words);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}
