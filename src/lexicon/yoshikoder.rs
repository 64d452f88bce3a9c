//! Yoshikoder dictionaries (`.ykd`) and Lexicoder 2 dictionaries (`.lcd`), which are the same XML.
//!
//! In: text. Out: a lexicon.
//! Invariant: a category that holds both categories and patterns keeps both; attributes other than `name` are never words.
//! It deliberately reads no document type: entities could unfold a small file to any size, and no dictionary needs them.

use super::build::{Builder, Term};
use super::model::{Lexicon, Overlap};
use super::pattern::Wildcards;
use super::sniff::Format;
use super::{Options, lexicoder};
use crate::error::{Place, Problem, Result};
use crate::text::Lines;
use hashbrown::HashMap;
use roxmltree::{Document, Node, NodeId, ParsingOptions};

/// Reads a `.ykd` or `.lcd`.
pub(super) fn read(file: &str, text: &str, format: Format, options: &Options) -> Result<Lexicon> {
    let mut builder = Builder::new(file, text, format, options);
    let limits = ParsingOptions { allow_dtd: false, nodes_limit: 4_000_000, ..ParsingOptions::default() };
    match Document::parse_with_options(text.trim_start_matches('\u{feff}'), limits) {
        Ok(document) => dictionary(&mut builder, &document, &Places::of(text)),
        Err(roxmltree::Error::DtdDetected) => {
            let at = text.find("<!DOCTYPE").map_or(Place::line(file, 1), |at| Places::of(text).place(file, at));
            let problem = Problem::error("xml-doctype", at, "a document type (`<!DOCTYPE …>`)");
            builder.tell(
                problem.expected("a dictionary without one").hint("delete it, and write what its entities stand for"),
            );
        }
        Err(error) => {
            let at = error.pos();
            let message = error.to_string();
            let place = Place::at(file, at.row.max(1), at.col.max(1));
            builder.tell(Problem::error("xml-syntax", place, message));
        }
    }
    if builder.lexicon.frames.iter().any(|frame| lexicoder::is_negated(&frame.name)) && options.overlap.is_none() {
        builder.lexicon.overlap = Overlap::Lexicon;
    }
    builder.finish()
}

fn dictionary(builder: &mut Builder, document: &Document<'_>, places: &Places<'_>) {
    let root = document.root_element();
    if root.tag_name().name() != "dictionary" {
        let problem =
            Problem::error("xml-root", places.of_node(builder, root), format!("<{}>", root.tag_name().name()));
        builder.tell(problem.expected("<dictionary>"));
        return;
    }
    if let Some(name) = root.attribute("name").map(str::trim).filter(|name| !name.is_empty()) {
        builder.lexicon.name = name.to_string();
    }
    let top: Vec<Node<'_, '_>> = root.children().filter(Node::is_element).collect();
    // A single category around everything is the dictionary itself.
    let whole = match top.as_slice() {
        [only] if is(*only, "cnode") && only.children().any(|child| is(child, "cnode")) => Some(*only),
        _ => None,
    };
    let mut frames: HashMap<NodeId, usize> = HashMap::new();
    if let Some(whole) = whole {
        builder.lexicon.name = name_of(whole).to_string();
    }
    for node in root.descendants().skip(1) {
        let line = places.line(node);
        let parent = node.parent().and_then(|parent| frames.get(&parent.id()).copied());
        if is(node, "cnode") {
            if Some(node) != whole {
                let frame = builder.child(parent, name_of(node), line);
                describe(builder, frame, node);
                frames.insert(node.id(), frame);
            }
        } else if is(node, "pnode") {
            let frame = match (parent, whole) {
                (Some(frame), _) => Some(frame),
                (None, Some(whole)) if node.parent() == Some(whole) => Some(builder.frame(name_of(whole), line).0),
                _ => None,
            };
            entry(builder, places, node, frame);
        } else if node.is_element() || node.text().is_some_and(|text| !node.is_comment() && !text.trim().is_empty()) {
            let found = node.text().unwrap_or(node.tag_name().name()).trim().to_string();
            let problem = Problem::error("xml-unknown", places.of_node(builder, node), format!("`{found}`"));
            builder.refuse(problem.expected("<cnode> or <pnode>"), &found);
        }
    }
}

fn entry(builder: &mut Builder, places: &Places<'_>, node: Node<'_, '_>, frame: Option<usize>) {
    let at = places.of_node(builder, node);
    let text = node.attribute("name").unwrap_or_default();
    let Some(frame) = frame else {
        let problem = Problem::error("xml-no-category", at, format!("<pnode name=\"{text}\"> is in no category"));
        builder.refuse(problem.expected("a <cnode> around it"), text);
        return;
    };
    let note = node.attribute("desc").unwrap_or_default().trim().to_string();
    let term = Term { note, ..Term::new(text.trim(), at.line.unwrap_or(1), at.column.unwrap_or(1)) };
    builder.foreign(frame, term, Wildcards::Star);
}

/// A description that repeats the name says nothing.
fn describe(builder: &mut Builder, frame: usize, node: Node<'_, '_>) {
    let description = node.attribute("desc").unwrap_or_default().trim();
    let found = &mut builder.lexicon.frames[frame];
    if !description.is_empty() && description != name_of(node) {
        found.definition = description.to_string();
    }
    if let Some(colour) = node.attribute("color") {
        found.colour = lexicoder::colour(colour).unwrap_or_default();
        found.notes = if found.colour.is_empty() { format!("color {}", colour.trim()) } else { String::new() };
    }
}

fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn name_of<'a>(node: Node<'a, '_>) -> &'a str {
    node.attribute("name").unwrap_or_default().trim()
}

/// Where nodes stand. The parser would count the lines before each node from the start of the file.
struct Places<'t> {
    text: &'t str,
    lines: Lines,
}

impl<'t> Places<'t> {
    fn of(text: &'t str) -> Places<'t> {
        let text = text.trim_start_matches('\u{feff}');
        Places { text, lines: Lines::of(text) }
    }

    fn line(&self, node: Node<'_, '_>) -> u32 {
        self.lines.line(node.range().start as u32)
    }

    fn place(&self, file: &str, byte: usize) -> Place {
        let (line, column) = self.lines.line_column(self.text, byte as u32);
        Place::at(file, line, column)
    }

    fn of_node(&self, builder: &Builder, node: Node<'_, '_>) -> Place {
        self.place(&builder.lexicon.file, node.range().start)
    }
}
