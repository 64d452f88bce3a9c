//! What a measure is and how voices are told apart, from the tables that the code itself uses.

use super::Finding;
use crate::error::{Place, Problem, Result, did_you_mean};
use crate::statistics::{MEASURES, measure_named};
use crate::voice::RULES;
use std::fmt::Write as _;

/// The six lines of a measure, the rules of voice, or the list of names.
pub fn explain(what: Option<&str>) -> Result<Finding> {
    let text = match what {
        None => names(),
        Some("voice") => voice(),
        Some(name) => match measure_named(name) {
            Some(measure) => measure.to_string(),
            None => return Err(unknown(name).into()),
        },
    };
    Ok(Finding { text: text.trim_end().to_string(), needs_decision: false })
}

fn names() -> String {
    let names: Vec<&str> = MEASURES.iter().map(|measure| measure.name).collect();
    format!("voice\n{}", names.join("\n"))
}

fn voice() -> String {
    let mut text =
        String::from("The first rule that covers a word decides; a word that none covers is the text's own (own).\n");
    for rule in RULES {
        let _ = write!(text, "\n{:12} {}\n    {}\n    {}\n", rule.voice.name(), rule.name, rule.decides, rule.example);
    }
    text
}

fn unknown(name: &str) -> Problem {
    let known = || MEASURES.iter().map(|measure| measure.name).chain(["voice"]);
    let problem = Problem::error("measure-unknown", Place::file("explain"), format!("no measure is called `{name}`"));
    match did_you_mean(name, known()) {
        Some(meant) => problem.hint(format!("did you mean `{meant}`?")),
        None => problem.hint("`framescope explain` lists the names"),
    }
}
