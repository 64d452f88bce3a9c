//! Files that hold their words packed: Word, RTF, workbooks, XML.
//!
//! In: the bytes of a file. Out: plain text, rows with commas, or JSON lines, for the readers of those.
//! Invariant: nothing is unpacked beyond [`MOST_BYTES`]: a file that would be larger is refused.
//! It deliberately keeps no places in the packed file: spans of such articles count in what is made here.

use super::source::{Packing, at_most};
use super::{json, xml};
use calamine::{Data, Reader as _, Xlsx};
use std::io::{Cursor, Read};

/// The most that one file may come to.
const MOST_BYTES: u64 = 256 << 20;
/// The longest document that is held as a tree, and the most elements and texts in it: a tree takes several times its bytes.
const MOST_TREE_BYTES: usize = 128 << 20;
const MOST_NODES: u32 = 4_000_000;
const DEEPEST: usize = 200;

/// What has to be done before a file can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Convert {
    /// A Word document, to text: a paragraph is one, with an empty line behind it.
    Docx,
    /// Rich text, likewise.
    Rtf,
    /// The first sheet of a workbook and those with the same header, to rows with commas.
    Workbook,
    /// Articles in XML, to JSON lines.
    Xml,
    /// JSON by columns, likewise.
    Turned,
}

impl Convert {
    /// For people.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Convert::Docx => "Word document",
            Convert::Rtf => "RTF document",
            Convert::Workbook => "workbook, first sheet with rows and those like it",
            Convert::Xml => "XML",
            Convert::Turned => "JSON by columns or by names",
        }
    }

    /// Does it.
    pub(crate) fn convert(self, bytes: Vec<u8>) -> Result<Vec<u8>, String> {
        match self {
            Convert::Docx => docx(bytes).map(String::into_bytes),
            Convert::Rtf => Ok(super::rtf::text(&bytes).into_bytes()),
            Convert::Workbook => workbook_as_csv(bytes),
            Convert::Xml => xml::lines(bytes).map(String::into_bytes),
            Convert::Turned => json::turned::lines(bytes).map(String::into_bytes),
        }
    }
}

/// Reads a whole file, no more than the limit.
pub(crate) fn whole(reader: impl Read, packing: Packing) -> Result<Vec<u8>, String> {
    let bytes = at_most(reader, MOST_BYTES).map_err(|error| format!("{}: {error}", packing.name()))?;
    bytes.ok_or_else(too_large)
}

fn too_large() -> String {
    format!("it unpacks to more than {} MB", MOST_BYTES >> 20)
}

/// A document as a tree, no larger than the limits; a document type is refused, as its entities can grow without end.
pub(super) fn tree(source: &str) -> Result<roxmltree::Document<'_>, String> {
    if source.len() > MOST_TREE_BYTES {
        return Err(format!("it has more than {} MB of XML", MOST_TREE_BYTES >> 20));
    }
    let options = roxmltree::ParsingOptions { nodes_limit: MOST_NODES, ..roxmltree::ParsingOptions::default() };
    let document = roxmltree::Document::parse_with_options(source, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => format!("it has more than {MOST_NODES} elements and texts"),
        error => error.to_string(),
    })?;
    // whoever looks for an element around another takes a step for each
    let is_deep = |node: roxmltree::Node<'_, '_>| node.ancestors().nth(DEEPEST).is_some();
    if document.descendants().any(is_deep) {
        return Err(format!("its elements are nested more than {DEEPEST} deep"));
    }
    Ok(document)
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
    let document = tree(&source)?;
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

/// The first sheet of a workbook that has two rows, and those with the same header, as rows with commas; where a workbook has several
/// sheets, a column `sheet` names it.
pub(crate) fn workbook_as_csv(bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    check_size(&bytes)?;
    let mut book: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|error: calamine::XlsxError| error.to_string())?;
    let (names, mut table) = (book.sheet_names(), Vec::new());
    for name in &names {
        let own = sheet(&mut book, name, names.len() > 1)?;
        let header = |table: &[u8]| memchr::memchr(b'\n', table).map_or(table.len(), |end| end + 1);
        let (end, first) = (header(&own), header(&table));
        if end == own.len() || !table.is_empty() && own[..end] != table[..first] {
            continue;
        }
        table.extend_from_slice(if table.is_empty() { &own } else { &own[end..] });
        if table.len() as u64 > MOST_BYTES {
            return Err(too_large());
        }
    }
    Ok(table)
}

/// The rows of a sheet that hold something, with commas. Cell by cell: a table of all cells between the first and the last may be larger
/// than any memory.
fn sheet(book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str, is_named: bool) -> Result<Vec<u8>, String> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|error| error.to_string())?;
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let (mut width, mut number, mut row) = (0, None, Vec::<String>::new());
    loop {
        let next = cells.next_cell().map_err(|error| error.to_string())?;
        let at = next.as_ref().map(calamine::Cell::get_position);
        if number != at.map(|(row, _)| row) && !row.is_empty() {
            if is_named {
                row.resize(row.len().max(width), String::new());
                row.push(if width == 0 { "sheet".to_string() } else { name.to_string() });
            }
            width = if width == 0 { row.len() - usize::from(is_named) } else { width };
            writer.write_record(&row).map_err(|error| error.to_string())?;
            row.clear();
        }
        if writer.get_ref().len() as u64 > MOST_BYTES {
            return Err(too_large());
        }
        number = at.map(|(row, _)| row);
        let (Some(next), Some((_, column))) = (next, at) else { break };
        let value = cell(&Data::from(next.get_value().clone()));
        if !value.is_empty() {
            row.resize(row.len().max(column as usize + 1), String::new());
            row[column as usize] = value;
        }
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
