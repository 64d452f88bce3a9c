//! Rows of Parquet files: the one door here that knows polars.
//!
//! In: a path. Out: the columns, and [`Records`].
//! Invariant: at most one batch of rows is in memory; a file on which polars panics is a damaged file, and the run goes on with the others.
//! It deliberately shows every value as text: numbers as written, days and times as `2022-01-06`, lists of strings joined. Structures,
//! decimals and very short integers are not read; days are where polars was built to read them. What is not read is told.

use super::dates::Date;
use super::decode::is_binary;
use super::delimited::damaged;
use super::mark::Within;
use super::table::{Records, Step};
use crate::disk::open_regular;
use crate::error::Place;
use chrono::{DateTime, FixedOffset, Offset};
use chrono_tz::Tz;
use polars::prelude::{AnyValue, ArrowDataType, ArrowField, Column, DataFrame, DataType, TimeUnit};
use polars_io::SerReader;
use polars_io::parquet::read::ParquetReader;
use std::collections::BTreeMap;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rows that are decoded at a time.
const BATCH_ROWS: usize = 4_000;

/// The columns of a Parquet file.
pub(crate) struct Columns {
    /// Names of those that are read, in the file's order.
    pub names: Vec<String>,
    /// Their numbers in the file.
    places: Vec<usize>,
    /// Where the clocks of their moments stand, as their writer said: plain Parquet knows UTC alone.
    zones: Vec<Option<String>>,
    /// Name and type of those that are not.
    pub unread: Vec<String>,
}

/// Opens a file as its plain Parquet types: what its writer adds for Arrow would make categories of strings.
fn open(path: &Path) -> Result<ParquetReader<File>, String> {
    let mut reader = ParquetReader::new(open_regular(path).map_err(|e| e.to_string())?);
    let mut metadata = reader.get_metadata().map_err(|e| e.to_string())?.as_ref().clone();
    metadata.key_value_metadata = None;
    reader.set_metadata(Arc::new(metadata));
    Ok(reader)
}

fn batch(path: &Path, start: usize, length: usize, places: &[usize]) -> Result<DataFrame, String> {
    let reader = open(path)?.with_slice(Some((start, length))).with_projection(Some(places.to_vec()));
    reader.finish().map_err(|e| e.to_string())
}

/// Calls polars, which panics on some damaged files.
fn guarded<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason");
        Err(format!("damaged in a way that the reader of Parquet does not know: {text}"))
    })
}

/// Looks at the columns of a Parquet file.
pub(crate) fn columns(path: &Path) -> Result<Columns, String> {
    guarded(|| columns_of(path))
}

fn columns_of(path: &Path) -> Result<Columns, String> {
    let mut reader = open(path)?;
    let schema = reader.schema().map_err(|e| e.to_string())?;
    let zones = zones(path);
    let mut columns = Columns { names: Vec::new(), places: Vec::new(), zones: Vec::new(), unread: Vec::new() };
    for (place, field) in schema.iter_values().enumerate() {
        // Days need features of polars that this build may lack: one row tells.
        let is_day = matches!(field.dtype(), ArrowDataType::Date32 | ArrowDataType::Timestamp(..));
        let holds_text = || is_strings(field.dtype()) || is_bytes(field.dtype());
        if is_read(field.dtype())
            || is_day && batch(path, 0, 1, &[place]).is_ok()
            || holds_text() && is_text(path, place)
        {
            columns.names.push(field.name.to_string());
            columns.places.push(place);
            columns.zones.push(zones.get(field.name.as_str()).cloned());
        } else {
            let kind = format!("{:?}", field.dtype());
            let kind = kind.split('(').next().unwrap_or_default();
            columns.unread.push(format!("`{}` ({kind})", field.name));
        }
    }
    columns.names = super::columns::distinct(columns.names);
    Ok(columns)
}

/// The zones of columns of moments, by name, from what the writer adds for Arrow; none where it adds nothing that can be read.
fn zones(path: &Path) -> BTreeMap<String, String> {
    let schema = guarded(|| {
        let mut reader = ParquetReader::new(open_regular(path).map_err(|e| e.to_string())?);
        reader.schema().map_err(|e| e.to_string())
    });
    let Ok(schema) = schema else { return BTreeMap::new() };
    let zone = |field: &ArrowField| match field.dtype() {
        ArrowDataType::Timestamp(_, Some(zone)) => Some((field.name.to_string(), zone.to_string())),
        _ => None,
    };
    schema.iter_values().filter_map(zone).collect()
}

fn is_read(kind: &ArrowDataType) -> bool {
    matches!(
        kind,
        ArrowDataType::Utf8
            | ArrowDataType::LargeUtf8
            | ArrowDataType::Utf8View
            | ArrowDataType::Boolean
            | ArrowDataType::Int32
            | ArrowDataType::Int64
            | ArrowDataType::UInt32
            | ArrowDataType::UInt64
            | ArrowDataType::Float32
            | ArrowDataType::Float64
    )
}

/// Strings without the mark of strings, as Hive, Impala and Spark write them, or what is none.
fn is_bytes(kind: &ArrowDataType) -> bool {
    matches!(kind, ArrowDataType::Binary | ArrowDataType::LargeBinary | ArrowDataType::BinaryView)
}

/// A list of strings: the paragraphs of a text.
fn is_strings(kind: &ArrowDataType) -> bool {
    let inner = match kind {
        ArrowDataType::List(inner) | ArrowDataType::LargeList(inner) => inner.dtype(),
        _ => return false,
    };
    matches!(inner, ArrowDataType::Utf8 | ArrowDataType::LargeUtf8 | ArrowDataType::Utf8View)
}

/// True where the first values of a column of bytes or lists are words.
fn is_text(path: &Path, place: usize) -> bool {
    const ROWS: usize = 20;
    let Ok(batch) = batch(path, 0, ROWS, &[place]) else { return false };
    let Some(column) = batch.columns().first() else { return false };
    let is_words = |row| {
        as_text(column, row, false, None).is_none_or(|text| !is_binary(&text) && std::str::from_utf8(&text).is_ok())
    };
    (0..batch.height()).all(is_words)
}

/// The rows of a Parquet file, from this one on; lists of the columns of `text` are paragraphs.
pub(crate) fn rows(path: &Path, file: &str, first: u64, text: &[usize]) -> Result<Box<dyn Records + Send>, String> {
    let total = guarded(|| open(path)?.num_rows().map_err(|e| e.to_string()))?;
    let columns = columns(path)?;
    Ok(Box::new(Rows {
        cells: vec![None; columns.names.len()],
        is_text: (0..columns.names.len()).map(|i| text.contains(&i)).collect(),
        columns,
        path: path.to_path_buf(),
        file: file.to_string(),
        total,
        start: usize::try_from(first).map_err(|e| e.to_string())?,
        at: 0,
        batch: DataFrame::empty(),
    }))
}

struct Rows {
    columns: Columns,
    cells: Vec<Option<Vec<u8>>>,
    is_text: Vec<bool>,
    path: PathBuf,
    file: String,
    total: usize,
    /// The file's row at which the batch starts.
    start: usize,
    /// The next row of the batch.
    at: usize,
    batch: DataFrame,
}

impl Rows {
    fn load(&mut self) -> Result<(), String> {
        let length = BATCH_ROWS.min(self.total - self.start);
        self.batch = guarded(|| batch(&self.path, self.start, length, &self.columns.places))?;
        self.at = 0;
        if self.batch.height() == 0 { Err("fewer rows than its metadata say".to_string()) } else { Ok(()) }
    }
}

impl Records for Rows {
    fn names(&self) -> &[String] {
        &self.columns.names
    }

    fn advance(&mut self) -> Step {
        if self.at == self.batch.height() {
            self.start += self.batch.height();
            if self.start >= self.total {
                return Step::End;
            }
            if let Err(why) = self.load() {
                let row = self.start.min(u32::MAX as usize - 1) as u32 + 1;
                return Step::Broken(damaged(Place::line(self.file.as_str(), row), &why));
            }
        }
        for (i, column) in self.batch.columns().iter().enumerate() {
            self.cells[i] = as_text(column, self.at, self.is_text[i], self.columns.zones[i].as_deref());
        }
        self.at += 1;
        Step::Row
    }

    fn cell(&self, column: usize) -> Option<&[u8]> {
        self.cells.get(column)?.as_deref()
    }

    fn place(&self) -> Option<Within> {
        Some(Within { at: (self.start + self.at) as u64, ..Within::default() })
    }

    fn line(&self) -> u32 {
        (self.start + self.at).min(u32::MAX as usize) as u32
    }
}

/// A value as its text; nothing for nulls.
fn as_text(column: &Column, row: usize, is_text: bool, zone: Option<&str>) -> Option<Vec<u8>> {
    match column.dtype() {
        DataType::Date | DataType::Datetime(..) => day(column, row, zone).map(String::into_bytes),
        _ => match column.get(row).ok()? {
            AnyValue::Null => None,
            AnyValue::String(text) => Some(text.as_bytes().to_vec()),
            AnyValue::StringOwned(text) => Some(text.as_bytes().to_vec()),
            AnyValue::Binary(bytes) => Some(bytes.to_vec()),
            AnyValue::BinaryOwned(bytes) => Some(bytes),
            AnyValue::List(parts) => {
                let parts: Vec<&str> = parts.str().ok()?.iter().flatten().collect();
                let text = parts.join(if is_text { "\n\n" } else { ", " });
                (!text.is_empty()).then(|| text.into_bytes())
            }
            // polars shows a rounded number; this is all of it, and 2022 for 2022.0
            AnyValue::Float64(number) => Some(number.to_string().into_bytes()),
            AnyValue::Float32(number) => Some(number.to_string().into_bytes()),
            other => Some(other.to_string().into_bytes()),
        },
    }
}

/// A day, or that of a moment where its clock stands.
fn day(column: &Column, row: usize, zone: Option<&str>) -> Option<String> {
    let units = units(&column.to_physical_repr(), row)?;
    let DataType::Datetime(unit, _) = column.dtype() else { return Some(Date::from_days(units)?.to_string()) };
    let units_a_second = match unit {
        TimeUnit::Nanoseconds => 1_000_000_000,
        TimeUnit::Microseconds => 1_000_000,
        TimeUnit::Milliseconds => 1_000,
    };
    let seconds = units.div_euclid(units_a_second);
    let ahead = zone.map_or(0, |zone| seconds_ahead(zone, seconds));
    Some(Date::from_days((seconds + ahead).div_euclid(86_400))?.to_string())
}

/// A count of units since 1970.
fn units(physical: &Column, row: usize) -> Option<i64> {
    match physical.get(row).ok()? {
        AnyValue::Int32(units) => Some(i64::from(units)),
        AnyValue::Int64(units) => Some(units),
        _ => None,
    }
}

/// How far the clocks of a zone (`Asia/Almaty`, `+06:00`) are ahead of UTC at a moment; 0 for a zone that is not known.
fn seconds_ahead(zone: &str, seconds: i64) -> i64 {
    let Some(time) = DateTime::from_timestamp(seconds, 0) else { return 0 };
    let of_place = zone.parse::<Tz>().map(|zone| time.with_timezone(&zone).offset().fix());
    let offset = of_place.ok().or_else(|| zone.parse::<FixedOffset>().ok());
    offset.map_or(0, |offset| i64::from(offset.local_minus_utc()))
}
