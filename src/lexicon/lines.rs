//! Lines of a file, whatever ends them.
//!
//! In: text. Out: numbered lines without their ends.
//! Invariant: `\n`, `\r\n` and a lone `\r` each end a line; numbers count from 1.
//! It deliberately does not trim.

/// The lines of a text with their numbers.
pub(super) fn numbered(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let mut rest = Some(text);
    let mut line = 0;
    std::iter::from_fn(move || {
        let text = rest.filter(|text| !text.is_empty())?;
        line += 1;
        match text.find(['\n', '\r']) {
            Some(end) => {
                let skip = if text[end..].starts_with("\r\n") { 2 } else { 1 };
                rest = Some(&text[end + skip..]);
                Some((line, &text[..end]))
            }
            None => {
                rest = None;
                Some((line, text))
            }
        }
    })
}

/// How many there are.
pub(super) fn count(text: &str) -> usize {
    numbered(text).count()
}
