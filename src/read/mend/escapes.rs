//! What a program wrote for signs that it could not or would not write: `\n`, `it\'s`, `\u2019`, `\xe2\x80\x99`, and the brackets of a list.
//!
//! In: a cell or a file as text. Out: the signs that were meant, with their places.
//! Invariant: a backslash stays where a path has one (`C:\new`), and where nothing that it could mean follows.
//! It deliberately knows the marks of Python, JSON, PHP, SQL and R alone.

use crate::read::places::{Assembly, newlines};

/// The text as it was meant; `None` where nothing is escaped.
pub(crate) fn without(source: &str) -> Option<Assembly> {
    let list = list(source);
    let bytes = source.as_bytes();
    let has_escapes = || memchr::memchr(b'\\', bytes).is_some() || memchr::memmem::find(bytes, b"<U+").is_some();
    if list.is_none() && !has_escapes() && !has_bytes_of_r(bytes) {
        return None;
    }
    let (outer, end) = list.map_or((0..0, source.len()), |(start, end)| (0..start, end));
    let mut out = Assembly::default();
    let (mut at, mut line, mut changed) = (outer.end, 1, outer.end > 0);
    let mut from = at;
    while from < end {
        let is_list = list.is_some();
        let rest = &bytes[from..end];
        let next = match is_list {
            true => rest.iter().position(|byte| b"\\<'\"".contains(byte)),
            false => memchr::memchr2(b'\\', b'<', rest),
        };
        let Some(next) = next.map(|next| from + next) else { break };
        let found = match bytes[next] {
            b'\\' => escape(&source[..end], next),
            b'<' => of_r(&source[next..end]),
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
        'r' if rest[1..].starts_with("\\n") && before != Some(':') => Some(("\n".to_string(), 4)),
        'n' | 'r' | 't' if is_command(rest) => None,
        'n' | 'r' | 't' => {
            let after = rest[1..].chars().next();
            let follows = source[..at].ends_with("\\n");
            let begins = before.is_none_or(|c| !c.is_alphanumeric() && c != ':') || follows;
            let begins = begins || sign == 'n' && is_line_end(source, at);
            let ends = after
                .is_none_or(|c| c.is_uppercase() || c.is_whitespace() || matches!(c, '\\' | '"' | '“' | '«' | '—'));
            let meant = if sign == 't' { "\t" } else { "\n" };
            (begins || ends && before != Some(':')).then(|| (meant.to_string(), 2))
        }
        _ => None,
    }
}

/// `\theta`, `\nabla`: a command of LaTeX.
fn is_command(rest: &str) -> bool {
    const COMMANDS: &[&str] = &[
        "nabla",
        "ne",
        "neg",
        "neq",
        "newcommand",
        "newline",
        "noindent",
        "not",
        "notin",
        "nu",
        "rangle",
        "rho",
        "right",
        "rightarrow",
        "tan",
        "tau",
        "text",
        "textbf",
        "textit",
        "texttt",
        "theta",
        "tilde",
        "times",
        "to",
        "top",
        "triangle",
    ];
    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    // words of a sentence begin so too: `\nuclear`, but also `\not`
    COMMANDS.contains(&&rest[..end]) && !matches!(&rest[..end], "ne" | "not" | "right" | "text" | "to" | "top")
        || rest[end..].starts_with('{') && COMMANDS.contains(&&rest[..end])
}

/// `<U+041F>`, and `<e2><80><99>` for the bytes of one sign, as R writes what the code page of the system lacks.
fn of_r(source: &str) -> Option<(String, usize)> {
    if let Some(rest) = source.strip_prefix("<U+") {
        let (number, _) = rest.split_once('>').filter(|(number, _)| (4..=8).contains(&number.len()))?;
        let sign = char::from_u32(u32::from_str_radix(number, 16).ok()?)?;
        return Some((sign.to_string(), number.len() + 4));
    }
    let byte = |i: usize| {
        let inner = source.get(i * 4..i * 4 + 4)?.strip_prefix('<')?.strip_suffix('>')?;
        let is_written = inner.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        is_written.then(|| u8::from_str_radix(inner, 16).ok()).flatten()
    };
    let mut found = vec![byte(0).filter(|first| *first >= 0xc2)?];
    for i in 1..4 {
        found.push(byte(i)?);
        if let Ok(text) = std::str::from_utf8(&found) {
            return Some((text.to_string(), (i + 1) * 4));
        }
    }
    None
}

/// Two written bytes, one behind the other.
fn has_bytes_of_r(source: &[u8]) -> bool {
    let mut at = memchr::memmem::find_iter(source, b"><");
    at.any(|at| {
        at >= 3 && source[at - 3] == b'<' && source.get(at + 4) == Some(&b'>') && source[at - 2].is_ascii_hexdigit()
    })
}

/// True where a written line end stands between two words of a sentence: in `coup\nterrorist`, but not in `C:\new` and not in a path
/// that stands alone.
fn is_line_end(source: &str, at: usize) -> bool {
    let space = source[..at].char_indices().rfind(|(_, c)| c.is_whitespace());
    let from = space.map_or(0, |(space, c)| space + c.len_utf8());
    let to = source[at..].find(char::is_whitespace).map_or(source.len(), |space| at + space);
    let word = &source[from..to];
    let is_escape = |i: usize| word[i + 1..].starts_with(['n', 'r', '"', '\'']);
    let is_path = word.starts_with('\\') && !is_escape(0) || word.contains(":\\") || word.contains(['/', '%']);
    // `DOMAIN\name`, `Documents\notes.txt`
    let before = &source[from..at];
    let is_domain = before.chars().filter(|c| c.is_uppercase()).count() > 1 && !before.contains(char::is_lowercase);
    let is_file = word
        .rsplit_once('.')
        .is_some_and(|(_, end)| (2..=4).contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_lowercase()));
    let is_path = is_path || is_domain || is_file || before.contains('_');
    let is_alone = from == 0 && to == source.len();
    !is_alone && !is_path && word.match_indices('\\').all(|(i, _)| is_escape(i))
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
