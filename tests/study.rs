//! The study: one field and one line of a table a setting, and a digest that forgets none.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "study/file.rs"]
mod file;
#[path = "study/rerun.rs"]
mod rerun;
#[path = "study/start.rs"]
mod start;

use clap::{Arg, ArgAction, CommandFactory, Parser};
use framescope::cli::{Arguments, Command};
use framescope::estimates::lexical::{Options, collocates, keyness};
use framescope::study::{COUNT_BY_CONTENT, MOVES_NO_BYTE, Range, SETTINGS, Study, setting};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Fields that no study file sets, each with who does.
const NOT_IN_A_FILE: [&str; 3] = [
    // programs that use the library
    "reading.format",
    "reading.language",
    // `framescope sentiment`
    "sentiment.alone",
];

/// A study that asks for everything, so that every field is there.
fn full() -> Study {
    let lexical = Options {
        keyness: Some(keyness::Options::default()),
        collocates: Some(collocates::Options::default()),
        ..Options::default()
    };
    Study { lexical, ..Study::default() }
}

fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) if path != "read.aliases" => {
            for (key, value) in fields {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                leaves(value, &path, found);
            }
        }
        _ => found.push(path.to_string()),
    }
}

fn fields() -> Vec<String> {
    let mut found = Vec::new();
    leaves(&serde_json::to_value(full()).unwrap(), "", &mut found);
    found
}

#[test]
fn every_field_is_a_setting_and_every_setting_is_a_field() {
    let fields: BTreeSet<String> = fields().into_iter().collect();
    let known: BTreeSet<String> =
        SETTINGS.iter().map(|setting| setting.at).chain(NOT_IN_A_FILE).map(str::to_string).collect();
    assert_eq!(fields, known, "a field of the study needs a line in SETTINGS, and a line its field");
    let paths: BTreeSet<&str> = SETTINGS.iter().map(|setting| setting.path).collect();
    assert_eq!(paths.len(), SETTINGS.len(), "no setting twice");
    for path in MOVES_NO_BYTE.iter().chain(&COUNT_BY_CONTENT) {
        assert!(paths.contains(path), "{path} is no setting");
    }
}

/// Values of every kind; of some the field can take one.
fn candidates(current: &Value) -> Vec<Value> {
    let mut values = match current.as_f64() {
        Some(number) if current.is_f64() => vec![json!(number / 2.0)],
        Some(number) => vec![json!(number as u64 + 2)],
        None => Vec::new(),
    };
    values.extend([json!(true), json!(false), json!(3), json!("en"), json!("x"), json!(["x"])]);
    values.extend([json!({"Observer": ["observer.example"]})]);
    for setting in SETTINGS {
        if let Range::OneOf(names) | Range::SomeOf(names) | Range::OneOrMoreOf(names) = setting.range {
            for name in names() {
                values.extend([json!(name), json!([name])]);
            }
        }
    }
    values.extend([json!("toml"), json!("csv")]);
    values
}

#[test]
fn a_change_of_any_field_changes_the_digest() {
    let study = full();
    let serialised = serde_json::to_value(&study).unwrap();
    let exempt: BTreeSet<&str> =
        MOVES_NO_BYTE.iter().chain(&COUNT_BY_CONTENT).map(|path| setting(path).unwrap().at).collect();
    for at in fields() {
        let pointer = format!("/{}", at.replace('.', "/"));
        let changed = candidates(serialised.pointer(&pointer).unwrap()).into_iter().find_map(|value| {
            let mut other = serialised.clone();
            *other.pointer_mut(&pointer).unwrap() = value;
            serde_json::from_value::<Study>(other).ok().filter(|other| *other != study)
        });
        let changed = changed.unwrap_or_else(|| panic!("{at}: this test knows no other value for it"));
        assert_eq!(changed.digest() == study.digest(), exempt.contains(at.as_str()), "{at}");
    }
}

#[test]
fn a_range_takes_what_the_field_takes() {
    let serialised = serde_json::to_value(full()).unwrap();
    for setting in SETTINGS {
        let pointer = format!("/{}", setting.at.replace('.', "/"));
        let default = serialised.pointer(&pointer).unwrap();
        let may_be_unset = !setting.unset.is_empty() || !setting.example.is_empty();
        assert!(setting.range.holds(default) || may_be_unset, "{}: its default {default}", setting.path);
        let (Range::OneOf(names) | Range::SomeOf(names)) = setting.range else { continue };
        for name in names() {
            let value = if matches!(setting.range, Range::OneOf(_)) { json!(name) } else { json!([name]) };
            assert!(setting.range.holds(&value));
            let mut other = serialised.clone();
            *other.pointer_mut(&pointer).unwrap() = value;
            serde_json::from_value::<Study>(other).unwrap_or_else(|error| panic!("{} {name}: {error}", setting.path));
        }
    }
}

#[test]
fn names_in_tables_are_those_of_a_study() {
    use framescope::aggregate::lexical::Unit;
    use framescope::estimates::lexical::keyness::Rank;
    use framescope::sentiment::{Mode, Negation};
    use framescope::voice::Voice;
    let written = |value: &dyn Fn() -> Value, name: &str| assert_eq!(value(), json!(name));
    Voice::ALL.iter().for_each(|voice| written(&|| json!(voice), voice.name()));
    [Unit::Surface, Unit::Stem].iter().for_each(|unit| written(&|| json!(unit), unit.name()));
    [Rank::Z, Rank::G2, Rank::TextDispersion].iter().for_each(|rank| written(&|| json!(rank), rank.name()));
    let modes = [Mode::Dictionary, Mode::Vader, Mode::VaderCorrected];
    modes.iter().for_each(|mode| written(&|| json!(mode), mode.name()));
    let rules = [Negation::Ignore, Negation::Flip, Negation::Drop];
    rules.iter().for_each(|rule| written(&|| json!(rule), rule.name()));
}

/// Options that move no byte of a run's results; `--no-parquet` takes back what a study file says.
const MOVE_NO_BYTE: [&str; 8] =
    ["threads", "shard_articles", "no_cache", "trust_cache", "quiet", "dry_run", "out", "no_parquet"];

/// Options that count by what lies there.
const PATHS: [&str; 2] = ["corpus", "lexicon"];

fn resolved(words: &[&str]) -> Option<Study> {
    match Arguments::try_parse_from(words).ok()?.resolve().ok()? {
        Command::Run { study, .. } | Command::DryRun { study } | Command::Sentiment { study, .. } => Some(*study),
        _ => panic!("{words:?} is no run"),
    }
}

/// Words for an option; the first of these values that it takes.
fn with(verb: &str, argument: &Arg, study: &str) -> Study {
    let flag = argument.get_long().map(|long| format!("--{long}"));
    let is_switch = matches!(argument.get_action(), ArgAction::SetTrue);
    let names: Vec<String> =
        argument.get_possible_values().iter().rev().map(|value| value.get_name().to_string()).collect();
    let values = names
        .iter()
        .map(String::as_str)
        .chain(["windows-1251", "7", "120", "x", "voices", "term=word, weight=valence"])
        .chain([study]);
    let mut tried = Vec::new();
    for value in values {
        let mut words = vec!["framescope", verb];
        match &flag {
            None => words.push(value),
            Some(flag) if is_switch => words.extend(["corpus.csv", flag]),
            Some(flag) => words.extend(["corpus.csv", flag, value]),
        }
        if let Some(study) = resolved(&words) {
            return study;
        }
        tried.push(words.join(" "));
    }
    panic!("no value fits {}: {tried:?}", argument.get_id());
}

#[test]
fn an_option_of_the_command_line_changes_the_digest() {
    let folder = crate::cache::temporary("study-options");
    let file = folder.join("study.toml");
    std::fs::write(&file, "[study]\nseed = 77\n[corpus]\npaths = ['.']\n").unwrap();
    let study = file.to_string_lossy().into_owned();
    for verb in ["run", "sentiment"] {
        let plain = resolved(&["framescope", verb, "corpus.csv"]).unwrap();
        let mut program = Arguments::command();
        program.build();
        let command = program.find_subcommand(verb).unwrap();
        let mut seen = 0;
        for argument in command.get_arguments().filter(|argument| argument.get_id() != "help") {
            let id = argument.get_id().as_str();
            let changed = with(verb, argument, &study);
            let moves_nothing = MOVE_NO_BYTE.contains(&id) || PATHS.contains(&id);
            assert_eq!(changed.digest() == plain.digest(), moves_nothing, "{verb}: {id}");
            seen += 1;
        }
        assert!(seen > 20, "{verb}: {seen} options");
    }
}
