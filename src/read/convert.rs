//! Files that hold their words packed: Word, RTF, workbooks, XML.
//!
//! In: the bytes of a file. Out: plain text, rows with commas, or JSON lines, for the readers of those.
//! Invariant: nothing is unpacked beyond [`MOST_BYTES`]: a file that would be larger is refused.
//! It deliberately keeps no places in the packed file: spans of such articles count in what is made here.

use super::source::Packing;
use super::xml;
use calamine::{Data, Reader as _};
use std::io::{Cursor, Read};

/// The most that one file may come to.
const MOST_BYTES: u64 = 512 << 20;

/// What has to be done before a file can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Convert {
    /// A Word document, to text: a paragraph is one, with an empty line behind it.
    Docx,
    /// Rich text, likewise.
    Rtf,
    /// The first sheet of a workbook, to rows with commas.
    Workbook,
    /// Articles in XML, to JSON lines.
    Xml,
}

impl Convert {
    /// For people.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Convert::Docx => "Word document",
            Convert::Rtf => "RTF document",
            Convert::Workbook => "workbook, first sheet with rows",
            Convert::Xml => "XML",
        }
    }

    /// Does it.
    pub(crate) fn convert(self, bytes: Vec<u8>) -> Result<Vec<u8>, String> {
        match self {
            Convert::Docx => docx(bytes).map(String::into_bytes),
            Convert::Rtf => Ok(super::rtf::text(&bytes).into_bytes()),
            Convert::Workbook => workbook(bytes),
            Convert::Xml => xml::lines(bytes).map(String::into_bytes),
        }
    }
}

/// Reads a whole file, no more than the limit.
pub(crate) fn whole(reader: impl Read, packing: Packing) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = reader.take(MOST_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| format!("{}: {error}", packing.name()))?;
    if bytes.len() as u64 > MOST_BYTES { Err(too_large()) } else { Ok(bytes) }
}

fn too_large() -> String {
    format!("it unpacks to more than {} MB", MOST_BYTES >> 20)
}

/// What all parts of a packed file come to, as far as they say.
fn check_size(bytes: &[u8]) -> Result<(), String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut sum = 0u64;
    for i in 0..archive.len() {
        sum = sum.saturating_add(archive.by_index_raw(i).map_err(|error| error.to_string())?.size());
    }
    if sum > MOST_BYTES { Err(too_large()) } else { Ok(()) }
}

fn docx(bytes: Vec<u8>) -> Result<String, String> {
    check_size(&bytes)?;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let part = archive.by_name("word/document.xml").map_err(|error| error.to_string())?;
    let source = String::from_utf8(whole(part, Packing::Plain)?).map_err(|error| error.to_string())?;
    let document = roxmltree::Document::parse(&source).map_err(|error| error.to_string())?;
    let mut text = String::new();
    for paragraph in document.descendants().filter(|node| node.tag_name().name() == "p") {
        let before = text.len();
        for node in paragraph.descendants() {
            match node.tag_name().name() {
                // a text box has paragraphs of its own
                _ if node.ancestors().find(|above| above.tag_name().name() == "p") != Some(paragraph) => {}
                // what was struck out in revision is no text
                "t" if !node.ancestors().any(|above| above.tag_name().name() == "del") => {
                    text.push_str(node.text().unwrap_or_default());
                }
                "tab" if node.parent().is_some_and(|above| above.tag_name().name() == "r") => text.push('\t'),
                "br" | "cr" => text.push('\n'),
                _ => {}
            }
        }
        if text.len() > before {
            text.push_str("\n\n");
        }
    }
    Ok(text)
}

/// The first sheet that has rows.
fn workbook(bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    check_size(&bytes)?;
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|error: calamine::XlsxError| error.to_string())?;
    let sheet = book.worksheets().into_iter().map(|(_, range)| range).find(|range| range.height() > 1);
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in sheet.iter().flat_map(|sheet| sheet.rows()) {
        writer.write_record(row.iter().map(cell)).map_err(|error| error.to_string())?;
    }
    writer.into_inner().map_err(|error| error.to_string())
}

/// A cell as text; a day as `2022-01-05`.
fn cell(data: &Data) -> String {
    match data {
        Data::Empty | Data::Error(_) => String::new(),
        Data::DateTime(day) => {
            let day = super::dates::of_number(&format!("{}", day.as_f64() as i64));
            day.map_or_else(|| data.to_string(), |(day, _)| day.to_string())
        }
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{}", *number as i64),
        other => other.to_string(),
    }
}
