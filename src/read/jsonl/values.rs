//! What a value of JSON is as the text of a cell.

use serde_json::{Map, Value};

/// Strings as they are, numbers and booleans as written, lists of strings joined, other values as JSON; null is no value.
pub(super) fn as_text(value: Value, is_text: bool) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) if text.contains('\0') => Some(text.replace('\0', "")),
        Value::String(text) => Some(text),
        Value::Array(list) if list.is_empty() => None,
        Value::Array(list) => match list.iter().map(|item| paragraph(item, is_text)).collect::<Option<Vec<&str>>>() {
            // bold words, links and names stand inside a line
            Some(parts) if is_text && is_line(&list) => Some(parts.concat()),
            Some(parts) if is_text => {
                Some(parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join("\n\n"))
            }
            Some(parts) => Some(parts.join(", ")),
            None => Some(Value::Array(list).to_string()),
        },
        Value::Object(object) if object.is_empty() => None,
        other => Some(other.to_string()),
    }
}

/// Kinds of blocks that are said of an article, or shown beside it.
fn is_beside(kind: &str) -> bool {
    const KINDS: &[&str] = &[
        "kicker",
        "title",
        "headline",
        "byline",
        "author",
        "author_info",
        "date",
        "image",
        "photo",
        "video",
        "audio",
        "gallery",
        "ad",
        "advertisement",
        "related",
        "newsletter",
        "tweet",
        "embed",
    ];
    KINDS.contains(&kind)
}

/// True for the pieces of a message of Telegram: strings, and objects that are words of another kind.
fn is_line(list: &[Value]) -> bool {
    const KINDS: &[&str] = &[
        "plain",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "code",
        "pre",
        "link",
        "text_link",
        "hashtag",
        "cashtag",
        "mention",
        "mention_name",
        "email",
        "phone",
        "bot_command",
        "custom_emoji",
        "blockquote",
        "bank_card",
    ];
    let kind = |item: &Value| item.get("type").and_then(Value::as_str).is_some_and(|kind| KINDS.contains(&kind));
    list.iter().any(kind) && list.iter().all(|item| item.is_string() || kind(item))
}

/// True for what Telegram says of a channel between its messages.
pub(super) fn is_service(object: &Map<String, Value>) -> bool {
    object.get("type").and_then(Value::as_str) == Some("service") && object.contains_key("action")
}

/// A member of a list as text: a string, or of the text a block that holds one.
fn paragraph(item: &Value, is_text: bool) -> Option<&str> {
    match item {
        Value::String(text) => Some(text),
        // what stands around a text, among its paragraphs
        Value::Object(block) if is_text && block.get("type").and_then(Value::as_str).is_some_and(is_beside) => Some(""),
        Value::Object(block) if is_text => {
            let text =
                ["text", "content", "paragraph", "value", "body", "p"].iter().find_map(|key| block.get(*key)?.as_str());
            Some(text.unwrap_or_default())
        }
        _ => None,
    }
}
