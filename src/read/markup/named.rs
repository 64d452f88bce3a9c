//! Elements that a layout of exports knows by their class or id.
//!
//! In: the tags of a page as they come. Out: the stretches of its text that stand in such elements.
//! Invariant: an element ends with its own end tag; those of the same kind inside it are counted.
//! It deliberately keeps one element open at a time: a name inside another says nothing more.

use html5gum::StartTag;
use std::ops::Range;

/// Goes through the tags.
#[derive(Debug, Default)]
pub(super) struct Named<'n> {
    wanted: &'n [&'n str],
    /// Its name, the element, how deep that stands in itself, and where its text begins.
    open: Option<(String, String, u32, usize)>,
    pub found: Vec<(Range<usize>, String)>,
}

impl<'n> Named<'n> {
    pub(super) fn new(wanted: &'n [&'n str]) -> Named<'n> {
        Named { wanted, ..Named::default() }
    }

    pub(super) fn start(&mut self, element: &str, tag: &StartTag<usize>, at: usize) {
        if self.wanted.is_empty() || tag.self_closing {
            return;
        }
        if let Some((_, open, depth, _)) = &mut self.open {
            *depth += u32::from(open == element);
            return;
        }
        let names = ["id", "class"].into_iter().filter_map(|key| tag.attributes.get(key.as_bytes()));
        for value in names {
            let value = String::from_utf8_lossy(&value.value);
            if let Some(name) = value.split_whitespace().find(|name| self.wanted.contains(name)) {
                self.open = Some((name.to_string(), element.to_string(), 1, at));
                return;
            }
        }
    }

    pub(super) fn end(&mut self, element: &str, at: usize) {
        if let Some((_, open, depth, _)) = &mut self.open {
            *depth -= u32::from(open == element);
            if *depth == 0
                && let Some((name, _, _, from)) = self.open.take()
                && from < at
            {
                self.found.push((from..at, name));
            }
        }
    }
}
