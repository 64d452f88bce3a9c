//! The language of patterns: words, phrases, wildcards, proximity.
//!
//! In: the text of an entry. Out: a [`Pattern`], or a sentence that says what is wrong with it.
//! Invariant: what `escape` writes reads back as plain text; every pattern has a letter or a digit in it.
//! It deliberately does not know whether a `#frame` exists: `build` does.

use super::model::{Direction, MatchMode, Operand, Pattern, Scope, Word};
use super::words::{self, Char};
use crate::text::Folding;

/// What is wrong with a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// A short stable name.
    pub kind: &'static str,
    /// What is there.
    pub found: String,
    /// What to type instead.
    pub hint: String,
}

impl Fault {
    fn new(kind: &'static str, found: impl Into<String>, hint: impl Into<String>) -> Fault {
        Fault { kind, found: found.into(), hint: hint.into() }
    }
}

/// One piece of a pattern between white space.
struct Piece {
    chars: Vec<Char>,
    exact: bool,
}

/// Reads a pattern of the native form.
pub(super) fn parse(text: &str, mode: MatchMode, folding: Folding) -> Result<Pattern, Fault> {
    let pieces: Vec<&str> = text.split_whitespace().collect();
    let mut operators = pieces.iter().enumerate().filter_map(|(i, piece)| operator(piece).map(|o| (i, o)));
    let Some((at, operator)) = operators.next() else {
        return phrase(&pieces, mode, folding).map(Pattern::Words);
    };
    if operators.next().is_some() {
        return Err(Fault::new("pattern-operators", format!("`{text}` has two operators"), "write two entries"));
    }
    let (direction, distance, scope) = operator?;
    let negated = at > 0 && pieces[at - 1] == "NOT";
    let left = operand(&pieces[..at - usize::from(negated)], mode, folding, text)?;
    let right = operand(&pieces[at + 1..], mode, folding, text)?;
    Ok(Pattern::Near { left, direction, negated, distance, scope, right })
}

fn phrase(pieces: &[&str], mode: MatchMode, folding: Folding) -> Result<Vec<Word>, Fault> {
    let mut found = Vec::new();
    for piece in pieces.iter().map(|source| read_piece(source)) {
        let mode = if piece.exact { MatchMode::Exact } else { mode };
        found.extend(words::words(&piece.chars, mode, folding));
    }
    check_words(&found, &pieces.join(" "))?;
    Ok(found)
}

/// A pattern must hold something that a text can show.
pub(super) fn check_words(words: &[Word], text: &str) -> Result<(), Fault> {
    if words.iter().any(|word| word.text.chars().any(char::is_alphanumeric)) {
        Ok(())
    } else if words.is_empty() {
        Err(Fault::new(
            "term-without-word",
            format!("`{text}` has no letter or digit"),
            "a word has a letter or a digit",
        ))
    } else {
        let hint = "put a letter beside the wildcard";
        Err(Fault::new("term-only-wildcard", format!("`{text}` would match every word"), hint))
    }
}

fn operand(pieces: &[&str], mode: MatchMode, folding: Folding, text: &str) -> Result<Operand, Fault> {
    let joined = pieces.join(" ");
    if let Some(inside) = joined.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        if inside.contains('(') && inside.split('|').any(|part| part.trim_start().starts_with('(')) {
            return Err(Fault::new("pattern-operand", format!("`{joined}`"), "parentheses do not nest"));
        }
        let parts = inside.split('|').map(|part| {
            let pieces: Vec<&str> = part.split_whitespace().collect();
            operand(&pieces, mode, folding, text)
        });
        return parts.collect::<Result<Vec<Operand>, Fault>>().map(Operand::Any);
    }
    if joined.matches('(').count() != joined.matches(')').count()
        && (joined.starts_with('(') || joined.ends_with(')') && !joined.ends_with("\\)"))
    {
        let hint = "write both parentheses, as in `tax NEAR/3 (cut|rise)`, or none";
        return Err(Fault::new("pattern-operand", format!("one parenthesis in `{joined}`"), hint));
    }
    if let Some(frame) = joined.strip_prefix('#') {
        if frame.is_empty() {
            return Err(Fault::new("pattern-operand", format!("`#` without a frame in `{text}`"), "write `#frame`"));
        }
        return Ok(Operand::Frame(frame.to_string()));
    }
    if pieces.is_empty() {
        let hint = "write what is near what: `seize* BEFORE/3 power`";
        return Err(Fault::new("pattern-operand", format!("an operand is missing in `{text}`"), hint));
    }
    phrase(pieces, mode, folding).map(Operand::Words)
}

type Operator = (Direction, Option<u32>, Scope);

/// `None` where the piece is no operator at all: capitals alone make none, an all-capitals lexicon says LONG BEFORE.
fn operator(piece: &str) -> Option<Result<Operator, Fault>> {
    let (name, flags) = piece.split_once('/')?;
    let direction = match name {
        "BEFORE" => Direction::Before,
        "AFTER" => Direction::After,
        "NEAR" => Direction::Near,
        _ => return lower_case_operator(name, flags).map(Err),
    };
    let mut distance = None;
    let mut scope = Scope::Sentence;
    for flag in flags.split('/') {
        match flag {
            "S" => scope = Scope::Sentence,
            "P" => scope = Scope::Paragraph,
            "D" => scope = Scope::Article,
            _ => match flag.parse::<u32>() {
                Ok(n) if n > 0 && distance.is_none() => distance = Some(n),
                _ => {
                    let hint = format!("a number of words from 1, then /S, /P or /D: `{name}/3/P`");
                    return Some(Err(Fault::new("pattern-operator", format!("`{piece}`"), hint)));
                }
            },
        }
    }
    Some(Ok((direction, distance, scope)))
}

/// True for `seize* BEFORE/3 power`.
pub(super) fn has_operator(text: &str) -> bool {
    text.split_whitespace().any(|piece| matches!(operator(piece), Some(Ok(_))))
}

fn lower_case_operator(name: &str, flags: &str) -> Option<Fault> {
    let upper = name.to_uppercase();
    let digits = flags.split('/').next().is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let is_one = digits && matches!(upper.as_str(), "BEFORE" | "AFTER" | "NEAR");
    is_one.then(|| {
        // what is wrong in small letters may be wrong in capitals too
        let hint = match operator(&format!("{upper}/{flags}")) {
            Some(Ok(_)) => format!("write `{upper}/{flags}`"),
            _ => format!("write a number of words from 1, then /S, /P or /D: `{upper}/3/P`"),
        };
        Fault::new("pattern-operator", format!("`{name}/{flags}`"), hint)
    })
}

fn read_piece(source: &str) -> Piece {
    let exact = source.len() > 1 && source.starts_with('=');
    let mut chars = Vec::with_capacity(source.len());
    let mut rest = source[usize::from(exact)..].chars().peekable();
    while let Some(c) = rest.next() {
        match (c, rest.peek().copied()) {
            ('\\', Some(next)) if next.is_ascii_punctuation() => {
                chars.push(Char::Literal(next));
                rest.next();
            }
            ('*' | '?', _) => chars.push(Char::Wild(c)),
            _ => chars.push(Char::Literal(c)),
        }
    }
    Piece { chars, exact }
}

/// Which characters of a foreign entry are wildcards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wildcards {
    /// None: `f**k` is written so.
    None,
    /// One `*` at the end or the beginning of two letters and more: `abus*`; any other stands for itself.
    Ends,
    /// `*` at the end of a word.
    Trailing,
    /// `*` anywhere.
    Star,
    /// `*` and `?`.
    Both,
}

/// Foreign plain text in the native language: what would be an operator, an escape or a mark is escaped.
pub(super) fn escape(text: &str, wildcards: Wildcards) -> String {
    let mut out = String::with_capacity(text.len());
    for (i, piece) in text.split_whitespace().enumerate() {
        if i > 0 {
            out.push(' ');
        }
        let operator = operator(piece).is_some();
        let body = piece.trim_end_matches('*').chars().count();
        let literal = wildcards == Wildcards::None || (wildcards == Wildcards::Ends && !has_wild_end(piece));
        for (j, c) in piece.chars().enumerate() {
            let escaped = match c {
                '*' => literal || (wildcards == Wildcards::Trailing && j < body),
                '?' => wildcards != Wildcards::Both,
                '\\' => true,
                '=' => j == 0 && piece.len() > 1,
                '/' => operator,
                _ => false,
            };
            if escaped {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

/// True for `abus*` and `*phobia`, false for `f**k`, `s***` and `:*`.
pub(super) fn has_wild_end(piece: &str) -> bool {
    let inner = piece.strip_prefix('*').unwrap_or(piece);
    let inner = inner.strip_suffix('*').unwrap_or(inner);
    inner.len() < piece.len() && !inner.contains('*') && inner.chars().filter(|c| c.is_alphanumeric()).count() > 1
}

/// Native text without its escapes, for formats that know none.
pub(super) fn unescape(text: &str) -> String {
    let pieces = text.split_whitespace().map(|source| {
        let piece = read_piece(source);
        let mark = if piece.exact { "=" } else { "" };
        let plain: String = piece.chars.iter().map(|&(Char::Literal(c) | Char::Wild(c))| c).collect();
        format!("{mark}{plain}")
    });
    pieces.collect::<Vec<String>>().join(" ")
}

/// The characters of a text without escapes and without the mark `=`.
pub(super) fn plain(text: &str) -> String {
    let read =
        |source| read_piece(source).chars.iter().map(|&(Char::Literal(c) | Char::Wild(c))| c).collect::<String>();
    text.split_whitespace().map(read).collect::<Vec<String>>().join(" ")
}

/// True for what looks like an emoticon: its letters alone (`:D`, `a+`, `US$`) would match words that it does not mean.
pub(super) fn is_emoticon(text: &str) -> bool {
    if is_tag(text) || is_numbers(text) {
        return false;
    }
    let symbol = |c: char| {
        !c.is_alphanumeric()
            && !c.is_whitespace()
            && !matches!(c, '-' | '\'' | '’' | '.' | ',' | '&' | '/' | '_' | '*' | '?')
    };
    let latin = |c: char| !c.is_alphanumeric() || c < '\u{250}';
    text.chars().any(symbol)
        && text.chars().all(latin)
        && text.split(|c: char| !c.is_alphanumeric()).all(|run| run.chars().count() <= 2)
}

/// True for numbers with signs between them, `12:30`, `24/7`, `50-50`: a text has them as words one behind another.
pub(super) fn is_numbers(text: &str) -> bool {
    let is_number = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split([':', '/', '-']).count() > 1 && text.split([':', '/', '-']).all(is_number)
}

/// True for a `#tag` or a `@handle`.
fn is_tag(text: &str) -> bool {
    let name = text.strip_prefix(['#', '@']).unwrap_or_default();
    name.contains(char::is_alphabetic) && name.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// The characters of a text with their part: what a form must read the same. The mark `=` is no part of it.
pub(super) fn shape(text: &str) -> Vec<Char> {
    let pieces: Vec<Vec<Char>> = text.split_whitespace().map(|source| read_piece(source).chars).collect();
    pieces.join(&Char::Literal(' '))
}
