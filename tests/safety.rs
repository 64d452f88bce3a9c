//! No run loses a file, crosses a limit in silence, or believes a stranger's cache.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod faults;
mod folders;
mod limits;
mod shards;
mod stopping;
mod terminal;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Every file below a folder with its bytes, the cache left out.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{prefix}{}", path.file_name().unwrap().to_string_lossy());
            if name == ".cache" {
                continue;
            }
            if path.is_dir() {
                walk(&path, &format!("{name}/"), found);
            } else {
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, "", &mut found);
    found
}

/// What the manifest lists, each with the digest that it has; panics where one is missing or another.
#[track_caller]
fn whole(out: &Path) -> Vec<String> {
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(out.join("manifest.json")).unwrap()).unwrap();
    let outputs = manifest["outputs"].as_array().unwrap().iter();
    let names = outputs.map(|output| {
        let name = output["file"].as_str().unwrap().to_string();
        let bytes = fs::read(out.join(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(output["blake3"].as_str(), Some(blake3::hash(&bytes).to_hex().as_str()), "{name}");
        name
    });
    names.collect()
}

fn framescope(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_framescope")).current_dir(folder).args(arguments).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}
