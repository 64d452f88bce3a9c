//! Articles as agencies and databases of the press write them: NITF, NewsML, Factiva's XML.

use super::{text, words};
use roxmltree::Node;
use serde_json::{Map, Value};

/// What the grammars of agencies say of an article by attributes and by their own names: NITF, NewsML, Factiva's XML. Nothing
/// for any other.
pub(super) fn fill(node: Node<'_, '_>, object: &mut Map<String, Value>) {
    let article = Said(node);
    let is_nitf = node.tag_name().name() == "nitf" || article.has("body.content");
    // the first edition of NewsML, whose content is often NITF
    let is_first = article.has("NewsIdentifier") || article.has("NewsLines");
    if !is_nitf && !is_first && !article.has("contentMeta") && !article.has("leadParagraph") {
        return;
    }
    let language = node.attributes().find(|attribute| attribute.name() == "lang");
    let language = language.map(|attribute| attribute.value().to_string());
    let guid = || node.attribute("guid").map(str::to_string);
    let id = article.attribute("doc-id", "id-string").or_else(guid).or_else(|| article.words(&["NewsItemId"]));
    let values = [
        ("outlet", article.outlet()),
        ("date", article.date()),
        ("title", article.words(&["hl1", "headline", "HeadLine", "title"])),
        ("byline", article.words(&["byline", "by", "ByLine"])),
        ("id", id),
        (
            "language",
            language.or_else(|| article.words(&["baseLang"])).or_else(|| article.formal_name("DescriptiveMetadata")),
        ),
        ("text", Some(article.text())),
    ];
    for (key, value) in values {
        let value = value.map(|value| value.trim().to_string()).filter(|value| !value.is_empty());
        if let Some(value) = value {
            object.insert(key.to_string(), Value::String(value));
        }
    }
}

/// What the elements of an article say, wherever they stand in it.
struct Said<'a, 'd>(Node<'a, 'd>);

impl<'a, 'd> Said<'a, 'd> {
    fn first(&self, name: &str) -> Option<Node<'a, 'd>> {
        self.0.descendants().find(|inner| inner.tag_name().name() == name)
    }

    fn has(&self, name: &str) -> bool {
        self.first(name).is_some()
    }

    /// The words of the first of these elements that has some.
    fn words(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.first(name).map(words).filter(|text| !text.is_empty()))
    }

    fn attribute(&self, name: &str, of: &str) -> Option<String> {
        self.first(name)?.attribute(of).map(str::to_string)
    }

    /// `FormalName` of an element, or of what stands in it.
    fn formal_name(&self, name: &str) -> Option<String> {
        let party = self.first(name)?.descendants().find(|inner| inner.attribute("FormalName").is_some())?;
        party.attribute("FormalName").map(str::to_string)
    }

    fn outlet(&self) -> Option<String> {
        let name = || self.first("provider")?.children().find(|child| child.tag_name().name() == "name").map(words);
        self.attribute("pubdata", "name")
            .or_else(|| self.words(&["sourceName"]))
            .or_else(|| self.attribute("provider", "literal"))
            .or_else(name)
            .or_else(|| self.words(&["infoSource"]))
            .or_else(|| self.attribute("doc.copyright", "holder"))
            .or_else(|| self.formal_name("Source"))
            .or_else(|| self.formal_name("Provider"))
            .or_else(|| self.words(&["ProviderId"]))
    }

    fn date(&self) -> Option<String> {
        const NAMES: &[&str] = &[
            "contentCreated",
            "firstCreated",
            "versionCreated",
            "publicationDate",
            "DateId",
            "FirstCreated",
            "ThisRevisionCreated",
        ];
        self.attribute("date.issue", "norm")
            .or_else(|| self.attribute("pubdata", "date.publication"))
            .or_else(|| self.attribute("date.release", "norm"))
            .or_else(|| self.words(NAMES))
    }

    fn text(&self) -> String {
        let filled = |node: Node<'a, 'd>| Some(prose(node)).filter(|text| !text.is_empty());
        let body = || {
            let inline = self.first("inlineXML")?;
            filled(inline.descendants().find(|inner| inner.tag_name().name() == "body").unwrap_or(inline))
        };
        let content = self.first("body.content").and_then(filled);
        let data = || self.first("DataContent").and_then(filled);
        content.or_else(body).or_else(data).unwrap_or_else(|| text(self.0))
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
