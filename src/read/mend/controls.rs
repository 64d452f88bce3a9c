//! Control characters that programs for setting text leave inside words.
//!
//! In: a text. Out: the words as they were meant, with their places.
//! Invariant: a sign that shows where a word may be parted is no part of the word; all other signs stay.
//! It deliberately knows three: the optional and the fixed hyphen of Word, and the soft hyphen of texts that were taken out of PDF files.

use crate::read::places::{Assembly, newlines};

/// The text without them; `None` where it has none.
pub(crate) fn without(source: &str) -> Option<Assembly> {
    const OPTIONAL: [u8; 2] = [0x1f, 0x02];
    const FIXED: u8 = 0x1e;
    memchr::memchr3(OPTIONAL[0], OPTIONAL[1], FIXED, source.as_bytes())?;
    let mut out = Assembly::default();
    let (mut at, mut line) = (0, 1);
    for next in memchr::memchr3_iter(OPTIONAL[0], OPTIONAL[1], FIXED, source.as_bytes()) {
        out.verbatim(&source[at..next], at, line, 0);
        line += newlines(&source[at..next]);
        let meant = if source.as_bytes()[next] == FIXED { "-" } else { "" };
        out.replaced(meant, next, 1, line, 0);
        at = next + 1;
    }
    out.verbatim(&source[at..], at, line, 0);
    Some(out)
}
