//! The two reference programs, written down again: how they cut words, and how they match patterns.
//!
//! Their tables only say how often they hit; this says where. That it is right is itself a test: it gives every number of the tables.

use super::corpus::{Place, Places};
use std::collections::{BTreeMap, HashMap};
use unicode_segmentation::UnicodeSegmentation;

/// A word as a reference program sees it.
#[derive(Clone, Debug)]
pub struct Word {
    pub place: Place,
    /// Lower case, otherwise as it stands in the text.
    pub form: String,
}

/// Python: `re.finditer(r"\w+(?:['’]\w+)*", text.lower())`.
pub fn python_words(text: &str) -> Vec<Word> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut words = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let start = at;
        while at < chars.len() && is_word(chars[at].1) {
            at += 1;
        }
        if at == start {
            at += 1;
            continue;
        }
        while at + 1 < chars.len() && matches!(chars[at].1, '\'' | '’') && is_word(chars[at + 1].1) {
            at += 1;
            while at < chars.len() && is_word(chars[at].1) {
                at += 1;
            }
        }
        let (from, to) = (chars[start].0, chars.get(at).map_or(text.len(), |&(byte, _)| byte));
        words.push(Word { place: (from as u32, to as u32), form: text[from..to].to_lowercase() });
    }
    words
}

/// quanteda: ICU's word boundaries, but an address, `#tag` and `@name` are one word each.
pub fn quanteda_words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    for (start, len) in specials(text) {
        bounded(text, at, start, &mut words);
        words.push(Word { place: (start as u32, (start + len) as u32), form: text[start..start + len].to_lowercase() });
        at = start + len;
    }
    bounded(text, at, text.len(), &mut words);
    words
}

/// ICU 72 and later do not join at a colon, as the default rules of Unicode do.
fn bounded(text: &str, from: usize, to: usize, words: &mut Vec<Word>) {
    for (at, word) in text[from..to].split_word_bound_indices() {
        let mut start = from + at;
        for part in word.split(':') {
            if part.chars().any(char::is_alphanumeric) {
                let place = (start as u32, (start + part.len()) as u32);
                words.push(Word { place, form: part.to_lowercase() });
            }
            start += part.len() + 1;
        }
    }
}

/// Start and length of addresses, `#tag`, `@name`.
fn specials(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let length =
        |from: usize, is_in: &dyn Fn(char) -> bool| text[from..].find(|c| !is_in(c)).unwrap_or(text.len() - from);
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    for (at, c) in text.char_indices() {
        if found.last().is_some_and(|&(start, len)| at < start + len) {
            continue;
        }
        let rest = &text[at..];
        let before = text[..at].chars().next_back();
        match c {
            'h' | 'H' | 'w' | 'W' if !before.is_some_and(is_word) => {
                let head = rest.get(..8.min(rest.len())).unwrap_or_default().to_lowercase();
                if head.starts_with("http://") || head == "https://" || head.starts_with("www.") {
                    let is_address = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c);
                    found.push((at, length(at, &is_address)));
                }
            }
            '#' if !before.is_some_and(is_word) => {
                let len = length(at + 1, &is_word);
                if len > 0 && rest[1..1 + len].chars().any(char::is_alphanumeric) {
                    found.push((at, 1 + len));
                }
            }
            '@' => {
                let is_local = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
                let local = text[..at].chars().rev().take_while(|&c| is_local(c)).count();
                let host = length(at + 1, &|c| c.is_ascii_alphanumeric() || ".-".contains(c));
                let host_text = rest[1..1 + host].trim_end_matches(['.', '-']);
                if local > 0 && host_text.contains('.') {
                    found.push((at - local, local + 1 + host_text.len()));
                } else {
                    let len = length(at + 1, &|c| c.is_ascii_alphanumeric() || c == '_');
                    if len > 0 {
                        found.push((at, 1 + len));
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// The words of every article, numbered.
pub struct Reading {
    numbers: HashMap<String, u32>,
    forms: Vec<String>,
    articles: Vec<Vec<(Place, u32)>>,
}

impl Reading {
    pub fn of<'t>(texts: impl Iterator<Item = &'t str>, cut: impl Fn(&str) -> Vec<Word>) -> Reading {
        let mut reading = Reading { numbers: HashMap::new(), forms: Vec::new(), articles: Vec::new() };
        for text in texts {
            let words = cut(text).into_iter().map(|word| (word.place, reading.number(word.form))).collect();
            reading.articles.push(words);
        }
        reading
    }

    fn number(&mut self, form: String) -> u32 {
        if let Some(&number) = self.numbers.get(&form) {
            return number;
        }
        self.forms.push(form.clone());
        self.numbers.insert(form, self.forms.len() as u32 - 1);
        self.forms.len() as u32 - 1
    }

    /// Places and forms of the words of an article.
    pub fn words(&self, article: usize) -> impl Iterator<Item = (Place, &str)> {
        self.articles[article].iter().map(|&(place, form)| (place, self.forms[form as usize].as_str()))
    }
}

/// How a reference program settles overlaps.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Settle {
    /// Longest pattern first, then left to right; a token counts once in a category.
    Once,
    /// quanteda: a match whose tokens are all taken by longer ones of its category is dropped.
    NestedInKey,
    /// quanteda: the same over all categories.
    NestedInDictionary,
}

/// Patterns of categories, against the words of a reading.
pub struct Patterns<'r> {
    reading: &'r Reading,
    categories: Vec<String>,
    /// Category and the forms that each word may have, ascending.
    patterns: Vec<(usize, Vec<Vec<u32>>)>,
    by_first: HashMap<u32, Vec<usize>>,
}

impl<'r> Patterns<'r> {
    /// Categories and patterns of words with `*` and `?`.
    pub fn new(reading: &'r Reading, patterns: impl Iterator<Item = (String, String)>) -> Patterns<'r> {
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let mut found = Patterns { reading, categories: Vec::new(), patterns: Vec::new(), by_first: HashMap::new() };
        let mut sorted: Vec<(&str, u32)> =
            reading.forms.iter().enumerate().map(|(number, form)| (form.as_str(), number as u32)).collect();
        sorted.sort_unstable();
        for (category, pattern) in patterns {
            let number = *numbers.entry(category.clone()).or_insert_with(|| {
                found.categories.push(category);
                found.categories.len() - 1
            });
            let words: Vec<Vec<u32>> =
                pattern.split_whitespace().map(|word| matching(&word.to_lowercase(), &sorted)).collect();
            for &first in &words[0] {
                found.by_first.entry(first).or_default().push(found.patterns.len());
            }
            found.patterns.push((number, words));
        }
        found
    }

    /// Where the patterns match in an article.
    pub fn places(&self, article: usize, settle: Settle) -> Places {
        let words = &self.reading.articles[article];
        let mut found: Vec<(usize, usize, usize)> = Vec::new(); // length, start, category
        for (at, (_, form)) in words.iter().enumerate() {
            for &number in self.by_first.get(form).into_iter().flatten() {
                let (category, pattern) = &self.patterns[number];
                let mut each = pattern.iter().zip(words.iter().skip(at));
                if at + pattern.len() <= words.len() && each.all(|(forms, word)| forms.binary_search(&word.1).is_ok()) {
                    found.push((pattern.len(), at, *category));
                }
            }
        }
        found.sort_by_key(|&(length, start, category)| (std::cmp::Reverse(length), start, category));
        found.dedup();
        let in_dictionary = settle == Settle::NestedInDictionary;
        let mut taken = vec![vec![false; words.len()]; if in_dictionary { 1 } else { self.categories.len() }];
        let mut places = Places::new();
        let mut last = None;
        for (length, start, category) in found {
            let span = &mut taken[if in_dictionary { 0 } else { category }][start..start + length];
            let dropped = match settle {
                Settle::Once => span.iter().any(|&taken| taken),
                Settle::NestedInKey => span.iter().all(|&taken| taken),
                // the same words in several categories count in each
                Settle::NestedInDictionary => span.iter().all(|&taken| taken) && last != Some((length, start)),
            };
            if dropped {
                continue;
            }
            last = Some((length, start));
            span.fill(true);
            let place = (words[start].0.0, words[start + length - 1].0.1);
            places.entry(self.categories[category].clone()).or_default().push(place);
        }
        places
    }
}

/// The forms that a word of a pattern matches, ascending by number.
fn matching(pattern: &str, sorted: &[(&str, u32)]) -> Vec<u32> {
    let literal = &pattern[..pattern.find(['*', '?']).unwrap_or(pattern.len())];
    let from = sorted.partition_point(|&(form, _)| form < literal);
    let near = sorted[from..].iter().take_while(|(form, _)| form.starts_with(literal));
    let mut found: Vec<u32> = near.filter(|(form, _)| fits(pattern, form)).map(|&(_, number)| number).collect();
    found.sort_unstable();
    found
}

/// `*` is any rest, `?` one character.
fn fits(pattern: &str, text: &str) -> bool {
    if !pattern.contains(['*', '?']) {
        return pattern == text;
    }
    if let Some(prefix) = pattern.strip_suffix('*')
        && !prefix.contains(['*', '?'])
    {
        return text.starts_with(prefix);
    }
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let mut row = vec![false; text.len() + 1];
    row[0] = true;
    for c in pattern {
        let mut next = vec![c == '*' && row[0]; text.len() + 1];
        for t in 1..=text.len() {
            next[t] = match c {
                '*' => row[t] || next[t - 1],
                '?' => row[t - 1],
                c => row[t - 1] && c == text[t - 1],
            };
            if c != '*' {
                next[0] = false;
            }
        }
        row = next;
    }
    row[text.len()]
}
