//! Objects of a JSON document, one at a time.
//!
//! In: the bytes of a document: an array of articles, an object that holds one (`articles`, `response.results`), or objects one after
//! another. Out: where the articles are, and each as its own JSON.
//! Invariant: one object is in memory; what stands around the articles is passed over.
//! It deliberately only finds where an object begins and ends: what is in it, `serde_json` says.

pub(super) mod orientation;

mod target;

use super::columns::is_outlet;
use serde_json::Value;
use std::io::{self, BufRead, BufReader, Read};
pub(crate) use target::{Target, first_object, target, unread};

/// JSON as programs write it: `NaN` and `Infinity` of Python and R are no value.
pub(crate) fn parse(bytes: &[u8]) -> serde_json::Result<Value> {
    serde_json::from_slice(bytes).or_else(|error| {
        let has = |word: &[u8]| memchr::memmem::find(bytes, word).is_some();
        let retry = if has(b"NaN") || has(b"Infinity") { Some(without_numbers_of_floats(bytes)) } else { None };
        retry.and_then(|bytes| serde_json::from_slice(&bytes).ok()).ok_or(error)
    })
}

/// `null` for each `NaN`, `Infinity` and `-Infinity` outside strings.
fn without_numbers_of_floats(bytes: &[u8]) -> Vec<u8> {
    let (mut out, mut at, mut quoted, mut escaped) = (Vec::with_capacity(bytes.len()), 0, false, false);
    while let Some(&byte) = bytes.get(at) {
        let words: [&[u8]; 3] = [b"NaN", b"-Infinity", b"Infinity"];
        let word = words.into_iter().find(|word| !quoted && bytes[at..].starts_with(word));
        if let Some(word) = word {
            out.extend_from_slice(b"null");
            at += word.len();
            continue;
        }
        quoted ^= byte == b'"' && !escaped;
        escaped = byte == b'\\' && quoted && !escaped;
        out.push(byte);
        at += 1;
    }
    out
}

/// An object or array that is open.
enum Frame {
    /// The key that was read last, and the outlet that the object names.
    Object(String, Option<(String, String)>),
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
    /// The string that comes next is a value.
    value: bool,
    /// What stands above the object that was given last and is said of it: its list, its outlet.
    pub above: Option<(String, String)>,
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
            value: false,
            above: None,
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
            Frame::Object(key, _) => Some(key.clone()),
            Frame::Array => None,
        };
        self.frames.iter().filter_map(key).collect()
    }

    fn is_target(&self) -> bool {
        match &self.target {
            None => false,
            Some(Target::Top) => self.frames.is_empty(),
            Some(Target::Array(path)) => matches!(self.frames.last(), Some(Frame::Array)) && self.path() == *path,
            Some(Target::Lists { parent, .. }) => {
                let path = self.path();
                let depth = parent.len() + 1;
                matches!(self.frames.last(), Some(Frame::Array)) && path.len() == depth && path.starts_with(parent)
            }
        }
    }

    /// What is said of the object that comes next by what it stands in.
    fn said_above(&self) -> Option<(String, String)> {
        if let Some(Target::Lists { column, .. }) = &self.target {
            return Some((column.clone(), self.path().pop()?));
        }
        self.frames.iter().rev().find_map(|frame| match frame {
            Frame::Object(_, outlet) => outlet.clone(),
            Frame::Array => None,
        })
    }

    /// Keeps the outlet that an object around articles names.
    fn keep_outlet(&mut self) {
        if let Some(Frame::Object(key, outlet)) = self.frames.last_mut()
            && is_outlet(key)
        {
            let value = [b"\"", self.string.as_slice(), b"\""].concat();
            *outlet = serde_json::from_slice(&value).ok().map(|value| (key.clone(), value));
        }
    }

    /// Goes on by one sign; `seen` is told the path of each array in which an object begins. `None` at the end.
    fn step(&mut self, seen: &mut dyn FnMut(&Vec<String>)) -> io::Result<Option<()>> {
        let Some(byte) = self.byte()? else { return Ok(None) };
        match byte {
            b'"' => {
                self.string(false)?;
                if std::mem::take(&mut self.value) {
                    self.keep_outlet();
                }
            }
            b':' => {
                self.value = true;
                let name = String::from_utf8_lossy(&self.string).into_owned();
                if let Some(Frame::Object(key, _)) = self.frames.last_mut() {
                    *key = name;
                }
            }
            b'{' | b'[' if self.frames.len() >= DEEPEST => return Ok(None),
            b'{' => {
                self.value = false;
                if matches!(self.frames.last(), Some(Frame::Array)) {
                    seen(&self.path());
                }
                self.frames.push(Frame::Object(String::new(), None));
            }
            b'[' => {
                self.value = false;
                self.frames.push(Frame::Array);
            }
            b',' => self.value = false,
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
                self.above = self.said_above();
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
