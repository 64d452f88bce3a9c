//! Rows of JSON: one object on each line, or the objects of a document.
//!
//! In: bytes. Out: [`Records`], whose columns are the keys of the first objects; a key inside an object is a path (`source.name`).
//! Invariant: an object that cannot be read is a problem with its line, never an article; memory does not grow with the number of keys.
//! It deliberately joins lists: paragraphs of the text by blank lines, other values by commas.

mod values;

use super::columns::{is_known_name, is_outlet, longest, means_text};
use super::json::{self, Objects, Target};
use super::mark::Within;
use super::source::MAX_ARTICLE_BYTES;
use super::table::{Records, Step, too_large};
use super::{article::short, delimited::damaged};
use crate::error::{Place, Problem};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};
use std::io::{self, BufRead, BufReader, Read};
use values::{as_text, is_service};

/// The most keys that are columns: beyond that only those that several objects of the head have.
const MOST_KEYS: usize = 1_000;
/// Keys that appear late, told one by one.
const MOST_LATE_NOTES: usize = 20;

/// An open JSON file.
pub(crate) struct Jsonl {
    source: Source,
    names: Vec<String>,
    places: HashMap<String, usize>,
    is_text: Vec<bool>,
    buffer: Vec<u8>,
    cells: Vec<Option<String>>,
    late: HashSet<String>,
    pending: Option<Problem>,
    file: String,
    line: u32,
    /// Bytes of lines taken so far.
    bytes: u64,
    ended: bool,
    /// What is cut off was told; by itself, or with the object that it cut.
    cut: bool,
    last_is_bad: bool,
}

enum Source {
    Lines(BufReader<Box<dyn Read + Send>>),
    Objects(Objects),
}

/// The keys of the objects in a head.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    /// In the order in which they first appear.
    pub names: Vec<String>,
    /// How many are left out.
    pub left: usize,
    /// Those of the names that hold nothing in any of these objects.
    pub empty: Vec<usize>,
    /// The one whose values are far longer than those of any other.
    pub longest: Option<usize>,
}

/// The keys of the objects in the head.
pub(crate) fn keys(head: &[u8], target: Option<&Target>) -> Keys {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let mut counts = KeyCounts::default();
    match target {
        None => head.split(|&b| b == b'\n').for_each(|line| counts.add(line, None)),
        Some(target) => {
            let mut objects = Objects::new(Box::new(io::Cursor::new(head.to_vec())), Some(target.clone()));
            while let Ok(Some(object)) = objects.next_object() {
                counts.add(&object, objects.above.take());
            }
        }
    }
    counts.names()
}

#[derive(Default)]
struct KeyCounts {
    order: Vec<String>,
    times: HashMap<String, u32>,
    /// Letters of the values.
    letters: HashMap<String, usize>,
    objects: usize,
}

impl KeyCounts {
    fn add(&mut self, object: &[u8], above: Option<(String, String)>) {
        let object = object.trim_ascii_end();
        let Ok(Value::Object(mut object)) = json::parse(object.strip_suffix(b",").unwrap_or(object)) else {
            return;
        };
        add_above(&mut object, above);
        self.objects += 1;
        for (path, value) in paths(object) {
            let letters = as_text(value, true).map_or(0, |text| text.trim().chars().count());
            if letters > 0 {
                *self.letters.entry(path.clone()).or_default() += letters;
            }
            match self.times.get_mut(&path) {
                Some(times) => *times += 1,
                None => {
                    self.order.push(path.clone());
                    self.times.insert(path, 1);
                }
            }
        }
    }

    fn names(self) -> Keys {
        let all = self.order.len();
        let letters = |name: &String| self.letters.get(name).copied().unwrap_or(0);
        let keys = |names: Vec<String>| {
            let letters: Vec<usize> = names.iter().map(letters).collect();
            let empty = (0..names.len()).filter(|&i| letters[i] == 0).collect();
            Keys { left: all - names.len(), empty, longest: longest(&letters, self.objects), names }
        };
        if all <= MOST_KEYS {
            return keys(self.order.clone());
        }
        let often = |name: &String| self.times.get(name).is_some_and(|&times| times > 1);
        let kept = self.order.iter().filter(|name| often(name) || is_known_name(name) || means_text(name));
        keys(kept.take(MOST_KEYS).cloned().collect())
    }
}

/// Adds what stands above an object, where the object names no outlet itself.
fn add_above(object: &mut Map<String, Value>, above: Option<(String, String)>) {
    let Some((key, value)) = above else { return };
    let names_outlet = |(key, value): (&String, &Value)| match value {
        Value::Object(inner) => inner.keys().any(|inner| is_outlet(&format!("{key}.{inner}"))),
        _ => is_outlet(key),
    };
    if !(object.contains_key(&key) || is_outlet(&key) && object.iter().any(names_outlet)) {
        object.insert(key, Value::String(value));
    }
}

/// The values of an object with their paths, in its order; a value inside a value has the path `outer.inner`.
pub(crate) fn paths(mut object: Map<String, Value>) -> Vec<(String, Value)> {
    whole_message(&mut object);
    let mut out = Vec::with_capacity(object.len());
    add_paths("", object, &mut out);
    out
}

/// A message that is cut short has all of its words in an object of its own, as Twitter gave it.
fn whole_message(object: &mut Map<String, Value>) {
    let is_cut = object.get("truncated") == Some(&Value::Bool(true)) && object.contains_key("text");
    let whole = object.get("extended_tweet").and_then(|whole| whole.get("full_text")).filter(|_| is_cut).cloned();
    if let Some(whole @ Value::String(_)) = whole {
        object.insert("text".to_string(), whole);
    }
}

fn add_paths(before: &str, object: Map<String, Value>, out: &mut Vec<(String, Value)>) {
    for (key, value) in object {
        let path = if before.is_empty() { key } else { format!("{before}.{key}") };
        match value {
            Value::Object(inner) if !inner.is_empty() => add_paths(&path, inner, out),
            value => out.push((path, value)),
        }
    }
}

impl Jsonl {
    /// `text` are the columns of the text.
    pub(crate) fn open(
        bytes: Box<dyn Read + Send>,
        target: Option<Target>,
        names: Vec<String>,
        text: &[usize],
        file: &str,
    ) -> Jsonl {
        let source = match target {
            None => Source::Lines(BufReader::with_capacity(256 * 1024, bytes)),
            Some(target) => Source::Objects(Objects::new(bytes, Some(target))),
        };
        Jsonl {
            source,
            cells: vec![None; names.len()],
            places: names.iter().cloned().zip(0..).collect(),
            is_text: (0..names.len()).map(|i| text.contains(&i)).collect(),
            names,
            buffer: Vec::new(),
            late: HashSet::new(),
            pending: None,
            file: file.to_string(),
            line: 0,
            bytes: 0,
            ended: false,
            cut: false,
            last_is_bad: false,
        }
    }

    /// Says that the bytes begin at a place of the file.
    pub(super) fn begin_at(&mut self, within: Within) {
        (self.bytes, self.line) = (within.at, within.lines);
    }

    fn place(&self) -> Place {
        Place::line(self.file.as_str(), self.line)
    }

    /// Puts the values into their columns; a key that is new so late is told once.
    fn fill(&mut self, object: Map<String, Value>) {
        self.cells.fill(None);
        for (i, (key, value)) in paths(object).into_iter().enumerate() {
            // most objects have the same keys in the same order
            let same = self.names.get(i).is_some_and(|name| *name == key);
            let column = if same { Some(i) } else { self.places.get(&key).copied() };
            match column {
                Some(column) => self.cells[column] = as_text(value, self.is_text[column]),
                None if value.is_null() || self.late.contains(&key) => {}
                None => {
                    if self.late.len() < MOST_LATE_NOTES {
                        let found = format!("key `{}` appears here for the first time and is not read", short(&key));
                        let problem = Problem::warning("column-late", self.place(), found);
                        let problem = problem.hint("give the key to one of the first objects, with the value null");
                        self.pending.get_or_insert(problem);
                    }
                    self.late.insert(key);
                }
            }
        }
    }

    /// Takes the next object into the buffer; false at the end.
    fn take(&mut self) -> io::Result<bool> {
        match &mut self.source {
            Source::Objects(objects) => {
                let Some(object) = objects.next_object()? else { return Ok(false) };
                self.buffer = object;
                self.line = objects.first_line;
                Ok(true)
            }
            Source::Lines(reader) => loop {
                self.buffer.clear();
                self.line = self.line.saturating_add(1);
                let bytes = reader.by_ref().take(MAX_ARTICLE_BYTES + 1).read_until(b'\n', &mut self.buffer)?;
                if bytes == 0 {
                    return Ok(false);
                }
                self.bytes += bytes as u64;
                let line = self.buffer.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.buffer);
                if !line.trim_ascii().is_empty() {
                    return Ok(true);
                }
            },
        }
    }

    /// What the buffer holds.
    fn parsed(&self) -> serde_json::Result<Value> {
        let line = self.buffer.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.buffer).trim_ascii_end();
        let line = line.strip_suffix(b",").unwrap_or(line);
        match json::parse(line) {
            Err(error) if std::str::from_utf8(line).is_err() => {
                // serde_json wants UTF-8; the decoded line may still be a good object.
                let (text, _) = super::decode::decode_cell(line);
                serde_json::from_str(&text).map_err(|_| error)
            }
            parsed => parsed,
        }
    }

    fn closing(&mut self) -> Step {
        if let Source::Objects(objects) = &self.source
            && objects.is_cut()
            && !std::mem::replace(&mut self.cut, true)
            && !self.last_is_bad
        {
            let found = "the document ends before its list is closed: articles may be missing";
            let problem = Problem::warning("file-damaged", self.place(), found);
            return Step::Remark(problem.hint("get the file again, or end it with the brackets that are missing"));
        }
        if self.ended || self.late.len() <= MOST_LATE_NOTES {
            return Step::End;
        }
        self.ended = true;
        let found = format!("{} more keys appear only later and are not read", self.late.len() - MOST_LATE_NOTES);
        Step::Remark(Problem::warning("column-late", Place::file(self.file.as_str()), found))
    }
}

impl Records for Jsonl {
    fn names(&self) -> &[String] {
        &self.names
    }

    fn advance(&mut self) -> Step {
        loop {
            match self.take() {
                Ok(true) => {}
                Ok(false) => return self.closing(),
                Err(error) => return Step::Broken(damaged(self.place(), &error.to_string())),
            }
            if self.buffer.len() as u64 > MAX_ARTICLE_BYTES {
                return Step::Broken(too_large(self.place(), MAX_ARTICLE_BYTES));
            }
            let parsed = self.parsed();
            self.last_is_bad = parsed.is_err();
            return match parsed {
                // Telegram: somebody joined, a picture was changed
                Ok(Value::Object(object)) if is_service(&object) => continue,
                Ok(Value::Object(mut object)) => {
                    if let Source::Objects(objects) = &mut self.source {
                        add_above(&mut object, objects.above.take());
                    }
                    self.fill(object);
                    Step::Row
                }
                Ok(other) => Step::Bad(self.bad(kind(&other), None)),
                Err(error) => Step::Bad(self.bad("no JSON", Some(&error))),
            };
        }
    }

    fn cell(&self, column: usize) -> Option<&[u8]> {
        self.cells.get(column)?.as_deref().map(str::as_bytes)
    }

    fn line(&self) -> u32 {
        self.line
    }

    fn place(&self) -> Option<Within> {
        let is_of_lines = matches!(self.source, Source::Lines(_));
        is_of_lines.then_some(Within { at: self.bytes, lines: self.line, never_closed: 0 })
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
            // an object of a document may have many lines, a line of JSON Lines is one
            if matches!(self.source, Source::Objects(_)) {
                place.line = place.line.map(|line| line + error.line().max(1) as u32 - 1);
            }
            place.column = Some(error.column() as u32);
            let why = error.to_string();
            let why = why.split(" at line").next().unwrap_or_default();
            found = format!("{found}: {why}");
        }
        let expected = match self.source {
            Source::Lines(_) => "one JSON object on each line",
            Source::Objects(_) => "a whole JSON object",
        };
        Problem::error("row-json", place, found).expected(expected)
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
