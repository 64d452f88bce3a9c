//! Objects of a JSON document, one at a time.
//!
//! In: the bytes of a document: an array of articles, an object that holds one (`articles`, `response.results`), or objects one after
//! another. Out: where the articles are, and each as its own JSON.
//! Invariant: one object is in memory; what stands around the articles is passed over.
//! It deliberately only finds where an object begins and ends: what is in it, `serde_json` says.

pub(super) mod turned;

use super::columns::means_text;
use super::jsonl::paths;
use serde_json::Value;
use std::io::{self, BufRead, BufReader, Read};

/// Where the articles of a document are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// Each object at the top is one.
    Top,
    /// Each object of the array at this path; an empty path is an array at the top.
    Array(Vec<String>),
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
    "records",
    "rows",
    "value",
    "data",
    "content",
];

/// Finds where the articles of a document are, from its head; `None` where no array of objects is in it.
pub(crate) fn target(head: &[u8]) -> Option<Target> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let mut scan = Objects::new(Box::new(io::Cursor::new(head.to_vec())), None);
    let mut arrays: Vec<Vec<String>> = Vec::new();
    while let Ok(Some(())) = scan.step(&mut |path| {
        if !arrays.contains(path) && arrays.len() < 200 {
            arrays.push(path.clone());
        }
    }) {}
    let has_text = |path: &Vec<String>| {
        let mut objects = Objects::new(Box::new(io::Cursor::new(head.to_vec())), Some(Target::Array(path.clone())));
        let first = objects.next_object().ok().flatten();
        first.is_some_and(|text| match serde_json::from_slice(&text) {
            Ok(Value::Object(object)) => paths(object).iter().any(|(path, _)| {
                means_text(path) || path.rsplit('.').next().is_some_and(means_text) || path.contains("content")
            }),
            _ => false,
        })
    };
    let rank = |path: &Vec<String>| {
        let key = path.last().map_or("", String::as_str);
        KEYS.iter().position(|known| *known == key).unwrap_or(if path.is_empty() { 0 } else { KEYS.len() })
    };
    if head.trim_ascii_start().first() == Some(&b'{') {
        // an article whose keywords are objects is one article
        let mut objects = Objects::new(Box::new(io::Cursor::new(head.to_vec())), Some(Target::Top));
        if let Ok(Some(first)) = objects.next_object()
            && let Ok(Value::Object(object)) = serde_json::from_slice(&first)
            && paths(object).iter().any(|(path, value)| means_text(path) && matches!(value, Value::String(_)))
        {
            return Some(Target::Top);
        }
    }
    let best = arrays.iter().min_by_key(|path| (!has_text(path), path.len(), rank(path)))?;
    Some(Target::Array(best.clone()))
}

/// An object or array that is open.
enum Frame {
    Object(String),
    Array,
}

/// Goes through a document.
pub(crate) struct Objects {
    reader: BufReader<Box<dyn Read + Send>>,
    target: Option<Target>,
    frames: Vec<Frame>,
    string: Vec<u8>,
    line: u32,
    /// Line on which the object that was given last begins.
    pub first_line: u32,
    object: Vec<u8>,
}

/// The deepest nesting that is gone into.
const DEEPEST: usize = 512;

impl Objects {
    pub(crate) fn new(bytes: Box<dyn Read + Send>, target: Option<Target>) -> Objects {
        Objects {
            reader: BufReader::with_capacity(256 * 1024, bytes),
            target,
            frames: Vec::new(),
            string: Vec::new(),
            line: 1,
            first_line: 1,
            object: Vec::new(),
        }
    }

    fn byte(&mut self) -> io::Result<Option<u8>> {
        let byte = self.reader.fill_buf()?.first().copied();
        if let Some(byte) = byte {
            self.reader.consume(1);
            self.line += u32::from(byte == b'\n');
        }
        Ok(byte)
    }

    /// Reads a string whose opening mark was taken, into `string` or behind the object.
    fn string(&mut self, into_object: bool) -> io::Result<()> {
        self.string.clear();
        let mut escaped = false;
        while let Some(byte) = self.byte()? {
            if into_object {
                self.object.push(byte);
            } else if self.string.len() < 4096 {
                self.string.push(byte);
            }
            match byte {
                b'"' if !escaped => break,
                b'\\' => escaped = !escaped,
                _ => escaped = false,
            }
        }
        self.string.pop();
        Ok(())
    }

    fn path(&self) -> Vec<String> {
        let key = |frame: &Frame| match frame {
            Frame::Object(key) => Some(key.clone()),
            Frame::Array => None,
        };
        self.frames.iter().filter_map(key).collect()
    }

    fn is_target(&self) -> bool {
        match &self.target {
            None => false,
            Some(Target::Top) => self.frames.is_empty(),
            Some(Target::Array(path)) => matches!(self.frames.last(), Some(Frame::Array)) && self.path() == *path,
        }
    }

    /// Goes on by one sign; `seen` is told the path of each array in which an object begins. `None` at the end.
    fn step(&mut self, seen: &mut dyn FnMut(&Vec<String>)) -> io::Result<Option<()>> {
        let Some(byte) = self.byte()? else { return Ok(None) };
        match byte {
            b'"' => self.string(false)?,
            b':' => {
                let name = String::from_utf8_lossy(&self.string).into_owned();
                if let Some(Frame::Object(key)) = self.frames.last_mut() {
                    *key = name;
                }
            }
            b'{' | b'[' if self.frames.len() >= DEEPEST => return Ok(None),
            b'{' => {
                if matches!(self.frames.last(), Some(Frame::Array)) {
                    seen(&self.path());
                }
                self.frames.push(Frame::Object(String::new()));
            }
            b'[' => self.frames.push(Frame::Array),
            b'}' | b']' => drop(self.frames.pop()),
            _ => {}
        }
        Ok(Some(()))
    }

    /// The JSON of the next article; `None` at the end. One that the end of the file cuts off is given as far as it goes.
    pub(crate) fn next_object(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            let next = self.reader.fill_buf()?.first().copied();
            if next == Some(b'{') && self.is_target() {
                return self.take_object().map(Some);
            }
            if self.step(&mut |_| {})?.is_none() {
                return Ok(None);
            }
        }
    }

    fn take_object(&mut self) -> io::Result<Vec<u8>> {
        self.first_line = self.line;
        self.object.clear();
        let mut depth = 0usize;
        while let Some(byte) = self.byte()? {
            self.object.push(byte);
            match byte {
                b'"' => self.string(true)?,
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 || self.object.len() as u64 > super::source::MAX_ARTICLE_BYTES {
                break;
            }
        }
        Ok(std::mem::take(&mut self.object))
    }
}
