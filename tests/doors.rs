//! What goes in at standard input and comes out at standard output; what is only asked for, and not done; what is said of a run whose articles have changed.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::cache::temporary;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn program(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_framescope"));
    command.current_dir(folder).args(words);
    command
}

fn framescope(folder: &Path, words: &[&str]) -> Output {
    program(folder, words).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[track_caller]
fn ok(output: Output) -> Output {
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    output
}

const LEXICON: &str = "[lexicon]\nname = 'l'\nlanguage = 'en'\n[[frame]]\nname = 'order'\nterms = ['ferry']\n";

/// Articles, some with characters that a terminal must not be sent.
fn corpus() -> String {
    let mut csv = "id,outlet,text\n".to_string();
    for n in 0..30 {
        let odd = ["", " \u{96} it said", " \u{2028} it said", " \u{202a}it\u{202c} said"][n % 4];
        let outlet = ["Quay", "Mast"][n % 2];
        csv.push_str(&format!(
            "{n},{outlet},\"A ferry left pier {n}{odd} and the crew waved to the people of the town.\"\n"
        ));
    }
    csv
}

fn setting(name: &str) -> std::path::PathBuf {
    let folder = temporary(name);
    fs::write(folder.join("c.csv"), corpus()).unwrap();
    fs::write(folder.join("l.toml"), LEXICON).unwrap();
    folder
}

const RUN: [&str; 8] = ["run", "c.csv", "-l", "l.toml", "--out", "o", "--quiet", "--no-charts"];

#[test]
fn whatever_is_asked_to_be_dry_writes_nothing() {
    let folder = setting("doors-dry");
    ok(framescope(&folder, &RUN));
    let before = fs::read_to_string(folder.join("o/manifest.json")).unwrap();
    for words in [
        &["run", "c.csv", "-l", "l.toml", "--out", "o", "--dry-run"][..],
        &["watch", "c.csv", "-l", "l.toml", "--out", "o", "--dry-run"],
        &["sentiment", "c.csv", "--lexicon", "sentiment-en", "--out", "o", "--dry-run"],
        &["part", "plan", "c.csv", "-l", "l.toml", "--work", "w", "--dry-run"],
    ] {
        let text = stdout(&ok(framescope(&folder, words)));
        assert!(text.contains("Nothing was counted or written"), "{words:?}: {text}");
    }
    assert_eq!(fs::read_to_string(folder.join("o/manifest.json")).unwrap(), before);
    assert!(folder.join("o/hits/order.csv").is_file() && !folder.join("w").exists());
    let quiet = ["sentiment", "c.csv", "--lexicon", "sentiment-en", "--out", "s", "--quiet", "--no-charts"];
    assert_eq!(stdout(&ok(framescope(&folder, &quiet))), "");
    fs::remove_dir_all(folder).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_is_cut_short_is_an_error_and_a_reader_that_has_enough_is_none() {
    let folder = setting("doors-full");
    ok(framescope(&folder, &RUN));
    for words in [
        &["kwic", "ferry", "c.csv", "--all", "--format", "csv"][..],
        &["show", "hits", "#order", "o", "--all"],
        &["words", "c.csv", "--all", "--format", "jsonl"],
        &["lexicon", "forms", "l.toml", "c.csv"],
        &["lexicon", "lint", "l.toml", "c.csv", "--format", "json"],
        &["hits", "c.csv", "-l", "l.toml"],
        &["explain", "rate"],
        &["--help"],
    ] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let done = program(&folder, words).stdout(full).stderr(Stdio::piped()).output().unwrap();
        assert_eq!(done.status.code(), Some(2), "{words:?}: {}", stderr(&done));
        assert!(stderr(&done).contains("No space left"), "{words:?}: {}", stderr(&done));
    }
    let rows = "many,Quay,\"A ferry left and the crew waved to the people of the town.\"\n".repeat(4_000);
    fs::write(folder.join("many.csv"), format!("id,outlet,text\n{rows}")).unwrap();
    for words in [&["kwic", "ferry", "many.csv", "--all", "--format", "csv"][..], &["hits", "many.csv", "-l", "l.toml"]]
    {
        let mut child = program(&folder, words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = [0; 10];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let done = child.wait_with_output().unwrap();
        assert_eq!(done.status.code(), Some(0), "{words:?}: {}", stderr(&done));
        assert!(!stderr(&done).contains("ipe"), "{}", stderr(&done));
    }
    let absent = framescope(&folder, &["hits", "c.csv", "-l", "l.toml", "--out", "nowhere/h.csv"]);
    assert!(
        absent.status.code() == Some(2) && stderr(&absent).contains("No such file or directory"),
        "{}",
        stderr(&absent)
    );
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn rows_for_other_programs_have_the_characters_of_the_articles() {
    let folder = setting("doors-rows");
    let kwic = |form: &str| stdout(&ok(framescope(&folder, &["kwic", "ferry", "c.csv", "--all", "--format", form])));
    let text = kwic("jsonl");
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 30);
    assert!(
        lines[1]["right"].as_str().unwrap().contains('\u{96}')
            && lines[3]["right"].as_str().unwrap().contains('\u{202a}')
    );
    assert!(kwic("csv").contains('\u{96}') && !kwic("csv").contains("\\u{"));
    // XML forbids control characters
    assert!(kwic("html").contains('\u{fffd}') && kwic("html").contains('\u{202a}') && !kwic("html").contains("\\u{"));
    // a table is for people
    assert!(!kwic("table").contains('\u{96}') && kwic("table").contains("\\u{96}"));
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn standard_input_is_read_wherever_articles_are_read_once() {
    let folder = setting("doors-stdin");
    let from = |words: &[&str], corpus: &str| {
        let words: Vec<&str> = words.iter().map(|word| if *word == "CORPUS" { corpus } else { word }).collect();
        let mut child = program(&folder, &words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // who refuses does not read
        let _ = child.stdin.take().unwrap().write_all(self::corpus().as_bytes());
        child.wait_with_output().unwrap()
    };
    for words in [
        &["hits", "CORPUS", "-l", "l.toml"][..],
        &["kwic", "ferry", "CORPUS", "--all", "--sort", "left"],
        &["words", "CORPUS"],
        &["collocates", "ferry", "CORPUS", "--out", "k.csv"],
        &["lexicon", "forms", "l.toml", "CORPUS"],
        &["lexicon", "lint", "l.toml", "CORPUS"],
        &["corpus", "check", "CORPUS"],
    ] {
        let (file, pipe) = (from(words, "c.csv"), from(words, "-"));
        assert_eq!(pipe.status.code(), file.status.code(), "{words:?}: {}", stderr(&pipe));
        let plain = |output: &Output| stdout(output).replace("stdin:", "c.csv:").replace("stdin", "c.csv");
        assert!(words[0] == "corpus" || plain(&pipe) == plain(&file), "{words:?}: {}", plain(&pipe));
    }
    for words in
        [&["watch", "-", "-l", "l.toml"][..], &["init", "-"], &["part", "plan", "-", "-l", "l.toml", "--work", "w"]]
    {
        let refused = from(words, "-");
        assert_eq!(refused.status.code(), Some(2), "{words:?}");
        assert!(stderr(&refused).contains("standard input: can be read only once"), "{words:?}: {}", stderr(&refused));
    }
    // the study may say so too
    fs::write(folder.join("s.toml"), "[corpus]\npaths = [\"-\"]\n[lexicons]\npaths = [\"l.toml\"]\n").unwrap();
    let refused = from(&["watch", "--study", "s.toml"], "-");
    assert!(stderr(&refused).contains("standard input: can be read only once"), "{}", stderr(&refused));
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_run_of_other_articles_is_told_and_one_of_a_file_that_was_just_written_is_not() {
    let folder = setting("doors-stale");
    // written a moment before the run, so that only its bytes tell that it is the same
    ok(framescope(&folder, &RUN));
    let asked = [
        &["kwic", "ferry", "o"][..],
        &["words", "o"],
        &["lexicon", "suggest", "l.toml", "o"],
        &["lexicon", "suggest-drop", "l.toml", "o"],
    ];
    for words in asked {
        let said = stderr(&ok(framescope(&folder, words)));
        assert!(!said.contains("may have changed"), "{words:?}: {said}");
    }
    fs::write(folder.join("c.csv"), corpus().replace("waved", "nodded")).unwrap();
    for words in asked {
        let said = stderr(&ok(framescope(&folder, words)));
        assert!(said.contains("may have changed since this run"), "{words:?}: {said}");
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_rate_beside_hits_that_are_not_counted_is_that_of_the_counted_ones() {
    let folder = temporary("doors-rate");
    let text = "The ferry left. “The ferry sank,” said the captain of the boat to the people of the town.";
    fs::write(
        folder.join("c.csv"),
        format!("id,outlet,text\n1,Quay,\"{text}\"\n2,Mast,\"{}\"\n", text.replace("captain", "cook")),
    )
    .unwrap();
    fs::write(folder.join("l.toml"), LEXICON).unwrap();
    ok(framescope(
        &folder,
        &["run", "c.csv", "-l", "l.toml", "--voice", "own", "--out", "o", "--quiet", "--no-charts"],
    ));
    let sentence = |words: &[&str]| stderr(&ok(framescope(&folder, words)));
    let counted = sentence(&["kwic", "#order", "o", "--all", "--format", "csv"]);
    let all = sentence(&["kwic", "#order", "o", "--all", "--format", "csv", "--uncounted"]);
    let rate = |text: &str| {
        text.split_once(" per 1,000 words").map(|(before, _)| before.rsplit(", ").next().unwrap().to_string())
    };
    assert!(
        counted.contains("2 hits in 2 articles of 2") && all.contains("4 hits in 2 articles of 2, 2 of them counted"),
        "{counted}{all}"
    );
    assert_eq!(rate(&counted), rate(&all));
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn articles_that_no_lexicon_is_for_are_a_problem() {
    let folder = setting("doors-language");
    let french = "Le navire a quitté le port et les marins ont salué les habitants de la ville pendant la journée.";
    fs::write(folder.join("c.csv"), format!("{}99,Quai,\"{french}\"\n", corpus())).unwrap();
    let run = ok(framescope(&folder, &["run", "c.csv", "-l", "l.toml", "--out", "o", "--no-charts"]));
    assert!(
        stderr(&run).contains("1 article is not counted, as no lexicon is for the language: 1 in `fr`"),
        "{}",
        stderr(&run)
    );
    assert!(fs::read_to_string(folder.join("o/problems.csv")).unwrap().contains("language-without-lexicon"));
    fs::write(folder.join("l.toml"), LEXICON.replace("'ferry'", "'ferry', 'tax AND cut'")).unwrap();
    let hits = stderr(&ok(framescope(&folder, &["hits", "c.csv", "-l", "l.toml"])));
    assert!(hits.contains("1 in `fr`") && hits.contains("entry-operator"), "{hits}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_a_person_types_wrong_is_answered_in_its_own_words() {
    let folder = setting("doors-hints");
    let refused = |words: &[&str]| {
        let done = framescope(&folder, words);
        assert_eq!(done.status.code(), Some(2), "{words:?}: {}", stdout(&done));
        stderr(&done)
    };
    for term in ["*", "a NEAR/0 b"] {
        let said = refused(&["kwic", term, "c.csv"]);
        assert!(!said.contains("[[frame]]") && !said.contains("no term"), "{term}: {said}");
    }
    let said = refused(&["kwic", "#resist", "c.csv", "-l", "l.toml"]);
    assert!(said.contains("the hashtag in texts is written `=#resist`"), "{said}");
    fs::write(folder.join("study.toml"), "[corpus]\npaths = [\"c.csv\"]\n[lexicons]\npaths = [\"l.toml\"]\n[statistics]\nprimary = [\"Quai\", \"Mast\"]\n").unwrap();
    let said = refused(&["run", "--study", "study.toml", "--out", "p", "--no-charts"]);
    assert!(said.contains("no group is called `Quai`") && said.contains("did you mean `Quay`?"), "{said}");
    fs::write(folder.join("my list.csv"), "frame,term\norder,ferry\norder,pier\n").unwrap();
    fs::write(folder.join("marked.csv"), "frame,entry,accept\norder,crew,1\n").unwrap();
    let said = refused(&["lexicon", "suggest", "my list.csv", "--accept", "marked.csv"]);
    assert!(
        said.contains("framescope lexicon convert 'my list.csv' 'my list.toml'") && said.lines().count() == 2,
        "{said}"
    );
    let said = refused(&["lexicon", "suggest", "l.toml", "--accept", "marked.csv", "--added", "banana"]);
    assert!(said.contains("--added: `banana`; expected a day such as 2022-01-31"), "{said}");
    let said = refused(&["lexicon", "convert", "l.toml", "o.csv", "--losses", "o.csv", "--force"]);
    assert!(said.contains("o.csv: would be written twice") && !folder.join("o.csv").exists(), "{said}");
    let brackets = "frame = [{ name = 'order', terms = ['ferry'] }, { name = 'crew', terms = [\"crew\"] }]\n[lexicon]\nname = 'l'\n";
    fs::write(folder.join("b.toml"), brackets).unwrap();
    assert!(
        stdout(&ok(framescope(
            &folder,
            &["lexicon", "suggest", "b.toml", "--accept", "marked.csv", "--added", "2022-01-31"]
        )))
        .contains("1 entry added")
    );
    assert!(stdout(&ok(framescope(&folder, &["lexicon", "format", "b.toml"]))).contains("formatted"));
    let text = fs::read_to_string(folder.join("b.toml")).unwrap();
    assert!(text.starts_with("[lexicon]\nname = 'l'\n\n[[frame]]\nname = 'order'\nterms = [\n  'ferry',\n"), "{text}");
    assert!(
        stdout(&ok(framescope(&folder, &["lexicon", "format", "--check", "b.toml"]))).contains("already formatted")
    );
    fs::remove_dir_all(folder).unwrap();
}
