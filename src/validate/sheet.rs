//! The sheet of a coder: out with open cells, in with codes.
//!
//! In: the key and a coder; a sheet that came back, as CSV or as a workbook. Out: rows; or every problem with its line and column.
//! Invariant: a text that is not the one that was sent, an item too many or twice, an unknown code: each is told with its place. Spreadsheets
//! may change the sign between cells, ends of lines and white space; that is no change.

use super::codebook::VOICES;
use super::design::lot;
use super::key::{Item, Key};
use super::workbook;
use super::write::csv;
use crate::aggregate::Cell;
use crate::disk::read_regular;
use crate::error::{Place, Problem, Result, did_you_mean};
use crate::results::unescaped;
use std::collections::BTreeMap;
use std::path::Path;

/// Bytes of a sheet that are read at most.
const LONGEST: u64 = 1 << 30;

/// Columns that are filled in.
const FILLED: [&str; 3] = ["code", "voice", "comment"];

/// What a coder says of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Answer {
    /// Yes, no; nothing where it cannot be told, or nobody said.
    pub code: Option<bool>,
    /// It was said that it cannot be told.
    pub is_unclear: bool,
    /// Empty where none was given.
    pub voice: String,
    pub comment: String,
}

impl Answer {
    /// Nothing was said.
    pub fn is_empty(&self) -> bool {
        *self == Answer::default()
    }

    /// The code as it stands in a sheet.
    pub fn written_code(&self) -> &'static str {
        match (self.code, self.is_unclear) {
            (Some(true), _) => "1",
            (Some(false), _) => "0",
            (None, true) => "?",
            (None, false) => "",
        }
    }
}

/// The items of a coder in the order in which they are coded: frame by frame, shuffled by coder.
pub(super) fn order(key: &Key, coder: usize) -> Vec<&Item> {
    let name = &key.coders[coder];
    let mut items: Vec<&Item> = key.items.iter().filter(|item| item.coders.contains(&coder)).collect();
    let frame = |item: &Item| lot(key.seed, &[b"frame", name.as_bytes(), key.frames[item.frame].name.as_bytes()]);
    items
        .sort_by_key(|item| (frame(item), item.frame, lot(key.seed, &[b"order", name.as_bytes(), item.id.as_bytes()])));
    items
}

/// What a coder is shown of an item beside its text.
pub(super) fn shown(key: &Key, item: &Item) -> Vec<(&'static str, String)> {
    use super::design::Shown;
    let article = &key.articles[item.article];
    let of = |shown: &Shown| {
        let value = match shown {
            Shown::Outlet => article.outlet.clone(),
            Shown::Date => article.date.clone(),
            Shown::Title => article.title.clone(),
            Shown::Hit => item.drawn.iter().map(|hit| hit.surface.as_str()).collect::<Vec<_>>().join("; "),
            Shown::Voice => item.drawn.iter().map(|hit| hit.voice.as_str()).collect::<Vec<_>>().join("; "),
        };
        (shown.name(), value)
    };
    key.shown.iter().map(of).collect()
}

/// A sheet to be filled in.
pub(super) struct Empty {
    header: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Empty {
    /// That of a coder.
    pub(super) fn of(key: &Key, coder: usize) -> Empty {
        let mut header = vec!["item", "frame"];
        header.extend(key.shown.iter().map(|shown| shown.name()));
        header.extend(["before", "text", "after"]);
        header.extend(FILLED);
        let row = |item: &Item| -> Vec<String> {
            let mut row = vec![item.id.clone(), key.frames[item.frame].name.clone()];
            row.extend(shown(key, item).into_iter().map(|(_, value)| value));
            row.extend([item.before.clone(), item.text.clone(), item.after.clone()]);
            row.extend(FILLED.map(|_| String::new()));
            row
        };
        Empty { header, rows: order(key, coder).into_iter().map(row).collect() }
    }

    pub(super) fn csv(&self) -> Vec<u8> {
        csv(&self.header, self.rows.iter().map(|row| row.iter().map(|cell| Cell::Text(cell)).collect()))
    }

    /// None where a text is longer than a cell of a workbook can be.
    pub(super) fn workbook(&self) -> Option<Vec<u8>> {
        workbook::write(&self.header, &self.rows)
    }
}

/// Reads a sheet that came back; `wanted` are the items that it should have. What stops nothing is added to `remarks`.
///
/// # Errors
/// Every problem of the sheet.
pub(super) fn read(
    file: &str,
    key: &Key,
    wanted: &[&Item],
    remarks: &mut Vec<Problem>,
) -> Result<BTreeMap<String, Answer>> {
    let bytes = read_regular(Path::new(file), LONGEST).map_err(|error| {
        Problem::error("sheet-absent", Place::file(file), format!("cannot be read: {error}"))
            .expected("the sheet of a coder")
            .hint("export it from the page of the coder under this name")
    })?;
    let bytes = if workbook::is_one(&bytes) { workbook::read(file, bytes)? } else { bytes };
    let text = crate::text::encoding::decode(&bytes, None).text.into_owned();
    let mut reading = Reading::of(file, &text)?;
    let items: BTreeMap<&str, &Item> = wanted.iter().map(|item| (item.id.as_str(), *item)).collect();
    let mut answers = BTreeMap::new();
    for row in std::mem::take(&mut reading.rows) {
        reading.row(&row, key, &items, &mut answers);
    }
    if !reading.problems.is_empty() {
        return Err(reading.problems.into());
    }
    let missing: Vec<&str> =
        wanted.iter().map(|item| item.id.as_str()).filter(|id| !answers.contains_key(*id)).collect();
    let open: Vec<&str> = answers
        .iter()
        .filter(|(_, answer): &(&String, &Answer)| answer.code.is_none() && !answer.is_unclear)
        .map(|(id, _)| id.as_str())
        .collect();
    for (list, one, more, kind) in [
        (missing, "row is missing", "rows are missing", "items-missing"),
        (open, "item has no code", "items have no code", "codes-missing"),
    ] {
        if !list.is_empty() {
            let what = if list.len() == 1 { one } else { more };
            let found = format!("{} {what}: {}", list.len(), few(&list));
            let problem = Problem::warning(kind, Place::file(file), found);
            remarks.push(problem.hint("they are left out; the other items of their stratum represent them"));
        }
    }
    Ok(answers)
}

fn few(list: &[&str]) -> String {
    const SHOWN: usize = 5;
    let more = if list.len() > SHOWN { ", …" } else { "" };
    format!("{}{more}", list[..list.len().min(SHOWN)].join(", "))
}

/// A row with the line that it begins in.
struct Row {
    line: u32,
    cells: Vec<String>,
}

struct Reading<'f> {
    file: &'f str,
    header: Vec<String>,
    rows: Vec<Row>,
    problems: Vec<Problem>,
}

impl<'f> Reading<'f> {
    fn of(file: &'f str, text: &str) -> Result<Reading<'f>> {
        let (sign, text) = crate::text::csv::separated(text);
        let mut reader =
            ::csv::ReaderBuilder::new().delimiter(sign).has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| {
                let line = error.position().map_or(1, ::csv::Position::line);
                Problem::error("sheet-broken", Place::line(file, line as u32), format!("is no row of a table: {error}"))
            })?;
            let line = crate::text::csv::line(text, &record);
            rows.push(Row { line, cells: record.iter().map(|cell| unescaped(cell).to_string()).collect() });
        }
        let header = if rows.is_empty() { Vec::new() } else { rows.remove(0).cells };
        let header: Vec<String> = header.iter().map(|name| name.trim().to_lowercase()).collect();
        let lacking: Vec<&str> =
            ["item", "code"].into_iter().filter(|name| !header.iter().any(|other| other == name)).collect();
        if !lacking.is_empty() {
            let problem =
                Problem::error("sheet-columns", Place::at(file, 1, 1), format!("no column `{}`", lacking.join("`, `")));
            return Err(problem
                .expected("the columns of the sheet as it was sent")
                .hint("save it as CSV with its header")
                .into());
        }
        Ok(Reading { file, header, rows, problems: Vec::new() })
    }

    fn cell<'r>(&self, row: &'r Row, name: &str) -> Option<(u32, &'r str)> {
        let at = self.header.iter().position(|other| other == name)?;
        Some((at as u32 + 1, row.cells.get(at).map_or("", |cell| cell.trim())))
    }

    fn wrong(&mut self, row: &Row, column: u32, found: impl Into<String>, expected: &str, hint: &str) {
        let place = Place::at(self.file, row.line, column);
        self.problems.push(Problem::error("sheet-wrong", place, found).expected(expected).hint(hint));
    }

    fn row(&mut self, row: &Row, key: &Key, items: &BTreeMap<&str, &Item>, answers: &mut BTreeMap<String, Answer>) {
        if row.cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        let (column, id) = self.cell(row, "item").unwrap_or((1, ""));
        let Some(item) = items.get(id) else {
            let hint = did_you_mean(id, items.keys().copied())
                .map_or_else(String::new, |near| format!("did you mean `{near}`?"));
            return self.wrong(row, column, format!("item `{id}`"), "an item of this sheet", &hint);
        };
        if answers.contains_key(id) {
            return self.wrong(
                row,
                column,
                format!("item `{id}` stands here again"),
                "each item once",
                "delete one of the rows",
            );
        }
        let sent = [("frame", &key.frames[item.frame].name), ("text", &item.text)];
        for (name, sent) in sent {
            if let Some((column, came)) = self.cell(row, name)
                && squeezed(came) != squeezed(sent)
            {
                let found = format!("the {name} of `{id}` was changed");
                self.wrong(
                    row,
                    column,
                    found,
                    "the cell as it was",
                    "codes go into `code`, everything else into `comment`",
                );
            }
        }
        let mut answer = Answer::default();
        let (column, code) = self.cell(row, "code").unwrap_or((1, ""));
        match code {
            "1" | "1.0" | "1,0" => answer.code = Some(true),
            "0" | "0.0" | "0,0" => answer.code = Some(false),
            "?" => answer.is_unclear = true,
            "" => {}
            other => self.wrong(row, column, format!("code `{other}`"), "1, 0 or ?", ""),
        }
        if let Some((column, voice)) = self.cell(row, "voice") {
            let voice = voice.to_lowercase();
            if !voice.is_empty() && !VOICES.iter().any(|(name, _)| *name == voice) {
                let hint = did_you_mean(&voice, VOICES.iter().map(|(name, _)| *name))
                    .map_or_else(String::new, |near| format!("did you mean `{near}`?"));
                self.wrong(row, column, format!("voice `{voice}`"), &VOICES.map(|(name, _)| name).join(", "), &hint);
            }
            answer.voice = voice;
        }
        answer.comment = self.cell(row, "comment").map(|(_, comment)| comment.to_string()).unwrap_or_default();
        answers.insert(id.to_string(), answer);
    }
}

/// Without white space and the apostrophe that a spreadsheet may take away.
fn squeezed(text: &str) -> String {
    text.trim_start_matches('\'').split_whitespace().collect::<Vec<_>>().join(" ")
}
