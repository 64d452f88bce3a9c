//! What a measure is and how voices are told apart, from the tables that the code itself uses.

use super::Finding;
use crate::error::{Place, Problem, Result, did_you_mean};
use crate::statistics::{MEASURES, measure_named};
use crate::study::{SETTINGS, Setting, Study, TABLES, setting};
use crate::voice::RULES;
use std::fmt::Write as _;

/// The six lines of a measure, the rules of voice, the settings of a study (all, those of a table, or one as in `clean.furniture`), or the
/// list of names.
pub fn explain(what: Option<&str>) -> Result<Finding> {
    let text = match what {
        None => names(),
        Some("voice") => voice(),
        Some("settings") => settings(|_| true),
        Some(name) if TABLES.iter().any(|(table, _)| *table == name) && measure_named(name).is_none() => {
            settings(|setting| setting.table().unwrap_or(setting.path) == name)
        }
        Some(name) if setting(name).is_some() => settings(|setting| setting.path == name),
        Some(name) => match measure_named(name) {
            Some(measure) => measure.to_string(),
            None => return Err(unknown(name).into()),
        },
    };
    Ok(Finding { text: text.trim_end().to_string(), needs_decision: false })
}

fn names() -> String {
    let names: Vec<&str> = MEASURES.iter().map(|measure| measure.name).collect();
    format!("voice\nsettings\n{}", names.join("\n"))
}

fn voice() -> String {
    let mut text =
        String::from("The first rule that covers a word decides; a word that none covers is the text's own (own).\n");
    for rule in RULES {
        let _ = write!(text, "\n{:12} {}\n    {}\n    {}\n", rule.voice.name(), rule.name, rule.decides, rule.example);
    }
    text
}

/// Settings of a study file, table by table.
fn settings(is_asked: impl Fn(&Setting) -> bool) -> String {
    let mut text = String::new();
    for (table, about) in TABLES {
        let of_table = |setting: &&Setting| setting.table().unwrap_or(setting.path) == *table && is_asked(setting);
        let mut rows = SETTINGS.iter().filter(of_table).peekable();
        if rows.peek().is_some() {
            let about = if about.is_empty() { String::new() } else { format!("  {about}") };
            let _ = writeln!(text, "[{table}]{about}");
        }
        for setting in rows {
            let without = match (Study::default_of(setting), setting.unset) {
                (Some(default), _) => format!("; default {default}"),
                (None, "") => String::new(),
                (None, unset) => format!("; without it {unset}"),
            };
            let _ = writeln!(
                text,
                "  {}\n      {}\n      {}{without}",
                setting.key(),
                setting.about,
                setting.range.words()
            );
        }
    }
    text
}

fn unknown(name: &str) -> Problem {
    let known = || {
        MEASURES
            .iter()
            .map(|measure| measure.name)
            .chain(["voice", "settings"])
            .chain(SETTINGS.iter().map(|setting| setting.path))
    };
    let problem = Problem::error(
        "measure-unknown",
        Place::file("explain"),
        format!("no measure and no setting is called `{name}`"),
    );
    match did_you_mean(name, known()) {
        Some(meant) => problem.hint(format!("did you mean `{meant}`?")),
        None => problem.hint("`framescope explain` lists the names"),
    }
}
