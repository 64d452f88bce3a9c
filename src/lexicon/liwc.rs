//! LIWC 2001, 2007 and 2015 dictionaries (`.dic`).
//!
//! In: text. Out: a lexicon whose frames are LIWC's categories.
//! Invariant: a code that is not in the legend is an error; a conditional code becomes a proximity entry.
//! It deliberately does not read the encrypted files of LIWC's own program.

use super::build::{Builder, Term};
use super::model::Lexicon;
use super::pattern::{self, Wildcards};
use super::sniff::Format;
use super::{Options, lines};
use crate::error::{Place, Problem, Result};
use std::collections::BTreeMap;

/// Reads a `.dic`.
pub(super) fn read(file: &str, text: &str, options: &Options) -> Result<Lexicon> {
    let mut reader = Reader { builder: Builder::new(file, text, Format::Liwc, options), codes: BTreeMap::new() };
    let mut rest = lines::numbered(text).filter(|(_, line)| !line.trim().is_empty());
    match rest.next() {
        Some((_, line)) if line.trim_start().starts_with('%') => {}
        first => {
            reader.no_legend(text, first.map_or(1, |(line, _)| line));
            return reader.builder.finish();
        }
    }
    let mut above: Vec<usize> = Vec::new();
    let mut closed = false;
    for (line, content) in rest.by_ref() {
        if content.trim_start().starts_with('%') {
            closed = true;
            break;
        }
        reader.category(line, content, &mut above);
    }
    if !closed {
        let problem = Problem::error("liwc-legend", Place::file(file), "the list of categories does not end");
        reader.builder.tell(problem.expected("a second line `%` between the categories and the words"));
        return reader.builder.finish();
    }
    for (line, content) in rest {
        reader.entry(line, content);
    }
    reader.builder.finish()
}

struct Reader {
    builder: Builder,
    /// Frame by code, without leading zeros.
    codes: BTreeMap<String, usize>,
}

/// What a code of an entry says.
enum Code {
    Plain(String),
    /// `<of>131/125`: the next word, the code if it follows, the code if not.
    Next(String, String, Option<String>),
    /// `(02 134)125/464`: codes of the previous word, the code if it has one of them, the code if not.
    Previous(Vec<String>, String, Option<String>),
}

impl Reader {
    fn no_legend(&mut self, text: &str, line: u32) {
        let place = Place::line(self.builder.lexicon.file.clone(), line);
        let words = text.split_whitespace().count().max(1);
        let problem = if !text.contains('%') && text.len() / words > 40 {
            let found = "this looks like LIWC's protected file, which only LIWC can open";
            Problem::error("liwc-protected", place, found).hint("export the dictionary from LIWC as .dicx or .dic")
        } else {
            Problem::error("liwc-legend", place, "no list of categories")
                .expected("a first line `%`, the categories with their numbers, a second line `%`, the words")
        };
        self.builder.tell(problem);
    }

    /// Depth is the number of leading tabs of the line itself, whatever stands before it.
    fn category(&mut self, line: u32, content: &str, above: &mut Vec<usize>) {
        let indent = content.len() - content.trim_start().len();
        let depth = content[..indent].matches('\t').count().min(above.len());
        let text = content.trim();
        let (code, name) = match text.split_once([' ', '\t']) {
            Some((code, name)) if is_digits(code) => (Some(code), name.trim()),
            _ if is_digits(text) => (Some(text), text),
            _ => (None, text),
        };
        above.truncate(depth);
        let frame = self.builder.child(above.last().copied(), name, line);
        above.push(frame);
        let Some(code) = code.map(plain_code) else {
            self.builder.row(line, text, "a category without a number: it can hold categories, no words");
            return;
        };
        if let Some(&first) = self.codes.get(&code)
            && first != frame
        {
            let place = self.builder.place(line, 1);
            let first = &self.builder.lexicon.frames[first];
            let found = format!("number {code} is given twice, first to `{}` in line {}", first.name, first.line);
            self.builder.refuse(Problem::error("liwc-code-twice", place, found), text);
            return;
        }
        self.codes.insert(code, frame);
    }

    fn entry(&mut self, line: u32, content: &str) {
        let column = (content.chars().count() - content.trim_start().chars().count()) as u32 + 1;
        let (term, codes) = split(content.trim());
        let place = self.builder.place(line, column);
        if codes.is_empty() {
            let problem = Problem::error("liwc-no-code", place, format!("`{term}` has no category"));
            self.builder.refuse(problem.expected("a tab, then the numbers of its categories"), content.trim());
            return;
        }
        for code in codes {
            match read_code(&code) {
                Some(code) => self.place_entry(&term, line, column, code),
                None => {
                    let found = format!("`{code}` after `{term}`");
                    let problem = Problem::error("liwc-code", self.builder.place(line, column), found);
                    let expected = "a number, <word>number/number or (numbers)number/number";
                    self.builder.refuse(problem.expected(expected), content.trim());
                }
            }
        }
    }

    fn place_entry(&mut self, term: &str, line: u32, column: u32, code: Code) {
        let mut word = pattern::escape(term, Wildcards::Trailing);
        if word.starts_with(['#', '(']) {
            word.insert(0, '\\');
        }
        match code {
            Code::Plain(code) => {
                if let Some(frame) = self.frame(&code, term, line, column) {
                    self.builder.foreign(frame, Term::new(term, line, column), Wildcards::Trailing);
                }
            }
            Code::Next(next, yes, no) => {
                let next = pattern::escape(&next, Wildcards::Trailing);
                self.condition(&yes, format!("{word} {next}"), term, line, column);
                if let Some(no) = no {
                    self.condition(&no, format!("{word} NOT BEFORE/1 {next}"), term, line, column);
                }
            }
            Code::Previous(before, yes, no) => {
                let frames: Vec<usize> =
                    before.iter().filter_map(|code| self.frame(code, term, line, column)).collect();
                let names: Vec<String> =
                    frames.iter().map(|&frame| format!("#{}", self.builder.lexicon.frames[frame].name)).collect();
                let operand = if names.len() == 1 { names[0].clone() } else { format!("({})", names.join(" | ")) };
                if names.is_empty() {
                    self.builder.skip(line, term, "its condition names no category that exists");
                    return;
                }
                self.condition(&yes, format!("{word} AFTER/1 {operand}"), term, line, column);
                if let Some(no) = no {
                    self.condition(&no, format!("{word} NOT AFTER/1 {operand}"), term, line, column);
                }
            }
        }
    }

    fn condition(&mut self, code: &str, text: String, term: &str, line: u32, column: u32) {
        if let Some(frame) = self.frame(code, term, line, column) {
            let note = "condition of LIWC".to_string();
            self.builder.native(frame, Term { note, ..Term::new(text, line, column) });
        }
    }

    fn frame(&mut self, code: &str, term: &str, line: u32, column: u32) -> Option<usize> {
        let frame = self.codes.get(&plain_code(code)).copied();
        if frame.is_none() {
            let problem = Problem::error(
                "liwc-code-unknown",
                self.builder.place(line, column),
                format!("`{term}` is in category {code}, which the list of categories lacks"),
            );
            let hint = format!("add a line `{code}⇥name` between the two `%`, or read with --lenient");
            self.builder.refuse(problem.hint(hint), &format!("{term} {code}"));
        }
        frame
    }
}

/// Term and codes: at the first tab; without one, before the trailing codes.
fn split(content: &str) -> (String, Vec<String>) {
    if let Some((term, codes)) = content.split_once('\t') {
        return (squeeze(term), pieces(codes));
    }
    let mut term = pieces(content);
    let mut codes = Vec::new();
    while term.len() > 1
        && let Some(code) = term.pop_if(|piece| read_code(piece).is_some())
    {
        codes.push(code);
    }
    codes.reverse();
    (term.join(" "), codes)
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Between white space, but `(02 134)125/464` is one piece.
fn pieces(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = false;
    for piece in text.split_whitespace() {
        match found.last_mut() {
            Some(last) if open => {
                last.push(' ');
                last.push_str(piece);
            }
            _ => {
                found.push(piece.to_string());
                let inside = piece.strip_prefix('(').unwrap_or_default();
                open = !inside.is_empty() && is_digits(inside);
            }
        }
        open = open && !piece.contains(')');
    }
    found
}

fn read_code(text: &str) -> Option<Code> {
    if is_digits(text) {
        return Some(Code::Plain(text.to_string()));
    }
    let (inside, codes) = match text.strip_prefix('<') {
        Some(rest) => rest.split_once('>')?,
        None => text.strip_prefix('(')?.split_once(')')?,
    };
    let (yes, no) = match codes.split_once('/') {
        Some((yes, no)) => (yes, Some(no.to_string())),
        None => (codes, None),
    };
    if !is_digits(yes) || no.as_deref().is_some_and(|no| !is_digits(no)) || inside.trim().is_empty() {
        return None;
    }
    if text.starts_with('<') {
        return Some(Code::Next(inside.to_string(), yes.to_string(), no));
    }
    let before: Vec<String> = inside.split_whitespace().map(str::to_string).collect();
    before.iter().all(|code| is_digits(code)).then(|| Code::Previous(before, yes.to_string(), no))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// `01` and `1` are the same category.
fn plain_code(code: &str) -> String {
    let plain = code.trim_start_matches('0');
    if plain.is_empty() { "0".to_string() } else { plain.to_string() }
}
