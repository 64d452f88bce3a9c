//! Articles as agencies and databases of the press write them: NITF, NewsML, Factiva's XML.

use super::{text, words};
use roxmltree::Node;
use serde_json::{Map, Value};

/// What the grammars of agencies say of an article by attributes and by their own names: NITF, NewsML, Factiva's XML. Nothing
/// for any other.
pub(super) fn fill(node: Node<'_, '_>, object: &mut Map<String, Value>) {
    let first = |name: &str| node.descendants().find(|inner| inner.tag_name().name() == name);
    let said = |name: &str| first(name).map(words).filter(|text| !text.is_empty());
    let attribute = |name: &str, of: &str| first(name).and_then(|inner| inner.attribute(of)).map(str::to_string);
    let is_nitf = node.tag_name().name() == "nitf" || first("body.content").is_some();
    let is_news = first("contentMeta").is_some();
    let is_factiva = first("leadParagraph").is_some();
    // the first edition of NewsML, whose content is often NITF
    let is_first = first("NewsIdentifier").is_some() || first("NewsLines").is_some();
    if !is_nitf && !is_news && !is_factiva && !is_first {
        return;
    }
    let formal = |name: &str| {
        let party = first(name)?.descendants().find(|inner| inner.attribute("FormalName").is_some())?;
        party.attribute("FormalName").map(str::to_string)
    };
    let provider = || {
        attribute("provider", "literal").or_else(|| {
            first("provider")
                .and_then(|inner| inner.children().find(|child| child.tag_name().name() == "name").map(words))
        })
    };
    let outlet = attribute("pubdata", "name")
        .or_else(|| said("sourceName"))
        .or_else(provider)
        .or_else(|| said("infoSource"))
        .or_else(|| attribute("doc.copyright", "holder"))
        .or_else(|| formal("Source"))
        .or_else(|| formal("Provider"))
        .or_else(|| said("ProviderId"));
    let date = attribute("date.issue", "norm")
        .or_else(|| attribute("pubdata", "date.publication"))
        .or_else(|| attribute("date.release", "norm"))
        .or_else(|| said("contentCreated"))
        .or_else(|| said("firstCreated"))
        .or_else(|| said("versionCreated"))
        .or_else(|| first("publicationDate").map(words).filter(|text| !text.is_empty()))
        .or_else(|| said("DateId"))
        .or_else(|| said("FirstCreated"))
        .or_else(|| said("ThisRevisionCreated"));
    let title = said("hl1").or_else(|| said("headline")).or_else(|| said("HeadLine")).or_else(|| said("title"));
    let body = || {
        first("inlineXML").and_then(|inline| {
            let body = inline.descendants().find(|inner| inner.tag_name().name() == "body").unwrap_or(inline);
            Some(prose(body)).filter(|text| !text.is_empty())
        })
    };
    let content = || first("body.content").map(prose).filter(|text| !text.is_empty());
    let data = || first("DataContent").map(prose).filter(|text| !text.is_empty());
    let text = content().or_else(body).or_else(data).unwrap_or_else(|| text(node));
    let language = node.attributes().find(|attribute| attribute.name() == "lang");
    let language = language.map(|attribute| attribute.value().to_string());
    let values = [
        ("outlet", outlet),
        ("date", date),
        ("title", title),
        ("byline", said("byline").or_else(|| said("by")).or_else(|| said("ByLine"))),
        (
            "id",
            attribute("doc-id", "id-string")
                .or_else(|| node.attribute("guid").map(str::to_string))
                .or_else(|| said("NewsItemId")),
        ),
        ("language", language.or_else(|| said("baseLang")).or_else(|| formal("DescriptiveMetadata"))),
        ("text", Some(text)),
    ];
    for (key, value) in values {
        let value = value.map(|value| value.trim().to_string()).filter(|value| !value.is_empty());
        if let Some(value) = value {
            object.insert(key.to_string(), Value::String(value));
        }
    }
}

/// As [`words`], without captions and tables of media.
fn prose(node: Node<'_, '_>) -> String {
    let paragraphs: Vec<String> = node
        .descendants()
        .filter(|inner| matches!(inner.tag_name().name(), "p" | "para" | "paragraph" | "hl2"))
        .filter(|inner| {
            !inner.ancestors().any(|above| matches!(above.tag_name().name(), "media" | "media-caption" | "figcaption"))
        })
        .map(words)
        .filter(|text| !text.is_empty())
        .collect();
    if paragraphs.is_empty() { words(node) } else { paragraphs.join("\n\n") }
}
