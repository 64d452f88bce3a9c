//! A study file.
//!
//! In: TOML. Out: a [`Study`], or everything that is wrong with the file.
//! Invariant: what is wrong has its line and column, and what was meant where that can be told; all of it comes at once.

use super::{Range, SETTINGS, Setting, Study, TABLES, field_mut, paths, setting};
use crate::error::{Place, Problem, Result, did_you_mean};
use crate::lexicon;
use crate::report::HitFiles;
use crate::text::Lines;
use serde_json::{Map, Number, Value};
use std::ops::Range as Bytes;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads a study from text; `path` names it and is where its paths start.
pub(super) fn parse(path: &str, text: &str) -> Result<Study> {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader {
        path,
        text,
        base: paths::folder_of(path),
        fields: Study::default().serialised(),
        problems: Vec::new(),
        named: [Vec::new(), Vec::new()],
        names_out: false,
    };
    if !errors.is_empty() {
        let syntax = |error: &toml::de::Error| {
            let place = error.span().map_or(Place::file(path), |span| reader.place(&span));
            Problem::error("study-syntax", place, error.message().trim().replace('\n', " "))
        };
        return Err(errors.iter().map(syntax).collect::<Vec<_>>().into());
    }
    for (key, value) in document.get_ref() {
        reader.table(key, value);
    }
    reader.finish()
}

struct Reader<'t> {
    path: &'t str,
    text: &'t str,
    base: PathBuf,
    /// A serialised study, whose fields are filled in one by one.
    fields: Value,
    problems: Vec<Problem>,
    /// Where the file names the groups of the primary comparison, and the primary lexicon of sentiment.
    named: [Vec<Place>; 2],
    names_out: bool,
}

impl Reader<'_> {
    fn place(&self, span: &Bytes<usize>) -> Place {
        let (line, column) = Lines::of(self.text).line_column(self.text, span.start as u32);
        Place::at(self.path, line, column)
    }

    fn table(&mut self, name: &Spanned<std::borrow::Cow<'_, str>>, value: &Spanned<DeValue<'_>>) {
        let place = self.place(&name.span());
        let Some((table, _)) = TABLES.iter().find(|(table, _)| *table == name.get_ref()) else {
            return self.problems.push(unknown_table(place, name.get_ref()));
        };
        let Some(rows) = value.get_ref().as_table() else {
            let problem = Problem::error("study-table", place, format!("`{table}` is no table"));
            return self.problems.push(problem.expected(format!("a line `[{table}]` with the settings below it")));
        };
        match *table {
            "outlets" => return self.outlets(rows),
            "keyness" => self.ask_for("lexical.keyness", &crate::estimates::lexical::keyness::Options::default()),
            "collocates" => {
                self.ask_for("lexical.collocates", &crate::estimates::lexical::collocates::Options::default());
            }
            _ => {}
        }
        for (key, value) in rows {
            match setting(&format!("{table}.{}", key.get_ref())) {
                None if (*table, key.get_ref().as_ref()) == ("report", "parquet") => self.parquet(value),
                Some(setting) => self.setting(setting, value),
                None => {
                    let place = self.place(&key.span());
                    self.problems.push(unknown_key(place, table, key.get_ref()));
                }
            }
        }
    }

    /// A table whose presence asks for something.
    fn ask_for(&mut self, at: &str, options: &impl serde::Serialize) {
        if let (Some(field), Ok(options)) = (field_mut(&mut self.fields, at), serde_json::to_value(options)) {
            *field = options;
        }
    }

    fn setting(&mut self, setting: &Setting, value: &Spanned<DeValue<'_>>) {
        let mut json = json(value.get_ref());
        if !setting.range.holds(&json) {
            let problem = setting.problem(self.place(&value.span()), &self.source(&value.span()), &json);
            return self.problems.push(problem);
        }
        match setting.range {
            Range::Path => json = self.below(json.as_str().unwrap_or_default()).into(),
            Range::Paths => {
                let paths = json.as_array().into_iter().flatten().filter_map(Value::as_str);
                json = paths.map(|path| Value::from(self.below(path))).collect();
            }
            _ => {}
        }
        let places = || match value.get_ref().as_array() {
            Some(values) => values.iter().map(|value| self.place(&value.span())).collect(),
            None => vec![self.place(&value.span())],
        };
        match setting.path {
            "statistics.primary" => self.named[0] = places(),
            "sentiment.primary" => self.named[1] = places(),
            "report.out" => self.names_out = true,
            _ => {}
        }
        if let Some(field) = field_mut(&mut self.fields, setting.at) {
            *field = json;
        }
    }

    /// `parquet`, as studies had it before there was `hits`.
    fn parquet(&mut self, value: &Spanned<DeValue<'_>>) {
        let hits = match value.get_ref() {
            DeValue::Boolean(true) => HitFiles::Both,
            DeValue::Boolean(false) => HitFiles::Csv,
            _ => {
                let found = format!("parquet = {}", self.source(&value.span()));
                let problem = Problem::error("setting-out-of-range", self.place(&value.span()), found);
                return self.problems.push(problem.expected("true or false").hint("`hits = \"both\"` says the same"));
            }
        };
        if let (Some(field), Ok(hits)) = (field_mut(&mut self.fields, "report.hits"), serde_json::to_value(hits)) {
            *field = hits;
        }
    }

    fn outlets(&mut self, rows: &DeTable<'_>) {
        let mut names = Map::new();
        for (outlet, value) in rows {
            let json = json(value.get_ref());
            if Range::Paths.holds(&json) {
                names.insert(outlet.get_ref().to_string(), json);
            } else {
                let place = self.place(&value.span());
                let found = format!("\"{}\" = {}", outlet.get_ref(), self.source(&value.span()));
                self.problems.push(
                    Problem::error("setting-type", place, found)
                        .expected("a list of names, as in [\"The Steppe Observer\", \"steppe-observer.example\"]"),
                );
            }
        }
        if let Some(field) = field_mut(&mut self.fields, "read.aliases") {
            *field = Value::Object(names);
        }
    }

    /// A value as it is written, its first line.
    fn source(&self, span: &Bytes<usize>) -> String {
        const SHOWN: usize = 60;
        let written = self.text.get(span.clone()).unwrap_or_default();
        let line: String = written.lines().next().unwrap_or_default().chars().take(SHOWN).collect();
        if line.len() < written.len() { format!("{line}…") } else { line }
    }

    /// A path of the file, seen from the current folder; the name of a shipped lexicon stays what it is where no file is called so.
    fn below(&self, path: &str) -> String {
        let file = paths::below(&self.base, path);
        if lexicon::shipped(path).is_some() && !Path::new(&file).exists() { path.to_string() } else { file }
    }

    fn finish(mut self) -> Result<Study> {
        let study: std::result::Result<Study, _> = serde_json::from_value(self.fields);
        match study {
            Ok(mut study) => {
                study.file = Some(self.path.to_string());
                study.names_out = self.names_out;
                study.reading.folder = Some(self.base);
                let [groups, lexicon] = self.named;
                study.estimates.primary_at = groups;
                study.sentiment.primary_at = lexicon.into_iter().next();
                study.voices.sort_unstable();
                study.voices.dedup();
                self.problems.extend(study.contradictions(self.path));
                if self.problems.is_empty() {
                    return Ok(study);
                }
            }
            // a range that serde knows better
            Err(error) => self.problems.push(Problem::error("study-syntax", Place::file(self.path), error.to_string())),
        }
        self.problems.sort_by_key(|problem| (problem.place.line, problem.place.column));
        Err(self.problems.into())
    }
}

fn unknown_table(place: Place, name: &str) -> Problem {
    let problem = Problem::error("study-table", place, format!("no table of a study is called `[{name}]`"));
    let tables = || TABLES.iter().map(|(table, _)| *table);
    if let Some(home) = SETTINGS.iter().find(|setting| setting.key() == name && setting.table().is_some()) {
        return problem.hint(format!("`{name}` belongs below a line `[{}]`", home.table().unwrap_or_default()));
    }
    match did_you_mean(name, tables()) {
        Some(meant) => problem.hint(format!("did you mean `[{meant}]`?")),
        None => problem.expected(tables().map(|table| format!("[{table}]")).collect::<Vec<_>>().join(", ")),
    }
}

fn unknown_key(place: Place, table: &str, key: &str) -> Problem {
    let found = format!("[{table}] has no setting `{key}`");
    let problem = Problem::error("setting-unknown", place, found);
    let keys = || SETTINGS.iter().filter(|setting| setting.table() == Some(table)).map(Setting::key);
    let homes: Vec<String> = SETTINGS
        .iter()
        .filter(|setting| setting.key() == key)
        .filter_map(Setting::table)
        .map(|home| format!("`[{home}]`"))
        .collect();
    match (did_you_mean(key, keys()), homes.is_empty()) {
        (Some(meant), _) => problem.hint(format!("did you mean `{meant}`?")),
        (None, false) => problem.hint(format!("it belongs below the line {}", homes.join(" or "))),
        (None, true) => problem.expected(keys().collect::<Vec<_>>().join(", ")),
    }
}

impl Setting {
    /// True where the setting may be absent.
    pub(super) fn may_be_unset(&self) -> bool {
        !self.unset.is_empty() || !self.example.is_empty()
    }

    /// What is wrong with a value, as it was written.
    pub(super) fn problem(&self, place: Place, written: &str, value: &Value) -> Problem {
        let found = format!("{} = {written}", self.key());
        let problem = Problem::error("setting-out-of-range", place, found).expected(self.range.words());
        match self.range.meant(value) {
            Some(meant) => problem.hint(format!("did you mean `{meant}`?")),
            None => problem,
        }
    }
}

/// A value of TOML as JSON; what JSON has no number for becomes a text, which no range of numbers holds.
fn json(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Boolean(flag) => Value::from(*flag),
        DeValue::Integer(number) => {
            let (text, radix) = (number.as_str(), number.radix());
            let whole = u64::from_str_radix(text, radix).map(Value::from);
            whole.or_else(|_| i64::from_str_radix(text, radix).map(Value::from)).unwrap_or_else(|_| Value::from(text))
        }
        DeValue::Float(number) => {
            let parsed = number.as_str().parse().ok().and_then(Number::from_f64);
            parsed.map_or_else(|| Value::from(number.as_str()), Value::Number)
        }
        DeValue::Datetime(time) => serde_json::json!({ "time": time.to_string() }),
        DeValue::Array(values) => values.iter().map(|value| json(value.get_ref())).collect(),
        DeValue::Table(rows) => {
            rows.iter().map(|(key, value)| (key.get_ref().to_string(), json(value.get_ref()))).collect()
        }
    }
}
