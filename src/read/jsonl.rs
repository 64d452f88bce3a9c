//! Rows of JSONL: one JSON object on each line.
//!
//! In: bytes. Out: [`Records`], whose columns are the keys of the first lines.
//! Invariant: a line that is no object is a problem with its number, never an article.
//! It deliberately reads no JSON array: that cannot be streamed by line.

use super::source::MAX_ARTICLE_BYTES;
use super::table::{Records, Step, too_large};
use super::{article::short, delimited::damaged};
use crate::error::{Place, Problem};
use serde_json::{Map, Value};
use std::io::{BufRead, BufReader, Read};

/// An open JSONL file.
pub(crate) struct Jsonl {
    reader: BufReader<Box<dyn Read + Send>>,
    names: Vec<String>,
    buffer: Vec<u8>,
    cells: Vec<Option<String>>,
    late: Vec<String>,
    pending: Option<Problem>,
    file: String,
    line: u32,
}

/// The keys of the lines in the head, in the order in which they first appear.
pub(crate) fn keys(head: &[u8]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    for line in head.split(|&b| b == b'\n') {
        let Ok(Value::Object(object)) = serde_json::from_slice(line) else { continue };
        for key in object.keys() {
            if !names.contains(key) {
                names.push(key.clone());
            }
        }
    }
    names
}

/// The error for a file that holds one JSON array.
pub(crate) fn array(file: &str) -> Problem {
    Problem::error("json-array", Place::file(file), "a JSON array")
        .expected("one JSON object on each line")
        .hint("jq -c '.[]' FILE.json > FILE.jsonl")
}

impl Jsonl {
    pub(crate) fn open(bytes: Box<dyn Read + Send>, names: Vec<String>, file: &str) -> Jsonl {
        Jsonl {
            reader: BufReader::with_capacity(256 * 1024, bytes),
            cells: vec![None; names.len()],
            names,
            buffer: Vec::new(),
            late: Vec::new(),
            pending: None,
            file: file.to_string(),
            line: 0,
        }
    }

    fn place(&self) -> Place {
        Place::line(self.file.as_str(), self.line)
    }

    /// Puts the values into their columns; a key that is new so late is told once.
    fn fill(&mut self, object: Map<String, Value>) {
        self.cells.fill(None);
        for (i, (key, value)) in object.into_iter().enumerate() {
            // Most lines have the same keys in the same order.
            let same = self.names.get(i).is_some_and(|name| *name == key);
            let column = if same { Some(i) } else { self.names.iter().position(|name| *name == key) };
            match column {
                Some(column) => self.cells[column] = as_text(value),
                None if self.late.contains(&key) => {}
                None => {
                    let found = format!("key `{}` appears here for the first time and is not read", short(&key));
                    let problem = Problem::warning("column-late", self.place(), found);
                    let problem = problem.hint("give the key to one of the first lines, with the value null");
                    self.pending.get_or_insert(problem);
                    self.late.push(key);
                }
            }
        }
    }
}

impl Records for Jsonl {
    fn names(&self) -> &[String] {
        &self.names
    }

    fn advance(&mut self) -> Step {
        loop {
            self.buffer.clear();
            self.line = self.line.saturating_add(1);
            let mut limited = self.reader.by_ref().take(MAX_ARTICLE_BYTES + 1);
            match limited.read_until(b'\n', &mut self.buffer) {
                Ok(0) => return Step::End,
                Ok(n) if n as u64 > MAX_ARTICLE_BYTES => return Step::Broken(too_large(self.place())),
                Ok(_) => {}
                Err(error) => return Step::Broken(damaged(self.place(), &error.to_string())),
            }
            let line = self.buffer.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.buffer);
            if !line.trim_ascii().is_empty() {
                break;
            }
        }
        let line = self.buffer.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.buffer);
        let parsed = match serde_json::from_slice(line) {
            Err(error) if std::str::from_utf8(line).is_err() => {
                // serde_json wants UTF-8; the decoded line may still be a good object.
                let (text, _) = super::decode::decode_cell(line);
                serde_json::from_str(&text).map_err(|_| error)
            }
            parsed => parsed,
        };
        match parsed {
            Ok(Value::Object(object)) => {
                self.fill(object);
                Step::Row
            }
            Ok(other) => Step::Bad(self.bad(kind(&other), None)),
            Err(error) => Step::Bad(self.bad("no JSON", Some(&error))),
        }
    }

    fn cell(&self, column: usize) -> Option<&[u8]> {
        self.cells.get(column)?.as_deref().map(str::as_bytes)
    }

    fn line(&self) -> u32 {
        self.line
    }

    fn remark(&mut self) -> Option<Problem> {
        self.pending.take()
    }
}

impl Jsonl {
    fn bad(&self, found: &str, error: Option<&serde_json::Error>) -> Problem {
        let mut place = self.place();
        let mut found = found.to_string();
        if let Some(error) = error {
            place.column = Some(error.column() as u32);
            let why = error.to_string();
            let why = why.split(" at line").next().unwrap_or_default();
            found = format!("{found}: {why}");
        }
        Problem::warning("row-json", place, found).expected("one JSON object on each line")
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Array(_) => "a JSON array",
        Value::String(_) => "a JSON string",
        Value::Number(_) => "a number",
        Value::Null | Value::Bool(_) | Value::Object(_) => "a JSON value",
    }
}

/// Strings as they are, numbers and booleans as written, nested values as JSON; null is no value.
fn as_text(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}
