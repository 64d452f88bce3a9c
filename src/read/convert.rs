//! Files that hold their words packed or in an uncommon order: Word, RTF, workbooks, XML, SGML, records, tables in other marks.
//!
//! In: the bytes of a file. Out: plain text, rows with commas, or JSON lines, for the readers of those.
//! Invariant: nothing is unpacked beyond [`MOST_BYTES`]: a file that would be larger is refused.
//! It deliberately keeps no places in the packed file: spans of such articles count in what is made here.

pub(super) mod cues;
pub(super) mod dialect;
mod docx;
pub(super) mod newsbank;
pub(super) mod numbered;
mod ods;
pub(super) mod page_table;
pub(super) mod recordings;
pub(super) mod records;
mod said;
pub(super) mod segments;
pub(super) mod sgml;
pub(super) mod telegram;
pub(super) mod whatsapp;
mod workbook;

use super::asides::Aside;
use super::source::{Packing, at_most};
use super::{json, xml};
use crate::error::Problem;
use dialect::Dialect;
use encoding_rs::Encoding;
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
    /// The sheets of a workbook that hold articles, to rows with commas.
    Workbook,
    /// Subtitles and transcripts with times, to text.
    Cues,
    /// Rows that are pieces of transcripts, to text; to JSON lines where the table names several recordings.
    Segments { rows: segments::Rows, lines: bool },
    /// Objects of JSON that hold the pieces of a transcript, to JSON lines.
    Recordings,
    /// Articles in XML, to JSON lines.
    Xml,
    /// JSON by columns, likewise.
    JsonTable,
    /// A table that is quoted or parted in an uncommon way, to rows with commas.
    Table(Dialect),
    /// A table of articles in HTML, likewise.
    PageTable,
    /// Records of a bibliography, to JSON lines.
    Records(records::Kind),
    /// Texts of a crawl of the web, likewise.
    Wet,
    /// Articles in SGML, likewise.
    Sgml,
    /// Texts behind their numbers, likewise.
    Numbered,
    /// Messages of a chat in a page, likewise.
    Telegram,
    /// Messages of a chat in a text, likewise.
    WhatsApp,
    /// Articles of NewsBank, likewise.
    NewsBank,
    /// JSON inside something else, to JSON.
    WrappedJson,
}

impl Convert {
    /// For people.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Convert::Docx => "Word document",
            Convert::Rtf => "RTF document",
            Convert::Workbook => "workbook, its sheets of articles",
            Convert::Xml => "XML",
            Convert::JsonTable => "JSON by columns or by names",
            Convert::Table(dialect) => dialect.name(),
            Convert::PageTable => "table in HTML",
            Convert::Records(kind) => kind.name(),
            Convert::Cues => "subtitles, or a transcript with times",
            Convert::Segments { .. } => "pieces of transcripts, joined",
            Convert::Recordings => "transcripts in JSON, their pieces joined",
            Convert::Wet => "texts of a web crawl (WET)",
            Convert::Sgml => "SGML",
            Convert::Numbered => "texts behind their numbers (NOW, COCA, COHA)",
            Convert::Telegram => "chat of Telegram",
            Convert::WhatsApp => "chat of WhatsApp",
            Convert::NewsBank => "export of NewsBank",
            Convert::WrappedJson => "JSON inside a script or a string",
        }
    }

    /// True where JSON lines come of it.
    pub(crate) fn gives_lines(self) -> bool {
        matches!(self, Convert::Xml | Convert::JsonTable | Convert::Records(_) | Convert::Wet | Convert::Sgml)
            || matches!(self, Convert::Numbered | Convert::Telegram | Convert::Segments { lines: true, .. })
            || matches!(self, Convert::WhatsApp | Convert::NewsBank | Convert::Recordings)
    }

    /// True for what is text as it lies there, in whatever encoding.
    pub(crate) fn is_of_text(self) -> bool {
        matches!(self, Convert::Table(_) | Convert::Records(_) | Convert::Cues | Convert::Segments { .. })
            || matches!(self, Convert::Sgml | Convert::Numbered | Convert::WhatsApp | Convert::NewsBank)
            || self == Convert::Recordings
    }

    /// Does it; `declared` is the encoding that the user says.
    pub(crate) fn convert(self, bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Result<Converted, String> {
        let text = |text: String| Converted { bytes: text.into_bytes(), ..Converted::default() };
        match self {
            Convert::Docx => docx::text(bytes),
            Convert::Rtf => Ok(text(super::rtf::text(&bytes))),
            Convert::Workbook => workbook::table(bytes),
            Convert::Xml => xml::lines(bytes, declared),
            Convert::JsonTable => json::orientation::lines(bytes).map(text),
            Convert::Table(dialect) => dialect.rewrite(bytes, declared),
            Convert::PageTable => page_table::csv(bytes, declared),
            Convert::Records(kind) => records::lines(bytes, declared, kind).map(text),
            Convert::Cues => cues::text(bytes, declared),
            Convert::Segments { rows, .. } => segments::joined(bytes, declared, rows),
            Convert::Recordings => recordings::lines(bytes, declared),
            Convert::Wet => records::wet(bytes).map(text),
            Convert::Sgml => sgml::lines(bytes, declared).map(text),
            Convert::Numbered => numbered::lines(bytes, declared).map(text),
            Convert::Telegram => telegram::lines(bytes, declared),
            Convert::WhatsApp => whatsapp::lines(bytes, declared),
            Convert::NewsBank => newsbank::lines(bytes, declared),
            Convert::WrappedJson => json::wrapped::unwrapped(bytes),
        }
    }
}

/// What a file was converted to.
#[derive(Debug, Default)]
pub(crate) struct Converted {
    /// Text in UTF-8.
    pub bytes: Vec<u8>,
    /// What was left out, for a warning.
    pub notes: Vec<String>,
    /// What else is to be said, and rows that cannot be read; their places name no file.
    pub problems: Vec<Problem>,
    /// Of each text, what in it is none of its words.
    pub asides: Vec<Vec<Aside>>,
}

/// The sheets of a workbook that hold rows of one table, as rows with commas.
pub(crate) fn workbook_as_csv(bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    workbook::table(bytes).map(|table| table.bytes)
}

/// Adds an article as a line of JSON.
pub(super) fn push_line(object: serde_json::Map<String, serde_json::Value>, out: &mut String) {
    out.push_str(&serde_json::Value::Object(object).to_string());
    out.push('\n');
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
