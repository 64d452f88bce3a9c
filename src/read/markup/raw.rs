//! The tags of a text, and those that a text only names.
//!
//! In: text. Out: its tokens by the standard of HTML, and where the last end tag of each element stands.
//! Invariant: what an element hides ends; `He typed <script> into the box` hides nothing.
//! It deliberately reads no script: a few signs tell code from prose.

use super::name;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use std::collections::HashMap;

/// Elements in which the standard looks for no tag but their own end.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"];

/// The tokens of a text. Where an element of raw text is opened and not closed, and prose follows, the tags behind it are tags.
pub(super) fn tokens(source: &str) -> Vec<Token<usize>> {
    let tokens = read(source, true);
    let ends = ends(&tokens);
    let is_named = tokens.iter().rev().any(|token| match token {
        Token::StartTag(tag) if !tag.self_closing => {
            let (name, end) = (name(&tag.name), tag.span.end);
            RAW.contains(&name.as_str())
                && ends.get(&name).is_none_or(|&last| last < end)
                && !is_code(&name, &source[end..])
        }
        _ => false,
    });
    if is_named { read(source, false) } else { tokens }
}

fn read(source: &str, switches: bool) -> Vec<Token<usize>> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(switches);
    Tokenizer::new_with_emitter(source, emitter).filter_map(Result::ok).collect()
}

/// Where the last end tag of each element stands.
pub(super) fn ends(tokens: &[Token<usize>]) -> HashMap<String, usize> {
    let end = |token: &Token<usize>| match token {
        Token::EndTag(tag) => Some((name(&tag.name), tag.span.start)),
        _ => None,
    };
    tokens.iter().filter_map(end).collect()
}

/// True where a script or a style that is cut off goes on, not a text.
pub(super) fn is_code(name: &str, rest: &str) -> bool {
    matches!(name, "script" | "style") && (rest.contains('{') || rest.contains("();") || rest.contains("var "))
}
