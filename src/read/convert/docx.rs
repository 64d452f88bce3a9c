//! The words of a Word document.
//!
//! In: the bytes of a `.docx` file. Out: its text; a paragraph is one, with an empty line behind it.
//! Invariant: what a reader of the document does not see is no text: deleted and moved-away words, hidden words, the second copy of a text
//! box that Word writes for older programs.
//! It deliberately reads the body alone: headers, footers and notes are other parts of the file.

use super::{Packing, check_size, tree, whole};
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
    let mut text = String::new();
    for paragraph in document.descendants().filter(|node| node.tag_name().name() == "p") {
        let before = text.len();
        // a text box has paragraphs of its own
        let own =
            |node: &Node<'_, '_>| node.ancestors().find(|above| above.tag_name().name() == "p") == Some(paragraph);
        for node in paragraph.descendants().filter(own) {
            letters(node, &mut text);
        }
        if text.len() > before {
            text.push_str("\n\n");
        }
    }
    Ok(text)
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
