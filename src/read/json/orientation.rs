//! JSON that holds a table by its columns, or articles by their names, as R and pandas write it.
//!
//! In: a document. Out: whether it is one, and its articles as JSON lines.
//! Invariant: every value is in the article that its place or its key says; columns of unlike lengths are refused.
//! It deliberately keeps no places: spans of such articles count in the cell.

use crate::read::columns::means_text;
use crate::read::decode::text_of;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// What stands for an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Orientation {
    /// `{"outlet": ["A", "B"], "text": ["…", "…"]}`
    Lists,
    /// `{"outlet": {"0": "A"}, "text": {"0": "…"}}`
    Columns,
    /// `{"a1": {"outlet": "A", "text": "…"}}`
    Articles,
    /// `{"columns": ["outlet", "text"], "data": [["A", "…"]]}`
    Split,
}

/// True where the head of a document shows that it is turned.
pub(crate) fn is_turned(head: &[u8]) -> bool {
    form(&inside(values(head))).is_some()
}

/// What stands below the one key of a document: `{"news": {"a1": {…}}}`, as Firebase writes it.
fn inside(values: Vec<(String, &[u8])>) -> Vec<(String, &[u8])> {
    let inner = match values.as_slice() {
        [(_, value)] if value.first() == Some(&b'{') => self::values(value),
        _ => return values,
    };
    if form(&inner) == Some(Orientation::Articles) { inner } else { values }
}

/// The keys of the object at the top, as far as the head reaches, each with the beginning of its value.
fn values(head: &[u8]) -> Vec<(String, &[u8])> {
    let mut values = Vec::new();
    let (mut depth, mut key, mut from) = (0u32, String::new(), 0);
    while from < head.len() {
        match head[from] {
            b'"' => {
                let Some(end) = string_end(head, from) else { break };
                if depth == 1 {
                    key = serde_json::from_slice(&head[from..end]).unwrap_or_default();
                }
                from = end;
                continue;
            }
            b':' if depth == 1 => values.push((std::mem::take(&mut key), head[from + 1..].trim_ascii_start())),
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        from += 1;
    }
    values
}

fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut escaped = false;
    let inner = bytes[start + 1..].iter().position(|&byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })?;
    Some(start + 1 + inner + 1)
}

fn form(values: &[(String, &[u8])]) -> Option<Orientation> {
    let opens = |with: u8| values.iter().all(|(_, value)| value.first() == Some(&with));
    let has = |name: &str| values.iter().any(|(key, _)| key == name);
    if has("columns") && has("data") && values.len() <= 3 && opens(b'[') {
        return Some(Orientation::Split);
    }
    let names_text = values.iter().any(|(key, _)| means_text(key));
    let is_scalar = |value: &[u8]| !matches!(value[1..].trim_ascii_start().first(), Some(b'{' | b'[') | None);
    if values.len() > 1 && opens(b'[') && names_text && values.iter().all(|(_, value)| is_scalar(value)) {
        return Some(Orientation::Lists);
    }
    if values.is_empty() || !opens(b'{') {
        return None;
    }
    let inner = |value: &[u8]| values_of(value).into_iter().next().map(|(key, _)| key);
    let first = inner(values[0].1);
    if names_text && first.is_some() && values.iter().all(|(_, value)| inner(value) == first) {
        return Some(Orientation::Columns);
    }
    let is_article =
        |value: &[u8]| values_of(value).iter().any(|(key, value)| means_text(key) && value.first() == Some(&b'"'));
    (!names_text && is_article(values[0].1)).then_some(Orientation::Articles)
}

fn values_of(object: &[u8]) -> Vec<(String, &[u8])> {
    /// The first keys are enough.
    const LOOKED_AT: usize = 16 * 1024;
    values(&object[..object.len().min(LOOKED_AT)])
}

/// The longest document: all of it is in memory, at many times its length.
const MOST_BYTES: usize = 32 << 20;

/// The articles as JSON lines.
pub(crate) fn lines(bytes: Vec<u8>) -> Result<String, String> {
    if bytes.len() > MOST_BYTES {
        return Err(format!("more than {} MB; one object for each article is read at any length", MOST_BYTES >> 20));
    }
    let text = text_of(bytes, None)?;
    let (top, below) = (values(text.as_bytes()), inside(values(text.as_bytes())));
    let form = form(&below).ok_or("no table by columns")?;
    let Value::Object(mut whole) = super::parse(text.as_bytes()).map_err(|error| error.to_string())? else {
        return Err("no object".to_string());
    };
    if form == Orientation::Articles
        && top.len() == 1
        && below.first().map(|(key, _)| key) != top.first().map(|(key, _)| key)
        && let Some(Value::Object(inner)) = whole.values_mut().next().map(Value::take)
    {
        whole = inner;
    }
    let rows = match form {
        Orientation::Lists => rows_of_lists(whole.into_iter().map(|(key, value)| (key, list(value))).collect())?,
        Orientation::Columns => rows_of_columns(whole),
        Orientation::Articles => whole.into_iter().filter_map(|(key, value)| named(&key, value)).collect(),
        Orientation::Split => rows_of_split(&whole)?,
    };
    Ok(rows.into_iter().map(|row| format!("{}\n", Value::Object(row))).collect())
}

fn list(value: Value) -> Vec<Value> {
    if let Value::Array(list) = value { list } else { Vec::new() }
}

fn rows_of_lists(columns: Vec<(String, Vec<Value>)>) -> Result<Vec<Map<String, Value>>, String> {
    let len = columns.first().map_or(0, |(_, list)| list.len());
    if let Some((key, list)) = columns.iter().find(|(_, list)| list.len() != len) {
        let (first, other) = (&columns[0].0, list.len());
        return Err(format!("`{first}` is a list of {len} values, `{key}` of {other}: no table by columns"));
    }
    let mut rows = vec![Map::new(); len];
    for (key, list) in columns {
        for (row, value) in rows.iter_mut().zip(list) {
            row.insert(key.clone(), value);
        }
    }
    Ok(rows)
}

fn rows_of_columns(whole: Map<String, Value>) -> Vec<Map<String, Value>> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut rows: Vec<Map<String, Value>> = Vec::new();
    for (column, value) in whole {
        let Value::Object(cells) = value else { continue };
        for (row, value) in cells {
            let place = *places.entry(row).or_insert_with(|| {
                rows.push(Map::new());
                rows.len() - 1
            });
            rows[place].insert(column.clone(), value);
        }
    }
    rows
}

fn rows_of_split(whole: &Map<String, Value>) -> Result<Vec<Map<String, Value>>, String> {
    let part = |name: &str| whole.get(name).cloned().map(list).unwrap_or_default();
    let columns: Vec<String> =
        part("columns").iter().map(|name| name.as_str().unwrap_or_default().to_string()).collect();
    let row = |(i, row): (usize, Value)| {
        let cells = list(row);
        match cells.len() == columns.len() {
            true => Ok(columns.iter().cloned().zip(cells).collect()),
            false => Err(format!("row {} has {} values for {} columns", i + 1, cells.len(), columns.len())),
        }
    };
    part("data").into_iter().enumerate().map(row).collect()
}

/// An article, with its key as its id where it has none.
fn named(key: &str, value: Value) -> Option<Map<String, Value>> {
    let Value::Object(mut article) = value else { return None };
    if !article.contains_key("id") {
        article.insert("id".to_string(), Value::String(key.to_string()));
    }
    Some(article)
}
