//! What of a text is mark-up: elements by their kinds, tags and character references.
//!
//! In: text. Out: whether a tag or a reference stands there, and what it is.
//! Invariant: what only looks like a tag (`<3`, `<Reuters>`, `a<b`) is none.
//! It deliberately goes through no document: the room above does.

use html5gum::{Token, Tokenizer};

/// Elements that begin and end a paragraph.
pub(super) const BLOCKS: &str = "address article aside blockquote body center caption dd details dialog dir div dl dt fieldset figcaption figure \
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html main menu nav ol p pre section summary table tbody tfoot thead title ul";

/// The same in the languages of agencies.
pub(super) const PARAGRAPHS: &str = "para paragraph block hl1 hl2 headline head ab";

/// Elements that begin a line.
pub(super) const LINES: &str = "br li option td th tr";

/// Elements inside a line.
const INLINE: &str = "a abbr acronym area audio b base basefont bdi bdo big button canvas cite code col colgroup data datalist del dfn em \
    embed font frame frameset head i iframe img input ins kbd label legend link map mark meta noframes noscript object optgroup \
    output param picture progress q rp rt ruby s samp script select small source span strike strong style sub sup svg template \
    textarea time track tt u var video wbr";

/// Elements whose content no reader sees.
pub(super) const UNSEEN: &str =
    "script style template svg head iframe object noscript select textarea canvas audio video map datalist";

/// Elements that have no end, and those that are all of a page.
pub(super) const ALONE: &str = "area base br col embed hr img input link meta source track wbr html body main";

/// Elements of a page that are no article.
pub(super) const AROUND: &str = "nav aside footer form menu button dialog";

pub(super) fn is_one_of(list: &str, name: &str) -> bool {
    list.split_ascii_whitespace().any(|other| other == name)
}

pub(super) fn is_known(name: &str) -> bool {
    [BLOCKS, LINES, INLINE].iter().any(|list| is_one_of(list, name))
}

/// True where a text has a tag of HTML, a comment or a character reference.
pub(crate) fn is_marked(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'<', b'&', bytes).any(|at| match bytes[at] {
        b'&' => reference(&text[at..]).is_some(),
        _ => is_tag(&text[at..]),
    })
}

/// True where a tag that HTML knows, or a comment, begins here and ends.
fn is_tag(text: &str) -> bool {
    if text.starts_with("<!--") {
        return text.contains("-->");
    }
    let name = tag_name(text);
    if is_known(&name) && is_comparison(text, &name) {
        return false;
    }
    is_known(&name) && text[name.len() + 1..].starts_with([' ', '>', '/', '\n', '\r', '\t']) && text.contains('>')
        || text.starts_with("</") && is_known(&tag_name(&text[1..])) && text.contains('>')
}

/// `a<b and c>d`: what would be a tag of one letter has words in it and no attribute.
pub(super) fn is_comparison(text: &str, name: &str) -> bool {
    let inside = text[name.len() + 1..].split('>').next().unwrap_or_default();
    name.len() == 1 && !inside.contains('=') && inside.contains(char::is_alphanumeric)
}

pub(super) fn tag_name(text: &str) -> String {
    let name: String = text[1..].chars().take_while(char::is_ascii_alphanumeric).take(12).collect();
    name.to_ascii_lowercase()
}

/// A character reference at the beginning of a text: what it stands for, and its bytes.
pub(super) fn reference(text: &str) -> Option<(String, usize)> {
    const LONGEST: usize = 34;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let inner = &text[1..end];
    if inner.is_empty() || !inner.trim_start_matches('#').bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let common = match inner {
        "amp" => Some("&"),
        "quot" => Some("\""),
        "apos" | "#39" => Some("'"),
        "lt" => Some("<"),
        "gt" => Some(">"),
        "nbsp" | "#160" => Some("\u{a0}"),
        "ldquo" => Some("“"),
        "rdquo" => Some("”"),
        "rsquo" => Some("’"),
        _ => None,
    };
    if let Some(common) = common {
        return Some((common.to_string(), end + 1));
    }
    let mut tokens = Tokenizer::new(&text[..=end]);
    let decoded = tokens.find_map(|token| match token {
        Ok(Token::String(string)) => String::from_utf8(string.value.to_vec()).ok(),
        _ => None,
    })?;
    (decoded != text[..=end] && !decoded.contains(';')).then_some((decoded, end + 1))
}
