//! Lexicoder 3 dictionaries (`.lc3`).
//!
//! In: text. Out: a lexicon.
//! Invariant: the plus and the colour of a category are no part of its name; a negated category wins over what it contains.
//! It deliberately does not repair spellings: `heckl**` is kept as it is and matches as `heckl*`.

use super::build::{Builder, Term};
use super::model::{Lexicon, Overlap};
use super::pattern::Wildcards;
use super::sniff::Format;
use super::{Options, lines};
use crate::error::{Problem, Result};

/// Reads a `.lc3`.
pub(super) fn read(file: &str, text: &str, options: &Options) -> Result<Lexicon> {
    let mut builder = Builder::new(file, text, Format::Lexicoder3, options);
    let mut frame = None;
    for (line, content) in lines::numbered(text) {
        let term = content.trim();
        let column = (content.chars().count() - content.trim_start().chars().count()) as u32 + 1;
        if term.is_empty() {
            continue;
        }
        if let Some(category) = content.strip_prefix('+') {
            let (name, colour) = category.split_once('#').map_or((category, None), |(name, code)| (name, colour(code)));
            let name = if colour.is_some() { name } else { category };
            let number = builder.child(None, name, line);
            builder.lexicon.frames[number].colour = colour.unwrap_or_default();
            frame = Some(number);
        } else if let Some(frame) = frame {
            builder.foreign(frame, Term::new(term, line, column), Wildcards::Star);
        } else {
            let problem = Problem::error(
                "lexicoder-no-category",
                builder.place(line, column),
                format!("`{term}` is in no category"),
            );
            builder.refuse(problem.expected("a line `+category` above it"), term);
        }
    }
    if builder.lexicon.frames.iter().any(|frame| is_negated(&frame.name)) && options.overlap.is_none() {
        builder.lexicon.overlap = Overlap::Lexicon;
    }
    builder.finish()
}

/// `neg_positive`: "not good" must not count as "good" as well.
pub(super) fn is_negated(name: &str) -> bool {
    name.rsplit('/').next().is_some_and(|name| name.to_lowercase().starts_with("neg_"))
}

/// `#rrggbb` from six hexadecimal digits with or without the hash.
pub(super) fn colour(code: &str) -> Option<String> {
    let digits = code.trim().trim_start_matches('#');
    (digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit())).then(|| format!("#{}", digits.to_lowercase()))
}
