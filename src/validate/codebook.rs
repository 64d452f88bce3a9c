//! `codebook.md`: what a coder has to know.
//!
//! In: the frames of the lexicons, the unit. Out: Markdown.
//! Invariant: no entry of a lexicon stands in it: a coder who knows the words looks for words.

use super::design::Unit;
use crate::lexicon::{Frame, Lexicon};
use std::fmt::Write as _;

/// Sentences for coders that a frame may have.
type List = fn(&Frame) -> &[String];

/// What coders may say of who speaks.
pub(super) const VOICES: [(&str, &str); 6] = [
    ("own", "the article itself says it, in its own words"),
    ("attributed", "somebody is said to say, think or want it, without quotation marks"),
    ("quoted", "it is in somebody's quoted words"),
    ("scare", "one or a few words in quotation marks from which the article distances itself"),
    ("marked", "one or a few words in quotation marks, and the article names nobody who says them"),
    ("mention", "a title, a name, or a word that is spoken of as a word"),
];

/// The book, for these frames.
pub(super) fn codebook(names: &[String], lexicons: &[Lexicon], unit: Unit) -> String {
    let one = unit.name();
    let mut text = format!(
        "# Codebook\n\nYou see one {one} at a time, with one question: **does it present something in the way that the frame describes?** Judge what the \
         {one} says, not which words it uses. The surrounding text helps you to understand it, but what is said only there does not count.\n\n\
         | code | means |\n|---|---|\n| `1` | yes |\n| `0` | no |\n| `?` | it cannot be decided, even with the surrounding text |\n\n\
         Work alone. Do not discuss individual {} before all sheets are returned. If you miss a rule, say so in the comment.\n\n\
         ## Voice\n\nOnly if the code is `1`: who says it?\n\n| voice | means |\n|---|---|\n",
        unit.plural()
    );
    for (name, means) in VOICES {
        let _ = writeln!(text, "| `{name}` | {means} |");
    }
    text.push_str(
        "\nIf several apply, choose the innermost: a quotation in a report is `quoted`; words in scare quotes inside a longer quotation are \
         `quoted`.\n\n## Frames\n",
    );
    for name in names {
        let frames: Vec<&Frame> =
            lexicons.iter().flat_map(|lexicon| &lexicon.frames).filter(|frame| frame.name == *name).collect();
        let label = frames.first().map_or(name.as_str(), |frame| frame.label.as_str());
        let _ = write!(text, "\n### {label} (`{name}`)\n\n");
        match frames.iter().map(|frame| frame.definition.trim()).find(|definition| !definition.is_empty()) {
            Some(definition) => text.push_str(&format!("{definition}\n")),
            None => {
                text.push_str("*The lexicon has no definition of this frame. Write one here before anybody codes.*\n");
            }
        }
        let lists: [(&str, List); 3] = [
            ("It is the frame where", |frame| &frame.include),
            ("It is not where", |frame| &frame.exclude),
            ("Examples", |frame| &frame.examples),
        ];
        for (title, list) in lists {
            let rows: Vec<&String> = frames.iter().flat_map(|frame| list(frame)).collect();
            if !rows.is_empty() {
                let _ = write!(text, "\n{title}:\n\n");
                rows.iter().for_each(|row| text.push_str(&format!("- {}\n", row.replace('\n', " "))));
            }
        }
    }
    text
}

/// The question of a frame, with its definition.
pub(super) fn definition<'l>(name: &str, lexicons: &'l [Lexicon]) -> &'l str {
    let frames = lexicons.iter().flat_map(|lexicon| &lexicon.frames).filter(|frame| frame.name == name);
    frames.map(|frame| frame.definition.as_str()).find(|definition| !definition.is_empty()).unwrap_or_default()
}
