//! The how-to pages, followed word by word: every command is run, and prints what the page shows.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::kwic::temporary;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The words of a command as a shell reads them.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in line.chars() {
        match (c, quote) {
            ('\'' | '"', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            (' ', None) => words.push(String::new()),
            (c, _) => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Follows a page in a new folder: lines after `$ ` are run, lines below them are printed, in their order; `…` stands for anything.
pub(crate) fn follow(page: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("docs").join(page)).unwrap();
    let folder = temporary(page);
    let mut here = folder.clone();
    let mut commands = 0;
    for block in text.split("```").skip(1).step_by(2).filter(|block| block.contains("$ ")) {
        for part in block.split("\n$ ").skip(1) {
            let (line, expected) = part.split_once('\n').unwrap_or((part, ""));
            let (line, target) = match line.split_once(" > ") {
                Some((line, target)) => (line, Some(here.join(target))),
                None => (line, None),
            };
            let words = words(line);
            commands += 1;
            if words[0] == "cd" {
                here = here.join(&words[1]);
                continue;
            }
            assert_eq!(words[0], "framescope", "{page}: {line}");
            let done =
                Command::new(env!("CARGO_BIN_EXE_framescope")).current_dir(&here).args(&words[1..]).output().unwrap();
            let (out, err) = (String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap());
            assert_eq!(done.status.code(), Some(0), "{page}: {line}\n{err}");
            let shown = format!("{out}{err}");
            let mut rest = shown.as_str();
            for piece in expected.split(['…', '\n']).map(str::trim).filter(|piece| !piece.is_empty()) {
                let at = rest
                    .find(piece)
                    .unwrap_or_else(|| panic!("{page}: `{line}` does not print\n{piece}\nbut\n{shown}"));
                rest = &rest[at + piece.len()..];
            }
            if let Some(target) = target {
                fs::write(target, out).unwrap();
            }
        }
    }
    assert!(commands > 3, "{page}");
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn read_in_context() {
    follow("read-in-context.md");
}

#[test]
fn grow_a_lexicon() {
    follow("grow-a-lexicon.md");
}
