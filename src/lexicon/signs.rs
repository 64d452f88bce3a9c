//! What an entry says that no text can show: signs that its words have lost, and letters that were spoilt before the file was read.
//!
//! In: an entry and its pattern. Out: remarks, and a word in its row of the import report.
//! Invariant: a sign that is in no word of the pattern is told; one that words of a text have too is not.
//! It deliberately mends nothing: which word was meant is not for a program to guess.

use super::build::{Builder, Term};
use super::model::{MatchMode, Operand, Pattern, Word};
use super::pattern;
use crate::error::Severity;
use encoding_rs::{Encoding, WINDOWS_1251, WINDOWS_1252};

/// Tells what is lost or spoilt in an entry.
pub(super) fn look(builder: &mut Builder, term: &Term, pattern: &Pattern, done: &mut String) {
    if term.unmatchable {
        return;
    }
    let place = builder.place(term.line, term.column);
    if term.text.contains('\u{fffd}') {
        builder.remark("entry-lost-letters", Severity::Warning, place.clone(), &term.text);
        done.push_str("; it holds U+FFFD, a letter that was lost before");
    } else if let Some(meant) = misread(&term.text) {
        builder.remark("entry-misread", Severity::Warning, place.clone(), &format!("{}` for `{meant}", term.text));
        done.push_str(&format!("; it looks like `{meant}`, read in another encoding"));
    }
    if is_list(&term.text, pattern) {
        builder.remark("entry-list", Severity::Warning, place.clone(), &term.text);
        done.push_str("; it is one phrase: words of a list are entries of their own");
    }
    let plain = pattern::plain(&term.text);
    if matches!(pattern, Pattern::Words(_)) && is_regex(&plain) {
        builder.remark("entry-regex", Severity::Warning, place.clone(), &plain);
        done.push_str("; it looks like a regular expression");
    }
    let mode = term.mode.unwrap_or(builder.lexicon.mode);
    if let Some(instead) = pattern::bare_operator(&plain).filter(|_| mode != MatchMode::Case) {
        let example =
            format!("{plain}`: {instead}, or small letters if the word is meant, as in `{}", plain.to_lowercase());
        builder.remark("entry-operator", Severity::Warning, place.clone(), &example);
        done.push_str("; its operator is read as a word");
    }
    let lost = lost_signs(&term.text, pattern);
    if !lost.is_empty() {
        let matched = words_of(pattern).iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        builder.remark("entry-signs", Severity::Warning, place, &format!("{}` is read as `{matched}", term.text));
        let signs: String = lost.into_iter().collect();
        done.push_str(&format!("; `{signs}` is no part of a word: it matches every `{matched}`"));
    }
}

/// Foreign lists write `civil_war` where a text has a space: no word of a text has an underscore inside.
pub(super) fn without_underscores(builder: &mut Builder, term: &Term) -> String {
    let raw = term.text.trim();
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '*');
    let inside = |(at, _): (usize, &str)| letter(raw[..at].chars().next_back()) && letter(raw[at + 1..].chars().next());
    if raw.starts_with(['@', '#']) || !raw.match_indices('_').any(inside) {
        return raw.to_string();
    }
    let place = builder.place(term.line, term.column);
    builder.remark("entry-underscore", Severity::Note, place, raw);
    raw.replace('_', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text that was meant, where UTF-8 was read as windows-1252 or windows-1251.
pub(super) fn misread(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    meant(WINDOWS_1252, text, 1).or_else(|| meant(WINDOWS_1251, text, 2))
}

/// `least`: letters that must have been spoilt, since two bytes may be UTF-8 by chance.
fn meant(encoding: &'static Encoding, text: &str, least: usize) -> Option<String> {
    let (bytes, _, unmappable) = encoding.encode(text);
    if unmappable {
        return None;
    }
    let found = std::str::from_utf8(&bytes).ok()?;
    let odd = found.chars().filter(|c| !c.is_ascii());
    let (mut n, mut letters) = (0, 0);
    for c in odd {
        n += 1;
        letters += usize::from(c.is_alphabetic() || matches!(c, '\u{2010}'..='\u{203a}' | '\u{a0}'..='\u{bf}'));
    }
    (n >= least && n == letters).then(|| found.to_string())
}

/// True for `riot, coup; march`: signs of a list in what is read as one phrase. Sentences have commas too, so few words are between them.
fn is_list(text: &str, pattern: &Pattern) -> bool {
    let parts: Vec<&str> = text.split([',', ';', '|']).map(str::trim).collect();
    let short = |part: &&str| !part.is_empty() && part.split_whitespace().count() <= 3;
    matches!(pattern, Pattern::Words(words) if words.len() > 1) && parts.len() > 1 && parts.iter().all(short)
}

/// True for `war.*`, `\bwar\b`, `[Ww]ar` and `protest(er|s)`: what other programs match so, here matches nothing.
fn is_regex(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let letter = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphabetic());
    let closes =
        |at: usize, end: char| chars[at + 1..].iter().take_while(|c| !c.is_whitespace()).position(|&c| c == end);
    (0..chars.len()).any(|at| {
        let next = chars.get(at + 1).copied();
        let before = || letter(at.checked_sub(1));
        match chars[at] {
            '.' => matches!(next, Some('*' | '+')) && letter(at.checked_sub(2)) && before(),
            '\\' => {
                let is_class = matches!(next, Some('b' | 'B' | 'w' | 'W' | 's' | 'S' | 'd' | 'D'));
                is_class && (!before() || !letter(Some(at + 2)))
            }
            '[' => closes(at, ']').is_some_and(|n| n > 0 && (before() || letter(Some(at + n + 2)))),
            '(' => closes(at, ')').is_some_and(|n| {
                next == Some('?') || (chars[at..at + n + 1].contains(&'|') && (before() || letter(Some(at + n + 2))))
            }),
            _ => false,
        }
    })
}

/// Signs of an entry that stand in none of the words that are looked for.
fn lost_signs(text: &str, pattern: &Pattern) -> Vec<char> {
    if text.is_ascii() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-' | b'*' | b'\'')) {
        return Vec::new();
    }
    let words = words_of(pattern);
    // between letters it was a wildcard, or a letter that was lost; at the end of a word it ends a question
    let asks = |piece: &str| {
        let chars: Vec<char> = piece.chars().filter(|&c| c != '\\').collect();
        chars.windows(3).any(|c| c[1] == '?' && c[0].is_alphabetic() && c[2].is_alphabetic())
    };
    let says = |c: char| words.iter().any(|word| word.text.contains(c));
    let is_operator = !matches!(pattern, Pattern::Words(_));
    let mut found = Vec::new();
    for piece in text.split_whitespace() {
        // `#frame` and `BEFORE/3` are the language of conditions
        if is_operator && (piece.starts_with(['#', '(', '|']) || piece.contains('/')) {
            continue;
        }
        found.extend(piece.chars().filter(|&c| is_telling(c) && !says(c)));
        found.extend(Some('?').filter(|&c| asks(piece) && !says(c)));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Signs that say something: of tags, accounts, money, and pictures. Those that join and end words say nothing more than a space.
fn is_telling(c: char) -> bool {
    matches!(
        c,
        '#' | '@' | '$' | '%' | '+' | '^' | '~' | '<' | '>' | '_'
            | '€' | '£' | '¥' | '₽' | '₸' | '₴' | '¢' | '§' | '°'
            | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}'
    )
}

fn words_of(pattern: &Pattern) -> Vec<&Word> {
    fn operand<'o>(side: &'o Operand, found: &mut Vec<&'o Word>) {
        match side {
            Operand::Words(words) => found.extend(words),
            Operand::Frame(_) => {}
            Operand::Any(parts) => parts.iter().for_each(|part| operand(part, found)),
        }
    }
    match pattern {
        Pattern::Words(words) => words.iter().collect(),
        Pattern::Near { left, right, .. } => {
            let mut found = Vec::new();
            operand(left, &mut found);
            operand(right, &mut found);
            found
        }
    }
}
