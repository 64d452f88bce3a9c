//! Articles in XML: RSS and Atom feeds, Factiva, NITF, and whatever repeats one element for each article.
//!
//! In: a document. Out: one JSON object a line, its keys the names of elements (`head.title`), its paragraphs joined.
//! Invariant: a document type with entities of its own is refused, so nothing can grow by being read.
//! It deliberately knows few names: those of articles in the feeds and exports that are common.

mod agencies;
mod research;

use super::convert::Converted;
use roxmltree::{Document, Node};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Elements that are one article each; the likelier first.
const ARTICLES: &[&str] = &[
    "item", "entry", "article", "nitf", "newsItem", "NewsItem", "newsitem", "story", "document", "doc", "record", "row",
];

/// Elements whose text is the article's, where no element says so by its name.
const TEXTS: &[&str] =
    &["encoded", "content", "body", "main", "text", "fulltext", "full_text", "description", "summary"];

/// Elements that hold the day, where none is called `date`.
const DATES: &[&str] = &["pubDate", "published", "issued", "updated", "modified"];

/// Attributes in which an element without words says what it is for.
const VALUES: &[&str] = &["href", "value", "name", "when", "iso", "datetime", "content"];

/// The articles of a document.
pub(crate) fn lines(bytes: Vec<u8>, declared: Option<&'static encoding_rs::Encoding>) -> Result<Converted, String> {
    let source = super::decode::text_of(bytes, declared)?;
    let source = without_doctype(&source);
    let document = super::convert::tree(&source)?;
    let name = element(&document).ok_or("no element that is an article (item, entry, article …)")?;
    let outlet = feed_title(&document);
    let mut out = String::new();
    let mut unpublished: BTreeMap<String, usize> = BTreeMap::new();
    for node in document.descendants().filter(|node| node.tag_name().name() == name) {
        if node.ancestors().skip(1).any(|above| above.tag_name().name() == name) {
            continue;
        }
        if let Some(why) = unpublished_in_wordpress(node) {
            *unpublished.entry(why).or_default() += 1;
            continue;
        }
        let mut object = Map::new();
        agencies::fill(node, &mut object);
        research::fill(node, &mut object);
        let is_filled = !object.is_empty();
        if !is_filled {
            fill(node, "", 0, &mut object);
            for attribute in node.attributes() {
                let value = || Value::String(attribute.value().to_string());
                object.entry(attribute.name().to_string()).or_insert_with(value);
            }
        }
        if !object.contains_key("text") {
            let text = if is_filled { String::new() } else { text(node) };
            if !text.is_empty() {
                object.insert("text".to_string(), Value::String(text));
            }
        }
        if let Some(date) = DATES.iter().find_map(|name| object.get(*name).cloned()) {
            object.entry("date".to_string()).or_insert(date);
        }
        if let Some(outlet) = outlet.as_ref().filter(|_| !object.keys().any(|key| key.starts_with("source"))) {
            object.entry("outlet".to_string()).or_insert_with(|| Value::String(outlet.clone()));
        }
        super::convert::push_line(object, &mut out);
    }
    let kinds: Vec<String> = unpublished.iter().map(|(why, count)| format!("{why} {count}")).collect();
    let notes = format!("items of a WordPress export that are no published posts are left out: {}", kinds.join(", "));
    Ok(Converted {
        bytes: out.into_bytes(),
        notes: Some(notes).filter(|_| !kinds.is_empty()).into_iter().collect(),
        ..Converted::default()
    })
}

/// The name of the elements that are one article each: that of the grammar, else the likeliest, else one that holds named fields.
fn element(document: &Document<'_>) -> Option<&'static str> {
    let root = document.root_element().tag_name().name();
    let grammars = [("NewsML", "NewsItem"), ("pma_xml_export", "table")];
    if let Some(name) =
        research::element(root).or_else(|| grammars.iter().find(|(of, _)| *of == root).map(|(_, name)| *name))
    {
        return Some(name);
    }
    let named = |name: &&&'static str| {
        document.descendants().any(|node| node.tag_name().name() == **name && node.has_children())
    };
    ARTICLES.iter().find(named).copied()
}

/// Why an item of a WordPress export was never read by anybody as an article: its kind, or the state that it is in.
fn unpublished_in_wordpress(item: Node<'_, '_>) -> Option<String> {
    const PARTS_OF_A_SITE: &[&str] = &["attachment", "nav_menu_item", "revision"];
    let said = |name: &str| item.children().find(|child| child.tag_name().name() == name).map(words);
    let kind = said("post_type")?;
    let state = said("status").unwrap_or_default();
    match () {
        () if PARTS_OF_A_SITE.contains(&kind.as_str()) => Some(kind),
        () if !matches!(state.as_str(), "publish" | "") => Some(state),
        () => None,
    }
}

/// A document type that only names its grammar is passed over, its bytes as spaces; one with entities of its own stays and is refused.
fn without_doctype(source: &str) -> std::borrow::Cow<'_, str> {
    let Some(at) = source.find("<!DOCTYPE") else { return source.into() };
    let Some(end) = source[at..].find('>').map(|end| at + end + 1) else { return source.into() };
    if source[at..end].contains('[') || source[..at].contains("]]>") {
        return source.into();
    }
    let blank: String = source[at..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
    format!("{}{blank}{}", &source[..at], &source[end..]).into()
}

/// The title of an RSS channel or an Atom feed.
fn feed_title(document: &Document<'_>) -> Option<String> {
    let above = document.descendants().find(|node| matches!(node.tag_name().name(), "channel" | "feed"))?;
    let title = above.children().find(|node| node.tag_name().name() == "title")?;
    Some(words(title)).filter(|title| !title.is_empty())
}

/// True for an element of Media RSS: it describes a picture or a film of the article.
fn is_of_media(node: Node<'_, '_>) -> bool {
    node.tag_name().namespace().is_some_and(|space| space.trim_end_matches('/').ends_with("search.yahoo.com/mrss"))
}

/// Elements with text, by their names.
fn fill(node: Node<'_, '_>, before: &str, depth: usize, object: &mut Map<String, Value>) {
    /// Deeper elements are text of those above.
    const DEEPEST: usize = 4;
    for child in node.children().filter(Node::is_element) {
        let name = field_name(child).unwrap_or(child.tag_name().name());
        let before = if before.is_empty() && is_of_media(child) { "media" } else { before };
        let key = if before.is_empty() { name.to_string() } else { format!("{before}.{name}") };
        let is_text = depth == DEEPEST || is_prose(child);
        if !is_text {
            fill(child, &key, depth + 1, object);
            continue;
        }
        let mut value = words(child);
        if value.is_empty() {
            let said = VALUES.iter().find_map(|name| child.attribute(*name));
            value = said.unwrap_or_default().to_string();
        }
        if value.is_empty() {
            continue;
        }
        match object.get_mut(&key) {
            Some(Value::String(is_filled)) => {
                is_filled.push_str("; ");
                is_filled.push_str(&value);
            }
            _ => drop(object.insert(key, Value::String(value))),
        }
    }
}

/// `text` of `<field name="text">`, as databases and search engines write their rows.
fn field_name<'n>(node: Node<'n, '_>) -> Option<&'n str> {
    const FIELDS: &[&str] =
        &["field", "column", "col", "str", "date", "data", "value", "property", "cell", "arr", "int", "long"];
    let name = node.attribute("name").filter(|name| !name.trim().is_empty())?;
    FIELDS.contains(&node.tag_name().name()).then_some(name)
}

/// True for an element of words: none inside it but paragraphs and what stands inside a line.
fn is_prose(node: Node<'_, '_>) -> bool {
    const INSIDE: &[&str] = &[
        "p",
        "para",
        "paragraph",
        "b",
        "i",
        "em",
        "strong",
        "a",
        "br",
        "span",
        "hlt",
        "en",
        "div",
        "block",
        "org",
        "person",
        "location",
    ];
    node.descendants().skip(1).filter(Node::is_element).all(|inner| INSIDE.contains(&inner.tag_name().name()))
}

/// The words of an element, paragraphs with an empty line between them.
fn words(node: Node<'_, '_>) -> String {
    let mut out = String::new();
    for inner in node.descendants() {
        let begins =
            inner.is_element() && matches!(inner.tag_name().name(), "p" | "para" | "paragraph" | "div" | "block");
        if begins && !out.trim().is_empty() {
            out.truncate(out.trim_end().len());
            out.push_str("\n\n");
        }
        if inner.is_text() {
            out.push_str(inner.text().unwrap_or_default());
        }
    }
    out.trim().to_string()
}

/// The text of an article: Factiva's lead and tail, NITF's content, else the first element that is usually a text.
fn text(node: Node<'_, '_>) -> String {
    let find = |name: &str| {
        let is_it = |inner: &Node<'_, '_>| inner.tag_name().name() == name && !inner.ancestors().any(is_of_media);
        node.descendants().find(is_it).map(words).filter(|text| !text.is_empty())
    };
    let parts: Vec<String> = ["leadParagraph", "tailParagraphs"].iter().filter_map(|name| find(name)).collect();
    if !parts.is_empty() {
        return parts.join("\n\n");
    }
    find("body.content").or_else(|| TEXTS.iter().find_map(|name| find(name))).unwrap_or_default()
}
