//! A study as a file for people.
//!
//! In: a study. Out: TOML with every setting and what it is; those that say nothing but the default are comments.
//! Invariant: read again, the text gives the same study.

use super::{Range, SETTINGS, Setting, Study, TABLES, field};
use crate::estimates::lexical::{Options, collocates, keyness};
use crate::lexicon;
use serde_json::Value;
use std::fmt::Write as _;

/// Where a comment begins, so that those of neighbours stand below each other.
const COLUMN: usize = 32;

impl Study {
    /// As a study file, with every setting; `head` are its first lines, without the sign of comments. Paths are written as they are.
    pub fn to_toml(&self, head: &str) -> String {
        let mut text = String::new();
        for line in head.lines() {
            let _ = writeln!(text, "# {line}");
        }
        let plain = complete();
        let own = self.serialised();
        for (table, about) in TABLES {
            let settings: Vec<&Setting> = SETTINGS.iter().filter(|s| s.table().unwrap_or(s.path) == *table).collect();
            let is_default = |setting: &Setting| match field(&own, setting.at) {
                None => true,
                // it is where the file lies that makes this one the default
                Some(_) if setting.path == "report.out" => false,
                Some(value) => Some(value) == field(&plain, setting.at),
            };
            let is_silent = !about.is_empty() && settings.iter().all(|setting| is_default(setting));
            // that a table is there asks for what it is about
            let is_asked = field(&own, &format!("lexical.{table}")).is_some_and(|options| !options.is_null());
            let sign = if is_silent && !is_asked { "# " } else { "" };
            text.push('\n');
            line(&mut text, &format!("{sign}[{table}]"), about);
            for setting in settings {
                let value = field(&own, setting.at).or_else(|| field(&plain, setting.at));
                let value = self.as_written(setting, value.unwrap_or(&Value::Null));
                rows(&mut text, setting, &value, is_default(setting));
            }
        }
        text
    }

    /// The default of a setting, as it is written in a file; none where it is unset.
    pub fn default_of(setting: &Setting) -> Option<String> {
        let value = field(&complete(), setting.at)?.clone();
        (!value.is_null() && setting.range.holds(&value)).then(|| literal(&value))
    }

    /// A value with its paths as they stand in the file.
    fn as_written(&self, setting: &Setting, value: &Value) -> Value {
        let path = |value: &Value| match value.as_str() {
            Some(path) if lexicon::shipped(path).is_none() => self.shown(path).into(),
            _ => value.clone(),
        };
        match (setting.range, value) {
            (Range::Path, _) => path(value),
            (Range::Paths, Value::Array(paths)) => paths.iter().map(path).collect(),
            _ => value.clone(),
        }
    }
}

/// The defaults of all settings, of those too that must be asked for.
fn complete() -> Value {
    let (keyness, collocates) = (Some(keyness::Options::default()), Some(collocates::Options::default()));
    Study { lexical: Options { keyness, collocates, ..Options::default() }, ..Study::default() }.serialised()
}

fn rows(text: &mut String, setting: &Setting, value: &Value, is_default: bool) {
    let sign = if is_default { "# " } else { "" };
    match value {
        Value::Object(names) if names.is_empty() => {
            line(text, "# \"Steppe Observer\" = [\"The Steppe Observer\", \"steppe-observer.example\"]", "");
        }
        Value::Object(names) => {
            for (name, of) in names {
                line(text, &format!("{} = {}", quoted(name), literal(of)), "");
            }
        }
        Value::Null => line(text, &format!("# {} = {}", setting.key(), setting.example), &setting.comment()),
        Value::Array(values) if values.is_empty() && !setting.example.is_empty() => {
            line(text, &format!("# {} = {}", setting.key(), setting.example), &setting.comment());
        }
        Value::Array(values) if literal(value).len() > 90 => {
            line(text, &format!("{sign}{} = [", setting.key()), &setting.comment());
            for value in values {
                let _ = writeln!(text, "{sign}  {},", literal(value));
            }
            let _ = writeln!(text, "{sign}]");
        }
        _ => line(text, &format!("{sign}{} = {}", setting.key(), literal(value)), &setting.comment()),
    }
}

fn line(text: &mut String, code: &str, comment: &str) {
    if comment.is_empty() {
        let _ = writeln!(text, "{code}");
    } else {
        let gap = COLUMN.saturating_sub(code.chars().count()).max(1);
        let _ = writeln!(text, "{code}{}# {comment}", " ".repeat(gap));
    }
}

impl Setting {
    /// What it is, what it may be, and what happens without it.
    pub(super) fn comment(&self) -> String {
        let mut text = self.about.to_string();
        let remark = self.range.remark();
        if !remark.is_empty() {
            let _ = write!(text, "; {remark}");
        }
        if !self.unset.is_empty() {
            let _ = write!(text, "; by default {}", self.unset);
        }
        text
    }
}

/// A value as TOML writes it; its texts need the escapes that JSON has.
pub(super) fn literal(value: &Value) -> String {
    match value {
        Value::Array(values) => format!("[{}]", values.iter().map(literal).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
