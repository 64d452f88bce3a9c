//! The sentences of remarks that recur.
//!
//! In: a kind, a number and an example. Out: what a person reads.
//! Invariant: every kind that a reader remarks on has its sentence here.
//! It deliberately does not decide how bad a thing is.

use super::report::grouped;
use crate::error::{Place, Problem};
use crate::text::encoding::Decoded;

/// Kinds of remarks, with what is said of one and of several.
const SENTENCES: &[(&str, &str, &str)] = &[
    ("entry-unmatchable", "entry can never match", "entries can never match"),
    ("entry-repeated", "entry stands twice in its frame: merged", "entries stand twice in their frame: merged"),
    (
        "entry-reweighted",
        "entry has two weights in its frame: the last one counts",
        "entries have two weights: the last one counts",
    ),
    (
        "entry-same-when-folded",
        "entry matches the same words as another of its frame",
        "entries match the same words as another of their frame",
    ),
    ("frame-repeated", "frame is given twice: merged", "frames are given twice: merged"),
    (
        "frame-renamed",
        "name of a category has a sign that would nest: renamed",
        "names of categories have a sign that would nest: renamed",
    ),
    (
        "frame-capitals",
        "category differs from another only by its capitals: the two are counted apart",
        "categories differ from others only by their capitals: they are counted apart",
    ),
    (
        "entry-without-weight",
        "line without a weight and without entries below it: read as an entry",
        "lines without a weight and without entries below them: read as entries",
    ),
    ("entry-no-category", "word is in no category", "words are in no category"),
    ("yaml-unquoted", "word begins with a sign of YAML: quote it", "words begin with a sign of YAML: quote them"),
    (
        "yaml-empty-item",
        "item is empty: ` #` begins a comment of YAML, so a word with `#` is quoted",
        "items are empty: ` #` begins a comment of YAML, so words with `#` are quoted",
    ),
    (
        "entry-star",
        "entry has `*` at an end of its word: it stands for any letters",
        "entries have `*` at an end of their words: it stands for any letters",
    ),
    (
        "entry-zero",
        "line of 0 says that its word is not in the category",
        "lines of 0 say that their words are not in the category",
    ),
    (
        "entry-regex",
        "entry looks like a regular expression, which framescope does not read: write `*` for any letters, `?` for one",
        "entries look like regular expressions, which framescope does not read: write `*` for any letters, `?` for one",
    ),
    (
        "entry-brackets",
        "entry has letters in brackets, which are read as words of the phrase: write every form as an entry, or `*` for any letters",
        "entries have letters in brackets, which are read as words of the phrase: write every form as an entry, or `*` for any letters",
    ),
    (
        "entry-alternatives",
        "condition holds a list that is read as a phrase: alternatives are written `(army | police)`",
        "conditions hold lists that are read as phrases: alternatives are written `(army | police)`",
    ),
    (
        "entry-condition",
        "entry looks like a condition, which only TOML and tables with the columns `frame,term` have: read as a phrase",
        "entries look like conditions, which only TOML and tables with the columns `frame,term` have: read as phrases",
    ),
    ("column-note", "column is kept in the notes of entries", "columns are kept in the notes of entries"),
    (
        "entry-scripts",
        "entry has letters of two scripts in one word, which no text has",
        "entries have letters of two scripts in one word, which no text has",
    ),
    (
        "entry-wildcard",
        "entry has `*` where this form has no wildcard: there it is a sign like any other",
        "entries have `*` where this form has no wildcard: there it is a sign like any other",
    ),
    (
        "category-number",
        "category is a number, where others have names",
        "categories are numbers, where others have names",
    ),
    (
        "list-headings",
        "line looks like the name of a category and is read as a word: write `+name`, which begins one, in the first line and there",
        "lines look like names of categories and are read as words: write `+name`, which begins one",
    ),
    (
        "list-sign",
        "line has a sign that lists of words do not have, and is read as one phrase",
        "lines have signs that lists of words do not have, and are read as one phrase each",
    ),
    (
        "yaml-weights",
        "group of `word: number` is read as words with their weights",
        "groups of `word: number` are read as words with their weights",
    ),
    (
        "entry-operator",
        "entry has an operator or a sign of another program, and is read as words",
        "entries have operators or signs of other programs, and are read as words",
    ),
    (
        "list-comments",
        "line with `#` is read as a comment: if it names a category, write `+name`, which begins one, in the first line and there",
        "lines with `#` are read as comments: if they name categories, write `+name`, which begins one",
    ),
    (
        "list-heading",
        "line above a numbered list is read as its heading",
        "lines above numbered lists are read as their headings",
    ),
    (
        "entry-number",
        "entry begins with a number that is read as one of its words",
        "entries begin with numbers that are read as words of theirs",
    ),
    (
        "entry-categories",
        "category may be a list of several: they are parted by `;`, or have a row each",
        "categories may be lists of several: they are parted by `;`, or have a row each",
    ),
    (
        "yaml-block",
        "block of text is read as a list of words, one in each line",
        "blocks of text are read as lists of words, one in each line",
    ),
    (
        "yaml-lines",
        "text goes over several lines and is read as one phrase: words of a list are written `[word, word]`",
        "texts go over several lines and are read as one phrase each: words of a list are written `[word, word]`",
    ),
    ("entry-underscore", "entry has underscores, read as spaces", "entries have underscores, read as spaces"),
    (
        "entry-list",
        "entry holds a list and is read as one phrase: give each word a line of its own",
        "entries hold lists and are read as one phrase each: give each word a line of its own",
    ),
    (
        "entry-signs",
        "entry has a sign that is no part of a word: it matches the word without it",
        "entries have signs that are no part of a word: they match the words without them",
    ),
    (
        "entry-lost-letters",
        "entry holds U+FFFD, letters that were lost when the file was saved: it can never match",
        "entries hold U+FFFD, letters that were lost when the file was saved: they can never match",
    ),
    (
        "entry-misread",
        "entry looks as if UTF-8 had been read in another encoding: it can never match",
        "entries look as if UTF-8 had been read in another encoding: they can never match",
    ),
    ("sense-merged", "numbered sense was merged into its word", "numbered senses were merged into their words"),
    (
        "entry-never-reached",
        "entry is never reached: its lower-case twin is used",
        "entries are never reached: their lower-case twins are used",
    ),
    ("entry-odd", "entry has unpaired parentheses", "entries have unpaired parentheses"),
    ("weight-rounded", "weight was rounded to thousandths", "weights were rounded to thousandths"),
    ("weight-lost", "weight became 0 when rounded to thousandths", "weights became 0 when rounded to thousandths"),
];

/// `14 entries stand twice in a frame, first …`.
pub(super) fn sentence(kind: &str, count: usize, example: &str) -> String {
    let sentence = SENTENCES.iter().find(|(other, ..)| *other == kind);
    let (one, many) = sentence.map_or(("remark", "remarks"), |&(_, one, many)| (one, many));
    let what = if count == 1 { one } else { many };
    let first = if count == 1 { "" } else { "first " };
    format!("{} {what} ({kind}), {first}`{example}`", grouped(count))
}

/// What there is to say on the encoding of a file.
pub(super) fn encoding(file: &str, bytes: &[u8], decoded: &Decoded<'_>) -> Vec<Problem> {
    let mut found = Vec::new();
    if let Some(name) = decoded.encoding {
        let guess = if decoded.guessed { ", a guess" } else { "" };
        let (place, first) = match decoded.invalid {
            Some((at, byte)) => {
                let line = line_of(&bytes[..at]);
                let first = format!("; the first byte that is not ASCII is 0x{byte:02X} at offset {at}");
                (Place::line(file, line), first)
            }
            None => (Place::file(file), String::new()),
        };
        let note = Problem::note("lexicon-encoding", place, format!("read as {name}{guess}{first}"));
        found.push(match decoded.guessed {
            true => note
                .hint("if letters look wrong, name the encoding (--encoding windows-1251), or save the file as UTF-8"),
            false => note,
        });
    }
    if decoded.lost > 0 {
        let text = format!("{} characters could not be read in {}", decoded.lost, decoded.encoding.unwrap_or("UTF-8"));
        found.push(
            Problem::warning("lexicon-undecodable", Place::file(file), text)
                .hint("tell the encoding: --encoding windows-1251"),
        );
    }
    found
}

/// The line that follows these bytes, whatever ends lines.
fn line_of(before: &[u8]) -> u32 {
    let ends =
        before.iter().enumerate().filter(|&(i, &b)| b == b'\n' || (b == b'\r' && before.get(i + 1) != Some(&b'\n')));
    ends.count() as u32 + 1
}
