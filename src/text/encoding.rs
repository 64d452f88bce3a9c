//! Which encoding bytes were saved in.
//!
//! In: bytes that are no UTF-8, or a label that a person gave. Out: an encoding.
//! Invariant: a label that is known settles it; what is guessed depends on the bytes alone.
//! It deliberately decodes nothing, and knows neither lexicons nor articles: both ask here.

use chardetng::EncodingDetector;
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, ISO_2022_JP, SHIFT_JIS, UTF_8, WINDOWS_1252, WINDOWS_1254,
};

/// The encoding with this label (`windows-1251`, `latin1`, `cp1251`, `utf-8`), whatever its case.
pub fn labelled(label: &str) -> Option<&'static Encoding> {
    let label = label.trim();
    let digits = label.trim_start_matches(|c: char| !c.is_ascii_digit());
    let named = Encoding::for_label(label.as_bytes());
    // Excel and Python say cp1251, R says CP1251 or 1251
    named.or_else(|| Encoding::for_label(format!("windows-{digits}").as_bytes()).filter(|_| digits.len() == 4))
}

/// The likeliest encoding of bytes that are not UTF-8.
pub fn guess(bytes: &[u8]) -> &'static Encoding {
    /// Lines with bytes beyond ASCII that are looked at.
    const LINES: usize = 4_000;
    /// Bytes beyond ASCII below which no encoding of East Asia is believed: a few odd bytes of a western file look like one.
    const FEWEST: usize = 12;
    let mut detector = EncodingDetector::new();
    let odd = bytes.split_inclusive(|&byte| byte == b'\n' || byte == b'\r').filter(|line| !line.is_ascii());
    let mut high = 0;
    for line in odd.take(LINES) {
        high += line.iter().filter(|byte| !byte.is_ascii()).count();
        detector.feed(line, false);
    }
    detector.feed(b"", true);
    let guessed = detector.guess(None, false);
    let eastern = [BIG5, EUC_JP, EUC_KR, GBK, GB18030, ISO_2022_JP, SHIFT_JIS].contains(&guessed);
    // Turkish differs from western text in six letters: where none of them is there, the commoner name is given
    let turkish = |byte: &u8| matches!(byte, 0xd0 | 0xdd | 0xde | 0xf0 | 0xfd | 0xfe);
    if eastern && high < FEWEST || guessed == UTF_8 || guessed == WINDOWS_1254 && !bytes.iter().any(turkish) {
        WINDOWS_1252
    } else {
        guessed
    }
}
