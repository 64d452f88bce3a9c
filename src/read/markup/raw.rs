//! The tags of a text, and those that a text only names.
//!
//! In: text. Out: its tokens by the standard of HTML, and what they say of each other.
//! Invariant: what an element hides ends; `He typed <script> into the box` hides nothing.
//! It deliberately reads no script: a few signs tell code from prose.

use super::name;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use std::collections::HashMap;

/// Elements in which the standard looks for no tag but their own end.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"];

/// What the tags of a source say of each other, found once, so that a question costs no search through the source.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// Where the last end tag of each element stands.
    ends: HashMap<String, usize>,
    /// Where the last sign of a script or a style stands.
    code: Option<usize>,
    /// Where forms and where dialogs end, and where headings, articles and main parts begin.
    form_ends: Vec<usize>,
    dialog_ends: Vec<usize>,
    headings: Vec<usize>,
}

impl Outline {
    fn of(source: &str, tokens: &[Token<usize>]) -> Outline {
        let code = [source.rfind('{'), source.rfind("();"), source.rfind("var ")].into_iter().flatten().max();
        let mut outline = Outline { code, ..Outline::default() };
        for token in tokens {
            match token {
                Token::StartTag(tag) if matches!(&tag.name[..], b"h1" | b"article" | b"main") => {
                    outline.headings.push(tag.span.start);
                }
                Token::EndTag(tag) => {
                    let name = name(&tag.name);
                    match name.as_str() {
                        "form" => outline.form_ends.push(tag.span.start),
                        "dialog" => outline.dialog_ends.push(tag.span.start),
                        _ => {}
                    }
                    outline.ends.insert(name, tag.span.start);
                }
                _ => {}
            }
        }
        outline
    }

    /// True where an element that begins here ends somewhere.
    pub(super) fn ends_behind(&self, name: &str, at: usize) -> bool {
        self.ends.get(name).is_some_and(|&end| end > at)
    }

    /// True where a script or a style that is cut off goes on behind its tag, not a text.
    pub(super) fn is_code(&self, name: &str, at: usize) -> bool {
        matches!(name, "script" | "style") && self.code.is_some_and(|code| code >= at)
    }

    /// True for a form or a dialog in which the whole page stands, as some servers write it: it has a heading or an article in it.
    pub(super) fn is_page_form(&self, name: &str, at: usize) -> bool {
        let ends = match name {
            "form" => &self.form_ends,
            "dialog" => &self.dialog_ends,
            _ => return false,
        };
        let behind = |places: &[usize]| places.get(places.partition_point(|&place| place < at)).copied();
        behind(&self.headings).zip(behind(ends)).is_some_and(|(heading, end)| heading < end)
    }
}

/// The tokens of a text. Where an element of raw text is opened and not closed, and prose follows, the tags behind it are tags.
pub(super) fn tokens(source: &str) -> (Vec<Token<usize>>, Outline) {
    let tokens = read(source, true);
    let outline = Outline::of(source, &tokens);
    let is_named = tokens.iter().any(|token| match token {
        Token::StartTag(tag) if !tag.self_closing => {
            let (name, end) = (name(&tag.name), tag.span.end);
            RAW.contains(&name.as_str()) && !outline.ends_behind(&name, tag.span.start) && !outline.is_code(&name, end)
        }
        _ => false,
    });
    if !is_named {
        return (tokens, outline);
    }
    let tokens = read(source, false);
    let outline = Outline::of(source, &tokens);
    (tokens, outline)
}

fn read(source: &str, switches: bool) -> Vec<Token<usize>> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(switches);
    Tokenizer::new_with_emitter(source, emitter).filter_map(Result::ok).collect()
}
