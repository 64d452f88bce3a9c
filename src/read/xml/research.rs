//! Articles as collections for research write them: TEI, and the records of ProQuest's TDM Studio.

use roxmltree::Node;
use serde_json::{Map, Value};

/// Which elements are articles below a root, if it is that of such a collection.
pub(super) fn element(root: &str) -> Option<&'static str> {
    match root {
        "TEI" | "teiCorpus" => Some("TEI"),
        "TEI.2" | "teiCorpus.2" => Some("TEI.2"),
        "RECORD" | "RECORDS" => Some("RECORD"),
        _ => None,
    }
}

/// What such an article says of itself; nothing for any other.
pub(super) fn fill(node: Node<'_, '_>, object: &mut Map<String, Value>) {
    let values = match node.tag_name().name() {
        "TEI" | "TEI.2" => of_tei(node),
        "RECORD" if find(node, &["TextInfo"]).is_some() => of_proquest(node),
        _ => return,
    };
    for (key, value) in values {
        let value = value.map(|value| value.trim().to_string()).filter(|value| !value.is_empty() || key == "text");
        if let Some(value) = value {
            object.insert(key.to_string(), Value::String(value));
        }
    }
}

type Values = Vec<(&'static str, Option<String>)>;

/// The first element of a path, each name anywhere below the one before.
fn find<'a, 'd>(node: Node<'a, 'd>, path: &[&str]) -> Option<Node<'a, 'd>> {
    path.iter().try_fold(node, |node, name| node.descendants().skip(1).find(|inner| inner.tag_name().name() == *name))
}

fn said(node: Node<'_, '_>, path: &[&str]) -> Option<String> {
    let words = running(find(node, path)?);
    Some(words.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|words| !words.is_empty())
}

/// The source comes before the edition: a paper of 1900 is not of the day on which it was keyed in.
fn of_tei(node: Node<'_, '_>) -> Values {
    let date = |path: &[&str]| {
        let date = find(node, path)?;
        let written = ["when", "when-iso", "value", "notBefore"].iter().find_map(|name| date.attribute(*name));
        written.map(str::to_string).or_else(|| Some(running(date))).filter(|date| !date.trim().is_empty())
    };
    let own =
        |name: &str| node.attributes().find(|attribute| attribute.name() == name).map(|own| own.value().to_string());
    let language = || find(node, &["langUsage", "language"])?.attribute("ident").map(str::to_string);
    // the text may hold further texts, the header none
    let text = node.children().find(|child| child.tag_name().name() == "text");
    let text = text.map(|text| find(text, &["body"]).unwrap_or(text));
    let journal = ["sourceDesc", "monogr", "title"];
    vec![
        ("id", own("id").or_else(|| said(node, &["publicationStmt", "idno"]))),
        (
            "outlet",
            said(node, &journal)
                .or_else(|| said(node, &["sourceDesc", "publisher"]))
                .or_else(|| said(node, &["publicationStmt", "publisher"])),
        ),
        ("date", date(&["sourceDesc", "date"]).or_else(|| date(&["publicationStmt", "date"]))),
        ("title", said(node, &["titleStmt", "title"])),
        ("byline", said(node, &["titleStmt", "author"])),
        ("language", own("lang").or_else(language)),
        ("text", Some(text.map(running).unwrap_or_default())),
    ]
}

/// The text may be a page of HTML, which is taken apart where cells are.
fn of_proquest(node: Node<'_, '_>) -> Values {
    let text = find(node, &["TextInfo", "Text"])
        .map(|text| text.descendants().filter(Node::is_text).filter_map(|inner| inner.text()).collect::<String>());
    vec![
        ("id", said(node, &["GOID"])),
        ("outlet", said(node, &["PubFrosting", "Title"])),
        ("date", said(node, &["NumericDate"]).or_else(|| said(node, &["AlphaDate"]))),
        ("title", said(node, &["TitleAtt", "Title"])),
        ("byline", said(node, &["Contributor", "OriginalForm"])),
        ("language", said(node, &["Language", "RawLang"])),
        ("url", said(node, &["Url"])),
        ("text", Some(text.unwrap_or_default())),
    ]
}

/// The words of an element of TEI: paragraphs with an empty line between them, without notes, page headers and what an editor replaced.
fn running(node: Node<'_, '_>) -> String {
    let mut out = String::new();
    add(node, &mut out);
    out.trim().to_string()
}

fn add(node: Node<'_, '_>, out: &mut String) {
    const UNSEEN: &[&str] = &["note", "fw", "figDesc", "teiHeader", "del"];
    const PARAGRAPHS: &[&str] =
        &["p", "head", "ab", "l", "item", "u", "div", "sp", "speaker", "dateline", "byline", "opener", "closer"];
    const BREAKS: &[&str] = &["lb", "pb", "cb", "gb", "milestone"];
    if let Some(text) = node.text().filter(|_| node.is_text()) {
        return out.push_str(text);
    }
    let name = node.tag_name().name();
    let in_choice = || node.parent().is_some_and(|above| above.tag_name().name() == "choice");
    if UNSEEN.contains(&name) || matches!(name, "sic" | "orig" | "abbr") && in_choice() {
        return;
    }
    if BREAKS.contains(&name) {
        if node.attribute("break") == Some("no") {
            // the line end before the mark parts the word only in the file
            out.truncate(out.trim_end().len());
        } else if !out.ends_with(char::is_whitespace) {
            out.push(' ');
        }
        return;
    }
    let is_paragraph = PARAGRAPHS.contains(&name);
    let part = |out: &mut String| {
        out.truncate(out.trim_end().len());
        if !out.is_empty() {
            out.push_str("\n\n");
        }
    };
    if is_paragraph {
        part(out);
    }
    node.children().for_each(|child| add(child, out));
    if is_paragraph {
        part(out);
    }
}
