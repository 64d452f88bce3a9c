//! Writes what coders have said into the lexicons: `precision` of each entry, and `validation.json` beside the file.
//!
//! In: a folder that was scored, lexicon files in TOML, a day. Out: the same files, comments and all, with precisions; a record.
//! Invariant: the lexicon that is read afterwards differs in precisions and `validated` alone; an entry that was edited since the sample
//! gets none.

use super::codes;
use super::estimates::Scores;
use super::key::{Key, KeyLexicon};
use super::report::Report;
use super::score::{SCORE, Score};
use super::{Outcome, write};
use crate::disk::{read_regular, read_text};
use crate::error::{Place, Problem, Result, Severity};
use crate::lexicon::{
    self, Lexicon, Overlap, VALIDATION_FILE, ValidatedEntry, ValidatedFrame, Validation, ValidationFile, entries_of,
    entry_key,
};
use crate::read::Date;
use crate::text::{several, shell_word};
use std::collections::BTreeMap;
use std::path::Path;
use toml_edit::{DocumentMut, Formatted, InlineTable, Item, Value};

/// What is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apply {
    /// The folder that was scored.
    pub folder: String,
    /// Lexicon files.
    pub lexicons: Vec<String>,
    /// The day of the record, as ISO date; without one it is today.
    pub date: Option<String>,
    /// Names of the coders in their order, where they shall be named; else A, B, …
    pub coders: Vec<String>,
}

/// Bytes of a file that are read at most.
const LONGEST: u64 = 256 << 20;

/// Applies a score.
///
/// # Errors
/// Where the folder was not scored, sheets were changed since, coders still disagree; where a lexicon is not one of the sample's.
pub fn apply(options: &Apply) -> Result<Outcome> {
    let key = Key::read(&options.folder)?;
    let score = read_score(options, &key)?;
    let date = match &options.date {
        Some(date) => day(date)?,
        None => today(),
    };
    let coders = names(options, &key)?;
    // all is read and checked before anything is written
    let mut changes = Vec::new();
    for file in &options.lexicons {
        changes.push(Change::of(file, &key, &score, &date, &coders)?);
    }
    let mut text = Vec::new();
    for change in &changes {
        write::replace(&change.file, change.text.as_bytes())?;
        change.record()?;
        text.push(format!(
            "{}: precision of {} written{}; record in {}",
            change.file,
            several(change.written, "entry"),
            if change.edited > 0 {
                format!(", {} edited since the sample left out", change.edited)
            } else {
                String::new()
            },
            change.place()
        ));
    }
    text.push("The next run will report this on its charts, page and tables.".to_string());
    Ok(Outcome { text: text.join("\n"), needs_decision: false })
}

fn read_score(options: &Apply, key: &Key) -> Result<Score> {
    let file = format!("{}/{SCORE}", options.folder.trim_end_matches('/'));
    let again = format!("score again: `framescope validate score {}`", shell_word(&options.folder));
    let bytes = read_regular(Path::new(&file), LONGEST).map_err(|error| {
        Problem::error("score-absent", Place::file(file.as_str()), format!("cannot be read: {error}"))
            .hint(again.as_str())
    })?;
    let score: Score = serde_json::from_slice(&bytes).map_err(|error| {
        let place = Place::at(file.as_str(), error.line() as u32, error.column() as u32);
        Problem::error("score-edited", place, format!("is no score: {error}")).hint(again.as_str())
    })?;
    let coding = codes::read(&options.folder, key, &mut Vec::new())?;
    let now = super::score::summary(key, &Report::of(Scores::of(key, &coding)));
    if now != score {
        let problem = Problem::error("score-old", Place::file(file), "does not belong to these sheets and this key");
        return Err(problem.hint(again).into());
    }
    if score.open > 0 {
        let found = format!("coders disagree on {}, not decided yet", several(score.open, "item"));
        let problem = Problem::error("codes-open", Place::file(options.folder.as_str()), found);
        return Err(problem
            .hint("decide them in disagreements.csv, save it as adjudicated.csv, and score again")
            .into());
    }
    Ok(score)
}

fn names(options: &Apply, key: &Key) -> Result<Vec<String>> {
    match options.coders.len() {
        0 => Ok(key.coders.clone()),
        n if n == key.coders.len() => Ok(options.coders.clone()),
        n => {
            let problem = Problem::error("coders", Place::file("--coders"), format!("{n} names"));
            Err(problem.expected(format!("{} names, one for each coder in order", key.coders.len())).into())
        }
    }
}

fn day(text: &str) -> Result<String> {
    Date::iso(text).map(|date| date.to_string()).ok_or_else(|| {
        Problem::error("date-bad", Place::file("--date"), format!("`{text}`"))
            .expected("a day such as 2022-01-31")
            .into()
    })
}

/// Today, by the clock of the machine (UTC): the only thing that a record takes from it.
fn today() -> String {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Date::from_days((seconds / 86_400) as i64).map(|date| date.to_string()).unwrap_or_default()
}

/// A lexicon file, before it is written.
struct Change {
    file: String,
    text: String,
    lexicon: Lexicon,
    validation: Validation,
    /// How it is read.
    options: lexicon::Options,
    written: usize,
    edited: usize,
}

impl Change {
    fn of(file: &str, key: &Key, score: &Score, date: &str, coders: &[String]) -> Result<Change> {
        let refused = |kind, found: String| Problem::error(kind, Place::file(file), found);
        let text = read_text(Path::new(file), LONGEST).map_err(|error| {
            refused("lexicon-unreadable", format!("cannot be read: {error}"))
                .hint("give a TOML file; copy a shipped lexicon first, since those in the program cannot be written")
        })?;
        let mut options = lexicon::Options::default();
        let mut lexicon = lexicon::parse_native(file, &text, &options)?;
        let Some(sampled) = key.lexicons.iter().find(|other| other.name == lexicon.name) else {
            let known: Vec<&str> = key.lexicons.iter().map(|known| known.name.as_str()).collect();
            let problem = refused("lexicon-other", format!("is the lexicon `{}`", lexicon.name));
            return Err(problem.expected(format!("one of the sample: {}", known.join(", "))).into());
        };
        // the rule of the study that the sample was drawn with, which the file may not have
        if sampled.overlap == Overlap::Lexicon && lexicon.overlap != sampled.overlap {
            options.overlap = Some(sampled.overlap);
            lexicon = lexicon::parse_native(file, &text, &options)?;
        }
        let counts: BTreeMap<&str, (u32, u32)> = score
            .entries
            .iter()
            .filter(|entry| entry.lexicon == lexicon.name)
            .map(|entry| (entry.key.as_str(), (entry.right, entry.checked)))
            .collect();
        let mut change = Change {
            validation: validation(&lexicon, key, score, date, coders),
            file: file.to_string(),
            text: String::new(),
            written: 0,
            edited: 0,
            lexicon,
            options,
        };
        change.known()?;
        change.write(&text, &counts, date, coders.len())?;
        Ok(change)
    }

    /// The file with precisions.
    fn write(&mut self, text: &str, counts: &BTreeMap<&str, (u32, u32)>, date: &str, coders: usize) -> Result<()> {
        let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut document: DocumentMut = plain
            .parse()
            .map_err(|error| Problem::error("toml-syntax", Place::file(self.file.as_str()), format!("{error}")))?;
        let mut keys: BTreeMap<(String, String, bool), Vec<String>> = BTreeMap::new();
        for entry in &self.lexicon.entries {
            let name = (self.lexicon.frames[entry.frame].name.clone(), entry.text.clone(), entry.except);
            keys.entry(name).or_default().push(entry_key(&self.lexicon, entry));
        }
        for frame in lexicon::tables_mut(&mut document, "frame") {
            let name = frame.get("name").and_then(Item::as_str).unwrap_or_default().to_string();
            let Some(terms) = frame.get_mut("terms").and_then(Item::as_array_mut) else { continue };
            for term in terms.iter_mut() {
                let text = term_text(term);
                let of = keys.get(&(name.clone(), text, false)).into_iter().flatten();
                if let Some(count) = of.filter_map(|key| counts.get(key.as_str())).next() {
                    set_precision(term, *count);
                    self.written += 1;
                }
            }
        }
        self.edited = counts.len().saturating_sub(self.written);
        if let Some(header) = document.get_mut("lexicon").and_then(Item::as_table_like_mut) {
            let by = format!("{date}, {coders} coder{}", if coders == 1 { "" } else { "s" });
            put(header, "validated", &by);
        }
        self.text = document.to_string();
        self.check()
    }

    /// Nothing but precisions and `validated` may be other than it was.
    fn check(&self) -> Result<()> {
        let after = lexicon::parse_native(&self.file, &self.text, &self.options)?;
        let keys = |lexicon: &Lexicon| -> Vec<String> {
            let text = |entry: &lexicon::Entry| {
                format!(
                    "{} {:?} {:?} {} {} {}",
                    entry_key(lexicon, entry),
                    entry.weight,
                    entry.sd,
                    entry.note,
                    entry.source,
                    entry.added
                )
            };
            lexicon.entries.iter().map(text).collect()
        };
        if after.digest != self.lexicon.digest || keys(&after) != keys(&self.lexicon) {
            let problem = Problem::error("apply-changes", Place::file(self.file.as_str()), "would read differently");
            return Err(problem.hint("the file is untouched; please report it: this is a bug of framescope").into());
        }
        Ok(())
    }

    /// Where the record stands.
    fn place(&self) -> String {
        Path::new(&self.file).with_file_name(VALIDATION_FILE).to_string_lossy().replace('\\', "/")
    }

    /// The records of the folder.
    ///
    /// # Errors
    /// Where they cannot be read: what earlier samples said would be lost.
    fn known(&self) -> Result<ValidationFile> {
        let place = self.place();
        let path = Path::new(&place);
        if !path.exists() {
            return Ok(ValidationFile::default());
        }
        lexicon::read_validation(path).map_err(|problem| {
            let of_folder = Place { file: place.clone(), ..problem.place.clone() };
            Problem { severity: Severity::Error, place: of_folder, ..*problem }
                .hint("nothing was written: restore this file, or delete it with what it says of earlier samples, and apply again")
                .into()
        })
    }

    /// Adds the record to those of the folder.
    fn record(&self) -> Result<()> {
        let mut known = self.known()?;
        let mut validation = self.validation.clone();
        // frames that an earlier sample spoke of, and this one does not, keep what was said of them, if it was of the same articles and settings
        if let Some(earlier) = known
            .lexicons
            .remove(&self.lexicon.name)
            .filter(|earlier| (&earlier.corpus, &earlier.settings) == (&validation.corpus, &validation.settings))
        {
            let is_new = |name: &str| validation.frames.iter().any(|frame| frame.name == name);
            let kept: Vec<ValidatedFrame> = earlier.frames.into_iter().filter(|frame| !is_new(&frame.name)).collect();
            validation.frames.extend(kept);
        }
        known.lexicons.insert(self.lexicon.name.clone(), validation);
        let mut bytes = serde_json::to_vec_pretty(&known).unwrap_or_default();
        bytes.push(b'\n');
        write::replace(&self.place(), &bytes)
    }
}

/// The record: the entries as they were when the sample was drawn.
fn validation(lexicon: &Lexicon, key: &Key, score: &Score, date: &str, coders: &[String]) -> Validation {
    let count = |lexicon: &str, key: &str| {
        let mut of = score.entries.iter().filter(|entry| entry.lexicon == lexicon && entry.key == key);
        of.next().map_or((0, 0), |entry| (entry.right, entry.checked))
    };
    let frame = |of: &super::score::FrameScore| {
        let is_of = |frame: &str| {
            frame.strip_prefix(of.name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let entries = key.lexicons.iter().flat_map(|known| known.entries.iter().map(move |entry| (known, entry)));
        // with this rule every entry of a lexicon may take a word from any other
        let decides = |known: &KeyLexicon, frame: &str| is_of(frame) || known.overlap == Overlap::Lexicon;
        let entries = entries.filter(|(known, entry)| decides(known, &entry.frame)).map(|(known, entry)| {
            let (right, checked) = count(&known.name, &entry.key);
            ValidatedEntry {
                lexicon: known.name.clone(),
                key: entry.key.clone(),
                entry: entry.entry.clone(),
                right,
                checked,
            }
        });
        let entries = entries.collect();
        ValidatedFrame {
            name: of.name.clone(),
            precision: of.precision.clone(),
            recall: of.recall.clone(),
            f1: of.f1.clone(),
            alpha: of.alpha.clone(),
            coded: of.coded,
            entries,
        }
    };
    let has_frame = |of: &&super::score::FrameScore| {
        of.coded > 0
            && lexicon.frames.iter().any(|frame| frame.name == of.name)
            && entries_of(lexicon, &of.name).next().is_some()
    };
    Validation {
        corpus: key.corpus.clone(),
        settings: key.settings.clone(),
        date: date.to_string(),
        coders: coders.to_vec(),
        unit: key.unit.name().to_string(),
        design: score.design.clone(),
        frames: score.frames.iter().filter(has_frame).map(frame).collect(),
    }
}

fn term_text(term: &Value) -> String {
    let text = match term {
        Value::InlineTable(table) => table.get("term").and_then(Value::as_str),
        other => other.as_str(),
    };
    text.unwrap_or_default().to_string()
}

/// Writes the precision of a term; a plain text becomes a table, with the comments around it.
fn set_precision(term: &mut Value, (right, checked): (u32, u32)) {
    let precision = format!("{right}/{checked}");
    match term {
        Value::InlineTable(table) => match table.get_mut("precision") {
            Some(value) => {
                let decor = value.decor().clone();
                *value = Value::from(precision);
                *value.decor_mut() = decor;
            }
            None => {
                // the space before the closing brace stays there
                let mut value = Value::from(precision);
                let last = table.iter_mut().last().map(|(_, last)| {
                    let end = last.decor().suffix().and_then(|end| end.as_str()).unwrap_or_default().to_string();
                    last.decor_mut().set_suffix("");
                    end
                });
                value.decor_mut().set_prefix(" ");
                value.decor_mut().set_suffix(last.unwrap_or_else(|| " ".to_string()));
                table.insert("precision", value);
            }
        },
        Value::String(text) => {
            let (decor, mut bare) = (text.decor().clone(), text.clone());
            bare.decor_mut().clear();
            let mut table = InlineTable::new();
            table.insert("term", Value::String(bare));
            table.insert("precision", Value::String(Formatted::new(precision)));
            *table.decor_mut() = decor;
            *term = Value::InlineTable(table);
        }
        _ => {}
    }
}

fn put(table: &mut dyn toml_edit::TableLike, key: &str, text: &str) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(value) => {
            let decor = value.decor().clone();
            *value = Value::from(text);
            *value.decor_mut() = decor;
        }
        None => {
            table.insert(key, toml_edit::value(text));
        }
    }
}
