//! What an entry says that no text can show: signs that its words have lost, and letters that were spoilt before the file was read.
//!
//! In: an entry and its pattern. Out: remarks, and a word in its row of the import report.
//! Invariant: a sign that is in no word of the pattern is told; one that words of a text have too is not.
//! It deliberately mends nothing: which word was meant is not for a program to guess.

use super::build::{Builder, Term};
use super::model::{MatchMode, Operand, Pattern, Word};
use super::operators;
use super::pattern::{self, Wildcards};
use super::sniff::Format;
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
    } else if matches!(pattern, Pattern::Words(words) if words.len() > 1) && has_brackets(&plain) {
        builder.remark("entry-brackets", Severity::Warning, place.clone(), &plain);
        done.push_str("; what stands in brackets is read as words of the phrase");
    }
    if let Some((word, letter)) = mixed_scripts(&plain) {
        let said = format!("{plain}` with `{letter}` (U+{:04X}) in `{word}", u32::from(letter));
        builder.remark("entry-scripts", Severity::Warning, place.clone(), &said);
        done.push_str("; its letters are of two scripts");
    }
    if matches!(pattern, Pattern::Near { .. }) && has_bare_alternatives(&term.text) {
        builder.remark("entry-alternatives", Severity::Warning, place.clone(), &term.text);
        done.push_str("; a list in its condition is read as a phrase");
    }
    let mode = term.mode.unwrap_or(builder.lexicon.mode);
    // of WordStat's items, one parenthesis is told where they are read
    let written = if builder.lexicon.format == Format::WordStat { "" } else { term.text.as_str() };
    if let Some(instead) = operators::advice(written, &plain).filter(|_| mode != MatchMode::Case) {
        builder.remark("entry-operator", Severity::Warning, place.clone(), &format!("{plain}`: {instead}"));
        done.push_str("; what is an operator elsewhere is read as a word");
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

/// A `*` that stands for itself, where it does not hide a letter as in `f**k`: `*war` and `pro*ist` in a `.dic`, `pro*ist` in a list.
pub(super) fn dead_star(builder: &mut Builder, term: &Term, wildcards: Wildcards) {
    if !matches!(wildcards, Wildcards::Trailing | Wildcards::Ends) || !term.text.contains('*') {
        return;
    }
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let is_dead = |piece: &str| {
        let starts = wildcards == Wildcards::Trailing && piece.starts_with('*');
        let body = piece.trim_start_matches('*').trim_end_matches('*');
        let inside = body.split_once('*').is_some_and(|(a, b)| letters(a) > 2 && letters(b) > 2 && !b.contains('*'));
        (starts && letters(body) > 1) || inside
    };
    if term.text.split_whitespace().any(is_dead) {
        let place = builder.place(term.line, term.column);
        builder.remark("entry-wildcard", Severity::Warning, place, &term.text);
    }
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

/// True for `riot, coup; march` and `woman/women`: signs of a list in what is read as one phrase. Sentences have commas too, so few words are
/// between them.
fn is_list(text: &str, pattern: &Pattern) -> bool {
    // `20,000` is one number
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let parts_number = |at: usize| digit(text[..at].chars().next_back()) && digit(text[at + 1..].chars().next());
    let signs: Vec<usize> = text
        .match_indices([',', ';', '|'])
        .map(|(at, _)| at)
        .filter(|&at| !(text[at..].starts_with(',') && parts_number(at)))
        .collect();
    let ends = signs.iter().copied().chain([text.len()]);
    let begins = [0].into_iter().chain(signs.iter().map(|at| at + 1));
    let short = |(begin, end): (usize, usize)| (1..=3).contains(&text[begin..end].split_whitespace().count());
    let is_parted = !signs.is_empty() && begins.zip(ends).all(short);
    matches!(pattern, Pattern::Words(words) if words.len() > 1) && (is_parted || has_alternatives(text))
}

/// True for `he/she`, two words on both sides of a stroke; `km/h`, `AC/DC`, `9/11` and addresses are names of one thing.
fn has_alternatives(text: &str) -> bool {
    let is_word = |word: &str| word.chars().count() > 1 && word.chars().all(|c| c.is_alphabetic() || c == '*');
    text.split_whitespace().any(|piece| {
        let parts: Vec<&str> = piece.split('/').collect();
        parts.len() > 1 && parts.iter().all(|part| is_word(part)) && piece.chars().any(char::is_lowercase)
    })
}

/// True for `a NEAR/3 b|c` and `a NEAR/3 (b, c)`: alternatives are `(b | c)`.
fn has_bare_alternatives(text: &str) -> bool {
    let mut depth = 0;
    text.chars().any(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        matches!(c, ',' | ';') || (c == '|' && depth == 0)
    })
}

/// A condition of our own language in a form of other people.
pub(super) fn dead_condition(builder: &mut Builder, term: &Term) {
    if pattern::has_operator(&term.text) {
        let place = builder.place(term.line, term.column);
        builder.remark("entry-condition", Severity::Warning, place, &term.text);
    }
}

/// True for `riot(s)`, `colo(u)r` and `migrant (noun)`; `(s)he` too.
fn has_brackets(text: &str) -> bool {
    let inside = text.split_once(['(', '[']).and_then(|(_, rest)| rest.split_once([')', ']']));
    inside.is_some_and(|(inside, _)| inside.contains(char::is_alphabetic))
}

/// A word with letters of two scripts that look alike, and the letter that is fewer: no text has it.
fn mixed_scripts(text: &str) -> Option<(&str, char)> {
    let is_latin = |c: &char| matches!(c, 'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}');
    let is_other = |c: &char| matches!(c, '\u{370}'..='\u{52f}');
    text.split(|c: char| !c.is_alphabetic()).find_map(|word| {
        let (latin, other) = (word.chars().filter(is_latin).count(), word.chars().filter(is_other).count());
        let odd = if latin < other { word.chars().find(is_latin) } else { word.chars().find(is_other) };
        odd.filter(|_| latin > 0 && other > 0).map(|odd| (word, odd))
    })
}

/// True for `war.*`, `\bwar\b`, `[Ww]ar`, `/war/i` and `protest(er|s)`: what other programs match so, here matches nothing.
pub(super) fn is_regex(text: &str) -> bool {
    let slashed = text.strip_prefix('/').and_then(|rest| rest.rsplit_once('/'));
    if slashed.is_some_and(|(inside, flags)| !inside.is_empty() && flags.chars().all(|c| "gimsux".contains(c))) {
        return true;
    }
    let chars: Vec<char> = text.chars().collect();
    let letter = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphabetic());
    let closes =
        |at: usize, end: char| chars[at + 1..].iter().take_while(|c| !c.is_whitespace()).position(|&c| c == end);
    (0..chars.len()).any(|at| {
        let next = chars.get(at + 1).copied();
        let before = || letter(at.checked_sub(1));
        match chars[at] {
            '.' if at == 0 || chars[at - 1].is_whitespace() => matches!(next, Some('*' | '+')) && letter(Some(at + 2)),
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
