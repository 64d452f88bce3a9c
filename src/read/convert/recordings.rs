//! Objects of JSON that are recordings: each holds the pieces of its transcript in a list.
//!
//! In: lines of such objects, a list of them, or one. Out: the same objects, one a line, with the running text in place of the list.
//! Invariant: what else an object says stays; an object without such a list, and a line that is none, are handed on as they are.
//! It deliberately leaves objects that have a text beside the list: that text is theirs.

use super::said::{Said, time};
use super::{Converted, segments};
use crate::error::{Place, Problem};
use crate::read::columns::means_text;
use crate::read::decode::text_of;
use crate::read::json::{self, Objects, Target};
use crate::text::several;
use encoding_rs::Encoding;
use serde_json::{Map, Value};
use std::io::Cursor;

/// So much of a text shows where its objects are.
const HEAD: usize = 32 << 10;

/// True for the head of a text of such objects; of one that ends inside the first of them, where what is in its lists are pieces.
pub(crate) fn is_one(head: &[u8], holds_pieces: bool) -> bool {
    let is_whole = |above: Vec<String>| {
        [Target::Top, Target::Array(above)].into_iter().any(|target| json::first_object(head, target).is_some())
    };
    let is_cut = || json::target(head).as_ref().and_then(above).is_some_and(|above| !is_whole(above));
    is_of_lines(head) || target(head).is_some() || holds_pieces && is_cut()
}

/// The path of what holds the lists of a target, where an object does.
pub(crate) fn above(target: &Target) -> Option<Vec<String>> {
    match target {
        Target::Top => None,
        Target::Array(path) => path.split_last().map(|(_, above)| above.to_vec()),
        Target::Lists { parent, .. } => Some(parent.clone()),
    }
}

/// True where the first line is a whole recording.
fn is_of_lines(text: &[u8]) -> bool {
    let line = text.split(|&byte| byte == b'\n').find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
    let is_alone = line.len() == text.trim_ascii().len();
    let object = json::parse(line).ok();
    !is_alone && object.as_ref().and_then(Value::as_object).is_some_and(|object| list(object).is_some())
}

/// Where the recordings of a document are.
fn target(head: &[u8]) -> Option<Target> {
    let found = json::target(head)?;
    let holds =
        |target: &Target| json::first_object(head, target.clone()).is_some_and(|object| list(&object).is_some());
    if holds(&found) {
        return Some(found);
    }
    // what looks like articles are the pieces
    let above = above(&found)?;
    [Target::Top, Target::Array(above)].into_iter().find(holds)
}

/// The key of the list of pieces, in an object that has no text beside it.
fn list(object: &Map<String, Value>) -> Option<&str> {
    /// Words of what is a text, whatever it is called.
    const LONG: usize = 40;
    let is_text = |(key, value): (&String, &Value)| {
        value.as_str().is_some_and(|value| means_text(key) || value.split_whitespace().nth(LONG).is_some())
    };
    let is_list = |value: &Value| value.as_array().is_some_and(|list| are_pieces(list));
    let found = object.iter().find(|(_, value)| is_list(value)).map(|(key, _)| key.as_str());
    found.filter(|_| !object.iter().any(is_text))
}

/// True for pieces with a few words each, and times that ascend.
fn are_pieces(list: &[Value]) -> bool {
    /// Words of a piece, on average, at most.
    const LONGEST: usize = 60;
    let number = |piece: &Value, keys: &[&str]| {
        let value = keys.iter().find_map(|key| piece.get(key).filter(|value| !value.is_null()))?;
        value.as_f64().or_else(|| time(value.as_str()?))
    };
    let start = |piece: &Value| number(piece, &["start", "begin", "start_time", "startTime"]);
    let has_end = |piece: &&Value| number(piece, &["end", "stop", "end_time", "endTime", "duration", "dur"]).is_some();
    let starts: Vec<f64> = list.iter().filter_map(start).collect();
    let count: usize = list.iter().filter_map(words).map(|words| words.split_whitespace().count()).sum();
    let is_year = |start: &f64| (1500.0..=2100.0).contains(start) && start.fract() == 0.0;
    let falling = starts.windows(2).filter(|two| two[0] > two[1]).count();
    list.iter().all(Value::is_object)
        && !starts.is_empty()
        && starts.len() * 2 >= list.len()
        && list.iter().filter(has_end).count() * 2 >= list.len()
        && falling * 20 <= starts.len()
        && !starts.iter().all(is_year)
        && (1..=LONGEST * list.len()).contains(&count)
}

fn words(piece: &Value) -> Option<&str> {
    ["text", "caption", "sentence", "utterance", "transcript"].iter().find_map(|key| piece.get(key)?.as_str())
}

/// The recordings, one a line.
pub(super) fn lines(bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Result<Converted, String> {
    let text = text_of(bytes, declared)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut out = Out::default();
    if is_of_lines(text.as_bytes()) {
        text.lines().for_each(|line| out.add(line));
        return Ok(out.converted());
    }
    let head = &text[..text.floor_char_boundary(HEAD)];
    let Some(target) = target(head.as_bytes()).or_else(|| target(text.as_bytes())) else {
        // a document that is cut off inside its only recording
        return segments::as_lines(text);
    };
    let mut objects = Objects::new(Box::new(Cursor::new(text.as_bytes().to_vec())), Some(target));
    while let Some(object) = objects.next_object().map_err(|error| error.to_string())? {
        out.add(&String::from_utf8_lossy(&object));
    }
    Ok(out.converted())
}

#[derive(Default)]
struct Out {
    lines: String,
    converted: Converted,
    pieces: usize,
    texts: usize,
    wordless: usize,
}

impl Out {
    /// Adds an object of a text; one that is none, on one line.
    fn add(&mut self, source: &str) {
        let value = json::parse(source.trim().trim_end_matches(',').as_bytes()).ok();
        let Some(Value::Object(mut object)) = value else {
            return self.push(&source.replace(['\n', '\r'], " "));
        };
        let Some(key) = list(&object).map(str::to_string) else {
            return self.push(&Value::Object(object).to_string());
        };
        let pieces = object.shift_remove(&key).unwrap_or_default();
        let mut said = Said::default();
        for piece in pieces.as_array().map(Vec::as_slice).unwrap_or_default() {
            let speaker = piece.get("speaker").and_then(Value::as_str).filter(|name| !name.trim().is_empty());
            match words(piece).map(|words| words.replace('\0', "")) {
                Some(words) => said.add(speaker.map(str::trim), &words),
                None => self.wordless += 1,
            }
            self.pieces += 1;
        }
        self.texts += 1;
        let (text, names) = said.into_parts();
        object.insert("text".to_string(), Value::String(text));
        self.lines.push_str(&Value::Object(object).to_string());
        self.lines.push('\n');
        self.converted.asides.push(names);
    }

    fn push(&mut self, line: &str) {
        self.lines.push_str(line);
        self.lines.push('\n');
        // the rows below count lines that hold something
        if !line.trim().is_empty() {
            self.converted.asides.push(Vec::new());
        }
    }

    fn converted(mut self) -> Converted {
        let mut found = format!("{} joined to {}", several(self.pieces, "piece"), several(self.texts, "text"));
        if self.wordless > 0 {
            found.push_str(&format!("; {} without words", several(self.wordless, "piece")));
        }
        let note = Problem::note("rows-joined", Place::file(""), found);
        self.converted.problems.push(note.hint("they are read as the transcripts of recordings"));
        self.converted.bytes = self.lines.into_bytes();
        self.converted
    }
}
