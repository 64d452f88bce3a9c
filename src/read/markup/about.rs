//! What a page says about itself: its title, its `<meta>` values, its data in JSON.
//!
//! In: the tags of a page as they come. Out: names and values in [`Plain::meta`](super::Plain).
//! Invariant: nothing of it is a word of the text.
//! It deliberately decides nothing: which value is a date or an outlet, the room that reads pages says.

use super::Reader;
use html5gum::StartTag;

impl Reader<'_> {
    /// The text of `<title>`, which stands in the head and so is not seen.
    pub(super) fn page_title(&mut self, end: usize) {
        let title = self.source[self.at..end].trim();
        let has_title = self.plain.meta.iter().any(|(name, _, _)| name == "title");
        if !title.is_empty() && !has_title {
            let start = self.at + (self.source[self.at..end].len() - self.source[self.at..end].trim_start().len());
            self.plain.meta.push(("title".to_string(), title.to_string(), Some(start)));
        }
    }

    /// What a page says of its article in JSON, which stands in a script.
    pub(super) fn linked_data(&mut self, end: usize) {
        let source = self.source[self.at.min(end)..end].trim();
        if source.starts_with(['{', '[']) && source.contains("@type") {
            self.plain.meta.push(("ld+json".to_string(), source.to_string(), None));
        }
    }

    /// What a page says about itself.
    pub(super) fn describe(&mut self, element: &str, tag: &StartTag<usize>) {
        if !self.is_page {
            return;
        }
        let value = |key: &str| {
            let value = tag.attributes.get(key.as_bytes())?;
            String::from_utf8(value.value.to_vec()).ok().filter(|value| !value.trim().is_empty())
        };
        let (key, found) = match element {
            "meta" => (value("property").or_else(|| value("name")).or_else(|| value("itemprop")), value("content")),
            "link" if value("rel").as_deref() == Some("canonical") => (Some("canonical".to_string()), value("href")),
            "html" => (Some("lang".to_string()), value("lang")),
            "time" => (Some("time".to_string()), value("datetime")),
            _ => return,
        };
        if let (Some(key), Some(found)) = (key, found) {
            self.plain.meta.push((key.to_lowercase(), found, None));
        }
    }
}
