//! Marks in a text that are neither words nor HTML: `<![CDATA[` of feeds, and what content systems write in square brackets.
//!
//! In: a cell or a file as text. Out: the text without them, with its places.
//! Invariant: only a tag in brackets goes: one with an attribute (`[caption id="1"]`), or one that is closed (`[b]…[/b]`). `[sic]` stays.
//! It deliberately keeps what stands between two tags: a caption is read by readers too.

use crate::read::places::{Assembly, newlines};
use std::ops::Range;

/// The longest tag.
const LONGEST: usize = 400;

/// The text without such marks; `None` where it has none.
pub(crate) fn without(source: &str) -> Option<Assembly> {
    let marks = marks(source);
    if marks.is_empty() {
        return None;
    }
    let mut out = Assembly::default();
    let (mut at, mut line) = (0, 1);
    for mark in marks.into_iter().chain(std::iter::once(source.len()..source.len())) {
        out.verbatim(&source[at..mark.start], at, line, 0);
        line += newlines(&source[at..mark.end]);
        at = mark.end;
    }
    Some(out)
}

fn marks(source: &str) -> Vec<Range<usize>> {
    let bytes = source.as_bytes();
    let mut marks = Vec::new();
    let has_cdata = memchr::memmem::find(bytes, b"<![CDATA[").is_some();
    let mut from = 0;
    while let Some(at) = memchr::memchr2(b'[', b']', &bytes[from..]).map(|next| from + next) {
        let mark = match bytes[at] {
            b'[' if has_cdata && source[..at].ends_with("<!") && source[at..].starts_with("[CDATA[") => at - 2..at + 7,
            b']' if has_cdata && source[at..].starts_with("]]>") => at..at + 3,
            b'[' => tag(source, at).unwrap_or(at..at),
            _ => at..at,
        };
        from = mark.end.max(at + 1);
        if !mark.is_empty() {
            marks.push(mark);
        }
    }
    marks
}

/// The tag in brackets that begins here.
fn tag(source: &str, at: usize) -> Option<Range<usize>> {
    let rest = source[at..].strip_prefix('[')?;
    let closes = rest.starts_with('/');
    let rest = rest.trim_start_matches('/');
    let name_len = rest.bytes().take_while(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-')).count();
    let digits = rest[name_len..].bytes().take_while(u8::is_ascii_digit).count();
    let (name, after) = rest.split_at(name_len + digits);
    if name_len == 0 || name_len > 30 {
        return None;
    }
    let end = after.bytes().take(LONGEST).position(|byte| byte == b']')?;
    let inside = &after[..end];
    let whole = at..at + 1 + usize::from(closes) + name.len() + end + 1;
    let has_value = inside.starts_with('=') || inside.starts_with(' ') && is_attribute(inside.trim_start());
    let is_closed = || source[at..].contains(&format!("[/{name}]"));
    let is_tag = match closes {
        true => inside.is_empty() && source[..at].contains(&format!("[{name}")),
        false => has_value || inside.is_empty() && is_closed(),
    };
    is_tag.then_some(whole)
}

/// `id="1"`, `width=300`.
fn is_attribute(text: &str) -> bool {
    let name = text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')).count();
    name > 0 && text[name..].starts_with('=')
}
