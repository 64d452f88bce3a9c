//! Text out of HTML, in a cell or in a page.
//!
//! In: text with tags, comments and character references. Out: the words that a reader sees, each piece with its place in the
//! source; of a page also its `<meta>` values and which stretches are navigation.
//! Invariant: a tag, an attribute, a script, a style and a comment give no word and no quotation mark; a reference is its letter; a
//! block begins a paragraph. What only looks like a tag (`<3`, `<Reuters>`) stays.
//! It deliberately builds no tree: the tokeniser of the HTML standard (html5gum) says where each tag begins and ends.

mod about;
mod around;
mod document;
mod marked;
mod named;
mod raw;

use super::places::{Assembly, Piece, behind, newlines};
use around::around_by;
use html5gum::{StartTag, Token};
pub(crate) use marked::is_marked;
use marked::{BLOCKS, LINES, PARAGRAPHS, UNSEEN, is_comparison, is_known, is_one_of, reference, tag_name};
use std::ops::Range;

/// Text without its mark-up.
#[derive(Debug, Default)]
pub(crate) struct Plain {
    pub text: String,
    pub pieces: Vec<Piece>,
    /// Bytes of `text` that are no article, and the element that says so.
    pub aside: Vec<(Range<usize>, String)>,
    /// `<meta>` names and values, `title`, `canonical`, `lang`, each with its place in the source where it stands there as text.
    pub meta: Vec<(String, String, Option<usize>)>,
    /// Bytes of `text` that stand in an element of a class or id that was asked for, and its name.
    pub named: Vec<(Range<usize>, String)>,
}

/// The text of a cell or a file without its mark-up; `None` where it has none.
pub(crate) fn plain(source: &str) -> Option<Plain> {
    let document = document::body(source);
    if document.is_none() && !is_marked(source) {
        return None;
    }
    let first = match document {
        Some(body) => document::read(source, body),
        None => Reader::read(source, Source::Cell, &[]),
    };
    if first.text == source {
        return None;
    }
    if !is_marked(&first.text) {
        return Some(first);
    }
    // escaped twice: `&lt;p&gt;` and `&amp;ldquo;` of feeds
    let second = Reader::read(&first.text, Source::Cell, &[]);
    let whole = behind(&first.text, &first.pieces, Assembly { text: second.text, pieces: second.pieces });
    Some(Plain { text: whole.text, pieces: whole.pieces, ..first })
}

/// The text of a whole page, with what it says about itself.
pub(crate) fn page(source: &str) -> Plain {
    page_with(source, &[])
}

/// As [`page`], with the places of elements of these classes and ids.
pub(crate) fn page_with(source: &str, names: &[&str]) -> Plain {
    Reader::read(source, Source::Page, names)
}

/// What a source is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    Cell,
    Page,
    /// A part of a document in another language of tags than HTML.
    Xml,
}

/// Goes through the tags of a source.
struct Reader<'s> {
    source: &'s str,
    out: Assembly,
    /// Up to where the source was taken, and the line there.
    at: usize,
    line: u32,
    /// The element whose content is not seen, and how deep it stands in itself.
    unseen: Option<(String, u32)>,
    /// The same of elements around an article, with where their text begins.
    around: Option<(String, u32, usize)>,
    /// What says so.
    around_by: String,
    /// Where the paragraph or line begins, and its bytes that are links.
    block: usize,
    links: usize,
    in_link: bool,
    pre: u32,
    /// Line ends of the source are white space.
    folds: bool,
    is_page: bool,
    /// Every tag is one, whatever its name.
    is_xml: bool,
    outline: raw::Outline,
    articles: Vec<Range<usize>>,
    /// Where headings of the page begin.
    headings: Vec<usize>,
    plain: Plain,
    named: named::Named<'s>,
}

impl<'s> Reader<'s> {
    fn read(source: &'s str, kind: Source, names: &'s [&'s str]) -> Plain {
        let (is_page, is_xml) = (kind == Source::Page, kind == Source::Xml);
        let (tokens, outline) = raw::tokens(source);
        let is_block = |token: &Token<usize>| match token {
            Token::StartTag(tag) => {
                is_one_of(BLOCKS, &name(&tag.name)) || matches!(name(&tag.name).as_str(), "br" | "li")
            }
            _ => false,
        };
        let folds = is_page || is_xml || tokens.iter().any(is_block);
        let mut reader = Reader {
            source,
            out: Assembly::default(),
            at: 0,
            line: 1,
            unseen: None,
            around: None,
            around_by: String::new(),
            block: 0,
            links: 0,
            in_link: false,
            pre: 0,
            folds,
            is_page,
            is_xml,
            outline,
            articles: Vec::new(),
            headings: Vec::new(),
            plain: Plain::default(),
            named: named::Named::new(names),
        };
        for token in tokens {
            match token {
                Token::StartTag(tag) => reader.start(&tag),
                Token::EndTag(tag) => reader.end(&name(&tag.name), tag.span.start..tag.span.end),
                Token::Comment(comment) => {
                    let span = comment.span.start..comment.span.end;
                    if source[span.clone()].starts_with("<!--") || source[span.clone()].starts_with("<?") {
                        reader.pass(span);
                    }
                }
                Token::Doctype(doctype) => reader.pass(doctype.span.start..doctype.span.end),
                Token::String(_) | Token::Error(_) => {}
            }
        }
        reader.finish()
    }

    /// Takes the text before a tag, and passes over the tag.
    fn pass(&mut self, tag: Range<usize>) {
        self.text(tag.start);
        self.line += newlines(&self.source[self.at.min(tag.end)..tag.end]);
        self.at = self.at.max(tag.end);
    }

    fn start(&mut self, tag: &StartTag<usize>) {
        let name = name(&tag.name);
        let span = tag.span.start..tag.span.end;
        let has_value = tag.attributes.values().any(|value| !value.value.is_empty());
        let is_foreign = name.contains([':', '-']) || has_value || name == "o" || tag.self_closing;
        let is_comparison = is_known(&name) && is_comparison(&self.source[span.clone()], &name);
        let is_hidden = is_one_of(UNSEEN, &name) && !tag.self_closing;
        // a text about `<video>` names it, and does not close it
        let is_open = is_hidden && !self.is_page && !self.is_closed(&name, span.start);
        let is_open = is_open && !self.outline.is_code(&name, span.end);
        let is_named = is_open && !has_value;
        if !self.is_xml && (!is_known(&name) && !is_foreign || is_comparison || is_named) {
            return;
        }
        self.pass(span);
        self.named.start(&name, tag, self.out.text.len());
        self.describe(&name, tag);
        let begins_body = name == "body" || name != "title" && is_one_of(BLOCKS, &name);
        if begins_body && self.unseen.as_ref().is_some_and(|(open, _)| open == "head") {
            self.unseen = None;
        }
        if let Some((open, depth)) = &mut self.unseen {
            *depth += u32::from(*open == name && !tag.self_closing);
            return;
        }
        if is_hidden && !is_open {
            self.unseen = Some((name, 1));
            return;
        }
        self.break_for(&name);
        self.pre += u32::from(name == "pre");
        if name == "sup" && around::is_noted(&self.out.text) {
            self.out.gap(" ");
        }
        if self.is_page {
            match &mut self.around {
                Some((open, depth, _)) => *depth += u32::from(*open == name && !tag.self_closing),
                None if !tag.self_closing
                    && !self.outline.is_page_form(&name, tag.span.end)
                    && let Some(by) = around_by(&name, tag) =>
                {
                    self.around_by = by;
                    self.around = Some((name, 1, self.out.text.len()));
                }
                None if name == "a" => self.in_link = true,
                None if name == "h1" => self.headings.push(self.out.text.len()),
                None if name == "article" => self.articles.push(self.out.text.len()..usize::MAX),
                None => {}
            }
        }
    }

    /// True where an element that begins here ends somewhere; the head of a page ends with the page.
    fn is_closed(&self, name: &str, at: usize) -> bool {
        let closes = |name: &str| self.outline.ends_behind(name, at);
        closes(name) || name == "head" && ["html", "body", "title"].into_iter().any(closes)
    }

    fn end(&mut self, name: &str, span: Range<usize>) {
        if !self.is_xml && !is_known(name) && !name.contains([':', '-']) && name != "o" {
            return;
        }
        match name {
            "title" if self.is_page => self.page_title(span.start),
            "script" if self.is_page => self.linked_data(span.start),
            _ => {}
        }
        self.pass(span);
        self.named.end(name, self.out.text.len());
        if let Some((open, depth)) = &mut self.unseen {
            *depth -= u32::from(open == name);
            if *depth == 0 {
                self.unseen = None;
            }
            return;
        }
        if name == "pre" {
            self.pre = self.pre.saturating_sub(1);
        }
        self.in_link &= name != "a";
        if name == "article"
            && let Some(open) = self.articles.iter_mut().rev().find(|article| article.end == usize::MAX)
        {
            open.end = self.out.text.len();
        }
        self.break_for(name);
        if let Some((open, depth, from)) = &mut self.around {
            *depth -= u32::from(open == name);
            if *depth == 0 {
                self.plain.aside.push((*from..self.out.text.len(), std::mem::take(&mut self.around_by)));
                self.around = None;
            }
        }
    }

    fn break_for(&mut self, name: &str) {
        let wanted = match name {
            _ if is_one_of(BLOCKS, name) || self.is_xml && is_one_of(PARAGRAPHS, name) => 2,
            _ if is_one_of(LINES, name) => 1,
            _ => return,
        };
        self.end_block(name);
        let text = &self.out.text;
        if text.is_empty() {
            return;
        }
        let present = text.len() - text.trim_end_matches('\n').len();
        self.out.gap(&"\n\n"[..wanted.max(present.min(2)) - present.min(2)]);
    }

    /// A short block of a page that is little but links leads elsewhere.
    fn end_block(&mut self, name: &str) {
        /// Words of the longest; a paragraph of the article is longer.
        const WORDS: usize = 25;
        let (bytes, links) = (self.block..self.out.text.len(), std::mem::take(&mut self.links));
        self.block = bytes.end;
        let is_heading = matches!(name, "h1" | "h2");
        if self.is_page && self.around.is_none() && links * 2 > bytes.len() && !is_heading {
            let words = self.out.text[bytes.clone()].split_whitespace().count();
            if words <= WORDS {
                self.plain.aside.push((bytes, "links".to_string()));
            }
        }
    }

    /// Takes the source up to a tag.
    fn text(&mut self, end: usize) {
        if end <= self.at {
            return;
        }
        let source = &self.source[self.at..end];
        if self.unseen.is_some() {
            self.line += newlines(source);
            self.at = end;
            return;
        }
        let folds = self.folds && self.pre == 0;
        let mut from = 0;
        while from < source.len() {
            let rest = &source[from..];
            let special = rest.find(|c: char| c == '&' || folds && matches!(c, ' ' | '\n' | '\r' | '\t'));
            let ahead = special.unwrap_or(rest.len());
            self.take(&rest[..ahead], ahead);
            from += ahead;
            let rest = &source[from..];
            if rest.is_empty() {
                break;
            }
            from += if rest.starts_with('&') { self.take_reference(rest) } else { self.take_space(rest) };
        }
    }

    fn take(&mut self, text: &str, source_len: usize) {
        self.out.replaced(text, self.at, source_len, self.line, 0);
        self.links += if self.in_link { text.len() } else { 0 };
        self.line += newlines(&self.source[self.at..self.at + source_len]);
        self.at += source_len;
    }

    fn take_reference(&mut self, rest: &str) -> usize {
        let (text, len) = reference(rest).unwrap_or(("&".to_string(), 1));
        self.take(&text, len);
        len
    }

    /// White space between words is one space, and none at the beginning of a line.
    fn take_space(&mut self, rest: &str) -> usize {
        let len = rest.len() - rest.trim_start_matches([' ', '\n', '\r', '\t']).len();
        let begins = self.out.text.is_empty() || self.out.text.ends_with(['\n', ' ']);
        self.take(if begins { "" } else { " " }, len);
        len
    }

    fn finish(mut self) -> Plain {
        self.end_block("");
        let tail = &self.source[self.at..];
        let cut = tail.rfind('<').filter(|&at| !tail[at..].contains('>') && is_known(&tag_name(&tail[at..])));
        self.text(self.at + cut.unwrap_or(tail.len()));
        if let Some((_, _, from)) = self.around.take() {
            // a page that never closes it: what follows may be the article
            let whole = from..self.out.text.len();
            if whole.len() * 2 < self.out.text.len() {
                self.plain.aside.push((whole, self.around_by.clone()));
            }
        }
        around::keep_the_page(&mut self.plain.aside, self.out.text.len());
        // one article, and teasers of others around it
        if let [article] = self.articles.as_slice()
            && article.len() > 200
        {
            let (all, outside) = (self.out.text.len(), || "outside <article>".to_string());
            self.plain.aside.extend([(0..article.start, outside()), (article.end.min(all)..all, outside())]);
            self.plain.aside.retain(|(bytes, _)| !bytes.is_empty());
        }
        self.plain.aside.extend(around::other_articles(&self.articles, &self.headings));
        Plain { text: self.out.text, pieces: self.out.pieces, named: self.named.found, ..self.plain }
    }
}

fn name(name: &[u8]) -> String {
    String::from_utf8_lossy(name).to_ascii_lowercase()
}
