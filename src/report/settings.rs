//! Every setting of a run, as the manifest and the page show it.
//!
//! In: setting by setting, its table and key, its value, and what it is. Out: JSON for the manifest, rows in words for the page.
//! It deliberately knows no setting by name: `study` does.

use serde_json::{Map, Value};

/// The settings of a run, in the order of a study file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// Table → key → value, as in a study file.
    pub tables: Map<String, Value>,
    /// What each is, and its value in words; those that are unset and say nothing by it are left out.
    pub rows: Vec<(String, String)>,
}

impl Settings {
    /// Adds a setting; `unset` is what its absence means. A table that is a setting itself has its own name for a key.
    pub fn add(&mut self, table: &str, key: &str, value: Value, (about, unset): (&str, &str)) {
        if !value.is_null() || !unset.is_empty() {
            let words = if value.is_null() { unset.to_string() } else { in_words(&value) };
            self.rows.push((capital(about), words));
        }
        if table == key {
            self.tables.insert(table.to_string(), value);
        } else if let Value::Object(rows) =
            self.tables.entry(table.to_string()).or_insert_with(|| Value::Object(Map::new()))
        {
            rows.insert(key.to_string(), value);
        }
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn in_words(value: &Value) -> String {
    let list = |parts: Vec<String>, between| if parts.is_empty() { "none".to_string() } else { parts.join(between) };
    match value {
        Value::Null => "not set".to_string(),
        Value::Bool(is_set) => if *is_set { "yes" } else { "no" }.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(values) => list(values.iter().map(in_words).collect(), ", "),
        Value::Object(values) => {
            list(values.iter().map(|(key, value)| format!("{key}: {}", in_words(value))).collect(), "; ")
        }
    }
}
