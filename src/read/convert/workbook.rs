//! The sheets of a workbook as one table.
//!
//! In: the bytes of an `.xlsx` or `.ods` file. Out: rows with commas, and what is to be said about them.
//! Invariant: a cell comes under the column of its own header, in whatever order a sheet has them; a sheet that is left out is told.
//! It deliberately keeps no formats: a day is `2022-01-05`, a number its digits.

use super::{Converted, MOST_BYTES, check_size, ods, too_large};
use crate::read::Options;
use crate::read::columns::{Role, is_known_name, means_text, role_of};
use crate::text::several;
use calamine::{Data, Dimensions, ExcelDateTime, Reader as _, SheetVisible, Xlsx};
use std::io::{BufRead as _, BufReader, Cursor, Read as _};

type Book = Xlsx<Cursor<Vec<u8>>>;

/// Rows that may stand before the names of the columns.
const MOST_BEFORE: usize = 30;

/// A sheet, its rows that hold something.
struct Sheet {
    name: String,
    rows: Vec<Vec<String>>,
    /// The row of the names of its columns.
    header: usize,
}

impl Sheet {
    fn names(&self) -> &[String] {
        self.rows.get(self.header).map_or(&[], Vec::as_slice)
    }

    fn has_text(&self) -> bool {
        self.names().iter().any(|name| means_text(name))
    }

    /// True where the sheet goes on with the table of another.
    fn is_like(&self, table: &Sheet) -> bool {
        let same = |name: &&String| !name.is_empty() && table.names().iter().any(|other| is_same(other, name));
        let shared = self.names().iter().filter(same).count();
        let both = self.names().len().min(table.names().len());
        self.has_text() && table.has_text() || shared > 1 && shared * 2 >= both || self.names() == table.names()
    }
}

fn is_same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// A sheet as its file has it.
pub(super) struct RawSheet {
    pub name: String,
    /// Those that hold something.
    pub rows: Vec<Vec<String>>,
    /// Nobody sees it who opens the workbook.
    pub is_hidden: bool,
}

/// The sheets of an `.xlsx` file, and how many rows are hidden in them.
fn sheets(bytes: Vec<u8>) -> Result<(Vec<RawSheet>, usize), String> {
    let hidden_rows = hidden_rows(&bytes);
    let mut book: Book =
        calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|error: calamine::XlsxError| error.to_string())?;
    let (hidden, mut bytes, mut sheets) = (hidden(&book), 0, Vec::new());
    for name in book.sheet_names() {
        let rows = rows(&mut book, &name, &mut bytes)?;
        sheets.push(RawSheet { is_hidden: hidden.contains(&name), name, rows });
    }
    Ok((sheets, hidden_rows))
}

/// The sheets of articles as one table; where a workbook has several sheets, a column `sheet` names each.
pub(super) fn table(bytes: Vec<u8>) -> Result<Converted, String> {
    check_size(&bytes)?;
    let (raw, hidden_rows) = if ods::is_one(&bytes) { ods::sheets(&bytes)? } else { sheets(bytes)? };
    let (count, mut sheets, mut hidden) = (raw.len(), Vec::new(), Vec::new());
    for RawSheet { name, rows, is_hidden } in raw {
        let is_header = |row: &Vec<String>| row.len() > 1 && row.iter().filter(|cell| is_known_name(cell)).count() > 1;
        let header = rows.iter().take(MOST_BEFORE).position(is_header).unwrap_or(0);
        hidden.extend(is_hidden.then(|| name.clone()));
        sheets.push(Sheet { name, rows, header });
    }
    sheets.retain(|sheet| sheet.rows.len() > sheet.header + 1);
    let is_hidden = |sheet: &Sheet| hidden.contains(&sheet.name);
    // a hidden sheet is mostly an old copy of one that is shown
    let unshown: Vec<Sheet> = match sheets.iter().any(|sheet| !is_hidden(sheet) && sheet.has_text()) {
        true => sheets.extract_if(.., |sheet| is_hidden(sheet)).collect(),
        false => Vec::new(),
    };
    let first = sheets.iter().position(Sheet::has_text).unwrap_or(0);
    let Some(table) = sheets.get(first) else { return Ok(Converted::default()) };
    let (like, unlike): (Vec<&Sheet>, Vec<&Sheet>) = sheets.iter().partition(|sheet| sheet.is_like(table));
    let notes = unlike.iter().map(|sheet| format!("the sheet `{}` has other columns and is not read", sheet.name));
    let hidden = unshown.iter().map(|sheet| format!("the sheet `{}` is hidden and is not read", sheet.name));
    let rows = (hidden_rows > 0).then(|| {
        let (rows, are) = (several(hidden_rows as u64, "row"), if hidden_rows == 1 { "is" } else { "are" });
        format!("{rows} {are} hidden, as by a filter, and {are} read all the same")
    });
    let notes = notes.chain(hidden).chain(rows).collect();
    Ok(Converted { notes, bytes: joined(&like, count > 1)?, ..Converted::default() })
}

/// How many rows nobody sees who opens the workbook. Where a sheet cannot be read, whoever reads its cells says so.
fn hidden_rows(bytes: &[u8]) -> usize {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return 0 };
    let names: Vec<String> =
        archive.file_names().filter(|name| name.contains("worksheets/")).map(str::to_string).collect();
    let mut hidden = 0;
    for name in names {
        let Ok(part) = archive.by_name(&name) else { continue };
        let mut tags = BufReader::new(part.take(MOST_BYTES)).split(b'>');
        while let Some(Ok(tag)) = tags.next() {
            let start = tag.iter().rposition(|&byte| byte == b'<').unwrap_or(0);
            let tag = String::from_utf8_lossy(&tag[start..]);
            let name = tag.trim_start_matches('<').split_whitespace().next().unwrap_or_default();
            let is_row = name.rsplit(':').next() == Some("row");
            hidden += usize::from(is_row && (tag.contains(" hidden=\"1\"") || tag.contains(" hidden=\"true\"")));
        }
    }
    hidden
}

/// The sheets that nobody sees who opens the workbook.
fn hidden(book: &Book) -> Vec<String> {
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.visible != SheetVisible::Visible);
    sheets.map(|sheet| sheet.name.clone()).collect()
}

/// Sheets below each other, each cell in the column of its name.
fn joined(sheets: &[&Sheet], is_named: bool) -> Result<Vec<u8>, String> {
    let mut names: Vec<String> = Vec::new();
    let places: Vec<Vec<usize>> = sheets.iter().map(|sheet| places(sheet.names(), &mut names)).collect();
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let mut write = |row: &[String]| writer.write_record(row).map_err(|error| error.to_string());
    for (i, (sheet, places)) in sheets.iter().zip(&places).enumerate() {
        if i == 0 {
            sheet.rows[..sheet.header].iter().try_for_each(|row| write(row))?;
            let last = is_named.then(|| "sheet".to_string());
            write(&names.iter().cloned().chain(last).collect::<Vec<_>>())?;
        }
        for cells in &sheet.rows[sheet.header + 1..] {
            let beyond = cells.iter().skip(places.len());
            let mut row = vec![String::new(); names.len()];
            for (cell, &place) in cells.iter().zip(places) {
                row[place].clone_from(cell);
            }
            row.extend(is_named.then(|| sheet.name.clone()));
            // what has no name makes the row one that does not fit, and is told
            row.extend(beyond.cloned());
            write(&row)?;
        }
    }
    writer.into_inner().map_err(|error| error.to_string())
}

/// The column of the whole table for each of a sheet's; columns that it has not yet are added. A column of another name is the same where
/// it holds the same: `body` is `text`.
fn places(own: &[String], names: &mut Vec<String>) -> Vec<usize> {
    let mut places: Vec<usize> = Vec::new();
    for name in own {
        let is_free = |i: &usize| !places.contains(i);
        let of_this_name = (0..names.len()).filter(is_free).find(|&i| is_same(&names[i], name));
        let means = || {
            let held = holds(name).filter(|held| own.iter().filter(|name| holds(name) == Some(*held)).count() == 1)?;
            let other = |i: &usize| !own.iter().any(|name| is_same(name, &names[*i]));
            (0..names.len()).filter(is_free).filter(other).find(|&i| holds(&names[i]) == Some(held))
        };
        let place = of_this_name.or_else(means).unwrap_or_else(|| {
            names.push(name.clone());
            names.len() - 1
        });
        places.push(place);
    }
    places
}

/// What a column of such a name holds, if that is known.
fn holds(name: &str) -> Option<Role> {
    if means_text(name) { Some(Role::Text) } else { role_of(name, &Options::default()) }
}

/// The rows of a sheet that hold something. Cell by cell: a table of all cells between the first and the last may be larger than any
/// memory.
fn rows(book: &mut Book, name: &str, bytes: &mut u64) -> Result<Vec<Vec<String>>, String> {
    let mut merged = Merged::of(book, name);
    let mut cells = book.worksheet_cells_reader(name).map_err(|error| error.to_string())?;
    let (mut rows, mut number, mut row) = (Vec::new(), None, Vec::<String>::new());
    loop {
        let next = cells.next_cell().map_err(|error| error.to_string())?;
        let at = next.as_ref().map(calamine::Cell::get_position);
        if let Some(last) = number.filter(|&last| at.map(|(row, _)| row) != Some(last) && !row.is_empty()) {
            merged.fill(last, &mut row);
            *bytes += row.iter().map(|cell| (cell.len() + size_of::<String>()) as u64).sum::<u64>();
            if *bytes > MOST_BYTES {
                return Err(too_large());
            }
            rows.push(std::mem::take(&mut row));
        }
        number = at.map(|(row, _)| row);
        let (Some(next), Some((_, column))) = (next, at) else { break };
        let value = cell(&Data::from(next.get_value().clone()));
        if !value.is_empty() {
            row.resize(row.len().max(column as usize + 1), String::new());
            row[column as usize] = value;
        }
    }
    Ok(rows)
}

/// Cells that are one over several rows: each of the rows has its value.
#[derive(Default)]
struct Merged {
    /// Those that are to come, the first last.
    coming: Vec<Dimensions>,
    /// Last row, column and value of those that are open.
    open: Vec<(u32, usize, String)>,
}

impl Merged {
    fn of(book: &mut Book, sheet: &str) -> Merged {
        let mut coming = book.merge_cells_by_sheet_name(sheet).unwrap_or_default();
        coming.retain(|cells| cells.end.0 > cells.start.0);
        coming.sort_by_key(|cells| std::cmp::Reverse(cells.start));
        Merged { coming, open: Vec::new() }
    }

    fn fill(&mut self, number: u32, row: &mut Vec<String>) {
        self.open.retain(|(last, _, _)| *last >= number);
        for (_, column, value) in &self.open {
            row.resize(row.len().max(column + 1), String::new());
            if row[*column].is_empty() {
                row[*column].clone_from(value);
            }
        }
        while let Some(cells) = self.coming.pop_if(|cells| cells.start.0 <= number) {
            let column = cells.start.1 as usize;
            if let Some(value) = row.get(column).filter(|value| cells.start.0 == number && !value.is_empty()) {
                self.open.push((cells.end.0, column, value.clone()));
            }
        }
    }
}

/// A cell as text; a day as `2022-01-05`.
fn cell(data: &Data) -> String {
    match data {
        Data::Empty | Data::Error(_) => String::new(),
        Data::DateTime(day) => self::day(*day).unwrap_or_else(|| data.to_string()),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{}", *number as i64),
        other => other.to_string(),
    }
}

/// A day, counted from 1900 or from 1904, as the workbook says; none where it is a time without a day.
fn day(day: ExcelDateTime) -> Option<String> {
    let is_day = day.is_datetime() && day.as_f64() >= 1.0;
    let (year, month, day, ..) = day.to_ymd_hms_milli();
    is_day.then(|| format!("{year:04}-{month:02}-{day:02}"))
}
