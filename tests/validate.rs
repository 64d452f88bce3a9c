//! The loop that makes a dictionary publishable: sample, two coders with known errors, score, apply, run, edit.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

#[path = "validate/coders.rs"]
mod coders;
#[path = "validate/decisions.rs"]
mod decisions;
#[path = "validate/page.rs"]
mod page;
#[path = "validate/sheets.rs"]
mod sheets;

use coders::{Coders, adjudicate, code};
use framescope::validate::allocate;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn temporary(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("framescope-test-{}-validate-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn framescope(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_framescope")).current_dir(folder).args(arguments).output().unwrap()
}

#[track_caller]
fn ok(folder: &Path, arguments: &[&str]) -> String {
    let output = framescope(folder, arguments);
    let code = output.status.code();
    assert!(code == Some(0) || code == Some(1), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn key(folder: &Path) -> serde_json::Value {
    serde_json::from_slice(&fs::read(folder.join("coding/key.json")).unwrap()).unwrap()
}

/// A corpus of which is known what coders would say: `storm` is right in nine of ten sentences in one outlet and in half in the other, and the
/// frame is also meant where it stands as `gale`, which no entry finds.
fn world(folder: &Path) {
    let mut csv = String::from("id,outlet,date,text\n");
    let mut number = 0usize;
    for outlet in ["North", "South"] {
        for article in 0..30 {
            let mut text = String::new();
            for sentence in 0..8 {
                number += 1;
                let right = if outlet == "North" { !number.is_multiple_of(10) } else { number.is_multiple_of(2) };
                let mark = if right { "truly" } else { "hardly" };
                text.push_str(&match sentence {
                    1 | 4 => format!("A storm broke windows in street {number} {mark}. "),
                    3 if article % 3 == 0 => format!("A gale broke windows in street {number} truly. "),
                    _ => format!("The council met about street {number} and its budget. "),
                });
            }
            csv.push_str(&format!("{outlet}{article},{outlet},2022-01-{:02},\"{text}\"\n", article % 28 + 1));
        }
    }
    fs::write(folder.join("news.csv"), csv).unwrap();
    fs::create_dir_all(folder.join("lexicons")).unwrap();
    fs::write(
        folder.join("lexicons/weather.toml"),
        "# kept as it is\n[lexicon]\nname = \"weather\"\nkind = \"frames\"\nlanguage = \"en\"\n\n[[frame]]\nname = \"damage\"\n\
         definition = \"Presents weather as a cause of damage.\"\ninclude = [\"Broken windows.\"]\nterms = [\n  \"storm\", # the word itself\n  \
         \"hurricane\",\n]\n",
    )
    .unwrap();
}

const RUN: [&str; 8] = ["run", "news.csv", "--lexicon", "lexicons", "--quiet", "--no-charts", "--seed", "1"];

/// What a coder would say who makes no mistake.
fn truth(text: &str) -> bool {
    text.contains("truly")
}

fn number(row: &std::collections::BTreeMap<String, String>, name: &str) -> f64 {
    row[name].parse().unwrap_or_else(|_| panic!("{name}: {row:?}"))
}

#[test]
fn a_sample_is_coded_scored_applied_and_an_edit_says_so() {
    let folder = temporary("loop");
    world(&folder);
    ok(&folder, &RUN);
    assert!(fs::read_to_string(folder.join("output/frames.csv")).unwrap().contains("UNVALIDATED"));
    let sample =
        ["validate", "sample", "output", "--hits", "80", "--sentences", "120", "--overlap", "400", "--seed", "3"];
    // all are coded twice and decided, so little is left but the chance of the draw
    ok(&folder, &sample);
    let drawn = key(&folder);
    // each unit of a stratum has the same chance, and every stratum is in it
    for stratum in drawn["strata"].as_array().unwrap() {
        assert!(stratum["sampled"].as_u64() <= stratum["units"].as_u64(), "{stratum}");
    }
    code(&folder.join("coding"), Coders { error: 0.02, seed: 9 }, truth);
    ok(&folder, &["validate", "score", "coding"]);
    adjudicate(&folder.join("coding"), truth);
    ok(&folder, &["validate", "score", "coding"]);
    // α of two coders who err in one of 50, each by itself
    let items = drawn["items"].as_array().unwrap();
    let yes = items.iter().filter(|item| truth(item["text"].as_str().unwrap())).count() as f64 / items.len() as f64;
    let said = yes * 0.98 + (1.0 - yes) * 0.02;
    let expected = 1.0 - 2.0 * 0.02 * 0.98 / (2.0 * said * (1.0 - said));
    let agreement = crate::run::rows(&folder.join("coding/agreement.csv"));
    let alpha = agreement.iter().find(|row| row["what"] == "damage").unwrap();
    assert!(number(alpha, "alpha_low") <= expected && expected <= number(alpha, "alpha_high"), "{alpha:?}");
    let quality = crate::run::rows(&folder.join("coding/quality.csv"));
    let row = |part: &str, name: &str| quality.iter().find(|row| row["part"] == part && row["name"] == name).unwrap();
    let holds = |row: &std::collections::BTreeMap<String, String>, measure: &str, truth: f64| {
        let (low, high) = (number(row, &format!("{measure}_low")), number(row, &format!("{measure}_high")));
        assert!(low <= truth && truth <= high, "{measure} {truth}: {row:?}");
    };
    let (right, found, missed) = counts(&folder);
    holds(row("all", "all"), "precision", right / found);
    holds(row("all", "all"), "recall", right / (right + missed));
    assert!(number(row("all", "all"), "p_same_in_outlets") < 0.05, "the instrument is worse in South");
    assert!(number(row("outlet", "North"), "precision") > number(row("outlet", "South"), "precision") + 0.15);
    let corrected = crate::run::rows(&folder.join("coding/corrected.csv"));
    let north = corrected.iter().find(|row| row["group"] == "North").unwrap();
    assert!(number(north, "corrected") > number(north, "log2_ratio") + 0.2, "{north:?}");
    assert!(
        number(north, "corrected_high") - number(north, "corrected_low")
            > number(north, "log2_ratio_high") - number(north, "log2_ratio_low")
    );
    applied_and_edited(&folder);
    let _ = fs::remove_dir_all(&folder);
}

/// Right sentences with a hit, all with a hit, and missed ones of the made-up corpus.
fn counts(folder: &Path) -> (f64, f64, f64) {
    let news = fs::read_to_string(folder.join("news.csv")).unwrap();
    let sentences = || news.split(". ").filter(|sentence| sentence.contains("windows"));
    let found = sentences().filter(|sentence| sentence.contains("storm"));
    let right = found.clone().filter(|sentence| truth(sentence)).count();
    (right as f64, found.count() as f64, sentences().filter(|sentence| sentence.contains("gale")).count() as f64)
}

fn applied_and_edited(folder: &Path) {
    let file = folder.join("lexicons/weather.toml");
    let before = fs::read_to_string(&file).unwrap();
    ok(
        folder,
        &["validate", "apply", "coding", "lexicons/weather.toml", "--date", "2022-02-01", "--coders", "Ann,Ben"],
    );
    let after = fs::read_to_string(&file).unwrap();
    assert!(after.contains("# kept as it is") && after.contains("# the word itself"), "{after}");
    assert!(after.contains("{ term = \"storm\", precision = \""), "{after}");
    assert!(after.contains("validated = \"2022-02-01, 2 coders\"") && !before.contains("validated"));
    let record = fs::read_to_string(folder.join("lexicons/validation.json")).unwrap();
    assert!(record.contains("2022-02-01") && record.contains("\"Ann\""));
    let state = |arguments: &[&str]| {
        ok(folder, arguments);
        let rows = crate::run::rows(&folder.join("output/frames.csv"));
        let manifest: serde_json::Value =
            serde_json::from_slice(&fs::read(folder.join("output/manifest.json")).unwrap()).unwrap();
        let stamp = manifest["validation"][0]["stamp"].as_str().unwrap().to_string();
        let methods = fs::read_to_string(folder.join("output/methods.md")).unwrap();
        assert!(methods.contains(&stamp), "{methods}");
        assert!(fs::read_to_string(folder.join("output/index.html")).unwrap().contains(&stamp));
        (rows[0]["validation"].clone(), stamp, rows[0].clone())
    };
    let (now, stamp, row) = state(&RUN);
    assert_eq!(now, "validated");
    assert!(stamp.starts_with("precision .") && stamp.contains("recall ") && !stamp.contains("edited"), "{stamp}");
    assert!(number(&row, "precision") > 0.5 && number(&row, "units_coded") > 100.0);
    let terms = crate::run::rows(&folder.join("output/terms.csv"));
    assert_eq!((terms[0]["entry"].as_str(), terms[0]["coded_hits"].as_str()), ("storm", "80"));
    // a note is no edit; another entry is one, and it touches itself alone
    fs::write(&file, after.replace("\"hurricane\"", "{ term = \"hurricane\", note = \"seldom\" }")).unwrap();
    assert_eq!(state(&RUN).0, "validated");
    fs::write(&file, after.replace("\"hurricane\"", "\"tornado\"")).unwrap();
    let (now, stamp, _) = state(&RUN);
    assert_eq!(now, "edited since");
    assert!(stamp.ends_with("1 entry edited since"), "{stamp}");
    assert_eq!(crate::run::rows(&folder.join("output/terms.csv"))[0]["coded_hits"], "80");
    fs::write(&file, &after).unwrap();
    let less = fs::read_to_string(folder.join("news.csv")).unwrap();
    fs::write(folder.join("news.csv"), less.lines().take(40).map(|line| format!("{line}\n")).collect::<String>())
        .unwrap();
    let (now, stamp, _) = state(&RUN);
    assert_eq!(now, "another corpus");
    assert!(stamp.ends_with("validated on another corpus"), "{stamp}");
    fs::write(folder.join("lexicons/validation.json"), "{").unwrap();
    ok(folder, &RUN);
    assert_eq!(crate::run::rows(&folder.join("output/frames.csv"))[0]["validation"], "UNVALIDATED");
    assert!(fs::read_to_string(folder.join("output/problems.csv")).unwrap().contains("validation-unreadable"));
}

#[test]
fn the_same_run_and_seed_give_the_same_sample() {
    let folder = temporary("same");
    world(&folder);
    ok(&folder, &RUN);
    let sample = |out: &str, more: &[&str]| {
        let mut arguments =
            vec!["validate", "sample", "output", "--hits", "20", "--sentences", "20", "--overlap", "5", "--out", out];
        arguments.extend(more);
        ok(&folder, &arguments);
        fs::read(folder.join(out).join("key.json")).unwrap()
    };
    let first = sample("a", &[]);
    // from shards of three articles, on one thread
    let mut small = RUN.to_vec();
    small.extend(["--shard-articles", "3", "--threads", "1"]);
    ok(&folder, &small);
    assert_eq!(first, sample("b", &[]));
    assert_ne!(first, sample("c", &["--seed", "2"]));
    let by_outlet: serde_json::Value = serde_json::from_slice(&sample("d", &["--by-outlet"])).unwrap();
    let drawn = |outlet: &str| -> u64 {
        let strata = by_outlet["strata"].as_array().unwrap();
        strata
            .iter()
            .filter(|of| of["level"] == "hits" && of["outlet"] == outlet)
            .filter_map(|of| of["sampled"].as_u64())
            .sum()
    };
    assert_eq!((drawn("North"), drawn("South")), (20, 20));
    let articles: serde_json::Value = serde_json::from_slice(&sample("e", &["--unit", "article"])).unwrap();
    assert!(articles["items"].as_array().unwrap().iter().all(|item| item["sentence"] == 0));
    let again = framescope(&folder, &["validate", "sample", "output", "--out", "a"]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("is not overwritten"));
    let _ = fs::remove_dir_all(&folder);
}

#[test]
fn a_run_of_other_articles_or_lexicons_is_not_sampled() {
    let folder = temporary("stale");
    world(&folder);
    ok(&folder, &RUN);
    let sample =
        || String::from_utf8_lossy(&framescope(&folder, &["validate", "sample", "output"]).stderr).into_owned();
    let file = folder.join("lexicons/weather.toml");
    let lexicon = fs::read_to_string(&file).unwrap();
    fs::write(&file, lexicon.replace("hurricane", "tornado")).unwrap();
    assert!(sample().contains("the lexicon `weather` has changed since the run"), "{}", sample());
    fs::write(&file, lexicon).unwrap();
    let news = fs::read_to_string(folder.join("news.csv")).unwrap();
    fs::write(folder.join("news.csv"), news.replace("council", "board")).unwrap();
    assert!(sample().contains("the articles are not as they were"), "{}", sample());
    let unknown = framescope(&folder, &["validate", "sample", "output", "--frame", "damages"]);
    assert!(!String::from_utf8_lossy(&unknown.stderr).is_empty());
    let _ = fs::remove_dir_all(&folder);
}

#[test]
fn strata_get_their_share_and_at_least_two() {
    assert_eq!(allocate(10, &[100, 100], 2), [5, 5]);
    assert_eq!(allocate(10, &[1000, 1, 3], 2), [7, 1, 2]);
    assert_eq!(allocate(500, &[10, 20], 2), [10, 20]);
    assert_eq!(allocate(0, &[10, 20], 0), [0, 0]);
    for n in 6..60 {
        let given = allocate(n, &[7, 80, 3], 2);
        assert_eq!(given.iter().sum::<u64>(), n, "{given:?}");
    }
}

/// The commands of the how-to, in order.
fn commands(text: &str) -> Vec<String> {
    let mut commands = Vec::new();
    for block in text.split("```sh\n").skip(1) {
        commands.extend(block.split("```").next().unwrap().lines().map(str::to_string));
    }
    commands
}

#[test]
fn the_how_to_works_word_by_word() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/validate.md")).unwrap();
    let mut folder = temporary("how-to");
    let root = folder.clone();
    let mut scored = 0;
    for command in commands(&text) {
        let words: Vec<&str> = command.split_whitespace().collect();
        match words.as_slice() {
            ["cd", inside] => folder = folder.join(inside),
            ["framescope", arguments @ ..] => {
                if arguments.starts_with(&["validate", "score"]) {
                    // what the text says that people do in between
                    match scored {
                        0 => code(&folder.join("coding"), Coders { error: 0.05, seed: 4 }, |text| text.len() % 3 > 0),
                        _ => adjudicate(&folder.join("coding"), |text| text.len() % 3 > 0),
                    }
                    scored += 1;
                }
                ok(&folder, arguments);
            }
            other => panic!("{other:?} is no command of the how-to"),
        }
    }
    assert_eq!(scored, 2);
    let frames = crate::run::rows(&folder.join("output/frames.csv"));
    let coup = frames.iter().find(|row| row["frame"] == "coup").unwrap();
    assert_eq!(coup["validation"], "validated");
    assert!(frames.iter().any(|row| row["validation"] == "UNVALIDATED"));
    // every key that the text shows is one
    let toml = text.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let lexicon = format!("[lexicon]\nname = \"x\"\n{toml}\nterms = [\"coup\"]\n");
    framescope::lexicon::parse("x.toml", lexicon.as_bytes()).unwrap();
    let _ = fs::remove_dir_all(&root);
}
