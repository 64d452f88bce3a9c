//! The table `[sentiment]` of a study file.
//!
//! In: the table as written. Out: [`sentiment::Options`], and every word in it that is not known.

use crate::error::{Place, Problem, did_you_mean};
use crate::sentiment::{Mode, Negation, Options};
use serde::Deserialize;
use toml::Spanned;

/// As written.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Table {
    mode: Option<String>,
    negation: Option<String>,
    intensifiers: Option<bool>,
    by: Option<String>,
    mentions: Option<bool>,
    window: Option<u32>,
    target_column: Option<String>,
    primary: Option<Spanned<String>>,
}

impl Table {
    /// The options that it tells.
    pub(super) fn options(self, path: &str, text: &str, problems: &mut Vec<Problem>) -> Options {
        let plain = Options::default();
        let mode = one_of("mode", self.mode, &Mode::ALL.map(|mode| (mode.name(), mode)), path, problems);
        let rules = Negation::ALL.map(|rule| (rule.name(), rule));
        let negation = one_of("negation", self.negation, &rules, path, problems);
        let units = [("article", false), ("sentence", true)];
        Options {
            mode: mode.unwrap_or(plain.mode),
            negation: negation.unwrap_or(plain.negation),
            degrees: self.intensifiers.unwrap_or(plain.degrees),
            sentences: one_of("by", self.by, &units, path, problems).unwrap_or(plain.sentences),
            mentions: self.mentions.unwrap_or(plain.mentions),
            window: self.window.unwrap_or(plain.window),
            target_column: self.target_column,
            primary_at: self.primary.as_ref().map(|name| super::place_of(path, text, name)),
            primary: self.primary.map(Spanned::into_inner),
            alone: false,
        }
    }
}

fn one_of<T: Copy>(
    setting: &str,
    told: Option<String>,
    known: &[(&str, T)],
    path: &str,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    let told = told?;
    let found = known.iter().find(|(name, _)| *name == told).map(|(_, value)| *value);
    if found.is_none() {
        let names = || known.iter().map(|(name, _)| *name);
        let problem = Problem::error("setting-unknown", Place::file(path), format!("[sentiment] {setting} = `{told}`"));
        let problem = problem.expected(names().collect::<Vec<_>>().join(", "));
        problems.push(match did_you_mean(&told, names()) {
            Some(name) => problem.hint(format!("did you mean `{name}`?")),
            None => problem,
        });
    }
    found
}

/// For the manifest.
pub(super) fn settings(options: &Options) -> serde_json::Value {
    let mut settings = serde_json::json!({
        "mode": options.mode.name(),
        "negation": options.negation.name(),
        "intensifiers": options.degrees,
        "by": if options.sentences { "sentence" } else { "article" },
        "mentions": options.mentions,
        "window": options.window,
        "target_column": options.target_column,
        "primary": options.primary,
    });
    if options.alone {
        settings["frames"] = "not counted".into();
    }
    settings
}
