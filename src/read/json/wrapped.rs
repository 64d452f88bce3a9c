//! JSON inside something else: a script that gives it a name (`window.YTD.tweets.part0 = […]`) or calls with it (`callback([…])`), comments,
//! a string of JSON, the signs of RFC 7464.
//!
//! In: the bytes of a file. Out: the JSON that is in it.
//! Invariant: nothing inside a string is touched; what stands behind the JSON is told.
//! It deliberately runs no script: what is no JSON is refused by those who read it.

use super::orientation;
use crate::read::convert::Converted;
use crate::read::decode::text_of;
use serde_json::Value;

/// The sign before each object in a sequence of RFC 7464.
const RECORD: char = '\u{1e}';

/// True for the head of such a file.
pub(crate) fn is_one(head: &str) -> bool {
    /// A comment and a name are no longer.
    const LOOKED_AT: usize = 4096;
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let head = &head[..head.floor_char_boundary(LOOKED_AT)];
    match head.chars().next() {
        Some(RECORD) => opens(head.trim_start_matches(RECORD).trim_start()),
        Some('"') => is_string_of_json(head),
        // JSON as it is, and what is no script
        Some('{' | '[' | '<') | None => false,
        Some(_) => start(&without_comments(head)).is_some_and(|(_, is_inside)| is_inside || head.starts_with('/')),
    }
}

/// True where JSON begins that may hold articles.
fn opens(text: &str) -> bool {
    let after = |open: char| text.strip_prefix(open).map(str::trim_start);
    after('{').is_some_and(|rest| rest.starts_with(['"', '}']))
        || after('[').is_some_and(|rest| rest.starts_with(['{', ']']))
}

/// `"[{\"text\": …`
fn is_string_of_json(head: &str) -> bool {
    fn blank(text: &str) -> &str {
        let mut rest = text.trim_start();
        while let Some(behind) = ["\\n", "\\r", "\\t"].iter().find_map(|sign| rest.strip_prefix(sign)) {
            rest = behind.trim_start();
        }
        rest
    }
    let rest = blank(&head[1..]);
    let object = rest.strip_prefix('[').map_or(rest, blank);
    object.strip_prefix('{').is_some_and(|inside| blank(inside).starts_with("\\\""))
}

/// Where the JSON of a script begins, and whether something stands before it; comments are taken out before.
fn start(script: &str) -> Option<(usize, bool)> {
    /// A name is no longer.
    const LONGEST: usize = 200;
    let from = script.len() - script.trim_start().len();
    if opens(&script[from..]) {
        return Some((from, false));
    }
    let name =
        script[from..].char_indices().take(LONGEST).find_map(|(i, c)| matches!(c, '=' | '(').then_some(from + i))?;
    // an index belongs to a name: `part["0"] =`
    let before = script[from..name].trim_end();
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_$.[]\"' ".contains(c);
    let words = before.split_whitespace().count();
    let is_script =
        before.chars().all(is_name) && before.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || c == '$');
    if !is_script || words > 2 || words == 2 && !["var ", "let ", "const "].iter().any(|word| before.starts_with(word))
    {
        return None;
    }
    let behind = &script[name + 1..];
    let at = name + 1 + (behind.len() - behind.trim_start().len());
    opens(&script[at..]).then_some((at, true))
}

/// `text` with its comments as spaces, so that lines stay.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut quoted, mut escaped, mut rest) = (false, false, text);
    while let Some(c) = rest.chars().next() {
        let end = match quoted {
            false if rest.starts_with("//") => rest.find('\n').or(Some(rest.len())),
            false if rest.starts_with("/*") => rest.find("*/").map(|at| at + 2).or(Some(rest.len())),
            _ => None,
        };
        if let Some(end) = end {
            out.extend(rest[..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
            rest = &rest[end..];
            continue;
        }
        quoted ^= c == '"' && !escaped;
        escaped = quoted && c == '\\' && !escaped;
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// Where the value ends that begins a text.
fn end(json: &str) -> usize {
    let (mut depth, mut quoted, mut escaped) = (0usize, false, false);
    for (at, byte) in json.bytes().enumerate() {
        match byte {
            b'"' if !escaped => quoted = !quoted,
            b'{' | b'[' if !quoted => depth += 1,
            b'}' | b']' if !quoted => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
        escaped = quoted && byte == b'\\' && !escaped;
    }
    json.len()
}

/// The JSON that is inside.
pub(crate) fn unwrapped(bytes: Vec<u8>) -> Result<Converted, String> {
    let text = text_of(bytes, None)?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let (json, notes) = match text.chars().next() {
        Some(RECORD) => (text.replace(RECORD, ""), None),
        Some('"') => (decoded(text)?, None),
        _ => {
            let script = without_comments(text);
            let (at, _) = start(&script).ok_or("a script without a list of articles")?;
            let len = end(&script[at..]);
            let behind =
                script[at + len..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ')' | ';' | ','));
            let what = || "what stands behind the first value of the script is not read".to_string();
            (script[at..at + len].to_string(), (!behind.is_empty()).then(what))
        }
    };
    let json = match orientation::is_turned(json.as_bytes()) {
        true => orientation::lines(json.into_bytes())?,
        false => json,
    };
    Ok(Converted { bytes: json.into_bytes(), notes: notes.into_iter().collect(), ..Converted::default() })
}

/// The strings of a file, each of which is JSON: one of all articles, or one for each.
fn decoded(text: &str) -> Result<String, String> {
    let strings = serde_json::Deserializer::from_str(text).into_iter::<String>();
    let strings: Vec<String> = strings.collect::<Result<_, _>>().map_err(|error| error.to_string())?;
    match strings.as_slice() {
        [one] => Ok(one.clone()),
        many => {
            let line = |json: &String| super::parse(json.as_bytes()).map(|value: Value| format!("{value}\n"));
            many.iter().map(line).collect::<Result<String, _>>().map_err(|error| error.to_string())
        }
    }
}
