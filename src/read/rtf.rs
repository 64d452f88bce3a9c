//! The words of rich text (RTF).
//!
//! In: the bytes of a file. Out: its text; a paragraph is one, with an empty line behind it.
//! Invariant: control words, groups that are no text and pictures are passed over; every other byte is a letter of its code page.
//! It deliberately knows no styles: bold is text like any other.

use encoding_rs::Encoding;

/// Groups that hold no text of the document.
const UNSEEN: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "header",
    "footer",
    "headerl",
    "headerr",
    "footerl",
    "footerr",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "themedata",
    "colorschememapping",
    "latentstyles",
    "datastore",
    "fldinst",
    "object",
    "xmlnstbl",
];

/// The text of a document.
pub(super) fn text(bytes: &[u8]) -> String {
    let mut reader = Reader::default();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'{' => reader.depth += 1,
            b'}' => reader.close(),
            b'\\' => {
                let (word, number, next) = control(bytes, at);
                at = next;
                reader.control(word, number);
            }
            b'\r' | b'\n' => {}
            byte => reader.byte(byte),
        }
    }
    reader.flush();
    reader.text
}

/// Where a document is read.
struct Reader {
    text: String,
    /// Code page of the letters beyond ASCII.
    page: &'static Encoding,
    /// Letters beyond ASCII that are not decoded yet: a letter may be two bytes.
    high: Vec<u8>,
    /// Open groups.
    depth: usize,
    /// The depth at which a group began that is no text.
    unseen: Option<usize>,
    /// Letters that stand for what `\u` has said already.
    skip: usize,
}

impl Default for Reader {
    fn default() -> Reader {
        let page = encoding_rs::WINDOWS_1252;
        Reader { text: String::new(), page, high: Vec::new(), depth: 0, unseen: None, skip: 0 }
    }
}

impl Reader {
    fn flush(&mut self) {
        self.text.push_str(&self.page.decode_without_bom_handling(&self.high).0);
        self.high.clear();
    }

    fn close(&mut self) {
        if self.unseen == Some(self.depth) {
            self.unseen = None;
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn byte(&mut self, byte: u8) {
        if self.unseen.is_some() {
            return;
        }
        if self.skip > 0 {
            self.skip -= 1;
        } else if byte.is_ascii() {
            self.flush();
            self.text.push(char::from(byte));
        } else {
            self.high.push(byte);
        }
    }

    fn control(&mut self, word: &str, number: Option<i32>) {
        match word {
            "'" => {
                let is_seen = self.unseen.is_none() && self.skip == 0;
                if let Some(byte) = number.filter(|_| is_seen) {
                    self.high.push(byte as u8);
                }
                self.skip = self.skip.saturating_sub(1);
                return;
            }
            "ansicpg" => {
                let label = format!("windows-{}", number.unwrap_or(1252));
                self.page = crate::text::encoding::by_name(&label).unwrap_or(self.page);
            }
            word if word == "*" || UNSEEN.contains(&word) => self.unseen = self.unseen.or(Some(self.depth)),
            _ => {}
        }
        self.flush();
        if self.unseen.is_none() {
            self.letter(word, number);
        }
    }

    /// What a control word stands for in the text.
    fn letter(&mut self, word: &str, number: Option<i32>) {
        match word {
            "par" | "sect" | "page" => self.text.push_str("\n\n"),
            "line" | "row" => self.text.push('\n'),
            "tab" | "cell" => self.text.push('\t'),
            "emdash" => self.text.push('—'),
            "endash" => self.text.push('–'),
            "lquote" => self.text.push('‘'),
            "rquote" => self.text.push('’'),
            "ldblquote" => self.text.push('“'),
            "rdblquote" => self.text.push('”'),
            "~" => self.text.push('\u{a0}'),
            "\\" | "{" | "}" => self.text.push_str(word),
            "u" => {
                let unit = number.unwrap_or(0).rem_euclid(65_536) as u32;
                self.text.push(char::from_u32(unit).unwrap_or('\u{fffd}'));
                self.skip = 1;
            }
            _ => {}
        }
    }
}

/// A control word and its number, and where it ends.
fn control(bytes: &[u8], from: usize) -> (&str, Option<i32>, usize) {
    let rest = bytes.get(from..).unwrap_or_default();
    let letters = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let text = |range: &[u8]| std::str::from_utf8(range).unwrap_or_default().to_string();
    if letters == 0 {
        let sign = std::str::from_utf8(rest.get(..1).unwrap_or_default()).unwrap_or_default();
        if sign == "'" {
            let byte = rest.get(1..3).and_then(|hex| i32::from_str_radix(&text(hex), 16).ok());
            return ("'", byte, (from + 3).min(bytes.len()));
        }
        return (sign, None, (from + 1).min(bytes.len()));
    }
    let word = std::str::from_utf8(&rest[..letters]).unwrap_or_default();
    let digits = rest[letters..].iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'-').count();
    let number = text(&rest[letters..letters + digits]).parse().ok();
    let mut end = letters + digits;
    end += usize::from(rest.get(end) == Some(&b' '));
    (word, number, from + end)
}
