//! Tables with a row for each piece of a transcript, as programs that write down speech make them, and subtitles in tables.
//!
//! In: a table, or objects of JSON, with words between when they begin and end. Out: the words as one running text; where other columns
//! name the recording, a line of JSON for each.
//! Invariant: a row is never an article, and no row is lost: it is in the text, or a problem. Recordings are those of the columns that name them.
//! It deliberately reads rows as tables of articles are read: what is no row there is none here.

mod columns;

use super::said::Said;
use super::{Converted, push_line};
use crate::error::{Place, Problem};
use crate::read::Quoting;
use crate::read::columns::Role;
use crate::read::decode::text_of;
use crate::read::delimited::Delimited;
use crate::read::header;
use crate::read::json::{self, Target};
use crate::read::jsonl::{self, Jsonl};
use crate::read::table::{Records, Step};
use crate::text::several;
use columns::Columns;
use encoding_rs::Encoding;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::io::Cursor;

/// So much of a text shows what its rows are.
const HEAD: usize = 32 << 10;

/// What the rows stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rows {
    /// A table with commas or other signs.
    Commas,
    /// A table with tabs.
    Tabs,
    /// Lines of JSON.
    Lines,
    /// A list of a document of JSON.
    List,
}

/// How a table is built, and what its columns hold.
struct Sheet {
    names: Vec<String>,
    columns: Columns,
    /// Opens its rows in a text.
    open: Opener,
}

/// True for the head of such a table; `Some(true)` where its rows are of recordings that it names.
pub(crate) fn is_one(head: &[u8], rows: Rows) -> Option<bool> {
    let sheet = Sheet::of(&String::from_utf8_lossy(head), rows)?;
    Some(!sheet.columns.of.is_empty())
}

/// True for the head of a document of JSON that has keys of times: of the others no object is looked at.
pub(crate) fn may_be_one(head: &[u8]) -> bool {
    const KEYS: &[&str] = &["\"start", "\"begin", "\"from\"", "\"onset", "\"tmin", "\"tstart", "\"time"];
    let head = head.to_ascii_lowercase();
    KEYS.iter().any(|key| memchr::memmem::find(&head, key.as_bytes()).is_some())
}

/// The words, as text or as lines of JSON.
pub(super) fn joined(bytes: Vec<u8>, declared: Option<&'static Encoding>, rows: Rows) -> Result<Converted, String> {
    let text = text_of(bytes, declared)?;
    let sheet = Sheet::of(&text, rows).ok_or("its rows are not those of a transcript")?;
    let names_recordings = !sheet.columns.of.is_empty();
    sheet.joined(&text, names_recordings)
}

/// The words of the only list of a document, as lines of JSON.
pub(super) fn as_lines(text: &str) -> Result<Converted, String> {
    let sheet = Sheet::of(text, Rows::List).ok_or("its rows are not those of a transcript")?;
    sheet.joined(text, true)
}

/// The rows that hold anything, and what is to be said of others.
fn read(records: &mut dyn Records) -> (Vec<Vec<String>>, Vec<Problem>) {
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    loop {
        match records.advance() {
            Step::Row => {
                problems.extend(records.remark());
                let cell = |at| String::from_utf8_lossy(records.cell(at).unwrap_or_default()).trim().replace('\0', "");
                let row: Vec<String> = (0..records.names().len()).map(cell).collect();
                if row.iter().any(|cell| !cell.is_empty()) {
                    rows.push(row);
                }
            }
            Step::Bad(problem) | Step::Remark(problem) => problems.push(problem),
            Step::Broken(problem) => {
                problems.push(problem);
                break;
            }
            Step::End => break,
        }
    }
    (rows, problems)
}

impl Sheet {
    /// By the head of a text.
    fn of(text: &str, rows: Rows) -> Option<Sheet> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let head = text[..text.floor_char_boundary(HEAD)].to_string();
        let is_cut = head.len() < text.len();
        let (names, by_content, open) = match rows {
            Rows::Commas | Rows::Tabs => of_table(&head, rows == Rows::Tabs),
            Rows::Lines => of_json(&head, None)?,
            Rows::List => of_json(&head, Some(json::target(head.as_bytes())?))?,
        };
        let named = Columns::by_names(&names);
        if by_content.is_empty() && named.is_none() {
            return None;
        }
        let (mut rows, _) = read(open(&head)?.as_mut());
        // the last row of a head is cut short
        if is_cut {
            rows.pop();
        }
        let columns = match by_content.as_slice() {
            [] => named?,
            content => Columns::by_cells(content, names.len(), &rows)?,
        };
        Some(Sheet { columns: columns.of_rows(&names, &rows)?, names, open })
    }

    /// The words of all rows of a text, as text or as lines of JSON.
    fn joined(&self, text: &str, as_lines: bool) -> Result<Converted, String> {
        let mut records = (self.open)(text).ok_or("its rows are not those of a table")?;
        let (all, problems) = read(records.as_mut());
        let count = all.len();
        let mut recordings: Vec<Vec<Vec<String>>> = Vec::new();
        let mut places: HashMap<Vec<String>, usize> = HashMap::new();
        for row in all {
            let place = *places.entry(self.columns.key(&row)).or_insert(recordings.len());
            if place == recordings.len() {
                recordings.push(Vec::new());
            }
            recordings[place].push(row);
        }
        let mut out = Out::default();
        let kept = self.kept(&recordings);
        let said: Vec<Said> = recordings.iter().map(|rows| self.said(rows, &mut out)).collect();
        let note = out.note(count, said.len());
        let mut converted = Converted::default();
        if as_lines {
            let mut lines = String::new();
            for (rows, said) in recordings.iter().zip(said) {
                let (text, names) = said.into_parts();
                push_line(self.object(&kept, &rows[0], text), &mut lines);
                converted.asides.push(names);
            }
            converted.bytes = lines.into_bytes();
        } else {
            converted = said.into_iter().next().unwrap_or_default().converted();
        }
        converted.problems = problems;
        converted.problems.push(note);
        Ok(converted)
    }

    /// What was said in a recording.
    fn said(&self, rows: &[Vec<String>], out: &mut Out) -> Said {
        let columns = &self.columns;
        let mut said = Said::default();
        let mut above: Option<(&Vec<String>, Option<f64>)> = None;
        for row in rows {
            let (start, end) = columns.times(row).unwrap_or_default();
            let words = &row[columns.text];
            let speaker = columns.speaker.map(|at| row[at].as_str()).filter(|name| !name.is_empty());
            let same = |(above, ended): (&Vec<String>, Option<f64>)| {
                let is_same = |at: usize| above[at] == row[at];
                is_same(columns.text)
                    && columns.speaker.is_none_or(is_same)
                    && start.zip(ended).is_some_and(|(a, b)| a < b)
            };
            match words.is_empty() {
                true => out.empty += 1,
                // captions that move up the screen
                false if above.is_some_and(same) => out.repeated += 1,
                false => said.add(speaker, without_marks(words)),
            }
            above = Some((row, end));
        }
        said
    }

    /// Columns that say one thing of all rows of each recording.
    fn kept(&self, recordings: &[Vec<Vec<String>>]) -> Vec<usize> {
        let columns = &self.columns;
        let is_taken =
            |at: usize| [columns.start, columns.end, columns.text].contains(&at) || columns.speaker == Some(at);
        let is_constant = |at: usize| recordings.iter().all(|rows| rows.iter().all(|row| row[at] == rows[0][at]));
        let is_kept = |&at: &usize| columns.of.contains(&at) || !is_taken(at) && is_constant(at);
        (0..self.names.len()).filter(is_kept).collect()
    }

    fn object(&self, kept: &[usize], row: &[String], text: String) -> Map<String, Value> {
        let cells = kept.iter().filter(|&&at| !row[at].is_empty());
        let mut object: Map<String, Value> =
            cells.map(|&at| (self.names[at].clone(), Value::String(row[at].clone()))).collect();
        object.insert("text".to_string(), Value::String(text));
        object
    }
}

/// Opens the rows of a text.
type Opener = Box<dyn Fn(&str) -> Option<Box<dyn Records + Send>>>;

/// Names of columns, what their cells show, and how to open the rows.
type Opened = (Vec<String>, Vec<(Role, usize)>, Opener);

fn of_table(head: &str, tab: bool) -> Opened {
    let shape = header::shape(head.as_bytes(), tab, false);
    let (names, by_content) = (shape.names.clone(), shape.by_content.clone());
    let open = move |text: &str| {
        let bytes = Box::new(Cursor::new(text.trim_start_matches('\u{feff}').as_bytes().to_vec()));
        let table =
            Delimited::open(bytes, &text.as_bytes()[..text.len().min(HEAD)], shape.clone(), Quoting::default(), "");
        Some(Box::new(table.ok()?) as Box<dyn Records + Send>)
    };
    (names, by_content, Box::new(open))
}

fn of_json(head: &str, target: Option<Target>) -> Option<Opened> {
    let names = jsonl::keys(head.as_bytes(), target.as_ref()).names;
    let texts = [Columns::by_names(&names)?.text];
    let of_rows = names.clone();
    let open = move |text: &str| {
        let bytes = Box::new(Cursor::new(text.as_bytes().to_vec()));
        let rows = Jsonl::open(bytes, target.clone(), of_rows.clone(), &texts, "");
        Some(Box::new(rows) as Box<dyn Records + Send>)
    };
    Some((names, Vec::new(), Box::new(open)))
}

/// What became of rows.
#[derive(Default)]
struct Out {
    empty: usize,
    repeated: usize,
}

impl Out {
    fn note(&self, rows: usize, texts: usize) -> Problem {
        let mut found = format!("{} joined to {}", several(rows, "row"), several(texts, "text"));
        if self.empty > 0 {
            found.push_str(&format!("; {} without words", several(self.empty, "row")));
        }
        if self.repeated > 0 {
            let again = "still on the screen in the next row, and said once";
            found.push_str(&format!("; the words of {} {again}", several(self.repeated, "row")));
        }
        let problem = Problem::note("rows-joined", Place::file(""), found);
        problem.hint("they are read as pieces of transcripts; --text COLUMN counts each row as an article")
    }
}

/// Without `{\an8}`, which says where subtitles stand.
fn without_marks(words: &str) -> &str {
    let mark = words.strip_prefix("{\\").and_then(|rest| Some(rest.split_once('}')?.1));
    mark.unwrap_or(words)
}
