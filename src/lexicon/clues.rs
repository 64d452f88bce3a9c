//! MPQA's subjectivity clues: `type=weaksubj len=1 word1=peace pos1=noun stemmed1=n priorpolarity=positive`.
//!
//! In: text. Out: a lexicon whose frames are the polarities.
//! Invariant: a clue that is stemmed is compared by its stem, any other as it stands; what else a line says is in the note.
//! It deliberately does not weigh strong clues more than weak ones: the file gives no number.

use super::build::{Builder, Term};
use super::lines;
use super::model::{Lexicon, MatchMode};
use super::pattern::Wildcards;
use super::sniff::Format;
use super::{Options, names};
use crate::error::{Problem, Result};

/// True for a line of this form.
pub(super) fn is_clue(line: &str) -> bool {
    line.contains("word1=") && (line.contains("priorpolarity=") || line.contains("polarity="))
}

/// Reads the clues.
pub(super) fn read(file: &str, text: &str, options: &Options) -> Result<Lexicon> {
    let mut builder = Builder::new(file, text, Format::Mpqa, options);
    for (line, content) in lines::numbered(text) {
        let content = content.trim();
        if content.is_empty() {
            continue;
        }
        if content.starts_with(['#', ';']) {
            builder.row(line, content, "comment");
            continue;
        }
        let pairs: Vec<(&str, &str)> = content.split_whitespace().filter_map(|pair| pair.split_once('=')).collect();
        let value = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
        let polarity = value("priorpolarity").or(value("polarity"));
        let (Some(word), Some(polarity)) = (value("word1").filter(|word| !word.is_empty()), polarity) else {
            let problem = Problem::error("clue-bad", builder.place(line, 1), format!("`{content}`"));
            builder.refuse(problem.expected("word1=… and priorpolarity=…"), content);
            continue;
        };
        let frame = builder.category(polarity, line);
        let noted = ["type", "pos1"].iter().filter_map(|name| value(name).map(|value| format!("{name}: {value}")));
        let note = noted.collect::<Vec<_>>().join("; ");
        let mode = value("stemmed1").filter(|stemmed| matches!(*stemmed, "y" | "1")).map(|_| MatchMode::Stem);
        builder.foreign(frame, Term { note, mode, ..Term::new(word, line, 1) }, Wildcards::Ends);
    }
    let frames: Vec<String> = builder.lexicon.frames.iter().map(|frame| frame.name.to_lowercase()).collect();
    if !names::are_polarities(frames.iter()) {
        let place = crate::error::Place::file(file);
        builder.tell(Problem::warning("clue-polarity", place, format!("polarities {}", frames.join(", "))));
    }
    builder.finish()
}
