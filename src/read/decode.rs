//! From the bytes of a text to the text.
//!
//! In: bytes in UTF-8, UTF-16 or windows-1252. Out: UTF-8, and what gave the encoding away.
//! Invariant: text that is UTF-8 comes out byte for byte, without its byte-order mark; nothing is ever dropped.
//! It deliberately does not tell one 8-bit code page from another: it says when windows-1252 looks wrong.

/// How text is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Charset {
    Utf8 {
        mark: bool,
    },
    Utf16Le,
    Utf16Be,
    /// Not UTF-8 as far as seen, or binary.
    Other,
}

/// Tells the encoding from the first bytes.
pub(crate) fn charset(head: &[u8]) -> Charset {
    match head {
        [0xef, 0xbb, 0xbf, ..] => return Charset::Utf8 { mark: true },
        [0xff, 0xfe, ..] => return Charset::Utf16Le,
        [0xfe, 0xff, ..] => return Charset::Utf16Be,
        _ => {}
    }
    let head = &head[..head.len().min(4096)];
    if memchr::memchr(0, head).is_none() {
        // A head may end inside a character.
        return match std::str::from_utf8(head) {
            Err(error) if error.error_len().is_some() => Charset::Other,
            _ => Charset::Utf8 { mark: false },
        };
    }
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // Latin text in UTF-16 has a zero in every second byte; Cyrillic at least at spaces and line ends.
    let clear = |many: usize, few: usize| many * 24 >= head.len() && few * 20 <= many;
    if clear(odd, even) && !looks_binary_at(head, 0) {
        Charset::Utf16Le
    } else if clear(even, odd) && !looks_binary_at(head, 1) {
        Charset::Utf16Be
    } else {
        Charset::Other
    }
}

/// True where the low bytes of supposed UTF-16 hold control characters.
fn looks_binary_at(head: &[u8], low: usize) -> bool {
    let controls = head.chunks_exact(2).filter(|unit| unit[1 - low] == 0 && is_control(unit[low])).count();
    controls * 50 > head.len()
}

fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1a | 0x1b)
}

/// True where these are no words: zero bytes outside UTF-16, or one control character in ten.
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    if matches!(charset(bytes), Charset::Utf16Le | Charset::Utf16Be) {
        return false;
    }
    let head = &bytes[..bytes.len().min(4096)];
    memchr::memchr(0, bytes).is_some()
        || bytes.starts_with(b"%PDF-")
        || head.iter().filter(|&&b| is_control(b)).count() * 10 > head.len()
}

/// A text, decoded.
pub(crate) struct Decoded {
    /// Without its byte-order mark.
    pub text: String,
    /// How it was written.
    pub charset: Charset,
    /// The first byte that is not UTF-8, where there is one.
    pub odd: Option<Odd>,
}

impl Decoded {
    /// Bytes of the file before the text, in a file whose bytes were kept.
    pub(crate) fn mark_bytes(&self) -> u32 {
        if self.charset == (Charset::Utf8 { mark: true }) { 3 } else { 0 }
    }
}

/// A byte that is not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Odd {
    pub byte: u8,
    pub line: u32,
    pub column: u32,
    /// True where most letters lie outside ASCII, which windows-1252 text never has.
    pub doubtful: bool,
}

/// Decodes a whole file; `None` where it is binary.
pub(crate) fn decode(bytes: Vec<u8>) -> Option<Decoded> {
    let charset = charset(&bytes);
    let utf16 = |encoding: &'static encoding_rs::Encoding| {
        let (text, _) = encoding.decode_with_bom_removal(&bytes);
        Some(Decoded { text: text.into_owned(), charset, odd: None })
    };
    match charset {
        Charset::Utf16Le => return utf16(encoding_rs::UTF_16LE),
        Charset::Utf16Be => return utf16(encoding_rs::UTF_16BE),
        Charset::Utf8 { .. } | Charset::Other => {}
    }
    if is_binary(&bytes) {
        return None;
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            let mark = text.starts_with('\u{feff}');
            if mark {
                text.drain(..3);
            }
            Some(Decoded { text, charset: Charset::Utf8 { mark }, odd: None })
        }
        Err(error) => {
            let odd = odd_byte(error.as_bytes());
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(error.as_bytes());
            Some(Decoded { text: text.into_owned(), charset: Charset::Other, odd })
        }
    }
}

/// The head of a table that may be UTF-16, as UTF-8.
pub(crate) fn as_utf8(head: &[u8]) -> Vec<u8> {
    let encoding = match charset(head) {
        Charset::Utf16Le => encoding_rs::UTF_16LE,
        Charset::Utf16Be => encoding_rs::UTF_16BE,
        Charset::Utf8 { .. } | Charset::Other => return head.to_vec(),
    };
    encoding.decode_with_bom_removal(head).0.into_owned().into_bytes()
}

/// Decodes one cell of a table.
pub(crate) fn decode_cell(bytes: &[u8]) -> (String, Option<Odd>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_string(), None),
        Err(_) => {
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
            (text.into_owned(), odd_byte(bytes))
        }
    }
}

/// Finds the first byte that is not UTF-8.
fn odd_byte(bytes: &[u8]) -> Option<Odd> {
    let at = std::str::from_utf8(bytes).err()?.valid_up_to();
    let before = &bytes[..at];
    let line_start = memchr::memrchr2(b'\n', b'\r', before).map_or(0, |i| i + 1);
    let line = crate::text::Lines::of(&String::from_utf8_lossy(before)).line(at as u32);
    let column = String::from_utf8_lossy(&before[line_start..]).chars().count() as u32 + 1;
    let letters = bytes.iter().filter(|b| b.is_ascii_alphabetic()).count();
    let high = bytes.iter().filter(|&&b| b >= 0xc0).count();
    Some(Odd { byte: bytes[at], line, column, doubtful: high > letters && high > 8 })
}
