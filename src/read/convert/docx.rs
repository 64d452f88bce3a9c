//! The words of a Word document.
//!
//! In: the bytes of a `.docx` file. Out: its text; a paragraph is one, with an empty line behind it. Or, where it is a table of articles, its
//! rows with commas.
//! Invariant: what a reader of the document does not see is no text: deleted and moved-away words, hidden words, the second copy of a text
//! box that Word writes for older programs.
//! It deliberately reads the body alone: headers, footers and notes are other parts of the file. Headings of the first rank, where there are
//! several, are marked as Markdown does it, so that whoever looks for several articles sees them.

use super::page_table::{Rows, is_of_articles};
use super::{Converted, Packing, check_size, tree, whole};
use roxmltree::Node;
use std::io::Cursor;

/// Elements whose content no reader sees: revisions that took it away, and what programs show that cannot draw the first choice.
const UNSEEN: &[&str] = &["del", "moveFrom", "Fallback"];

/// A new page.
const PAGE: char = '\u{c}';

type Archive = zip::ZipArchive<Cursor<Vec<u8>>>;

pub(super) fn text(bytes: Vec<u8>) -> Result<Converted, String> {
    check_size(&bytes)?;
    let mut archive = Archive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let source = part(&mut archive, "word/document.xml")?;
    let document = tree(&source)?;
    let tables: Vec<Node<'_, '_>> = document.descendants().filter(|node| node.tag_name().name() == "tbl").collect();
    if let [table] = tables.as_slice() {
        let rows = rows(*table);
        if is_of_articles(&rows) {
            return as_table(&rows, words(document.root()) - words(*table));
        }
    }
    let headings = headings(&mut archive);
    let mut paragraphs: Vec<(String, bool)> = Vec::new();
    for paragraph in document.descendants().filter(|node| node.tag_name().name() == "p") {
        let mut text = own_text(paragraph);
        if !text.is_empty() && has_property(paragraph, "pageBreakBefore") {
            text.insert(0, PAGE);
        }
        if !text.is_empty() {
            paragraphs.push((text, is_heading(paragraph, &headings)));
        }
    }
    let mut text = String::new();
    let marked = paragraphs.first().is_some_and(|(_, is_heading)| *is_heading)
        && paragraphs.iter().filter(|(_, is_heading)| *is_heading).count() > 1;
    for (paragraph, is_heading) in paragraphs {
        let mark = if marked && is_heading { "# " } else { "" };
        let (page, words) = paragraph.split_at(if paragraph.starts_with(PAGE) { PAGE.len_utf8() } else { 0 });
        text.push_str(&format!("{page}{mark}{words}\n\n"));
    }
    Ok(Converted { bytes: text.into_bytes(), notes: Vec::new(), ..Converted::default() })
}

fn part(archive: &mut Archive, name: &str) -> Result<String, String> {
    let part = archive.by_name(name).map_err(|error| error.to_string())?;
    String::from_utf8(whole(part, Packing::Plain)?).map_err(|error| error.to_string())
}

/// What a paragraph says.
fn own_text(paragraph: Node<'_, '_>) -> String {
    let mut text = String::new();
    // a text box has paragraphs of its own
    let own = |node: &Node<'_, '_>| node.ancestors().find(|above| above.tag_name().name() == "p") == Some(paragraph);
    for node in paragraph.descendants().filter(own) {
        letters(node, &mut text);
    }
    text
}

fn words(node: Node<'_, '_>) -> usize {
    let paragraphs = node.descendants().filter(|inner| inner.tag_name().name() == "p");
    paragraphs.map(|paragraph| own_text(paragraph).split_whitespace().count()).sum()
}

/// The styles of headings of the first rank: programs name them in every language, and say in one what they are.
fn headings(archive: &mut Archive) -> Vec<String> {
    let Ok(source) = part(archive, "word/styles.xml") else { return vec!["Heading1".to_string()] };
    let Ok(document) = tree(&source) else { return Vec::new() };
    let styles = document.descendants().filter(|node| node.tag_name().name() == "style");
    let is_first = |style: &Node<'_, '_>| {
        value(*style, "name").is_some_and(|name| name.eq_ignore_ascii_case("heading 1"))
            || style.children().any(|child| value(child, "outlineLvl").as_deref() == Some("0"))
    };
    let id =
        |style: Node<'_, '_>| style.attributes().find(|own| own.name() == "styleId").map(|own| own.value().to_string());
    styles.filter(is_first).filter_map(id).collect()
}

/// The value of a property right below an element.
fn value(node: Node<'_, '_>, name: &str) -> Option<String> {
    let property = node.children().find(|child| child.tag_name().name() == name)?;
    property.attributes().find(|own| own.name() == "val").map(|own| own.value().to_string())
}

fn is_heading(paragraph: Node<'_, '_>, headings: &[String]) -> bool {
    let Some(properties) = paragraph.children().find(|child| child.tag_name().name() == "pPr") else { return false };
    value(properties, "pStyle").is_some_and(|style| headings.contains(&style))
        || value(properties, "outlineLvl").as_deref() == Some("0")
}

/// True where a paragraph has a property that is not switched off.
fn has_property(paragraph: Node<'_, '_>, name: &str) -> bool {
    let properties = paragraph.children().find(|child| child.tag_name().name() == "pPr");
    let is_there = properties.is_some_and(|all| all.children().any(|child| child.tag_name().name() == name));
    let value = properties.and_then(|all| value(all, name));
    is_there && !matches!(value.as_deref(), Some("0" | "false" | "off"))
}

/// The cells of a table, the paragraphs of each on lines of their own.
fn rows(table: Node<'_, '_>) -> Rows {
    let below = |node: Node<'_, '_>, name: &'static str| {
        let children: Vec<_> =
            node.children().filter(|child| child.tag_name().name() == name).map(|n| n.id()).collect();
        children.into_iter().filter_map(|id| table.document().get_node(id)).collect::<Vec<_>>()
    };
    let cell = |cell| {
        let paragraphs = below(cell, "p").into_iter().map(own_text).filter(|text| !text.is_empty());
        paragraphs.collect::<Vec<_>>().join("\n\n")
    };
    below(table, "tr").into_iter().map(|row| below(row, "tc").into_iter().map(cell).collect()).collect()
}

/// A table of articles; what stands beside it is told.
fn as_table(rows: &Rows, words_beside: usize) -> Result<Converted, String> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    rows.iter().try_for_each(|row| writer.write_record(row)).map_err(|error| error.to_string())?;
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    let notes = (words_beside > 0).then(|| format!("{words_beside} words beside the table of articles are not read"));
    Ok(Converted { bytes, notes: notes.into_iter().collect(), ..Converted::default() })
}

/// What an element stands for in the text.
fn letters(node: Node<'_, '_>, text: &mut String) {
    let letters = match node.tag_name().name() {
        "t" => node.text().unwrap_or_default(),
        "noBreakHyphen" => "-",
        "tab" if node.parent().is_some_and(|above| above.tag_name().name() == "r") => "\t",
        "br" if node.attributes().any(|own| own.name() == "type" && own.value() == "page") => "\n\u{c}",
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
