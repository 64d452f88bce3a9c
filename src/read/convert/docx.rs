//! The words of a Word document.
//!
//! In: the bytes of a `.docx` file. Out: its text; a paragraph is one, with an empty line behind it.
//! Invariant: what a reader of the document does not see is no text: deleted and moved-away words, hidden words, the second copy of a text
//! box that Word writes for older programs.
//! A table whose first row names columns of articles is the rows of that table.
//! It deliberately reads the body alone: headers, footers and notes are other parts of the file.

use super::{Packing, check_size, tree, whole};
use crate::read::columns::{is_known_name, means_text};
use roxmltree::Node;
use std::io::Cursor;

/// Elements whose content no reader sees: revisions that took it away, and what programs show that cannot draw the first choice.
const UNSEEN: &[&str] = &["del", "moveFrom", "Fallback"];

pub(super) fn text(bytes: Vec<u8>) -> Result<String, String> {
    check_size(&bytes)?;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let part = archive.by_name("word/document.xml").map_err(|error| error.to_string())?;
    let source = String::from_utf8(whole(part, Packing::Plain)?).map_err(|error| error.to_string())?;
    let document = tree(&source)?;
    if let Some(table) = table(&document) {
        return Ok(table);
    }
    let mut text = String::new();
    // several headings of the first rank are those of several articles: each is marked, as `--split` wants it
    let headings = document.descendants().filter(|node| is_first_heading(*node)).count();
    for paragraph in document.descendants().filter(|node| node.tag_name().name() == "p") {
        let before = text.len();
        if headings > 1 && is_first_heading(paragraph) {
            text.push_str("# ");
        }
        let begins = text.len();
        // a text box has paragraphs of its own
        let own =
            |node: &Node<'_, '_>| node.ancestors().find(|above| above.tag_name().name() == "p") == Some(paragraph);
        for node in paragraph.descendants().filter(own) {
            letters(node, &mut text);
        }
        match text.len() > begins {
            true => text.push_str("\n\n"),
            false => text.truncate(before),
        }
    }
    Ok(text)
}

/// True for a paragraph in the style of a heading of the first rank.
fn is_first_heading(paragraph: Node<'_, '_>) -> bool {
    const STYLES: &[&str] =
        &["heading1", "berschrift1", "überschrift1", "titre1", "título1", "titulo1", "titolo1", "1"];
    if paragraph.tag_name().name() != "p" {
        return false;
    }
    let properties = paragraph.children().find(|child| child.tag_name().name() == "pPr");
    let style =
        properties.and_then(|properties| properties.children().find(|child| child.tag_name().name() == "pStyle"));
    let value = style.and_then(|style| {
        style.attributes().find(|attribute| attribute.name() == "val").map(|a| a.value().to_lowercase())
    });
    value.is_some_and(|value| STYLES.contains(&value.as_str()))
}

/// A table of articles in a document, as rows with commas: its first row has the names of columns.
fn table(document: &roxmltree::Document<'_>) -> Option<String> {
    let rows = |table: Node<'_, '_>| -> Vec<Vec<String>> {
        let rows = table.children().filter(|child| child.tag_name().name() == "tr");
        rows.map(|row| row.children().filter(|child| child.tag_name().name() == "tc").map(cell).collect()).collect()
    };
    let is_of_articles = |rows: &Vec<Vec<String>>| {
        let names = rows.first().map_or(&[][..], Vec::as_slice);
        let known = names.iter().filter(|name| is_known_name(name)).count();
        rows.len() > 1 && known > 1 && names.iter().any(|name| means_text(name))
    };
    let tables = document.descendants().filter(|node| node.tag_name().name() == "tbl");
    let rows = tables.map(rows).find(is_of_articles)?;
    let line = |row: &Vec<String>| {
        row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect::<Vec<_>>().join(",") + "\n"
    };
    Some(rows.iter().map(line).collect())
}

/// The words of a cell; each of its paragraphs is one.
fn cell(cell: Node<'_, '_>) -> String {
    let mut text = String::new();
    for paragraph in cell.descendants().filter(|node| node.tag_name().name() == "p") {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        paragraph.descendants().for_each(|node| letters(node, &mut text));
    }
    text.trim().to_string()
}

/// What an element stands for in the text.
fn letters(node: Node<'_, '_>, text: &mut String) {
    let letters = match node.tag_name().name() {
        "t" => node.text().unwrap_or_default(),
        "noBreakHyphen" => "-",
        "tab" if node.parent().is_some_and(|above| above.tag_name().name() == "r") => "\t",
        "br" | "cr" => "\n",
        _ => return,
    };
    if !node.ancestors().any(is_unseen) {
        text.push_str(letters);
    }
}

/// True for an element whose content is not shown, and for a run of hidden words.
fn is_unseen(node: Node<'_, '_>) -> bool {
    let child =
        |node: Node<'_, '_>, name: &str| node.children().find(|child| child.tag_name().name() == name).map(|c| c.id());
    let document = node.document();
    let hidden = || {
        let properties = document.get_node(child(node, "rPr")?)?;
        let vanish = document.get_node(child(properties, "vanish")?)?;
        let value = vanish
            .attributes()
            .find(|attribute| attribute.name() == "val")
            .map(|attribute| attribute.value().to_string());
        Some(!value.is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off")))
    };
    let name = node.tag_name().name();
    UNSEEN.contains(&name) || name == "r" && hidden() == Some(true)
}
