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
            Convert::Rtf => Ok(rtf(&bytes).into_bytes()),
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

/// Words of rich text: control words, groups that are no text and pictures are passed over.
fn rtf(bytes: &[u8]) -> String {
    /// Groups that hold no text of the document.
    const UNSEEN: &[&str] = &[
        "fonttbl",
        "colortbl",
        "stylesheet",
        "info",
        "pict",
        "header",
        "footer",
        "headerl",
        "headerr",
        "footerl",
        "footerr",
        "listtable",
        "listoverridetable",
        "rsidtbl",
        "generator",
        "themedata",
        "colorschememapping",
        "latentstyles",
        "datastore",
        "fldinst",
        "object",
        "xmlnstbl",
    ];
    let mut out = String::new();
    let mut page = encoding_rs::WINDOWS_1252;
    let mut depth = 0usize;
    let mut unseen: Option<usize> = None;
    let mut skip = 0usize;
    let mut high: Vec<u8> = Vec::new();
    let mut at = 0;
    let flush = |high: &mut Vec<u8>, page: &'static encoding_rs::Encoding, out: &mut String| {
        out.push_str(&page.decode_without_bom_handling(high).0);
        high.clear();
    };
    while at < bytes.len() {
        let byte = bytes[at];
        at += 1;
        match byte {
            b'{' => depth += 1,
            b'}' => {
                if unseen == Some(depth) {
                    unseen = None;
                }
                depth = depth.saturating_sub(1);
            }
            b'\\' => {
                let (word, number, next) = control(bytes, at);
                at = next;
                match word {
                    "'" => {
                        let seen = unseen.is_none() && skip == 0;
                        if seen && let Some(byte) = number {
                            high.push(byte as u8);
                        }
                        skip = skip.saturating_sub(1);
                        continue;
                    }
                    "*" => unseen = unseen.or(Some(depth)),
                    word if UNSEEN.contains(&word) => unseen = unseen.or(Some(depth)),
                    "ansicpg" => {
                        let label = format!("windows-{}", number.unwrap_or(1252));
                        page = crate::text::encoding::by_name(&label).unwrap_or(page);
                    }
                    _ => {}
                }
                flush(&mut high, page, &mut out);
                if unseen.is_some() {
                    continue;
                }
                match word {
                    "par" | "sect" | "page" => out.push_str("\n\n"),
                    "line" | "row" => out.push('\n'),
                    "tab" | "cell" => out.push('\t'),
                    "emdash" => out.push('—'),
                    "endash" => out.push('–'),
                    "lquote" => out.push('‘'),
                    "rquote" => out.push('’'),
                    "ldblquote" => out.push('“'),
                    "rdblquote" => out.push('”'),
                    "~" => out.push('\u{a0}'),
                    "\\" | "{" | "}" => out.push_str(word),
                    "u" => {
                        let unit = number.unwrap_or(0).rem_euclid(65_536) as u32;
                        out.push(char::from_u32(unit).unwrap_or('\u{fffd}'));
                        skip = 1;
                    }
                    _ => {}
                }
            }
            b'\r' | b'\n' => {}
            _ if unseen.is_some() => {}
            _ if skip > 0 => skip -= 1,
            _ => {
                if byte.is_ascii() {
                    flush(&mut high, page, &mut out);
                    out.push(char::from(byte));
                } else {
                    high.push(byte);
                }
            }
        }
    }
    flush(&mut high, page, &mut out);
    out
}

/// A control word and its number, and where it ends.
fn control(bytes: &[u8], from: usize) -> (&str, Option<i32>, usize) {
    let rest = bytes.get(from..).unwrap_or_default();
    let letters = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let text = |range: &[u8]| std::str::from_utf8(range).unwrap_or_default().to_string();
    if letters == 0 {
        let sign = std::str::from_utf8(rest.get(..1).unwrap_or_default()).unwrap_or_default();
        if sign == "'" {
            let byte = rest.get(1..3).and_then(|hex| i32::from_str_radix(&text(hex), 16).ok());
            return ("'", byte, (from + 3).min(bytes.len()));
        }
        return (sign, None, (from + 1).min(bytes.len()));
    }
    let word = std::str::from_utf8(&rest[..letters]).unwrap_or_default();
    let digits = rest[letters..].iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'-').count();
    let number = text(&rest[letters..letters + digits]).parse().ok();
    let mut end = letters + digits;
    end += usize::from(rest.get(end) == Some(&b' '));
    (word, number, from + end)
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
