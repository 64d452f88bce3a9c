//! Objects of a JSON document, one at a time.
//!
//! In: the bytes of a document: an array of articles, an object that holds one (`articles`, `response.results`), or objects one after
//! another. Out: where the articles are, and each as its own JSON.
//! Invariant: one object is in memory; what stands around the articles is passed over.
//! It deliberately only finds where an object begins and ends: what is in it, `serde_json` says.

pub(super) mod orientation;
pub(super) mod wrapped;

mod target;

use super::columns::is_outlet;
use serde_json::Value;
use std::io::{self, BufRead, BufReader, Read};
pub(crate) use target::{Target, first_object, target, unread};

/// JSON as programs write it: `NaN` and `Infinity` of Python and R are no value; tabs and line ends that stand in a string as they are,
/// and one half of a sign of two (`\ud83d`), as a message has it that was cut there, are read as all other programs do.
pub(crate) fn parse(bytes: &[u8]) -> serde_json::Result<Value> {
    serde_json::from_slice(bytes).or_else(|error| serde_json::from_slice(&usual(bytes)).map_err(|_| error))
}

/// `null` for each `NaN`, `Infinity` and `-Infinity` outside strings; in strings control characters escaped, and U+FFFD for half a sign.
fn usual(bytes: &[u8]) -> Vec<u8> {
    let (mut out, mut at, mut quoted, mut escaped) = (Vec::with_capacity(bytes.len()), 0, false, false);
    while let Some(&byte) = bytes.get(at) {
        if quoted && byte < 0x20 {
            out.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
            at += 1;
            continue;
        }
        if quoted
            && !escaped
            && let Some(len) = half(&bytes[at..])
        {
            out.extend_from_slice(if len == 12 { &bytes[at..at + 12] } else { b"\\ufffd" });
            at += len;
            continue;
        }
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

/// The bytes of `\ud83d`, and those of both halves where the other follows.
fn half(bytes: &[u8]) -> Option<usize> {
    let unit = |at: usize| {
        let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let first = unit(0).filter(|unit| (0xd800..0xe000).contains(unit))?;
    let is_whole = first < 0xdc00 && unit(6).is_some_and(|second| (0xdc00..0xe000).contains(&second));
    Some(if is_whole { 12 } else { 6 })
}

/// An object or array that is open.
enum Frame {
    /// The key that was read last, the outlet that the object names, and what the object itself is called.
    Object(String, Option<(String, String)>, Option<String>),
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
    /// The document says that it is a JSON Feed, whose title is that of a site.
    is_feed: bool,
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
            is_feed: false,
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
            Frame::Object(key, ..) => Some(key.clone()),
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
        let said = self.frames.iter().rev().find_map(|frame| match frame {
            Frame::Object(_, outlet, _) => outlet.clone(),
            Frame::Array => None,
        });
        // a channel of messages is called as its outlet; the name of another list says how it was found
        let is_named = self.is_feed || self.path().last().is_some_and(|key| key == "messages");
        let name = || {
            self.frames.iter().rev().find_map(|frame| match frame {
                Frame::Object(_, _, name) => name.clone(),
                Frame::Array => None,
            })
        };
        said.or_else(|| Some(("outlet".to_string(), name().filter(|_| is_named)?)))
    }

    /// Keeps the outlet that an object around articles names.
    fn keep_outlet(&mut self) {
        let Some(Frame::Object(key, outlet, name)) = self.frames.last_mut() else { return };
        let value = || serde_json::from_slice(&[b"\"", self.string.as_slice(), b"\""].concat()).ok();
        match key.as_str() {
            key if is_outlet(key) => *outlet = value().map(|value: String| (key.to_string(), value)),
            "name" | "title" => *name = value(),
            "version" => self.is_feed |= memchr::memmem::find(&self.string, b"jsonfeed.org").is_some(),
            _ => {}
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
                if let Some(Frame::Object(key, ..)) = self.frames.last_mut() {
                    *key = name;
                }
            }
            b'{' | b'[' if self.frames.len() >= DEEPEST => return Ok(None),
            b'{' => {
                self.value = false;
                if matches!(self.frames.last(), Some(Frame::Array)) {
                    seen(&self.path());
                }
                self.frames.push(Frame::Object(String::new(), None, None));
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

    /// True where a document ends before all that it opened is closed.
    pub(crate) fn is_cut(&self) -> bool {
        !self.frames.is_empty()
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
