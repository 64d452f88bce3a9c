//! One name for each outlet.
//!
//! In: an outlet as metadata writes it, and the alias table of the study. Out: the name that is counted.
//! Invariant: names that differ only in white space (outer, repeated, odd) and in signs that nobody sees are one name.
//! It deliberately folds nothing else by itself: `variants` proposes, a person decides.

use crate::error::{Place, Problem};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// The alias table, ready for look-up.
#[derive(Debug, Default)]
pub(crate) struct Outlets {
    canonical: BTreeMap<String, String>,
}

impl Outlets {
    /// From canonical name to variants; a variant claimed twice is a problem.
    pub(crate) fn new(aliases: &BTreeMap<String, Vec<String>>) -> Result<Outlets, Vec<Problem>> {
        let mut canonical: BTreeMap<String, String> = BTreeMap::new();
        let mut problems = Vec::new();
        for (name, variants) in aliases {
            let name = visible(name);
            for variant in std::iter::once(&name).chain(variants) {
                let taken = canonical.insert(key(variant), name.clone());
                if let Some(other) = taken.filter(|other| *other != name) {
                    let found = format!("`{}` is listed as a name of both `{other}` and `{name}`", tidy(variant));
                    let hint = "keep it under one of the two in [outlets]";
                    problems.push(Problem::error("alias-twice", Place::file("[outlets]"), found).hint(hint));
                }
            }
        }
        if problems.is_empty() { Ok(Outlets { canonical }) } else { Err(problems) }
    }

    /// The name that is counted; `None` where none is given.
    pub(crate) fn fold(&self, outlet: &str) -> Option<String> {
        let named = named_in_python(outlet).or_else(|| host(outlet)).unwrap_or(outlet);
        let tidied = visible(named);
        if tidied.is_empty() {
            return None;
        }
        Some(self.canonical.get(&key(&tidied)).cloned().unwrap_or(tidied))
    }
}

/// `www.dawn.com` of `https://www.dawn.com/a/0`: the address of an article names its outlet by the host.
fn host(outlet: &str) -> Option<&str> {
    let rest = outlet.trim();
    let rest = rest.strip_prefix("https://").or_else(|| rest.strip_prefix("http://"))?;
    rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty())
}

/// `Dawn` of `{'id': None, 'name': 'Dawn'}`: what pandas writes of an outlet that JSON describes.
fn named_in_python(outlet: &str) -> Option<&str> {
    let inside = outlet.trim().strip_prefix('{')?.strip_suffix('}')?;
    let (_, value) = inside.split_once("'name':").or_else(|| inside.split_once("\"name\":"))?;
    let value = value.trim_start();
    let mark = value.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    value[1..].split_once(mark).map(|(name, _)| name)
}

/// NFC, without outer white space, one space between words.
pub(crate) fn tidy(name: &str) -> String {
    let mut tidied = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !tidied.is_empty() {
            tidied.push(' ');
        }
        tidied.push_str(word);
    }
    if tidied.is_ascii() { tidied } else { tidied.nfc().collect() }
}

/// Tidied, without signs that nobody sees; a joiner stays inside a name, where Persian and the scripts of India write one.
fn visible(name: &str) -> String {
    if name.is_ascii() || !name.contains(is_unseen) {
        return tidy(name);
    }
    let name = name.trim_matches(|c: char| is_unseen(c) || c.is_whitespace());
    let is_joiner = |c: char| matches!(c, '\u{200c}' | '\u{200d}');
    tidy(&name.chars().filter(|&c| !is_unseen(c) || is_joiner(c)).collect::<String>())
}

/// Signs without width: spaces, joiners, marks of direction and of byte order, soft hyphens.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn key(name: &str) -> String {
    visible(name).to_lowercase()
}
