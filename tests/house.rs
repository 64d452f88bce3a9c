//! The house: a room imports only from rooms to its left, and big libraries stay in their rooms.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Every room from left to right, as ARCHITECTURE.md draws them, with those to its left that it imports from.
#[rustfmt::skip]
const ROOMS: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("text", &[]),
    ("disk", &[]),
    ("tokenise", &["text"]),
    ("lexicon", &["error", "text", "disk", "tokenise"]),
    ("read", &["error", "text", "disk"]),
    ("stem", &["text"]),
    ("index", &["text", "disk", "tokenise", "lexicon", "read", "stem"]),
    ("clean", &["error", "text", "tokenise", "lexicon", "read", "stem", "index"]),
    ("voice", &["error", "text", "tokenise"]),
    ("lookup", &["error", "text", "tokenise", "lexicon", "stem", "index", "clean", "voice"]),
    ("sentiment", &["error", "text", "tokenise", "lexicon", "read", "index", "clean", "voice", "lookup"]),
    ("aggregate", &["error", "text", "tokenise", "lexicon", "read", "stem", "index", "clean", "voice", "lookup", "sentiment"]),
    ("stories", &["error", "text", "disk", "tokenise", "read", "stem", "index", "clean", "voice"]),
    ("count", &["error", "text", "lexicon", "read", "stem", "index", "clean", "voice", "lookup", "sentiment", "aggregate", "stories"]),
    ("statistics", &[]),
    ("estimates", &["error", "text", "tokenise", "read", "voice", "lookup", "aggregate", "statistics"]),
    ("results", &["error", "text", "lexicon", "read", "voice", "lookup", "sentiment", "aggregate", "statistics", "estimates"]),
    ("report", &[
        "error", "text", "disk", "tokenise", "lexicon", "read", "index", "clean", "voice", "lookup", "sentiment", "aggregate", "stories",
        "count", "statistics", "estimates", "results",
    ]),
    ("compare", &["error", "text", "disk", "aggregate", "results", "report"]),
    ("study", &[
        "error", "text", "disk", "tokenise", "lexicon", "read", "index", "clean", "voice", "lookup", "sentiment", "aggregate", "stories",
        "estimates", "report", "compare",
    ]),
    ("stream", &["error"]),
    ("progress", &["error"]),
    ("session", &[
        "error", "text", "disk", "tokenise", "lexicon", "read", "stem", "index", "clean", "voice", "lookup", "sentiment", "aggregate",
        "stories", "count", "estimates", "results", "report", "study", "stream", "progress",
    ]),
    ("pipeline", &[
        "error", "lexicon", "stem", "index", "lookup", "aggregate", "count", "statistics", "estimates", "results", "report", "compare",
        "study", "progress", "session",
    ]),
    ("part", &["error", "text", "disk", "lexicon", "read", "index", "count", "report", "study", "progress", "session", "pipeline"]),
    ("suggest", &[
        "error", "text", "disk", "lexicon", "read", "stem", "index", "clean", "voice", "lookup", "sentiment", "count", "statistics",
        "study", "progress", "session",
    ]),
    ("inspect", &[
        "error", "text", "disk", "tokenise", "lexicon", "read", "stem", "index", "clean", "voice", "lookup", "sentiment", "aggregate",
        "stories", "count", "statistics", "estimates", "results", "report", "compare", "study", "stream", "progress", "session",
        "pipeline", "suggest",
    ]),
    ("validate", &[
        "error", "text", "disk", "lexicon", "read", "index", "clean", "voice", "lookup", "sentiment", "aggregate", "count", "statistics",
        "results", "study", "progress", "session",
    ]),
    ("cli", &[
        "error", "text", "disk", "lexicon", "read", "voice", "sentiment", "aggregate", "estimates", "report", "compare", "study", "part",
        "suggest", "inspect", "validate",
    ]),
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<(String, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&root, &mut found);
    found.sort();
    let read = |path: &PathBuf| {
        let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        let room = name.split('/').next().unwrap().trim_end_matches(".rs").to_string();
        (room, name, fs::read_to_string(path).unwrap())
    };
    found.iter().map(read).collect()
}

/// Rooms that a text of code imports from.
fn imports(text: &str) -> BTreeSet<String> {
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let first = |item: &str| item.trim().split("::").next().unwrap_or_default().to_string();
    let of_part = |part: &str| match part.strip_prefix('{') {
        Some(list) => list.split('}').next().unwrap_or_default().split(',').map(first).collect::<Vec<_>>(),
        None => vec![part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()],
    };
    code.split("crate::").skip(1).flat_map(of_part).collect()
}

#[test]
fn a_room_imports_only_from_its_declared_neighbours_to_its_left() {
    let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (room, _, text) in sources() {
        used.entry(room).or_default().extend(imports(&text));
    }
    let rooms: BTreeSet<&str> = ROOMS.iter().map(|(room, _)| *room).collect();
    for (room, imported) in &mut used {
        // the crate itself, and the program's own files
        if matches!(room.as_str(), "build" | "lib" | "main" | "commands" | "terminal" | "watch") {
            continue;
        }
        imported.remove(room);
        let place = ROOMS.iter().position(|(known, _)| known == room);
        let place = place.unwrap_or_else(|| panic!("{room}: a room that ARCHITECTURE.md does not know"));
        let declared: BTreeSet<String> = ROOMS[place].1.iter().map(ToString::to_string).collect();
        imported.retain(|other| rooms.contains(other.as_str()));
        assert_eq!(*imported, declared, "neighbours of {room}: imported on the left, declared on the right");
        let left: BTreeSet<&str> = ROOMS[..place].iter().map(|(room, _)| *room).collect();
        let right: Vec<_> = declared.iter().filter(|other| !left.contains(other.as_str())).collect();
        assert!(right.is_empty(), "{room} imports {right:?}, which are to its right");
    }
}

/// Lines that a file may have: what a reader takes in at one sitting.
const LONGEST: usize = 400;

#[test]
fn a_file_is_short_enough_to_read() {
    let long = |(_, name, text): &(String, String, String)| (text.lines().count() > LONGEST).then(|| name.clone());
    assert_eq!(sources().iter().filter_map(long).collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn no_test_stands_where_none_runs() {
    let tested = |(_, name, text): &(String, String, String)| text.contains("#[cfg(test)]").then(|| name.clone());
    assert_eq!(sources().iter().filter_map(tested).collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn big_libraries_stay_in_their_rooms() {
    let rules = [
        ("polars", vec!["results/", "read/parquet.rs"]),
        ("plotters", vec!["report/chart/"]),
        ("resvg", vec!["report/chart/"]),
        ("indicatif", vec!["terminal.rs"]),
        ("clap", vec!["cli/", "main.rs"]),
        ("maud", vec!["report/html/", "inspect/kwic/shown.rs", "validate/page.rs"]),
    ];
    for (_, name, text) in sources() {
        let code: String =
            text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        for (library, allowed) in &rules {
            // an enum of options knows its names on the command line itself
            let code = code.replace("use clap::ValueEnum;", "");
            let used = code.contains(&format!("use {library}")) || code.contains(&format!("{library}::"));
            assert!(!used || allowed.iter().any(|place| name.starts_with(place)), "{name} uses {library}");
        }
        assert!(name.starts_with("terminal") || !code.contains("println!"), "{name} prints");
    }
}

/// What a page holds without escaping is made by the program itself: drawings, data, scripts, styles.
#[test]
fn markup_that_is_not_escaped_stands_in_few_places() {
    let unescaped = |(_, name, text): (String, String, String)| text.contains("PreEscaped(").then_some(name);
    let found: Vec<String> = sources().into_iter().filter_map(unescaped).collect();
    let html = ["report/html/document.rs", "report/html/explore.rs", "report/html/figures.rs"];
    assert_eq!(found, [&["inspect/kwic/shown.rs"], &html[..], &["validate/page.rs"]].concat());
}

#[test]
fn every_column_has_a_unit_and_a_meaning() {
    for table in framescope::report::columns::TABLES {
        let mut seen = BTreeSet::new();
        for column in table.columns {
            assert!(!column.unit.is_empty() && column.about.len() > 3, "{} {}", table.file, column.name);
            assert!(seen.insert(column.name), "{} has {} twice", table.file, column.name);
        }
    }
    let text = framescope::report::readme(&["outlet".to_string()], &[], false);
    for table in framescope::report::columns::TABLES {
        assert!(text.contains(table.file) && table.columns.iter().all(|c| text.contains(&format!("`{}`", c.name))));
    }
}

/// The names that follow `super::` of some depth, or `crate::report::`, in a file of `report`: modules, or what they give.
fn reached<'t>(text: &'t str, prefix: &str) -> Vec<&'t str> {
    let mut names = Vec::new();
    for (at, _) in text.match_indices(prefix) {
        // `super::super::x` is not `super::x`
        if prefix.starts_with("super::") && text[..at].ends_with("super::") {
            continue;
        }
        let rest = &text[at + prefix.len()..];
        let list = rest.strip_prefix('{').map_or_else(
            || &rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())],
            |list| list.split('}').next().unwrap_or_default(),
        );
        let words = list.split(|c: char| !c.is_alphanumeric() && c != '_');
        names.extend(words.filter(|word| !word.is_empty() && *word != "super"));
    }
    names
}

#[test]
fn no_circle_of_modules_in_report() {
    use std::collections::{BTreeMap, BTreeSet};
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let (mut contribution, mut texts) = (BTreeMap::new(), Vec::new());
    for (room, name, text) in sources().into_iter().filter(|(room, ..)| room == "report") {
        let inside = name.trim_start_matches(&format!("{room}/")).trim_end_matches(".rs").to_string();
        if inside == "mod" {
            for line in text.split("pub use ").skip(1) {
                let line = line.split(';').next().unwrap();
                let (module, names) = line.split_once("::").unwrap();
                for name in names.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|name| !name.is_empty()) {
                    contribution.insert(name.to_string(), module.to_string());
                }
            }
        } else {
            let module = inside.split('/').next().unwrap().to_string();
            let depth = inside.matches('/').count() + usize::from(!inside.ends_with("/mod"));
            uses.entry(module.clone()).or_default();
            texts.push((module, "super::".repeat(depth), text));
        }
    }
    for (module, up, text) in texts {
        for name in reached(&text, &up).into_iter().chain(reached(&text, "crate::report::")) {
            let other = contribution.get(name).cloned().unwrap_or_else(|| name.to_string());
            if other != module && uses.contains_key(&other) {
                uses.get_mut(&module).unwrap().insert(other);
            }
        }
    }
    // what uses nothing that is left is taken away, until nothing is left or all of it goes round
    while let Some(free) = uses.iter().find(|(_, of)| of.is_empty()).map(|(module, _)| module.clone()) {
        uses.remove(&free);
        for of in uses.values_mut() {
            of.remove(&free);
        }
    }
    assert!(uses.is_empty(), "modules of `report` that go round: {uses:#?}");
}
