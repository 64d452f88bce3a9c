//! What a program wrote for signs that it could not or would not write: `\n`, `it\'s`, `\u2019`, `\xe2\x80\x99`, and the brackets of a list.
//!
//! In: a cell or a file as text. Out: the signs that were meant, with their places.
//! Invariant: a backslash stays where a path has one (`C:\new`), and where nothing that it could mean follows.
//! It deliberately knows the marks of Python, JSON, PHP and SQL alone.

use crate::read::places::{Assembly, newlines};

/// The text as it was meant; `None` where nothing is escaped.
pub(crate) fn without(source: &str) -> Option<Assembly> {
    let list = list(source);
    if list.is_none() && memchr::memchr(b'\\', source.as_bytes()).is_none() {
        return None;
    }
    let (outer, end) = list.map_or((0..0, source.len()), |(start, end)| (0..start, end));
    let mut out = Assembly::default();
    let (mut at, mut line, mut changed) = (outer.end, 1, outer.end > 0);
    let mut from = at;
    while from < end {
        let is_list = list.is_some();
        let Some(next) = memchr::memchr3(b'\\', b'\'', b'"', &source.as_bytes()[from..end]).map(|next| from + next)
        else {
            break;
        };
        let found = match source.as_bytes()[next] {
            b'\\' => escape(&source[..end], next),
            _ if is_list => comma(&source[..end], next).map(|len| ("\n\n".to_string(), len)),
            _ => None,
        };
        let Some((meant, len)) = found else {
            from = next + 1;
            continue;
        };
        out.verbatim(&source[at..next], at, line, 0);
        line += newlines(&source[at..next]);
        out.replaced(&meant, next, len, line, 0);
        (at, from, changed) = (next + len, next + len, true);
    }
    out.verbatim(&source[at..end], at, line, 0);
    changed.then_some(out)
}

/// Where the words of `['one', 'two']` or `b'one'` begin and end.
fn list(source: &str) -> Option<(usize, usize)> {
    let text = source.trim();
    let start = source.len() - source.trim_start().len();
    let opens = ["['", "[\"", "b'", "b\""].iter().find(|opens| text.starts_with(**opens))?;
    let quote = if text.starts_with('[') { ["']", "\"]"].as_slice() } else { &[&opens[1..]] };
    let closes = quote.iter().find(|closes| text.len() > opens.len() && text.ends_with(**closes))?;
    Some((start + opens.len(), start + text.len() - closes.len()))
}

/// The bytes of `', '` between two texts of a list.
fn comma(source: &str, at: usize) -> Option<usize> {
    let rest = &source[at + 1..];
    let after = rest.strip_prefix(',')?.trim_start();
    after.starts_with(['\'', '"']).then(|| rest.len() - after.len() + 2)
}

/// What an escape stands for, and its bytes.
fn escape(source: &str, at: usize) -> Option<(String, usize)> {
    let rest = &source[at + 1..];
    let sign = rest.chars().next()?;
    let before = source[..at].chars().next_back();
    match sign {
        '\'' | '/' => {
            let inside = before.is_some_and(char::is_alphanumeric) && rest[1..].starts_with(char::is_alphanumeric);
            inside.then(|| (sign.to_string(), 2))
        }
        'u' => unit(rest).map(|(c, len)| (c.to_string(), len + 1)),
        'x' => bytes(&source[at..]),
        'n' | 'r' | 't' => {
            let after = rest[1..].chars().next();
            let begins = before.is_none_or(|c| !c.is_alphanumeric() && c != ':') || source[..at].ends_with("\\n");
            let ends = after
                .is_none_or(|c| c.is_uppercase() || c.is_whitespace() || matches!(c, '\\' | '"' | '“' | '«' | '—'));
            let meant = if sign == 't' { "\t" } else { "\n" };
            (begins || ends && before != Some(':')).then(|| (meant.to_string(), 2))
        }
        _ => None,
    }
}

/// `u2019`, or two of them for a sign beyond the first plane.
fn unit(rest: &str) -> Option<(char, usize)> {
    let number = |text: &str| u16::from_str_radix(text.strip_prefix('u')?.get(..4)?, 16).ok();
    let first = number(rest)?;
    if !(0xd800..0xdc00).contains(&first) {
        return char::from_u32(u32::from(first)).map(|c| (c, 5));
    }
    let second = number(rest.get(5..)?.strip_prefix('\\')?)?;
    char::decode_utf16([first, second]).next()?.ok().map(|c| (c, 11))
}

/// `\xe2\x80\x99`: the bytes of one sign in UTF-8.
fn bytes(source: &str) -> Option<(String, usize)> {
    let byte = |i: usize| u8::from_str_radix(source.get(i * 4..)?.strip_prefix("\\x")?.get(..2)?, 16).ok();
    let mut found = Vec::new();
    for i in 0..4 {
        found.push(byte(i)?);
        if let Ok(text) = std::str::from_utf8(&found) {
            return Some((text.to_string(), (i + 1) * 4));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn escapes_are_what_they_stand_for_and_paths_stay() {
        for (source, meant) in [
            (r"Gunmen came.\n\nThey left.\tCoup.", "Gunmen came.\n\nThey left.\tCoup."),
            (r"It\'s a \u201ccoup\u201d \ud83d\ude00", "It's a “coup” 😀"),
            (r"b'It\xe2\x80\x99s calm'", "It’s calm"),
            (r#"['Gunmen came.', "They 'left'."]"#, "Gunmen came.\n\nThey 'left'."),
            (r"end\nNext", "end\nNext"),
        ] {
            assert_eq!(without(source).map(|out| out.text).as_deref(), Some(meant), "{source}");
        }
        for source in [r"C:\new\table", r"a\b \unknown \x", "[1] 'said' he", "plain", r"notes\names"] {
            assert_eq!(without(source).map(|out| out.text), None, "{source}");
        }
    }
}
