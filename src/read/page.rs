//! An article in a page of HTML.
//!
//! In: the source of a page. Out: its text and what its tags say of it: title, outlet, date, language, address.
//! Invariant: what stands around the article (navigation, footers, what lies outside a single `<article>`) is in the text as furniture,
//! so that it is in no count and has its row among what was removed.
//! What is around it, elements say by their kind (`<nav>`) or by their name (`class="sidebar"`), and short blocks by being little but links.
//! It deliberately weighs no blocks against each other: what is left out has the reason that a reader can see in the source.

use super::article::Draft;
use super::markup::{self, Plain};
use super::places::{Piece, newlines};
use super::title::has_title;
use serde_json::Value;

/// Names of `<meta>` tags, the likelier first.
const TITLE: &[&str] = &["og:title", "twitter:title", "headline", "dc.title", "title"];
const OUTLET: &[&str] = &["og:site_name", "publisher", "dc.publisher", "application-name", "source"];
const DATE: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "publishdate",
    "pubdate",
    "date",
    "dc.date",
    "dc.date.issued",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
];
const URL: &[&str] = &["canonical", "og:url"];
const LANGUAGE: &[&str] = &["lang", "og:locale", "content-language"];

/// Puts a page into a draft.
pub(crate) fn fill(draft: &mut Draft, source: &str) {
    let page = markup::page(source);
    let value = |names: &[&str]| {
        let find = |name: &&str| page.meta.iter().find(|(key, _, _)| key == name).map(|(_, value, _)| value.clone());
        names.iter().find_map(find).map(|value| value.trim().to_string())
    };
    let linked = linked(&page);
    let said = |key: &str| linked.as_ref().and_then(|article| said(&article[key]));
    draft.outlet = value(OUTLET).or_else(|| said("publisher"));
    // any part of a page may have a time
    draft.date = value(DATE).or_else(|| said("datePublished")).or_else(|| value(&["time"]));
    draft.url = value(URL);
    draft.language = value(LANGUAGE)
        .or_else(|| said("inLanguage"))
        .map(|tag| tag.split(['-', '_']).next().unwrap_or_default().to_string());
    let title = TITLE.iter().find_map(|name| titled(&page, name, source));
    if let Some((title, at)) = title {
        let title = without_site(&page, &title).unwrap_or(title);
        let inside = stands_inside(&page, &title);
        draft.has_title = inside.is_some();
        // a paragraph may begin with its title
        draft.title_in = inside.filter(|bytes| bytes.len() <= 2 * title.len() + 20);
        draft.title_at = (at as u32, newlines(&source[..at]) + 1);
        draft.title = Some(title);
    }
    draft.text_offset = 0;
    draft.first_line = 1;
    draft.is_plain = true;
    draft.furniture = page.aside;
    draft.text = page.text;
    draft.pieces = page.pieces;
    if let Some((text, piece)) = body_in_data(draft, &page.meta, source) {
        (draft.text, draft.pieces, draft.furniture) = (text, vec![piece], Vec::new());
        (draft.has_title, draft.title_in) = (false, None);
    }
}

/// The text that a page of a script has in its data alone; all of it stands in the one place of those data.
fn body_in_data(draft: &Draft, meta: &[(String, String, Option<usize>)], source: &str) -> Option<(String, Piece)> {
    /// A page of fewer words holds no article.
    const FEW: usize = 40;
    let words = |text: &str| text.split_whitespace().count();
    let around: usize = draft.furniture.iter().map(|(bytes, _)| words(&draft.text[bytes.clone()])).sum();
    let own = words(&draft.text).saturating_sub(around);
    if own >= FEW {
        return None;
    }
    let of_data = |(key, json, _): &(String, String, Option<usize>)| {
        let value: Value = serde_json::from_str(json).ok().filter(|_| key == "ld+json")?;
        let body = said(&article(&value)?["articleBody"])?;
        Some((body, json.clone()))
    };
    let (body, json) = meta.iter().find_map(of_data)?;
    if words(&body) < FEW.min(own * 2 + 10) {
        return None;
    }
    let start = source.find(&json)?;
    let line = newlines(&source[..start]) + 1;
    let piece =
        Piece { at: 0, len: body.len() as u32, start: start as u32, source_len: json.len() as u32, line, cell: 0 };
    Some((body, piece))
}

/// True for a text that is the source of a whole page, as those who collect pages keep it in a column.
pub(crate) fn is_whole(text: &str) -> bool {
    let head: String = text.trim_start_matches('\u{feff}').trim_start().chars().take(15).collect();
    let head = head.to_ascii_lowercase();
    head.starts_with("<!doctype html") || head.starts_with("<html")
}

/// Puts a page that is the text of a row into its draft; what the row itself says comes before what the page says.
pub(crate) fn fill_row(draft: &mut Draft) {
    let source = std::mem::take(&mut draft.text);
    let mut page = Draft::default();
    fill(&mut page, &source);
    draft.outlet = draft.outlet.take().or(page.outlet);
    draft.date = draft.date.take().or(page.date);
    draft.url = draft.url.take().or(page.url);
    draft.language = draft.language.take().or(page.language);
    match &draft.title {
        Some(title) => draft.has_title = page.text.split('\n').any(|line| has_title(line, title)),
        None => {
            (draft.title, draft.title_at, draft.title_column) = (page.title, page.title_at, None);
            (draft.has_title, draft.title_in) = (page.has_title, page.title_in);
        }
    }
    (draft.text, draft.pieces, draft.furniture, draft.is_plain) = (page.text, page.pieces, page.furniture, true);
    draft.asides = Vec::new();
}

/// What a page says of its article in JSON, by the names of schema.org.
fn linked(page: &Plain) -> Option<Value> {
    let documents = page.meta.iter().filter(|(key, _, _)| key == "ld+json");
    documents
        .filter_map(|(_, source, _)| serde_json::from_str::<Value>(source).ok())
        .find_map(|value| article(&value).cloned())
}

fn article(value: &Value) -> Option<&Value> {
    let is_article =
        |kind: &Value| kind.as_str().is_some_and(|kind| kind.ends_with("Article") || kind == "BlogPosting");
    match value {
        Value::Array(values) => values.iter().find_map(article),
        Value::Object(object) => match object.get("@type") {
            Some(Value::Array(kinds)) if kinds.iter().any(is_article) => Some(value),
            Some(kind) if is_article(kind) => Some(value),
            _ => ["@graph", "mainEntity"].iter().find_map(|key| object.get(*key).and_then(article)),
        },
        _ => None,
    }
}

/// A value of it: a text, or something with a name.
fn said(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_string()).filter(|text| !text.is_empty()),
        Value::Array(values) => values.iter().find_map(said),
        Value::Object(object) => object.get("name").and_then(said),
        _ => None,
    }
}

/// A title that stands in the source as it is, and where.
fn titled(page: &Plain, name: &str, source: &str) -> Option<(String, usize)> {
    let (_, value, at) = page.meta.iter().find(|(key, _, _)| key == name)?;
    let value = value.trim();
    let at = at.or_else(|| source.find(value))?;
    Some((value.to_string(), at))
}

/// `Port taken | The Dawn` where the page says `Port taken`: what stands behind the sign is the name of the site.
fn without_site(page: &Plain, title: &str) -> Option<String> {
    let before = [" | ", " - ", " – ", " — ", " :: ", " « "].iter().find_map(|sign| title.rsplit_once(sign))?.0;
    (stands_inside(page, title).is_none() && stands_inside(page, before).is_some()).then(|| before.to_string())
}

/// The line of the article proper that is the title.
fn stands_inside(page: &Plain, title: &str) -> Option<std::ops::Range<usize>> {
    let mut at = 0;
    page.text.split('\n').find_map(|line| {
        let start = at;
        at += line.len() + 1;
        let around = page.aside.iter().any(|(bytes, _)| bytes.start <= start && start < bytes.end);
        (!around && !line.trim().is_empty() && has_title(line, title)).then(|| start..start + line.len())
    })
}
