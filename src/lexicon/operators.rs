//! Operators and truncation of other programs, which would be read as words: `tax AND cut`, `tax w/3 cut`, `tax adj3 cut`, `terroris!`.
//!
//! In: an entry as written, and as it reads without escapes. Out: what to write instead, its last quotation left open.
//! Invariant: what small letters alone can mean is no operator: roads, chemical formulas and shouts of slogans are entries.

use super::pattern::has_operator;

/// What to write where something is meant for another program; the last grave accent is left to be closed, as that of the entry before it.
pub(super) fn advice(written: &str, plain: &str) -> Option<String> {
    let pieces: Vec<&str> = plain.split_whitespace().collect();
    if is_unbalanced(written) {
        return Some("write both parentheses or none, as in `tax NEAR/3 (cut|rise)".to_string());
    }
    if let Some(piece) =
        pieces.iter().enumerate().find_map(|(i, piece)| truncated(piece, i + 1 == pieces.len() && i > 0))
    {
        return Some(format!("for all that begins so write `{piece}*"));
    }
    if has_operator(plain) {
        return None;
    }
    let small = format!("or small letters if the word is meant, as in `{}", plain.to_lowercase());
    let inside = pieces.get(1..pieces.len().saturating_sub(1)).unwrap_or_default();
    if let Some(instead) = inside.iter().find_map(|piece| with_number(piece)) {
        return Some(instead);
    }
    // a lexicon in capitals has `LONG BEFORE`
    if !plain.chars().any(char::is_lowercase) {
        return None;
    }
    if pieces.first() == Some(&"NOT") && pieces.len() > 1 {
        return Some(format!("write what must not be near: `tax NOT NEAR/5 {}`, {small}", pieces[1..].join(" ")));
    }
    // `tax AND NOT cut` asks for the opposite of `tax AND cut`
    let excludes = inside.contains(&"NOT").then(|| "write NOT NEAR/5".to_string());
    let excludes =
        excludes.map(|instead| if inside.contains(&"AND") { format!("{instead} for AND NOT") } else { instead });
    let instead = excludes.or_else(|| {
        inside.iter().find_map(|piece| match *piece {
            "AND" | "NEAR" => Some("write NEAR/5".to_string()),
            "OR" => Some("write two entries".to_string()),
            "BEFORE" => Some("write BEFORE/5".to_string()),
            "AFTER" => Some("write AFTER/5".to_string()),
            _ => letter_and_number(piece),
        })
    });
    instead.map(|instead| format!("{instead}, {small}"))
}

/// `w/3`, `PRE/3`, `w/s` of Nexis and Factiva, `adj3` and `NEAR3` of Ovid and Factiva: no word is written so, in whatever letters.
fn with_number(piece: &str) -> Option<String> {
    let lower = piece.to_lowercase();
    let at = lower.find(|c: char| c == '/' || c.is_ascii_digit())?;
    let (name, rest) = lower.split_at(at);
    let number = rest.trim_start_matches('/');
    let ours = match name {
        "pre" | "before" | "onear" => "BEFORE",
        "not" => "NOT NEAR",
        "w" | "n" | "within" | "near" | "adj" => "NEAR",
        _ => return None,
    };
    let has_slash = rest.starts_with('/');
    match number {
        "s" | "p" if has_slash && name != "n" => Some(format!("write `{ours}/{}", number.to_uppercase())),
        _ if number.is_empty() || number.len() > 3 || !number.bytes().all(|b| b.is_ascii_digit()) => None,
        // `n3` is a road
        _ if !has_slash && name.len() == 1 => None,
        _ if number.bytes().all(|b| b == b'0') => Some(format!("write a number of words from 1: `{ours}/5")),
        // that `NOT` goes with a distance is ours
        _ => Some(format!("write `{ours}/{}", number.trim_start_matches('0'))),
    }
}

/// `N3` and `W3` of EBSCO.
fn letter_and_number(piece: &str) -> Option<String> {
    let (name, number) = piece.split_at_checked(1)?;
    let is_number = (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    match name {
        "N" if is_number => Some(format!("write NEAR/{number}")),
        "W" if is_number => Some(format!("write BEFORE/{number}")),
        _ => None,
    }
}

/// `terroris` of `terroris!` and `terroris$`. The last word of a phrase may end a sentence, and a name begins with a capital: *lock her up!*, *Yahoo!*
fn truncated(piece: &str, ends_phrase: bool) -> Option<&str> {
    const SHORTEST: usize = 4;
    let body = piece.strip_suffix(['!', '$'])?;
    let is_stem = body.chars().count() >= SHORTEST && body.chars().all(char::is_lowercase);
    (is_stem && !ends_phrase).then_some(body)
}

/// `(bread`, `cut NEAR/3 (market|`, `bread)`; an escaped one is a sign, and `a)` numbers a line.
fn is_unbalanced(written: &str) -> bool {
    let is_open = |piece: &str| {
        let inside = piece.strip_prefix('(').filter(|inside| inside.starts_with(char::is_alphabetic));
        inside.is_some_and(|inside| inside.chars().filter(|c| c.is_alphabetic()).count() > 1)
    };
    let is_close = |piece: &str| {
        let inside = piece.strip_suffix(')').filter(|inside| inside.ends_with(|c: char| c.is_alphabetic() || c == '*'));
        inside.is_some_and(|inside| inside.chars().filter(|c| c.is_alphabetic()).count() > 1)
    };
    let count = |sign: char| written.matches(sign).count();
    count('(') != count(')') && written.split_whitespace().any(|piece| is_open(piece) || is_close(piece))
}
