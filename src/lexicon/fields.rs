//! Typed access to the tables of a TOML lexicon.
//!
//! In: a parsed table with spans. Out: values with their place, and a problem for every key that is unknown or of the wrong type.
//! Invariant: no key is read past in silence; lists keep the order of the file.
//! It deliberately knows nothing of lexicons.

use crate::error::{Place, Problem, did_you_mean};
use crate::text::Lines;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Located<T> {
    pub value: T,
    pub line: u32,
    pub column: u32,
}

/// The text of a file and where its lines begin.
pub(super) struct Source<'a> {
    pub file: &'a str,
    pub text: &'a str,
    pub lines: Lines,
}

impl Source<'_> {
    pub(super) fn at<T>(&self, byte: usize, value: T) -> Located<T> {
        let (line, column) = self.lines.line_column(self.text, byte as u32);
        Located { value, line, column }
    }

    pub(super) fn place(&self, byte: usize) -> Place {
        let at = self.at(byte, ());
        Place::at(self.file, at.line, at.column)
    }
}

/// One table, with the problems found in it.
pub(super) struct Fields<'s, 'a> {
    pub source: &'s Source<'a>,
    pub table: &'s DeTable<'a>,
    pub problems: Vec<Problem>,
    /// How to call the table in a message: `[[frame]]`.
    pub what: &'static str,
}

impl<'s, 'a> Fields<'s, 'a> {
    /// Refuses keys that are not among `allowed`.
    pub(super) fn only(&mut self, allowed: &[&str]) {
        for (key, _) in self.table.iter() {
            let name: &str = key.get_ref();
            if !allowed.contains(&name) {
                let place = self.source.place(key.span().start);
                let hint = match did_you_mean(name, allowed.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("keys of {}: {}", self.what, allowed.join(", ")),
                };
                let found = format!("unknown key `{name}` in {}", self.what);
                self.problems.push(Problem::error("key-unknown", place, found).hint(hint));
            }
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&'s Spanned<DeValue<'a>>> {
        self.table.get(key)
    }

    pub(super) fn wrong(&mut self, value: &Spanned<DeValue<'_>>, key: &str, expected: &str) {
        let place = self.source.place(value.span().start);
        let found = format!("`{key}` is {}", describe(value.get_ref()));
        self.problems.push(Problem::error("value-type", place, found).expected(expected));
    }

    /// A string.
    pub(super) fn text(&mut self, key: &str) -> Option<Located<String>> {
        let value = self.get(key)?;
        let Some(text) = value.get_ref().as_str() else {
            self.wrong(value, key, "a text in quotation marks");
            return None;
        };
        Some(self.source.at(value.span().start, text.to_string()))
    }

    /// A string, or nothing.
    pub(super) fn text_or_empty(&mut self, key: &str) -> String {
        self.text(key).map_or(String::new(), |at| at.value)
    }

    /// A truth value; false where it is not given.
    pub(super) fn flag(&mut self, key: &str) -> bool {
        let Some(value) = self.get(key) else { return false };
        match value.get_ref().as_bool() {
            Some(flag) => flag,
            None => {
                self.wrong(value, key, "true or false");
                false
            }
        }
    }

    /// The digits of a number.
    pub(super) fn number(&mut self, key: &str) -> Option<Located<String>> {
        let value = self.get(key)?;
        let digits = match value.get_ref() {
            DeValue::Integer(n) if n.radix() == 10 => n.as_str().to_string(),
            DeValue::Float(n) => n.as_str().to_string(),
            _ => {
                self.wrong(value, key, "a number such as 1.5");
                return None;
            }
        };
        Some(self.source.at(value.span().start, digits))
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(&mut self, key: &str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        let found = choices.iter().find(|(name, _)| *name == text.value).map(|&(_, value)| value);
        if found.is_none() {
            let names: Vec<&str> = choices.iter().map(|&(name, _)| name).collect();
            let place = Place::at(self.source.file, text.line, text.column);
            let hint = match did_you_mean(&text.value, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => String::new(),
            };
            let found = format!("{key} = \"{}\"", text.value);
            let problem = Problem::error("value-unknown", place, found).expected(names.join(", "));
            self.problems.push(problem.hint(hint));
        }
        found
    }

    /// The members of a list; nothing where it is not given.
    pub(super) fn list(&mut self, key: &str) -> Option<Vec<&'s Spanned<DeValue<'a>>>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Array(list) => Some(list.iter().collect()),
            _ => {
                self.wrong(value, key, "a list in square brackets");
                None
            }
        }
    }

    /// A list of strings.
    pub(super) fn texts(&mut self, key: &str) -> Vec<Located<String>> {
        let mut found = Vec::new();
        for value in self.list(key).unwrap_or_default() {
            match value.get_ref().as_str() {
                Some(text) => found.push(self.source.at(value.span().start, text.to_string())),
                None => self.wrong(value, key, "texts in quotation marks"),
            }
        }
        found
    }
}

fn describe(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the text \"{text}\""),
        DeValue::Integer(n) => format!("the number {}", n.as_str()),
        DeValue::Float(n) => format!("the number {}", n.as_str()),
        DeValue::Boolean(flag) => format!("{flag}"),
        DeValue::Datetime(date) => format!("the date {date}"),
        DeValue::Array(_) => "a list".to_string(),
        DeValue::Table(_) => "a table".to_string(),
    }
}
