//! The house: a room imports only from rooms to its left, and big libraries stay in their rooms.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

/// From left to right, as ARCHITECTURE.md draws them.
const ROOMS: [&str; 24] = [
    "error",
    "text",
    "disk",
    "lexicon",
    "read",
    "tokenise",
    "stem",
    "index",
    "clean",
    "voice",
    "lookup",
    "sentiment",
    "aggregate",
    "statistics",
    "estimates",
    "results",
    "report",
    "compare",
    "study",
    "stream",
    "progress",
    "shard",
    "inspect",
    "cli",
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

#[test]
fn a_room_imports_only_from_rooms_to_its_left() {
    let place = |room: &str| ROOMS.iter().position(|known| *known == room);
    let mut wrong = Vec::new();
    for (room, name, text) in sources() {
        if matches!(room.as_str(), "lib" | "main" | "terminal" | "watch") {
            continue;
        }
        let own = place(&room).unwrap_or_else(|| panic!("{name}: a room that ARCHITECTURE.md does not know"));
        for part in text.split("crate::").skip(1) {
            let list = part
                .strip_prefix('{')
                .map_or_else(|| part.split([':', ';', ' ', ',', ')']).next(), |rest| rest.split('}').next());
            for other in
                list.unwrap_or_default().split(',').map(|item| item.trim().split("::").next().unwrap_or_default())
            {
                let to_the_right = place(other).is_some_and(|other| other > own);
                if to_the_right {
                    wrong.push(format!("{name} imports {other}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn big_libraries_stay_in_their_rooms() {
    let rules = [
        ("polars", vec!["results/", "read/parquet.rs"]),
        ("plotters", vec!["report/chart/"]),
        ("resvg", vec!["report/chart/"]),
        ("indicatif", vec!["terminal.rs"]),
        ("clap", vec!["cli/", "main.rs"]),
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

#[test]
fn every_column_has_a_unit_and_a_meaning() {
    for table in framescope::report::columns::TABLES {
        let mut seen = std::collections::BTreeSet::new();
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
