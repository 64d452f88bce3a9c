//! What a newcomer does in the first hour: look before running, pipe, read the table in a terminal, go back to an earlier version.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::cache::temporary;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn framescope(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_framescope")).current_dir(folder).args(words).output().unwrap()
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

const LEXICON: &str = "[lexicon]\nname = 'l'\n[[frame]]\nname = 'order'\nterms = ['riot', 'loot*']\n[[frame]]\nname = 'a-frame-with-a-very-long-name'\nterms = ['police']\n";

fn corpus() -> String {
    let mut csv = "id,outlet,text\n".to_string();
    for number in 0..40 {
        let (outlet, word) = [("A paper whose name is longer than any column", "riot"), ("B", "looting")][number % 2];
        csv.push_str(&format!(
            "{number},{outlet},\"The police saw the {word} number {number} in the town of {number} people.\"\n"
        ));
    }
    csv
}

#[test]
fn the_table_fits_eighty_columns_and_ends_with_the_page_to_open() {
    let folder = temporary("first-table");
    fs::write(folder.join("c.csv"), corpus()).unwrap();
    let frames: String = (0..14).map(|n| format!("[[frame]]\nname = 'frame-number-{n}'\nterms = ['town']\n")).collect();
    fs::write(folder.join("l.toml"), format!("{LEXICON}{frames}")).unwrap();
    let text = said(&framescope(&folder, &["run", "c.csv", "-l", "l.toml", "--out", "o", "--no-charts"]));
    let table: Vec<&str> =
        text.lines().take_while(|line| !line.contains("articles read") && !line.contains("read, ")).collect();
    for line in &table {
        assert!(line.chars().count() <= 80, "{} characters: {line}", line.chars().count());
    }
    assert!(table.iter().filter(|line| line.starts_with("B ")).count() >= 2, "blocks of frames:\n{text}");
    assert_eq!(table.iter().map(|line| line.matches("frame-numbe").count()).sum::<usize>(), 14, "every frame:\n{text}");
    assert!(text.trim_end().ends_with("open o/index.html"), "{text}");
    assert!(text.contains("40 articles read"), "{text}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_difference_with_a_small_q_has_a_star_and_one_of_a_kind_is_singular() {
    let folder = temporary("first-star");
    let mut csv = corpus();
    csv.push_str("40,B,\"The police saw the looting number 39 in the town of 39 people.\"\n");
    fs::write(folder.join("c.csv"), csv).unwrap();
    fs::write(folder.join("l.toml"), LEXICON.replace("'riot', 'loot*'", "'riot'")).unwrap();
    let text = said(&framescope(&folder, &["run", "c.csv", "-l", "l.toml", "--out", "o", "--no-charts"]));
    assert!(text.contains("1 duplicate,"), "{text}");
    assert!(text.contains("* differs from all other articles, q < .05") && text.contains("76.92*"), "{text}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_dry_run_says_what_would_be_done_and_does_nothing() {
    let folder = temporary("first-dry");
    fs::write(folder.join("c.csv"), corpus()).unwrap();
    fs::write(folder.join("l.toml"), LEXICON).unwrap();
    let text = said(&framescope(&folder, &["run", "c.csv", "-l", "l.toml", "--out", "o", "--dry-run"]));
    for part in ["Articles: 1 file", "l (l.toml): frames 2, entries 3", "Results: o (a new folder)"] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
    for words in [&["run", "-", "--dry-run"][..], &["sentiment", "-", "--dry-run"]] {
        let text = said(&framescope(&folder, words));
        assert!(text.contains("those that come with the program, by the languages of the articles"), "{text}");
    }
    assert!(!folder.join("o").exists());
    let wrong = framescope(&folder, &["run", "absent.csv", "-l", "l.toml", "--dry-run"]);
    assert_eq!(wrong.status.code(), Some(2), "what cannot start is said before it starts");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn articles_come_from_standard_input() {
    let folder = temporary("first-stdin");
    fs::write(folder.join("c.csv"), corpus()).unwrap();
    fs::write(folder.join("l.toml"), LEXICON).unwrap();
    said(&framescope(&folder, &["run", "c.csv", "-l", "l.toml", "--out", "file", "--quiet", "--no-charts"]));
    let mut run = Command::new(env!("CARGO_BIN_EXE_framescope"))
        .current_dir(&folder)
        .args(["run", "-", "-l", "l.toml", "--out", "pipe", "--quiet", "--no-charts"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    run.stdin.take().unwrap().write_all(corpus().as_bytes()).unwrap();
    assert!(run.wait().unwrap().success());
    let read = |name: &str| fs::read(folder.join(name)).unwrap();
    assert_eq!(read("file/frames.csv"), read("pipe/frames.csv"));
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn shells_and_man_know_every_command() {
    let folder = temporary("first-man");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let text = said(&framescope(&folder, &["completions", shell]));
        assert!(["kwic", "history", "validate"].iter().all(|command| text.contains(command)), "{shell}");
    }
    let page = said(&framescope(&folder, &["man"]));
    assert!(page.contains(".TH framescope") && page.contains("kwic"), "{page}");
    let page = said(&framescope(&folder, &["man", "run"]));
    assert!(page.contains("\\-\\-lexicon"), "{page}");
    assert_eq!(framescope(&folder, &["man", "nothing"]).status.code(), Some(2));
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_version_comes_back_byte_for_byte_and_two_are_compared() {
    let folder = temporary("first-history");
    fs::write(folder.join("c.csv"), corpus()).unwrap();
    let run = |lexicon: &str| {
        fs::write(folder.join("l.toml"), lexicon).unwrap();
        said(&framescope(&folder, &["run", "c.csv", "-l", "l.toml", "--out", "o", "--quiet", "--no-charts"]));
    };
    let [first, second, third] =
        [LEXICON.to_string(), LEXICON.replace("'riot', ", ""), LEXICON.replace("loot*", "=looters")];
    run(&first);
    run(&second);
    run(&format!("# a comment is no version\n{second}"));
    run(&third);
    run(&first);
    let list = said(&framescope(&folder, &["history", "--out", "o"]));
    assert_eq!(list.lines().filter(|line| line.trim_start().starts_with('@')).count(), 3, "{list}");
    assert!(list.lines().any(|line| line.contains("@2") && line.contains("60") && line.contains("lexicons")), "{list}");
    said(&framescope(&folder, &["history", "restore", "2", "--out", "o", "--to", "back"]));
    assert_eq!(fs::read_to_string(folder.join("back/l.toml")).unwrap(), second);
    assert_eq!(fs::read_to_string(folder.join("l.toml")).unwrap(), first, "what is edited stays");
    let again = framescope(&folder, &["history", "restore", "2", "--out", "o", "--to", "back"]);
    assert_eq!(again.status.code(), Some(2), "nothing is replaced");
    let text = said(&framescope(&folder, &["diff", "o@1", "o@2"]));
    assert!(text.contains("1 removed") && text.contains("20 hits lost"), "{text}");
    let text = said(&framescope(&folder, &["diff", "o@1", "o@3"]));
    assert!(text.contains("loot*") && text.contains("20 hits lost"), "{text}");
    assert_eq!(framescope(&folder, &["diff", "o@1", "o@9"]).status.code(), Some(2));
    let left: Vec<_> = fs::read_dir(folder.join("o/.cache"))
        .unwrap()
        .flatten()
        .filter(|e| e.file_name().to_string_lossy().starts_with("version-"))
        .collect();
    assert!(left.is_empty(), "nothing stays behind");
    // a kept file that was edited is not believed
    let kept = fs::read_dir(folder.join("o/history"))
        .unwrap()
        .flatten()
        .find(|e| e.path().extension().is_some_and(|x| x == "toml"))
        .unwrap();
    fs::write(kept.path(), "edited").unwrap();
    let all: Vec<i32> = (1..=3)
        .filter_map(|n| {
            framescope(&folder, &["history", "restore", &n.to_string(), "--out", "o", "--to", &format!("x{n}")])
                .status
                .code()
        })
        .collect();
    assert_eq!(all.iter().filter(|&&code| code == 2).count(), 1, "{all:?}");
    fs::remove_dir_all(folder).unwrap();
}
