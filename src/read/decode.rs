//! From the bytes of a text to the text.
//!
//! In: bytes in any encoding, and the one that the user tells, if any. Out: UTF-8, and what gave the encoding away.
//! Invariant: text that is UTF-8 comes out byte for byte, without its byte-order mark; what is guessed is told.
//! It deliberately weighs no code pages itself: [`crate::text::encoding`] does, for lexicons too.

use super::places::{Assembly, Piece, newlines};
use crate::text::encoding;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How text is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Charset {
    /// UTF-8; single cells or lines of a file may be something else.
    Utf8 { mark: bool },
    /// UTF-16, little end first.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
    /// All of it in another encoding.
    Other(&'static Encoding),
}

impl Charset {
    /// What turns it into UTF-8; `None` where it is that.
    pub(crate) fn encoding(self) -> Option<&'static Encoding> {
        match self {
            Charset::Utf8 { .. } => None,
            Charset::Utf16Le => Some(UTF_16LE),
            Charset::Utf16Be => Some(UTF_16BE),
            Charset::Other(encoding) => Some(encoding),
        }
    }
}

/// Tells the encoding from the first bytes; a byte-order mark is believed before the user.
pub(crate) fn charset(head: &[u8], declared: Option<&'static Encoding>) -> Charset {
    match head {
        [0xef, 0xbb, 0xbf, ..] => return Charset::Utf8 { mark: true },
        [0xff, 0xfe, ..] => return Charset::Utf16Le,
        [0xfe, 0xff, ..] => return Charset::Utf16Be,
        _ => {}
    }
    // what is declared holds for files that need it: text beyond ASCII that reads as UTF-8 is UTF-8
    let is_utf8 = |bytes: &[u8]| std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true);
    let declared = declared.filter(|_| head.is_ascii() || !is_utf8(head));
    match declared {
        Some(encoding) if encoding == UTF_8 => return Charset::Utf8 { mark: false },
        Some(encoding) => return Charset::Other(encoding),
        None => {}
    }
    if memchr::memchr(0, head).is_some()
        && let Some(utf16) = utf16_without_mark(&head[..head.len().min(4096)])
    {
        return utf16;
    }
    match std::str::from_utf8(head) {
        // a head may end inside a character
        Err(error) if error.error_len().is_some() && !is_mostly_utf8(head) => Charset::Other(encoding::guess(head)),
        _ => Charset::Utf8 { mark: false },
    }
}

/// Latin text in UTF-16 has a zero in every second byte; Cyrillic at least at spaces and line ends.
fn utf16_without_mark(head: &[u8]) -> Option<Charset> {
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let clear = |many: usize, few: usize| many * 24 >= head.len() && few * 20 <= many;
    if clear(odd, even) && !looks_binary_at(head, 0) {
        Some(Charset::Utf16Le)
    } else if clear(even, odd) && !looks_binary_at(head, 1) {
        Some(Charset::Utf16Be)
    } else {
        None
    }
}

/// True where characters of several bytes are far more than bytes that are none: UTF-8 with damage, not another encoding.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 4
}

/// True where the low bytes of supposed UTF-16 hold control characters.
fn looks_binary_at(head: &[u8], low: usize) -> bool {
    let controls = head.chunks_exact(2).filter(|unit| unit[1 - low] == 0 && is_control(unit[low])).count();
    controls * 50 > head.len()
}

fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1a | 0x1b)
}

/// True where these are no words: many zero bytes outside UTF-16, or one control character in ten. A few zeros are damage.
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    /// So many are damage in the shortest text.
    const FEW: usize = 2;
    if matches!(charset(&bytes[..bytes.len().min(4096)], None), Charset::Utf16Le | Charset::Utf16Be) {
        return false;
    }
    let head = &bytes[..bytes.len().min(64 * 1024)];
    // a disk that failed leaves zeros at the end
    let end = head.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
    let head = if end * 2 > head.len() { &head[..end] } else { head };
    let zeros = memchr::memchr_iter(0, head).count();
    let controls = head[..head.len().min(4096)].iter().filter(|&&b| is_control(b)).count();
    zeros > FEW && zeros * 50 > head.len() || controls * 10 > head.len().min(4096)
}

/// A file as text.
pub(crate) struct Decoded {
    pub text: String,
    pub charset: Charset,
    /// The first byte that is not UTF-8, where there is one.
    pub invalid: Option<InvalidByte>,
    /// NUL bytes that were left out.
    pub nuls: u64,
    /// Where the text stands in the decoded file, where NUL bytes were left out.
    pub pieces: Vec<Piece>,
}

impl Decoded {
    /// Bytes of the file before the text, in a file whose bytes were kept.
    pub(crate) fn mark_bytes(&self) -> u32 {
        if self.charset == (Charset::Utf8 { mark: true }) { 3 } else { 0 }
    }
}

/// A byte that is not UTF-8, and what it was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct InvalidByte {
    pub byte: u8,
    pub line: u32,
    pub column: u32,
    pub encoding: &'static Encoding,
}

/// Decodes a whole file; `None` where it is binary.
pub(crate) fn decode(bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Option<Decoded> {
    let charset = charset(&bytes, declared);
    if charset.encoding().is_none_or(|encoding| ![UTF_16LE, UTF_16BE].contains(&encoding)) && is_binary(&bytes) {
        return None;
    }
    let mut invalid = None;
    let text = match charset.encoding() {
        Some(encoding) => {
            invalid = if declared.is_none() { invalid_byte(&bytes, encoding) } else { None };
            encoding.decode_with_bom_removal(&bytes).0.into_owned()
        }
        None => match String::from_utf8(bytes) {
            Ok(mut text) => {
                if text.starts_with('\u{feff}') {
                    text.drain(..3);
                }
                text
            }
            Err(error) => {
                invalid = invalid_byte(error.as_bytes(), WINDOWS_1252);
                piecewise(error.as_bytes()).trim_start_matches('\u{feff}').to_string()
            }
        },
    };
    let invalid = invalid.filter(|_| !matches!(charset, Charset::Utf16Le | Charset::Utf16Be));
    let nuls = memchr::memchr_iter(0, text.as_bytes()).count() as u64;
    let mut decoded = Decoded { text, charset, invalid, nuls, pieces: Vec::new() };
    if nuls > 0 {
        let without = without_nul(&decoded.text);
        (decoded.text, decoded.pieces) = (without.text, without.pieces);
    }
    Some(decoded)
}

fn without_nul(text: &str) -> Assembly {
    let mut out = Assembly::default();
    let (mut at, mut line) = (0, 1);
    for part in text.split('\0') {
        out.verbatim(part, at, line, 0);
        line += newlines(part);
        at += part.len() + 1;
    }
    out
}

/// UTF-8 with damage: the odd bytes alone are read as windows-1252.
fn piecewise(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    text
}

/// The head of a table as UTF-8.
pub(crate) fn as_utf8(head: &super::source::Head) -> Vec<u8> {
    match head.charset.encoding() {
        Some(encoding) => encoding.decode_with_bom_removal(&head.bytes).0.into_owned().into_bytes(),
        None => head.bytes.clone(),
    }
}

/// The text of a whole file that is to be converted.
pub(crate) fn text_of(bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Result<String, String> {
    Ok(decode(bytes, declared).ok_or("binary")?.text)
}

/// Decodes one cell of a table.
pub(crate) fn decode_cell(bytes: &[u8]) -> (String, Option<InvalidByte>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_string(), None),
        Err(_) if is_mostly_utf8(bytes) => (piecewise(bytes), invalid_byte(bytes, WINDOWS_1252)),
        Err(_) => {
            let encoding = encoding::guess(bytes);
            (encoding.decode_without_bom_handling(bytes).0.into_owned(), invalid_byte(bytes, encoding))
        }
    }
}

/// Finds the first byte that is not UTF-8.
pub(crate) fn invalid_byte(bytes: &[u8], encoding: &'static Encoding) -> Option<InvalidByte> {
    let error = std::str::from_utf8(bytes).err()?;
    let at = error.valid_up_to();
    let before = &bytes[..at];
    let line_start = memchr::memrchr2(b'\n', b'\r', before).map_or(0, |i| i + 1);
    let line = crate::text::Lines::of(&String::from_utf8_lossy(before)).line(at as u32);
    let column = String::from_utf8_lossy(&before[line_start..]).chars().count() as u32 + 1;
    Some(InvalidByte { byte: bytes[at], line, column, encoding })
}
