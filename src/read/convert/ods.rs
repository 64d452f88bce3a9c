//! The sheets of an OpenDocument workbook (`.ods`), row by row.
//!
//! In: the bytes of a file. Out: each sheet with the rows that hold something, and how many of them are hidden.
//! Invariant: a cell or row that says how often it is repeated is repeated only where it holds something, and never beyond the limit of all
//! converted files: a few bytes can say a thousand million.
//! It deliberately takes a number as its digits and a day as `2022-01-05`, as the other workbooks are read.

use super::workbook::RawSheet;
use super::{MOST_BYTES, at_most, too_large, tree};
use roxmltree::Node;
use std::collections::BTreeSet;
use std::io::Cursor;

/// What the first bytes of such a file say.
const MIME: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet";

/// True for the beginning of such a file.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    memchr::memmem::find(&bytes[..bytes.len().min(256)], MIME).is_some()
}

/// Its sheets, and how many rows nobody sees who opens it.
pub(super) fn sheets(bytes: &[u8]) -> Result<(Vec<RawSheet>, usize), String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let part = archive.by_name("content.xml").map_err(|error| error.to_string())?;
    let content = at_most(part, MOST_BYTES).map_err(|error| error.to_string())?.ok_or_else(too_large)?;
    let content = String::from_utf8(content).map_err(|error| error.to_string())?;
    let document = tree(&content)?;
    let hidden = hidden_styles(document.root_element());
    let tables = document.root_element().descendants().filter(|node| is(*node, "table"));
    let tables = tables.filter(|node| node.parent().is_some_and(|parent| is(parent, "spreadsheet")));
    let (mut sheets, mut bytes, mut hidden_rows) = (Vec::new(), 0, 0);
    for table in tables {
        let name = attribute(table, "name").unwrap_or_default().to_string();
        let is_hidden = attribute(table, "style-name").is_some_and(|style| hidden.contains(style));
        let rows = rows(table, &mut bytes, &mut hidden_rows)?;
        sheets.push(RawSheet { name, rows, is_hidden });
    }
    Ok((sheets, hidden_rows))
}

fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

/// An attribute, whatever the prefix of its name.
fn attribute<'n>(node: Node<'n, '_>, name: &str) -> Option<&'n str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

fn repeated(node: Node<'_, '_>, name: &str) -> u64 {
    attribute(node, name).and_then(|number| number.parse().ok()).unwrap_or(1).max(1)
}

/// Styles of sheets that are not shown.
fn hidden_styles<'n>(root: Node<'n, '_>) -> BTreeSet<&'n str> {
    let hides = |node: &Node<'n, '_>| is(*node, "table-properties") && attribute(*node, "display") == Some("false");
    root.descendants().filter(hides).filter_map(|node| attribute(node.parent()?, "name")).collect()
}

/// A cell that is one over several rows: its column, the rows that are to come, its value.
struct Span {
    column: u64,
    rows: u64,
    value: String,
}

fn rows(table: Node<'_, '_>, bytes: &mut u64, hidden_rows: &mut usize) -> Result<Vec<Vec<String>>, String> {
    let (mut rows, mut open) = (Vec::new(), Vec::<Span>::new());
    for node in table.descendants().filter(|node| is(*node, "table-row")) {
        let (mut row, mut column, mut size) = (Vec::<String>::new(), 0u64, 0u64);
        let mut begun = Vec::new();
        for cell in node.children().filter(|cell| is(*cell, "table-cell") || is(*cell, "covered-table-cell")) {
            let times = repeated(cell, "number-columns-repeated");
            let value = value(cell);
            if !value.is_empty() {
                size = size.saturating_add(times.saturating_mul(bytes_of(&value)));
                if size.saturating_add(column.saturating_mul(bytes_of(""))) > MOST_BYTES {
                    return Err(too_large());
                }
                row.resize(column as usize, String::new());
                row.extend(std::iter::repeat_n(value.clone(), times as usize));
                let over = repeated(cell, "number-rows-spanned");
                begun.extend((over > 1).then_some(Span { column, rows: over, value }));
            }
            column = column.saturating_add(times);
        }
        let is_filled = !row.is_empty();
        for span in open.iter().filter(|_| is_filled) {
            let at = span.column as usize;
            row.resize(row.len().max(at + 1), String::new());
            if row[at].is_empty() {
                row[at].clone_from(&span.value);
            }
        }
        let times = repeated(node, "number-rows-repeated");
        open.extend(begun);
        open.iter_mut().for_each(|span| span.rows = span.rows.saturating_sub(times));
        open.retain(|span| span.rows > 0);
        if !is_filled {
            continue;
        }
        let size: u64 = row.iter().map(|cell| bytes_of(cell)).sum();
        *bytes = bytes.saturating_add(times.saturating_mul(size));
        if *bytes > MOST_BYTES {
            return Err(too_large());
        }
        if matches!(attribute(node, "visibility"), Some("collapse" | "filter")) {
            *hidden_rows += times as usize;
        }
        rows.extend(std::iter::repeat_n(row, times as usize));
    }
    Ok(rows)
}

/// What a cell takes in memory.
fn bytes_of(value: &str) -> u64 {
    (value.len() + size_of::<String>()) as u64
}

/// What a cell says.
fn value(cell: Node<'_, '_>) -> String {
    let kind = attribute(cell, "value-type").unwrap_or_default();
    let said = match kind {
        "date" => attribute(cell, "date-value").map(|day| day.split('T').next().unwrap_or_default().to_string()),
        "float" => attribute(cell, "value").map(str::to_string),
        _ => None,
    };
    said.unwrap_or_else(|| {
        let lines = cell.children().filter(|node| is(*node, "p")).map(|line| {
            let mut text = String::new();
            write(line, &mut text);
            text
        });
        lines.collect::<Vec<_>>().join("\n").trim().to_string()
    })
}

/// Adds the words of an element, without notes that readers have put there.
fn write(node: Node<'_, '_>, out: &mut String) {
    for child in node.children() {
        match child.tag_name().name() {
            _ if child.is_text() => out.push_str(child.text().unwrap_or_default()),
            "s" => out.push_str(&" ".repeat(repeated(child, "c").min(1000) as usize)),
            "tab" => out.push('\t'),
            "line-break" => out.push('\n'),
            "annotation" => {}
            _ => write(child, out),
        }
    }
}
