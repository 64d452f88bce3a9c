//! Tags behind words: parts of speech and senses, as taggers and WordNet write them.
//!
//! In: terms. Out: whether all but a few have one.
//! Invariant: one term with something behind it proves nothing; a whole list does.
//! It deliberately cuts nothing off: which words are meant is for their author to say.

use super::names;

/// What is seen of the tags of a lexicon while its terms are read.
#[derive(Clone, Debug, Default)]
pub(super) struct Tags {
    terms: usize,
    tagged: usize,
    /// A tag after `-`, and whether another one was met: `vitamin-a`, `hepatitis-a` are words.
    hyphened: Option<String>,
    differ: bool,
    first: Option<(u32, u32, String)>,
}

impl Tags {
    /// Takes a term and its place.
    pub(super) fn see(&mut self, term: &str, line: u32, column: u32) {
        self.terms += 1;
        let Some((sign, tag)) = tag(term) else { return };
        self.tagged += 1;
        let known = self.hyphened.get_or_insert_with(|| tag.to_string());
        self.differ |= sign != '-' || known != tag;
        self.first.get_or_insert_with(|| (line, column, term.to_string()));
    }

    /// The first of the terms that have tags, where nearly all have.
    pub(super) fn found(&self) -> Option<&(u32, u32, String)> {
        let most = self.terms > 1 && self.tagged * 10 >= self.terms * 9 && self.differ;
        self.first.as_ref().filter(|_| most)
    }
}

/// What stands before a tag, and the tag: `/JJ`, `_NN`, `.a.01`, `:v`, ` (adj)`.
fn tag(term: &str) -> Option<(char, &str)> {
    let part = |text: &str| names::are_parts_of_speech([text.to_lowercase()].iter());
    if let Some((word, inside)) = term.strip_suffix([')', ']']).and_then(|rest| rest.rsplit_once(['(', '['])) {
        let inside = inside.trim_end_matches('.');
        return (!word.trim().is_empty() && part(inside)).then_some(('(', inside));
    }
    // `good.a.01`
    let term = match term.rsplit_once('.') {
        Some((rest, sense)) if sense.len() == 2 && sense.bytes().all(|byte| byte.is_ascii_digit()) => rest,
        _ => term,
    };
    let (at, sign) = term.char_indices().rev().find(|(_, c)| matches!(c, '/' | '_' | ':' | '.' | '-'))?;
    let (word, tag) = (&term[..at], &term[at + 1..]);
    let upper = (1..=5).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_tag = match sign {
        '/' => upper || part(tag),
        '_' => (upper && tag.len() > 1 && word.chars().any(char::is_lowercase)) || part(tag),
        _ => part(tag),
    };
    (is_tag && word.chars().filter(|c| c.is_alphabetic()).count() > 1).then_some((sign, tag))
}
