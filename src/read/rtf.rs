//! The words of rich text (RTF).
//!
//! In: the bytes of a file. Out: its text; a paragraph is one, with an empty line behind it.
//! Invariant: control words, groups that are no text, pictures, and words that are hidden or deleted are passed over; every other byte is a
//! letter of the code page of its font.
//! It deliberately knows no styles: bold is text like any other.

use encoding_rs::Encoding;
use std::collections::HashMap;

/// Groups that hold no text of the document.
const UNSEEN: &[&str] = &[
    "colortbl",
    "stylesheet",
    "info",
    "footnote",
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
            b'{' => reader.open(),
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

/// What holds up to the end of a group.
#[derive(Clone, Copy)]
struct State {
    /// Code page of the letters beyond ASCII.
    page: &'static Encoding,
    /// Letters that stand behind a `\u` for readers who do not know it.
    substitutes: usize,
    is_hidden: bool,
    is_deleted: bool,
    is_unseen: bool,
    in_fonts: bool,
}

/// Where a document is read.
struct Reader {
    text: String,
    state: State,
    /// Of the open groups around.
    around: Vec<State>,
    /// The code page of the document, for fonts that name none.
    page: &'static Encoding,
    /// Fonts by number, with their code pages.
    fonts: HashMap<i32, &'static Encoding>,
    /// The font that is being described or was chosen last.
    font: i32,
    /// Letters beyond ASCII that are not decoded yet: a letter may be two bytes.
    high: Vec<u8>,
    /// The first half of a letter that `\u` writes in two.
    half: Option<u16>,
    /// Letters that stand for what `\u` has said already.
    skip: usize,
}

impl Default for Reader {
    fn default() -> Reader {
        let page = encoding_rs::WINDOWS_1252;
        let state =
            State { page, substitutes: 1, is_hidden: false, is_deleted: false, is_unseen: false, in_fonts: false };
        Reader {
            text: String::new(),
            state,
            around: Vec::new(),
            page,
            fonts: HashMap::new(),
            font: 0,
            high: Vec::new(),
            half: None,
            skip: 0,
        }
    }
}

impl Reader {
    fn flush(&mut self) {
        self.text.push_str(&self.state.page.decode_without_bom_handling(&self.high).0);
        self.high.clear();
    }

    fn open(&mut self) {
        self.flush();
        self.skip = 0;
        self.around.push(self.state);
    }

    fn close(&mut self) {
        self.flush();
        self.skip = 0;
        self.state = self.around.pop().unwrap_or(self.state);
    }

    fn is_seen(&self) -> bool {
        !self.state.is_unseen && !self.state.is_hidden && !self.state.is_deleted
    }

    fn byte(&mut self, byte: u8) {
        if !self.is_seen() {
            return;
        }
        if self.skip > 0 {
            self.skip -= 1;
        } else if byte.is_ascii() && self.high.is_empty() {
            self.text.push(char::from(byte));
        } else if byte.is_ascii() && self.page_is_wide() && self.high.len() % 2 == 1 {
            // the second byte of a letter may be one of ASCII
            self.high.push(byte);
        } else if byte.is_ascii() {
            self.flush();
            self.text.push(char::from(byte));
        } else {
            self.high.push(byte);
        }
    }

    fn page_is_wide(&self) -> bool {
        !self.state.page.is_single_byte()
    }

    fn control(&mut self, word: &str, number: Option<i32>) {
        if word == "'" {
            let byte = number.filter(|_| self.is_seen() && self.skip == 0);
            self.high.extend(byte.map(|byte| byte as u8));
            self.skip = self.skip.saturating_sub(1);
            return;
        }
        self.flush();
        let is_on = number != Some(0);
        match word {
            "ansicpg" => {
                self.page = code_page(number).unwrap_or(self.page);
                self.state.page = self.page;
            }
            "fonttbl" => (self.state.in_fonts, self.state.is_unseen) = (true, true),
            "f" if self.state.in_fonts => self.font = number.unwrap_or(0),
            "fcharset" if self.state.in_fonts => {
                self.fonts.extend(charset(number.unwrap_or(0)).map(|page| (self.font, page)));
            }
            "cpg" if self.state.in_fonts => self.fonts.extend(code_page(number).map(|page| (self.font, page))),
            "f" => self.state.page = number.and_then(|font| self.fonts.get(&font)).copied().unwrap_or(self.page),
            "uc" => self.state.substitutes = number.map_or(1, |number| number.clamp(0, 8) as usize),
            "v" => self.state.is_hidden = is_on,
            "deleted" => self.state.is_deleted = is_on,
            "plain" => (self.state.is_hidden, self.state.is_deleted) = (false, false),
            word if word == "*" || UNSEEN.contains(&word) => self.state.is_unseen = true,
            _ => {}
        }
        if self.is_seen() {
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
            "bullet" => self.text.push('•'),
            "~" => self.text.push('\u{a0}'),
            // a hyphen at which no line ends; that at which one may, `\-`, is none
            "_" => self.text.push('-'),
            "\\" | "{" | "}" => self.text.push_str(word),
            "u" => {
                self.unit(number.unwrap_or(0).rem_euclid(65_536) as u16);
                self.skip = self.state.substitutes;
            }
            _ => {}
        }
    }

    /// A unit of UTF-16: a letter, or half of one.
    fn unit(&mut self, unit: u16) {
        let half = self.half.take();
        if (0xd800..0xdc00).contains(&unit) {
            self.half = Some(unit);
            return;
        }
        let units = half.into_iter().chain([unit]);
        self.text.extend(char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)));
    }
}

fn code_page(number: Option<i32>) -> Option<&'static Encoding> {
    crate::text::encoding::by_name(&format!("cp{}", number?))
}

/// The code page of a font's character set; none for that of the document, and for one of signs.
fn charset(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        77 => encoding_rs::MACINTOSH,
        128 => encoding_rs::SHIFT_JIS,
        129 => encoding_rs::EUC_KR,
        134 => encoding_rs::GBK,
        136 => encoding_rs::BIG5,
        161 => encoding_rs::WINDOWS_1253,
        162 => encoding_rs::WINDOWS_1254,
        163 => encoding_rs::WINDOWS_1258,
        177 => encoding_rs::WINDOWS_1255,
        178 => encoding_rs::WINDOWS_1256,
        186 => encoding_rs::WINDOWS_1257,
        204 => encoding_rs::WINDOWS_1251,
        222 => encoding_rs::WINDOWS_874,
        238 => encoding_rs::WINDOWS_1250,
        _ => return None,
    })
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
