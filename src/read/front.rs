//! Front matter: `key: value` lines between two `---` lines at the top of a text.
//!
//! In: a text. Out: the keys and values, and where the text proper begins.
//! Invariant: what is no clean front matter is text, whole.
//! It deliberately is not YAML: a list or a nested value is kept as the words that are written.

use super::columns::is_known_name;

/// Keys and values, in the order of the file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Front {
    pub fields: Vec<(String, String)>,
    /// Bytes before the text proper.
    pub bytes: usize,
    /// Lines before the text proper.
    pub lines: u32,
    /// Where the value of each field stands: first byte and line.
    pub places: Vec<(usize, u32)>,
}

impl Front {
    /// True where no key is one that articles have, and a value is a sentence: a box of the text between two lines.
    fn is_prose(&self) -> bool {
        let is_sentence = |value: &str| value.ends_with(['.', '!', '?']) && value.split_whitespace().count() > 3;
        !self.fields.iter().any(|(key, _)| is_known_name(key))
            && self.fields.iter().any(|(_, value)| is_sentence(value))
    }
}

/// What the top of a text is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Top {
    /// The text begins at once.
    Text,
    /// Front matter.
    Front(Front),
    /// It opens and closes like front matter, but this line is no `key: value`.
    Odd { line: u32 },
}

/// The longest front matter.
const MAX_FRONT_BYTES: usize = 32 * 1024;

/// Reads the top of a text that has no byte-order mark.
pub(crate) fn top(text: &str) -> Top {
    let mut front = Front::default();
    let mut odd = None;
    let mut closed = false;
    let mut rest = text;
    while let Some((line, after)) = next_line(rest) {
        let full = rest.len() - after.len();
        front.lines += 1;
        front.bytes = text.len() - after.len();
        rest = after;
        let line = line.trim_end();
        if front.lines == 1 {
            if line != "---" {
                return Top::Text;
            }
            continue;
        }
        if line == "---" || line == "..." {
            closed = true;
            break;
        }
        if front.bytes > MAX_FRONT_BYTES {
            break;
        }
        if !take(line, &mut front.fields) {
            odd = odd.or(Some(front.lines));
        }
        if front.places.len() < front.fields.len() {
            let value = front.fields.last().map_or("", |(_, value)| value.as_str());
            let start = text.len() - after.len() - full;
            front.places.push((start + line.rfind(value).unwrap_or(0), front.lines));
        }
    }
    match (closed, odd) {
        (false, _) => Top::Text,
        (true, Some(line)) => Top::Odd { line },
        (true, None) if front.is_prose() => Top::Odd { line: 2 },
        (true, None) => Top::Front(front),
    }
}

/// A line, without its end, and what follows; `\n`, `\r\n` and a lone `\r` each end one.
fn next_line(text: &str) -> Option<(&str, &str)> {
    if text.is_empty() {
        return None;
    }
    let Some(end) = memchr::memchr2(b'\n', b'\r', text.as_bytes()) else { return Some((text, "")) };
    let width = if text[end..].starts_with("\r\n") { 2 } else { 1 };
    Some((&text[..end], &text[end + width..]))
}

/// Takes a line in; false where it is nothing that front matter has.
fn take(line: &str, fields: &mut Vec<(String, String)>) -> bool {
    if line.trim().is_empty() || line.starts_with('#') {
        return true;
    }
    let continues = line.starts_with([' ', '\t']) || line.starts_with("- ");
    if continues {
        let Some((_, value)) = fields.last_mut() else { return false };
        if !value.is_empty() {
            value.push_str(", ");
        }
        value.push_str(unquoted(line.trim().trim_start_matches("- ")));
        return true;
    }
    let Some((key, value)) = line.split_once(':') else { return false };
    let key = key.trim();
    let is_prose = key.split_whitespace().count() > 3 || key.contains(['"', '“', ',', ';', '.', '?', '!', '(']);
    if key.is_empty() || is_prose {
        return false;
    }
    fields.push((key.to_string(), unquoted(value.trim()).to_string()));
    true
}

fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|value| value.strip_suffix(quote)) {
            return inner;
        }
    }
    value
}
