//! Names that pages give to what stands around an article.
//!
//! In: the value of `class`, `id` or `role`. Out: whether it names navigation, a sidebar, comments and the like.
//! Invariant: a name counts at the beginning or the end of a compound (`comment-list`, `articleComments`), not inside.
//! It deliberately knows no site: these are the names that readers' modes of browsers leave out.

use super::marked::{ALONE, AROUND, BLOCKS, is_one_of};
use html5gum::StartTag;
use std::ops::Range;

/// What is around an article.
const NAMES: &[&str] = &[
    "ad",
    "ads",
    "adv",
    "advert",
    "advertisement",
    "advertising",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "comment",
    "commentlist",
    "comments",
    "complementary",
    "consent",
    "contentinfo",
    "cookie",
    "cookies",
    "copyright",
    "disqus",
    "footer",
    "login",
    "masthead",
    "menu",
    "mostpopular",
    "mostread",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "outbrain",
    "pager",
    "pagination",
    "popular",
    "popup",
    "modal",
    "promo",
    "promoted",
    "promotion",
    "recirc",
    "recommended",
    "recommendations",
    "related",
    "remark",
    "respond",
    "search",
    "share",
    "sharing",
    "shoutbox",
    "sidebar",
    "signup",
    "skip",
    "skyscraper",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "tags",
    "teaser",
    "teasers",
    "toolbar",
    "topbar",
    "trending",
    "widget",
    "yom",
];
/// Before such a name, what is named has one beside it.
const BESIDE: &[&str] = &["has", "with", "no", "without", "is", "page", "layout", "wrapper"];

/// True where a name among those of an element says so.
pub(super) fn is_around(value: &str) -> bool {
    value.split_whitespace().any(|name| {
        let parts = parts(name);
        let first = parts.first().map_or("", String::as_str);
        let ends = [first, parts.last().map_or("", String::as_str)];
        let whole = parts.concat();
        !BESIDE.contains(&first) && (ends.iter().any(|part| NAMES.contains(part)) || NAMES.contains(&whole.as_str()))
    })
}

/// True for a class of words that are read out to the blind and not shown.
pub(super) fn is_only_heard(class: &str) -> bool {
    matches!(class, "sr-only" | "visually-hidden" | "visuallyhidden" | "screen-reader-text" | "screenreader")
}

/// `most-read`, `mostRead` and `most_read` in their words.
fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || was_lower && c.is_uppercase() {
            parts.push(String::new());
        }
        was_lower = c.is_lowercase();
        if let Some(last) = parts.last_mut().filter(|_| c.is_alphanumeric()) {
            last.extend(c.to_lowercase());
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// What says that an element is no part of the article.
pub(super) fn around_by(name: &str, tag: &StartTag<usize>) -> Option<String> {
    if is_one_of(AROUND, name) {
        return Some(format!("<{name}>"));
    }
    let value = |key: &str| {
        let value = tag.attributes.get(key.as_bytes())?;
        Some((key.to_string(), String::from_utf8_lossy(&value.value).into_owned()))
    };
    if !is_one_of(ALONE, name) {
        let style = value("style").map(|(_, style)| style.to_lowercase().replace(' ', "")).unwrap_or_default();
        let class = value("class").map(|(_, class)| class).unwrap_or_default();
        let hidden = tag.attributes.contains_key("hidden".as_bytes()).then(|| "hidden=\"\"".to_string());
        let unseen = style.contains("display:none").then(|| "style=\"display:none\"".to_string());
        let heard = class.split_whitespace().any(is_only_heard).then(|| format!("class=\"{class}\""));
        if let Some(by) = hidden.or(unseen).or(heard) {
            return Some(format!("<{name} {by}>"));
        }
    }
    let mut named = ["id", "class", "role"].into_iter().filter_map(value);
    let is_block = is_one_of(BLOCKS, name) && !matches!(name, "body" | "main" | "article" | "p");
    named.find(|(_, value)| is_block && is_around(value)).map(|(key, value)| format!("<{name} {key}=\"{value}\">"))
}

/// True for a text that ends in a word of three letters and more: what is raised behind it is the mark of a note, and not of a unit.
pub(super) fn is_noted(text: &str) -> bool {
    text.chars().rev().take_while(|c| c.is_alphabetic()).take(3).count() == 3
}

/// What is more than half of a page is the page, whatever it is called; but readers may well write more than the author did.
pub(super) fn keep_the_page(aside: &mut Vec<(Range<usize>, String)>, all: usize) {
    /// An article has more bytes than this.
    const LEAST: usize = 200;
    let comments = |by: &str| {
        let mut names = by.split(|c: char| c.is_whitespace() || matches!(c, '"' | '='));
        names
            .any(|name| matches!(name, "comments" | "comments-area" | "comment-list" | "commentlist" | "disqus_thread"))
    };
    aside.retain(|(bytes, by)| {
        bytes.len() <= all / 2 || !by.contains('=') || comments(by) && all - bytes.len() >= LEAST
    });
}

/// Of several articles on a page, the one with its heading is the article; the others are beside it.
pub(super) fn other_articles(articles: &[Range<usize>], headings: &[usize]) -> Vec<(Range<usize>, String)> {
    let has_heading = |article: &&Range<usize>| headings.iter().any(|at| article.contains(at));
    let (with, without): (Vec<_>, Vec<_>) = articles.iter().partition(has_heading);
    match with.as_slice() {
        [article] if articles.len() > 1 && article.len() > 200 => {
            let apart = |other: &&Range<usize>| other.start >= article.end || other.end <= article.start;
            without.into_iter().filter(apart).map(|other| (other.clone(), "another <article>".to_string())).collect()
        }
        _ => Vec::new(),
    }
}
